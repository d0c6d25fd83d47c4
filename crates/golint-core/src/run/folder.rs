//! The folders of a run: each is opened when its first file has its turn, shared by all of its files, and dropped with the
//! last one. The only place of a run that reads Go files: each file once, so that all who look at it see one state of it,
//! whatever happens on disk meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use golint_project::{FileFacts, GoVersion};
use golint_semantic::{FileDescriptor, FileKind, FileMemory, Package, PackageSource};
use golint_syntax::header;

use crate::Snapshot;
use crate::incremental::{Found, Incremental};

/// The folders of a run, by their places in the project.
pub(crate) struct Folders {
    slots: Vec<Slot>,
}

#[derive(Default)]
struct Slot {
    folder: Mutex<Option<Arc<Folder>>>,
    /// Files of the run that are not done.
    left: AtomicUsize,
    /// Bytes that a file may have to be read.
    limit: u64,
}

impl Folders {
    /// For a run over these files: places in the project's list, and the bytes that a file may have to be read.
    pub(crate) fn new(snapshot: &Snapshot, files: impl Iterator<Item = (usize, u64)>) -> Folders {
        let mut slots: Vec<Slot> = snapshot.project.folders.iter().map(|_| Slot::default()).collect();
        for (file, limit) in files {
            let slot = &mut slots[snapshot.project.files[file].folder];
            *slot.left.get_mut() += 1;
            // One configuration governs a folder, so all limits are the same.
            slot.limit = limit;
        }
        Folders { slots }
    }

    /// The folder at this place.
    pub(crate) fn get(&self, snapshot: &Snapshot, incremental: Option<&Arc<Incremental>>, place: usize) -> Arc<Folder> {
        let slot = &self.slots[place];
        let mut folder = slot.folder.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(folder.get_or_insert_with(|| Folder::new(snapshot.clone(), incremental.cloned(), place, slot.limit)))
    }

    /// One file of the folder is done; after the last one the folder goes.
    pub(crate) fn done(&self, place: usize) {
        let slot = &self.slots[place];
        if slot.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            drop(slot.folder.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
    }
}

/// A folder with Go files, and its package once somebody asked.
pub(crate) struct Folder {
    source: Arc<FolderSource>,
    package: OnceLock<Arc<Package>>,
}

impl Folder {
    fn new(snapshot: Snapshot, incremental: Option<Arc<Incremental>>, place: usize, limit: u64) -> Arc<Folder> {
        let count = snapshot.project.folders[place].files.len();
        let contents = (0..count).map(|_| OnceLock::new()).collect();
        let facts = (0..count).map(|_| OnceLock::new()).collect();
        let source =
            Arc::new(FolderSource { snapshot, incremental, place, limit, contents, facts, files: OnceLock::new() });
        Arc::new(Folder { source, package: OnceLock::new() })
    }

    /// The bytes of a file, or why it is not looked at.
    pub(crate) fn content(&self, index: usize) -> Result<&Arc<[u8]>, &Unread> {
        self.source.content(index)
    }

    /// The bytes of a file, if somebody has read it.
    pub(crate) fn content_so_far(&self, index: usize) -> Option<&Arc<[u8]>> {
        self.source.contents[index].get()?.as_ref().ok()
    }

    /// What the head of a file says, computed already: it need not be read again for the package's sake.
    pub(crate) fn note(&self, index: usize, facts: &Arc<FileFacts>) {
        // Whoever came first computed the same.
        let _ = self.source.facts[index].set(Some(Arc::clone(facts)));
    }

    /// What names in this folder mean.
    pub(crate) fn package(&self) -> Arc<Package> {
        Arc::clone(self.package.get_or_init(|| Package::new(Arc::clone(&self.source) as Arc<dyn PackageSource>)))
    }

    /// Where the package's files come from.
    pub(crate) fn source(&self) -> Arc<dyn PackageSource> {
        Arc::clone(&self.source) as Arc<dyn PackageSource>
    }

    /// Whether the file belongs to an external test package. The other files of the folder are only looked at where the
    /// file's own name leaves a doubt.
    pub(crate) fn is_external_test(&self, index: usize, facts: &FileFacts) -> bool {
        facts.external_test() && self.source.files()[index].kind == FileKind::ExternalTest
    }
}

/// Why a file is not looked at.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It has so many bytes, which is above the limit.
    TooLarge { len: u64, limit: u64 },
    /// The system's words.
    Failed(std::io::Error),
}

/// The Go files of a folder, in the order of the project.
struct FolderSource {
    snapshot: Snapshot,
    incremental: Option<Arc<Incremental>>,
    place: usize,
    limit: u64,
    /// Of each file, once somebody wanted to see it.
    contents: Vec<OnceLock<Result<Arc<[u8]>, Unread>>>,
    /// Of each file; none for one that can't be read.
    facts: Vec<OnceLock<Option<Arc<FileFacts>>>>,
    files: OnceLock<Vec<FileDescriptor>>,
}

impl FolderSource {
    fn content(&self, index: usize) -> Result<&Arc<[u8]>, &Unread> {
        let read = || {
            let (entry, limit) = (&self.snapshot.project.files[self.first() + index], self.limit);
            let within = |len: u64| if len > limit { Err(Unread::TooLarge { len, limit }) } else { Ok(()) };
            // Before it is read, so that a huge file costs nothing; and after, for it may have grown.
            within(entry.len)?;
            let content = self.snapshot.files.read(&entry.path).map_err(Unread::Failed)?;
            within(content.len() as u64)?;
            Ok(content)
        };
        self.contents[index].get_or_init(read).as_ref()
    }

    fn facts(&self, index: usize) -> Option<&Arc<FileFacts>> {
        let compute = || {
            let source = self.content(index).ok()?;
            let name = self.snapshot.project.files[self.first() + index].name();
            // Nothing here depends on the language version.
            let scan = || Arc::new(FileFacts::of(name, header::scan(source), GoVersion::NEWEST));
            Some(self.found(index).map_or_else(scan, |found| Arc::clone(found.facts.get_or_init(scan))))
        };
        self.facts[index].get_or_init(compute).as_ref()
    }

    /// What was found out about the file before; none where nothing is kept.
    fn found(&self, index: usize) -> Option<Arc<Found>> {
        let content = self.content(index).ok()?;
        let path = &self.snapshot.project.files[self.first() + index].path;
        Some(self.incremental.as_ref()?.found(path, index, content))
    }

    fn first(&self) -> usize {
        self.snapshot.project.folders[self.place].files.start
    }

    fn describe(&self) -> Vec<FileDescriptor> {
        let entries = &self.snapshot.project.files[self.snapshot.project.folders[self.place].files.clone()];
        let facts = (0..entries.len()).map(|index| self.facts(index).map(|facts| &**facts));
        let files = entries.iter().zip(facts).map(|(entry, facts)| (&*entry.display, entry.name(), facts));
        FileDescriptor::of_folder(files)
    }
}

impl PackageSource for FolderSource {
    fn files(&self) -> &[FileDescriptor] {
        self.files.get_or_init(|| self.describe())
    }

    fn read(&self, file: usize) -> Option<Arc<[u8]>> {
        self.content(file).ok().cloned()
    }

    fn memory(&self, file: usize) -> Arc<FileMemory> {
        self.found(file).map(|found| Arc::clone(&found.memory)).unwrap_or_default()
    }

    fn import_path(&self) -> Option<&str> {
        self.snapshot.project.folders[self.place].import_path.as_deref()
    }
}
