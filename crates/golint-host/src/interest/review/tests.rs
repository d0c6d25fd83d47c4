//! Tests of the module above.

use golint_sdk::Needle as Raw;
use golint_sdk::facts::GoVersions;

use super::*;

fn raw() -> RuleInterest {
    RuleInterest {
        rule: 0,
        go: GoVersions::default(),
        on: None,
        requires: Vec::new(),
        kinds: vec!["source_file".into()],
    }
}

fn error(raw: RuleInterest) -> String {
    interest(raw, &mut Costs::default()).expect_err("it can't be")
}

#[test]
fn needles() {
    let requires = vec![vec![Raw::Literal("unsafe".into()), Raw::Imports("golang.org/x/sys/…".into())]];
    let read = interest(RuleInterest { requires, ..raw() }, &mut Costs::default()).expect("good");
    assert_eq!(read.requires, [[Needle::Literal("unsafe".into()), Needle::ImportsBelow("golang.org/x/sys".into())]]);
    let with = |needle: Raw| error(RuleInterest { requires: vec![vec![needle]], ..raw() });
    assert!(with(Raw::Literal(String::new())).contains("1 to 1024 bytes"));
    assert!(with(Raw::Pattern("a(".into())).contains("regular expression"));
    assert!(with(Raw::Pattern("(?:a{1000}){1000}".into())).contains("regular expression"));
    assert!(with(Raw::Pattern("a".repeat(1025))).contains("1 to 1024 bytes"));
    assert!(error(RuleInterest { requires: vec![vec![]], ..raw() }).contains("never hit"));
}

#[test]
fn kinds_versions_and_platforms() {
    assert!(error(RuleInterest { kinds: vec![], ..raw() }).contains("source_file"));
    assert!(error(RuleInterest { kinds: vec!["go_statment".into()], ..raw() }).contains("\"go_statement\"?"));
    assert!(!error(RuleInterest { kinds: vec!["\u{1}".into()], ..raw() }).contains("did you mean"));
    let version = |minor| Some(golint_sdk::GoVersion { major: 1, minor });
    let go = GoVersions { since: version(22), before: version(22) };
    assert!(error(RuleInterest { go, ..raw() }).contains("1.22"));
    assert!(error(RuleInterest { on: Some(vec![0]), ..raw() }).contains("platforms is empty"));
    assert!(error(RuleInterest { on: Some(vec![1, 1]), ..raw() }).contains("beyond the table"));
}

#[test]
fn ranges() {
    let range = GoRange { since: Some(GoVersion::new(1, 18)), before: Some(GoVersion::new(1, 22)) };
    let held: Vec<_> = [17, 18, 21, 22].map(|minor| range.contains(GoVersion::new(1, minor))).into();
    assert_eq!(held, [false, true, true, false]);
    assert!(GoRange::default().contains(GoVersion::new(1, 0)));
}

/// Whether a pack may have interests, each with one list of needles.
fn judge(interests: impl Iterator<Item = Vec<Raw>>) -> Result<(), String> {
    let mut costs = Costs::default();
    interests
        .map(|any| RuleInterest { requires: vec![any], ..raw() })
        .try_for_each(|raw| interest(raw, &mut costs).map(|_| ()))
}

#[test]
fn what_needles_take_is_bounded_over_all_interests() {
    let literals = |count: usize| judge((0..count).map(|i| vec![Raw::Literal(format!("needle{i}"))]));
    assert_eq!(literals(MAX_NEEDLES), Ok(()));
    assert!(literals(MAX_NEEDLES + 1).is_err_and(|e| e.contains("1000 needles")));
    // Many rules ask for the same.
    assert_eq!(judge((0..5_000).map(|_| vec![Raw::Literal("go".into()), Raw::Pattern("g.".into())])), Ok(()));
    let patterns = |count: usize| judge((0..count).map(|i| vec![Raw::Pattern(format!("needle{i}.?"))]));
    assert_eq!(patterns(MAX_PATTERNS), Ok(()));
    assert!(patterns(MAX_PATTERNS + 1).is_err_and(|e| e.contains("100 patterns")));
    let big = judge((0..50).map(|i| vec![Raw::Pattern(format!(r"[a-z{i}]{{5000}}"))]));
    assert!(big.as_ref().is_err_and(|e| e.contains("bytes")), "{big:?}");
}
