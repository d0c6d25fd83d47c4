//! For people: each finding with its source lines, labels, notes, help and fixes, drawn by codespan-reporting over a
//! harmless excerpt of the file ([`view`]); then a line with the numbers. Whatever files, paths and messages hold, no
//! control character reaches the terminal, and no finding takes more than a few screens.

mod palette;
mod preview;
mod view;

use std::io::{self, Write};
use std::sync::Arc;

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::term::{self, Config};

use self::palette::Palette;
use self::view::Views;
use super::{RenderOptions, position, summary};
use crate::source_text::SourceTexts;
use crate::{Applicability, Confidence, Diagnostic, Fix, Label, Report, Severity, Span, escape, platform_list};

/// Labels drawn per finding, and fixes shown; the others are counted.
const LABELS: usize = 24;
const FIXES: usize = 5;

pub(super) fn render(
    report: &Report,
    texts: &mut SourceTexts<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let config = Config { start_context_lines: view::LINES_BEHIND_START, end_context_lines: 1, ..Config::default() };
    let mut buffer = Vec::new();
    for diagnostic in &report.diagnostics {
        buffer.clear();
        let drawn = draw(diagnostic, texts, options);
        let mut writer = Palette::new(&mut buffer, options.color);
        if term::emit_to_write_style(&mut writer, &config, &drawn.views, &drawn.diagnostic).is_ok() {
            rename_severity(&mut buffer, diagnostic.severity);
        } else {
            // Can't happen: the views hold every place that the labels name. A finding is never lost, though.
            buffer.clear();
            let place = position::describe(texts, &diagnostic.primary.location);
            writeln!(buffer, "{place}: {}: {}", escape::word(&diagnostic.rule), escape::line(&diagnostic.message))?;
        }
        out.write_all(&buffer)?;
    }
    if options.summary { writeln!(out, "{}", summary::of(report, options.complete)) } else { Ok(()) }
}

/// codespan's lighter severities are called note and help; ours have other names of the same length.
fn rename_severity(buffer: &mut [u8], severity: Severity) {
    let theirs = match severity {
        Severity::Error | Severity::Warning => return,
        Severity::Info => "note",
        Severity::Hint => "help",
    };
    // The header comes first.
    if let Some(at) = memchr::memmem::find(buffer, theirs.as_bytes()) {
        buffer[at..at + theirs.len()].copy_from_slice(severity.name().as_bytes());
    }
}

struct Drawn {
    diagnostic: codespan::Diagnostic<usize>,
    views: Views,
}

fn draw(diagnostic: &Diagnostic, texts: &mut SourceTexts<'_>, options: &RenderOptions) -> Drawn {
    let mut views = Views::default();
    let mut notes = Vec::new();

    // Labels by file, in order of appearance; the primary one leads.
    let mut files: Vec<(&Arc<str>, Vec<&Label>)> = vec![(diagnostic.path(), vec![&diagnostic.primary])];
    for label in diagnostic.labels.iter().take(LABELS) {
        let path = &label.location.path;
        match files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, labels)) => labels.push(label),
            None => files.push((path, vec![label])),
        }
    }
    let mut drawn = Vec::new();
    for (path, labels) in files {
        let Some(text) = texts.get(path) else {
            notes.extend(labels.into_iter().map(|label| place_note(label, texts)));
            continue;
        };
        let spans: Vec<Span> = labels.iter().map(|label| label.location.span).collect();
        let (file, ranges) = views.add(path, &text, &spans);
        for (label, range) in labels.into_iter().zip(ranges) {
            let primary = std::ptr::eq(label, &diagnostic.primary);
            let style = if primary { codespan::LabelStyle::Primary } else { codespan::LabelStyle::Secondary };
            drawn.push(codespan::Label::new(style, file, range).with_message(escape::line(&label.message)));
        }
    }
    if let Some(more) = diagnostic.labels.len().checked_sub(LABELS).filter(|&more| more > 0) {
        notes.push(format!("{more} more {} not shown", if more == 1 { "place is" } else { "places are" }));
    }

    let platforms = platform_list::describe(&diagnostic.platforms);
    if !platforms.is_empty() {
        notes.push(format!("only on {}", escape::line(&platforms)));
    }
    notes.extend(diagnostic.notes.iter().map(|note| format!("note: {}", escape::paragraph(note))));
    notes.extend(diagnostic.help.iter().map(|help| format!("help: {}", escape::paragraph(help))));
    notes.extend(diagnostic.fixes.iter().take(FIXES).map(|fix| fix_note(fix, diagnostic.path(), texts, options.color)));
    if let Some(more) = diagnostic.fixes.len().checked_sub(FIXES).filter(|&more| more > 0) {
        notes.push(format!("{more} more {} not shown", if more == 1 { "fix is" } else { "fixes are" }));
    }

    let mut message = escape::line(&diagnostic.message).into_owned();
    if diagnostic.confidence == Confidence::Likely {
        message.push_str(" (likely)");
    }
    let severity = match diagnostic.severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
        Severity::Info => codespan::Severity::Note,
        Severity::Hint => codespan::Severity::Help,
    };
    let diagnostic = codespan::Diagnostic::new(severity)
        .with_code(escape::word(&diagnostic.rule))
        .with_message(message)
        .with_labels(drawn)
        .with_notes(notes);
    Drawn { diagnostic, views }
}

/// Where a label is whose source is not available.
fn place_note(label: &Label, texts: &mut SourceTexts<'_>) -> String {
    let place = position::describe(texts, &label.location);
    match &*escape::line(&label.message) {
        "" => format!("at {place}"),
        message => format!("at {place}: {message}"),
    }
}

fn fix_note(fix: &Fix, checked: &Arc<str>, texts: &mut SourceTexts<'_>, color: bool) -> String {
    let kind = match fix.applicability {
        Applicability::Safe => "fix",
        Applicability::Unsafe => "unsafe fix",
        Applicability::DisplayOnly => "suggestion",
    };
    let mut note = format!("{kind}: {}", escape::line(&fix.title));
    for line in preview::lines(fix, checked, texts, color) {
        note.push('\n');
        note.push_str(&line);
    }
    note
}
