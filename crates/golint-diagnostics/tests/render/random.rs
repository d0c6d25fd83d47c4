//! Random bytes and spans: no format panics, and nothing but line feeds (and SGR sequences, where colours are on) gets
//! through of the characters below U+0020.

use golint_diagnostics::patch::{DiffStyle, apply_fixes, unified_diff};
use golint_diagnostics::{
    Applicability, Confidence, Diagnostic, Edit, Fix, Format, Label, Location, RenderOptions, Span,
};
use proptest::prelude::*;

use crate::fixture::{Memory, rendered, report};

/// Bytes with many line ends, tabs, and pieces of characters.
fn source() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => any::<u8>().prop_map(|byte| vec![byte]),
        4 => "[a-z ]{1,12}".prop_map(String::into_bytes),
        2 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
        2 => Just(b"\n".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        1 => Just(b"\t".to_vec()),
        1 => Just(b"\x1b[31m\x07".to_vec()),
        1 => "[a-zé]{150,400}".prop_map(String::into_bytes),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        8 => (0..600_u32, 0..80_u32).prop_map(|(start, len)| Span::new(start, start + len)),
        1 => (0..600_u32).prop_map(Span::empty),
        1 => any::<(u32, u32)>().prop_map(|(start, end)| Span::new(start, end)),
    ]
}

fn location() -> impl Strategy<Value = Location> {
    (prop::sample::select(vec!["a.go", "b\x1b.go", "gone.go"]), span())
        .prop_map(|(path, span)| Location::new(path, span))
}

fn label() -> impl Strategy<Value = Label> {
    (location(), any::<String>()).prop_map(|(location, message)| Label { location, message })
}

fn fix() -> impl Strategy<Value = Fix> {
    let edit = (location(), any::<String>()).prop_map(|(location, text)| Edit { location, text });
    let kind = prop::sample::select(Applicability::ALL.to_vec());
    (any::<String>(), kind, prop::collection::vec(edit, 0..4)).prop_map(|(title, applicability, edits)| Fix {
        title,
        applicability,
        edits,
    })
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let lists = (prop::collection::vec(label(), 0..5), prop::collection::vec(fix(), 0..3));
    (any::<String>(), label(), any::<String>(), lists).prop_map(|(message, primary, note, (labels, fixes))| {
        let mut diagnostic = Diagnostic::new(note.clone(), primary.location.clone(), message);
        diagnostic.primary = primary;
        diagnostic.labels = labels;
        diagnostic.confidence = Confidence::Likely;
        diagnostic.help = Some(note.clone());
        diagnostic.notes = vec![note];
        diagnostic.fixes = fixes;
        diagnostic
    })
}

/// `text` without `ESC [ digits and semicolons m`.
fn without_sgr(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        out.push_str(rest.strip_prefix('m').expect("a sequence that is no SGR"));
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_format_panics_or_leaks(a in source(), b in source(), diagnostics in prop::collection::vec(diagnostic(), 1..4)) {
        let sources = Memory::with(&[("a.go", &a), ("b\x1b.go", &b)]);
        let report = report(diagnostics);
        for format in Format::ALL {
            for color in [false, true] {
                let options = RenderOptions { color, ..RenderOptions::default() };
                let out = String::from_utf8(rendered(format, &report, &sources, &options)).unwrap();
                let out = if color { without_sgr(&out) } else { out };
                prop_assert!(!out.contains(|c: char| c < ' ' && c != '\n'), "{format}: {}", out.escape_debug());
            }
        }
    }

    #[test]
    fn text_shows_every_finding(a in source(), diagnostics in prop::collection::vec(diagnostic(), 1..4)) {
        let sources = Memory::with(&[("a.go", &a)]);
        let count = diagnostics.len();
        let out = rendered(Format::Text, &report(diagnostics), &sources, &RenderOptions::default());
        let out = String::from_utf8(out).unwrap();
        prop_assert_eq!(out.lines().filter(|line| line.starts_with("warning")).count(), count, "{}", out);
    }

    /// Applied fixes give what each of their edits says, and their diff is made of both files' lines.
    #[test]
    fn fixes_and_diffs(a in source(), fixes in prop::collection::vec(fix(), 0..6)) {
        let patched = apply_fixes("a.go", &a, &fixes);
        let all = patched.applied.len() + patched.skipped.len();
        prop_assert_eq!(all, fixes.len());
        if patched.applied.is_empty() {
            prop_assert_eq!(&patched.bytes, &a);
        }
        let mut out = Vec::new();
        unified_diff("a.go", &a, &patched.bytes, DiffStyle::Exact, &mut out).unwrap();
        prop_assert_eq!(out.is_empty(), a == patched.bytes);
        prop_assert_eq!(apply_diff(&a, &out), patched.bytes);
    }
}

/// What `patch` does, for one file.
fn apply_diff(old: &[u8], diff: &[u8]) -> Vec<u8> {
    let mut old = old.split_inclusive(|&byte| byte == b'\n').enumerate().peekable();
    let mut new: Vec<u8> = Vec::new();
    let mut lines = diff.split_inclusive(|&byte| byte == b'\n').skip(2).peekable();
    while let Some(line) = lines.next() {
        let open = lines.peek().is_some_and(|next| next.starts_with(b"\\"));
        let text = if open { &line[1..line.len() - 1] } else { &line[1..] };
        match line[0] {
            b'@' => {
                let header = String::from_utf8_lossy(line);
                let range = header.split(' ').nth(1).unwrap().trim_start_matches('-').to_owned();
                let (start, empty) = range.strip_suffix(",0").map_or((range.as_str(), false), |start| (start, true));
                let start: usize = start.split(',').next().unwrap().parse().unwrap();
                let first = if empty { start } else { start - 1 };
                while let Some((_, line)) = old.next_if(|(i, _)| *i < first) {
                    new.extend_from_slice(line);
                }
            }
            b' ' => {
                assert_eq!(old.next().unwrap().1, text);
                new.extend_from_slice(text);
            }
            b'-' => assert_eq!(old.next().unwrap().1, text),
            b'+' => new.extend_from_slice(text),
            b'\\' => {}
            other => panic!("no line of a diff begins with {other}"),
        }
    }
    old.for_each(|(_, line)| new.extend_from_slice(line));
    new
}
