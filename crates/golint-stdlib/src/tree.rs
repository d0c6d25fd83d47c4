//! The archive as a tree of files.

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::{DirEntry, FileKind, FileSystem, Listing, Metadata, path};

use crate::StandardLibrary;
use crate::archive::Package;

/// What a path leads to.
enum Place<'a> {
    Root,
    Version,
    /// A folder below `src`, or that one, which is "": a package, or packages are below it, or both.
    Folder(String),
    File(&'a Arc<[u8]>),
}

impl StandardLibrary {
    fn place(&self, path: &Utf8Path) -> io::Result<Place<'_>> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, format!("{} has no {path}", self.release()));
        let clean = path::absolute(&self.root, path.as_str());
        let rest = path::below(&self.root, &clean).ok_or_else(missing)?;
        if rest.is_empty() || rest == "." {
            return Ok(Place::Root);
        }
        if rest == "VERSION" {
            return Ok(Place::Version);
        }
        let inside = if rest == "src" { "" } else { rest.strip_prefix("src/").ok_or_else(missing)? };
        if self.archive.has_folder(inside) {
            return Ok(Place::Folder(inside.to_owned()));
        }
        let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let file = self.package(folder)?.and_then(|package| package.file(name));
        file.map(Place::File).ok_or_else(missing)
    }

    fn package(&self, path: &str) -> io::Result<Option<&Package>> {
        let package = self.archive.package(path).transpose();
        package.map_err(|damage| io::Error::new(io::ErrorKind::InvalidData, damage))
    }

    fn version_file(&self) -> Arc<[u8]> {
        format!("{}\n", self.release()).into_bytes().into()
    }
}

impl FileSystem for StandardLibrary {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        match self.place(path)? {
            Place::File(content) => Ok(Arc::clone(content)),
            Place::Version => Ok(self.version_file()),
            Place::Root | Place::Folder(_) => {
                Err(io::Error::new(io::ErrorKind::IsADirectory, format!("{path} is a folder")))
            }
        }
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let (kind, len) = match self.place(path)? {
            Place::File(content) => (FileKind::File, content.len()),
            Place::Version => (FileKind::File, self.version_file().len()),
            Place::Root | Place::Folder(_) => (FileKind::Directory, 0),
        };
        Ok(Metadata { kind, len: len as u64, signature: None })
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        let entry = |name: &str, kind| DirEntry { name: name.to_owned(), kind };
        let mut entries = match self.place(path)? {
            Place::Root => vec![entry("VERSION", FileKind::File), entry("src", FileKind::Directory)],
            Place::Folder(folder) => {
                let files = self.package(&folder)?.into_iter().flat_map(Package::files);
                let mut entries: Vec<DirEntry> = files.map(|(name, _)| entry(name, FileKind::File)).collect();
                let start = if folder.is_empty() { 0 } else { folder.len() + 1 };
                for below in self.archive.below(&folder) {
                    let name = below[start..].split('/').next().unwrap_or_default();
                    entries.push(entry(name, FileKind::Directory));
                }
                entries
            }
            Place::File(_) | Place::Version => {
                return Err(io::Error::new(io::ErrorKind::NotADirectory, format!("{path} is no folder")));
            }
        };
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        entries.dedup();
        Ok(Listing { entries, not_utf8: Vec::new() })
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.place(path)?;
        Ok(path::absolute(&self.root, path.as_str()))
    }
}
