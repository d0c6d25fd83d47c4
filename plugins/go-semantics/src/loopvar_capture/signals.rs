//! What tells others that something which runs later is done with its variables: `wg.Done()`, `close(done)`, a send, a
//! cancel function, the end of what a group runs. It never decides whether anyone waits for it.

use std::cell::RefCell;

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::address;
use super::callee::{self, Callee};
use super::control_flow::{ControlFlow, Event, Point, Verdict, function_around, statement_of};
use super::frames::{self, Frames, Unseen};
use super::subtests;
use super::waits::Wait;

/// Methods after which somebody who waits for their receiver may go on.
const SIGNALLING_METHODS: &[&str] = &[
    "Add",
    "Broadcast",
    "Complete",
    "Done",
    "Finish",
    "Fire",
    "Notify",
    "Push",
    "Put",
    "Release",
    "Send",
    "Set",
    "Signal",
    "Store",
    "Unlock",
];

/// What a wait is for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Awaited<'f> {
    /// A value from the channel, or its end.
    Channel(Access<'f>),
    /// All values of the channel until it is closed, or one for each round of a loop.
    Drained(Access<'f>),
    /// `x.Wait()`
    Group(Access<'f>),
    /// `<-x.Done()`: the end of the context.
    Context(Access<'f>),
    /// What the other end of the pipe is given.
    Pipe(Access<'f>),
    /// Somebody else to take a value from a channel without a buffer.
    Receiver(Access<'f>),
    /// Some signal of it, or of a part of it, that a callee may wait for.
    Any(Access<'f>),
}

impl<'f> Awaited<'f> {
    fn access(&self) -> &Access<'f> {
        let (Awaited::Channel(a)
        | Awaited::Drained(a)
        | Awaited::Group(a)
        | Awaited::Context(a)
        | Awaited::Pipe(a)
        | Awaited::Receiver(a)
        | Awaited::Any(a)) = self;
        a
    }
}

/// What runs later, and the place in it where the variable is used.
pub(super) struct Later<'a, 'f> {
    flow: &'a ControlFlow<'f>,
    /// The literal, or the call of a go statement.
    pub(super) run: Node<'f>,
    /// The use, or the reference to what holds it.
    pub(super) via: Node<'f>,
    /// The group that runs it, and whose `Wait` waits for its end.
    group: Option<Access<'f>>,
    /// The go statement's call, if that hands arguments to the literal.
    call: Option<Node<'f>>,
    /// The use itself, which may stand in a function that the literal calls.
    identifier: Option<Node<'f>>,
    /// The functions that are being looked into.
    frames: Frames<'f>,
    /// What was answered.
    known: RefCell<Vec<(Awaited<'f>, Wait)>>,
}

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

impl<'a, 'f> Later<'a, 'f> {
    /// For what runs later, `run`, where `via` is the use.
    pub(super) fn new(
        flow: &'a ControlFlow<'f>,
        run: Node<'f>,
        via: Node<'f>,
        group: Option<Access<'f>>,
        call: Option<Node<'f>>,
    ) -> Self {
        Later {
            flow,
            run,
            via,
            group,
            call,
            identifier: None,
            frames: Frames::new(flow.accesses()),
            known: RefCell::default(),
        }
    }

    /// The same, where the use may stand in a function that `run` calls.
    pub(super) fn with_use(mut self, identifier: Node<'f>) -> Self {
        self.identifier = Some(identifier);
        self
    }

    /// Is the use over when what is awaited happens?
    pub(super) fn is_over_at(&self, awaited: &Awaited<'f>) -> Wait {
        if let Some((_, known)) = self.known.borrow().iter().find(|(a, _)| a == awaited) {
            return *known;
        }
        let answer = self.looked_up(awaited);
        self.known.borrow_mut().push((awaited.clone(), answer));
        answer
    }

    fn looked_up(&self, awaited: &Awaited<'f>) -> Wait {
        let sure = |is_over: bool| if is_over { Wait::Yes } else { Wait::No };
        if !self.run.is(kind::FUNC_LITERAL) {
            return match self.call_mentions(self.run, awaited) {
                true => Wait::Yes,
                false if self.is_signalled_unseen(self.run, awaited) => Wait::Perhaps,
                false => Wait::No,
            };
        }
        if let (Awaited::Group(waited), Some(group)) = (awaited, &self.group)
            && waited == group
        {
            return sure(!matches!(self.when(self.via), When::Elsewhere));
        }
        // `go run(func() { use(v) }, done)`
        if let Some(call) = self.call
            && call.child(field::FUNCTION).is_none_or(|f| f.unparenthesized() != self.run)
            && self.call_mentions(call, awaited)
        {
            return Wait::Yes;
        }
        // Out of bounds: as if it were over.
        if !self.flow.spend(self.body().map_or(0, |body| self.flow.exchanges(body).len())) {
            return Wait::Yes;
        }
        let signals = self.signals(awaited);
        if !signals.is_empty() {
            let is_drained = matches!(awaited, Awaited::Drained(_) | Awaited::Pipe(_));
            return sure(signals.into_iter().all(|signal| match self.function_with_use(signal) {
                Some(function) => {
                    let inner =
                        Later::new(self.flow, function, self.identifier.unwrap_or(self.via), None, Some(signal));
                    inner.is_over_at(awaited) == Wait::Yes
                }
                None => self.is_before(signal, is_drained),
            }));
        }
        let is_signalled = self.body().is_some_and(|body| {
            let exchanges = self.flow.exchanges(body);
            exchanges.iter().any(|n| self.is_signalled_unseen(*n, awaited) && self.is_before(*n, false))
        });
        if is_signalled { Wait::Perhaps } else { Wait::No }
    }

    /// May the function, whose body is out of sight, wait for something that is signalled after the use?
    pub(super) fn may_tell(&self, unseen: Unseen<'f>) -> bool {
        let Some(body) = self.body() else { return false };
        let signals = |node: Node<'f>| {
            let operand = match node.kind() {
                kind::SEND_STATEMENT => node.child(field::CHANNEL),
                kind::CALL_EXPRESSION => match self.flow.callee(node) {
                    Callee::Builtin(name) if name == "close" => callee::arguments(node).first().copied(),
                    // `<-ctx.Done()` is a wait.
                    Callee::Method(operand, name) if SIGNALLING_METHODS.contains(&&*name.text()) => {
                        Some(operand).filter(|_| !node.parent().is_some_and(|p| access::is_unary(p, kind::ARROW)))
                    }
                    callee => {
                        let both_given = matches!(
                            (unseen, frames::unseen(node, &callee)),
                            (Unseen::Given(_), Some(Unseen::Given(_)))
                        );
                        return both_given;
                    }
                },
                _ => None,
            };
            operand.and_then(|o| self.outside(o)).is_some_and(|access| unseen.knows(access.root))
        };
        self.flow.exchanges(body).iter().any(|node| signals(*node) && self.is_before(*node, false))
    }

    /// The body, if it is a literal that runs.
    fn body(&self) -> Option<Node<'f>> {
        if self.run.is(kind::CALL_EXPRESSION) { None } else { self.run.child(field::BODY) }
    }

    /// Does the node call something out of sight that may give the signal?
    fn is_signalled_unseen(&self, node: Node<'f>, awaited: &Awaited<'f>) -> bool {
        if !node.is(kind::CALL_EXPRESSION) || matches!(awaited, Awaited::Any(_) | Awaited::Pipe(_)) {
            return false;
        }
        let unseen = frames::unseen(node, &self.flow.callee(node));
        unseen.is_some_and(|unseen| unseen.knows(awaited.access().root))
    }

    /// The function that this call calls, if the use stands in there.
    fn function_with_use(&self, call: Node<'f>) -> Option<Node<'f>> {
        let identifier = self.identifier.filter(|_| call.is(kind::CALL_EXPRESSION))?;
        let function = frames::shown(call, &self.flow.callee(call))?;
        (function != self.run && function.contains(identifier) && !self.run.contains(function)).then_some(function)
    }

    /// Does the call hand over what is awaited, or what holds it, so that the callee can give the signal?
    fn call_mentions(&self, call: Node<'f>, awaited: &Awaited<'f>) -> bool {
        let wanted = awaited.access();
        let receiver = match callee::callee(call) {
            Callee::Method(operand, _) => Some(operand),
            _ => None,
        };
        let mut given = callee::arguments(call).into_iter().chain(receiver);
        given.any(|argument| {
            // A variable brings along what it was made with: `l := &listener{conn}`.
            let made = Access::of(argument).and_then(|a| callee::initial_value(a.root)).map(|(value, _)| value);
            let mut parts = argument.subtree().chain(made.into_iter().flat_map(Node::subtree)).filter_map(Access::of);
            match awaited {
                // Only what is plainly there to signal by.
                Awaited::Any(_) => parts.any(|a| a == *wanted && wanted.root.type_of().is_some_and(is_signalling)),
                _ => parts.any(|a| wanted.is_within(&a)),
            }
        })
    }

    /// All places of the literal that give the signal.
    fn signals(&self, awaited: &Awaited<'f>) -> Vec<Node<'f>> {
        let Some(body) = self.body() else { return Vec::new() };
        let exchanges = self.flow.exchanges(body);
        let strong: Vec<_> =
            exchanges.iter().copied().filter(|n| self.is_signal(*n, awaited) && !self.is_run_by_name(*n)).collect();
        // That two callees get the same thing does not make one wait for the other.
        if !strong.is_empty() || matches!(awaited, Awaited::Any(_) | Awaited::Pipe(_)) {
            return strong;
        }
        body.descendants().filter_map(|n| self.hands_over(n, awaited.access())).collect()
    }

    /// Does it stand in a literal that is called by the name of a variable? Then those calls are the signals.
    fn is_run_by_name(&self, node: Node<'f>) -> bool {
        let mut literals = node.ancestors().take_while(|n| *n != self.run).filter(|n| n.is(kind::FUNC_LITERAL));
        literals.any(|literal| {
            subtests::references_of_holder(literal).into_iter().any(|reference| {
                let call = reference.parent().filter(|p| p.is(kind::CALL_EXPRESSION));
                call.is_some_and(|c| frames::shown(c, &self.flow.callee(c)) == Some(literal))
            })
        })
    }

    fn is_signal(&self, node: Node<'f>, awaited: &Awaited<'f>) -> bool {
        let is_part = matches!(awaited, Awaited::Any(_));
        let same = |expression: Option<Node<'f>>, wanted: &Access<'f>| {
            let given = expression.and_then(|e| self.outside(e));
            given.is_some_and(|a| a == *wanted || is_part && a.is_within(wanted))
        };
        match (node.kind(), awaited) {
            (kind::SEND_STATEMENT, Awaited::Channel(c) | Awaited::Drained(c) | Awaited::Any(c)) => {
                same(node.child(field::CHANNEL), c)
            }
            (kind::UNARY_EXPRESSION, Awaited::Receiver(c)) => {
                access::is_unary(node, kind::ARROW) && same(node.child(field::OPERAND), c)
            }
            (kind::CALL_EXPRESSION, _) => {
                let callee = self.flow.callee(node);
                self.is_signalling_call(node, &callee, awaited) || self.calls_signal(node, &callee, awaited)
            }
            _ => false,
        }
    }

    /// Does a function that this calls give the signal?
    fn calls_signal(&self, call: Node<'f>, callee: &Callee<'f>, awaited: &Awaited<'f>) -> bool {
        let Some(function) = frames::shown(call, callee) else { return false };
        let Some(body) = function.child(field::BODY) else { return false };
        // What a literal does that is called where it stands is seen there.
        let is_seen = call.child(field::FUNCTION).is_some_and(|f| f.unparenthesized() == function);
        if is_seen || function == self.run || self.frames.is_open(function) || self.frames.is_full() {
            return false;
        }
        let exchanges = self.flow.exchanges(body);
        if !self.flow.spend(exchanges.len()) {
            return true;
        }
        self.frames.inside(function, call, || exchanges.iter().any(|n| self.is_signal(*n, awaited)))
    }

    fn is_signalling_call(&self, call: Node<'f>, callee: &Callee<'f>, awaited: &Awaited<'f>) -> bool {
        let is_part = matches!(awaited, Awaited::Any(_));
        match (callee, awaited) {
            (Callee::Builtin(name), Awaited::Channel(c) | Awaited::Drained(c) | Awaited::Any(c)) if name == "close" => {
                let closed = callee::arguments(call).first().and_then(|a| self.outside(*a));
                closed.is_some_and(|a| a == *c || is_part && a.is_within(c))
            }
            (Callee::Method(operand, name), Awaited::Group(g) | Awaited::Any(g)) => {
                SIGNALLING_METHODS.contains(&&*name.text())
                    && self.outside(*operand).is_some_and(|a| a == *g || is_part && a.is_within(g))
            }
            (Callee::Unknown | Callee::Function(_), Awaited::Context(context)) => {
                let function = call.child(field::FUNCTION).map(Node::unparenthesized);
                function.and_then(Access::of).is_some_and(|cancel| are_made_together(cancel.root, context.root))
            }
            (Callee::Method(end, _), Awaited::Pipe(other)) => {
                self.outside(*end).is_some_and(|end| are_made_together(end.root, other.root))
            }
            _ => false,
        }
    }

    /// The call by which a callee gets hold of what is awaited, if the node is what it is given.
    fn hands_over(&self, node: Node<'f>, wanted: &Access<'f>) -> Option<Node<'f>> {
        if !matches!(node.kind(), kind::IDENTIFIER | kind::SELECTOR_EXPRESSION) {
            return None;
        }
        let reached = self.outside(node).filter(|a| wanted.is_within(a))?;
        let mut outer = access::parenthesized(node);
        while let Some(parent) = outer.parent().filter(|p| access::is_unary(*p, kind::AMPERSAND)) {
            outer = access::parenthesized(parent);
        }
        let parent = outer.parent()?;
        match parent.kind() {
            kind::ARGUMENT_LIST => {
                let call = parent.parent()?;
                (!matches!(callee::callee(call), Callee::Builtin(name) if name != "close")).then_some(call)
            }
            // A method of `s` may give the signal of `s.done`.
            kind::SELECTOR_EXPRESSION => {
                let call = access::parenthesized(parent).parent().filter(|p| p.is(kind::CALL_EXPRESSION))?;
                let method = parent.child(field::FIELD);
                let is_path = wanted.steps.get(reached.steps.len()).map(String::as_bytes) == method.map(Node::bytes);
                (!is_path && reached.steps.len() < wanted.steps.len()).then_some(call)
            }
            _ => None,
        }
    }

    /// What an expression of the literal, or of a function that it calls, reaches outside of it.
    fn outside(&self, expression: Node<'f>) -> Option<Access<'f>> {
        let access = self.frames.reach(expression)?;
        let calls_it = |call: &Node<'f>| frames::shown(*call, &self.flow.callee(*call)) == Some(self.run);
        match self.call.filter(calls_it) {
            Some(call) => frames::outside(self.run, call, access),
            None => Some(access),
        }
    }

    /// Is the use over when this signal is given?
    fn is_before(&self, signal: Node<'f>, drained: bool) -> bool {
        match (self.when(self.via), self.when(signal)) {
            (When::Elsewhere, When::Elsewhere) => self.is_before_inside(signal),
            (When::Elsewhere, _) => false,
            (_, When::Elsewhere) | (When::Here(_), When::AtEnd(_)) => true,
            (When::AtEnd(_), When::Here(_)) => false,
            // The last one registered runs first.
            (When::AtEnd(of_use), When::AtEnd(of_signal)) => {
                if of_use == of_signal {
                    self.via.start() <= signal.start()
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

    /// Both stand on one further goroutine that the literal starts.
    fn is_before_inside(&self, signal: Node<'f>) -> bool {
        let inner = |n: Node<'f>| {
            n.ancestors().take_while(|a| *a != self.run).filter(|a| a.is(kind::FUNC_LITERAL)).find(|a| {
                access::parenthesized(*a).parent().and_then(Node::parent).is_some_and(|s| s.is(kind::GO_STATEMENT))
            })
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
            let outer = access::parenthesized(function);
            let call = match outer.parent() {
                Some(p) if p.is(kind::ARGUMENT_LIST) => p.parent(),
                other => other,
            };
            if let Some(statement) = call.and_then(Node::parent) {
                if statement.is(kind::GO_STATEMENT) {
                    return When::Elsewhere;
                }
                when = if statement.is(kind::DEFER_STATEMENT) { When::AtEnd(statement) } else { When::Here(function) };
            }
            at = function;
        }
        // `defer wg.Done()` and `go wg.Done()`: the call itself comes later, what it is given was evaluated at once.
        let statement = node.ancestors().take_while(|n| *n != self.run).find(|n| is_started(*n));
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

fn is_started(node: Node<'_>) -> bool {
    matches!(node.kind(), kind::GO_STATEMENT | kind::DEFER_STATEMENT)
}

/// Function value, receiver and arguments of a deferred call are evaluated where the statement stands, the call runs
/// later, and what was handed over by its address is read later.
fn is_evaluated_at_once(node: Node<'_>, statement: Node<'_>) -> bool {
    let is_call = statement.named_children().next() == Some(node);
    !(is_call || node.is(kind::IDENTIFIER) && address::base(node).is_some())
}

/// Are the two different results of one call: `ctx, cancel := …`, `r, w := io.Pipe()`?
fn are_made_together(a: Object<'_>, b: Object<'_>) -> bool {
    let list =
        |o: Object<'_>| o.declaration().and_then(Node::parent).filter(|p| p.is(kind::EXPRESSION_LIST)).map(Node::span);
    a != b && list(a).is_some() && list(a) == list(b)
}

/// A channel, or a type of package sync.
pub(super) fn is_signalling(ty: Type<'_>) -> bool {
    let target = if ty.kind() == "pointer" { ty.element().unwrap_or(ty) } else { ty };
    target.kind() == "chan" || target.qualified_name().is_some_and(|name| name.starts_with("sync."))
}
