//! The per-user cache of compiled components, each with its pack's answer to `describe`.
//!
//! What stands in an entry becomes machine code, so that an entry counts only if nobody but this user could have written
//! it: the folder and the file belong to the user, nobody else may write them, neither is a symbolic link, and the
//! content has the hash that was stored with it. Anything else is ignored, told in verbose runs, and made anew. The
//! cache is a help: that it can't be read or written never fails a run.
//!
//! Entries are written under a temporary name and renamed, so that several processes can use one cache.

#[cfg(not(unix))]
#[path = "cache/portable.rs"]
mod folder;
#[cfg(unix)]
#[path = "cache/unix.rs"]
mod folder;

use std::ffi::OsString;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use wasmtime::Engine;

use crate::manifest::raw::RawManifest;

/// The folder of compiled components inside the cache folder.
const FOLDER: &str = "packs";
/// How entries' names end, and those of unfinished ones.
const EXTENSION: &str = "pack";
const UNFINISHED: &str = "unfinished";
/// What every entry begins with. The number rises when the layout changes.
const MAGIC: &[u8] = b"golint-rs compiled pack 1\n";
const HASH_SIZE: usize = 32;
/// Entries that were made longer ago than this are removed when a new one is written.
const MAX_AGE: Duration = Duration::from_secs(60 * 24 * 60 * 60);
/// Larger files are no entries.
const MAX_ENTRY: u64 = 512 << 20;

/// The parts of the environment that say where a user's caches are; read by the caller.
#[derive(Clone, Debug, Default)]
pub struct CacheEnvironment {
    /// `GOLINT_RS_CACHE`: the folder itself, before everything else.
    pub explicit: Option<OsString>,
    /// `XDG_CACHE_HOME`.
    pub xdg_cache_home: Option<OsString>,
    /// `HOME`.
    pub home: Option<OsString>,
    /// `LOCALAPPDATA`, on Windows.
    pub local_app_data: Option<OsString>,
}

/// The folder for everything that golint-rs caches for this user. None: the environment names none, and nothing is
/// cached. Relative paths count as unset, as the XDG Base Directory Specification wants it.
pub fn cache_dir(environment: &CacheEnvironment) -> Option<PathBuf> {
    let absolute = |value: &Option<OsString>| value.as_ref().map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(dir) = absolute(&environment.explicit) {
        return Some(dir);
    }
    if let Some(dir) = absolute(&environment.xdg_cache_home) {
        return Some(dir.join("golint-rs"));
    }
    if cfg!(windows) {
        return absolute(&environment.local_app_data).map(|dir| dir.join("golint-rs").join("cache"));
    }
    let home = absolute(&environment.home)?;
    let caches = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    Some(home.join(caches).join("golint-rs"))
}

/// Removes the compiled components in this cache folder, and nothing else. The number of files and bytes removed.
pub fn clean_cache(dir: &Path) -> io::Result<(u64, u64)> {
    remove_entries(&dir.join(FOLDER), |_, _| true)
}

/// Removes entries and unfinished ones that `unwanted` picks by name and age.
fn remove_entries(folder: &Path, unwanted: impl Fn(&Path, Duration) -> bool) -> io::Result<(u64, u64)> {
    let (mut files, mut bytes) = (0, 0);
    let listing = match std::fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
        listing => listing?,
    };
    for entry in listing {
        let entry = entry?;
        let path = entry.path();
        let is_ours = path.extension().is_some_and(|e| e == EXTENSION || e == UNFINISHED);
        if !is_ours || !entry.file_type()?.is_file() {
            continue;
        }
        let metadata = entry.metadata()?;
        let age = metadata.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        if unwanted(&path, age.unwrap_or_default()) {
            match std::fs::remove_file(&path) {
                // Another process was faster.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                result => {
                    result?;
                    files += 1;
                    bytes += metadata.len();
                }
            }
        }
    }
    Ok((files, bytes))
}

/// A cache in some folder.
pub(super) struct Cache {
    folder: PathBuf,
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
        Cache { folder: dir.join(FOLDER), engine: hasher.0.finalize().into() }
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
        let name = format!("{}.{EXTENSION}", key.0);
        let ignored = |why: String| Miss::Ignored(format!("{}: {why}", self.folder.join(&name).display()));
        let mut bytes = match folder::read(&self.folder, &name, MAX_ENTRY) {
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
        let failed =
            |e: &dyn std::fmt::Display| format!("can't keep a compiled pack in {}: {e}", self.folder.display());
        let json = serde_json::to_vec(manifest).map_err(|e| failed(&e))?;
        let length = (json.len() as u64).to_le_bytes();
        let mut hash = Sha256::new();
        for part in [&length[..], &json, compiled] {
            hash.update(part);
        }
        let hash = hash.finalize();
        let parts = [MAGIC, hash.as_slice(), &length, &json, compiled];
        folder::write(&self.folder, &format!("{}.{EXTENSION}", key.0), &unfinished_name(), &parts)
            .map_err(|e| failed(&e))?;
        // What nobody asks for any more: earlier versions' entries, and what crashed processes left.
        let unwanted = |path: &Path, age: Duration| {
            let limit = if path.extension().is_some_and(|e| e == UNFINISHED) { MAX_AGE / 60 } else { MAX_AGE };
            age > limit
        };
        remove_entries(&self.folder, unwanted).map_err(|e| failed(&e))?;
        Ok(())
    }
}

/// A name that no other process and thread uses.
fn unfinished_name() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("{}-{count}-{now}.{UNFINISHED}", std::process::id())
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
