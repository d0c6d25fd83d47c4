//! Why an engine does not start, or a run can't: what the user has to change on the command line or in the installation.

/// The engine does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The runtime for packs does not start.
    #[error("{0}")]
    Host(String),
    /// A built-in pack can't be loaded.
    #[error("{message}\n  help: {help}")]
    Pack {
        /// What is wrong.
        message: String,
        /// What to do next.
        help: String,
    },
    /// The system gives no threads.
    #[error("can't start worker threads: {0}; ask for fewer with --threads")]
    Threads(String),
}

/// What was asked for on the command line makes no sense. The text says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(pub(crate) String);
