//! A regular expression that a file must match, compiled once for whoever looks for it. Two are one if their texts are.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use regex::bytes::{Regex, RegexBuilder};

/// A regular expression on bytes, compiled to at most 1 MiB.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Limit on a compiled pattern, in bytes.
    pub(crate) const SIZE_LIMIT: usize = 1 << 20;

    /// Compiles it.
    ///
    /// # Errors
    /// If it is no regular expression, or a larger one.
    pub fn new(text: &str) -> Result<Pattern, String> {
        Pattern::within(text, Self::SIZE_LIMIT).map_err(|error| error.to_string())
    }

    /// Compiles it to at most this many bytes. What the search for it takes beside that is bounded in the same way for all.
    pub(crate) fn within(text: &str, limit: usize) -> Result<Pattern, regex::Error> {
        RegexBuilder::new(text).size_limit(limit).dfa_size_limit(Self::SIZE_LIMIT / 4).build().map(Pattern)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it matches anywhere in these bytes.
    pub fn is_match(&self, bytes: &[u8]) -> bool {
        // Says the same as `is_match`, which for expressions with a literal inside falls back to the slowest engine where
        // its shortcut doesn't pay (regex-automata 0.4.18, `ReverseInner::is_match`): ten times slower on Go code.
        self.0.shortest_match(bytes).is_some()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

impl PartialOrd for Pattern {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pattern {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Pattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}
