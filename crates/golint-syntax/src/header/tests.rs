//! Tables of heads. What is expected of constraint lines was tried with go/build of Go 1.26.

use super::*;

fn imports(source: &str) -> Vec<String> {
    let shown = |i: &Import| match &i.name {
        Some(name) => format!("{name} {}", i.path),
        None => i.path.clone(),
    };
    scan(source.as_bytes()).imports.iter().map(shown).collect()
}

fn lines(source: &str) -> (Option<String>, Vec<String>) {
    let header = scan(source.as_bytes());
    for line in header.go_build.iter().chain(&header.plus_build) {
        let text = &source[line.span.start as usize..line.span.end as usize];
        assert!(text.starts_with("//") && text.ends_with(&line.text), "{text:?}");
    }
    (header.go_build.map(|l| l.text), header.plus_build.into_iter().map(|l| l.text).collect())
}

#[test]
fn package_clauses() {
    let table: &[(&str, Option<&str>)] = &[
        ("package p", Some("p")),
        ("\u{feff}package p\n", Some("p")),
        ("\r\n\r\npackage p\r\n", Some("p")),
        ("/* a */ // b\n/* c\n*/ package /* d */ p /* e */; import \"x\"", Some("p")),
        ("package\n\np", Some("p")),
        ("package größe\n", Some("größe")),
        ("package _", Some("_")),
        ("// package q\npackage p", Some("p")),
        ("/* never ends package p", None),
        ("packages p", None),
        ("package example.com/p\n\nimport \"a\"\n", None),
        ("package 9p", None),
        ("package", None),
        ("func f() {}\npackage p", None),
        ("", None),
        ("\0package p", None),
        ("/", None),
    ];
    for (source, expected) in table {
        let header = scan(source.as_bytes());
        assert_eq!(header.package_name.as_deref(), *expected, "{source:?}");
        let name = header.package_span.map(|s| &source[s.start as usize..s.end as usize]);
        assert_eq!(name, *expected, "{source:?}");
    }
}

#[test]
fn import_declarations() {
    let table: &[(&str, &[&str])] = &[
        ("package p\nimport \"a\"\nimport \"b/c\"\nvar x int\nimport \"d\"", &["a", "b/c"]),
        ("package p; import \"a\"; import b \"c\"; func f()", &["a", "b c"]),
        (
            "package p\nimport (\n\t\"a\" // one\n\t. \"b\"\n\t_ \"c\"; x `d`\n)\nimport()\nimport \"e\"",
            &["a", ". b", "_ c", "x d", "e"],
        ),
        ("package p\r\nimport (\r\n\t\"a\"\r\n)\r\n", &["a"]),
        ("package p\nimport/**/`a\r`", &["a"]),
        (r#"package p; import "a\x62\143\u0064\"\\""#, &["abcd\"\\"]),
        (r#"package p; import "a\qb\u00""#, &["a\\qb\\u00"]),
        ("package p\nimport (\"a\"\n\"never ends\n\"b\")", &["a"]),
        ("package p\nimport \"a\"\nimport 7\nimport \"b\"", &["a"]),
        ("package p\nimport (\"a\"", &["a"]),
        ("package p\nimport \"", &[]),
        ("package p\nimport `a", &[]),
        ("package p\nimport \"a\\", &[]),
        ("package p\nimporter \"a\"", &[]),
        ("import \"a\"", &[]),
        ("package p\n/* import \"a\" */\nimport größe \"b\"", &["größe b"]),
    ];
    for (source, expected) in table {
        assert_eq!(imports(source), *expected, "{source:?}");
    }
}

#[test]
fn import_spans() {
    let source = "\u{feff}package p\nimport (\n\tx  \"a\"\n\t`b`\n)\n";
    let spans: Vec<&str> =
        scan(source.as_bytes()).imports.iter().map(|i| &source[i.span.start as usize..i.span.end as usize]).collect();
    assert_eq!(spans, ["x  \"a\"", "`b`"]);
}

#[test]
fn cgo() {
    assert!(scan(b"package p\n\n// #include <x.h>\nimport \"C\"\n").imports_c);
    assert!(!scan(b"package p\n\nimport C \"c\"\n").imports_c);
}

#[test]
fn go_build_lines() {
    let table: &[(&str, Option<&str>)] = &[
        ("//go:build linux\n\npackage p", Some("linux")),
        ("//go:build linux\npackage p", Some("linux")),
        ("\u{feff}//go:build linux\npackage p", Some("linux")),
        ("  \t//go:build\t a  &&  b \t\r\npackage p", Some("a  &&  b")),
        ("// text\n\n/* block\n*/\n//go:build linux\n\npackage p", Some("linux")),
        ("//go:build\npackage p", Some("")),
        ("//go:build a\n//go:build b\npackage p", Some("a")),
        ("//go:build linux // text", Some("linux // text")),
        ("//go:buildlinux\npackage p", None),
        ("// go:build linux\npackage p", None),
        ("/*\n//go:build linux\n*/\npackage p", None),
        ("/* x */ //go:build linux\npackage p", None),
        ("/* x\n*/ //go:build linux\npackage p", None),
        ("package p\n\n//go:build linux\n", None),
        ("/**/ package p\n//go:build linux\n", None),
        ("/* never ends\n//go:build linux\n", None),
    ];
    for (source, expected) in table {
        assert_eq!(lines(source).0.as_deref(), *expected, "{source:?}");
    }
}

#[test]
fn plus_build_lines() {
    let table: &[(&str, &[&str])] = &[
        ("// +build linux\n\npackage p", &["linux"]),
        ("//+build linux\n\npackage p", &["linux"]),
        ("// +build linux,386 darwin\r\n// +build cgo\r\n\r\npackage p", &["linux,386 darwin", "cgo"]),
        ("// text\n\n//\t+build\tlinux\n// text\n\n\n// text\npackage p", &["linux"]),
        ("// +build\n\npackage p", &[""]),
        ("// +build linux\npackage p", &[]),
        ("// +build linux\n// text\npackage p", &[]),
        ("// +build a\n\n// +build b\npackage p", &["a"]),
        ("/* block */\n// +build linux\n\npackage p", &[]),
        ("// +build linux\n/* block */\n\npackage p", &[]),
        ("// +build linux\n\n/* block */\npackage p", &["linux"]),
        ("// +buildlinux\n\npackage p", &[]),
        ("// + build linux\n\npackage p", &[]),
        ("package p\n\n// +build linux\n\n", &[]),
        ("// +build linux", &[]),
        ("// +build linux\n\n", &["linux"]),
    ];
    for (source, expected) in table {
        assert_eq!(lines(source).1, *expected, "{source:?}");
    }
}

#[test]
fn generated_files() {
    let table: &[(&str, bool)] = &[
        ("// Code generated by x. DO NOT EDIT.\npackage p", true),
        ("// Code generated by x. DO NOT EDIT.\r\npackage p", true),
        ("// Copyright\n\n// Code generated by x. DO NOT EDIT.\n\n// Package p\npackage p", true),
        ("/* x */ // Code generated by x. DO NOT EDIT.\npackage p", true),
        ("/*\n// Code generated by x. DO NOT EDIT.\n*/\npackage p", true),
        ("// Code generated  DO NOT EDIT.\npackage p", true),
        ("// Code generated DO NOT EDIT.\npackage p", false),
        ("// Code generated by x. DO NOT EDIT. \npackage p", false),
        ("//Code generated by x. DO NOT EDIT.\npackage p", false),
        ("// code generated by x. DO NOT EDIT.\npackage p", false),
        ("/* Code generated by x. DO NOT EDIT. */\npackage p", false),
        ("package p\n// Code generated by x. DO NOT EDIT.\n", false),
        ("package /*\n// Code generated by x. DO NOT EDIT.\n*/ p", false),
    ];
    for (source, expected) in table {
        assert_eq!(scan(source.as_bytes()).generated, *expected, "{source:?}");
    }
}

#[test]
fn invalid_utf8_is_replaced() {
    let header = scan(b"package p\xFF\nimport \"a\xFE\"\n");
    assert_eq!(header.package_name.as_deref(), Some("p\u{fffd}"));
    assert_eq!(header.imports[0].path, "a\u{fffd}");
}
