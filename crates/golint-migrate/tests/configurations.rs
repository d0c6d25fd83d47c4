//! Configurations of golangci-lint as projects have them: what is written, and what is told.

use golint_migrate::{Fault, Format, Migration, RuleHere, migrate};
use insta::assert_snapshot;
use proptest::prelude::*;

fn rules() -> Vec<RuleHere> {
    let rule = |name: &str, equivalents: &[&str], overlaps: &[&str]| RuleHere {
        name: name.into(),
        equivalents: equivalents.iter().map(|name| (*name).into()).collect(),
        overlaps: overlaps.iter().map(|name| (*name).into()).collect(),
    };
    vec![
        rule("loopvar-capture", &["govet/loopclosure", "exportloopref", "scopelint"], &[]),
        rule("syscall-deprecated", &[], &["staticcheck/SA1019"]),
        rule("unsafe-offsetof", &[], &["govet/unsafeptr", "gosec/G103"]),
        rule("unaligned-offset", &[], &[]),
    ]
}

#[track_caller]
fn migrated(text: &str) -> Migration {
    let migration = migrate(text, Format::Yaml, &rules()).unwrap();
    holds(&migration);
    migration
}

/// What holds of every migration.
fn holds(migration: &Migration) {
    let toml = &migration.golint_toml;
    assert!(toml.parse::<toml::Table>().is_ok() && toml.ends_with('\n') && !toml.ends_with("\n\n"), "{toml}");
    let report = migration.report();
    assert!(report.ends_with('\n') && !report.lines().any(|line| line.ends_with(' ')), "{report}");
    let too_long = |line: &&str| line.chars().count() > 100 && line.trim_start().contains(' ');
    let is_command = |line: &&str| line.trim_start().starts_with("golint-rs check ");
    assert_eq!(report.lines().filter(too_long).find(|line| !is_command(line)), None);
}

fn both(migration: &Migration) -> String {
    format!("{}\n---\n\n{}", migration.golint_toml, migration.report())
}

/// Of a project that has had golangci-lint for long.
const OLD: &str = r##"
run:
  timeout: 10m
  concurrency: 4
  go: 1.20
  tests: true
  build-tags: [integration, e2e]
  skip-dirs-use-default: true
  modules-download-mode: vendor

output:
  formats:
    - format: colored-line-number
    - format: checkstyle
      path: "out/lint report.xml"
    - format: github-actions
  sort-results: true

linters-settings:
  govet:
    enable-all: true
    disable: [fieldalignment, shadow]
  gosec:
    excludes: [G103, G204]
  nolintlint:
    allow-unused: true
    require-explanation: true
  lll:
    line-length: 140

linters:
  disable-all: true
  enable:
    - copyloopvar
    - errcheck
    - exportloopref
    - gas
    - gofmt
    - govet
    - lll
    - nolintlint
    - staticcheck
    - unused

issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  new-from-rev: origin/main
  whole-files: true
  fix: true
  exclude-use-default: false
  exclude-generated: disable
  exclude-dirs:
    - ^api/gen$
    - mocks
    - internal/legacy/.*
  exclude-files:
    - ".*\\.pb\\.go$"
    - zz_generated\..*\.go$
    - _string.go
    - '^[a-z]+_mock\.go$'
  exclude:
    - G104
  exclude-rules:
    - path: _test\.go
      linters: [errcheck, govet]
    - path: (^|/)cmd/
      linters: [lll]
    - linters: [staticcheck]
      text: "SA1019:"
    - path-except: ^pkg/
      linters: [govet]

severity:
  default-severity: error
  case-sensitive: true
  rules:
    - linters: [govet]
      severity: minor
    - linters: [lll]
      severity: info
"##;

#[test]
fn a_configuration_of_version_1() {
    assert_snapshot!("version_1", both(&migrated(OLD)));
}

/// Of a project that was moved to version 2 by golangci-lint itself.
const NEW: &str = r##"
version: "2"
run:
  go: "1.21"
  tests: false
  relative-path-mode: gomod
output:
  formats:
    text:
      path: stdout
      colors: false
    sarif:
      path: golangci.sarif
    code-climate:
      path: gl-code-quality-report.json
    html:
      path: report.html
  show-stats: true
linters:
  default: none
  enable:
    - bodyclose
    - copyloopvar
    - gosec
    - govet
    - revive
    - staticcheck
    - house-rules
  settings:
    govet:
      disable:
        - loopclosure
    staticcheck:
      checks: [all, -SA1019, -ST1000]
    custom:
      house-rules:
        type: module
  exclusions:
    generated: lax
    warn-unused: true
    presets:
      - comments
      - legacy
    rules:
      - linters: [govet]
        path: (.+)_test\.go
      - linters: [gosec, revive]
        path: ^internal/(testing|fixtures)/
      - linters: [revive]
        text: exported
      - linters: [staticcheck]
        text: "ST1005: error strings"
      - linters: [govet]
        text: composite literal
      - linters: [govet]
        source: "^//go:generate"
      - linters: [govet]
        path: ^[a-z]+x\.go
    paths:
      - third_party$
      - builtin$
      - examples$
      - (^|/)mocks/
      - \.gen\.go$
      - pkg/.*/testdata
    paths-except:
      - ^pkg/
issues:
  new-from-merge-base: main
formatters:
  enable: [gofumpt, gci]
  exclusions:
    paths: [third_party$]
severity:
  default: "@linter"
  rules:
    - linters: [govet]
      severity: urgent
surprise: true
"##;

#[test]
fn a_configuration_of_version_2() {
    assert_snapshot!("version_2", both(&migrated(NEW)));
}

#[test]
fn an_empty_configuration_is_one_of_version_1() {
    assert_snapshot!("empty", both(&migrated("")));
}

#[test]
fn all_linters_but_some_are_named() {
    let text = "version: 2\nlinters:\n  default: all\n  disable: [wsl, lll]\n";
    assert_snapshot!("all_linters", both(&migrated(text)));
}

#[test]
fn toml_and_json_say_the_same_as_yaml() {
    let yaml = "version: '2'\nrun:\n  go: '1.21'\nlinters:\n  exclusions:\n    paths: ['mocks/']\n";
    let toml = "version = '2'\n[run]\ngo = '1.21'\n[linters.exclusions]\npaths = ['mocks/']\n";
    let json =
        "{\"version\": \"2\", \"run\": {\"go\": \"1.21\"}, \"linters\": {\"exclusions\": {\"paths\": [\"mocks/\"]}}}";
    let expected = migrated(yaml);
    for (text, format) in [(toml, Format::Toml), (json, Format::Json)] {
        let migration = migrate(text, format, &rules()).unwrap();
        assert_eq!((migration.golint_toml, migration.kept), (expected.golint_toml.clone(), expected.kept.clone()));
    }
}

#[test]
fn keys_of_the_other_version_and_unknown_ones_are_told() {
    let lost = |text: &str| {
        let lost = migrated(text).lost.into_iter().map(|note| format!("{} {}: {}", note.line, note.key, note.message));
        lost.collect::<Vec<_>>()
    };
    assert_eq!(
        lost("linters:\n  default: all\nformatters: {}\nlinter: {}\n"),
        [
            "2 linters.default: a key of version 2, which begins with `version: \"2\"`",
            "3 formatters: a key of version 2, which begins with `version: \"2\"`",
            "4 linter: golangci-lint knows no such key",
        ]
    );
    assert_eq!(
        lost("version: \"2\"\nissues:\n  exclude-dirs: [a]\n"),
        ["3 issues.exclude-dirs: a key of version 1, which version 2 does not read"]
    );
}

#[test]
fn old_keys_stand_in_for_newer_ones() {
    let text = "run:\n  skip-dirs: [^gen$]\n  skip-files: [_gen\\.go]\n  skip-dirs-use-default: false\n\
                issues:\n  exclude-dirs: [other]\n";
    let migration = migrated(text);
    let toml: toml::Table = migration.golint_toml.parse().unwrap();
    assert_eq!(toml["exclude"], toml::Value::from(vec!["gen/*.go", "*_gen.go"]));
    assert_eq!(migration.lost[0].key, "issues.exclude-dirs");
}

#[test]
fn the_command_line_can_be_run_as_it_is() {
    let command = |text: &str| migrated(text).command.unwrap();
    assert_eq!(command("issues: {new-from-rev: -x}\n"), "golint-rs check --new-from-rev=-x ./...");
    assert_eq!(command("issues: {new-from-rev: '-x y'}\n"), "golint-rs check --new-from-rev='-x y' ./...");
    let sarif = |path: &str| command(&format!("version: 2\noutput: {{formats: {{sarif: {{path: '{path}'}}}}}}\n"));
    assert_eq!(sarif("-"), "golint-rs check --output sarif=./- ./...");
    assert_eq!(sarif("-x"), "golint-rs check --output sarif=-x ./...");
    assert_eq!(sarif("stdout"), "golint-rs check --format sarif ./...");
    let migration = migrated("issues: {new-from-rev: \"a\\u202Eb\"}\n");
    assert_eq!((migration.command, migration.lost.len()), (None, 1));
}

#[test]
fn a_number_of_threads_below_0_is_told() {
    let migration = migrated("run: {concurrency: -4}\n");
    assert_eq!((migration.command, migration.lost[0].message.as_str()), (None, "no number of threads is below 0"));
}

#[test]
fn a_second_document_is_told() {
    let lines = |text: &str| migrated(text).lost.iter().map(|note| (note.key.clone(), note.line)).collect::<Vec<_>>();
    assert_eq!(lines("run: {tests: false}\n---\nlinters: {}\n"), [("---".to_owned(), 2)]);
    assert_eq!(lines("---\n---\n\n---\na: [\n"), [("---".to_owned(), 4)]);
    for one in ["---\nrun: {}\n---\n", "run: {}\n...\n", "run: {}\n---\n# no more\n--- # nor here\n"] {
        assert_eq!(lines(one), [], "{one:?}");
    }
}

#[test]
fn a_fault_reads_well_after_the_name_of_the_file() {
    let fault = |text: &str, format| format!(".golangci.yml:{}", migrate(text, format, &rules()).unwrap_err());
    assert_eq!(fault("a: [", Format::Toml), ".golangci.yml:1:4: not a TOML document: key with no value, expected `=`");
    let large = fault(&" ".repeat(1_200_000), Format::Yaml);
    assert_eq!(large, ".golangci.yml: 1200000 bytes are too many for a configuration; the limit is 1 MiB");
}

/// golint-rs would not read it.
#[test]
fn a_golint_toml_that_is_too_large_is_a_fault() {
    let paths: String =
        (0..2_000).map(|n| format!("    - (a|b)(a|b)(a|b)(a|b)(a|b)(a|b){}{n}/\n", "x".repeat(9))).collect();
    let fault = migrate(&format!("issues:\n  exclude-files:\n{paths}"), Format::Yaml, &[]).unwrap_err();
    assert!(fault.message.starts_with("its golint.toml would have "), "{fault}");
    assert_eq!((fault.line, fault.message.ends_with(" bytes, and 1 MiB is the limit")), (None, true));
}

#[track_caller]
fn fails(text: &str, expected: Fault) {
    assert_eq!(migrate(text, Format::Yaml, &rules()), Err(expected));
}

#[test]
fn what_golangci_lint_would_not_take_is_a_fault() {
    let fault = |line, column, message: &str, help: &str| Fault {
        line: Some(line),
        column: Some(column),
        message: message.into(),
        help: help.into(),
    };
    fails(
        "version: \"3\"\n",
        fault(
            1,
            10,
            "version `3` of golangci-lint's configuration is not known",
            "versions 1 (without the key `version`) and 2 can be read",
        ),
    );
    fails(
        "run:\n  tests: maybe\n",
        fault(
            2,
            10,
            "`run.tests` must be true or false, and is `maybe`",
            "golangci-lint does not take it either; write true or false",
        ),
    );
    fails(
        "linters:\n  enable:\n    - {a: b}\n",
        fault(
            3,
            7,
            "`linters.enable` must be a single value, and is a table",
            "golangci-lint does not take it either; write a single value",
        ),
    );
    fails(
        "version: 2\nlinters: {default: most}\n",
        fault(2, 20, "`most` is none of golangci-lint's groups of linters", "they are standard, all, none and fast"),
    );
}

/// Large ones: whatever is looked up is not looked for in all that there is.
#[test]
fn large_configurations_are_answered() {
    let here = rules();
    let paths: String = (0..1_000).map(|n| format!("    - (a|b)(a|b)(a|b)(a|b)(a|b)x{n}/\n")).collect();
    let rules: String = (0..1_000).map(|n| format!("    - {{linters: [govet], path: (a|b)(a|b)x{n}}}\n")).collect();
    let checks: String = (0..2_000).map(|n| format!("      - -SA{n}\n")).collect();
    let text = format!(
        "linters-settings:\n  staticcheck:\n    checks:\n{checks}issues:\n  exclude-files:\n{paths}  exclude-rules:\n{rules}"
    );
    let migration = migrate(&text, Format::Yaml, &here).unwrap();
    assert_eq!(migration.golint_toml.lines().filter(|line| line.starts_with("    \"*")).count(), 1_000 * 32);
}

/// Texts with the keys that there are, and values of any kind.
fn configuration() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "version",
        "run",
        "go",
        "tests",
        "skip-dirs",
        "concurrency",
        "output",
        "formats",
        "format",
        "path",
        "linters",
        "enable",
        "disable",
        "default",
        "settings",
        "linters-settings",
        "govet",
        "exclusions",
        "rules",
        "paths",
        "generated",
        "issues",
        "exclude-rules",
        "exclude-dirs",
        "text",
        "severity",
        "default-severity",
        "fix",
        "new",
        "formatters",
        "revive",
        "name",
        "disabled",
        "staticcheck",
        "checks",
        "nolintlint",
        "allow-unused",
    ]);
    let scalar = prop_oneof![
        prop::sample::select(vec!["2", "true", "false", "~", "1.20", "govet", "a,b", "disable", "all", "none", "''"])
            .prop_map(str::to_owned),
        "\"[a-z/.*|()$^_]{0,12}\"",
    ];
    scalar.prop_recursive(5, 48, 6, move |inner| {
        let entries = prop::collection::btree_map(key.clone(), inner.clone(), 0..6);
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            3 => entries.prop_map(|entries| {
                let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_configuration_is_answered(text in configuration()) {
        if let Ok(migration) = migrate(&text, Format::Yaml, &rules()) {
            holds(&migration);
        }
    }

    #[test]
    fn any_text_is_answered(text in "(\\PC|\n){0,200}") {
        for format in [Format::Yaml, Format::Toml, Format::Json] {
            let _ = migrate(&text, format, &rules());
        }
    }
}
