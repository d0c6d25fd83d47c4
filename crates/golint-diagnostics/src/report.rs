//! All that a run has to say, in one value, and the door through which renderers see sources. Never reads files itself.

use std::sync::Arc;

use crate::{Diagnostic, RuleInfo};

/// The text behind the paths of a report.
pub trait Sources {
    /// The bytes of the file that is shown as `path`, as they were when it was checked. None: not available; then places
    /// in it are given as offsets.
    fn source(&self, path: &str) -> Option<Arc<[u8]>>;
}

/// What a run found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The findings, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found and is not reported, sorted, each with why.
    pub silent: Vec<(Diagnostic, Silence)>,
    /// What a baseline keeps silent; none where there is no baseline.
    pub baseline: Option<BaselineReport>,
    /// How many findings other tools have reported already; none where nobody said what those tools reported.
    pub imported: Option<u64>,
    /// The numbers.
    pub summary: Summary,
    /// Which part of how many this is; none for a run over everything.
    pub shard: Option<(u32, u32)>,
    /// The rules of this run, those without findings included.
    pub rules: Vec<RuleInfo>,
    /// A JSON object of what the run took, its keys in the order of showing. None: nobody asked.
    pub timings: Option<serde_json::Value>,
}

impl Report {
    /// Sets the numbers of silent findings to what [`Report::silent`] has, where there are such numbers.
    pub fn count_silent(&mut self) {
        let count = |is: fn(&Silence) -> bool| self.silent.iter().filter(|(_, why)| is(why)).count() as u64;
        let suppressed = count(|why| matches!(why, Silence::Comment(_)));
        let (known, imported) =
            (count(|why| matches!(why, Silence::Baseline(_))), count(|why| matches!(why, Silence::Elsewhere(_))));
        self.summary.suppressed = suppressed;
        if let Some(baseline) = &mut self.baseline {
            baseline.known = known;
        }
        self.imported = self.imported.map(|_| imported);
    }
}

/// Why a finding is not reported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silence {
    /// A comment in the source suppresses it, and may give a reason.
    Comment(Option<String>),
    /// It stands in this baseline, as people are shown the file.
    Baseline(Arc<str>),
    /// This other tool has reported it already.
    Elsewhere(Arc<str>),
}

/// What a baseline did in a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaselineReport {
    /// Findings that are known, and not shown.
    pub known: u64,
    /// What the baseline has and the code has no longer, sorted.
    pub vanished: Vec<Vanished>,
}

/// A finding of a baseline that is gone from the code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Vanished {
    /// The rule's full id.
    pub rule: String,
    /// Where it was, as people are shown the file.
    pub path: String,
    /// The name of the declaration that it was in; empty for none.
    pub declaration: String,
    /// The code of its line, as the baseline has it.
    pub code: String,
    /// The file of the baseline, as people are shown it.
    pub baseline: Arc<str>,
}

/// The numbers of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were checked, those without need for a look inside included.
    pub files: u64,
    /// Findings shown.
    pub diagnostics: u64,
    /// Findings suppressed by directives.
    pub suppressed: u64,
}
