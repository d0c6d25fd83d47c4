//! Directives in the source that keep findings from being reported, and directives that do nothing.

use super::places;
use crate::scratch::{Run, Scratch};

fn check(body: &str) -> Run {
    let source = format!("package p\n\nimport \"syscall\"\n\n{body}\n");
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("a_linux.go", &source)]);
    scratch.run(&["check", "--format", "json"])
}

const CALL: &str = "syscall.Syscall(0, 0, 0, 0)";

#[test]
fn a_directive_on_the_line_suppresses() {
    for directive in [
        "//nolint",
        "//nolint:all",
        "//nolint:syscall-deprecated",
        "//nolint:errcheck,syscall-deprecated // we know",
        "//nolint: syscall-deprecated",
    ] {
        let run = check(&format!("func f() {{\n\t{CALL} {directive}\n}}"));
        assert_eq!(places(&run), Vec::<String>::new(), "{directive}");
        assert_eq!(run.json()["summary"]["suppressed"], 1, "{directive}");
        assert_eq!(run.code, Some(0));
    }
}

#[test]
fn staticchecks_directives_suppress() {
    let run = check(&format!("func f() {{\n\t//lint:ignore syscall-deprecated the kernel is old\n\t{CALL}\n}}"));
    assert_eq!(places(&run), Vec::<String>::new());
    let run = check(&format!(
        "//lint:file-ignore syscall-deprecated the kernel is old\n\nfunc f() {{\n\t{CALL}\n\t{CALL}\n}}"
    ));
    assert_eq!(places(&run), Vec::<String>::new());
    assert_eq!(run.json()["summary"]["suppressed"], 2);
}

#[test]
fn a_directive_above_a_function_covers_it() {
    let run = check(&format!(
        "//nolint:syscall-deprecated\nfunc f() {{\n\t{CALL}\n\t{CALL}\n}}\n\nfunc g() {{\n\t{CALL}\n}}"
    ));
    assert_eq!(places(&run), ["a_linux.go:12: syscall-deprecated"]);
}

#[test]
fn others_directives_do_not_suppress() {
    for directive in ["//nolint:errcheck", "// just a comment", "//lint:ignore SA1019 old"] {
        let run = check(&format!("func f() {{\n\t{CALL} {directive}\n}}"));
        assert_eq!(places(&run), ["a_linux.go:6: syscall-deprecated"], "{directive}");
    }
}

#[test]
fn a_name_that_is_almost_the_rules_is_told_and_changes_nothing() {
    let body = format!("func f() {{\n\t{CALL} //nolint:syscall-depracated\n\t{CALL} //nolint:errcheck\n}}");
    let source = format!("package p\n\nimport \"syscall\"\n\n{body}\n");
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("a_linux.go", &source)]);
    let told = "warning: a_linux.go:6: this `//nolint` names `syscall-depracated`, which is no rule that is on here; did you \
                mean `syscall-deprecated`?\n";
    // From the cache, too.
    for _ in 0..2 {
        let run = scratch.run(&["check", "--format", "json"]).expect(1);
        assert_eq!(places(&run), ["a_linux.go:6: syscall-deprecated", "a_linux.go:7: syscall-deprecated"]);
        assert_eq!(run.stderr, told);
    }
    assert_eq!(scratch.run(&["check", "--quiet"]).expect(1).stderr, "");
}

#[test]
fn a_directive_that_suppresses_nothing_is_reported_where_it_is_ours_alone() {
    let run = check("func f() {\n\t_ = 1 //nolint:syscall-deprecated\n}\nvar _ syscall.Errno");
    assert_eq!(places(&run), ["a_linux.go:6: unused-suppression"]);
    for directive in ["//nolint", "//nolint:all", "//nolint:errcheck", "//nolint:errcheck,syscall-deprecated"] {
        let run = check(&format!("func f() {{\n\t_ = 1 {directive}\n}}\nvar _ syscall.Errno"));
        assert_eq!(places(&run), Vec::<String>::new(), "{directive}");
    }
}

#[test]
fn lint_ignore_holds_for_the_whole_statement_below() {
    let source = "package p\n\nfunc f(items []int, use func(int)) {\n\tfor _, v := range items {\n\t\t//lint:ignore loopvar-capture runs once\n\t\tgo func() {\n\t\t\tuse(v)\n\t\t}()\n\t}\n}\n";
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("a.go", source)]);
    assert_eq!(places(&scratch.run(&["check", "--format", "json"])), Vec::<String>::new());
}

#[test]
fn a_file_is_looked_at_for_its_directive_alone() {
    let scratch = Scratch::new(&[
        ("go.mod", "module example.com/m\n\ngo 1.21\n"),
        ("a.go", "package p\n\nvar x = 1 //nolint:syscall-deprecated\n"),
    ]);
    assert_eq!(places(&scratch.run(&["check", "--format", "json"])), ["a.go:3: unused-suppression"]);
    // A rule that is off can't have been meant to find anything.
    let run = scratch.run(&["check", "--format", "json", "--ignore", "syscall-deprecated"]);
    assert_eq!(places(&run), Vec::<String>::new());
}

#[test]
fn what_stands_in_a_string_is_no_directive() {
    let run = check(&format!("func f() {{\n\t{CALL}; _ = \"//nolint\"\n\t_ = `\n//nolint:syscall-deprecated\n`\n}}"));
    assert_eq!(places(&run), ["a_linux.go:6: syscall-deprecated"]);
}

#[test]
fn names_of_other_linters_stand_for_rules_where_golint_toml_says_so() {
    let found = |configuration: &str, directive: &str| {
        let source = format!("package p\n\nimport \"syscall\"\n\nfunc f() {{\n\t{CALL} {directive}\n}}\n");
        let module = ("go.mod", "module example.com/m\n\ngo 1.21\n");
        let scratch = Scratch::new(&[module, ("a_linux.go", &source), ("golint.toml", configuration)]);
        let run = scratch.run(&["check", "--format", "json"]);
        assert_eq!(scratch.run(&["check", "--format", "json"]).stdout, run.stdout, "from the cache, too");
        places(&run).len()
    };
    let aliases = "[rules.syscall-deprecated]\naliases = [\"staticcheck\", \"SA1019\"]\n";
    assert_eq!(found("", "//nolint:staticcheck"), 1);
    assert_eq!(found(aliases, "//nolint:staticcheck"), 0);
    assert_eq!(found(aliases, "//nolint:errcheck, StaticCheck // why"), 0);
    assert_eq!(found(aliases, "//lint:ignore SA1019 why"), 0);
    assert_eq!(found(aliases, "//nolint:errcheck"), 1);
    // What is useless to us may be of use to them.
    let source = "package p\n\nvar x = 1 //nolint:staticcheck\n";
    let scratch = Scratch::new(&[("go.mod", "module m\n"), ("a.go", source), ("golint.toml", aliases)]);
    scratch.run(&["check"]).expect(0);
    let scratch = Scratch::new(&[("golint.toml", "[rules.syscall-deprecated]\naliases = [\"a b\"]\n")]);
    let run = scratch.run(&["config", "show"]).expect(2);
    assert!(run.stderr.contains("\"a b\" is no name that could stand in a comment"), "{}", run.stderr);
}
