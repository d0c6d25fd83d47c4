//! What a JSON Schema has against a value, in words: what is expected, what stands there, and the nearest right name.
//! Whether a value fits is the validator's to say; nothing here decides it.

use golint_host::follow_references;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::{Map, Value};

use crate::nearest;

/// Schemas come from packs: what stands deeper in alternatives of alternatives, or behind more references, is not
/// described.
const MAX_DEPTH: usize = 16;
/// Values and names that are listed at most.
const MOST_LISTED: usize = 20;
/// Characters of a value that is shown.
const LONGEST_SHOWN: usize = 40;

/// What is wrong with a value.
#[derive(Debug, PartialEq)]
pub(super) struct Complaint {
    /// JSON pointer to the value.
    pub(super) pointer: String,
    /// The key in it that should not be there.
    pub(super) key: Option<String>,
    /// What follows the name of the option: "must be …". Of a key that should not be there: nothing.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: Option<String>,
    /// The keys that there are, where the key is the fault.
    pub(super) known: Vec<String>,
}

/// What `error` says of a value under this schema.
pub(super) fn complaints(error: &ValidationError<'_>, schema: &Value) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    collect(error, schema, MAX_DEPTH, &mut complaints);
    complaints
}

fn collect(error: &ValidationError<'_>, schema: &Value, depth: usize, complaints: &mut Vec<Complaint>) {
    let pointer = error.instance_path().as_str();
    // The path leads to the keyword that refuses the value; what it stands in says what is expected.
    let around = error.schema_path().as_str().rsplit_once('/').and_then(|(around, _)| schema.pointer(around));
    let around = around.unwrap_or(&Value::Null);
    let complaint = |message: String, help: Option<String>| Complaint {
        pointer: pointer.to_owned(),
        key: None,
        message,
        help,
        known: Vec::new(),
    };
    let value = error.instance();
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let known: Vec<String> = members(around, "properties").map(|(name, _)| name.clone()).collect();
            complaints.extend(unexpected.iter().map(|name| Complaint {
                key: Some(name.clone()),
                known: known.clone(),
                ..complaint(String::new(), meant(name, known.iter().map(String::as_str)))
            }));
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            let is_another = |inner: &ValidationError<'_>| {
                inner.instance_path() == error.instance_path()
                    && matches!(inner.kind(), Kind::Type { .. } | Kind::Enum { .. } | Kind::Constant { .. })
            };
            // Of one kind the value is, so that what is wrong is inside, or its size.
            let mut near = context.iter().filter(|errors| !errors.iter().any(is_another));
            match (near.next(), near.next()) {
                (Some(errors), None) if depth > 0 => {
                    errors.iter().for_each(|inner| collect(inner, schema, depth - 1, complaints));
                }
                _ => complaints.push(unfit(value, around, schema, &complaint)),
            }
        }
        Kind::Type { .. } | Kind::Enum { .. } | Kind::Constant { .. } => {
            complaints.push(unfit(value, around, schema, &complaint));
        }
        Kind::Minimum { .. } | Kind::Maximum { .. } | Kind::ExclusiveMinimum { .. } | Kind::ExclusiveMaximum { .. } => {
            let wanted = expected(around, schema, MAX_DEPTH);
            complaints.push(complaint(format!("must be {wanted}, and this is {value}"), None));
        }
        Kind::PropertyNames { error: inner } => {
            let name = inner.instance().as_str().unwrap_or_default();
            let names = strings(around, schema);
            complaints.push(Complaint {
                key: Some(name.to_owned()),
                known: names.iter().map(|name| (*name).to_owned()).collect(),
                ..complaint(String::new(), meant(name, names))
            });
        }
        other => complaints.push(complaint(limit(other).unwrap_or_else(|| error.to_string()), None)),
    }
}

/// The rarer keywords. None: the validator's own words are as good.
fn limit(kind: &Kind) -> Option<String> {
    let counted = |n: u64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    Some(match kind {
        Kind::Required { property } => format!("must have the key `{}`", property.as_str()?),
        Kind::MinLength { limit } => format!("must have at least {}", counted(*limit, "character")),
        Kind::MaxLength { limit } => format!("must have at most {}", counted(*limit, "character")),
        Kind::MinItems { limit } => format!("must have at least {}", counted(*limit, "element")),
        Kind::MaxItems { limit } => format!("must have at most {}", counted(*limit, "element")),
        Kind::MinProperties { limit } => format!("must have at least {}", counted(*limit, "key")),
        Kind::MaxProperties { limit } => format!("must have at most {}", counted(*limit, "key")),
        Kind::UniqueItems => "must not hold one element twice".into(),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::Pattern { pattern } => format!("must match the regular expression `{pattern}`"),
        _ => return None,
    })
}

/// The value is of another kind than this, or none of those that are listed.
fn unfit(
    value: &Value,
    around: &Value,
    schema: &Value,
    complaint: &dyn Fn(String, Option<String>) -> Complaint,
) -> Complaint {
    let wanted = expected(around, schema, MAX_DEPTH);
    let names = strings(around, schema);
    match value.as_str().filter(|_| !names.is_empty()) {
        Some(text) => complaint(format!("must be {wanted}, and this is {}", quoted(value)), meant(text, names)),
        None => complaint(format!("must be {wanted}, and this is {}", type_of(value)), None),
    }
}

fn meant<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

/// A value of the kind that the schema takes: "a string", "an integer of at least 1", "`fast` or `slow`".
fn expected(schema: &Value, root: &Value, depth: usize) -> String {
    let mut all = Vec::new();
    alternatives(schema, root, depth, &mut all);
    all.dedup();
    let cut = all.len().saturating_sub(MOST_LISTED);
    all.truncate(MOST_LISTED);
    match (cut, all.split_last()) {
        (_, None) => "something else".into(),
        (0, Some((only, []))) => only.clone(),
        (0, Some((last, others))) => format!("{} or {last}", others.join(", ")),
        (cut, _) => format!("{} or one of {cut} others", all.join(", ")),
    }
}

fn alternatives(schema: &Value, root: &Value, depth: usize, all: &mut Vec<String>) {
    let schema = follow_references(schema, root);
    if let Some(value) = schema.get("const") {
        all.push(quoted(value));
    } else if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        // TOML has no null: it stands for a key that is not there.
        all.extend(values.iter().filter(|value| !value.is_null()).map(quoted));
    } else if let Some(inner) = inner_schemas(schema).filter(|_| depth > 0) {
        inner.iter().for_each(|inner| alternatives(inner, root, depth - 1, all));
    } else {
        let types = types(schema);
        all.extend(types.iter().filter(|name| **name != "null").map(|name| one(name, schema, root)));
    }
}

/// The strings that are allowed by themselves.
fn strings<'s>(schema: &'s Value, root: &'s Value) -> Vec<&'s str> {
    let (mut found, mut waiting) = (Vec::new(), vec![(schema, MAX_DEPTH)]);
    while let Some((schema, depth)) = waiting.pop() {
        let schema = follow_references(schema, root);
        found.extend(schema.get("const").and_then(Value::as_str));
        found.extend(schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
        let inner = inner_schemas(schema).filter(|_| depth > 0).into_iter().flatten();
        waiting.extend(inner.rev().map(|inner| (inner, depth - 1)));
    }
    found
}

fn inner_schemas(schema: &Value) -> Option<&Vec<Value>> {
    ["anyOf", "oneOf"].iter().find_map(|keyword| schema.get(keyword)?.as_array())
}

fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// One value of this type, in TOML's terms.
fn one(name: &str, schema: &Value, root: &Value) -> String {
    let of = |keyword: &str| match types(follow_references(schema.get(keyword).unwrap_or(&Value::Null), root))[..] {
        [only] => plural(only).map(|inner| format!(" of {inner}")).unwrap_or_default(),
        _ => String::new(),
    };
    match name {
        "string" => "a string".into(),
        "boolean" => "true or false".into(),
        "integer" => format!("an integer{}", range(schema)),
        "number" => format!("a number{}", range(schema)),
        "array" => format!("an array{}", of("items")),
        "object" => format!("a table{}", of("additionalProperties")),
        other => format!("of type {other}"),
    }
}

fn plural(name: &str) -> Option<&'static str> {
    let names = [
        ("string", "strings"),
        ("boolean", "booleans"),
        ("integer", "integers"),
        ("number", "numbers"),
        ("array", "arrays"),
        ("object", "tables"),
    ];
    names.iter().find(|(singular, _)| *singular == name).map(|(_, plural)| *plural)
}

fn range(schema: &Value) -> String {
    let limit = |keyword: &str| schema.get(keyword).filter(|limit| limit.is_number());
    if let (Some(least), Some(most)) = (limit("minimum"), limit("maximum")) {
        return format!(" from {least} to {most}");
    }
    let limits = [
        ("minimum", "of at least"),
        ("exclusiveMinimum", "above"),
        ("maximum", "of at most"),
        ("exclusiveMaximum", "below"),
    ];
    let words: Vec<String> =
        limits.iter().filter_map(|(keyword, words)| Some(format!(" {words} {}", limit(keyword)?))).collect();
    words.join(" and")
}

/// The members of an object in a schema.
fn members<'s>(schema: &'s Value, keyword: &str) -> impl Iterator<Item = (&'s String, &'s Value)> {
    schema.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn quoted(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// In TOML's terms.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a float",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Each complaint as `pointer: message; help`.
    #[track_caller]
    fn check(property: &Value, value: &Value, expected: &[&str]) {
        let schema = json!({
            "type": "object",
            "properties": { "o": property },
            "additionalProperties": false,
            "$defs": {
                "mode": { "oneOf": [{ "const": "fast", "type": "string" }, { "const": "thorough", "type": "string" }] },
                "deep": { "type": "object", "properties": { "depth": { "type": "integer" } }, "additionalProperties": false },
                "endless": { "$ref": "#/$defs/endless" },
                "nested": { "anyOf": [{ "$ref": "#/$defs/nested" }, { "type": "boolean" }] },
            },
        });
        let instance = json!({ "o": value });
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let mut found = Vec::new();
        for complaint in validator.iter_errors(&instance).flat_map(|error| complaints(&error, &schema)) {
            let key = complaint.key.map(|key| format!("no {key} in {:?}", complaint.known)).unwrap_or_default();
            let help = complaint.help.map(|help| format!("; {help}")).unwrap_or_default();
            found.push(format!("{}: {}{key}{help}", complaint.pointer, complaint.message));
        }
        assert_eq!(found, expected, "{instance}");
    }

    #[test]
    fn types_and_ranges() {
        check(&json!({ "type": "string" }), &json!(3), &["/o: must be a string, and this is an integer"]);
        check(&json!({ "type": "boolean" }), &json!("yes"), &["/o: must be true or false, and this is a string"]);
        check(&json!({ "type": "integer" }), &json!(1.5), &["/o: must be an integer, and this is a float"]);
        check(&json!({ "type": ["string", "null"] }), &json!([]), &["/o: must be a string, and this is an array"]);
        check(
            &json!({ "type": ["string", "integer"] }),
            &json!({}),
            &["/o: must be a string or an integer, and this is a table"],
        );
        let size = json!({ "type": "integer", "minimum": 1, "maximum": 9 });
        check(&size, &json!("x"), &["/o: must be an integer from 1 to 9, and this is a string"]);
        check(&size, &json!(10), &["/o: must be an integer from 1 to 9, and this is 10"]);
        let open = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 });
        check(&open, &json!(0), &["/o: must be a number above 0 and of at most 1, and this is 0"]);
        let names = json!({ "type": "array", "items": { "type": "string" } });
        check(&names, &json!("x"), &["/o: must be an array of strings, and this is a string"]);
        check(&names, &json!(["a", 3]), &["/o/1: must be a string, and this is an integer"]);
    }

    #[test]
    fn alternatives_are_listed_and_the_near_one_is_looked_into() {
        let sizes = json!({ "anyOf": [
            { "type": "integer", "minimum": 1 },
            { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0 } },
        ]});
        let expected = "/o: must be an integer of at least 1 or a table of integers, and this is a string";
        check(&sizes, &json!("x"), &[expected]);
        check(&sizes, &json!(0), &["/o: must be an integer of at least 1, and this is 0"]);
        check(&sizes, &json!({ "a/b": "big" }), &["/o/a~1b: must be an integer of at least 0, and this is a string"]);
        let auto = json!({ "anyOf": [{ "const": "auto" }, { "type": "integer" }] });
        check(&auto, &json!("aut"), &["/o: must be `auto` or an integer, and this is `aut`; did you mean `auto`?"]);
    }

    #[test]
    fn listed_values_have_a_nearest_one() {
        let optional = json!({ "anyOf": [{ "$ref": "#/$defs/mode" }, { "type": "null" }] });
        for property in
            [json!({ "type": "string", "enum": ["fast", "thorough"] }), json!({ "$ref": "#/$defs/mode" }), optional]
        {
            let expected = "/o: must be `fast` or `thorough`, and this is ";
            check(&property, &json!("throuogh"), &[&format!("{expected}`throuogh`; did you mean `thorough`?")]);
            check(&property, &json!("x".repeat(99)), &[&format!("{expected}`{}…`", "x".repeat(40))]);
        }
        check(&json!({ "enum": [1, 2] }), &json!(3), &["/o: must be `1` or `2`, and this is an integer"]);
        let many: Vec<String> = (0..1000).map(|i| format!("v{i}")).collect();
        let schema = json!({ "enum": many });
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let instance = json!("x");
        let errors: Vec<_> = validator.iter_errors(&instance).collect();
        let message = &complaints(&errors[0], &schema)[0].message;
        assert!(message.contains("`v19` or one of 980 others") && message.len() < 300, "{message}");
    }

    #[test]
    fn keys_have_a_nearest_one_at_any_depth() {
        let keys = "in [\"depth\"]; did you mean `depth`?";
        check(&json!({ "$ref": "#/$defs/deep" }), &json!({ "dept": 1 }), &[&format!("/o: no dept {keys}")]);
        let listed = json!({ "type": "array", "items": { "$ref": "#/$defs/deep" } });
        check(&listed, &json!([{ "dept": 1 }]), &[&format!("/o/0: no dept {keys}")]);
        let named = json!({ "type": "object", "propertyNames": { "enum": ["depth"] } });
        check(&named, &json!({ "dept": 1 }), &[&format!("/o: no dept {keys}")]);
    }

    #[test]
    fn rarer_keywords_have_words_too() {
        check(&json!({ "required": ["a"] }), &json!({}), &["/o: must have the key `a`"]);
        check(&json!({ "minLength": 1 }), &json!(""), &["/o: must have at least 1 character"]);
        check(&json!({ "maxItems": 2 }), &json!([1, 2, 3]), &["/o: must have at most 2 elements"]);
        check(&json!({ "multipleOf": 4 }), &json!(6), &["/o: must be a multiple of 4"]);
        check(&json!({ "pattern": "^a" }), &json!("b"), &["/o: must match the regular expression `^a`"]);
    }

    #[test]
    fn schemas_that_refer_to_themselves_are_described_all_the_same() {
        let endless = json!({ "$ref": "#/$defs/endless" });
        assert_eq!(expected(&endless, &json!({ "$defs": { "endless": endless } }), MAX_DEPTH), "something else");
        let nested = json!({ "anyOf": [{ "$ref": "#" }, { "type": "boolean" }] });
        assert_eq!(expected(&nested, &nested, MAX_DEPTH), "true or false");
    }
}
