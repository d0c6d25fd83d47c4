//! The packages for Python and npm, made of this checkout and installed as users do: by the real pip, npm, pnpm and Yarn, and by
//! pre-commit, from files and a registry on this machine.
//!
//! It needs what `tests/packages/test --install` gets, and fails without: `tests/packages/test` runs it, and
//! `cargo test --workspace` does not.

#[path = "../cli/git.rs"]
mod git;
mod hooks;
mod launcher;
mod npm;
mod python;
#[path = "../scratch.rs"]
#[allow(dead_code, reason = "the other suites use the rest")]
mod scratch;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use scratch::Scratch;

const VERSION: &str = env!("CARGO_PKG_VERSION");
const MODULE: (&str, &str) = ("go.mod", "module example.com/m\n\ngo 1.21\n");
const BROKEN: &str = "package m\n\nfunc f(names []string, run func(string)) {\n\tfor _, name := range names {\n\t\tgo func() { run(name) }()\n\t}\n}\n";
/// The rule that finds something in `BROKEN`.
const FOUND: &str = "loopvar-capture";

/// A file of this repository.
fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What is made by a run and replaced by the next one.
fn kept(path: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages").join(path)
}

/// An empty folder of those.
fn emptied(path: &str) -> PathBuf {
    let folder = kept(path);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The folder that cargo builds into.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder").to_owned()
}

/// What `tests/packages/test --install` has put there.
fn tool(path: &str) -> PathBuf {
    let tool = target().join("tools/packages").join(path);
    assert!(tool.exists(), "{} is missing: run tests/packages/test --install", tool.display());
    tool
}

/// The folder of a program on this PATH.
fn folder_of(program: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .find(|folder| folder.join(program).is_file())
        .unwrap_or_else(|| panic!("{program} is missing"))
}

/// A PATH without Rust: these folders, those of Node and what every system has.
fn path(first: &[&Path]) -> OsString {
    let node = folder_of("node");
    let folders = first.iter().copied().chain([node.as_path(), Path::new("/usr/bin"), Path::new("/bin")]);
    env::join_paths(folders).expect("a PATH")
}

/// A program, about to run in a folder with nothing of this user's environment: the home is the one that is given. The cache of
/// compiled packs is shared by all tests.
fn clean(program: impl AsRef<Path>, folder: &Path, home: &Path) -> Command {
    let mut command = Command::new(program.as_ref());
    command.current_dir(folder).env_clear().env("HOME", home).env("PATH", path(&[])).env("LANG", "C.UTF-8");
    command.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    command
}

/// A Go module with one finding in a.go, in a folder whose name has a space.
fn module() -> (Scratch, PathBuf) {
    let scratch = Scratch::new(&[("a module/go.mod", MODULE.1), ("a module/a.go", BROKEN)]);
    let folder = scratch.path().join("a module");
    (scratch, folder)
}

fn said(output: &Output) -> String {
    format!("{}\n{}{}", output.status, String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs it, which must not fail, and gives what it printed.
#[track_caller]
fn done(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", said(&output));
    String::from_utf8(output.stdout).expect("text")
}

/// Runs `check` in a module with one finding: it is found, and the exit code says so.
#[track_caller]
fn finds(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert_eq!(output.status.code(), Some(1), "{command:?}: {}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains(FOUND), "{}", said(&output));
}
