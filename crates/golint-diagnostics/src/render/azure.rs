//! Logging commands of Azure Pipelines, `##vso[task.logissue …]`, which become the issues of a build ("Logging commands" in
//! Azure DevOps' documentation). The escaping is that of azure-pipelines-task-lib's taskcommand: `%AZP25`, `%0D`, `%0A`,
//! and in properties `%5D` and `%3B`. A command is one line, whatever is in names and messages: no second one can be begun.
//! The service knows errors and warnings; all that is less is a warning.

use std::io::{self, Write};

use super::{file_name, position, whole_message};
use crate::source_text::SourceTexts;
use crate::{Report, Severity, escape};

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        let kind = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning | Severity::Info | Severity::Hint => "warning",
        };
        let path = diagnostic.path();
        write!(out, "##vso[task.logissue type={kind};sourcepath={}", property(&file_name(path)))?;
        if let Some(at) = position::line_column(texts, path, diagnostic.span().start) {
            write!(out, ";linenumber={};columnnumber={}", at.line, at.column)?;
        }
        let message = whole_message(diagnostic, texts, "\n");
        writeln!(out, ";code={}]{}", property(&escape::word(&diagnostic.rule)), data(&message))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
