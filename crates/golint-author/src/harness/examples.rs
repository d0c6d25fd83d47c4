//! The examples in the documentation of rules, run so that they can't rot: each Go block below `## Bad` must have a
//! finding, each below `## Good` none.

use std::sync::Arc;

use camino::Utf8Path;
use golint_host::Rule;
use golint_project::Overlay;

use super::enclosed::Enclosed;
use super::module::Session;
use super::{Case, Failure, Harness};
use crate::tree::first_error;

/// The Go code blocks below a heading of a rule's documentation.
pub fn examples(docs: &str, heading: &str) -> Vec<String> {
    let Some((_, section)) = docs.split_once(&format!("## {heading}\n")) else { return Vec::new() };
    let section = section.split("\n## ").next().unwrap_or_default();
    section.split("```go\n").skip(1).filter_map(|s| s.split("```").next()).map(str::to_owned).collect()
}

/// A case for each heading that has examples.
pub(super) fn cases(harness: &Harness, rule: &Rule) -> Vec<Case> {
    let mut cases = Vec::new();
    for (heading, found) in [("Bad", true), ("Good", false)] {
        let examples = examples(&rule.docs, heading);
        if examples.is_empty() {
            continue;
        }
        let place = format!("the documentation of {}", rule.id);
        let mut failures = Vec::new();
        for code in examples {
            match findings(harness, &rule.id, &code) {
                Ok(messages) if messages.is_empty() != found => {}
                Ok(messages) => {
                    let got = if found { "no finding".to_owned() } else { messages.join("; ") };
                    let expected = if found { "a finding" } else { "no finding" };
                    let problem = format!("an example below `## {heading}` is not true:\n{}", indented(&code));
                    failures.push(Failure::new(&place, problem).compared(expected, got));
                }
                Err(problem) => failures.push(Failure::new(&place, problem)),
            }
        }
        cases.push(Case { name: format!("{}: {heading} examples", rule.id), failures });
    }
    cases
}

fn indented(code: &str) -> String {
    code.trim_end().lines().map(|line| format!("    | {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// What the comments at the top of an example say of it: its language version and the name of its file.
fn head(code: &str) -> (&str, &str) {
    let (mut version, mut name) = ("1.22", "docs.go");
    for line in code.lines().map(str::trim_end) {
        let file =
            line.strip_prefix("// file ").filter(|name| name.ends_with(".go") && !name.contains([' ', '/', '\\']));
        match (line.strip_prefix("// go "), file) {
            (Some(go), _) => version = go.trim(),
            (None, Some(file)) => name = file,
            (None, None) => break,
        }
    }
    (version, name)
}

/// The messages of what a rule finds in a file.
fn findings(harness: &Harness, rule: &str, code: &str) -> Result<Vec<String>, String> {
    let (version, name) = head(code);
    if let Some(line) = first_error(code.as_bytes()) {
        return Err(format!("an example does not parse, at its line {line}:\n{}", indented(code)));
    }
    let root = Utf8Path::new(if cfg!(windows) { "C:\\example" } else { "/example" });
    let mut files = Overlay::new(Arc::new(Enclosed::empty()));
    files.insert(root.join("go.mod"), format!("module example.com/docs\n\ngo {version}\n").into_bytes());
    files.insert(root.join(name), code.as_bytes());
    let outcome = Session::on(harness, rule, Arc::new(files), root)?.check()?;
    let messages = outcome.report.diagnostics.iter().map(|found| found.message.clone()).collect::<Vec<_>>();
    if outcome.incomplete { Err(messages.join("; ")) } else { Ok(messages) }
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn an_example_may_name_its_version_and_its_file() {
        for (code, expected) in [
            ("package p\n", ("1.22", "docs.go")),
            ("// go 1.21\npackage p\n", ("1.21", "docs.go")),
            ("// file x_windows.go\npackage p\n", ("1.22", "x_windows.go")),
            ("// go 1.20\r\n// file x_test.go\r\npackage p\n", ("1.20", "x_test.go")),
            ("// file x_test.go\n// go 1.20\n", ("1.20", "x_test.go")),
            // Prose, and what leads elsewhere.
            ("// file descriptors of x.go\n// go 1.20\n", ("1.22", "docs.go")),
            ("// file ../x.go\n", ("1.22", "docs.go")),
            ("package p\n// go 1.20\n", ("1.22", "docs.go")),
        ] {
            assert_eq!(head(code), expected, "{code:?}");
        }
    }
}
