//! checkstyle and junit, parsed by an XML reader and held against what is written about them.
//!
//! JUnit: the Jenkins project's junit-10.xsd (xUnit plugin), of which `JUNIT` says the elements, attributes and children that
//! we use. By hand, that schema itself (with lxml 6.1.3) and junitparser 5.0.3 (both PyPI) read every situation below.
//!
//! Checkstyle has no published schema; `CHECKSTYLE` says what its XMLLogger writes. By hand, violations-lib 1.157.3 (Maven
//! Central) read the sample: each finding with path, line, column, severity, message and rule as they are in JSON.

use std::collections::BTreeMap;

use golint_diagnostics::{Diagnostic, Format, Location, RenderOptions, Span};
use insta::assert_snapshot;
use roxmltree::{Document, Node};

use crate::fixture::{Memory, NASTY, plain, report, sample, situations, written};

/// An element: its name, the attributes that it must have and may have, its children, and whether it has text.
type Element = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str], bool);

const JUNIT: &[Element] = &[
    ("testsuites", &[], &["name", "tests", "failures", "errors"], &["testsuite"], false),
    ("testsuite", &["name", "tests", "failures", "errors"], &["skipped"], &["testcase"], false),
    ("testcase", &["name"], &["classname"], &["failure", "error"], false),
    ("failure", &[], &["type", "message"], &[], true),
    ("error", &[], &["type", "message"], &[], true),
];

const CHECKSTYLE: &[Element] = &[
    ("checkstyle", &["version"], &[], &["file"], false),
    ("file", &["name"], &[], &["error"], false),
    ("error", &["line", "severity", "message", "source"], &["column"], &[], false),
];

#[track_caller]
fn assert_valid(document: &Document<'_>, root: &str, elements: &[Element]) {
    assert_eq!(document.root_element().tag_name().name(), root);
    for node in document.root_element().descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let (_, required, optional, children, has_text) =
            elements.iter().find(|element| element.0 == name).unwrap_or_else(|| panic!("no element {name}"));
        for attribute in *required {
            assert!(node.has_attribute(*attribute), "{name} lacks {attribute}");
        }
        for attribute in node.attributes() {
            let known = required.contains(&attribute.name()) || optional.contains(&attribute.name());
            assert!(known, "{name} has {}", attribute.name());
        }
        for child in node.children() {
            match child.is_element() {
                true => assert!(children.contains(&child.tag_name().name()), "{:?} in {name}", child.tag_name()),
                false => assert!(*has_text || child.text().is_none_or(|text| text.trim().is_empty()), "text in {name}"),
            }
        }
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("no {name}"))
}

fn elements<'a>(document: &'a Document<'a>, name: &'static str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

#[test]
fn checkstyle() {
    let (report, sources) = sample();
    assert_snapshot!(written(Format::Checkstyle, &report, &sources, &RenderOptions::default()));
}

#[test]
fn junit() {
    let (report, sources) = sample();
    assert_snapshot!(written(Format::Junit, &report, &sources, &RenderOptions::default()));
}

#[test]
fn every_situation_is_valid_checkstyle_with_all_findings() {
    for (name, report, sources, options) in situations() {
        let text = written(Format::Checkstyle, &report, &sources, &options);
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        assert_valid(&document, "checkstyle", CHECKSTYLE);
        let errors = elements(&document, "error");
        assert_eq!(errors.len(), report.diagnostics.len(), "{name}");
        for (error, finding) in errors.iter().zip(&report.diagnostics) {
            assert!(attribute(*error, "line").parse::<u32>().is_ok_and(|line| line >= 1), "{name}");
            assert!(["info", "warning", "error"].contains(&attribute(*error, "severity")), "{name}");
            let file = error.parent_element().expect("a file");
            // All but what XML can't hold comes back.
            let expected = finding.path().replace('\x1b', "\\x1b").replace('\0', "\\x00").replace('\x07', "\\x07");
            assert_eq!(attribute(file, "name"), expected.replace('\u{ffff}', "\\uffff"), "{name}");
        }
        let files: Vec<&str> = elements(&document, "file").into_iter().map(|file| attribute(file, "name")).collect();
        assert!(files.windows(2).all(|pair| pair[0] != pair[1]), "{name}: each file once: {files:?}");
    }
}

#[test]
fn every_situation_is_valid_junit_with_all_findings() {
    for (name, report, sources, options) in situations() {
        let text = written(Format::Junit, &report, &sources, &options);
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        assert_valid(&document, "testsuites", JUNIT);
        let found = elements(&document, "testcase").len();
        assert!(found >= 1, "{name}: Jenkins fails on a report without tests");
        for suite in elements(&document, "testsuite").into_iter().chain([document.root_element()]) {
            for (count, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
                let below = suite.descendants().filter(|node| node.has_tag_name(element)).count();
                assert_eq!(attribute(suite, count), below.to_string(), "{name}: {count}");
            }
        }
        let mut names = BTreeMap::new();
        for case in elements(&document, "testcase") {
            *names.entry((attribute(case, "classname"), attribute(case, "name"))).or_insert(0) += 1;
        }
        assert!(names.values().all(|&count| count == 1), "{name}: GitLab keeps one test of a name: {names:?}");
    }
}

#[test]
fn a_run_that_found_nothing_is_a_test_that_passed() {
    assert_snapshot!(plain(Format::Junit, vec![], &Memory::default()), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="golint-rs" tests="1" failures="0" errors="0">
      <testsuite name="golint-rs" tests="1" failures="0" errors="0">
        <testcase classname="golint-rs" name="no problems found in 3 files"/>
      </testsuite>
    </testsuites>
    "#);
    assert_snapshot!(plain(Format::Checkstyle, vec![], &Memory::default()), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <checkstyle version="8.0">
    </checkstyle>
    "#);
}

/// Faults of the run are errors, for JUnit's readers are told of failures and errors apart.
#[test]
fn what_went_wrong_with_the_run_is_an_error() {
    let (_, report, sources, options) =
        situations().into_iter().find(|situation| situation.0 == "faults of the run").expect("a situation");
    assert_snapshot!(written(Format::Junit, &report, &sources, &options), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="golint-rs" tests="3" failures="1" errors="2">
      <testsuite name="plugin-failure" tests="1" failures="0" errors="1">
        <testcase classname="plugin-failure" name="a.go:1:1">
          <error type="error" message="pack `x` trapped">a.go:1:1: pack `x` trapped
    help: report it to its authors</error>
        </testcase>
      </testsuite>
      <testsuite name="unused-suppression" tests="1" failures="1" errors="0">
        <testcase classname="unused-suppression" name="a.go:1:1">
          <failure type="hint" message="nothing to suppress">a.go:1:1: nothing to suppress</failure>
        </testcase>
      </testsuite>
      <testsuite name="golint-rs" tests="1" failures="0" errors="1">
        <testcase classname="golint-rs" name="the run is complete">
          <error type="incomplete" message="something was not checked: see the log"/>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn what_xml_can_not_hold_is_spelt_and_all_else_comes_back() {
    let finding = Diagnostic::new("r", Location::new("a.go", Span::new(0, 0)), format!("<&> é日👍 {NASTY}"));
    for (format, element) in [(Format::Checkstyle, "error"), (Format::Junit, "failure")] {
        let text = plain(format, vec![finding.clone()], &Memory::default());
        let document = Document::parse(&text).unwrap();
        let message = attribute(elements(&document, element)[0], "message");
        assert!(message.starts_with(r"<&> é日👍 \x1b[2J\x07\x00\x7f\u009b\u202e\uffff"), "{message}");
        assert!(message.ends_with(r##"<b a="'">&amp;]]>|'[x](y)`*_~$#@%0A%AZP25;,:]"##), "{message}");
    }
    // With many findings in many files, nothing depends on how they are sorted.
    let at = |path: &str| Diagnostic::new("r", Location::new(path, Span::new(0, 0)), "m");
    let many = report(vec![at("a.go"), at("b.go"), at("b.go"), at("c.go")]);
    let text = written(Format::Checkstyle, &many, &Memory::default(), &RenderOptions::default());
    assert_eq!(elements(&Document::parse(&text).unwrap(), "file").len(), 3);
}
