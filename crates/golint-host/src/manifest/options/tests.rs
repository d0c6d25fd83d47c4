//! Tests of the module above.

use serde_json::json;

use super::*;

fn options(schema: &Value) -> Options {
    let schema = read_schema(&schema.to_string()).expect("a good schema").expect("not empty");
    Options { schema, validator: OnceLock::new() }
}

#[test]
fn defaults_are_filled_in() {
    let options = options(&json!({
        "type": "object",
        "properties": {
            "size": { "type": "integer", "default": 4096 },
            "name": { "type": "string" },
            "by": { "$ref": "#/$defs/by" },
        },
        "$defs": { "by": { "type": "object", "default": {}, "properties": { "arm64": { "default": 65536 } } } },
    }));
    assert_eq!(options.complete(json!(null)), Ok(json!({"size": 4096, "by": {}})));
    assert_eq!(options.complete(json!({"size": 1, "by": {}})), Ok(json!({"size": 1, "by": {"arm64": 65536}})));
}

#[test]
fn wrong_options_are_told_by_pointer() {
    let options = options(&json!({
        "type": "object",
        "properties": { "sizes": { "type": "object", "additionalProperties": { "type": "integer" } } },
        "additionalProperties": false,
    }));
    let errors = options.complete(json!({"sizes": {"arm64": "big"}})).expect_err("a wrong type");
    assert_eq!(errors[0].0, "/sizes/arm64");
    assert_eq!(options.complete(json!([1])).expect_err("no object")[0].0, "");
}

#[test]
fn references_that_lead_around_in_a_circle_end() {
    let options = options(&json!({
        "type": "object",
        "properties": { "a": { "$ref": "#/$defs/a" } },
        "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "$ref": "#/$defs/a" } },
    }));
    assert_eq!(options.complete(json!({})), Ok(json!({})));
}
