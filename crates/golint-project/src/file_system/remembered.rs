//! Contents of files that were read before, for programs that look at the same ones again and again.
//!
//! What a file system says of a file stands for its content only if it is older than the look at it, see [`Signature`];
//! everything else is read anew.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::{FileSystem, Listing, Metadata, Signature};

/// A file system whose files are read once for each time that they change.
pub struct Remembered {
    below: Arc<dyn FileSystem>,
    /// Bytes that are kept, at most.
    limit: usize,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    files: FxHashMap<Utf8PathBuf, Content>,
    /// Of all of them.
    bytes: usize,
    /// Counts the looks.
    now: u64,
}

struct Content {
    signature: Signature,
    bytes: Arc<[u8]>,
    /// When it was last looked at.
    used: u64,
}

impl Remembered {
    /// Over `below`; at most `limit` bytes are kept.
    pub fn new(below: Arc<dyn FileSystem>, limit: usize) -> Remembered {
        Remembered { below, limit, known: Mutex::default() }
    }
}

impl FileSystem for Remembered {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
        let Some(signature) = self.below.metadata(path)?.signature else { return self.below.read(path) };
        let with_known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = with_known().get(path, signature) {
            return Ok(bytes);
        }
        let bytes = self.below.read(path)?;
        if signature.is_settled(i64::try_from(now).unwrap_or(i64::MAX)) && bytes.len() <= self.limit / 4 {
            with_known().insert(path, signature, &bytes, self.limit);
        }
        Ok(bytes)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        self.below.metadata(path)
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        self.below.read_dir(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.below.canonicalize(path)
    }
}

impl Known {
    fn get(&mut self, path: &Utf8Path, signature: Signature) -> Option<Arc<[u8]>> {
        self.now += 1;
        let content = self.files.get_mut(path)?;
        content.used = self.now;
        (content.signature == signature).then(|| Arc::clone(&content.bytes))
    }

    fn insert(&mut self, path: &Utf8Path, signature: Signature, bytes: &Arc<[u8]>, limit: usize) {
        let content = Content { signature, bytes: Arc::clone(bytes), used: self.now };
        self.bytes += bytes.len();
        let before = self.files.insert(path.to_owned(), content);
        self.bytes -= before.map_or(0, |before| before.bytes.len());
        if self.bytes > limit {
            self.forget(limit / 2);
        }
    }

    /// Those that nobody has looked at for longest go, until so many bytes are left.
    fn forget(&mut self, limit: usize) {
        let mut by_age: Vec<(u64, Utf8PathBuf)> =
            self.files.iter().map(|(path, content)| (content.used, path.clone())).collect();
        by_age.sort_unstable();
        for (_, path) in by_age {
            if self.bytes <= limit {
                break;
            }
            self.bytes -= self.files.remove(&path).map_or(0, |content| content.bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::FileKind;

    /// One file at every path, with this signature; counts how often it is read.
    struct One {
        signature: Mutex<Option<Signature>>,
        reads: AtomicUsize,
    }

    impl FileSystem for One {
        fn read(&self, _: &Utf8Path) -> io::Result<Arc<[u8]>> {
            let count = self.reads.fetch_add(1, Ordering::Relaxed);
            Ok(Arc::from(vec![count as u8; 100]))
        }

        fn metadata(&self, _: &Utf8Path) -> io::Result<Metadata> {
            let signature = *self.signature.lock().expect("nobody panicked");
            Ok(Metadata { kind: FileKind::File, len: 100, signature })
        }

        fn read_dir(&self, _: &Utf8Path) -> io::Result<Listing> {
            Ok(Listing::default())
        }

        fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
            Ok(path.to_owned())
        }
    }

    fn one(modified: i64) -> (Arc<One>, Signature) {
        let signature = Signature { len: 100, modified, changed: modified, inode: 1 };
        (Arc::new(One { signature: Mutex::new(Some(signature)), reads: AtomicUsize::new(0) }), signature)
    }

    fn first_byte(files: &Remembered, path: &str) -> u8 {
        files.read(path.into()).expect("there")[0]
    }

    #[test]
    fn what_changed_is_read_again() {
        let (below, signature) = one(1);
        let files = Remembered::new(Arc::clone(&below) as Arc<dyn FileSystem>, 1000);
        assert_eq!([first_byte(&files, "/a"), first_byte(&files, "/a")], [0, 0]);
        *below.signature.lock().expect("nobody panicked") = Some(Signature { modified: 2, ..signature });
        assert_eq!([first_byte(&files, "/a"), first_byte(&files, "/a")], [1, 1]);
        *below.signature.lock().expect("nobody panicked") = None;
        assert_eq!([first_byte(&files, "/a"), first_byte(&files, "/a")], [2, 3]);
    }

    #[test]
    fn what_was_just_written_may_be_written_once_more() {
        let (below, _) = one(i64::MAX - 1);
        let files = Remembered::new(below, 1000);
        assert_eq!([first_byte(&files, "/a"), first_byte(&files, "/a")], [0, 1]);
    }

    #[test]
    fn so_many_bytes_are_kept() {
        let (below, _) = one(1);
        let files = Remembered::new(Arc::clone(&below) as Arc<dyn FileSystem>, 400);
        for path in ["/a", "/b", "/c", "/d"] {
            first_byte(&files, path);
        }
        assert_eq!(first_byte(&files, "/a"), 0);
        // Of five, two are left: the newest, and the one that was used since.
        assert_eq!(first_byte(&files, "/e"), 4);
        assert_eq!([first_byte(&files, "/a"), first_byte(&files, "/e"), first_byte(&files, "/b")], [0, 4, 5]);
        // One that would push out all others is not kept.
        let files = Remembered::new(Arc::clone(&below) as Arc<dyn FileSystem>, 399);
        assert_ne!(first_byte(&files, "/a"), first_byte(&files, "/a"));
    }
}
