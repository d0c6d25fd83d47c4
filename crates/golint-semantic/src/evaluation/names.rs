//! What an identifier stands for: scopes first, then imports, the package, the universe, and what it selects from.

use std::sync::Arc;

use golint_tree::{field, kind};

use super::members::is_of_c;
use super::{Answer, At, Evaluation, Member, Operand, Stop, known, tolerate};
use crate::object::{Object, Repr};
use crate::scopes::is_name;
use crate::summary::{Import, ImportName};
use crate::types::TypeKind;
use crate::universe;

impl<'a> Evaluation<'a> {
    /// The object that the identifier defines or uses. Of an embedded field's name, the type.
    pub(crate) fn resolve(&mut self, at: At<'a>) -> Answer<Object> {
        let at = self.canonical(at)?;
        if !is_name(at.tree, at.node) {
            return Err(Stop::Unknown);
        }
        let bound = self.scopes(at)?.binding(at.node).cloned();
        if is_key(at) {
            return self.resolve_key(at, bound);
        }
        if let Some(object) = bound {
            return Ok(object);
        }
        let parent = known(at.parent())?;
        match (parent.kind(), at.field()) {
            (kind::SELECTOR_EXPRESSION, field::FIELD) => return self.resolve_selected(parent),
            (kind::QUALIFIED_TYPE, field::NAME) => return self.resolve_selected(parent),
            (kind::PACKAGE_CLAUSE, _) => return Err(Stop::Unknown),
            (kind::TYPE_SWITCH_STATEMENT, field::ALIAS) => return Err(Stop::Unknown),
            (kind::EXPRESSION_LIST, _) if parent.field() == field::ALIAS => return Err(Stop::Unknown),
            (kind::IMPORT_SPEC, field::NAME) => {
                let imports = &self.summary(at.file)?.imports;
                let index = known(imports.iter().position(|i| i.name_node == Some(at.node)))?;
                return Ok(import_object(at.file, index, &imports[index], &at.name()));
            }
            (_, field::NAME) => {
                if let Some(declaration) = self.summary(at.file)?.declared_by(at.node).filter(|_| !at.body) {
                    return Ok(self.package.member(at.file, declaration));
                }
            }
            _ => {}
        }
        if matches!(at.kind(), kind::FIELD_IDENTIFIER | kind::LABEL_NAME) {
            return Err(Stop::Unknown);
        }
        self.resolve_free(at.file, &at.name())
    }

    /// A name that no scope inside of the declaration binds.
    pub(crate) fn resolve_free(&mut self, file: u32, name: &str) -> Answer<Object> {
        if name == "_" {
            return Err(Stop::Unknown);
        }
        if let Some(object) = self.resolve_import(file, name)? {
            return Ok(object);
        }
        if let Some(object) = self.resolve_member(file, name)? {
            return Ok(object);
        }
        if let Some(object) = universe::object(name) {
            return Ok(object);
        }
        // What nobody else declares comes from the package whose names are taken over whole, if there is one only.
        let mut dots = self.summary(file)?.imports.iter().filter(|i| i.binds == ImportName::Dot);
        match (dots.next(), dots.next()) {
            (Some(import), None) if is_exported(name) => foreign(&import.path, name),
            _ => Err(Stop::Unknown),
        }
    }

    fn resolve_import(&mut self, file: u32, name: &str) -> Answer<Option<Object>> {
        let imports = &self.summary(file)?.imports;
        let written = imports.iter().position(|i| matches!(&i.binds, ImportName::Written(n) if **n == *name));
        let index = match written {
            Some(index) => index,
            // What the file declares itself can't be the name of an import of it.
            None if self.summary(file)?.declaration(name).is_some() => return Ok(None),
            None => {
                let mut guessed = imports.iter().enumerate();
                let mut guessed =
                    guessed.by_ref().filter(|(_, i)| matches!(&i.binds, ImportName::Guessed(n) if **n == *name));
                match (guessed.next(), guessed.next()) {
                    (None, _) => return Ok(None),
                    (Some((index, _)), None) => index,
                    // One of them has another name in truth.
                    (Some((_, first)), Some((_, second))) if first.path != second.path => return Err(Stop::Unknown),
                    (Some((index, _)), Some(_)) => index,
                }
            }
        };
        Ok(Some(import_object(file, index, &imports[index], name)))
    }

    /// The package-level object of this name, on the platform.
    fn resolve_member(&mut self, file: u32, name: &str) -> Answer<Option<Object>> {
        let lookup = self.lookup(file, name);
        // Of a file that is looked at, its own declaration holds: another one that could be in the same build by its
        // platforms is kept out by tags.
        if let Some(own) = lookup.candidates.iter().find(|c| c.file == file)
            && let [object, ..] = lookup.found(own, self.package)
        {
            return Ok(Some(object.clone()));
        }
        let mut found = self.found(&lookup)?;
        if found.len() > 1 { Err(Stop::Unknown) } else { Ok(found.pop()) }
    }

    fn resolve_selected(&mut self, selector: At<'a>) -> Answer<Object> {
        self.select(selector).map(|member| member.object)
    }

    /// A key in a composite literal: a field of a struct, or an expression.
    fn resolve_key(&mut self, at: At<'a>, bound: Option<Object>) -> Answer<Object> {
        let literal = known(at.parent().and_then(At::parent).and_then(At::parent))?;
        let name = at.name();
        let expression = |e: &mut Self| match bound {
            Some(object) => Ok(object),
            None => e.resolve_free(at.file, &name),
        };
        // Unexported fields of other packages' structs can't be written here.
        let written =
            literal.parent().filter(|p| p.kind() == kind::COMPOSITE_LITERAL).and_then(|p| p.child(field::TYPE));
        let is_foreign = |ty: At<'a>| {
            ty.kind() == kind::QUALIFIED_TYPE && ty.child(field::PACKAGE).is_some_and(|package| package.text() != b"C")
        };
        if !is_exported(&name) && written.is_some_and(is_foreign) {
            return expression(self);
        }
        let ty = self.step(|e| e.literal_shape(literal))?;
        if let TypeKind::Named(object, _) = ty.kind()
            && matches!(&*object.0, Repr::Foreign { .. })
            && !is_of_c(object)
            && !is_exported(&name)
        {
            return expression(self);
        }
        match self.underlying(&ty)?.kind() {
            TypeKind::Struct(fields) => known(fields.iter().find(|f| f.name == name).map(|f| f.object.clone())),
            TypeKind::Map(..) | TypeKind::Slice(_) | TypeKind::Array(..) => expression(self),
            _ => Err(Stop::Unknown),
        }
    }

    /// What `operand.name` selects, in expressions and in types.
    pub(crate) fn select(&mut self, selector: At<'a>) -> Answer<Member> {
        Ok(self.select_from(selector)?.1)
    }

    /// The same, with what it selects from: an expression is never looked at twice, or chains would take forever.
    pub(crate) fn select_from(&mut self, selector: At<'a>) -> Answer<(Operand, Member)> {
        self.step(|e| e.select_here(selector))
    }

    fn select_here(&mut self, selector: At<'a>) -> Answer<(Operand, Member)> {
        let (operand, name) = match selector.kind() {
            kind::SELECTOR_EXPRESSION => (selector.child(field::OPERAND), selector.child(field::FIELD)),
            kind::QUALIFIED_TYPE => (selector.child(field::PACKAGE), selector.child(field::NAME)),
            _ => return Err(Stop::Unknown),
        };
        let (operand, name) = (known(operand)?, known(name)?.name());
        let operand = self.operand(operand)?;
        let member = match &operand {
            Operand::Package(path) => Member::of_package(package_member(path, &name)?),
            Operand::Value(ty) | Operand::Type(ty) => self.find_member(ty, &name, selector.file)?,
            _ => return Err(Stop::Unknown),
        };
        Ok((operand, member))
    }

    /// The object that an operand is, if it is a plain identifier.
    pub(crate) fn named_operand(&mut self, at: At<'a>) -> Answer<Option<Object>> {
        let at = skip_parentheses(at);
        let plain = matches!(at.kind(), kind::IDENTIFIER | kind::TYPE_IDENTIFIER | kind::NIL);
        if plain { tolerate(self.resolve(at)) } else { Ok(None) }
    }
}

/// What `path.name` is.
fn package_member(path: &Arc<str>, name: &str) -> Answer<Object> {
    if **path == *"unsafe" {
        return known(universe::object(&format!("unsafe.{name}")));
    }
    foreign(path, name)
}

fn foreign(path: &Arc<str>, name: &str) -> Answer<Object> {
    if **path == *"unsafe" {
        return known(universe::object(&format!("unsafe.{name}")));
    }
    Ok(Object::new(Repr::Foreign { path: path.clone(), name: name.into() }))
}

fn import_object(file: u32, index: usize, import: &Import, name: &str) -> Object {
    Object::new(Repr::Import { file, index: index as u32, path: import.path.clone(), name: name.into() })
}

pub(crate) fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

/// The identifier is all of a key in a composite literal.
pub(crate) fn is_key(at: At<'_>) -> bool {
    at.parent().is_some_and(|p| {
        p.kind() == kind::LITERAL_ELEMENT
            && p.field() == field::KEY
            && p.parent().is_some_and(|p| p.kind() == kind::KEYED_ELEMENT)
    })
}

/// Parentheses around one expression; what stands in more is unknown.
const MAX_PARENTHESES: usize = 500;

/// The expression or type inside of parentheses.
pub(crate) fn skip_parentheses(mut at: At<'_>) -> At<'_> {
    for _ in 0..MAX_PARENTHESES {
        if !matches!(at.kind(), kind::PARENTHESIZED_EXPRESSION | kind::PARENTHESIZED_TYPE) {
            break;
        }
        let Some(inner) = at.children().next() else { break };
        at = inner;
    }
    at
}
