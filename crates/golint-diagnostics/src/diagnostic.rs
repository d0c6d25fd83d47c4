//! What a rule found: a message, the places that it speaks of, and edits that repair it. Plain data; nothing here
//! looks into a file.

use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{Location, Span};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// A bug.
    Error,
    /// Probably a bug, or one in waiting.
    #[default]
    Warning,
    /// Worth knowing.
    Info,
    /// For editors: shown without weight.
    Hint,
}

impl Severity {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Hint];

    /// As configuration and JSON spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
        }
    }
}

/// How sure the rule is. What is less than likely is not reported at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// Follows from the code that was seen.
    #[default]
    Certain,
    /// Follows unless something unusual holds that can't be seen.
    Likely,
}

impl Confidence {
    /// Both, the surer first.
    pub const ALL: [Self; 2] = [Self::Certain, Self::Likely];

    /// As the command line and JSON spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
        }
    }
}

/// Who may apply a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Applicability {
    /// Anybody, unseen: the program means what its author meant.
    Safe,
    /// Somebody who looks at the result: behaviour may change.
    Unsafe,
    /// Nobody: it shows the idea.
    DisplayOnly,
}

impl Applicability {
    /// All of them, the safest first.
    pub const ALL: [Self; 3] = [Self::Safe, Self::Unsafe, Self::DisplayOnly];

    /// As JSON spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::DisplayOnly => "display-only",
        }
    }
}

/// A place with something to say about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// What about it; may be empty.
    pub message: String,
}

impl Label {
    /// `message` about `location`.
    pub fn new(location: Location, message: impl Into<String>) -> Self {
        Self { location, message: message.into() }
    }
}

/// Replaces the bytes at `location` by `text`. An empty span inserts before its offset.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// What goes. In the checked file, unless an engine says otherwise.
    pub location: Location,
    /// What comes.
    pub text: String,
}

impl Edit {
    /// Puts `text` in the place of `location`.
    pub fn new(location: Location, text: impl Into<String>) -> Self {
        Self { location, text: text.into() }
    }
}

/// Edits that repair a finding, all of them together or none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, in the imperative: "insert `v := v`".
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// They don't overlap.
    pub edits: Vec<Edit>,
}

/// A finding.
///
/// The order is total and made for reading: by path, start, end, rule, message, then by everything else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's full id: "loopvar-capture", "plugin/id".
    pub rule: Arc<str>,
    /// How much it weighs, the configuration's word included.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// One sentence, without a line break.
    pub message: String,
    /// The place that suppression and sorting go by. Its message is shown at that place.
    pub primary: Label,
    /// Further places, also in other files.
    pub labels: Vec<Label>,
    /// Further facts, each a paragraph.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// "linux/amd64" and the like, in the platform table's order. Empty: wherever the file builds.
    pub platforms: Vec<Arc<str>>,
    /// Ways to repair it, the best first.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A certain warning without anything else.
    pub fn new(rule: impl Into<Arc<str>>, location: Location, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            severity: Severity::Warning,
            confidence: Confidence::Certain,
            message: message.into(),
            primary: Label::new(location, String::new()),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            platforms: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The file that was checked.
    pub fn path(&self) -> &Arc<str> {
        &self.primary.location.path
    }

    /// Where in the file that was checked.
    pub fn span(&self) -> Span {
        self.primary.location.span
    }
}

impl Ord for Diagnostic {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self, other);
        (a.primary.location.cmp(&b.primary.location))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.message.cmp(&b.message))
            .then_with(|| a.severity.cmp(&b.severity))
            .then_with(|| a.confidence.cmp(&b.confidence))
            .then_with(|| a.primary.message.cmp(&b.primary.message))
            .then_with(|| a.labels.cmp(&b.labels))
            .then_with(|| a.notes.cmp(&b.notes))
            .then_with(|| a.help.cmp(&b.help))
            .then_with(|| a.platforms.cmp(&b.platforms))
            .then_with(|| a.fixes.cmp(&b.fixes))
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str, start: u32, end: u32, rule: &str, message: &str) -> Diagnostic {
        Diagnostic::new(rule, Location::new(path, Span::new(start, end)), message)
    }

    #[test]
    fn sorts_by_path_place_rule_and_message() {
        let sorted = [
            at("a.go", 1, 2, "z", "z"),
            at("a.go", 1, 3, "a", "b"),
            at("a.go", 1, 3, "a", "c"),
            at("a.go", 1, 3, "b", "a"),
            at("a.go", 2, 2, "a", "a"),
            at("b.go", 0, 1, "a", "a"),
        ];
        let mut shuffled: Vec<_> = sorted.iter().rev().cloned().collect();
        shuffled.sort();
        assert_eq!(shuffled, sorted);
    }

    #[test]
    fn equal_only_where_all_is_equal() {
        let plain = at("a.go", 1, 2, "r", "m");
        let mut noted = plain.clone();
        noted.notes.push("n".into());
        assert_eq!(plain.cmp(&plain.clone()), Ordering::Equal);
        assert_eq!(plain.cmp(&noted), Ordering::Less);
    }
}
