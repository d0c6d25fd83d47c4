//! GitLab's Code Quality report ("Code Quality report format" in GitLab's documentation, made of Code Climate's): an array
//! with an object for each finding. GitLab tells new findings from known ones by `fingerprint`, drops all but the last of
//! equal ones, and reads no further at the first object that lacks a member.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::fingerprint::{Fingerprints, with_silent};
use super::{position, whole_message};
use crate::source_text::SourceTexts;
use crate::{Diagnostic, Report, RuleInfo, Severity};

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: FxHashMap<&str, &RuleInfo> = report.rules.iter().map(|rule| (&*rule.id, rule)).collect();
    let mut fingerprints = Fingerprints::default();
    let mut separator = "[\n";
    for (diagnostic, suppression) in with_silent(report) {
        let fingerprint = fingerprints.next(diagnostic, texts);
        if suppression.is_some() {
            continue;
        }
        let rule = rules.get(&*diagnostic.rule).copied();
        out.write_all(separator.as_bytes())?;
        serde_json::to_writer(&mut *out, &issue(diagnostic, rule, &fingerprint, texts))?;
        separator = ",\n";
    }
    out.write_all(if separator == "[\n" { b"[]\n" } else { b"\n]\n" })
}

/// One of info, minor, major, critical, blocker. What went wrong with the run itself blocks: nobody knows what else there
/// is to find.
fn severity(diagnostic: &Diagnostic, rule: Option<&RuleInfo>) -> &'static str {
    match diagnostic.severity {
        Severity::Error if rule.is_some_and(|rule| rule.of_the_run) => "blocker",
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "minor",
        Severity::Hint => "info",
    }
}

/// One of Code Climate's, which its readers require and GitLab does without.
fn category(rule: Option<&RuleInfo>) -> &'static str {
    match rule.map_or("", |rule| &rule.category) {
        "compatibility" | "portability" => "Compatibility",
        "complexity" => "Complexity",
        "performance" => "Performance",
        "security" => "Security",
        "style" => "Style",
        _ => "Bug Risk",
    }
}

fn issue(diagnostic: &Diagnostic, rule: Option<&RuleInfo>, fingerprint: &str, texts: &mut SourceTexts<'_>) -> Value {
    let (path, span) = (diagnostic.path(), diagnostic.span());
    let begin = position::line_column(texts, path, span.start);
    let end = position::line_column(texts, path, span.end.max(span.start));
    let lines = match (begin, end) {
        (Some(begin), Some(end)) => {
            // A span that ends before a line's first byte takes nothing of that line.
            let last = if end.column == 1 { end.line.saturating_sub(1) } else { end.line };
            json!({ "begin": begin.line, "end": last.max(begin.line) })
        }
        (Some(begin), None) => json!({ "begin": begin.line }),
        // A line is required; the description says the place.
        (None, _) => json!({ "begin": 1 }),
    };
    json!({
        "type": "issue",
        // Shown on one line.
        "description": whole_message(diagnostic, texts, "; "),
        "check_name": &*diagnostic.rule,
        "categories": [category(rule)],
        "fingerprint": fingerprint,
        "severity": severity(diagnostic, rule),
        "location": { "path": &**path, "lines": lines },
    })
}
