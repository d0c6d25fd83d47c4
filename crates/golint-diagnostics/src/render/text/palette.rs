//! Colours of the text format, as SGR sequences (ECMA-48, 8.3.117). None at all when they are off.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{LabelStyle, Severity};
use codespan_reporting::term::WriteStyle;

/// Of lines that a fix takes away.
pub(super) const REMOVED: &str = "31";
/// Of lines that a fix brings.
pub(super) const ADDED: &str = "32";

const FRAME: &str = "34";
const SECONDARY: &str = "36";

/// Writes on, and sets colours if there shall be any.
pub(super) struct Palette<'a> {
    out: &'a mut Vec<u8>,
    color: bool,
}

impl<'a> Palette<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>, color: bool) -> Self {
        Self { out, color }
    }

    fn set(&mut self, sgr: &str) -> io::Result<()> {
        // Colours replace each other: what was set before is reset by the leading 0.
        if self.color { write!(self.out, "\x1b[0;{sgr}m") } else { Ok(()) }
    }
}

/// `text` in a colour, or as it is.
pub(super) fn paint(text: &str, sgr: &str, color: bool) -> String {
    if color { format!("\x1b[{sgr}m{text}\x1b[0m") } else { text.into() }
}

fn of_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Bug | Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
        Severity::Help => "1;32",
    }
}

impl Write for Palette<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Palette<'_> {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        self.set(of_severity(severity))
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.set("1")
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(FRAME)
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
        match style {
            LabelStyle::Primary => self.set(of_severity(severity)),
            LabelStyle::Secondary => self.set(SECONDARY),
        }
    }

    fn reset(&mut self) -> io::Result<()> {
        if self.color { self.out.write_all(b"\x1b[0m") } else { Ok(()) }
    }
}
