//! Writes fixed files: each whole or not at all. The one place of the engine that changes a Go file on disk.

use std::fs;
use std::io::{self, Write};
use std::sync::Arc;

use super::Change;

/// A file that could not be written; it is as it was.
#[derive(Debug, thiserror::Error)]
#[error("can't write {shown}: {cause}")]
pub struct WriteError {
    /// As people are shown it.
    pub shown: Arc<str>,
    /// What went wrong.
    pub cause: WriteCause,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteCause {
    /// The system refuses.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is not what was checked any more.
    #[error("it was changed while it was checked; run again")]
    Changed,
}

/// Writes the changes to disk. Each file is written beside its place and then renamed, so that it is there whole at any
/// time; its owner, group and permissions stay, and a link is followed to the file that it names. Its other hard links
/// keep the old text. What is not as it was when it was checked is left alone.
pub fn write(changes: &[Change]) -> Vec<WriteError> {
    let failed = |change: &Change| {
        let error = write_one(change).err()?;
        Some(WriteError { shown: Arc::clone(&change.shown), cause: error })
    };
    changes.iter().filter_map(failed).collect()
}

fn write_one(change: &Change) -> Result<(), WriteCause> {
    let path = fs::canonicalize(&change.path)?;
    let metadata = fs::metadata(&path)?;
    // A pipe would be read for ever.
    if !metadata.is_file() {
        return Err(WriteCause::Changed);
    }
    let now = fs::read(&path)?;
    // The file has several names, and was written under another one.
    if *now == *change.after {
        return Ok(());
    }
    if *now != *change.before {
        return Err(WriteCause::Changed);
    }
    let permissions = metadata.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only").into());
    }
    let folder = path.parent().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    // Without the name that it would have had, which tells nobody anything.
    let refused = |error: io::Error| {
        io::Error::new(error.kind(), format!("{} can't be written to: {}", folder.display(), error.kind()))
    };
    let mut file = tempfile::Builder::new().prefix(".golint-").tempfile_in(folder).map_err(refused)?;
    file.as_file_mut().write_all(&change.after)?;
    #[cfg(unix)]
    keep_owner(file.as_file(), &metadata)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Gives the new file the owner and group of the old one. Comes before its permissions, which a change of owner cuts.
#[cfg(unix)]
fn keep_owner(new: &fs::File, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let fresh = new.metadata()?;
    if (fresh.uid(), fresh.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(new, Some(old.uid()), Some(old.gid())).map_err(|error| {
        let (kind, uid, gid) = (error.kind(), old.uid(), old.gid());
        io::Error::new(
            kind,
            format!("it would lose its owner and group, {uid}:{gid}, which can't be given to it: {kind}"),
        )
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

    use camino::{Utf8Path, Utf8PathBuf};

    use super::*;

    fn change(path: Utf8PathBuf, before: &str, after: &str) -> Change {
        Change { path, shown: "x.go".into(), before: before.as_bytes().into(), after: after.as_bytes().into() }
    }

    #[test]
    fn links_and_permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let (file, link) = (root.join("real.go"), root.join("link.go"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o754)).unwrap();
        symlink("real.go", &link).unwrap();
        assert!(write(&[change(link.clone(), "old", "new")]).is_empty());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o754);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(root).unwrap().count(), 2, "nothing is left behind");
    }

    /// Only root can give files away, so that others see no more than their own owner kept.
    #[test]
    fn owner_group_and_special_bits_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = Utf8Path::from_path(folder.path()).unwrap().join("x.go");
        fs::write(&file, "old").unwrap();
        let given_away = chown(&file, Some(1234), Some(2345)).is_ok();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o6750)).unwrap();
        let before = fs::metadata(&file).unwrap();
        assert_eq!((before.uid(), before.gid()) == (1234, 2345), given_away);
        assert!(write(&[change(file.clone(), "old", "new")]).is_empty());
        let after = fs::metadata(&file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!((before.uid(), before.gid(), before.mode()), (after.uid(), after.gid(), after.mode()));
    }

    #[test]
    fn other_hard_links_keep_the_old_text() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let (file, other) = (root.join("x.go"), root.join("other"));
        fs::write(&file, "old").unwrap();
        fs::hard_link(&file, &other).unwrap();
        assert!(write(&[change(file.clone(), "old", "new")]).is_empty());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::read_to_string(&other).unwrap(), "old");
    }

    #[test]
    fn a_file_with_two_names_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let (file, link) = (root.join("real.go"), root.join("link.go"));
        fs::write(&file, "old").unwrap();
        symlink("real.go", &link).unwrap();
        assert!(write(&[change(link.clone(), "old", "new"), change(file.clone(), "old", "new")]).is_empty());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        // Two names, two opinions: the second is about a file that is not there any more.
        let errors = write(&[change(link, "new", "one"), change(file, "new", "two")]);
        assert!(matches!(errors[..], [WriteError { cause: WriteCause::Changed, .. }]), "{errors:?}");
    }

    #[test]
    fn what_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = Utf8Path::from_path(folder.path()).unwrap().join("x.go");
        fs::write(&file, "newer").unwrap();
        let socket = file.with_file_name("socket.go");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(matches!(write(&[change(socket, "", "new")])[..], [WriteError { cause: WriteCause::Changed, .. }]));
        let errors = write(&[change(file.clone(), "old", "new"), change(file.with_file_name("gone.go"), "", "")]);
        assert_eq!(errors[0].to_string(), "can't write x.go: it was changed while it was checked; run again");
        assert!(matches!(errors[1].cause, WriteCause::Io(_)));
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
    }

    #[test]
    fn read_only_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = Utf8Path::from_path(folder.path()).unwrap().join("x.go");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        assert_eq!(write(&[change(file.clone(), "old", "new")])[0].to_string(), "can't write x.go: it is read-only");
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    }
}
