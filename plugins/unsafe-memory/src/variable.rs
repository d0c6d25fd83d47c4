//! Where variables get their values: declarations, assignments, everything else that can change one. It never looks into
//! the values.

use golint_sdk::prelude::*;

use crate::conversion::operator;
use crate::view::View;

/// What happens to a variable that is named more often is unknown.
const MAX_REFERENCES: usize = 2_000;

/// How a statement changes a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change<'f> {
    /// It gets this value.
    Set(Node<'f>),
    /// This is added.
    Add(Node<'f>),
    /// This is subtracted.
    Subtract(Node<'f>),
    /// It is combined with this by another operator: `&^=`, `*=`, …
    Combine(Kind, Node<'f>),
    /// It changes in a way that isn't followed: `++`, a range clause, one of a call's results, …
    Other,
}

/// A statement that changes a variable.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Write<'f> {
    /// The assignment, declaration or clause.
    pub(crate) statement: Node<'f>,
    /// What it does.
    pub(crate) change: Change<'f>,
}

/// Everything that happens to a variable in this file.
#[derive(Clone, Debug)]
pub(crate) struct Variable<'f> {
    /// In the order of the source.
    pub(crate) writes: Vec<Write<'f>>,
    /// Where its value is read.
    pub(crate) reads: Vec<Node<'f>>,
    /// It has a value before any of these: a parameter, a result, a receiver.
    pub(crate) given: bool,
    /// Its address is taken, so that it can change out of sight.
    pub(crate) addressed: bool,
}

/// Everything that happens to the variable; none where its address is taken, or where that is unknown.
pub(crate) fn variable(object: Object<'_>) -> Option<Variable<'_>> {
    history(object).filter(|all| !all.addressed)
}

/// What can be seen of what happens to the variable; none where that is unknown.
pub(crate) fn history(object: Object<'_>) -> Option<Variable<'_>> {
    let mut all = Variable { writes: Vec::new(), reads: Vec::new(), given: false, addressed: false };
    let references = object.references()?;
    if references.len() > MAX_REFERENCES {
        return None;
    }
    for reference in references {
        let node = outermost(reference);
        let Some(parent) = node.parent() else { continue };
        match parent.kind() {
            kind::EXPRESSION_LIST => match assigned(parent, node) {
                Some(write) => all.writes.push(write),
                None => all.reads.push(reference),
            },
            kind::VAR_SPEC if node.field() == field::NAME => {
                if let Some(values) = parent.child(field::VALUE) {
                    let position = parent.children_of(field::NAME).position(|n| n == node)?;
                    let count = parent.children_of(field::NAME).count();
                    all.writes.push(Write { statement: parent, change: nth(values, position, count) });
                }
            }
            kind::INC_STATEMENT | kind::DEC_STATEMENT => {
                all.writes.push(Write { statement: parent, change: Change::Other });
            }
            kind::UNARY_EXPRESSION if operator(parent).is_some_and(|o| o.is(kind::AMPERSAND)) => all.addressed = true,
            kind::PARAMETER_DECLARATION | kind::VARIADIC_PARAMETER_DECLARATION if node.field() == field::NAME => {
                all.given = true;
            }
            // A method with a pointer receiver would take the address.
            kind::SELECTOR_EXPRESSION
                if node.field() == field::OPERAND && object.type_of().is_none_or(|ty| ty.kind() == "named") =>
            {
                all.addressed = true;
            }
            _ => all.reads.push(reference),
        }
    }
    Some(all)
}

/// The node together with the parentheses around it.
pub(crate) fn outermost(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while let Some(parent) = node.parent().filter(|p| p.is(kind::PARENTHESIZED_EXPRESSION)) {
        node = parent;
    }
    node
}

fn nth<'f>(values: Node<'f>, position: usize, count: usize) -> Change<'f> {
    let values: Vec<_> = values.named_children().collect();
    match values.get(position) {
        Some(value) if values.len() == count => Change::Set(*value),
        _ => Change::Other,
    }
}

/// The write that `node`, an element of `list`, takes part in; none where it is only read.
fn assigned<'f>(list: Node<'f>, node: Node<'f>) -> Option<Write<'f>> {
    let statement = list.parent()?;
    let is_left = list.field() == field::LEFT || list.field() == field::ALIAS;
    if !is_left {
        return None;
    }
    let targets: Vec<_> = list.named_children().collect();
    let position = targets.iter().position(|n| *n == node)?;
    let change = match statement.kind() {
        kind::SHORT_VAR_DECLARATION => nth(statement.child(field::RIGHT)?, position, targets.len()),
        kind::ASSIGNMENT_STATEMENT => {
            let values = statement.child(field::RIGHT)?;
            match (operator(statement)?.kind(), nth(values, position, targets.len())) {
                (kind::ASSIGN, change) => change,
                (kind::ADD_ASSIGN, Change::Set(value)) => Change::Add(value),
                (kind::SUBTRACT_ASSIGN, Change::Set(value)) => Change::Subtract(value),
                (operator, Change::Set(value)) => Change::Combine(operator, value),
                _ => Change::Other,
            }
        }
        _ => Change::Other,
    };
    Some(Write { statement, change })
}

/// The statements among which the statement stands: what runs before it and after it without a jump.
pub(crate) fn surroundings(statement: Node<'_>) -> Option<Node<'_>> {
    let mut parent = statement.parent()?;
    // `var x = 1` is a spec in a declaration.
    while matches!(parent.kind(), kind::VAR_SPEC_LIST | kind::VAR_DECLARATION | kind::LABELED_STATEMENT) {
        parent = parent.parent()?;
    }
    Some(parent)
}

/// The innermost function around the node; the file's root outside of functions.
pub(crate) fn function_of(node: Node<'_>) -> Option<Node<'_>> {
    node.ancestors().find(|a| {
        matches!(
            a.kind(),
            kind::FUNC_LITERAL | kind::FUNCTION_DECLARATION | kind::METHOD_DECLARATION | kind::SOURCE_FILE
        )
    })
}

/// A part of a variable's value: the expression, and true if it is subtracted.
pub(crate) type Part<'f> = (Node<'f>, bool);

/// What the variable's value is the sum of where it is read at `at`: the value of a variable that is assigned once, and
/// what `+=` and `-=` next to that assignment add. None where it may have another value, too.
pub(crate) fn parts_at<'f>(object: Object<'f>, at: Node<'f>) -> Option<Vec<Part<'f>>> {
    // Another file, or for an exported one another package, could assign to it.
    if object.is("package-level") {
        return None;
    }
    let all = variable(object)?;
    if all.given {
        return None;
    }
    let [first, rest @ ..] = &all.writes[..] else { return None };
    let Change::Set(value) = first.change else { return None };
    let around = surroundings(first.statement)?;
    if first.statement.is(kind::ASSIGNMENT_STATEMENT) && !(around.contains(at) && first.statement.end() <= at.start()) {
        return None;
    }
    // Of a loop's clauses, one runs again and again.
    if !rest.is_empty() && !around.is(kind::STATEMENT_LIST) {
        return None;
    }
    let mut parts = vec![(value, false)];
    // A literal may run after anything that follows it.
    let is_later = rest.is_empty() || function_of(at) == function_of(first.statement);
    for write in rest {
        if !is_later || surroundings(write.statement)? != around {
            return None;
        }
        match write.change {
            _ if write.statement.start() > at.start() => {}
            // `x += x` is more than the old value.
            Change::Add(added) | Change::Subtract(added) if mentions(added, object) => return None,
            Change::Add(added) => parts.push((added, false)),
            Change::Subtract(added) => parts.push((added, true)),
            Change::Set(_) | Change::Combine(..) | Change::Other => return None,
        }
    }
    Some(parts)
}

/// Does the expression use the variable?
pub(crate) fn mentions(expression: Node<'_>, object: Object<'_>) -> bool {
    object.references().is_none_or(|all| all.iter().any(|r| expression.contains(*r)))
}

/// The value that a constant is declared with, in this file.
pub(crate) fn constant_value<'f>(object: Object<'f>) -> Option<Node<'f>> {
    let name = object.declaration()?;
    let spec = name.parent().filter(|p| p.is(kind::CONST_SPEC))?;
    let position = spec.children_of(field::NAME).position(|n| n == name)?;
    spec.child(field::VALUE)?.named_children().nth(position)
}

/// The value of the variable where it is read at `at`, if it is assigned once.
pub(crate) fn value_at<'f>(view: &View<'f>, identifier: Node<'f>) -> Option<Node<'f>> {
    let object = view.resolve(identifier)?;
    if object.kind() != Some(ObjectKind::Variable) {
        return None;
    }
    match parts_at(object, identifier)?[..] {
        [(value, false)] => Some(value),
        _ => None,
    }
}

/// The names to which the statement gives a value or adds one, each with it. None where one call gives
/// them all.
pub(crate) fn assignments(statement: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    let names: Vec<_> = match statement.kind() {
        kind::VAR_SPEC => statement.children_of(field::NAME).collect(),
        kind::ASSIGNMENT_STATEMENT
            if !operator(statement).is_some_and(|o| o.is(kind::ASSIGN) || o.is(kind::ADD_ASSIGN)) =>
        {
            return Vec::new();
        }
        kind::SHORT_VAR_DECLARATION | kind::ASSIGNMENT_STATEMENT => {
            statement.child(field::LEFT).map_or(Vec::new(), |left| left.named_children().collect())
        }
        _ => return Vec::new(),
    };
    let values = statement.child(if statement.is(kind::VAR_SPEC) { field::VALUE } else { field::RIGHT });
    let values: Vec<_> = values.map_or(Vec::new(), |values| values.named_children().collect());
    if names.len() != values.len() {
        return Vec::new();
    }
    let pairs = names.into_iter().map(Node::unparenthesized).zip(values);
    pairs.filter(|(name, _)| name.is(kind::IDENTIFIER)).collect()
}

/// The local variable that gets the expression's value, and the statement that does it.
pub(crate) fn assigned_to<'f>(view: &View<'f>, value: Node<'f>) -> Option<(Object<'f>, Node<'f>)> {
    let list = value.parent().filter(|list| list.is(kind::EXPRESSION_LIST))?;
    let statement = list.parent()?;
    let (name, _) = assignments(statement).into_iter().find(|(_, v)| *v == value)?;
    let object = view.resolve(name)?;
    (object.kind() == Some(ObjectKind::Variable) && !object.is("package-level")).then_some((object, statement))
}
