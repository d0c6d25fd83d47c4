//! What is named on the command line: files, folders, trees. Looks at no Go file; [`crate::walk`] goes through trees.
//!
//! Source: `go help packages`, tried against `go list` of Go 1.26. Unlike there, a path needs no "./" in front: what is not
//! there as a file or folder is tried as an import path of the main modules.

mod matcher;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::module::{Modules, unreadable};
use crate::path::{absolute, below, relative, slashed};
use crate::workspace::Workspace;
use crate::{DirEntry, FileKind, FileSystem, Module, Problem};

use matcher::Matcher;

/// What a pattern means.
#[derive(Debug)]
pub(crate) enum Target {
    /// This file, whatever its name.
    File(Utf8PathBuf),
    /// The Go files of this folder.
    Folder(Utf8PathBuf),
    /// The Go files of the folders below this one that match.
    Tree(Box<Tree>),
}

/// A pattern with "...".
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// The folder at which the walk begins.
    pub(crate) root: Utf8PathBuf,
    /// Its name, as far as the pattern writes it out.
    root_name: String,
    matcher: Matcher,
    /// What the matcher takes: import paths of this main module, or (none) absolute paths.
    module: Option<Module>,
}

impl Tree {
    /// Whether the folder matches.
    pub(crate) fn matches(&self, folder: &Utf8Path) -> bool {
        match &self.module {
            None => self.matcher.matches(&slashed(folder)),
            Some(module) => {
                below(&module.root, folder).is_some_and(|path| self.matcher.matches(&module.import_path(&path)))
            }
        }
    }

    /// The same pattern, walked from a folder further down.
    pub(crate) fn at(&self, root: &Utf8Path) -> Tree {
        Tree { root: root.to_owned(), root_name: String::new(), ..self.clone() }
    }

    /// The name of the folder at which the walk begins, if the pattern names it; empty for "./..." and the like.
    pub(crate) fn root_name(&self) -> &str {
        &self.root_name
    }

    /// Whether there is anything to find in vendor folders.
    pub(crate) fn mentions_vendor(&self) -> bool {
        self.matcher.mentions_vendor()
    }
}

/// Everything below a folder, whatever it is called.
fn whole_tree(root: &Utf8Path) -> Target {
    let matcher = Matcher::new(&format!("{}/...", slashed(root).trim_end_matches('/')));
    Target::Tree(Box::new(Tree { root: root.to_owned(), root_name: String::new(), matcher, module: None }))
}

/// Where patterns are seen from.
pub(crate) struct Place<'a> {
    pub(crate) fs: &'a dyn FileSystem,
    pub(crate) cwd: &'a Utf8Path,
    pub(crate) workspace: &'a Workspace,
    /// Whether trees go on into modules that are no main modules.
    pub(crate) all_modules: bool,
}

impl Place<'_> {
    /// What the pattern means; a problem where it leads nowhere.
    pub(crate) fn resolve(&self, pattern: &str, modules: &mut Modules<'_>) -> Result<Vec<Target>, Problem> {
        // "./" stands for the working folder also where a shell left nothing.
        let written = if pattern.is_empty() { "." } else { pattern };
        let path = absolute(self.cwd, written);
        if written.contains("...") {
            return self.trees(written, &path, modules);
        }
        match self.fs.metadata(&path).map(|m| m.kind) {
            // The modules below a folder are meant, and in it there need not be a Go file.
            Ok(FileKind::Directory) if self.all_modules => Ok(vec![whole_tree(&path)]),
            Ok(FileKind::Directory) => Ok(vec![Target::Folder(path)]),
            Ok(FileKind::File) if path.extension() == Some("go") => Ok(vec![Target::File(path)]),
            Ok(FileKind::File) => Err(Problem::incomplete(format!("{pattern} is no Go file"))
                .at(path)
                .help("name files that end in .go, or folders")),
            Ok(FileKind::Symlink | FileKind::Other) => {
                Err(Problem::incomplete(format!("{pattern} is neither a file nor a folder")).at(path))
            }
            Err(error) if is_absence(&error) => {
                if is_local(written) {
                    return Err(missing(self.cwd, pattern, path));
                }
                self.import_path(written, path, modules)
            }
            Err(error) => Err(unreadable(&path, pattern, &error)),
        }
    }

    fn trees(&self, pattern: &str, path: &Utf8Path, modules: &mut Modules<'_>) -> Result<Vec<Target>, Problem> {
        let text = slashed(path);
        // The walk begins at the last folder that is written out.
        let literal = text.find("...").map_or(text.as_str(), |i| &text[..i]);
        let root = absolute(self.cwd, literal.rfind('/').map_or("/", |i| &literal[..=i]));
        let kind = self.fs.metadata(&root).map(|m| m.kind);
        let is_folder = matches!(kind, Ok(FileKind::Directory));
        // Nothing is written out: no folder is meant, as long as there are modules to mean.
        let is_open = pattern.starts_with("...") && !self.all_modules;
        if !is_local(pattern) && (is_open || !is_folder || root == self.cwd && !self.has_folder_like(pattern)) {
            let trees = self.import_path_trees(pattern, modules);
            if !trees.is_empty() {
                return Ok(trees);
            }
        }
        match kind {
            Ok(_) if is_folder => {
                let root_name = root_name(pattern);
                Ok(vec![Target::Tree(Box::new(Tree { root, root_name, matcher: Matcher::new(&text), module: None }))])
            }
            Ok(_) => {
                let message = format!("{pattern}: {} is no folder", relative(self.cwd, &root));
                Err(Problem::incomplete(message).at(root))
            }
            Err(error) if is_absence(&error) => Err(missing(self.cwd, pattern, root)),
            Err(error) => Err(unreadable(&root, &relative(self.cwd, &root), &error)),
        }
    }

    /// Whether a folder here begins as the pattern does.
    fn has_folder_like(&self, pattern: &str) -> bool {
        let literal = pattern.find("...").map_or(pattern, |i| &pattern[..i]);
        let like = |e: &DirEntry| e.kind == FileKind::Directory && e.name.starts_with(literal);
        self.fs.read_dir(self.cwd).is_ok_and(|listing| listing.entries.iter().any(like))
    }

    /// The main modules that have packages with such import paths.
    fn import_path_trees(&self, pattern: &str, modules: &mut Modules<'_>) -> Vec<Target> {
        let literal = pattern.find("...").map_or(pattern, |i| &pattern[..i]);
        let mut trees = Vec::new();
        for root in &self.workspace.roots {
            let module = modules.at_root(root);
            let module = &modules.list[module];
            // Of the texts, one must go on where the other ends.
            let below_it =
                literal.strip_prefix(module.path.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('/'));
            if !module.path.is_empty() && (below_it || module.path.starts_with(literal)) {
                let (root, module) = (root.clone(), Some(module.clone()));
                trees.push(Target::Tree(Box::new(Tree {
                    root,
                    root_name: String::new(),
                    matcher: Matcher::new(pattern),
                    module,
                })));
            }
        }
        trees
    }

    /// A folder of a main module by its import path, or what the go command knows by a name.
    fn import_path(&self, pattern: &str, path: Utf8PathBuf, modules: &mut Modules<'_>) -> Result<Vec<Target>, Problem> {
        match pattern {
            "work" => {
                let trees: Vec<Target> = self.workspace.roots.iter().map(|root| whole_tree(root)).collect();
                if trees.is_empty() {
                    return Err(Problem::incomplete("`work` stands for the main modules, but there is none here")
                        .help("run in a module or workspace, or name a folder, such as ./..."));
                }
                return Ok(trees);
            }
            "all" | "std" | "cmd" | "tool" => {
                return Err(Problem::incomplete(format!(
                    "`{pattern}` stands for packages that only the go command can find, and there is no folder of that name"
                ))
                .help("name folders, such as ./..."));
            }
            _ => {}
        }
        for root in &self.workspace.roots {
            let module = modules.at_root(root);
            let module = &modules.list[module];
            let rest = pattern.strip_prefix(module.path.as_str()).filter(|_| !module.path.is_empty());
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                let folder = absolute(&module.root, rest.trim_start_matches('/'));
                if below(&module.root, &folder).is_some() && self.fs.is_dir(&folder) {
                    return Ok(vec![Target::Folder(folder)]);
                }
            }
        }
        Err(missing(self.cwd, pattern, path))
    }
}

/// The last folder before the first "...", if the pattern itself names it.
fn root_name(pattern: &str) -> String {
    let literal = pattern.find("...").map_or(pattern, |i| &pattern[..i]);
    let folder = literal.rfind(std::path::is_separator).map_or("", |i| &literal[..i]);
    let mut names = Vec::new();
    for component in Utf8Path::new(folder).components() {
        match component {
            Utf8Component::Normal(name) => names.push(name),
            Utf8Component::ParentDir => _ = names.pop(),
            _ => {}
        }
    }
    names.pop().unwrap_or_default().to_owned()
}

fn missing(cwd: &Utf8Path, pattern: &str, path: Utf8PathBuf) -> Problem {
    let (message, help) = if pattern.contains("...") {
        let folder = relative(cwd, &path);
        (format!("{pattern} leads nowhere: there is no folder {folder}"), "check the spelling and the working folder")
    } else if pattern.ends_with(".go") {
        (format!("there is no file {pattern}"), "check the spelling and the working folder")
    } else {
        let help = "name a folder, a tree such as ./..., or Go files; paths are seen from the working folder";
        (format!("there is no file or folder {pattern}"), help)
    };
    Problem::incomplete(message).at(path).help(help)
}

/// Also for a path that goes on behind a file.
fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// As go/build.IsLocalImport, with absolute paths.
fn is_local(pattern: &str) -> bool {
    let relative = |p: &str| p == "." || p == ".." || p.starts_with("./") || p.starts_with("../");
    relative(pattern) || cfg!(windows) && relative(&pattern.replace('\\', "/")) || Utf8Path::new(pattern).is_absolute()
}
