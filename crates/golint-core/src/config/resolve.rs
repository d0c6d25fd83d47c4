//! From the files of a chain to the one configuration that holds: what each key says, and which rules are meant. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{Diagnostic, Location, Severity};
use golint_project::path::{absolute, below};
use golint_project::{GoVersion, PlatformSet};
use serde_json::{Map, Value};

use super::discovery::Chain;
use super::glob::PathGlob;
use super::layer::{Layer, RuleTable};
use super::options::Options;
use super::reader::{Placed, fault};
use super::selector::{self, RuleSet, SelectorFault};
use crate::baseline::Baseline;
use crate::catalog::{Catalog, Rule};
use crate::{BaselineSource, Overrides};

/// Files above this many bytes are not checked unless a configuration says otherwise.
pub(crate) const MAX_FILE_SIZE: u64 = 16 << 20;

/// What holds for the files that one golint.toml governs, after everything that it extends and the command line.
#[derive(Clone, Debug)]
pub(crate) struct Configuration {
    pub(crate) catalog: Arc<Catalog>,
    /// The files that it was made of, the nearest first.
    pub(crate) sources: Vec<Utf8PathBuf>,
    /// What is turned on, without regard to single files.
    pub(crate) enabled: RuleSet,
    /// Of each rule of the catalog.
    pub(crate) severities: Vec<Severity>,
    /// What stands for a rule in comments that suppress, beside its own name: alias, in lower case, and rule.
    pub(crate) aliases: Vec<Alias>,
    /// Of each rule of the catalog, defaults filled in.
    pub(crate) options: Vec<RuleOptions>,
    pub(crate) per_file_ignores: Vec<FileIgnore>,
    /// The patterns, and the folder that they are relative to.
    pub(crate) exclude: (Utf8PathBuf, Vec<PathGlob>),
    pub(crate) include_generated: bool,
    /// Stands in for go.mod's line.
    pub(crate) go: Option<GoVersion>,
    pub(crate) platforms: PlatformSet,
    /// As written; none for all.
    pub(crate) platform_names: Option<Vec<String>>,
    /// In bytes.
    pub(crate) max_file_size: u64,
    /// Known findings.
    pub(crate) baseline: Option<BaselineFile>,
}

/// A file of known findings.
#[derive(Clone, Debug)]
pub(crate) struct BaselineFile {
    /// Absolute.
    pub(crate) path: Utf8PathBuf,
    /// Where a configuration file names it; none where the command line does.
    pub(crate) at: Option<Location>,
    /// None before it is read.
    pub(crate) contents: Option<Arc<Baseline>>,
}

/// What another linter calls something that a rule finds, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alias {
    /// In lower case.
    pub(crate) name: String,
    /// The full id.
    pub(crate) rule: String,
}

/// A rule's options.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleOptions {
    pub(crate) values: Map<String, Value>,
    /// Where the configuration gives them; none where it does not.
    pub(crate) given: Option<(Options, Location)>,
}

/// Rules that are off in some files.
#[derive(Clone, Debug)]
pub(crate) struct FileIgnore {
    pub(crate) folder: Utf8PathBuf,
    pub(crate) glob: PathGlob,
    pub(crate) rules: RuleSet,
    /// As written.
    pub(crate) selectors: Vec<String>,
}

impl Configuration {
    /// Whether `exclude` takes this file.
    pub(crate) fn excludes(&self, path: &Utf8Path) -> bool {
        let (folder, globs) = &self.exclude;
        !globs.is_empty() && below(folder, path).is_some_and(|path| globs.iter().any(|glob| glob.matches(&path)))
    }

    /// Whether a rule that looks at code is on, without regard to single files. `unused-suppression` alone looks at none.
    pub(crate) fn has_rules(&self) -> bool {
        (0..self.catalog.len()).any(|rule| self.enabled[rule] && self.catalog.slot(rule).is_some())
    }

    /// What stands for a rule in comments that suppress, beside its name.
    pub(crate) fn aliases_of(&self, rule: &str) -> impl Iterator<Item = &str> {
        self.aliases.iter().filter(move |alias| alias.rule == rule).map(|alias| alias.name.as_str())
    }

    /// The rules that are on for this file.
    pub(crate) fn enabled_for(&self, path: &Utf8Path) -> RuleSet {
        let mut enabled = self.enabled.clone();
        for ignore in &self.per_file_ignores {
            if below(&ignore.folder, path).is_some_and(|path| ignore.glob.matches(&path)) {
                remove(&mut enabled, &ignore.rules);
            }
        }
        enabled
    }
}

fn remove(set: &mut RuleSet, others: &RuleSet) {
    for (mine, theirs) in set.iter_mut().zip(others) {
        *mine &= !theirs;
    }
}

fn add(set: &mut RuleSet, others: &RuleSet) {
    for (mine, theirs) in set.iter_mut().zip(others) {
        *mine |= theirs;
    }
}

/// What the command line says, read once for a catalog.
#[derive(Clone, Debug)]
pub(crate) struct CommandLine {
    select: Option<RuleSet>,
    ignore: RuleSet,
    go: Option<GoVersion>,
    platforms: Option<(Vec<String>, PlatformSet)>,
    include_generated: bool,
    baseline: BaselineSource,
    /// Selectors that stand for nothing in this catalog, with the words for the user. Another root may know them.
    pub(crate) unknown: BTreeMap<String, String>,
}

impl CommandLine {
    /// Reads the overrides; the error is for the user, and holds for every catalog.
    pub(crate) fn read(overrides: &Overrides, catalog: &Catalog) -> Result<CommandLine, String> {
        let mut unknown = BTreeMap::new();
        let mut set = |flag: &str, selectors: &[String]| {
            let mut set = vec![false; catalog.len()];
            for selector in selectors {
                match selector::select(catalog, selector) {
                    Ok(rules) => add(&mut set, &rules),
                    Err(fault) => _ = unknown.insert(selector.clone(), told(flag, &fault)),
                }
            }
            set
        };
        let select = overrides.select.as_ref().map(|selectors| set("--select", selectors));
        let ignore = set("--ignore", &overrides.ignore);
        let platforms = overrides.platforms.iter().try_fold(PlatformSet::EMPTY, |all, name| {
            super::platforms::named(name).map(|set| all | set).map_err(|fault| told("--platform", &fault))
        })?;
        Ok(CommandLine {
            select,
            ignore,
            go: overrides.go,
            platforms: (!overrides.platforms.is_empty()).then(|| (overrides.platforms.clone(), platforms)),
            include_generated: overrides.include_generated,
            baseline: overrides.baseline.clone(),
            unknown,
        })
    }
}

fn told(flag: &str, fault: &SelectorFault) -> String {
    let help = fault.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{flag}: {}{help}", fault.message)
}

/// The only file that may name plugins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RootFile<'a> {
    pub(crate) path: &'a Utf8Path,
    /// As people are shown it.
    pub(crate) shown: &'a str,
}

/// The configuration that a chain gives.
///
/// Each key of a nearer file replaces the farther one's. The tables `rules` and `per-file-ignores` are merged: rule by
/// rule and option by option the one, line by line the other.
pub(crate) fn resolve(
    chain: &Chain,
    root: Option<RootFile<'_>>,
    catalog: &Arc<Catalog>,
    command_line: &CommandLine,
) -> (Configuration, Vec<Diagnostic>) {
    let mut faults = chain.faults.clone();
    let layers = &chain.layers;
    faults.extend(layers.iter().flat_map(|layer| misplaced_plugins(layer, root)));

    let mut union = |selectors: &[Placed<String>]| {
        let mut set = vec![false; catalog.len()];
        for selector in selectors {
            match selector::select(catalog, &selector.value) {
                Ok(rules) => add(&mut set, &rules),
                Err(wrong) => {
                    let mut told = fault(selector.at.clone(), wrong.message);
                    told.help = wrong.help;
                    faults.push(told);
                }
            }
        }
        set
    };
    let select = layers.iter().find_map(|layer| layer.select.as_ref()).map(|selectors| union(selectors));
    let ignore = layers.iter().find_map(|layer| layer.ignore.as_ref()).map(|selectors| union(selectors));
    let mut per_file_ignores = Vec::new();
    for layer in layers {
        for line in &layer.per_file_ignores {
            per_file_ignores.push(FileIgnore {
                folder: layer.patterns_from.clone(),
                glob: line.glob.clone(),
                rules: union(&line.selectors),
                selectors: line.selectors.iter().map(|selector| selector.value.clone()).collect(),
            });
        }
    }
    let default = || selector::select(catalog, "default").unwrap_or_default();
    let mut enabled = match (&command_line.select, select) {
        // What is asked for by name is not to be hidden by a file.
        (Some(select), _) => select.clone(),
        (None, select) => {
            let mut enabled = select.unwrap_or_else(default);
            remove(&mut enabled, &ignore.unwrap_or_default());
            enabled
        }
    };
    remove(&mut enabled, &command_line.ignore);

    let RuleTables { severities, aliases, options } = rule_tables(layers, catalog, &mut faults);
    let exclude = layers.iter().find_map(|layer| Some((layer.patterns_from.clone(), layer.exclude.clone()?)));
    let platforms = command_line.platforms.clone().or_else(|| layers.iter().find_map(|layer| layer.platforms.clone()));
    let configuration = Configuration {
        catalog: Arc::clone(catalog),
        sources: layers.iter().map(|layer| layer.path.clone()).collect(),
        enabled,
        severities,
        aliases,
        options,
        per_file_ignores,
        exclude: exclude.unwrap_or_default(),
        include_generated: command_line.include_generated
            || layers.iter().find_map(|layer| layer.include_generated).unwrap_or(false),
        go: command_line.go.or_else(|| layers.iter().find_map(|layer| layer.go)),
        platforms: platforms.as_ref().map_or(PlatformSet::ALL, |(_, set)| *set),
        platform_names: platforms.map(|(names, _)| names),
        max_file_size: layers.iter().find_map(|layer| layer.max_file_size).unwrap_or(MAX_FILE_SIZE),
        baseline: baseline(layers, &command_line.baseline),
    };
    (configuration, faults)
}

/// The baseline that holds, not read yet.
fn baseline(layers: &[Arc<Layer>], source: &BaselineSource) -> Option<BaselineFile> {
    let (path, at) = match source {
        BaselineSource::Off => return None,
        BaselineSource::File(path) => (path.clone(), None),
        BaselineSource::Configured => layers.iter().find_map(|layer| {
            let Placed { value, at } = layer.baseline.as_ref()?;
            Some((absolute(layer.folder(), value), Some(at.clone())))
        })?,
    };
    Some(BaselineFile { path, at, contents: None })
}

fn misplaced_plugins(layer: &Layer, root: Option<RootFile<'_>>) -> Vec<Diagnostic> {
    if root.is_some_and(|root| root.path == layer.path) {
        return Vec::new();
    }
    let misplaced = |name: &Placed<String>| {
        let mut told = fault(name.at.clone(), "plugins can be named in the root configuration only");
        told.help = root.map(|root| format!("move [plugins.{}] to {}", name.value, root.shown));
        told.notes
            .push("a run loads the same plugins for all of its files; the root is the outermost golint.toml".into());
        told
    };
    layer.plugins.iter().map(|plugin| misplaced(&plugin.name)).collect()
}

/// What the tables `[rules.ID]` of all layers say.
struct RuleTables {
    /// Of each rule of the catalog.
    severities: Vec<Severity>,
    aliases: Vec<Alias>,
    /// Of each rule of the catalog.
    options: Vec<RuleOptions>,
}

fn rule_tables(layers: &[Arc<Layer>], catalog: &Catalog, faults: &mut Vec<Diagnostic>) -> RuleTables {
    let mut severities: Vec<Option<Severity>> = vec![None; catalog.len()];
    let mut named: Vec<Option<&[String]>> = vec![None; catalog.len()];
    let mut given: Vec<Option<(Options, Location)>> = vec![None; catalog.len()];
    for RuleTable { id, severity, aliases, options } in layers.iter().flat_map(|layer| &layer.rules) {
        let of_missing_plugin =
            id.value.split_once('/').is_some_and(|(name, _)| catalog.missing_plugins.iter().any(|m| m == name));
        if of_missing_plugin {
            continue;
        }
        let number = match selector::find(catalog, &id.value) {
            Ok(number) => number,
            Err(wrong) => {
                let mut told = fault(id.at.clone(), wrong.message);
                told.help = wrong.help;
                faults.push(told);
                continue;
            }
        };
        severities[number] = severities[number].or(*severity);
        named[number] = named[number].or(aliases.as_deref());
        match &mut given[number] {
            Some((upper, _)) => upper.inherit(options),
            empty => *empty = Some((options.clone(), id.at.clone())),
        }
    }
    let mut all = Vec::with_capacity(catalog.len());
    for (rule, given) in catalog.rules().zip(given) {
        let schema = rule.options_schema.as_ref();
        if let Some((options, at)) = &given {
            faults.extend(options.check(&rule.name, schema, at));
        }
        let values = given.as_ref().map(|(options, _)| options.values.clone()).unwrap_or_default();
        all.push(RuleOptions { values: with_defaults(values, schema), given });
    }
    let severities =
        catalog.rules().zip(severities).map(|(rule, severity)| severity.unwrap_or(rule.severity)).collect();
    let of_rule = |(rule, names): (&Arc<Rule>, Option<&[String]>)| {
        let alias = |name: &String| Alias { name: name.clone(), rule: rule.name.clone() };
        names.unwrap_or_default().iter().map(alias).collect::<Vec<_>>()
    };
    let aliases = catalog.rules().zip(named).flat_map(of_rule).collect();
    RuleTables { severities, aliases, options: all }
}

/// Fills in what the schema gives as `default` for options that are not set.
fn with_defaults(mut values: Map<String, Value>, schema: Option<&Value>) -> Map<String, Value> {
    let properties = schema.and_then(|schema| schema.get("properties")).and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        if let (false, Some(default)) = (values.contains_key(name), property.get("default")) {
            values.insert(name.clone(), default.clone());
        }
    }
    values
}

#[cfg(test)]
mod tests;
