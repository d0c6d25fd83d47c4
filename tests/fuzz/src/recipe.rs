//! A pack whose rules do what an input says. Its input is the same for all threads, so that one target runs at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use golint_sdk::pack::{Listed, Pack};
use golint_sdk::prelude::*;

use super::{findings, fixes};

/// The pack.
pub(super) static PACK: Pack = Pack {
    name: "fuzz",
    version: "1.0.0",
    rules: &[&Listed::<findings::Reported>::new(), &Listed::<fixes::Rewritten>::new(), &Listed::<Bad>::new()],
};

/// What a rule of this name says of itself.
pub(super) const fn meta(id: &'static str) -> Meta {
    Meta {
        id,
        summary: "A rule for tests",
        docs: "## What it does\n\nTests.",
        category: "correctness",
        severity: Severity::Warning,
        default_on: true,
    }
}

/// Reports each identifier `bad`.
pub(super) struct Bad;

impl Rule for Bad {
    type Options = NoOptions;
    const META: Meta = meta("bad");

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::IDENTIFIER]).requires(Needle::literal("bad"))]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        if node.text() == "bad" {
            node.file().report(Finding::at(node, "bad"));
        }
    }
}

static RECIPE: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static TURN: Mutex<()> = Mutex::new(());

/// Makes this the recipe for as long as the answer lives.
pub(super) fn set(recipe: &[u8]) -> MutexGuard<'static, ()> {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    *RECIPE.lock().unwrap_or_else(PoisonError::into_inner) = recipe.to_vec();
    turn
}

/// The recipe, from its start.
pub(super) fn reader() -> Reader {
    Reader::new(RECIPE.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

/// Reads an input as numbers and texts. Behind its end there are zeros.
pub(super) struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    /// Of these bytes.
    pub(super) fn new(bytes: Vec<u8>) -> Reader {
        Reader { bytes, at: 0 }
    }

    /// Whether something is left.
    pub(super) fn has_more(&self) -> bool {
        self.at < self.bytes.len()
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes.get(self.at - 1).copied().unwrap_or_default()
    }

    /// Small in most cases, sometimes any at all.
    pub(super) fn number(&mut self) -> u32 {
        match self.byte() {
            255 => u32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()]),
            small => u32::from(small),
        }
    }

    /// A few characters in most cases, sometimes very many.
    pub(super) fn text(&mut self) -> String {
        let length = self.byte();
        let (length, times) = if length >= 250 { (4, 1 << (length - 240)) } else { (length % 16, 1) };
        let bytes: Vec<u8> = (0..length).map(|_| self.byte()).collect();
        String::from_utf8_lossy(&bytes).repeat(times * 8_usize.pow(u32::from(times > 1)))
    }
}
