//! A flat tree together with its source: the whole checked file, or the summary of any file of the package. It knows
//! which top-level declaration a node belongs to and keeps the scopes of each; it looks at no other unit.

use std::sync::{Arc, OnceLock};

use golint_tree::{Node, Tree};

use crate::scopes::Scopes;

pub(crate) struct Unit {
    pub(crate) source: Arc<[u8]>,
    blob: Arc<[u8]>,
    /// The children of the root, in order.
    tops: Box<[u32]>,
    scopes: Box<[OnceLock<Arc<Scopes>>]>,
}

/// The tree of an empty file, in the place of a blob that is none.
fn empty_blob() -> &'static [u8] {
    static EMPTY: OnceLock<Arc<[u8]>> = OnceLock::new();
    EMPTY.get_or_init(|| golint_syntax::parse(b"").tree)
}

impl Unit {
    pub(crate) fn new(source: Arc<[u8]>, blob: Arc<[u8]>) -> Unit {
        let blob = if Tree::trusted(&blob).is_ok() { blob } else { empty_blob().into() };
        let mut unit = Unit { source, blob, tops: Box::default(), scopes: Box::default() };
        let tree = unit.tree();
        let tops: Box<[u32]> = tree.children(tree.root()).map(|n| n.0).collect();
        unit.scopes = tops.iter().map(|_| OnceLock::new()).collect();
        unit.tops = tops;
        unit
    }

    pub(crate) fn tree(&self) -> Tree<'_> {
        match Tree::trusted(&self.blob) {
            Ok(tree) => tree,
            // `new` has looked.
            Err(_) => Tree::trusted(empty_blob()).expect("the parser writes sound trees"),
        }
    }

    pub(crate) fn text(&self, node: Node) -> &[u8] {
        self.tree().text(node, &self.source)
    }

    /// The position among the root's children of the one that contains the node; none for the root and for nodes that
    /// don't exist.
    pub(crate) fn top_index(&self, node: u32) -> Option<usize> {
        let index = self.tops.partition_point(|&top| top <= node).checked_sub(1)?;
        (node < self.tree().subtree_end(Node(self.tops[index])).0).then_some(index)
    }

    pub(crate) fn top(&self, index: usize) -> Node {
        Node(self.tops[index])
    }

    pub(crate) fn tops(&self) -> impl Iterator<Item = Node> {
        self.tops.iter().map(|&n| Node(n))
    }

    /// The scopes of this top-level declaration, computed when they are first asked for.
    pub(crate) fn scopes(&self, index: usize, build: impl FnOnce(Node) -> Scopes) -> &Arc<Scopes> {
        self.scopes[index].get_or_init(|| Arc::new(build(self.top(index))))
    }
}
