//! What stays from check to check while somebody edits: trees of the files that change, and what was found out about those
//! around them. No answer depends on it: it saves work, and it is known by content alone.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::FileFacts;
use golint_semantic::FileMemory;
use golint_syntax::{Parsed, Reparser};
use rustc_hash::FxHashMap;

/// Files whose trees are kept. Someone who types does so in one; changes from elsewhere come to a few.
const TREES: usize = 4;
/// Larger ones are parsed anew each time: trees can have thirty times the size of their file.
const LARGEST: usize = 512 << 10;
/// Of the sources of files around them, in bytes.
const BYTES: usize = 16 << 20;

/// What an editor's engine keeps. Shared freely.
#[derive(Default)]
pub struct Incremental {
    /// The one that was used last at the end.
    trees: Mutex<Vec<(Utf8PathBuf, Reparser)>>,
    around: Mutex<Around>,
}

#[derive(Default)]
struct Around {
    files: FxHashMap<Utf8PathBuf, (Arc<Found>, u64)>,
    /// Of all their contents.
    bytes: usize,
    /// Counts the looks.
    now: u64,
}

/// What was found out about a file by itself.
pub(crate) struct Found {
    content: Arc<[u8]>,
    /// Its place in its folder.
    index: usize,
    /// What its head says, whatever the language version.
    pub(crate) facts: OnceLock<Arc<FileFacts>>,
    pub(crate) memory: Arc<FileMemory>,
}

impl Incremental {
    /// Forgets a file that nobody edits any more. A check of it that is under way may still put it back, as one of a few.
    pub fn forget(&self, path: &Utf8Path) {
        self.trees.lock().unwrap_or_else(PoisonError::into_inner).retain(|(known, _)| known != path);
    }

    /// Parses a file, of which an earlier state may be known.
    pub(crate) fn parse(&self, path: &Utf8Path, source: &[u8]) -> Parsed {
        if source.len() > LARGEST {
            return golint_syntax::parse(source);
        }
        let with_trees = || self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        let take = |trees: &mut Vec<(Utf8PathBuf, Reparser)>| {
            let place = trees.iter().position(|(known, _)| known == path)?;
            Some(trees.remove(place).1)
        };
        // Not held while it parses; two that parse one file at once both do it right.
        let mut reparser = take(&mut with_trees()).unwrap_or_default();
        let parsed = reparser.parse(source);
        let mut trees = with_trees();
        take(&mut trees);
        trees.push((path.to_owned(), reparser));
        let surplus = trees.len().saturating_sub(TREES);
        trees.drain(..surplus);
        parsed
    }

    /// What is known of a file with this content, at this place in its folder.
    pub(crate) fn found(&self, path: &Utf8Path, index: usize, content: &Arc<[u8]>) -> Arc<Found> {
        let mut around = self.around.lock().unwrap_or_else(PoisonError::into_inner);
        around.now += 1;
        let now = around.now;
        if let Some((found, used)) = around.files.get_mut(path)
            && found.index == index
            && (Arc::ptr_eq(&found.content, content) || found.content == *content)
        {
            *used = now;
            return Arc::clone(found);
        }
        let found = Found { content: Arc::clone(content), index, facts: OnceLock::new(), memory: Arc::default() };
        let found = Arc::new(found);
        around.insert(path, &found);
        found
    }
}

impl Around {
    fn insert(&mut self, path: &Utf8Path, found: &Arc<Found>) {
        self.bytes += found.content.len();
        let before = self.files.insert(path.to_owned(), (Arc::clone(found), self.now));
        self.bytes -= before.map_or(0, |(before, _)| before.content.len());
        if self.bytes <= BYTES {
            return;
        }
        // Half of them go, so that this is seldom.
        let mut by_age: Vec<(u64, Utf8PathBuf)> =
            self.files.iter().map(|(path, (_, used))| (*used, path.clone())).collect();
        by_age.sort_unstable();
        for (_, path) in by_age {
            if self.bytes <= BYTES / 2 {
                break;
            }
            self.bytes -= self.files.remove(&path).map_or(0, |(found, _)| found.content.len());
        }
    }
}
