//! Places in texts as the protocol has them, by another way than the server's: slow and plain.

use serde_json::{Value, json};

/// What columns count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Unit {
    Utf8,
    #[default]
    Utf16,
    Utf32,
}

impl Unit {
    pub(super) fn of(name: &str) -> Unit {
        match name {
            "utf-8" => Unit::Utf8,
            "utf-16" => Unit::Utf16,
            "utf-32" => Unit::Utf32,
            other => panic!("nobody offered {other}"),
        }
    }

    fn width(self, character: char) -> u64 {
        match self {
            Unit::Utf8 => character.len_utf8() as u64,
            Unit::Utf16 => character.len_utf16() as u64,
            Unit::Utf32 => 1,
        }
    }
}

/// Start and end of each line, without what ends it.
fn lines(text: &[u8]) -> Vec<(usize, usize)> {
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        let length = match &text[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        if length > 0 {
            lines.push((start, at));
            start = at + length;
        }
        at += length.max(1);
    }
    lines.push((start, text.len()));
    lines
}

/// The byte at a place, or at the nearest one before it.
pub(super) fn offset(text: &str, line: u64, column: u64, unit: Unit) -> usize {
    let lines = lines(text.as_bytes());
    let Some(&(start, end)) = usize::try_from(line).ok().and_then(|line| lines.get(line)) else { return text.len() };
    let mut columns = 0;
    for (at, character) in text[start..end].char_indices() {
        columns += unit.width(character);
        if columns > column {
            return start + at;
        }
    }
    end
}

/// The place of a byte.
fn position(text: &[u8], offset: usize, unit: Unit) -> Value {
    let lines = lines(text);
    let line = lines.iter().rposition(|&(start, _)| start <= offset).expect("the first begins at 0");
    let (start, end) = lines[line];
    let before = String::from_utf8_lossy(&text[start..offset.min(end)]);
    json!({"line": line, "character": before.chars().map(|character| unit.width(character)).sum::<u64>()})
}

/// A span, as a range.
pub(super) fn range(text: &[u8], start: usize, end: usize, unit: Unit) -> Value {
    json!({"start": position(text, start, unit), "end": position(text, end, unit)})
}

/// A text after edits, none of which may touch what another one does.
pub(super) fn edited(text: &str, edits: &[Value], unit: Unit) -> String {
    let at = |place: &Value| {
        let number = |name: &str| place[name].as_u64().unwrap_or_else(|| panic!("no {name}: {place}"));
        let at = offset(text, number("line"), number("character"), unit);
        assert_eq!(position(text.as_bytes(), at, unit), *place, "there is no such place");
        at
    };
    let mut all: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let new = edit["newText"].as_str().unwrap_or_else(|| panic!("{edit}"));
            (at(&edit["range"]["start"]), at(&edit["range"]["end"]), new)
        })
        .collect();
    // Stable: what is inserted at one place stays in its order.
    all.sort_by_key(|&(start, end, _)| (start, end));
    let (mut result, mut done) = (String::new(), 0);
    for (start, end, new) in all {
        assert!(done <= start && start <= end, "edits overlap: {edits:?}");
        result.push_str(&text[done..start]);
        result.push_str(new);
        done = end;
    }
    result + &text[done..]
}
