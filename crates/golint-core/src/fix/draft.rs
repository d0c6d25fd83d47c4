//! Files as they are to be: laid over those that were checked, to be checked again, and written only when all is done.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use golint_project::{FileSystem, Overlay, Project};

use super::{Change, names};
use crate::{Snapshot, Target};

/// Changes of files, in memory.
pub(super) struct Draft<'s> {
    snapshot: &'s Snapshot,
    overlay: Overlay,
    project: Arc<Project>,
    changes: BTreeMap<usize, Change>,
}

impl<'s> Draft<'s> {
    pub(super) fn new(snapshot: &'s Snapshot) -> Self {
        let overlay = Overlay::new(Arc::clone(&snapshot.files));
        Draft { snapshot, overlay, project: Arc::clone(&snapshot.project), changes: BTreeMap::new() }
    }

    /// Changes a file, given by its place in the project, from what it was to what it is now. What is to be checked again.
    pub(super) fn put(&mut self, file: usize, before: Arc<[u8]>, after: Vec<u8>) -> Target {
        let after: Arc<[u8]> = after.into();
        let entry = &self.snapshot.project.files[file];
        self.overlay.insert(entry.path.clone(), Arc::clone(&after));
        let buffer = &mut Arc::make_mut(&mut self.project).files[file];
        (buffer.len, buffer.signature) = (after.len() as u64, None);
        let new = || Change {
            path: entry.path.clone(),
            shown: entry.display.as_str().into(),
            before,
            after: Arc::clone(&after),
        };
        self.changes.entry(file).or_insert_with(new).after = Arc::clone(&after);
        Target { path: entry.path.clone(), named: true }
    }

    /// The files as they are now.
    pub(super) fn now(&self) -> Snapshot {
        let files: Arc<dyn FileSystem> = Arc::new(self.overlay.clone());
        Snapshot { files, project: Arc::clone(&self.project) }
    }

    /// What is to be written, sorted by path.
    pub(super) fn changes(mut self, working_folder: &Utf8Path) -> Vec<Change> {
        // Changes that take each other back leave nothing to write.
        self.changes.retain(|_, change| change.before != change.after);
        let mut changes: Vec<Change> = self.changes.into_values().collect();
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        names::settle(changes, &*self.snapshot.files, working_folder)
    }
}
