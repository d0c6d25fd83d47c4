//! From a counted system call to SyscallN, which needs no count.

use golint_sdk::prelude::*;

use super::arguments;

/// `Syscall(trap, 2, a, b, 0)` becomes `SyscallN(trap, a, b)`. None where that can't be told apart from losing an
/// argument: the count must be a constant that is not above the slots, and what it leaves out must be literal zeros.
pub(super) fn to_syscall_n(call: Node<'_>, name: Node<'_>, on: &Platforms) -> Option<Fix> {
    let list = call.child(field::ARGUMENTS)?;
    let given = arguments(call);
    let [trap, count_node, slots @ ..] = given.as_slice() else { return None };
    // A comment inside would go with what is deleted; `f(g())` and a spread slice are no lists of arguments.
    if slots.is_empty()
        || list.descendants().any(|n| n.is(kind::COMMENT) || n.is(kind::VARIADIC_ARGUMENT))
        || list.has_error()
    {
        return None;
    }
    // A dot import would need SyscallN to be free in this scope.
    if !name.parent()?.is(kind::SELECTOR_EXPRESSION) {
        return None;
    }
    let count = constant_count(*count_node, on)?;
    let count = usize::try_from(count).ok().filter(|c| *c <= slots.len())?;
    let surplus = &slots[count..];
    if !surplus.iter().all(|n| n.is(kind::INT_LITERAL) && n.constant().and_then(|c| c.as_i64()) == Some(0)) {
        return None;
    }
    let mut fix = Fix::safe("call SyscallN, which needs no count").replace(name, "SyscallN");
    let last_kept = if count == 0 { *trap } else { slots[count - 1] };
    let last = *given.last()?;
    if count == 0 {
        fix = fix.delete(Span { start: trap.end(), end: last.end() });
    } else {
        // With the space behind the comma, so that the next argument moves up.
        fix = fix.delete(Span { start: count_node.start(), end: slots[0].start() });
        if !surplus.is_empty() {
            fix = fix.delete(Span { start: last_kept.end(), end: last.end() });
        }
    }
    Some(fix)
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
