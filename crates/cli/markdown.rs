//! A rule's documentation for the terminal.

use std::fmt::Write;

use termimad::crossterm::style::Color;
use termimad::{FmtText, MadSkin};

/// Renders Markdown to this width, with or without colours.
pub(crate) fn render(markdown: &str, width: usize, color: bool) -> String {
    let mut skin = if color { MadSkin::default() } else { MadSkin::no_style() };
    if color {
        skin.set_headers_fg(Color::Cyan);
    }
    for header in &mut skin.headers {
        header.align = termimad::Alignment::Left;
    }
    let mut out = String::new();
    for part in parts(markdown) {
        match part {
            // Code is never wrapped: it would be other code.
            Part::Code(lines) => {
                out.push('\n');
                lines.iter().for_each(|line| _ = writeln!(out, "{}", format!("    {line}").trim_end()));
                out.push('\n');
            }
            Part::Prose(text) => {
                let lines: Vec<&str> = text.lines().collect();
                for block in lines.chunk_by(|a, b| !is_prose(a) && !is_prose(b)) {
                    let (prose, text) = (is_prose(block[0]), block.join("\n"));
                    let text = FmtText::from(&skin, &text, (!prose).then_some(width)).to_string();
                    let text = text.strip_suffix('\n').unwrap_or(&text);
                    let text = if prose { wrap(text, width) } else { text.to_owned() };
                    text.split('\n').for_each(|line| _ = writeln!(out, "{}", line.trim_end()));
                }
            }
        }
    }
    out
}

/// Whether a line is of a paragraph or a list. Titles, tables and quotations are termimad's to wrap.
fn is_prose(line: &str) -> bool {
    !line.trim_start().starts_with(['#', '|', '>'])
}

/// Breaks a rendered line at blanks and nowhere else. (termimad takes the end of each style for a place to break, so that a
/// bracket would part from the code in it.) What follows in an item of a list stands below its text.
fn wrap(line: &str, width: usize) -> String {
    let seen: String = pieces(line).map(|(_, text)| text).collect();
    let indent = seen.chars().take_while(|c| matches!(c, ' ' | '•')).count();
    let (mut out, mut column, mut styles) = (String::new(), 0, Vec::<&str>::new());
    for (number, word) in line.split(' ').enumerate() {
        let length = pieces(word).map(|(_, text)| text.chars().count()).sum::<usize>();
        if number > 0 && column + 1 + length > width && column > indent {
            // What is painted must not be the margin.
            let reset = if styles.is_empty() { "" } else { "\u{1b}[0m" };
            _ = write!(out, "{reset}\n{}", " ".repeat(indent));
            styles.iter().for_each(|code| _ = write!(out, "\u{1b}[{code}m"));
            column = indent + length;
        } else {
            let blank = if number > 0 { " " } else { "" };
            out.push_str(blank);
            column += blank.len() + length;
        }
        out.push_str(word);
        for (code, _) in pieces(word) {
            match code {
                None => {}
                Some("" | "0") => styles.clear(),
                Some("39") => styles.retain(|code| !code.starts_with("38")),
                Some("49") => styles.retain(|code| !code.starts_with("48")),
                Some(code) => styles.push(code),
            }
        }
    }
    out
}

/// The texts of a rendered line, each with the code of the style before it.
fn pieces(line: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    line.split("\u{1b}[").enumerate().map(|(number, piece)| match piece.split_once('m').filter(|_| number > 0) {
        Some((code, text)) => (Some(code), text),
        None => (None, piece),
    })
}

#[derive(Debug, PartialEq)]
enum Part<'m> {
    /// With each paragraph and list item on one line: a line break within one means a space in Markdown, but a new line
    /// to termimad.
    Prose(String),
    /// The lines between two fences.
    Code(Vec<&'m str>),
}

fn parts(markdown: &str) -> Vec<Part<'_>> {
    let mut parts = vec![Part::Prose(String::new())];
    // Whether the next line may go on with the paragraph of the last one.
    let mut open = false;
    for line in markdown.lines() {
        let content = line.trim_start();
        let is_fence = content.starts_with("```") || content.starts_with("~~~");
        match parts.last_mut() {
            Some(Part::Code(_)) if is_fence => parts.push(Part::Prose(String::new())),
            Some(Part::Code(lines)) => lines.push(line),
            _ if is_fence => parts.push(Part::Code(Vec::new())),
            Some(Part::Prose(text)) => {
                let is_prose = !content.is_empty() && is_prose(content);
                if open && is_prose && !begins_item(content) {
                    text.push(' ');
                    text.push_str(content);
                } else {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(line);
                }
                open = is_prose && !line.ends_with("  ");
                continue;
            }
            None => {}
        }
        open = false;
    }
    parts
}

/// Whether this line begins an item of a list: `- `, `* `, `+ `, `1. `.
fn begins_item(line: &str) -> bool {
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
        || after_number.len() < line.len() && after_number.starts_with(". ")
}

#[cfg(test)]
mod tests {
    use super::{Part, parts, render, wrap};

    #[test]
    fn a_paragraph_is_one_line_and_code_keeps_its_lines() {
        let source = "# Title\nfirst\nsecond\n\n- one\n  more\n- two\n2. three\n\n```go\na\n\tb\n```\nafter\nit\n";
        let expected = [
            Part::Prose("# Title\nfirst second\n\n- one more\n- two\n2. three\n".into()),
            Part::Code(vec!["a", "\tb"]),
            Part::Prose("after it".into()),
        ];
        assert_eq!(parts(source), expected);
    }

    #[test]
    fn lines_break_at_blanks_and_nowhere_else() {
        let text = "- an address kept as a number (`addr := uintptr(p)`) is\n  one; `SYS_MMAP` on 32-bit Linux is not.\n\nIt (`x y`).";
        let expected = "• an address kept as a number\n  (addr := uintptr(p)) is one;\n  SYS_MMAP on 32-bit Linux is\n  not.\n\nIt (x y).\n";
        assert_eq!(render(text, 30, false), expected);
        assert_eq!(render("- `SYS_MMAP` on it", 10, false), "• SYS_MMAP\n  on it\n");
        assert_eq!(render("a\n\n## B\n\nc\n", 10, false), "a\n\nB\n\nc\n");
        assert_eq!(render(&"x".repeat(99), 40, false), format!("{}\n", "x".repeat(99)), "a word is not broken");
    }

    #[test]
    fn a_style_ends_before_a_break_and_goes_on_behind_it() {
        let wrapped = wrap("\u{1b}[38;5;2m•\u{1b}[39m a \u{1b}[1mb cc\u{1b}[0m d", 5);
        let expected = "\u{1b}[38;5;2m•\u{1b}[39m a \u{1b}[1mb\u{1b}[0m\n  \u{1b}[1mcc\u{1b}[0m\n  d";
        assert_eq!(wrapped, expected);
    }

    #[test]
    fn code_is_not_wrapped() {
        let long = format!("x{}", " + x".repeat(60));
        assert!(render(&format!("```go\n{long}\n```\n"), 80, false).contains(&long));
    }
}
