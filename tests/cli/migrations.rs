//! `golint-rs migrate`: what of a configuration of golangci-lint becomes golint.toml, and what is told.

use super::{capture, places};
use crate::scratch::Scratch;

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");

const VERSION_2: &str = r#"version: "2"
run:
  tests: false
linters:
  enable: [copyloopvar, gosec]
  exclusions:
    paths: [third_party/]
    rules:
      - path: ^internal/legacy/
        linters: [govet]
severity:
  rules:
    - linters: [govet]
      severity: info
"#;

#[test]
fn what_is_written_does_what_the_old_one_did() {
    let finding = capture("p");
    let silenced = finding.replace("use(v) }()", "use(v) }() //nolint:govet // known");
    let scratch = Scratch::new(&[
        MODULE,
        (".golangci.yml", VERSION_2),
        ("a.go", &finding),
        ("a_test.go", &finding),
        ("third_party/x/b.go", &finding),
        ("internal/legacy/c.go", &finding),
        ("internal/new/d.go", &silenced),
    ]);
    assert_eq!(places(&scratch.run(&["check", "--format", "json"])).len(), 5);
    let run = scratch.run(&["migrate"]).expect(0);
    assert_eq!(run.stderr, "wrote golint.toml: `golint-rs check` goes by it in its folder and below\n");
    for told in ["version 2", "loopclosure", "copyloopvar", "gosec", "staticcheck"] {
        assert!(run.stdout.contains(told), "{told}:\n{}", run.stdout);
    }
    let run = scratch.run(&["check", "--format", "json"]);
    assert_eq!(places(&run), ["a.go:5: loopvar-capture"], "{}", run.stderr);
    assert_eq!(run.json()["diagnostics"][0]["severity"], "info");
    assert_eq!(run.json()["summary"]["suppressed"], 1);
    let shown = scratch.run(&["config", "show"]).expect(0);
    assert_eq!(shown.stderr, "", "there is nothing wrong with it");
}

#[test]
fn a_golint_toml_is_not_lost() {
    let scratch = Scratch::new(&[(".golangci.yml", VERSION_2), ("golint.toml", "go = \"1.20\"\n")]);
    let run = scratch.run(&["migrate", ".golangci.yml"]).expect(2);
    assert!(run.stderr.contains("golint.toml is there already: --force replaces it"), "{}", run.stderr);
    assert_eq!(scratch.read("golint.toml"), b"go = \"1.20\"\n");
    let printed = scratch.run(&["migrate", "--output", "-"]).expect(0);
    assert!(printed.stderr.contains("loopclosure"), "{}", printed.stderr);
    assert_eq!(scratch.read("golint.toml"), b"go = \"1.20\"\n");
    scratch.run(&["migrate", "--output", "lint/../other.toml"]).expect(2);
    let run = scratch.run(&["migrate", "--output", "other.toml"]).expect(0);
    assert_eq!(run.stderr, "wrote other.toml: `golint-rs check --config other.toml` goes by it\n");
    assert_eq!(String::from_utf8_lossy(&scratch.read("other.toml")), printed.stdout);
    let run = scratch.run(&["migrate", "--output", ".golangci.yml", "--force"]).expect(2);
    assert!(run.stderr.contains(".golangci.yml is what is read"), "{}", run.stderr);
    assert_eq!(scratch.read(".golangci.yml"), VERSION_2.as_bytes());
    scratch.run(&["migrate", "--force"]).expect(0);
    assert_eq!(String::from_utf8_lossy(&scratch.read("golint.toml")), printed.stdout);
}

#[test]
fn all_three_languages_are_read() {
    let yaml = Scratch::new(&[(".golangci.yaml", "version: \"2\"\nrun:\n  tests: false\n")]);
    let toml = Scratch::new(&[(".golangci.toml", "version = \"2\"\n[run]\ntests = false\n")]);
    let json = Scratch::new(&[(".golangci.json", "{\"version\": \"2\", \"run\": {\"tests\": false}}\n")]);
    for scratch in [yaml, toml, json] {
        scratch.run(&["migrate"]).expect(0);
        let written = String::from_utf8(scratch.read("golint.toml")).expect("text");
        assert!(written.contains("\"*_test.go\""), "{written}");
    }
}

#[test]
fn what_can_not_be_read_is_told_with_its_place() {
    let refused = |name: &str, content: &str, arguments: &[&str]| {
        let scratch = Scratch::new(&[(name, content)]);
        let run = scratch.run(&[&["migrate"], arguments].concat()).expect(2);
        assert!(!scratch.path().join("golint.toml").exists());
        run.stderr
    };
    let none = refused("x", "", &[]);
    assert!(none.contains("there is none of .golangci.yml, .golangci.yaml, .golangci.toml, .golangci.json"), "{none}");
    assert!(refused("x", "", &["none.yml"]).contains("cannot read none.yml"));
    assert!(refused("x.txt", "", &["x.txt"]).contains("x.txt ends in none of .yml"));
    assert!(refused(".golangci.yml", "a: [\n", &[]).contains("error: .golangci.yml:"));
    assert!(refused(".golangci.yml", "version: \"3\"\n", &[]).contains("error: .golangci.yml:1:"));
    let folder = Scratch::new(&[(".golangci.yml/x", "")]).run(&["migrate"]).expect(2);
    assert!(folder.stderr.contains("cannot read .golangci.yml"), "{}", folder.stderr);
}
