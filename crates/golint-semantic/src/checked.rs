//! The file that is being checked: its whole tree, beside the package's summaries.

use std::sync::{Arc, OnceLock};

use golint_tree::Node;

use crate::memory::Memory;
use crate::object::Place;
use crate::originals::Originals;
use crate::package::Package;
use crate::scopes::Scopes;
use crate::summary::Summary;
use crate::unit::Unit;

pub(crate) struct Checked {
    pub(crate) package: Arc<Package>,
    pub(crate) file: u32,
    pub(crate) unit: Unit,
    /// Answers about what stands inside of bodies.
    pub(crate) memory: Memory,
    summary: OnceLock<Arc<Summary>>,
    originals: OnceLock<Originals>,
}

impl Checked {
    pub(crate) fn new(package: Arc<Package>, file: u32, source: Arc<[u8]>, tree: Arc<[u8]>) -> Checked {
        let (unit, memory) = (Unit::new(source, tree), Memory::default());
        Checked { package, file, unit, memory, summary: OnceLock::new(), originals: OnceLock::new() }
    }

    /// The file's own summary.
    pub(crate) fn summary(&self) -> &Arc<Summary> {
        self.summary.get_or_init(|| {
            let (tree, source) = (self.unit.tree(), &self.unit.source);
            let shared = self.package.summary_from(self.file, tree, source);
            shared.cloned().unwrap_or_else(|| Arc::new(Summary::of(source, Some(tree))))
        })
    }

    fn originals(&self) -> &Originals {
        self.originals.get_or_init(|| Originals::new(self.summary(), self.unit.tree()))
    }

    /// The place of a node of the whole tree.
    pub(crate) fn place(&self, node: Node) -> Place {
        match self.originals().reduced(node) {
            Some(reduced) => Place { file: self.file, body: false, node: reduced.0 },
            None => Place { file: self.file, body: true, node: node.0 },
        }
    }

    /// The node of the whole tree at this place; none if it is in another file, or in what did not parse.
    pub(crate) fn node(&self, place: Place) -> Option<Node> {
        match place {
            Place { file, .. } if file != self.file => None,
            Place { body: true, node, .. } => Some(Node(node)),
            Place { node, .. } => self.originals().original(Node(node)),
        }
    }

    /// The scopes of a top-level declaration of the whole tree.
    pub(crate) fn scopes(&self, top: usize) -> &Arc<Scopes> {
        self.unit.scopes(top, |node| Scopes::new(self.unit.tree(), &self.unit.source, node, &|n| self.place(n)))
    }
}
