//! JSON, read by what reads YAML, of which it is a part, so that places are known. Strict: what JSON does not know, such
//! as comments, is refused.

use serde::de::IgnoredAny;

use super::{Node, Place, yaml};
use crate::Fault;

pub(super) fn read(text: &str) -> Result<Node, Fault> {
    if text.trim().is_empty() {
        return yaml::read("");
    }
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        let place = Place { line: error.line().max(1), column: error.column().max(1) };
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Fault::at(place, format!("not a JSON document: {message}"), "correct it, and try again")
    })?;
    // A tab stands between tokens only, where YAML does not like it everywhere.
    yaml::read(&text.replace('\t', " "))
}
