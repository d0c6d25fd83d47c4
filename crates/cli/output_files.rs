//! The files that `--output` names: each is written once, whole or not at all, and none is what somebody wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use camino::Utf8Path;
use golint_diagnostics::Format;
use golint_project::path::relative;

use crate::arguments::CheckArguments;
use crate::output::write_whole;
use crate::session;

/// Files with these names are a project's, not a report.
const PROJECT_FILES: [&str; 5] = ["go.mod", "go.sum", "go.work", "go.work.sum", "golint.toml"];

/// A file to write findings to.
pub(crate) struct OutputFile {
    pub(crate) format: Format,
    /// Where links lead.
    pub(crate) path: PathBuf,
    /// As people are shown it.
    pub(crate) shown: String,
}

impl OutputFile {
    /// # Errors
    /// Those of `write` and of the disk, with what to do about them.
    pub(crate) fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let cannot = || format!("cannot write {}", self.shown);
        // Renaming replaces such a file without asking.
        if fs::metadata(&self.path).is_ok_and(|known| known.is_file() && known.permissions().readonly()) {
            return Err(anyhow!("it is read-only; make it writable, or name another file")).with_context(cannot);
        }
        write_whole(&self.path, write).map_err(|error| explained(&self.path, error)).with_context(cannot)
    }
}

/// What is wrong with a place, where it is something that happens.
fn explained(path: &Path, error: io::Error) -> anyhow::Error {
    let folder = path.parent().unwrap_or(path);
    let shown = folder.display();
    if path.is_dir() {
        anyhow!("it is a folder; name a file in it")
    } else if folder.is_file() {
        anyhow!("{shown} is a file, not a folder; name another place")
    } else if !folder.exists() {
        anyhow!("there is no folder {shown}; create it first")
    } else if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        anyhow!("the folder {shown} can't be written to ({}); name another place", error.kind())
    } else {
        error.into()
    }
}

/// The files to write, in the order of the arguments.
pub(crate) fn judge(arguments: &CheckArguments, folder: &Utf8Path) -> Result<Vec<OutputFile>> {
    let mut read = Vec::new();
    for (option, path) in arguments.inputs() {
        read.push((option, resolved(&session::absolute(folder, path)?)));
    }
    let (mut files, mut seen) = (Vec::new(), BTreeSet::new());
    for (format, path) in &arguments.output {
        let option = format!("--output {format}={}", path.display());
        if path.as_os_str() == "-" {
            bail!("{option}: for standard output, use --format {format}");
        }
        let named = session::absolute(folder, path)?;
        let path = resolved(&named);
        if let Some(what) = [named.as_std_path(), &path].into_iter().find_map(project_file).or_else(|| baseline(&path))
        {
            bail!("{option}: findings don't belong into {what}; name another");
        }
        if let Some((input, _)) = read.iter().find(|(_, known)| *known == path) {
            bail!("{option}: findings don't belong into the file of {input}; name another");
        }
        if !seen.insert(path.clone()) {
            bail!("{option}: another --output names the same file; give each its own");
        }
        files.push(OutputFile { format: *format, path, shown: relative(folder, &named) });
    }
    Ok(files)
}

/// A baseline may have any name, and golint.toml may name it.
fn baseline(path: &Path) -> Option<&'static str> {
    let mut start = [0; golint_core::BASELINE_TITLE.len()];
    let is_baseline = path.is_file() && fs::File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok();
    (is_baseline && start == *golint_core::BASELINE_TITLE.as_bytes()).then_some("a baseline")
}

/// What file of a project this is, by its name.
fn project_file(path: &Path) -> Option<&'static str> {
    let extension = |known: &str| path.extension().is_some_and(|extension| extension == known);
    if extension("go") {
        return Some("a Go file");
    }
    // Packs that `[plugins]` may name, and files that `extend` may.
    if extension("wasm") {
        return Some("a rule pack");
    }
    if extension("toml") && path.file_name().is_none_or(|file| file != "golint.toml") {
        return Some("a TOML file");
    }
    PROJECT_FILES.into_iter().find(|name| path.file_name().is_some_and(|file| file == *name))
}

/// Where links lead, as far as there is something.
fn resolved(path: &Utf8Path) -> PathBuf {
    let in_folder = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.into())
}
