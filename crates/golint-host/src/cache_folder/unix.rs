//! The cache's folder on Unix: opened once without following links, its owner and rights looked at through the open
//! descriptor, files opened relative to it. So that nobody can swap anything between the look and the use.

use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, FileType, Mode, OFlags, Stat, fstat, open, openat, renameat, unlinkat};
use rustix::io::Errno;

/// Is it this user's alone? The error says why not.
#[allow(clippy::useless_conversion, reason = "the width of a mode depends on the system")]
fn check_owner(stat: &Stat, what: &str) -> Result<(), String> {
    if stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err(format!("{what} belongs to another user"));
    }
    if u32::from(stat.st_mode) & 0o022 != 0 {
        return Err(format!("{what} can be written by other users"));
    }
    Ok(())
}

/// The folder, if it is this user's alone. None: there is none.
fn open_folder(path: &Path) -> Result<Option<OwnedFd>, String> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let folder = match open(path, flags, Mode::empty()) {
        Ok(folder) => folder,
        Err(Errno::NOENT) => return Ok(None),
        // Of a link the system says that it is no folder.
        Err(_) if path.is_symlink() => return Err("the folder is a symbolic link".into()),
        Err(e) => return Err(format!("the folder can't be opened: {e}")),
    };
    let stat = fstat(&folder).map_err(|e| e.to_string())?;
    check_owner(&stat, "the folder")?;
    Ok(Some(folder))
}

/// The content of a file of this user alone. None: there is no such file.
pub(super) fn read(folder: &Path, name: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
    let Some(folder) = open_folder(folder)? else { return Ok(None) };
    // NONBLOCK: a pipe that somebody put there must not hang us.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match openat(&folder, name, flags, Mode::empty()) {
        Ok(file) => file,
        Err(Errno::NOENT) => return Ok(None),
        Err(Errno::LOOP | Errno::MLINK) => return Err("the file is a symbolic link".into()),
        Err(e) => return Err(format!("the file can't be opened: {e}")),
    };
    let stat = fstat(&file).map_err(|e| e.to_string())?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err("it is no regular file".into());
    }
    check_owner(&stat, "the file")?;
    let mut bytes = Vec::with_capacity(usize::try_from(stat.st_size).unwrap_or(0).min(64 << 20));
    File::from(file).take(limit).read_to_end(&mut bytes).map_err(|e| format!("the file can't be read: {e}"))?;
    Ok(Some(bytes))
}

/// Puts a file there at once, readable by this user alone. Makes the folder where it is missing.
pub(super) fn write(folder: &Path, name: &str, unfinished: &str, parts: &[&[u8]]) -> Result<(), String> {
    let folder = match open_folder(folder)? {
        Some(folder) => folder,
        None => {
            std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|e| e.to_string())?;
            open_folder(folder)?.ok_or("the folder is gone")?
        }
    };
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = openat(&folder, unfinished, flags, Mode::RUSR | Mode::WUSR).map_err(|e| e.to_string())?;
    let written = write_all(File::from(file), parts)
        .and_then(|()| renameat(&folder, unfinished, &folder, name).map_err(std::io::Error::from));
    written.map_err(|e| {
        // Best effort: what stays is removed when it is old.
        let _ = unlinkat(&folder, unfinished, AtFlags::empty());
        e.to_string()
    })
}

fn write_all(mut file: File, parts: &[&[u8]]) -> std::io::Result<()> {
    parts.iter().try_for_each(|part| file.write_all(part))
}
