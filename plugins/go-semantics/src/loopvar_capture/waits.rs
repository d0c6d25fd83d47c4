//! Where a loop's body waits for what it started. A wait counts if it can't be passed before the use is over. It never
//! says whether every path of the loop comes by one; `lifetime` does.
//!
//! A select waits only on the paths through its cases, a condition only where it is evaluated in any case, a send only
//! to a channel that is known to have no buffer.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee::{self, Callee};
use super::control_flow::{ControlFlow, Event, Point, Verdict, function_around};
use super::frames::{self, Frames};
use super::keepers;
use super::signals::{Awaited, Later, What, is_signalling};

/// How sure it is that nothing passes here before the use is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wait {
    /// It does not wait.
    No,
    /// It calls something that may wait for what is signalled, or waits for what may be signalled.
    Perhaps,
    /// It waits.
    Yes,
}

impl From<bool> for Wait {
    /// Where it is known.
    fn from(waits: bool) -> Self {
        if waits { Wait::Yes } else { Wait::No }
    }
}

/// The wait that every way comes by, or a surer one. `passes`: is there a way that comes by none as sure as this?
pub(super) fn least_wait(passes: impl Fn(Wait) -> bool) -> Wait {
    match passes(Wait::Perhaps) {
        true => Wait::No,
        false if passes(Wait::Yes) => Wait::Perhaps,
        false => Wait::Yes,
    }
}

/// The waits for one thing that runs later.
pub(super) struct Waits<'a, 'f> {
    /// The for statement.
    pub(super) statement: Node<'f>,
    /// The function that it stands in.
    pub(super) flow: &'a ControlFlow<'f>,
    pub(super) later: Later<'a, 'f>,
    /// The variable that holds the timer, or the stop function, that can call it off.
    handle: Option<Object<'f>>,
    /// The functions that are being looked into.
    pub(super) frames: Frames<'f>,
    /// The goroutines that are being looked into, and what is known of those that wait and signal in turn.
    pub(super) chain: RefCell<Vec<Node<'f>>>,
    pub(super) relayed: RefCell<Vec<(Awaited<'f>, bool)>>,
    /// What is known of functions that were looked into, for each call.
    known: RefCell<HashMap<(Node<'f>, Node<'f>), Wait>>,
}

/// Methods that end or await what their receiver started. Only to be silent.
const ENDING_METHODS: &[&str] = &[
    "Await", "Close", "Join", "Receive", "Recv", "Shutdown", "Stop", "Wait", "close", "join", "receive", "recv",
    "shutdown", "stop", "wait",
];

/// To look at a part of a statement costs as much as so many points of a walk.
const PART_COST: usize = 12;

impl<'a, 'f> Waits<'a, 'f> {
    /// For what runs later in this loop; `handle` is the variable that holds the timer or the stop function.
    pub(super) fn new(
        statement: Node<'f>,
        flow: &'a ControlFlow<'f>,
        later: Later<'a, 'f>,
        handle: Option<Object<'f>>,
    ) -> Self {
        Waits {
            statement,
            flow,
            later,
            handle,
            frames: Frames::new(flow.accesses()),
            chain: RefCell::default(),
            relayed: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// Does the walk wait here?
    pub(super) fn at(&self, event: Event<'f>) -> Wait {
        match event {
            Event::At(Point::Enter(node)) if node.is(kind::FOR_STATEMENT) => self.loop_waits(node),
            Event::At(Point::Leave(node)) if self.is_body_of_inner_literal(node) => self.end_waits(node),
            Event::Part(part) => self.part_waits(part),
            Event::At(_) => Wait::No,
        }
    }

    pub(super) fn wait_for(&self, awaited: &Awaited<'f>) -> Wait {
        let wait = self.later.is_over_at(awaited);
        if wait < Wait::Yes && self.is_relayed(awaited) { Wait::Yes } else { wait }
    }

    fn part_waits(&self, part: Node<'f>) -> Wait {
        // Out of bounds: as if it waited.
        if !self.flow.spend(PART_COST) {
            return Wait::Yes;
        }
        match part.kind() {
            kind::GO_STATEMENT => return Wait::No,
            // Deferred in a literal that ends within the iteration; a deferred call of the loop's own function is late.
            kind::DEFER_STATEMENT => return self.deferred_waits(part),
            _ => {}
        }
        let mut wait = Wait::No;
        let mut skipped = 0;
        for node in part.subtree() {
            if node.start() < skipped {
                continue;
            }
            match node.kind() {
                kind::FUNC_LITERAL => skipped = node.end(),
                // The right side may not be evaluated.
                kind::BINARY_EXPRESSION if access::is_short_circuit(node) => {
                    if let Some(left) = node.child(field::LEFT) {
                        wait = wait.max(self.part_waits(left));
                    }
                    skipped = node.end();
                }
                kind::UNARY_EXPRESSION if access::is_unary(node, kind::ARROW) => {
                    wait = wait.max(self.receive_waits(node));
                }
                kind::CALL_EXPRESSION => wait = wait.max(self.call_waits(node)),
                kind::SEND_STATEMENT => wait = wait.max(self.send_waits(node)),
                _ => {}
            }
            if wait == Wait::Yes {
                break;
            }
        }
        wait
    }

    fn receive_waits(&self, node: Node<'f>) -> Wait {
        let Some(channel) = node.child(field::OPERAND).map(Node::unparenthesized) else { return Wait::No };
        if channel.is(kind::CALL_EXPRESSION) {
            let context = match callee::callee(channel) {
                Callee::Method(context, name) if name.bytes() == b"Done" => self.frames.reach(context),
                _ => None,
            };
            let context = context.filter(|context| !ends_by_itself(context.root));
            let waits = context.map_or(Wait::No, |context| self.wait_for(&What::Context.of(context)));
            return waits.max(may_be_about_anything(channel));
        }
        let Some(access) = self.frames.reach(channel) else { return Wait::No };
        let made_by = callee::initial_value(access.root).map(|(value, _)| value).filter(|_| access.steps.is_empty());
        let unknown = made_by.filter(|v| v.is(kind::CALL_EXPRESSION)).map_or(Wait::No, may_be_about_anything);
        let served = if self.is_served_unseen(access.root) { Wait::Perhaps } else { Wait::No };
        self.value_waits(node, access).max(unknown).max(served)
    }

    /// Did something out of sight get this channel of the iteration, that may send what the goroutine brings about?
    fn is_served_unseen(&self, channel: Object<'f>) -> bool {
        if !access::is_declared_in(channel, self.statement) {
            return false;
        }
        channel.references().unwrap_or_default().into_iter().any(|reference| {
            let list = access::parenthesized(reference).parent().filter(|p| p.is(kind::ARGUMENT_LIST));
            let call = list.and_then(Node::parent).filter(|c| !self.later.run.contains(*c));
            call.is_some_and(|call| {
                let callee = self.flow.callee(call);
                !matches!(callee, Callee::Builtin(_) | Callee::Conversion) && frames::shown(call, &callee).is_none()
            })
        })
    }

    fn send_waits(&self, node: Node<'f>) -> Wait {
        let Some(channel) = node.child(field::CHANNEL).and_then(|c| self.frames.reach(c)) else { return Wait::No };
        if self.wait_for(&What::Receiver.of(channel.clone())) == Wait::No {
            return Wait::No;
        }
        match is_unbuffered(channel.root).filter(|_| channel.steps.is_empty()) {
            Some(true) => Wait::Yes,
            Some(false) => Wait::No,
            None => Wait::Perhaps,
        }
    }

    fn call_waits(&self, call: Node<'f>) -> Wait {
        let callee = self.flow.callee(call);
        match &callee {
            Callee::Builtin(_) | Callee::Conversion => return Wait::No,
            Callee::Function(name) if name.starts_with("sync/atomic.") => return Wait::No,
            _ => {}
        }
        if self.calls_off(call) {
            return Wait::Yes;
        }
        let shown = frames::shown(call, &callee);
        let mut wait = shown.map_or(Wait::No, |function| self.function_waits(function, call));
        if let Callee::Method(operand, name) = &callee
            && let Some(receiver) = self.frames.reach(*operand)
        {
            if is_pipe(receiver.root) && self.wait_for(&What::Pipe.of(receiver.clone())) == Wait::Yes {
                return Wait::Yes;
            }
            if name.bytes() == b"Wait" {
                wait = wait.max(self.wait_for(&What::Group.of(receiver.clone())));
            }
            if self.later.closes_part_of(&receiver) {
                wait = wait.max(Wait::Perhaps);
            }
            if wait < Wait::Yes {
                let signalled = self.wait_for(&What::Any.of(receiver));
                if ENDING_METHODS.iter().any(|ending| name.text().starts_with(ending)) {
                    wait = wait.max(signalled);
                } else if shown.is_none() && signalled == Wait::Yes {
                    wait = Wait::Perhaps;
                }
            }
        }
        if wait < Wait::Perhaps && frames::unseen(call, &callee).is_some_and(|unseen| self.later.may_tell(unseen)) {
            wait = Wait::Perhaps;
        }
        if wait < Wait::Perhaps && self.is_given_holder(call, &callee) {
            wait = Wait::Perhaps;
        }
        let arguments = callee::arguments(call).into_iter().map(Node::unparenthesized);
        arguments.map(|argument| self.argument_waits(argument)).fold(wait, Wait::max)
    }

    /// A callee that gets the channel or the group waits for it; one that gets what holds it may, and so may one that
    /// gets a channel that was handed on.
    fn argument_waits(&self, argument: Node<'f>) -> Wait {
        if argument.is(kind::FUNC_LITERAL) {
            if self.mentions_signal(argument) {
                return Wait::Yes;
            }
            let calls = argument.descendants().filter(|n| n.is(kind::CALL_EXPRESSION));
            let mut given = calls.flat_map(callee::arguments).filter_map(|a| Some((a, self.frames.reach(a)?)));
            let may_wait = given.any(|(a, access)| {
                a.type_of().is_some_and(is_signalling) && self.wait_for(&What::Channel.of(access)) == Wait::Yes
            });
            return if may_wait { Wait::Perhaps } else { Wait::No };
        }
        let Some(access) = self.frames.reach(argument) else { return Wait::No };
        if is_pipe(access.root) && self.wait_for(&What::Pipe.of(access.clone())) == Wait::Yes {
            return Wait::Yes;
        }
        let is_signalling = || argument.type_of().is_some_and(is_signalling);
        match self.wait_for(&What::Any.of(access.clone())) {
            Wait::Yes if is_signalling() => Wait::Yes,
            Wait::Yes => Wait::Perhaps,
            _ if self.wait_for(&What::Channel.of(access)) == Wait::Yes && is_signalling() => Wait::Perhaps,
            _ => Wait::No,
        }
    }

    fn mentions_signal(&self, literal: Node<'f>) -> bool {
        literal.descendants().any(|n| {
            n.is(kind::CALL_EXPRESSION)
                && matches!(callee::callee(n), Callee::Method(operand, _)
                    if self.frames.reach(operand).is_some_and(|a| self.wait_for(&What::Any.of(a)) == Wait::Yes))
                || access::is_unary(n, kind::ARROW) && self.receive_waits(n) == Wait::Yes
        })
    }

    /// `timer.Stop()`, `stop()`.
    fn calls_off(&self, call: Node<'f>) -> bool {
        let Some(handle) = self.handle else { return false };
        match callee::callee(call) {
            Callee::Method(operand, name) => {
                name.bytes() == b"Stop" && Access::of(operand).is_some_and(|a| a.root == handle && a.steps.is_empty())
            }
            _ => {
                let function = call.child(field::FUNCTION).map(Node::unparenthesized);
                function.filter(|f| f.is(kind::IDENTIFIER)).and_then(Node::resolve) == Some(handle)
            }
        }
    }

    /// A function that is called waits if each way through it does.
    fn function_waits(&self, function: Node<'f>, call: Node<'f>) -> Wait {
        let Some(body) = function.child(field::BODY) else { return Wait::No };
        if let Some(known) = self.known.borrow().get(&(function, call)) {
            return *known;
        }
        // That it calls itself adds nothing.
        if self.frames.is_open(function) || self.flow.is_inert(body) {
            return Wait::No;
        }
        if self.frames.is_full() {
            return Wait::Perhaps;
        }
        let flow = self.flow.of(body);
        let passes = |least: Wait| {
            flow.walk([Point::Enter(body)], |event| match event {
                Event::At(Point::Leave(node)) if node == body => Verdict::Found,
                event if self.at(event) >= least => Verdict::Stop,
                Event::Part(part) if part.is(kind::RETURN_STATEMENT) && function_around(part) == Some(function) => {
                    Verdict::Found
                }
                _ => Verdict::On,
            })
        };
        let wait = self.frames.inside(function, call, || least_wait(passes));
        // Inside of another function it depends on that one's call, too.
        if self.frames.is_empty() {
            self.known.borrow_mut().insert((function, call), wait);
        }
        wait
    }

    fn deferred_waits(&self, statement: Node<'f>) -> Wait {
        let inner = function_around(statement).is_some_and(|function| self.statement.contains(function));
        if !inner && self.frames.is_empty() {
            return Wait::No;
        }
        statement.named_children().next().map_or(Wait::No, |call| self.call_waits(call))
    }

    fn is_body_of_inner_literal(&self, node: Node<'f>) -> bool {
        let parent = node.parent();
        parent.is_some_and(|p| {
            p.is(kind::FUNC_LITERAL) && self.statement.contains(p) && p.child(field::BODY) == Some(node)
        })
    }

    /// When a literal of the body ends, what it deferred (or its test cleans up) runs, also what was said before.
    fn end_waits(&self, body: Node<'f>) -> Wait {
        let list = body.named_children().next();
        let statements = list.into_iter().flat_map(Node::named_children);
        let mut wait = Wait::No;
        for statement in statements {
            wait = wait.max(match statement.kind() {
                kind::DEFER_STATEMENT => self.deferred_waits(statement),
                kind::EXPRESSION_STATEMENT => self.cleanup_waits(statement),
                _ => Wait::No,
            });
        }
        wait
    }

    fn cleanup_waits(&self, statement: Node<'f>) -> Wait {
        let Some(call) = statement.named_children().next().filter(|c| c.is(kind::CALL_EXPRESSION)) else {
            return Wait::No;
        };
        let Some(test) = keepers::testing_call(call, "Cleanup").and_then(Access::of) else { return Wait::No };
        let argument = callee::arguments(call).first().copied().map(Node::unparenthesized);
        let Some(argument) = argument.filter(|_| access::is_declared_in(test.root, self.statement)) else {
            return Wait::No;
        };
        match argument.kind() {
            kind::FUNC_LITERAL => self.function_waits(argument, call),
            // `t.Cleanup(wg.Wait)`
            kind::SELECTOR_EXPRESSION if argument.child(field::FIELD).is_some_and(|f| f.bytes() == b"Wait") => {
                let group = argument.child(field::OPERAND).and_then(|group| self.frames.reach(group));
                group.map_or(Wait::No, |group| self.wait_for(&What::Group.of(group)))
            }
            _ => Wait::No,
        }
    }
}

/// Is there anything in the function that the loop stands in, or in functions that it calls, that may wait, go
/// statements apart? Where there is nothing, no walk needs to look for it.
pub(super) fn may_wait<'f>(statement: Node<'f>, flow: &ControlFlow<'f>) -> bool {
    let mut open = vec![statement_body(statement)];
    let mut seen = HashSet::new();
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        if node.descendants().any(|n| n.is(kind::RANGE_CLAUSE) && is_channel_or_unknown(n.child(field::RIGHT))) {
            return true;
        }
        for exchange in flow.exchanges(node).iter().filter(|n| !is_on_goroutine(**n)) {
            if !exchange.is(kind::CALL_EXPRESSION) {
                return true;
            }
            let callee = flow.callee(*exchange);
            if let Callee::Builtin(_) | Callee::Conversion = callee {
                continue;
            }
            let takes = |a: Node<'f>| a.unparenthesized().is(kind::FUNC_LITERAL) || Access::of(a).is_some();
            match frames::shown(*exchange, &callee) {
                Some(function) if !callee::arguments(*exchange).into_iter().any(takes) => {
                    open.extend(function.child(field::BODY));
                }
                _ => return true,
            }
        }
    }
    false
}

/// Does it stand in a go statement of the function?
pub(super) fn is_on_goroutine(node: Node<'_>) -> bool {
    node.ancestors().any(|n| n.is(kind::GO_STATEMENT))
}

fn is_channel_or_unknown(ranged: Option<Node<'_>>) -> bool {
    let ty = ranged.and_then(Node::type_of).map(|ty| ty.underlying().unwrap_or(ty));
    ty.is_none_or(|ty| ty.kind() == "chan")
}

/// The body of the function in which the statement stands.
pub(super) fn statement_body(statement: Node<'_>) -> Node<'_> {
    function_around(statement).and_then(|f| f.child(field::BODY)).unwrap_or(statement)
}

/// Was the channel made without a buffer? None where its making can't be seen.
fn is_unbuffered(channel: Object<'_>) -> Option<bool> {
    let (value, _) = callee::initial_value(channel)?;
    if !callee::is_builtin_call(value, "make") {
        return None;
    }
    match callee::arguments(value).get(1) {
        None => Some(true),
        Some(size) => size.constant().and_then(|c| c.as_i64()).map(|n| n == 0).or(Some(false)),
    }
}

/// Is it one end of a pipe, whose other end blocks until it is read or written?
pub(super) fn is_pipe(end: Object<'_>) -> bool {
    callee::initial_value(end).is_some_and(|(value, _)| {
        value.is(kind::CALL_EXPRESSION)
            && matches!(callee::callee(value), Callee::Function(name) if matches!(name.as_str(), "io.Pipe" | "net.Pipe" | "os.Pipe"))
    })
}

/// Has the context a deadline?
fn ends_by_itself(context: Object<'_>) -> bool {
    callee::initial_value(context).is_some_and(|(value, _)| {
        value.is(kind::CALL_EXPRESSION)
            && matches!(callee::callee(value), Callee::Function(name)
                if name.starts_with("context.WithTimeout") || name.starts_with("context.WithDeadline"))
    })
}

/// A channel that some function gives: who knows who closes it. That of a timer is closed by nobody who matters.
fn may_be_about_anything(call: Node<'_>) -> Wait {
    match callee::callee(call) {
        Callee::Function(name) if !name.starts_with("time.") => Wait::Perhaps,
        Callee::Method(..) | Callee::Unknown => Wait::Perhaps,
        _ => Wait::No,
    }
}
