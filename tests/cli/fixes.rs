//! --fix, --unsafe-fixes and --diff.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

use super::capture;
use crate::scratch::{Run, Scratch, command_in};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");

#[test]
fn a_diff_changes_nothing_and_can_be_applied() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let run = scratch.run(&["check", "--diff", "--quiet"]).expect(1);
    insta::assert_snapshot!(run.stdout, @r"
    --- a/a.go
    +++ b/a.go
    @@ -2,6 +2,7 @@
     
     func f(items []int, use func(int)) {
     	for _, v := range items {
    +		v := v
     		go func() { use(v) }()
     	}
     }
    ");
    assert_eq!(scratch.read("a.go"), capture("p").as_bytes());
    scratch.write("fix.diff", run.stdout.as_bytes());
    let applied = Command::new("git").args(["apply", "fix.diff"]).current_dir(scratch.path()).status();
    if applied.is_ok_and(|s| s.success()) {
        scratch.run(&["check"]).expect(0);
    }
}

/// git refuses to write through a link, and to change a file twice.
#[test]
fn a_diff_names_the_file_that_a_link_leads_to() {
    let scratch = Scratch::new(&[MODULE, ("real/a.go", &capture("p"))]);
    std::fs::create_dir(scratch.path().join("sub")).expect("a folder");
    symlink("../real/a.go", scratch.path().join("sub/link.go")).expect("a link");
    for arguments in [&["check", "--diff", "sub/link.go"][..], &["check", "--diff"]] {
        let run = scratch.run(arguments).expect(1);
        assert!(run.stdout.starts_with("--- a/real/a.go\n+++ b/real/a.go\n"), "{}", run.stdout);
        assert_eq!(run.stdout.matches("+++").count(), 1, "{}", run.stdout);
        assert!(run.stderr.contains("1 file would change"), "{}", run.stderr);
        scratch.write("fix.diff", run.stdout.as_bytes());
        let check = Command::new("git").args(["apply", "--check", "fix.diff"]).current_dir(scratch.path()).output();
        if let Ok(check) = check {
            assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
        }
    }
    // The findings keep the name that was given.
    let run = scratch.run(&["check", "--format", "json", "sub/link.go"]).expect(1);
    assert_eq!(super::places(&run), ["sub/link.go:5: loopvar-capture"]);
}

#[test]
fn a_diff_of_a_link_out_of_the_working_folder_keeps_its_name() {
    let scratch = Scratch::new(&[MODULE, ("real/a.go", &capture("p"))]);
    std::fs::create_dir(scratch.path().join("sub")).expect("a folder");
    symlink("../real/a.go", scratch.path().join("sub/link.go")).expect("a link");
    let run = Run::of(&mut command_in(&scratch.path().join("sub"), &["check", "--diff"])).expect(1);
    assert!(run.stdout.starts_with("--- a/link.go\n"), "{}", run.stdout);
}

#[test]
fn fixes_that_differ_between_the_names_of_a_file_are_told() {
    let source = capture("p").replace("p\n\nfunc", "p\n\nimport \"syscall\"\n\nfunc");
    let source = source.replace("use(v)", "use(v); syscall.Syscall(0, 0, 0, 0, 0)");
    let ignore = "[per-file-ignores]\n\"real_windows.go\" = [\"syscall-deprecated\"]\n";
    let scratch = Scratch::new(&[MODULE, ("golint.toml", ignore), ("real_windows.go", &source)]);
    symlink("real_windows.go", scratch.path().join("link_windows.go")).expect("a link");
    let run = scratch.run(&["check", "--diff"]).expect(2);
    assert_eq!(run.stdout.matches("+++ b/real_windows.go").count(), 1, "{}", run.stdout);
    assert!(run.stderr.contains("real_windows.go: it has several names"), "{}", run.stderr);
}

#[test]
fn a_fix_is_written_and_nothing_is_left() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let run = scratch.run(&["check", "--fix"]).expect(0);
    assert!(run.stderr.contains("fixed 1 file"), "{}", run.stderr);
    let text = String::from_utf8(scratch.read("a.go")).expect("UTF-8");
    assert!(text.contains("range items {\n\t\tv := v\n\t\tgo func()"), "{text}");
    scratch.run(&["check"]).expect(0);
}

#[test]
fn unsafe_fixes_are_fixes() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let run = scratch.run(&["check", "--unsafe-fixes", "--diff", "--quiet"]).expect(1);
    assert!(run.stdout.contains("+\t\tv := v"), "{}", run.stdout);
    assert_eq!(scratch.read("a.go"), capture("p").as_bytes());
    let run = scratch.run(&["check", "--unsafe-fixes"]).expect(0);
    assert!(run.stderr.contains("fixed 1 file"), "{}", run.stderr);
    assert_ne!(scratch.read("a.go"), capture("p").as_bytes());
}

#[test]
fn what_can_not_be_written_is_still_reported() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p")), ("sub/b.go", &capture("q"))]);
    let a = scratch.path().join("a.go");
    std::fs::set_permissions(&a, std::fs::Permissions::from_mode(0o444)).expect("permissions");
    let run = scratch.run(&["check", "--fix", "--format", "json"]).expect(2);
    assert_eq!(super::places(&run), ["a.go:5: loopvar-capture"]);
    assert!(run.stderr.contains("can't write a.go: it is read-only"), "{}", run.stderr);
    assert!(run.stderr.contains("fixed 1 file\n"), "{}", run.stderr);
    assert_eq!(scratch.read("a.go"), capture("p").as_bytes());
}

/// Only root can make a file somebody else's, and become yet another.
#[test]
fn a_file_that_would_change_hands_is_left_alone() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let a = scratch.path().join("a.go");
    if chown(&a, Some(1234), Some(1234)).is_err() {
        return;
    }
    let open = std::fs::Permissions::from_mode(0o777);
    std::fs::set_permissions(scratch.path(), open).expect("permissions");
    // The folder of the build may be root's alone.
    // Copied by another process: no file that is open for writing can be run, and what is open here is for a moment also
    // open in whatever other tests start.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_golint-rs")).arg(scratch.path()).status();
    assert!(copied.expect("cp starts").success());
    let mut command = Command::new(scratch.path().join("golint-rs"));
    command.args(["check", "--fix", "--no-cache", "a.go"]).current_dir(scratch.path()).uid(2345).gid(2345);
    let run = Run::of(&mut command).expect(2);
    assert!(run.stderr.contains("can't write a.go: it would lose its owner and group, 1234:1234"), "{}", run.stderr);
    let left = std::fs::metadata(&a).expect("it is there");
    assert_eq!((left.uid(), left.gid()), (1234, 1234));
    assert_eq!(scratch.read("a.go"), capture("p").as_bytes());
    assert_eq!(std::fs::read_dir(scratch.path()).expect("a folder").count(), 3, "nothing is left behind");
}

#[test]
fn a_diff_says_how_much_would_change() {
    let scratch = Scratch::new(&[MODULE, ("a.go", &capture("p"))]);
    let run = scratch.run(&["check", "--diff"]).expect(1);
    assert!(run.stderr.contains("1 file would change (1 fix)"), "{}", run.stderr);
    assert!(!run.stderr.contains("no problems"), "{}", run.stderr);
}

#[test]
fn line_endings_byte_order_mark_permissions_and_links_are_kept() {
    let source = format!("\u{feff}{}", capture("p").replace('\n', "\r\n"));
    let scratch = Scratch::new(&[MODULE, ("real.go", &source)]);
    let real = scratch.path().join("real.go");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    std::fs::create_dir(scratch.path().join("sub")).expect("a folder");
    symlink("../real.go", scratch.path().join("sub/link.go")).expect("a link");
    scratch.run(&["check", "--fix", "sub/link.go"]).expect(0);
    let text = String::from_utf8(scratch.read("real.go")).expect("UTF-8");
    assert!(text.starts_with('\u{feff}'), "{text:?}");
    assert!(text.contains("{\r\n\t\tv := v\r\n\t\tgo"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
    assert_eq!(std::fs::metadata(&real).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(scratch.path().join("sub/link.go")).expect("it is there").is_symlink());
}

#[test]
fn equal_edits_of_several_findings_are_one() {
    let source = "package p\n\nfunc f(items []int, use func(int)) {\n\tfor _, v := range items {\n\t\tgo func() { use(v); use(v) }()\n\t\tdefer func() { use(v) }()\n\t}\n}\n";
    let scratch = Scratch::new(&[MODULE, ("a.go", source)]);
    scratch.run(&["check", "--fix"]).expect(0);
    let text = String::from_utf8(scratch.read("a.go")).expect("UTF-8");
    assert_eq!(text.matches("v := v").count(), 1, "{text}");
}
