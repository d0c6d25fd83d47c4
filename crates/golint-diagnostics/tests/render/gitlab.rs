//! GitLab's Code Quality report against what GitLab requires: its documentation's list of members, and the schema that its
//! server holds every object against (app/validators/json_schemas/codeclimate.json: description, fingerprint and severity
//! are strings, location has a path and an integer for the line), and `categories`, which Code Climate's specification has
//! and other readers require. By hand, violations-lib 1.157.3 (Maven Central), a reader
//! of many formats, was run on the sample: it found each finding with path, line, rule, message and severity.

use std::collections::BTreeSet;

use golint_diagnostics::{Diagnostic, Format, Location, RenderOptions, Report, Silence, Span};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::fixture::{Memory, report, sample, situations, written};

fn schema() -> Value {
    let text = || json!({ "type": "string", "minLength": 1 });
    let line = || json!({ "type": "integer", "minimum": 1 });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "categories", "fingerprint", "severity", "location"],
            "properties": {
                "description": text(),
                "check_name": text(),
                "categories": {
                    "type": "array",
                    "minItems": 1,
                    "items": { "enum": ["Bug Risk", "Clarity", "Compatibility", "Complexity", "Duplication", "Performance", "Security", "Style"] },
                },
                "fingerprint": text(),
                "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": text(),
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": { "begin": line(), "end": line() },
                        },
                    },
                },
            },
        },
    })
}

#[track_caller]
fn checked(report: &Report, sources: &Memory, options: &RenderOptions) -> Vec<Value> {
    let issues: Value = serde_json::from_str(&written(Format::Gitlab, report, sources, options)).expect("JSON");
    let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(&issues).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let issues = issues.as_array().expect("an array").clone();
    assert_eq!(issues.len(), report.diagnostics.len());
    let prints: BTreeSet<&str> = issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), issues.len(), "GitLab drops findings with equal fingerprints");
    issues
}

#[test]
fn the_validator_finds_faults() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let issue = |line: Value, severity: &str| {
        let location = json!({ "path": "a.go", "lines": { "begin": line } });
        json!([{ "description": "m", "check_name": "r", "categories": ["Style"], "fingerprint": "f", "severity": severity, "location": location }])
    };
    assert!(validator.is_valid(&issue(json!(1), "major")));
    assert!(!validator.is_valid(&issue(json!(1), "warning")) && !validator.is_valid(&issue(json!(null), "major")));
    assert!(!validator.is_valid(&json!([{ "description": "m" }])));
}

#[test]
fn every_situation_is_valid() {
    for (name, report, sources, options) in situations() {
        let issues = checked(&report, &sources, &options);
        for (issue, finding) in issues.iter().zip(&report.diagnostics) {
            assert_eq!(issue["location"]["path"], **finding.path(), "{name}");
        }
    }
}

#[test]
fn a_bit_of_everything() {
    let (report, sources) = sample();
    assert_snapshot!(written(Format::Gitlab, &report, &sources, &RenderOptions::default()));
}

#[test]
fn nothing_found_is_an_empty_array() {
    assert_eq!(written(Format::Gitlab, &report(vec![]), &Memory::default(), &RenderOptions::default()), "[]\n");
}

#[test]
fn what_went_wrong_with_the_run_blocks() {
    let (_, report, sources, options) =
        situations().into_iter().find(|situation| situation.0 == "faults of the run").expect("a situation");
    let severities: Vec<Value> =
        checked(&report, &sources, &options).into_iter().map(|mut issue| issue["severity"].take()).collect();
    assert_eq!(severities, ["blocker", "info"]);
}

#[test]
fn lines_of_a_finding() {
    let sources = Memory::with(&[("a.go", b"ab\ncd\nef")]);
    let lines = |path: &str, start, end| {
        let finding = Diagnostic::new("r", Location::new(path, Span::new(start, end)), "m");
        let mut issues = checked(&report(vec![finding]), &sources, &RenderOptions::default());
        (issues[0]["location"]["lines"].take(), issues[0]["description"].take())
    };
    assert_eq!(lines("a.go", 1, 7), (json!({ "begin": 1, "end": 3 }), json!("m")));
    assert_eq!(lines("a.go", 3, 6), (json!({ "begin": 2, "end": 2 }), json!("m")), "the line feed is the line's");
    assert_eq!(lines("a.go", 3, 3), (json!({ "begin": 2, "end": 2 }), json!("m")));
    assert_eq!(lines("gone.go", 7, 9), (json!({ "begin": 1 }), json!("m; at gone.go:#7")));
}

#[test]
fn fingerprints_stay_when_lines_above_change_or_a_neighbour_is_suppressed() {
    let prints = |source: &str, suppressed: &[usize]| {
        let sources = Memory::with(&[("a.go", source.as_bytes())]);
        let mut report = report(vec![]);
        for nth in 0..3 {
            let finding = Diagnostic::new("r", sources.find("a.go", "x()", nth), "m");
            match suppressed.contains(&nth) {
                true => report.silent.push((finding, Silence::Comment(None))),
                false => report.diagnostics.push(finding),
            }
        }
        let issues = checked(&report, &sources, &RenderOptions::default());
        issues.into_iter().map(|mut issue| issue["fingerprint"].take()).collect::<Vec<_>>()
    };
    let all = prints("x()\ny = x()\nx()\n", &[]);
    assert_eq!(prints("// New.\n\n\tx()\n\ty  =  x()\n// New.\n\tx()\n", &[]), all);
    assert_eq!(prints("x()\ny = x()\nx()\n", &[0]), all[1..]);
    assert_ne!(prints("x()\nz = x()\nx()\n", &[]), all);
}
