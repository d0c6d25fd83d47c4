//! Where the package of an import path is: in the main modules, a vendor folder, the module cache, or the Go distribution.
//! Answers as `go build` would with what is there, and downloads nothing. Reads go.mod files, and only as many as a question
//! takes: a module that lists all its dependencies is not asked for theirs.
//!
//! Source: go.dev/ref/mod, "Resolving a package to a module", "Minimal version selection", "Module graph pruning",
//! "Vendoring" and "Workspaces"; tried against `go list -deps`.

mod build_list;
mod environment;
mod escape;
mod standard;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::module::Modules;
use crate::path::below;
use crate::workspace::Workspace;
use crate::{FileKind, FileSystem, GoVersion, WorkFile, gomod};

use build_list::BuildList;
pub use environment::{GoEnvironment, ModFlag};
use standard::Standard;

/// Why the package of an import path is not here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// It is no path of a package with sources: "C", "unsafe", or none at all.
    NoSources,
    /// There is no Go distribution on this machine.
    NoDistribution,
    /// The distribution has no such package.
    NotInDistribution,
    /// The importing file is in no module.
    NoModule,
    /// No module that is required has it.
    NotRequired,
    /// A required module that may have it is not in the module cache.
    NotDownloaded {
        /// Its path.
        module: String,
        /// The version that is required.
        version: String,
    },
    /// The vendor folder, which holds for the module, does not have it.
    NotVendored,
}

/// Finds packages. Shared freely; what it learns of go.mod files it keeps.
pub struct Imports {
    files: Arc<dyn FileSystem>,
    environment: GoEnvironment,
    workspace: Option<Arc<Build>>,
    workspace_roots: Vec<Utf8PathBuf>,
    /// By the folder of the main module.
    builds: Mutex<FxHashMap<Utf8PathBuf, Arc<Build>>>,
    standard: OnceLock<Option<Standard>>,
}

/// What a package is built with: the main modules, and which versions of others go with them.
pub struct Build {
    /// Main modules: folder and path.
    mains: Vec<(Utf8PathBuf, String)>,
    /// The vendor folder, where it takes the place of the module cache.
    vendor: Option<Utf8PathBuf>,
    list: BuildList,
    /// What the main module asks for.
    toolchain: Option<String>,
}

impl Imports {
    /// For files that are looked at from the folder `cwd`.
    pub fn new(
        files: Arc<dyn FileSystem>,
        environment: GoEnvironment,
        cwd: &Utf8Path,
        work_file: &WorkFile,
    ) -> Imports {
        let workspace = {
            let mut modules = Modules::new(&*files);
            Workspace::find(&*files, cwd, work_file, &mut modules)
        };
        let roots = workspace.roots;
        let build = workspace.file.map(|file| Build::of_workspace(&files, &environment, &file, &roots));
        Imports {
            files,
            environment,
            workspace_roots: if build.is_some() { roots } else { Vec::new() },
            workspace: build.map(Arc::new),
            builds: Mutex::default(),
            standard: OnceLock::new(),
        }
    }

    /// What the files of this folder are built with; none where it is in no module.
    pub fn build_of(&self, folder: &Utf8Path) -> Option<Arc<Build>> {
        let root = folder.ancestors().find(|ancestor| self.files.is_file(&ancestor.join("go.mod")))?;
        if self.workspace_roots.iter().any(|used| used == root) {
            return self.workspace.clone();
        }
        let mut builds = self.builds.lock().unwrap_or_else(PoisonError::into_inner);
        let build = || Arc::new(Build::of_module(&self.files, &self.environment, root));
        Some(Arc::clone(builds.entry(root.to_owned()).or_insert_with(build)))
    }

    /// The folder of the package that a file in `importer` imports as `path`, in this build.
    ///
    /// # Errors
    /// Why it is not here.
    pub fn find(&self, build: Option<&Build>, importer: &Utf8Path, path: &str) -> Result<Utf8PathBuf, Missing> {
        if path == "C" || path == "unsafe" || !is_import_path(path) {
            return Err(Missing::NoSources);
        }
        let standard = self.standard(build);
        if let Some(standard) = standard
            && let Some(found) = standard.find(&*self.files, importer, path)
        {
            return Ok(found);
        }
        if is_standard(path) {
            // `go mod init x` makes modules whose paths look like those of the distribution.
            return match build.and_then(|build| build.of_mains(&*self.files, path)) {
                Some(found) => Ok(found),
                None => Err(if standard.is_some() { Missing::NotInDistribution } else { Missing::NoDistribution }),
            };
        }
        let build = build.ok_or(Missing::NoModule)?;
        if let Some(found) = build.of_mains(&*self.files, path) {
            return Ok(found);
        }
        match &build.vendor {
            Some(vendor) => {
                let folder = vendor.join(path);
                if has_go_files(&*self.files, &folder) { Ok(folder) } else { Err(Missing::NotVendored) }
            }
            None => build.list.find(path),
        }
    }

    /// The folder of the Go distribution, if there is one: that which the build's `toolchain` line asks for, or what is
    /// installed.
    pub fn distribution(&self, build: Option<&Build>) -> Option<Utf8PathBuf> {
        self.standard(build).map(|standard| standard.root().to_owned())
    }

    fn standard(&self, build: Option<&Build>) -> Option<&Standard> {
        let find = || {
            // One distribution for all that is looked at: packages of two versions do not mix.
            let main = self.workspace.as_deref().or(build);
            Standard::locate(&*self.files, &self.environment, main.and_then(|build| build.toolchain.as_deref()))
        };
        self.standard.get_or_init(find).as_ref()
    }
}

impl Build {
    fn of_module(files: &Arc<dyn FileSystem>, environment: &GoEnvironment, root: &Utf8Path) -> Build {
        let source = files.read(&root.join("go.mod")).unwrap_or_default();
        let (main, _) = gomod::parse_mod(&source);
        let go = main.go.unwrap_or(GoVersion::OF_SILENT_MODULE);
        let vendor = vendor_of(&**files, environment, root, go >= GoVersion::new(1, 14));
        Build {
            mains: vec![(root.to_owned(), main.module.clone().unwrap_or_default())],
            vendor,
            toolchain: main.toolchain.clone(),
            list: BuildList::new(Arc::clone(files), environment, root, &[], vec![(root.to_owned(), main)]),
        }
    }

    fn of_workspace(
        files: &Arc<dyn FileSystem>,
        environment: &GoEnvironment,
        file: &Utf8Path,
        roots: &[Utf8PathBuf],
    ) -> Build {
        let (work, _) = gomod::parse_work(&files.read(file).unwrap_or_default());
        let read = |root: &Utf8PathBuf| {
            let source = files.read(&root.join("go.mod")).unwrap_or_default();
            (root.clone(), gomod::parse_mod(&source).0)
        };
        let mains: Vec<_> = roots.iter().map(read).collect();
        let folder = file.parent().unwrap_or(file);
        let vendor = vendor_of(&**files, environment, folder, work.go.is_some_and(|go| go >= GoVersion::new(1, 22)));
        Build {
            mains: mains.iter().map(|(root, main)| (root.clone(), main.module.clone().unwrap_or_default())).collect(),
            vendor,
            toolchain: work.toolchain,
            list: BuildList::new(Arc::clone(files), environment, folder, &work.replace, mains),
        }
    }

    /// The folder of a package of the main modules.
    fn of_mains(&self, files: &dyn FileSystem, path: &str) -> Option<Utf8PathBuf> {
        let mut within: Vec<(&Utf8PathBuf, &str)> =
            self.mains.iter().filter_map(|(root, module)| Some((root, inside(module, path)?))).collect();
        within.sort_by_key(|(_, rest)| rest.len());
        within.into_iter().map(|(root, rest)| root.join(rest)).find(|folder| has_go_files(files, folder))
    }
}

/// The vendor folder beside a go.mod or go.work, if it holds.
fn vendor_of(
    files: &dyn FileSystem,
    environment: &GoEnvironment,
    folder: &Utf8Path,
    is_default: bool,
) -> Option<Utf8PathBuf> {
    let vendor = folder.join("vendor");
    let holds = match environment.mod_flag {
        Some(ModFlag::Vendor) => true,
        Some(ModFlag::Mod | ModFlag::ReadOnly) => false,
        None => is_default && files.is_file(&vendor.join("modules.txt")),
    };
    holds.then_some(vendor)
}

/// What of an import path is behind the path of a module: "" for the module's own; none for what is not of it.
fn inside<'p>(module: &str, path: &'p str) -> Option<&'p str> {
    if module.is_empty() {
        return None;
    }
    let rest = path.strip_prefix(module)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// Paths whose first element has no dot are the distribution's.
fn is_standard(path: &str) -> bool {
    !path.split('/').next().unwrap_or_default().contains('.')
}

/// What can lead nowhere but down from where packages are. Source: golang.org/x/mod/module, `CheckImportPath`.
fn is_import_path(path: &str) -> bool {
    let is_element = |element: &str| {
        !element.is_empty()
            && !element.starts_with('.')
            && !element.ends_with('.')
            && element
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.~+!".contains(c) || !c.is_ascii() && c.is_alphabetic())
    };
    path.split('/').all(is_element)
}

/// Whether there is a package in a folder.
fn has_go_files(files: &dyn FileSystem, folder: &Utf8Path) -> bool {
    files.read_dir(folder).is_ok_and(|listing| {
        listing.entries.iter().any(|entry| entry.name.ends_with(".go") && entry.kind != FileKind::Directory)
    })
}

/// Whether a folder is the other one, or below it.
fn is_below(folder: &Utf8Path, other: &Utf8Path) -> bool {
    below(other, folder).is_some()
}

#[cfg(test)]
mod tests;
