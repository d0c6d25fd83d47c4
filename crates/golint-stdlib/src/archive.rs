//! The archive's bytes: a table of packages, then each package compressed by itself. The writer stands beside the reader, and
//! leaves compressing to its caller, so that nobody has to link it who only reads.
//!
//! ```text
//! magic, 12 bytes | length of the table, u32, little-endian | digest of the table, 16 bytes | table | packages
//! ```
//!
//! The table and, after decompression, a package are in postcard's format. Deflate is not the densest: brotli takes half
//! the space for the archive and gives most of it back in its decoder, which has a dictionary of its own; zstd's decoder in
//! Rust takes four times as long. This one is small, and safe code alone.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use golint_project::GoVersion;
use serde::{Deserialize, Serialize};

const MAGIC: &[u8; 12] = b"golint-std 1";
const DIGEST: usize = 16;

/// The archive can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the archive of Go's standard library is damaged: {0}; write it again with `cargo xtask std-index`, or install again"
)]
pub struct DamagedArchive(String);

/// What is written about a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Names and texts, sorted by name.
    pub files: Vec<(String, String)>,
    /// Exported names, by the minor number of the Go version since which there are: 21 for Go 1.21. Both sorted.
    pub since: Vec<(u32, Vec<String>)>,
}

#[derive(Serialize, Deserialize)]
struct Table {
    release: String,
    packages: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    /// In bytes, compressed.
    length: u32,
    /// In bytes, decompressed.
    size: u32,
    /// Of the compressed bytes.
    digest: [u8; DIGEST],
}

/// Makes an archive: of this release ("go1.26.1"), with these packages, sorted by path.
///
/// # Errors
/// Where an archive can't hold that: a release that is no version, packages that are not in order, more than 4 GiB.
pub fn pack(
    release: &str,
    packages: &[(String, Contents)],
    compress: impl Fn(&[u8]) -> Vec<u8>,
) -> Result<Vec<u8>, DamagedArchive> {
    let fault = |what: String| DamagedArchive(what);
    version_of(release)?;
    if !packages.is_sorted_by(|a, b| a.0 < b.0) {
        return Err(fault("its packages are not in order".to_owned()));
    }
    let mut table = Table { release: release.to_owned(), packages: Vec::new() };
    let mut blocks = Vec::new();
    for (path, contents) in packages {
        let plain = postcard::to_stdvec(contents).map_err(|e| fault(format!("{path}: {e}")))?;
        let block = compress(&plain);
        let number = |length: usize| u32::try_from(length).map_err(|_| fault(format!("{path} is too large")));
        table.packages.push(Entry {
            path: path.clone(),
            length: number(block.len())?,
            size: number(plain.len())?,
            digest: digest(&block),
        });
        blocks.extend(block);
    }
    let table = postcard::to_stdvec(&table).map_err(|e| fault(e.to_string()))?;
    let length = u32::try_from(table.len()).map_err(|_| fault("its table is too large".to_owned()))?;
    let parts: [&[u8]; 5] = [MAGIC, &length.to_le_bytes(), &digest(&table), &table, &blocks];
    Ok(parts.concat())
}

/// An open archive.
pub(crate) struct Archive {
    release: String,
    version: GoVersion,
    /// Sorted by path.
    slots: Vec<Slot>,
}

struct Slot {
    entry: Entry,
    block: &'static [u8],
    package: OnceLock<Result<Package, DamagedArchive>>,
}

/// A package, decompressed.
pub(crate) struct Package {
    /// Sorted by name.
    files: Vec<(String, Arc<[u8]>)>,
    since: HashMap<String, u32>,
}

impl Archive {
    pub(crate) fn open(bytes: &'static [u8]) -> Result<Archive, DamagedArchive> {
        let fault = |what: &str| DamagedArchive(what.to_owned());
        let short = || fault("it ends too early");
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| fault("its first bytes are another format's"))?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
        let (expected, rest) = rest.split_first_chunk::<DIGEST>().ok_or_else(short)?;
        let (table, mut rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(short)?;
        if digest(table) != *expected {
            return Err(fault("its table is not what was written"));
        }
        let table: Table = postcard::from_bytes(table).map_err(|e| fault(&format!("its table: {e}")))?;
        let mut slots = Vec::with_capacity(table.packages.len());
        for entry in table.packages {
            let (block, after) = rest.split_at_checked(entry.length as usize).ok_or_else(short)?;
            rest = after;
            slots.push(Slot { entry, block, package: OnceLock::new() });
        }
        if !rest.is_empty() {
            return Err(fault("something follows its end"));
        }
        if !slots.is_sorted_by(|a, b| a.entry.path < b.entry.path) {
            return Err(fault("its packages are not in order"));
        }
        Ok(Archive { version: version_of(&table.release)?, release: table.release, slots })
    }

    pub(crate) fn release(&self) -> &str {
        &self.release
    }

    pub(crate) fn version(&self) -> GoVersion {
        self.version
    }

    /// The paths of all packages, sorted.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().map(|slot| &*slot.entry.path)
    }

    /// The paths of the packages below a folder, sorted; for "" all but itself.
    pub(crate) fn below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let start = self.slots.partition_point(|slot| slot.entry.path <= prefix);
        let paths = self.slots[start..].iter().map(|slot| &*slot.entry.path);
        paths.take_while(move |path| path.starts_with(&prefix))
    }

    /// Whether a package is at this path, or below it.
    pub(crate) fn has_folder(&self, path: &str) -> bool {
        self.slot(path).is_some() || self.below(path).next().is_some()
    }

    fn slot(&self, path: &str) -> Option<&Slot> {
        let index = self.slots.binary_search_by(|slot| slot.entry.path.as_str().cmp(path)).ok()?;
        self.slots.get(index)
    }

    /// The package at this path, if there is one.
    pub(crate) fn package(&self, path: &str) -> Option<Result<&Package, DamagedArchive>> {
        let slot = self.slot(path)?;
        Some(slot.package.get_or_init(|| slot.unpack()).as_ref().map_err(Clone::clone))
    }
}

impl Slot {
    fn unpack(&self) -> Result<Package, DamagedArchive> {
        let fault = |what: String| DamagedArchive(format!("{}: {what}", self.entry.path));
        if digest(self.block) != self.entry.digest {
            return Err(fault("it is not what was written".to_owned()));
        }
        let plain = miniz_oxide::inflate::decompress_to_vec_with_limit(self.block, self.entry.size as usize)
            .map_err(|e| fault(e.to_string()))?;
        let contents: Contents = postcard::from_bytes(&plain).map_err(|e| fault(e.to_string()))?;
        if !contents.files.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(fault("its files are not in order".to_owned()));
        }
        let files = contents.files.into_iter().map(|(name, text)| (name, text.into_bytes().into())).collect();
        let since = contents.since.into_iter();
        let since = since.flat_map(|(minor, names)| names.into_iter().map(move |name| (name, minor))).collect();
        Ok(Package { files, since })
    }
}

impl Package {
    /// Names and contents, sorted by name.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(name, content)| (&**name, content))
    }

    pub(crate) fn file(&self, name: &str) -> Option<&Arc<[u8]>> {
        let index = self.files.binary_search_by(|(n, _)| n.as_str().cmp(name)).ok()?;
        self.files.get(index).map(|(_, content)| content)
    }

    /// The minor number of the version since which it exports a name.
    pub(crate) fn since(&self, name: &str) -> Option<u32> {
        self.since.get(name).copied()
    }
}

fn version_of(release: &str) -> Result<GoVersion, DamagedArchive> {
    release.parse().map_err(|e| DamagedArchive(format!("it does not say its version: {e}")))
}

fn digest(bytes: &[u8]) -> [u8; DIGEST] {
    let mut short = [0; DIGEST];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..DIGEST]);
    short
}

#[cfg(test)]
mod tests;
