//! One file, one round: its bytes with as many fixes as fit together. Never leaves it with more syntax errors than it
//! had, whatever a rule proposes.

use golint_diagnostics::patch::{Patched, apply_fixes};
use golint_diagnostics::{BYTE_ORDER_MARK, Diagnostic, Fix};

/// A file after a round.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rewritten {
    pub(crate) bytes: Vec<u8>,
    /// Fixes that are in it.
    pub(crate) applied: usize,
}

/// Applies of each finding the first fix that is allowed, to a file with so many syntax errors. None if that changes nothing.
pub(crate) fn rewrite(
    path: &str,
    source: &[u8],
    mut findings: Vec<&Diagnostic>,
    syntax_errors: u32,
    allowed: impl Fn(&Fix) -> bool,
) -> Option<Rewritten> {
    findings.sort();
    findings.dedup();
    let fixes: Vec<&Fix> =
        findings.iter().filter_map(|finding| finding.fixes.iter().find(|fix| allowed(fix))).collect();
    if fixes.is_empty() {
        return None;
    }
    let apply = |fixes: &[&Fix]| apply_fixes(path, source, fixes.iter().copied());
    let is_harmless = |patched: &Patched| golint_syntax::parse(&patched.bytes).syntax_errors <= syntax_errors;
    let patched = without_harmful(&fixes, apply, is_harmless)?;
    let rewritten = Rewritten { applied: patched.applied.len(), bytes: patched.bytes };
    Some(rewritten).filter(|rewritten| rewritten.bytes != source)
}

/// How often a file is parsed to find out which of its fixes break it.
const MOST_PARSES: usize = 200;

/// What the fixes give without those that break the file: others need not suffer for them. They are looked for by
/// halves; where there are so many that this takes too long, what was not looked at is left for another round. None if
/// every one that was looked at breaks it.
fn without_harmful<'f, T>(
    fixes: &[&'f Fix],
    apply: impl Fn(&[&'f Fix]) -> T,
    mut is_harmless: impl FnMut(&T) -> bool,
) -> Option<T> {
    let mut good: Vec<&Fix> = Vec::new();
    let mut best = None;
    let mut ahead = vec![fixes];
    for _ in 0..MOST_PARSES {
        let Some(part) = ahead.pop() else { break };
        let before = good.len();
        good.extend(part);
        let tried = apply(&good);
        if is_harmless(&tried) {
            best = Some(tried);
            continue;
        }
        good.truncate(before);
        if part.len() > 1 {
            let (first, second) = part.split_at(part.len() / 2);
            ahead.extend([second, first]);
        }
    }
    best
}

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
            finding
        });
        let findings: Vec<Diagnostic> = findings.collect();
        let syntax_errors = golint_syntax::parse(source.as_bytes()).syntax_errors;
        let rewritten = rewrite("x.go", source.as_bytes(), findings.iter().collect(), syntax_errors, |_| true);
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
        // Two declarations need the end of a line between them.
        check("package p\n\nvar x int\nvar y int\n", &[&[(20, 21, " ")]], None);
        // No worse than before is good enough.
        check("package p\n\n}\nvar x = 1\n", &[&[(21, 22, "2")]], Some(("package p\n\n}\nvar x = 2\n", 1)));
    }

    #[test]
    fn few_parses_find_what_breaks_a_file_with_very_many_fixes() {
        let findings: Vec<Diagnostic> = (0..10_000).map(|at| finding(at, &[(at, at, "x")])).collect();
        let fixes: Vec<&Fix> = findings.iter().map(|finding| &finding.fixes[0]).collect();
        let count = |harmful: &dyn Fn(u32) -> bool| {
            let mut parses = 0;
            let start = |fix: &&Fix| fix.edits[0].location.span.start;
            let good = without_harmful(
                &fixes,
                |fixes| fixes.iter().map(start).collect::<Vec<_>>(),
                |tried| {
                    parses += 1;
                    !tried.iter().any(|&at| harmful(at))
                },
            );
            (good.map_or(0, |good| good.len()), parses)
        };
        assert_eq!(count(&|_| false), (10_000, 1));
        let (left, parses) = count(&|at| at == 0 || at == 7_777);
        assert!(left == 9_998 && parses < 60, "{left} {parses}");
        assert_eq!(count(&|_| true), (0, MOST_PARSES));
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
