//! Answers of one file model that are asked for again and again. They are remembered by what was asked, and for the life
//! of the model only: its sources never change.

use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::object::Object;
use crate::types::Type;

/// Answers to one question.
pub(super) struct Remembered<K, T>(Mutex<FxHashMap<K, T>>);

impl<K, T> Default for Remembered<K, T> {
    fn default() -> Self {
        Remembered(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash, T: Clone> Remembered<K, T> {
    /// The answer; computed, without the lock, if nobody asked before.
    pub(super) fn get(&self, key: &K, compute: impl FnOnce() -> T) -> T {
        if let Some(answer) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key) {
            return answer.clone();
        }
        let answer = compute();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_insert(answer).clone()
    }
}

/// What all platforms of the file agree about, or that they don't.
#[derive(Default)]
pub(super) struct Agreed {
    pub(super) underlying: Remembered<Type, Option<Type>>,
    pub(super) methods: Remembered<Type, Option<Vec<Object>>>,
    pub(super) comparable: Remembered<Type, Option<bool>>,
    pub(super) related: Remembered<(Relation, Type, Type), Option<bool>>,
}

/// How two types may be related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Relation {
    Identical,
    Assignable,
    Convertible,
    Implements,
}
