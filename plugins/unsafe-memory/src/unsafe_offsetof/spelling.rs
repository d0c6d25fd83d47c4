//! Which expressions may have the offset of a field in them, by spelling alone: what is asked about others would make the
//! model read further files for nothing. It never decides what a name means.

#![allow(clippy::mutable_key_type, reason = "nodes compare by their number alone, which never changes")]

use std::collections::{BTreeMap, BTreeSet};

use golint_sdk::prelude::*;

const OFFSETOF: &[u8] = b"Offsetof";

/// The nodes of a file that are worth a question.
pub(super) struct Spelling<'f> {
    /// With `Offsetof` in them, or a name that got its value from it.
    with_offset: BTreeSet<Node<'f>>,
    /// With the name of something by which a pointer becomes a number.
    with_pointer: BTreeSet<Node<'f>>,
}

impl<'f> Spelling<'f> {
    /// Reads the names in the file, and what is assigned to them. Linear in the file's size. None where no node of the
    /// file names `Offsetof`: a needle also hits comments, and some runs ignore needles.
    pub(super) fn of(root: Node<'f>) -> Option<Self> {
        let is_name =
            |node: &Node<'f>| matches!(node.kind(), kind::IDENTIFIER | kind::FIELD_IDENTIFIER | kind::TYPE_IDENTIFIER);
        if !root.descendants().any(|node| is_name(&node) && node.bytes() == OFFSETOF) {
            return None;
        }
        let mut named: BTreeMap<&'f [u8], Vec<Node<'f>>> = BTreeMap::new();
        let mut targets: BTreeMap<Node<'f>, Vec<Node<'f>>> = BTreeMap::new();
        for node in root.descendants() {
            if is_name(&node) {
                named.entry(node.bytes()).or_default().push(node);
            } else {
                targets.extend(targets_and_values(node));
            }
        }
        let mut spelling = Spelling { with_offset: BTreeSet::new(), with_pointer: BTreeSet::new() };
        for name in ["Pointer", "uintptr", "Add"] {
            let nodes = named.get(name.as_bytes()).into_iter().flatten();
            nodes.for_each(|node| mark(&mut spelling.with_pointer, *node, |_| {}));
        }
        let mut pending = vec![OFFSETOF];
        while let Some(name) = pending.pop() {
            // Each name once: it is taken out.
            for node in named.remove(name).unwrap_or_default() {
                mark(&mut spelling.with_offset, node, |values| {
                    let names = targets.get(&values).into_iter().flatten();
                    pending.extend(names.map(|name| name.unparenthesized().bytes()));
                });
            }
        }
        Some(spelling)
    }

    /// The expression names `Offsetof`, or something that got its value from it.
    pub(super) fn may_have_offset(&self, expression: Node<'f>) -> bool {
        self.with_offset.contains(&expression)
    }

    /// The statement names something by which a pointer becomes a number.
    pub(super) fn may_park(&self, statement: Node<'f>) -> bool {
        self.with_pointer.contains(&statement)
    }
}

/// Marks the node and everything around it, and tells what wasn't marked before.
fn mark<'f>(marked: &mut BTreeSet<Node<'f>>, node: Node<'f>, mut is_new: impl FnMut(Node<'f>)) {
    let mut next = Some(node);
    while let Some(node) = next.filter(|node| marked.insert(*node)) {
        is_new(node);
        next = node.parent();
    }
}

/// The list of values of a declaration or assignment, and the names that get them.
fn targets_and_values<'f>(node: Node<'f>) -> Option<(Node<'f>, Vec<Node<'f>>)> {
    Some(match node.kind() {
        kind::CONST_SPEC | kind::VAR_SPEC => (node.child(field::VALUE)?, node.children_of(field::NAME).collect()),
        kind::SHORT_VAR_DECLARATION | kind::ASSIGNMENT_STATEMENT => {
            (node.child(field::RIGHT)?, node.child(field::LEFT)?.named_children().collect())
        }
        _ => return None,
    })
}
