//! JUnit's XML, as Jenkins (junit-10.xsd of its xUnit plugin), GitLab and others read it: a suite for each rule that found
//! something, with a failed test for each finding. What went wrong with the run itself is an error, not a failure. A run
//! without findings is one test that passed, because readers take a report without tests for a mistake.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{RenderOptions, position, qualified_message, summary, whole_message, xml};
use crate::source_text::SourceTexts;
use crate::{Diagnostic, Report, Severity, escape};

pub(super) fn render(
    report: &Report,
    texts: &mut SourceTexts<'_>,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let of_the_run: FxHashSet<&str> =
        report.rules.iter().filter(|rule| rule.of_the_run).map(|rule| &*rule.id).collect();
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error && of_the_run.contains(&*finding.rule);
    let mut suites: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in &report.diagnostics {
        suites.entry(&finding.rule).or_default().push(finding);
    }
    let numbers = |findings: &[&Diagnostic], own_errors: usize, passed: usize| {
        let errors = findings.iter().filter(|finding| is_error(finding)).count();
        let tests = findings.len() + own_errors + passed;
        format!("tests=\"{tests}\" failures=\"{}\" errors=\"{}\"", findings.len() - errors, errors + own_errors)
    };

    let all: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    let incomplete = usize::from(!options.complete);
    let passed = usize::from(options.complete && all.is_empty());
    writeln!(out, "{}", xml::DECLARATION)?;
    writeln!(out, "<testsuites name=\"golint-rs\" {}>", numbers(&all, incomplete, passed))?;
    for (rule, findings) in &suites {
        let rule = xml::attribute(rule);
        writeln!(out, "  <testsuite name=\"{rule}\" {}>", numbers(findings, 0, 0))?;
        let mut names = FxHashMap::<String, u32>::default();
        for finding in findings {
            let place = position::describe(texts, &finding.primary.location);
            // Readers keep one of several tests with the same name.
            let count = names.entry(place.clone()).or_insert(0);
            *count += 1;
            let name = match *count {
                1 => xml::attribute(&place),
                n => format!("{} ({n})", xml::attribute(&place)),
            };
            writeln!(out, "    <testcase classname=\"{rule}\" name=\"{name}\">")?;
            let kind = if is_error(finding) { "error" } else { "failure" };
            writeln!(
                out,
                "      <{kind} type=\"{}\" message=\"{}\">{place}: {}</{kind}>",
                finding.severity.name(),
                xml::attribute(&qualified_message(finding)),
                xml::content(&whole_message(finding, texts, "\n")),
                place = xml::content(&place),
            )?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    if incomplete + passed > 0 {
        writeln!(out, "  <testsuite name=\"golint-rs\" {}>", numbers(&[], incomplete, passed))?;
        let name = xml::attribute(&escape::line(&summary::of(report, true)));
        if passed > 0 {
            writeln!(out, "    <testcase classname=\"golint-rs\" name=\"{name}\"/>")?;
        } else {
            writeln!(out, "    <testcase classname=\"golint-rs\" name=\"the run is complete\">")?;
            writeln!(out, "      <error type=\"incomplete\" message=\"something was not checked: see the log\"/>")?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
