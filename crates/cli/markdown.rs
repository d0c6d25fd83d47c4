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
                let text = FmtText::from(&skin, &text, Some(width)).to_string();
                text.lines().for_each(|line| _ = writeln!(out, "{}", line.trim_end()));
            }
        }
    }
    out
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
                let is_prose = !content.is_empty() && !content.starts_with(['#', '|', '>']);
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
    use super::{Part, parts, render};

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
    fn code_is_not_wrapped() {
        let long = format!("x{}", " + x".repeat(60));
        assert!(render(&format!("```go\n{long}\n```\n"), 80, false).contains(&long));
    }
}
