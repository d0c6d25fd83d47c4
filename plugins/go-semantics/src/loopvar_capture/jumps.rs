//! Where `break`, `continue` and `goto` lead. It never asks whether they are reached.

use std::collections::HashMap;

use golint_sdk::prelude::*;

use super::control_flow::{Point, function_around, is_function};

/// The labeled statements of a function.
pub(super) type Labels<'f> = HashMap<&'f [u8], Node<'f>>;

/// Where a break or continue goes.
pub(super) fn jump(node: Node<'_>, is_continue: bool) -> Option<Point<'_>> {
    let label = node.named_children().find(|n| n.is(kind::LABEL_NAME));
    let target = node.ancestors().take_while(|n| !is_function(*n)).find(|n| {
        let is_target = match n.kind() {
            kind::FOR_STATEMENT => true,
            kind::EXPRESSION_SWITCH_STATEMENT | kind::TYPE_SWITCH_STATEMENT | kind::SELECT_STATEMENT => !is_continue,
            _ => false,
        };
        let is_named = || {
            let labeled = n.parent().filter(|p| p.is(kind::LABELED_STATEMENT));
            labeled.and_then(|l| l.child(field::LABEL)).map(Node::bytes) == label.map(Node::bytes)
        };
        is_target && (label.is_none() || is_named())
    })?;
    Some(if is_continue { Point::Next(target) } else { Point::Leave(target) })
}

/// The first one with each label, which is the only one.
pub(super) fn labels_of(function: Node<'_>) -> Labels<'_> {
    let mut labels = Labels::new();
    let statements = function.descendants().filter(|n| n.is(kind::LABELED_STATEMENT));
    for statement in statements.filter(|n| function_around(*n) == Some(function)) {
        if let Some(label) = statement.child(field::LABEL) {
            labels.entry(label.bytes()).or_insert(statement);
        }
    }
    labels
}
