//! Names that the grammar took for types and that cannot be. One pass over the tree, in which no node is looked at more
//! than twice.

use golint_tree::{Node, Tree, kind};

use super::text::Addition;

/// Adds to the sorted list what has to be added to the source lest those names be taken for types.
///
/// Source: the Go specification, "Semicolons" and, on the ambiguity in headers, "Composite literals".
pub(crate) fn find(tree: Tree<'_>, source: &[u8], additions: &mut Vec<(u32, Addition)>) {
    let known = additions.len();
    for node in tree.subtree(tree.root()) {
        match tree.kind(node) {
            kind::COMPOSITE_LITERAL | kind::TYPE_CONVERSION_EXPRESSION | kind::TYPE_INSTANTIATION_EXPRESSION => {
                if let Some(name) = name(tree, node).filter(|&name| ends_its_line(tree, source, name)) {
                    additions.push((tree.end(name), Addition::Terminator));
                }
            }
            kind::IF_STATEMENT
            | kind::FOR_STATEMENT
            | kind::EXPRESSION_SWITCH_STATEMENT
            | kind::TYPE_SWITCH_STATEMENT => {
                for name in literals_in_header(tree, node).filter_map(|literal| name(tree, literal)) {
                    if !ends_its_line(tree, source, name) {
                        additions.push((tree.start(name), Addition::Open));
                        additions.push((tree.end(name), Addition::Close));
                    }
                }
            }
            _ => {}
        }
    }
    if additions.len() > known {
        additions.sort_unstable();
        additions.dedup();
    }
}

/// The type that a literal, conversion or instantiation begins with, if it could be a value as well.
fn name(tree: Tree<'_>, node: Node) -> Option<Node> {
    let first = tree.children(node).next()?;
    let may_be_value = matches!(
        tree.kind(first),
        kind::QUALIFIED_TYPE
            | kind::TYPE_IDENTIFIER
            | kind::GENERIC_TYPE
            | kind::PARENTHESIZED_TYPE
            | kind::POINTER_TYPE
    );
    (may_be_value && tree.start(first) < tree.end(first)).then_some(first)
}

/// Whether Go sees the end of a statement behind the name. A comment with a line's end in it is one.
fn ends_its_line(tree: Tree<'_>, source: &[u8], name: Node) -> bool {
    let (mut next, end) = (tree.subtree_end(name), tree.subtree_end(tree.root()));
    while next < end && tree.kind(next) == kind::COMMENT {
        next = tree.subtree_end(next);
    }
    let behind = if next < end { tree.start(next) } else { tree.end(name) };
    let gap = source.get(tree.end(name) as usize..behind as usize).unwrap_or_default();
    memchr::memchr(b'\n', gap).is_some()
}

/// The composite literals between a statement's keyword and its body that are not in any kind of brackets.
fn literals_in_header(tree: Tree<'_>, statement: Node) -> impl Iterator<Item = Node> {
    let end = tree.subtree_end(statement);
    let mut next = Node(statement.0 + 1);
    std::iter::from_fn(move || {
        while next < end {
            let node = next;
            next = Node(node.0 + 1);
            match tree.kind(node) {
                kind::BLOCK => next = end,
                kind::FUNC_LITERAL | kind::ERROR => next = tree.subtree_end(node),
                // What stands behind them in their node are brackets, or a type.
                kind::LEFT_PAREN | kind::LEFT_BRACKET | kind::LEFT_BRACE => {
                    next = tree.parent(node).map_or(end, |brackets| tree.subtree_end(brackets));
                }
                kind::COMPOSITE_LITERAL => return Some(node),
                _ => {}
            }
        }
        None
    })
}
