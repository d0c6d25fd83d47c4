//! What answers depended on: questions to the package, with the hash of what was answered, absences included. It is the
//! record by which results are invalidated, and the only one.

use std::sync::Arc;

use rustc_hash::FxHashSet;

/// A question to the package. Files are named by their last path element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Which declarations of this package-level name the file sees, and how they read.
    Name {
        /// The file that asks.
        file: String,
        /// The name.
        name: String,
    },
    /// Which methods of this name (`*`: of any name) the file sees for the type of that name, and how they read.
    Method {
        /// The file that asks.
        file: String,
        /// The name of the type.
        receiver: String,
        /// The name of the method.
        name: String,
    },
}

/// The questions that one computation asked, and the remembered computations that it used.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    pub(crate) questions: Vec<(Question, u64)>,
    pub(crate) used: Vec<Arc<Trace>>,
}

impl Trace {
    pub(crate) fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.used.is_empty()
    }
}

/// All questions of these traces, sorted, each once.
pub(crate) fn flatten(traces: &[Arc<Trace>]) -> Vec<(Question, u64)> {
    let mut seen = FxHashSet::default();
    let mut open: Vec<&Arc<Trace>> = traces.iter().collect();
    let mut questions = Vec::new();
    while let Some(trace) = open.pop() {
        if seen.insert(Arc::as_ptr(trace)) {
            questions.extend(trace.questions.iter().cloned());
            open.extend(&trace.used);
        }
    }
    questions.sort();
    questions.dedup();
    questions
}
