//! JSON lines: each finding as [`super::json`] has it, then one line with the version and the numbers, which says that
//! the run came to its end.

use std::io::{self, Write};

use super::RenderOptions;
use super::json::{JsonDiagnostic, write_numbers};
use crate::Report;
use crate::source_text::SourceTexts;

pub(super) fn render(
    report: &Report,
    texts: &mut SourceTexts<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        serde_json::to_writer(&mut *out, &JsonDiagnostic::new(diagnostic, texts))?;
        out.write_all(b"\n")?;
    }
    out.write_all(b"{\"version\":1,")?;
    write_numbers(report, options, out)?;
    out.write_all(b"}\n")
}
