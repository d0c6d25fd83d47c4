//! Go types as values: structural, immutable, cheap to clone, bounded in size. Nothing here looks anything up: what
//! stands behind a named type is the model's to say.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use crate::object::{Object, Place};

/// Types nested deeper than this are unknown; every recursion over a type ends after so many steps.
pub const MAX_DEPTH: u16 = 64;
/// Types that consist of more parts than this, counted with repetition, are unknown.
pub const MAX_WEIGHT: u32 = 20_000;

/// A Go type. Equal values are identical types; different ones may be identical too (see `FileModel::identical`): field
/// and parameter names of equal declarations elsewhere, `byte` and `uint8`.
#[derive(Clone)]
pub struct Type(Arc<Node>);

struct Node {
    kind: TypeKind,
    hash: u64,
    depth: u16,
    weight: u32,
    is_local: bool,
}

/// What a type is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeKind {
    /// A predeclared type, an untyped kind, or `unsafe.Pointer`.
    Basic(Basic),
    /// A defined type, with its type arguments: of this package, of the universe, or of another package (then its
    /// structure is unknown, and it may be an alias there). Aliases of this package never appear: they are looked through.
    Named(Object, Box<[Type]>),
    /// `*T`
    Pointer(Type),
    /// `[]T`
    Slice(Type),
    /// `[N]T`
    Array(Length, Type),
    /// `map[K]V`
    Map(Type, Type),
    /// `chan T`, `<-chan T`, `chan<- T`
    Channel(Direction, Type),
    /// `struct{ … }`
    Struct(Box<[StructField]>),
    /// A function type, or the type of a function or method.
    Signature(Signature),
    /// `interface{ … }`
    Interface(Interface),
    /// The results of a call that has not exactly one.
    Tuple(Box<[Type]>),
    /// A type parameter, by its declaration.
    TypeParameter(Object),
    /// `~A | B`: in constraints only. True stands for the tilde.
    Union(Box<[(bool, Type)]>),
}

/// The predeclared types. `Byte` and `Rune` are spellings, see [`Basic::canonical`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named as in Go")]
pub enum Basic {
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    Byte,
    Rune,
    UntypedBool,
    UntypedInt,
    UntypedRune,
    UntypedFloat,
    UntypedComplex,
    UntypedString,
    UntypedNil,
}

impl Basic {
    /// The same type without a second spelling: `byte` is `uint8`, `rune` is `int32`.
    pub fn canonical(self) -> Basic {
        match self {
            Basic::Byte => Basic::Uint8,
            Basic::Rune => Basic::Int32,
            other => other,
        }
    }

    /// The type that a variable initialised with it gets; itself if it is typed. Untyped nil has none.
    ///
    /// Source: the Go specification, "Constants".
    pub fn default_type(self) -> Option<Basic> {
        Some(match self {
            Basic::UntypedBool => Basic::Bool,
            Basic::UntypedInt => Basic::Int,
            Basic::UntypedRune => Basic::Rune,
            Basic::UntypedFloat => Basic::Float64,
            Basic::UntypedComplex => Basic::Complex128,
            Basic::UntypedString => Basic::String,
            Basic::UntypedNil => return None,
            typed => typed,
        })
    }

    /// An untyped kind.
    pub fn is_untyped(self) -> bool {
        self as u8 >= Basic::UntypedBool as u8
    }

    /// An integer type or the kind of an untyped integer or rune.
    pub fn is_integer(self) -> bool {
        (Basic::Int as u8..=Basic::Uintptr as u8).contains(&(self as u8))
            || matches!(self, Basic::Byte | Basic::Rune | Basic::UntypedInt | Basic::UntypedRune)
    }

    /// An unsigned integer type.
    pub fn is_unsigned(self) -> bool {
        (Basic::Uint as u8..=Basic::Uintptr as u8).contains(&(self as u8)) || self == Basic::Byte
    }

    /// A floating-point type or kind.
    pub fn is_float(self) -> bool {
        matches!(self, Basic::Float32 | Basic::Float64 | Basic::UntypedFloat)
    }

    /// A complex type or kind.
    pub fn is_complex(self) -> bool {
        matches!(self, Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex)
    }

    /// An integer, float or complex type or kind.
    pub fn is_numeric(self) -> bool {
        self.is_integer() || self.is_float() || self.is_complex()
    }

    /// A string type or kind.
    pub fn is_string(self) -> bool {
        matches!(self, Basic::String | Basic::UntypedString)
    }

    /// A boolean type or kind.
    pub fn is_boolean(self) -> bool {
        matches!(self, Basic::Bool | Basic::UntypedBool)
    }

    /// As go/types prints it.
    pub fn name(self) -> &'static str {
        match self {
            Basic::Bool => "bool",
            Basic::Int => "int",
            Basic::Int8 => "int8",
            Basic::Int16 => "int16",
            Basic::Int32 => "int32",
            Basic::Int64 => "int64",
            Basic::Uint => "uint",
            Basic::Uint8 => "uint8",
            Basic::Uint16 => "uint16",
            Basic::Uint32 => "uint32",
            Basic::Uint64 => "uint64",
            Basic::Uintptr => "uintptr",
            Basic::Float32 => "float32",
            Basic::Float64 => "float64",
            Basic::Complex64 => "complex64",
            Basic::Complex128 => "complex128",
            Basic::String => "string",
            Basic::UnsafePointer => "unsafe.Pointer",
            Basic::Byte => "byte",
            Basic::Rune => "rune",
            Basic::UntypedBool => "untyped bool",
            Basic::UntypedInt => "untyped int",
            Basic::UntypedRune => "untyped rune",
            Basic::UntypedFloat => "untyped float",
            Basic::UntypedComplex => "untyped complex",
            Basic::UntypedString => "untyped string",
            Basic::UntypedNil => "untyped nil",
        }
    }
}

/// The length of an array.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Evaluated, for the platforms for which the type was asked.
    Known(u64),
    /// The expression that the model could not evaluate.
    Unknown(Place),
}

/// The direction of a channel type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `chan T`
    Both,
    /// `<-chan T`
    Receive,
    /// `chan<- T`
    Send,
}

/// A field of a struct type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StructField {
    /// Its name; of an embedded field, the name of its type. `_` for blank.
    pub name: Arc<str>,
    /// The field itself.
    pub object: Object,
    /// Its type; none where that is unknown.
    pub ty: Option<Type>,
    /// `T` or `*T` without a name.
    pub embedded: bool,
    /// The tag's value, without quotes; empty for none.
    pub tag: Arc<[u8]>,
}

/// A function's parameters and results.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    /// In order. Of a variadic function, the last one's type is the slice. None where a type is unknown.
    pub parameters: Box<[Parameter]>,
    /// In order.
    pub results: Box<[Parameter]>,
    /// The last parameter is `...T`.
    pub variadic: bool,
    /// The receiver's type, of methods.
    pub receiver: Option<Type>,
}

/// A parameter or result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// Empty where it has none.
    pub name: Arc<str>,
    /// None: unknown.
    pub ty: Option<Type>,
}

/// What an interface type asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interface {
    /// The methods that it writes itself.
    pub methods: Box<[InterfaceMethod]>,
    /// The types, unions and interfaces that it embeds; none stands for one that is unknown.
    pub embedded: Box<[Option<Type>]>,
    /// Written `any`.
    pub any: bool,
}

/// A method of an interface type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InterfaceMethod {
    /// Its name.
    pub name: Arc<str>,
    /// The method itself.
    pub object: Object,
    /// A signature; none where it is unknown.
    pub ty: Option<Type>,
}

impl Type {
    /// The type, or none where it would be deeper or larger than the model takes on.
    pub fn new(kind: TypeKind) -> Option<Type> {
        let (mut depth, mut weight, mut is_local) = (0, 1u32, kind.names_a_local());
        kind.for_each_part(&mut |part| {
            is_local |= part.0.is_local;
            depth = depth.max(part.0.depth + 1);
            weight = weight.saturating_add(part.0.weight);
        });
        if depth > MAX_DEPTH || weight > MAX_WEIGHT {
            return None;
        }
        let mut hasher = FxHasher::default();
        kind.hash(&mut hasher);
        Some(Type(Arc::new(Node { kind, hash: hasher.finish(), depth, weight, is_local })))
    }

    /// A predeclared type.
    pub fn basic(basic: Basic) -> Type {
        let kind = TypeKind::Basic(basic);
        let mut hasher = FxHasher::default();
        kind.hash(&mut hasher);
        Type(Arc::new(Node { kind, hash: hasher.finish(), depth: 0, weight: 1, is_local: false }))
    }

    /// `*T`
    pub fn pointer(to: Type) -> Option<Type> {
        Type::new(TypeKind::Pointer(to))
    }

    /// `[]T`
    pub fn slice(of: Type) -> Option<Type> {
        Type::new(TypeKind::Slice(of))
    }

    /// A named type without type arguments.
    pub fn named(object: Object) -> Option<Type> {
        Type::new(TypeKind::Named(object, Box::default()))
    }

    /// A tuple; of one type, that type.
    pub fn tuple(types: Vec<Type>) -> Option<Type> {
        match <[Type; 1]>::try_from(types) {
            Ok([only]) => Some(only),
            Err(types) => Type::new(TypeKind::Tuple(types.into())),
        }
    }

    /// What it is made of.
    pub fn kind(&self) -> &TypeKind {
        &self.0.kind
    }

    /// It is made of something that is declared inside of a body, and means nothing to other files.
    pub(crate) fn is_local(&self) -> bool {
        self.0.is_local
    }

    /// The predeclared type that it is, as spelled.
    pub fn as_basic(&self) -> Option<Basic> {
        match self.kind() {
            TypeKind::Basic(basic) => Some(*basic),
            _ => None,
        }
    }

    /// An untyped kind.
    pub fn is_untyped(&self) -> bool {
        self.as_basic().is_some_and(Basic::is_untyped)
    }
}

impl TypeKind {
    /// One of its own names is declared inside of a body.
    fn names_a_local(&self) -> bool {
        match self {
            TypeKind::Named(object, _) | TypeKind::TypeParameter(object) => object.is_in_body(),
            TypeKind::Array(Length::Unknown(place), _) => place.body,
            TypeKind::Struct(fields) => fields.iter().any(|field| field.object.is_in_body()),
            TypeKind::Interface(interface) => interface.methods.iter().any(|method| method.object.is_in_body()),
            _ => false,
        }
    }

    /// Calls `f` with every type that it directly consists of.
    pub fn for_each_part(&self, f: &mut dyn FnMut(&Type)) {
        match self {
            TypeKind::Basic(_) | TypeKind::TypeParameter(_) => {}
            TypeKind::Pointer(t) | TypeKind::Slice(t) | TypeKind::Array(_, t) | TypeKind::Channel(_, t) => f(t),
            TypeKind::Map(key, value) => {
                f(key);
                f(value);
            }
            TypeKind::Named(_, types) | TypeKind::Tuple(types) => types.iter().for_each(f),
            TypeKind::Struct(fields) => fields.iter().filter_map(|x| x.ty.as_ref()).for_each(f),
            TypeKind::Signature(s) => {
                let parameters = s.parameters.iter().chain(&s.results);
                parameters.filter_map(|p| p.ty.as_ref()).chain(&s.receiver).for_each(f);
            }
            TypeKind::Interface(i) => {
                i.methods.iter().filter_map(|m| m.ty.as_ref()).chain(i.embedded.iter().flatten()).for_each(f);
            }
            TypeKind::Union(terms) => terms.iter().for_each(|(_, t)| f(t)),
        }
    }
}

impl PartialEq for Type {
    fn eq(&self, other: &Type) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.hash == other.0.hash && self.0.kind == other.0.kind)
    }
}

impl Eq for Type {}

impl Hash for Type {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)
    }
}
