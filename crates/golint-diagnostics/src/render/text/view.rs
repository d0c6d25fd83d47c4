//! The excerpts of files that codespan-reporting gets to see: the lines that labels touch and their nearest
//! neighbours, decoded lossily, escaped, long ones cut around the labels. Lines keep their numbers and columns count
//! the bytes of the file, but nothing here takes time that grows with the file or the line.

mod excerpt;

use std::collections::BTreeSet;
use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use self::excerpt::Excerpt;
use crate::source_text::SourceText;
use crate::{LineColumn, Span, escape};

/// Lines shown behind the first line of a label that covers several.
pub(super) const LINES_BEHIND_START: usize = 3;

/// One excerpt per file.
#[derive(Default)]
pub(super) struct Views {
    views: Vec<View>,
}

struct View {
    name: String,
    text: String,
    lines: Vec<ViewLine>,
    /// Where labels start, in `text` and in the file.
    starts: Vec<(usize, LineColumn)>,
}

/// A line, or a step in the gap between two lines that don't follow each other.
struct ViewLine {
    /// From 1.
    number: usize,
    range: Range<usize>,
}

impl Views {
    /// Adds the file shown as `path`, which must not be there yet. Gives its id and where `spans` are in its excerpt.
    pub(super) fn add(&mut self, path: &str, text: &SourceText, spans: &[Span]) -> (usize, Vec<Range<usize>>) {
        let name = escape::word(path).into_owned();
        let mut view = View { name, text: String::new(), lines: Vec::new(), starts: Vec::new() };
        let reaches: Vec<Reach> = spans.iter().map(|&span| Reach::new(span, text)).collect();
        let mut excerpts: Vec<(u32, Excerpt)> = Vec::new();
        for line in shown_lines(&reaches) {
            if let Some(&(last, _)) = excerpts.last()
                && last + 1 < line
            {
                // Two steps of the index: less, and codespan would fill the gap instead of marking it.
                view.push(last + 1, "");
                view.push(last + 1, "");
            }
            let mut points: Vec<usize> = reaches.iter().flat_map(|reach| reach.points(line)).collect();
            points.sort_unstable();
            let excerpt = Excerpt::new(text.line(line), &points, line == 0);
            view.push(line, &excerpt.text);
            excerpts.push((line, excerpt));
        }
        let ranges = reaches.iter().map(|reach| {
            let start = view.offset_of(reach.first) + find(&excerpts, reach.first).floor(reach.start);
            let end = view.offset_of(reach.last) + find(&excerpts, reach.last).ceil(reach.end);
            start..if reach.empty { start } else { end.max(start) }
        });
        let ranges: Vec<Range<usize>> = ranges.collect();
        view.starts =
            ranges.iter().zip(spans).map(|(at, span)| (at.start, text.lines.line_column(span.start))).collect();
        self.views.push(view);
        (self.views.len() - 1, ranges)
    }

    fn view(&self, id: usize) -> Result<&View, Error> {
        self.views.get(id).ok_or(Error::FileMissing)
    }
}

/// `line` is one of those that the excerpts were made for.
fn find(excerpts: &[(u32, Excerpt)], line: u32) -> &Excerpt {
    let at = excerpts.partition_point(|(known, _)| *known < line);
    &excerpts[at].1
}

impl View {
    /// `line` from 0.
    fn push(&mut self, line: u32, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.lines.push(ViewLine { number: line as usize + 1, range: start..self.text.len() });
        self.text.push('\n');
    }

    /// Where the excerpt of `line` (from 0) begins.
    fn offset_of(&self, line: u32) -> usize {
        let line = line as usize + 1;
        // A gap has the number of a line that is not shown, so the first with this number is the line itself.
        let at = self.lines.partition_point(|known| known.number < line);
        self.lines.get(at).map_or(0, |line| line.range.start)
    }
}

/// A span by lines: where it starts on its first and where it ends on its last, without line ends.
struct Reach {
    /// From 0, like `last`.
    first: u32,
    /// In bytes from the line's start, like `end`.
    start: usize,
    last: u32,
    end: usize,
    empty: bool,
}

impl Reach {
    fn new(span: Span, text: &SourceText) -> Self {
        let span = text.clamp(span);
        let empty = span.is_empty();
        let first = text.lines.line_of(span.start);
        // What ends with a line's end does not reach into the next line.
        let last = if empty { first } else { text.lines.line_of(span.end - 1) };
        let within = |line: u32, offset: u32| {
            let line = text.lines.line(line, &text.bytes);
            (offset.min(line.end) - line.start) as usize
        };
        Self { first, start: within(first, span.start), last, end: within(last, span.end), empty }
    }

    /// What must be seen of `line`.
    fn points(&self, line: u32) -> impl Iterator<Item = usize> {
        let start = (self.first == line).then_some(self.start);
        let end = (self.last == line).then_some(self.end);
        start.into_iter().chain(end)
    }
}

/// From 0, ascending, without gaps of one line.
fn shown_lines(reaches: &[Reach]) -> Vec<u32> {
    let mut lines = BTreeSet::new();
    for reach in reaches {
        lines.extend(reach.first..=reach.last.min(reach.first + LINES_BEHIND_START as u32));
        lines.extend([reach.last.saturating_sub(1).max(reach.first), reach.last]);
    }
    let mut shown: Vec<u32> = Vec::with_capacity(lines.len());
    for line in lines {
        if shown.last().is_some_and(|last| last + 2 == line) {
            shown.push(line - 1);
        }
        shown.push(line);
    }
    shown
}

impl<'a> Files<'a> for Views {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.view(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.view(id)?.text)
    }

    fn line_index(&'a self, id: usize, at: usize) -> Result<usize, Error> {
        let lines = &self.view(id)?.lines;
        Ok(lines.partition_point(|line| line.range.start <= at).saturating_sub(1))
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        self.line(id, index).map(|line| line.number)
    }

    fn column_number(&'a self, id: usize, _: usize, at: usize) -> Result<usize, Error> {
        // Asked only for where a label starts.
        let starts = &self.view(id)?.starts;
        Ok(starts.iter().find(|(start, _)| *start == at).map_or(1, |(_, place)| place.column as usize))
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        self.line(id, index).map(|line| line.range.clone())
    }
}

impl Views {
    fn line(&self, id: usize, index: usize) -> Result<&ViewLine, Error> {
        let lines = &self.view(id)?.lines;
        lines.get(index).ok_or(Error::LineTooLarge { given: index, max: lines.len() })
    }
}
