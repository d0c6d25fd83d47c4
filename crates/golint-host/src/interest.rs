//! When a rule has anything to say about a file, as checked data. It never matches anything itself: the engine does, for
//! all packs in one pass.

mod pattern;
pub(crate) mod review;

use golint_project::{GoVersion, PlatformSet};
use golint_tree::Kind;

pub use pattern::Pattern;

/// A rule's interest. Several for one rule: any of them will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interest {
    /// Index into the manifest's rules.
    pub rule: u32,
    /// Language versions for which it holds.
    pub go: GoRange,
    /// The file must build for one of these. None: whatever it builds for, nowhere included.
    pub on: Option<PlatformSet>,
    /// Every inner list must have one needle that hits; empty: every file.
    pub requires: Vec<Vec<Needle>>,
    /// The file must have a node of one of these, and these nodes are the hits. Never empty.
    pub kinds: Vec<Kind>,
}

/// From `since` (included) to `before` (excluded).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct GoRange {
    /// The first version that belongs to the range.
    pub since: Option<GoVersion>,
    /// The first version after the range.
    pub before: Option<GoVersion>,
}

impl GoRange {
    /// Does the range hold this version?
    pub fn contains(&self, version: GoVersion) -> bool {
        self.since.is_none_or(|since| since <= version) && self.before.is_none_or(|before| version < before)
    }
}

/// Something that a file must contain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Needle {
    /// These bytes, comments and strings included. Never empty.
    Literal(String),
    /// A regular expression of at most 1 KiB.
    Pattern(Pattern),
    /// An import of this path.
    Imports(String),
    /// An import of this path or of one below it.
    ImportsBelow(String),
}
