//! Why a crate does not become a pack. Every text says what to do next.

use std::io;
use std::path::PathBuf;

use crate::TARGET;

/// Why a crate does not become a pack.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There is no crate.
    #[error(
        "there is no {}; go to the folder of a pack or name it, or write a new one with `golint-rs plugin new NAME`",
        .0.display()
    )]
    NoCrate(PathBuf),
    /// A part of Rust is missing.
    #[error(
        "can't run `{program}`: {error}; a pack in Rust needs Rust 1.95 or later: install it from https://rustup.rs, or \
         name the program in the environment variable {variable}"
    )]
    NoProgram {
        /// cargo or rustc, as it was called.
        program: String,
        /// The variable that names another.
        variable: &'static str,
        /// Why it does not run.
        error: io::Error,
    },
    /// The compiler has nothing to link for the target.
    #[error(
        "this Rust can't compile for {TARGET}: its standard library for that target is not installed\n  \
         help: rustup target add {TARGET}\n  \
         without rustup, install the package of your system that has it (libstd-rust-dev-wasm32 on Debian and Ubuntu, \
         rust-std-static-{TARGET} on Fedora, rust-wasm on Arch and Alpine), or unpack rust-std for {TARGET}, of exactly \
         this version of Rust, into {}", .sysroot.display()
    )]
    NoStandardLibrary {
        /// Where the compiler looks.
        sysroot: PathBuf,
    },
    /// The compiler does not know the target, or fails otherwise.
    #[error("`{program}` fails: {message}")]
    Rustc {
        /// As it was called.
        program: String,
        /// What it said.
        message: String,
    },
    /// Cargo said what is wrong.
    #[error("the pack does not build; cargo says above what is wrong")]
    Cargo,
    /// There is nothing to make a component of.
    #[error(
        "{} makes no WebAssembly module: add these lines to it\n  [lib]\n  crate-type = [\"cdylib\", \"rlib\"]",
        .0.display()
    )]
    NoModule(PathBuf),
    /// What cargo built can't be read.
    #[error("can't read {}: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The module does not become a component.
    #[error(
        "the module can't be made a component: {0}\n  \
         help: a pack may import golint:rules and nothing else: remove the dependency that wants more, and export the \
         rules with `golint_sdk::export_pack!`"
    )]
    Component(String),
}
