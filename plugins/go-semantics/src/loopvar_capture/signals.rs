//! What tells others that something which runs later is done with its variables: `wg.Done()`, `close(done)`, a send, a
//! cancel function, the end of what a group runs. It never decides whether anyone waits for it.

use std::cell::{OnceCell, RefCell};

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee::{self, Callee};
use super::control_flow::ControlFlow;
use super::frames::{self, Frames, Unseen};
use super::groups;
use super::subtests;
use super::turns;
use super::waits::Wait;

/// Methods after which somebody who waits for their receiver, or looks at it until it changes, may go on.
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
pub(super) struct Awaited<'f> {
    /// The channel, the group, or what else is looked at.
    pub(super) access: Access<'f>,
    /// What of it.
    pub(super) what: What,
}

/// What of a channel, a group or something else a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A value from the channel, or its end.
    Channel,
    /// One of several values, by its number from 0 on; the last one, if there are not so many.
    Value(usize),
    /// The last of several values, or the end.
    Last,
    /// The end of the channel, behind all of its values.
    Closed,
    /// The last of the values that the rounds of a loop get.
    Rounds,
    /// `x.Wait()`
    Group,
    /// `<-x.Done()`: the end of the context.
    Context,
    /// What the other end of the pipe is given.
    Pipe,
    /// Somebody else to take a value from a channel without a buffer.
    Receiver,
    /// Some signal of it, or of a part of it, that a callee may wait for.
    Any,
}

impl What {
    /// This, of that channel or group.
    pub(super) fn of(self, access: Access<'_>) -> Awaited<'_> {
        Awaited { access, what: self }
    }
}

/// What runs later, and the place in it where the variable is used.
pub(super) struct Later<'a, 'f> {
    pub(super) flow: &'a ControlFlow<'f>,
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
    /// The loop whose rounds are about different things.
    pub(super) round: Option<Node<'f>>,
    /// The functions that are being looked into.
    frames: Frames<'f>,
    /// Those that made what it closes, once somebody asked.
    closed_owners: OnceCell<Vec<Access<'f>>>,
    /// What was answered.
    known: RefCell<Vec<(Awaited<'f>, Wait)>>,
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
            round: None,
            frames: Frames::new(flow.accesses()),
            closed_owners: OnceCell::new(),
            known: RefCell::default(),
        }
    }

    /// The same, where the use may stand in a function that `run` calls.
    pub(super) fn with_use(mut self, identifier: Node<'f>) -> Self {
        self.identifier = Some(identifier);
        self
    }

    /// The same, where each round of this loop is about something else.
    pub(super) fn in_round(mut self, round: Option<Node<'f>>) -> Self {
        self.round = round;
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
        if !self.run.is(kind::FUNC_LITERAL) {
            return match self.call_mentions(self.run, awaited) {
                true => Wait::Yes,
                false if self.is_signalled_unseen(self.run, awaited) => Wait::Perhaps,
                false => Wait::No,
            };
        }
        if awaited.what == What::Group && self.group.as_ref() == Some(&awaited.access) {
            return Wait::from(!self.is_elsewhere(self.via));
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
        if let Some(answer) = self.is_over_at_signals(awaited) {
            return answer;
        }
        let is_signalled = self.body().is_some_and(|body| {
            let exchanges = self.flow.exchanges(body);
            // What is sent to be called is asked for its own signals.
            let others = exchanges.iter().filter(|n| n.child(field::FUNCTION) != Some(self.via));
            others.into_iter().any(|n| self.is_signalled_unseen(*n, awaited) && self.is_before(*n, false))
        });
        if is_signalled { Wait::Perhaps } else { Wait::No }
    }

    /// The answer of the signals that the literal gives; none if it gives none.
    fn is_over_at_signals(&self, awaited: &Awaited<'f>) -> Option<Wait> {
        let signals_of = |what: What| self.signals(&what.of(awaited.access.clone()));
        let (signals, is_last) = match awaited.what {
            // Who closes a channel does so behind its values.
            What::Closed => match self.strong_signals(awaited) {
                closes if closes.is_empty() => (signals_of(What::Rounds), true),
                closes => (closes, false),
            },
            What::Rounds => match self.strong_signals(awaited) {
                values if values.is_empty() => (signals_of(What::Closed), false),
                values => (values, true),
            },
            what => (self.signals(awaited), what == What::Last),
        };
        if signals.is_empty() {
            return None;
        }
        if signals.iter().all(|s| s.is(kind::CALL_EXPRESSION) && groups::is_done(*s)) {
            return Some(self.is_counted(awaited, &signals));
        }
        Some(Wait::from(match awaited.what {
            What::Value(number) => {
                let mut blocks = signals.iter().map(|s| s.ancestors().find(|n| turns::is_branch(*n)));
                let first = blocks.next();
                // Which of them are given, and how often, is not known.
                if blocks.any(|block| Some(block) != first) || signals.iter().any(|s| self.is_repeated(*s)) {
                    return Some(Wait::Perhaps);
                }
                let signals = self.in_order(signals);
                let signal = signals.get(number).or(signals.last());
                signal.is_some_and(|s| self.is_over_by(*s, awaited, false))
            }
            // Which of its signals a method of something else waits for is not known.
            What::Any => {
                let is_over = |signal: &Node<'f>| self.is_over_by(*signal, awaited, false);
                let at_all = signals.iter().all(is_over);
                if !at_all && signals.iter().any(is_over) {
                    return Some(Wait::Perhaps);
                }
                at_all
            }
            _ if is_last => signals.into_iter().any(|signal| self.is_over_by(signal, awaited, true)),
            what => signals.into_iter().all(|signal| self.is_over_by(signal, awaited, what == What::Pipe)),
        }))
    }

    fn is_repeated(&self, signal: Node<'f>) -> bool {
        signal.ancestors().take_while(|n| *n != self.run).any(|n| n.is(kind::FOR_STATEMENT))
    }

    pub(super) fn is_over_by(&self, signal: Node<'f>, awaited: &Awaited<'f>, by_place: bool) -> bool {
        match self.function_with_use(signal) {
            Some(function) => {
                let inner = Later::new(self.flow, function, self.identifier.unwrap_or(self.via), None, Some(signal));
                inner.is_over_at(awaited) == Wait::Yes
            }
            None => self.is_before(signal, by_place),
        }
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

    /// Does it close what a method of the owner made, behind the use? `in, err := cmd.StdinPipe()`
    pub(super) fn closes_part_of(&self, owner: &Access<'f>) -> bool {
        self.closed_owners.get_or_init(|| self.owners_of_closed()).contains(owner)
    }

    fn owners_of_closed(&self) -> Vec<Access<'f>> {
        let Some(body) = self.body() else { return Vec::new() };
        let owner = |call: Node<'f>| {
            let Callee::Method(end, name) = self.flow.callee(call) else { return None };
            let (made, _) = callee::initial_value(Access::of(end)?.root).filter(|_| name.bytes() == b"Close")?;
            match Some(made).filter(|m| m.is(kind::CALL_EXPRESSION)).map(callee::callee)? {
                Callee::Method(maker, _) => Access::of(maker).filter(|_| self.is_before(call, false)),
                _ => None,
            }
        };
        let exchanges = self.flow.exchanges(body);
        exchanges.iter().filter(|n| n.is(kind::CALL_EXPRESSION)).filter_map(|n| owner(*n)).collect()
    }

    /// The body, if it is a literal that runs.
    pub(super) fn body(&self) -> Option<Node<'f>> {
        if self.run.is(kind::CALL_EXPRESSION) { None } else { self.run.child(field::BODY) }
    }

    /// Does the node call something out of sight that may give the signal?
    fn is_signalled_unseen(&self, node: Node<'f>, awaited: &Awaited<'f>) -> bool {
        if !node.is(kind::CALL_EXPRESSION) || matches!(awaited.what, What::Any | What::Pipe) {
            return false;
        }
        let unseen = frames::unseen(node, &self.flow.callee(node));
        unseen.is_some_and(|unseen| unseen.knows(awaited.access.root))
    }

    /// The function that this call calls, if the use stands in there.
    fn function_with_use(&self, call: Node<'f>) -> Option<Node<'f>> {
        let identifier = self.identifier.filter(|_| call.is(kind::CALL_EXPRESSION))?;
        let function = frames::shown(call, &self.flow.callee(call))?;
        (function != self.run && function.contains(identifier) && !self.run.contains(function)).then_some(function)
    }

    /// Does the call hand over what is awaited, or what holds it, so that the callee can give the signal?
    fn call_mentions(&self, call: Node<'f>, awaited: &Awaited<'f>) -> bool {
        let wanted = &awaited.access;
        let receiver = match callee::callee(call) {
            Callee::Method(operand, _) => Some(operand),
            _ => None,
        };
        let sent = call.child(field::VALUE).filter(|_| call.is(kind::SEND_STATEMENT));
        let mut given = callee::arguments(call).into_iter().chain(receiver).chain(sent);
        // What the literal itself does is asked of its signals.
        let is_own = |n: &Node<'f>| self.run.is(kind::FUNC_LITERAL) && self.run.contains(*n);
        given.any(|argument| {
            // A variable brings along what it was made with: `l := &listener{conn}`.
            let made = Access::of(argument).and_then(|a| callee::initial_value(a.root)).map(|(value, _)| value);
            let parts = argument.subtree().chain(made.into_iter().flat_map(Node::subtree));
            let mut parts = parts.filter(|n| !is_own(n)).filter_map(Access::of);
            match awaited.what {
                // Only what is plainly there to signal by.
                What::Any => parts.any(|a| a == *wanted && wanted.root.type_of().is_some_and(is_signalling)),
                _ => parts.any(|a| wanted.is_within(&a)),
            }
        })
    }

    /// All places of the literal that plainly give the signal, themselves or by a function that they call.
    pub(super) fn strong_signals(&self, awaited: &Awaited<'f>) -> Vec<Node<'f>> {
        let Some(body) = self.body() else { return Vec::new() };
        let exchanges = self.flow.exchanges(body);
        exchanges.iter().copied().filter(|n| self.is_signal(*n, awaited) && !self.is_run_by_name(*n)).collect()
    }

    /// The same; where there are none, those that may.
    fn signals(&self, awaited: &Awaited<'f>) -> Vec<Node<'f>> {
        let Some(body) = self.body() else { return Vec::new() };
        let strong = self.strong_signals(awaited);
        // That two callees get the same thing does not make one wait for the other.
        if !strong.is_empty() || matches!(awaited.what, What::Any | What::Pipe) {
            return strong;
        }
        body.descendants().filter_map(|n| self.hands_over(n, &awaited.access)).collect()
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
        match (node.kind(), awaited.what) {
            (kind::SEND_STATEMENT, What::Channel | What::Value(_) | What::Last | What::Rounds | What::Any) => {
                node.child(field::CHANNEL).is_some_and(|channel| self.is_of(channel, awaited))
            }
            (kind::UNARY_EXPRESSION, What::Receiver) => {
                access::is_unary(node, kind::ARROW)
                    && node.child(field::OPERAND).is_some_and(|channel| self.is_of(channel, awaited))
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
        let wanted = &awaited.access;
        let first = || callee::arguments(call).first().copied();
        match (callee, awaited.what) {
            (Callee::Builtin(name), What::Channel | What::Value(_) | What::Last | What::Closed | What::Any)
                if name == "close" =>
            {
                first().is_some_and(|channel| self.is_of(channel, awaited))
            }
            (Callee::Method(operand, name), what @ (What::Group | What::Any)) => {
                is_signalling_method(call, *operand, *name, what) && self.is_of(*operand, awaited)
            }
            // `atomic.StoreInt32(&n, 1)`
            (Callee::Function(name), What::Any) if is_atomic_write(name) => {
                first().and_then(|n| self.outside(n)).is_some_and(|n| n == *wanted)
            }
            (Callee::Unknown | Callee::Function(_), What::Context) => {
                let function = call.child(field::FUNCTION).map(Node::unparenthesized);
                function.and_then(Access::of).is_some_and(|cancel| are_made_together(cancel.root, wanted.root))
            }
            (Callee::Method(end, _), What::Pipe) => {
                self.outside(*end).is_some_and(|end| are_made_together(end.root, wanted.root))
            }
            _ => false,
        }
    }

    /// Is the expression what is awaited, or a part of it where that will do?
    fn is_of(&self, expression: Node<'f>, awaited: &Awaited<'f>) -> bool {
        let wanted = &awaited.access;
        let given = self.outside(expression);
        given.is_some_and(|a| a == *wanted || awaited.what == What::Any && a.is_within(wanted))
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
    pub(super) fn outside(&self, expression: Node<'f>) -> Option<Access<'f>> {
        let access = self.frames.reach(expression)?;
        let calls_it = |call: &Node<'f>| frames::shown(*call, &self.flow.callee(*call)) == Some(self.run);
        match self.call.filter(calls_it) {
            Some(call) => frames::outside(self.run, call, access),
            None => Some(access),
        }
    }
}

/// May those go on behind the call who wait for its receiver? A `sync.WaitGroup` is counted down in one way.
fn is_signalling_method<'f>(call: Node<'f>, operand: Node<'f>, name: Node<'f>, what: What) -> bool {
    let name = name.text();
    if groups::is_wait_group(operand) {
        return groups::is_done(call);
    }
    // What is added to a group is waited for; what is added to a counter may be seen.
    SIGNALLING_METHODS.contains(&&*name) && !(name == "Add" && what == What::Group)
}

/// A function of sync/atomic that puts a value where others may look for it.
fn is_atomic_write(name: &str) -> bool {
    name.strip_prefix("sync/atomic.")
        .is_some_and(|name| ["Add", "And", "CompareAndSwap", "Or", "Store", "Swap"].iter().any(|p| name.starts_with(p)))
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
