//! The few tokens that are read without the parser. Looks ahead by position only; never allocates.

use std::ops::Range;

use memchr::{memchr, memmem};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A position in a file.
pub(super) struct Lexer<'s> {
    source: &'s [u8],
    position: usize,
}

impl<'s> Lexer<'s> {
    /// At the start of the file, behind the BOM if there is one.
    pub(super) fn new(source: &'s [u8]) -> Lexer<'s> {
        Lexer { source, position: if source.starts_with(BOM) { BOM.len() } else { 0 } }
    }

    pub(super) fn source(&self) -> &'s [u8] {
        self.source
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    fn rest(&self) -> &'s [u8] {
        &self.source[self.position..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.source.get(self.position).copied()
    }

    /// Skips white space, comments and semicolons (go/build, too, takes these for white space here) and shows each
    /// comment: where it stands.
    pub(super) fn skip_space(&mut self, mut see: impl FnMut(Range<usize>)) {
        loop {
            let rest = self.rest();
            let length = match rest {
                [b' ' | b'\t' | b'\r' | b'\n' | b'\x0C' | b';', ..] => 1,
                [b'/', b'/', ..] => {
                    let end = memchr(b'\n', rest).unwrap_or(rest.len());
                    see(self.position..self.position + end);
                    end
                }
                [b'/', b'*', ..] => {
                    let end = memmem::find(&rest[2..], b"*/").map_or(rest.len(), |i| i + 4);
                    see(self.position..self.position + end);
                    end
                }
                _ => return,
            };
            self.position += length;
        }
    }

    /// Takes the next byte, whatever it is.
    pub(super) fn next_byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.position += 1;
        Some(byte)
    }

    /// Takes this keyword, if it is the next token.
    pub(super) fn eat_keyword(&mut self, keyword: &[u8]) -> bool {
        let found = self.rest().starts_with(keyword)
            && !self.rest().get(keyword.len()).copied().is_some_and(is_identifier_byte);
        if found {
            self.position += keyword.len();
        }
        found
    }

    /// Takes this byte, if it is the next one.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    /// Takes an identifier. Bytes above ASCII pass for letters, as in go/build's reader.
    pub(super) fn identifier(&mut self) -> Option<Range<usize>> {
        let rest = self.rest();
        let length = rest.iter().position(|b| !is_identifier_byte(*b)).unwrap_or(rest.len());
        if length == 0 || rest[0].is_ascii_digit() {
            return None;
        }
        self.position += length;
        Some(self.position - length..self.position)
    }

    /// Takes a string literal, quotes included; none (and nothing taken) if there is none or if it does not end.
    pub(super) fn string(&mut self) -> Option<Range<usize>> {
        let rest = self.rest();
        let length = match rest.first()? {
            b'`' => memchr(b'`', &rest[1..])? + 2,
            b'"' => escaped_length(rest)?,
            _ => return None,
        };
        self.position += length;
        Some(self.position - length..self.position)
    }

    /// Takes a rune literal, quotes included, and says whether there was one that ends.
    pub(super) fn rune(&mut self) -> bool {
        let length = if self.peek() == Some(b'\'') { escaped_length(self.rest()) } else { None };
        self.position += length.unwrap_or(0);
        length.is_some()
    }
}

/// Of the literal at the start, up to the quote that it begins with; none if it does not end on its line.
fn escaped_length(rest: &[u8]) -> Option<usize> {
    let quote = rest.first()?;
    let mut i = 1;
    loop {
        match rest.get(i)? {
            byte if byte == quote => return Some(i + 1),
            b'\n' => return None,
            b'\\' => i += 2,
            _ => i += 1,
        }
    }
}

fn is_identifier_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// go/ast.IsGenerated: a line of any comment, block comments included, that says so from its first to its last byte. As in
/// go/scanner, carriage returns are no part of a comment.
pub(super) fn comment_says_generated(comment: &[u8]) -> bool {
    const START: &[u8] = b"// Code generated ";
    const END: &[u8] = b" DO NOT EDIT.";
    memmem::find(comment, END).is_some()
        && comment.split(|b| *b == b'\n').any(|line| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            line.strip_prefix(START).is_some_and(|rest| rest.ends_with(END))
        })
}
