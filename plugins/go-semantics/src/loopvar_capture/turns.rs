//! Which of several values of a channel a receive gets. It never counts them unless all receives stand one behind the
//! other.

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee::{self, Callee};
use super::signals::What;
use super::waits::{Wait, Waits};

/// The value that a receive gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// It is the only receive.
    Only,
    /// By its number, from 0 on.
    Value(usize),
    /// The last one of several, and its number.
    Last(usize),
    /// Who knows.
    Some,
}

impl<'f> Waits<'_, 'f> {
    /// Is the use over when this receive gets something from the channel?
    pub(super) fn value_waits(&self, receive: Node<'f>, channel: Access<'f>) -> Wait {
        let any = self.wait_for(&What::Channel.of(channel.clone()));
        if any == Wait::Yes || self.wait_for(&What::Last.of(channel.clone())) != Wait::Yes {
            return any;
        }
        match self.turn(receive, &channel) {
            Turn::Only => any,
            Turn::Value(number) => self.wait_for(&What::Value(number).of(channel)),
            // It stands behind all others, so there are as many values as receives, if they can't be counted.
            Turn::Last(number) => match self.wait_for(&What::Value(number).of(channel)) {
                Wait::No => Wait::No,
                _ => Wait::Yes,
            },
            Turn::Some => Wait::Perhaps,
        }
    }

    fn turn(&self, receive: Node<'f>, channel: &Access<'f>) -> Turn {
        let Some(receives) = self.receives_of(channel) else { return Turn::Some };
        // The block that the goroutine is started in.
        let block = self.later.run.ancestors().find(|n| n.is(kind::BLOCK));
        let is_straight = |node: &Node<'f>| node.ancestors().find(|n| is_branch(*n)) == block;
        if receives.len() > 1 && receives.iter().all(is_straight) {
            return match receives.iter().position(|n| *n == receive) {
                Some(i) if i + 1 == receives.len() => Turn::Last(i),
                Some(i) => Turn::Value(i),
                None => Turn::Some,
            };
        }
        match receives.as_slice() {
            [] => Turn::Only,
            [only] if !self.is_repeated(*only) => Turn::Only,
            _ => Turn::Some,
        }
    }

    /// In a loop of its own, or in a literal that may be called several times?
    fn is_repeated(&self, receive: Node<'f>) -> bool {
        let outer = receive.ancestors().take_while(|n| !n.contains(self.later.run) && *n != self.statement);
        outer.into_iter().any(|n| {
            let is_called = || {
                let call = access::parenthesized(n).parent();
                call.is_some_and(|c| c.is(kind::CALL_EXPRESSION))
            };
            n.is(kind::FOR_STATEMENT) || n.is(kind::FUNC_LITERAL) && !is_called()
        })
    }

    /// All places of the loop's body, goroutines apart, that get something from the channel, or may.
    fn receives_of(&self, channel: &Access<'f>) -> Option<Vec<Node<'f>>> {
        let mentions = self.flow.mentions(channel.root)?;
        let is_inside = |n: &Node<'f>| {
            self.statement.contains(*n)
                && !self.later.run.contains(*n)
                && !n.ancestors().take_while(|a| *a != self.statement).any(|a| a.is(kind::GO_STATEMENT))
        };
        let inside = mentions.iter().copied().filter(is_inside);
        let mut receives: Vec<_> = inside.filter_map(|n| receive_of(n, channel)).collect();
        receives.sort_by_key(|n| n.start());
        Some(receives)
    }
}

/// The expression that gets a value from the channel that begins with this reference: `<-c`, or `c` where somebody else
/// gets hold of it.
pub(super) fn receive_of<'f>(reference: Node<'f>, channel: &Access<'f>) -> Option<Node<'f>> {
    let mut at = access::parenthesized(reference);
    while let Some(parent) = at.parent() {
        let is_part = match parent.kind() {
            kind::SELECTOR_EXPRESSION | kind::INDEX_EXPRESSION => at.field() == field::OPERAND,
            _ => false,
        };
        if !is_part {
            break;
        }
        at = access::parenthesized(parent);
    }
    let is_other = Access::of(at).as_ref() != Some(channel) || access::is_written(at);
    let parent = at.parent().filter(|_| !is_other && channel.root.declaration() != Some(reference))?;
    match parent.kind() {
        kind::UNARY_EXPRESSION if access::is_unary(parent, kind::ARROW) => Some(parent),
        kind::SEND_STATEMENT if at.field() == field::CHANNEL => None,
        kind::BINARY_EXPRESSION => None,
        kind::ARGUMENT_LIST => {
            let call = parent.parent()?;
            (!matches!(callee::callee(call), Callee::Builtin(_))).then_some(at)
        }
        _ => Some(at),
    }
}

/// What stands in here may run several times, or not at all.
pub(super) fn is_branch(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        kind::BLOCK
            | kind::FOR_STATEMENT
            | kind::FUNC_LITERAL
            | kind::EXPRESSION_CASE
            | kind::TYPE_CASE
            | kind::DEFAULT_CASE
            | kind::COMMUNICATION_CASE
    ) || access::is_short_circuit(node)
}
