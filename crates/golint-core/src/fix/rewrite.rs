//! One file, one round: its bytes with as many fixes as fit together. Never leaves it with more syntax errors than it
//! had, whatever a rule proposes.

use golint_diagnostics::patch::{Patched, apply_fixes};
use golint_diagnostics::{Diagnostic, Fix};

use crate::outcome::FileResult;

/// A file after a round.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rewritten {
    pub(crate) bytes: Vec<u8>,
    /// Fixes that are in it.
    pub(crate) applied: usize,
}

/// Applies of each finding the first fix that is allowed. None if that changes nothing.
pub(crate) fn rewrite(
    path: &str,
    source: &[u8],
    result: &FileResult,
    allowed: impl Fn(&Fix) -> bool,
) -> Option<Rewritten> {
    let mut findings: Vec<&Diagnostic> = result.findings.iter().map(|(finding, _)| finding).collect();
    findings.sort();
    findings.dedup();
    let fixes: Vec<&Fix> =
        findings.iter().filter_map(|finding| finding.fixes.iter().find(|fix| allowed(fix))).collect();
    if fixes.is_empty() {
        return None;
    }
    let harmless = |patched: &Patched| golint_syntax::parse(&patched.bytes).syntax_errors <= result.syntax_errors;
    let mut patched = apply_fixes(path, source, fixes.iter().copied());
    if !harmless(&patched) {
        // Some fix is at fault, and the others need not suffer for it.
        let mut good: Vec<&Fix> = Vec::new();
        for fix in fixes {
            good.push(fix);
            if !harmless(&apply_fixes(path, source, good.iter().copied())) {
                good.pop();
            }
        }
        patched = apply_fixes(path, source, good);
    }
    let rewritten = Rewritten { applied: patched.applied.len(), bytes: patched.bytes };
    Some(rewritten).filter(|rewritten| rewritten.bytes != source)
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Makes the edits of a finding fit the file that they are for: its line ends, and its byte order mark, which stays in
/// front. Rules write LF.
pub(crate) fn fit_to_file(finding: &mut Diagnostic, source: &[u8]) {
    if finding.fixes.is_empty() {
        return;
    }
    let first_break = memchr::memchr(b'\n', source);
    let crlf = first_break.is_some_and(|at| at > 0 && source[at - 1] == b'\r');
    let mark = if source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() as u32 } else { 0 };
    for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        if crlf && edit.text.contains('\n') {
            edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        let span = &mut edit.location.span;
        (span.start, span.end) = (span.start.max(mark), span.end.max(mark));
    }
}

#[cfg(test)]
mod tests {
    use golint_diagnostics::{Applicability, Edit, Location, Span};

    use super::*;

    fn finding(at: u32, edits: &[(u32, u32, &str)]) -> Diagnostic {
        let place = |start, end| Location::new("x.go", Span::new(start, end));
        let mut finding = Diagnostic::new("r", place(at, at + 1), "m");
        let edits = edits.iter().map(|&(start, end, text)| Edit::new(place(start, end), text)).collect();
        finding.fixes.push(Fix { title: "t".into(), applicability: Applicability::Safe, edits });
        finding
    }

    #[track_caller]
    fn check(source: &str, edits: &[&[(u32, u32, &str)]], expected: Option<(&str, usize)>) {
        let findings = edits.iter().enumerate().map(|(i, edits)| {
            let mut finding = finding(i as u32, edits);
            fit_to_file(&mut finding, source.as_bytes());
            (finding, Some(0))
        });
        let syntax_errors = golint_syntax::parse(source.as_bytes()).syntax_errors;
        let result = FileResult { findings: findings.collect(), syntax_errors, ..FileResult::default() };
        let rewritten = rewrite("x.go", source.as_bytes(), &result, |_| true);
        let rewritten = rewritten.map(|r| (String::from_utf8(r.bytes).unwrap(), r.applied));
        assert_eq!(rewritten, expected.map(|(text, applied)| (text.to_owned(), applied)));
    }

    #[test]
    fn overlapping_fixes_wait_and_equal_edits_are_one() {
        let source = "package p\n\nvar x = 1\n";
        check(source, &[&[(19, 20, "2")], &[(18, 20, "3")]], Some(("package p\n\nvar x = 2\n", 1)));
        check(source, &[&[(19, 20, "2")], &[(19, 20, "2"), (15, 16, "y")]], Some(("package p\n\nvar y = 2\n", 2)));
        check(source, &[&[(19, 20, "1")]], None);
        check(source, &[], None);
    }

    #[test]
    fn what_breaks_the_file_is_left_out() {
        let source = "package p\n\nvar x = 1\n";
        check(source, &[&[(19, 20, "2")], &[(11, 14, "}}")]], Some(("package p\n\nvar x = 2\n", 1)));
        check(source, &[&[(11, 14, "}}")]], None);
        // No worse than before is good enough.
        check("package p\n\n}\nvar x = 1\n", &[&[(21, 22, "2")]], Some(("package p\n\n}\nvar x = 2\n", 1)));
    }

    #[test]
    fn line_ends_and_byte_order_mark_stay() {
        check(
            "\u{feff}package p\r\n",
            &[&[(0, 0, "// a\n// b\n")]],
            Some(("\u{feff}// a\r\n// b\r\npackage p\r\n", 1)),
        );
        check("package p\n", &[&[(0, 0, "// a\n")]], Some(("// a\npackage p\n", 1)));
    }
}
