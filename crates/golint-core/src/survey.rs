//! Before a run: which configuration governs each file, which packs and rules that means, and what they want to see.
//! Reads configuration files and plugins, but no Go file.

mod judgement;
mod plan;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;
use golint_diagnostics::{Diagnostic, Location, RuleInfo, Severity, Span};
use golint_project::path::relative;
use rustc_hash::FxHashMap;

use crate::baseline::{self, Baseline, Unusable};
use crate::catalog::{Catalog, UNREADABLE_FILE};
use crate::config::{BaselineFile, CommandLine, Configuration, Discovery, Governing, RootFile, fault, resolve};
use crate::outcome::{FileState, sorted};
use crate::packs::{LoadedPack, Packs, catalog};
use crate::prefilter::{Prefilter, PrefilterBuilder};
use crate::{EngineOptions, Snapshot, Target, UsageError};

pub(crate) use plan::{Plan, PlannedPack};

/// What is known before the first Go file is read.
pub(crate) struct Survey {
    pub(crate) packs: Vec<LoadedPack>,
    pub(crate) plans: Vec<Plan>,
    /// Files to look at, with their plan.
    pub(crate) jobs: Vec<Job>,
    /// Files that are not looked at, by their place in the project, and why.
    pub(crate) settled: Vec<(usize, FileState)>,
    /// Faults in configuration, and plugins that could not be loaded. Not empty: the run is incomplete.
    pub(crate) faults: Vec<Diagnostic>,
    /// The rules of all configurations, sorted by name.
    pub(crate) rules: Vec<RuleInfo>,
    pub(crate) prefilter: Prefilter,
}

impl Survey {
    /// The first place at which this very pack stands: a plugin that several roots name has a place for each, and what
    /// happens to it happens to all.
    pub(crate) fn identity(&self, number: usize) -> usize {
        let pack = &self.packs[number].pack;
        self.packs.iter().position(|other| Arc::ptr_eq(&other.pack, pack)).unwrap_or(number)
    }
}

/// A file to check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    /// Place in [`golint_project::Project::files`].
    pub(crate) file: usize,
    /// Place in [`Survey::plans`].
    pub(crate) plan: usize,
}

/// What a root configuration brings.
pub(crate) struct Root {
    pub(crate) catalog: Arc<Catalog>,
    command_line: Result<CommandLine, UsageError>,
    /// Where the root itself can't be understood.
    pub(crate) faults: Vec<Diagnostic>,
}

/// Finds and resolves configurations, and remembers them.
pub(crate) struct Surveyor<'a> {
    options: &'a EngineOptions,
    snapshot: &'a Snapshot,
    packs: &'a Packs,
    discovery: Discovery<'a>,
    /// Built-in ones first, then plugins as they are met.
    pub(crate) loaded: Vec<LoadedPack>,
    roots: FxHashMap<Option<Utf8PathBuf>, Arc<Root>>,
    /// None where the configuration has faults: its files are not checked.
    configurations: FxHashMap<Governing, Option<Arc<Configuration>>>,
    /// By their paths; those that can be used.
    baselines: FxHashMap<Utf8PathBuf, Arc<Baseline>>,
    pub(crate) faults: Vec<Diagnostic>,
}

impl<'a> Surveyor<'a> {
    pub(crate) fn new(options: &'a EngineOptions, snapshot: &'a Snapshot, packs: &'a Packs) -> Self {
        Surveyor {
            options,
            snapshot,
            packs,
            discovery: Discovery::new(&*snapshot.files, &options.working_folder, &options.configuration),
            loaded: packs.builtin().to_vec(),
            roots: FxHashMap::default(),
            configurations: FxHashMap::default(),
            baselines: FxHashMap::default(),
            faults: Vec::new(),
        }
    }

    /// Plans the checks of these files.
    pub(crate) fn survey(mut self, targets: &[Target]) -> Result<Survey, UsageError> {
        let places: FxHashMap<_, _> =
            self.snapshot.project.files.iter().enumerate().map(|(place, file)| (file.path.as_path(), place)).collect();
        let mut planner = plan::Planner::default();
        let mut prefilter = PrefilterBuilder::default();
        let (mut jobs, mut settled) = (Vec::new(), Vec::new());
        for target in targets {
            let Some(&file) = places.get(target.path.as_path()) else {
                self.faults.push(self.unknown_target(target));
                continue;
            };
            let folder = target.path.parent().unwrap_or(&target.path);
            let governing = self.discovery.governing(folder);
            let Some(configuration) = self.configuration(&governing)? else {
                settled.push((file, FileState::Failed));
                continue;
            };
            if !target.named && configuration.excludes(&target.path) {
                settled.push((file, FileState::Excluded));
                continue;
            }
            let enabled = configuration.enabled_for(&target.path);
            let plan = planner.plan(&configuration, enabled, &self.loaded, &mut prefilter, &mut self.faults);
            match plan {
                Some(plan) => jobs.push(Job { file, plan }),
                None => settled.push((file, FileState::Failed)),
            }
        }
        self.judge_command_line()?;
        let rules = self.rules();
        Ok(Survey {
            packs: self.loaded,
            plans: planner.plans,
            jobs,
            settled,
            faults: sorted(self.faults),
            rules,
            prefilter: prefilter.build(self.options.prefilter),
        })
    }

    /// Of all roots that were met, sorted by name.
    fn rules(&self) -> Vec<RuleInfo> {
        let mut rules: Vec<RuleInfo> =
            self.roots.values().flat_map(|root| root.catalog.rules().map(|rule| rule.info())).collect();
        rules.sort();
        rules.dedup_by(|a, b| a.id == b.id);
        rules
    }

    /// A selector of the command line that no root knows is a mistake; also where there is no file to check.
    pub(crate) fn judge_command_line(&mut self) -> Result<(), UsageError> {
        if self.roots.is_empty() {
            let governing = self.discovery.governing(&self.options.working_folder);
            self.root(governing.root.as_ref());
        }
        let mut unknown: Option<BTreeMap<String, String>> = None;
        // Sorted, so that the message does not depend on the order of a table.
        let roots: BTreeMap<_, _> = self.roots.iter().collect();
        for root in roots.values() {
            let theirs = &root.command_line.as_ref().map_err(Clone::clone)?.unknown;
            match &mut unknown {
                None => unknown = Some(theirs.clone()),
                Some(unknown) => unknown.retain(|selector, _| theirs.contains_key(selector)),
            }
        }
        match unknown.and_then(|unknown| unknown.into_values().next()) {
            Some(message) => Err(UsageError(message)),
            None => Ok(()),
        }
    }

    fn unknown_target(&self, target: &Target) -> Diagnostic {
        let at = Location::new(relative(&self.options.working_folder, &target.path), Span::default());
        let message = "this file is not part of what was loaded, and is not checked";
        Diagnostic { severity: Severity::Error, ..Diagnostic::new(UNREADABLE_FILE, at, message) }
    }

    /// What governs this folder.
    pub(crate) fn governing(&mut self, folder: &camino::Utf8Path) -> Governing {
        self.discovery.governing(folder)
    }

    /// The configuration of these files; none if it has faults, which are noted.
    pub(crate) fn configuration(&mut self, governing: &Governing) -> Result<Option<Arc<Configuration>>, UsageError> {
        if let Some(known) = self.configurations.get(governing) {
            return Ok(known.clone());
        }
        let root = self.root(governing.root.as_ref());
        let command_line = root.command_line.as_ref().map_err(Clone::clone)?;
        let chain = governing.nearest.as_ref().map(|path| self.discovery.chain(path)).unwrap_or_default();
        let root_shown = governing.root.as_ref().map(|path| relative(&self.options.working_folder, path));
        let root_file = governing.root.as_deref().zip(root_shown.as_deref());
        let root_file = root_file.map(|(path, shown)| RootFile { path, shown });
        let (mut configuration, mut faults) = resolve(&chain, root_file, &root.catalog, command_line);
        if let Some(baseline) = &mut configuration.baseline {
            faults.extend(self.read_baseline(baseline)?);
        }
        faults.extend(root.faults.iter().cloned());
        let sound = faults.is_empty();
        self.faults.extend(faults);
        let configuration = sound.then(|| Arc::new(configuration));
        self.configurations.insert(governing.clone(), configuration.clone());
        Ok(configuration)
    }

    /// Reads the known findings, each file once. What is wrong with it, if something is.
    fn read_baseline(&mut self, file: &mut BaselineFile) -> Result<Option<Diagnostic>, UsageError> {
        if let Some(known) = self.baselines.get(&file.path) {
            file.contents = Some(Arc::clone(known));
            return Ok(None);
        }
        let working_folder = &self.options.working_folder;
        match Baseline::read(&*self.snapshot.files, &file.path, working_folder) {
            Ok(baseline) => {
                let baseline = Arc::new(baseline);
                self.baselines.insert(file.path.clone(), Arc::clone(&baseline));
                file.contents = Some(baseline);
                Ok(None)
            }
            Err(Unusable::Damaged(told)) => Ok(Some(*told)),
            Err(Unusable::Unreadable(error)) => {
                let (message, help) = baseline::unreadable(&relative(working_folder, &file.path), &error);
                let Some(at) = &file.at else {
                    return Err(UsageError(format!("--baseline: {message}; {help}")));
                };
                Ok(Some(Diagnostic { help: Some(help), ..fault(at.clone(), message) }))
            }
        }
    }

    /// What a root configuration brings: its plugins are loaded now.
    pub(crate) fn root(&mut self, path: Option<&Utf8PathBuf>) -> Arc<Root> {
        if let Some(root) = self.roots.get(&path.cloned()) {
            return Arc::clone(root);
        }
        let chain = path.map(|path| self.discovery.chain(path)).unwrap_or_default();
        let mut numbers: Vec<usize> = (0..self.packs.builtin().len()).collect();
        let mut missing = Vec::new();
        if let (Some(path), Some(layer)) = (path, chain.layers.first()) {
            for table in &layer.plugins {
                let plugin = self.packs.plugin(&*self.snapshot.files, &self.options.working_folder, path, table);
                match plugin {
                    Ok(plugin) => {
                        numbers.push(self.loaded.len());
                        self.loaded.push(plugin);
                    }
                    Err(failure) => {
                        missing.push(table.name.value.clone());
                        self.faults.push(*failure);
                    }
                }
            }
            // A table that could not be read is no reason to call its rules unknown.
            missing.extend(layer.broken_plugins.iter().cloned());
        }
        let catalog = Arc::new(catalog(numbers.into_iter().map(|number| (number, &self.loaded[number])), missing));
        let command_line = CommandLine::read(&self.options.overrides, &catalog).map_err(UsageError);
        let root = Arc::new(Root { catalog, command_line, faults: chain.faults });
        self.roots.insert(path.cloned(), Arc::clone(&root));
        root
    }
}
