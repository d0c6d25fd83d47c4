//! Where in a value something is held: which field of a struct, or some element of a slice, array or map. It never tells
//! elements of one container apart.

use golint_sdk::prelude::*;

use super::access;
use super::address;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    /// The field of this name.
    Field(String),
    /// A field whose name is not known.
    SomeField,
    /// An element, or a value of a map.
    Element,
}

/// The way from a value to what it holds; the outermost step is the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Path(Vec<Step>);

/// Deeper paths are not followed.
const MAX_STEPS: usize = 16;

impl Path {
    /// The value itself is what is held.
    pub(super) fn is_whole(&self) -> bool {
        self.0.is_empty()
    }

    /// As an element of something.
    pub(super) fn in_element(mut self) -> Path {
        self.0.push(Step::Element);
        self
    }

    /// Out of an element.
    pub(super) fn element(mut self) -> Option<Path> {
        (self.0.pop()? == Step::Element).then_some(self)
    }

    fn fits(self) -> Option<Path> {
        (self.0.len() <= MAX_STEPS).then_some(self)
    }
}

/// From an element of a composite literal to the literal. `element` stands in its braces, perhaps behind a key.
pub(super) fn into_composite(element: Node<'_>, mut path: Path) -> Option<(Node<'_>, Path)> {
    let mut at = element;
    let mut key = None;
    loop {
        let parent = at.parent()?;
        match parent.kind() {
            kind::LITERAL_ELEMENT => {}
            kind::KEYED_ELEMENT => {
                if at.field() == field::VALUE {
                    key = parent.child(field::KEY).and_then(|k| k.named_children().next());
                }
            }
            kind::LITERAL_VALUE => {
                path.0.push(step_of(parent, at, key.take()));
            }
            kind::COMPOSITE_LITERAL => return Some((parent, path.fits()?)),
            _ => return None,
        }
        at = parent;
    }
}

/// What an element of the braces is to the value. `element` is a direct child of them.
fn step_of(braces: Node<'_>, element: Node<'_>, key: Option<Node<'_>>) -> Step {
    let composite = braces.parent().filter(|p| p.is(kind::COMPOSITE_LITERAL));
    let written = composite.and_then(|c| c.child(field::TYPE));
    if written.is_some_and(|ty| {
        matches!(ty.kind(), kind::SLICE_TYPE | kind::ARRAY_TYPE | kind::IMPLICIT_LENGTH_ARRAY_TYPE | kind::MAP_TYPE)
    }) {
        return Step::Element;
    }
    let ty = composite.and_then(Node::type_of).and_then(Type::underlying);
    if ty.is_some_and(|ty| matches!(ty.kind().as_str(), "slice" | "array" | "map")) {
        return Step::Element;
    }
    if let Some(key) = key {
        return if key.is(kind::IDENTIFIER) { Step::Field(key.text().into_owned()) } else { Step::Element };
    }
    let position = braces.named_children().position(|n| n == element);
    let fields = ty.and_then(Type::fields);
    match (fields, position) {
        (Some(fields), Some(i)) if i < fields.len() => Step::Field(fields[i].name.clone()),
        _ => Step::SomeField,
    }
}

/// Selecting from a value that holds something: what is left of the path, or none if the selected part is another one.
/// A method takes the whole value with it. `is_address`: what is held is the address of the variable.
pub(super) fn select(selector: Node<'_>, mut path: Path, is_address: bool) -> Option<Path> {
    let name = selector.child(field::FIELD)?;
    if let Some(Step::Field(held)) = path.0.last()
        && held.as_bytes() == name.bytes()
    {
        path.0.pop();
        return Some(path);
    }
    let object = name.resolve()?;
    if object.kind() != Some(ObjectKind::Function) || object.declared_at().is_none() {
        return None;
    }
    // A value receiver is a copy of what the pointer points to.
    if is_address && path.is_whole() && address::takes_pointer(object) != Some(true) {
        return None;
    }
    Some(Path::default())
}

/// Does this reference to a variable that holds something get at it, or at a part of the variable that holds nothing?
pub(super) fn reads(reference: Node<'_>, path: &Path) -> bool {
    let mut at = access::parenthesized(reference);
    for step in path.0.iter().rev() {
        let Some(parent) = at.parent() else { return true };
        match (parent.kind(), step) {
            (kind::SELECTOR_EXPRESSION, Step::Field(held)) => {
                let Some(name) = parent.child(field::FIELD) else { return true };
                if held.as_bytes() != name.bytes() {
                    // Another field, unless it is a method.
                    return name.resolve().is_none_or(|o| o.kind() == Some(ObjectKind::Function));
                }
            }
            (kind::INDEX_EXPRESSION, Step::Element) => {}
            _ => return true,
        }
        at = access::parenthesized(parent);
    }
    !access::is_written(at)
}

/// The path from the root of an assignment's target to what is stored by it.
pub(super) fn into_target(target: Node<'_>, path: &Path) -> Path {
    let mut path = path.clone();
    let mut at = target.unparenthesized();
    while path.0.len() <= MAX_STEPS {
        let operand = at.child(field::OPERAND).map(Node::unparenthesized);
        match at.kind() {
            kind::SELECTOR_EXPRESSION => {
                let name = at.child(field::FIELD).map(|n| n.text().into_owned()).unwrap_or_default();
                path.0.push(Step::Field(name));
            }
            kind::INDEX_EXPRESSION => path.0.push(Step::Element),
            kind::UNARY_EXPRESSION => {}
            _ => break,
        }
        let Some(operand) = operand else { break };
        at = operand;
    }
    path
}

/// The name of the parameter that gets the argument at this position; none for variadic and unnamed ones.
pub(super) fn parameter(literal: Node<'_>, position: usize) -> Option<Node<'_>> {
    let parameters = literal.child(field::PARAMETERS)?;
    let mut names = Vec::new();
    for declaration in parameters.named_children() {
        if !declaration.is(kind::PARAMETER_DECLARATION) {
            break;
        }
        names.extend(declaration.children_of(field::NAME));
    }
    names.get(position).copied()
}
