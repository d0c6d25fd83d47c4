//! What names stand for. An object is an identity: it says where it was declared and in which role, and no more; what
//! is known of it is the model's to compute.

use std::sync::Arc;

/// A node outside of the checked file's bodies, in the summary of a file, or inside of a body of the checked file.
/// It means nothing beyond one snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Index of the file in its package.
    pub(crate) file: u32,
    /// False: `node` counts in the file's summary. True: in the whole tree of the file, which is the checked one.
    pub(crate) body: bool,
    pub(crate) node: u32,
}

/// What a name stands for, as in go/types. Cheap to clone; equal values are the same object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Object(pub(crate) Arc<Repr>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Repr {
    /// Predeclared, or of package unsafe.
    Universe(&'static str),
    /// The name of an import, by its position among the file's imports.
    Import { file: u32, index: u32, path: Arc<str>, name: Arc<str> },
    /// Declared at package level, methods included (then with the name of the receiver's base type). `ordinal` counts
    /// the declarations of that name in the file.
    Member { file: u32, receiver: Option<Arc<str>>, name: Arc<str>, ordinal: u32 },
    /// A package-level name of another package.
    Foreign { path: Arc<str>, name: Arc<str> },
    /// A field or method of a type of another package.
    ForeignMember { path: Arc<str>, owner: Arc<str>, name: Arc<str> },
    /// Declared inside a declaration: a local name, a parameter, a field, a method of an interface.
    Inner { place: Place, role: Role, name: Arc<str> },
}

/// What an inner declaration makes of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Constant,
    TypeName,
    Alias,
    Variable,
    /// Declared by a range or three-clause loop.
    LoopVariable,
    /// Of one clause of a type switch; the place is the clause.
    SwitchVariable,
    Parameter,
    Result,
    Receiver,
    TypeParameter,
    Label,
    Field,
    EmbeddedField,
    /// Declared in an interface type.
    Method,
}

/// The kinds of object, as in go/types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "named as in go/types")]
pub enum ObjectKind {
    PackageName,
    Constant,
    TypeName,
    Variable,
    Function,
    Label,
    Builtin,
    Nil,
}

impl Object {
    pub(crate) fn new(repr: Repr) -> Object {
        Object(Arc::new(repr))
    }

    /// It is declared inside of a body of the checked file.
    pub(crate) fn is_in_body(&self) -> bool {
        matches!(&*self.0, Repr::Inner { place: Place { body: true, .. }, .. })
    }

    /// Its name as declared; of an import, the name that it has in the file.
    pub fn name(&self) -> &str {
        match &*self.0 {
            Repr::Universe(name) => name.rsplit('.').next().unwrap_or(name),
            Repr::Import { name, .. }
            | Repr::Member { name, .. }
            | Repr::Foreign { name, .. }
            | Repr::ForeignMember { name, .. }
            | Repr::Inner { name, .. } => name,
        }
    }
}
