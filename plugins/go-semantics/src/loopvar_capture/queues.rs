//! Who gets what is sent: goroutines of the function that receive from the channel, and others out of sight. It never
//! looks at what was sent.

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee;
use super::control_flow::{ControlFlow, Event};
use super::signals::Later;
use super::waits::{Wait, Waits};
use super::{relays, stores, turns};

/// More receivers are as good as any.
const MAX_RECEIVERS: usize = 8;

/// The receivers of a channel.
pub(super) struct Queue<'a, 'f> {
    /// What each goroutine of the function does with what it gets.
    receivers: Vec<Waits<'a, 'f>>,
    /// Somebody out of sight has the channel, who runs when something is called.
    is_given: bool,
    /// The channel came from elsewhere.
    is_foreign: bool,
    /// What those got together with the channel who were started with it.
    answers: Vec<Object<'f>>,
}

impl<'a, 'f> Queue<'a, 'f> {
    /// For what this statement of the loop sends.
    pub(super) fn new(send: Node<'f>, statement: Node<'f>, flow: &'a ControlFlow<'f>) -> Option<Self> {
        let channel = send.child(field::CHANNEL).and_then(Access::of)?;
        let mut queue = Queue {
            receivers: Vec::new(),
            is_given: false,
            is_foreign: !channel.steps.is_empty() || is_foreign(channel.root),
            answers: Vec::new(),
        };
        let Some(mentions) = flow.mentions(channel.root) else {
            queue.is_given = true;
            return Some(queue);
        };
        for receive in mentions.iter().filter_map(|n| turns::receive_of(*n, &channel)) {
            let list = receive.parent().filter(|p| p.is(kind::ARGUMENT_LIST)).and_then(Node::parent);
            let is_ranged = receive.parent().is_some_and(|p| p.is(kind::RANGE_CLAUSE));
            let goroutine = relays::goroutine_around(receive);
            match (goroutine, list) {
                (Some(literal), _) if access::is_unary(receive, kind::ARROW) || is_ranged => {
                    queue.receivers.push(receiver(literal, receive, statement, flow));
                }
                (None, Some(call)) if call.parent().is_some_and(|s| s.is(kind::GO_STATEMENT)) => {
                    let others = callee::arguments(call).into_iter().filter_map(Access::of).map(|a| a.root);
                    queue.answers.extend(others.filter(|o| *o != channel.root));
                }
                _ => queue.is_given = true,
            }
        }
        queue.is_given |= queue.receivers.len() > MAX_RECEIVERS;
        Some(queue)
    }

    /// Does the walk wait here for those who got what was sent?
    pub(super) fn at(&self, event: Event<'f>) -> Wait {
        let is_sure = !self.is_given && !self.is_foreign && self.answers.is_empty();
        let all = self.receivers.iter().take(MAX_RECEIVERS).map(|receiver| receiver.at(event)).min();
        let wait = match all.unwrap_or(Wait::No) {
            Wait::Yes if !is_sure => Wait::Perhaps,
            wait => wait,
        };
        let Event::Part(part) = event else { return wait };
        if part.is(kind::GO_STATEMENT) {
            return wait;
        }
        if part.subtree().any(|node| self.may_be_answer(node)) { wait.max(Wait::Perhaps) } else { wait }
    }

    fn may_be_answer(&self, node: Node<'f>) -> bool {
        match node.kind() {
            kind::UNARY_EXPRESSION if access::is_unary(node, kind::ARROW) => {
                let root = node.child(field::OPERAND).and_then(Access::of).map(|a| a.root);
                self.is_given
                    || root.is_some_and(|root| self.answers.contains(&root) || self.is_foreign && is_foreign(root))
            }
            kind::CALL_EXPRESSION => self.is_given && stores::may_look(node),
            _ => false,
        }
    }
}

fn is_foreign(channel: Object<'_>) -> bool {
    ["parameter", "receiver", "package-level"].iter().any(|property| channel.is(property))
}

/// What the goroutine does with what it receives here: it is done with it behind the last mention.
fn receiver<'a, 'f>(
    literal: Node<'f>,
    receive: Node<'f>,
    statement: Node<'f>,
    flow: &'a ControlFlow<'f>,
) -> Waits<'a, 'f> {
    let round = receive.ancestors().take_while(|n| *n != literal).find(|n| n.is(kind::FOR_STATEMENT));
    let mentions = declared_for(receive).and_then(Object::references).unwrap_or_default();
    let last = mentions.into_iter().filter(|n| literal.contains(*n)).max_by_key(|n| n.start());
    let later = Later::new(flow, literal, last.unwrap_or(receive), None, None).in_round(round);
    Waits::new(statement, flow, later, None)
}

/// The variable that is declared for what is received.
fn declared_for(receive: Node<'_>) -> Option<Object<'_>> {
    let clause = receive.parent().filter(|p| matches!(p.kind(), kind::RANGE_CLAUSE | kind::RECEIVE_STATEMENT));
    let target = match clause {
        Some(clause) => clause.child(field::LEFT)?.named_children().next()?,
        None => access::target_of(receive)?,
    };
    let statement = target.parent()?.parent()?;
    statement.children().any(|n| n.is(kind::DEFINE)).then(|| target.resolve()).flatten()
}
