//! A rule's options: from TOML to JSON, with the place of every value, and checked against the rule's JSON Schema.
//! Knows no rule; what an option means is the rule's business.

mod words;

use std::collections::BTreeMap;

use golint_diagnostics::{Diagnostic, Location};
use serde_json::{Map, Number, Value};
use toml_edit::Item;

use super::reader::{Reader, fault};
use words::Complaint;

/// Options of one rule as a configuration gives them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Options {
    pub(crate) values: Map<String, Value>,
    /// By JSON pointer: where a value stands, and where its key does (itself, for elements of arrays).
    places: BTreeMap<String, Place>,
}

#[derive(Clone, Debug, PartialEq)]
struct Place {
    key: Location,
    value: Location,
}

impl Options {
    /// Reads the table of options of a rule.
    pub(crate) fn read(item: &Item, key: &str, reader: &mut Reader) -> Options {
        let mut options = Options::default();
        for (key, item) in reader.table(item, key) {
            let pointer = format!("/{}", escape(key.value));
            options.places.insert(pointer.clone(), Place { key: key.at.clone(), value: reader.at(item.span()) });
            if let Some(value) = options.convert(item, &pointer, reader) {
                options.values.insert(key.value.to_owned(), value);
            }
        }
        options
    }

    /// The depth is the parser's: it takes no document of more than some hundred levels.
    fn convert(&mut self, item: &Item, pointer: &str, reader: &mut Reader) -> Option<Value> {
        if let Some(table) = item.as_table_like() {
            let mut object = Map::new();
            for (key, item) in reader.entries(table) {
                let pointer = format!("{pointer}/{}", escape(key.value));
                self.places.insert(pointer.clone(), Place { key: key.at.clone(), value: reader.at(item.span()) });
                object.insert(key.value.to_owned(), self.convert(item, &pointer, reader)?);
            }
            return Some(Value::Object(object));
        }
        let mut elements = |items: &mut dyn Iterator<Item = Item>, reader: &mut Reader| {
            let mut array = Vec::new();
            for (i, item) in items.enumerate() {
                let pointer = format!("{pointer}/{i}");
                let at = reader.at(item.span());
                self.places.insert(pointer.clone(), Place { key: at.clone(), value: at });
                array.push(self.convert(&item, &pointer, reader)?);
            }
            Some(Value::Array(array))
        };
        match item {
            Item::ArrayOfTables(tables) => elements(&mut tables.iter().map(|t| Item::Table(t.clone())), reader),
            Item::Value(toml_edit::Value::Array(array)) => {
                elements(&mut array.iter().map(|v| Item::Value(v.clone())), reader)
            }
            Item::Value(value) => {
                let scalar = (value.as_str().map(Value::from))
                    .or_else(|| value.as_bool().map(Value::from))
                    .or_else(|| value.as_integer().map(Value::from))
                    .or_else(|| value.as_float().and_then(Number::from_f64).map(Value::Number));
                if scalar.is_none() {
                    let at = reader.at(value.span());
                    reader.fault(at, format!("an option can't be a {}", value.type_name()));
                }
                scalar
            }
            Item::None | Item::Table(_) => None,
        }
    }

    /// Takes each option of `below` that is not set here.
    pub(crate) fn inherit(&mut self, below: &Options) {
        for (name, value) in &below.values {
            if !self.values.contains_key(name) {
                self.values.insert(name.clone(), value.clone());
                let pointer = format!("/{}", escape(name));
                let inside = format!("{pointer}/");
                let places = below.places.iter().filter(|(p, _)| **p == pointer || p.starts_with(&inside));
                self.places.extend(places.map(|(p, place)| (p.clone(), place.clone())));
            }
        }
    }

    /// The place of the value that a JSON pointer names, or of the nearest one around it; the given one if there is none.
    pub(crate) fn place(&self, pointer: &str, otherwise: &Location) -> Location {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.places.get(pointer) {
                return place.value.clone();
            }
            match pointer.rfind('/') {
                Some(at) => pointer = &pointer[..at],
                None => return otherwise.clone(),
            }
        }
    }

    /// The place of what a rule has against the value that a JSON pointer names: its key, if that is what the message is
    /// about.
    pub(crate) fn refused_place(&self, pointer: &str, message: &str, otherwise: &Location) -> Location {
        let key = pointer.rsplit('/').next().map(unescape).unwrap_or_default();
        match self.places.get(pointer) {
            Some(place) if message.contains(&format!("`{key}`")) => place.key.clone(),
            _ => self.place(pointer, otherwise),
        }
    }

    /// What the schema has against the options. `rule` is the rule's id; `at` is the place of its table.
    pub(crate) fn check(&self, rule: &str, schema: Option<&Value>, at: &Location) -> Vec<Diagnostic> {
        let Some(schema) = schema else {
            return self
                .values
                .keys()
                .map(|name| fault(self.key_place("", name, at), format!("rule `{rule}` has no options")))
                .collect();
        };
        // As the host does it, which checks again before a pack sees anything; here it is for the places.
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_pattern_options(jsonschema::PatternOptions::regex().size_limit(1 << 20))
            .build(schema);
        let Ok(validator) = validator else { return Vec::new() };
        let instance = Value::Object(self.values.clone());
        let mut faults = Vec::new();
        for complaint in validator.iter_errors(&instance).flat_map(|error| words::complaints(&error, schema)) {
            let Complaint { pointer, key, message, help, known } = complaint;
            let option = match option_name(&pointer) {
                name if name.is_empty() => None,
                name => Some(format!("option `{name}` of rule `{rule}`")),
            };
            let mut told = match (key, option) {
                (Some(key), Some(option)) => {
                    fault(self.key_place(&pointer, &key, at), format!("{option} has no key `{key}`"))
                }
                (Some(key), None) => {
                    fault(self.key_place(&pointer, &key, at), format!("rule `{rule}` has no option `{key}`"))
                }
                (None, Some(option)) => fault(self.place(&pointer, at), format!("{option} {message}")),
                (None, None) => fault(at.clone(), format!("the options of rule `{rule}` {message}")),
            };
            told.help = help;
            if !known.is_empty() {
                let what = if pointer.is_empty() { "options" } else { "keys" };
                told.notes.push(format!("the {what} are {}", known.join(", ")));
            }
            // A value may be refused twice for one reason: as it is no string, and as it is none of some strings.
            if !faults.contains(&told) {
                faults.push(told);
            }
        }
        faults
    }

    fn key_place(&self, pointer: &str, name: &str, otherwise: &Location) -> Location {
        let place = self.places.get(&format!("{pointer}/{}", escape(name)));
        place.map_or_else(|| otherwise.clone(), |place| place.key.clone())
    }
}

/// The value that a JSON pointer names, as golint.toml would: `page-size.arm64`, `page-size."linux/arm64"`.
pub(crate) fn option_name(pointer: &str) -> String {
    let bare = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let keys = pointer.split('/').skip(1).map(|key| {
        let key = unescape(key);
        if bare(&key) { key } else { format!("{key:?}") }
    });
    keys.collect::<Vec<_>>().join(".")
}

/// As RFC 6901 escapes the elements of pointers.
fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn unescape(key: &str) -> String {
    key.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(toml: &str) -> (Options, Vec<Diagnostic>) {
        let document = toml_edit::Document::parse(toml).unwrap();
        let mut reader = Reader::new("golint.toml".into());
        let options = Options::read(document.as_item(), "options", &mut reader);
        (options, reader.faults)
    }

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "page-size": { "type": "integer", "minimum": 1 },
                "platforms": { "type": "object", "additionalProperties": { "type": "integer" } },
                "names": { "type": "array", "items": { "type": "string" } },
            },
            "additionalProperties": false,
        })
    }

    #[track_caller]
    fn faults(toml: &str) -> Vec<(String, String)> {
        let (options, none) = read(toml);
        assert_eq!(none, []);
        let at = Location::new("golint.toml", golint_diagnostics::Span::new(0, 0));
        let faults = options.check("r", Some(&schema()), &at);
        faults
            .iter()
            .map(|f| {
                let span = f.span();
                let help = f.help.as_ref().map(|h| format!("; {h}")).unwrap_or_default();
                (toml[span.start as usize..span.end as usize].to_owned(), format!("{}{help}", f.message))
            })
            .collect()
    }

    #[test]
    fn toml_becomes_json() {
        let (options, faults) = read("a = 1\nb = [1.5, \"x\", { c = true }]\n[t]\nu = \"v\"\n[[s]]\nw = 1\n");
        assert_eq!(faults, []);
        assert_eq!(
            Value::Object(options.values),
            json!({ "a": 1, "b": [1.5, "x", { "c": true }], "t": { "u": "v" }, "s": [{ "w": 1 }] })
        );
        let (_, faults) = read("a = 1979-05-27\nb = inf\n");
        assert_eq!(faults.len(), 2);
    }

    #[test]
    fn what_the_schema_refuses_is_told_at_its_place() {
        assert_eq!(faults("page-size = 4096\nplatforms = { \"linux/arm64\" = 65536 }\n"), []);
        let found = faults("page-sise = 4096\n");
        assert_eq!(
            found,
            [("page-sise".into(), "rule `r` has no option `page-sise`; did you mean `page-size`?".into())]
        );
        let found = faults("page-size = \"4096\"\n[platforms]\n\"linux/arm64\" = \"big\"\n");
        assert_eq!(found.len(), 2);
        let told = |place: &str, message: &str| (place.to_owned(), message.to_owned());
        let message = "option `page-size` of rule `r` must be an integer of at least 1, and this is a string";
        assert_eq!(found[0], told("\"4096\"", message));
        let message = "option `platforms.\"linux/arm64\"` of rule `r` must be an integer, and this is a string";
        assert_eq!(found[1], told("\"big\"", message));
        assert_eq!(faults("names = [\"a\", 3]\n")[0].0, "3");
        assert_eq!(faults("page-size = 0\n")[0].0, "0");
    }

    #[test]
    fn a_rule_without_options_takes_none() {
        let (options, _) = read("a = 1\n");
        let at = Location::new("golint.toml", golint_diagnostics::Span::new(0, 0));
        assert_eq!(options.check("r", None, &at)[0].message, "rule `r` has no options");
    }

    #[test]
    fn inherited_options_keep_their_places() {
        let (mut upper, _) = read("a = 1\n");
        let (lower, _) = read("a = 2\n\n\nb = { c = 3 }\n");
        upper.inherit(&lower);
        assert_eq!(Value::Object(upper.values.clone()), json!({ "a": 1, "b": { "c": 3 } }));
        let none = Location::new("x", golint_diagnostics::Span::new(0, 0));
        assert_eq!(upper.place("/b/c", &none).span.start, 18);
        assert_eq!(upper.place("/b/c/d/0", &none).span.start, 18);
        assert_eq!(upper.place("/z", &none), none);
    }
}
