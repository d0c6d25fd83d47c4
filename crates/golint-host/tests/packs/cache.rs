//! The cache of compiled components: what counts, and what is made anew.

use std::ffi::OsString;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

use golint_host::{CacheEnvironment, Host, HostOptions, cache_dir, clean_cache};
use sha2::{Digest, Sha256};

use crate::files::{Heard, go, load, options};
use crate::guest::{Finding, Guest};

struct Case {
    folder: tempfile::TempDir,
    component: Vec<u8>,
}

impl Case {
    /// A cache in which one pack stands.
    fn filled() -> Case {
        let case = Case {
            folder: tempfile::tempdir().expect("a folder"),
            component: Guest::new().reports(&Finding::at(0, 7)).build(),
        };
        assert_eq!(case.load(), Vec::<String>::new(), "an empty cache is nothing to tell");
        case
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("golint-rs")
    }

    /// Loads and runs the pack, and gives what the host noted.
    fn load(&self) -> Vec<String> {
        let (options, heard): (HostOptions, Heard) = options();
        let host = Host::new(HostOptions { cache_dir: Some(self.dir()), ..options }).expect("the host starts");
        let pack = load(&host, &self.component);
        assert_eq!(pack.check(&go("package p\n")).expect("a good pack").len(), 1);
        let heard = heard.lock().expect("nobody panicked");
        heard.iter().map(|(_, message)| message.clone()).collect()
    }

    /// The entries of one pack: its machine code, and what it said of itself and for its one configuration.
    fn entries(&self) -> (PathBuf, [PathBuf; 2]) {
        let entries = std::fs::read_dir(self.dir().join("packs")).expect("the folder");
        let entries = entries.map(|entry| entry.expect("readable").path());
        let is_answer =
            |path: &PathBuf| path.to_string_lossy().rsplit('/').next().is_some_and(|name| name.contains('-'));
        let (answers, code): (Vec<_>, Vec<_>) = entries.partition(is_answer);
        assert_eq!(code.len(), 1, "{code:?}");
        (code.into_iter().next().expect("one"), answers.try_into().expect("two answers"))
    }

    /// Its machine code.
    fn entry(&self) -> PathBuf {
        self.entries().0
    }

    /// Loads with a bad entry: it is told, and a good one stands there afterwards.
    fn heals(&self, word: &str) {
        let notes = self.load();
        assert!(notes.len() == 1 && notes[0].contains(word), "{word}: {notes:?}");
        assert_eq!(self.load(), Vec::<String>::new(), "after {word}");
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).expect("it is there").permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn an_entry_is_used_again() {
    let case = Case::filled();
    let entry = case.entry();
    let before = std::fs::metadata(&entry).expect("it is there").ino();
    assert_eq!(case.load(), Vec::<String>::new());
    assert_eq!(std::fs::metadata(case.entry()).expect("it is there").ino(), before, "it was not written again");
    assert_eq!((mode(&entry), mode(entry.parent().expect("a folder"))), (0o600, 0o700));
}

#[test]
fn a_damaged_entry_is_made_anew() {
    let case = Case::filled();
    let good = std::fs::read(case.entry()).expect("it is ours");
    for at in [0, 30, 60, 100, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        std::fs::write(case.entry(), &bad).expect("it is ours");
        case.heals("damaged");
    }
    for length in [0, 10, 50, 60, good.len() - 1] {
        std::fs::write(case.entry(), &good[..length]).expect("it is ours");
        case.heals("damaged");
    }
}

#[test]
fn damaged_answers_are_asked_for_again() {
    let case = Case::filled();
    for answer in case.entries().1 {
        let good = std::fs::read(&answer).expect("it is ours");
        for at in [0, 20, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            std::fs::write(&answer, &bad).expect("it is ours");
            case.heals("damaged");
            std::fs::write(&answer, &good[..at]).expect("it is ours");
            case.heals("damaged");
        }
        // Whole, and no answer to the question.
        let (magic, _) = good.split_at(good.iter().position(|byte| *byte == b'\n').expect("a first line") + 1);
        std::fs::write(&answer, [magic, &Sha256::digest(b"[7]")[..], b"[7]"].concat()).expect("it is ours");
        case.heals("invalid type");
        assert_eq!(std::fs::read(&answer).expect("it is ours"), good);
    }
}

#[test]
fn nothing_is_compiled_before_a_file_needs_it() {
    let case = Case::filled();
    let code = case.entry();
    std::fs::remove_file(&code).expect("ours");
    let (options, _) = options();
    let host = Host::new(HostOptions { cache_dir: Some(case.dir()), ..options }).expect("the host starts");
    let pack = load(&host, &case.component);
    assert!(!code.exists());
    // Many want it at once.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(pack.check(&go("package p\n")).expect("a good pack").len(), 1));
        }
    });
    assert!(code.exists());
}

#[test]
fn every_truncation_is_told() {
    let case = Case::filled();
    let good = std::fs::read(case.entry()).expect("it is ours");
    for length in (0..good.len()).step_by(1024) {
        std::fs::write(case.entry(), &good[..length]).expect("it is ours");
        let notes = case.load();
        assert!(notes.len() == 1 && notes[0].contains("damaged"), "{length}: {notes:?}");
    }
}

/// As if it had been written by another release under the same key: all of it is as it was written.
#[test]
fn an_entry_of_another_engine_is_not_run() {
    let case = Case::filled();
    let good = std::fs::read(case.entry()).expect("it is ours");
    let (magic, rest) = good.split_at(good.iter().position(|byte| *byte == b'\n').expect("a first line") + 1);
    let (_, content) = rest.split_at(32);
    // A byte for the section's version, the length of the engine's, and the engine's.
    let version = content.windows(4).position(|bytes| bytes == b"\0\x0248").expect("the engine's version");
    let mut other = content.to_vec();
    other[version + 3] = b'7';
    let sealed = |magic: &[u8], content: &[u8]| [magic, &Sha256::digest(content)[..], content].concat();
    std::fs::write(case.entry(), sealed(magic, &other)).expect("it is ours");
    case.heals("incompatible version '47'");
    // Another layout of entries.
    std::fs::write(case.entry(), sealed(b"golint-rs pack 1\n", content)).expect("it is ours");
    case.heals("damaged");
    assert!(std::fs::read(case.entry()).expect("it is ours").starts_with(magic));
}

#[test]
fn an_entry_that_others_can_write_is_ignored() {
    let case = Case::filled();
    set_mode(&case.entry(), 0o666);
    case.heals("written by other users");
    set_mode(&case.dir().join("packs"), 0o777);
    let notes = case.load();
    assert!(notes.len() == 6 && notes.iter().all(|note| note.contains("written by other users")), "{notes:?}");
}

#[test]
fn an_entry_of_another_user_is_ignored() {
    let case = Case::filled();
    // Only root can give files away; for others there is no way to get into this state.
    if chown(case.entry(), Some(12_345), None).is_err() {
        return;
    }
    case.heals("belongs to another user");
    chown(case.dir().join("packs"), Some(12_345), None).expect("root");
    let notes = case.load();
    assert!(notes.len() == 6 && notes.iter().all(|note| note.contains("belongs to another user")), "{notes:?}");
}

#[test]
fn links_are_not_followed() {
    let case = Case::filled();
    let entry = case.entry();
    let elsewhere = case.folder.path().join("elsewhere");
    std::fs::rename(&entry, &elsewhere).expect("ours");
    symlink(&elsewhere, &entry).expect("ours");
    case.heals("symbolic link");

    let packs = case.dir().join("packs");
    let moved = case.folder.path().join("moved");
    std::fs::rename(&packs, &moved).expect("ours");
    symlink(&moved, &packs).expect("ours");
    let notes = case.load();
    assert!(notes.len() == 6 && notes.iter().all(|note| note.contains("the folder is a symbolic link")), "{notes:?}");
}

#[test]
fn something_else_in_the_place_of_an_entry() {
    let case = Case::filled();
    let entry = case.entry();
    std::fs::remove_file(&entry).expect("ours");
    std::fs::create_dir(&entry).expect("ours");
    assert!(case.load().iter().any(|note| note.contains("no regular file")));
}

#[test]
fn a_cache_that_cannot_be_written_is_no_failure() {
    let case = Case::filled();
    std::fs::remove_dir_all(case.dir()).expect("ours");
    // A file where the folder should be: also for root there is no way to write into it.
    std::fs::write(case.dir(), "").expect("ours");
    let notes = case.load();
    assert!(!notes.is_empty() && notes.iter().any(|note| note.contains("can't keep")), "{notes:?}");
}

#[test]
fn other_bytes_are_another_entry() {
    let mut case = Case::filled();
    case.component = Guest::new().reports(&Finding::at(0, 8)).build();
    assert_eq!(case.load(), Vec::<String>::new());
    assert_eq!(std::fs::read_dir(case.dir().join("packs")).expect("the folder").count(), 6);
    let (files, bytes) = clean_cache(&case.dir()).expect("ours");
    assert!(files == 6 && bytes > 0);
    assert_eq!(clean_cache(&case.dir()).expect("ours"), (0, 0));
}

#[test]
fn many_at_once() {
    let case = Case {
        folder: tempfile::tempdir().expect("a folder"),
        component: Guest::new().reports(&Finding::at(0, 7)).build(),
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(case.load(), Vec::<String>::new()));
        }
    });
    assert_eq!(case.load(), Vec::<String>::new());
    case.entries();
}

#[test]
fn cleaning_takes_nothing_else() {
    let case = Case::filled();
    let mine = case.dir().join("packs").join("notes.txt");
    std::fs::write(&mine, "mine").expect("ours");
    clean_cache(&case.dir()).expect("ours");
    assert!(mine.exists());
    assert_eq!(clean_cache(Path::new("/nowhere/at/all")).expect("nothing to do"), (0, 0));
}

#[test]
fn where_the_cache_is() {
    let some = |text: &str| Some(OsString::from(text));
    let environment = CacheEnvironment { home: some("/home/me"), ..CacheEnvironment::default() };
    if cfg!(target_os = "linux") {
        assert_eq!(cache_dir(&environment), Some("/home/me/.cache/golint-rs".into()));
    }
    let environment = CacheEnvironment { xdg_cache_home: some("/caches"), ..environment };
    assert_eq!(cache_dir(&environment), Some("/caches/golint-rs".into()));
    let environment = CacheEnvironment { explicit: some("/mine"), ..environment };
    assert_eq!(cache_dir(&environment), Some("/mine".into()));
    let relative = CacheEnvironment { xdg_cache_home: some("here"), home: some(""), ..CacheEnvironment::default() };
    assert_eq!(cache_dir(&relative), None);
}
