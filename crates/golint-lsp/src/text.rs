//! The text of a document and places in it, as editors count them: lines end at LF, CRLF or CR, columns count units of
//! the encoding that client and server agreed on. Every place is somewhere: what lies behind the end of a line is its end.

use std::ops::Range;
use std::sync::Arc;

use lsp_types::{Position, PositionEncodingKind};

/// What columns count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best one that the client offers; UTF-16 where it offers none.
    pub(crate) fn negotiate(offered: &[PositionEncodingKind]) -> Encoding {
        let known = [
            (PositionEncodingKind::UTF8, Encoding::Utf8),
            (PositionEncodingKind::UTF32, Encoding::Utf32),
            (PositionEncodingKind::UTF16, Encoding::Utf16),
        ];
        known.into_iter().find(|(kind, _)| offered.contains(kind)).map_or(Encoding::Utf16, |(_, encoding)| encoding)
    }

    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A text with its lines. Also of files with bytes that are no UTF-8: each such sequence counts as one U+FFFD, which is
/// what an editor that opens the file shows in its place.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    bytes: Arc<[u8]>,
    /// The offset of each line's first byte; the first is 0.
    starts: Arc<[usize]>,
}

impl Text {
    pub(crate) fn new(bytes: Arc<[u8]>) -> Text {
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', &bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Text { bytes, starts: starts.into() }
    }

    pub(crate) fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    /// The text with another one in the place of this range.
    pub(crate) fn replaced(&self, range: Range<usize>, by: &str) -> Text {
        let range = range.start..range.end.max(range.start);
        let mut bytes = Vec::with_capacity(self.bytes.len() - range.len() + by.len());
        bytes.extend_from_slice(&self.bytes[..range.start]);
        bytes.extend_from_slice(by.as_bytes());
        bytes.extend_from_slice(&self.bytes[range.end..]);
        Text::new(bytes.into())
    }

    /// The bytes of a line without what ends it.
    fn line(&self, line: usize) -> Range<usize> {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(self.bytes.len());
        let ends = self.bytes[start..end].iter().rev().take(2).take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        start..end - if line + 1 < self.starts.len() { ends } else { 0 }
    }

    /// The byte at a place; the end of the line, or of the text, for what lies behind it.
    pub(crate) fn offset(&self, at: Position, encoding: Encoding) -> usize {
        let line = at.line as usize;
        if line >= self.starts.len() {
            return self.bytes.len();
        }
        let range = self.line(line);
        let mut left = at.character as usize;
        let mut offset = range.start;
        for chunk in self.bytes[range].utf8_chunks() {
            for character in chunk.valid().chars() {
                let width = encoding.width(character);
                if width > left {
                    return offset;
                }
                (left, offset) = (left - width, offset + character.len_utf8());
            }
            if !chunk.invalid().is_empty() {
                let width = encoding.width(char::REPLACEMENT_CHARACTER);
                if width > left {
                    return offset;
                }
                (left, offset) = (left - width, offset + chunk.invalid().len());
            }
        }
        offset
    }

    /// The place of a byte; the end of the text for what lies behind it.
    pub(crate) fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = offset.min(self.bytes.len());
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let range = self.line(line);
        let mut character = 0;
        for chunk in self.bytes[range.start..offset.min(range.end)].utf8_chunks() {
            character += chunk.valid().chars().map(|c| encoding.width(c)).sum::<usize>();
            if !chunk.invalid().is_empty() {
                character += encoding.width(char::REPLACEMENT_CHARACTER);
            }
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(number(line), number(character))
    }

    pub(crate) fn range(&self, span: Range<usize>, encoding: Encoding) -> lsp_types::Range {
        lsp_types::Range::new(self.position(span.start, encoding), self.position(span.end.max(span.start), encoding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_was_agreed_on() {
        let text = Text::new("a\u{e9}\u{1f600}b\r\nc\rd\n".as_bytes().into());
        for (encoding, b) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            assert_eq!(text.offset(Position::new(0, b), encoding), 7);
            assert_eq!(text.position(7, encoding), Position::new(0, b));
        }
        // In the middle of a surrogate pair.
        assert_eq!(text.offset(Position::new(0, 3), Encoding::Utf16), 3);
        for (line, character, offset) in [(0, 99, 8), (1, 0, 10), (1, 9, 11), (2, 0, 12), (3, 0, 14), (9, 9, 14)] {
            assert_eq!(text.offset(Position::new(line, character), Encoding::Utf16), offset, "{line}:{character}");
        }
        assert_eq!(text.position(9, Encoding::Utf16), Position::new(0, 5), "inside of CRLF");
        assert_eq!(text.position(99, Encoding::Utf16), Position::new(3, 0));
    }

    #[test]
    fn bytes_that_are_no_text_count_as_what_an_editor_shows() {
        let text = Text::new(b"\xff\xfeb".as_slice().into());
        assert_eq!(text.position(2, Encoding::Utf16), Position::new(0, 2));
        assert_eq!(text.offset(Position::new(0, 2), Encoding::Utf16), 2);
    }

    #[test]
    fn edits_keep_the_lines() {
        let text = Text::new("ab\ncd".as_bytes().into()).replaced(1..4, "x\n\ny");
        assert_eq!(&**text.bytes(), b"ax\n\nyd");
        assert_eq!(text.position(5, Encoding::Utf8), Position::new(2, 1));
        #[allow(clippy::reversed_empty_ranges, reason = "a client may send one")]
        let reversed = text.replaced(3..1, "z");
        assert_eq!(&**reversed.bytes(), b"ax\nz\nyd");
    }

    #[test]
    fn the_best_encoding_is_taken() {
        assert_eq!(Encoding::negotiate(&[]), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(&[PositionEncodingKind::UTF16, PositionEncodingKind::UTF8]), Encoding::Utf8);
        assert_eq!(Encoding::negotiate(&["x".into(), PositionEncodingKind::UTF32]), Encoding::Utf32);
    }
}
