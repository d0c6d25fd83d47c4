//! What every command starts from: the folder it runs in, the environment, and an engine with its options.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{ConfigurationSource, Engine, EngineOptions, Log, LogEntry};
use golint_host::Quiet;

use crate::arguments::Sources;
use crate::output::{Loudness, Terminal};

/// The working folder, absolute.
pub(crate) fn working_folder() -> Result<Utf8PathBuf> {
    let folder = std::env::current_dir().context("the working folder is gone, or can't be read")?;
    utf8(folder)
}

/// A path as text. Paths of findings are text in every format.
pub(crate) fn utf8(path: PathBuf) -> Result<Utf8PathBuf> {
    match Utf8PathBuf::from_path_buf(path) {
        Ok(path) => Ok(path),
        Err(path) => bail!("{} is not valid UTF-8; rename it", path.display()),
    }
}

/// A path as typed, seen from the working folder, without `.` and `..`.
pub(crate) fn absolute(working_folder: &Utf8Path, path: &Path) -> Result<Utf8PathBuf> {
    Ok(golint_project::path::absolute(working_folder, utf8(path.to_owned())?.as_str()))
}

/// Where compiled packs are kept; none where neither the environment nor the system names a place.
pub(crate) fn cache_folder() -> Option<Utf8PathBuf> {
    golint_core::cache_folder(|name| std::env::var_os(name))
}

/// The options that all commands share.
pub(crate) fn engine_options(
    working_folder: &Utf8Path,
    sources: &Sources,
    terminal: &Terminal,
) -> Result<EngineOptions> {
    let mut options = EngineOptions::new(golint_builtin::PACKS, working_folder);
    options.configuration = match (&sources.config, sources.isolated) {
        (Some(path), _) => ConfigurationSource::File(absolute(working_folder, path)?),
        (None, true) => ConfigurationSource::Isolated,
        (None, false) => ConfigurationSource::Discover,
    };
    if !sources.no_cache {
        options.cache_folder = cache_folder();
        if options.cache_folder.is_none() {
            terminal.detail("nothing is cached: there is no folder for it; GOLINT_RS_CACHE can name one")?;
        }
    }
    options.log = log(terminal);
    Ok(options)
}

/// Takes what packs and the engine say on the way.
pub(crate) fn log(terminal: &Terminal) -> Arc<dyn Log> {
    if terminal.loudness == Loudness::Verbose { Arc::new(Verbose(terminal.clone())) } else { Arc::new(Quiet) }
}

/// Shows what packs and the engine say on the way.
struct Verbose(Terminal);

impl Log for Verbose {
    fn log(&self, entry: &LogEntry<'_>) {
        let pack = entry.pack.map(|p| format!("pack {p}: ")).unwrap_or_default();
        let file = entry.file.map(|f| format!("{f}: ")).unwrap_or_default();
        // Whoever closed standard error does not want to know.
        let _ = self.0.detail(&format!("{pack}{file}{}", entry.message));
    }
}

/// An engine.
pub(crate) fn engine(options: EngineOptions) -> Result<Engine> {
    Ok(Engine::new(options)?)
}
