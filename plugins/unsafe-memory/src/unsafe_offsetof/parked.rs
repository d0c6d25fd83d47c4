//! Addresses of Go memory that are kept as numbers until they become pointers again. It never looks beyond one function.

use golint_sdk::prelude::*;

use crate::address::{Sum, arguments_of_add, sum_of};
use crate::conversion::{binary, conversion, is_integer, is_unsafe_pointer, unary};
use crate::draft::{Draft, Drafts};
use crate::variable::{Change, Write, assigned_to, assignments, mentions, outermost, surroundings, value_at, variable};
use crate::view::View;
use crate::wording::expression;

/// A number is followed through this many variables.
const MAX_VARIABLES: usize = 8;
/// A base is followed through this many expressions.
const MAX_ORIGIN: u32 = 64;

/// Where a pointer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Memory {
    /// The collector's, or a stack.
    Go,
    /// The collector's, unless the function that returned the pointer took it from elsewhere.
    Perhaps,
    /// Neither, or unknown: a package-level variable, C's, a mapping's, a device's.
    Other,
}

/// Looks at what the statement (an assignment or declaration) parks.
pub(super) fn look<'f>(view: &View<'f>, statement: Node<'f>, drafts: &mut Drafts) {
    for (name, value) in assignments(statement) {
        let Some(object) = view.resolve(name) else { continue };
        let is_number = view.type_of(name).is_some_and(|ty| is_integer(ty));
        if object.kind() != Some(ObjectKind::Variable) || object.is("package-level") || !is_number {
            continue;
        }
        let sum = sum_of(view, value);
        // The base of a name's value was parked where the name got it.
        let Some(base) = sum.base().filter(|base| base.direct) else { continue };
        let memory = memory_of(view, base.pointer);
        if memory == Memory::Other {
            continue;
        }
        let returns = returns_of(view, object, statement, &sum);
        let Some(first) = returns.first() else { continue };
        let (pointer, name) = (expression(base.pointer), object.name());
        let labels = returns.iter().map(|r| (r.location(), format!("`{name}` becomes a pointer again"))).collect();
        let draft = Draft {
            at: statement.span(),
            message: format!(
                "`{name}` keeps the address as a number, which nothing updates or keeps alive: until it is a pointer \
                 again, the collector may free what `{pointer}` points to, and a growing stack may move it"
            ),
            primary: "the address becomes a number".to_owned(),
            labels,
            notes: Vec::new(),
            help: help(view, base.pointer, *first),
            likely: memory == Memory::Perhaps,
        };
        drafts.add(draft, &view.on);
    }
}

fn help<'f>(view: &View<'f>, pointer: Node<'f>, conversion: Node<'f>) -> String {
    let pointer = expression(pointer);
    let has_add = view.file.go_version().is_none_or(|go| go >= GoVersion { major: 1, minor: 17 });
    if has_add {
        format!("keep a pointer instead: `unsafe.Add(unsafe.Pointer({pointer}), …)`, or take the field's address")
    } else {
        format!(
            "convert in one expression: `unsafe.Pointer(uintptr(unsafe.Pointer({pointer})) + …)` in place of `{}`",
            expression(conversion)
        )
    }
}

/// Where the number that `statement` gives to the variable becomes an `unsafe.Pointer`, the offset of a field having
/// been added by then.
fn returns_of<'f>(view: &View<'f>, object: Object<'f>, statement: Node<'f>, sum: &Sum<'f>) -> Vec<Node<'f>> {
    let mut found = Vec::new();
    let mut seen = vec![object];
    let mut pending = vec![(object, statement, has_offset_added(sum))];
    while let Some((object, statement, has_offset)) = pending.pop() {
        let Some(all) = variable(object) else { continue };
        let added = all.writes.iter().any(|write| match write.change {
            Change::Add(value) => has_offset_added(&sum_of(view, value)),
            Change::Set(value) => mentions(value, object) && has_offset_added(&sum_of(view, value)),
            Change::Subtract(_) | Change::Other => false,
        });
        for read in &all.reads {
            if !reaches(statement, *read, &all.writes, object) {
                continue;
            }
            let (top, is_pointer) = climb(view, *read);
            let has_offset = has_offset || added || has_offset_added(&sum_of(view, top));
            if is_pointer {
                found.extend(top.parent().and_then(Node::parent).filter(|_| has_offset));
                continue;
            }
            let Some((next, write)) = assigned_to(view, top) else { continue };
            if !seen.contains(&next) && seen.len() < MAX_VARIABLES {
                seen.push(next);
                pending.push((next, write, has_offset));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// An offset that is subtracted leads from a field to its struct, whose memory the pointer to the field names as well.
fn has_offset_added(sum: &Sum<'_>) -> bool {
    sum.offsets().any(|(term, _)| !term.negative)
}

/// The largest expression around the name whose value is still the address, moved; and whether it is converted to
/// `unsafe.Pointer`.
fn climb<'f>(view: &View<'f>, name: Node<'f>) -> (Node<'f>, bool) {
    let mut node = outermost(name);
    while view.step() {
        let Some(parent) = node.parent() else { break };
        let is_moved = match binary(parent) {
            Some((kind::PLUS | kind::AND_NOT | kind::AMPERSAND | kind::OR, ..)) => true,
            Some((kind::MINUS, left, _)) => left == node,
            _ => false,
        };
        if is_moved {
            node = outermost(parent);
            continue;
        }
        let call = if parent.is(kind::ARGUMENT_LIST) { parent.parent() } else { Some(parent) };
        let Some(call) = call else { break };
        let Some(converted) = conversion(view, call).filter(|c| c.operand == node) else { break };
        if is_unsafe_pointer(converted.to) {
            return (node, true);
        }
        if !is_integer(converted.to) {
            break;
        }
        node = outermost(call);
    }
    (node, false)
}

/// The value that `statement` gives to the variable is still in it when `read` runs.
fn reaches<'f>(statement: Node<'f>, read: Node<'f>, writes: &[Write<'f>], object: Object<'f>) -> bool {
    let around = |node: Node<'f>| surroundings(node);
    // A write that keeps the old value in it doesn't end it.
    let overwrites = |write: &&Write<'f>| {
        write.statement != statement
            && match write.change {
                Change::Set(value) => !mentions(value, object),
                Change::Other => !matches!(write.statement.kind(), kind::INC_STATEMENT | kind::DEC_STATEMENT),
                Change::Add(_) | Change::Subtract(_) => false,
            }
    };
    if statement.end() <= read.start() {
        // Exclusive branches: neither runs after the other.
        if are_exclusive(statement, read) {
            return false;
        }
        return !writes.iter().filter(overwrites).any(|write| {
            let is_between = statement.end() <= write.statement.start() && write.statement.start() <= read.start();
            // The right side of an assignment is read before it writes.
            is_between && !write.statement.contains(read) && around(write.statement).is_some_and(|a| a.contains(read))
        });
    }
    // Before it in the source: only in the next round of a loop that both are in, and the variable is not.
    let Some(declared) = object.declaration() else { return false };
    let is_loop = |a: &Node<'f>| a.is(kind::FOR_STATEMENT) && a.contains(statement) && !a.contains(declared);
    let Some(around_both) = read.ancestors().find(is_loop) else { return false };
    !writes.iter().filter(overwrites).any(|write| {
        let list = around(write.statement);
        let is_after = statement.end() <= write.statement.start() && list.is_some_and(|a| a.contains(statement));
        let is_before = write.statement.end() <= read.start() && list.is_some_and(|a| a.contains(read));
        around_both.contains(write.statement) && (is_after || is_before)
    })
}

/// The two stand in different branches of one statement.
fn are_exclusive<'f>(a: Node<'f>, b: Node<'f>) -> bool {
    let Some(common) = a.ancestors().find(|x| x.contains(b)) else { return false };
    let branch = |node: Node<'f>| common.children().find(|child| child.contains(node));
    let (Some(left), Some(right)) = (branch(a), branch(b)) else { return false };
    match common.kind() {
        kind::IF_STATEMENT => left.field() == field::CONSEQUENCE && right.field() == field::ALTERNATIVE,
        kind::EXPRESSION_SWITCH_STATEMENT | kind::TYPE_SWITCH_STATEMENT | kind::SELECT_STATEMENT => {
            let is_case = |node: Node<'f>| {
                matches!(
                    node.kind(),
                    kind::EXPRESSION_CASE | kind::TYPE_CASE | kind::COMMUNICATION_CASE | kind::DEFAULT_CASE
                )
            };
            is_case(left) && is_case(right)
        }
        _ => false,
    }
}

/// Where the pointer leads, as far as the expression and the variables in it say.
fn memory_of<'f>(view: &View<'f>, pointer: Node<'f>) -> Memory {
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
        match node.kind() {
            kind::IDENTIFIER => {
                let Some(object) = view.resolve(node) else { return Memory::Other };
                if seen.contains(&object) {
                    continue;
                }
                seen.push(object);
                // Through `&p` its value can become anything.
                let Some(all) = variable(object) else { return Memory::Other };
                // Other files can set it, too.
                let is_local = object.property("package-level") == Some(false);
                if !is_local && object.references_in_package().is_none_or(|all| all.iter().any(|r| r.file != 0)) {
                    memory = Memory::Perhaps;
                }
                for write in all.writes {
                    match write.change {
                        Change::Set(value) => pending.push(value),
                        // One of a call's results.
                        Change::Other if gets_result(write.statement) => memory = Memory::Perhaps,
                        Change::Other | Change::Add(_) | Change::Subtract(_) => {}
                    }
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
                    // A slice may lie over any memory, unless it was just made.
                    _ => return is_made(view, inner).then_some(operand),
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
