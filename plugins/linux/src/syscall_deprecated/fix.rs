//! From a counted system call to SyscallN, which needs no count.

use golint_sdk::prelude::*;

use super::arguments;

/// `Syscall(trap, 2, a, b, 0)` becomes `SyscallN(trap, a, b)`. None where that can't be told apart from losing an
/// argument: the count must be a constant that is not above the slots, and what it leaves out must be literal zeros.
pub(super) fn to_syscall_n(call: Node<'_>, name: Node<'_>, on: &Platforms) -> Option<Fix> {
    let list = call.child(field::ARGUMENTS)?;
    let given = arguments(call);
    let [trap, count_node, slots @ ..] = given.as_slice() else { return None };
    // `f(g())` and a spread slice are no lists of arguments.
    if slots.is_empty() || list.descendants().any(|n| n.is(kind::VARIADIC_ARGUMENT)) || list.has_error() {
        return None;
    }
    if !name.parent()?.is(kind::SELECTOR_EXPRESSION) && !means_syscall_n(name, on) {
        return None;
    }
    let count = constant_count(*count_node, on)?;
    let count = usize::try_from(count).ok().filter(|c| *c <= slots.len())?;
    let surplus = &slots[count..];
    let is_zero = |n: Node<'_>| n.is(kind::INT_LITERAL) && n.constant().and_then(|c| c.as_i64()) == Some(0);
    if !surplus.iter().all(|n| is_zero(n.unparenthesized())) {
        return None;
    }
    let last = *given.last()?;
    let mut deleted = Vec::new();
    if count == 0 {
        deleted.push(Span { start: trap.end(), end: last.end() });
    } else {
        // With the space behind the comma, so that the next argument moves up.
        deleted.push(Span { start: count_node.start(), end: slots[0].start() });
        if !surplus.is_empty() {
            deleted.push(Span { start: slots[count - 1].end(), end: last.end() });
        }
    }
    let is_lost = |comment: Node<'_>| deleted.iter().any(|d| d.start < comment.end() && comment.start() < d.end);
    if list.descendants().any(|n| n.is(kind::COMMENT) && is_lost(n)) {
        return None;
    }
    let fix = Fix::safe("call SyscallN, which needs no count").replace(name, "SyscallN");
    Some(deleted.into_iter().fold(fix, Fix::delete))
}

/// Beside a dot import of syscall, no declaration of the package or import of the file can be called SyscallN: Go would
/// not compile it. A local one can, and where the file has one, which it is takes knowing every scope.
fn means_syscall_n(name: Node<'_>, on: &Platforms) -> bool {
    let root = name.ancestors().last().unwrap_or(name);
    let is_name = |n: &Node<'_>| matches!(n.kind(), kind::IDENTIFIER | kind::TYPE_IDENTIFIER);
    root.descendants().filter(|n| is_name(n) && n.bytes() == b"SyscallN").all(|n| {
        let meant = n.resolve_on(on);
        let is_no_other = |o: &Object<'_>| o.qualified_name().as_deref() == Some("syscall.SyscallN") || o.is("field");
        !meant.is_empty() && meant.iter().all(|(_, object)| is_no_other(object))
    })
}

/// The count, if it is one constant on all of these platforms.
fn constant_count(node: Node<'_>, on: &Platforms) -> Option<i64> {
    let answers = node.constant_on(on);
    let mut known = Platforms::none();
    let mut value = None;
    for (set, constant) in answers {
        let count = constant.as_i64()?;
        if value.is_some_and(|v| v != count) {
            return None;
        }
        value = Some(count);
        known = known.or(&set);
    }
    if known.covers(on) { value } else { None }
}
