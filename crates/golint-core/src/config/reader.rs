//! Takes values out of a TOML document and collects what is wrong with them, with places. It never stops at the first
//! fault, and knows no key by name.

use std::ops::Range;
use std::sync::Arc;

use golint_diagnostics::{Diagnostic, Location, Severity, Span};
use toml_edit::{Item, TableLike};

use crate::catalog::CONFIGURATION;
use crate::nearest;

/// A value with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) at: Location,
}

/// Collects the faults of one file.
pub(crate) struct Reader {
    shown: Arc<str>,
    pub(crate) faults: Vec<Diagnostic>,
}

/// A fault in a configuration file.
pub(crate) fn fault(at: Location, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Error, ..Diagnostic::new(CONFIGURATION, at, message) }
}

impl Reader {
    /// For the file that is shown as `shown`.
    pub(crate) fn new(shown: Arc<str>) -> Self {
        Reader { shown, faults: Vec::new() }
    }

    /// A place in the file. What has no place of its own stands at the start.
    pub(crate) fn at(&self, range: Option<Range<usize>>) -> Location {
        let range = range.unwrap_or(0..0);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Location::new(Arc::clone(&self.shown), Span::new(offset(range.start), offset(range.end)))
    }

    /// Notes a fault; the answer takes help and notes.
    pub(crate) fn fault(&mut self, at: Location, message: impl Into<String>) -> &mut Diagnostic {
        self.faults.push(fault(at, message));
        let last = self.faults.len() - 1;
        &mut self.faults[last]
    }

    fn wrong_type(&mut self, item: &Item, key: &str, wanted: &str) {
        let at = self.at(item.span());
        self.fault(at, format!("`{key}` must be {wanted}, and this is {}", described(item)));
    }

    pub(crate) fn string(&mut self, item: &Item, key: &str) -> Option<Placed<String>> {
        let Some(value) = item.as_str() else {
            self.wrong_type(item, key, "a string");
            return None;
        };
        Some(Placed { value: value.to_owned(), at: self.at(item.span()) })
    }

    pub(crate) fn boolean(&mut self, item: &Item, key: &str) -> Option<bool> {
        let value = item.as_bool();
        if value.is_none() {
            self.wrong_type(item, key, "true or false");
        }
        value
    }

    /// A number of bytes.
    pub(crate) fn size(&mut self, item: &Item, key: &str) -> Option<u64> {
        let value = item.as_integer().and_then(|value| u64::try_from(value).ok()).filter(|&value| value > 0);
        if value.is_none() {
            match item.as_integer() {
                Some(_) => {
                    let at = self.at(item.span());
                    self.fault(at, format!("`{key}` must be above 0"));
                }
                None => self.wrong_type(item, key, "a number of bytes, such as 16777216"),
            }
        }
        value
    }

    /// The strings of an array; what is none is told and left out.
    pub(crate) fn strings(&mut self, item: &Item, key: &str) -> Option<Vec<Placed<String>>> {
        let Some(array) = item.as_array() else {
            let written = item.as_str().map(|text| format!("write `{} = [{text:?}]`", toml_edit::Key::new(key)));
            self.wrong_type(item, key, "an array of strings");
            if let (Some(last), help @ Some(_)) = (self.faults.last_mut(), written) {
                last.help = help;
            }
            return None;
        };
        let mut strings = Vec::new();
        for value in array {
            let at = self.at(value.span());
            match value.as_str() {
                Some(text) => strings.push(Placed { value: text.to_owned(), at }),
                None => {
                    self.fault(at, format!("`{key}` must hold strings, and this is {}", article(value.type_name())));
                }
            }
        }
        Some(strings)
    }

    /// The keys and values of a table, inline or not.
    pub(crate) fn table<'t>(&mut self, item: &'t Item, key: &str) -> Vec<(Placed<&'t str>, &'t Item)> {
        match item.as_table_like() {
            Some(table) => self.entries(table),
            None => {
                self.wrong_type(item, key, "a table");
                Vec::new()
            }
        }
    }

    /// The keys and values of a table, in the order of the file.
    pub(crate) fn entries<'t>(&self, table: &'t dyn TableLike) -> Vec<(Placed<&'t str>, &'t Item)> {
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, item)| {
                let span = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
                (Placed { value: key, at: self.at(span) }, item)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.at.span.start);
        entries
    }

    /// A key that `place` does not know.
    pub(crate) fn unknown_key(&mut self, key: &Placed<&str>, place: &str, known: &[&str]) -> &mut Diagnostic {
        let help = nearest(key.value, known.iter().copied()).map(|guess| format!("did you mean `{guess}`?"));
        let fault = self.fault(key.at.clone(), format!("unknown key `{}`{place}", key.value));
        fault.notes.push(format!("the keys are {}", known.join(", ")));
        fault.help = help;
        fault
    }
}

fn described(item: &Item) -> String {
    article(item.type_name())
}

fn article(type_name: &str) -> String {
    let article = if type_name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {type_name}")
}
