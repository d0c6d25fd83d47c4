//! Places in files: byte ranges and the files that they are in. Never lines or columns; those are computed at the edge,
//! by [`crate::LineIndex`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes, counted from the start of a file.
///
/// Orders by start, then by end. Nothing guarantees that a span lies inside of its file, nor that `start <= end`: the
/// renderers cope with both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` to `end`, the latter excluded.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The place before the byte at `offset`.
    pub const fn empty(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// In bytes; 0 for a span that runs backwards.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// True if it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True if every byte of `other` is in `self`; an empty span counts as inside at both ends.
    pub const fn contains_span(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the byte at `offset` is in it.
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// True if some byte is in both. Spans that only touch don't.
    pub const fn intersects(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Both ends moved into `0..=len`, and the end not before the start.
    pub fn clamp_to(self, len: usize) -> Self {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        let start = self.start.min(len);
        Self { start, end: self.end.clamp(start, len) }
    }
}

/// A span of a named file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// As shown: relative to the working folder, separated by `/`.
    pub path: Arc<str>,
    /// Where in it.
    pub span: Span,
}

impl Location {
    /// `span` of the file shown as `path`.
    pub fn new(path: impl Into<Arc<str>>, span: Span) -> Self {
        Self { path: path.into(), span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clamps_what_lies_outside() {
        assert_eq!(Span::new(3, 9).clamp_to(5), Span::new(3, 5));
        assert_eq!(Span::new(9, 3).clamp_to(20), Span::empty(9));
        assert_eq!(Span::new(30, 40).clamp_to(7), Span::empty(7));
    }

    #[test]
    fn touching_is_not_intersecting() {
        assert!(!Span::new(0, 3).intersects(Span::new(3, 5)));
        assert!(Span::new(0, 4).intersects(Span::new(3, 5)));
        assert!(!Span::empty(3).intersects(Span::new(3, 5)));
        assert!(Span::new(0, 3).contains_span(Span::empty(3)));
        assert!(!Span::new(0, 3).contains(3));
    }
}
