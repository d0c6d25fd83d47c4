//! `path:line:column: rule: message`, one line per finding: what editors and `grep` read. Never a second line.
//!
//! The help of a finding is `explain`'s business. What went wrong with the run itself has no other place for it, so that
//! it stands behind the message there.

use std::io::{self, Write};

use super::{position, qualified_message};
use crate::source_text::SourceTexts;
use crate::{Report, escape};

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        let of_the_run = report.rules.iter().any(|rule| rule.of_the_run && *rule.id == *diagnostic.rule);
        let remedy = diagnostic.help.as_ref().filter(|_| of_the_run);
        let remedy = remedy.map(|help| format!("; {}", escape::line(help))).unwrap_or_default();
        let place = position::describe(texts, &diagnostic.primary.location);
        writeln!(out, "{place}: {}: {}{remedy}", escape::word(&diagnostic.rule), qualified_message(diagnostic))?;
    }
    Ok(())
}
