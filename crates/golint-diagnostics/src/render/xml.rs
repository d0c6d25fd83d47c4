//! Text in XML 1.0 (fifth edition, §2.2 and §2.4). A reader gets back each character that XML can hold; what it can't
//! hold, control characters for the most part, is spelt as Go would. Whatever the text, what is written is harmless to a
//! terminal.

use std::fmt::Write;

use crate::escape;

/// The first line of a document.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// For an attribute's value, between quotes of either kind. White space is spelt out: readers make blanks of it otherwise.
pub(super) fn attribute(text: &str) -> String {
    escaped(text, false)
}

/// For what stands between tags. Line feeds stay as they are.
pub(super) fn content(text: &str) -> String {
    escaped(text, true)
}

fn escaped(text: &str, keeps_line_feeds: bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Of `]]>`, which may not stand in content.
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' if keeps_line_feeds => out.push('\n'),
            _ if !is_char(c) => escape::push_escaped(&mut out, c),
            // Writing to a String can't fail.
            _ if escape::is_hostile(c) => drop(write!(out, "&#{};", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

/// The production `Char`; Rust has no surrogates to exclude.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_spelt() {
        assert_eq!(attribute("a<b> & \"c\" 'd' ]]>"), "a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos; ]]&gt;");
    }

    #[test]
    fn white_space_survives_in_attributes() {
        assert_eq!(attribute("a\tb\r\nc d"), "a&#9;b&#13;&#10;c d");
        assert_eq!(content("a\tb\r\nc"), "a&#9;b&#13;\nc");
    }

    #[test]
    fn what_xml_can_not_hold_is_spelt_as_in_go() {
        assert_eq!(attribute("\0\x1b[m\u{b}\u{fffe}\u{ffff}"), r"\x00\x1b[m\x0b\ufffe\uffff");
    }

    #[test]
    fn what_a_terminal_would_act_upon_is_a_reference() {
        assert_eq!(attribute("\u{7f}\u{9b}\u{202e}é日"), "&#127;&#155;&#8238;é日");
    }
}
