//! What the comments of a test ask for, and whether a finding is that. It reads comments by their text: `// want` in a
//! string is one, too.

use std::collections::BTreeMap;

use golint_core::RunSources;
use golint_diagnostics::{Confidence, Diagnostic, LineIndex, Sources};
use regex::Regex;

use super::Failure;

/// What a regexp has in it that stands for a likely finding: the word with the bracket that follows the message, which
/// may have the word in it, too.
const LIKELY: &str = "[likely";

/// What a comment says instead of regexps in a file that is meant not to parse.
pub(super) const SYNTAX_ERRORS: &str = "// want syntax errors";

/// What the comments of a file ask for, by line; or what is wrong with the comment there.
pub(super) fn wanted(text: &str) -> BTreeMap<u32, Result<Vec<Regex>, String>> {
    let lines = (1..).zip(text.lines()).filter(|(_, text)| !text.contains(SYNTAX_ERRORS));
    lines.filter_map(|(line, text)| Some((line, regexps(text.split_once("// want ")?.1)))).collect()
}

fn regexps(mut rest: &str) -> Result<Vec<Regex>, String> {
    let mut regexps = Vec::new();
    while let Some((text, after)) = quoted(rest) {
        regexps.push(Regex::new(&text).map_err(|error| format!("no regular expression: {error}"))?);
        rest = after;
    }
    let rest = rest.trim();
    if rest.starts_with(['"', '`']) {
        return Err("a regular expression of this comment does not end: its quote or backquote is missing".to_owned());
    }
    // A few words may follow, but no regexp that would be taken for some.
    if !regexps.is_empty() && rest.contains(['"', '`']) {
        return Err(format!(
            "regular expressions stand one after the other, nothing between them; this is not read: {rest}"
        ));
    }
    if regexps.is_empty() {
        return Err("`// want` without a regular expression in quotes or backquotes".to_owned());
    }
    Ok(regexps)
}

/// The string at the beginning, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    if let Some(raw) = text.strip_prefix('`') {
        return raw.split_once('`').map(|(raw, after)| (raw.to_owned(), after));
    }
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    let text = inside[..end].replace("\\\"", "\"").replace("\\\\", "\\");
    Some((text, &inside[end + 1..]))
}

/// A finding, as the regexps see it.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) likely: bool,
}

impl Shown {
    pub(super) fn of(finding: &Diagnostic, sources: &RunSources) -> Shown {
        let likely = finding.confidence == Confidence::Likely;
        let mut text = finding.message.clone();
        let mut add = |more: String| {
            text.push_str(" [");
            text.push_str(&more);
            text.push(']');
        };
        if likely {
            add("likely".to_owned());
        }
        if !finding.platforms.is_empty() {
            add(format!("on {}", finding.platforms.join(" ")));
        }
        if let Some(help) = &finding.help {
            add(format!("help: {help}"));
        }
        for note in &finding.notes {
            add(format!("note: {note}"));
        }
        for label in finding.labels.iter().filter(|label| label.location.span != finding.span()) {
            add(format!("line {}: {}", line_of(&label.location, sources), label.message));
        }
        for fix in &finding.fixes {
            add(format!("fix: {}", fix.title));
        }
        Shown { text, likely }
    }
}

/// From 1; 0 where the file can't be read.
pub(super) fn line_of(location: &golint_diagnostics::Location, sources: &RunSources) -> u32 {
    let source = sources.source(&location.path);
    source.map_or(0, |source| LineIndex::new(&source).line_column(location.span.start).line)
}

/// Compares the findings of one line with what its comment asks for; what is wrong is appended to `failures`. What is left
/// over on both sides belongs together, and is told once.
pub(super) fn compare(place: &str, wanted: &[Regex], mut found: Vec<Shown>, failures: &mut Vec<Failure>) {
    let mut missed = Vec::new();
    for regexp in wanted {
        let likely = regexp.as_str().contains(LIKELY);
        let position = |likely| found.iter().position(|f| f.likely == likely && regexp.is_match(&f.text));
        if let Some(i) = position(likely) {
            found.remove(i);
        } else if let Some(i) = position(!likely) {
            let problem = if likely {
                r"the finding is certain, and the comment says `\[likely\]`"
            } else {
                r"the finding is likely, and the comment does not say so with `\[likely\]`"
            };
            failures.push(Failure::new(place, problem).compared(regexp.as_str(), found.remove(i).text));
        } else {
            missed.push(regexp.as_str());
        }
    }
    let problem = match (missed.as_slice(), found.as_slice()) {
        ([], []) => return,
        ([_, ..], _) => "no finding matches the comment",
        ([], _) if wanted.is_empty() => "a finding without a comment",
        ([], _) => "a finding that no comment names",
    };
    let listed = |texts: Vec<&str>| match texts.as_slice() {
        [] => "no finding".to_owned(),
        texts => texts.join("\n              "),
    };
    let got = found.iter().map(|finding| finding.text.as_str()).collect();
    failures.push(Failure::new(place, problem).compared(listed(missed), listed(got)));
}
