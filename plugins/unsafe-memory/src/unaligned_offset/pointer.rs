//! Pointers that are moved by a constant to where a value of the new type must not stand. It never looks at what a
//! pointer points to at run time: the base's type says how it is aligned, at least.

use golint_sdk::prelude::*;

use crate::address::sum_of;
use crate::conversion::conversion;
use crate::draft::{Draft, Drafts};
use crate::structure::struct_fields;
use crate::variable::{outermost, parts_at};
use crate::view::{Amounts, View, examine};
use crate::wording::{amount, expression, type_name};

/// Types of more parts are taken as holding no pointers.
const MAX_PARTS: usize = 256;

/// Looks at a conversion.
pub(super) fn look(node: Node<'_>, drafts: &mut Drafts) {
    let file = node.file();
    if !may_be_to_pointer(node) {
        return;
    }
    examine(file, file.platforms(), drafts, |view, drafts| {
        if let Some((draft, on)) = misaligned(view, node) {
            drafts.add(draft, &on);
        }
    });
}

/// Cheap, before anything is asked: `(*T)(p)`, or anything converted from `unsafe.Add(…)` or `unsafe.Pointer(…)`.
fn may_be_to_pointer(node: Node<'_>) -> bool {
    let Some(operand) = operand_of(node) else { return false };
    // The spelling saves the question what it is; a type of that name that is a pointer would be a strange one.
    if node.child(field::FUNCTION).is_some_and(|callee| callee.unparenthesized().bytes() == b"uintptr") {
        return false;
    }
    match operand.kind() {
        kind::CALL_EXPRESSION => {
            let callee =
                operand.child(field::FUNCTION).map_or(b"".as_slice(), |callee| callee.unparenthesized().bytes());
            callee.ends_with(b"Add") || callee.ends_with(b"Pointer")
        }
        kind::IDENTIFIER => {
            let callee = node.child(field::FUNCTION);
            callee.is_none_or(|callee| callee.is(kind::PARENTHESIZED_EXPRESSION))
        }
        _ => false,
    }
}

/// What is converted, if the node is a conversion.
fn operand_of(node: Node<'_>) -> Option<Node<'_>> {
    let operand = match node.kind() {
        kind::TYPE_CONVERSION_EXPRESSION => node.child(field::OPERAND),
        _ => {
            let mut arguments = node.child(field::ARGUMENTS)?.named_children();
            arguments.next().filter(|_| arguments.next().is_none())
        }
    };
    operand.map(Node::unparenthesized)
}

/// Something is added to the pointer, or to a local variable that it comes from. Asked before what the types are, which
/// may take reading other files.
fn is_moved<'f>(view: &View<'f>, pointer: Node<'f>) -> bool {
    let mut pending = vec![pointer];
    while let Some(node) = pending.pop() {
        if !view.step() {
            return false;
        }
        let node = node.unparenthesized();
        match node.kind() {
            kind::BINARY_EXPRESSION => return true,
            kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => match operand_of(node) {
                Some(operand) => pending.push(operand),
                // Of two arguments: unsafe.Add, perhaps.
                None => return true,
            },
            kind::IDENTIFIER => {
                let object = view.resolve(node).filter(|object| object.kind() == Some(ObjectKind::Variable));
                let parts = object.and_then(|object| parts_at(object, node)).unwrap_or_default();
                if parts.len() > 1 {
                    return true;
                }
                pending.extend(parts.into_iter().map(|(part, _)| part));
            }
            _ => {}
        }
    }
    false
}

fn misaligned<'f>(view: &View<'f>, node: Node<'f>) -> Option<(Draft, Platforms)> {
    let file = view.file;
    if !is_moved(view, operand_of(node)?) {
        return None;
    }
    let conversion = conversion(view, node)?;
    let target = conversion.to.pointee()?;
    if !crate::conversion::is_unsafe_pointer(view.type_of(conversion.operand)?) {
        return None;
    }
    let sum = sum_of(view, conversion.operand);
    let base = sum.base().filter(|_| !sum.terms.is_empty())?;
    // What the interest asks for: the pointer is converted right here, in this file, and by that name.
    let list = outermost(base.pointer).parent().filter(|list| list.is(kind::ARGUMENT_LIST))?;
    if view.name_of(list.parent()?.child(field::FUNCTION)?)? != "unsafe.Pointer" {
        return None;
    }
    let pointee = base.pointee?;
    let (given, needed) = (view.alignments(pointee), view.alignments(target));
    let moved = sum.displacement(view);
    let mut on = Platforms::none();
    let (mut distance, mut base_align, mut target_align) = (Amounts::new(), Amounts::new(), Amounts::new());
    for (&platform, &by) in &moved {
        let (Some(&given), Some(&needed)) = (given.get(&platform), needed.get(&platform)) else { continue };
        // Alignments are powers of two: the base is a multiple of both, so the sum is one of the smaller exactly if the
        // distance is.
        let common = given.min(needed);
        if common > 0 && by.rem_euclid(common) != 0 {
            on.insert(platform);
            distance.insert(platform, by);
            base_align.insert(platform, given);
            target_align.insert(platform, needed);
        }
    }
    if on.is_empty() {
        return None;
    }
    let holds_pointers = holds_pointers(view, target);
    let (target_name, base_name) = (type_name(file, target), type_name(file, pointee));
    let place = if on.covers(&view.file.platforms().and(&view.on)) && view.on.covers(file.platforms()) {
        String::new()
    } else {
        format!(" on {}", crate::wording::platforms(file, &on))
    };
    let why = if holds_pointers {
        "the collector and checkptr refuse a misaligned pointer to pointers"
    } else {
        "some machines fault there, on others the access is slow or not atomic"
    };
    let far = amount(file, &distance);
    let unit = if far == "1" { "byte" } else { "bytes" };
    let draft = Draft {
        at: node.span(),
        message: format!(
            "`{target_name}` must stand at a multiple of {}, but this is {far} {unit} from a `{base_name}`, which stands at \
             a multiple of {}{place}: {why}",
            amount(file, &target_align),
            amount(file, &base_align),
        ),
        primary: format!("a misaligned `{target_name}`"),
        labels: vec![(base.pointer.location(), format!("`{}` points to a `{base_name}`", expression(base.pointer)))],
        notes: Vec::new(),
        help: "move by a multiple of the alignment, or copy the bytes (encoding/binary)".to_owned(),
        likely: !holds_pointers,
    };
    Some((draft, on))
}

/// Values of the type hold pointers that the collector follows. False where that is unknown.
fn holds_pointers<'f>(view: &View<'f>, ty: Type<'f>) -> bool {
    let mut pending = vec![ty];
    let mut left = MAX_PARTS;
    while let Some(ty) = pending.pop() {
        let Some(ty) = ty.underlying().filter(|_| left > 0) else { continue };
        left -= 1;
        match ty.kind().as_str() {
            "pointer" | "slice" | "map" | "chan" | "signature" | "interface" => return true,
            "basic" if matches!(ty.string().as_str(), "string" | "unsafe.Pointer") => return true,
            "struct" => pending.extend(struct_fields(ty).unwrap_or_default().into_iter().map(|field| field.ty)),
            // Of no elements: [0]*T holds none.
            "array" if !is_empty(view, ty) => pending.extend(ty.element()),
            _ => {}
        }
    }
    false
}

fn is_empty<'f>(view: &View<'f>, array: Type<'f>) -> bool {
    array.array_length(&view.on).iter().any(|(_, length)| length.as_i64() == Some(0))
}
