//! Sources as renderers need them: bytes with their lines, and columns counted in code points for the formats that want
//! those. Fetched once per file and kept while its findings are rendered. Never reads files itself.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{LineIndex, Sources, Span};

/// What some editors put in front of UTF-8 text. It is part of the file and of every offset, and no part of the text.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Files kept at a time. Findings come sorted by file, so only labels in other files ever need more than one.
const KEPT: usize = 16;

/// The sources of a report, fetched as they are needed.
pub(crate) struct SourceTexts<'a> {
    sources: &'a dyn Sources,
    kept: FxHashMap<Arc<str>, Option<Rc<SourceText>>>,
}

impl<'a> SourceTexts<'a> {
    pub(crate) fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, kept: FxHashMap::default() }
    }

    /// None where the source is not available.
    pub(crate) fn get(&mut self, path: &Arc<str>) -> Option<Rc<SourceText>> {
        if let Some(known) = self.kept.get(path) {
            return known.clone();
        }
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        let text = self.sources.source(path).map(|bytes| Rc::new(SourceText::new(bytes)));
        self.kept.insert(Arc::clone(path), text.clone());
        text
    }
}

/// One file.
pub(crate) struct SourceText {
    pub(crate) bytes: Arc<[u8]>,
    pub(crate) lines: LineIndex,
    code_points: OnceCell<CodePoints>,
}

impl SourceText {
    pub(crate) fn new(bytes: Arc<[u8]>) -> Self {
        let lines = LineIndex::new(&bytes);
        Self { bytes, lines, code_points: OnceCell::new() }
    }

    /// The bytes of `line` (from 0), without its end.
    pub(crate) fn line(&self, line: u32) -> &[u8] {
        let span = self.lines.line(line, &self.bytes);
        &self.bytes[span.start as usize..span.end as usize]
    }

    /// `span`, moved into the file.
    pub(crate) fn clamp(&self, span: Span) -> Span {
        span.clamp_to(self.bytes.len())
    }

    /// The line and column of `offset`, both from 1, the column in code points of the lossily decoded text. An offset
    /// inside of a character counts as behind it, a byte order mark at the start of the file not at all.
    pub(crate) fn code_point_column(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.line_of(offset);
        let mark = if line == 0 && self.bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() as u32 } else { 0 };
        let start = self.lines.full_line(line).start + mark;
        let counts = self.code_points.get_or_init(|| CodePoints::new(&self.bytes));
        (line + 1, counts.before(&self.bytes, offset.max(start)) - counts.before(&self.bytes, start) + 1)
    }
}

/// How many characters begin before an offset, answered without decoding the file again each time: a line of a
/// megabyte may hold thousands of findings.
struct CodePoints {
    /// For each block of bytes: where its first character begins, and how many begin before that.
    marks: Vec<(u32, u32)>,
}

const BLOCK: usize = 1024;

impl CodePoints {
    fn new(bytes: &[u8]) -> Self {
        let mut marks = Vec::with_capacity(bytes.len() / BLOCK + 1);
        for (count, at) in character_starts(bytes).enumerate() {
            if at >= marks.len() * BLOCK {
                // A character is at most four bytes, so no block is without a start.
                marks.push((at as u32, count as u32));
            }
        }
        Self { marks }
    }

    fn before(&self, bytes: &[u8], offset: u32) -> u32 {
        let offset = (offset as usize).min(bytes.len());
        let mut block = (offset / BLOCK).min(self.marks.len().saturating_sub(1));
        if self.marks.get(block).is_some_and(|&(at, _)| at as usize > offset) {
            block -= 1;
        }
        let Some(&(from, count)) = self.marks.get(block) else { return 0 };
        // Decoded a little beyond, lest a character that is cut at the offset counts as several invalid bytes.
        let window = &bytes[from as usize..bytes.len().min(offset + 4)];
        let inside = offset - from as usize;
        count + character_starts(window).take_while(|&at| at < inside).count() as u32
    }
}

/// Where characters begin. Each maximal invalid sequence is one, as `String::from_utf8_lossy` has it.
fn character_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes
        .utf8_chunks()
        .scan(0, |at, chunk| {
            let start = *at;
            let invalid_at = start + chunk.valid().len();
            *at = invalid_at + chunk.invalid().len();
            let invalid = (!chunk.invalid().is_empty()).then_some(invalid_at);
            Some(chunk.valid().char_indices().map(move |(i, _)| start + i).chain(invalid))
        })
        .flatten()
}

/// The start of the character that `at` is in, as far as there are characters.
pub(crate) fn boundary(bytes: &[u8], at: usize) -> usize {
    let is_start = |at: usize| bytes.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    (at.saturating_sub(3)..=at).rev().find(|&at| is_start(at)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points_within_the_line() {
        let text = SourceText::new(Arc::from("x\naöü👍b".as_bytes()));
        assert_eq!(text.code_point_column(2), (2, 1));
        assert_eq!(text.code_point_column(3), (2, 2));
        assert_eq!(text.code_point_column(4), (2, 3), "inside of ö");
        assert_eq!(text.code_point_column(5), (2, 3));
        assert_eq!(text.code_point_column(7), (2, 4));
        assert_eq!(text.code_point_column(11), (2, 5));
        assert_eq!(text.code_point_column(12), (2, 6));
        assert_eq!(text.code_point_column(99), (2, 6));
    }

    #[test]
    fn the_byte_order_mark_has_no_column() {
        let text = SourceText::new(Arc::from("\u{feff}ab\n\u{feff}c".as_bytes()));
        assert_eq!(text.code_point_column(0), (1, 1));
        assert_eq!(text.code_point_column(3), (1, 1));
        assert_eq!(text.code_point_column(4), (1, 2));
        assert_eq!(text.code_point_column(9), (2, 2));
    }

    #[test]
    fn an_invalid_sequence_is_one_character() {
        let text = SourceText::new(Arc::from(&b"a\xff\xe2\x82b"[..]));
        assert_eq!(text.code_point_column(1), (1, 2));
        assert_eq!(text.code_point_column(2), (1, 3));
        assert_eq!(text.code_point_column(4), (1, 4), "E2 82 is a cut character, one replacement");
        assert_eq!(text.code_point_column(5), (1, 5));
    }

    #[test]
    fn agrees_with_decoding_from_the_start() {
        let mut bytes = Vec::new();
        for i in 0..6000_u32 {
            match i % 7 {
                0 => bytes.extend("👍".bytes()),
                1 => bytes.push(0xe2),
                2 => bytes.extend("é".bytes()),
                3 => bytes.push(0x80),
                _ => bytes.push(b'a' + (i % 20) as u8),
            }
        }
        let text = SourceText::new(Arc::from(&bytes[..]));
        let starts: Vec<usize> = character_starts(&bytes).collect();
        for offset in 0..=bytes.len() {
            let expected = starts.partition_point(|&at| at < offset) as u32 + 1;
            assert_eq!(text.code_point_column(offset as u32), (1, expected), "at {offset}");
        }
    }
}
