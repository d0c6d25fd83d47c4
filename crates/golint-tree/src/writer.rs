//! Writes a flat tree, node by node in pre-order. It never checks what the nodes mean.

use std::ops::Range;

use crate::layout::{ENTRY_SIZE, HEADER_SIZE, MAGIC, VERSION, column};
use crate::{Field, Kind, Node, Tree};

/// Collects nodes in pre-order and turns them into a blob. Reusable: [`TreeWriter::finish`] leaves it empty, with its
/// memory kept for the next file.
#[derive(Default)]
pub struct TreeWriter {
    kinds: Vec<u16>,
    fields_and_flags: Vec<u16>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    parents: Vec<u32>,
    subtree_ends: Vec<u32>,
    open: Vec<u32>,
}

impl TreeWriter {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a node below the innermost open one and returns its index. Offsets are bytes of the source.
    pub fn open(&mut self, kind: Kind, field: Field, flags: u8, start: u32, end: u32) -> u32 {
        let index = self.kinds.len() as u32;
        self.kinds.push(kind.0);
        self.fields_and_flags.push(u16::from(field.0) | u16::from(flags) << 8);
        self.starts.push(start);
        self.ends.push(end);
        self.parents.push(self.open.last().copied().unwrap_or(index));
        self.subtree_ends.push(index + 1);
        self.open.push(index);
        index
    }

    /// Writes nodes of another tree below the innermost open one: all of it, or whole children of its root. Its source begins
    /// at this byte of ours.
    pub fn append(&mut self, tree: Tree<'_>, nodes: Range<Node>, offset: u32) {
        let (parent, first) = (self.open.last().copied().unwrap_or_default(), nodes.start.0);
        let base = (self.kinds.len() as u32).wrapping_sub(first);
        let nodes = first as usize..nodes.end.0 as usize;
        let plus = |summand: u32| move |number: &[u8; 4]| u32::from_le_bytes(*number).wrapping_add(summand);
        self.kinds.extend(tree.kinds[nodes.clone()].iter().map(|kind| u16::from_le_bytes(*kind)));
        self.fields_and_flags.extend(tree.fields_and_flags[nodes.clone()].iter().map(|both| u16::from_le_bytes(*both)));
        self.starts.extend(tree.starts[nodes.clone()].iter().map(plus(offset)));
        self.ends.extend(tree.ends[nodes.clone()].iter().map(plus(offset)));
        let from = self.parents.len();
        self.parents.extend(tree.parents[nodes.clone()].iter().map(|number| match u32::from_le_bytes(*number) {
            number if number < first => parent,
            number => number.wrapping_add(base),
        }));
        // A root is its own parent.
        if first == 0
            && let Some(root) = self.parents.get_mut(from)
        {
            *root = parent;
        }
        self.subtree_ends.extend(tree.subtree_ends[nodes].iter().map(plus(base)));
    }

    /// Sets flags of the first node.
    pub fn flag_root(&mut self, flags: u8) {
        if let Some(first) = self.fields_and_flags.first_mut() {
            *first |= u16::from(flags) << 8;
        }
    }

    /// Closes the innermost open node.
    pub fn close(&mut self) {
        if let Some(index) = self.open.pop() {
            self.subtree_ends[index as usize] = self.kinds.len() as u32;
        }
    }

    /// How many nodes were opened since the last [`TreeWriter::finish`].
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// True before the first node.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The blob of all nodes so far. Nodes still open are closed.
    pub fn finish(&mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        let count = self.kinds.len();
        let columns = [
            (column::KIND, count * 2),
            (column::FIELD_AND_FLAGS, count * 2),
            (column::START, count * 4),
            (column::END, count * 4),
            (column::PARENT, count * 4),
            (column::SUBTREE_END, count * 4),
        ];
        let header = HEADER_SIZE + columns.len() * ENTRY_SIZE;
        let mut blob = Vec::with_capacity(header + columns.iter().map(|c| c.1).sum::<usize>());
        blob.extend_from_slice(&MAGIC);
        for number in [VERSION, count as u32, columns.len() as u32] {
            blob.extend_from_slice(&number.to_le_bytes());
        }
        let mut offset = header;
        for ((id, size), length) in columns {
            for number in [id, size, offset as u32, length as u32] {
                blob.extend_from_slice(&number.to_le_bytes());
            }
            offset += length;
        }
        blob.extend(self.kinds.drain(..).flat_map(u16::to_le_bytes));
        blob.extend(self.fields_and_flags.drain(..).flat_map(u16::to_le_bytes));
        for column in [&mut self.starts, &mut self.ends, &mut self.parents, &mut self.subtree_ends] {
            blob.extend(column.drain(..).flat_map(u32::to_le_bytes));
        }
        blob
    }
}
