//! Workflow commands of GitHub Actions, which become annotations on a pull request: "Workflow commands for GitHub
//! Actions" in GitHub's documentation has the commands, actions/toolkit's `command.ts` the escaping: `%25`, `%0D`, `%0A`, and
//! in properties `%3A`, `%2C`. A command is one line, whatever is in names and messages: no second one can be begun.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{file_name, position, whole_message};
use crate::source_text::SourceTexts;
use crate::{Report, Severity, escape};

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Hint => "notice",
        };
        let (path, span) = (diagnostic.path(), diagnostic.span());
        write!(out, "::{command} file={}", property(&file_name(path)))?;
        let start = position::line_column(texts, path, span.start);
        let end = position::line_column(texts, path, span.end.max(span.start));
        if let Some(start) = start {
            write!(out, ",line={}", start.line)?;
            match end {
                // Columns are for one line only; the service refuses them otherwise.
                Some(end) if end.line == start.line => {
                    write!(out, ",endLine={},col={},endColumn={}", end.line, start.column, end.column)?;
                }
                // A span that ends before a line's first byte takes nothing of that line.
                Some(end) if end.column == 1 => write!(out, ",endLine={}", end.line - 1)?,
                Some(end) => write!(out, ",endLine={}", end.line)?,
                None => write!(out, ",col={}", start.column)?,
            }
        }
        write!(out, ",title={}::", property(&escape::word(&diagnostic.rule)))?;
        let message = whole_message(diagnostic, texts, "\n");
        writeln!(out, "{}", data(&message))?;
    }
    Ok(())
}

fn data(text: &str) -> Cow<'_, str> {
    replace(text, |c| matches!(c, '%' | '\r' | '\n'))
}

fn property(text: &str) -> Cow<'_, str> {
    replace(text, |c| matches!(c, '%' | '\r' | '\n' | ':' | ','))
}

fn replace(text: &str, special: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if special(c) {
            out.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}
