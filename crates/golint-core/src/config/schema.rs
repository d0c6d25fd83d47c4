//! The JSON Schema of golint.toml, for editors. The types here are only described, never filled: [`super::layer`] reads
//! the file, and a test keeps the two together.

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value, json};

use crate::catalog::Catalog;

/// Configuration of golint-rs. The nearest file from a Go file's folder upward holds, to the root of the repository, or,
/// outside of one, of the workspace or module.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code, reason = "only the schema is made of it")]
#[schemars(title = "golint.toml")]
struct GolintToml {
    /// Another configuration file, relative to this one. What this file does not say is taken from there.
    extend: Option<String>,
    /// The rules that run, in the place of those that are on by default: "default", "all", "house/*" for all rules of
    /// plugin house, or names of rules.
    select: Option<Vec<String>>,
    /// Rules that don't run, as in `select`.
    ignore: Option<Vec<String>>,
    /// Rules that don't run in some files: patterns as in `exclude`, and rules as in `select`.
    per_file_ignores: Option<BTreeMap<String, Vec<String>>>,
    /// Files that are not checked, unless they are named by themselves. Patterns relative to this file's folder; `*` stops
    /// at `/`, `**` does not; without a `/` a pattern is matched against names at any depth; a folder takes all that is
    /// below it.
    exclude: Option<Vec<String>>,
    /// Report on generated files, too.
    include_generated: Option<bool>,
    /// A Go version such as "1.21", in the place of the `go` lines of go.mod files.
    go: Option<String>,
    /// Report only what holds on one of these: "linux/arm64", "linux" or "*/arm64".
    platforms: Option<Vec<String>>,
    /// Files above this many bytes are not checked, and the run counts as incomplete.
    #[schemars(range(min = 1))]
    max_file_size: Option<u64>,
    /// A file of known findings, relative to this one, which are not reported: `golint-rs check --write-baseline` writes it.
    baseline: Option<String>,
    /// Severity and options of rules, by their names.
    rules: Option<Rules>,
    /// Rule packs to load, by the names that their rules get in front. In the root configuration only, which is the
    /// outermost golint.toml.
    plugins: Option<BTreeMap<String, PluginEntry>>,
}

/// Severity and options of rules, by their names.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only the schema is made of it")]
struct Rules {
    /// One rule.
    #[serde(flatten)]
    by_name: BTreeMap<String, RuleEntry>,
}

/// What a rule's findings weigh, and the rule's options.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code, reason = "only the schema is made of it")]
struct RuleEntry {
    /// What the rule's findings weigh.
    severity: Option<SeverityName>,
    /// What other linters call it: in `//nolint:NAME` and `//lint:ignore NAME` these names stand for this rule, too.
    aliases: Option<Vec<String>>,
    /// The rule's options; `golint-rs explain RULE` describes them.
    options: Option<Map<String, Value>>,
}

/// What findings weigh.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only the schema is made of it")]
enum SeverityName {
    Error,
    Warning,
    Info,
    Hint,
}

/// A rule pack: a WebAssembly component.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code, reason = "only the schema is made of it")]
struct PluginEntry {
    /// The .wasm file, relative to this configuration file.
    path: String,
    /// The file must have this SHA-256, in hexadecimal.
    #[schemars(regex(pattern = r"^[0-9a-fA-F]{64}$"))]
    sha256: Option<String>,
}

/// The schema, with the options of the rules of this catalog.
pub(crate) fn schema(catalog: &Catalog) -> Value {
    let mut schema = schema_for!(GolintToml).to_value();
    without_null(&mut schema);
    let mut properties = Map::new();
    for (_, rule) in catalog.configurable() {
        let mut entry = schema.pointer("/$defs/RuleEntry").cloned().unwrap_or_default();
        let options = match &rule.options_schema {
            Some(options) => embedded(options, &rule.name),
            None => {
                json!({ "type": "object", "additionalProperties": false, "description": "The rule has no options." })
            }
        };
        if let Some(place) = entry.pointer_mut("/properties/options") {
            *place = options;
        }
        entry["description"] = rule.summary.as_str().into();
        properties.insert(rule.name.clone(), entry);
    }
    let names: Vec<Value> = properties.keys().map(|name| name.as_str().into()).collect();
    let plugins = catalog.plugin_names().into_iter().map(|plugin| format!("{plugin}/*").into());
    if let Some(rules) = schema.pointer_mut("/$defs/Rules") {
        rules["properties"] = Value::Object(properties);
        rules["additionalProperties"] = false.into();
    }
    // Names are offered by editors and not demanded: selectors are more than names.
    let known: Vec<Value> = [json!("default"), json!("all")].into_iter().chain(plugins).chain(names).collect();
    for place in ["select", "ignore", "per-file-ignores/additionalProperties"] {
        if let Some(items) = schema.pointer_mut(&format!("/properties/{place}/items")) {
            items["examples"] = known.clone().into();
        }
    }
    schema
}

/// TOML has no null: an optional key is there or it is not.
fn without_null(schema: &mut Value) {
    let mut waiting = vec![schema];
    while let Some(value) = waiting.pop() {
        if let Some(object) = value.as_object_mut() {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type") != Some(&json!("null")));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    object.extend(only);
                }
            }
        }
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => waiting.extend(members.values_mut()),
            _ => {}
        }
    }
}

/// A rule's schema as a part of another one: references within it must lead on to where it stands now.
fn embedded(options: &Value, rule: &str) -> Value {
    let mut options = options.clone();
    let name = rule.replace('~', "~0").replace('/', "~1");
    let here = format!("#/$defs/Rules/properties/{name}/properties/options");
    // A stack instead of recursion: the schema comes from a pack.
    let mut waiting = vec![&mut options];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => {
                for (key, value) in members {
                    match value {
                        Value::String(target) if key == "$ref" => {
                            if let Some(pointer) = target.strip_prefix('#') {
                                *target = format!("{here}{pointer}");
                            }
                        }
                        value => waiting.push(value),
                    }
                }
            }
            _ => {}
        }
    }
    if let Some(object) = options.as_object_mut() {
        object.remove("$schema");
    }
    options
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::layer::{KEYS, PLUGIN_KEYS, RULE_KEYS};
    use super::*;
    use crate::catalog::Slot;
    use crate::catalog::tests::rule;

    fn example() -> Value {
        let options = json!({
            "$schema": "x",
            "type": "object",
            "properties": { "page": { "$ref": "#/$defs/Page" } },
            "additionalProperties": false,
            "$defs": { "Page": { "type": "integer" } },
        });
        let rules = [rule("house/a", true, Some(options)), rule("b", true, None)];
        let rules = rules.into_iter().enumerate().map(|(i, r)| (Arc::clone(&r), Slot { pack: 0, rule: i as u32 }));
        schema(&Catalog::new(rules, Vec::new()))
    }

    fn keys(value: &Value, pointer: &str) -> Vec<String> {
        let object = value.pointer(pointer).and_then(Value::as_object).unwrap_or_else(|| panic!("{pointer}: {value}"));
        let mut keys: Vec<String> = object.keys().cloned().collect();
        keys.sort();
        keys
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let sorted = |keys: &[&str]| {
            let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            keys.sort();
            keys
        };
        let schema = example();
        assert_eq!(keys(&schema, "/properties"), sorted(&KEYS));
        assert_eq!(keys(&schema, "/$defs/RuleEntry/properties"), sorted(&RULE_KEYS));
        assert_eq!(keys(&schema, "/$defs/PluginEntry/properties"), sorted(&PLUGIN_KEYS));
        for key in KEYS {
            assert!(schema["properties"][key]["description"].is_string(), "{key} has no description");
        }
        assert!(!schema.to_string().contains("null"), "{schema}");
    }

    #[test]
    fn the_schema_judges_documents_as_the_reader_does() {
        let schema = example();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for (document, valid) in [
            (json!({}), true),
            (json!({ "select": ["default"], "go": "1.21", "max-file-size": 1, "baseline": "b.txt" }), true),
            (json!({ "rules": { "b": { "severity": "hint" }, "unused-suppression": { "severity": "info" } } }), true),
            (json!({ "rules": { "house/a": { "options": { "page": 1 } } } }), true),
            (json!({ "plugins": { "house": { "path": "x.wasm" } }, "per-file-ignores": { "*.go": ["all"] } }), true),
            (json!({ "selct": [] }), false),
            (json!({ "max-file-size": 0 }), false),
            (json!({ "rules": { "c": {} } }), false),
            (json!({ "rules": { "b": { "options": { "x": 1 } } } }), false),
            (json!({ "rules": { "house/a": { "options": { "page": "x" } } } }), false),
            (json!({ "plugins": { "house": {} } }), false),
            (json!({ "plugins": { "house": { "path": "x", "sha256": "1" } } }), false),
        ] {
            assert_eq!(validator.is_valid(&document), valid, "{document}");
        }
    }
}
