//! `cargo xtask oracle PATTERN…`: the model of names against go/types, over the packages that the patterns name. Needs Go.
//! It judges nothing but itself: an exit code of 0 says that the comparison ran.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Compares in this folder, or where the task was called, and prints what came of it.
pub fn run(folder: Option<&Path>, patterns: &[String], format: &str) -> Result<()> {
    let root = crate::root();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let (program, facts) = (target.join("oracle/facts"), tempfile::NamedTempFile::new()?);
    let mut build = Command::new("go");
    build.current_dir(root.join("tests/oracle/facts")).args(["build", "-o"]).arg(&program).arg(".");
    done(&mut build, "Go can't build tests/oracle/facts")?;

    let mut ask = Command::new(&program);
    ask.args(patterns).stdout(File::create(facts.path())?);
    if let Some(folder) = folder {
        ask.current_dir(folder);
    }
    done(&mut ask, "go/types has no facts of these packages")?;

    let platform = Command::new("go").args(["env", "GOOS", "GOARCH"]).stderr(Stdio::inherit()).output()?;
    let platform = String::from_utf8(platform.stdout)?.split_whitespace().collect::<Vec<_>>().join("/");
    let mut compare = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    compare.current_dir(&root).args(["run", "--quiet", "--release", "--locked", "-p", "golint-semantic"]);
    compare.args(["--example", "oracle", "--", &platform, format]).arg(facts.path());
    compare.arg(std::path::absolute(folder.unwrap_or_else(|| Path::new(".")))?);
    done(&mut compare, "the comparison did not come to its end")
}

fn done(command: &mut Command, else_: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    ensure!(status.success(), "{else_}");
    Ok(())
}
