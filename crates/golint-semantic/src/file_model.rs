//! The model as one check sees it: every question of the contract's `semantics`, asked from one file.

use std::ops::Range;
use std::sync::Arc;

use golint_project::PlatformSet;
use golint_tree::Node;

use crate::package::Package;
use crate::types::{Signature, StructField};
use crate::{Object, ObjectKind, PerPlatform, Type, Value};

/// Answers about one file. Nodes are those of the tree that it was made with; a node that the tree does not have gives
/// the unknown answer. `on` none stands for all platforms of the file.
pub struct FileModel {
    package: Arc<Package>,
    file: u32,
    source: Arc<[u8]>,
    tree: Arc<[u8]>,
}

/// Where something stands: a file of the package, and bytes in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Index of the file in its package.
    pub file: usize,
    /// Bytes of the file.
    pub span: Range<u32>,
}

/// Sizes in bytes, for the platforms for which it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeLayout {
    /// Size in bytes.
    pub size: u64,
    /// Alignment in bytes.
    pub align: u64,
    /// Offsets of a struct's fields; empty for other types.
    pub offsets: Vec<u64>,
}

/// What an answer depended on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Which files the folder has, and how they are described.
    Files,
    /// Which declarations of this package-level name the file (by its name) sees, and how they read.
    Name(String, String),
    /// Which methods of the type with this name the file (by its name) sees.
    Methods(String, String),
}

impl FileModel {
    /// A model of one file. `tree` is the flat tree of `source`, as golint-syntax wrote it.
    pub fn new(package: Arc<Package>, file: usize, source: Arc<[u8]>, tree: Arc<[u8]>) -> FileModel {
        FileModel { package, file: file as u32, source, tree }
    }

    /// What the answers so far depended on beside the file itself, absences included, each with the hash of its answer.
    pub fn dependencies(&self) -> Vec<(Question, u64)> {
        Vec::new()
    }

    // --- names ---

    /// The object that the identifier defines or uses. Of an embedded field's name, the type.
    pub fn resolve(&self, _identifier: Node, _on: Option<&PlatformSet>) -> PerPlatform<Object> {
        Vec::new()
    }

    /// For a selector: the fields that it passes through, implicit ones included, the last one being its own object.
    pub fn selection(&self, _selector: Node) -> Option<Vec<Object>> {
        None
    }

    /// All identifiers of this file that stand for the object, its declaration included, in order.
    pub fn references(&self, _object: &Object) -> Option<Vec<Node>> {
        None
    }

    /// All of the package, test files of the same package included.
    pub fn references_in_package(&self, _object: &Object) -> Option<Vec<Location>> {
        None
    }

    /// What kind of object it is; none of another package's, where that is not known.
    pub fn kind_of(&self, _object: &Object) -> Option<ObjectKind> {
        None
    }

    /// "syscall.Mmap", "net/http.Client", "net/http.Client.Do". None for what is local to a function.
    pub fn qualified_name(&self, _object: &Object) -> Option<String> {
        None
    }

    /// Where its name stands in its declaration.
    pub fn declared_at(&self, _object: &Object) -> Option<Location> {
        None
    }

    /// The node of that name, if it is declared in this file.
    pub fn declared_node(&self, _object: &Object) -> Option<Node> {
        None
    }

    /// "field", "parameter", "result", "receiver", "embedded", "exported", "loop-variable", "alias", "package-level".
    pub fn object_property(&self, _object: &Object, _name: &str) -> Option<bool> {
        None
    }

    /// The type of a variable, field, constant or function; of a type name, the type.
    pub fn type_of_object(&self, _object: &Object, _on: Option<&PlatformSet>) -> PerPlatform<Type> {
        Vec::new()
    }

    // --- types ---

    /// The type of an expression, or the type that a type expression denotes.
    pub fn type_of(&self, _expression: Node, _on: Option<&PlatformSet>) -> PerPlatform<Type> {
        Vec::new()
    }

    /// As go/types prints it, packages by their full path.
    pub fn type_string(&self, _ty: &Type) -> String {
        String::new()
    }

    /// "basic", "named", "pointer", "struct", "array", "slice", "map", "chan", "signature", "interface", "tuple",
    /// "type-parameter", "union".
    pub fn type_kind(&self, _ty: &Type) -> &'static str {
        ""
    }

    /// None where it is unknown or differs between the file's platforms.
    pub fn underlying(&self, _ty: &Type) -> Option<Type> {
        None
    }

    /// Of a pointer, array, slice, map or channel; named types are looked through.
    pub fn element(&self, _ty: &Type) -> Option<Type> {
        None
    }

    /// Of a map.
    pub fn key(&self, _ty: &Type) -> Option<Type> {
        None
    }

    /// Of an array.
    pub fn array_length(&self, _ty: &Type, _on: Option<&PlatformSet>) -> PerPlatform<Value> {
        Vec::new()
    }

    /// Of a struct; none if the type of a field is unknown.
    pub fn fields_of(&self, _ty: &Type) -> Option<Vec<StructField>> {
        None
    }

    /// Of a function type.
    pub fn signature_of(&self, _ty: &Type) -> Option<Signature> {
        None
    }

    /// The declaration of a named type or type parameter.
    pub fn type_object(&self, _ty: &Type) -> Option<Object> {
        None
    }

    /// Of an instantiated type.
    pub fn type_arguments(&self, _ty: &Type) -> Vec<Type> {
        Vec::new()
    }

    /// The method set, or none if a part of it is unknown.
    pub fn methods_of(&self, _ty: &Type) -> Option<Vec<Object>> {
        None
    }

    /// Whether the two are identical types.
    pub fn identical(&self, _a: &Type, _b: &Type) -> Option<bool> {
        None
    }

    /// Whether a value of the one can be assigned to a variable of the other.
    pub fn assignable(&self, _from: &Type, _to: &Type) -> Option<bool> {
        None
    }

    /// Whether a value of the one can be converted to the other.
    pub fn convertible(&self, _from: &Type, _to: &Type) -> Option<bool> {
        None
    }

    /// Whether the type has all methods of the interface.
    pub fn implements(&self, _ty: &Type, _interface: &Type) -> Option<bool> {
        None
    }

    /// Whether values of the type can be compared with `==`.
    pub fn comparable(&self, _ty: &Type) -> Option<bool> {
        None
    }

    // --- values and memory ---

    /// The value of a constant expression.
    pub fn constant_of(&self, _expression: Node, _on: Option<&PlatformSet>) -> PerPlatform<Value> {
        Vec::new()
    }

    /// The value of a constant.
    pub fn constant_of_object(&self, _object: &Object, _on: Option<&PlatformSet>) -> PerPlatform<Value> {
        Vec::new()
    }

    /// As the gc compiler lays the type out.
    pub fn layout(&self, _ty: &Type, _on: Option<&PlatformSet>) -> PerPlatform<TypeLayout> {
        Vec::new()
    }
}
