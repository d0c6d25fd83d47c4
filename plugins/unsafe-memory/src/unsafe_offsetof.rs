//! unsafe-offsetof: offsets of fields that are added to pointers from which they don't count, and sums that are kept as
//! numbers. It never reports what may be right.

mod chain;
mod memory;
mod message;
mod parked;
mod spelling;

use golint_sdk::prelude::*;

use crate::address::{arguments_of_add, sum_of};
use crate::conversion::{arguments, conversion, is_integer, is_unsafe_pointer, operator};
use crate::draft::Drafts;
use crate::structure::is_pointer_shaped;
use crate::variable::{Change, assigned_to, mentions, outermost, variable};
use crate::view::{View, examine};

/// Offsets added to the wrong base.
pub(crate) struct UnsafeOffsetof;

impl Rule for UnsafeOffsetof {
    type Options = NoOptions;
    const ATTRIBUTES: &'static [(&'static str, &'static str)] = &[("overlaps", "govet/unsafeptr")];

    const META: Meta = Meta {
        id: "unsafe-offsetof",
        summary: "unsafe.Offsetof added to a pointer from which it doesn't count, or kept as a number",
        docs: DOCS,
        category: "correctness",
        severity: Severity::Error,
        default_on: true,
    };

    fn interests(_: &NoOptions) -> Vec<Interest> {
        // The function's name stands in the file, however the import is called.
        vec![
            Interest::in_nodes([kind::SOURCE_FILE])
                .requires(Needle::imports("unsafe"))
                .requires(Needle::literal("Offsetof")),
        ]
    }

    fn check(_: &NoOptions, root: Node<'_>) {
        let file = root.file();
        let Some(spelling) = spelling::Spelling::of(root) else { return };
        let mut found = Drafts::default();
        for node in root.descendants() {
            match node.kind() {
                kind::SHORT_VAR_DECLARATION | kind::ASSIGNMENT_STATEMENT | kind::VAR_SPEC
                    if spelling.may_park(node) =>
                {
                    examine(file, file.platforms(), &mut found, |view, drafts| parked::look(view, node, drafts));
                }
                kind::BINARY_EXPRESSION | kind::CALL_EXPRESSION
                    if may_be_address(node) && spelling.may_have_offset(node) =>
                {
                    examine(file, file.platforms(), &mut found, |view, drafts| judge(view, node, drafts));
                }
                _ => {}
            }
        }
        found.report(file);
    }
}

/// Cheap, before anything is asked: a sum, or a call that may be `unsafe.Add` or the conversion to `unsafe.Pointer`, and
/// not a part of another one.
fn may_be_address(node: Node<'_>) -> bool {
    let may_be = |n: Node<'_>| match n.kind() {
        kind::BINARY_EXPRESSION => operator(n).is_some_and(|o| o.is(kind::PLUS) || o.is(kind::MINUS)),
        kind::CALL_EXPRESSION => {
            let callee = n.child(field::FUNCTION).map_or(b"".as_slice(), |callee| callee.unparenthesized().bytes());
            callee.ends_with(b"Add") || callee.ends_with(b"Pointer")
        }
        _ => false,
    };
    let around = outermost(node).parent();
    let around = around.and_then(|n| if n.is(kind::ARGUMENT_LIST) { n.parent() } else { Some(n) });
    may_be(node) && !around.is_some_and(may_be)
}

fn judge<'f>(view: &View<'f>, node: Node<'f>, drafts: &mut Drafts) {
    let is_sum =
        !node.is(kind::CALL_EXPRESSION) || arguments_of_add(view, node).is_some() || conversion(view, node).is_some();
    if is_sum {
        judge_sum(view, node, drafts);
    } else {
        // Another function of that name: what it is handed was not judged by itself.
        arguments(node).into_iter().flatten().for_each(|argument| judge_sum(view, argument, drafts));
    }
}

fn judge_sum<'f>(view: &View<'f>, node: Node<'f>, drafts: &mut Drafts) {
    let sum = sum_of(view, node);
    if !sum.has_offset() {
        return;
    }
    let Some(fault) = chain::fault_of(view, &sum) else { return };
    let is_wrong = fault.at_pointer.is_empty() || is_taken_for_value(view, node);
    let on = if is_wrong { fault.on.clone() } else { fault.on.minus(&fault.at_pointer) };
    if !on.is_empty() && !goes_on(view, node) {
        drafts.add(message::draft_of(view, &fault), &on);
    }
}

/// The sum visibly becomes a pointer to something that is no pointer.
fn is_taken_for_value<'f>(view: &View<'f>, sum: Node<'f>) -> bool {
    let mut node = outermost(sum);
    while let Some(parent) = node.parent().filter(|_| view.step()) {
        let call = if parent.is(kind::ARGUMENT_LIST) { parent.parent() } else { Some(parent) };
        let Some(converted) = call.and_then(|call| conversion(view, call)).filter(|c| c.operand == node) else { break };
        if let Some(target) = converted.to.pointee() {
            return !is_pointer_shaped(target);
        }
        let Some(call) = call else { break };
        node = outermost(call);
    }
    false
}

/// More is added to the sum, so that it is judged there: around it, or to the variable that it is assigned to.
fn goes_on<'f>(view: &View<'f>, sum: Node<'f>) -> bool {
    let mut node = outermost(sum);
    while let Some(parent) = node.parent() {
        if parent.is(kind::BINARY_EXPRESSION) {
            return operator(parent).is_some_and(|o| o.is(kind::PLUS) || o.is(kind::MINUS));
        }
        let call = if parent.is(kind::ARGUMENT_LIST) { parent.parent() } else { Some(parent) };
        let Some(call) = call.filter(|_| view.step()) else { return false };
        if arguments_of_add(view, call).is_some_and(|(pointer, offset)| pointer == node || offset == node) {
            return true;
        }
        let is_kept =
            |c: &crate::conversion::Conversion<'f>| c.operand == node && (is_integer(c.to) || is_unsafe_pointer(c.to));
        if conversion(view, call).filter(is_kept).is_none() {
            break;
        }
        node = outermost(call);
    }
    let Some((object, _)) = assigned_to(view, node) else { return false };
    let Some(all) = variable(object) else { return false };
    let is_added_to = |read: &Node<'f>| {
        let read = outermost(*read);
        read.parent().is_some_and(|parent| {
            let is_sum = operator(parent).is_some_and(|o| o.is(kind::PLUS) || o.is(kind::MINUS));
            let call = if parent.is(kind::ARGUMENT_LIST) { parent.parent() } else { None };
            is_sum || call.is_some_and(|call| arguments_of_add(view, call).is_some())
        })
    };
    all.reads.iter().any(is_added_to)
        || all.writes.iter().any(|write| match write.change {
            Change::Add(_) | Change::Subtract(_) => true,
            Change::Set(value) => mentions(value, object) && !value.contains(sum),
            Change::Combine(..) | Change::Other => false,
        })
}

const DOCS: &str = "\
## What it finds

- `unsafe.Offsetof(x.f)` added to a pointer from which it doesn't count. The offset of a field counts from the struct that
  directly holds it (of a promoted field: from the outer struct), so the sum is right only if the pointer points to that
  struct, or if the offsets that are added with it lead there field by field.
- Offsets that go through a pointer: what a pointer field points to stands elsewhere.
- The address of a pointer, `unsafe.Pointer(&p)`, to which the offset of a field is added: the pointer itself was meant.
- An address that is kept as a number (`addr := uintptr(unsafe.Pointer(x)) + unsafe.Offsetof(x.f)`) and becomes an
  `unsafe.Pointer` later. It is reported where it becomes a number. Such a finding is likely where the memory may have
  been taken from elsewhere out of sight: another function returned the pointer, the pointer's own address was handed out,
  or it leads into a slice that wasn't made here. It is certain otherwise.

Offsets are followed through `unsafe.Add`, `uintptr` arithmetic, constants, and variables that are assigned once.

## Why

The compiler checks nothing here: the sum names some other memory, and reading or writing it corrupts data silently. It
often works at first, as long as the field left out stands at offset 0, and breaks when somebody adds a field before it.

A number keeps nothing alive. Between the two conversions the collector may free what the number named, and a growing
stack moves it. Both conversions must stand in one expression; see the rules of `unsafe.Pointer`.

## Bad

```go
package p

import \"unsafe\"

type header struct {
	id    uint64
	flags uint32
}

type packet struct {
	length uint64
	header header
}

func flags(p *packet) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.header.flags)))
}
```

## Good

```go
package p

import \"unsafe\"

type header struct {
	id    uint64
	flags uint32
}

type packet struct {
	length uint64
	header header
}

func flags(p *packet) *uint32 {
	return (*uint32)(unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.header)+unsafe.Offsetof(p.header.flags)))
}

func flagsWithoutUnsafe(p *packet) *uint32 {
	return &p.header.flags
}
```

## What it leaves alone

- A field left out that stands at offset 0; structs with one underlying type; structs of which one begins like the
  other; an anonymous struct that begins with what the pointer points to.
- The offset of the first field behind a pointer where the sum is the address of that pointer, unless it becomes a
  pointer to something that is none.
- `unsafe.Pointer(&p)` to which nothing is added: reading or swapping the pointer's own bits, as in
  `atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(&p)))`, is legal and common.
- Subtraction (from a field back to its struct), and sums with anything else in them than offsets of fields.
- Pointers to arrays, elements of slices and arrays, type parameters, and everything whose type isn't known: a plain
  `unsafe.Pointer`, structs of other packages.
- Addresses kept as numbers that are only printed, compared, subtracted from each other or overwritten.
- Addresses of memory that isn't the collector's: package-level variables, C's memory, memory mappings (and so all bytes
  of a slice that wasn't made here), addresses that were numbers to begin with, and pointers that another function sets
  through their own address.

## Options

None.
";
