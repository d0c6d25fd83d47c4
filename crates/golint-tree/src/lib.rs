//! The flat syntax tree of a Go file: what kinds of node there are, how they lie in memory, and how to read and write
//! them. Host and guests read the same bytes with the same code; it has no dependencies and never names a parser.
//!
//! A tree is one little-endian blob of columns in pre-order (see [`layout`]). The first child of node `i` is `i + 1`
//! where it has children, its next sibling is `subtree_end(i)` where that is still inside the parent.

pub mod layout;
mod reader;
pub mod vocabulary;
mod writer;

pub use reader::{Ancestors, Children, Node, Tree, TreeError};
pub use vocabulary::{Field, Kind, field, kind};
pub use writer::TreeWriter;
