//! The numbers of a report in one line, as `text` closes with and `markdown` opens with. Never a name or a message.

use crate::{Applicability, Fix, Report, Severity};

/// "3 problems in 2 files (1 error, 2 warnings); 1 suppressed; …".
pub(super) fn of(report: &Report, complete: bool) -> String {
    let files = count(report.summary.files, "file");
    let mut line = match report.summary.diagnostics {
        0 => format!("no problems found in {files}"),
        problems => format!("{} in {files}", count(problems, "problem")),
    };
    let of = |severity| report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count() as u64;
    let kinds: Vec<String> = Severity::ALL
        .into_iter()
        .filter(|&severity| of(severity) > 0)
        .map(|severity| match severity {
            Severity::Info => format!("{} info", of(severity)),
            _ => count(of(severity), severity.name()),
        })
        .collect();
    if !kinds.is_empty() {
        line.push_str(&format!(" ({})", kinds.join(", ")));
    }
    if report.summary.suppressed > 0 {
        line.push_str(&format!("; {} suppressed", report.summary.suppressed));
    }
    if let Some(known @ 1..) = report.baseline.as_ref().map(|baseline| baseline.known) {
        line.push_str(&format!("; {known} known"));
    }
    if let Some(imported @ 1..) = report.imported {
        line.push_str(&format!("; {imported} reported by other tools"));
    }
    let safe = |fix: &Fix| fix.applicability == Applicability::Safe;
    let fixable = report.diagnostics.iter().filter(|diagnostic| diagnostic.fixes.iter().any(safe)).count();
    if fixable > 0 {
        line.push_str(&format!("; {fixable} can be fixed with --fix"));
    }
    if !complete {
        line.push_str("; the run is incomplete");
    }
    line
}

/// With the plural's s.
pub(super) fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
