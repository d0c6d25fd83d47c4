//! Markdown for the summary of a job, as GitHub renders it: the numbers, a table of rules, and a table of findings. It is
//! short enough for every place where such a text may go, a comment on a pull request included (65,536 characters); what
//! is left out is told. Nothing that a name or a message holds becomes markup.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::{RenderOptions, position, qualified_message, summary};
use crate::source_text::SourceTexts;
use crate::{Diagnostic, Report, RuleInfo, escape};

/// Of the table of rules, and of that of findings: rows, and bytes of all rows.
const RULES: (usize, usize) = (50, 15_000);
const FINDINGS: (usize, usize) = (200, 45_000);
/// Characters of a message, a remedy or a rule's summary.
const CHARACTERS: usize = 300;

pub(super) fn render(
    report: &Report,
    texts: &mut SourceTexts<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "### golint-rs: {}", summary::of(report, options.complete))?;
    if report.diagnostics.is_empty() {
        return Ok(());
    }
    let known: FxHashMap<&str, &RuleInfo> = report.rules.iter().map(|rule| (&*rule.id, rule)).collect();
    write_rules(report, &known, out)?;
    write_findings(report, &known, texts, out)
}

/// The rules that found most come first.
fn write_rules(report: &Report, known: &FxHashMap<&str, &RuleInfo>, out: &mut dyn Write) -> io::Result<()> {
    let mut counts = FxHashMap::<&str, usize>::default();
    for finding in &report.diagnostics {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(rule, count)| (std::cmp::Reverse(count), rule));
    writeln!(out, "\n| rule | findings | what it finds |\n| --- | ---: | --- |")?;
    let rows = counts.iter().map(|(rule, count)| {
        let info = known.get(rule);
        let summary = info.map(|info| text(&info.summary)).unwrap_or_default();
        let name = match info.and_then(|info| info.help_uri.as_deref()).filter(|uri| is_plain_link(uri)) {
            Some(uri) => format!("[{}]({uri})", code(rule)),
            None => code(rule),
        };
        format!("| {name} | {count} | {summary} |\n")
    });
    match counts.len() - write_rows(rows, RULES, out)? {
        0 => Ok(()),
        more => writeln!(out, "\n{} not listed.", summary::count(more as u64, "more rule")),
    }
}

/// The heaviest findings come first, lest they are those that are left out.
fn write_findings(
    report: &Report,
    known: &FxHashMap<&str, &RuleInfo>,
    texts: &mut SourceTexts<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut findings: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    let is_of_the_run = |finding: &Diagnostic| known.get(&*finding.rule).is_some_and(|rule| rule.of_the_run);
    findings.sort_by_key(|finding| (finding.severity, !is_of_the_run(finding)));
    writeln!(out, "\n| severity | where | rule | message |\n| --- | --- | --- | --- |")?;
    let rows = findings.iter().map(|finding| {
        let mut message = text(&qualified_message(finding));
        if let Some(help) = &finding.help {
            message.push_str(&format!("<br>help: {}", text(help)));
        }
        let place = position::describe(texts, &finding.primary.location);
        format!("| {} | {} | {} | {message} |\n", finding.severity.name(), code(&place), code(&finding.rule))
    });
    match findings.len() - write_rows(rows, FINDINGS, out)? {
        0 => Ok(()),
        more => {
            let more = summary::count(more as u64, "more problem");
            writeln!(out, "\n{more} not listed: the log, or another format, has all of them.")
        }
    }
}

/// As many as there is room for. How many that is.
fn write_rows(
    rows: impl Iterator<Item = String>,
    (most, mut room): (usize, usize),
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut written = 0;
    for row in rows.take(most) {
        let Some(left) = room.checked_sub(row.len()) else { break };
        room = left;
        out.write_all(row.as_bytes())?;
        written += 1;
    }
    Ok(written)
}

/// A cell with a sentence of somebody's.
fn text(sentence: &str) -> String {
    let line = escape::line(sentence);
    match line.char_indices().nth(CHARACTERS) {
        Some((end, _)) => escaped(&line[..end]) + "…",
        None => escaped(&line),
    }
}

/// A name. Where it is marked as code, GitHub looks for no emoji (`:100:`), mentions and numbers of issues in it. A span
/// in backticks can't hold every name; between tags, escapes hold.
fn code(name: &str) -> String {
    format!("<code>{}</code>", escaped(&escape::word(name)))
}

/// Without meaning for Markdown inside of a line (CommonMark 0.31 §2.4, GitHub's tables, strikethrough, autolinks and
/// formulas), nor for HTML.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    for (at, c) in line.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' | '@' | '!' => out.extend(['\\', c]),
            // http://…
            ':' if line[at..].starts_with("://") => out.push_str("\\:"),
            '.' if line[..at].to_ascii_lowercase().ends_with("www") => out.push_str("\\."),
            _ => out.push(c),
        }
    }
    out
}

/// Whether it can stand between parentheses as the target of a link.
fn is_plain_link(uri: &str) -> bool {
    (uri.starts_with("https://") || uri.starts_with("http://"))
        && uri.len() < 500
        && uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[]|\\`".contains(&byte))
}
