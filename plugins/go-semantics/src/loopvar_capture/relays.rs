//! Goroutines in between: one of the loop's body that waits for another before it gives its own signal. It never follows a
//! chain of more than a few.

use golint_sdk::prelude::*;

use super::access;
use super::control_flow::{Event, Point, Verdict, function_around};
use super::signals::{Awaited, Later, What};
use super::waits::{Wait, Waits};

/// A chain of so many goroutines is followed, each of them looked for among so many.
const MAX_CHAIN: usize = 2;
const MAX_GOROUTINES: usize = 8;

impl<'f> Waits<'_, 'f> {
    /// Do other goroutines of the body give what is awaited, and only after they waited for the use?
    pub(super) fn is_relayed(&self, awaited: &Awaited<'f>) -> bool {
        if !matches!(awaited.what, What::Channel | What::Closed | What::Group) {
            return false;
        }
        if let Some((_, known)) = self.relayed.borrow().iter().find(|(a, _)| a == awaited) {
            return *known;
        }
        if self.chain.borrow().len() >= MAX_CHAIN || !self.later.strong_signals(awaited).is_empty() {
            return false;
        }
        let Some(mentions) = self.flow.mentions(awaited.access.root) else { return false };
        let mut goroutines: Vec<_> = mentions.iter().filter_map(|n| self.other_goroutine(*n)).collect();
        goroutines.dedup();
        if goroutines.len() > MAX_GOROUTINES {
            return false;
        }
        let mut answers = goroutines.into_iter().filter_map(|literal| {
            let signals =
                Later::new(self.flow, literal, literal, None, access::started_call(literal)).strong_signals(awaited);
            (!signals.is_empty()).then(|| self.is_behind_wait(literal, &signals))
        });
        // A group waits for all of its members, a receive for any.
        let is_relayed = match awaited.what {
            What::Group => answers.any(|behind| behind),
            _ => answers.next().is_some_and(|behind| behind) && answers.all(|behind| behind),
        };
        // In the middle of a chain it depends on where that began.
        if self.chain.borrow().is_empty() {
            self.relayed.borrow_mut().push((awaited.clone(), is_relayed));
        }
        is_relayed
    }

    /// The goroutine of the body, other than the one that uses the variable, in which the reference stands.
    fn other_goroutine(&self, reference: Node<'f>) -> Option<Node<'f>> {
        let literal = goroutine_around(reference)?;
        let is_other = self.statement.contains(literal)
            && !self.later.run.contains(reference)
            && !literal.contains(self.later.run)
            && !self.chain.borrow().contains(&literal);
        is_other.then_some(literal)
    }

    fn is_behind_wait(&self, literal: Node<'f>, signals: &[Node<'f>]) -> bool {
        let Some(body) = literal.child(field::BODY) else { return false };
        let is_deferred =
            |n: &Node<'f>| n.ancestors().take_while(|a| *a != literal).any(|a| a.is(kind::DEFER_STATEMENT));
        let (at_end, here): (Vec<_>, Vec<_>) = signals.iter().copied().partition(is_deferred);
        self.chain.borrow_mut().push(literal);
        let passes = self.flow.of(body).walk([Point::Enter(body)], |event| match event {
            Event::Part(part) if part.is(kind::DEFER_STATEMENT) => Verdict::On,
            event if self.at(event) == Wait::Yes => Verdict::Stop,
            Event::Part(part) if here.iter().any(|signal| part.contains(*signal)) => Verdict::Found,
            Event::Part(part) if part.is(kind::RETURN_STATEMENT) && function_around(part) == Some(literal) => {
                if at_end.is_empty() { Verdict::On } else { Verdict::Found }
            }
            Event::At(Point::Leave(node)) if node == body && !at_end.is_empty() => Verdict::Found,
            _ => Verdict::On,
        });
        self.chain.borrow_mut().pop();
        !passes
    }
}

/// The literal around the node that a go statement starts.
pub(super) fn goroutine_around(node: Node<'_>) -> Option<Node<'_>> {
    node.ancestors().find(|n| n.is(kind::FUNC_LITERAL) && access::started_call(*n).is_some())
}
