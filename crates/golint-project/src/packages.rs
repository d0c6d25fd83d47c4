//! Which Go files of a folder belong together. Looks at facts only, and at one folder at a time.

use crate::{FileFacts, Needs};

/// Files that share one package scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// As the package clauses say; none for a file whose clause is missing or broken.
    pub name: Option<String>,
    /// What holds them together.
    pub kind: PackageKind,
    /// Files that are in the package also when it is not tested, as places in the list that was given.
    pub files: Vec<usize>,
    /// The files that its test variant has in addition: `_test.go` files of the same package. Of an external test package,
    /// all its files.
    pub tests: Vec<usize>,
}

/// What holds files together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageKind {
    /// The folder's package (or one of its packages, for different platforms or tags).
    Ordinary,
    /// The external test package of the folder: its files see the package under test only through an import.
    ExternalTest,
    /// A file for itself: a `//go:build ignore` main and the like, or a file without a package name.
    Alone,
}

impl Package {
    /// All files of its test variant, those of the package itself first.
    pub fn with_tests(&self) -> impl Iterator<Item = usize> {
        self.files.iter().chain(&self.tests).copied()
    }
}

/// Groups the Go files of one folder, in the order of their first files.
///
/// Files of one folder with different package names are different packages, as go/build would see them one at a time.
/// Platforms are no reason to part: two files of a package may exclude each other.
pub fn group(files: &[&FileFacts]) -> Vec<Package> {
    let declared = |name: &str| files.iter().any(|f| !f.test && f.package_name.as_deref() == Some(name));
    let plain_main =
        files.iter().any(|f| !f.test && f.needs == Needs::Nothing && f.package_name.as_deref() == Some("main"));
    let mut packages: Vec<Package> = Vec::new();
    for (i, file) in files.iter().enumerate() {
        let alone = match file.needs {
            Needs::Nothing => false,
            Needs::IgnoreTag | Needs::Naming => true,
            // A program behind a tag of its own, in the folder of another package or of other such programs.
            Needs::CustomTag => file.package_name.as_deref() == Some("main") && !plain_main,
        };
        let kind = match file.package_name.as_deref() {
            None => PackageKind::Alone,
            Some(_) if alone => PackageKind::Alone,
            // Unless the package itself is called so (go/build: the first non-test file says).
            Some(name) if file.external_test() && !declared(name) => PackageKind::ExternalTest,
            Some(_) => PackageKind::Ordinary,
        };
        let same = |p: &&mut Package| kind != PackageKind::Alone && p.kind == kind && p.name == file.package_name;
        let place = match packages.iter_mut().find(same) {
            Some(package) => package,
            None => {
                packages.push(Package { name: file.package_name.clone(), kind, files: Vec::new(), tests: Vec::new() });
                let last = packages.len() - 1;
                &mut packages[last]
            }
        };
        let list = if file.test { &mut place.tests } else { &mut place.files };
        list.push(i);
    }
    packages
}

#[cfg(test)]
mod tests;
