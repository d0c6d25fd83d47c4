//! Reports of parts of one run, put together again: what the runs `--shard 1/3`, `2/3` and `3/3` wrote gives the document that
//! one run over everything writes, byte for byte. Understands what this crate writes, and refuses everything else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::Severity;

/// Documents of one format, merged.
#[derive(Debug)]
pub struct Merged {
    document: Document,
    /// The heaviest severity of the findings that are not suppressed; none without findings. SARIF does not tell hints from infos.
    pub heaviest: Option<Severity>,
    /// Whether a part says that its run was incomplete.
    pub incomplete: bool,
}

#[derive(Debug)]
enum Document {
    /// The findings, and the members behind them.
    Json {
        diagnostics: Vec<Value>,
        numbers: Map<String, Value>,
    },
    Sarif {
        document: Value,
        results: Vec<Value>,
    },
}

/// Why documents can't be merged.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// There is nothing to merge.
    #[error("no part is given")]
    Nothing,
    /// The part with this number, from 0, was not written by `--format json` or `--format sarif`.
    #[error("it is no report of golint-rs in the format json or sarif (version 1 or 2.1.0)")]
    Foreign(usize),
    /// The part with this number, from 0, has another format than the first, or comes from another version.
    #[error("it is of another kind than the first part: write all parts in one format, with one version of golint-rs")]
    Different(usize),
    /// The part with this number, from 0, is one that is there already, or one of another number of parts.
    #[error("it is part {1}, which does not go with the others: give each part of one run once")]
    Surplus(usize, String),
    /// Parts are missing.
    #[error("parts of the run are missing: {}", .0.join(", "))]
    Missing(Vec<String>),
}

impl MergeError {
    /// The part that it is about.
    pub fn part(&self) -> Option<usize> {
        match self {
            MergeError::Nothing | MergeError::Missing(_) => None,
            MergeError::Foreign(part) | MergeError::Different(part) | MergeError::Surplus(part, _) => Some(*part),
        }
    }
}

/// Merges documents, in any order. Findings that several parts tell, as faults of golint.toml, are there once.
///
/// # Errors
/// If they are not what this crate writes, or do not go together.
pub fn merge(parts: Vec<Value>) -> Result<Merged, MergeError> {
    let kinds: Vec<Kind> = parts
        .iter()
        .enumerate()
        .map(|(i, part)| Kind::of(part).ok_or(MergeError::Foreign(i)))
        .collect::<Result<_, _>>()?;
    let first = kinds.first().ok_or(MergeError::Nothing)?;
    if let Some(other) = kinds.iter().position(|kind| kind != first) {
        return Err(MergeError::Different(other));
    }
    all_there(&parts)?;
    match first {
        Kind::Json => Ok(merge_json(parts)),
        Kind::Sarif(_) => Ok(merge_sarif(parts)),
    }
}

/// What a part is: parts that are equal here go together.
#[derive(PartialEq, Eq)]
enum Kind {
    Json,
    /// The version of the tool.
    Sarif(String),
}

impl Kind {
    fn of(part: &Value) -> Option<Kind> {
        if part["version"] == 1 && part["diagnostics"].is_array() && part["summary"].is_object() {
            return Some(Kind::Json);
        }
        let [run] = &part["runs"].as_array()?[..] else { return None };
        let driver = &run["tool"]["driver"];
        let is_ours = part["version"] == "2.1.0" && driver["name"] == "golint-rs" && run["results"].is_array();
        is_ours.then(|| Kind::Sarif(driver["version"].to_string()))
    }
}

/// Whether the parts say that they are all parts of one run.
fn all_there(parts: &[Value]) -> Result<(), MergeError> {
    let shard = |part: &Value| {
        let of_run = &part["runs"][0]["properties"]["shard"];
        part["shard"].as_str().or_else(|| of_run.as_str()).map(str::to_owned)
    };
    let (mut seen, mut count) = (BTreeSet::new(), None);
    for (i, part) in parts.iter().enumerate() {
        let name = shard(part).unwrap_or_else(|| "1/1".to_owned());
        let numbers =
            name.split_once('/').and_then(|(part, of)| Some((part.parse::<u32>().ok()?, of.parse::<u32>().ok()?)));
        let Some((number, of)) = numbers else { return Err(MergeError::Foreign(i)) };
        if *count.get_or_insert(of) != of || !seen.insert(number) {
            return Err(MergeError::Surplus(i, name));
        }
    }
    // How many are missing may be more than anybody wants to read.
    let of = count.unwrap_or_default();
    let mut missing: Vec<String> =
        (1..=of).filter(|number| !seen.contains(number)).take(20).map(|number| format!("{number}/{of}")).collect();
    let left = (of as usize).saturating_sub(seen.len() + missing.len());
    if left > 0 {
        missing.push(format!("and {left} more"));
    }
    if missing.is_empty() { Ok(()) } else { Err(MergeError::Missing(missing)) }
}

fn merge_json(parts: Vec<Value>) -> Merged {
    let mut diagnostics = Vec::new();
    let (mut files, mut suppressed, mut known, mut imported) = (0, 0, None, None);
    let (mut vanished, mut incomplete) = (BTreeMap::new(), false);
    for (number, mut part) in parts.into_iter().enumerate() {
        add(&mut files, &part["summary"]["files"]);
        add(&mut suppressed, &part["summary"]["suppressed"]);
        add_to_some(&mut known, &part["baseline"]["known"]);
        add_to_some(&mut imported, &part["imported"]);
        incomplete |= part["incomplete"] == true;
        add_vanished(&mut vanished, taken(&mut part["baseline"]["vanished"]));
        diagnostics.extend(taken(&mut part["diagnostics"]).into_iter().map(|finding| (number, finding)));
    }
    let diagnostics = in_order(diagnostics, |finding| finding["path"].as_str().unwrap_or_default().into());
    let severity = |finding: &Value| Severity::ALL.into_iter().find(|severity| finding["severity"] == severity.name());
    // What is unknown is not light.
    let heaviest = diagnostics.iter().map(|finding| severity(finding).unwrap_or(Severity::Error)).min();
    let mut numbers = Map::new();
    let summary = json!({ "files": files, "diagnostics": diagnostics.len(), "suppressed": suppressed });
    numbers.insert("summary".to_owned(), summary);
    if let Some(known) = known {
        let vanished = vanished.into_values().flat_map(|(entry, count)| vec![entry; count]).collect::<Vec<_>>();
        numbers.insert("baseline".to_owned(), json!({ "known": known, "vanished": vanished }));
    }
    if let Some(imported) = imported {
        numbers.insert("imported".to_owned(), imported.into());
    }
    if incomplete {
        numbers.insert("incomplete".to_owned(), true.into());
    }
    Merged { document: Document::Json { diagnostics, numbers }, heaviest, incomplete }
}

/// Entries of a baseline that are gone, as they are sorted, each as often as in the part that has it most often: several equal
/// ones stand for as many findings, and what stands for no file of a part may be told by several.
type Vanished = BTreeMap<[String; 5], (Value, usize)>;

fn add_vanished(all: &mut Vanished, of_part: Vec<Value>) {
    let mut counted = Vanished::new();
    for entry in of_part {
        let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let key = ["rule", "path", "declaration", "code", "baseline"].map(text);
        counted.entry(key).or_insert((entry, 0)).1 += 1;
    }
    for (key, (entry, count)) in counted {
        let known = all.entry(key).or_insert((entry, 0));
        known.1 = known.1.max(count);
    }
}

/// Whatever a part says, sums have an end.
fn add(sum: &mut u64, number: &Value) {
    *sum = sum.saturating_add(number.as_u64().unwrap_or_default());
}

/// The same for a number that need not be there.
fn add_to_some(sum: &mut Option<u64>, number: &Value) {
    if number.is_u64() {
        add(sum.get_or_insert_default(), number);
    }
}

fn merge_sarif(parts: Vec<Value>) -> Merged {
    let mut rules: Vec<Value> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut results = Vec::new();
    let mut incomplete = false;
    let mut whole = Value::Null;
    for (number, mut part) in parts.into_iter().enumerate() {
        let run = &mut part["runs"][0];
        incomplete |= run["invocations"][0]["executionSuccessful"] == false;
        for rule in taken(&mut run["tool"]["driver"]["rules"]) {
            places.entry(rule["id"].as_str().unwrap_or_default().to_owned()).or_insert_with(|| {
                rules.push(rule);
                rules.len() - 1
            });
        }
        results.extend(taken(&mut run["results"]).into_iter().map(|result| (number, result)));
        if whole.is_null() {
            whole = part;
        }
    }
    for (_, result) in &mut results {
        if let Some(place) = result["ruleId"].as_str().and_then(|id| places.get(id)).copied()
            && let Some(index) = result.get_mut("ruleIndex")
        {
            *index = json!(place);
        }
    }
    let results = in_order(results, |result| {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        percent_decode_str(uri.as_str().unwrap_or_default()).decode_utf8_lossy()
    });
    let shown = results.iter().filter(|result| result["suppressions"].as_array().is_none_or(Vec::is_empty));
    let severity = |result: &Value| match result["level"].as_str() {
        Some("note") => Severity::Info,
        Some("warning") => Severity::Warning,
        _ => Severity::Error,
    };
    let heaviest = shown.map(severity).min();
    let run = &mut whole["runs"][0];
    run["tool"]["driver"]["rules"] = Value::Array(rules);
    run["invocations"] = json!([{ "executionSuccessful": !incomplete }]);
    if let Some(run) = run.as_object_mut() {
        // What one part took says nothing of the whole.
        run.shift_remove("properties");
        run.shift_remove("results");
    }
    Merged { document: Document::Sarif { document: whole, results }, heaviest, incomplete }
}

fn taken(list: &mut Value) -> Vec<Value> {
    match list.take() {
        Value::Array(list) => list,
        _ => Vec::new(),
    }
}

/// Sorted by path; those of one file come from one part, which has them in order. What is about no file of a part, as a fault
/// of golint.toml, may be in several.
fn in_order(mut findings: Vec<(usize, Value)>, path: impl Fn(&Value) -> Cow<'_, str>) -> Vec<Value> {
    findings.sort_by(|(_, a), (_, b)| path(a).cmp(&path(b)));
    let mut kept: Vec<Value> = Vec::with_capacity(findings.len());
    // Where the findings of this path begin, and the part that has the first of them.
    let (mut begin, mut from) = (0, 0);
    for (part, finding) in findings {
        if kept.last().is_none_or(|last| path(last) != path(&finding)) {
            (begin, from) = (kept.len(), part);
        }
        if part == from || !kept[begin..].contains(&finding) {
            kept.push(finding);
        }
    }
    kept
}

impl Merged {
    /// Writes the document.
    ///
    /// # Errors
    /// If `out` can't be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.document {
            Document::Json { diagnostics, numbers } => {
                out.write_all(b"{\"version\":1,\"diagnostics\":[")?;
                write_lines(diagnostics, out)?;
                out.write_all(if diagnostics.is_empty() { b"]" } else { b"\n]" })?;
                for (name, value) in numbers {
                    write!(out, ",{}:{value}", json!(name))?;
                }
                out.write_all(b"}\n")
            }
            Document::Sarif { document, results } => {
                write!(out, "{{\"$schema\":{},\"version\":\"2.1.0\",\"runs\":[{{", document["$schema"])?;
                let none = Map::new();
                for (name, value) in document["runs"][0].as_object().unwrap_or(&none) {
                    writeln!(out, "{}:{value},", json!(name))?;
                }
                out.write_all(b"\"results\":[")?;
                write_lines(results, out)?;
                out.write_all(b"]}]}\n")
            }
        }
    }
}

fn write_lines(findings: &[Value], out: &mut dyn Write) -> io::Result<()> {
    for (i, finding) in findings.iter().enumerate() {
        write!(out, "{}{finding}", if i == 0 { "\n" } else { ",\n" })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_report_is_refused() {
        let report = json!({ "version": 1, "diagnostics": [], "summary": {} });
        let sarif = |version: &str| json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "golint-rs", "version": version } }, "results": [] }] });
        let error = |parts: &[Value]| merge(parts.to_vec()).expect_err("refused");
        assert_eq!(error(&[]), MergeError::Nothing);
        for foreign in [
            json!(1),
            json!({}),
            json!([]),
            json!({ "version": 2, "diagnostics": [], "summary": {} }),
            json!({ "version": "2.1.0", "runs": [] }),
        ] {
            assert_eq!(error(&[report.clone(), foreign.clone()]), MergeError::Foreign(1), "{foreign}");
        }
        assert_eq!(error(&[report.clone(), sarif("1.0.0")]), MergeError::Different(1));
        assert_eq!(error(&[sarif("1.0.0"), sarif("1.0.0"), sarif("1.0.1")]), MergeError::Different(2));
        let part = |shard: &str| json!({ "version": 1, "diagnostics": [], "summary": {}, "shard": shard });
        assert_eq!(merge(vec![part("2/2"), part("1/2")]).expect("merged").heaviest, None);
        assert_eq!(error(&[part("4/4"), part("2/4")]), MergeError::Missing(vec!["1/4".into(), "3/4".into()]));
        assert_eq!(error(&[part("1/2"), part("1/2")]), MergeError::Surplus(1, "1/2".into()));
        assert_eq!(error(&[part("1/2"), part("2/3")]), MergeError::Surplus(1, "2/3".into()));
        assert_eq!(error(&[report.clone(), report.clone()]), MergeError::Surplus(1, "1/1".into()));
        assert_eq!(error(&[part("x")]), MergeError::Foreign(0));
        assert!(error(&[part("1/4294967295")]).to_string().ends_with(", 21/4294967295, and 4294967274 more"));
        assert_eq!(merge(vec![report]).expect("merged").heaviest, None);
        let huge =
            |shard: &str| json!({ "version": 1, "diagnostics": [], "summary": { "files": u64::MAX }, "shard": shard });
        merge(vec![huge("1/2"), huge("2/2")]).expect("merged");
    }
}
