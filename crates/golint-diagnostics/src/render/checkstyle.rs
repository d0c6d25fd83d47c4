//! The XML of Checkstyle's XMLLogger, which many services and editors read: files with their findings. There is no
//! published schema; the document is what XMLLogger writes, and readers such as Jenkins' analysis-model expect: `error`
//! elements with `line`, `column`, `severity` (info, warning, error), `message` and `source`, the rule.

use std::io::{self, Write};

use super::{position, whole_message, xml};
use crate::source_text::SourceTexts;
use crate::{Diagnostic, Report, Severity};

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n<checkstyle version=\"8.0\">", xml::DECLARATION)?;
    // Findings are sorted by path.
    for findings in report.diagnostics.chunk_by(|a, b| a.path() == b.path()) {
        let Some(path) = findings.first().map(Diagnostic::path) else { continue };
        writeln!(out, "  <file name=\"{}\">", xml::attribute(path))?;
        for diagnostic in findings {
            let place = match position::line_column(texts, path, diagnostic.span().start) {
                Some(at) => format!("line=\"{}\" column=\"{}\"", at.line, at.column),
                // Readers want a line; the message says the place.
                None => "line=\"1\"".to_owned(),
            };
            let severity = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "info",
            };
            let message = xml::attribute(&whole_message(diagnostic, texts, "\n"));
            let source = xml::attribute(&diagnostic.rule);
            writeln!(out, "    <error {place} severity=\"{severity}\" message=\"{message}\" source=\"{source}\"/>")?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
