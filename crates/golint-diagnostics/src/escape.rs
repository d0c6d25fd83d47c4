//! Makes text from strangers (sources, paths, messages of rule packs) harmless to a terminal: control characters,
//! invisible ones and those that reorder what is shown become Go escapes. Never changes what is visible as it is.

use std::borrow::Cow;
use std::fmt::Write;

/// True if `c` must not reach a terminal as it is: C0 and C1 controls, DEL, line and paragraph separators, and format
/// characters that are invisible or reorder their neighbours ("Trojan Source", CVE-2021-42574). The joiners U+200C and
/// U+200D stay: scripts and emoji need them, and they move nothing.
pub(crate) fn is_hostile(c: char) -> bool {
    matches!(
        c,
        '\0'..='\x1f'
            | '\x7f'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Appends `c` as a Go rune literal would spell it.
pub(crate) fn push_escaped(out: &mut String, c: char) {
    let code = u32::from(c);
    match c {
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        // Writing to a String can't fail.
        _ if code < 0x80 => drop(write!(out, "\\x{code:02x}")),
        _ if code < 0x1_0000 => drop(write!(out, "\\u{code:04x}")),
        _ => drop(write!(out, "\\U{code:08x}")),
    }
}

/// For messages and labels: white space becomes one line, anything else hostile is escaped.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    rewrite(text, |out, c| match c {
        '\n' | '\t' => out.push(' '),
        // Of CRLF, the LF has made the space already or will.
        '\r' => {}
        _ => push_escaped(out, c),
    })
}

/// For notes and help: line breaks stay.
pub(crate) fn paragraph(text: &str) -> Cow<'_, str> {
    rewrite(text, |out, c| match c {
        '\n' => out.push('\n'),
        '\t' => out.push_str("    "),
        '\r' => {}
        _ => push_escaped(out, c),
    })
}

/// For paths and ids: everything hostile is escaped, line breaks included.
pub(crate) fn word(text: &str) -> Cow<'_, str> {
    rewrite(text, push_escaped)
}

fn rewrite(text: &str, replace: impl Fn(&mut String, char)) -> Cow<'_, str> {
    let Some(first) = text.find(is_hostile) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        if is_hostile(c) {
            replace(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_plain_text_alone() {
        assert!(matches!(line("naïve 日本 👩\u{200d}💻"), Cow::Borrowed(_)));
    }

    #[test]
    fn escapes_what_terminals_obey() {
        assert_eq!(line("\x1b[31mred\x07 \u{9b}2J \u{202e}evil\u{2066}"), r"\x1b[31mred\x07 \u009b2J \u202eevil\u2066");
        assert_eq!(line("tag \u{e0041}"), r"tag \U000e0041");
        assert_eq!(word("a\nb\t\rc\x7f.go"), r"a\nb\t\rc\x7f.go");
    }

    #[test]
    fn keeps_line_breaks_only_in_paragraphs() {
        assert_eq!(line("one\r\ntwo\tthree"), "one two three");
        assert_eq!(paragraph("one\r\ntwo\tthree"), "one\ntwo    three");
    }
}
