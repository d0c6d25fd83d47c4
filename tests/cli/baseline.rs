//! --write-baseline, --baseline and the key of golint.toml: what is known stays silent, and nothing else does.

use std::process::Command;

use serde_json::json;

use super::{capture, places};
use crate::scratch::{Run, Scratch, command_in};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");
const KEY: (&str, &str) = ("golint.toml", "baseline = \"known.txt\"\n");
const FILE: &str = "known.txt";

/// A module that names its baseline, which has what is found in these files.
fn adopted(files: &[(&str, &str)]) -> Scratch {
    let scratch = Scratch::new(&[&[MODULE, KEY], files].concat());
    scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    scratch
}

fn text(scratch: &Scratch) -> String {
    String::from_utf8(scratch.read(FILE)).expect("UTF-8")
}

fn found(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    places(&scratch.run(&[&["check", "--format", "json"], arguments].concat()))
}

#[test]
fn what_is_written_is_silent_from_then_on() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p")), ("sub/b.go", &capture("q"))]);
    let run = scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    assert_eq!(run.stdout, "no problems found in 2 files\n");
    assert_eq!(
        run.stderr,
        "wrote 2 findings to known.txt: 2 new, 0 gone\nit holds where golint.toml says `baseline = \"known.txt\"`; commit both\n"
    );
    let about = "# Findings that are known and not reported: path, rule, declaration, code. Written by `golint-rs check \
                 --write-baseline`.";
    let code = "go func(){use(v)}()";
    assert_eq!(
        text(&scratch),
        format!(
            "golint-rs baseline 1\n{about}\na.go\tloopvar-capture\tf\t{code}\nsub/b.go\tloopvar-capture\tf\t{code}\n"
        )
    );
    scratch.run(&["check"]).expect(1);
    // From the cache, too.
    for _ in 0..2 {
        let run = scratch.run(&["check", "--baseline", FILE]).expect(0);
        assert_eq!((&*run.stdout, &*run.stderr), ("no problems found in 2 files; 2 known\n", ""));
    }
    let run = scratch.run(&["check", "--baseline", FILE, "--format", "json"]).expect(0);
    let json = run.json();
    assert_eq!(json["baseline"], json!({"known": 2, "vanished": []}));
    assert_eq!(json["summary"], json!({"files": 2, "diagnostics": 0, "suppressed": 0}));
    let run = scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    assert_eq!(run.stderr, "known.txt has the 2 findings already\n");
    // A finding that is new is the only one.
    scratch.write("sub/c.go", capture("q").replace("func f", "func g").as_bytes());
    scratch.run(&["check", "--baseline", FILE]).expect(1);
    assert_eq!(found(&scratch, &["--baseline", FILE]), ["sub/c.go:5: loopvar-capture"]);
}

#[test]
fn the_key_holds_everywhere_unless_the_command_line_says_otherwise() {
    let scratch = adopted(&[("a.go", &capture("p")), ("sub/b.go", &capture("q"))]);
    scratch.run(&["check"]).expect(0);
    // Wherever it is run.
    let sub = scratch.path().join("sub");
    Run::of(&mut command_in(&sub, &["check", "."])).expect(0);
    Run::of(&mut command_in(&sub, &["check", "--baseline", "../known.txt", "../..."])).expect(0);
    assert_eq!(found(&scratch, &["--no-baseline"]).len(), 2);
    assert_eq!(found(&scratch, &["--isolated"]).len(), 2);
    scratch.write("none.txt", b"golint-rs baseline 1\n");
    assert_eq!(found(&scratch, &["--baseline", "none.txt"]).len(), 2);
    let run = scratch.run(&["config", "show"]).expect(0);
    assert!(run.stdout.contains("\nbaseline = \"known.txt\"\n"), "{}", run.stdout);
    // A nearer file that says nothing has none, and one that extends has the same.
    scratch.write("sub/golint.toml", b"");
    assert_eq!(found(&scratch, &[]), ["sub/b.go:5: loopvar-capture"]);
    scratch.write("sub/golint.toml", b"extend = \"../golint.toml\"\n");
    scratch.run(&["check"]).expect(0);
}

#[test]
fn standard_input_has_the_known_findings_of_its_file() {
    let scratch = adopted(&[("a.go", &capture("p"))]);
    let mut command = scratch.command(&["check", "-", "--stdin-filename", "a.go"]);
    Run::with_input(&mut command, capture("p").replace("\nfunc", "\nvar x int\n\nfunc").as_bytes()).expect(0);
}

#[test]
fn edits_moves_and_new_names_revive_nothing() {
    let scratch = adopted(&[("a.go", &capture("p")), ("b.go", "package p\n")]);
    let known = |scratch: &Scratch| {
        let run = scratch.run(&["check", "--format", "json"]).expect(0);
        assert_eq!(run.json()["baseline"], json!({"known": 1, "vanished": []}));
    };
    let edited = capture("p")
        .replace("\n\nfunc", "\n\nimport \"fmt\"\n\nvar _ = fmt.Sprint\n\nfunc")
        .replace("go func() { use(v) }()", "println()\n\t\tgo   func() { use( v ) }() // later");
    scratch.write("a.go", edited.as_bytes());
    known(&scratch);
    scratch.write("a.go", b"package p\n");
    scratch.write("b.go", capture("p").as_bytes());
    known(&scratch);
    scratch.write("b.go", capture("p").replace("func f", "func renamed").as_bytes());
    std::fs::remove_file(scratch.path().join("a.go")).expect("a file");
    scratch.write("a.go", capture("p").replace("func f", "func renamed").as_bytes());
    scratch.write("b.go", b"package p\n");
    known(&scratch);
    scratch.write("a.go", capture("p").as_bytes());
    std::fs::create_dir(scratch.path().join("other")).expect("a folder");
    std::fs::rename(scratch.path().join("a.go"), scratch.path().join("other/z.go")).expect("a file");
    known(&scratch);
}

#[test]
fn a_second_equal_finding_is_new() {
    let scratch = adopted(&[("a.go", &capture("p"))]);
    let line = "\t\tgo func() { use(v) }()\n";
    scratch.write("a.go", capture("p").replace(line, &line.repeat(2)).as_bytes());
    scratch.run(&["check"]).expect(1);
    assert_eq!(found(&scratch, &[]), ["a.go:6: loopvar-capture"]);
    scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    assert_eq!(text(&scratch).matches("use(v)").count(), 2);
    scratch.run(&["check"]).expect(0);
}

#[test]
fn what_is_gone_is_told_and_pruned() {
    let scratch = adopted(&[("a.go", &capture("p")), ("sub/b.go", &capture("q"))]);
    scratch.write("a.go", b"package p\n");
    let run = scratch.run(&["check"]).expect(0);
    let told =
        "1 known finding is gone: `golint-rs check --write-baseline known.txt` takes it out (--verbose names it)\n";
    assert_eq!(run.stderr, told);
    let run = scratch.run(&["check", "--verbose"]).expect(0);
    let named = "verbose: a.go: loopvar-capture in f is gone: go func(){use(v)}()\n";
    assert!(run.stderr.contains(named), "{}", run.stderr);
    assert_eq!(scratch.run(&["check", "--quiet"]).expect(0).stderr, "");
    let gone = json!([{
        "rule": "loopvar-capture", "path": "a.go", "declaration": "f", "code": "go func(){use(v)}()", "baseline": "known.txt",
    }]);
    assert_eq!(scratch.run(&["check", "--format", "json"]).expect(0).json()["baseline"]["vanished"], gone);
    let jsonl = scratch.run(&["check", "--format", "jsonl"]).expect(0).stdout;
    assert!(jsonl.contains("\"baseline\":{\"known\":1,\"vanished\":[{\"rule\":"), "{jsonl}");
    let run = scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    assert_eq!(run.stderr, "wrote 1 finding to known.txt: 0 new, 1 gone\n");
    assert_eq!(text(&scratch).lines().skip(2).count(), 1);
    assert_eq!(scratch.run(&["check"]).expect(0).stderr, "");
}

#[test]
fn a_run_over_some_packages_leaves_the_others_alone() {
    let scratch = adopted(&[("a.go", &capture("p")), ("sub/b.go", &capture("q")), ("c/c.go", &capture("c"))]);
    for path in ["a.go", "sub/b.go", "c/c.go"] {
        scratch.write(path, format!("package {}\n", if path == "a.go" { "p" } else { &path[..1] }).as_bytes());
    }
    scratch.write("sub/b.go", b"package q\n");
    let run = scratch.run(&["check", "./sub", "--format", "json"]).expect(0);
    let vanished = run.json()["baseline"]["vanished"].take();
    assert_eq!((vanished.as_array().map(Vec::len), &vanished[0]["path"]), (Some(1), &json!("sub/b.go")));
    // A rule that is off does not say that nothing is there, nor does one platform.
    for some in [&["--ignore", "loopvar-capture"][..], &["--platform", "linux"], &["--confidence", "certain"]] {
        let run = scratch.run(&[&["check", "--quiet", "--format", "json"], some].concat()).expect(0);
        assert_eq!(run.json()["baseline"]["vanished"], json!([]), "{some:?}");
    }
    scratch.run(&["check", "./sub", "--write-baseline", FILE]).expect(0);
    let left: Vec<String> =
        text(&scratch).lines().skip(2).map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(left, ["a.go", "c/c.go"]);
}

#[test]
fn only_what_is_reported_becomes_known() {
    let suppressed = capture("p").replace("}()\n", "}() //nolint:loopvar-capture\n");
    let useless = capture("q").replace("use(v)", "use(0)").replace("}()\n", "}() //nolint:loopvar-capture\n");
    let scratch = adopted(&[("a.go", &suppressed), ("b/b.go", &useless)]);
    let lines: Vec<String> = text(&scratch).lines().skip(2).map(str::to_owned).collect();
    assert_eq!(lines, ["b/b.go\tunused-suppression\tf\tgo func(){use(0)}()"]);
    let json = scratch.run(&["check", "--format", "json"]).expect(0).json();
    assert_eq!((&json["baseline"]["known"], &json["summary"]["suppressed"]), (&json!(1), &json!(1)));
    // Without its comment it is a finding that nobody knows.
    scratch.write("a.go", capture("p").as_bytes());
    assert_eq!(found(&scratch, &[]), ["a.go:5: loopvar-capture"]);
}

#[test]
fn failures_are_never_known_and_write_nothing() {
    let scratch = adopted(&[("a.go", &capture("p"))]);
    let before = text(&scratch);
    scratch.write("a.go", b"package p\n");
    scratch.write("big.go", format!("package p\n//{}\n", "x".repeat(1000)).as_bytes());
    scratch.write("golint.toml", b"baseline = \"known.txt\"\nmax-file-size = 1000\n");
    let told = || vec!["big.go:1: file-too-large".to_owned()];
    let run = scratch.run(&["check", "--write-baseline", FILE, "--format", "json"]).expect(2);
    assert_eq!(places(&run), told());
    assert!(run.stderr.contains("error: known.txt was not written: the run is incomplete"), "{}", run.stderr);
    assert_eq!(text(&scratch), before);
    let run = scratch.run(&["check", "--format", "json"]).expect(2);
    assert_eq!((places(&run), run.json()["baseline"]["vanished"].clone()), (told(), json!([])));
    // What can't even be listed is told in another way.
    std::fs::remove_file(scratch.path().join("big.go")).expect("a file");
    std::os::unix::fs::symlink("loop.go", scratch.path().join("loop.go")).expect("a link");
    let run = scratch.run(&["check", "--write-baseline", FILE]).expect(2);
    assert!(run.stderr.contains("error: known.txt was not written: the run is incomplete"), "{}", run.stderr);
    assert_eq!(text(&scratch), before);
}

#[test]
fn a_damaged_file_is_told_with_its_line() {
    let scratch = adopted(&[("a.go", &capture("p"))]);
    let good = text(&scratch);
    for (damaged, line, words) in [
        (good.replace("baseline 1", "baseline 2"), 1, "this baseline is of version 2, and this golint-rs reads 1"),
        ("{}\n".to_owned(), 1, "this is no baseline"),
        (good.replace("\tf\t", " "), 3, "with tabs between them"),
        (format!("{good}<<<<<<< HEAD\n=======\n>>>>>>> other\n"), 4, "a merge left a conflict here"),
    ] {
        scratch.write(FILE, damaged.as_bytes());
        let run = scratch.run(&["check", "--format", "concise"]).expect(2);
        assert!(run.stdout.starts_with(&format!("known.txt:{line}:1: configuration: ")), "{}", run.stdout);
        assert!(run.stdout.contains(words) && run.stdout.lines().count() == 1, "{}", run.stdout);
        let run = scratch.run(&["check", "--isolated", "--baseline", FILE]).expect(2);
        assert!(run.stdout.contains(&format!("known.txt:{line}:1")) && run.stdout.contains("help: "), "{}", run.stdout);
        // It may hold what nobody wants to lose.
        let run = scratch.run(&["check", "--write-baseline", FILE]).expect(2);
        assert!(
            run.stderr.starts_with(&format!("error: known.txt:{line}: ")) && run.stderr.contains(words),
            "{}",
            run.stderr
        );
        assert_eq!(text(&scratch), damaged);
    }
    std::fs::remove_file(scratch.path().join(FILE)).expect("a file");
    let run = scratch.run(&["check", "--format", "concise"]).expect(2);
    assert!(
        run.stdout.starts_with("golint.toml:1:12: configuration: there is no baseline known.txt"),
        "{}",
        run.stdout
    );
    let run = scratch.run(&["check", "--baseline", "no.txt"]).expect(2);
    let words =
        "error: --baseline: there is no baseline no.txt; `golint-rs check --write-baseline no.txt` writes one\n";
    assert_eq!(run.stderr, words);
    scratch.run(&["check", "--baseline", "no.txt", "--write-baseline", FILE]).expect(2);
}

#[test]
fn branches_merge() {
    let scratch = adopted(&[("m/m.go", &capture("m"))]);
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false"]);
        command.args(arguments).current_dir(scratch.path());
        let output = command.output().expect("git is there");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    scratch.write(".gitattributes", b"known.txt merge=union\n");
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    for (branch, path) in [("before", "a/a.go"), ("behind", "z/z.go"), ("beside", "n/n.go")] {
        git(&["checkout", "-q", "-b", branch, "main"]);
        scratch.write(path, capture(&path[..1]).as_bytes());
        scratch.run(&["check", "--write-baseline", FILE]).expect(0);
        git(&["add", "."]);
        git(&["commit", "-q", "-m", branch]);
    }
    git(&["merge", "-q", "-m", "merge", "before"]);
    git(&["merge", "-q", "-m", "merge", "behind"]);
    scratch.run(&["check"]).expect(0);
    assert_eq!(text(&scratch).lines().skip(2).count(), 4);
    // Whatever the order, it is known; written anew, it is in order.
    scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    let merged = text(&scratch);
    let mut lines: Vec<&str> = merged.lines().skip(2).collect();
    assert!(lines.is_sorted(), "{merged}");
    lines.reverse();
    scratch.write(FILE, format!("golint-rs baseline 1\r\n{}\r\n", lines.join("\r\n")).as_bytes());
    scratch.run(&["check"]).expect(0);
}

#[test]
fn what_is_known_is_not_fixed() {
    let scratch = adopted(&[("a.go", &capture("p"))]);
    scratch.write("b.go", capture("p").replace("func f", "func g").as_bytes());
    let run = scratch.run(&["check", "--fix"]).expect(0);
    assert!(run.stderr.contains("fixed 1 file (1 fix)"), "{}", run.stderr);
    assert_eq!(scratch.read("a.go"), capture("p").as_bytes());
    scratch.run(&["check", "--fix", "--no-baseline"]).expect(0);
    assert_ne!(scratch.read("a.go"), capture("p").as_bytes());
}

#[test]
fn an_empty_file_is_no_baseline_yet() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p")), (FILE, "")]);
    let run = scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    assert_eq!(run.stderr, "wrote 1 finding to known.txt: 1 new, 0 gone\n");
    scratch.run(&["check", "--baseline", FILE]).expect(0);
}
