//! Functions and methods that keep what they are given and run it later. A table of full names: a method of the same
//! name on another type is none of them.

use golint_sdk::prelude::*;

use super::access::{Access, is_declared_in};
use super::callee::{self, Callee};

/// When a keeper runs what it keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// At once, on a goroutine of its own; `Wait` on the same receiver waits for it.
    Group,
    /// On a goroutine, unless it is stopped before: by the method `Stop` of the result, or by calling the result.
    Stoppable,
    /// Whenever a request comes, for as long as the receiver lives.
    Handler,
    /// When the garbage collector gets to it.
    Collector,
    /// When the test ends that the receiver stands for.
    TestEnd,
}

/// One keeper.
#[derive(Debug)]
pub(super) struct Keeper {
    /// Full name: the package path, the type if it is a method, the name.
    pub(super) name: &'static str,
    /// Positions of the arguments that it keeps.
    arguments: &'static [usize],
    /// When it runs them.
    pub(super) kept: Kept,
}

const fn keeper(name: &'static str, arguments: &'static [usize], kept: Kept) -> Keeper {
    Keeper { name, arguments, kept }
}

/// Sources: the documentation of each package.
const KEEPERS: &[Keeper] = &[
    keeper("golang.org/x/sync/errgroup.Group.Go", &[0], Kept::Group),
    keeper("golang.org/x/sync/errgroup.Group.TryGo", &[0], Kept::Group),
    keeper("sync.WaitGroup.Go", &[0], Kept::Group),
    keeper("time.AfterFunc", &[1], Kept::Stoppable),
    keeper("context.AfterFunc", &[1], Kept::Stoppable),
    keeper("net/http.Handle", &[1], Kept::Handler),
    keeper("net/http.HandleFunc", &[1], Kept::Handler),
    keeper("net/http.ServeMux.Handle", &[1], Kept::Handler),
    keeper("net/http.ServeMux.HandleFunc", &[1], Kept::Handler),
    keeper("runtime.SetFinalizer", &[1], Kept::Collector),
    keeper("runtime.AddCleanup", &[1, 2], Kept::Collector),
    keeper("testing.T.Cleanup", &[0], Kept::TestEnd),
    keeper("testing.B.Cleanup", &[0], Kept::TestEnd),
    keeper("testing.F.Cleanup", &[0], Kept::TestEnd),
    keeper("testing.TB.Cleanup", &[0], Kept::TestEnd),
];

/// The keeper that keeps this argument of the call beyond the body of the loop.
pub(super) fn keeper_of(call: Node<'_>, argument: usize, body: Node<'_>) -> Option<&'static Keeper> {
    let (names, receiver, argument) = match callee::callee_through_variable(call) {
        Callee::Function(name) => (vec![name], None, argument),
        Callee::Method(operand, name) => match method_expression(operand, name) {
            // `(*errgroup.Group).Go(g, f)`
            Some(full) => (vec![full], callee::arguments(call).first().copied(), argument.checked_sub(1)?),
            None => (callee::method_names(operand, name), Some(operand), argument),
        },
        _ => return None,
    };
    let keeper = KEEPERS.iter().find(|k| k.arguments.contains(&argument) && names.iter().any(|n| n == k.name))?;
    match (keeper.kept, receiver) {
        // A mux made for the iteration goes with it, a subtest ends within it.
        (Kept::Handler | Kept::TestEnd, Some(receiver)) => {
            let root = Access::of(receiver)?.root;
            (!is_declared_in(root, body)).then_some(keeper)
        }
        _ => Some(keeper),
    }
}

/// What a call of a group's method is called on.
pub(super) fn receiver_of(call: Node<'_>) -> Option<Node<'_>> {
    match callee::callee_through_variable(call) {
        Callee::Method(operand, name) => match method_expression(operand, name) {
            Some(_) => callee::arguments(call).first().copied(),
            None => Some(operand),
        },
        _ => None,
    }
}

/// The full name of the method in `(*T).name`, where T is a type of another package.
fn method_expression(operand: Node<'_>, name: Node<'_>) -> Option<String> {
    let mut ty = operand.unparenthesized();
    if super::access::is_unary(ty, kind::STAR) {
        ty = ty.child(field::OPERAND)?.unparenthesized();
    }
    let package = ty.child(field::OPERAND).filter(|_| ty.is(kind::SELECTOR_EXPRESSION))?;
    let owner = callee::is_package(package).then(|| ty.qualified_name()).flatten()?;
    let full = format!("{owner}.{}", name.text());
    // A variable of a package is no type.
    KEEPERS.iter().any(|k| k.name == full).then_some(full)
}

/// Is this a call of the method of package testing's types with this name? Answers the receiver.
pub(super) fn testing_call<'f>(call: Node<'f>, method: &str) -> Option<Node<'f>> {
    let Callee::Method(operand, name) = callee::callee(call) else { return None };
    if name.bytes() != method.as_bytes() {
        return None;
    }
    let names = callee::method_names(operand, name);
    let is_testing = |n: &String| {
        n.strip_prefix("testing.").and_then(|n| n.split_once('.')).is_some_and(|(_, called)| called == method)
    };
    names.iter().any(is_testing).then_some(operand)
}
