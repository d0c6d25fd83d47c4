//! The cache's folder where there are no Unix owners and modes: it stands in the user's profile, whose access rights the
//! system keeps. Links are not followed.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

/// The content of a file. None: there is no such file.
pub(super) fn read(folder: &Path, name: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
    let path = folder.join(name);
    let metadata = match std::fs::symlink_metadata(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(|e| format!("the file can't be opened: {e}"))?,
    };
    if !metadata.is_file() {
        return Err("it is no regular file".into());
    }
    let file = File::open(&path).map_err(|e| format!("the file can't be opened: {e}"))?;
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes).map_err(|e| format!("the file can't be read: {e}"))?;
    Ok(Some(bytes))
}

/// Puts a file there at once. Makes the folder where it is missing.
pub(super) fn write(folder: &Path, name: &str, unfinished: &str, parts: &[&[u8]]) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    let temporary = folder.join(unfinished);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary)
        .and_then(|mut file| parts.iter().try_for_each(|part| file.write_all(part)))
        .and_then(|()| std::fs::rename(&temporary, folder.join(name)));
    written.map_err(|e| {
        // Best effort: what stays is removed when it is old.
        let _ = std::fs::remove_file(&temporary);
        e.to_string()
    })
}
