//! What a name stands for.

use crate::constant::Constant;
use crate::facts::{Location, ObjectKind};
use crate::platforms::Platforms;
use crate::types::Type;
use crate::{File, Node};

/// What a name stands for: a variable, a function, a type, … Equal when it is the same one.
#[derive(Clone, Copy)]
pub struct Object<'f> {
    pub(crate) file: &'f File<'f>,
    pub(crate) id: u32,
}

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Object<'_> {}

impl std::hash::Hash for Object<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl std::fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind(), self.name())
    }
}

impl<'f> Object<'f> {
    /// What kind of thing it is; none where that is unknown.
    pub fn kind(self) -> Option<ObjectKind> {
        self.file.facts.kind_of(self.id)
    }

    /// Its name.
    pub fn name(self) -> String {
        self.file.facts.name_of(self.id)
    }

    /// `syscall.Mmap`, `net/http.Client.Do`; none for what is local to a function.
    pub fn qualified_name(self) -> Option<String> {
        self.file.facts.qualified_name(self.id)
    }

    /// Where it is declared, perhaps in another file.
    pub fn declared_at(self) -> Option<Location> {
        self.file.facts.declared_at(self.id)
    }

    /// Its node, if it is declared in the file that is being checked.
    pub fn declaration(self) -> Option<Node<'f>> {
        let index = self.file.facts.declared_node(self.id)?;
        Some(Node { file: self.file, node: self.file.tree.node(index)? })
    }

    /// All identifiers of this file that stand for it, its declaration included, in order.
    pub fn references(self) -> Option<Vec<Node<'f>>> {
        let indices = self.file.facts.references(self.id)?;
        indices.into_iter().map(|i| Some(Node { file: self.file, node: self.file.tree.node(i)? })).collect()
    }

    /// All of the package, its in-package test files included.
    pub fn references_in_package(self) -> Option<Vec<Location>> {
        self.file.facts.references_in_package(self.id)
    }

    /// A yes-or-no fact: "field", "parameter", "loop-variable", …; none where it is unknown.
    pub fn property(self, name: &str) -> Option<bool> {
        self.file.facts.object_property(self.id, name)
    }

    /// True if the fact is known to hold.
    pub fn is(self, name: &str) -> bool {
        self.property(name) == Some(true)
    }

    /// Its type, if it is known and the same on all platforms of the file.
    pub fn type_of(self) -> Option<Type<'f>> {
        let answers = self.type_on(self.file.platforms());
        match answers.as_slice() {
            [(on, ty)] if on.covers(self.file.platforms()) => Some(*ty),
            _ => None,
        }
    }

    /// Its type, platform by platform.
    pub fn type_on(self, on: &Platforms) -> Vec<(Platforms, Type<'f>)> {
        let answers = self.file.facts.type_of_object(self.id, Some(on.words()));
        answers.into_iter().map(|(on, id)| (Platforms::from_words(on), Type { file: self.file, id })).collect()
    }

    /// The value of a constant, platform by platform.
    pub fn constant_on(self, on: &Platforms) -> Vec<(Platforms, Constant)> {
        let answers = self.file.facts.constant_of_object(self.id, Some(on.words()));
        answers.into_iter().map(|(on, value)| (Platforms::from_words(on), value)).collect()
    }
}
