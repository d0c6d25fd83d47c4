//! The per-user cache of compiled components.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

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
    let (mut files, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let is_ours = entry.path().extension().is_some_and(|e| e == "pack");
        if is_ours && entry.file_type()?.is_file() {
            bytes += entry.metadata()?.len();
            std::fs::remove_file(entry.path())?;
            files += 1;
        }
    }
    Ok((files, bytes))
}
