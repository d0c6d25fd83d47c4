//! Whether what leaves an iteration is still run when the next one has begun: is there a way back to the head of the loop,
//! and does nothing on it wait? It never looks at where something goes; `escape` does.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::control_flow::{ControlFlow, Event, Outcomes, Point, Verdict, function_around, statement_of};
use super::escape::{Escape, Reach, Way};
use super::header::{Loop, Shared};
use super::keepers::{self, Kept};
use super::queues::Queue;
use super::signals::Later;
use super::terminators::{self, Next};
use super::waits::{self, Wait, Waits};
use super::{stores, subtests};

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// It is so wherever the code runs.
    Certain,
    /// It is so unless something that can't be seen makes it right.
    Likely,
}

/// One loop in its function.
pub(super) struct Lifetime<'a, 'f> {
    of: &'a Loop<'f>,
    flow: ControlFlow<'f>,
    /// From where the loop moves on, for each variable.
    moves: RefCell<HashMap<Object<'f>, Outcomes<'f>>>,
    /// Can anything in the loop be a wait?
    may_wait: OnceCell<bool>,
}

impl<'a, 'f> Lifetime<'a, 'f> {
    /// None for a loop outside of any function, which does not compile.
    pub(super) fn new(of: &'a Loop<'f>) -> Option<Self> {
        let body = function_around(of.statement)?.child(field::BODY)?;
        Some(Lifetime { of, flow: ControlFlow::new(body), moves: RefCell::default(), may_wait: OnceCell::new() })
    }

    /// Can what leaves the iteration this way still use the variable when that has changed? None if not.
    pub(super) fn of_escape(
        &self,
        variable: &Shared<'f>,
        escape: &Escape<'f>,
        identifier: Node<'f>,
        reach: Reach,
    ) -> Option<Certainty> {
        // Not so for what the loop only assigns: the next time it does that again.
        if variable.is_declared && self.of.is_last_iteration(escape.at) {
            return None;
        }
        let certainty = match escape.way {
            Way::Stored(target, adds) => {
                let holder = stores::always_set(self.of, target);
                let on = |event| stores::known_condition(holder, event).map_or(Verdict::On, Verdict::Only);
                if !self.moves_on(variable, escape.at) || !self.reaches_head(variable, escape.at, on) {
                    return None;
                }
                stores::outlives(self.of, &self.flow, variable, escape.at, target, adds)?
            }
            Way::Defer => {
                // A deferred literal that reads or sets a result of the function is there for its last value.
                let is_result = variable.object.is("result");
                if is_result && access::is_overwritten(identifier) || !self.moves_on(variable, escape.at) {
                    return None;
                }
                if is_result { Certainty::Likely } else { Certainty::Certain }
            }
            Way::Parallel(parallel) => {
                let literal = escape.run?;
                let runs = subtests::runs_after(literal, parallel, escape.via);
                (runs && self.moves_on(variable, escape.at)).then_some(Certainty::Certain)?
            }
            Way::Kept(keeper) if matches!(keeper.kept, Kept::Handler | Kept::Collector | Kept::TestEnd) => {
                self.moves_on(variable, escape.at).then_some(Certainty::Certain)?
            }
            Way::Go | Way::Sent | Way::Kept(_) => self.unless_awaited(variable, escape, identifier, reach)?,
        };
        let is_sure = !escape.is_unsure && !variable.changes.by_address_only;
        Some(if is_sure { certainty } else { Certainty::Likely })
    }

    /// Is there a way from the statement to another iteration?
    fn moves_on(&self, variable: &Shared<'f>, at: Node<'f>) -> bool {
        let mut moves = self.moves.borrow_mut();
        let outcomes = moves.entry(variable.object).or_default();
        self.walk_to_head(variable, at, Some(outcomes), |_| Verdict::On)
    }

    fn unless_awaited(
        &self,
        variable: &Shared<'f>,
        escape: &Escape<'f>,
        identifier: Node<'f>,
        reach: Reach,
    ) -> Option<Certainty> {
        if !self.moves_on(variable, escape.at) {
            return None;
        }
        let may_wait = || {
            waits::is_on_goroutine(escape.at)
                || *self.may_wait.get_or_init(|| waits::may_wait(self.of.statement, &self.flow))
        };
        let sent = matches!(escape.way, Way::Sent).then_some(escape.at);
        if is_called_off_at_once(escape) {
            return None;
        }
        let Some(run) = escape.run.or(sent).filter(|_| may_wait()) else { return Some(Certainty::Certain) };
        let call = run_call(run, escape);
        let via = if reach == Reach::Address && !run.contains(escape.via) { run } else { escape.via };
        let later = Later::new(&self.flow, run, via, group_of(escape), call).with_use(identifier);
        let waits = Waits::new(self.of.statement, &self.flow, later, handle_of(escape));
        let queue = sent.and_then(|send| Queue::new(send, self.of.statement, &self.flow));
        let wait = |event| waits.at(event).max(queue.as_ref().map_or(Wait::No, |queue| queue.at(event)));
        match waits::least_wait(|least| self.gets_past(variable, escape.at, |event| wait(event) >= least)) {
            Wait::Yes => None,
            Wait::No if !self.is_awaited_unless_test_ends(variable, escape, &waits) => Some(Certainty::Certain),
            Wait::No | Wait::Perhaps => Some(Certainty::Likely),
        }
    }

    /// Is it awaited wherever the test goes on, so that only one that fails leaves it running?
    fn is_awaited_unless_test_ends(&self, variable: &Shared<'f>, escape: &Escape<'f>, waits: &Waits<'_, 'f>) -> bool {
        let ends = |event| match event {
            Event::Part(part) => matches!(terminators::next(part, &self.flow), Next::EndOf(_)),
            Event::At(_) => false,
        };
        function_around(escape.at).is_some_and(|function| self.of.body.contains(function))
            && !self.gets_past(variable, escape.at, |event| ends(event) || waits.at(event) >= Wait::Perhaps)
            && self.gets_past(variable, escape.at, ends)
    }

    /// Is there a way from the statement to the head of the loop that comes by none of these?
    fn gets_past(&self, variable: &Shared<'f>, at: Node<'f>, these: impl Fn(Event<'f>) -> bool) -> bool {
        self.reaches_head(variable, at, |event| if these(event) { Verdict::Stop } else { Verdict::On })
    }

    /// Is there a way from the statement to the head of the loop that `visit` does not stop? A variable that the
    /// loop only assigns is the same one also when control comes to the loop from outside again.
    fn reaches_head(&self, variable: &Shared<'f>, at: Node<'f>, visit: impl FnMut(Event<'f>) -> Verdict) -> bool {
        self.walk_to_head(variable, at, None, visit)
    }

    fn walk_to_head(
        &self,
        variable: &Shared<'f>,
        at: Node<'f>,
        outcomes: Option<&mut Outcomes<'f>>,
        mut visit: impl FnMut(Event<'f>) -> Verdict,
    ) -> bool {
        let statement = self.of.statement;
        let declaration = variable.object.declaration();
        self.flow.walk_knowing([Point::Leave(statement_of(at))], outcomes, |event| {
            match event {
                Event::At(Point::Next(node)) if node == statement => return Verdict::Found,
                Event::At(Point::Enter(node)) if node == statement => {
                    return if variable.is_declared { Verdict::Stop } else { Verdict::Found };
                }
                // Declared anew, it is another variable.
                Event::Part(part) if declaration.is_some_and(|d| part.contains(d)) => return Verdict::Stop,
                _ => {}
            }
            visit(event)
        })
    }
}

/// `time.AfterFunc(…).Stop()`, `context.AfterFunc(…)()`
fn is_called_off_at_once(escape: &Escape<'_>) -> bool {
    let is_stoppable = matches!(escape.way, Way::Kept(keeper) if keeper.kept == Kept::Stoppable);
    let outer = access::parenthesized(escape.at);
    let function = match outer.parent() {
        Some(p) if p.is(kind::SELECTOR_EXPRESSION) && p.child(field::FIELD).is_some_and(|f| f.bytes() == b"Stop") => p,
        _ => outer,
    };
    let call = access::parenthesized(function).parent().filter(|p| p.is(kind::CALL_EXPRESSION));
    let statement = call.filter(|c| is_stoppable && c.child(field::FUNCTION).is_some_and(|f| f.contains(function)));
    statement.and_then(Node::parent).is_some_and(|s| !access::is_go_or_defer(s))
}

/// What hands something to the literal that runs: the call in `go func(done chan bool) { … }(done)`, or that of the go
/// statement which the literal is an argument of; the statement that sends the literal together with others.
fn run_call<'f>(run: Node<'f>, escape: &Escape<'f>) -> Option<Node<'f>> {
    let call = match escape.way {
        Way::Go => escape.at.named_children().next()?,
        Way::Sent => escape.at,
        _ => return None,
    };
    (run != call).then_some(call)
}

/// The group whose keeper this is.
fn group_of<'f>(escape: &Escape<'f>) -> Option<Access<'f>> {
    match escape.way {
        Way::Kept(keeper) if keeper.kept == Kept::Group => keepers::receiver_of(escape.at).and_then(Access::of),
        _ => None,
    }
}

/// The variable that gets the timer or the stop function.
fn handle_of<'f>(escape: &Escape<'f>) -> Option<Object<'f>> {
    if !matches!(escape.way, Way::Kept(keeper) if keeper.kept == Kept::Stoppable) {
        return None;
    }
    access::target_of(escape.at).and_then(Access::of).filter(|a| a.steps.is_empty()).map(|a| a.root)
}
