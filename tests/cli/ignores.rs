//! --add-ignore: a comment that suppresses at each finding, once, and nothing else changes.

use std::os::unix::fs::PermissionsExt;

use super::{capture, places};
use crate::scratch::{Run, Scratch};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");

fn text(scratch: &Scratch, path: &str) -> String {
    String::from_utf8(scratch.read(path)).expect("UTF-8")
}

/// A file of Linux: its code may use `CALL` for a finding of syscall-deprecated.
fn calling(body: &str) -> String {
    format!("package p\n\nimport \"syscall\"\n\n{}", body.replace("CALL", "syscall.Syscall(0, 0, 0, 0)"))
}

/// What becomes of a file, of which nothing is found any more: neither now nor in another run, which changes nothing.
#[track_caller]
fn check(before: &str, after: &str) {
    let scratch = Scratch::new(&[MODULE, ("a_linux.go", before)]);
    let run = scratch.run(&["check", "--add-ignore=old kernels"]).expect(0);
    assert_eq!(text(&scratch, "a_linux.go"), after);
    assert!(run.stderr.starts_with("changed 1 file ("), "{}", run.stderr);
    for arguments in [&["check"][..], &["check", "--no-cache"], &["check", "--add-ignore"]] {
        assert_eq!(scratch.run(arguments).expect(0).stderr, "", "{arguments:?}");
    }
    assert_eq!(text(&scratch, "a_linux.go"), after);
}

#[test]
fn comments_stand_above_with_the_indentation_of_their_line() {
    check(
        &calling("func f() {\n\tif true {\n\t\tCALL\n\t\tCALL\n\t}\n}\n\nfunc g() { CALL }\n"),
        &calling(
            "func f() {\n\tif true {\n\t\t//lint:ignore syscall-deprecated old kernels\n\t\tCALL\n\t\t//lint:ignore \
             syscall-deprecated old kernels\n\t\tCALL\n\t}\n}\n\n//lint:ignore syscall-deprecated old kernels\nfunc g() { CALL }\n",
        ),
    );
}

#[test]
fn findings_of_several_rules_at_one_line_share_a_comment() {
    let body = "func f(items []int, use func(...any)) {\n\tfor _, v := range items {\n\t\tgo func() { use(v); CALL }()\n\t}\n}\n";
    let comment = "\t\t//lint:ignore loopvar-capture,syscall-deprecated old kernels\n";
    check(&calling(body), &calling(&body.replace("\t\tgo", &format!("{comment}\t\tgo"))));
}

#[test]
fn expressions_strings_cases_and_line_ends_stay_whole() {
    let comment = "//lint:ignore syscall-deprecated old kernels";
    check(
        &calling("func f(x ...any) {\n\tf(\n\t\tfunc() { CALL },\n\t\t`\n\t\t`, func() { CALL })\n}\n").replace('\n', "\r\n"),
        &calling(&format!(
            "func f(x ...any) {{\n\t{comment}\n\tf(\n\t\t{comment}\n\t\tfunc() {{ CALL }},\n\t\t`\n\t\t`, func() {{ CALL }})\n}}\n"
        ))
        .replace('\n', "\r\n"),
    );
    check(
        &calling(
            "func f() (uintptr, uintptr, syscall.Errno)\n\nfunc g() {\n\tswitch {\n\tcase func() bool { CALL; return true }():\n\t}\n}\n",
        ),
        &calling(&format!(
            "func f() (uintptr, uintptr, syscall.Errno)\n\nfunc g() {{\n\tswitch {{\n\t{comment}\n\tcase func() bool {{ CALL; return \
             true }}():\n\t}}\n}}\n"
        )),
    );
    check(
        &calling("// F calls.\nvar (\n\ta   = func() { CALL }\n\tbbb = 1\n\tcc  = func() { CALL }\n)\n"),
        &calling(&format!(
            "// F calls.\nvar (\n\t{comment}\n\ta   = func() {{ CALL }}\n\tbbb = 1\n\t{comment}\n\tcc = func() {{ CALL }}\n)\n"
        )),
    );
}

#[test]
fn the_reason_is_what_was_said() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let run = scratch.run(&["check", "--add-ignore", "a.go"]).expect(0);
    assert_eq!(run.stderr, "changed 1 file (1 comment)\n");
    assert!(text(&scratch, "a.go").contains("\t\t//lint:ignore loopvar-capture to be reviewed\n"));
    for wrong in ["--add-ignore=", "--add-ignore=  ", "--add-ignore=a\nb"] {
        let run = scratch.run(&["check", wrong]).expect(2);
        assert!(run.stderr.contains("--add-ignore"), "{}", run.stderr);
    }
    for other in ["--fix", "--unsafe-fixes", "--write-baseline=x"] {
        scratch.run(&["check", "--add-ignore", other]).expect(2);
    }
}

#[test]
fn a_diff_and_standard_output_show_it() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let run = scratch.run(&["check", "--add-ignore", "--diff"]).expect(1);
    assert!(run.stdout.contains("\n+\t\t//lint:ignore loopvar-capture to be reviewed\n"), "{}", run.stdout);
    assert_eq!(run.stderr, "1 file would change (1 comment)\n");
    assert_eq!(text(&scratch, "a.go"), capture("p"));
    let mut command = scratch.command(&["check", "-", "--stdin-filename", "b.go", "--add-ignore"]);
    let run = Run::with_input(&mut command, capture("p").as_bytes()).expect(0);
    assert!(run.stdout.contains("\n\t\t//lint:ignore loopvar-capture to be reviewed\n\t\tgo"), "{}", run.stdout);
}

#[test]
fn what_is_known_needs_no_comment() {
    let scratch = Scratch::new(&[MODULE, ("golint.toml", "baseline = \"known.txt\"\n"), ("a.go", &capture("p"))]);
    scratch.run(&["check", "--write-baseline", "known.txt"]).expect(0);
    scratch.write("b.go", capture("p").replace("func f", "func g").as_bytes());
    scratch.run(&["check", "--add-ignore"]).expect(0);
    assert_eq!(text(&scratch, "a.go"), capture("p"));
    assert!(text(&scratch, "b.go").contains("//lint:ignore"));
    // From a baseline to comments.
    scratch.run(&["check", "--no-baseline", "--add-ignore"]).expect(0);
    assert!(text(&scratch, "a.go").contains("//lint:ignore"));
}

#[test]
fn what_no_comment_holds_for_is_told() {
    let source = capture("p").replace("go func() { use(v) }()", "_ = `\n`; go func() { use(v) }(); _ = `\n`");
    let scratch = Scratch::new(&[MODULE, ("a.go", &source), ("b.go", &capture("p").replace("func f", "func g"))]);
    let run = scratch.run(&["check", "--add-ignore", "--format", "json"]).expect(2);
    let told = "error: a.go:6: no comment `//lint:ignore loopvar-capture` holds for what stands here; write \
                `//lint:file-ignore loopvar-capture reason`, or name the file under [per-file-ignores] in golint.toml\n";
    assert!(run.stderr.starts_with(told), "{}", run.stderr);
    assert_eq!(places(&run), ["a.go:6: loopvar-capture"]);
    assert_eq!(text(&scratch, "a.go"), source);
    assert!(text(&scratch, "b.go").contains("//lint:ignore"));
    scratch.run(&["check"]).expect(1);
}

#[test]
fn failures_superfluous_comments_and_read_only_files_are_left() {
    let useless = "package p\n\nvar x = 1 //nolint:loopvar-capture\n";
    let scratch = Scratch::new(&[MODULE, ("a.go", useless), ("b.go", &capture("p"))]);
    std::fs::set_permissions(scratch.path().join("b.go"), std::fs::Permissions::from_mode(0o444)).expect("permissions");
    let run = scratch.run(&["check", "--add-ignore", "--format", "json"]).expect(2);
    assert_eq!(places(&run), ["a.go:3: unused-suppression", "b.go:5: loopvar-capture"]);
    assert!(run.stderr.contains("can't write b.go: it is read-only"), "{}", run.stderr);
    assert_eq!((text(&scratch, "a.go"), text(&scratch, "b.go")), (useless.to_owned(), capture("p")));
}
