//! A rule's documentation for the terminal.

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
    let text = FmtText::from(&skin, &joined(markdown), Some(width)).to_string();
    // Blocks of code come filled up with spaces, for a background that only colours show.
    if color { text } else { text.lines().map(|line| format!("{}\n", line.trim_end())).collect() }
}

/// The same text with each paragraph and list item on one line: a line break within one means a space in Markdown, but
/// a new line to termimad.
fn joined(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fenced = false;
    let mut open = false;
    for line in markdown.lines() {
        let content = line.trim_start();
        let fence = content.starts_with("```") || content.starts_with("~~~");
        let prose = !fenced && !fence && !content.is_empty() && !content.starts_with(['#', '|', '>']);
        if open && prose && !begins_item(content) {
            text.push(' ');
            text.push_str(content);
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
        fenced ^= fence;
        open = prose && !line.ends_with("  ");
    }
    text
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
    use super::joined;

    #[test]
    fn a_paragraph_is_one_line_and_code_keeps_its_lines() {
        let source = "# Title\nfirst\nsecond\n\n- one\n  more\n- two\n2. three\n\n```go\na\nb\n```\nafter\nit\n";
        let expected = "# Title\nfirst second\n\n- one more\n- two\n2. three\n\n```go\na\nb\n```\nafter it";
        assert_eq!(joined(source), expected);
    }
}
