//! One file's result as it is kept: with what it depended on, and without the paths of this run.

use std::sync::Arc;

use golint_diagnostics::{Diagnostic, Location, Span};
use golint_semantic::Question;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use crate::outcome::{FileResult, FileState};

/// A result, and what it stands on.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The day on which it was used last, counted from 1970.
    pub(super) day: u32,
    /// What it depended on beside the file itself; none for nothing.
    pub(super) dependencies: Option<Dependencies>,
    /// Whether the file was parsed, or why not.
    state: State,
    len: u64,
    syntax_errors: u32,
    first_error: Option<u32>,
    remarks: Vec<(u32, Span, String)>,
    /// Each with the place of its pack among those of the plan.
    findings: Vec<(Diagnostic, Option<u32>)>,
    suppressed: Vec<(Diagnostic, Option<u32>, Option<String>)>,
}

/// What a result depended on.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Dependencies {
    /// The files of the folder, as they were: while they are, all answers are the same.
    pub(super) folder: Digest,
    /// The questions that were asked, with the hashes of their answers.
    pub(super) answers: Vec<(Asked, u64)>,
}

/// A [`Question`].
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum Asked {
    Files,
    Contents(String),
    Name(String, String),
    Method(String, String, String),
}

/// A [`FileState`] that is worth keeping.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum State {
    Generated,
    OtherPlatforms,
    Unwanted,
    Checked,
}

impl From<&Question> for Asked {
    fn from(question: &Question) -> Self {
        match question.clone() {
            Question::Files => Asked::Files,
            Question::Contents { file } => Asked::Contents(file),
            Question::Name { file, name } => Asked::Name(file, name),
            Question::Method { file, receiver, name } => Asked::Method(file, receiver, name),
        }
    }
}

impl Asked {
    pub(super) fn question(&self) -> Question {
        match self.clone() {
            Asked::Files => Question::Files,
            Asked::Contents(file) => Question::Contents { file },
            Asked::Name(file, name) => Question::Name { file, name },
            Asked::Method(file, receiver, name) => Question::Method { file, receiver, name },
        }
    }
}

impl Entry {
    /// Of a result that can be kept; none where something went wrong, which may go right next time. `folder` is what shown
    /// paths of the folder begin with; `pack` finds the place of a pack in the plan.
    pub(super) fn new(
        result: &FileResult,
        dependencies: Option<Dependencies>,
        day: u32,
        folder: &str,
        pack: impl Fn(usize) -> Option<u32>,
    ) -> Option<Entry> {
        if result.incomplete {
            return None;
        }
        let state = match result.state {
            FileState::Generated => State::Generated,
            FileState::OtherPlatforms => State::OtherPlatforms,
            FileState::Unwanted => State::Unwanted,
            FileState::Checked => State::Checked,
            FileState::Failed | FileState::Cancelled | FileState::Excluded => return None,
        };
        let kept = |finding: &Diagnostic, number: &Option<usize>| {
            let number = match number {
                Some(number) => Some(pack(*number)?),
                None => None,
            };
            // A name without a folder; whatever stands elsewhere is not ours to keep.
            let name = |path: &str| path.strip_prefix(folder).filter(|name| !name.contains('/')).map(Arc::from);
            Some((moved(finding.clone(), name)?, number))
        };
        let findings = result.findings.iter().map(|(finding, number)| kept(finding, number));
        let suppressed = result.suppressed.iter().map(|(finding, number, reason)| {
            let (finding, number) = kept(finding, number)?;
            Some((finding, number, reason.clone()))
        });
        Some(Entry {
            day,
            dependencies,
            state,
            len: result.len,
            syntax_errors: result.syntax_errors,
            first_error: result.first_error,
            remarks: result.remarks.clone(),
            findings: findings.collect::<Option<_>>()?,
            suppressed: suppressed.collect::<Option<_>>()?,
        })
    }

    /// Whether there is anything to show, for which the source is needed.
    pub(super) fn has_findings(&self) -> bool {
        !self.findings.is_empty() || !self.suppressed.is_empty()
    }

    /// The result, as it would be found again. `pack` gives the number of the pack at this place of the plan.
    pub(super) fn result(&self, folder: &str, pack: impl Fn(u32) -> Option<usize>) -> Option<FileResult> {
        let found = |finding: &Diagnostic, place: &Option<u32>| {
            let number = match place {
                Some(place) => Some(pack(*place)?),
                None => None,
            };
            let shown = |name: &str| Some(Arc::from(format!("{folder}{name}")));
            Some((moved(finding.clone(), shown)?, number))
        };
        let findings = self.findings.iter().map(|(finding, place)| found(finding, place));
        let suppressed = self.suppressed.iter().map(|(finding, place, reason)| {
            let (finding, number) = found(finding, place)?;
            Some((finding, number, reason.clone()))
        });
        Some(FileResult {
            findings: findings.collect::<Option<_>>()?,
            suppressed: suppressed.collect::<Option<_>>()?,
            source: None,
            nodes: 0,
            state: match self.state {
                State::Generated => FileState::Generated,
                State::OtherPlatforms => FileState::OtherPlatforms,
                State::Unwanted => FileState::Unwanted,
                State::Checked => FileState::Checked,
            },
            syntax_errors: self.syntax_errors,
            first_error: self.first_error,
            remarks: self.remarks.clone(),
            len: self.len,
            incomplete: false,
            kept: true,
        })
    }
}

/// With other paths; none where `path` has no answer.
fn moved(mut finding: Diagnostic, path: impl Fn(&str) -> Option<Arc<str>>) -> Option<Diagnostic> {
    let labels = std::iter::once(&mut finding.primary).chain(&mut finding.labels).map(|label| &mut label.location);
    let edits = finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.location);
    for Location { path: place, .. } in labels.chain(edits) {
        *place = path(place)?;
    }
    Some(finding)
}
