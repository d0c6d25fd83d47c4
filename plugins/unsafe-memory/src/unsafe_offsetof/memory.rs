//! Whose memory a pointer leads to: the collector's, or some that nothing frees or moves. It never looks beyond one function.

use golint_sdk::prelude::*;

use crate::address::arguments_of_add;
use crate::conversion::{arguments, conversion, is_unsafe_pointer, unary};
use crate::variable::{Change, history, value_at, variable};
use crate::view::View;

/// A pointer is followed through this many expressions.
const MAX_ORIGIN: u32 = 64;

/// Where a pointer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// The collector's, or a stack.
    Go,
    /// The collector's, unless what made it, out of sight, took it from elsewhere.
    Perhaps,
    /// Neither, or unknown: a package-level variable, C's, a mapping's, a device's.
    Other,
}

/// Where the pointer leads, as far as the expression and the variables in it say.
pub(super) fn memory_of<'f>(view: &View<'f>, pointer: Node<'f>) -> Memory {
    let mut pending = vec![pointer];
    let mut seen = Vec::new();
    let mut left = MAX_ORIGIN;
    let mut memory = Memory::Go;
    while let Some(node) = pending.pop() {
        let node = node.unparenthesized();
        if left == 0 || !view.step() {
            return Memory::Other;
        }
        left -= 1;
        // C's types come from C's memory more often than not.
        if view.type_of(node).is_none_or(|ty| ty.string().contains("C.")) {
            return Memory::Other;
        }
        if let Some(element) = element_of_slice(view, node) {
            if is_made(view, node) {
                continue;
            }
            // Files are mapped as bytes.
            if matches!(element.string().as_str(), "byte" | "uint8" | "int8") {
                return Memory::Other;
            }
            memory = Memory::Perhaps;
            match behind_slice(view, node, &mut seen) {
                Some(next) => pending.extend(next),
                None => return Memory::Other,
            }
            continue;
        }
        match node.kind() {
            kind::IDENTIFIER => {
                let Some(object) = view.resolve(node) else { return Memory::Other };
                if seen.contains(&object) {
                    continue;
                }
                seen.push(object);
                let Some(all) = history(object) else { return Memory::Other };
                let set = || {
                    all.writes.iter().filter_map(|write| match write.change {
                        Change::Set(value) if value.bytes() != b"nil" => Some(value),
                        _ => None,
                    })
                };
                // Through `&p` its value can become anything; one that has no other value gets what it points to there.
                if all.addressed {
                    if set().next().is_none() && !all.given {
                        return Memory::Other;
                    }
                    memory = Memory::Perhaps;
                }
                // Other files can set it, too.
                let is_local = object.property("package-level") == Some(false);
                if !is_local && object.references_in_package().is_none_or(|all| all.iter().any(|r| r.file != 0)) {
                    memory = Memory::Perhaps;
                }
                pending.extend(set());
                // One of a call's results.
                if all.writes.iter().any(|w| w.change == Change::Other && gets_result(w.statement)) {
                    memory = Memory::Perhaps;
                }
            }
            kind::UNARY_EXPRESSION => {
                if let Some((kind::AMPERSAND, operand)) = unary(node) {
                    match holder(view, operand) {
                        Some(next) if next == operand.unparenthesized() => {}
                        Some(next) => pending.push(next),
                        None => return Memory::Other,
                    }
                }
            }
            kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => {
                if let Some(conversion) = conversion(view, node) {
                    let operand = view.type_of(conversion.operand);
                    if operand.and_then(Type::pointee).is_none() && !operand.is_some_and(is_unsafe_pointer) {
                        return Memory::Other;
                    }
                    pending.push(conversion.operand);
                } else if view.type_of(node).is_some_and(is_unsafe_pointer) {
                    let Some((pointer, _)) = arguments_of_add(view, node) else { return Memory::Other };
                    pending.push(pointer);
                } else if node.child(field::FUNCTION).and_then(|c| view.name_of(c)).is_some_and(|c| c.ends_with("Data"))
                {
                    // unsafe.SliceData and unsafe.StringData: of whatever memory.
                    return Memory::Other;
                } else if !is_builtin(view, node) {
                    memory = Memory::Perhaps;
                }
            }
            _ => {}
        }
        // An `unsafe.Pointer` that isn't made from anything that can be seen.
        let is_made = matches!(node.kind(), kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION);
        if !is_made && view.type_of(node).is_some_and(is_unsafe_pointer) && !is_local_with_values(view, node) {
            return Memory::Other;
        }
    }
    memory
}

fn element_of_slice<'f>(view: &View<'f>, node: Node<'f>) -> Option<Type<'f>> {
    view.type_of(node)?.underlying().filter(|under| under.kind() == "slice")?.element()
}

/// What a slice may lie over, as far as that can be seen. None: memory that is not the collector's, or unknown.
fn behind_slice<'f>(view: &View<'f>, slice: Node<'f>, seen: &mut Vec<Object<'f>>) -> Option<Vec<Node<'f>>> {
    match slice.kind() {
        kind::IDENTIFIER => {
            let object = view.resolve(slice)?;
            // Package-level variables are never freed and never move, nor does what they begin with.
            if object.property("package-level") != Some(false) {
                return None;
            }
            if seen.contains(&object) {
                return Some(Vec::new());
            }
            seen.push(object);
            let writes = history(object)?.writes.into_iter();
            Some(
                writes
                    .filter_map(|write| if let Change::Set(value) = write.change { Some(value) } else { None })
                    .collect(),
            )
        }
        kind::SLICE_EXPRESSION => {
            let operand = slice.child(field::OPERAND)?.unparenthesized();
            let is_array = view.type_of(operand)?.underlying()?.kind() == "array";
            Some(vec![if is_array { holder(view, operand)? } else { operand }])
        }
        kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => {
            if conversion(view, slice).is_some() {
                return None;
            }
            match slice.child(field::FUNCTION).and_then(|callee| view.name_of(callee)).as_deref() {
                Some("unsafe.Slice") => Some(vec![*arguments(slice)?.first()?]),
                _ => Some(Vec::new()),
            }
        }
        _ => Some(Vec::new()),
    }
}

/// The statement hands out the results of a call: `p, err := f()`.
fn gets_result(statement: Node<'_>) -> bool {
    let values = statement.child(if statement.is(kind::VAR_SPEC) { field::VALUE } else { field::RIGHT });
    values.is_some_and(|values| values.named_children().any(|v| v.unparenthesized().is(kind::CALL_EXPRESSION)))
}

/// A call of `new`, and the like.
fn is_builtin<'f>(view: &View<'f>, call: Node<'f>) -> bool {
    let callee = call.child(field::FUNCTION).map(Node::unparenthesized).filter(|callee| callee.is(kind::IDENTIFIER));
    callee.and_then(|callee| view.resolve(callee)).is_some_and(|object| object.kind() == Some(ObjectKind::Builtin))
}

fn is_local_with_values<'f>(view: &View<'f>, node: Node<'f>) -> bool {
    let object = if node.is(kind::IDENTIFIER) { view.resolve(node) } else { None };
    object.filter(|o| !o.is("package-level")).and_then(variable).is_some_and(|all| {
        !all.given && !all.writes.is_empty() && all.writes.iter().all(|w| matches!(w.change, Change::Set(_)))
    })
}

/// Of `&operand`: the operand itself where it stands on the stack or heap of Go, the pointer through which it is reached,
/// or none where it stands elsewhere or that is unknown.
fn holder<'f>(view: &View<'f>, operand: Node<'f>) -> Option<Node<'f>> {
    let operand = operand.unparenthesized();
    let mut node = operand;
    while view.step() {
        match node.kind() {
            kind::COMPOSITE_LITERAL => return Some(operand),
            kind::IDENTIFIER => {
                let object = view.resolve(node)?;
                // Package-level variables are never freed and never move.
                let is_local =
                    object.kind() == Some(ObjectKind::Variable) && object.property("package-level") == Some(false);
                return is_local.then_some(operand);
            }
            kind::SELECTOR_EXPRESSION => {
                let inner = node.child(field::OPERAND)?.unparenthesized();
                if view.type_of(inner)?.pointee().is_some() {
                    return Some(inner);
                }
                node = inner;
            }
            kind::INDEX_EXPRESSION => {
                let inner = node.child(field::OPERAND)?.unparenthesized();
                match view.type_of(inner)?.underlying()?.kind().as_str() {
                    "array" => node = inner,
                    "pointer" => return Some(inner),
                    _ => return Some(inner),
                }
            }
            kind::UNARY_EXPRESSION => {
                let (kind::STAR, inner) = unary(node)? else { return None };
                return Some(inner.unparenthesized());
            }
            _ => return None,
        }
    }
    None
}

fn is_made<'f>(view: &View<'f>, slice: Node<'f>) -> bool {
    let Some(value) = value_at(view, slice).filter(|_| slice.is(kind::IDENTIFIER)) else { return false };
    let callee = value.child(field::FUNCTION).and_then(|callee| view.resolve(callee.unparenthesized()));
    value.is(kind::COMPOSITE_LITERAL)
        || callee
            .is_some_and(|c| c.kind() == Some(ObjectKind::Builtin) && matches!(c.name().as_str(), "make" | "append"))
}
