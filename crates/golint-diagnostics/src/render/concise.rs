//! `path:line:column: rule: message`, one line per finding: what editors and `grep` read. Never a second line.

use std::io::{self, Write};

use super::{position, qualified_message};
use crate::source_text::SourceTexts;
use crate::{Report, escape};

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        let place = position::describe(texts, &diagnostic.primary.location);
        writeln!(out, "{place}: {}: {}", escape::word(&diagnostic.rule), qualified_message(diagnostic))?;
    }
    Ok(())
}
