//! The per-user cache of compiled components, and of what their packs said of themselves.
//!
//! What stands in an entry becomes machine code: [`CacheFolder`] sees to it that nobody but this user can have written it,
//! and the content has the hash that was stored with it. Anything else is ignored, told in verbose runs, and made anew.
//! The cache is a help: that it can't be read or written never fails a run.

use std::hash::{Hash, Hasher};
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};
use wasmtime::Engine;

use crate::cache_folder::CacheFolder;

/// The folder of compiled components inside the cache folder.
const FOLDER: &str = "packs";
const EXTENSION: &str = "pack";
/// Of all entries, in bytes.
const MAX_BYTES: u64 = 1 << 30;
/// What every entry begins with. The number rises when the layout changes.
const MAGIC: &[u8] = b"golint-rs pack 2\n";
const HASH_SIZE: usize = 32;
/// Larger files are no entries.
const MAX_ENTRY: u64 = 512 << 20;

/// Removes the compiled components in this cache folder, and nothing else. The number of files and bytes removed.
pub fn clean_cache(dir: &Path) -> io::Result<(u64, u64)> {
    folder(dir).clean()
}

fn folder(dir: &Path) -> CacheFolder {
    CacheFolder::new(dir, FOLDER, EXTENSION, MAX_BYTES)
}

/// A cache in some folder.
pub(super) struct Cache {
    folder: CacheFolder,
    /// Tells what machine code the engine makes and takes.
    engine: [u8; HASH_SIZE],
}

/// What an entry holds, verified.
pub(super) struct Entry(Vec<u8>);

impl Entry {
    pub(super) fn content(&self) -> &[u8] {
        &self.0[MAGIC.len() + HASH_SIZE..]
    }
}

/// The name of an entry.
#[derive(Clone)]
pub(super) struct Key(String);

impl Key {
    /// The name of what the pack with this key answered to a question.
    pub(super) fn answer(&self, question: &[u8]) -> Key {
        let question = Sha256::digest(question);
        // Half of it: the name of a file has an end, and nobody gains by two questions with one hash.
        Key(format!("{}-{}", self.0, hex(&question[..HASH_SIZE / 2])))
    }
}

/// Why there is no entry.
pub(super) enum Miss {
    /// There never was one.
    Absent,
    /// There is something that does not count; for verbose runs.
    Ignored(String),
}

impl Cache {
    pub(super) fn new(dir: &Path, engine: &Engine) -> Cache {
        let mut hasher = HashInto(Sha256::new());
        engine.precompile_compatibility_hash().hash(&mut hasher);
        (std::env::consts::ARCH, std::env::consts::OS, env!("CARGO_PKG_VERSION")).hash(&mut hasher);
        Cache { folder: folder(dir), engine: hasher.0.finalize().into() }
    }

    /// The key of the component with these bytes, under this version of the contract.
    pub(super) fn key(&self, component: &[u8], contract: &str) -> Key {
        let mut hash = Sha256::new();
        hash.update(self.engine);
        hash.update(contract);
        hash.update(Sha256::digest(component));
        Key(hex(&hash.finalize()))
    }

    /// The entry, if there is one that counts.
    pub(super) fn get(&self, key: &Key) -> Result<Entry, Miss> {
        let ignored = |why: String| Miss::Ignored(format!("{}: {why}", self.folder.path_of(&key.0).display()));
        let bytes = match self.folder.read(&key.0, MAX_ENTRY) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(Miss::Absent),
            Err(why) => return Err(ignored(why)),
        };
        let sealed = bytes.strip_prefix(MAGIC).and_then(|rest| rest.split_at_checked(HASH_SIZE));
        match sealed {
            Some((hash, content)) if Sha256::digest(content).as_slice() == hash => Ok(Entry(bytes)),
            _ => Err(ignored("the file is damaged".into())),
        }
    }

    /// Keeps an entry. The error is for verbose runs.
    pub(super) fn put(&self, key: &Key, content: &[u8]) -> Result<(), String> {
        let failed = |e: &dyn std::fmt::Display| {
            format!("can't keep a compiled pack as {}: {e}", self.folder.path_of(&key.0).display())
        };
        let hash = Sha256::digest(content);
        self.folder.write(&key.0, &[MAGIC, hash.as_slice(), content]).map_err(|e| failed(&e))?;
        self.folder.prune().map_err(|e| failed(&e))
    }
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lets what only implements `Hash` go into a hash without collisions.
struct HashInto(Sha256);

impl Hasher for HashInto {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
