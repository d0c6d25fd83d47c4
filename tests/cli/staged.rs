//! `check --staged`: the index's content, whatever the work tree holds.

use super::git::{committed, fresh, git, try_git};
use super::{capture, places};
use crate::scratch::{Run, Scratch, command_in};

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");
const CLEAN: &str = "package m\n";

fn staged(scratch: &Scratch) -> Vec<String> {
    places(&scratch.run(&["check", "--staged", "--format", "json"]))
}

#[test]
fn what_is_staged_is_checked_as_it_is_staged() {
    let scratch = committed(&[MODULE, ("old.go", &capture("m")), ("a.go", CLEAN), ("b.go", CLEAN), ("c.go", CLEAN)]);
    // Staged with a finding, mended in the work tree only.
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["add", "a.go"]);
    scratch.write("a.go", CLEAN.as_bytes());
    // Staged without one.
    scratch.write("b.go", b"package m\n\nvar B int\n");
    git(&scratch, &["add", "b.go"]);
    scratch.write("b.go", capture("m").as_bytes());
    // Not staged, and not even known.
    scratch.write("c.go", capture("m").as_bytes());
    scratch.write("d.go", capture("m").as_bytes());
    assert_eq!(staged(&scratch), ["a.go:5: loopvar-capture"]);
    scratch.run(&["check", "--staged"]).expect(1);
    let text = scratch.run(&["check", "--staged"]).stdout;
    assert!(text.contains("go func() { use(v) }()"), "the staged text is shown: {text}");

    // Patterns are seen from the working folder, and choose among what is staged.
    assert_eq!(places(&scratch.run(&["check", "--staged", "--format", "json", "b.go"])), [""; 0]);
    git(&scratch, &["reset", "-q", "--hard"]);
    assert_eq!(staged(&scratch), [""; 0]);
    let run = scratch.run(&["check", "--staged"]).expect(0);
    assert!(run.stderr.contains("no Go file is staged"), "{}", run.stderr);
}

#[test]
fn go_mod_and_golint_toml_are_those_of_the_index() {
    let scratch = committed(&[("go.mod", "module example.com/m\n\ngo 1.22\n"), ("golint.toml", ""), ("a.go", CLEAN)]);
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["add", "a.go"]);
    assert_eq!(staged(&scratch), [""; 0]);
    scratch.write("go.mod", MODULE.1.as_bytes());
    assert_eq!(staged(&scratch), [""; 0], "go.mod is not staged");
    git(&scratch, &["add", "go.mod"]);
    assert_eq!(staged(&scratch), ["a.go:5: loopvar-capture"]);
    scratch.write("golint.toml", b"ignore = [\"loopvar-capture\"]\n");
    assert_eq!(staged(&scratch), ["a.go:5: loopvar-capture"]);
    git(&scratch, &["add", "golint.toml"]);
    assert_eq!(staged(&scratch), [""; 0]);
    scratch.write("golint.toml", b"nonsense");
    assert_eq!(staged(&scratch), [""; 0]);
}

/// The files around are the index's, too: names are looked up there.
#[test]
fn files_around_are_those_of_the_index() {
    let offset = "package m\n\nimport \"unsafe\"\n\nvar o = unsafe.Offsetof(*(&v.f))\n";
    let scratch = committed(&[MODULE, ("v.go", "package m\n\ntype T struct{ f int }\n\nvar v T\n"), ("a.go", CLEAN)]);
    scratch.write("a.go", offset.as_bytes());
    scratch.write("sub/b.go", capture("sub").as_bytes());
    git(&scratch, &["add", "."]);
    std::fs::remove_dir_all(scratch.path().join("sub")).expect("removed");
    std::fs::remove_file(scratch.path().join("v.go")).expect("removed");
    assert_eq!(staged(&scratch), ["sub/b.go:5: loopvar-capture"], "what is gone from the disk is staged still");
}

#[test]
fn before_the_first_commit_all_that_is_staged_is_new() {
    let scratch = fresh(&[MODULE, ("a.go", &capture("m")), ("b.go", &capture("m"))]);
    assert_eq!(staged(&scratch), [""; 0]);
    git(&scratch, &["add", "a.go", "go.mod"]);
    assert_eq!(staged(&scratch), ["a.go:5: loopvar-capture"]);
}

#[test]
fn nested_modules_are_looked_at_too() {
    let scratch = committed(&[MODULE, ("svc/go.mod", "module example.com/svc\n\ngo 1.21\n"), ("a.go", CLEAN)]);
    scratch.write("svc/b.go", capture("svc").as_bytes());
    assert_eq!(new_files(&scratch), ["svc/b.go:5: loopvar-capture"]);
    git(&scratch, &["add", "."]);
    assert_eq!(staged(&scratch), ["svc/b.go:5: loopvar-capture"]);
    let run = Run::of(&mut command_in(&scratch.path().join("svc"), &["check", "--staged", "../a.go"])).expect(0);
    let said = "the Go file that is staged is not among those that the patterns name";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    git(&scratch, &["reset", "-q", "--hard"]);
    std::fs::remove_file(scratch.path().join("go.mod")).expect("removed");
    std::fs::remove_file(scratch.path().join("a.go")).expect("removed");
    scratch.write("README", b"");
    git(&scratch, &["add", "README"]);
    scratch.run(&["check", "--staged"]).expect(0);
}

fn new_files(scratch: &Scratch) -> Vec<String> {
    places(&scratch.run(&["check", "--new-from-rev", "HEAD", "--format", "json"]))
}

#[test]
fn renamed_and_deleted_files() {
    let scratch = committed(&[MODULE, ("a.go", &capture("m")), ("b.go", &capture("m"))]);
    git(&scratch, &["mv", "a.go", "c.go"]);
    git(&scratch, &["rm", "-q", "b.go"]);
    assert_eq!(staged(&scratch), ["c.go:5: loopvar-capture"]);
}

#[test]
fn a_linked_worktree_has_an_index_of_its_own() {
    let scratch = committed(&[MODULE, ("a.go", CLEAN)]);
    git(&scratch, &["worktree", "add", "-q", "-b", "other", "linked"]);
    scratch.write("linked/a.go", capture("m").as_bytes());
    let linked = scratch.path().join("linked");
    assert!(try_git(&linked, &["add", "a.go"]).status.success());
    let run = Run::of(&mut command_in(&linked, &["check", "--staged", "--format", "json"]));
    assert_eq!(places(&run), ["a.go:5: loopvar-capture"]);
    assert_eq!(staged(&scratch), [""; 0]);
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let library = committed(&[("go.mod", "module example.com/lib\n\ngo 1.21\n"), ("l.go", &capture("lib"))]);
    let scratch = committed(&[MODULE, ("a.go", CLEAN)]);
    let url = library.path().to_string_lossy().into_owned();
    git(&scratch, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "lib"]);
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["add", "."]);
    assert_eq!(staged(&scratch), ["a.go:5: loopvar-capture"]);
    // Inside of it, it is one like others.
    let inside = scratch.path().join("lib");
    std::fs::write(inside.join("new.go"), capture("lib")).expect("written");
    assert!(try_git(&inside, &["add", "new.go"]).status.success());
    let run = Run::of(&mut command_in(&inside, &["check", "--staged", "--format", "json"]));
    assert_eq!(places(&run), ["new.go:5: loopvar-capture"]);
}

#[test]
fn during_a_merge() {
    let scratch = committed(&[MODULE, ("a.go", CLEAN), ("b.go", CLEAN)]);
    git(&scratch, &["checkout", "-qb", "theirs"]);
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["commit", "-qam", "theirs"]);
    git(&scratch, &["checkout", "-q", "main"]);
    scratch.write("a.go", b"package m\n\nvar Ours int\n");
    git(&scratch, &["commit", "-qam", "ours"]);
    assert!(!try_git(scratch.path(), &["merge", "-q", "theirs"]).status.success(), "a conflict");
    scratch.write("b.go", capture("m").as_bytes());
    git(&scratch, &["add", "b.go"]);
    let run = scratch.run(&["check", "--staged", "--format", "json"]).expect(2);
    assert_eq!(places(&run), ["b.go:5: loopvar-capture"]);
    assert!(run.stderr.contains("a.go is not checked: its merge has conflicts; settle them"), "{}", run.stderr);
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["add", "a.go"]);
    assert_eq!(staged(&scratch), ["a.go:5: loopvar-capture", "b.go:5: loopvar-capture"]);
}

#[test]
fn a_sparse_checkout_has_the_files_that_it_has() {
    let scratch = committed(&[MODULE, ("in/a.go", CLEAN), ("out/b.go", &capture("out"))]);
    git(&scratch, &["sparse-checkout", "set", "in"]);
    scratch.write("in/a.go", capture("in").as_bytes());
    git(&scratch, &["add", "in/a.go"]);
    assert_eq!(staged(&scratch), ["in/a.go:5: loopvar-capture"]);
}

/// What a merge stages outside of a sparse checkout is committed, too.
#[test]
fn what_is_staged_out_of_sight_is_checked() {
    let scratch = committed(&[MODULE, ("in/a.go", CLEAN), ("out/b.go", CLEAN)]);
    scratch.write("out/b.go", capture("out").as_bytes());
    git(&scratch, &["add", "out/b.go"]);
    git(&scratch, &["update-index", "--skip-worktree", "out/b.go"]);
    std::fs::remove_dir_all(scratch.path().join("out")).expect("removed");
    assert_eq!(staged(&scratch), ["out/b.go:5: loopvar-capture"]);
}

#[test]
fn names_that_are_no_text_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let scratch = committed(&[MODULE, ("a.go", CLEAN)]);
    for name in [&b"b\xff.go"[..], b"b\xfe.go"] {
        let path = scratch.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, capture("m")).expect("written");
    }
    git(&scratch, &["add", "."]);
    let run = scratch.run(&["check", "--staged"]).expect(2);
    assert!(run.stderr.contains("its name is no valid UTF-8"), "{}", run.stderr);
}

/// What `git commit FILE` is about to commit is in another index, which hooks are told of.
#[test]
fn a_hook_sees_what_will_be_committed() {
    let scratch = committed(&[MODULE, ("a.go", CLEAN), ("b.go", CLEAN)]);
    let hook = format!(
        "#!/bin/sh\nexec '{}' check --staged --format concise > \"$PWD/said\"\n",
        env!("CARGO_BIN_EXE_golint-rs")
    );
    scratch.write(".git/hooks/pre-commit", hook.as_bytes());
    let hook = scratch.path().join(".git/hooks/pre-commit");
    std::fs::set_permissions(hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("executable");
    scratch.write("a.go", capture("m").as_bytes());
    scratch.write("b.go", capture("m").as_bytes());
    git(&scratch, &["add", "b.go"]);
    let commit = try_git(scratch.path(), &["commit", "-m", "partial", "a.go"]);
    assert!(!commit.status.success(), "the hook refuses");
    let said = String::from_utf8(scratch.read("said")).expect("text");
    assert!(said.starts_with("a.go:5:") && !said.contains("b.go"), "{said}");
    scratch.write("a.go", b"package m\n\nvar A int\n");
    let commit = try_git(scratch.path(), &["commit", "-qm", "good", "a.go"]);
    assert!(commit.status.success(), "{}", String::from_utf8_lossy(&commit.stderr));
}

#[test]
fn subfolders_and_links() {
    let scratch = committed(&[MODULE, ("sub/a.go", CLEAN), ("b.go", CLEAN)]);
    scratch.write("sub/a.go", capture("sub").as_bytes());
    scratch.write("b.go", capture("m").as_bytes());
    std::os::unix::fs::symlink("sub/a.go", scratch.path().join("link.go")).expect("a link");
    std::os::unix::fs::symlink("round.go", scratch.path().join("round.go")).expect("a link");
    git(&scratch, &["add", "."]);
    let run = Run::of(&mut command_in(&scratch.path().join("sub"), &["check", "--staged", "--format", "json"]));
    assert_eq!(places(&run), ["a.go:5: loopvar-capture"]);
    let run =
        Run::of(&mut command_in(&scratch.path().join("sub"), &["check", "--staged", "--format", "json", "../..."]));
    let expected = ["../b.go:5: loopvar-capture", "a.go:5: loopvar-capture", "../link.go:5: loopvar-capture"];
    assert!(expected[..2].iter().all(|place| places(&run).contains(&(*place).to_owned())), "{}", run.stdout);
    std::fs::create_dir(scratch.path().join("untracked")).expect("a folder");
    let run = Run::of(&mut command_in(&scratch.path().join("untracked"), &["check", "--staged"]));
    run.expect(0);
}

#[test]
fn without_a_repository_it_is_said() {
    let scratch = Scratch::new(&[MODULE]);
    let run = scratch.run(&["check", "--staged"]).expect(2);
    assert!(run.stderr.contains("git can't find a work tree here: not a git repository"), "{}", run.stderr);
    let bare = Scratch::new(&[MODULE]);
    git(&bare, &["init", "-q", "--bare", "."]);
    let run = bare.run(&["check", "--staged"]).expect(2);
    assert!(
        run.stderr.contains("git can't find a work tree here: this operation must be run in a work tree"),
        "{}",
        run.stderr
    );
    let scratch = committed(&[MODULE]);
    let run = Run::of(scratch.command(&["check", "--staged"]).env("PATH", "/nowhere")).expect(2);
    assert!(run.stderr.contains("git is needed for this, and is not there"), "{}", run.stderr);
    scratch.write(".git/index", b"nonsense that is long enough to be an index, which it is not");
    let run = scratch.run(&["check", "--staged"]).expect(2);
    assert!(run.stderr.contains("git can't list the index: "), "{}", run.stderr);
}

/// git does not look into repositories of other users unless it is told to.
#[test]
fn a_repository_of_somebody_else_is_not_looked_into() {
    let scratch = committed(&[MODULE, ("a.go", CLEAN)]);
    let run = Run::of(scratch.command(&["check", "--staged"]).env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")).expect(2);
    assert!(run.stderr.contains("dubious ownership") && run.stderr.contains("safe.directory"), "{}", run.stderr);
}

/// What a configuration names may be made by a build, and no part of the repository.
#[test]
fn files_that_git_does_not_know_are_those_of_the_disk() {
    let scratch = committed(&[MODULE, ("golint.toml", "extend = \"team.toml\"\n"), ("a.go", CLEAN)]);
    scratch.write("team.toml", b"ignore = [\"loopvar-capture\"]\n");
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["add", "a.go"]);
    assert_eq!(staged(&scratch), [""; 0]);
    git(&scratch, &["add", "team.toml"]);
    scratch.write("team.toml", b"");
    assert_eq!(staged(&scratch), [""; 0], "now it is known");
    scratch.write("other.toml", b"");
    let run = scratch.run(&["check", "--staged", "--format", "json", "--config", "other.toml"]).expect(1);
    assert_eq!(places(&run), ["a.go:5: loopvar-capture"]);
    scratch.run(&["check", "--config", "other.toml", "--write-baseline", "known.txt"]).expect(0);
    scratch.run(&["check", "--staged", "--config", "other.toml", "--baseline", "known.txt"]).expect(0);
}

#[test]
fn what_is_staged_is_not_fixed_in_place() {
    let scratch = committed(&[MODULE, ("a.go", CLEAN)]);
    scratch.run(&["check", "--staged", "--fix"]).expect(2);
    scratch.run(&["check", "--staged", "-"]).expect(2);
    scratch.write("a.go", capture("m").as_bytes());
    git(&scratch, &["add", "a.go"]);
    scratch.write("a.go", CLEAN.as_bytes());
    let diff = scratch.run(&["check", "--staged", "--diff"]).expect(1);
    assert!(diff.stdout.contains("+\t\tv := v\n"), "{}", diff.stdout);
}
