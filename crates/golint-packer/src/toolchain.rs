//! The programs of Rust, and whether they can compile for the target. It looks, and installs nothing.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{BuildError, TARGET};

/// A program of Rust: as the environment variable names it, else by its own name.
pub(crate) struct Program {
    path: OsString,
    variable: &'static str,
}

impl Program {
    pub(crate) fn cargo() -> Program {
        Program::named("CARGO", "cargo")
    }

    fn rustc() -> Program {
        Program::named("RUSTC", "rustc")
    }

    fn named(variable: &'static str, name: &str) -> Program {
        let named = std::env::var_os(variable).filter(|path| !path.is_empty());
        Program { path: named.unwrap_or_else(|| name.into()), variable }
    }

    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(folder);
        command
    }

    pub(crate) fn missing(&self, error: io::Error) -> BuildError {
        BuildError::NoProgram { program: self.path.to_string_lossy().into_owned(), variable: self.variable, error }
    }
}

/// The files of the compiler's standard library for [`TARGET`], sorted, as seen from a folder that may choose a toolchain.
///
/// # Errors
/// If there is no compiler or no such library; the error says how to install it.
pub fn standard_library(folder: &Path) -> Result<Vec<PathBuf>, BuildError> {
    let libraries = print(folder, &["--print", "target-libdir", "--target", TARGET])?;
    let mut files: Vec<_> =
        std::fs::read_dir(&libraries).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rlib"));
    files.sort();
    if files.is_empty() {
        return Err(BuildError::NoStandardLibrary { sysroot: print(folder, &["--print", "sysroot"])?.into() });
    }
    Ok(files)
}

fn print(folder: &Path, arguments: &[&str]) -> Result<String, BuildError> {
    let rustc = Program::rustc();
    let output = rustc.command(folder).args(arguments).output().map_err(|error| rustc.missing(error))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(BuildError::Rustc { program: format!("rustc {}", arguments.join(" ")), message });
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
