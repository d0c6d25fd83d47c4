//! What is named on the command line: files, folders, trees. Looks at no Go file; [`crate::walk`] goes through trees.
//!
//! Source: `go help packages`, tried against `go list` of Go 1.26. Unlike there, a path needs no "./" in front: what is not
//! there as a file or folder is tried as an import path of the main modules.

mod matcher;

use camino::{Utf8Path, Utf8PathBuf};

use crate::module::Modules;
use crate::path::{absolute, below, relative, slashed};
use crate::workspace::Workspace;
use crate::{FileKind, FileSystem, Problem};

pub(crate) use matcher::Matcher;

/// What a pattern means.
#[derive(Debug)]
pub(crate) enum Target {
    /// This file, whatever its name.
    File(Utf8PathBuf),
    /// The Go files of this folder.
    Folder(Utf8PathBuf),
    /// The Go files of the folders below this one that match.
    Tree(Tree),
}

/// A pattern with "...".
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) root: Utf8PathBuf,
    /// Takes absolute paths with `/`.
    pub(crate) matcher: Matcher,
}

/// Where patterns are seen from.
pub(crate) struct Place<'a> {
    pub(crate) fs: &'a dyn FileSystem,
    pub(crate) cwd: &'a Utf8Path,
    pub(crate) workspace: &'a Workspace,
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
                    return Err(missing(pattern, path));
                }
                self.import_path(written, path, modules)
            }
            Err(error) => Err(crate::module::unreadable(&path, pattern, &error)),
        }
    }

    fn trees(&self, pattern: &str, path: &Utf8Path, modules: &mut Modules<'_>) -> Result<Vec<Target>, Problem> {
        let text = slashed(path);
        // The walk begins at the last folder that is written out.
        let literal = text.find("...").map_or(text.as_str(), |i| &text[..i]);
        let root = absolute(self.cwd, literal.rfind('/').map_or("/", |i| &literal[..=i]));
        match self.fs.metadata(&root) {
            Ok(metadata) if metadata.kind == FileKind::Directory => {
                return Ok(vec![Target::Tree(Tree { root, matcher: Matcher::new(&text) })]);
            }
            Ok(_) => {
                let message = format!("{pattern}: {} is no folder", relative(self.cwd, &root));
                return Err(Problem::incomplete(message).at(root));
            }
            Err(error) if !is_absence(&error) => {
                return Err(crate::module::unreadable(&root, &relative(self.cwd, &root), &error));
            }
            Err(_) => {}
        }
        let mut trees = Vec::new();
        if !is_local(pattern) {
            for module in &self.workspace.roots {
                let module = modules.at_root(module);
                let module = &modules.list[module];
                // The part of the pattern that is written out leads into the module, or to it.
                let literal = pattern.find("...").map_or(pattern, |i| &pattern[..i]);
                let inside = literal.strip_prefix(module.path.as_str()).filter(|_| !module.path.is_empty());
                if let Some(inside) = inside.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                    let folder = inside.rfind('/').map_or("", |i| &inside[..i]);
                    let root = absolute(&module.root, folder.trim_start_matches('/'));
                    let rest = &pattern[module.path.len()..];
                    let matcher = Matcher::new(&format!("{}{rest}", slashed(&module.root)));
                    trees.push(Target::Tree(Tree { root, matcher }));
                }
            }
        }
        if trees.is_empty() { Err(missing(pattern, root)) } else { Ok(trees) }
    }

    /// A folder of a main module by its import path, or what the go command knows by a name.
    fn import_path(&self, pattern: &str, path: Utf8PathBuf, modules: &mut Modules<'_>) -> Result<Vec<Target>, Problem> {
        match pattern {
            "work" => {
                let tree = |root: &Utf8PathBuf| {
                    Target::Tree(Tree { root: root.clone(), matcher: Matcher::new(&format!("{}/...", slashed(root))) })
                };
                let trees: Vec<Target> = self.workspace.roots.iter().map(tree).collect();
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
        Err(missing(pattern, path))
    }
}

fn missing(pattern: &str, path: Utf8PathBuf) -> Problem {
    let (message, help) = if pattern.contains("...") {
        (format!("{pattern} leads nowhere: there is no folder {path}"), "check the spelling and the working folder")
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

#[cfg(test)]
mod tests;
