//! Any bytes are a flat tree or refused; any source gives a sound one.

use std::ops::Range;

use golint_tree::{Kind, Node, Tree, field, kind};

/// Opens the input as a tree, and parses it as Go.
pub fn run(data: &[u8]) {
    if let Ok(tree) = Tree::new(data) {
        // Sound enough to go through it.
        for node in tree.subtree(tree.root()) {
            tree.ancestors(node).count();
            tree.children(node).count();
            tree.text(node, data);
        }
    }
    let parsed = golint_syntax::parse(data);
    let tree = Tree::new(&parsed.tree).expect("the writer's own tree is sound");
    assert!(tree.range(tree.root()).end <= data.len());
    let mut next = 0;
    let mut ahead = vec![(tree.root(), None)];
    while let Some((node, parent)) = ahead.pop() {
        assert_eq!(node, Node(next), "children of children come first");
        next += 1;
        assert_eq!(tree.parent(node), parent);
        assert!(tree.start(node) <= tree.end(node));
        if let Some(parent) = parent {
            assert!(
                tree.start(parent) <= tree.start(node) && tree.end(node) <= tree.end(parent),
                "{parent:?} {node:?}"
            );
            assert!(tree.contains(parent, node) && (tree.has_error(parent) || !tree.has_error(node)));
        }
        let children: Vec<Node> = tree.children(node).collect();
        assert!(children.windows(2).all(|pair| tree.end(pair[0]) <= tree.start(pair[1])), "children of {node:?}");
        ahead.extend(children.into_iter().rev().map(|child| (child, Some(node))));
        let covering = tree.covering(tree.start(node)..tree.end(node));
        assert!(tree.start(covering) <= tree.start(node) && tree.end(node) <= tree.end(covering));
    }
    assert_eq!(next as usize, tree.len());
    assert_eq!(parsed.syntax_errors > 0, tree.has_error(tree.root()));
    let declared = declarations(&golint_syntax::parse_declarations(data, None).tree);
    assert_eq!(declared, declarations(&golint_syntax::parse_declarations(data, Some(tree)).tree));
    assert!(parsed.syntax_errors > 0 || declared == declarations(&parsed.tree));
}

/// What a file declares: each with its first name.
fn declarations(tree: &[u8]) -> Vec<(Kind, Range<usize>, Option<Range<usize>>)> {
    let tree = Tree::new(tree).expect("the writer's own tree is sound");
    let name = |top| tree.subtree(top).find(|&node| tree.field(node) == field::NAME).map(|name| tree.range(name));
    let tops = tree.children(tree.root()).filter(|&top| tree.kind(top) != kind::COMMENT);
    tops.map(|top| (tree.kind(top), tree.range(top), name(top))).collect()
}
