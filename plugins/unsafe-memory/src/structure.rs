//! How struct types relate to each other: where one stands inside another, and whether they begin alike. It knows types
//! and layouts only, no expressions.

use golint_sdk::prelude::*;

use crate::view::{Amounts, View};

/// Structs nested deeper are not searched.
const MAX_DEPTH: usize = 12;
/// Structs of more fields, those of inner structs included, are not searched.
const MAX_FIELDS: usize = 512;

/// A field somewhere inside of a struct.
#[derive(Clone, Debug)]
pub(crate) struct Inner<'f> {
    /// The names on the way, and which of the fields are embedded.
    pub(crate) steps: Vec<(String, bool)>,
    /// Its type.
    pub(crate) ty: Type<'f>,
    /// Its offset in bytes from the start of the outer struct, where it is known.
    pub(crate) offset: Amounts,
    /// It is no struct whose fields follow.
    pub(crate) is_leaf: bool,
}

impl Inner<'_> {
    /// The names on the way, joined by dots.
    pub(crate) fn path(&self) -> String {
        self.steps.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(".")
    }

    /// Its own name.
    pub(crate) fn name(&self) -> &str {
        self.steps.last().map_or("", |(name, _)| name)
    }

    /// A selector with these names leads to it: all of its steps, with embedded ones left out or not.
    pub(crate) fn is_selected_by(&self, names: &[String]) -> bool {
        let mut names = names.iter().rev().peekable();
        let mut is_own = true;
        for (step, embedded) in self.steps.iter().rev() {
            if names.next_if_eq(&step).is_none() && (is_own || !embedded) {
                return false;
            }
            is_own = false;
        }
        names.peek().is_none()
    }
}

/// All fields of a struct, those of the structs in it included, in the order of memory. None where they are not all
/// known, are too many, or the type is no struct.
pub(crate) fn fields_inside<'f>(view: &View<'f>, outer: Type<'f>) -> Option<Vec<Inner<'f>>> {
    let mut found = Vec::new();
    let mut pending = vec![(outer, Vec::new(), offset_zero(view))];
    while let Some((ty, steps, offset)) = pending.pop() {
        let fields = struct_fields(ty);
        let depth = steps.len();
        if depth > 0 {
            found.push(Inner { steps: steps.clone(), ty, offset: offset.clone(), is_leaf: fields.is_none() });
        }
        // A struct of another package is a leaf, too: it can't hold one of this package.
        let Some(fields) = fields else {
            if depth == 0 {
                return None;
            }
            continue;
        };
        if depth == MAX_DEPTH || found.len() + pending.len() + fields.len() > MAX_FIELDS || !view.step() {
            return None;
        }
        let layouts = view.layouts(ty);
        for (i, field) in fields.into_iter().enumerate().rev() {
            let mut steps = steps.clone();
            steps.push((field.name, field.embedded));
            let mut inner = Amounts::new();
            for (platform, start) in &offset {
                if let Some(offset) = layouts.get(platform).and_then(|layout| layout.offsets.get(i)) {
                    inner.insert(*platform, start + i128::from(*offset));
                }
            }
            pending.push((field.ty, steps, inner));
        }
    }
    Some(found)
}

/// Offset 0, everywhere.
pub(crate) fn offset_zero(view: &View<'_>) -> Amounts {
    view.on.iter().map(|platform| (platform, 0)).collect()
}

/// The fields of a struct type, or of a type named after one.
pub(crate) fn struct_fields(ty: Type<'_>) -> Option<Vec<StructField<'_>>> {
    let under = ty.underlying()?;
    if under.kind() == "struct" { under.fields() } else { None }
}

/// The types are one, or have one underlying type. None where that is unknown.
pub(crate) fn alike<'f>(a: Type<'f>, b: Type<'f>) -> Option<bool> {
    if a.identical(b) == Some(true) {
        return Some(true);
    }
    a.underlying()?.identical(b.underlying()?)
}

/// The memory of one of the structs begins as that of the other goes on to its end, field by field, the structs inside
/// taken apart. None where that is unknown.
pub(crate) fn begin_alike<'f>(view: &View<'f>, a: Type<'f>, b: Type<'f>) -> Option<bool> {
    let (a, b) = (leaves(view, a)?, leaves(view, b)?);
    let shared = shared(&a, &b)?;
    Some(shared == a.len() || shared == b.len())
}

/// The two structs have the same fields of the same names up to and including `field` (of both). None where that is
/// unknown.
pub(crate) fn agree_up_to<'f>(view: &View<'f>, a: Type<'f>, b: Type<'f>, field: &str) -> Option<bool> {
    let (a, b) = (leaves(view, a)?, leaves(view, b)?);
    let shared = shared(&a, &b)?;
    let named = a.iter().zip(&b).take(shared).take_while(|(x, y)| x.name() == y.name()).count();
    Some(a[..named].iter().any(|leaf| leaf.name() == field))
}

/// How many leaves at the start of both are of the same types at the same places.
fn shared(a: &[Inner<'_>], b: &[Inner<'_>]) -> Option<usize> {
    let mut shared = 0;
    for (x, y) in a.iter().zip(b) {
        if x.offset != y.offset || !(is_pointer_shaped(x.ty) && is_pointer_shaped(y.ty) || alike(x.ty, y.ty)?) {
            break;
        }
        shared += 1;
    }
    Some(shared)
}

/// One word that holds an address: copies of the runtime's structs write one kind for another.
pub(crate) fn is_pointer_shaped(ty: Type<'_>) -> bool {
    let Some(ty) = ty.underlying() else { return false };
    matches!(ty.kind().as_str(), "pointer" | "map" | "chan" | "signature")
        || matches!(ty.string().as_str(), "unsafe.Pointer" | "uintptr")
}

/// What the memory of the type consists of, structs taken apart; of other types the type itself.
fn leaves<'f>(view: &View<'f>, ty: Type<'f>) -> Option<Vec<Inner<'f>>> {
    if ty.underlying()?.kind() == "struct" {
        return Some(fields_inside(view, ty)?.into_iter().filter(|inner| inner.is_leaf).collect());
    }
    Some(vec![Inner { steps: Vec::new(), ty, offset: offset_zero(view), is_leaf: true }])
}

/// The struct may be a copy of what the runtime keeps for a string, slice or interface: an address, and little else.
pub(crate) fn is_header<'f>(view: &View<'f>, ty: Type<'f>) -> Option<bool> {
    let leaves = leaves(view, ty)?;
    Some(leaves.len() <= 3 && leaves.first().is_some_and(|first| is_pointer_shaped(first.ty)))
}

/// Memory that others than the type say the meaning of: an array of bytes, or a blank field.
pub(crate) fn is_opaque(inner: &Inner<'_>) -> bool {
    let element = inner.ty.underlying().filter(|ty| ty.kind() == "array").and_then(Type::element);
    inner.name() == "_" || element.is_some_and(|e| matches!(e.string().as_str(), "byte" | "uint8" | "int8"))
}
