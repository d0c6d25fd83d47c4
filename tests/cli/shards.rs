//! `check --shard I/N` and `merge`: the parts of a run are the run.

use std::collections::BTreeMap;

use super::{capture, places};
use crate::scratch::Scratch;

/// A module of twelve packages, with findings, suppressed ones and a nested folder with a name that is escaped in URIs.
fn module() -> Scratch {
    let mut files = vec![("go.mod".to_owned(), "module example.com/m\n\ngo 1.21\n".to_owned())];
    for package in 'a'..='k' {
        files.push((format!("p{package}/x.go"), capture("p")));
        files.push((
            format!("p{package}/y.go"),
            capture("p").replace("use(v) }()", "use(v) }() //nolint:loopvar-capture"),
        ));
    }
    files.push(("\u{fc} [x]/z.go".to_owned(), capture("z")));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Scratch::new(&files)
}

const PARTS: usize = 3;

/// What each part writes, to a file of its own.
fn parts(scratch: &Scratch, format: &str, code: Option<i32>) -> Vec<String> {
    let part = |number: usize| {
        let name = format!("{number}.{format}");
        let run = scratch.run(&["check", "--shard", &format!("{number}/{PARTS}"), "--format", format]);
        if let Some(code) = code {
            assert_eq!(run.code, Some(code), "{}", run.stderr);
        }
        scratch.write(&name, run.stdout.as_bytes());
        name
    };
    (1..=PARTS).map(part).collect()
}

fn merged(scratch: &Scratch, parts: &[String]) -> crate::scratch::Run {
    let mut arguments = vec!["merge"];
    arguments.extend(parts.iter().map(String::as_str));
    scratch.run(&arguments)
}

#[test]
fn the_parts_together_are_the_whole_byte_for_byte() {
    let scratch = module();
    for format in ["json", "sarif"] {
        let whole = scratch.run(&["check", "--format", format]).expect(1);
        let mut parts = parts(&scratch, format, None);
        let run = merged(&scratch, &parts).expect(1);
        assert!(run.stdout == whole.stdout, "{format}:\n{}\n{}", whole.stdout, run.stdout);
        parts.reverse();
        assert!(merged(&scratch, &parts).expect(1).stdout == whole.stdout, "in any order");
        scratch
            .run(&[&["merge", "--exit-zero"], &parts.iter().map(String::as_str).collect::<Vec<_>>()[..]].concat())
            .expect(0);
        let run = merged(&scratch, &parts[1..]).expect(2);
        assert!(run.stderr.contains("parts of the run are missing: 3/3"), "{}", run.stderr);
        parts.push(parts[1].clone());
        let run = merged(&scratch, &parts).expect(2);
        assert!(run.stderr.contains("it is part 2/3, which does not go with the others"), "{}", run.stderr);
    }
}

#[test]
fn a_package_stays_where_it_is() {
    let scratch = module();
    let by_part = || -> BTreeMap<String, usize> {
        let part = |number: usize| {
            let run = scratch.run(&["check", "--shard", &format!("{number}/{PARTS}"), "--format", "json"]);
            places(&run).into_iter().map(move |place| (place, number)).collect::<Vec<_>>()
        };
        (1..=PARTS).flat_map(part).collect()
    };
    let before = by_part();
    assert_eq!(before.len(), 12);
    let counts: Vec<usize> = (1..=PARTS).map(|part| before.values().filter(|&&of| of == part).count()).collect();
    assert!(counts.iter().all(|&count| count > 0), "{counts:?}");
    scratch.write("new/n.go", capture("n").as_bytes());
    std::fs::remove_dir_all(scratch.path().join("pa")).expect("removed");
    let after = by_part();
    assert!(before.iter().filter(|(place, _)| !place.starts_with("pa/")).all(|(place, part)| after[place] == *part));
}

#[test]
fn the_exit_code_can_ask_for_weight() {
    let scratch = Scratch::new(super::ONE_FINDING);
    for format in ["json", "sarif"] {
        let run = scratch.run(&["check", "--format", format]);
        scratch.write("whole", run.stdout.as_bytes());
        scratch.run(&["merge", "whole"]).expect(1);
        scratch.run(&["merge", "--fail-on", "warning", "whole"]).expect(1);
        scratch.run(&["merge", "--fail-on", "error", "whole"]).expect(0);
    }
}

/// So is what a baseline did.
#[test]
fn what_a_baseline_knows_is_put_together() {
    let scratch = module();
    // Three of the same in a file, and one of which the code begins as theirs does.
    let line = "\t\tgo func() { use(v) }()\n";
    let three = format!("{line}{line}{line}{}", line.replace("use(v)", "use(v); use(v)"));
    scratch.write("pa/x.go", capture("p").replace(line, &three).as_bytes());
    scratch.run(&["check", "--write-baseline", "golint-baseline.txt"]).expect(0);
    scratch.write("golint.toml", b"baseline = \"golint-baseline.txt\"\n");
    for package in ["pa", "pc", "pd", "ph"] {
        scratch.write(&format!("{package}/x.go"), b"package p\n");
    }
    let whole = scratch.run(&["check", "--format", "json"]).expect(0);
    assert_eq!(whole.json()["baseline"]["vanished"].as_array().map(Vec::len), Some(8), "{}", whole.stdout);
    assert_eq!(merged(&scratch, &parts(&scratch, "json", None)).expect(0).stdout, whole.stdout);
    // In SARIF they are, marked as what somebody accepted elsewhere.
    let whole = scratch.run(&["check", "--format", "sarif"]).expect(0);
    let why = "{\"kind\":\"external\",\"justification\":\"known: it stands in golint-baseline.txt\"}";
    assert_eq!(whole.stdout.matches(why).count(), 8, "{}", whole.stdout);
    assert_eq!(merged(&scratch, &parts(&scratch, "sarif", None)).expect(0).stdout, whole.stdout);
}

/// And what other tools have reported.
#[test]
fn what_was_imported_is_put_together() {
    let scratch = module();
    let own = scratch.run(&["check", "--format", "sarif", "./pa", "./pb", "./pc"]).expect(1);
    scratch.write("own.sarif", own.stdout.as_bytes());
    let import = ["check", "--import", "own.sarif", "--format", "json"];
    let whole = scratch.run(&import).expect(1);
    assert_eq!(whole.json()["imported"], 3);
    let parts: Vec<String> = (1..=PARTS)
        .map(|number| {
            let run = scratch.run(&[&import[..], &["--shard", &format!("{number}/{PARTS}")]].concat());
            scratch.write(&format!("{number}.json"), run.stdout.as_bytes());
            format!("{number}.json")
        })
        .collect();
    assert_eq!(merged(&scratch, &parts).expect(1).stdout, whole.stdout);
}

/// A fault of golint.toml is told by each part, and once of the whole.
#[test]
fn faults_are_told_once() {
    let scratch = module();
    scratch.write("golint.toml", b"selct = []\n");
    let whole = scratch.run(&["check", "--format", "sarif"]).expect(2);
    let run = merged(&scratch, &parts(&scratch, "sarif", Some(2))).expect(2);
    assert_eq!(run.json()["runs"][0]["results"], whole.json()["runs"][0]["results"]);
    assert_eq!(run.json()["runs"][0]["results"].as_array().map(Vec::len), Some(1));
    let whole = scratch.run(&["check", "--format", "json"]).expect(2);
    assert_eq!(whole.json()["incomplete"], true);
    let run = merged(&scratch, &parts(&scratch, "json", Some(2))).expect(2);
    assert_eq!(run.stdout, whole.stdout);
}

#[test]
fn what_does_not_go_together_is_refused() {
    let scratch = module();
    let json = parts(&scratch, "json", None);
    let sarif = parts(&scratch, "sarif", None);
    let said = |arguments: &[&str]| scratch.run(&[&["merge"], arguments].concat()).expect(2).stderr;
    assert!(
        said(&[&json[0], &sarif[1]]).contains("2.sarif can't be merged: it is of another kind than the first part")
    );
    assert!(said(&[&json[0], "go.mod"]).contains("go.mod is no JSON, or breaks off"));
    assert!(said(&[&json[0], "missing"]).contains("cannot read missing"));
    scratch.write("other.json", b"{}");
    assert!(said(&["other.json"]).contains("other.json can't be merged: it is no report of golint-rs"));
    said(&[]);
    for wrong in ["0/3", "4/3", "1", "1/0", "a/b", "-1/3", "1/99999999999"] {
        let said = scratch.run(&["check", &format!("--shard={wrong}")]).expect(2).stderr;
        assert!(said.contains(&format!("`{wrong}` is no part of a whole, such as 1/3")), "{said}");
    }
}
