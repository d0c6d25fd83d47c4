//! What is known so far of a migration. Collects, and decides nothing.

use std::collections::{HashMap, HashSet};

use crate::document::Place;
use crate::{Kept, Migration, Note, Version, shown};

/// Parts of golint.toml, each with where it comes from, and what there is to tell.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) version: Version,
    pub(crate) exclude: Vec<Sourced<String>>,
    pub(crate) include_generated: Option<Sourced<bool>>,
    pub(crate) ignore: Vec<Sourced<String>>,
    pub(crate) per_file_ignores: Vec<PerFileIgnore>,
    pub(crate) rules: Vec<RuleTable>,
    pub(crate) kept: Vec<Kept>,
    lost: Vec<(Place, Note)>,
    needless: Vec<(Place, Note)>,
    pub(crate) command: Option<String>,
    /// What `exclude` has, and where `per_file_ignores` has a glob.
    excluded: HashSet<String>,
    ignored_in: HashMap<String, usize>,
}

/// Something with the key that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) from: String,
}

/// A line of `[per-file-ignores]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PerFileIgnore {
    pub(crate) glob: String,
    pub(crate) rules: Vec<String>,
    pub(crate) from: Vec<String>,
}

/// A `[rules.ID]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleTable {
    pub(crate) name: String,
    pub(crate) severity: Option<Sourced<&'static str>>,
    pub(crate) aliases: Vec<String>,
}

impl Draft {
    pub(crate) fn new(version: Version) -> Draft {
        Draft {
            version,
            exclude: Vec::new(),
            include_generated: None,
            ignore: Vec::new(),
            per_file_ignores: Vec::new(),
            rules: Vec::new(),
            kept: Vec::new(),
            lost: Vec::new(),
            needless: Vec::new(),
            command: None,
            excluded: HashSet::new(),
            ignored_in: HashMap::new(),
        }
    }

    /// Something that has no counterpart.
    pub(crate) fn lose(&mut self, key: &str, place: Place, message: impl Into<String>) {
        self.lose_with(key, place, message, None);
    }

    /// The same, with what can be done about it.
    pub(crate) fn lose_with(&mut self, key: &str, place: Place, message: impl Into<String>, help: Option<String>) {
        self.lost.push((place, note(key, place, message, help)));
    }

    /// Something that is not needed here.
    pub(crate) fn need_not(&mut self, key: &str, place: Place, message: impl Into<String>) {
        self.needless.push((place, note(key, place, message, None)));
    }

    pub(crate) fn exclude(&mut self, glob: String, from: String) {
        if self.excluded.insert(glob.clone()) {
            self.exclude.push(Sourced { value: glob, from });
        }
    }

    pub(crate) fn ignore(&mut self, rule: &str, from: String) {
        if self.ignore.iter().all(|other| other.value != rule) {
            self.ignore.push(Sourced { value: rule.to_owned(), from });
        }
    }

    pub(crate) fn ignore_in(&mut self, glob: String, rules: &[String], from: &str) {
        let at = *self.ignored_in.entry(glob.clone()).or_insert_with(|| {
            self.per_file_ignores.push(PerFileIgnore { glob, rules: Vec::new(), from: Vec::new() });
            self.per_file_ignores.len() - 1
        });
        let line = &mut self.per_file_ignores[at];
        for rule in rules {
            if !line.rules.contains(rule) {
                line.rules.push(rule.clone());
            }
        }
        if line.from.last().is_none_or(|other| other != from) {
            line.from.push(from.to_owned());
        }
    }

    /// The table of a rule.
    pub(crate) fn rule(&mut self, name: &str) -> &mut RuleTable {
        let at = self.rules.iter().position(|table| table.name == name).unwrap_or_else(|| {
            self.rules.push(RuleTable { name: name.to_owned(), severity: None, aliases: Vec::new() });
            self.rules.len() - 1
        });
        &mut self.rules[at]
    }

    pub(crate) fn into_migration(mut self, golint_toml: String) -> Migration {
        let in_order = |notes: &mut Vec<(Place, Note)>| {
            notes.sort_by_key(|(place, _)| *place);
            std::mem::take(notes).into_iter().map(|(_, note)| note).collect()
        };
        Migration {
            golint_toml,
            version: self.version,
            kept: self.kept,
            lost: in_order(&mut self.lost),
            needless: in_order(&mut self.needless),
            command: self.command,
        }
    }
}

fn note(key: &str, place: Place, message: impl Into<String>, help: Option<String>) -> Note {
    Note { key: shown(key), line: place.line, message: message.into(), help }
}
