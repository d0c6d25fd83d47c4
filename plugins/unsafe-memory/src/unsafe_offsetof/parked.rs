//! Addresses of Go memory that are kept as numbers until they become pointers again. It never looks beyond one function.

use golint_sdk::prelude::*;

use super::memory::{Memory, memory_of};
use crate::address::{Sum, Term, TermKind, sum_of};
use crate::conversion::{binary, conversion, is_integer, is_unsafe_pointer, unary};
use crate::draft::{Draft, Drafts};
use crate::variable::{Change, Write, assigned_to, assignments, history, mentions, outermost, surroundings, variable};
use crate::view::View;
use crate::wording::expression;

/// A number is followed through this many variables.
const MAX_VARIABLES: usize = 8;
/// A mask that is no larger keeps low bits only, on every machine.
const LARGEST_LOW_BITS: i128 = 0x7fff_ffff;

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
            Change::Subtract(_) | Change::Combine(..) | Change::Other => false,
        });
        for read in &all.reads {
            if !reaches(view, statement, *read, &all.writes, object) {
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
    // Perhaps what was subtracted is an address, too. A difference is no pointer, but may be added to one.
    let mut is_difference = false;
    while view.step() {
        let Some(parent) = node.parent() else { break };
        if let Some((operator, left, right)) = binary(parent) {
            let is_left = left == node;
            let other = if is_left { right } else { left };
            let is_unknown = matches!(operator, kind::PLUS | kind::MINUS) && is_address(view, other, true);
            if !is_moved(view, operator, is_left, other) || is_unknown && is_difference {
                break;
            }
            is_difference |= is_unknown && operator == kind::MINUS;
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
    (if is_difference { outermost(name) } else { node }, false)
}

/// An address that is combined with `other` by the operator still leads to what it led to, or beside it. The difference
/// of two addresses doesn't, nor what is added to another address, nor the low bits.
fn is_moved<'f>(view: &View<'f>, operator: Kind, is_left: bool, other: Node<'f>) -> bool {
    match operator {
        kind::PLUS => !is_address(view, other, false),
        kind::MINUS => is_left && !is_address(view, other, false),
        kind::AND_NOT | kind::AND_NOT_ASSIGN => is_left,
        kind::AMPERSAND | kind::AND_ASSIGN => {
            let is_inverse = unary(other.unparenthesized()).is_some_and(|(operator, _)| operator == kind::XOR);
            let masks = view.integers(other);
            is_inverse || !masks.is_empty() && masks.values().all(|mask| *mask < 0 || *mask > LARGEST_LOW_BITS)
        }
        kind::OR | kind::OR_ASSIGN => true,
        _ => false,
    }
}

/// The number is the address of something. With `perhaps`, also one of which nothing is known.
fn is_address<'f>(view: &View<'f>, number: Node<'f>, perhaps: bool) -> bool {
    let sum = sum_of(view, number);
    let sign = |negative: bool| if negative { -1 } else { 1 };
    if sum.bases.iter().map(|base| sign(base.negative)).sum::<i32>() != 0 {
        return true;
    }
    let is_other = |term: &&Term<'f>| matches!(term.kind, TermKind::Other);
    sum.cut && perhaps
        || sum.terms.iter().filter(is_other).any(|term| {
            let node = term.node.unparenthesized();
            // A number that isn't unsafe's kind of one counts something.
            if perhaps && view.type_of(node).is_none_or(|ty| ty.string() == "uintptr") {
                return true;
            }
            let object = if node.is(kind::IDENTIFIER) { view.resolve(node) } else { None };
            let all = object.filter(|o| o.kind() == Some(ObjectKind::Variable)).and_then(history);
            all.is_some_and(|all| {
                all.writes.iter().any(|write| match write.change {
                    Change::Set(value) => sum_of(view, value).base().is_some(),
                    _ => false,
                })
            })
        })
}

/// The value that `statement` gives to the variable is still in it when `read` runs.
fn reaches<'f>(view: &View<'f>, statement: Node<'f>, read: Node<'f>, writes: &[Write<'f>], object: Object<'f>) -> bool {
    let around = |node: Node<'f>| surroundings(node);
    // A write that keeps the old value in it doesn't end it.
    let keeps = |write: &Write<'f>| match write.change {
        Change::Set(value) => object
            .references()
            .is_none_or(|all| all.into_iter().filter(|r| value.contains(*r)).any(|r| climb(view, r) == (value, false))),
        Change::Add(_) => true,
        Change::Subtract(value) => !is_address(view, value, true),
        Change::Combine(operator, value) => is_moved(view, operator, true, value),
        Change::Other => matches!(write.statement.kind(), kind::INC_STATEMENT | kind::DEC_STATEMENT),
    };
    let overwrites = |write: &&Write<'f>| write.statement != statement && !keeps(write);
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
