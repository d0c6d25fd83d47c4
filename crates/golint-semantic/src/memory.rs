//! Answers that were computed once, by object and platform. Only finished answers are kept, never a cut; which of two
//! racing threads comes first makes no difference, since both find the same.

use std::sync::{Arc, Mutex, PoisonError};

use golint_project::PlatformSet;
use rustc_hash::FxHashMap;

use crate::dependency::Trace;
use crate::object::Object;
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
}

#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Type(Type),
    Constant(Constant),
}

#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) on: PlatformSet,
    /// None: unknown.
    pub(crate) outcome: Option<Outcome>,
    /// How many steps deep the computation went.
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
        if !known.iter().any(|e| e.on.contains(platform)) {
            known.push(entry);
        }
    }
}
