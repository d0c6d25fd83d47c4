//! What a run has to say, put together from what was found in each file. The same files in any order give the same outcome.

use std::sync::Arc;

use camino::Utf8PathBuf;
use golint_diagnostics::{Diagnostic, Report, Sources, Span};
use golint_project::FileSystem;
use rustc_hash::FxHashMap;

use crate::run::Counters;

/// What a run found.
pub struct Outcome {
    /// Findings and numbers; its timings are empty.
    pub report: Report,
    /// Whether something was not checked that should have been: the exit code is 2.
    pub incomplete: bool,
    /// What is worth a word and is no finding, sorted.
    pub remarks: Vec<Remark>,
    /// Plugins that took too long, by name: they were off from then on, and nothing that they found is here.
    pub turned_off: Vec<String>,
    /// What the run took.
    pub counters: Counters,
    /// The files that the findings speak of.
    pub sources: RunSources,
}

/// Something that is worth a word at a place in a file, and is no finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// As people are shown it.
    pub path: Arc<str>,
    /// From 1.
    pub line: u32,
    /// What it is about.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}

/// The texts behind a report: those that were checked, as they were then, and for all others the snapshot.
pub struct RunSources {
    pub(crate) checked: FxHashMap<Arc<str>, Arc<[u8]>>,
    pub(crate) files: Arc<dyn FileSystem>,
    pub(crate) working_folder: Utf8PathBuf,
}

impl Sources for RunSources {
    fn source(&self, path: &str) -> Option<Arc<[u8]>> {
        match self.checked.get(path) {
            Some(source) => Some(Arc::clone(source)),
            None => self.files.read(&golint_project::path::absolute(&self.working_folder, path)).ok(),
        }
    }
}

/// What was found in one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileResult {
    /// Each with the number of the pack that reported it; none for the engine itself.
    pub(crate) findings: Vec<(Diagnostic, Option<usize>)>,
    /// Those that directives suppress, with the reason.
    pub(crate) suppressed: Vec<(Diagnostic, Option<usize>, Option<String>)>,
    /// Incremental where there is something to show.
    pub(crate) source: Option<Arc<[u8]>>,
    pub(crate) state: FileState,
    /// Nodes of its tree; 0 for files that were not parsed.
    pub(crate) nodes: u64,
    /// Nodes that did not parse; 0 for files that were not parsed.
    pub(crate) syntax_errors: u32,
    /// The line of the first of them.
    pub(crate) first_error: Option<u32>,
    /// What is worth a word and is no finding: line, from 1, place, and sentence.
    pub(crate) remarks: Vec<(u32, Span, String)>,
    /// In bytes; 0 for files that were not read.
    pub(crate) len: u64,
    /// Whether something went wrong.
    pub(crate) incomplete: bool,
    /// Found by an earlier run.
    pub(crate) kept: bool,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FileState {
    /// It could not be looked at.
    #[default]
    Failed,
    /// The run was cancelled before its turn.
    Cancelled,
    /// Named in `exclude`.
    Excluded,
    /// Generated, and generated files are not asked for.
    Generated,
    /// Built for none of the platforms that matter.
    OtherPlatforms,
    /// No rule can care.
    Unwanted,
    /// Parsed and checked.
    Checked,
}

impl FileState {
    /// Why nobody looked at it, where that is as it was asked for: what it is, for one file and for several.
    pub(crate) const fn reason(self) -> Option<&'static str> {
        match self {
            FileState::Excluded => Some("named by `exclude` in golint.toml"),
            FileState::Generated => Some("generated, and --include-generated was not given"),
            FileState::OtherPlatforms => Some("built for none of the platforms that were asked for"),
            FileState::Failed | FileState::Cancelled | FileState::Unwanted | FileState::Checked => None,
        }
    }

    /// Whether it counts as checked.
    pub(crate) fn is_checked(self) -> bool {
        matches!(self, FileState::Unwanted | FileState::Checked)
    }
}

impl FileResult {
    /// For a file that was not parsed. One that should have been leaves the run incomplete.
    pub(crate) fn unparsed(state: FileState, len: u64) -> FileResult {
        FileResult {
            state,
            len,
            incomplete: matches!(state, FileState::Failed | FileState::Cancelled),
            ..FileResult::default()
        }
    }

    /// For a file that could not be checked: the finding says why.
    pub(crate) fn told(finding: Diagnostic) -> FileResult {
        FileResult { findings: vec![(finding, None)], incomplete: true, ..FileResult::default() }
    }
}

/// Sorted, and each once: two configurations may have met the same fault.
pub(crate) fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_not_looked_at_leaves_the_run_incomplete() {
        let incomplete = |state| FileResult::unparsed(state, 0).incomplete;
        assert!([FileState::Failed, FileState::Cancelled].into_iter().all(incomplete));
        let settled = [FileState::Excluded, FileState::Generated, FileState::OtherPlatforms, FileState::Unwanted];
        assert!(!settled.into_iter().any(incomplete));
    }
}
