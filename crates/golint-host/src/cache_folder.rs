//! The folders of the user's cache: files that only this user can have written, replaced whole, bounded in age and size.
//!
//! What stands in a cache becomes machine code or findings, so that a file counts only if nobody but this user could have
//! written it: the folder and the file belong to the user, nobody else may write them, and neither is a symbolic link.
//! Files are written under a temporary name and renamed, so that several processes can use one folder. It never looks at
//! what the files say.

#[cfg(not(unix))]
#[path = "cache_folder/portable.rs"]
mod system;
#[cfg(unix)]
#[path = "cache_folder/unix.rs"]
mod system;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How the names of files end that are not finished.
const UNFINISHED: &str = "unfinished";
/// Files that were made longer ago than this go when a new one is written, and unfinished ones after a day.
const MAX_AGE: Duration = Duration::from_secs(60 * 24 * 60 * 60);
const MAX_AGE_UNFINISHED: Duration = Duration::from_secs(24 * 60 * 60);

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

/// One folder of the cache, and the kind of files in it.
#[derive(Clone, Debug)]
pub struct CacheFolder {
    path: PathBuf,
    extension: &'static str,
    max_bytes: u64,
}

/// A file of the folder, as listings have it.
struct Entry {
    path: PathBuf,
    age: Duration,
    len: u64,
}

impl CacheFolder {
    /// The folder `name` inside the cache folder `dir`, for files with this extension that take at most `max_bytes` in all.
    /// It need not be there.
    pub fn new(dir: &Path, name: &str, extension: &'static str, max_bytes: u64) -> CacheFolder {
        CacheFolder { path: dir.join(name), extension, max_bytes }
    }

    /// Where the file with this stem stands.
    pub fn path_of(&self, stem: &str) -> PathBuf {
        self.path.join(format!("{stem}.{}", self.extension))
    }

    /// The content of a file, at most `limit` bytes of it. None: there is no such file.
    ///
    /// # Errors
    /// If it can't be read, or somebody else could have written it. The text says why, for verbose runs.
    pub fn read(&self, stem: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
        system::read(&self.path, &format!("{stem}.{}", self.extension), limit)
    }

    /// Puts a file there, all parts one after the other, or replaces it; makes the folder where it is missing.
    ///
    /// # Errors
    /// If it can't be written; the text says why, for verbose runs. A file that was there is as it was.
    pub fn write(&self, stem: &str, parts: &[&[u8]]) -> Result<(), String> {
        system::write(&self.path, &format!("{stem}.{}", self.extension), &unfinished_name(), parts)
    }

    /// Takes away all its files, and nothing else. The number of files and bytes that went.
    ///
    /// # Errors
    /// If the folder can't be read or a file in it can't be removed.
    pub fn clean(&self) -> io::Result<(u64, u64)> {
        let mut removed = (0, 0);
        for entry in self.entries()? {
            if remove(&entry.path)? {
                removed = (removed.0 + 1, removed.1 + entry.len);
            }
        }
        Ok(removed)
    }

    /// Takes away what is too old, and the oldest ones of what is too much. Looks at every file, so once is enough after
    /// many were written.
    ///
    /// # Errors
    /// If the folder can't be read or a file in it can't be removed.
    pub fn prune(&self) -> io::Result<()> {
        let mut entries = self.entries()?;
        entries.sort_by_key(|entry| entry.age);
        let mut kept = 0;
        for entry in entries {
            let unfinished = entry.path.extension().is_some_and(|extension| extension == UNFINISHED);
            let max_age = if unfinished { MAX_AGE_UNFINISHED } else { MAX_AGE };
            kept += entry.len;
            if entry.age > max_age || (kept > self.max_bytes && kept > entry.len) {
                kept -= entry.len;
                remove(&entry.path)?;
            }
        }
        Ok(())
    }

    fn entries(&self) -> io::Result<Vec<Entry>> {
        let listing = match std::fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            listing => listing?,
        };
        let mut entries = Vec::new();
        for entry in listing {
            let entry = entry?;
            let path = entry.path();
            let is_ours = path.extension().is_some_and(|e| e == self.extension || e == UNFINISHED);
            if !is_ours || !entry.file_type()?.is_file() {
                continue;
            }
            let metadata = match entry.metadata() {
                // Another process took it away.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                metadata => metadata?,
            };
            let age = metadata.modified().ok().and_then(|at| SystemTime::now().duration_since(at).ok());
            entries.push(Entry { path, age: age.unwrap_or_default(), len: metadata.len() });
        }
        Ok(entries)
    }
}

/// Says whether it was there.
fn remove(path: &Path) -> io::Result<bool> {
    match std::fs::remove_file(path) {
        // Another process was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        result => result.map(|()| true),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(dir: &Path, max_bytes: u64) -> CacheFolder {
        CacheFolder::new(dir, "things", "thing", max_bytes)
    }

    #[test]
    fn what_is_too_much_goes_the_oldest_first() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = folder(dir.path(), 250);
        let age = |stem: &str, days: u64| {
            let file = std::fs::File::options().write(true).open(folder.path_of(stem)).expect("there");
            file.set_modified(SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60)).expect("ours");
        };
        for (stem, days) in [("a", 3), ("b", 2), ("old", 61)] {
            folder.write(stem, &[&[0; 100]]).expect("written");
            age(stem, days);
        }
        folder.write("c", &[&[0; 60], &[0; 40]]).expect("written");
        folder.prune().expect("ours");
        let there = |stem: &str| folder.read(stem, 1000).expect("ours").is_some();
        assert_eq!(["a", "b", "c", "old"].map(there), [false, true, true, false]);
        // One that is too large alone stays: it was written to be read.
        folder.write("large", &[&[0; 1000]]).expect("written");
        folder.prune().expect("ours");
        assert_eq!(["a", "b", "c", "large"].map(there), [false, false, false, true]);
    }

    #[test]
    fn cleaning_takes_what_is_ours() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = folder(dir.path(), 1000);
        assert_eq!(folder.clean().expect("nothing there"), (0, 0));
        folder.write("a", &[b"1234"]).expect("written");
        std::fs::write(dir.path().join("things/notes.txt"), "mine").expect("written");
        assert_eq!(folder.clean().expect("ours"), (1, 4));
        assert!(dir.path().join("things/notes.txt").exists());
    }
}
