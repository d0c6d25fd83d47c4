//! The files of an index or a commit, where they would lie in the work tree. Around the work tree, in its submodules, and where
//! something is neither code nor known to git, such as a rule pack that was built, the disk shows.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::Repository;
use super::blobs::Blobs;
use crate::file_system::{DirEntry, Disk, FileKind, FileSystem, Listing, Metadata};
use crate::path::{absolute, is_code};

/// Links that are followed one after the other, as the system does it.
const LINKS: usize = 40;

/// One state of a repository's files.
pub struct GitFiles {
    root: Utf8PathBuf,
    /// By absolute path.
    entries: HashMap<Utf8PathBuf, Entry>,
    /// What is in each folder, sorted by name.
    folders: BTreeMap<Utf8PathBuf, Listing>,
    blobs: Blobs,
}

/// What a path is, with the id of its content.
enum Entry {
    File(String),
    Link(String),
    /// Another repository.
    Submodule,
}

/// Where a path leads.
enum Place<'a> {
    File(&'a str),
    Folder(Option<&'a Listing>),
    Disk,
    Nowhere,
}

impl GitFiles {
    /// Of entries with path, relative to the root, mode and id.
    pub(super) fn new(repository: Repository, listed: Vec<(String, String, String)>) -> GitFiles {
        let root = repository.root;
        let mut entries = HashMap::with_capacity(listed.len());
        let mut folders: BTreeMap<Utf8PathBuf, Listing> = BTreeMap::from([(root.clone(), Listing::default())]);
        for (path, mode, id) in listed {
            let path = absolute(&root, &path);
            let (entry, kind) = match &*mode {
                "160000" => (Entry::Submodule, FileKind::Directory),
                "120000" => (Entry::Link(id), FileKind::Symlink),
                _ => (Entry::File(id), FileKind::File),
            };
            let mut child = (path.clone(), kind);
            while let (Some(name), Some(parent)) = (child.0.file_name(), child.0.parent()) {
                let entry = DirEntry { name: name.to_owned(), kind: child.1 };
                let is_known = folders.contains_key(parent);
                // What stands for bytes that are no text may stand for others, too.
                let is_text = !name.contains(char::REPLACEMENT_CHARACTER);
                let listing = folders.entry(parent.to_owned()).or_default();
                if is_text {
                    listing.entries.push(entry);
                } else {
                    listing.not_utf8.push(entry);
                }
                if is_known {
                    break;
                }
                child = (parent.to_owned(), FileKind::Directory);
            }
            entries.insert(path, entry);
        }
        for listing in folders.values_mut() {
            listing.entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
            listing.not_utf8.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        }
        let blobs = Blobs::new(root.clone());
        GitFiles { root, entries, folders, blobs }
    }

    /// Where a path leads, links to files followed.
    fn place(&self, path: &Utf8Path) -> io::Result<Place<'_>> {
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            // Whoever looks for the root of a repository looks for its own folder.
            if !path.starts_with(&self.root) || path.starts_with(self.root.join(".git")) {
                return Ok(Place::Disk);
            }
            match self.entries.get(&path) {
                Some(Entry::File(id)) => return Ok(Place::File(id)),
                Some(Entry::Submodule) => return Ok(Place::Disk),
                Some(Entry::Link(id)) => {
                    let target = String::from_utf8_lossy(&self.blobs.read(id)?).into_owned();
                    path = absolute(path.parent().unwrap_or(&self.root), &target);
                }
                None if self.folders.contains_key(&path) => return Ok(Place::Folder(self.folders.get(&path))),
                None => {
                    let is_submodule = |above: &Utf8Path| matches!(self.entries.get(above), Some(Entry::Submodule));
                    let is_in_submodule = path.ancestors().skip(1).any(is_submodule);
                    let is_staged_or_nothing = is_code(&path) || path.file_name() == Some("golint.toml");
                    if is_in_submodule || !is_staged_or_nothing && Disk.is_file(&path) {
                        return Ok(Place::Disk);
                    }
                    // Git knows no empty folders, and somebody may stand in one.
                    return Ok(if Disk.is_dir(&path) { Place::Folder(None) } else { Place::Nowhere });
                }
            }
        }
        Err(io::Error::other("too many links lead to each other"))
    }
}

impl FileSystem for GitFiles {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        match self.place(path)? {
            Place::File(id) => Ok(self.blobs.read(id)?.into()),
            Place::Folder(_) => Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder")),
            Place::Disk => Disk.read(path),
            Place::Nowhere => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let (kind, len) = match self.place(path)? {
            Place::File(id) => (FileKind::File, self.blobs.len(id)?),
            Place::Folder(_) => (FileKind::Directory, 0),
            Place::Disk => return Disk.metadata(path),
            Place::Nowhere => return Err(io::ErrorKind::NotFound.into()),
        };
        Ok(Metadata { kind, len, signature: None })
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        match self.place(path)? {
            Place::Folder(listing) => Ok(listing.cloned().unwrap_or_default()),
            Place::File(_) => Err(io::ErrorKind::NotADirectory.into()),
            Place::Disk => Disk.read_dir(path),
            Place::Nowhere => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        match self.place(path)? {
            // The root has no links in it, and links in the repository are files of their own here.
            Place::File(_) | Place::Folder(_) => Ok(path.to_owned()),
            Place::Disk => Disk.canonicalize(path),
            Place::Nowhere => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
