//! The engine: packs, threads and options, kept from run to run. Every way to check a file leads through one run
//! ([`Engine::check`], and [`Engine::recheck`] for editors); what it answers is a function of the snapshot and of the
//! options alone.

mod configuration;

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use golint_diagnostics::{Diagnostic, Location, Report, RuleInfo, Silence, Span, Summary};
use golint_host::RulePack;
use rayon::{ThreadPool, ThreadPoolBuilder};
use rustc_hash::FxHashMap;

use crate::baseline::{Baselines, Known};
use crate::catalog::Rule;
use crate::config::{EffectiveConfiguration, fault, schema};
use crate::incremental::Incremental;
use crate::outcome::{FileResult, FileState, RunSources, sorted};
use crate::packs::Packs;
use crate::results::Results;
use crate::run::{Counters, Run, difference};
use crate::survey::{Root, Surveyor};
use crate::{Control, EngineOptions, Level, LogEntry, Outcome, Remark, Snapshot, StartError, Target, UsageError};

/// Of worker threads: packs take 2 MiB of it, the model the rest.
const STACK: usize = 8 << 20;

/// Packs, threads and options. Shared freely; runs don't disturb each other.
pub struct Engine {
    options: EngineOptions,
    packs: Packs,
    pool: ThreadPool,
}

/// The results of a run, file by file, before they become an outcome.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) faults: Vec<Diagnostic>,
    pub(crate) rules: Vec<RuleInfo>,
    /// By place in the project's files.
    pub(crate) results: BTreeMap<usize, FileResult>,
    pub(crate) counters: Counters,
    /// Names of plugins.
    pub(crate) turned_off: Vec<String>,
    pub(crate) baselines: Baselines,
}

impl Checked {
    /// Whether something was not checked that should have been.
    pub(crate) fn is_incomplete(&self) -> bool {
        !self.faults.is_empty() || self.results.values().any(|result| result.incomplete)
    }
}

impl Engine {
    /// Starts threads and loads the built-in packs.
    ///
    /// # Errors
    /// If the system gives no threads or a built-in pack can't be loaded.
    pub fn new(options: EngineOptions) -> Result<Engine, StartError> {
        let pool = pool(&options)?;
        let packs = pool.install(|| Packs::new(&options))?;
        Ok(Engine { options, packs, pool })
    }

    /// Starts threads, with these packs for the built-in ones: for packs that are part of this program
    /// ([`golint_host::NativePack`]), in tests and measurements of their rules.
    ///
    /// # Errors
    /// If the system gives no threads or no host.
    pub fn with_builtin(options: EngineOptions, packs: Vec<Arc<dyn RulePack>>) -> Result<Engine, StartError> {
        let pool = pool(&options)?;
        let packs = Packs::with_builtin(&options, packs)?;
        Ok(Engine { options, packs, pool })
    }

    /// An engine with packs that are already there.
    #[cfg(test)]
    pub(crate) fn with_packs(options: EngineOptions, packs: Packs) -> Engine {
        let pool = pool(&options).expect("threads");
        Engine { options, packs, pool }
    }

    /// Checks files of a snapshot. Faults in configuration, unreadable files and failures of packs are in the report, and
    /// the outcome is then incomplete; everything else is checked all the same.
    ///
    /// # Errors
    /// If the options ask for rules or platforms that there are not.
    pub fn check(&self, snapshot: &Snapshot, files: &[Target], control: &Control) -> Result<Outcome, UsageError> {
        let checked = self.run(snapshot, files, control, None)?;
        self.say_what_was_not_checked(snapshot, &checked);
        Ok(self.outcome(snapshot, checked))
    }

    /// The same, with the same answer, for someone who checks files again and again while they change: with what is known
    /// from the checks before, and without the results on disk, which are for states that somebody will see again.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn recheck(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        control: &Control,
        incremental: &Arc<Incremental>,
    ) -> Result<Outcome, UsageError> {
        let checked = self.run(snapshot, files, control, Some(incremental))?;
        self.say_what_was_not_checked(snapshot, &checked);
        Ok(self.outcome(snapshot, checked))
    }

    pub(crate) fn run(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        control: &Control,
        incremental: Option<&Arc<Incremental>>,
    ) -> Result<Checked, UsageError> {
        self.pool.install(|| {
            let survey = Surveyor::new(&self.options, snapshot, &self.packs).survey(files)?;
            // A plugin that several roots name is one pack.
            let packs = || survey.packs.iter().enumerate().filter(|&(number, _)| survey.identity(number) == number);
            let before: Vec<_> = packs().map(|(_, loaded)| loaded.pack.counters()).collect();
            let results = if incremental.is_none() { Results::open(&self.options, snapshot, &survey) } else { None };
            let mut run = Run::new(snapshot, &survey, control, self.options.overrides.confidence, results, incremental);
            let results = run.check_all();
            let off = packs().filter(|&(number, loaded)| !loaded.builtin && run.is_off(number));
            let turned_off = off.map(|(_, loaded)| loaded.name.clone()).collect();
            let mut counters = Counters { phases: run.stopwatch.phases(), ..Counters::default() };
            for ((_, loaded), before) in packs().zip(before) {
                counters.packs.push((loaded.name.clone(), difference(loaded.pack.counters(), before)));
            }
            let settled = survey.settled.iter().map(|&(file, state)| (file, FileResult::unparsed(state, 0)));
            let looked_at = survey.jobs.iter().zip(&results).filter(|(_, result)| result.state.is_checked());
            let without_rules = looked_at.filter(|(job, _)| !survey.plans[job.plan].configuration.has_rules()).count();
            counters.without_rules = without_rules as u64;
            let results: BTreeMap<usize, FileResult> =
                survey.jobs.iter().map(|job| job.file).zip(results).chain(settled).collect();
            count(&mut counters, results.values());
            let overrides = &self.options.overrides;
            let baselines = Baselines::of(&survey, !overrides.platforms.is_empty() || overrides.confidence.is_some());
            Ok(Checked { faults: survey.faults, rules: survey.rules, results, counters, turned_off, baselines })
        })
    }

    /// For verbose runs. What went wrong is in the report and not said again.
    pub(crate) fn say_what_was_not_checked(&self, snapshot: &Snapshot, checked: &Checked) {
        let say = |file: Option<&str>, message: &str| {
            self.options.log.log(&LogEntry { level: Level::Info, pack: None, file, message });
        };
        let mut unwanted = 0;
        for (&file, result) in &checked.results {
            let shown = &snapshot.project.files[file].display;
            unwanted += usize::from(result.state == FileState::Unwanted);
            if let Some(why) = result.state.reason() {
                say(Some(shown), &format!("not checked: {why}"));
            }
            if let Some(line) = result.first_error {
                say(Some(&format!("{shown}:{line}")), "has a syntax error; what parses around it is checked");
            }
        }
        if unwanted > 0 {
            let files = if unwanted == 1 { "file has" } else { "files have" };
            say(None, &format!("{unwanted} {files} nothing that a rule asks for"));
        }
    }

    /// What paths are shown relative to.
    pub(crate) fn working_folder(&self) -> &Utf8Path {
        &self.options.working_folder
    }

    /// Runs `work` on the engine's threads.
    pub(crate) fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Which findings are silent because a baseline has them, or another tool's report.
    pub(crate) fn known(&self, snapshot: &Snapshot, checked: &Checked) -> Known {
        self.install(|| {
            let mut known = checked.baselines.known(checked, snapshot, self.working_folder());
            if let Some(imported) = &self.options.overrides.imported {
                imported.silence(&mut known, checked, snapshot);
            }
            known
        })
    }

    /// The report of what was checked.
    pub(crate) fn outcome(&self, snapshot: &Snapshot, checked: Checked) -> Outcome {
        let known = self.known(snapshot, &checked);
        self.outcome_without(snapshot, checked, known)
    }

    /// The report of what was checked, without what is known.
    pub(crate) fn outcome_without(&self, snapshot: &Snapshot, checked: Checked, known: Known) -> Outcome {
        let incomplete = checked.is_incomplete();
        let Checked { faults, rules, results, counters, turned_off, baselines: _ } = checked;
        let files = results.values().filter(|result| result.state.is_checked()).count();
        let mut diagnostics = faults;
        let (mut silent, mut remarks) = (Vec::new(), Vec::new());
        let mut suppressed = 0;
        let mut sources: FxHashMap<Arc<str>, Arc<[u8]>> = FxHashMap::default();
        for (file, result) in results {
            suppressed += result.suppressed.len() as u64;
            for (place, (finding, _)) in result.findings.into_iter().enumerate() {
                match known.silence(file, place) {
                    None => diagnostics.push(finding),
                    Some(why) => silent.push((finding, why.clone())),
                }
            }
            silent.extend(result.suppressed.into_iter().map(|(finding, _, why)| (finding, Silence::Comment(why))));
            let path: Arc<str> = Arc::from(snapshot.project.files[file].display.as_str());
            let at = |(line, span, message)| Remark { path: Arc::clone(&path), line, span, message };
            remarks.extend(result.remarks.into_iter().map(at));
            if let Some(source) = result.source {
                sources.insert(path, source);
            }
        }
        silent.sort();
        remarks.sort();
        let mut report = Report { diagnostics: sorted(diagnostics), silent, rules, ..Report::default() };
        (report.baseline, report.imported) = (known.report, known.imported);
        report.summary = Summary { files: files as u64, diagnostics: report.diagnostics.len() as u64, suppressed };
        let sources = RunSources {
            checked: sources,
            files: Arc::clone(&snapshot.files),
            working_folder: self.options.working_folder.clone(),
        };
        Outcome { report, incomplete, remarks, turned_off, counters, sources }
    }

    /// All rules that hold in a folder, sorted by name: the engine's own, the built-in ones, and those of the plugins that
    /// the root configuration above names; with what is wrong with that configuration.
    pub fn rules(&self, snapshot: &Snapshot, folder: &Utf8Path) -> (Vec<Rule>, Vec<Diagnostic>) {
        let (root, faults) = self.root(snapshot, folder);
        (root.catalog.rules().map(|rule| (**rule).clone()).collect(), faults)
    }

    /// The JSON Schema of golint.toml, with the options of all rules that hold in a folder, and what is wrong with the
    /// configuration that names them.
    pub fn configuration_schema(&self, snapshot: &Snapshot, folder: &Utf8Path) -> (serde_json::Value, Vec<Diagnostic>) {
        let (root, faults) = self.root(snapshot, folder);
        (schema(&root.catalog), faults)
    }

    fn root(&self, snapshot: &Snapshot, folder: &Utf8Path) -> (Arc<Root>, Vec<Diagnostic>) {
        self.pool.install(|| {
            let mut surveyor = Surveyor::new(&self.options, snapshot, &self.packs);
            let governing = surveyor.governing(folder);
            let root = surveyor.root(governing.root.as_ref());
            let mut faults = surveyor.faults;
            faults.extend(root.faults.iter().cloned());
            (root, sorted(faults))
        })
    }

    /// What holds for a file or folder, with what is wrong with the configuration; none where it can't be understood.
    pub fn effective_configuration(
        &self,
        snapshot: &Snapshot,
        path: &Utf8Path,
    ) -> (Option<EffectiveConfiguration>, Vec<Diagnostic>) {
        self.pool.install(|| {
            let folder = if snapshot.files.is_dir(path) { path } else { path.parent().unwrap_or(path) };
            let mut surveyor = Surveyor::new(&self.options, snapshot, &self.packs);
            let governing = surveyor.governing(folder);
            let configuration = surveyor.configuration(&governing);
            let configuration = surveyor.judge_command_line().and(configuration);
            let mut faults = surveyor.faults;
            let configuration = configuration.unwrap_or_else(|error| {
                faults.push(fault(Location::new("command line", Span::default()), error.to_string()));
                None
            });
            let working_folder = &self.options.working_folder;
            let effective =
                configuration.map(|c| EffectiveConfiguration::new(&c, governing.root.as_ref(), path, working_folder));
            (effective, sorted(faults))
        })
    }
}

fn pool(options: &EngineOptions) -> Result<ThreadPool, StartError> {
    let builder = ThreadPoolBuilder::new().num_threads(options.threads).stack_size(STACK);
    let builder = builder.thread_name(|number| format!("golint-{number}"));
    builder.build().map_err(|error| StartError::Threads(error.to_string()))
}

fn count<'r>(counters: &mut Counters, results: impl Iterator<Item = &'r FileResult>) {
    for result in results {
        counters.walked += 1;
        counters.syntax_errors += u64::from(result.syntax_errors > 0);
        counters.kept += u64::from(result.kept);
        counters.bytes_read += if result.kept { 0 } else { result.len };
        match result.state {
            FileState::Checked if result.kept => {}
            FileState::Checked => {
                counters.parsed += 1;
                counters.bytes_parsed += result.len;
                counters.nodes += result.nodes;
            }
            FileState::Excluded => counters.excluded += 1,
            FileState::Generated => counters.generated += 1,
            FileState::OtherPlatforms => counters.other_platforms += 1,
            FileState::Unwanted | FileState::Failed | FileState::Cancelled => {}
        }
    }
    counters.skipped = counters.walked - counters.parsed;
}

#[cfg(test)]
mod tests;
