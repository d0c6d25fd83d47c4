//! `golint-rs check`: patterns to files, files to findings, findings to formats, fixes and an exit code.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use camino::Utf8Path;
use golint_core::{Change, Control, Counters, Engine, FixLevel, Imported, Outcome, Remark, Snapshot};
use golint_diagnostics::patch::{DiffStyle, unified_diff};
use golint_diagnostics::{Diagnostic, Format, LineIndex, RenderOptions, Report, Sources, Summary, render};
use golint_project::{Disk, FileSystem, Gravity, Options, Problem, WorkFile};

use crate::arguments::{CheckArguments, Confidence};
use crate::input::Input;
use crate::output::{Loudness, Terminal, counted};
use crate::output_files::{self, OutputFile};
use crate::scope::Scope;
use crate::{Ending, known, progress, session};

pub(crate) fn run(arguments: &CheckArguments, terminal: &Terminal) -> Result<Ending> {
    let started = Instant::now();
    let folder = session::working_folder()?;
    let outputs = output_files::judge(arguments, &folder)?;
    let mut input = Input::new(arguments, &folder)?;
    let baseline = arguments.known.target(&folder)?;
    let options = project_options(arguments, &folder);
    let scope = Scope::new(arguments, &mut input, &options)?;
    let (project, problems) = golint_project::load(&*input.files, &input.patterns, &options);
    let imported = arguments.known.imported(&folder)?.map(Arc::new);
    let engine = engine(arguments, imported.clone(), &folder, terminal)?;
    let snapshot = Snapshot { files: input.files.clone(), project: Arc::new(project) };
    let targets = scope.targets(&snapshot);
    if let Some(why) = scope.nothing_staged(&targets) {
        terminal.note(&why)?;
    }
    if let Some(n @ 1..) = imported.as_ref().map(|imported| imported.unplaced) {
        let results = counted(n, "result");
        terminal
            .warning(&format!("{results} of what --import names tell no rule or no file, and count for nothing"))?;
    }
    if imported.is_some_and(|imported| imported.is_about_other_files(&snapshot)) {
        terminal.warning(
            "what --import names is about none of the files that the patterns name: paths in it are seen from the working folder",
        )?;
    }
    let control = Control::new();
    let (mut update, mut refused) = (None, Vec::new());
    let work = || -> Result<(Outcome, Vec<Change>, usize)> {
        if let Some(path) = &baseline {
            let (outcome, updated) = engine.update_baseline(&snapshot, &targets, path, &control)?;
            update = Some(updated);
            Ok((outcome, Vec::new(), 0))
        } else if let Some(reason) = &arguments.known.add_ignore {
            let (fixed, rest) = engine.ignore(&snapshot, &targets, reason, &control)?;
            refused = rest;
            Ok((fixed.outcome, fixed.changes, fixed.applied))
        } else if arguments.fixes() || arguments.diff {
            let level = if arguments.unsafe_fixes { FixLevel::Unsafe } else { FixLevel::Safe };
            let fixed = engine.fix(&snapshot, &targets, level, &control)?;
            Ok((fixed.outcome, fixed.changes, fixed.applied))
        } else {
            Ok((scope.check(&engine, &snapshot, &targets, &control)?, Vec::new(), 0))
        }
    };
    let (mut outcome, changes, applied) = progress::during(terminal.shows_progress(), &control, work)?;

    let unwritten = write_changes(arguments, &input, &changes, terminal)?;
    if unwritten > 0 {
        // What could not be mended is there still.
        outcome = engine.check(&snapshot, &targets, &control)?;
        outcome.incomplete = true;
    }
    for problem in input.problems.iter().chain(&problems) {
        outcome.incomplete |= problem.gravity == Gravity::Incomplete;
        tell(problem, &*input.files, &folder, terminal)?;
    }
    for Remark { path, line, message, .. } in &refused {
        outcome.incomplete = true;
        terminal.trouble(&format!("{path}:{line}: {message}"))?;
    }
    if let (Some(update), Some(path)) = (&update, &baseline) {
        outcome.incomplete |= known::write(update, path, &folder, outcome.incomplete, terminal)?;
    }
    outcome.report.shard = arguments.scope.shard;
    if arguments.timings {
        let mut timings = outcome.counters.to_json(started.elapsed());
        timings["peak_memory_bytes"] = peak_memory().into();
        outcome.report.timings = Some(timings);
    }
    outcome.incomplete |=
        print(arguments, &outputs, &input, &outcome, arguments.diff && !changes.is_empty(), terminal)?;
    if outcome.report.summary.files == 0 && !targets.is_empty() && !outcome.incomplete && !scope.is_narrow() {
        terminal.warning(&nothing_checked(&outcome.counters))?;
    }
    for Remark { path, line, message, .. } in &outcome.remarks {
        terminal.warning(&format!("{path}:{line}: {message}"))?;
    }
    if let (n @ 1.., false) = (outcome.counters.without_rules, outcome.incomplete) {
        let files = counted(n, "file");
        terminal.warning(&format!("no rule is on for {files}: `select` and `ignore` leave none"))?;
    }
    known::tell_vanished(&outcome, terminal)?;
    known::tell_imported(&outcome, arguments.format, terminal)?;
    let fixes = Fixes { files: changes.len() - unwritten, applied: (unwritten == 0).then_some(applied) };
    close(arguments, &outcome, &fixes, terminal)?;
    // The heaviest severity is the first.
    let weighs = |finding: &Diagnostic| finding.severity <= arguments.fail_on;
    let found = outcome.report.diagnostics.iter().any(weighs) || (arguments.diff && !changes.is_empty());
    Ok(match (outcome.incomplete, found && !arguments.exit_zero) {
        (true, _) => Ending::Incomplete,
        (false, true) => Ending::Findings,
        (false, false) => Ending::Clean,
    })
}

fn project_options(arguments: &CheckArguments, folder: &Utf8Path) -> Options {
    Options {
        cwd: folder.to_owned(),
        // What changed is meant wherever it is.
        all_modules: arguments.all_modules || arguments.scope.is_of_changes(),
        work_file: WorkFile::from_env(std::env::var("GOWORK").ok().as_deref()),
        names_as_found: arguments.force_exclude,
    }
}

fn engine(
    arguments: &CheckArguments,
    imported: Option<Arc<Imported>>,
    folder: &Utf8Path,
    terminal: &Terminal,
) -> Result<Engine> {
    let mut options = session::engine_options(folder, &arguments.sources, terminal)?;
    options.threads = arguments.threads.into();
    options.measure = arguments.timings;
    options.prefilter = !arguments.no_prefilter;
    let overrides = &mut options.overrides;
    overrides.select.clone_from(&arguments.select);
    overrides.ignore.clone_from(&arguments.ignore);
    overrides.go = arguments.go;
    overrides.platforms.clone_from(&arguments.platform);
    overrides.include_generated = arguments.include_generated;
    overrides.baseline = arguments.known.source(folder)?;
    overrides.imported = imported;
    overrides.confidence =
        (arguments.confidence == Confidence::Certain).then_some(golint_diagnostics::Confidence::Certain);
    session::engine(options)
}

/// The most memory that this process has had at a time, in bytes; none where the system does not tell.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// A snapshot without Go files, for commands that ask for rules and configuration only.
pub(crate) fn snapshot_of(folder: &Utf8Path) -> Snapshot {
    let files: Arc<dyn FileSystem> = Arc::new(Disk);
    let options = Options { cwd: folder.to_owned(), ..Options::default() };
    let (project, _) = golint_project::load(&*files, &[], &options);
    Snapshot { files, project: Arc::new(project) }
}

/// Shows what is wrong with configuration files.
pub(crate) fn print_problems(
    problems: &[Diagnostic],
    snapshot: &Snapshot,
    folder: &Utf8Path,
    terminal: &Terminal,
) -> Result<()> {
    struct FromFiles<'a>(&'a Snapshot, &'a Utf8Path);
    impl Sources for FromFiles<'_> {
        fn source(&self, path: &str) -> Option<Arc<[u8]>> {
            self.0.files.read(&self.1.join(path)).ok()
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let report = Report {
        diagnostics: problems.to_vec(),
        summary: Summary { diagnostics: problems.len() as u64, ..Summary::default() },
        ..Report::default()
    };
    let options = RenderOptions { color: terminal.color, ..render_options() };
    render(Format::Text, &report, &FromFiles(snapshot, folder), &options, &mut std::io::stderr().lock())?;
    Ok(())
}

fn render_options() -> RenderOptions {
    RenderOptions { summary: false, tool_version: env!("CARGO_PKG_VERSION").into(), ..RenderOptions::default() }
}

fn tell(problem: &Problem, files: &dyn FileSystem, folder: &Utf8Path, terminal: &Terminal) -> Result<()> {
    let message = match (&problem.path, &problem.span) {
        (Some(path), Some(span)) => {
            let shown = golint_project::path::relative(folder, path);
            let at = files.read(path).map(|source| LineIndex::new(&source).line_column(span.start));
            let place = at.map_or_else(|_| shown.clone(), |at| format!("{shown}:{}:{}", at.line, at.column));
            format!("{place}: {problem}")
        }
        // What is about no part of a file names it.
        _ => problem.to_string(),
    };
    match problem.gravity {
        Gravity::Incomplete => terminal.trouble(&message)?,
        Gravity::Warning => terminal.warning(&message)?,
    }
    Ok(())
}

/// Why no file was checked although there are some.
fn nothing_checked(counters: &Counters) -> String {
    let reasons: Vec<String> = counters.not_checked().iter().map(|(n, reason)| format!("{n} {reason}")).collect();
    format!("no file was checked: {}", reasons.join("; "))
}

/// Writes fixed files, or prints what would change. How many changes could not be written or printed.
fn write_changes(arguments: &CheckArguments, input: &Input, changes: &[Change], terminal: &Terminal) -> Result<usize> {
    if arguments.diff {
        // Byte for byte where a program reads it, so that it can be applied.
        let style = if terminal.color { DiffStyle::Colored } else { DiffStyle::Exact };
        let mut out = terminal.stdout();
        let mut shown = BTreeSet::new();
        for change in changes {
            // Two patches of one file can't both be applied.
            if shown.insert(&change.shown) {
                unified_diff(&change.shown, &change.before, &change.after, style, &mut out)?;
            } else {
                let message = format!(
                    "{}: it has several names, and its fixes differ between them; apply this diff and run again",
                    change.shown
                );
                terminal.trouble(&message)?;
            }
        }
        out.flush()?;
        return Ok(changes.len() - shown.len());
    }
    if !arguments.fixes() {
        return Ok(0);
    }
    if let Some(path) = &input.standard_input {
        let mut out = terminal.stdout();
        match changes.iter().find(|c| c.path == *path) {
            Some(change) => out.write_all(&change.after)?,
            None => out.write_all(&input.files.read(path)?)?,
        }
        out.flush()?;
        return Ok(0);
    }
    let errors = golint_core::write(changes);
    for error in &errors {
        terminal.trouble(&error.to_string())?;
    }
    Ok(errors.len())
}

/// The findings, to standard output and to the files that `--output` names; true if one of those could not be written.
/// `changed` is whether there are files that a diff changes: its reader is told of them and not of what is left.
fn print(
    arguments: &CheckArguments,
    outputs: &[OutputFile],
    input: &Input,
    outcome: &Outcome,
    changed: bool,
    terminal: &Terminal,
) -> Result<bool> {
    let options = RenderOptions {
        complete: !outcome.incomplete,
        summary: terminal.loudness > Loudness::Quiet,
        ..render_options()
    };
    let mut failed = false;
    for output in outputs {
        if let Err(error) = output.write(|out| render(output.format, &outcome.report, &outcome.sources, &options, out))
        {
            terminal.error(&error)?;
            failed = true;
        }
    }
    for format in outputs.iter().map(|output| output.format).chain([arguments.format]).collect::<BTreeSet<_>>() {
        if let Some(caveat) = golint_diagnostics::caveat(format, &outcome.report) {
            terminal.warning(&caveat)?;
        }
    }
    let options = RenderOptions { color: terminal.color, ..options };
    // Standard output holds the diff or the fixed source, which somebody wants to apply or to save.
    if arguments.diff || (arguments.fixes() && input.standard_input.is_some()) {
        let options = RenderOptions { summary: options.summary && !changed, ..options };
        render(arguments.format, &outcome.report, &outcome.sources, &options, &mut std::io::stderr().lock())?;
        return Ok(failed);
    }
    let mut out = terminal.stdout();
    render(arguments.format, &outcome.report, &outcome.sources, &options, &mut out)?;
    out.flush()?;
    Ok(failed)
}

/// What was fixed, or would be.
struct Fixes {
    files: usize,
    /// How many fixes are in those files, if that is known.
    applied: Option<usize>,
}

/// The lines after the findings, on standard error.
fn close(arguments: &CheckArguments, outcome: &Outcome, fixes: &Fixes, terminal: &Terminal) -> Result<()> {
    let report = &outcome.report;
    if arguments.statistics {
        let mut counts = BTreeMap::<&str, usize>::new();
        for diagnostic in &report.diagnostics {
            *counts.entry(&*diagnostic.rule).or_default() += 1;
        }
        let mut rows: Vec<_> = counts.into_iter().collect();
        rows.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
        for (rule, count) in rows {
            writeln!(std::io::stderr().lock(), "{count:7}  {rule}")?;
        }
    }
    if arguments.timings && !matches!(arguments.format, Format::Json | Format::Jsonl) {
        for (name, value) in report.timings.iter().filter_map(|t| t.as_object()).flatten() {
            writeln!(std::io::stderr().lock(), "{name:>24}  {value}")?;
        }
    }
    if fixes.files > 0 && (arguments.fixes() || arguments.diff) {
        let files = counted(fixes.files as u64, "file");
        let ignores = arguments.known.add_ignore.is_some();
        let applied = match (fixes.applied, ignores) {
            (Some(1), false) => " (1 fix)".to_owned(),
            (Some(n), false) => format!(" ({n} fixes)"),
            (Some(n), true) => format!(" ({})", counted(n as u64, "comment")),
            (None, _) => String::new(),
        };
        let what = match (arguments.diff, ignores) {
            (true, _) => format!("{files} would change"),
            (false, true) => format!("changed {files}"),
            (false, false) => format!("fixed {files}"),
        };
        terminal.note(&format!("{what}{applied}"))?;
    }
    if let n @ 1.. = outcome.counters.syntax_errors {
        let (files, them) = if n == 1 { ("file has", "it") } else { ("files have", "them") };
        let names = if terminal.loudness == Loudness::Verbose { "" } else { " (--verbose names the place)" };
        terminal.note(&format!("{n} {files} syntax errors: what parses of {them} was checked{names}"))?;
    }
    // Who sees both streams has read it in the summary.
    if outcome.incomplete && !(arguments.format == Format::Text && std::io::stdout().is_terminal()) {
        terminal.note("the run is incomplete: see the errors above")?;
    }
    Ok(())
}
