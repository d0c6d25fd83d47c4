//! One module under one rule: what is found in it, against its comments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8Path;
use golint_core::{Control, Engine, EngineOptions, FixLevel, Fixed, Outcome, Remark, Snapshot, Target};
use golint_diagnostics::Diagnostic;
use golint_project::{Disk, FileSystem, Gravity, Options, load};

use super::comments::{SYNTAX_ERRORS, Shown, compare, line_of, wanted};
use super::enclosed::Enclosed;
use super::{Failure, Harness, files_below};
use crate::tree::first_error;

/// An engine with nothing but the packs of the harness, and the files of one module.
pub(super) struct Session {
    engine: Engine,
    snapshot: Snapshot,
    targets: Vec<Target>,
}

impl Session {
    /// For the module in this folder. The error is what to show.
    pub(super) fn new(harness: &Harness, rule: &str, module: &Utf8Path) -> Result<Session, String> {
        let root = Disk.canonicalize(module).map_err(|error| format!("it can't be read: {error}"))?;
        Session::on(harness, rule, Arc::new(Enclosed::new(root.clone())), &root)
    }

    /// For the module in the folder `root` of these files.
    pub(super) fn on(
        harness: &Harness,
        rule: &str,
        files: Arc<dyn FileSystem>,
        root: &Utf8Path,
    ) -> Result<Session, String> {
        let options = Options { cwd: root.to_owned(), ..Options::default() };
        let (project, problems) = load(&*files, &["./...".to_owned()], &options);
        if let Some(problem) = problems.iter().find(|problem| problem.gravity == Gravity::Incomplete) {
            return Err(problem.to_string());
        }
        let mut options = EngineOptions::new(&[], root);
        options.overrides.select = Some(vec![rule.to_owned()]);
        let engine = Engine::with_builtin(options, harness.packs.clone()).map_err(|error| error.to_string())?;
        let snapshot = Snapshot { files, project: Arc::new(project) };
        let targets = snapshot.targets();
        Ok(Session { engine, snapshot, targets })
    }

    pub(super) fn check(&self) -> Result<Outcome, String> {
        self.engine.check(&self.snapshot, &self.targets, &Control::new()).map_err(|error| error.to_string())
    }

    pub(super) fn fix(&self) -> Result<Fixed, String> {
        let control = Control::new();
        self.engine.fix(&self.snapshot, &self.targets, FixLevel::Safe, &control).map_err(|error| error.to_string())
    }
}

/// What to do about a pack that failed.
const FAILED: &str = "mend the rule and build the pack again: a rule must take any file, and what may be missing in one is \
                      an `Option`; --verbose shows what the rule logs on the way";

/// What is wrong with a run that could not look at everything; empty for a run that could.
pub(super) fn troubles(harness: &Harness, module: &Utf8Path, outcome: &Outcome) -> Vec<Failure> {
    if !outcome.incomplete {
        return Vec::new();
    }
    let trouble = |told: &Diagnostic| {
        let path = module.join(&**told.path());
        let place = if Disk.is_file(&path) {
            format!("{}:{}", harness.shown(&path), line_of(&told.primary.location, &outcome.sources))
        } else {
            harness.shown(module)
        };
        // A user is told to ask the author, who is the one that reads this.
        let own = (&*told.rule == "plugin-failure").then(|| FAILED.to_owned());
        let help = own.as_ref().or(told.help.as_ref());
        let more = told.notes.iter().chain(help).map(|text| format!("\n    {text}")).collect::<String>();
        Failure::new(place, format!("{}: {}{more}", told.rule, told.message))
    };
    let report = &outcome.report;
    let is_trouble = |told: &&Diagnostic| report.rules.iter().any(|rule| rule.of_the_run && *rule.id == *told.rule);
    let mut told: Vec<_> = report.diagnostics.iter().filter(is_trouble).map(trouble).collect();
    if told.is_empty() {
        told.push(Failure::new(harness.shown(module), "not everything could be looked at"));
    }
    told
}

/// What is wrong with a file that does not parse, and does not say that this is meant; or the other way round.
fn misparsed(path: &str, text: &str) -> Option<Failure> {
    let meant = text.contains(SYNTAX_ERRORS);
    match first_error(text.as_bytes()) {
        Some(line) if !meant => {
            let problem = format!("the file does not parse here; if that is meant, write `{SYNTAX_ERRORS}` in it");
            Some(Failure::new(format!("{path}:{line}"), problem))
        }
        None if meant => Some(Failure::new(path, format!("the file says `{SYNTAX_ERRORS}`, and there is none"))),
        _ => None,
    }
}

/// Compares a module's findings with its comments.
pub(super) fn check(harness: &Harness, session: &Session, module: &Utf8Path) -> Vec<Failure> {
    let outcome = match session.check() {
        Ok(outcome) => outcome,
        Err(problem) => return vec![Failure::new(harness.shown(module), problem)],
    };
    let mut failures = troubles(harness, module, &outcome);
    if !failures.is_empty() {
        return failures;
    }
    for Remark { path, line, message, .. } in &outcome.remarks {
        failures.push(Failure::new(format!("{}:{line}", harness.shown(&module.join(&**path))), message.as_str()));
    }
    let mut found: BTreeMap<(String, u32), Vec<Shown>> = BTreeMap::new();
    for finding in &outcome.report.diagnostics {
        let line = line_of(&finding.primary.location, &outcome.sources);
        let shown = Shown::of(finding, &outcome.sources);
        found.entry((harness.shown(&module.join(&**finding.path())), line)).or_default().push(shown);
    }
    let sources = match files_below(module, "go") {
        Ok(sources) => sources,
        Err(error) => return vec![Failure::new(harness.shown(module), format!("it can't be read: {error}"))],
    };
    for file in sources {
        let path = harness.shown(&file);
        let text = match Disk.read(&file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                failures.push(Failure::new(path, format!("it can't be read: {error}")));
                continue;
            }
        };
        failures.extend(misparsed(&path, &text));
        let mut wanted = wanted(&text);
        let with_findings = found.range((path.clone(), 0)..=(path.clone(), u32::MAX)).map(|((_, line), _)| *line);
        let lines: BTreeSet<u32> = wanted.keys().copied().chain(with_findings).collect();
        for line in lines {
            let found = found.remove(&(path.clone(), line)).unwrap_or_default();
            let place = format!("{path}:{line}");
            match wanted.remove(&line).unwrap_or_else(|| Ok(Vec::new())) {
                Ok(regexps) => compare(&place, &regexps, found, &mut failures),
                Err(problem) => failures.push(Failure::new(place, problem)),
            }
        }
    }
    for ((path, line), found) in found {
        compare(&format!("{path}:{line}"), &[], found, &mut failures);
    }
    failures
}
