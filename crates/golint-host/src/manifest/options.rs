//! The options of a rule: their schema, the check of what a user wrote, and the defaults. It never follows a `$ref` out of
//! the schema: a pack has no network, and its schema gets none either.

use std::sync::OnceLock;

use serde_json::Value;

/// Objects in objects deeper than this get no defaults.
const MAX_DEPTH: usize = 16;

/// A rule's options. The schema is an object with `"type": "object"`.
pub(crate) struct Options {
    pub(super) schema: Value,
    /// Built when it is first needed: most runs configure no options.
    pub(super) validator: OnceLock<Result<jsonschema::Validator, String>>,
}

/// Reads the text of a schema. None: the rule has no options.
pub(super) fn read_schema(text: &str) -> Result<Option<Value>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let schema: Value = serde_json::from_str(text).map_err(|e| format!("the options schema is not JSON: {e}"))?;
    if schema.get("type") != Some(&Value::from("object")) {
        return Err("the options schema must describe an object: it needs \"type\": \"object\"".into());
    }
    if let Some(reference) = outside_reference(&schema) {
        return Err(format!(
            "the options schema refers to {reference:?}; only references within it, with #, are followed"
        ));
    }
    Ok(Some(schema))
}

/// A reference that leads out of the schema, wherever it stands.
fn outside_reference(schema: &Value) -> Option<&str> {
    // serde_json bounds the depth of what it reads, so that a stack of our own is not needed for safety, but it is
    // simpler than recursion.
    let mut waiting = vec![schema];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => {
                for (key, value) in members {
                    if let ("$ref" | "$dynamicRef" | "$recursiveRef", Value::String(target)) = (key.as_str(), value)
                        && !target.starts_with('#')
                    {
                        return Some(target);
                    }
                    waiting.push(value);
                }
            }
            _ => {}
        }
    }
    None
}

impl Options {
    /// The validator, or why the schema is none.
    pub(super) fn validator(&self) -> Result<&jsonschema::Validator, String> {
        let built = self.validator.get_or_init(|| {
            jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .with_pattern_options(jsonschema::PatternOptions::regex().size_limit(1 << 20))
                .build(&self.schema)
                .map_err(|e| format!("the options schema is not valid at {:?}: {e}", e.instance_path().as_str()))
        });
        built.as_ref().map_err(Clone::clone)
    }

    /// The options with defaults filled in, or what is wrong with them: JSON pointers and messages.
    pub(crate) fn complete(&self, options: Value) -> Result<Value, Vec<(String, String)>> {
        let mut options = if options.is_null() { Value::Object(serde_json::Map::new()) } else { options };
        let is_default = options.as_object().is_some_and(serde_json::Map::is_empty);
        if !is_default {
            let validator = self.validator().map_err(|message| vec![(String::new(), message)])?;
            let errors = validator.iter_errors(&options);
            let errors: Vec<_> = errors.map(|e| (e.instance_path().as_str().to_owned(), e.to_string())).collect();
            if !errors.is_empty() {
                return Err(errors);
            }
        }
        fill_defaults(&mut options, &self.schema, &self.schema, MAX_DEPTH);
        Ok(options)
    }
}

/// Adds what `properties` say of absent members, in objects that are there.
fn fill_defaults(options: &mut Value, schema: &Value, root: &Value, depth: usize) {
    let schema = follow_references(schema, root);
    let (Some(members), Some(properties)) =
        (options.as_object_mut(), schema.get("properties").and_then(Value::as_object))
    else {
        return;
    };
    for (name, property) in properties {
        match members.get_mut(name) {
            Some(member) if depth > 0 => fill_defaults(member, property, root, depth - 1),
            Some(_) => {}
            None => {
                let default = property.get("default").or_else(|| follow_references(property, root).get("default"));
                if let Some(default) = default {
                    members.insert(name.clone(), default.clone());
                }
            }
        }
    }
}

/// What a chain of `$ref`s within the schema leads to; of one that is too long, what was come to.
pub fn follow_references<'a>(mut schema: &'a Value, root: &'a Value) -> &'a Value {
    for _ in 0..MAX_DEPTH {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        let Some(next) = target.and_then(|pointer| root.pointer(pointer)) else { break };
        schema = next;
    }
    schema
}

#[cfg(test)]
mod tests;
