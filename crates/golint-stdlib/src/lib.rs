//! What Go's standard library declares, for machines without a Go installation: Go files without bodies in a compressed
//! archive, which is read as a [`FileSystem`] like a distribution on the disk, and since which Go version each name exists.
//! `cargo xtask std-index` writes the archive. It runs nothing, reads nothing from the disk, and judges no code.

pub mod archive;
mod layered;
mod tree;

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::{FileSystem, GoVersion};

use archive::{Archive, DamagedArchive};

/// The archive that is part of the program. It stands among the sources because it is one: what decides what others find.
static BUILT_IN: &[u8] = include_bytes!("std.archive");

/// The standard library of one Go version, as a folder that looks like GOROOT: VERSION, and the packages below `src`.
///
/// It has all packages that can be imported, whatever platforms they are for, and of internal ones what those
/// need. Of a package it has all files that declare something others can see, under their names and with their build
/// constraints; functions have no bodies, comments are gone but for `// Deprecated: …`, and a variable has its type, or what
/// gives it the type. Unexported fields stay: sizes depend on them.
///
/// A package is decompressed when somebody reads one of its files, lists its folder or asks for its names, and then kept.
pub struct StandardLibrary {
    archive: Archive,
    root: Utf8PathBuf,
}

impl StandardLibrary {
    /// The one that is part of the program.
    ///
    /// # Errors
    /// If the program is damaged.
    pub fn built_in() -> Result<StandardLibrary, DamagedArchive> {
        StandardLibrary::open(BUILT_IN)
    }

    /// The one in this archive. Reads its table of packages only.
    ///
    /// # Errors
    /// If the bytes are no archive, or its table is damaged.
    pub fn open(bytes: &'static [u8]) -> Result<StandardLibrary, DamagedArchive> {
        let archive = Archive::open(bytes)?;
        let root = Utf8PathBuf::from(format!("/std@{}", archive.version()));
        Ok(StandardLibrary { archive, root })
    }

    /// The release that it was made from: "go1.26.1".
    pub fn release(&self) -> &str {
        self.archive.release()
    }

    /// The language version of that release.
    pub fn version(&self) -> GoVersion {
        self.archive.version()
    }

    /// Where its files seem to be: what GOROOT is elsewhere.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The import paths of all packages, sorted; those of internal ones included.
    pub fn packages(&self) -> impl Iterator<Item = &str> {
        // The first is `src` itself.
        self.archive.packages().filter(|path| !path.is_empty())
    }

    /// Since which Go version the package at this path exports this name: "Cut", "Type.Method" or "Type.Field". None where
    /// there is no such name, or no telling: what is internal, experiments, and `unsafe.Pointer`. A promoted field is found
    /// at the type that declares it only, a promoted method also at the type that it is promoted to.
    ///
    /// A name that came to one platform after the other has the version that first had it on any.
    ///
    /// Source: the files api/go1*.txt of the distribution.
    pub fn since(&self, path: &str, name: &str) -> Option<GoVersion> {
        let minor = self.archive.package(path)?.ok()?.since(name)?;
        Some(GoVersion::new(1, minor))
    }

    /// Its files over those of another file system, whose own files at its root are hidden.
    pub fn over(self: Arc<Self>, below: Arc<dyn FileSystem>) -> impl FileSystem {
        layered::Layered::new(self, below)
    }
}

#[cfg(test)]
mod tests;
