//! One change for each file, under the name that leads through no link: `git apply` writes through none. Asks the file
//! system where names lead, and never looks into a file.

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::FileSystem;
use golint_project::path::below;
use rustc_hash::FxHashMap;

use super::Change;

/// Gives each change the name of the file that links lead to, where that is below the working folder; everything else
/// keeps its name, as a patch can't name it anyway. Of changes that do the same to one file the first stays. Two that
/// differ both stay: only one of them can be written.
pub(super) fn settle(changes: Vec<Change>, files: &dyn FileSystem, working_folder: &Utf8Path) -> Vec<Change> {
    let real = |path: &Utf8Path| files.canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let working_folder = real(working_folder);
    let mut settled: Vec<Change> = Vec::new();
    let mut places: FxHashMap<Utf8PathBuf, Vec<usize>> = FxHashMap::default();
    for mut change in changes {
        let file = real(&change.path);
        let name = below(&working_folder, &file);
        let places = places.entry(file).or_default();
        let is_same = |other: &Change| other.before == change.before && other.after == change.after;
        if places.iter().any(|&place| is_same(&settled[place])) {
            continue;
        }
        if let Some(name) = name {
            change.shown = name.into();
        }
        places.push(settled.len());
        settled.push(change);
    }
    settled
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use golint_project::Disk;

    use super::*;

    #[test]
    fn links_are_followed_where_they_lead_below_the_working_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir_all(root.join("w/sub")).unwrap();
        for file in ["w/real.go", "w/sub/deep.go", "outside.go"] {
            fs::write(root.join(file), "old").unwrap();
        }
        symlink("../real.go", root.join("w/sub/link.go")).unwrap();
        symlink("sub", root.join("w/folder")).unwrap();
        symlink("../outside.go", root.join("w/out.go")).unwrap();
        // The working folder may be reached through a link itself.
        symlink("w", root.join("v")).unwrap();
        let change = |path: &str, after: &str| Change {
            path: root.join("v").join(path),
            shown: path.into(),
            before: b"old".as_slice().into(),
            after: after.as_bytes().into(),
        };
        let settled = |changes: Vec<Change>| {
            let changes = settle(changes, &Disk, &root.join("v"));
            changes.iter().map(|change| change.shown.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(settled(vec![change("real.go", "new"), change("sub/link.go", "new")]), ["real.go"]);
        assert_eq!(settled(vec![change("folder/deep.go", "new")]), ["sub/deep.go"]);
        assert_eq!(settled(vec![change("out.go", "new"), change("gone.go", "new")]), ["out.go", "gone.go"]);
        assert_eq!(settled(vec![change("real.go", "one"), change("sub/link.go", "two")]), ["real.go", "real.go"]);
    }
}
