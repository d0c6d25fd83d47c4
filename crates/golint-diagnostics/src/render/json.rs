//! One JSON document for programs. Its shape is a contract (`version` 1): keys are added, never renamed, and the same
//! report gives the same bytes. One finding per line, so that two runs can be compared with `diff`.
//!
//! - Lines and columns count from 1, columns in bytes; offsets from 0. Line and column are null where the source is not
//!   available.
//! - `labels` begins with the finding's own place if there is something to say about it.
//! - An edit is in the checked file; one that is not has a `path`.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::{RenderOptions, position};
use crate::source_text::SourceTexts;
use crate::{Diagnostic, Edit, Fix, Label, Report, Span, Summary};

pub(super) fn render(
    report: &Report,
    texts: &mut SourceTexts<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"{\"version\":1,\"diagnostics\":[")?;
    for (i, diagnostic) in report.diagnostics.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &JsonDiagnostic::new(diagnostic, texts))?;
    }
    out.write_all(if report.diagnostics.is_empty() { b"]," } else { b"\n]," })?;
    write_numbers(report, options, out)?;
    out.write_all(b"}\n")
}

/// The members `summary` and, if there are any, `baseline`, `imported`, `shard`, `incomplete` and `timings`.
pub(super) fn write_numbers(report: &Report, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    let Summary { files, diagnostics, suppressed } = report.summary;
    write!(out, "\"summary\":{{\"files\":{files},\"diagnostics\":{diagnostics},\"suppressed\":{suppressed}}}")?;
    if let Some(baseline) = &report.baseline {
        write!(out, ",\"baseline\":{{\"known\":{},\"vanished\":", baseline.known)?;
        serde_json::to_writer(&mut *out, &baseline.vanished)?;
        out.write_all(b"}")?;
    }
    if let Some(imported) = report.imported {
        write!(out, ",\"imported\":{imported}")?;
    }
    if let Some((part, parts)) = report.shard {
        write!(out, ",\"shard\":\"{part}/{parts}\"")?;
    }
    if !options.complete {
        out.write_all(b",\"incomplete\":true")?;
    }
    if let Some(timings) = &report.timings {
        out.write_all(b",\"timings\":")?;
        serde_json::to_writer(&mut *out, timings)?;
    }
    Ok(())
}

#[derive(Serialize)]
pub(super) struct JsonDiagnostic<'a> {
    rule: &'a str,
    severity: &'static str,
    confidence: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    notes: &'a [String],
    path: &'a str,
    range: JsonRange,
    labels: Vec<JsonLabel<'a>>,
    platforms: Vec<&'a str>,
    fixes: Vec<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonRange {
    start: JsonPosition,
    end: JsonPosition,
}

#[derive(Serialize)]
struct JsonPosition {
    line: Option<u32>,
    column: Option<u32>,
    offset: u32,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    path: &'a str,
    range: JsonRange,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    range: JsonRange,
    text: &'a str,
}

impl<'a> JsonDiagnostic<'a> {
    pub(super) fn new(diagnostic: &'a Diagnostic, texts: &mut SourceTexts<'_>) -> Self {
        let path = diagnostic.path();
        let own = Some(&diagnostic.primary).filter(|primary| !primary.message.is_empty());
        Self {
            rule: &diagnostic.rule,
            severity: diagnostic.severity.name(),
            confidence: diagnostic.confidence.name(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            notes: &diagnostic.notes,
            path,
            range: range(path, diagnostic.span(), texts),
            labels: own.into_iter().chain(&diagnostic.labels).map(|at| label(at, texts)).collect(),
            platforms: diagnostic.platforms.iter().map(AsRef::as_ref).collect(),
            fixes: diagnostic.fixes.iter().map(|one| fix(one, path, texts)).collect(),
        }
    }
}

fn label<'a>(label: &'a Label, texts: &mut SourceTexts<'_>) -> JsonLabel<'a> {
    let path = &label.location.path;
    JsonLabel { path, range: range(path, label.location.span, texts), message: &label.message }
}

fn fix<'a>(fix: &'a Fix, checked: &str, texts: &mut SourceTexts<'_>) -> JsonFix<'a> {
    let edit = |edit: &'a Edit| {
        let path = &edit.location.path;
        let range = range(path, edit.location.span, texts);
        JsonEdit { path: Some(&**path).filter(|path| *path != checked), range, text: &edit.text }
    };
    JsonFix { title: &fix.title, applicability: fix.applicability.name(), edits: fix.edits.iter().map(edit).collect() }
}

fn range(path: &Arc<str>, span: Span, texts: &mut SourceTexts<'_>) -> JsonRange {
    let mut at = |offset| {
        let place = position::line_column(texts, path, offset);
        JsonPosition { line: place.map(|at| at.line), column: place.map(|at| at.column), offset }
    };
    JsonRange { start: at(span.start), end: at(span.end.max(span.start)) }
}
