//! go.mod, go.work and golint.toml that are broken, huge, circular or contradictory: a clear message, and everything that
//! does not depend on them is checked.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use super::{GOOD, assert_in_proportion, check, module, places, told};
use crate::cli::capture;
use crate::scratch::{Run, Scratch};

/// What a run says, and its findings.
fn run(files: &[(&str, &[u8])], arguments: &[&str]) -> (String, Vec<String>, Option<i32>) {
    outcome(&check(&module(files), arguments))
}

fn outcome(run: &Run) -> (String, Vec<String>, Option<i32>) {
    let found = places(run).into_iter().filter(|place| !place.ends_with(": configuration")).collect();
    (format!("{}{}", run.stderr, told(run)), found, run.code)
}

/// Says this, and is incomplete; good.go is checked all the same, with a version that is told.
#[track_caller]
fn assert_told(name: &str, content: &[u8], words: &str) {
    let (said, found, code) = run(&[(name, content)], &["--go", "1.20"]);
    assert!(said.contains(words), "{name}: {said}");
    assert!(said.contains(name) && said.len() < 5_000, "{name}: {said}");
    assert_eq!((found, code), (vec![GOOD.to_owned()], Some(2)), "{name}: {said}");
}

fn noise(bytes: usize) -> Vec<u8> {
    // xorshift, so that every run sees the same.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..bytes).map(|_| next()).collect()
}

#[test]
fn broken_module_files_are_told() {
    for (content, words) in [
        (&b""[..], "there is no module line"),
        (b"go 1.21\n", "there is no module line"),
        (b"module m\ngo 1.21\ngo 1.18\n", "go.mod:3:1: go.mod: a second `go` line"),
        (b"module m\nmodule n\n", "a second `module` line"),
        (b"module m\n\ngo 99999999999999999999.1\n", "is no Go version"),
        (b"module m\nrequire (\n\ta v1\n", "the parenthesis of this block is not closed"),
        (b"module \"m\ngo 1.21\n", "a quoted string that does not end"),
        (b"\xff\xfem\0o\0d\0u\0l\0e\0 \0m\0\n\0", "a character that cannot stand here"),
        (&noise(1_000_000), "more problems like these"),
        ("module m\n".repeat(100_000).as_bytes(), "go.mod:12:1: go.mod: 99989 more problems like these"),
        ("require (\n".repeat(100_000).as_bytes(), "is not closed"),
    ] {
        assert_told("go.mod", content, words);
    }
    for (content, words) in [
        (&b"go 1.21\nuse (\n\t.\n"[..], "the parenthesis of this block is not closed"),
        (b"go 1.21\ngo 1.22\nuse .\n", "go.work:2:1: go.work: a second `go` line"),
        // The file itself, the folder above, and nothing at all.
        (b"use .\nuse ./go.work\n", "go.work uses ./go.work, but there is no go.mod in that folder"),
        (b"use .\nuse ./..\n", "go.work uses ./.., but"),
        (b"use .\nuse ./nowhere\n", "go.work:2:1: go.work uses ./nowhere, but"),
        (format!("use .\nuse {}\n", "./a".repeat(1_000)).as_bytes(), "go.work uses ./a./a"),
        (("use .\n".to_owned() + &"use ./x\nuse ./y\n".repeat(10_000)).as_bytes(), "more problems like these"),
    ] {
        assert_told("go.work", content, words);
    }
}

#[test]
fn module_files_that_are_no_files_are_told() {
    for name in ["go.mod", "go.work", "golint.toml"] {
        let scratch = module(&[]);
        let path = scratch.path().join(name);
        let _ = std::fs::remove_file(&path);
        drop(UnixListener::bind(&path).expect("a socket"));
        let (said, _, code) = outcome(&check(&scratch, &[]));
        assert!(said.contains("is not a regular file") && code == Some(2), "{name}: {said}");

        std::fs::remove_file(&path).expect("the socket");
        symlink(name, &path).expect("a link");
        let (said, _, code) = outcome(&check(&scratch, &[]));
        assert!(said.contains("symbolic links") && code == Some(2), "{name}: {said}");
    }
}

#[test]
fn modules_that_repeat_or_contradict_each_other_are_read() {
    // Each folder once, however often and in whatever way it is used; what the lines say of versions is the modules'.
    let work = "go 1.18\n".to_owned() + &"use .\nuse ./sub/..\nuse ./sub\n".repeat(10_000) + "replace m => ./nowhere\n";
    let sub = capture("q");
    let files: [(&str, &[u8]); 3] =
        [("go.work", work.as_bytes()), ("sub/go.mod", b"module sub\n\ngo 1.22\n"), ("sub/b.go", sub.as_bytes())];
    assert_eq!(run(&files, &["./..."]), (String::new(), vec![GOOD.to_owned()], Some(1)));
    // Two modules of one name, one within the other.
    let scratch = module(&files[2..]);
    scratch.write("sub/go.mod", &scratch.read("go.mod"));
    let (said, found, code) = outcome(&check(&scratch, &["--all-modules"]));
    assert_eq!((said.as_str(), code), ("", Some(1)));
    assert_eq!(found, [GOOD, "sub/b.go:5: loopvar-capture"]);
}

#[test]
fn huge_module_files_take_their_share() {
    let requires = |lines: usize| {
        let content = format!("go 1.21\n\nrequire (\n{})\n", "\texample.com/x v1.0.0\n".repeat(lines));
        let scratch = module(&[]);
        let module = [scratch.read("go.mod"), content.replace("go 1.21", "").into_bytes()].concat();
        scratch.write("go.mod", &module);
        check(&scratch, &[]).expect(1)
    };
    let (once, twice) = (requires(100_000), requires(200_000));
    assert_eq!((places(&once), places(&twice)), (vec![GOOD.to_owned()], vec![GOOD.to_owned()]));
    assert_in_proportion(&once, &twice);
    let list = "# a v1.0.0\n## explicit; go 1.20\na\n".repeat(100_000);
    let (said, found, code) =
        run(&[("vendor/modules.txt", list.as_bytes()), ("vendor/a/a.go", capture("a").as_bytes())], &["./vendor/a"]);
    assert_eq!((said.as_str(), found, code), ("", vec!["vendor/a/a.go:5: loopvar-capture".to_owned()], Some(1)));
}

/// A configuration that can't be understood is not guessed at: what it governs is not checked.
#[track_caller]
fn assert_refused(toml: &[u8], words: &str) {
    let scratch = module(&[("golint.toml", toml), ("a.toml", b"extend = \"./golint.toml\"\n")]);
    let run = scratch.run(&["check", "--format", "concise"]).expect(2);
    assert!(run.stdout.contains(words), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("configuration: ") && !run.stderr.contains("panicked"), "{}", run.stderr);
}

#[test]
fn broken_configurations_are_told() {
    assert_refused(&noise(500_000), "not UTF-8");
    assert_refused(&[0; 500_000], "not a TOML document");
    assert_refused(b"extend = \"golint.toml\"\n", "`extend` leads in a circle");
    assert_refused(b"extend = \"sub/../a.toml\"\n", "`extend` leads in a circle");
    assert_refused(b"extend = \"/dev/zero\"\n", "is not a regular file");
    assert_refused(b"extend = \".\"\n", "is a folder");
    assert_refused(b"select = [\"all\"]\nselect = []\n", "not a TOML document");
    assert_refused(b"max-file-size = 99999999999999999999999\n", "not a TOML document");
    let repeated = |open: &str, inner: &str, close: &str| {
        format!("a = {}{inner}{}\n", open.repeat(100_000), close.repeat(100_000)).into_bytes()
    };
    assert_refused(&repeated("[", "", "]"), "recurs");
    assert_refused(&repeated("{a=", "1", "}"), "recurs");
    assert_refused(format!("a{} = 1\n", ".a".repeat(100_000)).as_bytes(), "recurs");
    assert_refused(format!("[{}a]\n", "a.".repeat(100_000)).as_bytes(), "recurs");
    assert_refused(format!("# {}\n", "x".repeat(50_000_000)).as_bytes(), "too many for a configuration file");
    let pattern = |pattern: &str| format!("exclude = [\"{pattern}\"]\n").into_bytes();
    assert_refused(&pattern(&"*".repeat(100_000)), "100000 bytes, and 4096 are the limit");
    assert_refused(&pattern(&format!("{}{}", "{a,".repeat(1_000), "}".repeat(1_000))), "braces within each other");
    let select: String = (0..2_000).map(|i| format!("\"rule-{i}\",")).collect();
    assert_refused(format!("select = [{select}]\n").as_bytes(), "unknown rule `rule-1999`");
}

#[test]
fn huge_configurations_are_obeyed() {
    let many = |line: &dyn Fn(usize) -> String| (0..5_000).map(line).collect::<String>();
    let exclude = format!("exclude = [{}\"good.go\"]\n", many(&|i| format!("\"d{i}/**\",")));
    let ignores = format!("[per-file-ignores]\n{}", many(&|i| format!("\"d{i}/*.go\" = [\"loopvar-capture\"]\n")));
    let scratch =
        |toml: &str| -> Scratch { module(&[("golint.toml", toml.as_bytes()), ("a/b.go", capture("a").as_bytes())]) };
    assert_eq!(places(&check(&scratch(&exclude), &[]).expect(1)), ["a/b.go:5: loopvar-capture"]);
    assert_eq!(places(&check(&scratch(&ignores), &[]).expect(1)), ["a/b.go:5: loopvar-capture", GOOD]);
}
