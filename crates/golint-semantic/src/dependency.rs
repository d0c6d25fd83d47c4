//! What answers depended on: questions to the package, with the hash of what was answered, absences included. It is the
//! record by which results are invalidated, and the only one.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

/// A question to the package; [`crate::Package::answer`] gives the hash of its answer. Files are named by their last path
/// element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Which files the package has, and how they are described.
    Files,
    /// Every byte of a file, positions included.
    Contents {
        /// The file.
        file: String,
    },
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

/// All that was asked so far. It grows with what is asked about, not with how often.
#[derive(Debug, Default)]
pub(crate) struct Record {
    questions: FxHashMap<Question, u64>,
    /// By address; they are kept, so that no address is used twice.
    used: FxHashMap<usize, Arc<Trace>>,
}

impl Record {
    pub(crate) fn add(&mut self, trace: Trace) {
        self.questions.extend(trace.questions);
        for used in trace.used {
            self.used.entry(Arc::as_ptr(&used).addr()).or_insert(used);
        }
    }

    /// All questions with the hashes of their answers, sorted, each once.
    pub(crate) fn questions(&self) -> Vec<(Question, u64)> {
        let mut seen = FxHashSet::default();
        let mut open: Vec<&Arc<Trace>> = self.used.values().collect();
        let mut questions: Vec<(Question, u64)> = self.questions.iter().map(|(q, hash)| (q.clone(), *hash)).collect();
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
}
