//! Reads a flat tree out of its bytes. It never copies the columns and never trusts them: a blob is checked when it is
//! opened, so that no later step can leave it.

use core::fmt;
use core::ops::Range;

use crate::layout::{ENTRY_SIZE, HEADER_SIZE, MAGIC, VERSION, column, flag};
use crate::{Field, Kind};

/// Why bytes are no flat tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeError {
    /// They don't begin with the magic bytes.
    Magic,
    /// A layout of a later version; the number is the blob's.
    Version(u32),
    /// Shorter than the header or the directory say, or without nodes.
    Truncated,
    /// The column with this id is missing, of another element size, or outside of the blob.
    Column(u32),
    /// Parents and subtree ends contradict each other at this node.
    Structure(u32),
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TreeError::Magic => write!(f, "not a flat tree: the magic bytes are missing"),
            TreeError::Version(v) => write!(f, "flat tree of layout {v}, and this reader knows {VERSION}"),
            TreeError::Truncated => write!(f, "flat tree ends too early"),
            TreeError::Column(id) => write!(f, "flat tree without a sound column {id}"),
            TreeError::Structure(n) => write!(f, "flat tree contradicts itself at node {n}"),
        }
    }
}

impl core::error::Error for TreeError {}

/// A flat tree over borrowed bytes. Small and `Copy`: pass it by value.
#[derive(Clone, Copy)]
pub struct Tree<'a> {
    pub(crate) kinds: &'a [[u8; 2]],
    pub(crate) fields_and_flags: &'a [[u8; 2]],
    pub(crate) starts: &'a [[u8; 4]],
    pub(crate) ends: &'a [[u8; 4]],
    pub(crate) parents: &'a [[u8; 4]],
    pub(crate) subtree_ends: &'a [[u8; 4]],
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tree({} nodes)", self.len())
    }
}

fn number(blob: &[u8], offset: usize) -> Result<u32, TreeError> {
    let bytes = blob.get(offset..offset + 4).ok_or(TreeError::Truncated)?;
    Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

fn elements<const N: usize>(blob: &[u8], count: usize, wanted: (u32, u32)) -> Result<&[[u8; N]], TreeError> {
    let missing = TreeError::Column(wanted.0);
    for i in 0..number(blob, 12)? as usize {
        let entry = HEADER_SIZE.checked_add(i.checked_mul(ENTRY_SIZE).ok_or(missing)?).ok_or(missing)?;
        if number(blob, entry)? != wanted.0 {
            continue;
        }
        let (size, offset, length) = (number(blob, entry + 4)?, number(blob, entry + 8)?, number(blob, entry + 12)?);
        if size != wanted.1 || size as usize != N || length as usize != count.checked_mul(N).ok_or(missing)? {
            return Err(missing);
        }
        let end = (offset as usize).checked_add(length as usize).ok_or(missing)?;
        return Ok(blob.get(offset as usize..end).ok_or(missing)?.as_chunks().0);
    }
    Err(missing)
}

impl<'a> Tree<'a> {
    /// Opens a blob after checking all of its structure: O(nodes), for bytes from elsewhere.
    pub fn new(blob: &'a [u8]) -> Result<Self, TreeError> {
        let tree = Self::trusted(blob)?;
        let count = tree.len() as u32;
        if tree.parent_index(0) != 0 || tree.subtree_end(Node(0)).0 != count {
            return Err(TreeError::Structure(0));
        }
        for i in 1..count {
            let (parent, end) = (tree.parent_index(i), tree.subtree_end(Node(i)).0);
            if parent >= i || end <= i || end > tree.subtree_end(Node(parent)).0 {
                return Err(TreeError::Structure(i));
            }
        }
        Ok(tree)
    }

    /// Opens a blob that a [`crate::TreeWriter`] of this program wrote: checks the directory only, O(columns).
    pub fn trusted(blob: &'a [u8]) -> Result<Self, TreeError> {
        if blob.get(..4) != Some(&MAGIC) {
            return Err(TreeError::Magic);
        }
        let version = number(blob, 4)?;
        if version != VERSION {
            return Err(TreeError::Version(version));
        }
        let count = number(blob, 8)? as usize;
        if count == 0 {
            return Err(TreeError::Truncated);
        }
        Ok(Tree {
            kinds: elements(blob, count, column::KIND)?,
            fields_and_flags: elements(blob, count, column::FIELD_AND_FLAGS)?,
            starts: elements(blob, count, column::START)?,
            ends: elements(blob, count, column::END)?,
            parents: elements(blob, count, column::PARENT)?,
            subtree_ends: elements(blob, count, column::SUBTREE_END)?,
        })
    }

    /// How many nodes there are; at least one.
    #[allow(clippy::len_without_is_empty, reason = "a tree is never empty")]
    pub fn len(self) -> usize {
        self.kinds.len()
    }

    /// The node of the whole file.
    pub fn root(self) -> Node {
        Node(0)
    }

    /// The node with this index, if there is one.
    pub fn node(self, index: u32) -> Option<Node> {
        ((index as usize) < self.len()).then_some(Node(index))
    }

    /// The node's kind.
    pub fn kind(self, node: Node) -> Kind {
        Kind(u16::from_le_bytes(self.kinds[node.0 as usize]))
    }

    /// The field under which the node stands in its parent; [`crate::field::NONE`] where it has none.
    pub fn field(self, node: Node) -> Field {
        Field(self.fields_and_flags[node.0 as usize][0])
    }

    /// The node's flags, see [`crate::layout::flag`].
    pub fn flags(self, node: Node) -> u8 {
        self.fields_and_flags[node.0 as usize][1]
    }

    /// A named node of the grammar, as opposed to a token.
    pub fn is_named(self, node: Node) -> bool {
        self.flags(node) & flag::NAMED != 0
    }

    /// The node or something below it did not parse.
    pub fn has_error(self, node: Node) -> bool {
        self.flags(node) & flag::HAS_ERROR != 0
    }

    /// First byte of the node.
    pub fn start(self, node: Node) -> u32 {
        u32::from_le_bytes(self.starts[node.0 as usize])
    }

    /// One past the last byte of the node.
    pub fn end(self, node: Node) -> u32 {
        u32::from_le_bytes(self.ends[node.0 as usize])
    }

    /// The node's bytes in the source, as a range.
    pub fn range(self, node: Node) -> Range<usize> {
        self.start(node) as usize..self.end(node) as usize
    }

    /// The node's bytes; empty where `source` is not the source of this tree.
    pub fn text(self, node: Node, source: &[u8]) -> &[u8] {
        source.get(self.range(node)).unwrap_or_default()
    }

    fn parent_index(self, index: u32) -> u32 {
        u32::from_le_bytes(self.parents[index as usize])
    }

    /// The parent; none for the root.
    pub fn parent(self, node: Node) -> Option<Node> {
        (node.0 != 0).then(|| Node(self.parent_index(node.0)))
    }

    /// The node's ancestors, the innermost first, without itself.
    pub fn ancestors(self, node: Node) -> Ancestors<'a> {
        Ancestors { tree: self, node }
    }

    /// One past the last node of the subtree (not always an existing node).
    pub fn subtree_end(self, node: Node) -> Node {
        Node(u32::from_le_bytes(self.subtree_ends[node.0 as usize]))
    }

    /// The node and everything below it, in pre-order.
    pub fn subtree(self, node: Node) -> impl Iterator<Item = Node> + use<'a> {
        (node.0..self.subtree_end(node).0).map(Node)
    }

    /// Everything below the node, in pre-order.
    pub fn descendants(self, node: Node) -> impl Iterator<Item = Node> + use<'a> {
        (node.0 + 1..self.subtree_end(node).0).map(Node)
    }

    /// True if `inner` is `outer` or stands below it.
    pub fn contains(self, outer: Node, inner: Node) -> bool {
        outer.0 <= inner.0 && inner.0 < self.subtree_end(outer).0
    }

    /// All children: tokens, comments and errors too.
    pub fn children(self, node: Node) -> Children<'a> {
        Children { tree: self, next: node.0 + 1, end: self.subtree_end(node).0 }
    }

    /// The named children without comments: what the grammar's rules speak of.
    pub fn named_children(self, node: Node) -> impl Iterator<Item = Node> + use<'a> {
        self.children(node).filter(move |&n| self.flags(n) & (flag::NAMED | flag::EXTRA) == flag::NAMED)
    }

    /// The first child under this field.
    pub fn child(self, node: Node, field: Field) -> Option<Node> {
        self.children(node).find(|&n| self.field(n) == field)
    }

    /// All named children under this field (the names of `var a, b int`), without the commas between them.
    pub fn children_of(self, node: Node, field: Field) -> impl Iterator<Item = Node> + use<'a> {
        self.named_children(node).filter(move |&n| self.field(n) == field)
    }

    /// The innermost node whose range covers `span`; the root where nothing smaller does.
    pub fn covering(self, span: Range<u32>) -> Node {
        let mut node = self.root();
        'down: loop {
            for child in self.children(node) {
                if self.start(child) <= span.start && span.end <= self.end(child) && self.start(child) < self.end(child)
                {
                    node = child;
                    continue 'down;
                }
            }
            return node;
        }
    }
}

/// A node of a [`Tree`]: its index in pre-order. It means nothing without its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub u32);

/// Iterator over a node's children.
#[derive(Clone)]
pub struct Children<'a> {
    tree: Tree<'a>,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        if self.next >= self.end {
            return None;
        }
        let node = Node(self.next);
        self.next = self.tree.subtree_end(node).0;
        Some(node)
    }
}

/// Iterator over a node's ancestors, the innermost first.
#[derive(Clone)]
pub struct Ancestors<'a> {
    tree: Tree<'a>,
    node: Node,
}

impl Iterator for Ancestors<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.node = self.tree.parent(self.node)?;
        Some(self.node)
    }
}
