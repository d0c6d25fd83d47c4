//! --import: what another tool has reported already is not reported again.

use serde_json::{Value, json};

use super::{capture, places};
use crate::scratch::{Run, Scratch};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");

fn result(rule: &str, text: &str, uri: &str, line: u32) -> Value {
    let place = json!({ "artifactLocation": { "uri": uri }, "region": { "startLine": line } });
    json!({ "ruleId": rule, "message": { "text": text }, "locations": [{ "physicalLocation": place }] })
}

fn report(tool: &str, results: &[Value]) -> String {
    json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": tool } }, "results": results }] }).to_string()
}

/// A module with findings at a.go:5 and b.go:5, and this report of another tool.
fn module(report: &str) -> Scratch {
    Scratch::new(&[MODULE, ("a.go", &capture("p")), ("b.go", &capture("p")), ("other.sarif", report)])
}

fn check(scratch: &Scratch, arguments: &[&str]) -> Run {
    scratch.run(&[&["check", "--import", "other.sarif"], arguments].concat())
}

#[test]
fn what_others_have_reported_is_left_out_and_counted() {
    let text = "loopclosure: loop variable v captured by func literal";
    let scratch = module(&report("golangci-lint", &[result("govet", text, "a.go", 5)]));
    let run = check(&scratch, &["--format", "json"]).expect(1);
    assert_eq!(places(&run), ["b.go:5: loopvar-capture"]);
    assert_eq!(run.json()["imported"], 1);
    let run = check(&scratch, &[]).expect(1);
    assert!(run.stdout.contains("1 problem in 2 files (1 error); 1 reported by other tools;"), "{}", run.stdout);
    // It is marked for those that collect everything.
    let run = check(&scratch, &["--format", "sarif"]).expect(1);
    let suppressions: Vec<Value> = run.json()["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["suppressions"].clone())
        .collect();
    let why = json!([{ "kind": "external", "justification": "golangci-lint has reported it" }]);
    assert_eq!(suppressions, [why, json!([])]);
    // It stays as it is.
    let run = check(&scratch, &["--fix"]).expect(0);
    assert!(run.stderr.contains("fixed 1 file (1 fix)"), "{}", run.stderr);
    assert_eq!(scratch.read("a.go"), capture("p").as_bytes());
}

#[test]
fn only_the_same_at_the_same_place_is_left_out() {
    let at = |rule: &str, text: &str, uri: &str, line: u32| {
        let scratch = module(&report("golangci-lint", &[result(rule, text, uri, line)]));
        places(&check(&scratch, &["--format", "json"]))
    };
    let both = ["a.go:5: loopvar-capture", "b.go:5: loopvar-capture"];
    assert_eq!(at("govet", "loopclosure: x", "b.go", 5), both[..1]);
    assert_eq!(at("govet", "loopclosure: x", "./b.go", 5), both[..1]);
    assert_eq!(at("exportloopref", "exporting a pointer for the loop variable v", "b.go", 5), both[..1]);
    assert_eq!(at("gosec", "G601: Implicit memory aliasing in for loop.", "b.go", 5), both[..1]);
    // The loop, to which the finding only points.
    assert_eq!(at("govet", "loopclosure: x", "b.go", 4), both);
    assert_eq!(at("govet", "printf: x", "b.go", 5), both);
    assert_eq!(at("govet", "loopclosure: x", "b.go", 6), both);
    assert_eq!(at("lll", "the line is 200 characters long", "b.go", 5), both);
}

#[test]
fn columns_count_where_they_are_told() {
    let source = "package p\n\nfunc f(a, b []int, use func(...any)) {\n\tfor i, v := range a {\n\t\tgo func() { use(\"\u{fc}\", v, i) }()\n\t}\n}\n";
    let at = |column: i64| {
        let mut finding = result("govet", "loopclosure: x", "a.go", 5);
        finding["locations"][0]["physicalLocation"]["region"]["startColumn"] = json!(column);
        let scratch = module(&report("golangci-lint", &[finding]));
        scratch.write("a.go", source.as_bytes());
        let run = check(&scratch, &["--format", "json", "a.go"]);
        let messages = run.json()["diagnostics"].as_array().expect("an array").clone();
        let named =
            |name: &str| messages.iter().any(|finding| finding["message"].as_str().unwrap_or_default().contains(name));
        (named("`v`"), named("`i`"))
    };
    let line = source.lines().nth(4).expect("a line");
    let bytes = |text: &str| line.find(text).expect("it is there") as i64 + 1;
    // Go's tools count bytes, SARIF's readers UTF-16 code units.
    for back in [0, 1] {
        assert_eq!(at(bytes("v, i") - back), (false, true), "{back}");
    }
    assert_eq!(at(bytes("i)")), (true, false));
    // The call that starts the goroutine is a part of both.
    assert_eq!(at(bytes("use")), (true, true));
}

#[test]
fn a_report_of_ours_counts_as_well() {
    let scratch = module("");
    let run = scratch.run(&["check", "--format", "sarif", "a.go"]).expect(1);
    scratch.write("other.sarif", run.stdout.as_bytes());
    let run = check(&scratch, &["--format", "json"]).expect(1);
    assert_eq!(places(&run), ["b.go:5: loopvar-capture"]);
    // Several reports add up.
    let run = scratch.run(&["check", "b.go", "--format", "sarif"]).expect(1);
    scratch.write("b.sarif", run.stdout.as_bytes());
    check(&scratch, &["--import", "b.sarif"]).expect(0);
}

#[test]
fn what_nobody_was_told_is_reported() {
    let finding = result("govet", "loopclosure: x", "a.go", 5);
    let with = |key: &str, value: Value| {
        let mut finding = finding.clone();
        finding[key] = value;
        let scratch = module(&report("golangci-lint", &[finding]));
        places(&check(&scratch, &["--format", "json"])).len()
    };
    assert_eq!(with("suppressions", json!([])), 1);
    assert_eq!(with("suppressions", json!([{ "kind": "inSource" }])), 2);
    assert_eq!(with("kind", json!("pass")), 2);
    assert_eq!(with("baselineState", json!("absent")), 2);
}

#[test]
fn reports_that_say_nothing_of_these_files_are_told() {
    let scratch = module(&report("golangci-lint", &[result("govet", "loopclosure: x", "elsewhere/a.go", 5)]));
    let run = check(&scratch, &[]).expect(1);
    assert!(run.stderr.contains("paths in it are seen from the working folder"), "{}", run.stderr);
    let run = check(&module(&report("x", &[json!({ "ruleId": "y" })])), &[]).expect(1);
    assert!(run.stderr.contains("1 result of what --import names tell no rule or no file"), "{}", run.stderr);
    // One without results is as it should be.
    let run = check(&module(&report("golangci-lint", &[])), &[]).expect(1);
    assert_eq!(run.stderr, "");
}

#[test]
fn what_is_no_report_is_refused() {
    for (content, words) in [
        ("", "--import other.sarif: it is no SARIF report, or breaks off: EOF"),
        ("[1]", "--import other.sarif: it is no SARIF report"),
        (r#"{"version":"1.0.0","runs":[]}"#, "it is SARIF 1.0.0, and 2.1.0 is what golint-rs reads"),
    ] {
        let run = check(&module(content), &[]).expect(2);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    let run = module("").run(&["check", "--import", "none.sarif"]).expect(2);
    assert!(run.stderr.contains("cannot read none.sarif"), "{}", run.stderr);
}
