//! Which content a file has, told without reading it where its signature is the one that it had when somebody read it.
//!
//! A signature that is as young as the look at it proves nothing: the file may have been written once more within the same
//! tick of the file system's clock. Such files are read again next time, as git does with entries that it calls racy.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use golint_project::{FileEntry, Project, Signature};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::digest::{Digest, Parts};

/// More files of a module are remembered only if one run looks at them.
const MOST_REMEMBERED: usize = 100_000;

/// Of a module: what its files held when they were read last, by their paths below its root.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Known(BTreeMap<String, (Stamp, Digest)>);

/// A file, by its path below the root, and what is known of it from now on.
type Change<'c> = (&'c str, Option<(Stamp, Digest)>);

/// A [`Signature`].
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp(u64, i64, i64, u64);

impl From<Signature> for Stamp {
    fn from(signature: Signature) -> Self {
        Stamp(signature.len, signature.modified, signature.changed, signature.inode)
    }
}

/// The contents of a run's files.
pub(super) struct Contents<'r> {
    project: &'r Project,
    /// Of each module, by its place in the project.
    known: Vec<Known>,
    /// By the files' places in the project; none for what can't be read.
    digests: Vec<OnceLock<Option<Digest>>>,
    /// By the folders' places in the project.
    folders: Vec<OnceLock<Digest>>,
    /// Files whose signature has turned out to be wrong.
    doubtful: Mutex<Vec<usize>>,
}

impl<'r> Contents<'r> {
    pub(super) fn new(project: &'r Project, known: Vec<Known>) -> Self {
        Contents {
            project,
            known,
            digests: project.files.iter().map(|_| OnceLock::new()).collect(),
            folders: project.folders.iter().map(|_| OnceLock::new()).collect(),
            doubtful: Mutex::default(),
        }
    }

    /// Of a file, by its place; `content` reads it where that can't be helped. None if it can't be read.
    pub(super) fn of_file<'c>(&self, place: usize, content: impl FnOnce() -> Option<&'c [u8]>) -> Option<Digest> {
        *self.digests[place].get_or_init(|| {
            let entry = &self.project.files[place];
            self.remembered(entry).or_else(|| content().map(Digest::of))
        })
    }

    fn remembered(&self, entry: &FileEntry) -> Option<Digest> {
        let module = self.project.folder_of(entry).module?;
        let (stamp, digest) = self.known[module].0.get(&entry.relative)?;
        (Stamp::from(entry.signature?) == *stamp).then_some(*digest)
    }

    /// Whether its signature stands for something else than what was read.
    pub(super) fn is_remembered_as_other(&self, place: usize, content: &[u8]) -> bool {
        self.remembered(&self.project.files[place]).is_some_and(|digest| digest != Digest::of(content))
    }

    /// Of all Go files of a folder, by its place. `content` reads a file by its place in the folder.
    pub(super) fn of_folder<'c>(&self, place: usize, content: impl Fn(usize) -> Option<&'c [u8]>) -> Digest {
        *self.folders[place].get_or_init(|| {
            let files = self.project.folders[place].files.clone();
            let parts = files.clone().fold(Parts::default(), |parts, file| {
                let parts = parts.bytes(self.project.files[file].name().as_bytes());
                match self.of_file(file, || content(file - files.start)) {
                    Some(digest) => parts.number(1).digest(digest),
                    None => parts.number(0),
                }
            });
            parts.finish()
        })
    }

    /// Whether a signature has turned out to be wrong.
    pub(super) fn is_doubtful(&self) -> bool {
        !self.doubtful.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// The file holds something else than it should by its signature.
    pub(super) fn doubt(&self, place: usize) {
        self.doubtful.lock().unwrap_or_else(PoisonError::into_inner).push(place);
    }

    /// What is known of the modules' files now, where that is something new: by the module's place.
    pub(super) fn news(&self) -> FxHashMap<usize, Known> {
        let mut news: FxHashMap<usize, Vec<Change<'_>>> = FxHashMap::default();
        let doubtful = self.doubtful.lock().unwrap_or_else(PoisonError::into_inner);
        for (place, digest) in self.digests.iter().enumerate() {
            let entry = &self.project.files[place];
            let (Some(Some(digest)), Some(module)) = (digest.get(), self.project.folder_of(entry).module) else {
                continue;
            };
            let proof = entry.signature.filter(|signature| self.is_proof(signature) && !doubtful.contains(&place));
            let now = proof.map(|signature| (Stamp::from(signature), *digest));
            if self.known[module].0.get(&entry.relative) != now.as_ref() {
                news.entry(module).or_default().push((&entry.relative, now));
            }
        }
        let merged = |(module, changes): (usize, Vec<Change<'_>>)| {
            let mut known = self.known[module].0.clone();
            // Files that this run did not look at may be gone, or asked for next time.
            if known.len() > MOST_REMEMBERED {
                let mine = |entry: &&FileEntry| self.project.folder_of(entry).module == Some(module);
                let mine: FxHashSet<&str> =
                    self.project.files.iter().filter(mine).map(|entry| entry.relative.as_str()).collect();
                known.retain(|path, _| mine.contains(path.as_str()));
            }
            for (path, now) in changes {
                match now {
                    Some(now) => _ = known.insert(path.to_owned(), now),
                    None => _ = known.remove(path),
                }
            }
            (module, Known(known))
        };
        news.into_iter().map(merged).collect()
    }

    fn is_proof(&self, signature: &Signature) -> bool {
        signature.is_settled(self.project.seen)
    }
}
