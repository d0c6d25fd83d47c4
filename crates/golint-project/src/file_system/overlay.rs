//! Buffers over another file system: open editors, standard input, the rounds of `--fix`.
//!
//! A file of the overlay hides the one below, and may exist in the overlay only. Files are never hidden away.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::{DirEntry, FileKind, FileSystem, Listing, Metadata};

/// A layer of files in memory.
#[derive(Clone)]
pub struct Overlay {
    below: Arc<dyn FileSystem>,
    files: BTreeMap<Utf8PathBuf, Arc<[u8]>>,
    /// Folders that exist because a file of the overlay is in them.
    folders: BTreeSet<Utf8PathBuf>,
}

impl Overlay {
    /// An empty layer over `below`.
    pub fn new(below: Arc<dyn FileSystem>) -> Overlay {
        Overlay { below, files: BTreeMap::new(), folders: BTreeSet::new() }
    }

    /// Puts a file there, or replaces it. The path must be absolute and clean; its folders need not exist below.
    pub fn insert(&mut self, path: impl Into<Utf8PathBuf>, content: impl Into<Arc<[u8]>>) {
        let path = path.into();
        self.folders.extend(path.ancestors().skip(1).map(Utf8Path::to_owned));
        self.files.insert(path, content.into());
    }

    /// Takes a file out again, so that the one below shows. Says whether it was there.
    pub fn remove(&mut self, path: &Utf8Path) -> bool {
        let was_there = self.files.remove(path).is_some();
        if was_there {
            self.folders = self.files.keys().flat_map(|p| p.ancestors().skip(1).map(Utf8Path::to_owned)).collect();
        }
        was_there
    }

    /// The files of this layer, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&Utf8Path, &Arc<[u8]>)> {
        self.files.iter().map(|(path, content)| (path.as_path(), content))
    }
}

impl FileSystem for Overlay {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        match self.files.get(path) {
            Some(content) => Ok(Arc::clone(content)),
            None => self.below.read(path),
        }
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        if let Some(content) = self.files.get(path) {
            return Ok(Metadata { kind: FileKind::File, len: content.len() as u64, signature: None });
        }
        match self.below.metadata(path) {
            Err(_) if self.folders.contains(path) => {
                Ok(Metadata { kind: FileKind::Directory, len: 0, signature: None })
            }
            below => below,
        }
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        if !self.folders.contains(path) {
            return self.below.read_dir(path);
        }
        let mut listing = match self.below.read_dir(path) {
            Ok(listing) => listing,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Listing::default(),
            Err(error) => return Err(error),
        };
        let mut merged: BTreeMap<String, FileKind> = listing.entries.drain(..).map(|e| (e.name, e.kind)).collect();
        let ours = self.folders.iter().map(|f| (f, FileKind::Directory));
        for (child, kind) in ours.chain(self.files.keys().map(|f| (f, FileKind::File))) {
            if child.parent() == Some(path)
                && let Some(name) = child.file_name()
            {
                // A link to a folder below stays a link: walks must not follow it.
                if kind == FileKind::File || !merged.contains_key(name) {
                    merged.insert(name.to_owned(), kind);
                }
            }
        }
        listing.entries = merged.into_iter().map(|(name, kind)| DirEntry { name, kind }).collect();
        Ok(listing)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        match self.below.canonicalize(path) {
            Err(_) if self.files.contains_key(path) || self.folders.contains(path) => Ok(path.to_owned()),
            below => below,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_system::Disk;

    fn names(fs: &dyn FileSystem, path: &str) -> Vec<(String, FileKind)> {
        let listing = fs.read_dir(Utf8Path::new(path)).expect("listed");
        listing.entries.into_iter().map(|e| (e.name, e.kind)).collect()
    }

    #[test]
    fn buffers_hide_and_add() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8").to_owned();
        std::fs::write(root.join("a.go"), "disk").expect("written");
        let mut overlay = Overlay::new(Arc::new(Disk));
        overlay.insert(root.join("a.go"), *b"buffer");
        overlay.insert(root.join("new/deep/b.go"), *b"b");

        assert_eq!(&*overlay.read(&root.join("a.go")).expect("read"), b"buffer");
        assert_eq!(overlay.metadata(&root.join("a.go")).expect("there").len, 6);
        assert_eq!(
            names(&overlay, root.as_str()),
            [("a.go".to_owned(), FileKind::File), ("new".to_owned(), FileKind::Directory)]
        );
        assert_eq!(names(&overlay, root.join("new").as_str()), [("deep".to_owned(), FileKind::Directory)]);
        assert!(overlay.is_dir(&root.join("new/deep")) && overlay.is_file(&root.join("new/deep/b.go")));
        assert_eq!(overlay.canonicalize(&root.join("new/deep")).expect("there"), root.join("new/deep"));

        assert!(overlay.remove(&root.join("a.go")) && overlay.remove(&root.join("new/deep/b.go")));
        assert_eq!(&*overlay.read(&root.join("a.go")).expect("read"), b"disk");
        assert!(!overlay.is_dir(&root.join("new")));
        assert!(overlay.read_dir(&root.join("new")).is_err());
    }

    #[test]
    fn overlays_stack() {
        let mut first = Overlay::new(Arc::new(Disk));
        first.insert("/no/such/folder/a.go", *b"1");
        let mut second = Overlay::new(Arc::new(first));
        second.insert("/no/such/folder/b.go", *b"2");
        assert_eq!(names(&second, "/no/such/folder").len(), 2);
        assert_eq!(&*second.read(Utf8Path::new("/no/such/folder/a.go")).expect("read"), b"1");
    }
}
