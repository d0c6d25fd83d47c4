//! Subtests: which of them go on after the iteration that started them, and from where. It never looks at the tests'
//! names or arguments.
//!
//! `t.Run` returns when the subtest ends or calls `t.Parallel`; a parallel subtest goes on when the test that started it
//! ends. Source: the documentation of package testing, "Subtests and Sub-benchmarks", and testing.T.Run.

use std::collections::HashSet;

use golint_sdk::prelude::*;

use super::access::Access;
use super::control_flow::{ControlFlow, Event, Point, Verdict, function_around, statement_of};
use super::{access, callee, frames, keepers, path};

/// Functions that return only when all goroutines that their argument started have ended.
const WAIT_FOR_ALL: &[&str] = &["testing/synctest.Test", "testing/synctest.Run"];

/// Is this a function that waits for everything that its argument starts?
pub(super) fn waits_for_all(name: &str) -> bool {
    WAIT_FOR_ALL.contains(&name)
}

/// The call by which a subtest makes itself parallel: on its own parameter, in its own body, or by a function of this
/// file that is called in any case.
pub(super) fn parallel_call<'f>(literal: Node<'f>) -> Option<Node<'f>> {
    let own = path::parameter(literal, 0)?.resolve()?;
    let body = literal.child(field::BODY)?;
    let direct = body.descendants().find(|n| {
        n.is(kind::CALL_EXPRESSION)
            && function_around(*n) == Some(literal)
            && keepers::testing_call(*n, "Parallel").and_then(Access::of).is_some_and(|a| a.root == own)
    });
    let by_function = calls_at_top(body).find(|call| hands_to_parallel(*call, own));
    [direct, by_function].into_iter().flatten().min_by_key(|call| call.start())
}

/// The calls that are statements of the block itself.
fn calls_at_top<'f>(body: Node<'f>) -> impl Iterator<Item = Node<'f>> {
    let statements = body.named_children().flat_map(Node::named_children);
    let calls = statements.filter(|s| s.is(kind::EXPRESSION_STATEMENT)).filter_map(|s| s.named_children().next());
    calls.filter(|c| c.is(kind::CALL_EXPRESSION))
}

/// `setup(t)`, of a function that calls `t.Parallel()` on every way through it.
fn hands_to_parallel<'f>(call: Node<'f>, test: Object<'f>) -> bool {
    let is_test = |n: &Node<'f>| Access::of(*n).is_some_and(|a| a.root == test && a.steps.is_empty());
    let Some(position) = callee::arguments(call).iter().position(is_test) else { return false };
    let function = frames::shown(call, &callee::callee_through_variable(call));
    let given = function.and_then(|f| Some((f.child(field::BODY)?, path::parameter(f, position)?.resolve()?)));
    given.is_some_and(|(body, parameter)| {
        let is_replaced = || parameter.references().is_none_or(|all| all.into_iter().any(access::is_written));
        let parallel = calls_at_top(body)
            .find(|c| keepers::testing_call(*c, "Parallel").and_then(Access::of).is_some_and(|a| a.root == parameter));
        parallel.is_some_and(|parallel| is_unavoidable(body, statement_of(parallel))) && !is_replaced()
    })
}

/// Does every way through the function come by the statement?
fn is_unavoidable<'f>(body: Node<'f>, statement: Node<'f>) -> bool {
    !ControlFlow::new(body).walk([Point::Enter(body)], |event| match event {
        Event::Part(part) if part == statement => Verdict::Stop,
        Event::Part(part) if part.is(kind::RETURN_STATEMENT) => Verdict::Found,
        Event::At(Point::Leave(node)) if node == body => Verdict::Found,
        _ => Verdict::On,
    })
}

/// Is the literal what `t.Run` runs, directly or by a variable that has no other use?
pub(super) fn is_body_of_subtest(literal: Node<'_>) -> bool {
    let is_run = |value: Node<'_>| {
        let outer = access::parenthesized(value);
        let Some(list) = outer.parent().filter(|p| p.is(kind::ARGUMENT_LIST)) else { return false };
        list.named_children().position(|n| n == outer) == Some(1)
            && list.parent().is_some_and(|call| keepers::testing_call(call, "Run").is_some())
    };
    if is_run(literal) {
        return true;
    }
    let references = references_of_holder(literal);
    !references.is_empty() && references.into_iter().all(is_run)
}

/// Does the node run after the subtest made itself parallel?
pub(super) fn runs_after<'f>(literal: Node<'f>, parallel: Node<'f>, node: Node<'f>) -> bool {
    let Some(body) = literal.child(field::BODY) else { return false };
    let mut seen = HashSet::new();
    let mut open = vec![node];
    let reached = parts_after(body, parallel);
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        let inner = node.ancestors().take_while(|n| *n != literal).filter(|n| n.is(kind::FUNC_LITERAL)).last();
        let Some(inner) = inner else {
            if reached.iter().any(|part| part.contains(node)) {
                return true;
            }
            continue;
        };
        match runs_at_end(inner, literal) {
            true => return true,
            false => open.push(inner),
        }
        // Held by a variable: wherever that is used.
        open.extend(references_of_holder(inner));
    }
    false
}

/// What runs behind the statement, as far as it is in the same function.
fn parts_after<'f>(body: Node<'f>, from: Node<'f>) -> Vec<Node<'f>> {
    let mut parts = Vec::new();
    ControlFlow::new(body).walk([Point::Leave(statement_of(from))], |event| {
        if let Event::Part(part) = event {
            parts.push(part);
        }
        Verdict::On
    });
    parts
}

/// Is the literal deferred by this function, or registered with Cleanup?
fn runs_at_end(inner: Node<'_>, function: Node<'_>) -> bool {
    let Some(call) = access::call_with(inner) else { return false };
    let is_deferred = call.parent().is_some_and(access::is_go_or_defer);
    (is_deferred && function_around(call) == Some(function)) || keepers::testing_call(call, "Cleanup").is_some()
}

/// Where the variable is used that the literal is assigned to.
pub(super) fn references_of_holder(literal: Node<'_>) -> Vec<Node<'_>> {
    let target = access::target_of(literal);
    let references = target.and_then(Node::resolve).and_then(Object::references).unwrap_or_default();
    references.into_iter().filter(|n| Some(*n) != target && !literal.contains(*n)).collect()
}
