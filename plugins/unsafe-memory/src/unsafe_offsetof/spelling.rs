//! Which expressions may have the offset of a field in them, by spelling alone: what is asked about others would make the
//! model read further files for nothing. It never decides what a name means.

use std::collections::BTreeSet;

use golint_sdk::prelude::*;

/// Names are looked for through so many others.
const MAX_ROUNDS: usize = 12;

/// The names of a file whose values may have the offset of a field in them.
pub(super) struct Spelling<'f> {
    names: BTreeSet<&'f [u8]>,
}

impl<'f> Spelling<'f> {
    /// Reads what is declared and assigned in the file.
    pub(super) fn of(root: Node<'f>) -> Self {
        let values: Vec<_> = root.descendants().filter_map(targets_and_values).collect();
        let mut spelling = Spelling { names: BTreeSet::new() };
        for _ in 0..MAX_ROUNDS {
            let before = spelling.names.len();
            for (targets, values) in &values {
                if spelling.may_have_offset(*values) {
                    spelling.names.extend(targets.iter().map(|name| name.unparenthesized().bytes()));
                }
            }
            if spelling.names.len() == before {
                break;
            }
        }
        spelling
    }

    /// The expression names `Offsetof`, or something that got its value from it.
    pub(super) fn may_have_offset(&self, expression: Node<'f>) -> bool {
        expression.subtree().any(|node| match node.kind() {
            kind::IDENTIFIER => node.bytes() == b"Offsetof" || self.names.contains(node.bytes()),
            kind::FIELD_IDENTIFIER => node.bytes() == b"Offsetof",
            _ => false,
        })
    }
}

fn targets_and_values<'f>(node: Node<'f>) -> Option<(Vec<Node<'f>>, Node<'f>)> {
    Some(match node.kind() {
        kind::CONST_SPEC | kind::VAR_SPEC => (node.children_of(field::NAME).collect(), node.child(field::VALUE)?),
        kind::SHORT_VAR_DECLARATION | kind::ASSIGNMENT_STATEMENT => {
            (node.child(field::LEFT)?.named_children().collect(), node.child(field::RIGHT)?)
        }
        _ => return None,
    })
}
