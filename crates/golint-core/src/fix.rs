//! Fixes: rounds of checking and applying on an overlay, until nothing changes. Nothing is written before [`write()`].

mod draft;
mod ignoring;
mod names;
mod rewrite;
mod writing;

use std::sync::Arc;

use camino::Utf8PathBuf;
use golint_diagnostics::{Applicability, Fix};
use rayon::prelude::*;

use crate::baseline::Known;
use crate::engine::Checked;
use crate::outcome::FileResult;
use crate::{Control, Engine, Outcome, Snapshot, Target, UsageError};

use draft::Draft;

pub use writing::{WriteError, write};

pub(crate) use rewrite::fit_to_file;

/// Fixes can call for other fixes, but not for ever.
const ROUNDS: usize = 10;

/// Which fixes are applied. Those that only show an idea never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixLevel {
    /// Those that keep the meaning, or make it what was certainly meant.
    Safe,
    /// Those that may change it, too.
    Unsafe,
}

impl FixLevel {
    fn allows(self, applicability: Applicability) -> bool {
        match applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => self == FixLevel::Unsafe,
            Applicability::DisplayOnly => false,
        }
    }
}

/// What fixing came to.
pub struct Fixed {
    /// What is left to report, in the files as they are after the fixes.
    pub outcome: Outcome,
    /// The files that changed, sorted by path, each once; not written yet.
    pub changes: Vec<Change>,
    /// How many fixes, or comments, are in the changes.
    pub applied: usize,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// As people are shown it: the name of the file that links lead to, where that is below the working folder.
    pub shown: Arc<str>,
    /// The bytes that were checked first.
    pub before: Arc<[u8]>,
    /// The bytes after the last round.
    pub after: Arc<[u8]>,
}

impl Engine {
    /// Checks files and applies fixes in memory, round by round, until nothing changes. Only files that changed are
    /// checked again. A run that was cancelled changes nothing.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn fix(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        level: FixLevel,
        control: &Control,
    ) -> Result<Fixed, UsageError> {
        let mut checked = self.run(snapshot, files, control, None)?;
        self.say_what_was_not_checked(snapshot, &checked);
        let mut draft = Draft::new(snapshot);
        let (mut now, mut applied) = (snapshot.clone(), 0);
        for _ in 0..ROUNDS {
            if control.is_cancelled() {
                break;
            }
            let rewritten = self.rewrite(snapshot, &checked, &self.known(&now, &checked), level);
            if rewritten.is_empty() {
                break;
            }
            let mut again = Vec::new();
            for (file, before, rewrite::Rewritten { bytes, applied: count }) in rewritten {
                applied += count;
                again.push(draft.put(file, before, bytes));
            }
            now = draft.now();
            let round = self.run(&now, &again, control, None)?;
            checked.counters.add_round(&round.counters);
            checked.results.extend(round.results);
        }
        if control.is_cancelled() {
            draft = Draft::new(snapshot);
        }
        let changes = draft.changes(self.working_folder());
        Ok(Fixed { outcome: self.outcome(&now, checked), changes, applied })
    }

    /// The files that fixes change, each with its bytes before and after.
    fn rewrite(
        &self,
        snapshot: &Snapshot,
        checked: &Checked,
        known: &Known,
        level: FixLevel,
    ) -> Vec<(usize, Arc<[u8]>, rewrite::Rewritten)> {
        let fixable = |result: &FileResult| result.findings.iter().any(|(finding, _)| !finding.fixes.is_empty());
        let files: Vec<_> = checked.results.iter().filter(|(_, result)| fixable(result)).collect();
        let rewrite = |(file, result): (&usize, &FileResult)| {
            let source = result.source.as_ref()?;
            let shown = &snapshot.project.files[*file].display;
            // What is known stays as it is, silently.
            let findings =
                result.findings.iter().enumerate().filter(|(place, _)| known.silence(*file, *place).is_none());
            let findings = findings.map(|(_, (finding, _))| finding).collect();
            let allowed = |fix: &Fix| level.allows(fix.applicability);
            let rewritten = rewrite::rewrite(shown, source, findings, result.syntax_errors, allowed)?;
            Some((*file, Arc::clone(source), rewritten))
        };
        self.install(|| files.into_par_iter().filter_map(rewrite).collect())
    }
}

#[cfg(test)]
mod tests;
