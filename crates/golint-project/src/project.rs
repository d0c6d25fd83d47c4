//! The files of a run: what the patterns name, and what lies beside it. Reads go.mod and go.work, but no Go file.

mod load;

use std::ops::Range;

use camino::Utf8PathBuf;

use crate::workspace::WorkFile;
use crate::{GoVersion, Module, Signature};

pub use load::load;

/// How to look for files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder that patterns are seen from and paths are shown from; absolute.
    pub cwd: Utf8PathBuf,
    /// Whether `...` also goes into nested modules.
    pub all_modules: bool,
    /// Where to look for go.work.
    pub work_file: WorkFile,
    /// A file that is named is taken as if `...` had come upon it, or passed by where `...` passes by: names come from a
    /// program that knows what changed, and not what should be looked at.
    pub names_as_found: bool,
}

/// The files of a run.
///
/// Also holds the other Go files of their folders, because names are looked up there. Files of one folder stand together,
/// folders are sorted by path, files by name.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// All modules that a folder belongs to, and the main ones; in no special order.
    pub modules: Vec<Module>,
    /// Sorted by path.
    pub folders: Vec<Folder>,
    /// Sorted by folder, then by name.
    pub files: Vec<FileEntry>,
    /// When somebody began to look: nanoseconds since 1970. Signatures are not older.
    pub seen: i64,
}

/// A folder with Go files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// Index into [`Project::modules`]; none for loose files.
    pub module: Option<usize>,
    /// Its path below the module's root (loose files: seen from the working folder), with `/`; "" for the root itself.
    pub relative: String,
    /// As an importer would write it; none for loose files.
    pub import_path: Option<String>,
    /// Its Go files, as places in [`Project::files`].
    pub files: Range<usize>,
}

/// A Go file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// As people see it: relative to the working folder, with `/`.
    pub display: String,
    /// Relative to the root of its module (loose files: to the working folder), with `/`.
    pub relative: String,
    /// Index into [`Project::folders`].
    pub folder: usize,
    /// Size in bytes when it was found.
    pub len: u64,
    /// What tells its content from another one, as it was when it was found; none for what is not on a disk.
    pub signature: Option<Signature>,
    /// How the patterns came upon it.
    pub selection: Selection,
}

/// How the patterns came upon a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selection {
    /// Not at all: it lies beside others, and is only there to be looked up.
    Beside,
    /// With its folder.
    Found,
    /// By itself.
    Named,
}

impl FileEntry {
    /// The last element of its path.
    pub fn name(&self) -> &str {
        self.path.file_name().unwrap_or_default()
    }
}

impl Project {
    /// The files that the patterns name, with their places in [`Project::files`].
    pub fn selected(&self) -> impl Iterator<Item = (usize, &FileEntry)> {
        self.files.iter().enumerate().filter(|(_, file)| file.selection != Selection::Beside)
    }

    /// The folder of a file.
    pub fn folder_of(&self, file: &FileEntry) -> &Folder {
        &self.folders[file.folder]
    }

    /// The module of a file; none for loose files.
    pub fn module_of(&self, file: &FileEntry) -> Option<&Module> {
        self.folder_of(file).module.map(|module| &self.modules[module])
    }

    /// The language version of a file that does not set its own: that of its module's go line, 1.16 where there is none,
    /// the newest known one without a module.
    pub fn language_of(&self, file: &FileEntry) -> GoVersion {
        self.module_of(file).map_or(GoVersion::NEWEST, |module| module.language)
    }
}
