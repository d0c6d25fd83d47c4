//! Paths that lead out of the working folder: what `..` names is what it names without it.

use super::{capture, places};
use crate::scratch::{Run, Scratch, command_in};

const MODULE: (&str, &str) = ("m/go.mod", "module example.com/m\n\ngo 1.21\n");

/// A module in m with a finding in a.go and an excluded one in gen/b.go, and the empty folder w beside it.
fn beside() -> Scratch {
    let go = capture("p");
    let configuration = "exclude = [\"gen\"]\n[per-file-ignores]\n\"quiet.go\" = [\"loopvar-capture\"]\n";
    let scratch = Scratch::new(&[MODULE, ("m/golint.toml", configuration), ("m/a.go", &go), ("m/gen/b.go", &go)]);
    scratch.write("m/quiet.go", go.as_bytes());
    scratch.write("w/.keep", b"");
    scratch
}

fn run(scratch: &Scratch, folder: &str, arguments: &[&str]) -> Run {
    Run::of(&mut command_in(&scratch.path().join(folder), arguments))
}

#[test]
fn a_file_that_is_named_is_checked_however_its_path_is_written() {
    let scratch = beside();
    for path in ["../m/gen/b.go", "../w/./../m/gen/b.go"] {
        let run = run(&scratch, "w", &["check", "--format", "json", path]).expect(1);
        assert_eq!(places(&run), ["../m/gen/b.go:5: loopvar-capture"]);
    }
    let run = run(&scratch, "w", &["check", "--format", "json", "../m"]).expect(1);
    assert_eq!(places(&run), ["../m/a.go:5: loopvar-capture"]);
}

#[test]
fn standard_input_stands_for_the_file_that_is_named() {
    let scratch = beside();
    let arguments = ["check", "--format", "json", "--stdin-filename", "../m/a.go", "-"];
    let clean = Run::with_input(&mut command_in(&scratch.path().join("w"), &arguments), b"package p\n").expect(0);
    assert_eq!(places(&clean), Vec::<String>::new());
    let arguments = ["check", "--fix", "--quiet", "--stdin-filename", "../m/gen/b.go", "-"];
    let fixed =
        Run::with_input(&mut command_in(&scratch.path().join("w"), &arguments), capture("fresh").as_bytes()).expect(0);
    assert!(fixed.stdout.starts_with("package fresh") && fixed.stdout.contains("v := v"), "{}", fixed.stdout);
    assert_eq!(scratch.read("m/gen/b.go"), capture("p").as_bytes());
}

#[test]
fn a_configuration_above_governs_as_one_beside() {
    let scratch = beside();
    let run_there = run(&scratch, "w", &["check", "--format", "json", "../m/..."]).expect(1);
    assert_eq!(places(&run_there), ["../m/a.go:5: loopvar-capture"]);
    let shown = run(&scratch, "w", &["config", "show", "../m/gen/b.go"]).expect(0).stdout;
    assert!(shown.contains("../m/golint.toml") && shown.contains("exclude = [\"gen\"]"), "{shown}");
    scratch.write("golint.toml", b"select = []\n");
    let shown = run(&scratch, "m/gen", &["config", "show", "../../w"]).expect(0).stdout;
    assert!(!shown.contains("m/golint.toml"), "{shown}");
}
