//! Build constraints: `//go:build` and `// +build` lines and file name suffixes, turned into sets of platforms.
//!
//! Constraints are evaluated over all platforms at once and obeyed nowhere: no file is left out because of the machine
//! that this program runs on. This module reads expressions only; where in a file they count, golint-syntax's header scan
//! knows.

mod file_name;
mod parse;
mod tag;

use std::collections::BTreeSet;

use crate::{GoVersion, PlatformSet};
use tag::Meaning;

pub use file_name::platforms_of_name;
pub use parse::ConstraintError;

/// A parsed build constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    tags: Vec<String>,
    /// In postfix order: operands before their operator.
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Index into the tags.
    Tag(usize),
    Not,
    And,
    Or,
}

/// More combinations of unknown tags than this are not tried one by one.
const MAX_COMBINATIONS: usize = 4096;

impl Constraint {
    /// Reads what follows `//go:build`.
    ///
    /// # Errors
    /// What go/build/constraint does not accept, that is also more than 1000 operands.
    pub fn parse_go_build(text: &str) -> Result<Constraint, ConstraintError> {
        parse::go_build(text)
    }

    /// Reads what follows `// +build`. Words that are no tags stand for the tag `ignore`, as in go/build/constraint.
    ///
    /// # Errors
    /// More than 100 operators.
    pub fn parse_plus_build(text: &str) -> Result<Constraint, ConstraintError> {
        parse::plus_build(text)
    }

    /// Both constraints together, as several `// +build` lines are meant.
    #[must_use]
    pub fn and(mut self, other: Constraint) -> Constraint {
        let tags = self.tags.len();
        self.tags.extend(other.tags);
        self.steps.extend(other.steps.into_iter().map(|step| match step {
            Step::Tag(i) => Step::Tag(i + tags),
            operator => operator,
        }));
        self.steps.push(Step::And);
        self
    }

    /// The platforms on which some configuration satisfies the constraint.
    ///
    /// A configuration chooses custom tags, cgo (where the platform has it), the toolchain (gc or gccgo) and its release
    /// (which satisfies `go1.N` for all N up to its own). Release tags are left open although the newest Go is known:
    /// what stands behind `!go1.21` is real code for somebody.
    pub fn platforms(&self) -> PlatformSet {
        self.possible(|_| None)
    }

    /// The platforms on which it can be satisfied without any custom tag.
    pub fn platforms_without_custom_tags(&self) -> PlatformSet {
        self.possible(|tag| matches!(tag::meaning(tag), Meaning::Custom(_)).then_some(false))
    }

    /// The platforms on which it can be satisfied without this tag, whatever the tag means.
    pub fn platforms_without(&self, excluded: &str) -> PlatformSet {
        self.possible(|tag| (tag == excluded).then_some(false))
    }

    /// The platforms on which a plain `go build` of the newest known Go takes the file: gc, no custom tags, with or without
    /// cgo.
    pub fn platforms_by_default(&self) -> PlatformSet {
        self.possible(|tag| match tag::meaning(tag) {
            Meaning::Custom(_) => Some(false),
            Meaning::Release(n) => Some(n <= GoVersion::NEWEST.minor),
            Meaning::Compiler { gc } => Some(gc),
            Meaning::Platforms(_) | Meaning::Cgo => None,
        })
    }

    /// The tags that occur, in the order of the text, with repetitions.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(String::as_str)
    }

    /// The platforms on which some choice of the open tags satisfies the constraint. `fixed` takes tags out of the
    /// choice.
    fn possible(&self, fixed: impl Fn(&str) -> Option<bool>) -> PlatformSet {
        let operands: Vec<Operand> = self
            .tags
            .iter()
            .map(|tag| match (fixed(tag), tag::meaning(tag)) {
                (Some(true), _) => Operand::known(PlatformSet::ALL),
                (Some(false), _) => Operand::known(PlatformSet::EMPTY),
                (None, Meaning::Platforms(set)) => Operand::known(set),
                (None, Meaning::Custom(limit)) => Operand { open: Some(Open::Custom(tag.clone())), limit },
                (None, Meaning::Cgo) => {
                    Operand { open: Some(Open::Custom(tag.clone())), limit: PlatformSet::of(|p| p.cgo) }
                }
                (None, Meaning::Release(n)) => Operand { open: Some(Open::Release(n)), limit: PlatformSet::ALL },
                (None, Meaning::Compiler { gc }) => Operand { open: Some(Open::Compiler(gc)), limit: PlatformSet::ALL },
            })
            .collect();

        // First with every occurrence of an open tag for itself. That is an upper bound, and exact if none depends on
        // another.
        let (bound, _) = self.evaluate(|i| {
            let operand = &operands[i];
            match operand.open {
                Some(_) => (operand.limit, PlatformSet::ALL),
                None => (operand.limit, !operand.limit),
            }
        });
        let mut custom: Vec<&str> = Vec::new();
        let mut releases = BTreeSet::new();
        let mut compilers = 0;
        let mut open = 0;
        for operand in &operands {
            open += usize::from(operand.open.is_some());
            // More can't all be tried.
            if 1 << custom.len() > MAX_COMBINATIONS {
                return bound;
            }
            match &operand.open {
                Some(Open::Custom(tag)) if !custom.contains(&tag.as_str()) => custom.push(tag),
                Some(Open::Release(n)) => _ = releases.insert(*n),
                Some(Open::Compiler(_)) => compilers = 1,
                Some(Open::Custom(_)) | None => {}
            }
        }
        let independent = custom.len() + usize::from(!releases.is_empty()) + compilers;
        // A release r satisfies go1.N for N <= r, so that the largest release that satisfies nothing is one choice, and
        // each number that occurs is another.
        let choices = releases.len() + 1;
        let combinations = u32::try_from(custom.len())
            .ok()
            .and_then(|n| 1usize.checked_shl(n))
            .and_then(|n| n.checked_mul(choices << compilers))
            .filter(|n| *n <= MAX_COMBINATIONS);
        let Some(combinations) = combinations.filter(|_| open > independent) else { return bound };

        let releases: Vec<u32> = releases.into_iter().collect();
        let mut found = PlatformSet::EMPTY;
        for combination in 0..combinations {
            let release = (combination % choices).checked_sub(1).map(|i| releases[i]);
            let gc = combination / choices % 2 == 0;
            let customs = (combination / choices) >> compilers;
            let (yes, _) = self.evaluate(|i| {
                let on = match &operands[i].open {
                    None => true,
                    Some(Open::Custom(tag)) => {
                        custom.iter().position(|c| c == tag).is_some_and(|c| customs >> c & 1 == 1)
                    }
                    Some(Open::Release(n)) => release.is_some_and(|r| *n <= r),
                    Some(Open::Compiler(wanted)) => *wanted == gc,
                };
                let set = if on { operands[i].limit } else { PlatformSet::EMPTY };
                (set, !set)
            });
            found |= yes;
            if found == bound {
                break;
            }
        }
        found
    }

    /// Where the constraint can be true, and where it can be false, given the same of each operand.
    fn evaluate(&self, operand: impl Fn(usize) -> (PlatformSet, PlatformSet)) -> (PlatformSet, PlatformSet) {
        self.fold(
            operand,
            |(yes, no)| (no, yes),
            |(yes, no), (yes2, no2)| (yes & yes2, no | no2),
            |(yes, no), (yes2, no2)| (yes | yes2, no & no2),
        )
        .unwrap_or((PlatformSet::ALL, PlatformSet::EMPTY))
    }

    /// The version that the constraint implies, exactly as go/build/constraint.GoVersion has it: `&&` takes the larger,
    /// `||` the smaller, and a negated tag implies nothing.
    pub fn go_version(&self) -> Option<GoVersion> {
        // Both for the expression and for its negation; -1 is "implies nothing", as there.
        let (minor, _) = self.fold(
            |i| (tag::implied_release(&self.tags[i]).map_or(-1, i64::from), -1),
            |(x, not_x)| (not_x, x),
            |(x, not_x), (y, not_y)| (x.max(y), not_x.min(not_y)),
            |(x, not_x), (y, not_y)| (x.min(y), not_x.max(not_y)),
        )?;
        u32::try_from(minor).ok().map(|minor| GoVersion::new(1, minor))
    }

    fn fold<T>(
        &self,
        operand: impl Fn(usize) -> T,
        not: impl Fn(T) -> T,
        and: impl Fn(T, T) -> T,
        or: impl Fn(T, T) -> T,
    ) -> Option<T> {
        let mut stack = Vec::new();
        for step in &self.steps {
            let value = match step {
                Step::Tag(i) => operand(*i),
                Step::Not => not(stack.pop()?),
                Step::And | Step::Or => {
                    let right = stack.pop()?;
                    let left = stack.pop()?;
                    if *step == Step::And { and(left, right) } else { or(left, right) }
                }
            };
            stack.push(value);
        }
        stack.pop()
    }
}

/// An occurrence of a tag, in one question.
struct Operand {
    /// None: it holds on the platforms of `limit`, and nowhere else.
    open: Option<Open>,
    /// Where it holds at most.
    limit: PlatformSet,
}

impl Operand {
    fn known(limit: PlatformSet) -> Operand {
        Operand { open: None, limit }
    }
}

/// What a configuration chooses.
enum Open {
    Custom(String),
    Release(u32),
    Compiler(bool),
}

#[cfg(test)]
mod tests;
