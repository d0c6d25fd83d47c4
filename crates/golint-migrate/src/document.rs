//! A configuration as a tree of tables, lists and texts with places, whatever language it was written in, and what
//! golangci-lint takes for a list, a flag or a number in it: it is generous. Knows no key.

mod json;
mod toml;
mod yaml;

use std::collections::HashMap;
use std::rc::Rc;

use crate::{Fault, Format, LARGEST};

/// Tables and lists within each other.
const DEEPEST: usize = 48;
/// Values, where each alias counts as all that it stands for.
const MOST: usize = 50_000;

/// What a file has.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Node,
    /// Where another document begins, which is not read: files in YAML may have several.
    pub(crate) next: Option<Place>,
}

/// Where something stands; both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A value and where it begins.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
    /// How many values it consists of.
    size: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Nothing,
    /// As written, quotes and escapes apart.
    Text(String),
    List(Vec<Rc<Node>>),
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// In lower case: golangci-lint makes no difference.
    pub(crate) key: String,
    pub(crate) place: Place,
    pub(crate) node: Rc<Node>,
}

impl Node {
    fn new(place: Place, value: Value) -> Node {
        let size = match &value {
            Value::Nothing | Value::Text(_) => 1,
            Value::List(items) => items.iter().fold(1, |sum: usize, item| sum.saturating_add(item.size)),
            Value::Table(entries) => entries.iter().fold(1, |sum: usize, entry| sum.saturating_add(entry.node.size)),
        };
        Node { place, value, size }
    }

    /// The entries of a table; nothing and an empty text are an empty one.
    pub(crate) fn entries(&self, key: &str) -> Result<&[Entry], Fault> {
        match &self.value {
            Value::Table(entries) => Ok(entries),
            Value::Nothing => Ok(&[]),
            Value::Text(text) if text.is_empty() => Ok(&[]),
            Value::List(items) if items.is_empty() => Ok(&[]),
            _ => Err(self.fault(key, "a table of keys and values")),
        }
    }

    /// The entry of a table.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let Value::Table(entries) = &self.value else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &*entry.node)
    }

    /// The items of a list; something else is a list of itself, as golangci-lint has it.
    pub(crate) fn items(&self) -> Vec<&Node> {
        match &self.value {
            Value::Nothing => Vec::new(),
            Value::List(items) => items.iter().map(|item| &**item).collect(),
            Value::Table(entries) if entries.is_empty() => Vec::new(),
            _ => vec![self],
        }
    }

    /// A list of texts; a text alone is one, with commas between its items.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<(String, Place)>, Fault> {
        let list = match &self.value {
            Value::Text(text) if text.is_empty() => Vec::new(),
            Value::Text(text) => text.split(',').map(|item| (item.to_owned(), self.place)).collect(),
            _ => {
                let mut texts = Vec::new();
                for item in self.items() {
                    texts.push((item.text(key)?, item.place));
                }
                texts
            }
        };
        Ok(list)
    }

    /// A text: strings, numbers and flags as written, and nothing as an empty one.
    pub(crate) fn text(&self, key: &str) -> Result<String, Fault> {
        match &self.value {
            Value::Text(text) => Ok(text.clone()),
            Value::Nothing => Ok(String::new()),
            Value::List(items) if items.is_empty() => Ok(String::new()),
            _ => Err(self.fault(key, "a single value")),
        }
    }

    /// A flag: what Go's strconv.ParseBool takes, and numbers.
    pub(crate) fn flag(&self, key: &str) -> Result<bool, Fault> {
        let text = self.text(key)?;
        match text.as_str() {
            "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
            "" | "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
            number => match number.parse::<f64>() {
                Ok(number) => Ok(number != 0.0),
                Err(_) => Err(self.fault(key, "true or false")),
            },
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, key: &str) -> Result<i64, Fault> {
        let text = self.text(key)?;
        match text.as_str() {
            "" | "false" => Ok(0),
            "true" => Ok(1),
            text => text.replace('_', "").parse().map_err(|_| self.fault(key, "a whole number")),
        }
    }

    fn fault(&self, key: &str, wanted: &str) -> Fault {
        let found = match &self.value {
            Value::Nothing => "nothing".to_owned(),
            Value::Text(text) => format!("`{}`", crate::shown(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        };
        Fault::at(
            self.place,
            format!("`{key}` must be {wanted}, and is {found}"),
            format!("golangci-lint does not take it either; write {wanted}"),
        )
    }
}

/// Reads a configuration.
pub(crate) fn read(text: &str, format: Format) -> Result<Document, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST {
        return Err(Fault::whole(
            format!("{} bytes are too many for a configuration; the limit is 1 MiB", text.len()),
            "name the configuration of golangci-lint",
        ));
    }
    let (root, next) = match format {
        Format::Yaml => yaml::read(text)?,
        Format::Toml => (toml::read(text)?, None),
        Format::Json => (json::read(text)?, None),
    };
    match root.value {
        Value::Table(_) | Value::Nothing => Ok(Document { root, next }),
        _ => Err(Fault::at(
            root.place,
            "it is no table of keys and values",
            "a configuration of golangci-lint begins with keys such as `version`, `linters` and `run`",
        )),
    }
}

fn too_deep(place: Place) -> Fault {
    Fault::at(place, format!("more than {DEEPEST} lists and tables within each other"), "write it with fewer levels")
}

fn too_many(place: Place) -> Fault {
    Fault::at(
        place,
        format!("more than {MOST} values, all that aliases stand for included"),
        "leave out what repeats itself",
    )
}

/// The entries of a table; a key that is there twice is a fault.
fn table(entries: Vec<Entry>) -> Result<Value, Fault> {
    let mut lines: HashMap<&str, usize> = HashMap::new();
    for entry in &entries {
        if let Some(line) = lines.insert(&entry.key, entry.place.line) {
            let message = format!("the key `{}` is there already, on line {line}", crate::shown(&entry.key));
            return Err(Fault::at(entry.place, message, "remove one of them"));
        }
    }
    Ok(Value::Table(entries))
}

#[cfg(test)]
mod tests;
