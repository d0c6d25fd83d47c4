//! Findings and fixes, as a rule writes them down.

use crate::Node;
use crate::facts::{Applicability, Confidence, Location, RawEdit, RawFinding, RawFix, RawLabel, Span};
use crate::platforms::Platforms;

/// Where something is: a node, or a span of the file that is being checked, or a location in any file.
pub trait Place: Copy {
    /// The location.
    fn location(self) -> Location;
}

impl Place for Node<'_> {
    fn location(self) -> Location {
        Node::location(self)
    }
}

impl Place for Span {
    fn location(self) -> Location {
        Location { file: 0, span: self }
    }
}

impl Place for Location {
    fn location(self) -> Location {
        self
    }
}

/// A finding. Certain, on all platforms of the file, and without a fix, unless it says otherwise.
///
/// The message is one sentence that says what is wrong and why; [`Finding::help`] says what to do about it.
#[derive(Clone, Debug)]
#[must_use = "a finding does nothing until it is handed to File::report"]
pub struct Finding {
    raw: RawFinding,
}

impl Finding {
    /// A finding at this place of the file that is being checked.
    pub fn at(place: impl Place, message: impl Into<String>) -> Self {
        let primary = RawLabel { at: place.location(), message: String::new() };
        Finding {
            raw: RawFinding {
                rule: 0,
                message: message.into(),
                primary,
                labels: Vec::new(),
                notes: Vec::new(),
                help: None,
                confidence: Confidence::Certain,
                on: None,
                fixes: Vec::new(),
            },
        }
    }

    /// A few words right at the place.
    pub fn primary_label(mut self, message: impl Into<String>) -> Self {
        self.raw.primary.message = message.into();
        self
    }

    /// Another place that matters, perhaps in another file.
    pub fn label(mut self, place: impl Place, message: impl Into<String>) -> Self {
        self.raw.labels.push(RawLabel { at: place.location(), message: message.into() });
        self
    }

    /// Something to know.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.raw.notes.push(note.into());
        self
    }

    /// What to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.raw.help = Some(help.into());
        self
    }

    /// Not certain: right unless something that can't be seen here makes the code right.
    pub fn likely(mut self) -> Self {
        self.raw.confidence = Confidence::Likely;
        self
    }

    /// It holds on these platforms only.
    pub fn on(mut self, platforms: &Platforms) -> Self {
        self.raw.on = Some(platforms.words().to_vec());
        self
    }

    /// What can be done about it.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.raw.fixes.push(fix.raw);
        self
    }

    pub(crate) fn into_raw(mut self, rule: u32) -> RawFinding {
        self.raw.rule = rule;
        self.raw
    }
}

/// Edits that belong together. They must not overlap, and lie in the file that is being checked.
#[derive(Clone, Debug)]
#[must_use = "a fix does nothing until it is part of a finding"]
pub struct Fix {
    raw: RawFix,
}

impl Fix {
    fn new(title: impl Into<String>, applicability: Applicability) -> Self {
        Fix { raw: RawFix { title: title.into(), applicability, edits: Vec::new() } }
    }

    /// Keeps the meaning, or makes it what was certainly meant: `--fix` applies it.
    pub fn safe(title: impl Into<String>) -> Self {
        Self::new(title, Applicability::Safe)
    }

    /// May change the meaning: `--unsafe-fixes` applies it.
    pub fn risky(title: impl Into<String>) -> Self {
        Self::new(title, Applicability::Unsafe)
    }

    /// Shows the idea, and is never applied.
    pub fn shown(title: impl Into<String>) -> Self {
        Self::new(title, Applicability::DisplayOnly)
    }

    /// Replaces what is at the place.
    pub fn replace(mut self, place: impl Place, text: impl Into<String>) -> Self {
        self.raw.edits.push(RawEdit { at: place.location(), text: text.into() });
        self
    }

    /// Inserts at this byte.
    pub fn insert(self, offset: u32, text: impl Into<String>) -> Self {
        self.replace(Span { start: offset, end: offset }, text)
    }

    /// Deletes what is at the place.
    pub fn delete(self, place: impl Place) -> Self {
        self.replace(place, "")
    }
}
