//! What the parser's own incremental mode takes, with one walk over the whole tree: the measure for what an editor waits
//! for, whatever this crate does instead. Types into a Go file, key by key, as golint-lsp's example `latency` does, and
//! prints the median and the 99th percentile in milliseconds. `cargo xtask bench FOLDER` runs it.

use std::error::Error;
use std::time::{Duration, Instant};

use golint_syntax as _; // It has the generated parser.
use golint_tree::layout::flag;
use golint_tree::{Field, Kind, TreeWriter};
use tree_sitter::{InputEdit, Parser, Point, Tree};

#[path = "../src/grammar.rs"]
mod grammar;

const TYPED: &str = "\tgo f(x)\n";
const ROUNDS: usize = 100;

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: incremental FILE")?;
    let mut text = std::fs::read_to_string(file)?;
    let places: Vec<usize> = text.match_indices("\n\t").map(|(end, _)| end + 1).collect();
    let mut parser = Parser::new();
    parser.set_language(&grammar::language())?;
    let mut tree = parser.parse(&text, None).ok_or("no tree")?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let place = *places.get(round * 7919 % places.len().max(1)).ok_or("the file has no function")?;
        let keys = TYPED.char_indices().map(|(at, key)| (at, 0, key.to_string()));
        for (at, removed, new) in keys.chain([(0, TYPED.len(), String::new())]) {
            let (start, old_end) = (place + at, place + at + removed);
            let edit = InputEdit {
                start_byte: start,
                old_end_byte: old_end,
                new_end_byte: start + new.len(),
                start_position: point(&text, start),
                old_end_position: point(&text, old_end),
                new_end_position: Point::default(),
            };
            text.replace_range(start..old_end, &new);
            let began = Instant::now();
            tree.edit(&InputEdit { new_end_position: point(&text, edit.new_end_byte), ..edit });
            tree = parser.parse(&text, Some(&tree)).ok_or("no tree")?;
            flatten(&tree);
            times.push(began.elapsed());
        }
    }
    times.sort();
    let milliseconds = |percent: usize| {
        let time = times.get(times.len() * percent / 100).copied().unwrap_or(Duration::MAX);
        time.as_micros() as f64 / 1000.0
    };
    println!("{} {}", milliseconds(50), milliseconds(99));
    Ok(())
}

fn point(text: &str, offset: usize) -> Point {
    let before = &text[..offset];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    Point { row: before.matches('\n').count(), column: offset - line }
}

/// All nodes in one walk, as plainly as can be.
fn flatten(tree: &Tree) -> Vec<u8> {
    let mut writer = TreeWriter::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let field = cursor.field_id().map_or(Field(0), |id| Field(id.get() as u8));
        let flags = if node.has_error() { flag::HAS_ERROR } else { 0 };
        let kind = Kind(node.kind_id());
        writer.open(kind, field, flags, node.start_byte() as u32, node.end_byte() as u32);
        if cursor.goto_first_child() {
            continue;
        }
        loop {
            writer.close();
            if cursor.goto_next_sibling() {
                break;
            }
            if !cursor.goto_parent() {
                return writer.finish();
            }
        }
    }
}
