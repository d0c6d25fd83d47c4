//! What a run reads, and which of it is to be checked. Plain data.

use std::sync::Arc;

use camino::Utf8PathBuf;
use golint_project::{FileEntry, FileSystem, Project, Selection};

/// One state of the world. Everything that a check answers is a function of it and of the engine's options.
#[derive(Clone)]
pub struct Snapshot {
    /// Go files, configuration and plugins are read through it, and through nothing else.
    pub files: Arc<dyn FileSystem>,
    /// What files and modules there are.
    pub project: Arc<Project>,
}

/// A file to check.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Absolute; one of the project's files.
    pub path: Utf8PathBuf,
    /// Whether it was named by itself, not found in a folder that was named: then `exclude` does not apply to it.
    pub named: bool,
}

impl Snapshot {
    /// All files that the project's patterns name.
    pub fn targets(&self) -> Vec<Target> {
        let target = |file: &FileEntry| Target { path: file.path.clone(), named: file.selection == Selection::Named };
        self.project.selected().map(|(_, file)| target(file)).collect()
    }
}
