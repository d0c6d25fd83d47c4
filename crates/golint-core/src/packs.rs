//! The packs of an engine: those that come with it, and the plugins that root configurations name. Loads each once, and
//! never decides which of its rules run.

use std::fmt;
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{Diagnostic, Location, Severity, Span};
use golint_host::{Host, HostOptions, LoadError, RulePack};
use golint_project::FileSystem;
use golint_project::path::{absolute, relative};
use rayon::prelude::*;

use crate::catalog::{Catalog, Origin, PLUGIN_FAILURE, Rule, Slot, page};
use crate::config::PluginTable;
use crate::results::Digest;
use crate::{EngineOptions, StartError};

/// A pack that can be run.
#[derive(Clone)]
pub(crate) struct LoadedPack {
    pub(crate) pack: Arc<dyn RulePack>,
    /// As people know it.
    pub(crate) name: String,
    /// True for those that come with the linter: their rules have no prefix.
    pub(crate) builtin: bool,
    /// Of its bytes; none for packs that are part of this program.
    pub(crate) content: Option<Digest>,
    /// Where to point when it fails without a file: where it is configured, or just its name.
    pub(crate) at: Location,
}

impl fmt::Debug for LoadedPack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LoadedPack({})", self.name)
    }
}

/// All packs that were loaded so far.
pub(crate) struct Packs {
    host: Host,
    builtin: Vec<LoadedPack>,
    plugins: Mutex<Vec<Plugin>>,
    /// Whether plugins may be loaded at all.
    trusting: bool,
}

/// What a plugin was loaded from, so that a changed file is loaded again.
struct Plugin {
    name: String,
    path: Utf8PathBuf,
    sha256: Option<String>,
    bytes: Arc<[u8]>,
    pack: LoadedPack,
}

fn host(options: &EngineOptions) -> Result<Host, StartError> {
    let host = Host::new(HostOptions {
        cache_dir: options.cache_folder.clone().map(Utf8PathBuf::into_std_path_buf),
        guest_budget: options.pack_budget,
        measure_host_time: options.measure,
        log: Arc::clone(&options.log),
        ..HostOptions::default()
    });
    host.map_err(|error| StartError::Host(error.to_string()))
}

impl Packs {
    /// Starts the host and loads the built-in packs.
    pub(crate) fn new(options: &EngineOptions) -> Result<Packs, StartError> {
        let host = host(options)?;
        let load = |&(name, bytes): &(&'static str, &'static [u8])| {
            let pack = host
                .load(name, bytes, None, "this program")
                .map_err(|error| StartError::Pack { help: error.help(), message: error.to_string() })?;
            Ok(LoadedPack {
                pack,
                name: name.to_owned(),
                builtin: true,
                content: Some(Digest::of(bytes)),
                at: Location::new(name, Span::default()),
            })
        };
        let builtin = options.builtin.par_iter().map(load).collect::<Result<Vec<_>, _>>()?;
        Ok(Packs { host, builtin, plugins: Mutex::default(), trusting: options.plugins })
    }

    /// Starts the host, with built-in packs that are already there.
    pub(crate) fn with_builtin(options: &EngineOptions, packs: Vec<Arc<dyn RulePack>>) -> Result<Packs, StartError> {
        let loaded = |pack: Arc<dyn RulePack>| {
            let name = pack.manifest().name.clone();
            LoadedPack { at: Location::new(name.as_str(), Span::default()), name, builtin: true, content: None, pack }
        };
        let builtin = packs.into_iter().map(loaded).collect();
        Ok(Packs { host: host(options)?, builtin, plugins: Mutex::default(), trusting: options.plugins })
    }

    /// Packs that are already there, for tests.
    #[cfg(test)]
    pub(crate) fn of(packs: Vec<LoadedPack>) -> Packs {
        let host = Host::new(HostOptions::default()).expect("a host");
        Packs { host, builtin: packs, plugins: Mutex::default(), trusting: true }
    }

    /// With a plugin that was loaded from this file.
    #[cfg(test)]
    pub(crate) fn with_plugin(self, path: Utf8PathBuf, bytes: &[u8], pack: LoadedPack) -> Packs {
        let plugin = Plugin { name: pack.name.clone(), path, sha256: None, bytes: bytes.into(), pack };
        Packs { plugins: Mutex::new(vec![plugin]), ..self }
    }

    /// The packs that come with the linter.
    pub(crate) fn builtin(&self) -> &[LoadedPack] {
        &self.builtin
    }

    /// The pack of a plugin table; `root` is the path of its configuration file. The error is a diagnostic.
    pub(crate) fn plugin(
        &self,
        files: &dyn FileSystem,
        working_folder: &Utf8Path,
        root: &Utf8Path,
        table: &PluginTable,
    ) -> Result<LoadedPack, Box<Diagnostic>> {
        let path = absolute(root.parent().unwrap_or(root), &table.path.value);
        let shown = relative(working_folder, &path);
        let failed = |at: &Location, message: String, help: String| {
            let told = Diagnostic::new(PLUGIN_FAILURE, at.clone(), message);
            Box::new(Diagnostic { severity: Severity::Error, help: Some(help), ..told })
        };
        if !self.trusting {
            let message = format!("plugin `{}` is not loaded: this folder is not trusted", table.name.value);
            let mut told = failed(&table.name.at, message, "trust the folder in the editor to load its plugins".into());
            told.severity = Severity::Info;
            return Err(told);
        }
        let bytes = files.read(&path).map_err(|error| {
            let message = format!("plugin `{}` can't be read from {shown}: {error}", table.name.value);
            let help = match error.kind() {
                ErrorKind::IsADirectory | ErrorKind::InvalidInput => "name the .wasm file of a component",
                _ => "paths of plugins are relative to the configuration file",
            };
            failed(&table.path.at, message, help.into())
        })?;
        let sha256 = table.sha256.as_ref().map(|digest| digest.value.clone());
        let mut plugins = self.plugins.lock().unwrap_or_else(PoisonError::into_inner);
        let name = &table.name.value;
        let known = plugins.iter().position(|p| p.name == *name && p.path == path && p.sha256 == sha256);
        if let Some(known) = known {
            if Arc::ptr_eq(&plugins[known].bytes, &bytes) || plugins[known].bytes == bytes {
                return Ok(LoadedPack { at: table.path.at.clone(), ..plugins[known].pack.clone() });
            }
            plugins.remove(known);
        }
        let pack =
            self.host.load(name, Arc::clone(&bytes), sha256.as_deref(), &shown).map_err(|error: LoadError| {
                let at = match (&error.cause, &table.sha256) {
                    (golint_host::LoadCause::Sha256 { .. }, Some(digest)) => &digest.at,
                    _ => &table.path.at,
                };
                failed(at, error.to_string(), error.help())
            })?;
        let content = Some(Digest::of(&bytes));
        let pack = LoadedPack { pack, name: name.clone(), builtin: false, content, at: table.path.at.clone() };
        plugins.push(Plugin { name: name.clone(), path, sha256, bytes, pack: pack.clone() });
        Ok(pack)
    }
}

/// What is separated by commas.
fn listed(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// The rules of these packs; slots are numbered as the list is.
pub(crate) fn catalog<'p>(
    packs: impl IntoIterator<Item = (usize, &'p LoadedPack)>,
    missing_plugins: Vec<String>,
) -> Catalog {
    let mut rules = Vec::new();
    for (number, loaded) in packs {
        let manifest = loaded.pack.manifest();
        for (index, rule) in manifest.rules.iter().enumerate() {
            let attribute = |key: &str| rule.attributes.iter().find(|a| a.key == key).map(|a| a.value.clone());
            let list = |key: &str| attribute(key).map(|names| listed(&names)).unwrap_or_default();
            let version = manifest.version.clone();
            let (name, origin) = if loaded.builtin {
                (rule.id.clone(), Origin::Builtin { pack: loaded.name.clone(), version })
            } else {
                (format!("{}/{}", loaded.name, rule.id), Origin::Plugin { name: loaded.name.clone(), version })
            };
            let rule = Rule {
                name,
                summary: rule.summary.clone(),
                docs: rule.docs.clone(),
                category: rule.category.clone(),
                severity: rule.severity,
                default_on: rule.default_on,
                options_schema: rule.options_schema.clone(),
                url: attribute("url").or_else(|| loaded.builtin.then(|| page(&rule.id))),
                tags: list("tags"),
                equivalents: list("equivalents"),
                overlaps: list("overlaps"),
                origin,
            };
            rules.push((Arc::new(rule), Slot { pack: number, rule: u32::try_from(index).unwrap_or(u32::MAX) }));
        }
    }
    Catalog::new(rules, missing_plugins)
}
