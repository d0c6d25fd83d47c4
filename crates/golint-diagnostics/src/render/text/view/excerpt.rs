//! One line as it is shown: decoded lossily, hostile characters escaped, cut if it is long. Keeps tabs, which
//! codespan-reporting turns into blanks. Looks only at the parts that are shown.

use std::ops::Range;

use crate::escape;
use crate::source_text::boundary;

/// In bytes. Longer lines are cut.
const WHOLE_LINE: usize = 200;
/// What is kept of a long line before and behind each point of interest.
const BEFORE: usize = 60;
const BEHIND: usize = 80;
/// Gaps up to this are not worth a cut.
const SMALL_GAP: usize = 16;

const CUT: char = '…';

pub(super) struct Excerpt {
    pub(super) text: String,
    /// Where the characters of the line begin: in the line, in `text`. Ascending in both, never empty.
    marks: Vec<(usize, usize)>,
}

impl Excerpt {
    /// Shows the surroundings of `points`, which are sorted offsets in `line`. A byte order mark on the first line of a
    /// file is not shown.
    pub(super) fn new(line: &[u8], points: &[usize], first_line: bool) -> Self {
        let mut excerpt = Self { text: String::new(), marks: Vec::new() };
        let mut done = 0;
        for part in parts(line, points) {
            if part.start > done {
                excerpt.text.push(CUT);
            }
            done = part.end;
            excerpt.push_part(&line[part.clone()], part.start, first_line);
        }
        if done < line.len() {
            excerpt.text.push(CUT);
        }
        excerpt
    }

    fn push_part(&mut self, bytes: &[u8], start: usize, first_line: bool) {
        let mut at = start;
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                if !(first_line && at == 0 && c == '\u{feff}') {
                    self.mark(at);
                    match c {
                        '\t' => self.text.push('\t'),
                        _ if escape::is_hostile(c) => escape::push_escaped(&mut self.text, c),
                        _ => self.text.push(c),
                    }
                }
                at += c.len_utf8();
            }
            if !chunk.invalid().is_empty() {
                self.mark(at);
                self.text.push(char::REPLACEMENT_CHARACTER);
                at += chunk.invalid().len();
            }
        }
        self.mark(at);
    }

    fn mark(&mut self, at: usize) {
        self.marks.push((at, self.text.len()));
    }

    /// Where the character that holds the byte `at` of the line begins in `text`.
    pub(super) fn floor(&self, at: usize) -> usize {
        let behind = self.marks.partition_point(|&(mark, _)| mark <= at);
        self.marks[behind.saturating_sub(1)].1
    }

    /// Where the character that holds the byte before `at` ends in `text`.
    pub(super) fn ceil(&self, at: usize) -> usize {
        let index = self.marks.partition_point(|&(mark, _)| mark < at);
        self.marks[index.min(self.marks.len() - 1)].1
    }
}

/// The parts of a line that are shown, ascending, at least one.
fn parts(line: &[u8], points: &[usize]) -> Vec<Range<usize>> {
    let whole = 0..line.len();
    if line.len() <= WHOLE_LINE {
        return Vec::from([whole]);
    }
    let mut parts: Vec<Range<usize>> = Vec::new();
    for &point in if points.is_empty() { &[0] } else { points } {
        let start = boundary(line, point.saturating_sub(BEFORE));
        let end = boundary(line, (point + BEHIND).min(line.len()));
        match parts.last_mut() {
            Some(last) if start <= last.end + SMALL_GAP => last.end = last.end.max(end),
            _ => parts.push(start..end),
        }
    }
    if let Some(first) = parts.first_mut().filter(|first| first.start <= SMALL_GAP) {
        first.start = 0;
    }
    if let Some(last) = parts.last_mut().filter(|last| last.end + SMALL_GAP >= line.len()) {
        last.end = line.len();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_dont_shift_what_follows() {
        let excerpt = Excerpt::new(b"a\xffb\xe2\x82c", &[], false);
        assert_eq!(excerpt.text, "a\u{fffd}b\u{fffd}c");
        assert_eq!(&excerpt.text[excerpt.floor(2)..excerpt.ceil(3)], "b");
        assert_eq!(&excerpt.text[excerpt.floor(5)..excerpt.ceil(6)], "c");
        assert_eq!(&excerpt.text[excerpt.floor(3)..excerpt.ceil(4)], "\u{fffd}");
    }

    #[test]
    fn escapes_and_keeps_tabs() {
        let excerpt = Excerpt::new("\tx\x1b[m\u{202e}".as_bytes(), &[], false);
        assert_eq!(excerpt.text, "\tx\\x1b[m\\u202e");
        assert_eq!(&excerpt.text[excerpt.floor(2)..excerpt.ceil(3)], "\\x1b");
    }

    #[test]
    fn hides_the_byte_order_mark() {
        let bytes = "\u{feff}package a".as_bytes();
        let excerpt = Excerpt::new(bytes, &[], true);
        assert_eq!(excerpt.text, "package a");
        assert_eq!(&excerpt.text[excerpt.floor(3)..excerpt.ceil(10)], "package");
        assert_eq!(excerpt.floor(0), 0);
        assert_eq!(Excerpt::new(bytes, &[], false).text, "\\ufeffpackage a");
        assert_eq!(Excerpt::new("\u{feff}".as_bytes(), &[0], true).ceil(3), 0);
    }

    #[test]
    fn cuts_long_lines_around_the_points() {
        let line = format!("{}NEEDLE{}PIN{}", "é".repeat(500), "x".repeat(1000), "y".repeat(9000));
        let (needle, pin) = (1000, 2006);
        let excerpt = Excerpt::new(line.as_bytes(), &[needle, needle + 6, pin, pin + 3], false);
        assert!(excerpt.text.len() < 500, "{}", excerpt.text.len());
        assert_eq!(&excerpt.text[excerpt.floor(needle)..excerpt.ceil(needle + 6)], "NEEDLE");
        assert_eq!(&excerpt.text[excerpt.floor(pin)..excerpt.ceil(pin + 3)], "PIN");
        assert!(excerpt.text.starts_with("…é") && excerpt.text.ends_with("y…"));
        assert_eq!(excerpt.text.matches(CUT).count(), 3);
        assert!(!excerpt.text.contains('\u{fffd}'), "cut between characters");
    }
}
