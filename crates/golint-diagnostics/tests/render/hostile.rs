//! Files, paths and messages that are out to get the terminal.

use golint_diagnostics::{Applicability, Diagnostic, Format, Label, Location, RenderOptions, Span};
use insta::assert_snapshot;

use crate::fixture::{Memory, edit, fix, plain, rendered, report};

/// All that is not JSON, where escapes are the reader's business.
const FORMATS: [Format; 8] = [
    Format::Text,
    Format::Concise,
    Format::Github,
    Format::Checkstyle,
    Format::Junit,
    Format::Azure,
    Format::Teamcity,
    Format::Markdown,
];

/// What a terminal might obey or a reader overlook.
const NASTY: &str = "\x1b[2J\x07\x08\x7f\u{9b}31m\u{202e}\u{2066}\u{200b}\0\r";

#[track_caller]
fn assert_harmless(out: &str) {
    let bad = |c: char| {
        (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
    };
    assert!(!out.contains(bad), "{}", out.escape_debug());
}

#[test]
fn nothing_raw_from_anywhere() {
    let path = format!("a{NASTY}\n\t.go");
    let sources = Memory::with(&[(&path, format!("x {NASTY}y {NASTY}\n").as_bytes())]);
    let mut diagnostic =
        Diagnostic::new(format!("rule{NASTY}"), sources.find(&path, "y", 0), format!("message{NASTY}\n"));
    diagnostic.primary.message = NASTY.into();
    diagnostic
        .labels
        .push(Label::new(Location::new(format!("gone{NASTY}"), Span::new(3, 4)), format!("label{NASTY}\nb")));
    diagnostic.labels.push(Label::new(sources.find(&path, "x", 0), format!("label{NASTY}\nb")));
    diagnostic.notes.push(format!("note{NASTY}\nb\tc"));
    diagnostic.help = Some(NASTY.into());
    diagnostic.platforms.push(NASTY.into());
    diagnostic.fixes.push(fix(NASTY, Applicability::Safe, vec![edit(sources.find(&path, "y", 0), NASTY)]));
    for format in FORMATS {
        assert_harmless(&plain(format, vec![diagnostic.clone()], &sources));
    }
}

#[test]
fn escape_sequences_and_bidi_overrides_are_shown() {
    let sources = Memory::with(&[("a.go", "\tif s == \"\x1b[31m\u{202e}\" { evil() }\n".as_bytes())]);
    let diagnostic = Diagnostic::new("rule", sources.find("a.go", "evil()", 0), "message");
    assert_snapshot!(plain(Format::Text, vec![diagnostic], &sources), @r#"
    warning[rule]: message
      ┌─ a.go:1:23
      │
    1 │     if s == "\x1b[31m\u202e" { evil() }
      │                                ^^^^^^
    "#);
}

#[test]
fn invalid_utf8_does_not_shift_labels() {
    let sources = Memory::with(&[("a.go", b"\tx := \"\xff\xfe\xe2\x82\" + name\n")]);
    let mut diagnostic = Diagnostic::new("rule", sources.find("a.go", "name", 0), "message");
    diagnostic.labels.push(Label::new(Location::new("a.go", Span::new(8, 9)), "a byte"));
    assert_snapshot!(plain(Format::Text, vec![diagnostic], &sources), @r#"
    warning[rule]: message
      ┌─ a.go:1:16
      │
    1 │     x := "���" + name
      │            -     ^^^^
      │            │      
      │            a byte
    "#);
}

#[test]
fn a_label_inside_of_a_character() {
    let sources = Memory::with(&[("a.go", "👍👍 x\n".as_bytes())]);
    let diagnostic = Diagnostic::new("rule", Location::new("a.go", Span::new(5, 6)), "message");
    assert_snapshot!(plain(Format::Text, vec![diagnostic], &sources), @"
    warning[rule]: message
      ┌─ a.go:1:6
      │
    1 │ 👍👍 x
      │   ^^
    ");
}

#[test]
fn byte_order_mark_and_carriage_returns() {
    let sources = Memory::with(&[("a.go", b"\xef\xbb\xbfpackage a\r\nx\ry\r\n")]);
    let first = Diagnostic::new("rule", sources.find("a.go", "package", 0), "message");
    let second = Diagnostic::new("rule", sources.find("a.go", "y", 0), "message");
    assert_snapshot!(plain(Format::Text, vec![first, second], &sources), @r"
    warning[rule]: message
      ┌─ a.go:1:4
      │
    1 │ package a
      │ ^^^^^^^

    warning[rule]: message
      ┌─ a.go:2:3
      │
    2 │ x\ry
      │    ^
    ");
}

#[test]
fn spans_out_of_bounds_and_backwards() {
    let sources = Memory::with(&[("a.go", b"abc\ndef\n")]);
    let at = |start, end| Diagnostic::new("rule", Location::new("a.go", Span::new(start, end)), "message");
    let diagnostics = vec![at(2, u32::MAX), at(5, 2), at(u32::MAX, u32::MAX), at(u32::MAX, 0)];
    assert_snapshot!(plain(Format::Text, diagnostics.clone(), &sources), @"
    warning[rule]: message
      ┌─ a.go:1:3
      │  
    1 │   abc
      │ ╭───^
    2 │ │ def
      │ ╰───^

    warning[rule]: message
      ┌─ a.go:2:2
      │
    2 │ def
      │  ^

    warning[rule]: message
      ┌─ a.go:3:1
      │
    3 │ 
      │ ^

    warning[rule]: message
      ┌─ a.go:3:1
      │
    3 │ 
      │ ^
    ");
    for format in Format::ALL {
        plain(format, diagnostics.clone(), &sources);
    }
}

/// A minified file: one line of a megabyte, with thousands of findings.
#[test]
fn a_very_long_line_is_cut() {
    let line = "ab(\"é\");".repeat(120_000);
    let sources = Memory::with(&[("a.go", line.as_bytes())]);
    let diagnostics: Vec<Diagnostic> = (0..2000_u32)
        .map(|i| {
            let start = i * 500;
            let mut diagnostic = Diagnostic::new("rule", Location::new("a.go", Span::new(start, start + 2)), "message");
            diagnostic.labels.push(Label::new(Location::new("a.go", Span::new(900_000, 900_100)), "elsewhere"));
            let at = Location::new("a.go", Span::empty(start));
            diagnostic.fixes.push(fix("insert", Applicability::Safe, vec![edit(at, "new ")]));
            diagnostic
        })
        .collect();
    // Whatever reads the line once per finding takes minutes here.
    for format in Format::ALL {
        let out = rendered(format, &report(diagnostics.clone()), &sources, &RenderOptions::default());
        assert!(out.len() < 2000 * 4000, "{format}: {} bytes", out.len());
    }
    let one = plain(Format::Text, diagnostics[700..701].to_vec(), &sources);
    assert_snapshot!(one, @r#"
    warning[rule]: message
      ┌─ a.go:1:350001
      │
    1 │ …("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");…"é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");…
      │                                                       ^^                                                                                                                             ----------------------------------------------------------------------------------------- elsewhere
      │
      = fix: insert
        1 │ - …ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é"…
          │ + …ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é")new ;ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é");ab("é"…
    "#);
}

/// A label over a whole big file, and very many labels.
#[test]
fn big_and_many_labels() {
    let body: String = (0..200_000).map(|i| format!("line {i}\n")).collect();
    let sources = Memory::with(&[("a.go", body.as_bytes())]);
    let mut diagnostic = Diagnostic::new("rule", Location::new("a.go", Span::new(3, body.len() as u32)), "message");
    for i in 0..5000 {
        diagnostic.labels.push(Label::new(Location::new("a.go", Span::new(i * 9, i * 11 + 2)), format!("label {i}")));
    }
    let out = plain(Format::Text, vec![diagnostic], &sources);
    assert!(out.lines().count() < 400, "{} lines", out.lines().count());
    assert!(out.contains("4976 more places are not shown"), "{out}");
}
