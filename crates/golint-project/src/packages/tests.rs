//! Folders, by their files' names and heads.

use golint_syntax::header::scan;

use super::*;
use crate::GoVersion;

/// "name kind: files + tests" of each package.
fn grouped(files: &[(&str, &str)]) -> Vec<String> {
    let facts: Vec<FileFacts> =
        files.iter().map(|(name, source)| FileFacts::of(name, scan(source.as_bytes()), GoVersion::NEWEST)).collect();
    let names = |list: &[usize]| list.iter().map(|i| files[*i].0).collect::<Vec<_>>().join(" ");
    group(&facts.iter().collect::<Vec<_>>())
        .iter()
        .map(|p| {
            assert_eq!(p.with_tests().count(), p.files.len() + p.tests.len());
            format!("{} {:?}: {} + {}", p.name.as_deref().unwrap_or("?"), p.kind, names(&p.files), names(&p.tests))
        })
        .collect()
}

#[test]
fn package_and_its_tests() {
    let files = [
        ("a.go", "package p"),
        ("a_test.go", "package p"),
        ("b_linux.go", "package p"),
        ("b_windows.go", "package p"),
        ("x_test.go", "package p_test"),
        ("y_test.go", "package p_test"),
    ];
    assert_eq!(
        grouped(&files),
        ["p Ordinary: a.go b_linux.go b_windows.go + a_test.go", "p_test ExternalTest:  + x_test.go y_test.go"]
    );
}

#[test]
fn ignored_mains_are_alone() {
    let files = [
        ("a.go", "package p"),
        ("gen1.go", "//go:build ignore\n\npackage main"),
        ("gen2.go", "//go:build ignore\n\npackage main"),
        ("gen3.go", "// +build ignore\n\npackage p"),
        ("tool.go", "//go:build tool\n\npackage main"),
    ];
    assert_eq!(
        grouped(&files),
        [
            "p Ordinary: a.go + ",
            "main Alone: gen1.go + ",
            "main Alone: gen2.go + ",
            "p Alone: gen3.go + ",
            "main Alone: tool.go + ",
        ]
    );
}

#[test]
fn tags_of_a_team_part_nothing() {
    let files = [
        ("a.go", "package main"),
        ("dev.go", "//go:build dev\n\npackage main"),
        ("it_test.go", "//go:build integration\n\npackage main"),
        ("gen.go", "//go:build ignore\n\npackage main"),
    ];
    assert_eq!(grouped(&files), ["main Ordinary: a.go dev.go + it_test.go", "main Alone: gen.go + "]);
}

#[test]
fn several_names_in_one_folder() {
    let files = [
        ("a.go", "package a"),
        ("b.go", "package b"),
        ("b_test.go", "package b"),
        ("broken.go", "packag a"),
        ("doc.go", "package documentation"),
        ("empty.go", ""),
        ("_named.go", "package a"),
    ];
    assert_eq!(
        grouped(&files),
        [
            "a Ordinary: a.go + ",
            "b Ordinary: b.go + b_test.go",
            "? Alone: broken.go + ",
            "documentation Ordinary: doc.go + ",
            "? Alone: empty.go + ",
            "a Alone: _named.go + ",
        ]
    );
}

#[test]
fn package_that_is_called_like_a_test() {
    let files = [("a.go", "package p_test"), ("a_test.go", "package p_test"), ("b_test.go", "package p_test_test")];
    assert_eq!(grouped(&files), ["p_test Ordinary: a.go + a_test.go", "p_test_test ExternalTest:  + b_test.go"]);
}

#[test]
fn nothing() {
    assert!(grouped(&[]).is_empty());
}
