//! Puts fixed files on the disk: whole or not at all, through links, with the permissions that they had. The one place
//! that writes somebody's code.

use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::Change;

/// Why a fixed file was not written. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody else wrote it while it was being checked.
    #[error("{0} changed while it was being fixed, and was left alone; run again")]
    Changed(Utf8PathBuf),
    /// The system refused.
    #[error("cannot write {path}: {error}; it was left as it is")]
    Io {
        /// Which file.
        path: Utf8PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Writes each file, and says which could not be.
pub fn write(changes: &[Change]) -> Vec<WriteError> {
    changes.iter().filter_map(|change| write_one(change).err()).collect()
}

fn write_one(change: &Change) -> Result<(), WriteError> {
    let failed = |error| WriteError::Io { path: change.path.clone(), error };
    // A link stays a link: what it leads to is written.
    let real = fs::canonicalize(&change.path).map_err(failed)?;
    let now = fs::read(&real).map_err(failed)?;
    if now == *change.after {
        // Two names of one file, and the other name came first.
        return Ok(());
    }
    if now != *change.before {
        return Err(WriteError::Changed(change.path.clone()));
    }
    let real = Utf8Path::from_path(&real)
        .ok_or_else(|| failed(io::Error::new(io::ErrorKind::InvalidInput, "its real path is not valid UTF-8")))?;
    replace(real, &change.after).map_err(failed)
}

fn replace(path: &Utf8Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("/"));
    let metadata = fs::metadata(path)?;
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let mut file = tempfile::Builder::new().prefix(".golint-fix-").tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().set_permissions(metadata.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // Only root can give a file to somebody else; everybody else owns what they may write here anyway.
        let _ = std::os::unix::fs::chown(file.path(), Some(metadata.uid()), Some(metadata.gid()));
    }
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &Utf8Path, before: &str, after: &str) -> Change {
        Change {
            path: path.to_owned(),
            shown: "a.go".into(),
            before: before.as_bytes().into(),
            after: after.as_bytes().into(),
        }
    }

    #[test]
    fn a_file_that_somebody_else_changed_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path()).expect("UTF-8").join("a.go");
        fs::write(&path, "newer").expect("a file");
        assert!(matches!(write(&[change(&path, "old", "fixed")]).as_slice(), [WriteError::Changed(_)]));
        assert_eq!(fs::read_to_string(&path).expect("a file"), "newer");
    }

    #[test]
    fn what_cannot_be_written_is_said_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path()).expect("UTF-8").join("a.go");
        fs::write(&path, "old").expect("a file");
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("permissions");
        let errors = write(&[change(&path, "old", "fixed")]);
        assert!(errors[0].to_string().contains("read-only"), "{}", errors[0]);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        assert_eq!(write(&[change(&folder_path(&folder).join("gone.go"), "old", "fixed")]).len(), 1);
    }

    fn folder_path(folder: &tempfile::TempDir) -> Utf8PathBuf {
        Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8")
    }
}
