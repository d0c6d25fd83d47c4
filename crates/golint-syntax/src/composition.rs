//! The tree of a file, put together from the trees of its parts.

use std::ops::Range;

use golint_tree::layout::flag;
use golint_tree::{Field, Node, Tree, TreeWriter, kind};

use crate::parse::{Parsed, unparsed};

/// Collects parts in the order of the file.
pub(crate) struct Composition<'s> {
    source: &'s [u8],
    writer: TreeWriter,
    syntax_errors: u32,
}

impl Composition<'_> {
    /// Of a file of which nothing was added.
    pub(crate) fn new(source: &[u8]) -> Composition<'_> {
        Composition { source, writer: TreeWriter::new(), syntax_errors: 0 }
    }

    /// Adds a part that was parsed by itself and begins at this byte.
    pub(crate) fn add(&mut self, start: usize, part: &Parsed) {
        // What has no such number is told of at the end.
        let (Ok(tree), Ok(start)) = (Tree::trusted(&part.tree), u32::try_from(start)) else { return };
        self.syntax_errors += part.syntax_errors;
        // One in which nothing parsed is an error and no file.
        let first = Node(u32::from(tree.kind(tree.root()) == kind::SOURCE_FILE));
        self.begin(tree.start(tree.root()).saturating_add(start));
        self.writer.append(tree, first..Node(tree.len() as u32), start);
    }

    /// Adds whole children of the root of a tree of the same file. They are sound.
    pub(crate) fn add_sound(&mut self, tree: Tree<'_>, nodes: Range<Node>) {
        self.begin(tree.start(tree.root()));
        self.writer.append(tree, nodes, 0);
    }

    /// The file begins with its first part.
    fn begin(&mut self, start: u32) {
        if self.writer.is_empty() {
            let end = u32::try_from(self.source.len()).unwrap_or(u32::MAX);
            self.writer.open(kind::SOURCE_FILE, Field(0), flag::NAMED, start, end);
        }
    }

    /// The tree of the file.
    pub(crate) fn finish(mut self) -> Parsed {
        if u32::try_from(self.source.len()).is_err() {
            return unparsed(self.source, &mut TreeWriter::new());
        }
        self.begin(0);
        if self.syntax_errors > 0 {
            self.writer.flag_root(flag::HAS_ERROR);
        }
        Parsed { tree: self.writer.finish().into(), syntax_errors: self.syntax_errors }
    }
}
