//! TOML.

use std::rc::Rc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{DEEPEST, Entry, MOST, Node, Place, Value, table, too_deep, too_many};
use crate::Fault;

pub(super) fn read(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader::new(text);
    let table = DeTable::parse(text).map_err(|error| {
        let place = reader.place(error.span().map_or(0, |span| span.start));
        let message = error.message().trim_end().replace('\n', "; ");
        Fault::at(place, format!("not a TOML document: {message}"), "correct it, and try again")
    })?;
    reader.table(Place { line: 1, column: 1 }, table.get_ref(), 0)
}

struct Reader<'t> {
    text: &'t str,
    /// Where lines begin.
    starts: Vec<usize>,
    /// Values so far.
    size: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        Reader { text, starts: starts.collect(), size: 0 }
    }

    fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        Place { line, column: self.text.get(start..offset).unwrap_or_default().chars().count() + 1 }
    }

    /// Recursion is bounded by `DEEPEST`.
    fn table(&mut self, place: Place, entries: &DeTable<'_>, depth: usize) -> Result<Node, Fault> {
        let mut read = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let place = self.place(key.span().start);
            let node = Rc::new(self.value(value, depth + 1)?);
            read.push(Entry { key: key.get_ref().to_lowercase(), place, node });
        }
        read.sort_by_key(|entry| entry.place);
        Ok(Node::new(place, table(read)?))
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Node, Fault> {
        let place = self.place(value.span().start);
        if depth > DEEPEST {
            return Err(too_deep(place));
        }
        self.size += 1;
        if self.size > MOST {
            return Err(too_many(place));
        }
        let value = match value.get_ref() {
            DeValue::String(string) => Value::Text(string.to_string()),
            DeValue::Integer(number) => Value::Text(number.as_str().to_owned()),
            DeValue::Float(number) => Value::Text(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Value::Text(flag.to_string()),
            DeValue::Datetime(time) => Value::Text(time.to_string()),
            DeValue::Array(items) => {
                let mut list = Vec::with_capacity(items.len());
                for item in items {
                    list.push(Rc::new(self.value(item, depth + 1)?));
                }
                Value::List(list)
            }
            DeValue::Table(table) => return self.table(place, table, depth),
        };
        Ok(Node::new(place, value))
    }
}
