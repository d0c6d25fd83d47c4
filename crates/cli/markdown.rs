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
    FmtText::from(&skin, markdown, Some(width)).to_string()
}
