//! Where messages for people go that are no findings: what a guest logs, and what the host notes in verbose runs. It
//! never prints; the caller's sink does what it likes.

/// How loud a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something is broken.
    Error,
    /// Something may be broken.
    Warn,
    /// Progress.
    Info,
    /// Detail.
    Debug,
}

/// A message.
#[derive(Clone, Copy, Debug)]
pub struct LogEntry<'a> {
    /// How loud it is.
    pub level: Level,
    /// The pack that it is about; none for the host's own affairs.
    pub pack: Option<&'a str>,
    /// The file that was being checked, as people are shown it.
    pub file: Option<&'a str>,
    /// What is said. From a guest: anything, control characters too.
    pub message: &'a str,
}

/// Takes messages, from any thread.
pub trait Log: Send + Sync {
    /// Takes one.
    fn log(&self, entry: &LogEntry<'_>);
}

/// Drops every message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Log for Quiet {
    fn log(&self, _: &LogEntry<'_>) {}
}

impl<F: Fn(&LogEntry<'_>) + Send + Sync> Log for F {
    fn log(&self, entry: &LogEntry<'_>) {
        self(entry);
    }
}
