//! Checks a finding before it is taken: every number, place, platform word and length in it. What can't be is the pack's
//! fault and ends the check; nothing is repaired or cut in silence.

use std::sync::Arc;

use golint_diagnostics::{Applicability, Confidence, Edit, Fix, Label, LineIndex, Location, Span};
use golint_project::PlatformSet;
use golint_sdk::facts as raw;

use super::{Fault, Questions};
use crate::failure::FailureKind;
use crate::finding::Finding;
use crate::interest;

/// Findings of one pack in one file: one for each node of its tree, and this many in small files. No pack that finds
/// something in the file comes near that; one that does is broken, and must not fill the memory.
const LEAST_MAX_FINDINGS: usize = 10_000;
/// Text in the findings of one pack in one file, in bytes: as much for each node of its tree, and in small files at
/// least [`LEAST_MAX_BYTES`]. Each text counts as [`TEXT_OVERHEAD`] more.
const MAX_BYTES_PER_NODE: usize = 1 << 10;
const LEAST_MAX_BYTES: usize = 8 << 20;
const TEXT_OVERHEAD: usize = 32;
/// Each text in a finding, in bytes.
const MAX_TEXT: usize = 16 << 10;
/// The new text of one edit, in bytes.
const MAX_EDIT_TEXT: usize = 1 << 20;
/// Labels, notes, fixes, and edits of one fix.
const MAX_PARTS: usize = 1_000;

/// What stays the same for all places of one finding.
struct Place<'a> {
    questions: &'a Questions,
    /// Its id.
    rule: &'a str,
    /// Where the finding says that it begins.
    start: u32,
}

impl Questions {
    /// The finding, if everything in it can be.
    pub(super) fn review(&self, finding: raw::RawFinding) -> Result<Finding, Fault> {
        let rule = match self.rules.get(finding.rule as usize) {
            Some((id, true)) => id,
            Some((id, false)) => {
                return Err(Fault::bad(format!("it reported something for its rule {id:?}, which is off")));
            }
            None => {
                let message = format!("it reported something for its rule {}, which it does not have", finding.rule);
                return Err(Fault::bad(message));
            }
        };
        let most = LEAST_MAX_FINDINGS.max(self.nodes as usize);
        if self.findings.borrow().len() >= most {
            let message = format!("it reported more than {most} findings in this file");
            return Err(Fault { kind: FailureKind::Flood, message });
        }
        let place = Place { questions: self, rule, start: finding.primary.at.span.start };
        place.count("labels", finding.labels.len())?;
        place.count("notes", finding.notes.len())?;
        place.count("fixes", finding.fixes.len())?;
        if finding.primary.at.file != 0 {
            return Err(place.bad("the primary place is in another file than the checked one"));
        }
        if finding.message.trim().is_empty() {
            return Err(place.bad("the message is empty"));
        }
        let on = finding.on.as_deref().map(|words| place.platforms(words)).transpose()?;
        let labels = finding.labels.into_iter().map(|label| place.label(label)).collect::<Result<_, _>>()?;
        let fixes = finding.fixes.into_iter().map(|fix| place.fix(fix)).collect::<Result<_, _>>()?;
        Ok(Finding {
            rule: finding.rule,
            message: place.text("message", finding.message)?,
            primary: place.label(finding.primary)?,
            labels,
            notes: finding.notes.into_iter().map(|note| place.text("note", note)).collect::<Result<_, _>>()?,
            help: finding.help.map(|help| place.text("help", help)).transpose()?,
            confidence: match finding.confidence {
                raw::Confidence::Certain => Confidence::Certain,
                raw::Confidence::Likely => Confidence::Likely,
            },
            on,
            fixes,
        })
    }
}

impl Place<'_> {
    fn bad(&self, what: impl std::fmt::Display) -> Fault {
        let source = &self.questions.file.source;
        let line = |start: u32| format!(" at line {}", LineIndex::new(source).line_column(start).line);
        let at = Some(self.start).filter(|start| *start as usize <= source.len()).map(line).unwrap_or_default();
        Fault::bad(format!("in a finding of its rule {:?}{at}, {what}", self.rule))
    }

    fn count(&self, what: &str, count: usize) -> Result<(), Fault> {
        if count > MAX_PARTS {
            return Err(self.bad(format_args!("there are {count} {what}, and {MAX_PARTS} are the limit")));
        }
        Ok(())
    }

    fn text(&self, what: &str, text: String) -> Result<String, Fault> {
        self.bounded(what, text, MAX_TEXT)
    }

    fn bounded(&self, what: &str, text: String, limit: usize) -> Result<String, Fault> {
        if text.len() > limit {
            return Err(self.bad(format_args!("a {what} has {} bytes, and {limit} are the limit", text.len())));
        }
        let bytes = self.questions.finding_bytes.get() + text.len() + TEXT_OVERHEAD;
        self.questions.finding_bytes.set(bytes);
        let most = LEAST_MAX_BYTES.max((self.questions.nodes as usize).saturating_mul(MAX_BYTES_PER_NODE));
        if bytes > most {
            let message = format!("its findings in this file have more than {} MiB of text", most >> 20);
            return Err(Fault { kind: FailureKind::Flood, message });
        }
        Ok(text)
    }

    fn platforms(&self, words: &[u64]) -> Result<PlatformSet, Fault> {
        interest::review::platforms(words).map_err(|message| self.bad(message))
    }

    fn label(&self, label: raw::RawLabel) -> Result<Label, Fault> {
        let location = self.location(label.at)?;
        Ok(Label { location, message: self.text("label", label.message)? })
    }

    fn location(&self, at: raw::Location) -> Result<Location, Fault> {
        let questions = self.questions;
        let index = questions.files.borrow().get(at.file).copied();
        let Some(index) = index else {
            return Err(self.bad(format_args!("a place is in file {}, which it was not given in this check", at.file)));
        };
        if index == questions.file.index {
            self.span(at.span, &questions.file.source, || questions.file.is_utf8())?;
            return Ok(Location {
                path: questions.file.shown_path.clone(),
                span: Span::new(at.span.start, at.span.end),
            });
        }
        let (Some(descriptor), Some(bytes)) =
            (questions.file.sources.files().get(index), questions.file.sources.read(index))
        else {
            return Err(self.bad(format_args!("a place is in file {}, which can't be read", at.file)));
        };
        self.span(at.span, &bytes, || std::str::from_utf8(&bytes).is_ok())?;
        let path: Arc<str> = descriptor.path.as_str().into();
        Ok(Location { path, span: Span::new(at.span.start, at.span.end) })
    }

    fn span(&self, span: raw::Span, bytes: &[u8], is_utf8: impl Fn() -> bool) -> Result<(), Fault> {
        let raw::Span { start, end } = span;
        if start > end {
            return Err(self.bad(format_args!("the span {start}..{end} ends before it starts")));
        }
        if end as usize > bytes.len() {
            return Err(self.bad(format_args!("the span {start}..{end} is not in the file of {} bytes", bytes.len())));
        }
        // Only where a boundary looks wrong does it matter whether the file is UTF-8.
        let inside = |offset: u32| bytes.get(offset as usize).is_some_and(|byte| byte & 0xC0 == 0x80);
        if (inside(start) || inside(end)) && is_utf8() {
            return Err(self.bad(format_args!("the span {start}..{end} cuts a UTF-8 character")));
        }
        Ok(())
    }

    fn fix(&self, fix: raw::RawFix) -> Result<Fix, Fault> {
        self.count("edits", fix.edits.len())?;
        if fix.edits.is_empty() {
            return Err(self.bad("a fix has no edits"));
        }
        let mut edits = Vec::with_capacity(fix.edits.len());
        for edit in fix.edits {
            if edit.at.file != 0 {
                return Err(self.bad("a fix edits another file than the checked one"));
            }
            let location = self.location(edit.at)?;
            edits.push(Edit { location, text: self.bounded("edit", edit.text, MAX_EDIT_TEXT)? });
        }
        edits.sort_by_key(|edit| edit.location.span);
        for pair in edits.windows(2) {
            let (a, b) = (pair[0].location.span, pair[1].location.span);
            // Two insertions at one place have no order.
            if b.start < a.end || (a == b && a.is_empty()) {
                return Err(self
                    .bad(format_args!("edits of one fix overlap: {}..{} and {}..{}", a.start, a.end, b.start, b.end)));
            }
        }
        Ok(Fix {
            title: self.text("title", fix.title)?,
            applicability: match fix.applicability {
                raw::Applicability::Safe => Applicability::Safe,
                raw::Applicability::Unsafe => Applicability::Unsafe,
                raw::Applicability::DisplayOnly => Applicability::DisplayOnly,
            },
            edits,
        })
    }
}
