//! Go modules on disk: which one a folder belongs to, its path and its language version. Downloads nothing and resolves no
//! dependency.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::gomod::{self, Fault, GoMod};
use crate::path::below;
use crate::{FileSystem, GoVersion, Gravity, Problem};

/// A module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The folder of its go.mod, absolute. Of a vendored module: its folder below `vendor`.
    pub root: Utf8PathBuf,
    /// Its path: "example.com/m", also "std" and "cmd"; empty where go.mod does not say.
    pub path: String,
    /// The language version of its files that do not set their own.
    pub language: GoVersion,
    /// What else its go.mod says; empty for a vendored module.
    pub file: GoMod,
    /// Whether it is a copy in another module's vendor folder.
    pub vendored: bool,
}

impl Module {
    /// The import path of its folder with this path below the root ("" for the root itself).
    ///
    /// Packages of module std have no prefix. Source: `go list` in GOROOT/src.
    pub fn import_path(&self, relative: &str) -> String {
        match (self.path.as_str(), relative) {
            ("std" | "", relative) => relative.to_owned(),
            (path, "") => path.to_owned(),
            (path, relative) => format!("{path}/{relative}"),
        }
    }

    /// Whether a `...` pattern passes this folder by because of an `ignore` line. `relative` is its path below the root.
    ///
    /// Source: go.dev/ref/mod, "ignore directive"; cmd/go/internal/search, `ShouldIgnore`. It is never asked of folders that
    /// are named explicitly.
    pub(crate) fn ignores(&self, relative: &str) -> bool {
        let folder = enclosed(if relative.is_empty() { "." } else { relative });
        self.file.ignore.iter().any(|pattern| match pattern.strip_prefix("./") {
            Some(own) => folder.starts_with(&enclosed(own)),
            None => folder.contains(&enclosed(pattern)),
        })
    }
}

/// As `normalizePath` there.
fn enclosed(path: &str) -> String {
    let start = if path.starts_with('/') { "" } else { "/" };
    let end = if path.ends_with('/') || path.is_empty() { "" } else { "/" };
    format!("{start}{path}{end}")
}

/// The modules that a run has met.
pub(crate) struct Modules<'f> {
    fs: &'f dyn FileSystem,
    pub(crate) list: Vec<Module>,
    by_root: FxHashMap<Utf8PathBuf, usize>,
    /// The nearest folder with a go.mod, of each folder that was asked for.
    roots: FxHashMap<Utf8PathBuf, Option<Utf8PathBuf>>,
    /// What the modules.txt of each vendor folder says.
    vendor_lists: FxHashMap<Utf8PathBuf, FxHashMap<String, Option<GoVersion>>>,
    pub(crate) problems: Vec<Problem>,
}

impl<'f> Modules<'f> {
    pub(crate) fn new(fs: &'f dyn FileSystem) -> Modules<'f> {
        Modules {
            fs,
            list: Vec::new(),
            by_root: FxHashMap::default(),
            roots: FxHashMap::default(),
            vendor_lists: FxHashMap::default(),
            problems: Vec::new(),
        }
    }

    /// The folder of the go.mod that this folder is subject to.
    pub(crate) fn root_of(&mut self, folder: &Utf8Path) -> Option<Utf8PathBuf> {
        let mut passed = Vec::new();
        let mut root = None;
        for ancestor in folder.ancestors() {
            if let Some(known) = self.roots.get(ancestor) {
                root = known.clone();
                break;
            }
            passed.push(ancestor);
            if self.fs.is_to_be_read(&ancestor.join("go.mod")) {
                root = Some(ancestor.to_owned());
                break;
            }
        }
        for folder in passed {
            self.roots.insert(folder.to_owned(), root.clone());
        }
        root
    }

    /// The module of this folder, as a place in the list; a vendored one where the folder is in a vendor folder that says
    /// so.
    pub(crate) fn of_folder(&mut self, folder: &Utf8Path) -> Option<usize> {
        let around = self.around(folder)?;
        Some(self.vendored(around, folder).unwrap_or(around))
    }

    /// The module whose go.mod is the nearest above this folder, whatever a vendor folder in between says.
    pub(crate) fn around(&mut self, folder: &Utf8Path) -> Option<usize> {
        let root = self.root_of(folder)?;
        Some(self.at_root(&root))
    }

    /// The module whose go.mod is in this folder.
    pub(crate) fn at_root(&mut self, root: &Utf8Path) -> usize {
        if let Some(known) = self.by_root.get(root) {
            return *known;
        }
        let path = root.join("go.mod");
        let (file, sound) = match self.fs.read(&path) {
            Ok(source) => {
                let (file, faults) = gomod::parse_mod(&source);
                let sound = !faults.iter().any(|f| f.matters);
                let faults = faults.into_iter().map(|fault| problem_of(&path, fault));
                self.problems.extend(first_of(&path, faults.collect()));
                (file, sound)
            }
            Err(error) => {
                self.problems.push(unreadable(&path, path.as_str(), &error));
                (GoMod::default(), false)
            }
        };
        let language = file.go.unwrap_or(if sound {
            GoVersion::OF_SILENT_MODULE
        } else {
            // A go line may be among what could not be read: claim as little as possible.
            GoVersion::NEWEST
        });
        let module = Module {
            root: root.to_owned(),
            path: file.module.clone().unwrap_or_default(),
            language,
            file,
            vendored: false,
        };
        self.add(module)
    }

    fn add(&mut self, module: Module) -> usize {
        self.by_root.insert(module.root.clone(), self.list.len());
        self.list.push(module);
        self.list.len() - 1
    }

    /// The vendored module that a folder below `vendor` of this module belongs to.
    ///
    /// Source: go.dev/ref/mod, "Vendoring". The vendored packages of std and cmd are their own.
    pub(crate) fn vendored(&mut self, module: usize, folder: &Utf8Path) -> Option<usize> {
        let module = &self.list[module];
        let vendor = module.root.join("vendor");
        let package = below(&vendor, folder).filter(|package| !package.is_empty())?;
        if module.path == "std" || module.path == "cmd" {
            return None;
        }
        let fs = self.fs;
        let list =
            self.vendor_lists.entry(vendor.clone()).or_insert_with(|| match fs.read(&vendor.join("modules.txt")) {
                Ok(list) => vendored_modules(&String::from_utf8_lossy(&list)),
                Err(_) => FxHashMap::default(),
            });
        // The longest path that the package is below.
        let path = Utf8Path::new(&package).ancestors().find(|path| list.contains_key(path.as_str()))?;
        let (path, go) = (path.to_string(), list[path.as_str()]);
        let root = vendor.join(&path);
        if let Some(known) = self.by_root.get(&root) {
            return Some(*known);
        }
        let language = go.unwrap_or(GoVersion::OF_SILENT_MODULE);
        Some(self.add(Module { root, path, language, file: GoMod::default(), vendored: true }))
    }
}

/// The modules of a vendor/modules.txt, by path, with their go lines there.
fn vendored_modules(list: &str) -> FxHashMap<String, Option<GoVersion>> {
    let mut modules = FxHashMap::default();
    let mut path = String::new();
    for line in list.lines() {
        if let Some(notes) = line.strip_prefix("## ") {
            if let Some(go) = modules.get_mut(&path) {
                *go = notes.split(';').find_map(|note| GoVersion::of_go_line(note.trim().strip_prefix("go ")?));
            }
        } else if let Some(module) = line.strip_prefix("# ") {
            path = module.split(' ').next().unwrap_or_default().to_owned();
            modules.insert(path.clone(), None);
        }
    }
    modules
}

pub(crate) fn problem_of(path: &Utf8Path, fault: Fault) -> Problem {
    let gravity = if fault.matters { Gravity::Incomplete } else { Gravity::Warning };
    let name = path.file_name().unwrap_or_default();
    Problem { gravity, ..Problem::warning(format!("{name}: {}", fault.message)) }.at(path).spanning(fault.span)
}

/// Of what is wrong with one file, more than this is no help.
const MOST_PROBLEMS: usize = 10;

/// The first problems of a file, and how many there are besides, from where on: a file of random bytes has very many.
pub(crate) fn first_of(path: &Utf8Path, mut problems: Vec<Problem>) -> Vec<Problem> {
    let rest = problems.split_off(problems.len().min(MOST_PROBLEMS));
    if let Some(gravity) = rest.iter().map(|problem| problem.gravity).max() {
        let message = format!("{}: {} more problems like these", path.file_name().unwrap_or_default(), rest.len());
        let span = rest[0].span.clone();
        problems.push(Problem { gravity, span, ..Problem::warning(message) }.at(path));
    }
    problems
}

/// `name` is how the path is shown.
pub(crate) fn unreadable(path: &Utf8Path, name: &str, error: &io::Error) -> Problem {
    Problem::incomplete(format!("{name} cannot be read: {error}")).at(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn import_paths() {
        let module = |path: &str| Module {
            root: "/m".into(),
            path: path.to_owned(),
            language: GoVersion::NEWEST,
            file: GoMod::default(),
            vendored: false,
        };
        assert_eq!(module("example.com/m").import_path("a/b"), "example.com/m/a/b");
        assert_eq!(module("example.com/m").import_path(""), "example.com/m");
        assert_eq!(module("std").import_path("net/http"), "net/http");
        assert_eq!(module("cmd").import_path("go"), "cmd/go");
    }

    #[test]
    fn ignore_lines() {
        let mut module = Module {
            root: "/m".into(),
            path: String::new(),
            language: GoVersion::NEWEST,
            file: GoMod::default(),
            vendored: false,
        };
        module.file.ignore = ["./own", "any", "two/parts", "./a/b/"].map(str::to_owned).to_vec();
        for (folder, ignored) in [
            ("own", true),
            ("own/x", true),
            ("x/own", false),
            ("owner", false),
            ("any", true),
            ("x/any/y", true),
            ("many", false),
            ("two", false),
            ("x/two/parts", true),
            ("a", false),
            ("a/b", true),
            ("", false),
        ] {
            assert_eq!(module.ignores(folder), ignored, "{folder}");
        }
        // The root is called ".", and what is nothing but slashes begins everything.
        for (pattern, root, below) in [
            (".", true, false),
            ("./.", true, false),
            ("./", true, true),
            ("", true, true),
            ("..", false, false),
            ("//", false, false),
        ] {
            module.file.ignore = vec![pattern.to_owned()];
            assert_eq!((module.ignores(""), module.ignores("a")), (root, below), "{pattern}");
        }
    }

    #[test]
    fn a_vendor_list_names_modules_and_their_versions() {
        let list = "# ex.com/a v1.0.0\n## explicit; go 1.17\nex.com/a\nex.com/a/x\n# ex.com/a/b v1.2.0\n## explicit\nex.com/a/b\n\
                    # ex.com/c v1.0.0 => ../c\n## go 1.20\nex.com/c\n";
        let modules = vendored_modules(list);
        assert_eq!(modules["ex.com/a"], Some(GoVersion::new(1, 17)));
        assert_eq!(modules["ex.com/a/b"], None);
        assert_eq!(modules["ex.com/c"], Some(GoVersion::new(1, 20)));
        assert_eq!(modules.len(), 3);
    }
}
