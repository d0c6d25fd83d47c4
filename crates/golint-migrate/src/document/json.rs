//! JSON. serde_json says whether it is; what is valid is walked once more for the places of what is in it. Strict: what
//! JSON does not know, such as comments, is refused.

use std::rc::Rc;

use serde::de::IgnoredAny;

use super::{DEEPEST, Entry, MOST, Node, Place, Value, table, too_deep, too_many};
use crate::Fault;

const START: Place = Place { line: 1, column: 1 };

pub(super) fn read(text: &str) -> Result<Node, Fault> {
    if text.trim_ascii().is_empty() {
        return Ok(Node::new(START, Value::Nothing));
    }
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        let place = place_of(text, &error);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        if message == "recursion limit exceeded" {
            return too_deep(place);
        }
        Fault::at(place, format!("not a JSON document: {message}"), "correct it, and try again")
    })?;
    Reader { rest: text, place: START, size: 0 }.value(0)
}

/// serde_json counts bytes.
fn place_of(text: &str, error: &serde_json::Error) -> Place {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = &line[..line.floor_char_boundary(error.column().saturating_sub(1))];
    Place { line: error.line().max(1), column: before.chars().count() + 1 }
}

/// Walks what is known to be valid; what is not would end early, and nothing worse.
struct Reader<'t> {
    rest: &'t str,
    place: Place,
    /// Values so far.
    size: usize,
}

impl<'t> Reader<'t> {
    /// Recursion is bounded by `DEEPEST`.
    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        self.skip_blanks();
        let place = self.place;
        self.size += 1;
        if self.size > MOST {
            return Err(too_many(place));
        }
        let is_open = self.rest.starts_with(['[', '{']);
        if is_open && depth >= DEEPEST {
            return Err(too_deep(place));
        }
        let value = match self.rest.chars().next() {
            Some('"') => Value::Text(self.string()),
            Some('[') => {
                self.take(1);
                let mut items = Vec::new();
                while self.goes_on(']') {
                    items.push(Rc::new(self.value(depth + 1)?));
                }
                Value::List(items)
            }
            Some('{') => {
                self.take(1);
                let mut entries = Vec::new();
                while self.goes_on('}') {
                    let place = self.place;
                    let key = self.string().to_lowercase();
                    self.skip_blanks();
                    // The colon.
                    self.take(1);
                    entries.push(Entry { key, place, node: Rc::new(self.value(depth + 1)?) });
                }
                table(entries)?
            }
            _ => {
                let end = self.rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(self.rest.len());
                match self.take(end) {
                    "null" => Value::Nothing,
                    text => Value::Text(text.to_owned()),
                }
            }
        };
        Ok(Node::new(place, value))
    }

    /// Whether there is one more before the end, to which it goes.
    fn goes_on(&mut self, end: char) -> bool {
        self.skip_blanks();
        if self.rest.starts_with(',') {
            self.take(1);
            self.skip_blanks();
        }
        let is_over = self.rest.is_empty() || self.rest.starts_with(end);
        if is_over {
            self.take(1);
        }
        !is_over
    }

    fn string(&mut self) -> String {
        let mut is_escaped = false;
        let end = self.rest.char_indices().skip(1).find(|&(_, c)| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        let quoted = self.take(end.map_or(self.rest.len(), |(at, _)| at + 1));
        unescaped(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default())
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.take(self.rest.len() - rest.len());
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        for c in taken.chars() {
            self.place = match c {
                '\n' => Place { line: self.place.line + 1, column: 1 },
                _ => Place { line: self.place.line, column: self.place.column + 1 },
            };
        }
        self.rest = rest;
        taken
    }
}

/// What stands between quotes. Half a pair of surrogates becomes U+FFFD, as it does for Go.
fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match (c, chars.as_str().chars().next()) {
            ('\\', Some('u')) => {
                let digits = chars.as_str().get(1..5).unwrap_or_default();
                units.push(u16::from_str_radix(digits, 16).unwrap_or_default());
                chars = chars.as_str().get(5..).unwrap_or_default().chars();
                continue;
            }
            ('\\', Some(sign)) => {
                chars.next();
                match sign {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    itself => itself,
                }
            }
            _ => c,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16_lossy(&units)
}
