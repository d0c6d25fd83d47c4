//! Tests of the module above.

use super::*;
use crate::testing::{HERE, World, lines};

const MODULE: (&str, &str) = ("go.mod", "module m\n\ngo 1.22\n");
const CONFIGURATION: (&str, &str) = ("golint.toml", "select = [\"numbers\", \"unused-suppression\"]\n");

/// What becomes of one file, and what is left to report.
#[track_caller]
fn check(before: &str, level: FixLevel, after: &str, left: &[&str]) -> Fixed {
    let fixed = World::new(&[MODULE, CONFIGURATION, ("a.go", before)]).fix(level);
    let now = fixed.changes.first().map_or(before.as_bytes(), |change| &change.after);
    assert_eq!(String::from_utf8_lossy(now), after);
    assert_eq!(lines(&fixed.outcome), left);
    fixed
}

#[test]
fn rounds_go_on_until_nothing_changes() {
    let fixed = check("package p\n\nvar x = 1\n", FixLevel::Safe, "package p\n\nvar x = 3\n", &[]);
    assert_eq!(fixed.applied, 2, "one a round");
    assert_eq!(fixed.changes[0].path, format!("{HERE}/a.go"));
    assert_eq!(&*fixed.changes[0].shown, "a.go");
    assert_eq!(&*fixed.changes[0].before, b"package p\n\nvar x = 1\n");
    assert_eq!(fixed.outcome.counters.walked, 1);
}

#[test]
fn rounds_end_where_fixes_take_each_other_back() {
    let fixed = check(
        "package p\n\nvar x = 40\n",
        FixLevel::Safe,
        "package p\n\nvar x = 40\n",
        &["a.go:19: numbers: number 40"],
    );
    assert_eq!((fixed.applied, fixed.changes.len()), (ROUNDS, 0));
}

#[test]
fn unsafe_fixes_wait_to_be_asked_for() {
    let source = "package p\n\nvar x = 7\n";
    check(source, FixLevel::Safe, source, &["a.go:19: numbers: number 7"]);
    check(source, FixLevel::Unsafe, "package p\n\nvar x = 8\n", &[]);
}

#[test]
fn what_would_break_the_file_is_left() {
    let source = "package p\n\nvar x, y = 9, 1\n";
    check(source, FixLevel::Safe, "package p\n\nvar x, y = 9, 3\n", &["a.go:22: numbers: number 9"]);
}

#[test]
fn line_ends_and_byte_order_mark_stay() {
    let source = "\u{feff}package p\r\n\r\nvar x = 5\r\n";
    check(source, FixLevel::Safe, "\u{feff}// five\r\npackage p\r\n\r\nvar x = 6\r\n", &[]);
}

#[test]
fn suppressed_findings_are_not_fixed_and_unused_directives_are() {
    let source = "package p\n\nvar x = 1 //nolint:numbers\nvar y = 0 //nolint:numbers\n";
    check(source, FixLevel::Safe, "package p\n\nvar x = 1 //nolint:numbers\nvar y = 0\n", &[]);
}

#[test]
fn other_files_keep_their_findings() {
    let files = [MODULE, CONFIGURATION, ("a.go", "package p\n\nvar x = 7\n"), ("b/b.go", "package b\n\nvar x = 1\n")];
    let fixed = World::new(&files).fix(FixLevel::Safe);
    assert_eq!(lines(&fixed.outcome), ["a.go:19: numbers: number 7"]);
    assert_eq!(fixed.outcome.report.summary.files, 2);
    assert_eq!(fixed.changes.len(), 1);
}
