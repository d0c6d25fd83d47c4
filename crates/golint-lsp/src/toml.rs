//! Where in a TOML text a place is: under which keys, in a key or in a value. Made for text that somebody is typing: what
//! stands before the place decides, and faults behind it don't matter. It knows no key by name.

use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{ParseError, Source};

/// Values in values deeper than this are nobody's configuration.
const DEEPEST: u32 = 80;
/// A text of more bytes is not looked at, as it is no configuration file either.
const LARGEST: usize = 1 << 20;

/// A step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an array.
    Item,
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// To the table that a key stands in, or to the value itself.
    pub(crate) path: Vec<Step>,
    pub(crate) role: Role,
    /// The key or the value, quotes included; empty where one is still to come.
    pub(crate) range: Range<usize>,
    /// The same without quotes and escapes.
    pub(crate) text: String,
    pub(crate) quotes: Quotes,
}

/// What a place is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A key that a value follows.
    Key,
    /// A part of a table's name in brackets.
    Header,
    /// A value that is no table or array.
    Value,
}

/// How a key or a value is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    None,
    /// With the length of each quote.
    Around(usize),
    /// The one at the end is missing.
    Open(usize),
}

impl Place {
    /// What is within the quotes.
    pub(crate) fn content(&self) -> Range<usize> {
        match self.quotes {
            Quotes::None => self.range.clone(),
            Quotes::Around(quote) => self.range.start + quote..self.range.end - quote,
            Quotes::Open(quote) => self.range.start + quote..self.range.end,
        }
    }
}

/// Whether a text is TOML, as far as its grammar goes.
pub(crate) fn is_sound(text: &str) -> bool {
    events(text).1.is_empty()
}

/// What stands at this byte, or ends there. None where there is no place for a key or a value.
pub(crate) fn place_at(text: &str, offset: usize) -> Option<Place> {
    let mut reading = Reading {
        source: Source::new(text),
        header: Vec::new(),
        frames: Vec::new(),
        next: Next::Key,
        keys: Vec::new(),
    };
    for event in &events(text).0 {
        let (start, end) = (event.span().start(), event.span().end());
        let is_text = matches!(event.kind(), EventKind::SimpleKey | EventKind::Scalar);
        if is_text && start <= offset && offset <= end {
            return reading.place(start..end, event.encoding(), event.kind());
        }
        if event.kind() == EventKind::Comment && start < offset && offset <= end {
            return None;
        }
        if start >= offset || end > offset {
            break;
        }
        reading.take(event);
    }
    let kind = match reading.next {
        Next::Nothing => return None,
        Next::Value => EventKind::Scalar,
        Next::Key | Next::Header => EventKind::SimpleKey,
    };
    reading.place(offset..offset, None, kind)
}

fn events(text: &str) -> (Vec<Event>, Vec<ParseError>) {
    let (mut events, mut faults) = (Vec::new(), Vec::new());
    if text.len() <= LARGEST {
        let tokens = Source::new(text).lex().into_vec();
        let mut take = |event: Event| events.push(event);
        parse_document(&tokens, &mut RecursionGuard::new(&mut take, DEEPEST), &mut faults);
    }
    (events, faults)
}

/// What is expected next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Key,
    Header,
    Value,
    /// A line break or a comma.
    Nothing,
}

/// A value that has begun and not ended, with the way to it.
enum Frame {
    Table(Vec<Step>),
    Array(Vec<Step>),
}

/// Where the reader is.
struct Reading<'t> {
    source: Source<'t>,
    /// Of the last `[table]`.
    header: Vec<Step>,
    frames: Vec<Frame>,
    next: Next,
    /// The parts of a dotted key that were read.
    keys: Vec<Step>,
}

impl Reading<'_> {
    fn take(&mut self, event: &Event) {
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.header.clear();
                self.frames.clear();
                self.keys.clear();
                self.next = Next::Header;
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => self.end_header(),
            EventKind::SimpleKey => {
                let key = self.decoded(event.span().start()..event.span().end(), event.encoding());
                self.keys.push(Step::Key(key));
                // Whether a header or a key goes on, the dot behind it says.
                if self.next != Next::Header {
                    self.next = Next::Nothing;
                }
            }
            EventKind::KeySep if self.next == Next::Nothing => self.next = Next::Key,
            EventKind::KeyValSep => self.next = Next::Value,
            EventKind::InlineTableOpen => {
                let path = self.value_path();
                self.frames.push(Frame::Table(path));
                self.keys.clear();
                self.next = Next::Key;
            }
            EventKind::ArrayOpen => {
                let path = self.value_path();
                self.frames.push(Frame::Array(path));
                self.keys.clear();
                self.next = Next::Value;
            }
            EventKind::InlineTableClose | EventKind::ArrayClose => {
                self.frames.pop();
                self.next = Next::Nothing;
            }
            EventKind::ValueSep => {
                self.keys.clear();
                self.next = if let Some(Frame::Array(_)) = self.frames.last() { Next::Value } else { Next::Key };
            }
            EventKind::Scalar => self.next = Next::Nothing,
            EventKind::Newline if self.frames.is_empty() => {
                if self.next == Next::Header {
                    self.end_header();
                }
                self.keys.clear();
                self.next = Next::Key;
            }
            _ => {}
        }
    }

    fn end_header(&mut self) {
        self.header = std::mem::take(&mut self.keys);
        self.next = Next::Nothing;
    }

    /// To the table that keys stand in now.
    fn table_path(&self) -> Vec<Step> {
        let base = match self.frames.last() {
            _ if self.next == Next::Header => &[],
            Some(Frame::Table(path) | Frame::Array(path)) => path.as_slice(),
            None => self.header.as_slice(),
        };
        base.iter().chain(&self.keys).cloned().collect()
    }

    /// To the value that comes now.
    fn value_path(&self) -> Vec<Step> {
        match self.frames.last() {
            Some(Frame::Array(path)) => path.iter().cloned().chain([Step::Item]).collect(),
            _ => self.table_path(),
        }
    }

    fn place(&self, range: Range<usize>, encoding: Option<Encoding>, kind: EventKind) -> Option<Place> {
        let (path, role) = match kind {
            EventKind::Scalar => (self.value_path(), Role::Value),
            _ if self.next == Next::Header => (self.table_path(), Role::Header),
            _ => (self.table_path(), Role::Key),
        };
        let raw = self.source.input().get(range.clone())?;
        let quotes = match encoding {
            None => Quotes::None,
            Some(encoding) => {
                let (quote, length) = match encoding {
                    Encoding::BasicString => ("\"", 1),
                    Encoding::LiteralString => ("'", 1),
                    Encoding::MlBasicString => ("\"\"\"", 3),
                    Encoding::MlLiteralString => ("'''", 3),
                };
                let closed = raw.len() >= 2 * length && raw.ends_with(quote);
                if closed { Quotes::Around(length) } else { Quotes::Open(length) }
            }
        };
        Some(Place { path, role, text: self.decoded(range.clone(), encoding), range, quotes })
    }

    fn decoded(&self, range: Range<usize>, encoding: Option<Encoding>) -> String {
        let raw = self.source.input().get(range.clone()).unwrap_or_default();
        let span = toml_parser::Span::new_unchecked(range.start, range.end);
        let mut text = String::new();
        if encoding.is_none() {
            return raw.to_owned();
        }
        // What can't be decoded is left as it is.
        toml_parser::Raw::new_unchecked(raw, encoding, span).decode_key(&mut text, &mut ());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands at the `!`, in short: role, way there, text.
    fn short(text: &str) -> Option<String> {
        let offset = text.find('!').expect("a place");
        let place = place_at(&text.replace('!', ""), offset)?;
        let step = |step: &Step| match step {
            Step::Key(key) => format!("{key} "),
            Step::Item => "* ".to_owned(),
        };
        let path: String = place.path.iter().map(step).collect();
        Some(format!("{:?} {path}{}", place.role, place.text))
    }

    #[test]
    fn places_are_found_in_sound_text() {
        for (text, expected) in [
            ("sel!ect = [\"a\", \"b\"]\n", Some("Key select")),
            ("select = [\"a\", \"b!\"]\n", Some("Value select * b")),
            ("select = [\n  \"a\",\n  !\n]\n", Some("Value select * ")),
            ("select = [] !\n", None),
            ("# sel!\n", None),
            ("!\n", Some("Key ")),
            ("[rules.loop!var]\n", Some("Header rules loopvar")),
            ("[rules.\"house/x!\"]\n", Some("Header rules house/x")),
            ("[rules.x] !\n", None),
            ("[rules.x]\nsev!erity = 'hint'\n", Some("Key rules x severity")),
            ("[rules.x]\nseverity = 'h!int'\n", Some("Value rules x severity hint")),
            ("[rules.x]\noptions.a.b! = 1\n", Some("Key rules x options a b")),
            ("rules.x = { severity = \"h!\", options = { a = 1 } }\n", Some("Value rules x severity h")),
            ("rules.x = { severity = \"h\", options = { a! = 1 } }\n", Some("Key rules x options a")),
            ("rules.x = { severity = \"h\", ! }\n", Some("Key rules x ")),
            ("[per-file-ignores]\n\"*.go\" = [\"a!\"]\n", Some("Value per-file-ignores *.go * a")),
            ("[rules.x]\na = [[1], [2!]]\n", Some("Value rules x a * * 2")),
            ("a = \"\\u0041!\"\n", Some("Value a A")),
            ("a = true!\n", Some("Value a true")),
        ] {
            assert_eq!(short(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn places_are_found_while_somebody_types() {
        for (text, expected) in [
            ("sel!", Some("Key sel")),
            ("sel!\ngo = \"1.21\"\n", Some("Key sel")),
            ("select =!", Some("Value select ")),
            ("select = !\ngo = 1\n", Some("Value select ")),
            ("select = [!", Some("Value select * ")),
            ("select = [\"!", Some("Value select * ")),
            ("select = [\"loop!\ngo = \"1.21\"\n", Some("Value select * loop")),
            ("select = [\"a\", !\n[rules.x]\n", Some("Value select * ")),
            ("select = [\"a\", lo!]", Some("Value select * lo")),
            ("[!", Some("Header ")),
            ("[ru!\n", Some("Header ru")),
            ("[rules.!", Some("Header rules ")),
            ("[rules.!]\na = 1\n", Some("Header rules ")),
            ("[rules.\"ho!\na = 1\n", Some("Header rules ho")),
            ("[rules.x\nsev!", Some("Key rules x sev")),
            ("[rules.x]\n!", Some("Key rules x ")),
            ("[rules.x]\nseve\noptions!", Some("Key rules x options")),
            ("[rules.x]\nseverity = err!", Some("Value rules x severity err")),
            ("rules.!", Some("Key rules ")),
            ("rules.x = { sev!", Some("Key rules x sev")),
            ("rules.x = {!", Some("Key rules x ")),
            ("]] }\n=\n[rules.x]\nseverity = \"!", Some("Value rules x severity ")),
        ] {
            assert_eq!(short(text).as_deref(), expected, "{text}");
        }
        assert!(!is_sound("select = [") && is_sound("select = []"));
    }

    #[test]
    fn quotes_are_told_from_what_they_hold() {
        for (text, quotes, content) in [
            ("a = \"b!c\"", Quotes::Around(1), "bc"),
            ("a = \"b!", Quotes::Open(1), "b"),
            ("a = \"!", Quotes::Open(1), ""),
            ("a = \"\"\"b!\"\"\"", Quotes::Around(3), "b"),
            ("a = b!", Quotes::None, "b"),
        ] {
            let (offset, text) = (text.find('!').expect("a place"), text.replace('!', ""));
            let place = place_at(&text, offset).expect("a value");
            assert_eq!((place.quotes, &text[place.content()]), (quotes, content), "{text}");
        }
    }

    #[test]
    fn depth_and_length_are_no_matter() {
        for text in
            ["[".repeat(100_000), "{a=".repeat(100_000), format!("x = {}", "[".repeat(100_000)), "a.".repeat(100_000)]
        {
            place_at(&text, text.len());
            place_at(&text, text.len() / 2);
        }
        assert_eq!(place_at(&" ".repeat(LARGEST + 1), 0), place_at("", 0));
    }
}
