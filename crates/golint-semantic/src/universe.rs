//! The predeclared names, and those of package unsafe.
//!
//! Source: the Go specification, "Predeclared identifiers" and "Package unsafe".

use std::sync::{Arc, OnceLock};

use crate::object::{Object, ObjectKind, Repr};
use crate::types::{Basic, Interface, InterfaceMethod, Parameter, Signature, Type, TypeKind};

const TYPES: &[&str] = &[
    "any",
    "bool",
    "byte",
    "comparable",
    "complex128",
    "complex64",
    "error",
    "float32",
    "float64",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "rune",
    "string",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
    "unsafe.Pointer",
];
const CONSTANTS: &[&str] = &["false", "iota", "true"];
const BUILTINS: &[&str] = &[
    "append",
    "cap",
    "clear",
    "close",
    "complex",
    "copy",
    "delete",
    "imag",
    "len",
    "make",
    "max",
    "min",
    "new",
    "panic",
    "print",
    "println",
    "real",
    "recover",
    "unsafe.Add",
    "unsafe.Alignof",
    "unsafe.Offsetof",
    "unsafe.Sizeof",
    "unsafe.Slice",
    "unsafe.SliceData",
    "unsafe.String",
    "unsafe.StringData",
];

/// The object of a predeclared name, or of "unsafe.…".
pub(crate) fn object(name: &str) -> Option<Object> {
    let tables = [TYPES, CONSTANTS, BUILTINS, &["nil"]];
    let name = tables.into_iter().flatten().find(|n| **n == name)?;
    Some(Object::new(Repr::Universe(name)))
}

pub(crate) fn kind(name: &str) -> ObjectKind {
    if TYPES.contains(&name) {
        ObjectKind::TypeName
    } else if CONSTANTS.contains(&name) {
        ObjectKind::Constant
    } else if name == "nil" {
        ObjectKind::Nil
    } else {
        ObjectKind::Builtin
    }
}

/// The type of a predeclared type name.
pub(crate) fn named_type(name: &str) -> Option<Type> {
    Some(Type::basic(match name {
        "bool" => Basic::Bool,
        "byte" => Basic::Byte,
        "complex128" => Basic::Complex128,
        "complex64" => Basic::Complex64,
        "float32" => Basic::Float32,
        "float64" => Basic::Float64,
        "int" => Basic::Int,
        "int16" => Basic::Int16,
        "int32" => Basic::Int32,
        "int64" => Basic::Int64,
        "int8" => Basic::Int8,
        "rune" => Basic::Rune,
        "string" => Basic::String,
        "uint" => Basic::Uint,
        "uint16" => Basic::Uint16,
        "uint32" => Basic::Uint32,
        "uint64" => Basic::Uint64,
        "uint8" => Basic::Uint8,
        "uintptr" => Basic::Uintptr,
        "unsafe.Pointer" => Basic::UnsafePointer,
        "any" => return Some(any().clone()),
        "error" | "comparable" => return Type::named(object(name)?),
        _ => return None,
    }))
}

fn interface(methods: Vec<InterfaceMethod>, any: bool) -> Type {
    let kind = TypeKind::Interface(Interface { methods: methods.into(), embedded: Box::default(), any });
    Type::new(kind).unwrap_or_else(|| Type::basic(Basic::UntypedNil))
}

/// `any`
pub(crate) fn any() -> &'static Type {
    static ANY: OnceLock<Type> = OnceLock::new();
    ANY.get_or_init(|| interface(Vec::new(), true))
}

/// What stands behind `error`. `comparable` has no methods, and more to it than those.
pub(crate) fn underlying(name: &str) -> Option<&'static Type> {
    static ERROR: OnceLock<Type> = OnceLock::new();
    (name == "error").then(|| {
        ERROR.get_or_init(|| {
            let result = Parameter { name: "".into(), ty: Some(Type::basic(Basic::String)) };
            let signature =
                Signature { parameters: Box::default(), results: [result].into(), variadic: false, receiver: None };
            let (path, owner, name): (Arc<str>, _, Arc<str>) = ("".into(), "error".into(), "Error".into());
            let object = Object::new(Repr::ForeignMember { path, owner, name: name.clone() });
            interface(vec![InterfaceMethod { name, object, ty: Type::new(TypeKind::Signature(signature)) }], false)
        })
    })
}
