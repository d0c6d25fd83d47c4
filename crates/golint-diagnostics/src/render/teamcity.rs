//! TeamCity's service messages for inspections ("Service messages" and "Reporting inspections" in TeamCity's
//! documentation): a type for each rule that found something, then the findings. A message is one line of ASCII, whatever
//! is in names and messages, so that it does not matter how an agent decodes the log.

use std::borrow::Cow;
use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{file_name, position, whole_message};
use crate::source_text::SourceTexts;
use crate::{Report, RuleInfo, Severity, escape};

/// What the documentation allows for ids, names and categories, and for everything else, in characters; UTF-16 units,
/// as it is written in Java.
const SHORT: usize = 255;
const LONG: usize = 4000;

pub(super) fn render(report: &Report, texts: &mut SourceTexts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules: FxHashMap<&str, &RuleInfo> = report.rules.iter().map(|rule| (&*rule.id, rule)).collect();
    let mut named = FxHashSet::default();
    for diagnostic in &report.diagnostics {
        if named.insert(&*diagnostic.rule) {
            let id = value(&escape::word(&diagnostic.rule), SHORT);
            let rule = rules.get(&*diagnostic.rule);
            let summary = rule.map(|rule| &*rule.summary).filter(|summary| !summary.is_empty());
            let category = rule.map(|rule| &*rule.category).filter(|category| !category.is_empty());
            writeln!(
                out,
                "##teamcity[inspectionType id='{id}' name='{id}' description='{}' category='{}']",
                value(&escape::line(summary.unwrap_or(&diagnostic.rule)), LONG),
                value(&escape::line(category.unwrap_or("golint-rs")), SHORT),
            )?;
        }
    }
    for diagnostic in &report.diagnostics {
        let path = diagnostic.path();
        write!(
            out,
            "##teamcity[inspection typeId='{}' message='{}' file='{}'",
            value(&escape::word(&diagnostic.rule), SHORT),
            value(&whole_message(diagnostic, texts, "\n"), LONG),
            value(&file_name(path), LONG),
        )?;
        if let Some(at) = position::line_column(texts, path, diagnostic.span().start) {
            write!(out, " line='{}'", at.line)?;
        }
        let severity = match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "WEAK WARNING",
            Severity::Hint => "INFO",
        };
        writeln!(out, " SEVERITY='{severity}']")?;
    }
    Ok(())
}

/// Cut to `limit` and escaped.
fn value(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in cut(text, limit).chars() {
        match c {
            '|' | '\'' | '[' | ']' => out.extend(['|', c]),
            '\n' => out.push_str("|n"),
            '\r' => out.push_str("|r"),
            ' '..='~' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("|0x{unit:04X}"));
                }
            }
        }
    }
    out
}

fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    if text.encode_utf16().count() <= limit {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        // The ellipsis is one.
        units < limit
    });
    Cow::Owned(kept.chain(['…']).collect())
}
