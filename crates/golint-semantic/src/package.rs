//! A package: the files of one folder, and what they declare. It reads through [`PackageSource`] only, and parses a file
//! of which it has no tree only when a name is asked for that the file may declare.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use golint_project::{FileFacts, PackageKind, PlatformSet, packages};
use golint_tree::Tree;
use rustc_hash::{FxHashMap, FxHasher};

use crate::dependency::Question;
use crate::lookup::{Group, Index};
use crate::memory::Memory;
use crate::object::{Object, Place, Repr};
use crate::outline::Outline;
use crate::scopes::Scopes;
use crate::summary::{Declaration, Summary};

/// In which build of the folder a file takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// The package itself.
    InPackage,
    /// A `_test.go` file of the package: it sees the package and the other test files.
    Test,
    /// A `_test.go` file of package p_test: it sees the others of that package.
    ExternalTest,
    /// No part of the package (`//go:build ignore`, a leading `_`): it sees itself only.
    Ignored,
}

/// What is known of a file before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDescriptor {
    /// As it is shown to people.
    pub path: String,
    /// The last element of the path.
    pub name: String,
    /// Where it takes part in a build.
    pub platforms: PlatformSet,
    /// The name in its package clause; none where that is broken.
    pub package_name: Option<String>,
    /// In which build it takes part.
    pub kind: FileKind,
}

impl FileDescriptor {
    /// The files of a folder: of each its path as it is shown, its name, and what its head says; none where it can't be read.
    /// Such a file stands for itself and declares nothing.
    pub fn of_folder<'f>(
        files: impl Iterator<Item = (&'f str, &'f str, Option<&'f FileFacts>)>,
    ) -> Vec<FileDescriptor> {
        let files: Vec<_> = files.collect();
        let readable: Vec<(usize, &FileFacts)> =
            files.iter().enumerate().filter_map(|(place, (.., facts))| Some((place, (*facts)?))).collect();
        let facts: Vec<&FileFacts> = readable.iter().map(|(_, facts)| *facts).collect();
        let mut kinds = vec![FileKind::Ignored; files.len()];
        for package in packages::group(&facts) {
            let (of_files, of_tests) = match package.kind {
                PackageKind::Ordinary => (FileKind::InPackage, FileKind::Test),
                PackageKind::ExternalTest => (FileKind::ExternalTest, FileKind::ExternalTest),
                PackageKind::Alone => (FileKind::Ignored, FileKind::Ignored),
            };
            package.files.iter().for_each(|&file| kinds[readable[file].0] = of_files);
            package.tests.iter().for_each(|&file| kinds[readable[file].0] = of_tests);
        }
        let describe = |((path, name, facts), kind): ((&str, &str, Option<&FileFacts>), FileKind)| FileDescriptor {
            path: path.to_owned(),
            name: name.to_owned(),
            platforms: facts.map_or(PlatformSet::EMPTY, |facts| facts.platforms),
            package_name: facts.and_then(|facts| facts.package_name.clone()),
            kind,
        };
        files.into_iter().zip(kinds).map(describe).collect()
    }
}

/// Where a package's files come from. The answers must not change during the life of the package.
pub trait PackageSource: Send + Sync {
    /// The Go files of the folder, in an order that does not change from run to run.
    fn files(&self) -> &[FileDescriptor];
    /// The bytes of a file; none if it can't be read.
    fn read(&self, file: usize) -> Option<Arc<[u8]>>;
    /// As an importer writes it; none for loose files.
    fn import_path(&self) -> Option<&str>;
    /// What was found out about a file with these very bytes, at this very place, when it was looked at before.
    fn memory(&self, file: usize) -> Arc<FileMemory> {
        let _ = file;
        Arc::default()
    }
}

/// What a file declares, as far as somebody asked. It depends on the file's bytes and its place in the folder alone, so
/// that it may be kept for as long as they stay.
#[derive(Default)]
pub struct FileMemory {
    outline: OnceLock<Outline>,
    summary: OnceLock<Arc<Summary>>,
}

/// The path of what is no package that can be imported, as the go command and go/types call it.
const LOOSE: &str = "command-line-arguments";

/// The files of one folder and what was found out about them. Shared by all checks of its files.
pub struct Package {
    source: Arc<dyn PackageSource>,
    files: Box<[FileState]>,
    groups: Box<[Group]>,
    indexes: Box<[OnceLock<Index>]>,
    /// Answers about what stands outside of bodies.
    pub(crate) memory: Memory,
}

#[derive(Default)]
struct FileState {
    memory: OnceLock<Arc<FileMemory>>,
    group: usize,
}

impl Package {
    /// A package of which nothing was read yet.
    pub fn new(source: Arc<dyn PackageSource>) -> Arc<Package> {
        let descriptors = source.files();
        let (mut groups, mut indexes) = (Vec::new(), Vec::new());
        // Which files see the same ones; and of these, which are built for the same platforms.
        let mut by_sight: FxHashMap<(Option<&str>, FileKind), usize> = FxHashMap::default();
        let mut by_platforms: FxHashMap<(usize, PlatformSet), usize> = FxHashMap::default();
        let files = descriptors.iter().enumerate().map(|(i, file)| {
            let mut new_index = || {
                indexes.push(OnceLock::new());
                indexes.len() - 1
            };
            let index = match file.kind {
                FileKind::Ignored => new_index(),
                kind => *by_sight.entry((file.package_name.as_deref(), kind)).or_insert_with(new_index),
            };
            let group = *by_platforms.entry((index, file.platforms)).or_insert_with(|| {
                groups.push(Group::new(i as u32, index, file.platforms));
                groups.len() - 1
            });
            FileState { group, ..FileState::default() }
        });
        let files = files.collect();
        let (groups, indexes) = (groups.into(), indexes.into());
        Arc::new(Package { source, files, groups, indexes, memory: Memory::default() })
    }

    /// The files of the folder, as the source describes them.
    pub fn files(&self) -> &[FileDescriptor] {
        self.source.files()
    }

    /// As an importer writes it; none for loose files.
    pub fn import_path(&self) -> Option<&str> {
        self.source.import_path()
    }

    /// What is known of a file.
    pub(crate) fn file(&self, file: u32) -> Option<&FileDescriptor> {
        self.source.files().get(file as usize)
    }

    /// The path under which go/types knows what this file declares.
    pub(crate) fn path_of(&self, file: u32) -> String {
        // What is in no package of a module must not have the name of one of the standard library.
        let path = self.source.import_path().unwrap_or(LOOSE);
        match self.file(file).map(|f| f.kind) {
            Some(FileKind::ExternalTest) => format!("{path}_test"),
            Some(FileKind::InPackage | FileKind::Test) => path.to_owned(),
            Some(FileKind::Ignored) | None => LOOSE.to_owned(),
        }
    }

    pub(crate) fn sees(&self, viewer: u32, other: u32) -> bool {
        let (Some(from), Some(to)) = (self.file(viewer), self.file(other)) else { return viewer == other };
        viewer == other
            || from.package_name == to.package_name
                && match from.kind {
                    FileKind::InPackage => to.kind == FileKind::InPackage,
                    FileKind::Test => matches!(to.kind, FileKind::InPackage | FileKind::Test),
                    FileKind::ExternalTest => to.kind == FileKind::ExternalTest,
                    FileKind::Ignored => false,
                }
    }

    /// The files whose package-level names this one sees, itself included, in order.
    pub(crate) fn seen_by(&self, viewer: u32) -> impl Iterator<Item = u32> {
        (0..self.files.len() as u32).filter(move |&other| self.sees(viewer, other))
    }

    fn memory(&self, file: u32) -> Option<&FileMemory> {
        let state = self.files.get(file as usize)?;
        Some(state.memory.get_or_init(|| self.source.memory(file as usize)))
    }

    fn outline(&self, file: u32) -> Option<&Outline> {
        let memory = self.memory(file)?;
        let read = || self.source.read(file as usize).map_or_else(Outline::default, |bytes| Outline::new(&bytes));
        Some(memory.outline.get_or_init(read))
    }

    /// What the file declares; none if there is no such file.
    pub(crate) fn summary(&self, file: u32) -> Option<&Arc<Summary>> {
        let memory = self.memory(file)?;
        Some(memory.summary.get_or_init(|| {
            let source = self.source.read(file as usize).unwrap_or_default();
            Arc::new(Summary::of(&source, None))
        }))
    }

    /// The same, with a tree at hand.
    pub(crate) fn summary_from(&self, file: u32, tree: Tree<'_>, source: &[u8]) -> Option<&Arc<Summary>> {
        let memory = self.memory(file)?;
        Some(memory.summary.get_or_init(|| Arc::new(Summary::of(source, Some(tree)))))
    }

    /// The hash of what the package answers to a question that some check has asked. Equal hashes are equal answers: a
    /// result stands as long as all of its questions have the answers that it recorded.
    pub fn answer(&self, question: &Question) -> u64 {
        let index = |name: &str| self.files().iter().position(|f| f.name == name).map_or(u32::MAX, |i| i as u32);
        match question {
            Question::Files => {
                let mut hasher = FxHasher::default();
                for file in self.files() {
                    (&file.name, file.platforms, &file.package_name, file.kind).hash(&mut hasher);
                }
                hasher.finish()
            }
            Question::Contents { file } => {
                let mut hasher = FxHasher::default();
                self.read(index(file)).hash(&mut hasher);
                hasher.finish()
            }
            Question::Name { file, name } => self.lookup(index(file), name).hash(self),
            Question::Method { file, receiver, name } => self.lookup_method(index(file), receiver, name).hash(self),
        }
    }

    /// Whether the file's declarations were needed so far.
    #[cfg(test)]
    pub(crate) fn is_parsed(&self, file: u32) -> bool {
        self.memory(file).is_some_and(|memory| memory.summary.get().is_some())
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, file: u32) -> Option<Arc<[u8]>> {
        if (file as usize) < self.files.len() { self.source.read(file as usize) } else { None }
    }

    /// The scopes of a top-level declaration of a summary.
    pub(crate) fn scopes<'a>(&'a self, file: u32, summary: &'a Summary, top: usize) -> &'a Arc<Scopes> {
        summary.unit.scopes(top, |node| {
            let place_of = |n: golint_tree::Node| Place { file, body: false, node: n.0 };
            Scopes::new(summary.unit.tree(), &summary.unit.source, node, &place_of)
        })
    }

    /// The files that see the same as this one; none if there is no such file.
    pub(crate) fn group_of(&self, file: u32) -> Option<&Group> {
        self.groups.get(self.files.get(file as usize)?.group)
    }

    /// What the files that these see may declare. Scans them all when it is first asked for.
    pub(crate) fn index(&self, group: &Group) -> &Index {
        self.indexes[group.index].get_or_init(|| {
            let mut index = Index::default();
            for file in self.seen_by(group.viewer) {
                self.outline(file).into_iter().for_each(|outline| index.add(file, outline));
            }
            index
        })
    }

    /// The object of a declaration of this file.
    pub(crate) fn member(&self, file: u32, declaration: &Declaration) -> Object {
        Object::new(Repr::Member {
            file,
            receiver: declaration.receiver.clone(),
            name: declaration.name.clone(),
            ordinal: declaration.ordinal,
        })
    }
}
