//! Go source bytes to the flat tree, and a fast scan of a file's head that needs no tree. Nothing here fails: broken
//! source gives a tree with flagged errors. The only crate that names tree-sitter.

mod bodies;
mod comment;
mod composition;
mod declarations;
mod first_error;
mod grammar;
pub mod header;
mod landmarks;
mod lexer;
mod parse;
mod parts;

pub use comment::comment_at;
pub use declarations::parse_declarations;
pub use first_error::first_error;
pub use landmarks::Landmarks;
pub use parse::{Parsed, Reparser, parse};
