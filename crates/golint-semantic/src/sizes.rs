//! Sizes, alignments and field offsets, as the gc compiler lays types out. Only the pointer size matters: on every port
//! of `go tool dist list`, nothing is aligned to more than a word, so that 64-bit numbers stand on 4-byte boundaries on
//! 386, arm, mips and mipsle. Unknown parts make the whole unknown; nothing is guessed and nothing recurses.
//!
//! Sources: cmd/compile/internal/types/size.go and go/types/gcsizes.go of Go 1.26; the Go specification, "Size and
//! alignment guarantees". A struct that ends in a field of size 0 is one byte longer, so that a pointer to that field
//! does not point behind the struct.

mod foreign;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::object::Repr;
use crate::types::{Basic, Length, StructField, Type, TypeKind};

/// How many types one question may lay out. Only expanding generic types reach that; such a type is unknown.
const MAX_TYPES: usize = 4096;

/// How a type lies in memory. All numbers are bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// What `unsafe.Sizeof` gives.
    pub size: u64,
    /// What `unsafe.Alignof` gives; at least 1.
    pub align: u64,
    /// Of a struct's fields, in order; empty for all other types.
    pub offsets: Box<[u64]>,
}

impl Layout {
    fn new(size: u64, align: u64) -> Layout {
        Layout { size, align, offsets: Box::default() }
    }
}

/// Lays types out for machines with this pointer size. `underlying` is asked for what stands behind a named type of the
/// package: at most once for each type within a question.
pub struct Sizes<'a> {
    /// 4 or 8.
    word: u64,
    underlying: &'a mut dyn FnMut(&Type) -> Option<Type>,
}

/// What is known of a type while a question is answered.
enum State {
    /// Waiting for its parts, which include the type behind it if it is a named one.
    Open(Option<Type>),
    Done(Option<Rc<Layout>>),
}

impl<'a> Sizes<'a> {
    /// For machines with pointers of 4 or 8 bytes; there are no others.
    pub fn new(pointer_size: u8, underlying: &'a mut dyn FnMut(&Type) -> Option<Type>) -> Option<Self> {
        matches!(pointer_size, 4 | 8).then_some(Sizes { word: pointer_size.into(), underlying })
    }

    /// The layout; none if a part is unknown, if the type contains itself, or if it is too large for the compiler.
    pub fn layout(&mut self, ty: &Type) -> Option<Layout> {
        let mut states = FxHashMap::default();
        self.solve(ty, &mut states);
        done(&states, ty).map(|layout| (*layout).clone())
    }

    /// The offset of the field at this position of a struct type (named ones included). It needs no more than the
    /// fields up to that one: what follows may be unknown.
    pub fn field_offset(&mut self, ty: &Type, index: usize) -> Option<u64> {
        let mut shape = ty.clone();
        // Each step leads to another declaration; a longer chain is no program.
        for _ in 0..64 {
            match shape.kind() {
                TypeKind::Named(..) => shape = (self.underlying)(&shape)?,
                TypeKind::Struct(fields) => return self.prefix_offset(fields, index),
                _ => return None,
            }
        }
        None
    }

    fn prefix_offset(&mut self, fields: &[StructField], index: usize) -> Option<u64> {
        let mut states = FxHashMap::default();
        let mut place = Placement::default();
        let mut offset = None;
        for field in fields.get(..=index)? {
            let ty = field.ty.as_ref()?;
            self.solve(ty, &mut states);
            offset = Some(place.put(done(&states, ty)?.as_ref(), self.limit())?);
        }
        offset
    }

    /// The compiler refuses larger types (`MAXWIDTH` of its ports, the smallest of the 32-bit ones).
    fn limit(&self) -> u64 {
        if self.word == 4 { (1 << 31) - 1 } else { 1 << 50 }
    }

    /// Lays out the type and everything that it holds by value, innermost first, with a stack of its own.
    fn solve(&mut self, ty: &Type, states: &mut FxHashMap<Type, State>) {
        let mut stack = vec![ty.clone()];
        while let Some(ty) = stack.last().cloned() {
            let inner = match states.get(&ty) {
                Some(State::Done(_)) => {
                    stack.pop();
                    continue;
                }
                // All parts were pushed above it: what is not done now contains this type.
                Some(State::Open(inner)) => {
                    let layout = self.compute(&ty, inner.as_ref(), states);
                    states.insert(ty, State::Done(layout.map(Rc::new)));
                    stack.pop();
                    continue;
                }
                None => self.behind(&ty),
            };
            if states.len() >= MAX_TYPES {
                states.insert(ty, State::Done(None));
                continue;
            }
            for_each_value_part(&ty, inner.as_ref(), |part| match states.get(part) {
                None => stack.push(part.clone()),
                Some(State::Open(_) | State::Done(_)) => {}
            });
            states.insert(ty, State::Open(inner));
        }
    }

    /// The type behind a named one whose layout is not well known anyway.
    fn behind(&mut self, ty: &Type) -> Option<Type> {
        match ty.kind() {
            TypeKind::Named(object, _) => match &*object.0 {
                Repr::Foreign { .. } | Repr::ForeignMember { .. } => None,
                _ => (self.underlying)(ty),
            },
            _ => None,
        }
    }

    fn compute(&self, ty: &Type, inner: Option<&Type>, states: &FxHashMap<Type, State>) -> Option<Layout> {
        let word = self.word;
        let layout = match ty.kind() {
            TypeKind::Basic(basic) => basic_layout(*basic, word)?,
            TypeKind::Pointer(_) | TypeKind::Map(..) | TypeKind::Channel(..) | TypeKind::Signature(_) => {
                Layout::new(word, word)
            }
            TypeKind::Slice(_) => Layout::new(3 * word, word),
            TypeKind::Interface(_) => Layout::new(2 * word, word),
            TypeKind::Array(Length::Known(length), element) => {
                let element = done(states, element)?;
                Layout::new(element.size.checked_mul(*length)?, element.align)
            }
            TypeKind::Struct(fields) => {
                let mut place = Placement::default();
                let mut offsets = Vec::with_capacity(fields.len());
                for field in fields {
                    offsets.push(place.put(done(states, field.ty.as_ref()?)?.as_ref(), self.limit())?);
                }
                Layout { offsets: offsets.into(), ..place.finish() }
            }
            TypeKind::Named(object, _) => match &*object.0 {
                Repr::Foreign { path, name } => foreign::layout(path, name, word)?,
                Repr::Universe("error") => Layout::new(2 * word, word),
                _ => (*done(states, inner?)?).clone(),
            },
            TypeKind::Array(Length::Unknown(_), _)
            | TypeKind::Tuple(_)
            | TypeKind::TypeParameter(_)
            | TypeKind::Union(_) => return None,
        };
        (layout.size < self.limit()).then_some(layout)
    }
}

fn done(states: &FxHashMap<Type, State>, ty: &Type) -> Option<Rc<Layout>> {
    match states.get(ty) {
        Some(State::Done(layout)) => layout.clone(),
        Some(State::Open(_)) | None => None,
    }
}

/// The types whose layout that of `ty` is made of.
fn for_each_value_part(ty: &Type, inner: Option<&Type>, mut f: impl FnMut(&Type)) {
    match ty.kind() {
        TypeKind::Array(_, element) => f(element),
        TypeKind::Struct(fields) => fields.iter().filter_map(|field| field.ty.as_ref()).for_each(f),
        TypeKind::Named(..) => inner.into_iter().for_each(f),
        _ => {}
    }
}

/// Size and alignment of a predeclared type; untyped kinds have none.
fn basic_layout(basic: Basic, word: u64) -> Option<Layout> {
    let (size, natural) = match basic.canonical() {
        Basic::Bool | Basic::Int8 | Basic::Uint8 => (1, 1),
        Basic::Int16 | Basic::Uint16 => (2, 2),
        Basic::Int32 | Basic::Uint32 | Basic::Float32 => (4, 4),
        Basic::Int64 | Basic::Uint64 | Basic::Float64 => (8, 8),
        Basic::Complex64 => (8, 4),
        Basic::Complex128 => (16, 8),
        Basic::Int | Basic::Uint | Basic::Uintptr | Basic::UnsafePointer => (word, word),
        Basic::String => (2 * word, word),
        _ => return None,
    };
    Some(Layout::new(size, natural.min(word)))
}

/// Fields put one behind the other.
struct Placement {
    end: u64,
    align: u64,
    last_is_empty: bool,
}

impl Default for Placement {
    fn default() -> Self {
        Placement { end: 0, align: 1, last_is_empty: false }
    }
}

impl Placement {
    /// Puts a field and gives its offset; none where that is beyond the limit.
    fn put(&mut self, field: &Layout, limit: u64) -> Option<u64> {
        let offset = self.end.checked_next_multiple_of(field.align)?;
        self.end = offset.checked_add(field.size).filter(|&end| end < limit)?;
        self.align = self.align.max(field.align);
        self.last_is_empty = field.size == 0;
        Some(offset)
    }

    /// The whole struct, without the offsets.
    fn finish(self) -> Layout {
        let end = if self.last_is_empty && self.end > 0 { self.end + 1 } else { self.end };
        // The limit is far from the end of the numbers.
        Layout::new(end.next_multiple_of(self.align), self.align)
    }
}

#[cfg(test)]
mod tests;
