//! Which variable an expression reaches, and by which path: `s.jobs[i].done`. It never follows a value further than the
//! expression says.

use golint_sdk::prelude::*;

use super::callee;

/// A variable and the way from it, pointers not counted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Access<'f> {
    /// The variable that the path starts at.
    pub(super) root: Object<'f>,
    /// Field names, and indices as they are written.
    pub(super) steps: Vec<String>,
}

impl<'f> Access<'f> {
    /// Of an expression that is a variable with any selectors, indices, dereferences and `&` around it.
    pub(super) fn of(expression: Node<'f>) -> Option<Access<'f>> {
        let mut steps = Vec::new();
        let mut at = expression.unparenthesized();
        loop {
            at = match at.kind() {
                kind::IDENTIFIER => {
                    let root = at.resolve().filter(|o| o.kind() == Some(ObjectKind::Variable))?;
                    steps.reverse();
                    return Some(Access { root, steps });
                }
                kind::SELECTOR_EXPRESSION => {
                    let (operand, name) = (at.child(field::OPERAND)?.unparenthesized(), at.child(field::FIELD)?);
                    if callee::is_package(operand) {
                        steps.reverse();
                        return Some(Access { root: name.resolve()?, steps });
                    }
                    steps.push(name.text().into_owned());
                    operand
                }
                kind::INDEX_EXPRESSION => {
                    steps.push(format!("[{}]", at.child(field::INDEX)?.text()));
                    at.child(field::OPERAND)?.unparenthesized()
                }
                kind::SLICE_EXPRESSION => at.child(field::OPERAND)?.unparenthesized(),
                kind::UNARY_EXPRESSION if is_reference_operator(at) => at.child(field::OPERAND)?.unparenthesized(),
                kind::TYPE_ASSERTION_EXPRESSION => at.child(field::OPERAND)?.unparenthesized(),
                _ => return None,
            };
        }
    }

    /// What is reached through `self` is reached through `other`, too, or is what `other` is.
    pub(super) fn is_within(&self, other: &Access<'f>) -> bool {
        self.root == other.root && self.steps.starts_with(&other.steps)
    }
}

fn is_reference_operator(node: Node<'_>) -> bool {
    node.child(field::OPERATOR).is_some_and(|o| matches!(o.kind(), kind::STAR | kind::AMPERSAND))
}

/// Is it declared in here? False for what is declared in another file.
pub(super) fn is_declared_in(object: Object<'_>, node: Node<'_>) -> bool {
    object.declaration().is_some_and(|d| node.contains(d))
}

/// The unary operator, if the node is such an expression.
pub(super) fn is_unary(node: Node<'_>, operator: Kind) -> bool {
    node.is(kind::UNARY_EXPRESSION) && node.child(field::OPERATOR).is_some_and(|o| o.is(operator))
}

/// Is the identifier (or the path that starts with it) written here: assigned, incremented, received or ranged into?
/// A `:=` that declares it is no write.
pub(super) fn is_written(expression: Node<'_>) -> bool {
    let mut at = expression;
    while let Some(parent) = at.parent() {
        match parent.kind() {
            kind::PARENTHESIZED_EXPRESSION => at = parent,
            kind::INC_STATEMENT | kind::DEC_STATEMENT => return true,
            kind::EXPRESSION_LIST => {
                let Some(statement) = parent.parent() else { return false };
                return parent.field() == field::LEFT
                    && match statement.kind() {
                        kind::ASSIGNMENT_STATEMENT => true,
                        kind::RECEIVE_STATEMENT | kind::RANGE_CLAUSE => {
                            statement.children().any(|n| n.is(kind::ASSIGN))
                        }
                        // In `v, err := f()` a variable of the same scope is assigned.
                        kind::SHORT_VAR_DECLARATION => at.resolve().and_then(Object::declaration) != Some(at),
                        _ => false,
                    };
            }
            _ => return false,
        }
    }
    false
}

/// Is the identifier only written here, and not read as by `v++` or `v += 1`?
pub(super) fn is_overwritten(identifier: Node<'_>) -> bool {
    let mut at = identifier;
    while let Some(parent) = at.parent().filter(|p| p.is(kind::PARENTHESIZED_EXPRESSION)) {
        at = parent;
    }
    let statement = at.parent().filter(|p| p.is(kind::EXPRESSION_LIST)).and_then(Node::parent);
    let is_plain = statement.is_some_and(|s| {
        !s.is(kind::ASSIGNMENT_STATEMENT) || s.child(field::OPERATOR).is_some_and(|o| o.is(kind::ASSIGN))
    });
    is_plain && is_written(identifier)
}

/// The expression that ends with the node, parentheses included: the outermost of `((x))`.
pub(super) fn parenthesized(node: Node<'_>) -> Node<'_> {
    let mut at = node;
    while let Some(parent) = at.parent().filter(|p| p.is(kind::PARENTHESIZED_EXPRESSION)) {
        at = parent;
    }
    at
}
