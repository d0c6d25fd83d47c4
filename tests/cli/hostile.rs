//! Files that no compiler would take: each is looked at as far as it goes, and the others' findings are all there.

use super::{capture, places};
use crate::scratch::Scratch;

fn beside(name: &str, content: &[u8]) -> Scratch {
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("good.go", &capture("p"))]);
    scratch.write(name, content);
    scratch
}

#[test]
fn broken_files_hide_no_others() {
    let deep = format!("package p\nvar x = {}1{}\n", "(".repeat(100_000), ")".repeat(100_000));
    let blocks = format!("package p\nfunc f() {}{}\n", "{".repeat(50_000), "}".repeat(50_000));
    let open = format!("package p\nvar x = {}", "(".repeat(100_000));
    let open_blocks = format!("package p\nfunc f() {}", "{".repeat(100_000));
    let open_calls = format!("package p\nfunc f() {{ {}", "go f(func() { ".repeat(10_000));
    let long = format!("package p\nvar x = \"{}\"\n", "a".repeat(3_000_000));
    for (what, content) in [
        ("empty", &b""[..]),
        ("invalid UTF-8", b"package p\n\nvar x = \"\xff\xfe\"\nfunc \x80() {}\n"),
        ("NUL bytes", b"\0\0\0\0"),
        ("no package clause", b"func f() {}\n"),
        ("an open brace", b"package p\nfunc f() {\n"),
        ("random bytes", &[0x7f, b'E', b'L', b'F', 1, 2, 3, 200, 255, 10, 13]),
        ("deep parentheses", deep.as_bytes()),
        ("deep blocks", blocks.as_bytes()),
        ("open parentheses", open.as_bytes()),
        ("open blocks", open_blocks.as_bytes()),
        ("open calls", open_calls.as_bytes()),
        ("a long line", long.as_bytes()),
    ] {
        for arguments in [&["check", "--format", "json"][..], &["check", "--format", "json", "--no-prefilter"]] {
            let run = beside("bad.go", content).run(arguments).expect(1);
            assert_eq!(places(&run), ["good.go:5: loopvar-capture"], "{what}");
        }
    }
}

#[test]
fn byte_order_marks_and_line_endings_move_no_finding() {
    let source = format!("\u{feff}{}", capture("q").replace('\n', "\r\n"));
    let run = beside("sub/a.go", source.as_bytes()).run(&["check", "--format", "json"]).expect(1);
    assert_eq!(places(&run), ["good.go:5: loopvar-capture", "sub/a.go:5: loopvar-capture"]);
}

#[test]
fn code_around_an_error_is_still_checked() {
    let source = format!("{}\nfunc g() {{\n\tx := := 3\n}}\n", capture("q"));
    let run = beside("sub/a.go", source.as_bytes()).run(&["check", "--format", "json", "--timings"]).expect(1);
    assert_eq!(places(&run), ["good.go:5: loopvar-capture", "sub/a.go:5: loopvar-capture"]);
    assert_eq!(run.json()["timings"]["syntax_errors"], 1);
}

/// Neither counts for Go. Whether the file is parsed at all must not decide what is found in it.
#[test]
fn imports_in_the_wrong_place_are_none_with_and_without_the_prefilter() {
    let call = "func f() {\n\tsyscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)\n}\n";
    for source in
        [format!("package p\n\n{call}\nimport \"syscall\"\n"), format!("import \"syscall\"\n\npackage p\n\n{call}")]
    {
        let scratch = beside("sub/a_linux.go", source.as_bytes());
        for arguments in [&["check", "--format", "json"][..], &["check", "--format", "json", "--no-prefilter"]] {
            assert_eq!(places(&scratch.run(arguments).expect(1)), ["good.go:5: loopvar-capture"], "{source}");
        }
    }
}

#[test]
fn a_file_that_is_too_large_is_told() {
    let scratch = beside("golint.toml", b"max-file-size = 100\n");
    scratch.write("small.go", b"package p\n");
    let run = scratch.run(&["check"]).expect(2);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains("good.go") && said.contains("max-file-size"), "{said}");
}

#[test]
fn a_syntax_error_is_never_added_by_a_fix() {
    let scratch = beside("sub/a.go", capture("q").replace("use(v) }()", "use(v) }(").as_bytes());
    let before = scratch.read("sub/a.go");
    scratch.run(&["check", "--fix"]);
    assert_eq!(scratch.read("sub/a.go"), before);
}

/// More than the least that every file may have.
#[test]
fn no_number_of_findings_is_too_many() {
    let calls = "\tsyscall.Syscall(syscall.SYS_SYNC, 0, 0, 0)\n".repeat(10_050);
    let source = format!("package p\n\nimport \"syscall\"\n\nfunc f() {{\n{calls}}}\n");
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("many_linux.go", &source)]);
    let run = scratch.run(&["check", "--format", "concise"]).expect(1);
    let found = run.stdout.lines().filter(|line| line.contains(": syscall-deprecated: ")).count();
    assert_eq!(found, 10_050, "{}", run.stderr);
}
