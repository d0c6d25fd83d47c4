//! Comments that suppress what is found, instead of fixes that mend it. Nothing is written here either.

use std::sync::Arc;

use golint_diagnostics::LineIndex;
use rayon::prelude::*;

use super::draft::Draft;
use super::{Fixed, Target};
use crate::baseline::Known;
use crate::outcome::FileResult;
use crate::suppression::{Ignored, ignore};
use crate::{Control, Engine, Remark, Snapshot, UsageError};

impl Engine {
    /// Checks files, and writes a comment `//lint:ignore RULE reason` for each finding of a rule in memory; those of one line
    /// share it. The outcome is that of the files with the comments; what none could be placed for is in it, and told by the
    /// remarks beside it. Failures, and directives that suppress nothing, are left alone. A run that was cancelled changes
    /// nothing.
    ///
    /// The reason must be one line that is not empty.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn ignore(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        reason: &str,
        control: &Control,
    ) -> Result<(Fixed, Vec<Remark>), UsageError> {
        let mut checked = self.run(snapshot, files, control, None)?;
        self.say_what_was_not_checked(snapshot, &checked);
        let known = self.known(snapshot, &checked);
        let with_comments = |(file, result): (&usize, &FileResult)| {
            let source = result.source.as_ref()?;
            let findings: Vec<(&str, u32)> = of_rules(*file, result, &known).collect();
            let ignored = (!findings.is_empty()).then(|| ignore(source, &findings, reason))?;
            (ignored.directives > 0).then(|| (*file, Arc::clone(source), ignored))
        };
        let results: Vec<_> = checked.results.iter().collect();
        let written: Vec<(usize, Arc<[u8]>, Ignored)> =
            self.install(|| results.into_par_iter().filter_map(with_comments).collect());
        let mut draft = Draft::new(snapshot);
        let (mut again, mut applied) = (Vec::new(), 0);
        if !control.is_cancelled() {
            for (file, source, ignored) in written {
                applied += ignored.directives;
                again.push(draft.put(file, source, ignored.after));
            }
        }
        let now = draft.now();
        let round = self.run(&now, &again, control, None)?;
        checked.counters.add_round(&round.counters);
        checked.results.extend(round.results);
        let known = self.known(&now, &checked);
        let mut refused: Vec<Remark> =
            checked.results.iter().flat_map(|(file, result)| refusals(*file, result, &known, &now)).collect();
        refused.sort();
        refused.dedup();
        if control.is_cancelled() {
            draft = Draft::new(snapshot);
        }
        let changes = draft.changes(self.working_folder());
        Ok((Fixed { outcome: self.outcome_without(&now, checked, known), changes, applied }, refused))
    }
}

/// The findings that a comment can suppress: the rule of each, and where it begins.
fn of_rules<'r>(file: usize, result: &'r FileResult, known: &Known) -> impl Iterator<Item = (&'r str, u32)> {
    let findings = result.findings.iter().enumerate();
    let findings = findings.filter(move |(place, (_, pack))| pack.is_some() && known.silence(file, *place).is_none());
    findings.map(|(_, (finding, _))| (&*finding.rule, finding.span().start))
}

/// What is there in spite of all comments.
fn refusals(file: usize, result: &FileResult, known: &Known, now: &Snapshot) -> Vec<Remark> {
    let Some(source) = &result.source else { return Vec::new() };
    let mut lines = None;
    let refusals = of_rules(file, result, known).map(|(rule, start)| {
        let line = lines.get_or_insert_with(|| LineIndex::new(source)).line_column(start).line;
        let message = format!(
            "no comment `//lint:ignore {rule}` holds for what stands here; write `//lint:file-ignore {rule} reason`, or \
             name the file under [per-file-ignores] in golint.toml"
        );
        let path = now.project.files[file].display.as_str().into();
        Remark { path, line, span: golint_diagnostics::Span::empty(start), message }
    });
    refusals.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, lines};

    const MODULE: (&str, &str) = ("go.mod", "module m\n\ngo 1.22\n");
    const CONFIGURATION: (&str, &str) =
        ("golint.toml", "select = [\"no-goto\", \"numbers\", \"unused-suppression\"]\n");

    fn run(a: &str) -> (Fixed, Vec<Remark>) {
        let world = World::new(&[MODULE, CONFIGURATION, ("a.go", a)]);
        let snapshot = world.snapshot();
        world.engine().ignore(&snapshot, &snapshot.targets(), "why", &Control::new()).expect("sound options")
    }

    #[test]
    fn what_is_found_is_suppressed() {
        let (fixed, refused) = run("package p\n\nvar x, y = 1, 2\n\nfunc f() {\nl:\n\tgoto l\n}\n");
        let after = "package p\n\n//lint:ignore numbers why\nvar x, y = 1, 2\n\nfunc f() {\nl:\n\t//lint:ignore no-goto why\n\tgoto l\n}\n";
        assert_eq!(String::from_utf8_lossy(&fixed.changes[0].after), after);
        assert_eq!((fixed.applied, lines(&fixed.outcome), refused), (2, Vec::new(), Vec::new()));
        assert_eq!(fixed.outcome.report.summary.suppressed, 3);
        let (again, _) = run(after);
        assert_eq!((again.applied, again.changes.len()), (0, 0));
    }

    #[test]
    fn what_is_no_finding_of_a_rule_is_left() {
        let (fixed, refused) = run("package p\n\nvar x = 0 //nolint:numbers\n");
        assert_eq!((fixed.changes.len(), lines(&fixed.outcome).len(), refused), (0, 1, Vec::new()));
    }

    #[test]
    fn what_no_comment_holds_for_is_told() {
        let source = "package p\n\nvar x = y(`\n`, 1)\n";
        let (fixed, refused) = run(source);
        assert_eq!(refused, []);
        assert_eq!(
            String::from_utf8_lossy(&fixed.changes[0].after),
            source.replace("1)\n", "1) //lint:ignore numbers why\n")
        );
        let (fixed, refused) = run("package p\n\nvar x = y(`\n`, 1, `\n`)\n");
        assert_eq!((fixed.changes.len(), lines(&fixed.outcome).len()), (0, 1));
        assert_eq!((refused[0].line, refused.len()), (4, 1));
    }

    #[test]
    fn a_run_that_was_cancelled_changes_nothing() {
        let world = World::new(&[MODULE, CONFIGURATION, ("a.go", "package p\n\nvar x = 1\n")]);
        let (snapshot, control) = (world.snapshot(), Control::new());
        control.cancel();
        let (fixed, _) = world.engine().ignore(&snapshot, &snapshot.targets(), "why", &control).expect("sound options");
        assert!(fixed.changes.is_empty() && fixed.outcome.incomplete);
    }
}
