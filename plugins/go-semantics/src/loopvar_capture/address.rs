//! Where the address of a variable is taken: `&v`, `&v.f`, `v[:]` of an array, `v.m` with a pointer receiver. Through
//! a pointer, a slice or a map it is no longer the variable's own memory. What is not known is no address.

use golint_sdk::prelude::*;

use super::access::{is_go_or_defer, is_unary, is_written, parenthesized, target_of};
use super::callee;

/// Types all of whose methods have pointer receivers. Source: the documentation of each package.
const POINTER_ONLY: &[&str] = &[
    "bytes.Buffer",
    "strings.Builder",
    "sync.Cond",
    "sync.Map",
    "sync.Mutex",
    "sync.Once",
    "sync.Pool",
    "sync.RWMutex",
    "sync.WaitGroup",
    "sync/atomic.Bool",
    "sync/atomic.Int32",
    "sync/atomic.Int64",
    "sync/atomic.Uint32",
    "sync/atomic.Uint64",
    "sync/atomic.Uintptr",
    "sync/atomic.Value",
];

/// The methods of some of them that are promoted often.
const POINTER_METHODS: &[(&str, &[&str])] = &[
    ("bytes.Buffer", &["Reset", "Truncate", "Write", "WriteByte", "WriteRune", "WriteString", "WriteTo", "ReadFrom"]),
    ("strings.Builder", &["Grow", "Reset", "Write", "WriteByte", "WriteRune", "WriteString"]),
    ("sync.Mutex", &["Lock", "TryLock", "Unlock"]),
    ("sync.Once", &["Do"]),
    ("sync.RWMutex", &["Lock", "RLock", "RUnlock", "TryLock", "TryRLock", "Unlock"]),
    ("sync.WaitGroup", &["Add", "Done", "Go", "Wait"]),
];

/// Embedded fields are looked through this deep.
const MAX_EMBEDDING: usize = 4;

/// Can an address be taken here, as far as the shape of the source tells?
pub(super) fn is_possible(identifier: Node<'_>) -> bool {
    let mut at = identifier;
    while let Some(parent) = at.parent() {
        match parent.kind() {
            kind::PARENTHESIZED_EXPRESSION => at = parent,
            kind::INDEX_EXPRESSION if at.field() == field::OPERAND => at = parent,
            kind::SELECTOR_EXPRESSION => {
                // A method value, or a method that is started or deferred.
                let outer = parenthesized(parent);
                let is_called = outer.field() == field::FUNCTION
                    && outer.parent().and_then(Node::parent).is_some_and(|s| !is_go_or_defer(s));
                let is_selected_from = outer.parent().is_some_and(|p| p.is(kind::SELECTOR_EXPRESSION));
                if !is_called && !is_selected_from {
                    return true;
                }
                at = parent;
            }
            kind::UNARY_EXPRESSION => return is_unary(parent, kind::AMPERSAND),
            kind::SLICE_EXPRESSION => return at.field() == field::OPERAND,
            _ => return false,
        }
    }
    false
}

/// The identifier and the expressions around it that are parts of the same variable's memory: `v`, `v.f`, `v.f[2]`.
/// The last one is the outermost.
pub(super) fn within(identifier: Node<'_>) -> Vec<Node<'_>> {
    let mut parts = vec![identifier];
    let mut at = identifier;
    while let Some(parent) = at.parent() {
        match parent.kind() {
            kind::PARENTHESIZED_EXPRESSION => {}
            kind::SELECTOR_EXPRESSION if is_direct_field(at, parent) => parts.push(parent),
            kind::INDEX_EXPRESSION if at.field() == field::OPERAND && is_array(at) => parts.push(parent),
            _ => break,
        }
        at = parent;
    }
    parts
}

/// The expression that is the address: `&v.f`, `v[:]`, or `v.m` as a method value.
pub(super) fn base(identifier: Node<'_>) -> Option<Node<'_>> {
    for part in within(identifier).into_iter().rev() {
        if let Some(method) = method(part) {
            return Some(method);
        }
        let outer = parenthesized(part);
        let Some(parent) = outer.parent() else { continue };
        if is_unary(parent, kind::AMPERSAND)
            || (parent.is(kind::SLICE_EXPRESSION) && outer.field() == field::OPERAND && is_array(part))
        {
            return Some(parent);
        }
    }
    None
}

/// Does the identifier give its address to a callee, or to a variable by which it is written or given on? Whoever has it
/// may change the variable.
pub(super) fn is_given_away(identifier: Node<'_>) -> bool {
    let Some(base) = base(identifier) else { return false };
    let outer = parenthesized(base);
    let Some(parent) = outer.parent() else { return false };
    match parent.kind() {
        kind::ARGUMENT_LIST => true,
        // `(&v).change()`
        kind::SELECTOR_EXPRESSION => parent.parent().is_some_and(|p| p.is(kind::CALL_EXPRESSION)),
        kind::EXPRESSION_LIST => holder(base, parent).is_some_and(|holder| {
            let references = holder.references().unwrap_or_default();
            references.into_iter().any(|r| holder.declaration() != Some(r) && writes_through(r, base))
        }),
        _ => false,
    }
}

/// The variable of `p := &v`, `var p = &v`.
fn holder<'f>(value: Node<'f>, list: Node<'f>) -> Option<Object<'f>> {
    list.parent().filter(|statement| !statement.is(kind::ASSIGNMENT_STATEMENT))?;
    target_of(value)?.resolve()
}

/// `*p = x`, `p.f++`, `f(p)`; `q()` of a method value.
fn writes_through(reference: Node<'_>, base: Node<'_>) -> bool {
    let outer = parenthesized(reference);
    let Some(parent) = outer.parent() else { return false };
    if parent.is(kind::CALL_EXPRESSION) {
        return base.is(kind::SELECTOR_EXPRESSION) && outer.field() == field::FUNCTION;
    }
    let mut at = outer;
    while let Some(parent) = at.parent() {
        let is_part = match parent.kind() {
            kind::UNARY_EXPRESSION => is_unary(parent, kind::STAR),
            kind::SELECTOR_EXPRESSION | kind::INDEX_EXPRESSION => at.field() == field::OPERAND,
            kind::PARENTHESIZED_EXPRESSION => true,
            _ => false,
        };
        if !is_part {
            break;
        }
        at = parent;
    }
    parent.is(kind::ARGUMENT_LIST) || at != outer && is_written(at)
}

/// The selector around the part that names a method with a pointer receiver, so that the address of the part is its
/// receiver.
pub(super) fn method(part: Node<'_>) -> Option<Node<'_>> {
    let outer = parenthesized(part);
    let selector = outer.parent().filter(|p| p.is(kind::SELECTOR_EXPRESSION) && outer.field() == field::OPERAND)?;
    let ty = part.type_of()?;
    // A pointer is copied, an interface, too.
    if !matches!(ty.kind().as_str(), "named" | "alias" | "struct")
        || matches!(underlying_kind(ty).as_deref(), Some("interface" | "pointer"))
    {
        return None;
    }
    has_pointer_receiver(selector, ty).then_some(selector)
}

/// Is the method that the selector names known to take its receiver by pointer? `ty` is the operand's type.
fn has_pointer_receiver(selector: Node<'_>, ty: Type<'_>) -> bool {
    let Some(name) = selector.child(field::FIELD) else { return false };
    if ty.qualified_name().is_some_and(|n| POINTER_ONLY.contains(&n.as_str())) {
        return true;
    }
    let passes_pointer = |objects: &[Object<'_>]| {
        objects
            .iter()
            .any(|o| o.is("field") && o.type_of().is_none_or(|ty| underlying_kind(ty).as_deref() == Some("pointer")))
    };
    if let Some(path) = selector.selection() {
        let (fields, _) = path.split_at(path.len().saturating_sub(1));
        if passes_pointer(fields) {
            return false;
        }
    }
    match name.resolve().filter(|o| o.declared_at().is_some()) {
        Some(object) => object.kind() == Some(ObjectKind::Function) && takes_pointer(object) == Some(true),
        None => is_promoted(ty, &name.text()),
    }
}

/// Is the method one of a type of another package all of whose methods have pointer receivers, and which is embedded by
/// value? Where an embedded type that is not known might have a method of that name, who knows.
fn is_promoted(ty: Type<'_>, method: &str) -> bool {
    let mut level = vec![ty];
    for _ in 0..MAX_EMBEDDING {
        let fields = level.iter().filter_map(|ty| ty.underlying().unwrap_or(*ty).fields()).flatten();
        let embedded: Vec<_> = fields.filter(|f| f.embedded).map(|f| f.ty).collect();
        let has_method = |ty: &Type<'_>| {
            ty.qualified_name().is_some_and(|name| {
                POINTER_METHODS.iter().any(|(owner, methods)| *owner == name && methods.contains(&method))
            })
        };
        if embedded.iter().any(has_method) {
            return true;
        }
        let is_known = |ty: &Type<'_>| {
            underlying_kind(*ty).as_deref() == Some("struct")
                || ty.qualified_name().is_some_and(|name| POINTER_METHODS.iter().any(|(owner, _)| *owner == name))
        };
        if embedded.is_empty() || !embedded.iter().all(is_known) {
            return false;
        }
        level = embedded;
    }
    false
}

/// Has the method a pointer receiver? None where its declaration can't be seen.
pub(super) fn takes_pointer(method: Object<'_>) -> Option<bool> {
    let receiver = method.type_of().and_then(Type::signature).and_then(|s| s.receiver);
    if let Some(receiver) = receiver {
        return Some(receiver.kind() == "pointer");
    }
    let declaration = method.declaration()?.parent().filter(|d| d.is(kind::METHOD_DECLARATION))?;
    let ty = declaration.child(field::RECEIVER)?.named_children().next()?.child(field::TYPE)?;
    let mut ty = ty;
    while ty.is(kind::PARENTHESIZED_TYPE) {
        ty = ty.named_children().next()?;
    }
    Some(ty.is(kind::POINTER_TYPE))
}

fn underlying_kind(ty: Type<'_>) -> Option<String> {
    Some(if matches!(ty.kind().as_str(), "named" | "alias") { ty.underlying()?.kind() } else { ty.kind() })
}

/// Does `selector` select a field that lies inside of `operand` itself?
fn is_direct_field<'f>(operand: Node<'f>, selector: Node<'f>) -> bool {
    if operand.field() != field::OPERAND || callee::is_package(operand) {
        return false;
    }
    let is_struct = operand.type_of().and_then(underlying_kind).as_deref() == Some("struct");
    let Some(path) = selector.selection().filter(|_| is_struct) else { return false };
    let (Some(last), embedded) = (path.last(), &path[..path.len().saturating_sub(1)]) else { return false };
    last.kind() == Some(ObjectKind::Variable)
        && embedded.iter().all(|o| o.type_of().and_then(underlying_kind).is_some_and(|kind| kind == "struct"))
}

fn is_array(node: Node<'_>) -> bool {
    node.type_of().and_then(underlying_kind).as_deref() == Some("array")
}
