//! A package: the files of one folder, and what they declare. It reads through [`PackageSource`] only.

use std::sync::Arc;

use golint_project::PlatformSet;

/// In which build of the folder a file takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// The package itself.
    InPackage,
    /// A `_test.go` file of the package: it sees the package and the other test files.
    Test,
    /// A `_test.go` file of package p_test: it sees the others of that package.
    ExternalTest,
    /// No part of the package (`//go:build ignore`, a leading `_`): it sees itself only.
    Ignored,
}

/// What is known of a file before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDescriptor {
    /// As it is shown to people.
    pub path: String,
    /// The last element of the path.
    pub name: String,
    /// Where it takes part in a build.
    pub platforms: PlatformSet,
    /// The name in its package clause; none where that is broken.
    pub package_name: Option<String>,
    /// In which build it takes part.
    pub kind: FileKind,
}

/// Where a package's files come from. The answers must not change during the life of the package.
pub trait PackageSource: Send + Sync {
    /// The Go files of the folder, in an order that does not change from run to run.
    fn files(&self) -> &[FileDescriptor];
    /// The bytes of a file; none if it can't be read.
    fn read(&self, file: usize) -> Option<Arc<[u8]>>;
    /// As an importer writes it; none for loose files.
    fn import_path(&self) -> Option<&str>;
}

/// The files of one folder and what was found out about them. Shared by all checks of its files.
pub struct Package {
    source: Arc<dyn PackageSource>,
}

impl Package {
    /// A package of which nothing was read yet.
    pub fn new(source: Arc<dyn PackageSource>) -> Arc<Package> {
        Arc::new(Package { source })
    }

    /// The files of the folder, as the source describes them.
    pub fn files(&self) -> &[FileDescriptor] {
        self.source.files()
    }
}
