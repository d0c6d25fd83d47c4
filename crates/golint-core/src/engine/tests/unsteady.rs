//! Files that vanish, close or grow while the run goes on, after it was found out that they are there.

use std::sync::Mutex;

use super::*;
use crate::FixLevel;

/// Files some of which are no more what they were when the run began.
fn world(files: &[(&str, &str)]) -> World {
    let reads: Mutex<BTreeMap<String, usize>> = Mutex::default();
    let below = World::new(&[&[MODULE], files].concat()).files;
    let unsteady = Altered::over(below).reading(move |below, path| {
        let name = path.file_name().unwrap_or_default().to_owned();
        let mut reads = reads.lock().unwrap();
        let before = reads.entry(name.clone()).or_default();
        *before += 1;
        match (name.as_str(), *before) {
            ("vanished.go", _) | ("once.go", 2..) => Err(io::Error::from(io::ErrorKind::NotFound)),
            ("closed.go", _) => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
            ("grown.go", _) => Ok([&*below.read(path)?, &[b' '; 1_000][..]].concat().into()),
            _ => below.read(path),
        }
    });
    World::over(unsteady, HERE.into())
}

#[test]
fn files_that_go_away_are_told_and_the_others_are_checked() {
    let outcome = world(&[
        ("golint.toml", "max-file-size = 500\n"),
        ("a.go", GOTO),
        ("closed.go", GOTO),
        ("grown.go", GOTO),
        ("vanished.go", GOTO),
    ])
    .check();
    let why = |file: &str, rule: &str, words: &str| format!("{file}:0: {rule}: this file {words}");
    assert_eq!(
        lines(&outcome),
        [
            "a.go:26: no-goto: goto".to_owned(),
            why("closed.go", "unreadable-file", "can't be read, and is not checked: permission denied"),
            why("grown.go", "file-too-large", "is not checked: it has 1035 bytes, and `max-file-size` is 500"),
            why("vanished.go", "unreadable-file", "can't be read, and is not checked: entity not found"),
        ]
    );
    assert!(outcome.incomplete);
}

/// Nobody knows what stood in it, least of all that it declared nothing.
#[test]
fn what_a_vanished_file_declared_is_unknown() {
    let uses = ("a.go", "package p\n\nvar x = typed\n");
    let outcome = world(&[uses, ("vanished.go", "package p\n\nvar typed int32\n")]).check();
    assert_eq!(outcome.report.diagnostics.len(), 1, "{:?}", lines(&outcome));
    assert!(outcome.incomplete);
}

#[test]
fn a_file_that_vanishes_between_two_rounds_takes_no_fix_along() {
    let numbers = "package p\n\nvar x = 1\n";
    let select = ("golint.toml", "select = [\"numbers\", \"names\"]\n");
    let typed = "package p\n\nvar typed, y = 1, typed\n";
    let fixed = world(&[select, ("a.go", numbers), ("once.go", typed)]).fix(FixLevel::Safe);
    let after = fixed.changes.iter().map(|change| (&*change.shown, String::from_utf8_lossy(&change.after)));
    let after: Vec<_> = after.map(|(shown, text)| format!("{shown}: {text}")).collect();
    assert_eq!(
        after,
        [format!("a.go: {}", numbers.replace('1', "3")), format!("once.go: {}", typed.replace('1', "3"))]
    );
}
