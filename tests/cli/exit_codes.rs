//! 0 nothing found, 1 findings, 2 incomplete or could not start; and what is said about it.

use std::io::Read;
use std::process::Stdio;

use super::{clean, one_finding};
use crate::scratch::Scratch;

#[test]
fn nothing_found_is_0() {
    let run = clean().run(&["check"]).expect(0);
    assert_eq!(run.stdout, "no problems found in 1 file\n");
    assert_eq!(run.stderr, "");
}

#[test]
fn findings_are_1_unless_told_otherwise() {
    let scratch = one_finding();
    let run = scratch.run(&["check"]).expect(1);
    assert!(run.stdout.ends_with("\n1 problem in 1 file (1 warning)\n"), "{}", run.stdout);
    scratch.run(&["check", "--exit-zero"]).expect(0);
}

#[test]
fn quiet_prints_findings_only() {
    let run = one_finding().run(&["check", "--quiet"]).expect(1);
    assert_eq!(run.stderr, "");
    assert!(!run.stdout.contains("1 problem"), "{}", run.stdout);
    assert_eq!(clean().run(&["check", "--quiet"]).expect(0).stdout, "");
}

#[test]
fn usage_errors_are_2() {
    let scratch = clean();
    for arguments in [
        &["check", "--no-such-flag"][..],
        &["check", "--format", "xml"],
        &["check", "--output", "sarif"],
        &["check", "--go", "tip"],
        &["check", "--confidence", "maybe"],
        &["check", "--platform", "amiga"],
        &["check", "--select", "no-such-rule"],
        &["check", "--threads", "many"],
        &["check", "--fix", "--diff"],
        &["check", "--stdin-filename", "a.go", "b.go"],
        &["check", "-", "clean.go"],
        &["check", "-", "--stdin-filename", "a.txt"],
        &["explain", "no-such-rule"],
        &["nonsense"],
        &[],
    ] {
        let run = scratch.run(arguments).expect(2);
        assert!(!run.stderr.is_empty(), "{arguments:?} fails without a word");
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}

#[test]
fn a_configuration_file_that_is_not_there_is_2() {
    let run = one_finding().run(&["check", "--config", "no-such.toml"]).expect(2);
    assert!(run.stdout.contains("no-such.toml"), "{}", run.stdout);
}

#[test]
fn a_misspelt_rule_gets_the_nearest_name() {
    let scratch = clean();
    let run = scratch.run(&["check", "--select", "syscall-depreciated"]).expect(2);
    assert!(run.stderr.contains("syscall-deprecated"), "{}", run.stderr);
    let run = scratch.run(&["explain", "loopvar-captur"]).expect(2);
    assert!(run.stderr.contains("did you mean `loopvar-capture`?"), "{}", run.stderr);
}

#[test]
fn a_folder_that_is_not_there_is_2_and_the_rest_is_checked() {
    let run = one_finding().run(&["check", "./nowhere", "."]).expect(2);
    assert!(run.stderr.contains("nowhere"), "{}", run.stderr);
    assert!(run.stdout.contains("syscall-deprecated"), "{}", run.stdout);
}

#[test]
fn no_go_files_is_said() {
    let scratch = Scratch::new(&[("readme.txt", "nothing here")]);
    let run = scratch.run(&["check"]).expect(0);
    assert!(run.stderr.contains("matches no Go files"), "{}", run.stderr);
    let run = scratch.run(&["check", "."]).expect(2);
    assert!(run.stderr.contains(".: there are no Go files in ."), "{}", run.stderr);
}

#[test]
fn a_file_that_can_not_be_read_is_2_and_the_rest_is_checked() {
    // A link to itself can't be read by anybody, root included.
    let scratch = one_finding();
    std::os::unix::fs::symlink("loop.go", scratch.path().join("loop.go")).expect("a link");
    let run = scratch.run(&["check", "--format", "json"]).expect(2);
    assert!(run.stdout.contains("syscall-deprecated"), "{}", run.stdout);
    assert!(format!("{}{}", run.stdout, run.stderr).contains("loop.go"), "{}", run.stderr);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let scratch = Scratch::new(&[("go.mod", "module example.com/many\n\ngo 1.21\n")]);
    let body = "\tsyscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)\n".repeat(3000);
    scratch.write("many_linux.go", format!("package many\n\nimport \"syscall\"\n\nfunc f() {{\n{body}}}\n").as_bytes());
    let mut command = scratch.command(&["check", "--quiet"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let mut first = [0; 16];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
    // The pipe is closed here, long before everything was written.
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}", output.status);
}
