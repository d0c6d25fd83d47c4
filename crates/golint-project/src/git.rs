//! A git repository, asked through the git program: what its index and its commits hold, and what changed. The program is the
//! one that knows linked worktrees, submodules, sparse checkouts, filters and whom a repository may belong to; nothing here
//! knows how git stores anything. Nothing is written, not even git's own caches.

mod blobs;
mod files;

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::changes::{Changes, FileChange};
use crate::path::absolute;

pub use files::GitFiles;

/// Why git did not answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// There is no such program.
    #[error("git is needed for this, and is not there; install it, or put it on PATH")]
    Missing,
    /// It can't be run.
    #[error("git can't be run: {0}")]
    Run(#[from] io::Error),
    /// It refused.
    #[error("git can't {0}: {1}")]
    Refused(&'static str, String),
    /// It said something else than what is expected of it.
    #[error("git said something that golint-rs does not understand, when it was asked to {0}: {1}")]
    Strange(&'static str, String),
}

/// A repository with its work tree. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Repository {
    root: Utf8PathBuf,
}

/// The state that changes lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The files as they lie on disk, those that git does not ignore and does not know yet included.
    WorkTree,
    /// The index: what the next commit will hold.
    Index,
}

impl Repository {
    /// The one that a folder is in.
    ///
    /// # Errors
    /// Where there is none with a work tree, or git does not want to look into it.
    pub fn find(folder: &Utf8Path) -> Result<Repository, GitError> {
        let what = "find a work tree here";
        let output = run(folder, what, ["rev-parse", "--show-toplevel"])?;
        let root = text(what, &output)?.trim_end_matches(['\n', '\r']);
        // Answered inside of a repository's own folder, and in bare ones.
        if root.is_empty() {
            return Err(GitError::Refused(what, "this is no work tree".into()));
        }
        Ok(Repository { root: Utf8PathBuf::from(root) })
    }

    /// The root of the work tree: absolute, without links.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// What the next commit will hold. Also the paths, relative to the root, whose merge is not settled: they are not in it. Of names
    /// that are no text, there is as much as can be shown.
    ///
    /// # Errors
    /// If git can't read it.
    pub fn index(&self) -> Result<(GitFiles, Vec<String>), GitError> {
        let what = "list the index";
        let listing = self.git(what, ["ls-files", "--stage", "-z"])?;
        let (mut entries, mut unsettled) = (Vec::new(), Vec::new());
        for record in records(what, &listing)? {
            // Mode, id, stage, tab, path.
            let strange = || GitError::Strange(what, record.to_string());
            let (head, path) = record.split_once('\t').ok_or_else(strange)?;
            let [mode, id, stage] = head.split(' ').collect::<Vec<_>>()[..] else { return Err(strange()) };
            if stage != "0" {
                unsettled.push(path.to_owned());
            } else {
                entries.push((path.to_owned(), mode.to_owned(), id.to_owned()));
            }
        }
        unsettled.dedup();
        Ok((GitFiles::new(self.clone(), entries), unsettled))
    }

    /// What a commit holds.
    ///
    /// # Errors
    /// If there is no such commit.
    pub fn commit(&self, revision: &str) -> Result<GitFiles, GitError> {
        let what = "list the files of a commit";
        let listing = self.git(what, ["ls-tree", "-r", "-z", "--full-tree", &self.resolve(revision)?])?;
        let mut entries = Vec::new();
        for record in records(what, &listing)? {
            // Mode, type, id, tab, path.
            let strange = || GitError::Strange(what, record.to_string());
            let (head, path) = record.split_once('\t').ok_or_else(strange)?;
            let [mode, _, id] = head.split(' ').collect::<Vec<_>>()[..] else { return Err(strange()) };
            entries.push((path.to_owned(), mode.to_owned(), id.to_owned()));
        }
        Ok(GitFiles::new(self.clone(), entries))
    }

    /// The id of the commit that a name stands for.
    ///
    /// # Errors
    /// If there is none.
    pub fn resolve(&self, revision: &str) -> Result<String, GitError> {
        let what = "find this commit";
        let named = format!("{revision}^{{commit}}");
        let output = self.git(what, ["rev-parse", "--verify", "--quiet", "--end-of-options", &named]);
        let output = output.map_err(|error| match error {
            GitError::Refused(what, why) if why.is_empty() => {
                let hint = if self.is_shallow() {
                    "this clone is shallow: fetch it first (in GitHub's checkout action: `fetch-depth: 0`)"
                } else if revision == "HEAD" {
                    "nothing was committed so far"
                } else {
                    "check the spelling, or fetch it first"
                };
                GitError::Refused(what, format!("there is no `{revision}`; {hint}"))
            }
            other => other,
        })?;
        Ok(text(what, &output)?.trim().to_owned())
    }

    /// The id of the commit where the current branch left another one.
    ///
    /// # Errors
    /// If there is no such branch, or no such commit.
    pub fn merge_base(&self, branch: &str) -> Result<String, GitError> {
        let what = "find where this branch began";
        let (ours, theirs) = (self.resolve("HEAD")?, self.resolve(branch)?);
        let output = self.git(what, ["merge-base", &ours, &theirs]).map_err(|error| match error {
            GitError::Refused(what, why) if why.is_empty() => {
                let hint = "; this clone is shallow: fetch more of it (in GitHub's checkout action: `fetch-depth: 0`)";
                let hint = if self.is_shallow() { hint } else { "" };
                GitError::Refused(what, format!("HEAD and `{branch}` have no commit in common{hint}"))
            }
            other => other,
        })?;
        Ok(text(what, &output)?.trim().to_owned())
    }

    /// What changed from a commit on; from the last one, if there is any, for none.
    ///
    /// # Errors
    /// If there is no such commit.
    pub fn changes(&self, from: Option<&str>, to: Side) -> Result<Changes, GitError> {
        let what = "compare";
        // Whatever the user has configured, these are the bytes that are read here.
        let mut arguments = vec![
            "diff",
            "--patch",
            "--unified=0",
            "--inter-hunk-context=0",
            "--find-renames",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--ignore-submodules=all",
            "--src-prefix=a/",
            "--dst-prefix=b/",
        ];
        if to == Side::Index {
            arguments.push("--cached");
        }
        let commit = from.map(|revision| self.resolve(revision)).transpose()?;
        arguments.extend(commit.as_deref());
        arguments.push("--");
        let diff = self.git(what, arguments)?;
        let strange = |error: crate::changes::PatchError| GitError::Strange(what, error.to_string());
        let mut changes = Changes::parse(&diff, &|path| absolute(&self.root, path)).map_err(strange)?;
        if to == Side::WorkTree {
            let what = "list new files";
            let listing = self.git(what, ["ls-files", "--others", "--exclude-standard", "-z"])?;
            for path in records(what, &listing)? {
                changes.add(FileChange::created(absolute(&self.root, &path)));
            }
        }
        Ok(changes)
    }

    /// Whether only the last part of the history is here.
    fn is_shallow(&self) -> bool {
        self.git("look at the clone", ["rev-parse", "--is-shallow-repository"])
            .is_ok_and(|said| said.starts_with(b"true"))
    }

    fn git<'a>(&self, what: &'static str, arguments: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, GitError> {
        run(&self.root, what, arguments)
    }
}

/// The git program, about to run in a folder. What hooks set in the environment, as the index of a partial commit, holds.
fn program(folder: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "core.quotePath=false"]).stdin(Stdio::null());
    // Messages are read by people here, but whether there are any is not; and nothing is written.
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    command
}

fn run<A: AsRef<OsStr>>(
    folder: &Utf8Path,
    what: &'static str,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Vec<u8>, GitError> {
    let output = program(folder).args(arguments).output().map_err(from_start)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    Err(GitError::Refused(what, said.trim_start_matches("fatal: ").to_owned()))
}

fn from_start(error: io::Error) -> GitError {
    if error.kind() == io::ErrorKind::NotFound { GitError::Missing } else { GitError::Run(error) }
}

fn text<'a>(what: &'static str, bytes: &'a [u8]) -> Result<&'a str, GitError> {
    std::str::from_utf8(bytes).map_err(|_| GitError::Strange(what, String::from_utf8_lossy(bytes).into_owned()))
}

/// Records that end in NUL. Of names that are no text there is as much as can be shown: what they name is known by its id.
fn records<'a>(what: &'static str, bytes: &'a [u8]) -> Result<Vec<Cow<'a, str>>, GitError> {
    if bytes.last().is_some_and(|&last| last != 0) {
        return Err(GitError::Strange(what, "an end that is missing".into()));
    }
    let records = bytes.split(|&byte| byte == 0).filter(|record| !record.is_empty());
    Ok(records.map(String::from_utf8_lossy).collect())
}
