//! From patterns to files.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{FileEntry, Folder, Options, Project, Selection};
use crate::module::{Modules, unreadable};
use crate::path::{absolute, below, relative};
use crate::patterns::{Place, Target, Tree};
use crate::walk::{Walk, unreadable_names, walk, would_enter};
use crate::workspace::Workspace;
use crate::{FileKind, FileSystem, Listing, Problem};

/// Finds the files that the patterns name; `./...` if there is none.
///
/// Never fails: what could not be found or read is in the problems, in the order of the patterns, and everything else is
/// in the project.
pub fn load(fs: &dyn FileSystem, patterns: &[String], options: &Options) -> (Project, Vec<Problem>) {
    // The one look at a clock: what is seen of files from here on is not older.
    let seen = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let cwd = absolute(&options.cwd, ".");
    let mut modules = Modules::new(fs);
    let workspace = Workspace::find(fs, &cwd, &options.work_file, &mut modules);
    let all_modules = options.all_modules;
    let place = Place { fs, cwd: &cwd, workspace: &workspace, all_modules };
    let mut loader = Loader { place, options, modules, chosen: BTreeMap::new(), problems: Vec::new() };
    let default = ["./...".to_owned()];
    for pattern in if patterns.is_empty() { &default } else { patterns } {
        loader.add(pattern);
    }
    let (mut project, problems) = loader.finish();
    project.seen = i64::try_from(seen.as_nanos()).unwrap_or(i64::MAX);
    (project, problems)
}

struct Loader<'a> {
    place: Place<'a>,
    options: &'a Options,
    modules: Modules<'a>,
    /// By path, so that what is named twice is there once.
    chosen: BTreeMap<Utf8PathBuf, Chosen>,
    problems: Vec<Problem>,
}

/// What was named in a folder.
struct Chosen {
    module: Option<usize>,
    listing: Listing,
    /// Whether the folder itself was named.
    all: bool,
    /// Files that were named, whatever they are called.
    names: BTreeSet<String>,
}

impl Loader<'_> {
    fn add(&mut self, pattern: &str) {
        let targets = match self.place.resolve(pattern, &mut self.modules) {
            Ok(targets) => targets,
            Err(problem) => {
                self.problems.push(problem);
                return;
            }
        };
        let mut found = 0;
        let mut passed_modules = Vec::new();
        let mut failed = false;
        for target in targets {
            match target {
                Target::File(path) => return self.add_file(pattern, &path),
                Target::Folder(path) => return self.add_folder(pattern, path),
                Target::Tree(tree) => {
                    if let Some(problem) = self.out_of_reach(pattern, &tree) {
                        self.problems.push(problem);
                        return;
                    }
                    for tree in self.with_used_modules(*tree) {
                        let walk = self.walk(&tree);
                        failed |= !walk.problems.is_empty();
                        self.problems.extend(walk.problems);
                        let meant = |root: &Utf8PathBuf| tree.matches(root);
                        passed_modules.extend(walk.passed_modules.into_iter().filter(meant));
                        for folder in walk.folders.into_iter().filter(|f| has_go_files(&f.listing)) {
                            found += 1;
                            let module = folder.module;
                            self.choose(folder.path, module, folder.listing).all = true;
                        }
                    }
                }
            }
        }
        if found == 0 && !failed {
            self.problems.push(self.nothing_found(pattern, &passed_modules));
        } else if self.place.workspace.roots.is_empty() && !passed_modules.is_empty() {
            // With a main module it goes without saying that the others are not meant.
            let message = match passed_modules.len() {
                1 => format!("{pattern} passes by a module"),
                n => format!("{pattern} passes by {n} modules"),
            };
            self.problems.push(Problem::warning(message).help(self.modules_help(&passed_modules)));
        }
    }

    fn walk(&mut self, tree: &Tree) -> Walk {
        walk(self.place.fs, self.place.cwd, tree, &mut self.modules, self.options.all_modules)
    }

    /// Why the go command would not walk this tree: `...` stays in the main modules.
    fn out_of_reach(&mut self, pattern: &str, tree: &Tree) -> Option<Problem> {
        let workspace = self.place.workspace;
        if self.options.all_modules || workspace.roots.is_empty() {
            return None;
        }
        let module = self.modules.root_of(&tree.root);
        if module.as_ref().is_some_and(|root| workspace.contains(root)) {
            return None;
        }
        let cwd = self.place.cwd;
        match module {
            Some(root) => {
                let root = relative(cwd, &root);
                let (why, help) = if workspace.file.is_some() {
                    ("go.work does not use", format!("run `go work use {root}`, or pass --all-modules"))
                } else {
                    let help = "run in that module, join the two in a go.work, or pass --all-modules".to_owned();
                    ("is not the one of the working folder", help)
                };
                let message = format!("{pattern} leads into the module in {root}, which {why}");
                Some(Problem::incomplete(message).at(&tree.root).help(help))
            }
            None => None,
        }
    }

    /// The tree, and where it begins in no module, the parts of it that are modules which go.work uses: the go command
    /// refuses `./...` in the folder of such a go.work, and everybody who types it means these.
    fn with_used_modules(&mut self, tree: Tree) -> Vec<Tree> {
        let mut trees = Vec::new();
        if !self.options.all_modules && self.modules.root_of(&tree.root).is_none() {
            let inside = self.place.workspace.roots.iter().filter(|root| root.starts_with(&tree.root));
            trees.extend(inside.map(|root| tree.at(root)));
        }
        trees.insert(0, tree);
        trees
    }

    fn nothing_found(&self, pattern: &str, passed_modules: &[Utf8PathBuf]) -> Problem {
        let message = format!("{pattern} matches no Go files");
        if !passed_modules.is_empty() {
            return Problem::incomplete(message).help(self.modules_help(passed_modules));
        }
        Problem::warning(message).help(
            "`...` passes by folders that begin with . or _, testdata, vendor and what go.mod ignores; name such a folder itself",
        )
    }

    fn modules_help(&self, roots: &[Utf8PathBuf]) -> String {
        let trees: Vec<String> = roots.iter().map(tree_of(self.place.cwd)).collect();
        format!("`...` does not enter the modules below: name them ({}), or pass --all-modules", some_of(&trees))
    }

    fn add_folder(&mut self, pattern: &str, path: Utf8PathBuf) {
        match self.place.fs.read_dir(&path) {
            Ok(listing) if has_go_files(&listing) => {
                unreadable_names(self.place.cwd, &path, &listing, &mut self.problems);
                let module = self.modules.of_folder(&path);
                self.choose(path, module, listing).all = true;
            }
            Ok(listing) => {
                unreadable_names(self.place.cwd, &path, &listing, &mut self.problems);
                let message = format!("there are no Go files in {pattern}");
                let tree = format!("{}/...", pattern.trim_end_matches('/'));
                let help = format!("for the folders below it, write {tree}");
                self.problems.push(Problem::incomplete(message).at(path).help(help));
            }
            Err(error) => self.problems.push(unreadable(&path, pattern, &error)),
        }
    }

    fn add_file(&mut self, pattern: &str, path: &Utf8Path) {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return };
        let as_found = self.options.names_as_found;
        let is_passed_by = !is_go_file(name, FileKind::File) || !would_enter(self.place.cwd, folder, &mut self.modules);
        if as_found && is_passed_by {
            return;
        }
        let listing = match self.place.fs.read_dir(folder) {
            Ok(listing) => listing,
            Err(error) => {
                let message =
                    format!("the folder of {pattern} cannot be listed ({error}); the file is looked at alone");
                self.problems.push(Problem::incomplete(message).at(folder));
                Listing::default()
            }
        };
        let module = self.modules.of_folder(folder);
        self.choose(folder.to_owned(), module, listing).names.insert(name.to_owned());
    }

    fn choose(&mut self, path: Utf8PathBuf, module: Option<usize>, listing: Listing) -> &mut Chosen {
        let new = || Chosen { module, listing, all: false, names: BTreeSet::new() };
        self.chosen.entry(path).or_insert_with(new)
    }

    fn finish(self) -> (Project, Vec<Problem>) {
        let Loader { place, modules, chosen, mut problems, options } = self;
        let named = if options.names_as_found { Selection::Found } else { Selection::Named };
        let mut project = Project { modules: modules.list, ..Project::default() };
        problems.splice(0..0, modules.problems);

        let chosen: Vec<(Utf8PathBuf, Chosen)> = chosen.into_iter().collect();
        let found: Vec<_> = chosen.par_iter().map(|(path, chosen)| files(&place, path, chosen, named)).collect();
        for ((path, chosen), (mut files, faults)) in chosen.into_iter().zip(found) {
            problems.extend(faults);
            let module = chosen.module.map(|module| &project.modules[module]);
            let relative = match module {
                Some(module) => below(&module.root, &path).unwrap_or_default(),
                None => match relative(place.cwd, &path) {
                    here if here == "." => String::new(),
                    there => there,
                },
            };
            for file in &mut files {
                file.folder = project.folders.len();
                file.relative = joined(&relative, file.name());
            }
            let start = project.files.len();
            project.files.append(&mut files);
            let import_path = module.map(|module| module.import_path(&relative));
            let files = start..project.files.len();
            project.folders.push(Folder { path, module: chosen.module, relative, import_path, files });
        }
        // Two patterns may have met the same problem.
        let mut seen = BTreeSet::new();
        problems.retain(|p| seen.insert((p.path.clone(), p.message.clone(), p.span.clone().map(|s| s.start))));
        (project, problems)
    }
}

/// The Go files of a folder, and what is wrong with those that were named. `named` is how these are selected.
fn files(place: &Place<'_>, folder: &Utf8Path, chosen: &Chosen, named: Selection) -> (Vec<FileEntry>, Vec<Problem>) {
    let mut names: BTreeSet<&str> = chosen.names.iter().map(String::as_str).collect();
    names.extend(chosen.listing.entries.iter().filter(|e| is_go_file(&e.name, e.kind)).map(|e| e.name.as_str()));
    let seen_from_cwd = relative(place.cwd, folder);
    let mut files = Vec::with_capacity(names.len());
    let mut problems = Vec::new();
    for name in names {
        let path = folder.join(name);
        let display = joined(if seen_from_cwd == "." { "" } else { &seen_from_cwd }, name);
        let selection = match (chosen.names.contains(name), chosen.all) {
            (true, _) => named,
            (false, true) => Selection::Found,
            (false, false) => Selection::Beside,
        };
        let selected = selection != Selection::Beside;
        match place.fs.metadata(&path) {
            Ok(metadata) if metadata.kind == FileKind::File => files.push(FileEntry {
                path,
                display,
                relative: String::new(),
                folder: 0,
                len: metadata.len,
                signature: metadata.signature,
                selection,
            }),
            // A link to a folder that is called like a file.
            Ok(metadata) if metadata.kind == FileKind::Directory => {}
            Ok(_) if selected => {
                problems.push(Problem::incomplete(format!("{display} is no regular file")).at(path));
            }
            Err(error) if selected => problems.push(unreadable(&path, &display, &error)),
            Ok(_) | Err(_) => {}
        }
    }
    (files, problems)
}

fn has_go_files(listing: &Listing) -> bool {
    listing.entries.iter().any(|e| is_go_file(&e.name, e.kind))
}

/// Whether the go command would look at it when its folder is named. Links may lead to files.
fn is_go_file(name: &str, kind: FileKind) -> bool {
    kind != FileKind::Directory && name.ends_with(".go") && !name.starts_with(['.', '_'])
}

fn joined(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        _ if folder.ends_with('/') => format!("{folder}{name}"),
        _ => format!("{folder}/{name}"),
    }
}

/// The pattern for all of a folder.
fn tree_of(cwd: &Utf8Path) -> impl Fn(&Utf8PathBuf) -> String {
    move |folder| match relative(cwd, folder) {
        path if path == "." => "./...".to_owned(),
        path if path.starts_with("..") || Utf8Path::new(&path).is_absolute() => format!("{path}/..."),
        path => format!("./{path}/..."),
    }
}

fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(2).map(String::as_str).collect::<Vec<_>>().join(" ");
    if names.len() > 2 { format!("{shown} and {} more", names.len() - 2) } else { shown }
}

#[cfg(test)]
mod tests;
