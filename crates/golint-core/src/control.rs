//! The line between a run and whoever started it: stop it, and see how far it is. Never blocks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use golint_host::Cancel;

/// Clones speak of the same run.
#[derive(Clone, Debug, Default)]
pub struct Control(Arc<State>);

#[derive(Debug, Default)]
struct State {
    cancel: Cancel,
    done: AtomicU64,
    total: AtomicU64,
}

impl Control {
    /// For a run that was not started yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the run soon: what is under way is given up, and the outcome is not complete.
    pub fn cancel(&self) {
        self.0.cancel.cancel();
    }

    /// Whether [`Control::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancel.is_cancelled()
    }

    /// Files that are done, and files that there are (0 until the run knows).
    pub fn progress(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }

    /// The switch itself, for those who look at it from inside a pack's call.
    pub(crate) fn switch(&self) -> &Cancel {
        &self.0.cancel
    }

    pub(crate) fn begin(&self, total: usize) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total as u64, Ordering::Relaxed);
    }

    pub(crate) fn advance(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_speak_of_one_run() {
        let control = Control::new();
        let other = control.clone();
        control.begin(3);
        control.advance();
        assert_eq!(other.progress(), (1, 3));
        other.cancel();
        assert!(control.is_cancelled());
        assert!(control.switch().is_cancelled());
    }
}
