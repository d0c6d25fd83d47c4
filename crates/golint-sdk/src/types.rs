//! Types, and how they lie in memory.

use crate::File;
use crate::constant::Constant;
use crate::object::Object;
use crate::platforms::Platforms;

/// A Go type.
#[derive(Clone, Copy)]
pub struct Type<'f> {
    pub(crate) file: &'f File<'f>,
    pub(crate) id: u32,
}

/// A field of a struct type.
#[derive(Clone, Debug)]
pub struct StructField<'f> {
    /// Its name; for an embedded field the name of its type.
    pub name: String,
    /// Its object.
    pub object: Object<'f>,
    /// Its type.
    pub ty: Type<'f>,
    /// True if it is embedded.
    pub embedded: bool,
    /// The tag, unquoted; empty where there is none.
    pub tag: Vec<u8>,
}

/// A function's type.
#[derive(Clone, Debug)]
pub struct Signature<'f> {
    /// Types of the parameters; the last is a slice where the function is variadic.
    pub parameters: Vec<Type<'f>>,
    /// Types of the results.
    pub results: Vec<Type<'f>>,
    /// True if the last parameter takes any number of arguments.
    pub variadic: bool,
    /// Type of the receiver, of a method.
    pub receiver: Option<Type<'f>>,
}

/// Size, alignment and field offsets in bytes, as the gc compiler lays the type out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Size.
    pub size: u64,
    /// Alignment.
    pub align: u64,
    /// Offsets of a struct's fields, in their order; empty for other types.
    pub offsets: Vec<u64>,
}

impl std::fmt::Debug for Type<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.string())
    }
}

impl<'f> Type<'f> {
    fn at(self, id: u32) -> Type<'f> {
        Type { file: self.file, id }
    }

    /// As go/types prints it, packages by their full path.
    pub fn string(self) -> String {
        self.file.facts.type_string(self.id)
    }

    /// "basic", "named", "alias", "pointer", "struct", "array", "slice", "map", "chan", "signature", "interface",
    /// "tuple", "type-parameter", "union"; later ones may join.
    pub fn kind(self) -> String {
        self.file.facts.type_kind(self.id)
    }

    /// The type that a named type stands for; of others the type itself. None where it is unknown.
    pub fn underlying(self) -> Option<Type<'f>> {
        self.file.facts.underlying(self.id).map(|id| self.at(id))
    }

    /// What a pointer points to, if the type is a pointer or is named after one.
    pub fn pointee(self) -> Option<Type<'f>> {
        let pointer = if self.kind() == "pointer" { self } else { self.underlying()? };
        if pointer.kind() == "pointer" { pointer.element() } else { None }
    }

    /// Of a pointer, array, slice, map or channel.
    pub fn element(self) -> Option<Type<'f>> {
        self.file.facts.element(self.id).map(|id| self.at(id))
    }

    /// Of a map.
    pub fn key(self) -> Option<Type<'f>> {
        self.file.facts.key(self.id).map(|id| self.at(id))
    }

    /// Of an array, per platform where its length depends on it.
    pub fn array_length(self, on: &Platforms) -> Vec<(Platforms, Constant)> {
        let answers = self.file.facts.array_length(self.id, Some(on.words()));
        answers.into_iter().map(|(on, value)| (Platforms::from_words(on), value)).collect()
    }

    /// Of a struct, in their order; none for other types and where they are unknown.
    pub fn fields(self) -> Option<Vec<StructField<'f>>> {
        let fields = self.file.facts.fields_of(self.id)?;
        Some(
            fields
                .into_iter()
                .map(|raw| StructField {
                    name: raw.name,
                    object: Object { file: self.file, id: raw.field },
                    ty: self.at(raw.ty),
                    embedded: raw.embedded,
                    tag: raw.tag,
                })
                .collect(),
        )
    }

    /// Of a function.
    pub fn signature(self) -> Option<Signature<'f>> {
        let raw = self.file.facts.signature_of(self.id)?;
        Some(Signature {
            parameters: raw.parameters.into_iter().map(|id| self.at(id)).collect(),
            results: raw.results.into_iter().map(|id| self.at(id)).collect(),
            variadic: raw.variadic,
            receiver: raw.receiver.map(|id| self.at(id)),
        })
    }

    /// The declaration of a named type, alias or type parameter.
    pub fn object(self) -> Option<Object<'f>> {
        self.file.facts.type_object(self.id).map(|id| Object { file: self.file, id })
    }

    /// The full name of a named type: `sync.WaitGroup`; none for other types.
    pub fn qualified_name(self) -> Option<String> {
        self.object()?.qualified_name()
    }

    /// Of an instantiated generic type.
    pub fn arguments(self) -> Vec<Type<'f>> {
        self.file.facts.type_arguments(self.id).into_iter().map(|id| self.at(id)).collect()
    }

    /// The method set, or none if a part of it is unknown.
    pub fn methods(self) -> Option<Vec<Object<'f>>> {
        let ids = self.file.facts.methods_of(self.id)?;
        Some(ids.into_iter().map(|id| Object { file: self.file, id }).collect())
    }

    /// Are they the same type?
    pub fn identical(self, other: Type<'f>) -> Option<bool> {
        self.file.facts.identical(self.id, other.id)
    }

    /// Can a value of this type be assigned to a variable of that one?
    pub fn assignable_to(self, to: Type<'f>) -> Option<bool> {
        self.file.facts.assignable(self.id, to.id)
    }

    /// Can a value of this type be converted to that one?
    pub fn convertible_to(self, to: Type<'f>) -> Option<bool> {
        self.file.facts.convertible(self.id, to.id)
    }

    /// Does it have all methods of the interface?
    pub fn implements(self, interface: Type<'f>) -> Option<bool> {
        self.file.facts.implements(self.id, interface.id)
    }

    /// Can its values be compared by `==`?
    pub fn comparable(self) -> Option<bool> {
        self.file.facts.comparable(self.id)
    }

    /// How it lies in memory, platform by platform; what no entry covers is unknown.
    pub fn layout_on(self, on: &Platforms) -> Vec<(Platforms, Layout)> {
        let answers = self.file.facts.layout(self.id, Some(on.words()));
        answers
            .into_iter()
            .map(|(on, l)| (Platforms::from_words(on), Layout { size: l.size, align: l.align, offsets: l.offsets }))
            .collect()
    }
}
