//! A folder of its own for a test, and the binary run in it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A temporary folder that goes when it is dropped.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    /// With these files: path below the folder, and content.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let scratch = Scratch { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, content) in files {
            scratch.write(path, content.as_bytes());
        }
        scratch
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, its folders included.
    pub(crate) fn write(&self, path: &str, content: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.path().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// The binary, about to run in this folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        command_in(self.path(), arguments)
    }

    /// What the binary did in this folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }
}

/// The binary, about to run in `folder`, with nothing of this user's environment that could change what it does. The
/// cache of compiled packs is shared by all tests.
pub(crate) fn command_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_golint-rs"));
    command.current_dir(folder).args(arguments);
    command.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "GOFLAGS", "GOWORK", "GOOS", "GOARCH", "GIT_DIR", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    command
}

/// How a run ended.
pub(crate) struct Run {
    /// What it printed.
    pub(crate) stdout: String,
    /// What it said beside that.
    pub(crate) stderr: String,
    /// Its exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
}

impl Run {
    /// Runs it to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        Run::ended(&command.output().expect("the binary starts"))
    }

    /// With this on standard input.
    pub(crate) fn with_input(command: &mut Command, input: &[u8]) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        child.stdin.take().expect("a pipe").write_all(input).expect("it reads");
        Run::ended(&child.wait_with_output().expect("it ends"))
    }

    /// What it did, once that is known.
    pub(crate) fn ended(output: &Output) -> Self {
        Run {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code(),
        }
    }

    /// Fails the test unless it ended with this exit code, showing what it printed.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("no JSON: {e}\n{}\n{}", self.stdout, self.stderr))
    }
}
