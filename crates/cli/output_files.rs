//! The files that `--output` names: each is written once, and none is what somebody wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};
use camino::Utf8Path;
use golint_diagnostics::Format;
use golint_project::path::relative;

use crate::arguments::CheckArguments;
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

/// The files to write, in the order of the arguments.
pub(crate) fn judge(arguments: &CheckArguments, folder: &Utf8Path) -> Result<Vec<OutputFile>> {
    let configuration = match &arguments.sources.config {
        Some(path) => Some(resolved(&session::absolute(folder, path)?)),
        None => None,
    };
    let (mut files, mut seen) = (Vec::new(), BTreeSet::new());
    for (format, path) in &arguments.output {
        let option = format!("--output {format}={}", path.display());
        if path.as_os_str() == "-" {
            bail!("{option}: for standard output, use --format {format}");
        }
        let named = session::absolute(folder, path)?;
        let path = resolved(&named);
        if let Some(what) = [named.as_std_path(), &path].into_iter().find_map(project_file) {
            bail!("{option}: findings don't belong into {what}; name another");
        }
        if configuration.as_ref() == Some(&path) {
            bail!("{option}: findings don't belong into the file of --config; name another");
        }
        if !seen.insert(path.clone()) {
            bail!("{option}: another --output names the same file; give each its own");
        }
        files.push(OutputFile { format: *format, path, shown: relative(folder, &named) });
    }
    Ok(files)
}

/// What file of a project this is, by its name.
fn project_file(path: &std::path::Path) -> Option<&'static str> {
    if path.extension().is_some_and(|extension| extension == "go") {
        return Some("a Go file");
    }
    PROJECT_FILES.into_iter().find(|name| path.file_name().is_some_and(|file| file == *name))
}

/// Where links lead, as far as there is something.
fn resolved(path: &Utf8Path) -> PathBuf {
    let in_folder = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(in_folder).unwrap_or_else(|| path.into())
}
