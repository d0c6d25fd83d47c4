//! 0 nothing found, 1 findings, 2 incomplete or could not start; and what is said about it.

use std::io::Read;
use std::process::Stdio;

use golint_diagnostics::Format;

use super::{capture, clean, one_finding};
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
fn lighter_findings_than_asked_for_are_printed_and_end_in_0() {
    // The finding is a warning, unless golint.toml says otherwise.
    for (severity, fail_on, code) in [
        (None, "hint", 1),
        (None, "info", 1),
        (None, "warning", 1),
        (None, "error", 0),
        (Some("error"), "error", 1),
        (Some("info"), "warning", 0),
        (Some("info"), "info", 1),
        (Some("hint"), "info", 0),
        (Some("hint"), "hint", 1),
    ] {
        let scratch = one_finding();
        if let Some(severity) = severity {
            let table = format!("[rules.syscall-deprecated]\nseverity = \"{severity}\"\n");
            scratch.write("golint.toml", table.as_bytes());
        }
        let run = scratch.run(&["check", "--fail-on", fail_on]).expect(code);
        assert!(run.stdout.contains("syscall-deprecated"), "{severity:?}, {fail_on}: {}", run.stdout);
    }
}

/// What a diff mends is in no report, so that nobody could weigh it.
#[test]
fn a_diff_that_is_not_empty_is_1_whatever_its_findings_weigh() {
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("a.go", &capture("p"))]);
    scratch.write("golint.toml", b"[rules.loopvar-capture]\nseverity = \"info\"\n");
    scratch.run(&["check", "--fail-on", "error"]).expect(0);
    let run = scratch.run(&["check", "--fail-on", "error", "--diff"]).expect(1);
    assert!(run.stdout.contains("\n+"), "{}", run.stdout);
}

#[test]
fn what_is_not_checked_is_2_however_heavy_findings_must_be() {
    let scratch = one_finding();
    std::os::unix::fs::symlink("loop.go", scratch.path().join("loop.go")).expect("a link");
    scratch.run(&["check", "--fail-on", "error"]).expect(2);
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
        &["check", "--fail-on", "fatal"],
        &["check", "--fail-on", "error", "--exit-zero"],
        &["check", "--platform", "amiga"],
        &["check", "--select", "no-such-rule"],
        &["check", "--threads", "many"],
        &["check", "--fix", "--diff"],
        &["check", "--stdin-filename", "a.go", "b.go"],
        &["check", "-", "clean.go"],
        &["check", "--config", "golint.toml", "--isolated"],
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
fn what_is_wrong_with_a_value_is_told_once() {
    for (arguments, told) in [
        (["--go", "tip"], "--go <VERSION>: \"tip\" is no Go version; write it as 1.21 or go1.21"),
        (["--output", "sarif"], "--output <FORMAT=PATH>: `sarif` is not FORMAT=PATH, as in sarif=findings.sarif"),
        (["--threads", "900"], "--threads <N>: 900 is not in 0..=256"),
        (["--platform", "macos"], "--platform: unknown platform `macos`; did you mean `darwin`?"),
    ] {
        let run = clean().run(&[&["check"], &arguments[..]].concat()).expect(2);
        assert_eq!(run.stderr, format!("error: {told}\n"));
    }
    // Words that don't name the value come with it.
    let said = clean().run(&["check", "--threads", "many"]).expect(2).stderr;
    assert!(said.starts_with("error: invalid value 'many' for '--threads <N>': "), "{said}");
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
fn a_name_that_is_no_text_is_2_and_the_rest_is_checked() {
    use std::os::unix::ffi::OsStrExt;
    let scratch = one_finding();
    let mut command = scratch.command(&["check", "use_linux.go"]);
    let run = crate::scratch::Run::of(command.arg(std::ffi::OsStr::from_bytes(b"n\xff.go"))).expect(2);
    assert!(run.stderr.contains("not valid UTF-8"), "{}", run.stderr);
    assert!(run.stdout.contains("syscall-deprecated"), "{}", run.stdout);
}

#[test]
fn endless_standard_input_is_an_error() {
    let zeros = std::fs::File::open("/dev/zero").expect("the device of zeros");
    let run = clean().command(&["check", "-"]).stdin(zeros).output().expect("the binary starts");
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("does not end"), "{run:?}");
}

#[test]
fn a_run_that_checks_nothing_says_why() {
    let scratch = clean();
    scratch.write("made.go", b"// Code generated by x. DO NOT EDIT.\n\npackage clean\n");
    let run = scratch.run(&["check", "made.go"]).expect(0);
    assert!(run.stderr.contains("no file was checked: 1 generated"), "{}", run.stderr);
    scratch.write("a_windows.go", b"package clean\n");
    let run = scratch.run(&["check", "made.go", "a_windows.go", "--platform", "linux"]).expect(0);
    let why =
        "1 generated, and --include-generated was not given; 1 built for none of the platforms that were asked for\n";
    assert_eq!(run.stderr, format!("warning: no file was checked: {why}"));
    std::fs::remove_file(scratch.path().join("a_windows.go")).expect("a file");
    scratch.write("golint.toml", b"exclude = [\"*.go\"]\n");
    let run = scratch.run(&["check"]).expect(0);
    assert!(run.stderr.contains("2 named by `exclude` in golint.toml"), "{}", run.stderr);
}

#[test]
fn no_go_files_is_said() {
    let scratch = Scratch::new(&[("readme.txt", "nothing here")]);
    let run = scratch.run(&["check"]).expect(0);
    assert!(run.stderr.contains("matches no Go files"), "{}", run.stderr);
    let run = scratch.run(&["check", "."]).expect(2);
    assert!(run.stderr.starts_with("error: there are no Go files in .; "), "{}", run.stderr);
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
fn an_incomplete_run_is_2_whatever_was_asked_for() {
    let scratch = one_finding();
    scratch.run(&["check", "--exit-zero", "./nowhere", "."]).expect(2);
    std::os::unix::fs::symlink("loop.go", scratch.path().join("loop.go")).expect("a link");
    let run = scratch.run(&["check", "--exit-zero", "--format", "concise"]).expect(2);
    assert!(run.stdout.contains("syscall-deprecated"), "{}", run.stdout);
}

/// Nobody reads from the first byte on: whatever is printed, and however little, that is noticed and not told.
#[test]
fn a_pipe_that_nobody_reads_is_no_error() {
    let scratch = one_finding();
    let check = Format::ALL.map(|format| vec!["check", "--format", format.name()]);
    let others: [&[&str]; 8] = [
        &["rules"],
        &["rules", "--format", "json"],
        &["explain", "loopvar-capture"],
        &["config", "show"],
        &["config", "schema"],
        &["cache", "dir"],
        &["completions", "bash"],
        &["--help"],
    ];
    for arguments in check.iter().map(Vec::as_slice).chain(others) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = scratch.command(arguments).stdout(writer).output().expect("the binary starts");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {:?}", output.status);
    }
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
