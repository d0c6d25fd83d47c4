//! Whether the offsets that are added to a pointer count from where the pointer points. It never words a finding.

use golint_sdk::prelude::*;

use crate::address::{Base, Sum, Term, TermKind};
use crate::conversion::unary;
use crate::structure::{Inner, agree_up_to, alike, begin_alike, fields_inside, is_header, is_opaque, offset_zero};
use crate::variable::value_at;
use crate::view::{Amounts, View};

/// Sums of more offsets are not judged.
const MAX_OFFSETS: usize = 8;

/// An offset that counts from elsewhere.
#[derive(Clone, Debug)]
pub(super) struct Fault<'f> {
    /// The pointer that is added to.
    pub(super) base: Base<'f>,
    /// What it points to.
    pub(super) pointee: Type<'f>,
    /// The offset.
    pub(super) term: Term<'f>,
    /// The field whose offset it is.
    pub(super) selector: Node<'f>,
    /// The struct that the offset counts from.
    pub(super) structure: Type<'f>,
    /// Where the sum leads without this offset: the pointee, or the type of the field before.
    pub(super) reached: Type<'f>,
    /// The field before.
    pub(super) before: Option<Node<'f>>,
    /// How the two relate.
    pub(super) relation: Relation,
    /// Where it is wrong.
    pub(super) on: Platforms,
    /// Where the sum is the address of the pointer that it should have followed: right after all if the pointer is meant.
    pub(super) at_pointer: Platforms,
}

/// How the place that a sum has reached relates to the struct that the next offset counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The struct is there, or something that begins like it.
    Fits,
    /// Not known.
    Unknown,
    /// The struct stands further on in what is there.
    Inside { path: String, offset: Amounts },
    /// What is there is a pointer, or holds the pointer `path` at `offset`, to the struct.
    BehindPointer { path: String, offset: Amounts },
    /// What is there is a field of the struct, not its first.
    Around { path: String, offset: Amounts },
    /// The struct is the one that the sum starts from, whose field was added already.
    Again,
    /// They have nothing to do with each other.
    Apart,
}

/// The first offset of the sum that is wrong.
pub(super) fn fault_of<'f>(view: &View<'f>, sum: &Sum<'f>) -> Option<Fault<'f>> {
    let base = sum.base()?;
    let pointee = base.pointee?;
    let mut pool: Vec<(Term<'f>, Node<'f>)> = sum.offsets().collect();
    // A subtracted offset leads from a field back to its struct; with anything else in the sum, the offsets may count
    // from a place that only the author knows.
    let is_bare = sum.terms.iter().all(|term| match term.kind {
        TermKind::Offsetof { .. } => !term.negative,
        TermKind::Constant => is_zero(view, term.node),
        TermKind::Other => false,
    });
    if !is_bare || pool.is_empty() || pool.len() > MAX_OFFSETS {
        return None;
    }
    match pointee.underlying()?.kind().as_str() {
        "struct" | "pointer" if !is_element(view, base.pointer) => {}
        "basic" | "slice" | "interface" if is_place(view, base.pointer) => {}
        _ => return None,
    }
    let mut reached = pointee;
    let mut before = None;
    while !pool.is_empty() {
        let mut relations = Vec::new();
        for (_, selector) in &pool {
            let relation = relation(view, reached, *selector, before.is_none());
            let is_again = before.is_some()
                && structure_of(view, *selector).is_some_and(|s| s.identical(pointee) == Some(true))
                && reached.identical(pointee) == Some(false)
                && !matches!(relation, Relation::BehindPointer { .. });
            let around = if before.is_none() && relation == Relation::Fits {
                around_base(view, base.pointer, *selector)
            } else {
                None
            };
            relations.push(if is_again { Relation::Again } else { around.unwrap_or(relation) });
        }
        // A sum has no order: the field whose struct is reached may stand anywhere in it.
        let exact =
            pool.iter().position(|(_, s)| structure_of(view, *s).and_then(|s| s.identical(reached)) == Some(true));
        let next = exact.or_else(|| relations.iter().position(|r| *r == Relation::Fits));
        if let Some(next) = next {
            let (_, selector) = pool.remove(next);
            before = Some(selector);
            if pool.is_empty() {
                return None;
            }
            reached = view.type_of(selector)?;
            continue;
        }
        if relations.contains(&Relation::Unknown) {
            return None;
        }
        let (term, selector) = pool.swap_remove(0);
        let relation = relations.swap_remove(0);
        let is_pointer = pointee.pointee().is_some();
        if is_pointer && before.is_none() && !matches!(relation, Relation::BehindPointer { .. }) {
            return None;
        }
        let on = match &relation {
            Relation::Inside { offset, .. } | Relation::Around { offset, .. } => places_off_zero(view, offset),
            _ => view.on.clone(),
        };
        let at_pointer = match &relation {
            Relation::BehindPointer { offset, .. } if pool.is_empty() => {
                places_at_zero(&view.integers(term.node)).and(&places_at_zero(offset))
            }
            _ => Platforms::none(),
        };
        let structure = structure_of(view, selector)?;
        return Some(Fault { base, pointee, term, selector, structure, reached, before, relation, on, at_pointer });
    }
    None
}

fn is_zero<'f>(view: &View<'f>, node: Node<'f>) -> bool {
    let values = view.integers(node);
    values.len() == view.on.len() && values.values().all(|value| *value == 0)
}

fn places_off_zero(view: &View<'_>, offset: &Amounts) -> Platforms {
    places(offset, |value| value != 0).and(&view.on)
}

fn places_at_zero(offset: &Amounts) -> Platforms {
    places(offset, |value| value == 0)
}

fn places(offset: &Amounts, is_meant: impl Fn(i128) -> bool) -> Platforms {
    let mut on = Platforms::none();
    for platform in offset.iter().filter(|(_, value)| is_meant(**value)).map(|(platform, _)| *platform) {
        on.insert(platform);
    }
    on
}

/// The struct that `unsafe.Offsetof(selector)` counts from: that of the selector's operand, also where the field is
/// promoted. Source: the Go specification, "Package unsafe".
pub(super) fn structure_of<'f>(view: &View<'f>, selector: Node<'f>) -> Option<Type<'f>> {
    let operand = view.type_of(selector.child(field::OPERAND)?)?;
    operand.pointee().or(Some(operand))
}

fn relation<'f>(view: &View<'f>, reached: Type<'f>, selector: Node<'f>, is_first: bool) -> Relation {
    let Some(structure) = structure_of(view, selector) else { return Relation::Unknown };
    let mut reached = reached;
    // The first element stands where the array does; which one is meant, a multiple of its size would say.
    let mut is_array = false;
    while let Some(element) = element_of_array(reached).filter(|_| view.step()) {
        (reached, is_array) = (element, true);
    }
    match between(view, reached, structure, selector, is_first) {
        Some(Relation::Fits) => Relation::Fits,
        Some(relation) if !is_array => relation,
        _ => Relation::Unknown,
    }
}

fn element_of_array(ty: Type<'_>) -> Option<Type<'_>> {
    ty.underlying().filter(|under| under.kind() == "array").and_then(Type::element)
}

/// None: unknown.
fn between<'f>(
    view: &View<'f>,
    reached: Type<'f>,
    structure: Type<'f>,
    selector: Node<'f>,
    is_first: bool,
) -> Option<Relation> {
    if reached.identical(structure) == Some(true) {
        return Some(Relation::Fits);
    }
    if let Some(target) = reached.pointee() {
        let is_there = between_structs(view, target, structure, selector)?;
        let leads_there = matches!(is_there, Relation::Fits | Relation::Inside { .. } | Relation::BehindPointer { .. });
        let itself = || Relation::BehindPointer { path: String::new(), offset: offset_zero(view) };
        return Some(if leads_there { itself() } else { Relation::Apart });
    }
    let kind = reached.underlying()?.kind();
    match kind.as_str() {
        "struct" => between_structs(view, reached, structure, selector),
        // What a field of another type is the first of, the field's own struct doesn't continue with.
        "basic" | "slice" | "interface" if !is_first => Some(Relation::Apart),
        "basic" if reached.underlying()?.string() != "string" || !is_header(view, structure)? => {
            between_structs(view, reached, structure, selector)
        }
        "slice" | "interface" if !is_header(view, structure)? => between_structs(view, reached, structure, selector),
        _ => None,
    }
}

fn between_structs<'f>(
    view: &View<'f>,
    reached: Type<'f>,
    structure: Type<'f>,
    selector: Node<'f>,
) -> Option<Relation> {
    let inside = fields_inside(view, reached);
    // What the author wrote comes first: `x.b.f` means the `b`, even if `x.a` of the same type stands at offset 0.
    if let Some((names, crosses_pointer)) = written_path(view, reached, selector) {
        if crosses_pointer {
            let offset = inside.as_deref().map_or(Amounts::new(), |inside| offset_of_pointer(inside, &names));
            return Some(Relation::BehindPointer { path: names.join("."), offset });
        }
        // The shallowest of promoted fields counts. Source: the Go specification, "Selectors".
        let there = inside.as_deref()?.iter().filter(|inner| inner.is_selected_by(&names));
        let there = there.min_by_key(|inner| inner.steps.len())?;
        return Some(at_offset(view, there, |path, offset| Relation::Inside { path, offset }));
    }
    if alike(reached, structure)? || begin_alike(view, reached, structure)? {
        return Some(Relation::Fits);
    }
    if let Some(inside) = &inside {
        let mut found = None;
        for inner in inside.iter().filter(|inner| inner.ty.identical(structure) == Some(true)) {
            match at_offset(view, inner, |path, offset| Relation::Inside { path, offset }) {
                Relation::Inside { path, offset } => found = found.or(Some(Relation::Inside { path, offset })),
                other => return Some(other),
            }
        }
        if found.is_some() {
            return found;
        }
    }
    let field = selector.child(field::FIELD)?.text();
    if inside.is_some() && agree_up_to(view, reached, structure, &field)? {
        return Some(Relation::Fits);
    }
    let mut found = None;
    let around = if inside.is_some() { fields_inside(view, structure)? } else { Vec::new() };
    for inner in around.iter().filter(|inner| inner.ty.identical(reached) == Some(true)) {
        match at_offset(view, inner, |path, offset| Relation::Around { path, offset }) {
            Relation::Around { path, offset } => found = found.or(Some(Relation::Around { path, offset })),
            other => return Some(other),
        }
    }
    if found.is_some() {
        return found;
    }
    // Bytes whose meaning only the author knows.
    let lands = view.integers(selector.parent().and_then(Node::parent)?);
    let inside = inside.unwrap_or_default();
    let is_overlay = lands.iter().any(|(platform, place)| {
        let holder = inside.iter().rev().find(|x| x.is_leaf && x.offset.get(platform).is_some_and(|at| at <= place));
        holder.is_some_and(is_opaque)
    });
    Some(if is_overlay { Relation::Unknown } else { Relation::Apart })
}

/// Where the first pointer stands that the names lead through.
fn offset_of_pointer(inside: &[Inner<'_>], names: &[String]) -> Amounts {
    let pointer = (1..=names.len()).find_map(|count| {
        let there = inside.iter().filter(|inner| inner.is_selected_by(&names[..count]));
        there.min_by_key(|inner| inner.steps.len()).filter(|inner| inner.ty.pointee().is_some())
    });
    pointer.map_or(Amounts::new(), |pointer| pointer.offset.clone())
}

fn at_offset(view: &View<'_>, inner: &Inner<'_>, make: impl Fn(String, Amounts) -> Relation) -> Relation {
    if inner.offset.len() < view.on.len() {
        Relation::Unknown
    } else if inner.offset.values().all(|offset| *offset == 0) {
        Relation::Fits
    } else {
        make(inner.path(), inner.offset.clone())
    }
}

/// The fields that the selector's operand passes through from a value of type `from`, and whether one
/// of them is a pointer. None where the operand does not start from such a value.
fn written_path<'f>(view: &View<'f>, from: Type<'f>, selector: Node<'f>) -> Option<(Vec<String>, bool)> {
    let mut node = selector.child(field::OPERAND)?.unparenthesized();
    let mut names = Vec::new();
    let mut crosses_pointer = false;
    while node.is(kind::SELECTOR_EXPRESSION) && view.step() {
        crosses_pointer |= view.type_of(node)?.pointee().is_some();
        names.push(node.child(field::FIELD)?.text().into_owned());
        node = node.child(field::OPERAND)?.unparenthesized();
        let ty = view.type_of(node)?;
        if ty.pointee().unwrap_or(ty).identical(from) == Some(true) {
            names.reverse();
            return Some((names, crosses_pointer));
        }
    }
    None
}

/// The pointer is to an element of a slice or array.
fn is_element<'f>(view: &View<'f>, pointer: Node<'f>) -> bool {
    let pointer = origin(view, pointer);
    if let Some((kind::AMPERSAND, operand)) = unary(pointer) {
        return operand.unparenthesized().is(kind::INDEX_EXPRESSION);
    }
    let callee = pointer.child(field::FUNCTION).and_then(|callee| view.name_of(callee));
    matches!(callee.as_deref(), Some("unsafe.SliceData" | "unsafe.StringData"))
}

/// The pointer is to a variable or field, and not just to some memory.
fn is_place<'f>(view: &View<'f>, pointer: Node<'f>) -> bool {
    match unary(origin(view, pointer)) {
        Some((kind::AMPERSAND, operand)) => {
            matches!(operand.unparenthesized().kind(), kind::IDENTIFIER | kind::SELECTOR_EXPRESSION)
        }
        _ => false,
    }
}

/// The base is the address of a field, not the first, of the very struct that the offset counts from: `&x.in` and an
/// offset of `x`. The struct doesn't begin there, even if the field's memory begins like that of the struct.
fn around_base<'f>(view: &View<'f>, pointer: Node<'f>, selector: Node<'f>) -> Option<Relation> {
    let (kind::AMPERSAND, field) = unary(origin(view, pointer))? else { return None };
    let field = field.unparenthesized();
    let structure = structure_of(view, selector)?;
    if !field.is(kind::SELECTOR_EXPRESSION) || structure_of(view, field)?.identical(structure) != Some(true) {
        return None;
    }
    let is_shared = |part: Field| field.child(part).map(Node::bytes) == selector.child(part).map(Node::bytes);
    if !is_shared(field::OPERAND) && !is_shared(field::FIELD) {
        return None;
    }
    let name = field.child(field::FIELD)?.text().into_owned();
    let inside = fields_inside(view, structure)?;
    let there = inside.iter().filter(|inner| inner.is_selected_by(std::slice::from_ref(&name)));
    let there = there.min_by_key(|inner| inner.steps.len())?;
    match at_offset(view, there, |path, offset| Relation::Around { path, offset }) {
        around @ Relation::Around { .. } => Some(around),
        _ => None,
    }
}

/// The expression that a variable which is assigned once got its value from.
fn origin<'f>(view: &View<'f>, pointer: Node<'f>) -> Node<'f> {
    let mut node = pointer.unparenthesized();
    while node.is(kind::IDENTIFIER) && view.step() {
        match value_at(view, node) {
            Some(value) => node = value.unparenthesized(),
            None => break,
        }
    }
    node
}
