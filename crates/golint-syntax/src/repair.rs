//! What the grammar takes for something else, or for nothing, although Go is clear: such a place is found, and the file is
//! parsed again from a text in which the grammar, too, has no choice. It never changes what the tree says of the source:
//! places are those of the source, and what was added to the text is not in the tree.
//!
//! - The grammar knows that a line's end ends a statement, but not in a name that may be a type: there it is white space.
//!   `x := a.b` with a block on the next line is a composite literal to it, `x := a[i]` and then `(*p).f()` a conversion.
//! - It knows that the end of a file ends a statement, but not behind a type.
//! - It takes `a.b {}` in the header of a statement for a composite literal, where that lets it go on.
//! - It knows calls of `new` with a type only, and has no expression there, as Go 1.26 allows.

mod calls;
mod misread;
mod text;

pub(crate) use calls::rename as rename_calls;
pub(crate) use misread::find as find_misread;
pub(crate) use text::{Addition, Text};

#[cfg(test)]
mod tests;
