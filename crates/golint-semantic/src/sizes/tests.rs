//! Layouts against the numbers that `types.SizesFor("gc", goarch)` of Go 1.26 gives for every GOARCH of
//! `go tool dist list`: they fall into two classes, 4-byte (386, arm, mips, mipsle) and 8-byte machines.

use std::sync::Arc;

use super::*;
use crate::object::{Object, Place, Repr, Role};
use crate::types::{Direction, Interface, Signature};

fn object(repr: Repr) -> Object {
    Object::new(repr)
}

fn place(node: u32) -> Place {
    Place { file: 0, body: false, node }
}

fn new(kind: TypeKind) -> Type {
    Type::new(kind).unwrap()
}

fn array(length: u64, element: Type) -> Type {
    new(TypeKind::Array(Length::Known(length), element))
}

fn fields(types: impl IntoIterator<Item = Option<Type>>) -> Type {
    let field = |(i, ty): (usize, Option<Type>)| {
        let name: Arc<str> = format!("f{i}").into();
        let object = object(Repr::Inner { place: place(i as u32), role: Role::Field, name: name.clone() });
        StructField { name, object, ty, embedded: false, tag: Arc::new([]) }
    };
    new(TypeKind::Struct(types.into_iter().enumerate().map(field).collect()))
}

fn structure(types: impl IntoIterator<Item = Type>) -> Type {
    fields(types.into_iter().map(Some))
}

fn local(name: &str) -> Type {
    let repr = Repr::Member { file: 0, receiver: None, name: name.into(), ordinal: 0 };
    Type::named(object(repr)).unwrap()
}

fn std_type(path: &str, name: &str) -> Type {
    Type::named(object(Repr::Foreign { path: path.into(), name: name.into() })).unwrap()
}

fn b(basic: Basic) -> Type {
    Type::basic(basic)
}

fn signature() -> Type {
    let parameters = Box::default();
    new(TypeKind::Signature(Signature { parameters, results: Box::default(), variadic: false, receiver: None }))
}

fn interface() -> Type {
    new(TypeKind::Interface(Interface { methods: Box::default(), embedded: Box::default(), any: false }))
}

fn pointer() -> Type {
    Type::pointer(b(Basic::Int)).unwrap()
}

fn layout_with(ty: &Type, pointer_size: u8, mut underlying: impl FnMut(&Type) -> Option<Type>) -> Option<Layout> {
    Sizes::new(pointer_size, &mut underlying)?.layout(ty)
}

fn layout(ty: &Type, pointer_size: u8) -> Option<Layout> {
    layout_with(ty, pointer_size, |_| None)
}

/// `size align` on 4-byte machines, then on 8-byte ones, as Go prints them; of structs, the offsets too.
fn shape(ty: &Type) -> String {
    let one = |pointer_size| match layout(ty, pointer_size) {
        None => "unknown".to_owned(),
        Some(l) if l.offsets.is_empty() => format!("{} {}", l.size, l.align),
        Some(l) => {
            let offsets: Vec<String> = l.offsets.iter().map(u64::to_string).collect();
            format!("{} {} [{}]", l.size, l.align, offsets.join(" "))
        }
    };
    format!("{} | {}", one(4), one(8))
}

#[test]
fn types_without_fields() {
    let error = Type::named(object(Repr::Universe("error"))).unwrap();
    let cases = [
        (b(Basic::Bool), "1 1 | 1 1"),
        (b(Basic::Byte), "1 1 | 1 1"),
        (b(Basic::Int16), "2 2 | 2 2"),
        (b(Basic::Rune), "4 4 | 4 4"),
        (b(Basic::Int64), "8 4 | 8 8"),
        (b(Basic::Float64), "8 4 | 8 8"),
        (b(Basic::Complex64), "8 4 | 8 4"),
        (b(Basic::Complex128), "16 4 | 16 8"),
        (b(Basic::Int), "4 4 | 8 8"),
        (b(Basic::Uintptr), "4 4 | 8 8"),
        (b(Basic::UnsafePointer), "4 4 | 8 8"),
        (b(Basic::String), "8 4 | 16 8"),
        (pointer(), "4 4 | 8 8"),
        (Type::slice(b(Basic::Int64)).unwrap(), "12 4 | 24 8"),
        (new(TypeKind::Map(b(Basic::Int), b(Basic::Int))), "4 4 | 8 8"),
        (new(TypeKind::Channel(Direction::Both, b(Basic::Int))), "4 4 | 8 8"),
        (signature(), "4 4 | 8 8"),
        (interface(), "8 4 | 16 8"),
        (error, "8 4 | 16 8"),
        (structure([]), "0 1 | 0 1"),
        (array(0, b(Basic::Int64)), "0 4 | 0 8"),
        (array(3, b(Basic::Int16)), "6 2 | 6 2"),
        (array(3, structure([b(Basic::Int64), b(Basic::Int8)])), "36 4 | 48 8"),
    ];
    for (ty, expected) in cases {
        assert_eq!(shape(&ty), expected, "{ty:?}");
    }
}

#[test]
fn structs_are_padded_as_the_compiler_does_it() {
    use Basic::{Bool, Complex64, Complex128, Float64, Int8, Int16, Int32, Int64, String, Uintptr};
    let empty = || structure([]);
    let cases = [
        (structure([b(Int8), b(Int64), b(Int8)]), "16 4 [0 4 12] | 24 8 [0 8 16]"),
        (structure([b(Int8), b(Int16), b(Int32), b(Float64)]), "16 4 [0 2 4 8] | 16 8 [0 2 4 8]"),
        // A field of size 0 at the end adds a byte, elsewhere it does not.
        (structure([b(Int32), empty()]), "8 4 [0 4] | 8 4 [0 4]"),
        (structure([empty(), b(Int32)]), "4 4 [0 0] | 4 4 [0 0]"),
        (structure([empty(), array(0, b(Int64))]), "0 4 [0 0] | 0 8 [0 0]"),
        (structure([b(Int64), array(0, signature())]), "12 4 [0 8] | 16 8 [0 8]"),
        (structure([b(Int8), b(Complex128)]), "20 4 [0 4] | 24 8 [0 8]"),
        (structure([b(Int8), b(Complex64), b(Bool)]), "16 4 [0 4 12] | 16 4 [0 4 12]"),
        (
            structure([b(String), b(Int8), Type::slice(b(Int8)).unwrap(), b(Bool), interface()]),
            "36 4 [0 8 12 24 28] | 72 8 [0 16 24 48 56]",
        ),
        (structure([b(Int8), structure([b(Int64), b(Int8)]), b(Int8)]), "20 4 [0 4 16] | 32 8 [0 8 24]"),
        (
            structure([
                b(Int8),
                signature(),
                new(TypeKind::Map(b(Int8), b(Bool))),
                new(TypeKind::Channel(Direction::Send, b(Int8))),
                pointer(),
                b(Uintptr),
            ]),
            "24 4 [0 4 8 12 16 20] | 48 8 [0 8 16 24 32 40]",
        ),
    ];
    for (ty, expected) in cases {
        assert_eq!(shape(&ty), expected, "{ty:?}");
    }
}

#[test]
fn well_known_types_of_the_standard_library() {
    let atomic = |name| std_type("sync/atomic", name);
    let sync = |name| std_type("sync", name);
    let bool = || b(Basic::Bool);
    let cases = [
        (structure([bool(), atomic("Int64"), bool()]), "24 8 [0 8 16] | 24 8 [0 8 16]"),
        (structure([bool(), atomic("Int32"), atomic("Bool"), atomic("Uint64")]), "24 8 [0 4 8 16] | 24 8 [0 4 8 16]"),
        (
            structure([b(Basic::Int32), std_type("time", "Time"), bool(), std_type("time", "Duration")]),
            "36 4 [0 4 24 28] | 48 8 [0 8 32 40]",
        ),
        (
            structure([bool(), sync("Mutex"), b(Basic::Uint8), sync("RWMutex"), bool(), sync("Once")]),
            "56 4 [0 4 12 16 40 44] | 56 4 [0 4 12 16 40 44]",
        ),
        (
            structure([bool(), atomic("Pointer"), atomic("Value"), atomic("Uintptr"), atomic("Uint32")]),
            "24 4 [0 4 8 16 20] | 48 8 [0 8 16 32 40]",
        ),
        (
            structure([
                bool(),
                array(2, atomic("Int64")),
                std_type("reflect", "SliceHeader"),
                std_type("reflect", "StringHeader"),
            ]),
            "48 8 [0 8 24 36] | 64 8 [0 8 24 48]",
        ),
    ];
    for (ty, expected) in cases {
        assert_eq!(shape(&ty), expected, "{ty:?}");
    }
}

#[test]
fn the_table_of_foreign_types_is_sorted() {
    let names: Vec<_> = foreign::names().collect();
    assert!(names.is_sorted());
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn unknown_parts_make_the_whole_unknown() {
    let foreign = || std_type("example.org/x", "T");
    let unknown_length = new(TypeKind::Array(Length::Unknown(place(7)), b(Basic::Int)));
    let unknown_field = fields([Some(b(Basic::Int)), None]);
    for ty in [foreign(), structure([foreign()]), array(2, foreign()), unknown_length, unknown_field, local("T")] {
        assert_eq!(shape(&ty), "unknown | unknown", "{ty:?}");
    }
    assert_eq!(shape(&b(Basic::UntypedInt)), "unknown | unknown");
    assert_eq!(shape(&new(TypeKind::Tuple(Box::default()))), "unknown | unknown");
    // What only points there is known.
    assert_eq!(shape(&structure([Type::pointer(foreign()).unwrap()])), "4 4 [0] | 8 8 [0]");
    assert!(layout(&b(Basic::Int), 2).is_none());
}

#[test]
fn an_offset_needs_only_the_fields_up_to_its_own() {
    let ty = fields([Some(b(Basic::Bool)), Some(b(Basic::Int64)), None]);
    let mut underlying = |named: &Type| (*named == local("T")).then(|| ty.clone());
    let mut sizes = Sizes::new(4, &mut underlying).unwrap();
    assert_eq!(sizes.field_offset(&local("T"), 1), Some(4));
    assert_eq!(sizes.field_offset(&ty, 1), Some(4));
    assert_eq!(sizes.field_offset(&ty, 2), None);
    assert_eq!(sizes.field_offset(&ty, 3), None);
    assert_eq!(sizes.field_offset(&b(Basic::Int), 0), None);
    assert_eq!(sizes.layout(&local("T")), None);
}

#[test]
fn types_too_large_for_the_compiler_are_unknown() {
    assert_eq!(shape(&array(1 << 31, b(Basic::Int8))), "unknown | 2147483648 1");
    assert_eq!(shape(&array(u64::MAX, b(Basic::Int64))), "unknown | unknown");
    assert_eq!(shape(&array(u64::MAX, structure([]))), "0 1 | 0 1");
    let half = || array(1 << 49, b(Basic::Int8));
    assert_eq!(shape(&structure([half(), half()])), "unknown | unknown");
}

#[test]
fn a_type_that_contains_itself_has_no_layout_wherever_one_starts() {
    let mut underlying = |named: &Type| {
        Some(match named {
            t if *t == local("A") => structure([local("B")]),
            t if *t == local("B") => structure([b(Basic::Int), array(1, local("A"))]),
            t if *t == local("Loop") => local("Loop"),
            t if *t == local("List") => structure([Type::pointer(local("List")).unwrap()]),
            _ => structure([local("A")]),
        })
    };
    let mut sizes = Sizes::new(8, &mut underlying).unwrap();
    for name in ["A", "B", "C", "Loop"] {
        assert_eq!(sizes.layout(&local(name)), None, "{name}");
    }
    assert_eq!(sizes.field_offset(&local("Loop"), 0), None);
    assert_eq!(sizes.layout(&local("List")).map(|l| l.size), Some(8));
}

#[test]
fn long_and_wide_chains_of_types_cost_one_step_each() {
    // T0 is an int8, each next one holds the previous twice: without memory, 2^40 steps; and 4,000 types deep.
    let mut asked = 0;
    let ty = layout_with(&local("T40"), 8, |named| {
        asked += 1;
        let TypeKind::Named(object, _) = named.kind() else { return None };
        let number: u32 = object.name()[1..].parse().ok()?;
        let previous = || local(&format!("T{}", number - 1));
        Some(if number == 0 { b(Basic::Int8) } else { structure([previous(), previous()]) })
    });
    assert_eq!(ty.map(|l| l.size), Some(1 << 40));
    assert_eq!(asked, 41);
    let deep = layout_with(&local("T4000"), 8, |named| {
        let TypeKind::Named(object, _) = named.kind() else { return None };
        let number: u32 = object.name()[1..].parse().ok()?;
        Some(if number == 0 { b(Basic::Int8) } else { local(&format!("T{}", number - 1)) })
    });
    assert_eq!(deep.map(|l| l.size), Some(1));
    // An endless expansion ends.
    let endless = layout_with(&local("T0"), 8, |named| {
        let TypeKind::Named(object, _) = named.kind() else { return None };
        let number: u32 = object.name()[1..].parse().ok()?;
        Some(structure([local(&format!("T{}", number + 1))]))
    });
    assert_eq!(endless, None);
}
