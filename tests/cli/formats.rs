//! Every format, on the same finding, as it reaches the user.

use std::os::unix::fs::symlink;

use golint_diagnostics::Format;

use super::{capture, clean, one_finding};
use crate::scratch::{Run, Scratch};

fn output(format: &str) -> String {
    one_finding().run(&["check", "--format", format]).expect(1).stdout
}

#[test]
fn text() {
    insta::assert_snapshot!(output("text"));
}

#[test]
fn concise() {
    insta::assert_snapshot!(output("concise"));
}

#[test]
fn json() {
    insta::assert_snapshot!(output("json"));
}

#[test]
fn jsonl() {
    insta::assert_snapshot!(output("jsonl"));
}

#[test]
fn github() {
    insta::assert_snapshot!(output("github"));
}

#[test]
fn sarif() {
    let output = output("sarif");
    let json: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    assert_eq!(json["version"], "2.1.0");
    let run = &json["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "syscall-deprecated");
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
    assert_eq!(rule["id"], "syscall-deprecated");
    assert!(rule["help"]["markdown"].as_str().is_some_and(|h| h.contains("## Why")));
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "use_linux.go");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 6);
    assert!(result["partialFingerprints"].is_object());
    insta::assert_json_snapshot!(run["results"]);
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(output("gitlab"));
}

#[test]
fn checkstyle() {
    insta::assert_snapshot!(output("checkstyle"));
}

#[test]
fn junit() {
    insta::assert_snapshot!(output("junit"));
}

#[test]
fn azure() {
    insta::assert_snapshot!(output("azure"));
}

#[test]
fn teamcity() {
    insta::assert_snapshot!(output("teamcity"));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(output("markdown"));
}

#[test]
fn every_format_has_nothing_to_tell_of_clean_code() {
    for format in Format::ALL {
        let run = clean().run(&["check", "--format", format.name()]).expect(0);
        assert!(run.stderr.is_empty() && !run.stdout.contains("clean.go"), "{format}: {}{}", run.stderr, run.stdout);
    }
}

/// A plugin that can't be loaded is a finding of the run itself, beside those of the code.
#[test]
fn every_format_tells_what_went_wrong_with_the_run() {
    let scratch = one_finding();
    scratch.write("golint.toml", b"[plugins.mine]\npath = \"missing.wasm\"\n");
    for format in Format::ALL {
        let run = scratch.run(&["check", "--format", format.name()]).expect(2);
        for told in ["plugin-failure", "golint.toml", "syscall-deprecated", "use_linux.go"] {
            assert!(without_backslashes(&run).contains(told), "{format} lacks {told}: {}", run.stdout);
        }
    }
}

/// A file that can't be read is told on standard error; reports that others keep say that something is missing.
#[test]
fn reports_say_that_a_run_is_incomplete() {
    let scratch = one_finding();
    symlink("loop.go", scratch.path().join("loop.go")).expect("a link");
    for (format, told) in [
        ("text", "; the run is incomplete\n"),
        ("markdown", "; the run is incomplete\n"),
        ("sarif", "\"executionSuccessful\":false"),
        ("junit", "<error type=\"incomplete\""),
    ] {
        let run = scratch.run(&["check", "--format", format]).expect(2);
        assert!(run.stdout.contains(told), "{format}: {}", run.stdout);
        assert!(run.stderr.contains("loop.go") && !output(format).contains(told), "{format}: {}", run.stderr);
    }
}

/// Markdown has some before what would be markup.
fn without_backslashes(run: &Run) -> String {
    run.stdout.replace('\\', "")
}

#[test]
fn every_format_names_files_outside_of_the_working_folder() {
    let scratch = one_finding();
    scratch.write("sub/sub.go", b"package sub\n");
    for format in Format::ALL {
        let run = Run::of(
            scratch.command(&["check", "--format", format.name(), ".."]).current_dir(scratch.path().join("sub")),
        );
        let run = run.expect(1);
        assert!(without_backslashes(&run).contains("../use_linux.go"), "{format}: {}", run.stdout);
    }
}

/// SARIF has them, marked; the others count them at most.
#[test]
fn only_sarif_has_suppressed_findings() {
    let scratch = one_finding();
    let source = String::from_utf8(scratch.read("use_linux.go")).expect("UTF-8");
    scratch.write("use_linux.go", source.replace("0, 0, 0)", "0, 0, 0) //nolint").as_bytes());
    for format in Format::ALL {
        let run = scratch.run(&["check", "--format", format.name()]).expect(0);
        assert_eq!(run.stdout.contains("use_linux.go"), format == Format::Sarif, "{format}: {}", run.stdout);
    }
}

#[test]
fn the_same_bytes_from_run_to_run() {
    for format in Format::ALL.map(Format::name) {
        assert_eq!(output(format), output(format), "{format}");
    }
}

/// A name with a line end in it begins no second command of the log.
#[test]
fn github_takes_any_file_name() {
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n")]);
    scratch.write("a,b:%\n::error::x\x1b.go", capture("p").as_bytes());
    let run = scratch.run(&["check", "--format", "github"]).expect(1);
    let expected = "::error file=a%2Cb%3A%25%0A%3A%3Aerror%3A%3Ax\\x1b.go,line=5,";
    assert!(run.stdout.starts_with(expected) && run.stdout.lines().count() == 1, "{:?}", run.stdout);
}
