//! Conversions, and the calls of package unsafe. It never follows names to their values.

use golint_sdk::prelude::*;

use crate::view::View;

/// `T(operand)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conversion<'f> {
    /// The type that is converted to.
    pub(crate) to: Type<'f>,
    /// What is converted.
    pub(crate) operand: Node<'f>,
}

/// The conversion that the expression is; none where it is a call or unknown.
pub(crate) fn conversion<'f>(view: &View<'f>, node: Node<'f>) -> Option<Conversion<'f>> {
    let operand = match node.kind() {
        kind::TYPE_CONVERSION_EXPRESSION => node.child(field::OPERAND)?,
        kind::CALL_EXPRESSION => {
            let [operand] = arguments(node)?[..] else { return None };
            if !names_a_type(view, node.child(field::FUNCTION)?) {
                return None;
            }
            operand
        }
        _ => return None,
    };
    Some(Conversion { to: view.type_of(node)?, operand })
}

/// The arguments of a call; none where one is spread (`f(g()...)`) or the node is no call.
pub(crate) fn arguments<'f>(call: Node<'f>) -> Option<Vec<Node<'f>>> {
    let list = call.child(field::ARGUMENTS)?;
    let arguments: Vec<_> = list.named_children().collect();
    arguments.iter().all(|a| !a.is(kind::VARIADIC_ARGUMENT)).then_some(arguments)
}

fn names_a_type<'f>(view: &View<'f>, callee: Node<'f>) -> bool {
    let mut callee = callee;
    while view.step() {
        callee = callee.unparenthesized();
        let next = match callee.kind() {
            kind::IDENTIFIER => return is_type_name(view, callee),
            kind::SELECTOR_EXPRESSION => {
                return callee.child(field::FIELD).is_some_and(|name| is_type_name(view, name));
            }
            // `(*T)(x)`; `(*f)(x)` calls through a pointer.
            kind::UNARY_EXPRESSION if operator(callee).is_some_and(|o| o.is(kind::STAR)) => {
                callee.child(field::OPERAND)
            }
            // `T[int](x)`
            kind::INDEX_EXPRESSION => callee.child(field::OPERAND),
            kind::TYPE_INSTANTIATION_EXPRESSION => callee.child(field::TYPE),
            kind::TYPE_IDENTIFIER
            | kind::QUALIFIED_TYPE
            | kind::GENERIC_TYPE
            | kind::PARENTHESIZED_TYPE
            | kind::POINTER_TYPE
            | kind::ARRAY_TYPE => return true,
            _ => return false,
        };
        let Some(next) = next else { return false };
        callee = next;
    }
    false
}

fn is_type_name<'f>(view: &View<'f>, name: Node<'f>) -> bool {
    view.resolve(name).is_some_and(|object| object.kind() == Some(ObjectKind::TypeName))
}

/// The operator token of a unary or binary expression or of an assignment.
pub(crate) fn operator(node: Node<'_>) -> Option<Node<'_>> {
    node.child(field::OPERATOR)
}

/// The operator of a binary expression and its sides.
pub(crate) fn binary(node: Node<'_>) -> Option<(Kind, Node<'_>, Node<'_>)> {
    if !node.is(kind::BINARY_EXPRESSION) {
        return None;
    }
    Some((operator(node)?.kind(), node.child(field::LEFT)?, node.child(field::RIGHT)?))
}

/// The operator of a unary expression and its operand.
pub(crate) fn unary(node: Node<'_>) -> Option<(Kind, Node<'_>)> {
    if !node.is(kind::UNARY_EXPRESSION) {
        return None;
    }
    Some((operator(node)?.kind(), node.child(field::OPERAND)?))
}

/// An integer type, named or not.
pub(crate) fn is_integer(ty: Type<'_>) -> bool {
    integer_bits(ty).is_some()
}

/// The fewest bits that the integer type has on any platform; none for other types.
pub(crate) fn integer_bits(ty: Type<'_>) -> Option<u32> {
    Some(match ty.underlying()?.string().as_str() {
        "int8" | "uint8" | "byte" => 8,
        "int16" | "uint16" => 16,
        "int" | "uint" | "uintptr" | "int32" | "uint32" | "rune" => 32,
        "int64" | "uint64" => 64,
        "untyped int" | "untyped rune" => 128,
        _ => return None,
    })
}

/// `unsafe.Pointer`, or a type named after it.
pub(crate) fn is_unsafe_pointer(ty: Type<'_>) -> bool {
    ty.underlying().is_some_and(|under| under.string() == "unsafe.Pointer")
}
