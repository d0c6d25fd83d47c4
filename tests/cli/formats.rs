//! Every format, on the same finding, as it reaches the user.

use std::os::unix::fs::symlink;

use super::{capture, one_finding};
use crate::scratch::Scratch;

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
fn output_is_written_to_files_as_well() {
    let scratch = one_finding();
    let run = scratch.run(&["check", "--output", "json=found.json", "--output", "sarif=found.sarif"]).expect(1);
    assert!(run.stdout.contains("syscall-deprecated"));
    assert_eq!(String::from_utf8(scratch.read("found.json")).expect("UTF-8"), output("json"));
    assert!(scratch.read("found.sarif").starts_with(b"{"));
    // The findings are not lost with the file.
    let run = scratch.run(&["check", "--output", "json=no/such/folder/found.json"]).expect(2);
    assert!(run.stderr.contains("cannot write"), "{}", run.stderr);
    assert!(run.stdout.contains("syscall-deprecated"), "{}", run.stdout);
}

#[test]
fn an_output_that_would_be_lost_is_refused() {
    let scratch = one_finding();
    scratch.write("golint.toml", b"");
    scratch.write("conf/a.toml", b"");
    scratch.write("o.json", b"");
    for (link, target) in [("link.json", "o.json"), ("folder", "."), ("source.json", "use_linux.go")] {
        symlink(target, scratch.path().join(link)).expect("a link");
    }
    for (outputs, expected) in [
        (&["json=o.json", "jsonl=sub/../o.json"][..], "another --output"),
        (&["json=o.json", "jsonl=link.json"], "another --output"),
        (&["json=new.json", "jsonl=folder/new.json"], "another --output"),
        (&["json=use_linux.go"], "Go file"),
        (&["json=source.json"], "Go file"),
        (&["json=go.mod"], "into go.mod"),
        (&["json=sub/go.sum"], "into go.sum"),
        (&["json=go.work"], "into go.work"),
        (&["json=go.work.sum"], "into go.work.sum"),
        (&["json=golint.toml"], "into golint.toml"),
        (&["json=folder/conf/a.toml"], "the file of --config"),
        (&["sarif=-"], "--format sarif"),
    ] {
        let arguments = outputs.iter().flat_map(|output| ["--output", output]);
        let command = ["check", "--config", "conf/a.toml"];
        let run = scratch.run(&command.into_iter().chain(arguments).collect::<Vec<_>>()).expect(2);
        assert!(run.stderr.contains(expected) && run.stdout.is_empty(), "{outputs:?}: {}", run.stderr);
        assert!(scratch.read("use_linux.go").starts_with(b"package"));
        assert!(scratch.read("go.mod").starts_with(b"module"));
        assert!(!scratch.path().join("new.json").exists());
    }
}

#[test]
fn an_output_is_written_where_its_name_leads() {
    let scratch = one_finding();
    scratch.write("real/found.json", b"");
    symlink("real/found.json", scratch.path().join("link.json")).expect("a link");
    scratch.run(&["check", "--output", "json=link.json", "--output", "jsonl=no/such/../../new.jsonl"]).expect(1);
    assert!(std::fs::symlink_metadata(scratch.path().join("link.json")).expect("it is there").is_symlink());
    assert!(scratch.read("real/found.json").starts_with(b"{"));
    assert!(scratch.read("new.jsonl").starts_with(b"{"));
}

#[test]
fn the_same_bytes_from_run_to_run() {
    for format in ["text", "concise", "json", "jsonl", "sarif", "github"] {
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
