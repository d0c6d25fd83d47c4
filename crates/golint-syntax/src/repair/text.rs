//! What the parser gets in place of the source, and which part of it is not the source's. It never parses.

use std::borrow::Cow;
use std::ops::Range;

use golint_tree::{Kind, kind};

/// What stands in the text, but not in the source. In the order in which two of them stand at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Addition {
    /// The end of what [`Addition::Open`] begins.
    Close,
    /// Ends a statement.
    Terminator,
    /// What follows is an expression: parentheses alone could be those of a type.
    Open,
    /// The end of the last line, in a file that ends without one.
    LineEnd,
}

impl Addition {
    fn bytes(self) -> &'static [u8] {
        match self {
            Addition::Close => b")",
            Addition::Terminator => b";",
            Addition::Open => b"(+",
            Addition::LineEnd => b"\n",
        }
    }
}

/// A text to parse, and where it differs from the source.
pub(crate) struct Text<'s> {
    bytes: Cow<'s, [u8]>,
    /// Where in the text the bytes stand that were added, sorted.
    added: Vec<u32>,
}

impl<'s> Text<'s> {
    /// The source as it is.
    pub(crate) fn of(source: &'s [u8]) -> Text<'s> {
        Text { bytes: source.into(), added: Vec::new() }
    }

    /// The source and these, each before the byte at its offset; sorted, and none behind the source's end.
    pub(crate) fn with(source: &'s [u8], additions: &[(u32, Addition)]) -> Text<'s> {
        if additions.is_empty() {
            return Text::of(source);
        }
        let mut bytes = Vec::with_capacity(source.len() + 2 * additions.len());
        let mut added = Vec::with_capacity(2 * additions.len());
        let mut copied = 0;
        for &(offset, addition) in additions {
            let offset = offset as usize;
            bytes.extend_from_slice(&source[copied..offset]);
            copied = offset;
            added.extend((0..addition.bytes().len()).map(|i| (bytes.len() + i) as u32));
            bytes.extend_from_slice(addition.bytes());
        }
        bytes.extend_from_slice(&source[copied..]);
        Text { bytes: bytes.into(), added }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn has_additions(&self) -> bool {
        !self.added.is_empty()
    }

    /// Where in the source this place of the text is.
    pub(crate) fn origin(&self, offset: usize) -> u32 {
        (offset - self.added.partition_point(|&added| (added as usize) < offset)) as u32
    }

    /// Whether a node of the text is there only because of additions.
    pub(crate) fn is_added(&self, kind: Kind, range: Range<usize>) -> bool {
        // Expressions of these kinds begin with a token of their own. An error is one of the source.
        (range.len() == 1 && kind != kind::ERROR
            || matches!(kind, kind::PARENTHESIZED_EXPRESSION | kind::UNARY_EXPRESSION))
            && self.added.binary_search(&(range.start as u32)).is_ok()
    }
}
