//! `golint-rs plugin`, as far as it needs no Rust for WebAssembly: the packs are those of the binary. What needs it is the
//! suite `authoring`.

use crate::scratch::{Run, Scratch};

const MODULE: &str = "module example.com/t\n\ngo 1.21\n";
/// A finding of syscall-deprecated on line 4, with this comment.
fn source(comment: &str) -> String {
    format!("package p\n\nimport \"syscall\"\nvar raw = syscall.RawSyscall{comment}\n")
}

/// A folder with the pack linux as linux.wasm, and a test of its rule.
fn with_test(comment: &str) -> Scratch {
    let scratch = Scratch::new(&[("testdata/syscall-deprecated/go.mod", MODULE)]);
    scratch.write("testdata/syscall-deprecated/a_linux.go", source(comment).as_bytes());
    let (_, linux) = golint_builtin::PACKS.iter().find(|(name, _)| *name == "linux").expect("the pack linux");
    scratch.write("linux.wasm", linux);
    scratch
}

fn test(scratch: &Scratch, arguments: &[&str]) -> Run {
    scratch.run(&[&["plugin", "test", "--pack", "linux.wasm"], arguments].concat())
}

#[test]
fn tests_that_pass_end_in_0() {
    let scratch = with_test(" // want `RawSyscall`");
    assert_eq!(test(&scratch, &[]).expect(0).stdout, "4 passed, 0 failed\n");
    // The folder with the rules' folders will do, too.
    assert_eq!(test(&scratch, &["testdata"]).expect(0).stdout, "4 passed, 0 failed\n");
    let run = test(&scratch, &["--verbose", "--rule", "syscall-deprecated"]).expect(0);
    assert!(
        run.stdout.starts_with("ok    syscall-deprecated: findings in testdata/syscall-deprecated\n"),
        "{}",
        run.stdout
    );
    assert_eq!(test(&scratch, &["--quiet"]).expect(0).stdout, "");
}

#[test]
fn tests_that_fail_are_told_by_file_and_line_and_end_in_1() {
    let run = test(&with_test(" // want `nonsense`"), &[]).expect(1);
    let start = "FAIL  syscall-deprecated: findings in testdata/syscall-deprecated\n\
                 testdata/syscall-deprecated/a_linux.go:4: no finding matches the comment\n\
                 \x20   expected  nonsense\n\
                 \x20   got       ";
    assert!(run.stdout.starts_with(start) && run.stdout.ends_with("\n3 passed, 1 failed\n"), "{}", run.stdout);
}

#[test]
fn what_can_not_be_tested_ends_in_2() {
    let scratch = with_test("");
    let told = |arguments: &[&str]| scratch.run(&[&["plugin", "test"], arguments].concat()).expect(2).stderr;
    let said = told(&["--pack", "lost.wasm"]);
    assert!(said.contains("can't read the pack lost.wasm: ") && said.contains("golint-rs plugin build"), "{said}");
    let said = told(&["--pack", "testdata/syscall-deprecated/go.mod"]);
    assert!(said.contains("this is no WebAssembly component") && said.contains("help: name the .wasm file"), "{said}");
    let said = told(&["--pack", "linux.wasm", "lost"]);
    assert!(said.contains("can't read the tests in lost: "), "{said}");
    let said = told(&["--pack", "linux.wasm", "--rule", "syscall-depreciated"]);
    assert!(said.contains("no rule \"syscall-depreciated\"") && said.contains("did you mean"), "{said}");
}

#[test]
fn a_pack_is_shown_with_what_its_rules_look_for() {
    let scratch = with_test("");
    let text = scratch.run(&["plugin", "inspect", "linux.wasm"]).expect(0).stdout;
    let has = |lines: &[&str]| lines.iter().all(|line| text.contains(line));
    assert!(has(&["linux 0.1.0\n", "  contract  golint:rules@0.1.0\n", "golint:rules/semantics@0.1.0"]), "{text}");
    assert!(has(&["\nsyscall-deprecated  ", "  looks at  ", "in files with ", "  option    replacement: "]), "{text}");
    let json = scratch.run(&["plugin", "inspect", "linux.wasm", "--format", "json"]).expect(0).json();
    let (name, bytes) = golint_builtin::PACKS.iter().find(|(name, _)| *name == "linux").expect("the pack linux");
    assert_eq!((json["name"].as_str(), json["size"].as_u64()), (Some(*name), Some(bytes.len() as u64)));
    assert_eq!(json["sha256"].as_str().map(str::len), Some(64));
    assert!(text.contains(json["sha256"].as_str().expect("a text")));
    assert_eq!(json["contract"], "0.1.0");
    assert!(json["imports"].as_array().is_some_and(|imports| imports.len() >= 3), "{json}");
    let rule = &json["rules"][0];
    assert_eq!(rule["id"], "syscall-deprecated");
    assert!(rule["interests"][0]["kinds"].as_array().is_some_and(|kinds| !kinds.is_empty()), "{json}");
    assert!(rule["options_schema"]["properties"]["replacement"].is_object(), "{json}");
}

#[test]
fn the_tree_of_a_file_is_shown() {
    let scratch = Scratch::new(&[("a.go", "package p\n\nvar x = f(1)\n"), ("b.go", "package p\n\nvar x = \n")]);
    let run = scratch.run(&["plugin", "tree", "a.go"]).expect(0);
    assert!(run.stdout.contains("\n3:9    19..23          call_expression\n"), "{}", run.stdout);
    assert!(run.stdout.contains("  function: identifier `f`\n"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    let input = Run::with_input(&mut scratch.command(&["plugin", "tree", "-"]), &scratch.read("a.go")).expect(0);
    assert_eq!(input.stdout, run.stdout);
    // Broken code has a tree, too.
    let run = scratch.run(&["plugin", "tree", "b.go"]).expect(0);
    assert!(run.stdout.contains("<- "), "{}", run.stdout);
    assert!(run.stderr.starts_with("warning: b.go:3: the file does not parse here; "), "{}", run.stderr);
    let said = scratch.run(&["plugin", "tree", "lost.go"]).expect(2).stderr;
    assert!(said.starts_with("error: cannot read lost.go; name a Go file, or `-` for standard input: "), "{said}");
    let said = scratch.run(&["plugin", "tree", "."]).expect(2).stderr;
    assert!(said.starts_with("error: cannot read .; name a Go file"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_tree_is_asked_for_of_what_has_an_end() {
    let scratch = Scratch::new(&[]);
    let said = scratch.run(&["plugin", "tree", "/dev/zero"]).expect(2).stderr;
    assert!(said.ends_with(": is not a regular file\n"), "{said}");
    let endless = std::fs::File::open("/dev/zero").expect("it is there");
    let output = scratch.command(&["plugin", "tree", "-"]).stdin(endless).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.ends_with(": it does not end after 268435456 bytes: that is no Go file\n"), "{said}");
}

#[test]
fn what_is_no_pack_is_shown_by_its_faults() {
    let scratch = with_test("");
    scratch.write("empty.wasm", b"");
    scratch.write("module.wasm", b"\0asm\x01\0\0\0");
    let told = |file: &str| scratch.run(&["plugin", "inspect", file]).expect(2).stderr;
    assert!(told("empty.wasm").contains("the file is empty"), "{}", told("empty.wasm"));
    let said = told("module.wasm");
    assert!(said.contains("can't load the rule pack from module.wasm: "), "{said}");
    assert!(said.contains("a core WebAssembly module") && said.contains("golint-rs plugin build"), "{said}");
    assert!(told("lost.wasm").contains("can't read the pack lost.wasm"));
}

/// What the binary says in a folder with a crate, where these programs stand for those of Rust; none for the real ones.
fn build_with(programs: &[(&str, &str)]) -> String {
    let scratch = Scratch::new(&[("Cargo.toml", "[package]\nname = \"x\"\n"), ("bin/.keep", "")]);
    let bin = scratch.path().join("bin");
    for (name, script) in programs {
        scratch.write(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n").as_bytes());
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(bin.join(name), mode).expect("it can be made a program");
    }
    let mut command = scratch.command(&["plugin", "build"]);
    command.env("PATH", &bin).env_remove("CARGO").env_remove("RUSTC");
    Run::of(&mut command).expect(2).stderr
}

const METADATA: &str = "echo '{\"packages\": [], \"workspace_root\": \"/\"}'";

#[test]
fn a_missing_part_of_rust_is_told_with_how_to_get_it() {
    let said = build_with(&[]);
    assert!(said.contains("can't run `cargo`: ") && said.contains("https://rustup.rs"), "{said}");
    let said = build_with(&[("cargo", METADATA)]);
    assert!(said.contains("can't run `rustc`: ") && said.contains("https://rustup.rs"), "{said}");
    // The compiler is there, and its folder for the target is empty.
    let said = build_with(&[("cargo", METADATA), ("rustc", "echo /nowhere")]);
    for part in [
        "this Rust can't compile for wasm32-unknown-unknown",
        "help: rustup target add wasm32-unknown-unknown",
        "without rustup, install the package of your system that has it",
        "into /nowhere",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = build_with(&[("cargo", METADATA), ("rustc", "echo no such target >&2; exit 1")]);
    assert!(said.contains("--target wasm32-unknown-unknown` fails: no such target"), "{said}");
    let said = build_with(&[("cargo", "echo could not find it >&2; exit 101")]);
    assert!(said.contains("could not find it") && said.contains("the pack does not build"), "{said}");
}

#[test]
fn a_folder_without_a_crate_is_told_what_to_do() {
    let scratch = Scratch::new(&[]);
    for command in ["build", "test"] {
        let said = scratch.run(&["plugin", command]).expect(2).stderr;
        assert!(said.contains("Cargo.toml; go to the folder of a pack") && said.contains("plugin new NAME"), "{said}");
    }
}

#[test]
fn a_new_pack_is_written_and_nothing_is_overwritten() {
    let scratch = Scratch::new(&[]);
    let run = scratch.run(&["plugin", "new", "house"]).expect(0);
    assert!(run.stdout.starts_with("wrote the pack house to house: "), "{}", run.stdout);
    assert!(scratch.path().join("house/sdk/rules-wit/rules.wit").is_file());
    let said = scratch.run(&["plugin", "new", "house"]).expect(2).stderr;
    assert!(said.contains("Cargo.toml is there already, and nothing is overwritten"), "{said}");
    let said = scratch.run(&["plugin", "new", "My_House"]).expect(2).stderr;
    assert!(said.contains("lower-case words") && said.contains("`my-house` would do"), "{said}");
    assert!(!scratch.path().join("My_House").exists());
}
