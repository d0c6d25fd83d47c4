//! Goes through the folders of a "..." pattern, in parallel, without following links. Reads no Go file.

use std::collections::VecDeque;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::module::{Modules, unreadable};
use crate::path::{below, relative};
use crate::patterns::Tree;
use crate::{FileKind, FileSystem, Listing, Problem};

/// What a walk has found.
#[derive(Default)]
pub(crate) struct Walk {
    /// The folders that match the pattern, and their modules.
    pub(crate) folders: Vec<Found>,
    /// The nested modules that were passed by.
    pub(crate) passed_modules: Vec<Utf8PathBuf>,
    pub(crate) problems: Vec<Problem>,
}

pub(crate) struct Found {
    pub(crate) path: Utf8PathBuf,
    pub(crate) module: Option<usize>,
    pub(crate) listing: Listing,
}

/// A folder that is still to be read.
struct Ahead {
    path: Utf8PathBuf,
    /// The module around it, also below a vendor folder.
    module: Option<usize>,
    top: bool,
}

/// Walks a tree.
///
/// Passes by what the go command passes by: folders that begin with "." or "_" or are called testdata, those that go.mod
/// ignores, and (without `all_modules`) nested modules. That also holds for the folder at which the pattern begins.
pub(crate) fn walk(
    fs: &dyn FileSystem,
    cwd: &Utf8Path,
    tree: &Tree,
    modules: &mut Modules<'_>,
    all_modules: bool,
) -> Walk {
    let mut walk = Walk::default();
    let module = modules.around(&tree.root);
    let mut level: Vec<Ahead> = Vec::new();
    // Of the folder at which the pattern begins, the name counts only if it is in the pattern: "./..." is fine anywhere.
    if !is_passed_name(tree.root_name()) && !is_ignored(&tree.root, module, modules) {
        level.push(Ahead { path: tree.root.clone(), module, top: true });
    }
    // One level after the other: what is found does not depend on threads, and depth is bounded by memory only.
    while !level.is_empty() {
        let listings: Vec<_> = level.par_iter().map(|folder| fs.read_dir(&folder.path)).collect();
        let mut next = VecDeque::new();
        for (mut folder, listing) in level.into_iter().zip(listings) {
            let listing = match listing {
                Ok(listing) => listing,
                Err(error) => {
                    walk.problems.push(unreadable(&folder.path, &relative(cwd, &folder.path), &error));
                    continue;
                }
            };
            if !folder.top && has_go_mod(fs, &folder.path, &listing) {
                if !all_modules {
                    walk.passed_modules.push(folder.path);
                    continue;
                }
                folder.module = Some(modules.at_root(&folder.path));
            }
            descend(tree, &folder, &listing, modules, &mut next);
            let pseudo = is_builtin(&folder, modules);
            if !pseudo && tree.matches(&folder.path) {
                unreadable_names(cwd, &folder.path, &listing, &mut walk.problems);
                let module = folder.module.map(|around| modules.vendored(around, &folder.path).unwrap_or(around));
                walk.folders.push(Found { path: folder.path, module, listing });
            }
        }
        level = next.into();
    }
    walk
}

fn descend(tree: &Tree, folder: &Ahead, listing: &Listing, modules: &Modules<'_>, next: &mut VecDeque<Ahead>) {
    let vendor = folder.path.file_name() == Some("vendor") && !folder.top;
    if vendor && !tree.mentions_vendor() {
        return;
    }
    for entry in &listing.entries {
        if entry.kind == FileKind::Directory {
            let path = folder.path.join(&entry.name);
            if !is_passed_name(&entry.name) && !is_ignored(&path, folder.module, modules) {
                next.push_back(Ahead { path, module: folder.module, top: false });
            }
        }
    }
}

/// Whether `...`, from the working folder on, would go into this folder, nested modules included.
pub(crate) fn would_enter(cwd: &Utf8Path, folder: &Utf8Path, modules: &mut Modules<'_>) -> bool {
    // What lies elsewhere is seen from its own root.
    let module = modules.around(folder);
    let base = if folder.starts_with(cwd) { cwd } else { module.map_or(folder, |module| &modules.list[module].root) };
    let passed = |name: &str| is_passed_name(name) || name == "vendor";
    let names = folder.strip_prefix(base).map(|rest| rest.components().any(|name| passed(name.as_str())));
    !names.unwrap_or(false) && !folder.ancestors().any(|above| is_ignored(above, module, modules))
}

fn is_passed_name(name: &str) -> bool {
    name.starts_with(['.', '_']) || name == "testdata"
}

fn is_ignored(folder: &Utf8Path, module: Option<usize>, modules: &Modules<'_>) -> bool {
    module.is_some_and(|module| {
        let module = &modules.list[module];
        !module.file.ignore.is_empty() && below(&module.root, folder).is_some_and(|path| module.ignores(&path))
    })
}

fn has_go_mod(fs: &dyn FileSystem, folder: &Utf8Path, listing: &Listing) -> bool {
    let entry = listing.entries.binary_search_by(|entry| entry.name.as_str().cmp("go.mod"));
    entry.is_ok_and(|i| match listing.entries[i].kind {
        FileKind::File | FileKind::Other => true,
        FileKind::Symlink => fs.is_to_be_read(&folder.join("go.mod")),
        FileKind::Directory => false,
    })
}

/// Package builtin of std is documentation, and no pattern matches it.
fn is_builtin(folder: &Ahead, modules: &Modules<'_>) -> bool {
    folder.module.is_some_and(|module| {
        let module = &modules.list[module];
        module.path == "std" && folder.path.strip_prefix(&module.root).is_ok_and(|path| path == "builtin")
    })
}

/// Names that are no UTF-8 cannot be shown, named or configured. Only Go files and folders are worth a word.
pub(crate) fn unreadable_names(cwd: &Utf8Path, folder: &Utf8Path, listing: &Listing, problems: &mut Vec<Problem>) {
    for entry in &listing.not_utf8 {
        let is_folder = entry.kind == FileKind::Directory;
        if (is_folder || entry.name.ends_with(".go")) && !entry.name.starts_with(['.', '_']) {
            let what = if is_folder { "folder" } else { "file" };
            let name = relative(cwd, &folder.join(&entry.name));
            let message = format!("the {what} {name} is left out: its name is no valid UTF-8");
            problems.push(Problem::incomplete(message).at(folder).help("rename it"));
        }
    }
}
