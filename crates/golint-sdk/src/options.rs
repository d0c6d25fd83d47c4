//! A rule's options, read from JSON. It never knows what they mean: the rule's type does.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What is wrong with options, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// JSON pointer to the value that is wrong.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl Misfit {
    /// Of the value that these keys lead to, one in the other, from the options on: `["page-size", "arm64"]`.
    pub fn at<'k>(keys: impl IntoIterator<Item = &'k str>, message: impl Into<String>) -> Self {
        let mut pointer = String::new();
        keys.into_iter().for_each(|key| push(&mut pointer, key));
        Misfit { pointer, message: message.into() }
    }
}

/// As RFC 6901 has it.
fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// Reads the options.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Misfit> {
    let misfit = |pointer, message| Misfit { pointer, message };
    let whole: Value = serde_json::from_str(json).map_err(|e| misfit(String::new(), e.to_string()))?;
    // From a value: positions in JSON that nobody wrote would only confuse.
    T::deserialize(&whole).map_err(|e| {
        let message = e.to_string();
        misfit(place_of::<T>(&whole, &message), message)
    })
}

/// The pointer to the smallest value that is enough for the error, all others left out. serde doesn't tell.
fn place_of<T: DeserializeOwned>(whole: &Value, message: &str) -> String {
    let (mut pointer, mut path) = (String::new(), Vec::new());
    let mut value = whole;
    while let Value::Object(members) = value {
        let is_enough = |name: &&String| {
            let alone = path.iter().chain([name]).rev().fold(members[*name].clone(), |inner, name: &&String| {
                Value::Object(Map::from_iter([((*name).clone(), inner)]))
            });
            T::deserialize(alone).is_err_and(|e| e.to_string() == message)
        };
        let Some(name) = members.keys().find(is_enough) else { break };
        push(&mut pointer, name);
        path.push(name);
        value = &members[name];
    }
    pointer
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Options {
        first: BTreeMap<String, u8>,
        second: u8,
    }

    fn misfit(json: &str) -> (String, String) {
        let Misfit { pointer, message } = read::<Options>(json).expect_err("bad options");
        (pointer, message)
    }

    #[test]
    fn good_options_are_read() {
        let options: Options = read(r#"{"first": {"a/b": 1}, "second": 2}"#).expect("good options");
        assert_eq!((options.first["a/b"], options.second), (1, 2));
    }

    #[test]
    fn the_value_that_is_wrong_is_found() {
        let (pointer, message) = misfit(r#"{"second": 1, "first": {"x": 1, "a/b": 300}}"#);
        assert_eq!(pointer, "/first/a~1b");
        assert!(message.contains("300") && !message.contains("line 1"), "{message}");
        assert_eq!(misfit(r#"{"first": {}, "second": "x"}"#).0, "/second");
        assert_eq!(misfit(r#"{"first": {}, "third": 3}"#).0, "/third");
        assert_eq!(misfit("{").0, "");
    }
}
