//! The byte layout of a flat tree: magic, version, node count, a directory of columns, the columns.
//!
//! ```text
//! offset  size  what
//! 0       4     magic "GFT1"
//! 4       4     version of the layout, u32
//! 8       4     number of nodes, u32
//! 12      4     number of columns, u32
//! 16      16*c  directory: column id, element size, offset from the start of the blob, length in bytes, each u32
//! …             the columns, one element per node, in pre-order
//! ```
//!
//! All numbers are little-endian and nothing is aligned: a blob may start at any address in a guest's memory. Readers
//! skip columns that they don't know and refuse a blob without the ones they need.

/// The first four bytes of every flat tree.
pub const MAGIC: [u8; 4] = *b"GFT1";
/// The version of this layout. It rises only when an old reader could misread a new blob.
pub const VERSION: u32 = 1;
/// Bytes before the directory.
pub const HEADER_SIZE: usize = 16;
/// Bytes of one directory entry.
pub const ENTRY_SIZE: usize = 16;

/// Column ids and the size of their elements in bytes.
pub mod column {
    /// Kind of the node, u16: an index into the vocabulary's kinds.
    pub const KIND: (u32, u32) = (0, 2);
    /// Low byte: the field in the parent (0 is none). High byte: the flags of [`super::flag`].
    pub const FIELD_AND_FLAGS: (u32, u32) = (1, 2);
    /// First byte of the node in the source, u32.
    pub const START: (u32, u32) = (2, 4);
    /// One past the last byte of the node, u32.
    pub const END: (u32, u32) = (3, 4);
    /// The parent's index, u32. The root is its own parent.
    pub const PARENT: (u32, u32) = (4, 4);
    /// One past the last node of the subtree, u32.
    pub const SUBTREE_END: (u32, u32) = (5, 4);
}

/// What is said of a node beside its kind.
pub mod flag {
    /// A named node of the grammar; without it, a token such as `(` or `func`.
    pub const NAMED: u8 = 1;
    /// The parser could make nothing of these bytes.
    pub const ERROR: u8 = 2;
    /// The parser assumed a token that is not in the source; the node is empty.
    pub const MISSING: u8 = 4;
    /// May stand anywhere: a comment.
    pub const EXTRA: u8 = 8;
    /// The node, or something below it, is an error or missing.
    pub const HAS_ERROR: u8 = 16;
}
