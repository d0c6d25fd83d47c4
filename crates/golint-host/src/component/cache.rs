//! The per-user cache of compiled components, each with its pack's answer to `describe`.
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
use crate::manifest::raw::RawManifest;

/// The folder of compiled components inside the cache folder.
const FOLDER: &str = "packs";
const EXTENSION: &str = "pack";
/// Of all entries, in bytes.
const MAX_BYTES: u64 = 1 << 30;
/// What every entry begins with. The number rises when the layout changes.
const MAGIC: &[u8] = b"golint-rs compiled pack 1\n";
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

/// What is kept of a pack.
pub(super) struct Entry {
    pub(super) manifest: RawManifest,
    /// What `Component::serialize` gave, verified.
    pub(super) compiled: Vec<u8>,
}

/// The name of an entry.
pub(super) struct Key(String);

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
        let mut bytes = match self.folder.read(&key.0, MAX_ENTRY) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Err(Miss::Absent),
            Err(why) => return Err(ignored(why)),
        };
        let damaged = || ignored("the file is damaged".into());
        let content = bytes.strip_prefix(MAGIC).and_then(|rest| rest.split_at_checked(HASH_SIZE));
        let (hash, content) = content.ok_or_else(damaged)?;
        if Sha256::digest(content).as_slice() != hash {
            return Err(damaged());
        }
        let (length, rest) = content.split_first_chunk::<8>().ok_or_else(damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
        let manifest = rest.get(..length).and_then(|json| serde_json::from_slice(json).ok()).ok_or_else(damaged)?;
        bytes.drain(..MAGIC.len() + HASH_SIZE + 8 + length);
        Ok(Entry { manifest, compiled: bytes })
    }

    /// Keeps an entry. The error is for verbose runs.
    pub(super) fn put(&self, key: &Key, manifest: &RawManifest, compiled: &[u8]) -> Result<(), String> {
        let failed = |e: &dyn std::fmt::Display| {
            format!("can't keep a compiled pack as {}: {e}", self.folder.path_of(&key.0).display())
        };
        let json = serde_json::to_vec(manifest).map_err(|e| failed(&e))?;
        let length = (json.len() as u64).to_le_bytes();
        let mut hash = Sha256::new();
        for part in [&length[..], &json, compiled] {
            hash.update(part);
        }
        let hash = hash.finalize();
        let parts = [MAGIC, hash.as_slice(), &length, &json, compiled];
        self.folder.write(&key.0, &parts).map_err(|e| failed(&e))?;
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
