//! `check --new-from-rev`, `--new-from-merge-base` and `--new-from-patch`: what is new.

use super::git::{committed, git, try_git};
use super::{capture, places};
use crate::scratch::{Run, Scratch};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");

/// A function with a finding at its third line.
fn function(name: &str) -> String {
    capture("m").replace("package m\n\n", "").replace("func f", &format!("func {name}"))
}

fn file(functions: &[&str]) -> String {
    functions.iter().fold("package m\n".to_owned(), |file, name| format!("{file}\n{}", function(name)))
}

#[track_caller]
fn new(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    places(&scratch.run(&[&["check", "--format", "json"], arguments].concat()))
}

fn since_head(scratch: &Scratch) -> Vec<String> {
    new(scratch, &["--new-from-rev", "HEAD"])
}

const NONE: [&str; 0] = [];

#[test]
fn what_is_on_lines_that_changed_is_new() {
    let scratch =
        committed(&[MODULE, ("a.go", &file(&["f", "g"])), ("b.go", &file(&["h"])), ("p/p.go", &file(&["f"]))]);
    assert_eq!(since_head(&scratch), NONE);
    // Moved down, and one added.
    scratch.write("a.go", file(&["e", "f", "g"]).as_bytes());
    assert_eq!(since_head(&scratch), ["a.go:5: loopvar-capture"]);
    assert_eq!(new(&scratch, &["--new-from-rev", "HEAD", "--whole-files"]).len(), 3);
    scratch.run(&["check", "--new-from-rev", "HEAD"]).expect(1);
    // Untracked ones are new from top to bottom, unless git ignores them.
    scratch.write("c.go", file(&["c"]).as_bytes());
    scratch.write("ignored.go", file(&["i"]).as_bytes());
    scratch.write(".gitignore", b"ignored.go\n");
    assert_eq!(since_head(&scratch), ["a.go:5: loopvar-capture", "c.go:5: loopvar-capture"]);
    // So is what is staged, and then the work tree does not matter.
    assert_eq!(new(&scratch, &["--staged", "--new-from-rev", "HEAD"]), NONE);
    git(&scratch, &["add", "a.go"]);
    scratch.write("a.go", file(&["f", "g"]).as_bytes());
    assert_eq!(new(&scratch, &["--staged", "--new-from-rev", "HEAD"]), ["a.go:5: loopvar-capture"]);
    assert_eq!(since_head(&scratch), ["c.go:5: loopvar-capture"]);
}

#[test]
fn only_what_a_change_can_reach_is_checked() {
    let scratch = committed(&[MODULE, ("a.go", &file(&["f"])), ("p/p.go", &file(&["f"])), ("q/q.go", &file(&["f"]))]);
    scratch.write("p/p.go", file(&["e", "f"]).as_bytes());
    let run = scratch.run(&["check", "--new-from-rev", "HEAD", "--format", "json", "--timings", "--no-cache"]);
    assert_eq!(places(&run), ["p/p.go:5: loopvar-capture"]);
    assert_eq!(run.json()["summary"]["files"], 1, "{}", run.stdout);
}

#[test]
fn renames_are_followed() {
    let scratch = committed(&[MODULE, ("a.go", &file(&["f", "g", "h", "i"])), ("b.go", "package m\n")]);
    std::fs::create_dir(scratch.path().join("sub")).expect("a folder");
    git(&scratch, &["mv", "a.go", "sub/c.go"]);
    assert_eq!(since_head(&scratch), NONE);
    scratch.write("sub/c.go", file(&["e", "f", "g", "h", "i"]).as_bytes());
    assert_eq!(since_head(&scratch), ["sub/c.go:5: loopvar-capture"]);
}

/// The finding is where nothing changed.
#[test]
fn what_a_change_elsewhere_caused_is_told_at_its_place() {
    let scratch = committed(&[("go.mod", "module example.com/m\n\ngo 1.22\n"), ("sub/a.go", &file(&["f"]))]);
    assert_eq!(since_head(&scratch), NONE);
    scratch.write("go.mod", MODULE.1.as_bytes());
    assert_eq!(since_head(&scratch), ["sub/a.go:5: loopvar-capture"]);
    git(&scratch, &["commit", "-qam", "lowered"]);
    assert_eq!(since_head(&scratch), NONE);
    assert_eq!(new(&scratch, &["--new-from-rev", "HEAD~1"]), ["sub/a.go:5: loopvar-capture"]);
    // A comment in the loop's file does not make it newer than it is.
    scratch.write("sub/a.go", file(&["f"]).replace("package m\n", "// C\npackage m\n").as_bytes());
    assert_eq!(since_head(&scratch), NONE);

    // A type in another file of the package.
    let read = "package m\n\nimport \"unsafe\"\n\nfunc flags(p *packet) *uint32 {\n\treturn (*uint32)(unsafe.Add(unsafe.Pointer(p), \
                unsafe.Offsetof(p.head)+unsafe.Offsetof(p.head.flags)))\n}\n";
    let inline = "package m\n\ntype header struct {\n\tid, flags uint32\n}\n\ntype packet struct {\n\tlen  int\n\thead header\n}\n";
    let scratch = committed(&[MODULE, ("read.go", read), ("type.go", inline)]);
    let before = new(&scratch, &[]);
    scratch.write("type.go", inline.replace("head header", "head *header").as_bytes());
    let after = new(&scratch, &[]);
    assert_ne!(before, after, "the type decides");
    let caused: Vec<_> = after.iter().filter(|place| !before.contains(place)).cloned().collect();
    assert_eq!(since_head(&scratch), caused);
}

/// Another rule that is on is no change of the code.
#[test]
fn both_states_are_checked_with_the_configuration_of_now() {
    let off = "ignore = [\"loopvar-capture\"]\n";
    let scratch = committed(&[MODULE, ("golint.toml", off), ("a.go", &file(&["f"]))]);
    scratch.write("golint.toml", b"");
    scratch.write("a.go", file(&["e", "f"]).as_bytes());
    assert_eq!(since_head(&scratch), ["a.go:5: loopvar-capture"]);
    scratch.write("golint.toml", b"nonsense");
    let run = scratch.run(&["check", "--new-from-rev", "HEAD", "--format", "json"]).expect(2);
    assert!(places(&run)[0].ends_with("configuration"), "faults are told as ever: {}", run.stdout);
}

/// Also that which was there before: the line is what somebody wrote now.
#[test]
fn all_findings_of_a_line_that_changed_are_new() {
    let scratch = committed(&[MODULE, ("a.go", &file(&["f"]))]);
    let twice = file(&["f"]).replace("use(v) }()", "use(v) }(); go func() { use(v) }()");
    scratch.write("a.go", twice.as_bytes());
    assert_eq!(since_head(&scratch).len(), 2, "the line changed");
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let scratch = committed(&[MODULE, ("a.go", "package m\n")]);
    git(&scratch, &["checkout", "-qb", "topic"]);
    scratch.write("a.go", file(&["f"]).as_bytes());
    git(&scratch, &["commit", "-qam", "topic"]);
    git(&scratch, &["checkout", "-q", "main"]);
    scratch.write("b.go", file(&["g"]).as_bytes());
    git(&scratch, &["add", "b.go"]);
    git(&scratch, &["commit", "-qm", "main goes on"]);
    git(&scratch, &["checkout", "-q", "topic"]);
    assert_eq!(new(&scratch, &["--new-from-merge-base", "main"]), ["a.go:5: loopvar-capture"]);
    let run = scratch.run(&["check", "--new-from-merge-base", "mian"]).expect(2);
    assert!(run.stderr.contains("there is no `mian`; check the spelling, or fetch it first"), "{}", run.stderr);
    git(&scratch, &["checkout", "-q", "--orphan", "alone"]);
    git(&scratch, &["commit", "-qm", "alone"]);
    let run = scratch.run(&["check", "--new-from-merge-base", "main"]).expect(2);
    assert!(run.stderr.contains("HEAD and `main` have no commit in common"), "{}", run.stderr);
    let shallow = Scratch::new(&[]);
    let from = format!("file://{}", scratch.path().display());
    git(&shallow, &["clone", "-q", "--depth", "1", "--branch", "topic", &from, "."]);
    let run = shallow.run(&["check", "--new-from-rev", "HEAD~1"]).expect(2);
    assert!(run.stderr.contains("there is no `HEAD~1`; this clone is shallow: fetch it first"), "{}", run.stderr);
    for wrong in ["nowhere", "--all", "-x", "HEAD:a.go"] {
        let run = scratch.run(&["check", &format!("--new-from-rev={wrong}")]).expect(2);
        assert!(run.stderr.contains("git can't find this commit"), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn a_patch_tells_the_state_before() {
    let scratch = committed(&[MODULE, ("sub/a.go", &file(&["f"])), ("b.go", &file(&["g"]))]);
    scratch.write("sub/a.go", file(&["e", "f"]).as_bytes());
    scratch.write("new.go", file(&["n"]).as_bytes());
    git(&scratch, &["add", "-N", "new.go"]);
    let patch = try_git(scratch.path(), &["diff"]).stdout;
    scratch.write("the.patch", &patch);
    let expected = ["new.go:5: loopvar-capture", "sub/a.go:5: loopvar-capture"];
    assert_eq!(new(&scratch, &["--new-from-patch", "the.patch"]), expected);
    let mut command = scratch.command(&["check", "--format", "json", "--new-from-patch", "-"]);
    assert_eq!(places(&Run::with_input(&mut command, &patch)), expected);
    // No repository is needed.
    std::fs::remove_dir_all(scratch.path().join(".git")).expect("removed");
    assert_eq!(new(&scratch, &["--new-from-patch", "the.patch"]), expected);

    scratch.write("sub/a.go", file(&["f"]).as_bytes());
    let run = scratch.run(&["check", "--new-from-patch", "the.patch"]).expect(2);
    assert!(run.stderr.contains("the.patch does not fit: sub/a.go:"), "{}", run.stderr);
    scratch.write("the.patch", b"nothing of the sort\n");
    let run = scratch.run(&["check", "--new-from-patch", "the.patch"]).expect(2);
    assert!(run.stderr.contains("the.patch is no unified diff: it names no file"), "{}", run.stderr);
    scratch.write("the.patch", b"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n");
    let run = scratch.run(&["check", "--new-from-patch", "the.patch"]).expect(2);
    assert!(run.stderr.contains("the.patch is no unified diff: line 4: it breaks off"), "{}", run.stderr);
    scratch.write("the.patch", b"--- a/x.go\n+++ b/x.go\n");
    let run = scratch.run(&["check", "--new-from-patch", "the.patch"]).expect(2);
    assert!(run.stderr.contains("it breaks off behind the names of a file, before its hunks"), "{}", run.stderr);
    scratch.write("the.patch", b"*** a/x.go\n--- b/x.go\n***************\n");
    let run = scratch.run(&["check", "--new-from-patch", "the.patch"]).expect(2);
    assert!(run.stderr.contains("a file without hunks; a unified diff is wanted"), "{}", run.stderr);
    scratch.write("the.patch", b"");
    assert_eq!(new(&scratch, &["--new-from-patch", "the.patch"]), NONE);
    scratch.run(&["check", "--new-from-patch", "missing.patch"]).expect(2);
}

#[test]
fn what_a_patch_does_not_show_is_new() {
    let scratch = committed(&[MODULE, ("a.go", &file(&["f"]))]);
    scratch.write("a.go", file(&["f", "g"]).as_bytes());
    scratch.write(".git/info/attributes", b"*.go -diff\n");
    scratch.write("the.patch", &try_git(scratch.path(), &["diff"]).stdout);
    let all = ["a.go:5: loopvar-capture", "a.go:11: loopvar-capture"];
    assert_eq!(new(&scratch, &["--new-from-patch", "the.patch"]), all);
    assert_eq!(since_head(&scratch), all);
}

#[test]
fn a_series_of_patches_is_refused() {
    let scratch = committed(&[MODULE, ("a.go", "package m\n")]);
    for functions in [&["f"][..], &["f", "g"]] {
        scratch.write("a.go", file(functions).as_bytes());
        git(&scratch, &["commit", "-qam", "more"]);
    }
    scratch.write("the.patch", &try_git(scratch.path(), &["format-patch", "--stdout", "HEAD~2"]).stdout);
    let run = scratch.run(&["check", "--new-from-patch", "the.patch"]).expect(2);
    assert!(run.stderr.contains("the.patch changes a.go twice, as a series of commits does"), "{}", run.stderr);
}

/// A patch that lowers the go line reaches the whole module, as a commit does.
#[test]
fn a_patch_of_go_mod_reaches_the_module() {
    let scratch = committed(&[("go.mod", "module example.com/m\n\ngo 1.22\n"), ("a.go", &file(&["f"]))]);
    scratch.write("go.mod", MODULE.1.as_bytes());
    scratch.write("the.patch", &try_git(scratch.path(), &["diff"]).stdout);
    assert_eq!(new(&scratch, &["--new-from-patch", "the.patch"]), ["a.go:5: loopvar-capture"]);
}

/// Whatever git is configured to, the same is found.
#[test]
fn the_users_configuration_of_git_does_not_matter() {
    let scratch = committed(&[MODULE, ("\u{fc} x.go", &file(&["f"]))]);
    for (key, value) in [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("color.ui", "always"),
        ("diff.external", "false"),
        ("core.quotePath", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
    ] {
        git(&scratch, &["config", key, value]);
    }
    git(&scratch, &["mv", "\u{fc} x.go", "\u{fc} y.go"]);
    scratch.write("\u{fc} y.go", format!("{}\n{}", file(&["f"]), function("g")).as_bytes());
    assert_eq!(since_head(&scratch), ["\u{fc} y.go:11: loopvar-capture"]);
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let scratch = committed(&[MODULE]);
    for wrong in [
        &["--new-from-rev", "HEAD", "--fix"][..],
        &["--new-from-rev", "HEAD", "--diff"],
        &["--new-from-rev", "HEAD", "--new-from-merge-base", "main"],
        &["--whole-files"],
        &["--staged", "--new-from-patch", "x"],
        &["--new-from-rev", "HEAD", "-"],
        &["--new-from-rev", "HEAD", "--add-ignore"],
        &["--new-from-rev", "HEAD", "--write-baseline", "x"],
        &["--staged", "--add-ignore"],
    ] {
        scratch.run(&[&["check"], wrong].concat()).expect(2);
    }
}

#[test]
fn patches_are_taken_however_git_is_set_to_write_them() {
    let scratch = committed(&[MODULE, ("a.go", &file(&["f"])), ("p/a.go", &file(&["g"]).replace('\n', "\r\n"))]);
    let crlf = |functions: &[&str]| file(functions).replace('\n', "\r\n");
    scratch.write("p/a.go", crlf(&["e", "g"]).as_bytes());
    let patch = |folder: &str, arguments: &[&str]| {
        let folder = scratch.path().join(folder);
        let output = try_git(&folder, arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut command = crate::scratch::command_in(&folder, &["check", "--format", "json", "--new-from-patch", "-"]);
        Run::with_input(&mut command, &output.stdout)
    };
    for configuration in ["diff.noprefix=true", "diff.mnemonicPrefix=true", "core.autocrlf=true"] {
        let run = patch(".", &["-c", configuration, "diff"]);
        assert_eq!(places(&run), ["p/a.go:5: loopvar-capture"], "{configuration}: {}", run.stderr);
    }
    // A file of that name is at the root, too.
    let run = patch("p", &["diff", "--relative"]);
    assert_eq!(places(&run), ["a.go:5: loopvar-capture"], "{}", run.stderr);
    let run = patch(".", &["diff", "--color=always"]).expect(2);
    assert!(run.stderr.contains("line 1: it has colours; write it without them"), "{}", run.stderr);
}
