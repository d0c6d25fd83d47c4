//! Answers that were computed once, by object and platform. A cut is never kept as an answer, only how deep the
//! computation goes at least. Which of two racing threads comes first makes no difference, since both find the same.

use std::sync::{Arc, Mutex, PoisonError};

use golint_project::PlatformSet;
use rustc_hash::FxHashMap;

use crate::dependency::Trace;
use crate::evaluation::Member;
use crate::object::{Object, Place};
use crate::sizes::Layout;
use crate::types::{Basic, Type};
use crate::value::Value;

/// A constant: its value, and the predeclared type (or untyped kind) under its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Constant {
    pub(crate) value: Value,
    pub(crate) basic: Basic,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    TypeOf(Object),
    ConstantOf(Object),
    Underlying(Object),
    /// The field or method of this name, as the file sees it.
    Member(Type, Arc<str>, u32),
    Layout(Type),
    /// Of a part of a chain of operators, with the value of iota.
    ChainType(Place, Option<u64>),
    ChainConstant(Place, Option<u64>),
}

#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Type(Type),
    Constant(Constant),
    Member(Arc<Member>),
    Layout(Layout),
}

/// What a computation came to.
#[derive(Clone, Debug)]
pub(crate) enum Finding {
    Answer(Outcome),
    Unknown,
    /// It was cut. That is no answer: who may go deeper computes again. But who may not need not try.
    Deeper,
}

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) on: PlatformSet,
    pub(crate) finding: Finding,
    /// How many steps deep the computation goes; for one that was cut, a bound from below.
    pub(crate) height: u16,
    pub(crate) trace: Arc<Trace>,
}

#[derive(Default)]
pub(crate) struct Memory {
    entries: Mutex<FxHashMap<Key, Vec<Entry>>>,
}

impl Memory {
    pub(crate) fn get(&self, key: &Key, platform: usize) -> Option<Entry> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key)?.iter().find(|e| e.on.contains(platform)).cloned()
    }

    pub(crate) fn insert(&self, key: Key, platform: usize, entry: Entry) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let known = entries.entry(key).or_default();
        match known.iter_mut().find(|e| e.on.contains(platform)) {
            None => known.push(entry),
            Some(before) if matches!(before.finding, Finding::Deeper) && entry.height >= before.height => {
                // Platforms that only the old bound held for are computed again.
                *before = entry;
            }
            Some(_) => {}
        }
    }
}
