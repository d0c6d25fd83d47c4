//! What of something that runs later comes first: the use of the variable, or a signal. It never looks at who waits.

use golint_sdk::prelude::*;

use super::access;
use super::address;
use super::callee;
use super::control_flow::{Event, Point, Verdict, function_around, statement_of};
use super::signals::Later;

/// Where a function does something.
#[derive(Clone, Copy, Debug)]
enum When<'f> {
    /// In the course of its statements, here.
    Here(Node<'f>),
    /// When it ends, by this defer statement.
    AtEnd(Node<'f>),
    /// Whenever: on another goroutine.
    Elsewhere,
}

impl<'f> Later<'_, 'f> {
    /// Is the use over when this signal is given?
    pub(super) fn is_before(&self, signal: Node<'f>, drained: bool) -> bool {
        match (self.when(self.via), self.when(signal)) {
            (When::Elsewhere, When::Elsewhere) => self.is_before_inside(signal),
            (When::Elsewhere, _) => false,
            (_, When::Elsewhere) | (When::Here(_), When::AtEnd(_)) => true,
            // What is done about a panic is not done once the last statement was reached.
            (When::AtEnd(_), When::Here(_)) => self.is_used_in_recovery() && self.is_last(signal),
            // The last one registered runs first.
            (When::AtEnd(of_use), When::AtEnd(of_signal)) => {
                if of_use == of_signal {
                    self.via.start() <= signal.start() || signal.contains(self.via)
                } else {
                    of_use.start() > of_signal.start()
                }
            }
            (When::Here(at_use), When::Here(at_signal)) => {
                if drained {
                    return at_use.start() < at_signal.end();
                }
                self.no_way_back(at_signal, at_use)
            }
        }
    }

    /// Is the signal given on a further goroutine, which may do so whenever?
    pub(super) fn is_elsewhere(&self, signal: Node<'f>) -> bool {
        matches!(self.when(signal), When::Elsewhere)
    }

    /// In the order in which they are given, as far as no loop repeats them.
    pub(super) fn in_order(&self, mut signals: Vec<Node<'f>>) -> Vec<Node<'f>> {
        signals.sort_by_key(|signal| match self.when(*signal) {
            When::Here(_) | When::Elsewhere => (false, signal.start()),
            When::AtEnd(statement) => (true, u32::MAX - statement.start()),
        });
        signals
    }

    /// Does the use stand where `recover()` returned something: behind `if r := recover(); r != nil`?
    fn is_used_in_recovery(&self) -> bool {
        let mut at = self.via;
        while let Some(parent) = at.parent().filter(|p| *p != self.run) {
            let is_behind = parent.is(kind::IF_STATEMENT) && at.field() == field::CONSEQUENCE;
            if is_behind && parent.child(field::CONDITION).is_some_and(is_recovered) {
                return true;
            }
            at = parent;
        }
        false
    }

    /// Does the literal do nothing behind the signal that could panic?
    fn is_last(&self, signal: Node<'f>) -> bool {
        let Some(body) = self.run.child(field::BODY).filter(|_| function_around(signal) == Some(self.run)) else {
            return false;
        };
        !self.flow.of(body).walk([Point::Leave(statement_of(signal))], |event| match event {
            Event::Part(part) if !part.is(kind::RETURN_STATEMENT) || part.named_children().next().is_some() => {
                Verdict::Found
            }
            _ => Verdict::On,
        })
    }

    /// Both stand on one further goroutine that the literal starts: in one literal that this runs, or is handed.
    fn is_before_inside(&self, signal: Node<'f>) -> bool {
        let inner = |n: Node<'f>| {
            let literals = n.ancestors().take_while(|a| *a != self.run).filter(|a| a.is(kind::FUNC_LITERAL));
            let statement = |literal: Node<'f>| access::call_with(literal).and_then(Node::parent);
            literals.into_iter().find(|literal| statement(*literal).is_some_and(|s| s.is(kind::GO_STATEMENT)))
        };
        match (inner(self.via), inner(signal)) {
            (Some(a), Some(b)) if a == b => Later::new(self.flow, a, self.via, None, None).is_before(signal, false),
            _ => false,
        }
    }

    fn no_way_back(&self, signal: Node<'f>, to: Node<'f>) -> bool {
        let Some(body) = function_around(signal).and_then(|f| f.child(field::BODY)) else { return false };
        if !body.contains(to) {
            return to.start() < signal.end();
        }
        let statement = statement_of(signal);
        if statement.contains(to) && to.start() > signal.end() {
            return false;
        }
        !self.flow.of(body).walk([Point::Leave(statement)], |event| match event {
            // The next round is about something else.
            Event::At(Point::Next(node)) if Some(node) == self.round => Verdict::Stop,
            Event::Part(part) if part.contains(to) => Verdict::Found,
            _ => Verdict::On,
        })
    }

    /// When the literal comes to the node. Literals that are called at once or handed to a callee count as run where
    /// they stand.
    fn when(&self, node: Node<'f>) -> When<'f> {
        let mut at = node;
        let mut when = When::Here(node);
        while let Some(function) = function_around(at).filter(|f| *f != self.run && self.run.contains(*f)) {
            when = match access::call_with(function).and_then(Node::parent) {
                Some(statement) if statement.is(kind::GO_STATEMENT) => return When::Elsewhere,
                Some(statement) if statement.is(kind::DEFER_STATEMENT) => When::AtEnd(statement),
                _ => When::Here(function),
            };
            at = function;
        }
        // `defer wg.Done()` and `go wg.Done()`: the call itself comes later, what it is given was evaluated at once.
        let statement = node.ancestors().take_while(|n| *n != self.run).find(|n| access::is_go_or_defer(*n));
        match (when, statement) {
            (When::Here(here), Some(statement)) if here == node && !is_evaluated_at_once(node, statement) => {
                if statement.is(kind::GO_STATEMENT) {
                    When::Elsewhere
                } else {
                    When::AtEnd(statement)
                }
            }
            _ => when,
        }
    }
}

/// Function value, receiver and arguments of a deferred call are evaluated where the statement stands, the call runs
/// later, and what was handed over by its address is read later.
fn is_evaluated_at_once(node: Node<'_>, statement: Node<'_>) -> bool {
    let is_call = statement.named_children().next() == Some(node);
    !(is_call || node.is(kind::IDENTIFIER) && address::base(node).is_some())
}

/// `r != nil`, of what `recover()` returned.
fn is_recovered(condition: Node<'_>) -> bool {
    let condition = condition.unparenthesized();
    let is_unequal = condition.child(field::OPERATOR).is_some_and(|o| o.is(kind::NOT_EQUAL));
    let is_recover = |value: Node<'_>| callee::is_builtin_call(value, "recover");
    is_unequal
        && condition.named_children().any(|n| n.is(kind::NIL))
        && condition.named_children().map(Node::unparenthesized).any(|n| {
            let made = || n.resolve().and_then(callee::initial_value).map(|(value, _)| value);
            is_recover(n) || n.is(kind::IDENTIFIER) && made().is_some_and(is_recover)
        })
}
