//! SARIF against the published schema (../schemas) and against what GitHub's documentation says of files that code scanning
//! takes ("SARIF support for code scanning"). By hand, Microsoft's `sarif validate` (npm, @microsoft/sarif-multitool-linux
//! 5.7.0) was run with `--rule-kind "Sarif;Ghas"` on the sample below and on the binary's output.

use golint_diagnostics::{
    Applicability, Diagnostic, Format, Label, Location, RenderOptions, Report, Silence, Span, caveat,
};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Memory, edit, fix, rendered, report, sample, situations};

fn validator() -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(include_str!("../schemas/sarif-schema-2.1.0.json")).expect("JSON");
    // It says draft 4, and uses the format `uri-reference`, which came with draft 6.
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
}

/// What GitHub requires beyond the schema, each with the member that has it: of rules, of results, of their places.
#[track_caller]
fn assert_github_takes(log: &Value) {
    let run = &log["runs"][0];
    assert!(run["tool"]["driver"]["name"].is_string());
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{text} of {rule}");
        }
        assert!(rule["properties"]["tags"].as_array().is_none_or(|tags| tags.len() <= 20), "{rule}");
    }
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("every result's rule is in the table") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].map(Value::from).contains(&result["level"]));
        assert!(result["message"]["text"].is_string() && result["partialFingerprints"].is_object(), "{result}");
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1), "{result}");
        assert!(result["relatedLocations"].as_array().is_none_or(|places| places.len() <= 1000));
        assert!(result["suppressions"].is_array(), "all results say whether they are suppressed");
    }
}

#[track_caller]
fn checked(report: &Report, sources: &Memory, options: &RenderOptions) -> Value {
    let out = rendered(Format::Sarif, report, sources, options);
    let log: Value = serde_json::from_slice(&out).expect("SARIF is JSON");
    let errors: Vec<String> =
        validator().iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_github_takes(&log);
    log
}

#[test]
fn the_validator_finds_faults() {
    let validator = validator();
    let log = |result: Value| json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } }, "results": [result] }] });
    assert!(validator.is_valid(&log(json!({ "message": { "text": "m" } }))));
    for result in [
        json!({ "ruleId": "r" }),
        json!({ "message": { "text": "m" }, "level": "info" }),
        json!({ "message": { "text": "m" }, "columns": 1 }),
        json!({ "message": { "text": "m" }, "locations": [{ "physicalLocation": { "region": { "startLine": 0 } } }] }),
        json!({ "message": { "text": "m" }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": "a b" } } }] }),
        json!({ "message": { "text": "m" }, "suppressions": [{ "kind": "inSource" }, { "kind": "inSource" }] }),
    ] {
        assert!(!validator.is_valid(&log(result.clone())), "{result}");
    }
    assert!(!validator.is_valid(&json!({ "version": "2.1.0" })));
    assert!(!validator.is_valid(&json!({ "version": "2.1.0", "runs": [{}] })));
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
fn every_situation_is_valid() {
    for (_, report, sources, options) in situations() {
        checked(&report, &sources, &options);
    }
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
    one_suppressed.silent = vec![(at(2), Silence::Comment(None))];
    assert_eq!(prints(&all), prints(&one_suppressed));
}

#[test]
fn a_rule_that_is_not_in_the_table_of_rules_is_described_too() {
    let fault = Diagnostic::new("plugin-failure", Location::new("gone.go", Span::new(0, 0)), "it trapped");
    let log = checked(&report(vec![fault]), &Memory::default(), &RenderOptions::default());
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["fullDescription"]["text"], "plugin-failure");
    // What is about a file that can't be read is at its first line, as GitHub wants a line.
    let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 }));
}

#[test]
fn the_fingerprint_that_github_goes_by_stays_when_lines_above_change() {
    let print = |source: &str| {
        let sources = Memory::with(&[("a.go", source.as_bytes())]);
        let finding = Diagnostic::new("r", sources.find("a.go", "x = 1", 0), "m");
        let log = checked(&report(vec![finding]), &sources, &RenderOptions::default());
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    let before = print("package a\n\nvar x = 1\n");
    assert!(before["primaryLocationLineHash"].as_str().is_some_and(|hash| hash.ends_with(":1")), "{before}");
    assert_eq!(print("// A comment.\npackage a\n\n\n\tvar x = 1\n"), before);
    assert_ne!(print("package a\n\nvar xx = 1\nvar x = 1\n"), before);
}

/// GitHub drops a run with more results whole, suppressed ones included, so that somebody has to know.
#[test]
fn more_results_than_github_takes_are_told_and_none_is_left_out() {
    let finding = Diagnostic::new("r", Location::new("a.go", Span::new(0, 0)), "m");
    let mut many = report(vec![finding.clone(); 24_999]);
    many.silent = vec![(finding.clone(), Silence::Comment(None))];
    assert_eq!(caveat(Format::Sarif, &many), None);
    many.diagnostics.push(finding);
    let told = caveat(Format::Sarif, &many).expect("one too many");
    assert!(told.contains("25001 results") && told.contains("25000"), "{told}");
    assert_eq!(caveat(Format::Json, &many), None);
    let log: Value =
        serde_json::from_slice(&rendered(Format::Sarif, &many, &Memory::default(), &RenderOptions::default()))
            .expect("JSON");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(25_001));
}

/// GitHub refuses a result with more than 1,000 places; the others are told by a number.
#[test]
fn more_places_than_github_takes_are_counted() {
    let mut finding = Diagnostic::new("r", Location::new("a.go", Span::new(0, 0)), "m");
    finding.labels = (0..1500).map(|i| Label::new(Location::new("a.go", Span::new(i, i)), format!("{i}"))).collect();
    let log = checked(&report(vec![finding]), &Memory::default(), &RenderOptions::default());
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["relatedLocations"].as_array().map(Vec::len), Some(999));
    assert_eq!(result["message"]["text"], "m\n501 more places are not listed");
}
