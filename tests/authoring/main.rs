//! What authors of packs do, as they do it: a new pack, its build and its tests, the tutorial of the SDK, a pack that lives
//! out of our workspace, and the mistakes of a first hour.
//!
//! It needs Rust's standard library for wasm32-unknown-unknown, and fails without it: `cargo test --test authoring` runs it,
//! and `cargo test --workspace` does not.

mod beginner;
mod house;
mod new_pack;
#[path = "../scratch.rs"]
#[allow(dead_code, reason = "the other suite uses the rest")]
mod scratch;
mod tutorial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scratch::{Run, Scratch, command_in};

/// The root of our workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where all packs of this suite are built, so that what they depend on is built once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("packs")
}

/// What the binary did in this folder; packs are built into the target folder of this suite.
fn golint(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = command_in(folder, arguments);
    command.env("CARGO_TARGET_DIR", target());
    Run::of(&mut command)
}

/// What cargo did in this folder.
fn cargo(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder).args(arguments).env("CARGO_TARGET_DIR", target());
    Run::of(&mut command)
}

/// A new pack, with the versions of dependencies that our workspace is locked to. No other test has its name: all build into
/// one folder.
fn new_pack(name: &str) -> Scratch {
    let scratch = Scratch::new(&[]);
    golint(scratch.path(), &["plugin", "new", name, "."]).expect(0);
    fs::copy(root().join("Cargo.lock"), scratch.path().join("Cargo.lock")).expect("our lock file");
    scratch
}

/// A new pack on the SDK of our workspace, which is then built once for all of them.
fn new_pack_on_our_sdk(name: &str) -> Scratch {
    let scratch = new_pack(name);
    let ours = root().join("crates/golint-sdk").display().to_string();
    replace(&scratch, "Cargo.toml", "sdk/crates/golint-sdk", &ours);
    scratch
}

/// Puts one text of a file in the place of another, which must be there.
#[track_caller]
fn replace(scratch: &Scratch, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(scratch.read(path)).expect("text");
    assert!(text.contains(from), "{path} has no {from:?}");
    scratch.write(path, text.replace(from, to).as_bytes());
}
