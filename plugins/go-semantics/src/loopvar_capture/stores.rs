//! What is stored beyond the iteration: is it looked at again after the variable changed, or overwritten before? It
//! never follows what is stored into other functions; a call may look at whatever outlives the function.

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::address;
use super::callee::{self, Callee};
use super::control_flow::{ControlFlow, Event, Point, Verdict, function_around, statement_of};
use super::header::{Loop, Shared};
use super::lifetime::Certainty;

/// A place in which something is stored.
struct Store<'a, 'f> {
    of: &'a Loop<'f>,
    flow: &'a ControlFlow<'f>,
    /// The statement that stores.
    statement: Node<'f>,
    target: Node<'f>,
    access: Access<'f>,
    /// What is stored stays beside what was stored before.
    adds: bool,
}

/// Can what was stored be looked at after the variable changed? None if not.
pub(super) fn outlives<'f>(
    of: &Loop<'f>,
    flow: &ControlFlow<'f>,
    variable: &Shared<'f>,
    statement: Node<'f>,
    target: Node<'f>,
    is_append: bool,
) -> Option<Certainty> {
    let access = Access::of(target)?;
    let mut store = Store { of, flow, statement, target, access, adds: is_append };
    store.adds |= store.differs_each_time();
    let starts = store.after_change(variable);
    if starts.is_empty() {
        return None;
    }
    let is_local = store.is_local();
    // A fake for the time of one iteration: what runs it is called right behind the store.
    if !store.adds && !is_local && store.is_used_at_once() {
        return None;
    }
    if store.looked_at(&starts, Look::Name) {
        return Some(Certainty::Certain);
    }
    if is_local && !store.adds && store.is_used_at_once() {
        return None;
    }
    if !is_local && store.looked_at(&starts, Look::Call) {
        return Some(Certainty::Certain);
    }
    // Each iteration overwrites what the one before stored, so that only the last one's is ever looked at: by others, who
    // may do so in between; in a variable of the function never before it changed. What each iteration adds to something
    // that is emptied before anybody looks is gone.
    (!store.adds && !is_local).then_some(Certainty::Likely)
}

/// The variable that is stored in, if it is one of the function's own, and whatever the loop assigns to it is an address
/// or a function literal: behind a store it is not nil.
pub(super) fn always_set<'f>(of: &Loop<'f>, target: Node<'f>) -> Option<Object<'f>> {
    let object = target.is(kind::IDENTIFIER).then(|| target.resolve()).flatten()?;
    let function = function_around(of.statement)?;
    let declaration = object.declaration().filter(|d| function.contains(*d))?;
    let may_be_nil = |r: Node<'f>| {
        let is_elsewhere = function_around(r) != function_around(declaration) || address::base(r).is_some();
        (is_elsewhere && access::is_written(r)) || (of.statement.contains(r) && access::is_written(r) && !is_set_at(r))
    };
    let references = object.references()?;
    (!references.iter().any(|r| *r != declaration && may_be_nil(*r))).then_some(object)
}

/// `x = &v`, `x = func() { … }`
fn is_set_at(target: Node<'_>) -> bool {
    access::value_of(target).is_some_and(|v| v.is(kind::FUNC_LITERAL) || access::is_unary(v, kind::AMPERSAND))
}

/// The value of an if statement's condition `x != nil` or `x == nil`, for an x that is not nil.
pub(super) fn known_condition<'f>(set: Option<Object<'f>>, event: Event<'f>) -> Option<bool> {
    let (set, Event::Part(part)) = (set?, event) else { return None };
    part.parent().filter(|p| p.is(kind::IF_STATEMENT) && part.field() == field::CONDITION)?;
    let condition = part.unparenthesized();
    let mut operands = condition.is(kind::BINARY_EXPRESSION).then(|| condition.named_children())?;
    let is_nil = operands.any(|n| n.is(kind::NIL));
    let is_it = condition.named_children().any(|n| n.is(kind::IDENTIFIER) && n.resolve() == Some(set));
    let operator = condition.child(field::OPERATOR).filter(|_| is_nil && is_it)?;
    match operator.bytes() {
        b"!=" => Some(true),
        b"==" => Some(false),
        _ => None,
    }
}

/// How a part of the function looks at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// Not at all.
    None,
    /// It calls something that may.
    Call,
    /// It names it, or what holds it.
    Name,
}

impl<'f> Store<'_, 'f> {
    /// A place of its own in each iteration: an index that changes, or a root that does.
    fn differs_each_time(&self) -> bool {
        let body = self.of.body;
        let varies = |identifier: Node<'f>| {
            identifier.resolve().is_some_and(|object| {
                access::is_declared_in(object, self.of.statement)
                    || object.references().is_some_and(|references| {
                        references.iter().any(|r| {
                            self.of.statement.contains(*r)
                                && access::is_written(*r)
                                && !(self.statement.contains(*r) && self.target == *r)
                        })
                    })
            })
        };
        let is_call_result = self.target.descendants().any(|n| n.is(kind::CALL_EXPRESSION) && body.contains(n));
        let is_plain = self.target.is(kind::IDENTIFIER);
        is_call_result
            || !is_plain && self.target.subtree().any(|n| n.is(kind::IDENTIFIER) && !callee::is_package(n) && varies(n))
    }

    /// The points right behind a change of the variable that can be reached from the store without overwriting.
    fn after_change(&self, variable: &Shared<'f>) -> Vec<Point<'f>> {
        let (statement, body) = (self.of.statement, self.of.body);
        let mut points = Vec::new();
        let mut moved_on = false;
        let start = [Point::Leave(statement_of(self.statement))];
        self.flow.walk(start, |event| match event {
            // Behind the head of a range loop that is over, the variable still is what it was.
            Event::At(Point::Next(node)) if node == statement => {
                moved_on = true;
                if variable.changes.on_next {
                    points.push(Point::Head(statement));
                    return Verdict::Stop;
                }
                Verdict::On
            }
            Event::At(Point::Enter(node)) if node == body && variable.changes.on_entry => {
                points.push(Point::Enter(body));
                Verdict::Stop
            }
            Event::Part(part) if variable.changes.in_body.iter().any(|n| part.contains(*n)) => {
                points.push(Point::Leave(part));
                Verdict::Stop
            }
            event if self.stops(event) => Verdict::Stop,
            _ => Verdict::On,
        });
        if variable.changes.by_address_only && moved_on {
            points.push(Point::Head(statement));
        }
        points
    }

    /// Is it looked at before it is overwritten? Whoever called the function may look at what outlives it.
    fn looked_at(&self, starts: &[Point<'f>], least: Look) -> bool {
        let outlives_function = least == Look::Call;
        self.flow.walk(starts.iter().copied(), |event| match event {
            Event::At(Point::Leave(node)) if outlives_function && Some(node) == self.function_body() => Verdict::Found,
            event if self.stops(event) => Verdict::Stop,
            Event::Part(part) if !part.contains(self.statement) && self.look(part) >= least => Verdict::Found,
            Event::Part(part) if outlives_function && part.is(kind::RETURN_STATEMENT) && !self.is_inner(part) => {
                Verdict::Found
            }
            _ => Verdict::On,
        })
    }

    /// Does something else stand in the place behind this?
    fn stops(&self, event: Event<'f>) -> bool {
        match event {
            Event::Part(part) if part.contains(self.statement) => !self.adds,
            Event::Part(part) => self.overwrites(part),
            Event::At(Point::Leave(node)) => self.is_restored_by_end_of(node),
            Event::At(_) => false,
        }
    }

    /// A literal of the body that puts back what was there when it ends, also if it says so before the store.
    fn is_restored_by_end_of(&self, body: Node<'f>) -> bool {
        let is_inner = body.parent().is_some_and(|p| p.is(kind::FUNC_LITERAL) && self.of.body.contains(p));
        is_inner
            && body.is(kind::BLOCK)
            && body
                .named_children()
                .flat_map(Node::named_children)
                .any(|s| (s.is(kind::DEFER_STATEMENT) || is_cleanup(s)) && self.overwrites(s))
    }

    /// Is it looked at between the store and the end of the iteration?
    fn is_used_at_once(&self) -> bool {
        let least = if self.is_local() { Look::Name } else { Look::Call };
        self.flow.walk([Point::Leave(statement_of(self.statement))], |event| match event {
            Event::At(Point::Next(node)) if node == self.of.statement => Verdict::Stop,
            Event::Part(part) if self.look(part) >= least => Verdict::Found,
            _ => Verdict::On,
        })
    }

    /// A variable of the function that only the function's own statements can look at.
    fn is_local(&self) -> bool {
        let root = self.access.root;
        let Some(function) = function_around(self.of.statement) else { return false };
        let is_of_function = access::is_declared_in(root, function);
        let is_given =
            ["parameter", "result", "receiver"].iter().any(|p| root.is(p)) && !self.target.is(kind::IDENTIFIER);
        // Through a pointer, slice or map others may look at it.
        let is_value = self.target.is(kind::IDENTIFIER)
            || root
                .type_of()
                .and_then(Type::underlying)
                .is_some_and(|t| matches!(t.kind().as_str(), "struct" | "array"));
        // So they may where another function captures it, or gets its address.
        let is_known_elsewhere = |r: &Node<'f>| {
            let is_captured = function_around(*r) != Some(function) || address::base(*r).is_some();
            is_captured && !self.statement.contains(*r)
        };
        let is_shared = || root.references().unwrap_or_default().iter().any(is_known_elsewhere);
        is_of_function && !is_given && is_value && !root.is("result") && !is_shared()
    }

    fn function_body(&self) -> Option<Node<'f>> {
        function_around(self.of.statement)?.child(field::BODY)
    }

    fn is_inner(&self, node: Node<'f>) -> bool {
        function_around(node) != function_around(self.of.statement)
    }

    /// Does the part put something else in the place?
    fn overwrites(&self, part: Node<'f>) -> bool {
        if part == self.statement {
            return !self.adds;
        }
        // A literal that restores the place when the function of the body ends.
        if part.is(kind::DEFER_STATEMENT) || is_cleanup(part) {
            let inner = function_around(part).is_some_and(|f| self.of.body.contains(f));
            return inner && part.descendants().any(|n| self.is_overwritten_by(n));
        }
        self.is_reset_by(part) || self.is_overwritten_by(part)
    }

    /// `stub.Reset()`
    fn is_reset_by(&self, part: Node<'f>) -> bool {
        let call =
            part.named_children().next().filter(|c| part.is(kind::EXPRESSION_STATEMENT) && c.is(kind::CALL_EXPRESSION));
        let Some(Callee::Method(operand, name)) = call.map(callee::callee) else { return false };
        let resets = ["Reset", "reset", "Clear", "clear"].iter().any(|p| name.text().starts_with(p));
        resets && Access::of(operand).is_some_and(|a| self.access.is_within(&a))
    }

    fn is_overwritten_by(&self, statement: Node<'f>) -> bool {
        if !statement.is(kind::ASSIGNMENT_STATEMENT) || statement == self.statement {
            return false;
        }
        let is_plain = statement.child(field::OPERATOR).is_some_and(|o| o.is(kind::ASSIGN));
        let lefts = statement.child(field::LEFT).into_iter().flat_map(Node::named_children);
        let mut covers = lefts.filter_map(Access::of).map(|a| self.access.is_within(&a));
        if !is_plain || !covers.any(|c| c) {
            return false;
        }
        // `fns = append(fns, …)` and `fns = fns[1:]` keep what is there; `fns = fns[:0]` does not.
        let right = statement.child(field::RIGHT);
        let keeps = right
            .into_iter()
            .flat_map(Node::subtree)
            .any(|n| n.is(kind::IDENTIFIER) && n.resolve() == Some(self.access.root) && !is_emptied(n));
        !keeps
    }

    /// Does the part look at the place?
    fn look(&self, part: Node<'f>) -> Look {
        let mut look = Look::None;
        for node in part.subtree() {
            match node.kind() {
                kind::IDENTIFIER if self.names(node) => return Look::Name,
                kind::CALL_EXPRESSION if !self.is_local() && may_look(node) => {
                    // A hook of a package is run by its functions.
                    if self.is_package_level() {
                        return Look::Name;
                    }
                    look = Look::Call;
                }
                _ => {}
            }
        }
        look
    }

    fn is_package_level(&self) -> bool {
        self.access.root.is("package-level")
    }

    /// Is the identifier a use of the place, or of what holds it, that may look at what is stored?
    fn names(&self, identifier: Node<'f>) -> bool {
        if identifier.resolve() != Some(self.access.root) || self.target.contains(identifier) {
            return false;
        }
        if self.is_package_level() {
            return false;
        }
        let mut at = access::parenthesized(identifier);
        for step in &self.access.steps {
            let Some(parent) = at.parent() else { break };
            match parent.kind() {
                kind::SELECTOR_EXPRESSION => {
                    let Some(name) = parent.child(field::FIELD) else { break };
                    if name.bytes() != step.as_bytes() {
                        // Another field holds something else; a method may look at all of them.
                        return name.resolve().is_none_or(|o| o.kind() == Some(ObjectKind::Function));
                    }
                }
                kind::INDEX_EXPRESSION => {}
                _ => break,
            }
            at = access::parenthesized(parent);
        }
        // To add to it, to empty it or to write over it is not to look at it.
        !access::is_overwritten(at) && !is_kept_by_itself(at, &self.access) && !is_measured(at)
    }
}

/// `x` in `x = append(x, …)`, `x = x[:0]`.
fn is_kept_by_itself<'f>(at: Node<'f>, place: &Access<'f>) -> bool {
    let Some(statement) = at.ancestors().find(|n| n.is(kind::ASSIGNMENT_STATEMENT)) else { return false };
    let lefts = statement.child(field::LEFT).into_iter().flat_map(Node::named_children);
    if !lefts.filter_map(Access::of).any(|a| a == *place) {
        return false;
    }
    let parent = at.parent();
    match parent.map(Node::kind) {
        Some(kind::SLICE_EXPRESSION) => true,
        Some(kind::ARGUMENT_LIST) => parent.and_then(Node::parent).is_some_and(|call| {
            callee::is_builtin_call(call, "append") && callee::arguments(call).first() == Some(&at)
        }),
        _ => false,
    }
}

/// `len(x)`, `cap(x)`, `x == nil`.
fn is_measured(at: Node<'_>) -> bool {
    let Some(parent) = at.parent() else { return false };
    match parent.kind() {
        kind::ARGUMENT_LIST => parent
            .parent()
            .is_some_and(|call| callee::is_builtin_call(call, "len") || callee::is_builtin_call(call, "cap")),
        kind::BINARY_EXPRESSION => parent.named_children().any(|n| n.is(kind::NIL)),
        _ => false,
    }
}

/// `x[:0]`
fn is_emptied(identifier: Node<'_>) -> bool {
    identifier.ancestors().find(|n| n.is(kind::SLICE_EXPRESSION)).is_some_and(|slice| {
        slice.child(field::START).is_none() && slice.child(field::END).is_some_and(|end| end.bytes() == b"0")
    })
}

fn is_cleanup(part: Node<'_>) -> bool {
    part.is(kind::EXPRESSION_STATEMENT)
        && part.named_children().next().is_some_and(|call| {
            call.is(kind::CALL_EXPRESSION)
                && matches!(callee::callee(call), Callee::Method(_, name) if name.bytes() == b"Cleanup")
        })
}

/// Packages whose functions run nothing that a program stored somewhere.
const INERT_PACKAGES: &[&str] = &[
    "bytes",
    "errors",
    "fmt",
    "log",
    "log/slog",
    "math",
    "sort",
    "strconv",
    "strings",
    "sync/atomic",
    "time",
    "unicode",
];

/// Packages whose methods run nothing that a program stored somewhere; `Run` of package testing does.
const INERT_TYPES: &[&str] = &["testing.", "sync.", "log.", "strings.", "bytes."];

/// Can the call lead to code that looks at what others stored?
pub(super) fn may_look(call: Node<'_>) -> bool {
    match callee::callee(call) {
        Callee::Builtin(_) | Callee::Conversion => false,
        Callee::Literal(_) | Callee::Unknown => true,
        Callee::Function(name) => {
            let package = name.rsplit_once('.').map_or(name.as_str(), |(package, _)| package);
            !INERT_PACKAGES.contains(&package)
        }
        Callee::Method(operand, name) => {
            let ty = callee::type_name(operand);
            let is_inert = ty.is_some_and(|ty| INERT_TYPES.iter().any(|package| ty.starts_with(package)));
            !is_inert || name.bytes() == b"Run"
        }
    }
}
