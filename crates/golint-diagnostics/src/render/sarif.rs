//! SARIF 2.1.0 (OASIS Standard, 27 March 2020; "§" below is a section of it). One run, suppressed findings included
//! and marked as such. Columns are code points, as the standard knows no bytes; byte offsets stand beside them.

mod line_hash;
mod rules;
mod uri;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use self::line_hash::LineHashes;
use self::rules::RuleTable;
use super::fingerprint::{Fingerprints, with_silent};
use super::{RenderOptions, position, qualified_message};
use crate::source_text::SourceTexts;
use crate::{Applicability, Diagnostic, Edit, Fix, Label, Location, Report, Severity, Silence, Span};

/// Where the published schema lives.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What GitHub's code scanning takes: results in a run, and places of a result ("SARIF results exceed one or more limits"
/// in its documentation). A file above a limit is refused whole.
const RESULTS: usize = 25_000;
const PLACES: usize = 1000;

/// No result is left out, as GitHub is not the only reader.
pub(super) fn caveat(report: &Report) -> Option<String> {
    let results = report.diagnostics.len() + report.silent.len();
    (results > RESULTS).then(|| {
        format!(
            "{results} results, suppressed ones included, are more than the {RESULTS} that GitHub's code scanning takes of \
             a SARIF file: it will refuse this one; check parts of the code, or fewer rules (--select), in runs of their own"
        )
    })
}

pub(super) fn render(
    report: &Report,
    texts: &mut SourceTexts<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let results = with_silent(report);
    let rules = RuleTable::new(&report.rules, results.iter().map(|(diagnostic, _)| *diagnostic));

    write!(out, "{{\"$schema\":{},\"version\":\"2.1.0\",\"runs\":[{{", json!(SCHEMA))?;
    let mut driver = json!({ "name": "golint-rs", "version": options.tool_version });
    if is_semantic_version(&options.tool_version) {
        driver["semanticVersion"] = json!(options.tool_version);
    }
    if let Some(uri) = &options.information_uri {
        driver["informationUri"] = json!(uri);
    }
    driver["rules"] = rules.descriptors();
    write_member(out, "tool", &json!({ "driver": driver }))?;
    write_member(out, "invocations", &json!([{ "executionSuccessful": options.complete }]))?;
    write_member(out, "originalUriBaseIds", &json!({ uri::BASE_ID: uri::base(options.working_folder.as_deref()) }))?;
    write_member(out, "columnKind", &json!("unicodeCodePoints"))?;
    let shard = report.shard.map(|(part, parts)| ("shard".to_owned(), json!(format!("{part}/{parts}"))));
    let timings = report.timings.as_ref().map(|timings| ("timings".to_owned(), timings.clone()));
    let properties: Map<String, Value> = shard.into_iter().chain(timings).collect();
    if !properties.is_empty() {
        write_member(out, "properties", &Value::Object(properties))?;
    }

    out.write_all(b"\"results\":[")?;
    let (mut fingerprints, mut line_hashes) = (Fingerprints::default(), LineHashes::default());
    for (i, (diagnostic, silence)) in results.iter().enumerate() {
        let mut result = Converter { texts: &mut *texts, options }.result(diagnostic, &rules);
        let mut prints = json!({ "ruleLineHash/v1": fingerprints.next(diagnostic, texts) });
        let line = position::line_column(texts, diagnostic.path(), diagnostic.span().start).map(|at| at.line);
        if let Some(hash) = line.and_then(|line| line_hashes.get(diagnostic.path(), line, texts)) {
            prints["primaryLocationLineHash"] = json!(hash);
        }
        result["partialFingerprints"] = prints;
        // §3.27.23: either all results say whether they are suppressed, or none.
        result["suppressions"] = match silence {
            None => json!([]),
            Some(Silence::Comment(None)) => json!([{ "kind": "inSource" }]),
            Some(Silence::Comment(Some(why))) => json!([{ "kind": "inSource", "justification": why }]),
            Some(Silence::Baseline(file)) => external(&format!("known: it stands in {file}")),
            Some(Silence::Elsewhere(tool)) => external(&format!("{tool} has reported it")),
        };
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &result)?;
    }
    out.write_all(b"]}]}\n")
}

fn write_member(out: &mut dyn Write, name: &str, value: &Value) -> io::Result<()> {
    write!(out, "\"{name}\":")?;
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b",\n")
}

/// §3.35.2: a suppression that does not stand in the source.
fn external(justification: &str) -> Value {
    json!([{ "kind": "external", "justification": justification }])
}

/// §3.19.12 wants the syntax of semver.org 2.0; three numbers are enough to tell.
fn is_semantic_version(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let parts: Vec<&str> = core.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok_and(|number| number.to_string() == **part))
}

pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// §3.11.6: `[text](target)` in a plain message is a link, and Go's `f[T](x)` looks like one. A backslash before the
/// bracket says that it is none.
fn message(text: &str) -> Value {
    json!({ "text": text.replace("](", "\\](") })
}

struct Converter<'a, 'b> {
    texts: &'a mut SourceTexts<'b>,
    options: &'a RenderOptions,
}

impl Converter<'_, '_> {
    fn result(&mut self, diagnostic: &Diagnostic, rules: &RuleTable<'_>) -> Value {
        let mut text = qualified_message(diagnostic);
        for paragraph in diagnostic.notes.iter().chain(&diagnostic.help) {
            text.push('\n');
            text.push_str(paragraph);
        }
        // With the place of the finding itself.
        if let Some(more) = (diagnostic.labels.len() + 1).checked_sub(PLACES).filter(|&more| more > 0) {
            text.push_str(&format!(
                "\n{} not listed",
                if more == 1 { "1 more place is".into() } else { format!("{more} more places are") }
            ));
        }
        let mut result = json!({
            "ruleId": &*diagnostic.rule,
            "ruleIndex": rules.index(&diagnostic.rule),
            "level": level(diagnostic.severity),
            "message": message(&text),
            "locations": [self.location(&diagnostic.primary)],
        });
        if !diagnostic.labels.is_empty() {
            let related = diagnostic.labels.iter().take(PLACES - 1).enumerate().map(|(i, label)| {
                let mut location = self.location(label);
                location["id"] = json!(i + 1);
                location
            });
            result["relatedLocations"] = related.collect();
        }
        let mut fixes: Vec<Value> = Vec::new();
        for fix in diagnostic.fixes.iter().filter_map(|fix| self.fix(fix)) {
            // The schema wants them unique.
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        if !fixes.is_empty() {
            result["fixes"] = Value::Array(fixes);
        }
        let mut properties = Map::new();
        properties.insert("confidence".into(), json!(diagnostic.confidence.name()));
        if !diagnostic.platforms.is_empty() {
            properties.insert("platforms".into(), diagnostic.platforms.iter().map(|name| json!(&**name)).collect());
        }
        result["properties"] = Value::Object(properties);
        result
    }

    fn location(&mut self, label: &Label) -> Value {
        let Location { path, span } = &label.location;
        let mut location = json!({
            "physicalLocation": { "artifactLocation": self.artifact(path), "region": self.region(path, *span) },
        });
        if !label.message.is_empty() {
            location["message"] = message(&label.message);
        }
        location
    }

    fn artifact(&self, path: &str) -> Value {
        uri::artifact(path, self.options.working_folder.as_deref())
    }

    fn region(&mut self, path: &Arc<str>, span: Span) -> Value {
        let bytes = json!({ "byteOffset": span.start, "byteLength": span.len() });
        let Some(text) = self.texts.get(path) else {
            // What is about a whole file that can't be read: GitHub wants a line.
            let start = json!({ "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1 });
            return if span.start == 0 && span.is_empty() { start } else { bytes };
        };
        let span = text.clamp(span);
        let (start_line, start_column) = text.code_point_column(span.start);
        let (end_line, end_column) = text.code_point_column(span.end);
        json!({
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
            "byteOffset": span.start,
            "byteLength": span.len(),
        })
    }

    /// None for what nobody should apply: §3.55 knows no fixes that are only looked at.
    fn fix(&mut self, fix: &Fix) -> Option<Value> {
        if fix.applicability == Applicability::DisplayOnly || fix.edits.is_empty() {
            return None;
        }
        let mut files: BTreeMap<&Arc<str>, Vec<&Edit>> = BTreeMap::new();
        for edit in &fix.edits {
            files.entry(&edit.location.path).or_default().push(edit);
        }
        let changes = files.into_iter().map(|(path, edits)| {
            let replacements = edits.into_iter().map(|edit| {
                json!({
                    "deletedRegion": self.region(path, edit.location.span),
                    "insertedContent": { "text": edit.text },
                })
            });
            let replacements: Value = replacements.collect();
            json!({ "artifactLocation": self.artifact(path), "replacements": replacements })
        });
        let changes: Value = changes.collect();
        Some(json!({
            "description": message(&fix.title),
            "artifactChanges": changes,
            "properties": { "applicability": fix.applicability.name() },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semantic_versions() {
        assert!(is_semantic_version("0.1.0"));
        assert!(is_semantic_version("1.22.333-rc.1+build"));
        assert!(!is_semantic_version("1.2"));
        assert!(!is_semantic_version("01.2.3"));
        assert!(!is_semantic_version(""));
    }

    #[test]
    fn go_code_is_no_link() {
        assert_eq!(message("f[T](x)"), json!({ "text": r"f[T\](x)" }));
    }
}
