//! The editors themselves, without a screen: each starts with the files from editors/ that users copy, and its own client
//! speaks to the real server. And those files that no editor reads here, against what is known of their formats.
//!
//! It needs Neovim, Emacs and Rust's standard library for wasm32-unknown-unknown, and fails without them: `editors/test`
//! runs it, and `cargo test --workspace` does not.

mod emacs;
mod jetbrains;
mod neovim;
#[path = "../scratch.rs"]
#[allow(dead_code, reason = "the other suites use the rest")]
mod scratch;
mod settings;
mod zed;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use scratch::Scratch;

/// What a.go is, and what it must be in the end.
const BROKEN: &str = "package m\n\nfunc f(names []string, run func(string)) {\n\tfor _, name := range names {\n\t\tgo func() { run(name) }()\n\t}\n}\n";
const MENDED: &str = "package m\n\nfunc f(names []string, run func(string)) {\n\tfor _, name := range names {\n\t\tname := name\n\t\tgo func() { run(name) }()\n\t}\n}\n";

/// So long an editor may take for everything. It gives up by itself before.
const PATIENCE: Duration = Duration::from_secs(300);

/// A file of this repository.
fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(ours(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A module with one finding, and a home for the editor.
fn module() -> Scratch {
    Scratch::new(&[("m/go.mod", "module example.com/m\n\ngo 1.21\n"), ("m/golint.toml", ""), ("m/a.go", BROKEN)])
}

/// An editor in the module, which finds our binary in its PATH and nothing of this user's.
fn editor(program: &Path, scratch: &Scratch) -> Command {
    let binary = Path::new(env!("CARGO_BIN_EXE_golint-rs")).parent().expect("a folder").to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(binary).chain(env::split_paths(&path))).expect("a PATH");
    let mut command = Command::new(program);
    command.current_dir(scratch.path().join("m")).env("PATH", path).env("HOME", scratch.path());
    for (variable, folder) in [("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")] {
        command.env(variable, scratch.path().join(folder));
    }
    // Of compiled packs: shared by all tests.
    command.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    for variable in ["NVIM", "VIMRUNTIME", "VIMINIT", "EMACSLOADPATH"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the editor, which must end well and leave the module mended.
#[track_caller]
fn assert_mends(command: &mut Command, scratch: &Scratch) {
    let said = scratch.path().join("said");
    let output = || fs::File::options().create(true).append(true).open(&said).expect("a file");
    command.stdin(Stdio::null()).stdout(output()).stderr(output());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child of ours") {
            break Some(status);
        }
        if begin.elapsed() > PATIENCE {
            child.kill().expect("a child of ours");
            child.wait().expect("a child of ours");
            break None;
        }
        sleep(Duration::from_millis(20));
    };
    let said = String::from_utf8_lossy(&fs::read(&said).expect("what it said")).into_owned();
    assert!(status.is_some_and(|status| status.success()), "{command:?}\n{status:?}\n{said}");
    assert_eq!(String::from_utf8(scratch.read("m/a.go")).expect("text"), MENDED, "{said}");
}

/// What a program says of its version; none if it does not start.
fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
}
