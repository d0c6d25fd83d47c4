//! A flat tree together with its source: the whole checked file, or the summary of any file of the package. It knows
//! which top-level declaration a node belongs to and keeps the scopes of each; it looks at no other unit.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use golint_tree::layout::flag;
use golint_tree::{Field, Node, Tree, field, kind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::scopes::{Scopes, is_name};

pub(crate) struct Unit {
    pub(crate) source: Arc<[u8]>,
    blob: Arc<[u8]>,
    /// The children of the root, in order.
    tops: Box<[u32]>,
    scopes: Box<[OnceLock<Arc<Scopes>>]>,
    /// Named children by parent and field, where somebody asked for the position of one.
    lists: Mutex<Lists>,
    groups: Mutex<FxHashMap<Node, Arc<ConstantGroup>>>,
}

type Lists = FxHashMap<(Node, Option<Field>), Arc<[Node]>>;

/// What the specs of one constant declaration repeat.
pub(crate) struct ConstantGroup {
    /// In order, up to the first one that did not parse.
    specs: Vec<ConstantSpec>,
}

/// One of them; its place in the group is the value of iota.
#[derive(Clone, Copy)]
pub(crate) struct ConstantSpec {
    pub(crate) node: Node,
    /// The spec whose type and values hold: this one, or the last one before it that has any.
    pub(crate) written: Option<Node>,
    /// One of the names that the repeated values use is declared in between, where in a function it has another meaning.
    pub(crate) redeclared: bool,
}

impl ConstantGroup {
    fn new(unit: &Unit, group: Node) -> ConstantGroup {
        let tree = unit.tree();
        let broken = |n: Node| tree.has_error(n) || tree.flags(n) & (flag::ERROR | flag::MISSING) != 0;
        let sound = tree.children(group).take_while(|&n| !broken(n));
        let mut specs = Vec::new();
        let (mut written, mut redeclared, mut used) = (None, false, FxHashSet::default());
        for node in sound.filter(|&n| tree.kind(n) == kind::CONST_SPEC) {
            if let Some(values) = tree.child(node, field::VALUE) {
                (written, redeclared) = (Some(node), false);
                let names = tree.subtree(values).filter(|&n| is_name(tree, n));
                used = names.map(|n| unit.text(n)).collect();
            }
            specs.push(ConstantSpec { node, written, redeclared });
            redeclared |= tree.children_of(node, field::NAME).any(|name| used.contains(unit.text(name)));
        }
        ConstantGroup { specs }
    }

    /// The spec, and the value of iota in it; none from the first part on that did not parse.
    pub(crate) fn find(&self, spec: Node) -> Option<(ConstantSpec, u64)> {
        let index = self.specs.binary_search_by_key(&spec, |s| s.node).ok()?;
        Some((self.specs[index], index as u64))
    }
}

/// The tree of an empty file, in the place of a blob that is none.
fn empty_blob() -> &'static [u8] {
    static EMPTY: OnceLock<Arc<[u8]>> = OnceLock::new();
    EMPTY.get_or_init(|| golint_syntax::parse(b"").tree)
}

impl Unit {
    pub(crate) fn new(source: Arc<[u8]>, blob: Arc<[u8]>) -> Unit {
        let blob = if Tree::trusted(&blob).is_ok() { blob } else { empty_blob().into() };
        let mut unit = Unit {
            source,
            blob,
            tops: Box::default(),
            scopes: Box::default(),
            lists: Mutex::default(),
            groups: Mutex::default(),
        };
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

    /// Whether tree and text are the same, byte for byte.
    #[cfg(test)]
    pub(crate) fn same_as(&self, other: &Unit) -> bool {
        self.blob == other.blob && self.source == other.source
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

    /// The named children of a node, or those under a field, in order: made once, so that to look for one in a long list
    /// again and again is cheap.
    pub(crate) fn list(&self, node: Node, field: Option<Field>) -> Arc<[Node]> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let list = lists.entry((node, field)).or_insert_with(|| match field {
            Some(field) => self.tree().children_of(node, field).collect(),
            None => self.tree().named_children(node).collect(),
        });
        list.clone()
    }

    /// The group of constants that this declaration is, looked through once.
    pub(crate) fn constant_group(&self, declaration: Node) -> Arc<ConstantGroup> {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.entry(declaration).or_insert_with(|| Arc::new(ConstantGroup::new(self, declaration))).clone()
    }

    /// The scopes of this top-level declaration, computed when they are first asked for.
    pub(crate) fn scopes(&self, index: usize, build: impl FnOnce(Node) -> Scopes) -> &Arc<Scopes> {
        self.scopes[index].get_or_init(|| Arc::new(build(self.top(index))))
    }
}
