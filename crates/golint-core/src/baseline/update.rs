//! A baseline written anew: what was found now, and what stands for files that nobody looked at. Writes no file itself.

use std::io::ErrorKind;

use camino::Utf8Path;
use golint_project::path::relative;

use super::matching::{Fate, found, matching};
use super::{Baseline, Unusable, text, unreadable};
use crate::engine::Checked;
use crate::{Control, Engine, Outcome, Snapshot, Target, UsageError};

/// What a baseline is to be.
pub struct BaselineUpdate {
    /// The file. None: the run is incomplete, and known findings would be lost.
    pub text: Option<String>,
    /// How many findings it has.
    pub findings: usize,
    /// How many of them it did not have before.
    pub added: usize,
    /// How many it had that are gone.
    pub removed: usize,
}

impl Engine {
    /// Checks files for a baseline that takes all that is found. What the file at `path` has of other files, or of rules that
    /// are off, stays. The outcome has what can't be known: failures. The options must leave configured baselines out.
    ///
    /// # Errors
    /// As [`Engine::check`], and if the file is there and is no baseline.
    pub fn update_baseline(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        path: &Utf8Path,
        control: &Control,
    ) -> Result<(Outcome, BaselineUpdate), UsageError> {
        let before = self.baseline_before(snapshot, path)?;
        let checked = self.run(snapshot, files, control, None)?;
        self.say_what_was_not_checked(snapshot, &checked);
        Ok(self.install(|| self.updated(snapshot, checked, &before)))
    }

    fn updated(&self, snapshot: &Snapshot, mut checked: Checked, before: &Baseline) -> (Outcome, BaselineUpdate) {
        let places: Vec<usize> = checked.baselines.files.keys().copied().collect();
        let matched = matching(before, places.iter().copied(), &checked, snapshot);
        let (found, _) = found(before, places.into_iter(), &checked, snapshot);
        let (added, removed) =
            (found.len() - matched.known.len(), matched.fates.iter().filter(|fate| **fate == Fate::Gone).count());
        let open = before.entries.iter().zip(&matched.fates).filter(|(_, fate)| **fate == Fate::Open);
        let mut entries: Vec<_> =
            found.into_iter().map(|found| found.entry).chain(open.map(|(entry, _)| entry.clone())).collect();
        entries.sort();
        let text = (!checked.is_incomplete()).then(|| text::write(&entries));
        for result in checked.results.values_mut() {
            result.findings.retain(|(finding, pack)| !super::matching::is_of_code(finding, *pack));
        }
        let update = BaselineUpdate { text, findings: entries.len(), added, removed };
        (self.outcome(snapshot, checked), update)
    }

    /// What is there; nothing where there is no file yet.
    fn baseline_before(&self, snapshot: &Snapshot, path: &Utf8Path) -> Result<Baseline, UsageError> {
        let shown = relative(self.working_folder(), path);
        match Baseline::read(&*snapshot.files, path, self.working_folder()) {
            Ok(baseline) => Ok(baseline),
            // As `touch` makes it: there is nothing to lose.
            Err(Unusable::Damaged(_)) if snapshot.files.metadata(path).is_ok_and(|metadata| metadata.len == 0) => {
                Ok(Baseline { path: path.to_owned(), shown: shown.into(), entries: Vec::new() })
            }
            Err(Unusable::Unreadable(error)) if error.kind() == ErrorKind::NotFound => {
                Ok(Baseline { path: path.to_owned(), shown: shown.into(), entries: Vec::new() })
            }
            Err(Unusable::Unreadable(error)) => {
                let (message, help) = unreadable(&shown, &error);
                Err(UsageError(format!("--write-baseline: {message}; {help}")))
            }
            Err(Unusable::Damaged(told)) => {
                let source = snapshot.files.read(path).unwrap_or_else(|_| (*b"").into());
                let line = golint_diagnostics::LineIndex::new(&source).line_column(told.span().start).line;
                let help = told.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
                Err(UsageError(format!("{shown}:{line}: {}{help}", told.message)))
            }
        }
    }
}
