//! Where Go files are read from: the disk, or a layer of buffers over it.
//!
//! Everything in golint-rs that reads a Go file, a go.mod or a go.work reads it through [`FileSystem`]; nothing here
//! writes. A run takes one file system and sees one state of it.

mod disk;
mod overlay;
mod remembered;

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

pub use disk::Disk;
pub use overlay::Overlay;
pub use remembered::Remembered;

/// What kind of thing a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Directory,
    /// A symbolic link. Only listings say so: [`FileSystem::metadata`] follows links.
    Symlink,
    /// A socket, pipe or device: never read, since that could block for ever.
    Other,
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Never [`FileKind::Symlink`].
    pub kind: FileKind,
    /// Size in bytes.
    pub len: u64,
    /// What changes whenever the content does; none where there is no telling.
    pub signature: Option<Signature>,
}

/// What the system says of a file that changes when its content does. Two equal ones mean the same content, unless the file
/// was written twice within one tick of the file system's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature {
    /// Size in bytes.
    pub len: u64,
    /// When the content changed last, as the system or a user says: nanoseconds since 1970.
    pub modified: i64,
    /// When the file changed last, its content, rights or names, which no user can set: nanoseconds since 1970. Where the
    /// system does not tell, when it was created.
    pub changed: i64,
    /// The number of the file in its file system; 0 where there is none.
    pub inode: u64,
}

impl Signature {
    /// The youngest of its times.
    pub fn latest(&self) -> i64 {
        self.modified.max(self.changed)
    }

    /// Whether it stands for what was read at this time, in nanoseconds since 1970, or later. One that is as young as the
    /// look proves nothing: the file may have been written once more within the same tick of the file system's clock.
    pub fn is_settled(&self, looked_at: i64) -> bool {
        /// The coarsest clock of a file system that we know is FAT's, in nanoseconds.
        const TICK: i64 = 2_000_000_000;
        self.latest().saturating_add(TICK) < looked_at
    }
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirEntry {
    /// The last element of the path.
    pub name: String,
    /// Of the entry itself: links are not followed.
    pub kind: FileKind,
}

/// What is in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Sorted by name, as bytes; each name once.
    pub entries: Vec<DirEntry>,
    /// Those whose names are no UTF-8, with the names lossily; sorted.
    pub not_utf8: Vec<DirEntry>,
}

/// A tree of files to read. Paths are absolute.
pub trait FileSystem: Send + Sync {
    /// The whole content of a file, links followed.
    ///
    /// # Errors
    /// As [`std::fs::read`], and for what is neither a regular file nor a link to one.
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>>;

    /// Of the file that the path leads to, links followed.
    ///
    /// # Errors
    /// As [`std::fs::metadata`].
    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata>;

    /// The names in a folder (or in the folder that a link leads to).
    ///
    /// # Errors
    /// As [`std::fs::read_dir`]; a folder that can be read in part only is an error.
    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing>;

    /// The path without links, `.` and `..`.
    ///
    /// # Errors
    /// As [`std::fs::canonicalize`], and where the result is no UTF-8.
    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf>;

    /// Whether the path leads to a regular file.
    fn is_file(&self, path: &Utf8Path) -> bool {
        self.metadata(path).is_ok_and(|m| m.kind == FileKind::File)
    }

    /// Whether there is something at the path that should be read and is no folder. True also for pipes, for links that
    /// lead in a circle and the like, so that they are told when they are read, and not passed by.
    fn is_to_be_read(&self, path: &Utf8Path) -> bool {
        use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
        match self.metadata(path) {
            Ok(metadata) => metadata.kind != FileKind::Directory,
            // Folders above may be closed to us, whatever is in them.
            Err(error) => !matches!(error.kind(), NotFound | NotADirectory | PermissionDenied),
        }
    }

    /// Whether the path leads to a folder.
    fn is_dir(&self, path: &Utf8Path) -> bool {
        self.metadata(path).is_ok_and(|m| m.kind == FileKind::Directory)
    }
}
