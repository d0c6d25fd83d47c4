//! The standard library's tree over another file system: one that has both.

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::{FileSystem, Listing, Metadata};

use crate::StandardLibrary;

/// Whatever is at the library's root or below is the library's, the rest the other's. No folder has entries of both: the
/// root is found by its name alone.
pub(crate) struct Layered {
    library: Arc<StandardLibrary>,
    below: Arc<dyn FileSystem>,
}

impl Layered {
    pub(crate) fn new(library: Arc<StandardLibrary>, below: Arc<dyn FileSystem>) -> Layered {
        Layered { library, below }
    }

    fn of(&self, path: &Utf8Path) -> &dyn FileSystem {
        if path.starts_with(self.library.root()) { &*self.library } else { &*self.below }
    }
}

impl FileSystem for Layered {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        self.of(path).read(path)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        self.of(path).metadata(path)
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        self.of(path).read_dir(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.of(path).canonicalize(path)
    }
}
