//! Which nodes of a file's whole tree the nodes of its summary were made from. A declaration of which the two trees know
//! different things, since something in its body does not parse, has none.

use golint_tree::layout::flag;
use golint_tree::{Node, Tree};

use crate::summary::{Summary, is_declaration, is_pruned};

/// Pairs of nodes: of the summary's small tree, and of the whole tree. Ascending in both.
pub(crate) struct Originals(Vec<(Node, Node)>);

impl Originals {
    pub(crate) fn new(summary: &Summary, whole: Tree<'_>) -> Originals {
        let small = summary.unit.tree();
        let mut pairs = vec![(small.root(), whole.root())];
        let mut tops = whole.children(whole.root()).filter(|&top| is_declaration(whole, top)).peekable();
        for small_top in summary.unit.tops() {
            let Some(span) = summary.span(small_top) else { continue };
            while tops.next_if(|&top| whole.start(top) < span.start).is_some() {}
            let Some(top) = tops.next_if(|&top| whole.start(top) == span.start) else { continue };
            let reduced = (small_top.0..small.subtree_end(small_top).0).map(Node);
            let originals: Vec<Node> = kept(whole, top).collect();
            let is_same = |(a, &b): (Node, &Node)| {
                small.kind(a) == whole.kind(b)
                    && small.field(a) == whole.field(b)
                    && summary.span(a) == Some(whole.start(b)..whole.end(b))
            };
            if reduced.len() == originals.len() && reduced.clone().zip(&originals).all(is_same) {
                pairs.extend(reduced.zip(originals));
            }
        }
        Originals(pairs)
    }

    /// The node of the whole tree.
    pub(crate) fn original(&self, reduced: Node) -> Option<Node> {
        self.0.binary_search_by_key(&reduced, |&(reduced, _)| reduced).ok().map(|at| self.0[at].1)
    }

    /// The node of the small tree; none inside of bodies.
    pub(crate) fn reduced(&self, original: Node) -> Option<Node> {
        self.0.binary_search_by_key(&original, |&(_, original)| original).ok().map(|at| self.0[at].0)
    }
}

/// The nodes of a declaration that a summary keeps, in order.
fn kept(tree: Tree<'_>, top: Node) -> impl Iterator<Item = Node> {
    let end = tree.subtree_end(top).0;
    let mut next = top.0;
    std::iter::from_fn(move || {
        while next < end && tree.flags(Node(next)) & flag::EXTRA != 0 {
            next = tree.subtree_end(Node(next)).0;
        }
        let node = (next < end).then_some(Node(next))?;
        next = if is_pruned(tree, node) { tree.subtree_end(node).0 } else { next + 1 };
        Some(node)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many nodes of the summary have an original; the others belong to declarations that are named here.
    #[track_caller]
    fn check(source: &str, without: &[&str]) {
        let parsed = golint_syntax::parse(source.as_bytes());
        let whole = Tree::trusted(&parsed.tree).expect("the parser writes sound trees");
        let summary = Summary::of(source.as_bytes(), Some(whole));
        let originals = Originals::new(&summary, whole);
        let small = summary.unit.tree();
        let mut lost = Vec::new();
        for declaration in &summary.declarations {
            let original = originals.original(declaration.name_node);
            match original {
                Some(original) => {
                    assert_eq!(whole.text(original, source.as_bytes()), declaration.name.as_bytes());
                    assert_eq!(originals.reduced(original), Some(declaration.name_node));
                }
                None => lost.push(&*declaration.name),
            }
        }
        assert_eq!(lost, without);
        let is_mapped = |&node: &u32| originals.original(Node(node)).is_some();
        let mapped = (0..small.len() as u32).filter(is_mapped).count();
        assert_eq!(mapped == small.len(), without.is_empty());
        // Whoever has no tree of the file finds the same.
        let alone = Summary::of(source.as_bytes(), None);
        assert!(alone.unit.same_as(&summary.unit));
        let spans =
            |summary: &Summary| (0..small.len() as u32).map(|node| summary.span(Node(node))).collect::<Vec<_>>();
        assert_eq!(spans(&alone), spans(&summary));
    }

    #[test]
    fn every_node_of_a_file_that_parses_has_an_original() {
        check("", &[]);
        check("package p // c\n\nimport \"a\"\n\n// C\nconst (\n\tc = `a\\n` /* d */ + \"\\n\"\n)\n", &[]);
        check("package p\n\nfunc f[T any](x struct{ a int }) interface{ M() } { return func() { for {} }() }\n", &[]);
        check(
            "package p\n\nvar a, b = []int{1, 2}, [...]int{1, 2}\n\nfunc (t *T) m() {}; func g() {}; type T int\n",
            &[],
        );
        check("package p\n\nfunc f()\n\nfunc g() struct{}\n\nfunc h() interface{ M() } {\n\tx{}.y()\n}\n", &[]);
    }

    #[test]
    fn what_is_wrong_in_a_body_costs_that_function_at_most() {
        check("package p\n\nfunc f() {\n\tx :=\n}\n\nfunc g() { }\n\ntype T int\n", &[]);
        check("package p\n\nfunc f() {\n\tif x { ) }\n}\n\nfunc g() { }\n\ntype T int\n", &["f"]);
        check("package p\n\nfunc f() {\n\tx = `\n}\n\nfunc g() { }\n\ntype T int\n", &["f"]);
        check("package p\n\nfunc f() {\n\tif x == { y }\n\t) := (\n}\n\nfunc g() { }\n", &[]);
        check("package p\n\nfunc f() {\n\tcase x: ] else\n}\n\nfunc g() { }\n\nvar x = y z\n", &[]);
    }
}
