//! Repositories for tests, made with the real git.

use std::path::Path;
use std::process::{Command, Output};

use crate::scratch::Scratch;

/// git, about to run in a folder, with nothing of this user's configuration.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(variable);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for (who, name) in [("AUTHOR", "A"), ("COMMITTER", "C")] {
        command.env(format!("GIT_{who}_NAME"), name).env(format!("GIT_{who}_EMAIL"), "x@example.com");
    }
    command
}

/// Runs git, whatever it answers.
pub(super) fn try_git(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("git is there")
}

/// Runs git, which must not fail.
#[track_caller]
pub(super) fn git(scratch: &Scratch, arguments: &[&str]) {
    let output = try_git(scratch.path(), arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with these files in its first commit.
pub(super) fn committed(files: &[(&str, &str)]) -> Scratch {
    let scratch = fresh(files);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "-qm", "first"]);
    scratch
}

/// A repository without a commit.
pub(super) fn fresh(files: &[(&str, &str)]) -> Scratch {
    let scratch = Scratch::new(files);
    git(&scratch, &["init", "-q", "-b", "main"]);
    scratch
}
