//! The files of this machine. Never writes, never blocks on pipes or devices.

use std::fs;
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::{DirEntry, FileKind, FileSystem, Listing, Metadata, Signature};

/// The disk, as it is at the time of each call.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        // Opening a pipe for reading waits for a writer, so the kind is asked first.
        match self.metadata(path)?.kind {
            FileKind::File => Ok(fs::read(path)?.into()),
            FileKind::Directory => Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder")),
            FileKind::Symlink | FileKind::Other => {
                Err(io::Error::new(io::ErrorKind::InvalidInput, "is not a regular file"))
            }
        }
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let metadata = fs::metadata(path)?;
        Ok(Metadata { kind: kind(metadata.file_type()), len: metadata.len(), signature: signature(&metadata) })
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        let mut listing = Listing::default();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            // On all systems that matter the kind comes with the name, without another system call.
            let kind = kind(entry.file_type()?);
            match entry.file_name().into_string() {
                Ok(name) => listing.entries.push(DirEntry { name, kind }),
                Err(name) => {
                    listing.not_utf8.push(DirEntry { name: name.to_string_lossy().into_owned(), kind });
                }
            }
        }
        listing.entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        listing.not_utf8.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(listing)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        // The system answers in its form for long paths, `\\?\C:\…`, where nothing else is a path's prefix; most need none.
        let path = dunce::canonicalize(path)?;
        Utf8PathBuf::try_from(path).map_err(camino::FromPathBufError::into_io_error)
    }
}

#[cfg(unix)]
fn signature(metadata: &fs::Metadata) -> Option<Signature> {
    use std::os::unix::fs::MetadataExt;
    // Within 64 bits for the next two hundred years.
    let nanoseconds = |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
    Some(Signature {
        len: metadata.len(),
        modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec())?,
        changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec())?,
        inode: metadata.ino(),
    })
}

#[cfg(not(unix))]
fn signature(metadata: &fs::Metadata) -> Option<Signature> {
    let nanoseconds = |time: io::Result<std::time::SystemTime>| {
        let since = time.ok()?.duration_since(std::time::SystemTime::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_nanos()).ok()
    };
    Some(Signature {
        len: metadata.len(),
        modified: nanoseconds(metadata.modified())?,
        changed: nanoseconds(metadata.created())?,
        inode: 0,
    })
}

fn kind(file_type: fs::FileType) -> FileKind {
    if file_type.is_file() {
        FileKind::File
    } else if file_type.is_dir() {
        FileKind::Directory
    } else if file_type.is_symlink() {
        FileKind::Symlink
    } else {
        FileKind::Other
    }
}
