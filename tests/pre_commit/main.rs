//! The hooks of .pre-commit-hooks.yaml, in the real pre-commit: it clones this repository as it is, builds it, and runs it when
//! somebody commits.
//!
//! It needs pre-commit, git and the registry of crates, and fails without them: `tests/pre_commit/test` runs it, and
//! `cargo test --workspace` does not.

#[path = "../cli/git.rs"]
mod git;
#[path = "../scratch.rs"]
#[allow(dead_code, reason = "the other suites use the rest")]
mod scratch;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use git::{committed, git, try_git};
use scratch::Scratch;

const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");
const CLEAN: &str = "package m\n";
const BROKEN: &str = "package m\n\nfunc f(names []string, run func(string)) {\n\tfor _, name := range names {\n\t\tgo func() { run(name) }()\n\t}\n}\n";
const MENDED: &str = "package m\n\nfunc f(names []string, run func(string)) {\n\tfor _, name := range names {\n\t\tname := name\n\t\tgo func() { run(name) }()\n\t}\n}\n";

/// Everything that stays from run to run: what pre-commit has built of the same files is not built again.
fn kept(path: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pre-commit").join(path)
}

/// This repository as it lies here, committed or not, as one commit of a repository of its own; and that commit.
fn ours() -> (PathBuf, String) {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")), kept("repository"));
    let _ = fs::remove_dir_all(&to);
    let listed = try_git(from, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let names = String::from_utf8(listed.stdout).expect("names are text");
    for name in names.split_terminator('\0').filter(|name| from.join(name).is_file()) {
        let copy = to.join(name);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder");
        fs::copy(from.join(name), copy).expect("copied");
    }
    let run = |arguments: &[&str]| {
        let mut command = git::command(&to, arguments);
        // The same files are the same commit.
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_DATE"), "2026-01-01T00:00:00Z");
        }
        let output = command.output().expect("git is there");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    };
    run(&["init", "-q", "-b", "main"]);
    run(&["add", "--force", "."]);
    run(&["commit", "-q", "-m", "all"]);
    let commit = run(&["rev-parse", "HEAD"]);
    (to, commit)
}

/// With what both git, which runs hooks, and pre-commit itself need.
fn prepared(mut command: Command, home: &Path) -> Output {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tools/pre-commit/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path))).expect("a PATH");
    command.env("PATH", path).env("PRE_COMMIT_HOME", home).env("PRE_COMMIT_COLOR", "never");
    // The dependencies are compiled once. What is tried here is the way, not the speed.
    command.env("CARGO_TARGET_DIR", kept("build"));
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64");
    command.env("XDG_CACHE_HOME", kept("cache"));
    command.output().expect("it starts")
}

/// A repository with a hook that pre-commit has installed.
struct Project {
    scratch: Scratch,
    home: PathBuf,
}

impl Project {
    fn new(files: &[(&str, &str)], (repository, commit): &(PathBuf, String), hook: &str) -> Project {
        let scratch = committed(files);
        let configuration =
            format!("repos:\n- repo: {}\n  rev: {commit}\n  hooks:\n  - id: {hook}\n", repository.display());
        scratch.write(".pre-commit-config.yaml", configuration.as_bytes());
        git(&scratch, &["add", ".pre-commit-config.yaml"]);
        git(&scratch, &["commit", "-qm", "hooks"]);
        let project = Project { scratch, home: kept("homes").join(commit) };
        let installed = project.pre_commit(&["install"]);
        assert!(installed.status.success(), "{}", said(&installed));
        project
    }

    fn pre_commit(&self, arguments: &[&str]) -> Output {
        let mut command = git::command(self.scratch.path(), &[]);
        let git = std::mem::replace(&mut command, Command::new("pre-commit"));
        command.current_dir(self.scratch.path()).args(arguments);
        command.envs(git.get_envs().filter_map(|(name, value)| Some((name, value?))));
        prepared(command, &self.home)
    }

    /// Commits what is staged.
    fn commit(&self) -> Output {
        prepared(git::command(self.scratch.path(), &["commit", "-m", "next"]), &self.home)
    }

    fn stage(&self, path: &str, content: &str) {
        self.scratch.write(path, content.as_bytes());
        git(&self.scratch, &["add", path]);
    }

    fn read(&self, path: &str) -> String {
        String::from_utf8(self.scratch.read(path)).expect("text")
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn passes(output: &Output) {
    assert!(output.status.success(), "{}", said(output));
}

#[track_caller]
fn is_blocked(output: &Output, why: &str) {
    assert!(!output.status.success() && said(output).contains(why), "{}", said(output));
}

/// One after the other: each stands on what is built for the first.
#[test]
fn a_commit_is_checked() {
    let ours = ours();
    // What was built of other states is of no use any more.
    for old in fs::read_dir(kept("homes")).into_iter().flatten().flatten() {
        if old.file_name() != *ours.1 {
            fs::remove_dir_all(old.path()).expect("removed");
        }
    }
    blocks_what_is_bad_and_lets_pass_what_is_good(&ours);
    looks_at_what_is_staged_of_a_file(&ours);
    leaves_out_what_is_excluded(&ours);
    fixes_and_leaves_staging_to_the_user(&ours);
    checks_the_module(&ours);
    can_be_tried(&ours);
}

fn blocks_what_is_bad_and_lets_pass_what_is_good(ours: &(PathBuf, String)) {
    let project = Project::new(&[MODULE, ("old.go", BROKEN), ("a.go", CLEAN)], ours, "golint-rs");
    project.stage("a.go", BROKEN);
    is_blocked(&project.commit(), "loopvar-capture");
    assert_eq!(project.read("a.go"), BROKEN);
    project.stage("a.go", MENDED);
    passes(&project.commit());
    // Whatever is old, and not named.
    project.stage("notes.txt", "no Go");
    passes(&project.commit());
    is_blocked(&project.pre_commit(&["run", "--all-files"]), "old.go");
}

fn looks_at_what_is_staged_of_a_file(ours: &(PathBuf, String)) {
    let project = Project::new(&[MODULE, ("a.go", CLEAN)], ours, "golint-rs");
    project.stage("a.go", MENDED);
    project.scratch.write("a.go", BROKEN.as_bytes());
    passes(&project.commit());
    assert_eq!(project.read("a.go"), BROKEN, "what was not staged is there still");
    project.stage("a.go", BROKEN);
    project.scratch.write("a.go", MENDED.as_bytes());
    is_blocked(&project.commit(), "loopvar-capture");
    assert_eq!(project.read("a.go"), MENDED);
}

fn leaves_out_what_is_excluded(ours: &(PathBuf, String)) {
    let files = [MODULE, ("golint.toml", "exclude = [\"old\"]\n"), ("a.go", CLEAN)];
    let project = Project::new(&files, ours, "golint-rs");
    project.stage("old/o.go", BROKEN);
    project.stage("vendor/v/v.go", BROKEN);
    passes(&project.commit());
}

fn fixes_and_leaves_staging_to_the_user(ours: &(PathBuf, String)) {
    let project = Project::new(&[MODULE, ("a.go", CLEAN)], ours, "golint-rs-fix");
    project.stage("a.go", BROKEN);
    is_blocked(&project.commit(), "files were modified by this hook");
    assert_eq!(project.read("a.go"), MENDED);
    let staged = String::from_utf8(try_git(project.scratch.path(), &["show", ":a.go"]).stdout).expect("text");
    assert_eq!(staged, BROKEN, "nothing is staged behind anybody's back");
    git(&project.scratch, &["add", "a.go"]);
    passes(&project.commit());

    // Of a file that is staged in part, both parts come together again.
    let (before, after) = (format!("{BROKEN}\nvar x = 1\n"), format!("{BROKEN}\nvar x = 2\n"));
    project.stage("b.go", &before);
    project.scratch.write("b.go", after.as_bytes());
    is_blocked(&project.commit(), "files were modified by this hook");
    assert_eq!(project.read("b.go"), after.replace(BROKEN, MENDED));
    // Where they don't fit together, pre-commit undoes the fix.
    let torn = BROKEN.replace("names {\n", "names { // here\n");
    project.scratch.write("b.go", torn.as_bytes());
    is_blocked(&project.commit(), "Rolling back fixes");
    assert_eq!(project.read("b.go"), torn);
}

fn checks_the_module(ours: &(PathBuf, String)) {
    let project = Project::new(
        &[("go.mod", "module example.com/m\n\ngo 1.22\n"), ("sub/a.go", BROKEN)],
        ours,
        "golint-rs-module",
    );
    project.stage("b.go", CLEAN);
    passes(&project.commit());
    project.stage("go.mod", MODULE.1);
    is_blocked(&project.commit(), "sub/a.go");
}

fn can_be_tried((repository, _): &(PathBuf, String)) {
    let scratch = committed(&[MODULE, ("a.go", BROKEN)]);
    let project = Project { scratch, home: kept("home-of-tries") };
    let tried = project.pre_commit(&["try-repo", &repository.to_string_lossy(), "golint-rs", "--all-files"]);
    is_blocked(&tried, "loopvar-capture");
    let mode = fs::metadata(project.scratch.path().join("a.go")).expect("there").permissions().mode();
    assert_eq!(mode & 0o111, 0);
    assert_eq!(project.read("a.go"), BROKEN);
}
