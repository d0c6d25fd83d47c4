//! Which identifiers stand for an object. Candidates are found by their spelling, and each is resolved.

use std::sync::Arc;

use golint_project::PlatformSet;
use golint_tree::{Node, kind};
use memchr::memmem;

use super::{FileModel, Location};
use crate::evaluation::is_key;
use crate::object::{Object, Repr, Role};
use crate::scopes::is_name;

impl FileModel {
    /// All identifiers of this file that stand for the object, its declaration included, in order. None if for one of
    /// them that is not known.
    pub fn references(&self, object: &Object) -> Option<Vec<Node>> {
        self.references.get(object, || self.find_references(object))
    }

    fn find_references(&self, object: &Object) -> Option<Vec<Node>> {
        if let Repr::Inner { place, role, .. } = &*object.0
            && !matches!(role, Role::Field | Role::EmbeddedField | Role::Method)
        {
            return match self.checked.node(*place) {
                Some(node) => self.references_to_local(object, node),
                None => Some(Vec::new()),
            };
        }
        let tree = self.checked.unit.tree();
        let name = object.name().as_bytes();
        let mut nodes = Vec::new();
        // The name of an embedded field resolves to its type, and declares the field too.
        let declared = match &*object.0 {
            Repr::Inner { role: Role::EmbeddedField, .. } => self.declared_node(object),
            _ => None,
        };
        // Package-level names are never selected, except those of other packages.
        let selectable = match &*object.0 {
            Repr::Member { receiver, .. } => receiver.is_some(),
            Repr::Import { .. } => false,
            Repr::Universe(name) => name.contains('.'),
            _ => true,
        };
        for node in tree.subtree(tree.root()) {
            if !is_name(tree, node) || tree.text(node, &self.checked.unit.source) != name {
                continue;
            }
            if tree.kind(node) == kind::FIELD_IDENTIFIER && !selectable {
                continue;
            }
            if declared == Some(node) || self.stands_for(node, object)? {
                nodes.push(node);
            }
        }
        Some(nodes)
    }

    /// A local's identifiers are all inside of one top-level declaration.
    fn references_to_local(&self, object: &Object, declared: Node) -> Option<Vec<Node>> {
        let Some(top) = self.checked.unit.top_index(declared.0) else { return Some(Vec::new()) };
        let mut nodes = Vec::new();
        for &node in self.checked.scopes(top).bound_to(object) {
            if !self.at(node).is_some_and(is_key) || self.stands_for(node, object)? {
                nodes.push(node);
            }
        }
        Some(nodes)
    }

    /// On some platform of the file. None: not known.
    fn stands_for(&self, node: Node, object: &Object) -> Option<bool> {
        let answers = self.resolve(node, None);
        if answers.iter().any(|(_, found)| found == object) {
            return Some(true);
        }
        (!answers.is_empty() || self.is_never_an_object(node)).then_some(false)
    }

    /// Names of packages in their clause, of type switches in their head, and labels that nobody declares.
    fn is_never_an_object(&self, node: Node) -> bool {
        let tree = self.checked.unit.tree();
        let Some(parent) = tree.parent(node) else { return true };
        let list = tree.field(parent) == golint_tree::field::ALIAS;
        matches!(tree.kind(parent), kind::PACKAGE_CLAUSE | kind::TYPE_SWITCH_STATEMENT)
            || list
            || tree.kind(node) == kind::LABEL_NAME
    }

    /// All of the package, test files of the same package included. It parses the files that contain the name and are in
    /// a build with this one.
    pub fn references_in_package(&self, object: &Object) -> Option<Vec<Location>> {
        self.references_in_package.get(object, || self.find_references_in_package(object))
    }

    fn find_references_in_package(&self, object: &Object) -> Option<Vec<Location>> {
        let (local, declared) = match &*object.0 {
            Repr::Inner { place, role, .. } => {
                let member = matches!(role, Role::Field | Role::EmbeddedField | Role::Method);
                (place.body || !member, Some(place.file))
            }
            Repr::Import { file, .. } => (true, Some(*file)),
            Repr::Member { file, .. } => (false, Some(*file)),
            Repr::Universe(_) | Repr::Foreign { .. } | Repr::ForeignMember { .. } => (false, None),
        };
        let mut locations = self.locations(self.references(object)?);
        if local {
            return Some(locations);
        }
        let package = &self.checked.package;
        self.record(|record| record.files = true);
        for file in 0..package.files().len() as u32 {
            // Who does not see the declaration has no name for it.
            if file == self.checked.file || declared.is_some_and(|declared| !package.sees(file, declared)) {
                continue;
            }
            self.depend_on_contents(file);
            let Some(source) = package.read(file) else { continue };
            if memmem::find(&source, object.name().as_bytes()).is_none() {
                continue;
            }
            let tree = golint_syntax::parse(&source).tree;
            let other = FileModel::new(Arc::clone(package), file as usize, PlatformSet::ALL, source, tree);
            locations.extend(other.locations(other.references(object)?));
        }
        locations.sort_by_key(|l| (l.file, l.span.start));
        Some(locations)
    }

    fn locations(&self, nodes: Vec<Node>) -> Vec<Location> {
        let tree = self.checked.unit.tree();
        let file = self.checked.file;
        nodes.into_iter().map(|n| Location::new(file, tree.start(n)..tree.end(n))).collect()
    }
}
