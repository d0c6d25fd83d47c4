//! The files of the cache: what they are called, how they are laid out, and that nobody believes a damaged one. It never
//! knows what the contents mean.

use camino::Utf8Path;
use golint_host::CacheFolder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::digest::Digest;

/// What every file begins with. What the rest means depends on the program that wrote it, see [`super::BUILD`].
const MAGIC: &[u8] = b"golint-rs results 1\n";
const HASH_SIZE: usize = 32;
/// Larger files are none of ours.
const MAX_FILE: u64 = 128 << 20;
/// Of all files of one kind, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// Files of one kind.
pub(super) struct Store(CacheFolder);

impl Store {
    /// Of results, by module.
    pub(super) fn of_results(cache: &Utf8Path) -> Store {
        Store(CacheFolder::new(cache.as_std_path(), "results", "results", MAX_BYTES))
    }

    /// Of the contents of files, by the folder of the module.
    pub(super) fn of_contents(cache: &Utf8Path) -> Store {
        Store(CacheFolder::new(cache.as_std_path(), "contents", "contents", MAX_BYTES))
    }

    /// What stands under this name; none where there is nothing.
    ///
    /// # Errors
    /// If what is there does not count; the text says why.
    pub(super) fn read<T: DeserializeOwned>(&self, name: Digest) -> Result<Option<T>, String> {
        let told = |why: &str| format!("{} is not used: {why}", self.0.path_of(&name.hex()).display());
        let Some(bytes) = self.0.read(&name.hex(), MAX_FILE).map_err(|why| told(&why))? else { return Ok(None) };
        let damaged = || told("the file is damaged");
        let content = bytes.strip_prefix(MAGIC).and_then(|rest| rest.split_at_checked(HASH_SIZE));
        let (hash, content) = content.ok_or_else(damaged)?;
        if blake3::hash(content).as_bytes() != hash {
            return Err(damaged());
        }
        postcard::from_bytes(content).map(Some).map_err(|_| damaged())
    }

    /// Puts it there, in the place of what was.
    ///
    /// # Errors
    /// If it can't be written; the text says why.
    pub(super) fn write(&self, name: Digest, content: &impl Serialize) -> Result<(), String> {
        let told = |why: &dyn std::fmt::Display| {
            format!("can't keep results as {}: {why}", self.0.path_of(&name.hex()).display())
        };
        let content = postcard::to_stdvec(content).map_err(|error| told(&error))?;
        if content.len() as u64 > MAX_FILE {
            return Err(told(&"there are too many"));
        }
        let hash = blake3::hash(&content);
        self.0.write(&name.hex(), &[MAGIC, hash.as_bytes(), &content]).map_err(|why| told(&why))
    }

    /// Takes away what is too old or too much.
    ///
    /// # Errors
    /// If that goes wrong; the text says why.
    pub(super) fn prune(&self) -> Result<(), String> {
        self.0.prune().map_err(|error| format!("can't take away old results: {error}"))
    }

    /// Takes everything away. The number of files and bytes that went.
    pub(super) fn clean(&self) -> std::io::Result<(u64, u64)> {
        self.0.clean()
    }
}
