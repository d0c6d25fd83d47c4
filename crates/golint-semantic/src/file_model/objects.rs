//! What an object is, and where: facts that its identity and its declaration give, without types.

use golint_tree::{Node, field, kind};

use super::{FileModel, Location};
use crate::object::{Object, ObjectKind, Place, Repr, Role};
use crate::summary::{DeclarationKind, Summary};
use crate::{known, universe};

/// The words that [`FileModel::object_property`] knows.
pub const OBJECT_PROPERTIES: &[&str] = &[
    "field",
    "method",
    "parameter",
    "result",
    "receiver",
    "type-parameter",
    "embedded",
    "exported",
    "loop-variable",
    "alias",
    "package-level",
    "local",
];

impl FileModel {
    /// The summary of a file of the package.
    fn summary(&self, file: u32) -> Option<&Summary> {
        if file == self.checked.file {
            return Some(self.checked.summary());
        }
        self.checked.package.summary(file).map(|s| &**s)
    }

    fn declaration_kind(&self, object: &Object) -> Option<DeclarationKind> {
        let Repr::Member { file, receiver, name, ordinal } = &*object.0 else { return None };
        Some(self.summary(*file)?.find(receiver.as_deref(), name, *ordinal)?.kind)
    }

    /// What kind of object it is; none of another package's, where that is not known.
    pub fn kind_of(&self, object: &Object) -> Option<ObjectKind> {
        Some(match &*object.0 {
            Repr::Universe(name) => universe::kind(name),
            Repr::Import { .. } => ObjectKind::PackageName,
            Repr::Member { .. } => match self.declaration_kind(object)? {
                DeclarationKind::Constant => ObjectKind::Constant,
                DeclarationKind::Variable => ObjectKind::Variable,
                DeclarationKind::Type | DeclarationKind::Alias => ObjectKind::TypeName,
                DeclarationKind::Function | DeclarationKind::Method => ObjectKind::Function,
            },
            Repr::Foreign { path, name } if known::is_type(path, name) => ObjectKind::TypeName,
            Repr::Foreign { .. } | Repr::ForeignMember { .. } if known::is_function(object) => ObjectKind::Function,
            Repr::Foreign { .. } | Repr::ForeignMember { .. } if known::is_variable(object) => ObjectKind::Variable,
            Repr::Foreign { .. } if known::is_constant(object) => ObjectKind::Constant,
            Repr::Foreign { .. } | Repr::ForeignMember { .. } => return None,
            Repr::Inner { role, .. } => match role {
                Role::Constant => ObjectKind::Constant,
                Role::TypeName | Role::Alias | Role::TypeParameter => ObjectKind::TypeName,
                Role::Label => ObjectKind::Label,
                Role::Method => ObjectKind::Function,
                _ => ObjectKind::Variable,
            },
        })
    }

    /// "syscall.Mmap", "net/http.Client", "net/http.Client.Do" (methods and fields under their type, pointers left out);
    /// of an import, its path; of a predeclared name, the name. None for what is local to a function.
    ///
    /// A member of another package's type is named under the type through which it was selected: which type it is promoted
    /// from is not known. `t.Errorf` is "testing.T.Errorf", where go/types says "testing.common.Errorf".
    pub fn qualified_name(&self, object: &Object) -> Option<String> {
        Some(match &*object.0 {
            Repr::Universe(name) => (*name).to_owned(),
            Repr::Import { path, .. } => path.to_string(),
            Repr::Foreign { path, name } => format!("{path}.{name}"),
            Repr::ForeignMember { path, owner, name } if path.is_empty() => format!("{owner}.{name}"),
            Repr::ForeignMember { path, owner, name } => format!("{path}.{owner}.{name}"),
            Repr::Member { file, receiver, name, .. } => {
                let path = self.checked.package.path_of(*file);
                match receiver {
                    Some(receiver) => {
                        let package = &self.checked.package;
                        self.record(|record| record.look_up(package.lookup(*file, receiver)));
                        let receiver = package.alias_target(*file, receiver)?;
                        format!("{path}.{receiver}.{name}")
                    }
                    None => format!("{path}.{name}"),
                }
            }
            Repr::Inner { place, role: Role::Field | Role::EmbeddedField | Role::Method, name } => {
                let owner = self.owner_of(*place)?;
                format!("{}.{owner}.{name}", self.checked.package.path_of(place.file))
            }
            Repr::Inner { .. } => return None,
        })
    }

    /// The name of the package-level type whose field or method stands at this place, if it is directly that type's.
    fn owner_of(&self, place: Place) -> Option<String> {
        if place.body {
            return None;
        }
        let unit = &self.summary(place.file)?.unit;
        let tree = unit.tree();
        let mut structs = 0;
        for node in tree.ancestors(tree.node(place.node)?) {
            match tree.kind(node) {
                kind::STRUCT_TYPE | kind::INTERFACE_TYPE => structs += 1,
                kind::FIELD_DECLARATION | kind::FIELD_DECLARATION_LIST | kind::METHOD_ELEM => {}
                kind::PARENTHESIZED_TYPE | kind::GENERIC_TYPE | kind::QUALIFIED_TYPE => {}
                kind::TYPE_SPEC if structs == 1 => {
                    let name = tree.child(node, field::NAME)?;
                    return Some(String::from_utf8_lossy(unit.text(name)).into_owned());
                }
                _ => return None,
            }
        }
        None
    }

    /// Where its name stands in its declaration; of an import without a name, its path.
    pub fn declared_at(&self, object: &Object) -> Option<Location> {
        let (place, file) = match &*object.0 {
            Repr::Universe(_) | Repr::Foreign { .. } | Repr::ForeignMember { .. } => return None,
            Repr::Import { file, .. } | Repr::Member { file, .. } => (self.summary_place(object)?, *file),
            Repr::Inner { place, .. } => (*place, place.file),
        };
        if file == self.checked.file {
            let node = self.declared_node(object)?;
            let tree = self.checked.unit.tree();
            return Some(Location::new(file, tree.start(node)..tree.end(node)));
        }
        self.depend_on_contents(file);
        Some(Location::new(file, self.summary(file)?.span(Node(place.node))?))
    }

    /// The place of the name of an import or of a package-level declaration.
    fn summary_place(&self, object: &Object) -> Option<Place> {
        let (file, node) = match &*object.0 {
            Repr::Import { file, index, .. } => {
                let import = self.summary(*file)?.imports.get(*index as usize)?;
                (*file, import.name_node.unwrap_or(import.node))
            }
            Repr::Member { file, receiver, name, ordinal } => {
                (*file, self.summary(*file)?.find(receiver.as_deref(), name, *ordinal)?.name_node)
            }
            _ => return None,
        };
        Some(Place { file, body: false, node: node.0 })
    }

    /// The node of its name, if it is declared in this file; of an import without a name, the whole spec.
    pub fn declared_node(&self, object: &Object) -> Option<Node> {
        let Repr::Inner { place, role, .. } = &*object.0 else {
            return self.checked.node(self.summary_place(object)?);
        };
        let node = self.checked.node(*place)?;
        if *role != Role::SwitchVariable {
            return Some(node);
        }
        // The place is the clause; the name stands in the head of the switch.
        let tree = self.checked.unit.tree();
        tree.named_children(tree.child(tree.parent(node)?, field::ALIAS)?).next()
    }

    /// One of [`OBJECT_PROPERTIES`]. None for other words, and where it is unknown.
    pub fn object_property(&self, object: &Object, name: &str) -> Option<bool> {
        let repr = &*object.0;
        let role = match repr {
            Repr::Inner { role, .. } => Some(*role),
            _ => None,
        };
        let is_foreign_member = matches!(repr, Repr::ForeignMember { .. });
        Some(match name {
            "field" if is_foreign_member => self.kind_of(object)? == ObjectKind::Variable,
            "method" if is_foreign_member => self.kind_of(object)? == ObjectKind::Function,
            "embedded" if is_foreign_member => return None,
            "field" => matches!(role, Some(Role::Field | Role::EmbeddedField)),
            "embedded" => role == Some(Role::EmbeddedField),
            "method" => matches!(repr, Repr::Member { receiver: Some(_), .. }) || role == Some(Role::Method),
            "parameter" => role == Some(Role::Parameter),
            "result" => role == Some(Role::Result),
            "receiver" => role == Some(Role::Receiver),
            "loop-variable" => role == Some(Role::LoopVariable),
            "type-parameter" => role == Some(Role::TypeParameter),
            "local" => role.is_some_and(|r| !matches!(r, Role::Field | Role::EmbeddedField | Role::Method)),
            "exported" => object.name().chars().next().is_some_and(char::is_uppercase),
            "package-level" => {
                matches!(repr, Repr::Member { receiver: None, .. } | Repr::Foreign { .. })
            }
            "alias" => match repr {
                Repr::Foreign { .. } => return None,
                Repr::Universe(name) => matches!(*name, "any" | "byte" | "rune"),
                Repr::Member { .. } => self.declaration_kind(object)? == DeclarationKind::Alias,
                _ => role == Some(Role::Alias),
            },
            _ => return None,
        })
    }
}
