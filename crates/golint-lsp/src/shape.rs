//! What a JSON Schema allows at a place in a document, as far as editors offer it: keys, values, and words about them.

use std::collections::BTreeMap;

use golint_core::follow_references;
use serde_json::Value;

use crate::toml::Step;

/// So many ways in which a value may look are told apart.
const MOST: usize = 64;

/// What may stand at one place: any of these schemas.
pub(crate) struct Shape<'s> {
    root: &'s Value,
    any: Vec<&'s Value>,
}

impl<'s> Shape<'s> {
    /// Of what stands at this place in a document of the schema.
    pub(crate) fn at(schema: &'s Value, path: &[Step]) -> Shape<'s> {
        path.iter().fold(Shape::new(schema, vec![schema]), |shape, step| shape.step(step))
    }

    fn new(root: &'s Value, mut any: Vec<&'s Value>) -> Shape<'s> {
        let mut next = 0;
        while let Some(&schema) = any.get(next) {
            next += 1;
            let target = follow_references(schema, root);
            let choices = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
            let more: Vec<_> = choices.chain((!std::ptr::eq(target, schema)).then_some(target)).collect();
            any.extend(more.into_iter().take(MOST.saturating_sub(any.len())));
        }
        Shape { root, any }
    }

    /// Of what a step leads to.
    pub(crate) fn step(&self, step: &Step) -> Shape<'s> {
        let into = |schema: &&'s Value| match step {
            Step::Item => schema.get("items"),
            Step::Key(key) => {
                let property = schema.get("properties").and_then(|properties| properties.get(key));
                property.or_else(|| schema.get("additionalProperties"))
            }
        };
        Shape::new(self.root, self.any.iter().filter_map(into).filter(|schema| schema.is_object()).collect())
    }

    /// The keys that have names of their own.
    pub(crate) fn keys(&self) -> BTreeMap<&'s str, Shape<'s>> {
        let properties = self.any.iter().filter_map(|schema| schema.get("properties")?.as_object()).flatten();
        properties.map(|(key, schema)| (key.as_str(), Shape::new(self.root, vec![schema]))).collect()
    }

    /// The values that are known, each once, in the order of the schema, with what is said about each.
    pub(crate) fn values(&self) -> Vec<(Value, Option<&'s str>)> {
        let mut values: Vec<(Value, Option<&str>)> = Vec::new();
        for schema in &self.any {
            let listed = ["enum", "examples"].iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
            let single = ["const", "default"].iter().filter_map(|key| schema.get(key));
            let boolean = types(schema).contains(&"boolean").then_some([Value::Bool(true), Value::Bool(false)]);
            let about = schema.get("const").and(schema.get("description")).and_then(Value::as_str);
            for value in listed.chain(single).cloned().chain(boolean.into_iter().flatten()) {
                if !values.iter().any(|(known, _)| *known == value) {
                    values.push((value, about));
                }
            }
        }
        values
    }

    /// What is said about it.
    pub(crate) fn description(&self) -> Option<&'s str> {
        self.any.iter().find_map(|schema| schema.get("description")?.as_str())
    }

    /// What holds where it is not given.
    pub(crate) fn default(&self) -> Option<&'s Value> {
        self.any.iter().find_map(|schema| schema.get("default")).filter(|default| !default.is_null())
    }

    /// Whether it may be made of keys.
    pub(crate) fn may_be_table(&self) -> bool {
        self.any.iter().any(|schema| types(schema).contains(&"object"))
    }

    /// Whether it may be made of anything else.
    pub(crate) fn may_be_other(&self) -> bool {
        self.any.iter().any(|schema| types(schema).iter().any(|&name| name != "object"))
    }
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(only)) => vec![only],
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_and_choices_are_followed() {
        let schema = json!({
            "properties": {
                "mode": {"description": "How.", "$ref": "#/$defs/Mode"},
                "by": {"type": "object", "additionalProperties": {"type": ["boolean", "null"], "default": null}},
                "list": {"type": "array", "items": {"enum": ["x"], "default": "x"}},
            },
            "$defs": {"Mode": {"oneOf": [
                {"const": "a", "description": "The first."}, {"const": "b"}, {"$ref": "#/$defs/Mode"},
            ]}},
        });
        let key = |key: &str| Step::Key(key.to_owned());
        let values = |path: &[Step]| {
            let all = Shape::at(&schema, path).values().into_iter();
            all.map(|(value, about)| format!("{value} {}", about.unwrap_or_default())).collect::<Vec<_>>()
        };
        assert_eq!(values(&[key("mode")]), ["\"a\" The first.", "\"b\" "]);
        assert_eq!(values(&[key("by"), key("anything")]), ["null ", "true ", "false "]);
        assert_eq!(values(&[key("list"), Step::Item]), ["\"x\" "]);
        assert_eq!(values(&[key("none"), Step::Item]), [""; 0]);
        let root = Shape::at(&schema, &[]);
        assert_eq!(root.keys().into_keys().collect::<Vec<_>>(), ["by", "list", "mode"]);
        assert_eq!(root.step(&key("mode")).description(), Some("How."));
        assert!(root.step(&key("by")).may_be_table() && !root.step(&key("by")).may_be_other());
        assert!(root.step(&key("list")).may_be_other() && !root.step(&key("list")).may_be_table());
        assert_eq!(Shape::at(&schema, &[key("list"), Step::Item]).default(), Some(&json!("x")));
        assert_eq!(Shape::at(&schema, &[key("by"), key("x")]).default(), None);
    }
}
