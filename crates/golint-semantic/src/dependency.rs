//! What answers depended on: questions to the package, with the hash of what was answered, absences included. It is the
//! record by which results are invalidated, and the only one.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lookup::Lookup;
use crate::package::Package;

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

/// What one computation looked up, and the remembered computations that it used.
#[derive(Default)]
pub(crate) struct Trace {
    pub(crate) lookups: Vec<Arc<Lookup>>,
    pub(crate) used: Vec<Arc<Trace>>,
}

impl Trace {
    pub(crate) fn is_empty(&self) -> bool {
        self.lookups.is_empty() && self.used.is_empty()
    }
}

/// Computations form chains as long as the source makes them, too long to drop one inside the other.
impl Drop for Trace {
    fn drop(&mut self) {
        let mut open = std::mem::take(&mut self.used);
        while let Some(trace) = open.pop() {
            if let Some(mut last) = Arc::into_inner(trace) {
                open.append(&mut last.used);
            }
        }
    }
}

/// All that was asked so far. It grows with what is asked about, not with how often. Whoever wants the questions pays for
/// the hashes of their answers.
#[derive(Default)]
pub(crate) struct Record {
    /// Which files there are.
    pub(crate) files: bool,
    /// The files of which every byte counts.
    pub(crate) contents: FxHashSet<u32>,
    /// By address; they are kept, so that no address is used twice.
    lookups: FxHashMap<usize, Arc<Lookup>>,
    used: FxHashMap<usize, Arc<Trace>>,
}

impl Record {
    pub(crate) fn add(&mut self, mut trace: Trace) {
        std::mem::take(&mut trace.lookups).into_iter().for_each(|lookup| self.look_up(lookup));
        for used in std::mem::take(&mut trace.used) {
            self.used.entry(Arc::as_ptr(&used).addr()).or_insert(used);
        }
    }

    pub(crate) fn look_up(&mut self, lookup: Arc<Lookup>) {
        self.lookups.entry(Arc::as_ptr(&lookup).addr()).or_insert(lookup);
    }

    /// All questions with the hashes of their answers, sorted, each once.
    pub(crate) fn questions(&self, package: &Package) -> Vec<(Question, u64)> {
        let mut seen = FxHashSet::default();
        let mut lookups: FxHashMap<usize, &Arc<Lookup>> = self.lookups.iter().map(|(at, l)| (*at, l)).collect();
        let mut open: Vec<&Arc<Trace>> = self.used.values().collect();
        while let Some(trace) = open.pop() {
            if seen.insert(Arc::as_ptr(trace)) {
                lookups.extend(trace.lookups.iter().map(|l| (Arc::as_ptr(l).addr(), l)));
                open.extend(&trace.used);
            }
        }
        let contents = self.contents.iter().filter_map(|&file| package.file(file));
        let mut questions: Vec<Question> = contents.map(|f| Question::Contents { file: f.name.clone() }).collect();
        questions.extend(self.files.then_some(Question::Files));
        let answer = |question: Question| {
            let hash = package.answer(&question);
            (question, hash)
        };
        let mut answers: Vec<(Question, u64)> = questions.into_iter().map(answer).collect();
        answers.extend(lookups.values().map(|lookup| (lookup.question(package), lookup.hash(package))));
        answers.sort();
        answers.dedup();
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_chain_goes_without_a_stack() {
        let mut last = Arc::new(Trace::default());
        for _ in 0..1_000_000 {
            last = Arc::new(Trace { lookups: Vec::new(), used: vec![last] });
        }
        drop(last);
    }
}
