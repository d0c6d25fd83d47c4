//! What can go wrong in a pack, and what a run has to remember of it. A failure is always told, never skipped.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why a check gave no findings.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CheckError {
    /// The caller cancelled. No failure; nothing of it may be cached.
    #[error("cancelled")]
    Cancelled,
    /// The pack failed: the reserved rule `plugin-failure` tells it, and its findings for the file are dropped.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// A failure of a pack, enough for a diagnostic. `Display` is the whole sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Failure {
    /// The pack's name in the configuration.
    pub pack: String,
    /// The file that was being checked, as people are shown it; none while a pack is loaded or configured.
    pub file: Option<String>,
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// What happened, to be read after the pack's name.
    pub message: String,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The guest trapped: a panic, an overflow of its stack, an access outside of its memory.
    Trap,
    /// It used up its time.
    Timeout,
    /// It wanted more memory than it may have.
    Memory,
    /// It handed the host something that can't be: a stale number, a span outside of the file, an unknown rule.
    BadOutput,
    /// It reported more than anybody could read.
    Flood,
    /// It said itself that something is wrong.
    Refused,
    /// The host or the model panicked while it answered a question: a bug of golint-rs.
    Internal,
}

impl Failure {
    /// What the reader of the diagnostic can do.
    pub fn help(&self) -> &'static str {
        match self.kind {
            FailureKind::Internal => "this is a bug of golint-rs: please report it with the file",
            _ if self.file.is_none() => "report it to the authors of the pack; until then, leave it out of [plugins]",
            FailureKind::Trap | FailureKind::BadOutput | FailureKind::Flood | FailureKind::Refused => {
                "report it to the authors of the pack; until then, ignore its rules for this file with per-file-ignores"
            }
            FailureKind::Timeout => {
                "the pack is off for the rest of this run and all its findings were dropped; report it to its authors, \
                 or exclude this file"
            }
            FailureKind::Memory => "report it to the authors of the pack, or exclude this file",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "rule pack {:?} failed on {file}: {}", self.pack, self.message),
            None => write!(f, "rule pack {:?} failed: {}", self.pack, self.message),
        }
    }
}

/// What one run (one snapshot) knows about a pack: make a new one for each pack and run.
///
/// After a pack's first timeout it is off: skip its remaining files, and drop all findings that it had in this run, so
/// that what is shown does not depend on who came first.
#[derive(Debug, Default)]
pub struct PackState {
    off: AtomicBool,
}

impl PackState {
    /// Is the pack off for this run?
    pub fn is_off(&self) -> bool {
        self.off.load(Ordering::Acquire)
    }

    /// Takes note of a failure: a timeout turns the pack off. True if this one did.
    pub fn record(&self, failure: &Failure) -> bool {
        failure.kind == FailureKind::Timeout && !self.off.swap(true, Ordering::AcqRel)
    }
}
