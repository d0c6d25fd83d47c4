//! Lines and columns of byte offsets. A line ends at LF (so CRLF ends one too); a lone CR ends none, as in Go's own
//! tools. Columns are bytes. Never decodes text.

use crate::Span;

/// A place as people write it. Both count from 1; the column counts bytes, as Go's tools do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// From 1.
    pub line: u32,
    /// From 1, in bytes.
    pub column: u32,
}

/// Where the lines of one file begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    /// The offset of each line's first byte; the first is 0.
    starts: Vec<u32>,
    /// Of the file, in bytes.
    len: u32,
}

impl LineIndex {
    /// Reads `source` once. What lies beyond 4 GiB is not indexed.
    pub fn new(source: &[u8]) -> Self {
        let len = u32::try_from(source.len()).unwrap_or(u32::MAX);
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', &source[..len as usize]).map(|at| at as u32 + 1));
        Self { starts, len }
    }

    /// At least 1; a final line end begins a last, empty line.
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line (from 0) that holds `offset`. What lies behind the end counts as the end.
    pub fn line_of(&self, offset: u32) -> u32 {
        (self.starts.partition_point(|&start| start <= offset.min(self.len)) - 1) as u32
    }

    /// The line and byte column of `offset`. What lies behind the end counts as the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_of(offset);
        let column = offset.min(self.len) - self.starts[line as usize] + 1;
        LineColumn { line: line + 1, column }
    }

    /// The offset of a line and byte column. A column behind the line's end counts as the start of the next line; none
    /// if there is no such line, or for a 0.
    pub fn offset(&self, at: LineColumn) -> Option<u32> {
        let line = at.line.checked_sub(1)?;
        let start = *self.starts.get(line as usize)?;
        Some(start.saturating_add(at.column.checked_sub(1)?).min(self.end_of(line)))
    }

    /// The bytes of `line` (from 0), its line end included; empty for a line that is not there.
    pub fn full_line(&self, line: u32) -> Span {
        let start = self.starts.get(line as usize).copied().unwrap_or(self.len);
        Span::new(start, self.end_of(line))
    }

    /// The bytes of `line` (from 0) without its LF or CRLF. `source` is what the index was made of.
    pub fn line(&self, line: u32, source: &[u8]) -> Span {
        let full = self.full_line(line);
        let text = &source[full.start as usize..full.end as usize];
        let text = text.strip_suffix(b"\n").map_or(text, |text| text.strip_suffix(b"\r").unwrap_or(text));
        Span::new(full.start, full.start + text.len() as u32)
    }

    fn end_of(&self, line: u32) -> u32 {
        self.starts.get(line as usize + 1).copied().unwrap_or(self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &[u8], offset: u32) -> (u32, u32) {
        let at = LineIndex::new(source).line_column(offset);
        (at.line, at.column)
    }

    #[test]
    fn counts_lines_and_bytes_from_one() {
        let source = "a\nbö\n".as_bytes();
        assert_eq!(place(source, 0), (1, 1));
        assert_eq!(place(source, 1), (1, 2));
        assert_eq!(place(source, 2), (2, 1));
        assert_eq!(place(source, 5), (2, 4), "ö is two bytes");
        assert_eq!(place(source, 6), (3, 1));
        assert_eq!(place(source, 99), (3, 1), "behind the end is the end");
        assert_eq!(place(b"", 0), (1, 1));
    }

    #[test]
    fn a_lone_cr_ends_no_line() {
        let source = b"a\rb\r\nc";
        assert_eq!(place(source, 2), (1, 3));
        assert_eq!(place(source, 5), (2, 1));
        let index = LineIndex::new(source);
        assert_eq!(index.line_count(), 2);
        assert_eq!(index.line(0, source), Span::new(0, 3));
        assert_eq!(index.full_line(0), Span::new(0, 5));
        assert_eq!(index.line(1, source), Span::new(5, 6));
        assert_eq!(index.line(2, source), Span::empty(6), "no such line");
    }

    #[test]
    fn offsets_and_places_agree() {
        let source = b"ab\r\n\n\nxyz\n";
        let index = LineIndex::new(source);
        for offset in 0..=source.len() as u32 {
            assert_eq!(index.offset(index.line_column(offset)), Some(offset));
        }
        assert_eq!(index.offset(LineColumn { line: 1, column: 99 }), Some(4));
        assert_eq!(index.offset(LineColumn { line: 9, column: 1 }), None);
        assert_eq!(index.offset(LineColumn { line: 0, column: 1 }), None);
        assert_eq!(index.offset(LineColumn { line: 1, column: 0 }), None);
    }
}
