//! Calls that may wait for a signal because something that they work on holds it: `&job{done: done}`, or a variable that
//! was made like that, or got it later by `cmd.Stdin = r`. It never follows what holds that in turn.

use golint_sdk::prelude::*;

use super::access;
use super::callee::{self, Callee};
use super::frames;
use super::signals::{What, is_signalling};
use super::stores;
use super::waits::{Wait, Waits, is_pipe};

impl<'f> Waits<'_, 'f> {
    /// Does the call work on something that holds what the end of the use is signalled by, so that it may wait for it?
    pub(super) fn is_given_holder(&self, call: Node<'f>, callee: &Callee<'f>) -> bool {
        let is_idle = match frames::shown(call, callee) {
            Some(function) => function.child(field::BODY).is_none_or(|body| self.flow.is_inert(body)),
            None => !stores::may_look(call),
        };
        let receiver = match callee {
            Callee::Method(operand, _) => Some(*operand),
            _ => None,
        };
        !is_idle && callee::arguments(call).into_iter().chain(receiver).any(|given| self.holds_signal(given))
    }

    fn holds_signal(&self, given: Node<'f>) -> bool {
        let given = composite_or(given);
        if given.is(kind::COMPOSITE_LITERAL) {
            return self.mentions_in_value(given);
        }
        let Some(holder) = self.frames.reach(given) else { return false };
        let made = callee::initial_value(holder.root).map(|(value, _)| composite_or(value));
        if made.is_some_and(|value| value.is(kind::COMPOSITE_LITERAL) && self.mentions_in_value(value)) {
            return true;
        }
        let Some(mentions) = self.flow.mentions(holder.root) else { return false };
        mentions.iter().any(|mention| {
            part_of(*mention).and_then(access::value_of).is_some_and(|value| self.mentions_in_value(value))
        })
    }

    /// Does the value, or a literal in it, name what is signalled?
    fn mentions_in_value(&self, value: Node<'f>) -> bool {
        let is_key = |n: Node<'f>| n.field() == field::KEY;
        value.subtree().any(|part| {
            matches!(part.kind(), kind::IDENTIFIER | kind::SELECTOR_EXPRESSION)
                && !self.later.run.contains(part)
                && !part.ancestors().take_while(|n| *n != value).any(is_key)
                && self.is_signalled_by(part)
        })
    }

    fn is_signalled_by(&self, part: Node<'f>) -> bool {
        let Some(access) = self.frames.reach(part) else { return false };
        if is_pipe(access.root) {
            return self.wait_for(&What::Pipe.of(access)) == Wait::Yes;
        }
        part.type_of().is_some_and(is_signalling)
            && [What::Any, What::Channel].iter().any(|what| self.wait_for(&what.of(access.clone())) == Wait::Yes)
    }
}

/// The composite literal of `&T{…}`; anything else as it is.
fn composite_or(value: Node<'_>) -> Node<'_> {
    let value = value.unparenthesized();
    let operand = value.child(field::OPERAND).filter(|_| access::is_unary(value, kind::AMPERSAND));
    operand.map(Node::unparenthesized).filter(|o| o.is(kind::COMPOSITE_LITERAL)).unwrap_or(value)
}

/// The whole of `v.f`, `v.f[i].g`, where the identifier is the `v`.
fn part_of(identifier: Node<'_>) -> Option<Node<'_>> {
    let mut at = access::parenthesized(identifier);
    while let Some(parent) = at.parent().filter(|p| {
        matches!(p.kind(), kind::SELECTOR_EXPRESSION | kind::INDEX_EXPRESSION) && at.field() == field::OPERAND
    }) {
        at = access::parenthesized(parent);
    }
    (at != access::parenthesized(identifier)).then_some(at)
}
