//! The Go distribution: where it is, and where its packages are. Asks no go command.

use camino::{Utf8Path, Utf8PathBuf};

use super::environment::GoEnvironment;
use super::{has_go_files, inside, is_below};
use crate::{FileSystem, GoVersion};

/// Where distributions are put by the installers of go.dev, Debian, Fedora, Arch and Homebrew, and by `golang.org/dl`.
const USUAL: [&str; 8] = [
    "/usr/local/go",
    "/usr/lib/go",
    "/usr/lib/golang",
    "/usr/share/go",
    "/opt/homebrew/opt/go/libexec",
    "/usr/local/opt/go/libexec",
    "/snap/go/current",
    "C:/Program Files/Go",
];

/// A distribution with sources.
pub(super) struct Standard {
    /// Its root.
    root: Utf8PathBuf,
}

impl Standard {
    /// The one that is installed, or the one in the module cache for which a `toolchain` line asks, if that is newer.
    pub(super) fn locate(
        files: &dyn FileSystem,
        environment: &GoEnvironment,
        toolchain: Option<&str>,
    ) -> Option<Standard> {
        let is_there = |root: &Utf8PathBuf| files.is_dir(&root.join("src/unsafe"));
        let installed = candidates(files, environment).find(is_there);
        let wanted = toolchain.and_then(|name| name.strip_prefix("go")).and_then(release);
        let has = installed.as_ref().and_then(|root| version_of(files, root));
        if let (Some(name), Some(wanted)) = (toolchain, wanted)
            && has.is_none_or(|has| has < wanted)
            && let Some(copy) = of_toolchain(files, environment, name).filter(is_there)
        {
            return Some(Standard { root: copy });
        }
        installed.map(|root| Standard { root })
    }

    pub(super) fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The folder of a package: of the distribution's modules, std and cmd, also of what they vendor, where one of them is
    /// the importer.
    pub(super) fn find(&self, files: &dyn FileSystem, importer: &Utf8Path, path: &str) -> Option<Utf8PathBuf> {
        let source = self.root.join("src");
        let of_std = super::is_standard(path).then(|| source.join(path));
        let vendor = if is_below(importer, &source.join("cmd")) {
            Some(source.join("cmd/vendor").join(path))
        } else {
            is_below(importer, &source).then(|| source.join("vendor").join(path))
        };
        // What is vendored may be named in full.
        let in_full = inside("vendor", path).map(|rest| source.join("vendor").join(rest));
        of_std.into_iter().chain(vendor).chain(in_full).find(|folder| has_go_files(files, folder))
    }
}

/// Folders that may be a distribution, the likeliest first.
fn candidates<'e>(
    files: &'e dyn FileSystem,
    environment: &'e GoEnvironment,
) -> impl Iterator<Item = Utf8PathBuf> + use<'e> {
    let go = if cfg!(windows) { "go.exe" } else { "go" };
    // Links lead to where it is.
    let on_path = environment.path.iter().filter_map(move |folder| {
        let program = files.canonicalize(&folder.join(go)).ok()?;
        Some(program.parent()?.parent()?.to_owned())
    });
    let sdk = environment.home.iter().filter_map(|home| newest(files, &home.join("sdk")));
    let debian = newest(files, "/usr/lib".into());
    environment
        .goroot
        .clone()
        .into_iter()
        .chain(on_path)
        .chain(USUAL.into_iter().map(Utf8PathBuf::from))
        .chain(sdk)
        .chain(debian)
}

/// Of the folders go1.22.3, go-1.22 and the like in this one the newest.
fn newest(files: &dyn FileSystem, folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let entries = files.read_dir(folder).ok()?.entries;
    let version = |name: &str| release(name.strip_prefix("go-").or_else(|| name.strip_prefix("go"))?);
    let versions = entries.into_iter().filter_map(|entry| Some((version(&entry.name)?, entry.name)));
    versions.max().map(|(_, name)| folder.join(name))
}

/// Numbers of a release: 1.22.3, 1.22rc1 and 1.22, which is before 1.22.0 and its candidates.
fn release(name: &str) -> Option<(GoVersion, i64)> {
    let version: GoVersion = name.split(['-', ' ']).next()?.parse().ok()?;
    let digits = name.split('.').nth(2).unwrap_or_default();
    let patch = digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().unwrap_or(-1);
    Some((version, patch))
}

/// The version that the file VERSION of a distribution says.
fn version_of(files: &dyn FileSystem, root: &Utf8Path) -> Option<(GoVersion, i64)> {
    let version = files.read(&root.join("VERSION")).ok()?;
    let version = String::from_utf8_lossy(&version);
    release(version.lines().next()?.trim().strip_prefix("go")?)
}

/// The copy of a toolchain in the module cache, for the system that this program runs on.
///
/// Source: go.dev/doc/toolchain, "Go toolchain downloads".
fn of_toolchain(files: &dyn FileSystem, environment: &GoEnvironment, name: &str) -> Option<Utf8PathBuf> {
    let cache = environment.module_cache.as_ref()?.join("golang.org");
    let prefix = format!("toolchain@v0.0.1-{name}.");
    let entries = files.read_dir(&cache).ok()?.entries;
    entries.into_iter().find(|entry| entry.name.starts_with(&prefix)).map(|entry| cache.join(entry.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_in_order() {
        let names = ["1.21", "1.21rc2", "1.21.0", "1.21.9", "1.21.10", "1.22"];
        let releases: Vec<_> = names.iter().map(|name| release(name).expect(name)).collect();
        assert!(releases.is_sorted(), "{releases:?}");
        assert_eq!(release("1.26.8-X:nodwarf5"), Some((GoVersion::new(1, 26), 8)));
        assert_eq!(release("devel"), None);
    }
}
