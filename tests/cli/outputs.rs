//! `--output`: which files are written, which are refused, and what is said of those that can't be.

use std::ffi::OsString;
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use golint_diagnostics::Format;

use super::one_finding;
use crate::scratch::{Run, Scratch};

fn printed(format: &str) -> String {
    one_finding().run(&["check", "--format", format]).expect(1).stdout
}

#[test]
fn output_is_written_to_files_as_well() {
    let scratch = one_finding();
    let run = scratch.run(&["check", "--output", "json=found.json", "--output", "sarif=found.sarif"]).expect(1);
    assert!(run.stdout.contains("syscall-deprecated"));
    assert_eq!(String::from_utf8(scratch.read("found.json")).expect("UTF-8"), printed("json"));
    assert!(scratch.read("found.sarif").starts_with(b"{"));
}

#[test]
fn an_output_that_would_be_lost_is_refused() {
    let scratch = one_finding();
    scratch.write("golint.toml", b"");
    scratch.write("conf/rules", b"");
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
        (&["json=folder/conf/a.toml"], "a TOML file"),
        (&["json=conf/rules"], "the file of --config"),
        (&["json=rules/house.wasm"], "into a rule pack"),
        (&["sarif=-"], "--format sarif"),
    ] {
        let arguments = outputs.iter().flat_map(|output| ["--output", output]);
        let command = ["check", "--config", "conf/rules"];
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
fn every_format_is_written_in_one_run_as_it_is_printed() {
    let scratch = one_finding();
    let outputs = Format::ALL.map(|format| format!("{format}=out.{format}"));
    let arguments = outputs.iter().flat_map(|output| ["--output", output]);
    scratch.run(&["check"].into_iter().chain(arguments).collect::<Vec<_>>()).expect(1);
    for format in Format::ALL {
        let written = scratch.read(&format!("out.{format}"));
        assert_eq!(String::from_utf8_lossy(&written), printed(format.name()), "{format}");
    }
}

/// Neither the findings nor the other files are lost with a file that can't be written, and none is left half-written.
#[test]
fn a_file_that_can_not_be_written_is_2_and_the_rest_is_there() {
    let scratch = one_finding();
    scratch.write("sub/old.json", b"old");
    scratch.write("kept.json", b"old");
    set_permissions(scratch.path().join("kept.json"), Permissions::from_mode(0o444)).expect("permissions");
    for (output, told) in [
        ("no/such/found.json", "no/such; create it first"),
        ("go.mod/found.json", "go.mod is a file, not a folder; name another place"),
        ("sub", "it is a folder; name a file in it"),
        ("kept.json", "it is read-only; make it writable, or name another file"),
    ] {
        let first = format!("json={output}");
        let run = scratch.run(&["check", "--output", &first, "--output", "sarif=found.sarif"]).expect(2);
        let expected = format!("error: cannot write {output}: ");
        assert!(run.stderr.starts_with(&expected) && run.stderr.contains(told), "{output}: {}", run.stderr);
        assert!(run.stdout.contains("syscall-deprecated"), "{output}: {}", run.stdout);
        assert!(scratch.read("found.sarif").starts_with(b"{"), "{output}");
        std::fs::remove_file(scratch.path().join("found.sarif")).expect("it is there");
    }
    assert_eq!((scratch.read("kept.json"), scratch.read("sub/old.json")), (b"old".to_vec(), b"old".to_vec()));
    let mut names: Vec<_> = std::fs::read_dir(scratch.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    assert_eq!(names, ["go.mod", "kept.json", "sub", "use_linux.go"]);
}

/// The commands of the README's section on reports, as they stand there.
#[test]
fn the_examples_of_the_readme_write_what_they_say() {
    let readme = include_str!("../../README.md");
    let section =
        readme.split("\n### Reports\n").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section");
    let commands: Vec<&str> = section.lines().filter(|line| line.starts_with("golint-rs check ")).collect();
    assert!(commands.len() >= 6, "{commands:?}");
    let binary = Path::new(env!("CARGO_BIN_EXE_golint-rs"));
    for command in commands {
        let scratch = one_finding();
        let mut path = OsString::from(binary.parent().expect("a folder"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.args(["-euc", command]).current_dir(scratch.path()).env("PATH", path);
        shell.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
        shell.env("GITHUB_STEP_SUMMARY", scratch.path().join("summary.md"));
        // The finding is a warning.
        let run = Run::of(&mut shell).expect(if command.contains("--fail-on error") { 0 } else { 1 });
        assert!(run.stdout.contains("syscall-deprecated") && run.stderr.is_empty(), "{command}: {}", run.stderr);
        for output in command.split_whitespace().filter_map(|word| word.split_once('=')) {
            let file = if output.0 == "markdown" { "summary.md" } else { output.1 };
            assert_eq!(String::from_utf8_lossy(&scratch.read(file)), printed(output.0), "{command}");
        }
    }
}

/// GitHub refuses such a file whole, so that whoever writes it has to know; once is enough.
#[test]
fn more_results_than_github_takes_are_told() {
    let scratch = Scratch::new(&[("go.mod", "module example.com/many\n\ngo 1.21\n")]);
    let source = |calls| {
        let body = "\tsyscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)\n".repeat(calls);
        format!("package many\n\nimport \"syscall\"\n\nfunc _() {{\n{body}}}\n")
    };
    for i in 0..25 {
        scratch.write(&format!("f{i}_linux.go"), source(1000).as_bytes());
    }
    scratch.write("one_more_linux.go", source(1).as_bytes());
    let run = scratch.run(&["check", "--format", "sarif", "--output", "sarif=found.sarif"]).expect(1);
    let told =
        "warning: 25001 results, suppressed ones included, are more than the 25000 that GitHub's code scanning takes";
    assert!(run.stderr.starts_with(told) && run.stderr.lines().count() == 1, "{}", run.stderr);
    assert_eq!(run.json()["runs"][0]["results"].as_array().map(Vec::len), Some(25_001));
}
