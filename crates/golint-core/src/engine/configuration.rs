//! A configuration file checked by itself, for editors that have it open. Looks at no Go file.

use camino::Utf8Path;

use super::{Checked, Engine};
use crate::survey::Surveyor;
use crate::{Outcome, Snapshot, UsageError};

impl Engine {
    /// Checks a golint.toml as if it governed some file: itself, what it extends, and what packs say to its options. The
    /// findings are what is wrong with them.
    ///
    /// # Errors
    /// If the options ask for platforms that there are not.
    pub fn check_configuration(&self, snapshot: &Snapshot, path: &Utf8Path) -> Result<Outcome, UsageError> {
        let (faults, rules) = self.pool.install(|| Surveyor::new(&self.options, snapshot, &self.packs).judge(path))?;
        Ok(self.outcome(snapshot, Checked { faults, rules, ..Checked::default() }))
    }
}
