//! Loops that wait: until a channel is closed, for a value or a group in each round, until a variable changes, until a
//! semaphore is full. It never asks what stands behind them.

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::callee::{self, Callee};
use super::control_flow::{Event, Point, Verdict, function_around};
use super::signals::What;
use super::waits::{Wait, Waits, statement_body};

/// The parts of a for statement.
struct Rounds<'f> {
    statement: Node<'f>,
    body: Node<'f>,
    header: Option<Node<'f>>,
    condition: Option<Node<'f>>,
}

impl<'f> Rounds<'f> {
    fn of(statement: Node<'f>) -> Option<Self> {
        let header = statement.named_children().find(|n| n.field() != field::BODY);
        let condition = match header {
            Some(h) if h.is(kind::FOR_CLAUSE) => h.child(field::CONDITION),
            Some(h) if h.is(kind::RANGE_CLAUSE) => None,
            other => other,
        };
        Some(Rounds { statement, body: statement.child(field::BODY)?, header, condition })
    }

    fn ranged(&self) -> Option<Node<'f>> {
        self.header.filter(|h| h.is(kind::RANGE_CLAUSE))?.child(field::RIGHT)
    }

    /// The variable that counts from 0, and up to which expression.
    fn counter(&self) -> Option<(Node<'f>, Node<'f>)> {
        let clause = self.header.filter(|h| h.is(kind::FOR_CLAUSE))?;
        let start = clause.child(field::INITIALIZER).filter(|s| s.is(kind::SHORT_VAR_DECLARATION))?;
        let zero = start.child(field::RIGHT)?.named_children().next()?;
        let counter = start.child(field::LEFT)?.named_children().next()?;
        let condition = self.condition?.unparenthesized();
        let operator = condition.child(field::OPERATOR)?;
        let object = counter.resolve();
        let counts = zero.constant().and_then(|n| n.as_i64()) == Some(0)
            && matches!(operator.kind(), kind::LESS | kind::NOT_EQUAL)
            && condition.child(field::LEFT)?.resolve() == object
            && clause.child(field::UPDATE)?.is(kind::INC_STATEMENT);
        counts.then_some((counter, condition.child(field::RIGHT)?.unparenthesized()))
    }
}

impl<'f> Waits<'_, 'f> {
    /// Can the loop be over only when the use is?
    pub(super) fn loop_waits(&self, statement: Node<'f>) -> Wait {
        if statement.contains(self.later.run) || statement.contains(self.later.via) {
            return Wait::No;
        }
        let Some(rounds) = Rounds::of(statement) else { return Wait::No };
        if let Some(channel) = rounds.ranged().and_then(|r| self.frames.reach(r))
            && self.wait_for(&What::Closed.of(channel)) == Wait::Yes
        {
            return Wait::Yes;
        }
        if rounds.condition.is_some_and(|c| self.spins(c)) || self.fills(&rounds) {
            return Wait::Yes;
        }
        if !self.flow.exchanges(rounds.body).iter().any(|n| self.is_receive(*n)) {
            return Wait::from(self.looks_at_signal_to_leave(&rounds));
        }
        let skips = self.passes(&rounds, true, |event| self.unless_received(event));
        if !skips || self.ends_behind_receive(&rounds) { Wait::Yes } else { self.waits_for_one_of_several(&rounds) }
    }

    /// A receive of a value that the goroutine sends, a call that gets the channel, or a wait for a group that it is in.
    fn is_receive(&self, node: Node<'f>) -> bool {
        if self.is_group_wait(node) {
            return true;
        }
        let channels = match node.kind() {
            kind::UNARY_EXPRESSION if access::is_unary(node, kind::ARROW) => vec![node.child(field::OPERAND)],
            kind::CALL_EXPRESSION if !matches!(callee::callee(node), Callee::Builtin(_) | Callee::Conversion) => {
                let is_channel = |a: &Node<'f>| a.type_of().is_some_and(|ty| ty.kind() == "chan");
                callee::arguments(node).into_iter().filter(is_channel).map(Some).collect()
            }
            _ => Vec::new(),
        };
        let until_closed = sees_end(node);
        let mut reached = channels.into_iter().flatten().filter_map(|c| self.frames.reach(c));
        reached.any(|channel| {
            let what = if until_closed { What::Closed } else { What::Rounds };
            self.wait_for(&what.of(channel)) == Wait::Yes
        })
    }

    /// `ends[i].Wait()`
    fn is_group_wait(&self, node: Node<'f>) -> bool {
        match self.flow.callee(node) {
            Callee::Method(group, name) if node.is(kind::CALL_EXPRESSION) && name.bytes() == b"Wait" => {
                self.frames.reach(group).is_some_and(|group| self.wait_for(&What::Group.of(group)) == Wait::Yes)
            }
            _ => false,
        }
    }

    fn unless_received(&self, event: Event<'f>) -> Verdict {
        match event {
            Event::Part(part) if self.receives(part) => Verdict::Stop,
            _ => Verdict::On,
        }
    }

    /// From the start of a round, is there a way out of the loop, or to the end of the round if that `counts`?
    fn passes(&self, rounds: &Rounds<'f>, counts: bool, mut visit: impl FnMut(Event<'f>) -> Verdict) -> bool {
        let statement = rounds.statement;
        let body = statement_body(statement);
        // From a function that goes on elsewhere a return statement is a way out, too.
        let returns = |part: Node<'f>| {
            part.is(kind::RETURN_STATEMENT) && body != self.flow.root() && function_around(part) == body.parent()
        };
        self.flow.of(body).walk([Point::Enter(rounds.body)], |event| match event {
            Event::At(Point::Next(node)) if node == statement => {
                if counts {
                    Verdict::Found
                } else {
                    Verdict::Stop
                }
            }
            Event::At(Point::Enter(node) | Point::Leave(node) | Point::Head(node) | Point::Next(node))
                if node == statement || !statement.contains(node) =>
            {
                Verdict::Found
            }
            event => match (visit(event), event) {
                (Verdict::On, Event::Part(part)) if returns(part) => Verdict::Found,
                (verdict, _) => verdict,
            },
        })
    }

    /// `for a != nil || running`: is one of these, at least, changed only behind a receive in the same round?
    fn ends_behind_receive(&self, rounds: &Rounds<'f>) -> bool {
        let Some(condition) = rounds.condition else { return false };
        access::operands(condition, kind::LOGICAL_OR).into_iter().any(|part| {
            let Some(writes) = writes_of(part, rounds.statement) else { return false };
            let is_inside = writes.iter().all(|n| rounds.body.contains(*n));
            is_inside
                && !writes.is_empty()
                && !self.passes(rounds, false, |event| match event {
                    Event::Part(part) if writes.iter().any(|w| part.contains(*w)) => {
                        match self.unless_received(event) {
                            Verdict::Stop => Verdict::Stop,
                            _ => Verdict::Found,
                        }
                    }
                    event => self.unless_received(event),
                })
        })
    }

    /// A select with a case for each of several goroutines, as often as there are cases.
    fn waits_for_one_of_several(&self, rounds: &Rounds<'f>) -> Wait {
        let statements = rounds.body.named_children().flat_map(Node::named_children);
        let Some(select) = statements.into_iter().find(|n| n.is(kind::SELECT_STATEMENT)) else { return Wait::No };
        let cases: Vec<_> = select.named_children().filter(|n| n.is(kind::COMMUNICATION_CASE)).collect();
        let is_of_goroutine = |case: &Node<'f>| {
            let communication = case.child(field::COMMUNICATION);
            let receive = communication.and_then(|c| c.subtree().find(|n| access::is_unary(*n, kind::ARROW)));
            receive
                .and_then(|r| r.child(field::OPERAND))
                .and_then(|c| self.frames.reach(c))
                .is_some_and(|c| is_made(&c))
        };
        let has_default = select.named_children().any(|n| n.is(kind::DEFAULT_CASE));
        if has_default
            || !cases.iter().all(is_of_goroutine)
            || !cases.iter().any(|c| c.child(field::COMMUNICATION).is_some_and(|c| self.receives(c)))
            || self.passes(rounds, false, |event| self.unless_received(event))
        {
            return Wait::No;
        }
        let number = rounds.counter().and_then(|(_, end)| end.constant()).and_then(|n| n.as_i64());
        match number.map(|n| usize::try_from(n).unwrap_or_default()) {
            Some(n) if n >= cases.len() => Wait::Yes,
            Some(_) => Wait::No,
            None => Wait::Perhaps,
        }
    }

    fn receives(&self, part: Node<'f>) -> bool {
        part.subtree().any(|n| self.is_receive(n))
    }

    /// `for i := 0; i < cap(sem); i++ { sem <- struct{}{} }`, where the goroutine takes out what was put in before it
    /// was started.
    fn fills(&self, rounds: &Rounds<'f>) -> bool {
        let statements: Vec<_> = rounds.body.named_children().flat_map(Node::named_children).collect();
        let [send] = statements.as_slice() else { return false };
        let channel = Some(*send).filter(|s| s.is(kind::SEND_STATEMENT)).and_then(|s| s.child(field::CHANNEL));
        let Some(access) = channel.and_then(|c| self.frames.reach(c)) else { return false };
        let Some(end) = rounds.counter().map(|(_, end)| end).or(rounds.ranged()) else { return false };
        is_capacity(end, &access)
            && self.later.strong_signals(&What::Rounds.of(access.clone())).is_empty()
            && self.wait_for(&What::Receiver.of(access)) == Wait::Yes
    }

    /// Does nothing else make the condition of a loop false?
    fn spins(&self, condition: Node<'f>) -> bool {
        let is_signal = |part: Node<'f>| {
            access::operands(part, kind::LOGICAL_AND).into_iter().all(|part| self.looks_at_signal(part))
        };
        access::operands(condition, kind::LOGICAL_OR).into_iter().any(is_signal)
    }

    /// `for !done.Load()`, `for atomic.LoadInt32(&n) == 0`: of something that the literal changes after the use.
    fn looks_at_signal(&self, condition: Node<'f>) -> bool {
        if !self.later.run.is(kind::FUNC_LITERAL) {
            return false;
        }
        condition.subtree().filter(|n| n.is(kind::CALL_EXPRESSION)).any(|call| {
            let looked_at = match callee::callee(call) {
                Callee::Method(operand, _) => self.frames.reach(operand),
                Callee::Function(name) if name.starts_with("sync/atomic.") => {
                    callee::arguments(call).first().copied().and_then(|a| self.frames.reach(a))
                }
                _ => None,
            };
            looked_at.is_some_and(|a| self.wait_for(&What::Any.of(a)) == Wait::Yes)
        })
    }

    /// `for { if done.Load() { break } }`: a loop that nothing else ends.
    fn looks_at_signal_to_leave(&self, rounds: &Rounds<'f>) -> bool {
        if rounds.condition.is_some() || rounds.ranged().is_some() {
            return false;
        }
        let is_condition =
            |n: &Node<'f>| n.parent().is_some_and(|p| p.is(kind::IF_STATEMENT)) && n.field() == field::CONDITION;
        let looks: Vec<_> =
            rounds.body.descendants().filter(is_condition).filter(|c| self.looks_at_signal(*c)).collect();
        let leaves = |is_signalled: bool| {
            self.passes(rounds, false, |event| match event {
                Event::Part(part) if looks.contains(&part) => Verdict::Only(is_signalled),
                _ => Verdict::On,
            })
        };
        !looks.is_empty() && [false, true].into_iter().any(|is_signalled| !leaves(is_signalled))
    }
}

/// `x, ok := <-c`
fn sees_end(receive: Node<'_>) -> bool {
    let outer = access::parenthesized(receive);
    let Some(parent) = outer.parent() else { return false };
    let statement = if parent.is(kind::EXPRESSION_LIST) { parent.parent() } else { Some(parent) };
    let left = statement.and_then(|s| s.child(field::LEFT));
    left.is_some_and(|left| !left.contains(receive) && left.named_children().count() == 2)
}

/// Where the statement writes the variables of a condition; none if it depends on more than variables.
fn writes_of<'f>(condition: Node<'f>, statement: Node<'f>) -> Option<Vec<Node<'f>>> {
    let mut writes = Vec::new();
    for node in condition.subtree() {
        match node.kind() {
            kind::CALL_EXPRESSION if !matches!(callee::callee(node), Callee::Builtin(_)) => return None,
            kind::SELECTOR_EXPRESSION | kind::INDEX_EXPRESSION => return None,
            kind::UNARY_EXPRESSION if !access::is_unary(node, kind::NOT) => return None,
            kind::IDENTIFIER => {
                let Some(object) = node.resolve().filter(|o| o.kind() == Some(ObjectKind::Variable)) else { continue };
                let references = object.references()?.into_iter();
                writes.extend(references.filter(|r| statement.contains(*r) && access::is_written(*r)));
            }
            _ => {}
        }
    }
    Some(writes)
}

/// A channel of the program's own, not one of a timer.
fn is_made(channel: &Access<'_>) -> bool {
    channel.steps.is_empty()
        && callee::initial_value(channel.root).is_some_and(|(value, _)| callee::is_builtin_call(value, "make"))
}

/// `cap(c)`, or what the channel was made with.
fn is_capacity<'f>(size: Node<'f>, channel: &Access<'f>) -> bool {
    let size = size.unparenthesized();
    if callee::is_builtin_call(size, "cap") {
        return callee::arguments(size).first().and_then(|a| Access::of(*a)).is_some_and(|a| a == *channel);
    }
    let made = channel.steps.is_empty().then(|| callee::initial_value(channel.root)).flatten();
    let Some(capacity) = made.and_then(|(value, _)| callee::arguments(value).get(1).copied()) else { return false };
    match (size.constant().and_then(|n| n.as_i64()), capacity.constant().and_then(|n| n.as_i64())) {
        (Some(a), Some(b)) => a >= b,
        (None, None) => {
            let object = capacity.is(kind::IDENTIFIER).then(|| capacity.resolve()).flatten();
            let is_fixed = object.and_then(Object::references).is_some_and(|r| !r.into_iter().any(access::is_written));
            is_fixed && size.is(kind::IDENTIFIER) && size.resolve() == object
        }
        _ => false,
    }
}
