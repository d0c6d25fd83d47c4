//! SARIF against what the published schema requires, as far as we use it: our own statement of its names, required
//! members, types, enumerations and bounds (OASIS, sarif-schema-2.1.0.json). Stricter than the original in one thing:
//! members that we never write are not allowed either.

use golint_diagnostics::{Applicability, Diagnostic, Format, Location, RenderOptions, Report, Span};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Memory, edit, fix, rendered, report, sample};

fn schema() -> Value {
    let object = |required: &[&str], properties: Value| json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false });
    let definition = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    let list = |name: &str| json!({ "type": "array", "items": definition(name) });
    let set = |name: &str| json!({ "type": "array", "uniqueItems": true, "items": definition(name) });
    let text = || json!({ "type": "string" });
    let uri = || json!({ "type": "string", "format": "uri" });
    let bag = || json!({ "type": "object", "properties": { "tags": { "type": "array", "uniqueItems": true, "items": { "type": "string" } } } });
    let level = || json!({ "enum": ["none", "note", "warning", "error"] });
    let at_least = |minimum: i64| json!({ "type": "integer", "minimum": minimum });
    let root =
        object(&["version", "runs"], json!({ "$schema": uri(), "version": { "const": "2.1.0" }, "runs": list("run") }));
    let definitions = json!({
        "run": object(&["tool"], json!({
            "tool": object(&["driver"], json!({ "driver": definition("toolComponent") })),
            "invocations": { "type": "array", "items": object(&["executionSuccessful"], json!({ "executionSuccessful": { "type": "boolean" } })) },
            "originalUriBaseIds": { "type": "object", "additionalProperties": definition("artifactLocation") },
            "columnKind": { "enum": ["utf16CodeUnits", "unicodeCodePoints"] },
            "results": list("result"),
            "properties": bag(),
        })),
        "toolComponent": object(&["name"], json!({
            "name": text(), "version": text(), "semanticVersion": text(), "informationUri": uri(), "rules": set("reportingDescriptor"),
        })),
        "reportingDescriptor": object(&["id"], json!({
            "id": text(),
            "shortDescription": definition("multiformatMessageString"),
            "help": definition("multiformatMessageString"),
            "helpUri": uri(),
            "defaultConfiguration": object(&[], json!({ "level": level() })),
            "properties": bag(),
        })),
        "multiformatMessageString": object(&["text"], json!({ "text": text(), "markdown": text() })),
        "message": object(&["text"], json!({ "text": text() })),
        "result": object(&["message"], json!({
            "ruleId": text(),
            "ruleIndex": at_least(-1),
            "level": level(),
            "message": definition("message"),
            "locations": list("location"),
            "relatedLocations": set("location"),
            "fixes": set("fix"),
            "partialFingerprints": { "type": "object", "additionalProperties": text() },
            "suppressions": set("suppression"),
            "properties": bag(),
        })),
        "location": object(&[], json!({
            "id": at_least(-1), "physicalLocation": definition("physicalLocation"), "message": definition("message"),
        })),
        "physicalLocation": object(&["artifactLocation"], json!({
            "artifactLocation": definition("artifactLocation"), "region": definition("region"),
        })),
        "artifactLocation": object(&[], json!({
            "uri": { "type": "string", "format": "uri-reference" }, "uriBaseId": text(), "description": definition("message"),
        })),
        "region": object(&[], json!({
            "startLine": at_least(1), "startColumn": at_least(1), "endLine": at_least(1), "endColumn": at_least(1),
            "byteOffset": at_least(-1), "byteLength": at_least(0),
        })),
        "fix": object(&["artifactChanges"], json!({
            "description": definition("message"),
            "artifactChanges": { "type": "array", "minItems": 1, "uniqueItems": true, "items": definition("artifactChange") },
            "properties": bag(),
        })),
        "artifactChange": object(&["artifactLocation", "replacements"], json!({
            "artifactLocation": definition("artifactLocation"),
            "replacements": { "type": "array", "minItems": 1, "items": definition("replacement") },
        })),
        "replacement": object(&["deletedRegion"], json!({
            "deletedRegion": definition("region"), "insertedContent": object(&[], json!({ "text": text() })),
        })),
        "suppression": object(&["kind"], json!({ "kind": { "enum": ["inSource", "external"] }, "justification": text() })),
    });
    let mut schema = root;
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["definitions"] = definitions;
    schema
}

#[track_caller]
fn checked(report: &Report, sources: &Memory, options: &RenderOptions) -> Value {
    let out = rendered(Format::Sarif, report, sources, options);
    let log: Value = serde_json::from_slice(&out).expect("SARIF is JSON");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema()).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().expect("every result's rule is in the table") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["suppressions"].is_array(), "all results say whether they are suppressed");
    }
    log
}

#[test]
fn the_validator_finds_faults() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    assert!(!validator.is_valid(&json!({ "version": "2.1.0" })));
    assert!(!validator.is_valid(&json!({ "version": "2.1.0", "runs": [{}] })));
    let run = |result: Value| json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } }, "results": [result] }] });
    assert!(validator.is_valid(&run(json!({ "message": { "text": "m" } }))));
    assert!(!validator.is_valid(&run(json!({ "message": { "text": "m" }, "level": "info" }))));
    assert!(!validator.is_valid(&run(json!({ "ruleId": "r" }))));
}

#[test]
fn sample_of_everything() {
    let (mut report, sources) = sample();
    report.timings = Some(json!({ "elapsed_ms": 1 }));
    let options = RenderOptions { tool_version: "0.1.0".into(), ..RenderOptions::default() };
    let log = checked(&report, &sources, &options);
    assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}

#[test]
fn empty_and_incomplete_runs() {
    let options =
        RenderOptions { complete: false, working_folder: Some("/home/me/a b".into()), ..RenderOptions::default() };
    let log = checked(&Report::default(), &Memory::default(), &options);
    assert_eq!(log["runs"][0]["results"], json!([]));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(log["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"], "file:///home/me/a%20b/");
}

#[test]
fn columns_are_code_points() {
    let sources = Memory::with(&[("a.go", "x\n👍é\u{301} z = y\n".as_bytes()), ("b.go", b"\xff\xfe z")]);
    let z = Diagnostic::new("r", sources.find("a.go", "z", 0), "m");
    let other = Diagnostic::new("r", sources.find("b.go", "z", 0), "m");
    let log = checked(&report(vec![z, other]), &sources, &RenderOptions::default());
    let region = |i: usize| &log["runs"][0]["results"][i]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        *region(0),
        json!({ "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 6, "byteOffset": 11, "byteLength": 1 })
    );
    assert_eq!(region(1)["startColumn"], 4, "each invalid byte is one replacement character");
}

#[test]
fn hostile_findings_are_valid() {
    let path = "a\x1b[m\n%20 ö:#?.go";
    let sources = Memory::with(&[(path, b"\xffabc\r\n")]);
    let mut diagnostic = Diagnostic::new("x/\x1b\"", Location::new(path, Span::new(1, 900)), "a\x1b[0m [b](1)\n");
    let twice = fix("t", Applicability::Safe, vec![edit(Location::new(path, Span::new(1, 2)), "")]);
    diagnostic.fixes = vec![twice.clone(), twice, fix("none", Applicability::Safe, vec![])];
    let gone = Diagnostic::new("x/y", Location::new("../gone.go", Span::new(7, 5)), "");
    let log = checked(&report(vec![diagnostic, gone]), &sources, &RenderOptions::default());
    let results = &log["runs"][0]["results"];
    assert_eq!(results[1]["fixes"].as_array().map(Vec::len), Some(1));
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"], json!({ "byteOffset": 7, "byteLength": 0 }));
}

#[test]
fn suppressing_a_finding_keeps_the_fingerprints_of_its_neighbours() {
    let sources = Memory::with(&[("a.go", b"x\nx\nx\n")]);
    let at = |start| Diagnostic::new("r", Location::new("a.go", Span::new(start, start + 1)), "m");
    let prints = |report: &Report| {
        let log = checked(report, &sources, &RenderOptions::default());
        let results = log["runs"][0]["results"].as_array().unwrap().clone();
        results.into_iter().map(|mut result| result["partialFingerprints"].take()).collect::<Vec<_>>()
    };
    let all = report(vec![at(0), at(2), at(4)]);
    let mut one_suppressed = report(vec![at(0), at(4)]);
    one_suppressed.suppressed = vec![(at(2), None)];
    assert_eq!(prints(&all), prints(&one_suppressed));
}
