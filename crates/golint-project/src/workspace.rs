//! The main modules of a run: those of the go.work that governs the working folder, or the module that it is in.

use camino::{Utf8Path, Utf8PathBuf};

use crate::module::{Modules, first_of, problem_of, unreadable};
use crate::path::absolute;
use crate::{FileSystem, Problem, gomod};

/// Where to look for a go.work file; what the environment variable GOWORK says to the go command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WorkFile {
    /// In the working folder and the folders above it (GOWORK is empty).
    #[default]
    Find,
    /// Nowhere (GOWORK=off).
    Off,
    /// This file, relative to the working folder if it is not absolute.
    At(Utf8PathBuf),
}

impl WorkFile {
    /// What this value of GOWORK means.
    pub fn from_env(value: Option<&str>) -> WorkFile {
        match value {
            None | Some("" | "auto") => WorkFile::Find,
            Some("off") => WorkFile::Off,
            Some(path) => WorkFile::At(path.into()),
        }
    }
}

/// The main modules of a run.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    /// The go.work file, if one governs.
    pub(crate) file: Option<Utf8PathBuf>,
    /// The folders of the main modules, sorted; empty where there is no module.
    pub(crate) roots: Vec<Utf8PathBuf>,
}

impl Workspace {
    pub(crate) fn find(fs: &dyn FileSystem, cwd: &Utf8Path, which: &WorkFile, modules: &mut Modules<'_>) -> Workspace {
        let own = modules.root_of(cwd);
        let file = match which {
            WorkFile::Off => None,
            WorkFile::At(path) => Some(absolute(cwd, path.as_str())),
            WorkFile::Find => cwd.ancestors().map(|folder| folder.join("go.work")).find(|file| fs.is_to_be_read(file)),
        };
        // The go command looks for no go.work above GOROOT.
        let file = file.filter(|_| {
            let own = own.as_ref().map(|root| modules.at_root(root));
            !own.is_some_and(|module| matches!(modules.list[module].path.as_str(), "std" | "cmd"))
        });
        let Some(file) = file else { return Workspace { file: None, roots: own.into_iter().collect() } };
        let source = match fs.read(&file) {
            Ok(source) => source,
            Err(error) => {
                let help = "correct GOWORK, or set GOWORK=off to do without a workspace";
                modules.problems.push(unreadable(&file, file.as_str(), &error).help(help));
                return Workspace { file: None, roots: own.into_iter().collect() };
            }
        };
        let (work, faults) = gomod::parse_work(&source);
        let mut problems: Vec<Problem> = faults.into_iter().map(|fault| problem_of(&file, fault)).collect();
        let folder = file.parent().unwrap_or(cwd);
        let mut roots = Vec::new();
        for (used, span) in work.uses {
            let root = absolute(folder, &used);
            if fs.is_to_be_read(&root.join("go.mod")) {
                roots.push(root);
            } else {
                let message = format!("go.work uses {used}, but there is no go.mod in that folder");
                let help = "correct the path, or remove the line";
                problems.push(Problem::incomplete(message).at(&file).spanning(span).help(help));
            }
        }
        modules.problems.extend(first_of(&file, problems));
        roots.sort_unstable();
        roots.dedup();
        Workspace { file: Some(file), roots }
    }

    pub(crate) fn contains(&self, root: &Utf8Path) -> bool {
        self.roots.binary_search_by(|r| r.as_path().cmp(root)).is_ok()
    }
}
