//! Where a function literal or an address goes, from the place where it is written: what of it can still be run or read
//! when the iteration is over. It says how and where something leaves the iteration, never whether the loop goes on
//! after that, or waits; `lifetime` does.
//!
//! What is handed to an unknown callee is lost from sight, and counts as used at once.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use golint_sdk::prelude::*;

use super::address;
use super::keepers::Keeper;
use super::trail::Trail;

/// How something leaves the iteration.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'f> {
    /// By a go statement.
    Go,
    /// By a defer statement of a function that is still running when the iteration is over.
    Defer,
    /// By an assignment to what this expression stands for. True: it is added to what is there, as by append.
    Stored(Node<'f>, bool),
    /// By a channel.
    Sent,
    /// By a call of a keeper.
    Kept(&'static Keeper),
    /// As the body of a subtest that calls `t.Parallel`, here.
    Parallel(Node<'f>),
}

/// One way out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escape<'f> {
    /// How.
    pub(super) way: Way<'f>,
    /// The statement or call that does it.
    pub(super) at: Node<'f>,
    /// What runs later: the function literal, or the call of a go or defer statement.
    pub(super) run: Option<Node<'f>>,
    /// Where in `run` the variable is used, or what holds it.
    pub(super) via: Node<'f>,
    /// It stands in a literal that an unknown callee may or may not call.
    pub(super) is_unsure: bool,
}

/// What becomes of a literal or an address.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate<'f> {
    pub(super) escapes: Vec<Escape<'f>>,
    /// An unknown callee got it.
    pub(super) is_lost: bool,
}

/// Answers about one loop. Answers about literals are kept: many uses stand in one.
pub(super) struct Escapes<'f> {
    pub(super) body: Node<'f>,
    literals: RefCell<HashMap<Node<'f>, Fate<'f>>>,
    open: RefCell<HashSet<Node<'f>>>,
    /// How often an answer was cut short, by a cycle or a limit: what was cut is not kept.
    cuts: Cell<u32>,
    /// How many expressions may still be followed.
    budget: Cell<u32>,
}

/// Literals nested deeper than this, or held by longer chains of variables, count as used at once.
const MAX_DEPTH: u32 = 24;
/// So many expressions are followed for one loop.
const MAX_CARRIERS: u32 = 20_000;

impl<'f> Escapes<'f> {
    /// For the loop with this body.
    pub(super) fn new(body: Node<'f>) -> Self {
        Escapes {
            body,
            literals: RefCell::default(),
            open: RefCell::default(),
            cuts: Cell::new(0),
            budget: Cell::new(MAX_CARRIERS),
        }
    }

    /// All ways by which the use of a shared variable leaves the iteration, those of the outermost literal first.
    pub(super) fn of_use(&self, identifier: Node<'f>) -> Vec<(Escape<'f>, Reach)> {
        let mut found: Vec<_> = self.around(identifier, 0).into_iter().map(|escape| (escape, Reach::Literal)).collect();
        if let Some(base) = address::base(identifier) {
            found.extend(self.of_value(base, None, 0).escapes.into_iter().map(|escape| (escape, Reach::Address)));
        }
        found
    }

    /// The ways of all literals inside the body that this node stands in, from the outermost inwards.
    pub(super) fn around(&self, node: Node<'f>, depth: u32) -> Vec<Escape<'f>> {
        let mut literals: Vec<_> =
            node.ancestors().take_while(|n| *n != self.body).filter(|n| n.is(kind::FUNC_LITERAL)).collect();
        literals.reverse();
        let mut found = Vec::new();
        let mut is_unsure = false;
        for literal in literals {
            let fate = self.of_literal(literal, depth + 1);
            for mut escape in fate.escapes {
                if escape.run.is_none_or(|run| run.contains(node)) {
                    escape.via = node;
                }
                escape.is_unsure |= is_unsure;
                found.push(escape);
            }
            is_unsure |= fate.is_lost;
        }
        found
    }

    fn of_literal(&self, literal: Node<'f>, depth: u32) -> Fate<'f> {
        if let Some(known) = self.literals.borrow().get(&literal) {
            return known.clone();
        }
        // A literal that calls itself through its variable is nothing new; a chain too long is not followed.
        if depth > MAX_DEPTH || !self.open.borrow_mut().insert(literal) {
            self.cuts.set(self.cuts.get() + 1);
            return Fate::default();
        }
        let cuts = self.cuts.get();
        let fate = self.of_value(literal, Some(literal), depth);
        self.open.borrow_mut().remove(&literal);
        // Inside of a cycle the answer depends on where it was entered.
        if self.cuts.get() == cuts || self.open.borrow().is_empty() {
            self.literals.borrow_mut().insert(literal, fate.clone());
        }
        fate
    }

    /// Follows the value of an expression: a function literal, or an address.
    fn of_value(&self, expression: Node<'f>, literal: Option<Node<'f>>, depth: u32) -> Fate<'f> {
        let mut trail = Trail::new(self, expression, literal, depth);
        while let Some(carrier) = trail.next() {
            let Some(budget) = self.budget.get().checked_sub(1) else { break };
            self.budget.set(budget);
            trail.follow(carrier);
        }
        trail.fate
    }
}

/// How a use reaches the variable after the iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It stands in a function literal.
    Literal,
    /// Its address left the iteration.
    Address,
}
