//! What other tools have reported, as their SARIF 2.1.0 reports have it ("§" below is a section of that standard): findings of
//! ours at the same place about the same are silent. Which rules are about the same, rules say themselves (`equivalents`
//! and `overlaps` in what a pack says of them). Reads no file.

use std::ops::RangeInclusive;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{BYTE_ORDER_MARK, LineIndex, RuleInfo, Silence, Span};
use golint_project::path::absolute;
use percent_encoding::percent_decode_str;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::Snapshot;
use crate::baseline::Known;
use crate::engine::Checked;

/// Bases that lead from one to the next.
const MOST_BASES: usize = 16;

/// Findings of other tools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// By absolute path.
    files: FxHashMap<Utf8PathBuf, Vec<Reported>>,
    /// Results that name no rule or no file on a disk, and count for nothing because of that.
    pub unplaced: u64,
}

/// Why a report can't be read. For the user.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no JSON, or not of the shape that SARIF has.
    #[error("it is no SARIF report, or breaks off: {0}")]
    Shape(String),
    /// It is of a version that nobody here knows.
    #[error("it is SARIF {0}, and 2.1.0 is what golint-rs reads; have the tool write that")]
    Version(String),
}

/// A finding of another tool.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reported {
    tool: Arc<str>,
    /// What its rule may be called, in lower case.
    names: Vec<String>,
    /// From 1.
    lines: RangeInclusive<i64>,
    /// Where on the first line it begins, from 1; none where only lines are told.
    column: Option<i64>,
}

impl Imported {
    /// Adds a report. Paths in it are seen from `folder`, unless it says from where.
    ///
    /// # Errors
    /// If it is no SARIF 2.1.0 report.
    pub fn add(&mut self, report: &[u8], folder: &Utf8Path) -> Result<(), ImportError> {
        let report = report.strip_prefix(BYTE_ORDER_MARK).unwrap_or(report);
        let log = serde_json::from_slice(report).map_err(|error| ImportError::Shape(error.to_string()));
        let Log { version, runs } = log?;
        if version != "2.1.0" {
            return Err(ImportError::Version(version));
        }
        for run in &runs {
            let tool: Arc<str> = run.tool.driver.name.as_str().into();
            for result in run.results.iter().flatten().filter(|result| result.counts()) {
                let names = run.names(result);
                let mut is_placed = false;
                for Location { physical_location } in result.locations.iter().flatten() {
                    let Some(PhysicalLocation { artifact_location, region }) = physical_location else { continue };
                    let Some(artifact_location) = artifact_location else { continue };
                    // §3.30.6: without an end it is one line. What has no region is about the whole file.
                    let first = region.as_ref().map_or(1, |region| whole(region.start_line).unwrap_or(1));
                    let last = region.as_ref().map_or(i64::MAX, |region| whole(region.end_line).unwrap_or(first));
                    let column = region.as_ref().and_then(|region| whole(region.start_column));
                    let reported =
                        Reported { tool: Arc::clone(&tool), names: names.clone(), lines: first..=last, column };
                    for path in run.paths(artifact_location, folder) {
                        is_placed = true;
                        self.files.entry(path).or_default().push(reported.clone());
                    }
                }
                self.unplaced += u64::from(names.is_empty() || !is_placed);
            }
        }
        Ok(())
    }

    /// Whether it says something, and all of that about other files than these.
    pub fn is_about_other_files(&self, snapshot: &Snapshot) -> bool {
        !self.files.is_empty() && !snapshot.project.files.iter().any(|file| self.files.contains_key(&file.path))
    }

    /// Silences what is reported already.
    pub(crate) fn silence(&self, known: &mut Known, checked: &Checked, snapshot: &Snapshot) {
        let names: FxHashMap<&str, FxHashSet<String>> =
            checked.rules.iter().map(|rule| (rule.id.as_str(), names_of(rule))).collect();
        let mut count = 0;
        for (&file, result) in &checked.results {
            let Some(reported) = self.files.get(&snapshot.project.files[file].path) else { continue };
            let Some(source) = &result.source else { continue };
            let lines = LineIndex::new(source);
            for (place, (finding, _)) in result.findings.iter().enumerate() {
                let Some(names) = names.get(&*finding.rule) else { continue };
                let at = Extent::of(finding.span(), source, &lines);
                let is_same =
                    |other: &&Reported| at.meets(other) && other.names.iter().any(|name| names.contains(name));
                if let Some(Reported { tool, .. }) = reported.iter().find(is_same)
                    && known.silence(file, place).is_none()
                {
                    known.add(file, place, Silence::Elsewhere(Arc::clone(tool)));
                    count += 1;
                }
            }
        }
        known.imported = Some(count);
    }
}

/// What reports may call what this rule finds, in lower case.
fn names_of(rule: &RuleInfo) -> FxHashSet<String> {
    let own = format!("golint-rs/{}", rule.id);
    rule.elsewhere.iter().chain([&own]).map(|name| name.to_lowercase()).collect()
}

/// A place as reports tell places.
struct Extent {
    line: i64,
    /// On that line, from 1; in bytes, and in the UTF-16 code units that SARIF counts: tools write either.
    columns: [RangeInclusive<i64>; 2],
}

impl Extent {
    fn of(span: Span, source: &[u8], lines: &LineIndex) -> Extent {
        let start = lines.line_column(span.start);
        let line = lines.full_line(start.line - 1);
        let text = |end: u32| source.get(line.start as usize..end.min(line.end) as usize).unwrap_or_default();
        let bytes = |end| text(end).len() as i64 + 1;
        let units = |end| String::from_utf8_lossy(text(end)).encode_utf16().count() as i64 + 1;
        let columns = |count: &dyn Fn(u32) -> i64| count(span.start)..=(count(span.end) - 1).max(count(span.start));
        let columns = [columns(&bytes), columns(&units)];
        Extent { line: start.line.into(), columns }
    }

    /// Whether what is reported begins within it; where it tells no column, whether it is about the line.
    fn meets(&self, other: &Reported) -> bool {
        match other.column {
            Some(column) => {
                *other.lines.start() == self.line && self.columns.iter().any(|columns| columns.contains(&column))
            }
            None => other.lines.contains(&self.line),
        }
    }
}

/// A whole number; JSON may write one as 5.0.
fn whole(number: Option<f64>) -> Option<i64> {
    number.map(|number| number as i64)
}

/// What is read of a report. All else is passed over, and so is null where something may be missing.
#[derive(Deserialize)]
struct Log {
    version: String,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    /// §3.14.23: none where the tool did not come to its end.
    results: Option<Vec<ReportedResult>>,
    original_uri_base_ids: Option<FxHashMap<String, Option<ArtifactLocation>>>,
    artifacts: Option<Vec<Artifact>>,
}

#[derive(Deserialize)]
struct Artifact {
    location: Option<ArtifactLocation>,
}

#[derive(Deserialize)]
struct Tool {
    driver: Driver,
}

#[derive(Deserialize)]
struct Driver {
    name: String,
    rules: Option<Vec<Descriptor>>,
}

#[derive(Deserialize)]
struct Descriptor {
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReportedResult {
    rule_id: Option<String>,
    rule_index: Option<f64>,
    /// §3.27.7: another way to say both.
    rule: Option<RuleReference>,
    kind: Option<String>,
    baseline_state: Option<String>,
    message: Option<Message>,
    locations: Option<Vec<Location>>,
    suppressions: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct RuleReference {
    id: Option<String>,
    index: Option<f64>,
}

#[derive(Deserialize)]
struct Message {
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Option<PhysicalLocation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Option<ArtifactLocation>,
    region: Option<Region>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: Option<String>,
    uri_base_id: Option<String>,
    /// Of the run's list of artifacts, where the URI stands in its place.
    index: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: Option<f64>,
    end_line: Option<f64>,
    start_column: Option<f64>,
}

impl ReportedResult {
    /// Whether somebody was told: it is a problem (§3.27.9), it is there still (§3.27.24), and nothing suppresses it.
    fn counts(&self) -> bool {
        let is_problem = matches!(self.kind.as_deref(), None | Some("fail" | "open" | "review"));
        is_problem
            && self.baseline_state.as_deref() != Some("absent")
            && self.suppressions.as_ref().is_none_or(Vec::is_empty)
    }
}

impl Run {
    /// What the rule of a result may be called. golangci-lint names the linter, and the linter's check begins the message:
    /// "loopclosure: loop variable x captured by func literal".
    fn names(&self, result: &ReportedResult) -> Vec<String> {
        let reference = result.rule.as_ref();
        let index = whole(result.rule_index.or_else(|| reference?.index)).and_then(|index| usize::try_from(index).ok());
        let by_index = || self.tool.driver.rules.as_ref()?.get(index?)?.id.as_ref();
        let id = result.rule_id.as_ref().or_else(|| reference?.id.as_ref()).or_else(by_index);
        let Some(id) = id else { return Vec::new() };
        let id = id.to_lowercase();
        let text = result.message.as_ref().and_then(|message| message.text.as_deref()).unwrap_or_default();
        let is_word = |word: &&str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let check = text.split_once(": ").map(|(check, _)| check).filter(is_word);
        let name = check.map_or_else(|| id.clone(), |check| format!("{id}/{}", check.to_lowercase()));
        vec![format!("{}/{id}", self.tool.driver.name.to_lowercase()), name]
    }

    /// Where the file of a result may be: as its bases lead to it, and where the report comes from another machine, as seen
    /// from `folder`.
    fn paths(&self, location: &ArtifactLocation, folder: &Utf8Path) -> Vec<Utf8PathBuf> {
        let by_index = || {
            let index = usize::try_from(whole(location.index)?).ok()?;
            self.artifacts.as_ref()?.get(index)?.location.as_ref()
        };
        let location = if location.uri.is_some() { location } else { by_index().unwrap_or(location) };
        let Some(uri) = &location.uri else { return Vec::new() };
        if let Some(path) = path_of(uri) {
            return vec![absolute(folder, &path)];
        }
        let relative = percent_decode_str(uri).decode_utf8_lossy().into_owned();
        let mut paths = vec![absolute(folder, &relative)];
        let mut below = relative;
        let mut base = location.uri_base_id.as_ref();
        for _ in 0..MOST_BASES {
            let Some(ArtifactLocation { uri: Some(uri), uri_base_id, .. }) =
                base.and_then(|id| self.original_uri_base_ids.as_ref()?.get(id)?.as_ref())
            else {
                break;
            };
            if let Some(path) = path_of(uri) {
                paths.push(absolute(Utf8Path::new(&path), &below));
                break;
            }
            below = format!("{}{below}", percent_decode_str(uri).decode_utf8_lossy());
            base = uri_base_id.as_ref();
        }
        paths.dedup();
        paths
    }
}

/// The path of a `file` URI, or of what some tools write in its place: an absolute path. None: the URI is relative, or leads
/// elsewhere.
fn path_of(uri: &str) -> Option<String> {
    if uri.starts_with('/') {
        return Some(percent_decode_str(uri).decode_utf8_lossy().into_owned());
    }
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    // A host, which may be missing with its slashes.
    let path = rest.strip_prefix("//").map_or(Some(rest), |rest| Some(&rest[rest.find('/')?..]))?;
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    // file:///C:/x
    let drive = path.as_bytes().get(2) == Some(&b':');
    Some(if drive { path[1..].to_owned() } else { path })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paths(location: serde_json::Value) -> Vec<String> {
        let run = json!({
            "tool": { "driver": { "name": "x", "rules": null } },
            "artifacts": [{ "location": { "uri": "listed.go" } }, {}],
            "originalUriBaseIds": {
                "NULL": null,
                "SRC": { "uri": "file:///home/else/w/" },
                "SUB": { "uri": "a%20b/", "uriBaseId": "SRC" },
                "RING": { "uri": "x/", "uriBaseId": "RING" },
                "NONE": {},
            },
        });
        let run: Run = serde_json::from_value(run).expect("a run");
        let location: ArtifactLocation = serde_json::from_value(location).expect("a place");
        run.paths(&location, Utf8Path::new("/w")).into_iter().map(Utf8PathBuf::into_string).collect()
    }

    #[test]
    fn files_are_found_by_their_uris() {
        assert_eq!(paths(json!({})), [""; 0]);
        assert_eq!(paths(json!({ "uri": "a/x%20y.go" })), ["/w/a/x y.go"]);
        assert_eq!(paths(json!({ "uri": "../x.go" })), ["/x.go"]);
        assert_eq!(paths(json!({ "uri": "file:///v/x%20y.go" })), ["/v/x y.go"]);
        assert_eq!(paths(json!({ "uri": "file://host/v/x.go" })), ["/v/x.go"]);
        assert_eq!(paths(json!({ "uri": "FILE:/v/x.go" })), ["/v/x.go"]);
        assert_eq!(paths(json!({ "index": 0 })), ["/w/listed.go"]);
        assert_eq!(paths(json!({ "index": 1.0 })), [""; 0]);
        assert_eq!(paths(json!({ "uri": "/v/x.go", "uriBaseId": "SRC" })), ["/v/x.go"]);
        assert_eq!(paths(json!({ "uri": "x.go", "uriBaseId": "SRC" })), ["/w/x.go", "/home/else/w/x.go"]);
        assert_eq!(paths(json!({ "uri": "x.go", "uriBaseId": "SUB" })), ["/w/x.go", "/home/else/w/a b/x.go"]);
        for base in ["RING", "NONE", "NULL", "unknown"] {
            assert_eq!(paths(json!({ "uri": "x.go", "uriBaseId": base })), ["/w/x.go"], "{base}");
        }
    }

    #[test]
    fn rules_are_known_by_several_names() {
        let names = |tool: &str, id: &str, text: &str| {
            let run = json!({ "tool": { "driver": { "name": tool, "rules": [{ "id": "first" }] } } });
            let run: Run = serde_json::from_value(run).expect("a run");
            let id = Some(id).filter(|id| !id.is_empty());
            let result = json!({ "ruleId": id, "ruleIndex": 0, "message": { "text": text } });
            run.names(&serde_json::from_value(result).expect("a result")).join(" ")
        };
        assert_eq!(names("golangci-lint", "govet", "loopclosure: x"), "golangci-lint/govet govet/loopclosure");
        assert_eq!(names("golangci-lint", "exportloopref", "a pointer"), "golangci-lint/exportloopref exportloopref");
        assert_eq!(names("Staticcheck", "SA1019", "x is deprecated: y"), "staticcheck/sa1019 sa1019");
        assert_eq!(names("x", "", ""), "x/first first");
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let mut imported = Imported::default();
        for bad in ["", "{", "[]", "{}", "1", r#"{"version":"2.1.0"}"#, r#"{"version":"2.1.0","runs":[{}]}"#] {
            let error = imported.add(bad.as_bytes(), Utf8Path::new("/")).expect_err(bad).to_string();
            assert!(error.starts_with("it is no SARIF report"), "{error}");
        }
        let old = imported.add(br#"{"version":"2.0.0","runs":[]}"#, Utf8Path::new("/")).expect_err("another version");
        assert_eq!(old.to_string(), "it is SARIF 2.0.0, and 2.1.0 is what golint-rs reads; have the tool write that");
        let empty = br#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":null}]}"#;
        imported.add(empty, Utf8Path::new("/")).expect("a report");
        assert_eq!(imported, Imported::default());
        let null =
            json!({ "locations": null, "ruleId": null, "rule": { "id": "r" }, "message": null, "suppressions": null });
        let odd =
            json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } }, "results": [null, {}] }] });
        let odd = odd.to_string().replace("null", &null.to_string());
        imported.add(odd.as_bytes(), Utf8Path::new("/")).expect("a report");
        assert_eq!(imported.unplaced, 2);
    }
}
