//! What a fix would do, in the manner of a small diff: the lines that go, the lines that come, a line around them.
//! Bounded, whatever the fix holds; the exact edits are in the JSON formats.

use std::ops::Range;
use std::sync::Arc;

use similar::DiffOp;

use super::palette::{ADDED, REMOVED, paint};
use crate::patch::{diff, lines as split_lines};
use crate::source_text::{SourceText, SourceTexts, boundary};
use crate::{Edit, Fix, escape};

/// Lines per fix.
const LINES: usize = 16;
/// Characters per line.
const WIDTH: usize = 160;
/// Bytes that are compared per change.
const COMPARED: usize = 16 * 1024;
/// What is kept of a long line before and behind an edit, in bytes.
const AROUND: usize = 80;

/// The lines of the preview. None for files whose source is not available.
pub(super) fn lines(fix: &Fix, checked: &Arc<str>, texts: &mut SourceTexts<'_>, color: bool) -> Vec<String> {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    // The checked file first.
    edits.sort_by_key(|edit| (edit.location.path != *checked, &edit.location.path, edit.location.span));
    edits.dedup();
    let mut shown = Vec::new();
    for edits in edits.chunk_by(|a, b| a.location.path == b.location.path) {
        let path = &edits[0].location.path;
        let Some(text) = texts.get(path) else { continue };
        if path != checked {
            shown.push(Line { number: None, sign: ' ', text: format!("in {}:", escape::word(path)) });
        }
        for change in changes(edits, &text) {
            change.show(&mut shown);
            if shown.len() > LINES {
                break;
            }
        }
    }
    let cut = shown.len() > LINES;
    shown.truncate(LINES);
    let width = shown.iter().filter_map(|line| line.number).max().unwrap_or(1).to_string().len();
    let mut out: Vec<String> = shown.iter().map(|line| line.draw(width, color)).collect();
    if cut {
        out.push(format!("{:>width$} …", ""));
    }
    out
}

struct Line {
    /// In the file as it is, from 1; none for what comes.
    number: Option<u32>,
    sign: char,
    text: String,
}

impl Line {
    fn draw(&self, width: usize, color: bool) -> String {
        let number = self.number.map(|number| number.to_string()).unwrap_or_default();
        let text = format!("{} {}", self.sign, self.text);
        let text = match self.sign {
            '-' => paint(&text, REMOVED, color),
            '+' => paint(&text, ADDED, color),
            _ => text,
        };
        format!("{number:>width$} │ {}", text.trim_end())
    }
}

/// Some lines, as they are and as they would be.
struct Change {
    /// Of the first line of `old`, from 1.
    number: u32,
    old: Vec<u8>,
    new: Vec<u8>,
}

/// Edits on the same or on adjacent lines are one change. None where edits lie outside of the file or overlap.
fn changes(edits: &[&Edit], text: &SourceText) -> Vec<Change> {
    let len = text.bytes.len() as u64;
    let sound = edits.iter().all(|edit| {
        let span = edit.location.span;
        span.start <= span.end && u64::from(span.end) <= len
    });
    if !sound || edits.windows(2).any(|pair| pair[0].location.span.end > pair[1].location.span.start) {
        return Vec::new();
    }
    let line_of = |offset| text.lines.line_of(offset);
    edits
        .chunk_by(|a, b| line_of(a.location.span.end) + 1 >= line_of(b.location.span.start))
        .map(|edits| Change::new(edits, text))
        .collect()
}

impl Change {
    /// `edits` are sorted, inside of the file, don't overlap, and there is at least one.
    fn new(edits: &[&Edit], text: &SourceText) -> Self {
        let (first, last) = (edits[0].location.span.start, edits[edits.len() - 1].location.span.end);
        let mut line = text.lines.line_of(first);
        let inserts = edits.iter().all(|edit| edit.location.span.is_empty());
        let mut start = text.lines.full_line(line).start as usize;
        if inserts && line > 0 && text.line(line - 1).len() <= WIDTH && first as usize - start <= AROUND {
            line -= 1;
            start = text.lines.full_line(line).start as usize;
        }
        let end = text.lines.full_line(text.lines.line_of(last)).end as usize;
        let bytes = &text.bytes;
        let (head, cut_head) = match first as usize {
            first if first - start > AROUND + WIDTH => (boundary(bytes, first - AROUND), true),
            _ => (start, false),
        };
        let (tail, cut_tail) = match last as usize {
            last if end - last > AROUND + WIDTH => (boundary(bytes, last + AROUND), true),
            _ => (end, false),
        };
        let mut old = Side::new(cut_head);
        let mut new = Side::new(cut_head);
        let mut done = head;
        for edit in edits {
            let span = edit.location.span;
            let kept: Range<usize> = done..span.start as usize;
            old.push(&bytes[kept.start..span.end as usize]);
            new.push(&bytes[kept]);
            new.push(edit.text.as_bytes());
            done = span.end as usize;
        }
        for side in [&mut old, &mut new] {
            side.push(&bytes[done..tail]);
            side.push(if cut_tail { "…".as_bytes() } else { b"" });
        }
        Self { number: line + 1, old: old.bytes, new: new.bytes }
    }

    fn show(&self, out: &mut Vec<Line>) {
        let (old, new) = (split_lines(&self.old), split_lines(&self.new));
        let ops = diff(&old, &new);
        for (i, op) in ops.iter().enumerate() {
            let (removed, added) = (op.old_range(), op.new_range());
            let numbered = |index: usize, sign| Line {
                number: Some(self.number + index as u32),
                sign,
                text: harmless(old[index], self.number == 1 && index == 0),
            };
            if let DiffOp::Equal { .. } = op {
                // One line next to a change; all of them where they fit between two.
                let near =
                    |index: usize| (i > 0 && index == removed.start) || (i + 1 < ops.len() && index + 1 == removed.end);
                out.extend(removed.clone().filter(|&index| near(index)).map(|index| numbered(index, ' ')));
                continue;
            }
            out.extend(removed.map(|index| numbered(index, '-')));
            out.extend(new[added].iter().map(|text| Line { number: None, sign: '+', text: harmless(text, false) }));
        }
    }
}

/// The text before or after, as much of it as is compared.
struct Side {
    bytes: Vec<u8>,
}

impl Side {
    fn new(cut: bool) -> Self {
        Self { bytes: if cut { "…".into() } else { Vec::new() } }
    }

    fn push(&mut self, bytes: &[u8]) {
        let room = COMPARED.saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }
}

/// A line for the terminal: decoded, escaped, cut.
fn harmless(line: &[u8], first_of_file: bool) -> String {
    let line = line.strip_suffix(b"\n").map_or(line, |line| line.strip_suffix(b"\r").unwrap_or(line));
    let line = &line[..line.len().min(4 * WIDTH)];
    let text = String::from_utf8_lossy(line);
    let text = if first_of_file { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        match c {
            _ if i >= WIDTH => {
                out.push('…');
                break;
            }
            '\t' => out.push_str("    "),
            _ if escape::is_hostile(c) => escape::push_escaped(&mut out, c),
            _ => out.push(c),
        }
    }
    out
}
