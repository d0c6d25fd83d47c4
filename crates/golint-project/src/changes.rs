//! What changed from one state of files to another, read from a unified diff: which files, which lines, and where a line was
//! before.

mod names;
mod patch;

use std::collections::HashMap;
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

/// Changes of files, each with its path before and after.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    files: Vec<FileChange>,
    /// By the path after it.
    by_path: HashMap<Utf8PathBuf, usize>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Where it was; none for a new one.
    pub before: Option<Utf8PathBuf>,
    /// Where it is; none for one that is gone.
    pub after: Option<Utf8PathBuf>,
    /// Runs of lines that changed, in order; all of them, if it is new.
    hunks: Vec<Hunk>,
    /// Whether the diff does not show what changed in it, as that of a binary file: all may be new.
    is_hidden: bool,
}

/// Lines that took the place of others: numbers from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk {
    before: Range<u32>,
    after: Range<u32>,
    removed: Vec<u8>,
    added: Vec<u8>,
}

/// What can't be understood in a diff.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct PatchError {
    /// From 1.
    pub line: usize,
    /// A sentence without a full stop.
    pub what: &'static str,
}

impl Changes {
    /// Reads a unified diff, as git and other programs write it; `place` turns a name in it into an absolute path.
    ///
    /// # Errors
    /// Where it breaks off or has parts that are no diff.
    pub fn parse(diff: &[u8], place: &dyn Fn(&str) -> Utf8PathBuf) -> Result<Changes, PatchError> {
        let mut reader = patch::Reader::new(diff)?;
        let mut changes = Changes::default();
        while let Some(change) = reader.file(place)? {
            changes.add(change);
        }
        Ok(changes)
    }

    /// Adds what became of one more file.
    pub fn add(&mut self, change: FileChange) {
        if let Some(path) = &change.after {
            self.by_path.insert(path.clone(), self.files.len());
        }
        self.files.push(change);
    }

    /// All of them, in the order of the diff.
    pub fn files(&self) -> &[FileChange] {
        &self.files
    }

    /// What became of the file that is here now; none if it did not change.
    pub fn of(&self, path: &Utf8Path) -> Option<&FileChange> {
        self.by_path.get(path).map(|&place| &self.files[place])
    }
}

impl FileChange {
    /// Of a file that was not there before.
    pub fn created(path: Utf8PathBuf) -> FileChange {
        FileChange { before: None, after: Some(path), hunks: Vec::new(), is_hidden: false }
    }

    /// Whether any of these lines, numbered from 1, is new or was changed.
    pub fn touches(&self, lines: Range<u32>) -> bool {
        let overlaps = |hunk: &Hunk| hunk.after.start + 1 < lines.end && lines.start < hunk.after.end + 1;
        self.before.is_none() || self.is_hidden || self.hunks.iter().any(overlaps)
    }

    /// The number that a line, from 1, had before; none if it is new or was changed.
    pub fn line_before(&self, line: u32) -> Option<u32> {
        self.before.as_ref().filter(|_| !self.is_hidden)?;
        let index = line.checked_sub(1)?;
        let hunk = self.hunks.partition_point(|hunk| hunk.after.end <= index);
        if self.hunks.get(hunk).is_some_and(|hunk| hunk.after.start <= index) {
            return None;
        }
        // All lines between two hunks move by the same.
        let (before, after) = match hunk.checked_sub(1).map(|last| &self.hunks[last]) {
            Some(last) => (last.before.end, last.after.end),
            None => (0, 0),
        };
        Some(before + (index - after) + 1)
    }

    /// The content before the change, from the one after it. Whether a line ends in CRLF or LF makes no difference: git writes
    /// diffs of files as `core.autocrlf` has them. Of a change that is not shown, nothing can be undone.
    ///
    /// # Errors
    /// The first line, from 1, that is not as the diff has it.
    pub fn undone(&self, after: &[u8]) -> Result<Vec<u8>, u32> {
        let lines: Vec<&[u8]> = after.split_inclusive(|&byte| byte == b'\n').collect();
        let (mut content, mut next) = (Vec::with_capacity(after.len()), 0);
        for hunk in &self.hunks {
            let (start, end) = (hunk.after.start as usize, hunk.after.end as usize);
            let kept = lines.get(next..start).ok_or(hunk.after.start + 1)?;
            let added = lines.get(start..end).ok_or(hunk.after.start + 1)?;
            let wanted = hunk.added.split_inclusive(|&byte| byte == b'\n');
            if !added.iter().map(|line| without_carriage_return(line)).eq(wanted.map(without_carriage_return)) {
                return Err(hunk.after.start + 1);
            }
            content.extend(kept.concat());
            content.extend(&hunk.removed);
            next = end;
        }
        content.extend(lines.get(next..).unwrap_or_default().concat());
        Ok(content)
    }
}

fn without_carriage_return(line: &[u8]) -> Vec<u8> {
    match line.strip_suffix(b"\r\n") {
        Some(text) => [text, b"\n"].concat(),
        None => line.to_vec(),
    }
}

#[cfg(test)]
mod tests;
