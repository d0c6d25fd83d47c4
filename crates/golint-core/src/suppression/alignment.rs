//! Columns that gofmt lines up: types, values and comments of consecutive lines. A comment on a line of its own ends what is
//! lined up, so that the lines above it and those below go by themselves from there on.

use std::collections::{BTreeMap, BTreeSet};

use golint_diagnostics::LineIndex;
use golint_tree::{Kind, Node, Tree, kind};

/// Columns that a tab takes, as gofmt counts.
const TAB: usize = 8;

/// Whether it is a string, whose parts are none of code.
pub(super) fn is_string(kind: Kind) -> bool {
    matches!(kind, kind::INTERPRETED_STRING_LITERAL | kind::RAW_STRING_LITERAL)
}

/// The nodes that are not made of others, in order; comments and strings whole, without what is blank.
pub(super) fn leaves(tree: Tree<'_>, source: &[u8]) -> Vec<Node> {
    let mut leaves = Vec::new();
    let mut node = tree.root();
    while (node.0 as usize) < tree.len() {
        let end = tree.subtree_end(node);
        let is_leaf = end.0 == node.0 + 1 || is_string(tree.kind(node));
        if is_leaf && !tree.text(node, source).trim_ascii().is_empty() {
            leaves.push(node);
        }
        node = if is_leaf { end } else { Node(node.0 + 1) };
    }
    leaves
}

/// The file with what was lined up across lines that came in, lined up above and below them. Of these, which are comments,
/// each has the first and the last line, from 0.
pub(super) fn restored(source: &[u8], tree: Tree<'_>, lines: &LineIndex, comments: &[(u32, u32)]) -> Vec<u8> {
    let mut table = Table { source, tree, lines, leaves: leaves(tree, source), rows: BTreeMap::new() };
    for &comment in comments {
        table.divide(comment);
    }
    let mut after = Vec::with_capacity(source.len());
    let mut done = 0;
    for (start, end, blanks) in table.rows.values().flat_map(Row::changes) {
        after.extend_from_slice(&source[done..start as usize]);
        after.extend(std::iter::repeat_n(b' ', blanks));
        done = end as usize;
    }
    after.extend_from_slice(&source[done..]);
    after
}

/// A word of a line.
struct Cell {
    start: u32,
    end: u32,
    /// Where it was, in columns from 0.
    column: usize,
    width: usize,
    /// Columns between it and the one before it, as they are to be.
    gap: usize,
    /// Whether these are blanks, of which there may be more or fewer.
    is_loose: bool,
    is_comment: bool,
}

/// A line.
#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    /// Whether it begins with what a declaration declares.
    is_spec: bool,
}

/// Where cells of several lines stand below each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    at: usize,
    /// Where the lines begin.
    indent: usize,
    is_comment: bool,
}

impl Row {
    /// The gaps that are not as they were: where they are, and how wide they are to be.
    fn changes(&self) -> Vec<(u32, u32, usize)> {
        let gaps = self.cells.windows(2).filter(|pair| pair[1].is_loose);
        let gaps = gaps.map(|pair| (pair[0].end, pair[1].start, pair[1].gap));
        gaps.filter(|(start, end, gap)| *gap != (end - start) as usize).collect()
    }

    /// Where its code begins.
    fn indent(&self) -> usize {
        self.cells.first().map_or(0, |cell| cell.column)
    }

    /// What was in this column: a cell, or the blanks before one that is farther to the right.
    fn at(&self, column: Column) -> Option<Place> {
        let next = self.cells.iter().position(|cell| cell.column >= column.at)?;
        let (cell, is_empty) = (&self.cells[next], self.cells[next].column > column.at);
        let before = &self.cells[next.checked_sub(1)?];
        let fits = if is_empty {
            before.column + before.width < column.at
        } else {
            // Behind a name, a comment stands where the others have a type or a value.
            cell.is_comment == column.is_comment || self.is_spec
        };
        // Comments line up whatever they follow.
        let is_aside = self.indent() != column.indent && !(column.is_comment && cell.is_comment);
        (cell.is_loose && fits && !is_aside).then_some(Place { cell: next, is_empty })
    }

    /// The column behind the cells before this one, as they are to be.
    fn end_before(&self, cell: usize) -> usize {
        self.cells[..cell].iter().map(|cell| cell.gap + cell.width).sum()
    }
}

/// A place in a row.
#[derive(Clone, Copy)]
struct Place {
    /// The number of the cell there, or of the next one.
    cell: usize,
    /// Whether there are but blanks.
    is_empty: bool,
}

struct Table<'s> {
    source: &'s [u8],
    tree: Tree<'s>,
    lines: &'s LineIndex,
    leaves: Vec<Node>,
    /// Those that were looked at, by line.
    rows: BTreeMap<u32, Row>,
}

impl Table<'_> {
    /// Lines up what stands above and below a comment, each by itself.
    fn divide(&mut self, (first, last): (u32, u32)) {
        let Some(above) = first.checked_sub(1) else { return };
        let below = last + 1;
        let (upper, lower) = (self.columns(above), self.columns(below));
        let shared: Vec<Column> = upper
            .union(&lower)
            .copied()
            .filter(|column| [above, below].into_iter().all(|line| self.row(line).at(*column).is_some()))
            .collect();
        if shared.is_empty() {
            return;
        }
        self.line_up_all(&shared, (0..=above).rev());
        self.line_up_all(&shared, below..self.lines.line_count());
    }

    fn columns(&mut self, line: u32) -> BTreeSet<Column> {
        let row = self.row(line);
        let loose = row.cells.iter().filter(|cell| cell.is_loose);
        loose.map(|cell| Column { at: cell.column, indent: row.indent(), is_comment: cell.is_comment }).collect()
    }

    /// Lines up consecutive lines, as far as they have one of these columns. Lines without a type or value still make room
    /// for those of others.
    fn line_up_all(&mut self, shared: &[Column], lines: impl Iterator<Item = u32>) {
        let mut block = Vec::new();
        let mut columns = BTreeSet::new();
        for line in lines {
            if !shared.iter().any(|column| self.row(line).at(*column).is_some()) {
                break;
            }
            block.push(line);
            columns.extend(self.columns(line));
        }
        // From left to right: what moves takes along what follows.
        for column in columns {
            self.line_up(&block, column);
        }
    }

    /// Lines up a column, as far as the first of these lines have it.
    fn line_up(&mut self, lines: &[u32], column: Column) {
        let mut block = Vec::new();
        for &line in lines {
            let row = self.row(line);
            let Some(place) = row.at(column) else { break };
            block.push((line, place, row.end_before(place.cell)));
        }
        let to = block.iter().map(|(_, _, end)| end + 1).max().unwrap_or(0);
        for (line, place, end) in block.into_iter().filter(|(_, place, _)| !place.is_empty) {
            if let Some(cell) = self.rows.get_mut(&line).and_then(|row| row.cells.get_mut(place.cell)) {
                cell.gap = to - end;
            }
        }
    }

    fn row(&mut self, line: u32) -> &Row {
        if !self.rows.contains_key(&line) {
            let row = self.read(line);
            self.rows.insert(line, row);
        }
        &self.rows[&line]
    }

    /// A line; one that begins in the midst of a string or a comment, or has nothing but one, has no cells, nor has one that is lined up
    /// with no other.
    fn read(&self, line: u32) -> Row {
        let span = self.lines.full_line(line);
        let first = self.leaves.partition_point(|&leaf| self.tree.start(leaf) < span.start);
        let is_inside = first > 0 && self.tree.end(self.leaves[first - 1]) > span.start;
        let on_line = self.leaves[first..].iter().take_while(|&&leaf| self.tree.start(leaf) < span.end);
        let is_comment = |leaf: Node| self.tree.kind(leaf) == kind::COMMENT;
        let Some(&begins) = self.leaves.get(first).filter(|&&leaf| !is_inside && !is_comment(leaf)) else {
            return Row::default();
        };
        let start = self.tree.start(begins);
        let from_here = |node: &Node| self.tree.start(*node) == start;
        let around = || self.tree.ancestors(begins).take_while(from_here);
        let is_one = |kinds: &[Kind]| around().any(|node| kinds.contains(&self.tree.kind(node)));
        // Of these, what takes several lines is lined up with nothing.
        let alone = [kind::FUNCTION_DECLARATION, kind::METHOD_DECLARATION, kind::KEYED_ELEMENT, kind::LITERAL_ELEMENT];
        let goes_on = |node: Node| self.tree.end(node) > span.end && alone.contains(&self.tree.kind(node));
        if around().any(goes_on) {
            return Row::default();
        }
        let mut cells: Vec<Cell> = Vec::new();
        let (mut end, mut column) = (span.start, 0);
        for &leaf in on_line {
            let (start, leaf_end) = (self.tree.start(leaf), self.tree.end(leaf));
            // Nodes of nothing, and those that the parser made up.
            if start < end {
                continue;
            }
            let between = &self.source[end as usize..start as usize];
            let gap = width(between);
            column += gap;
            let text = &self.source[start as usize..leaf_end as usize];
            let is_loose = !cells.is_empty() && gap > 0 && between.iter().all(|&byte| byte == b' ');
            let width = width(text);
            cells.push(Cell { start, end: leaf_end, column, width, gap, is_loose, is_comment: is_comment(leaf) });
            (end, column) = (leaf_end, column + width);
        }
        Row { cells, is_spec: is_one(&[kind::CONST_SPEC, kind::VAR_SPEC, kind::FIELD_DECLARATION]) }
    }
}

/// In columns.
fn width(text: &[u8]) -> usize {
    String::from_utf8_lossy(text).chars().map(|c| if c == '\t' { TAB } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a text whose lines `//+` came in.
    fn check(before: &str, after: &str) {
        let parsed = golint_syntax::parse(before.as_bytes());
        let tree = Tree::new(&parsed.tree).unwrap();
        let lines = LineIndex::new(before.as_bytes());
        let comments: Vec<(u32, u32)> = before
            .lines()
            .enumerate()
            .filter(|(_, line)| line.trim() == "//+")
            .map(|(line, _)| (line as u32, line as u32))
            .collect();
        let restored = restored(before.as_bytes(), tree, &lines, &comments);
        assert_eq!(String::from_utf8(restored).unwrap(), after);
    }

    /// As gofmt has them.
    #[test]
    fn blocks_go_apart() {
        check(
            "const (\n\tA   = 1\n\t//+\n\tBbb = 2\n\tCc  = 3\n)\n",
            "const (\n\tA = 1\n\t//+\n\tBbb = 2\n\tCc  = 3\n)\n",
        );
        check(
            "const (\n\tA   int = 1  // a\n\t//+\n\tBbb     = 2  // b\n\t//+\n\tCé      = 34 // c\n)\n",
            "const (\n\tA int = 1 // a\n\t//+\n\tBbb = 2 // b\n\t//+\n\tCé = 34 // c\n)\n",
        );
        check(
            "type T struct {\n\ta    int\n\tbbbb string `x  y` // b\n\t//+\n\tc    int    // c\n\td    int    // d\n}\n",
            "type T struct {\n\ta    int\n\tbbbb string `x  y` // b\n\t//+\n\tc int // c\n\td int // d\n}\n",
        );
        check(
            "func f() {\n\ta := 1      // one\n\t//+\n\tbcdef := 2 // two\n}\n",
            "func f() {\n\ta := 1 // one\n\t//+\n\tbcdef := 2 // two\n}\n",
        );
        check(
            "var m = T{\n\t\"a\":   1,\n\t//+\n\t\"bbb\": 2,\n\t\"cc\":  \"x\",\n}\n",
            "var m = T{\n\t\"a\": 1,\n\t//+\n\t\"bbb\": 2,\n\t\"cc\":  \"x\",\n}\n",
        );
    }

    #[test]
    fn what_was_not_lined_up_stays() {
        for text in [
            "//+\npackage p\n//+\n",
            "func f() {\n\tx := 1\n\t//+\n\tyy := f(a,  b)\n}\n",
            "var x = `\n  a  b\n//+\n  a  c\n`\n",
            "const (\n\tA   = 1\n\tBbb = 2\n\n\t//+\n\tC = 3\n)\n",
        ] {
            check(text, text);
        }
    }
}
