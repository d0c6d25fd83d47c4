//! What a guest says to its author during one call. It bounds how much that may be, and keeps the last error: on a trap
//! it is the only thing that tells what happened (the SDK logs a rule's panic that way).

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use crate::log::{Level, Log, LogEntry};

/// Messages beyond this number are dropped, in one call.
const MAX_MESSAGES: u32 = 200;
/// Longer messages are cut, in bytes.
const MAX_MESSAGE: usize = 8 << 10;

/// The log of one call into a guest.
pub(crate) struct GuestLog {
    pack: Arc<str>,
    file: Option<Arc<str>>,
    sink: Arc<dyn Log>,
    count: Cell<u32>,
    last_error: RefCell<Option<String>>,
}

impl GuestLog {
    pub(crate) fn new(pack: Arc<str>, file: Option<Arc<str>>, sink: Arc<dyn Log>) -> GuestLog {
        GuestLog { pack, file, sink, count: Cell::new(0), last_error: RefCell::default() }
    }

    pub(crate) fn say(&self, level: Level, message: &str) {
        let message = &message[..message.floor_char_boundary(MAX_MESSAGE)];
        if level == Level::Error {
            *self.last_error.borrow_mut() = Some(message.to_owned());
        }
        let count = self.count.get();
        self.count.set(count.saturating_add(1));
        let (level, message) = match count {
            MAX_MESSAGES => (Level::Warn, "says more than anybody could read; the rest is dropped"),
            n if n > MAX_MESSAGES => return,
            _ => (level, message),
        };
        self.sink.log(&LogEntry { level, pack: Some(&self.pack), file: self.file.as_deref(), message });
    }

    /// The file of the call, as people are shown it.
    pub(crate) fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The last message of level error.
    pub(crate) fn last_error(&self) -> Option<String> {
        self.last_error.borrow().clone()
    }
}
