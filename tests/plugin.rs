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
    let scratch = Scratch::new(&[("tests/syscall-deprecated/go.mod", MODULE)]);
    scratch.write("tests/syscall-deprecated/a_linux.go", source(comment).as_bytes());
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
    assert_eq!(test(&scratch, &["tests"]).expect(0).stdout, "4 passed, 0 failed\n");
    let run = test(&scratch, &["--verbose", "--rule", "syscall-deprecated"]).expect(0);
    assert!(
        run.stdout.starts_with("ok    syscall-deprecated: findings in tests/syscall-deprecated\n"),
        "{}",
        run.stdout
    );
    assert_eq!(test(&scratch, &["--quiet"]).expect(0).stdout, "");
}

#[test]
fn tests_that_fail_are_told_by_file_and_line_and_end_in_1() {
    let run = test(&with_test(" // want `nonsense`"), &[]).expect(1);
    let start = "FAIL  syscall-deprecated: findings in tests/syscall-deprecated\n\
                 tests/syscall-deprecated/a_linux.go:4: no finding matches the comment\n\
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
    let said = told(&["--pack", "tests/syscall-deprecated/go.mod"]);
    assert!(said.contains("this is no WebAssembly component") && said.contains("help: name the .wasm file"), "{said}");
    let said = told(&["--pack", "linux.wasm", "lost"]);
    assert!(said.contains("can't read the tests in lost: "), "{said}");
    let said = told(&["--pack", "linux.wasm", "--rule", "syscall-depreciated"]);
    assert!(said.contains("no rule \"syscall-depreciated\"") && said.contains("did you mean"), "{said}");
}
