//! The comment at a place, found without a tree: for code that somebody is typing. Reads the file up to that place.

use std::ops::Range;

use crate::lexer::Lexer;

/// The comment that holds `offset`, or ends there: `//` to the end of its line, or `/*` to `*/`. What begins a string or
/// rune that does not end is taken for code.
pub fn comment_at(source: &[u8], offset: usize) -> Option<Range<usize>> {
    let mut lexer = Lexer::new(source);
    let mut found = None;
    while lexer.position() <= offset {
        lexer.skip_space(|comment| {
            if comment.start < offset && offset <= comment.end {
                found = Some(comment);
            }
        });
        if found.is_some() || lexer.string().is_none() && !lexer.rune() && lexer.next_byte().is_none() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_what_looks_like_them() {
        for (source, expected) in [
            ("package p // a!b\nvar x", Some("// ab")),
            ("// a\n//!\n", Some("//")),
            ("//a!", Some("//a")),
            ("x := \"//a!\"", None),
            ("x := `\n//a!`", None),
            ("x := '\"' //a!", Some("//a")),
            ("x := \"\\\"\" //a!", Some("//a")),
            ("f(\"abc //a!\n", Some("//a")),
            ("/* a\n!b */ x", Some("/* a\nb */")),
            ("/* a */! x", Some("/* a */")),
            ("/* a! ", Some("/* a ")),
            ("x !// a", None),
            ("!", None),
            ("` //a!", Some("//a")),
        ] {
            let offset = source.find('!').expect("a place");
            let source = source.replace('!', "");
            let found = comment_at(source.as_bytes(), offset).map(|comment| &source[comment]);
            assert_eq!(found, expected, "{source}");
        }
    }
}
