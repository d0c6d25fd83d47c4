//! The nodes of a file by kind, for the kinds that somebody subscribed to, and the hits that each pack gets. One walk
//! over the tree, whatever the number of packs.

use std::sync::Arc;

use golint_host::{Interest, encode_hits};
use golint_tree::{Kind, Node, Tree};

/// Nodes by kind.
pub(crate) struct Buckets {
    /// By the number of the kind; empty for kinds that nobody wants.
    nodes: Vec<Vec<Node>>,
}

impl Buckets {
    /// Sorts the nodes of `tree` into buckets for the `wanted` kinds.
    pub(crate) fn fill(tree: Tree<'_>, wanted: impl IntoIterator<Item = Kind>) -> Buckets {
        let mut is_wanted: Vec<bool> = Vec::new();
        for kind in wanted {
            let number = usize::from(kind.0);
            if is_wanted.len() <= number {
                is_wanted.resize(number + 1, false);
            }
            is_wanted[number] = true;
        }
        let mut nodes: Vec<Vec<Node>> = vec![Vec::new(); is_wanted.len()];
        if !is_wanted.is_empty() {
            for node in tree.subtree(tree.root()) {
                let number = usize::from(tree.kind(node).0);
                if is_wanted.get(number) == Some(&true) {
                    nodes[number].push(node);
                }
            }
        }
        Buckets { nodes }
    }

    /// The hits of these interests (places in `interests`), encoded; none if there is not one.
    pub(crate) fn hits(&self, interests: &[Interest], matching: &[u32]) -> Option<Arc<[u8]>> {
        let mut hits: Vec<(u32, Node)> = Vec::new();
        for &place in matching {
            for kind in &interests[place as usize].kinds {
                let nodes = self.nodes.get(usize::from(kind.0)).into_iter().flatten();
                hits.extend(nodes.map(|&node| (place, node)));
            }
        }
        (!hits.is_empty()).then(|| encode_hits(&mut hits))
    }
}

#[cfg(test)]
mod tests {
    use golint_host::GoRange;
    use golint_tree::kind;

    use super::*;

    fn interest(kinds: &[Kind]) -> Interest {
        Interest { rule: 0, go: GoRange::default(), on: None, requires: Vec::new(), kinds: kinds.to_vec() }
    }

    fn decoded(blob: &[u8]) -> Vec<(u32, u32)> {
        let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().unwrap());
        blob.chunks(8).map(|pair| (number(&pair[..4]), number(&pair[4..]))).collect()
    }

    #[test]
    fn each_interest_gets_its_nodes_in_order() {
        let parsed = golint_syntax::parse(b"package p\n\nfunc f() { f(); go f() }\n");
        let tree = Tree::new(&parsed.tree).unwrap();
        let interests = [
            interest(&[kind::GO_STATEMENT]),
            interest(&[kind::CALL_EXPRESSION, kind::GO_STATEMENT]),
            interest(&[kind::GOTO_STATEMENT]),
        ];
        let wanted = interests.iter().flat_map(|i| i.kinds.iter().copied());
        let buckets = Buckets::fill(tree, wanted);
        let of = |kind: Kind| tree.subtree(tree.root()).filter(move |&n| tree.kind(n) == kind).map(|n| n.0);
        let started = of(kind::GO_STATEMENT).next().unwrap();
        let calls: Vec<u32> = of(kind::CALL_EXPRESSION).collect();
        assert_eq!(calls.len(), 2);
        let hits = decoded(&buckets.hits(&interests, &[0, 1, 2]).unwrap());
        assert_eq!(hits, [(0, started), (1, calls[0]), (1, started), (1, calls[1])]);
        assert_eq!(buckets.hits(&interests, &[2]), None);
        assert_eq!(buckets.hits(&interests, &[]), None);
    }
}
