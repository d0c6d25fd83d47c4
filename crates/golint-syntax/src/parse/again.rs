//! A file that is parsed again and again while somebody edits it: what did not change is not parsed again.

use tree_sitter::{InputEdit, Parser, Point, Tree};

use super::{Parsed, parse_with};

/// Parses the states of one file, each with what is left of the tree of the one before.
///
/// The answer is that of [`parse`](super::parse), whatever the states before were: where something does not parse, what
/// the parser makes of it could depend on them, and the file is parsed afresh.
#[derive(Default)]
pub struct Reparser {
    /// Of the last state: the text and tree of each round of repairs.
    rounds: Vec<(Box<[u8]>, Tree)>,
}

impl Reparser {
    /// Parses the next state.
    pub fn parse(&mut self, source: &[u8]) -> Parsed {
        let mut round = 0;
        let parsed = parse_with(source, &mut |text, parser| {
            let tree = self.tree(round, text, parser);
            round += 1;
            tree
        });
        self.rounds.truncate(round);
        parsed
    }

    fn tree(&mut self, round: usize, text: &[u8], parser: &mut Parser) -> Option<Tree> {
        let mut again = None;
        if let Some((before, tree)) = self.rounds.get_mut(round) {
            let Some(edit) = difference(before, text) else { return Some(tree.clone()) };
            tree.edit(&edit);
            again = parser.parse(text, Some(tree)).filter(|tree| !tree.root_node().has_error());
        }
        let tree = again.or_else(|| parser.parse(text, None))?;
        self.rounds.truncate(round);
        self.rounds.push((text.into(), tree.clone()));
        Some(tree)
    }
}

/// What was replaced; none if the texts are the same.
fn difference(before: &[u8], after: &[u8]) -> Option<InputEdit> {
    let shorter = before.len().min(after.len());
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let ends = before.iter().rev().zip(after.iter().rev()).take(shorter - start);
    let end = ends.take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (before.len() - end, after.len() - end);
    (before.len() != after.len() || start < shorter).then(|| InputEdit {
        start_byte: start,
        old_end_byte: old_end,
        new_end_byte: new_end,
        start_position: point(before, start),
        old_end_position: point(before, old_end),
        new_end_position: point(after, new_end),
    })
}

fn point(text: &[u8], offset: usize) -> Point {
    let before = &text[..offset];
    let line = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    Point { row: before.iter().filter(|&&byte| byte == b'\n').count(), column: offset - line }
}
