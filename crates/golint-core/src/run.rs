//! The run: every file of a survey, in parallel, each from bytes to findings. The life of one file is
//! [`Run::check_file`]; everything else here serves it. Nothing of a file outlives its turn but its findings.

mod buckets;
mod counters;
mod error_regions;
mod folder;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use golint_diagnostics::{Confidence, Diagnostic, LineIndex, Location, Severity, Span};
use golint_host::{CheckError, CheckInput, FileInput, Finding, LazyModel, PackState, decode_hits};
use golint_project::{FileEntry, FileFacts, PLATFORMS, PlatformSet};
use golint_semantic::{FileModel, Question};
use golint_syntax::header;
use golint_tree::Tree;

use crate::catalog::{FILE_TOO_LARGE, INTERNAL_ERROR, PLUGIN_FAILURE, UNREADABLE_FILE, UNUSED_SUPPRESSION};
use crate::fix::fit_to_file;
use crate::incremental::Incremental;
use crate::outcome::{FileResult, FileState};
use crate::prefilter::Look;
use crate::results::Results;
use crate::suppression::Suppressions;
use crate::survey::{Job, Plan, PlannedPack, Survey};
use crate::{Control, Snapshot};

use buckets::Buckets;
use counters::Phase;
use error_regions::ErrorRegions;
use folder::{Folder, Folders, Unread};

pub use counters::Counters;
pub(crate) use counters::{Stopwatch, difference};

/// One run over one snapshot.
pub(crate) struct Run<'a> {
    snapshot: &'a Snapshot,
    survey: &'a Survey,
    control: &'a Control,
    /// The least that is reported.
    confidence: Option<Confidence>,
    folders: Folders,
    /// Of earlier runs; none where they are not wanted.
    results: Option<Results<'a>>,
    /// Of earlier checks by this process, while somebody edits.
    incremental: Option<&'a Arc<Incremental>>,
    /// Of each pack of the survey; places of one pack share it.
    states: Vec<Arc<PackState>>,
    pub(crate) stopwatch: Stopwatch,
}

/// A file with what is known of it before it is read.
#[derive(Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub(crate) entry: &'a FileEntry,
    /// Its place among the files of the project.
    pub(crate) place: usize,
    pub(crate) folder: &'a Folder,
    /// Its place among the files of its folder.
    pub(crate) index: usize,
    pub(crate) plan: &'a Plan,
    /// The plan's place in the survey.
    pub(crate) plan_place: usize,
}

/// What is done with a file, once it is clear that something is.
struct Wanted<'a> {
    /// Each with the places of the interests that hold.
    packs: Vec<(&'a PlannedPack, Vec<u32>)>,
    /// A directive may name a rule that is on.
    directives: bool,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        survey: &'a Survey,
        control: &'a Control,
        confidence: Option<Confidence>,
        results: Option<Results<'a>>,
        incremental: Option<&'a Arc<Incremental>>,
    ) -> Self {
        let limit = |job: &Job| survey.plans[job.plan].configuration.max_file_size;
        let folders = Folders::new(snapshot, survey.jobs.iter().map(|job| (job.file, limit(job))));
        let mut states: Vec<Arc<PackState>> = Vec::new();
        for number in 0..survey.packs.len() {
            let known = states.get(survey.identity(number)).map(Arc::clone);
            states.push(known.unwrap_or_default());
        }
        let stopwatch = Stopwatch::default();
        Run { snapshot, survey, control, confidence, folders, results, incremental, states, stopwatch }
    }

    /// Checks all files on the threads of the current pool: whoever is free takes the next one. The results are in the
    /// order of the jobs.
    pub(crate) fn check_all(&mut self) -> Vec<FileResult> {
        let jobs = &self.survey.jobs;
        let order = self.order();
        self.control.begin(jobs.len());
        let results: Vec<OnceLock<FileResult>> = jobs.iter().map(|_| OnceLock::new()).collect();
        let next = AtomicUsize::new(0);
        rayon::scope(|scope| {
            for _ in 0..rayon::current_num_threads() {
                scope.spawn(|_| {
                    while let Some(&job) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                        // Each job is taken once, so the place is free.
                        let _ = results[job].set(self.check_caught(jobs[job]));
                        self.control.advance();
                    }
                });
            }
        });
        let results = jobs.iter().zip(results).map(|(job, result)| {
            let lost = || failed_on(&self.snapshot.project.files[job.file], "its result is lost");
            result.into_inner().unwrap_or_else(lost)
        });
        let mut results: Vec<FileResult> = results.collect();
        self.drop_packs_that_are_off(&mut results);
        if let Some(known) = self.results.take() {
            let sound = !self.states.iter().any(|state| state.is_off());
            self.time(Phase::Known, || known.save(sound));
        }
        results
    }

    /// The order in which jobs are begun. Big files first: else one of them at the end keeps a thread busy and the others
    /// idle. Files of one folder follow each other, for it stays in memory until the last one is done.
    fn order(&self) -> Vec<usize> {
        let project = &self.snapshot.project;
        let mut biggest = vec![0; project.folders.len()];
        for file in self.survey.jobs.iter().map(|job| &project.files[job.file]) {
            biggest[file.folder] = biggest[file.folder].max(file.len);
        }
        let mut order: Vec<usize> = (0..self.survey.jobs.len()).collect();
        order.sort_by_key(|&job| {
            let file = &project.files[self.survey.jobs[job].file];
            (Reverse(biggest[file.folder]), file.folder, Reverse(file.len))
        });
        order
    }

    /// A panic is a fault of ours and costs one file, not the run.
    fn check_caught(&self, job: Job) -> FileResult {
        let project = &self.snapshot.project;
        let entry = &project.files[job.file];
        let index = job.file - project.folder_of(entry).files.start;
        let result = catch_unwind(AssertUnwindSafe(|| {
            let folder = self.folders.get(self.snapshot, self.incremental, entry.folder);
            let (place, plan_place) = (job.file, job.plan);
            let plan = &self.survey.plans[plan_place];
            self.look_at(Turn { entry, place, folder: &folder, index, plan, plan_place })
        }));
        self.folders.done(entry.folder);
        result.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            failed_on(entry, text.lines().next().unwrap_or("no message"))
        })
    }

    /// A file's turn: nothing changed, or it is checked.
    fn look_at(&self, turn: Turn<'_>) -> FileResult {
        if self.control.is_cancelled() {
            return FileResult::unparsed(FileState::Cancelled, 0);
        }
        let mut answers = Vec::new();
        let known = self.results.as_ref();
        let Some((results, place)) =
            known.and_then(|known| self.time(Phase::Known, || Some((known, known.place(turn)?))))
        else {
            return self.check_file(turn, &mut answers);
        };
        if let Some(result) = self.time(Phase::Known, || results.look_up(turn, place)) {
            return result;
        }
        let result = self.check_file(turn, &mut answers);
        self.time(Phase::Known, || results.keep(turn, place, &result, &answers));
        result
    }

    /// The life of one file. What it depends on in other files is noted as the answers to questions.
    fn check_file(&self, turn: Turn<'_>, answers: &mut Vec<(Question, u64)>) -> FileResult {
        let source = match self.time(Phase::Read, || turn.folder.content(turn.index)) {
            Ok(source) => source,
            Err(why) => return FileResult::told(unread(turn.entry, why)),
        };
        let len = source.len() as u64;
        let facts = self.time(Phase::Prefilter, || self.facts(turn, source));
        let platforms = match concerned(turn, &facts) {
            Ok(platforms) => platforms,
            Err(state) => return FileResult::unparsed(state, len),
        };
        let wanted = self.time(Phase::Prefilter, || self.wanted(turn.plan, &facts, platforms, source));
        if self.survey.prefilter.is_enabled() && wanted.packs.is_empty() && !wanted.directives {
            return FileResult::unparsed(FileState::Unwanted, len);
        }

        // Their machine code is loaded meanwhile, if this is their first file.
        wanted.packs.iter().for_each(|(pack, _)| self.survey.packs[pack.pack].pack.prepare());
        let parsed = self.time(Phase::Parse, || match self.incremental {
            Some(incremental) => incremental.parse(&turn.entry.path, source),
            None => golint_syntax::parse(source),
        });
        let tree = match Tree::trusted(&parsed.tree) {
            Ok(tree) => tree,
            Err(error) => return failed_on(turn.entry, &error.to_string()),
        };
        let (nodes, syntax_errors) = (tree.len() as u64, parsed.syntax_errors);
        let mut result = FileResult { len, nodes, syntax_errors, ..FileResult::default() };
        let hits = self.time(Phase::Hits, || wanted.hits(tree));
        if !hits.is_empty() {
            let input = self.time(Phase::Packs, || self.input(turn, &facts, platforms, source, &parsed.tree));
            for (pack, hits) in hits {
                self.time(Phase::Packs, || self.ask(pack, &CheckInput { file: Rc::clone(&input), hits }, &mut result));
            }
            if self.results.is_some() {
                self.time(Phase::Known, || *answers = dependencies(&input));
            }
        }

        self.time(Phase::Finish, || {
            result.first_error = golint_syntax::first_error(tree, source);
            let regions = ErrorRegions::of(tree, source);
            result.findings.retain(|(finding, pack)| pack.is_none() || !regions.touch(finding.span()));
            self.suppress(turn, &facts, platforms, source, tree, &mut result);
        });
        result.state = FileState::Checked;
        result.source = (!result.findings.is_empty() || !result.suppressed.is_empty()).then(|| Arc::clone(source));
        result
    }

    fn time<T>(&self, phase: Phase, work: impl FnOnce() -> T) -> T {
        self.stopwatch.time(phase, work)
    }

    /// What the head of the file says, the configuration's `go` taken into account.
    fn facts(&self, turn: Turn<'_>, source: &[u8]) -> Arc<FileFacts> {
        let project = &self.snapshot.project;
        let language = turn.plan.configuration.go.unwrap_or_else(|| project.language_of(turn.entry));
        let facts = Arc::new(FileFacts::of(turn.entry.name(), header::scan(source), language));
        turn.folder.note(turn.index, &facts);
        facts
    }

    fn wanted<'p>(&self, plan: &'p Plan, facts: &FileFacts, platforms: PlatformSet, source: &[u8]) -> Wanted<'p> {
        let mut look = self.survey.prefilter.look(facts, platforms, source);
        let packs = plan.packs.iter().filter(|pack| !self.states[pack.pack].is_off());
        let packs = packs.map(|pack| (pack, look.matching(&pack.gate))).filter(|(_, matching)| !matching.is_empty());
        Wanted { packs: packs.collect(), directives: may_have_directives(plan, &mut look) }
    }

    fn input(
        &self,
        turn: Turn<'_>,
        facts: &Arc<FileFacts>,
        platforms: PlatformSet,
        source: &Arc<[u8]>,
        tree: &Arc<[u8]>,
    ) -> Rc<FileInput> {
        let project = &self.snapshot.project;
        let folder = turn.folder;
        let module = project.module_of(turn.entry).map(|module| module.path.as_str()).filter(|path| !path.is_empty());
        Rc::new(FileInput {
            path: turn.entry.relative.as_str().into(),
            shown_path: turn.entry.display.as_str().into(),
            module_path: module.map(Arc::from),
            import_path: project.folder_of(turn.entry).import_path.as_deref().map(Arc::from),
            facts: Arc::clone(facts),
            platforms,
            external_test: folder.is_external_test(turn.index, facts),
            source: Arc::clone(source),
            tree: Arc::clone(tree),
            package: folder.package(),
            sources: folder.source(),
            index: turn.index,
            model: LazyModel::default(),
        })
    }

    /// One call of one pack.
    fn ask(&self, pack: &PlannedPack, input: &CheckInput, result: &mut FileResult) {
        let (state, loaded) = (&self.states[pack.pack], &self.survey.packs[pack.pack]);
        let path = Arc::clone(&input.file.shown_path);
        match loaded.pack.check(&pack.configured, input, self.control.switch()) {
            Ok(findings) => {
                for finding in findings {
                    if let Some(mut finding) = diagnostic(pack, finding, input.file.platforms) {
                        fit_to_file(&mut finding, &input.file.source);
                        result.findings.push((finding, Some(pack.pack)));
                    }
                }
            }
            Err(CheckError::Cancelled) => result.incomplete = true,
            Err(CheckError::Failure(failure)) => {
                result.incomplete = true;
                let first_timeout = state.record(&failure);
                // After its first timeout a pack is off, and who comes later has nothing to add.
                if first_timeout || !state.is_off() {
                    let at = Location::new(path, Span::default());
                    let mut told = Diagnostic::new(PLUGIN_FAILURE, at, failure.to_string());
                    (told.severity, told.help) = (Severity::Error, Some(failure.help().into()));
                    told.notes.extend(called_for(pack, input));
                    result.findings.push((told, None));
                }
            }
        }
    }

    /// Takes out what directives suppress, and adds the directives that suppress nothing.
    fn suppress(
        &self,
        turn: Turn<'_>,
        facts: &FileFacts,
        platforms: PlatformSet,
        source: &[u8],
        tree: Tree<'_>,
        result: &mut FileResult,
    ) {
        let mut suppressions = Suppressions::read(source, tree, &turn.plan.configuration.aliases);
        // What went wrong can't be suppressed.
        let (findings, told) = std::mem::take(&mut result.findings).into_iter().partition(|(_, pack)| pack.is_some());
        result.findings = told;
        divide(&mut suppressions, findings, result);
        // Where not all rules had their say, nobody knows what is superfluous.
        let all_said = result.syntax_errors == 0 && !result.incomplete && platforms == facts.platforms;
        if let Some(severity) = turn.plan.unused_suppression.filter(|_| all_said) {
            let path = Arc::from(turn.entry.display.as_str());
            let unused = suppressions.unused(&path, |name| turn.plan.is_on(name)).into_iter();
            let unused = unused.map(|finding| (Diagnostic { severity, ..finding }, None));
            divide(&mut suppressions, unused.collect(), result);
        }
        // Late, so that a directive for a finding that is not shown is none too many.
        if self.confidence == Some(Confidence::Certain) {
            result.findings.retain(|(finding, _)| finding.confidence == Confidence::Certain);
            result.suppressed.retain(|(finding, _, _)| finding.confidence == Confidence::Certain);
        }
        let left = result.findings.iter().filter(|(_, pack)| pack.is_some()).map(|(finding, _)| finding);
        result.remarks = suppressions.misnamed(left, |name| turn.plan.is_on(name));
    }

    /// Whether a pack of the survey took too long.
    pub(crate) fn is_off(&self, pack: usize) -> bool {
        self.states[pack].is_off()
    }

    /// What is shown must not depend on how far a pack came before it was turned off.
    fn drop_packs_that_are_off(&self, results: &mut [FileResult]) {
        let off = |pack: &Option<usize>| pack.is_some_and(|pack| self.states[pack].is_off());
        if !self.states.iter().any(|state| state.is_off()) {
            return;
        }
        for result in results {
            result.findings.retain(|(finding, pack)| !off(pack) && *finding.rule != *UNUSED_SUPPRESSION);
            result.suppressed.retain(|(_, pack, _)| !off(pack));
            result.remarks.clear();
        }
    }
}

impl Wanted<'_> {
    /// The packs that get a call, with their hits.
    fn hits(&self, tree: Tree<'_>) -> Vec<(&PlannedPack, Arc<[u8]>)> {
        let interests = self.packs.iter().flat_map(|(pack, matching)| {
            matching.iter().filter_map(|&place| pack.configured.interests.get(place as usize))
        });
        let buckets = Buckets::fill(tree, interests.flat_map(|interest| interest.kinds.iter().copied()));
        let hits = self
            .packs
            .iter()
            .filter_map(|(pack, matching)| Some((*pack, buckets.hits(&pack.configured.interests, matching)?)));
        hits.collect()
    }
}

/// Findings to those that are reported and those that are suppressed.
fn divide(suppressions: &mut Suppressions<'_>, findings: Vec<(Diagnostic, Option<usize>)>, result: &mut FileResult) {
    let verdicts = suppressions.suppress(findings.iter().map(|(finding, _)| finding));
    for ((finding, pack), verdict) in findings.into_iter().zip(verdicts) {
        match verdict {
            Some(reason) => result.suppressed.push((finding, pack, reason)),
            None => result.findings.push((finding, pack)),
        }
    }
}

fn may_have_directives(plan: &Plan, look: &mut Look<'_>) -> bool {
    let (marks, names) = &plan.directive_literals;
    marks.iter().any(|&mark| look.has_literal(mark)) && names.iter().any(|&name| look.has_literal(name))
}

/// For which rules and nodes a pack was called; none where that can't be said.
fn called_for(pack: &PlannedPack, input: &CheckInput) -> Option<String> {
    let tree = Tree::trusted(&input.file.tree).ok()?;
    let index = LineIndex::new(&input.file.source);
    let (mut names, mut lines) = (BTreeSet::new(), BTreeSet::new());
    for (interest, node) in decode_hits(&input.hits) {
        let rule = pack.configured.interests.get(interest as usize)?.rule;
        names.insert(format!("`{}`", pack.rule(rule)?.0));
        lines.insert(index.line_column(tree.start(tree.node(node)?)).line);
    }
    let rules = if names.len() == 1 { "rule" } else { "rules" };
    let names: Vec<String> = names.into_iter().collect();
    let places = match (lines.first()?, lines.last()?) {
        (first, last) if first == last => format!("at line {first}"),
        (first, last) => format!("on nodes of lines {first} to {last}"),
    };
    Some(format!("it was called for {rules} {}, {places}", names.join(", ")))
}

/// A fault of ours.
fn failed_on(entry: &FileEntry, why: &str) -> FileResult {
    let mut told = trouble(entry, INTERNAL_ERROR, format!("golint-rs failed on this file: {why}"));
    told.help = Some("this is a bug of golint-rs: please report it with the file".into());
    FileResult::told(told)
}

fn trouble(entry: &FileEntry, rule: &'static str, message: String) -> Diagnostic {
    let at = Location::new(entry.display.as_str(), Span::default());
    Diagnostic { severity: Severity::Error, ..Diagnostic::new(rule, at, message) }
}

/// Tells of a file that is not looked at.
fn unread(entry: &FileEntry, why: &Unread) -> Diagnostic {
    match why {
        Unread::TooLarge { len, limit } => {
            let message = format!("this file is not checked: it has {len} bytes, and `max-file-size` is {limit}");
            let help = "raise `max-file-size` in golint.toml, or name the file in `exclude`";
            Diagnostic { help: Some(help.into()), ..trouble(entry, FILE_TOO_LARGE, message) }
        }
        Unread::Failed(error) => {
            trouble(entry, UNREADABLE_FILE, format!("this file can't be read, and is not checked: {error}"))
        }
    }
}

/// The platforms of the file that matter, or why nobody asks for it.
fn concerned(turn: Turn<'_>, facts: &FileFacts) -> Result<PlatformSet, FileState> {
    if facts.generated && !turn.plan.configuration.include_generated {
        return Err(FileState::Generated);
    }
    let selected = turn.plan.platforms();
    let platforms = facts.platforms & selected;
    // What is built nowhere is checked too, unless platforms were asked for by name.
    if platforms.is_empty() && !selected.is_all() { Err(FileState::OtherPlatforms) } else { Ok(platforms) }
}

/// What was asked about the package, with the hashes of the answers.
fn dependencies(input: &FileInput) -> Vec<(Question, u64)> {
    let mut answers = input.model_if_asked().map(FileModel::dependencies).unwrap_or_default();
    // What kind of package it is in depends on what the others are called.
    if input.facts.external_test() && !answers.iter().any(|(question, _)| *question == Question::Files) {
        answers.push((Question::Files, input.package.answer(&Question::Files)));
    }
    answers
}

/// A finding with the rule's name and weight. None for a rule that is off, which the host lets no pack report.
fn diagnostic(pack: &PlannedPack, finding: Finding, platforms: PlatformSet) -> Option<Diagnostic> {
    let (rule, severity) = pack.rule(finding.rule)?;
    let platforms = match finding.on {
        Some(on) if !on.includes(platforms) => platform_names(on & platforms)?,
        _ => Vec::new(),
    };
    Some(Diagnostic {
        rule: Arc::clone(rule),
        severity: *severity,
        confidence: finding.confidence,
        message: finding.message,
        primary: finding.primary,
        labels: finding.labels,
        notes: finding.notes,
        help: finding.help,
        platforms,
        fixes: finding.fixes,
    })
}

/// Names of the platforms; none for the empty set, on which nothing can be found.
fn platform_names(set: PlatformSet) -> Option<Vec<Arc<str>>> {
    static NAMES: OnceLock<Vec<Arc<str>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| PLATFORMS.iter().map(|platform| platform.to_string().into()).collect());
    let named: Vec<Arc<str>> = set.indices().map(|index| Arc::clone(&names[index])).collect();
    (!named.is_empty()).then_some(named)
}
