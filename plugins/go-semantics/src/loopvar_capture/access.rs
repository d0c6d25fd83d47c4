//! Which variable an expression reaches, and by which path: `s.jobs[i].done`; and what the source around an expression
//! does with it: writes it, assigns it, starts it. It never follows a value further than one statement says.

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

/// Does the operator leave its right side out, depending on the left one?
pub(super) fn is_short_circuit(node: Node<'_>) -> bool {
    node.is(kind::BINARY_EXPRESSION)
        && node.child(field::OPERATOR).is_some_and(|o| matches!(o.kind(), kind::LOGICAL_AND | kind::LOGICAL_OR))
}

/// What this operator joins, from left to right: of `&&` all that has to be true, of `||` all that has to be false.
pub(super) fn operands(condition: Node<'_>, operator: Kind) -> Vec<Node<'_>> {
    let mut parts = Vec::new();
    let mut open = vec![condition];
    while let Some(part) = open.pop().map(Node::unparenthesized) {
        let sides = [part.child(field::RIGHT), part.child(field::LEFT)];
        match (part.child(field::OPERATOR), sides) {
            (Some(o), [Some(right), Some(left)]) if o.is(operator) => open.extend([right, left]),
            _ => parts.push(part),
        }
    }
    parts
}

/// What the expression is assigned to by a short declaration, an assignment or a variable's declaration: `v` in `v := x`
/// and `u, v = y, x`. Where it gives several values, the one that gets the first.
pub(super) fn target_of(expression: Node<'_>) -> Option<Node<'_>> {
    let outer = parenthesized(expression);
    let list = outer.parent().filter(|p| p.is(kind::EXPRESSION_LIST) && p.field() != field::LEFT)?;
    let position = list.named_children().position(|n| n == outer)?;
    let statement = list.parent()?;
    let target = match statement.kind() {
        kind::SHORT_VAR_DECLARATION | kind::ASSIGNMENT_STATEMENT => {
            statement.child(field::LEFT)?.named_children().nth(position)
        }
        kind::VAR_SPEC => statement.children_of(field::NAME).nth(position),
        _ => None,
    };
    target.map(Node::unparenthesized)
}

/// What is assigned to the expression, if that is one of an assignment's targets: `x` in `v.f = x`.
pub(super) fn value_of(target: Node<'_>) -> Option<Node<'_>> {
    let outer = parenthesized(target);
    let list = outer.parent().filter(|p| p.is(kind::EXPRESSION_LIST) && p.field() == field::LEFT)?;
    let position = list.named_children().position(|n| n == outer)?;
    let statement = list.parent().filter(|s| s.is(kind::ASSIGNMENT_STATEMENT))?;
    statement.child(field::RIGHT)?.named_children().nth(position).map(Node::unparenthesized)
}

/// Is this a statement that starts a call on another goroutine, or puts it off?
pub(super) fn is_go_or_defer(statement: Node<'_>) -> bool {
    matches!(statement.kind(), kind::GO_STATEMENT | kind::DEFER_STATEMENT)
}

/// The call (or what looks like a conversion) that calls the literal where it stands, or is given it.
pub(super) fn call_with(literal: Node<'_>) -> Option<Node<'_>> {
    let parent = parenthesized(literal).parent()?;
    match parent.kind() {
        kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => Some(parent),
        kind::ARGUMENT_LIST => parent.parent(),
        _ => None,
    }
}

/// The call of the go statement that starts this literal: `go func() { … }()`.
pub(super) fn started_call(literal: Node<'_>) -> Option<Node<'_>> {
    let call = parenthesized(literal).parent().filter(|p| p.is(kind::CALL_EXPRESSION))?;
    call.parent().is_some_and(|s| s.is(kind::GO_STATEMENT)).then_some(call)
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
    let statement = parenthesized(identifier).parent().filter(|p| p.is(kind::EXPRESSION_LIST)).and_then(Node::parent);
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
