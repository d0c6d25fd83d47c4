//! YAML with anchors, aliases and merge keys: the first document, as golangci-lint takes it, and where a second one begins.
//! Built from the events of the parser without recursion; what is too deep, or too much with all its aliases, is refused.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};

use super::{DEEPEST, Entry, MOST, Node, Place, Value, table, too_deep, too_many};
use crate::Fault;

/// The first document, and where there is more.
pub(super) fn read(text: &str) -> Result<(Node, Option<Place>), Fault> {
    let mut parser = Parser::new_from_str(text);
    let mut builder = Builder::default();
    let start = Place { line: 1, column: 1 };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let message = format!("this can't be read as YAML: {}", error.info());
            let help = match error.info() {
                // YAML 1.2 wants it, and the library that golangci-lint uses does not.
                "invalid indentation" => "move this line, or the bracket that ends a list, to the right of its key",
                _ => "correct it, and try again",
            };
            Fault::at(place(error.marker()), message, help)
        })?;
        let at = place(&span.start);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                // `~` and `null` are nothing; what else a plain text means is asked where a flag or a number is wanted.
                let is_nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if is_nothing { Value::Nothing } else { Value::Text(text.into_owned()) };
                builder.add(Rc::new(Node::new(at, value)), anchor, at)?;
            }
            Event::SequenceStart(anchor, _) => builder.open(at, anchor, Inside::List(Vec::new()))?,
            Event::MappingStart(anchor, _) => builder.open(at, anchor, Inside::table())?,
            Event::SequenceEnd | Event::MappingEnd => builder.close()?,
            Event::Alias(anchor) => {
                let Some(node) = builder.anchors.get(&anchor).cloned() else {
                    let message = "an alias for what is not there, or not finished";
                    return Err(Fault::at(at, message, "write what it stands for in its place"));
                };
                builder.add(node, 0, at)?;
            }
            Event::DocumentEnd | Event::StreamEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
        }
    }
    let empty = || Node::new(start, Value::Nothing);
    let root = builder.root.map_or_else(empty, |root| Rc::try_unwrap(root).unwrap_or_else(|root| (*root).clone()));
    Ok((root, more(&mut parser)))
}

/// Where the next document begins that has something in it, readable or not.
fn more(parser: &mut Parser<'_, StrInput<'_>>) -> Option<Place> {
    let mut start = None;
    loop {
        match parser.next_event()? {
            Ok((Event::DocumentStart(_), span)) => start = Some(place(&span.start)),
            Ok((Event::Scalar(text, ScalarStyle::Plain, ..), _)) if text.is_empty() => {}
            Ok((Event::DocumentEnd | Event::Nothing, _)) => {}
            Ok((Event::StreamEnd, _)) => return None,
            Ok((_, span)) => return start.or_else(|| Some(place(&span.start))),
            Err(error) => return start.or_else(|| Some(place(error.marker()))),
        }
    }
}

fn place(mark: &Marker) -> Place {
    Place { line: mark.line().max(1), column: mark.col() + 1 }
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    /// Values so far.
    size: usize,
    root: Option<Rc<Node>>,
}

/// A list or table that is not finished.
struct Open {
    place: Place,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Rc<Node>>),
    /// With the key whose value is awaited, and what `<<` brings in.
    Table(Vec<Entry>, Option<(String, Place)>, Vec<Entry>),
}

impl Inside {
    fn table() -> Inside {
        Inside::Table(Vec::new(), None, Vec::new())
    }
}

impl Builder {
    fn open(&mut self, place: Place, anchor: usize, inside: Inside) -> Result<(), Fault> {
        if self.open.len() >= DEEPEST {
            return Err(too_deep(place));
        }
        self.open.push(Open { place, anchor, inside });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        let Some(Open { place, anchor, inside }) = self.open.pop() else { return Ok(()) };
        let value = match inside {
            Inside::List(items) => Value::List(items),
            Inside::Table(entries, _, merged) => {
                let Value::Table(mut entries) = table(entries)? else { return Ok(()) };
                // What the table itself says wins, then what was brought in first.
                let mut keys: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
                entries.extend(merged.into_iter().filter(|entry| keys.insert(entry.key.clone())));
                Value::Table(entries)
            }
        };
        self.put(Rc::new(Node::new(place, value)), anchor)
    }

    /// A value that is new, or an alias, which is as large as what it stands for.
    fn add(&mut self, node: Rc<Node>, anchor: usize, at: Place) -> Result<(), Fault> {
        self.size = self.size.saturating_add(node.size);
        if self.size > MOST {
            return Err(too_many(at));
        }
        self.put(node, anchor)
    }

    fn put(&mut self, node: Rc<Node>, anchor: usize) -> Result<(), Fault> {
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { inside: Inside::List(items), .. }) => items.push(node),
            Some(Open { inside: Inside::Table(entries, awaited, merged), .. }) => match awaited.take() {
                None => {
                    let Value::Text(key) = &node.value else {
                        let help = "keys are words such as `linters` and `run`";
                        return Err(Fault::at(node.place, "a key that is no text", help));
                    };
                    *awaited = Some((key.to_lowercase(), node.place));
                }
                Some((key, _)) if key == "<<" => {
                    for table in node.items() {
                        merged.extend(table.entries("<<")?.iter().cloned());
                    }
                }
                Some((key, place)) => entries.push(Entry { key, place, node }),
            },
        }
        Ok(())
    }
}
