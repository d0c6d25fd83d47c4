//! Comments that suppress findings, anywhere in mutilated Go.

use golint_core::Outcome;
use golint_diagnostics::Diagnostic;

use super::{memory, recipe};

/// Checks the input with and without its directives, writes some at what is found, and takes those away that suppress
/// nothing.
pub fn run(data: &[u8]) {
    let _turn = recipe::set(&[]);
    let bad = |outcome: &Outcome| outcome.report.diagnostics.iter().filter(|finding| is_bad(finding)).count();
    let with = memory::check("a.go", data);
    let suppressed = with.report.silent.iter().filter(|(finding, _)| is_bad(finding)).count();
    let without = memory::check("a.go", &disarmed(data));
    assert!(without.report.silent.is_empty());
    assert_eq!(bad(&with) + suppressed, bad(&without), "a directive only hides");

    let reported: Vec<&Diagnostic> = with.report.diagnostics.iter().filter(|finding| is_bad(finding)).collect();
    let places: Vec<(&str, u32)> = reported.iter().map(|finding| (&*finding.rule, finding.span().start)).collect();
    let ignored = golint_core::ignore(data, &places, "why");
    let errors = |source: &[u8]| golint_syntax::parse(source).syntax_errors;
    assert!(errors(&ignored.after) <= errors(data));
    let left = ignored.held.iter().filter(|held| !**held).count();
    assert_eq!(bad(&memory::check("a.go", &ignored.after)), left, "a comment that was written holds");

    let Some(fixed) = memory::fixed("a.go", data) else { return };
    assert!(errors(&fixed) <= errors(data));
    let after = memory::check("a.go", &fixed);
    assert_eq!(bad(&after), bad(&with), "what suppressed nothing hid nothing");
    assert_eq!(memory::fixed("a.go", &fixed), None, "nothing is left to take away");
}

fn is_bad(finding: &Diagnostic) -> bool {
    finding.rule.ends_with("bad")
}

/// The same bytes without anything that is a directive.
fn disarmed(source: &[u8]) -> Vec<u8> {
    let mut source = source.to_vec();
    for at in 0..source.len() {
        if source[at..].starts_with(b"nolint") || source[at..].starts_with(b"lint:") {
            source[at] = b'x';
        }
    }
    source
}
