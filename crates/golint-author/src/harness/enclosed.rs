//! A folder as if it were alone on the disk: a test must not depend on the golint.toml, go.mod or go.work of the
//! repository that it stands in. It never writes.

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::{Disk, FileSystem, Listing, Metadata};

/// The disk below a folder.
pub(super) struct Enclosed {
    root: Option<Utf8PathBuf>,
}

impl Enclosed {
    /// `root` is absolute and free of links.
    pub(super) fn new(root: Utf8PathBuf) -> Enclosed {
        Enclosed { root: Some(root) }
    }

    /// A disk without files.
    pub(super) fn empty() -> Enclosed {
        Enclosed { root: None }
    }

    fn inside<'p>(&self, path: &'p Utf8Path) -> io::Result<&'p Utf8Path> {
        let is_inside = self.root.as_ref().is_some_and(|root| path.starts_with(root));
        if is_inside { Ok(path) } else { Err(io::ErrorKind::NotFound.into()) }
    }
}

impl FileSystem for Enclosed {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        Disk.read(self.inside(path)?)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        Disk.metadata(self.inside(path)?)
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        Disk.read_dir(self.inside(path)?)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        Disk.canonicalize(self.inside(path)?)
    }
}
