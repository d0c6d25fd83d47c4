//! Comments that suppress findings: `//nolint`, `//lint:ignore` and `//lint:file-ignore`, and which of them suppress
//! nothing. Never looks at configuration; whoever asks says which rules are on.

mod alignment;
mod directive;
mod pattern;
mod placement;
mod scope;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use golint_diagnostics::{Applicability, Diagnostic, Edit, Fix, LineIndex, Location, Span};
use golint_tree::Tree;
use rustc_hash::FxHashMap;

use crate::catalog::UNUSED_SUPPRESSION;
use crate::config::Alias;
use crate::nearest;
use directive::{Directive, Form};
use scope::Scoped;

pub use directive::named_rules;
pub use placement::{Ignored, ignore};

pub(crate) use directive::MARKS;

/// Characters of a name that are shown.
const LONGEST_NAME: usize = 80;

/// The directives of one file.
pub(crate) struct Suppressions<'s> {
    source: &'s [u8],
    lines: LineIndex,
    scoped: Vec<Scoped>,
    /// Of each, whether it suppressed something.
    used: Vec<bool>,
    aliases: &'s [Alias],
}

impl<'s> Suppressions<'s> {
    /// Reads the directives of a file; `tree` is the flat tree of `source`, and `aliases` are other names of rules.
    pub(crate) fn read(source: &'s [u8], tree: Tree<'_>, aliases: &'s [Alias]) -> Self {
        let marked = MARKS.iter().any(|mark| memchr::memmem::find(source, mark.as_bytes()).is_some());
        let lines = if marked { LineIndex::new(source) } else { LineIndex::new(b"") };
        let scoped = if marked { scope::directives(source, tree, &lines) } else { Vec::new() };
        Suppressions { source, lines, used: vec![false; scoped.len()], scoped, aliases }
    }

    /// Of each finding whether a directive suppresses it, and the reason that the first of them gives. All directives that
    /// cover a finding count as used. An `//lint:ignore` without a reason suppresses nothing, as in staticcheck.
    ///
    /// All findings at once, because both they and the directives may be very many.
    pub(crate) fn suppress<'d>(
        &mut self,
        findings: impl Iterator<Item = &'d Diagnostic>,
    ) -> Vec<Option<Option<String>>> {
        let mut verdicts = Vec::new();
        let mut rules: FxHashMap<&str, ByLine> = FxHashMap::default();
        for (number, finding) in findings.enumerate() {
            verdicts.push(None);
            if !self.scoped.is_empty() {
                rules.entry(&finding.rule).or_default().add(self.lines.line_of(finding.span().start), number);
            }
        }
        for (scoped, used) in self.scoped.iter().zip(&mut self.used).filter(|(scoped, _)| is_complete(scoped)) {
            let directive = &scoped.directive;
            let mut cover = |findings: &mut ByLine| {
                for &lines in &scoped.lines {
                    *used |= findings.cover(lines, |number| verdicts[number] = Some(directive.reason.clone()));
                }
            };
            match &directive.names {
                Some(names) => {
                    for name in names {
                        if has_patterns(directive) && pattern::is_pattern(name) {
                            matching(&mut rules, |rule| pattern::matches(name, rule)).for_each(&mut cover);
                        } else {
                            _ = rules.get_mut(name.as_str()).map(&mut cover);
                            for alias in self.aliases.iter().filter(|alias| alias.name == *name) {
                                _ = rules.get_mut(alias.rule.as_str()).map(&mut cover);
                            }
                        }
                    }
                }
                None => matching(&mut rules, |_| true).for_each(cover),
            }
        }
        verdicts
    }

    /// The directives that suppressed nothing, as findings: only those whose names are all of rules that are on in this
    /// file. Call it after all other findings were shown to [`Suppressions::suppress`].
    pub(crate) fn unused(&self, path: &Arc<str>, is_on: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut unused = Vec::new();
        for (scoped, _) in self.scoped.iter().zip(&self.used).filter(|(_, used)| !**used) {
            let Some(names) = &scoped.directive.names else { continue };
            // A directive about this very report would call for another one. Patterns name nothing that is on.
            if names.iter().all(|name| is_on(name) && name != UNUSED_SUPPRESSION) {
                unused.push(self.finding(path, scoped, names));
            }
        }
        unused
    }

    /// Of the directives that cover a finding and do not suppress it: those that name almost its rule, with the line of
    /// each, from 1, the place of the name, and what is wrong. Names of other linters are nobody's mistake, and so is a name without a finding.
    pub(crate) fn misnamed<'d>(
        &self,
        findings: impl Iterator<Item = &'d Diagnostic>,
        is_on: impl Fn(&str) -> bool,
    ) -> Vec<(u32, Span, String)> {
        if self.scoped.is_empty() {
            return Vec::new();
        }
        let mut rules: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for finding in findings {
            rules.entry(&finding.rule).or_default().insert(self.lines.line_of(finding.span().start));
        }
        let mut near: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let mut misnamed = Vec::new();
        for Scoped { directive, span, lines } in &self.scoped {
            let is_name = |name: &str| !(is_on(name) || has_patterns(directive) && pattern::is_pattern(name));
            let names = directive.names.iter().flatten().enumerate().filter(|(_, name)| is_name(name));
            // Asked for only where there is something to say.
            let mut places = None;
            for (place, name) in names {
                let near = near
                    .entry(name)
                    .or_insert_with(|| rules.keys().copied().filter(|rule| may_mean(name, rule)).collect());
                let covers = |rule: &&&str| lines.iter().any(|&(a, b)| rules[**rule].range(a..=b).next().is_some());
                if let Some(meant) = near.iter().find(covers) {
                    let form = directive.form.name();
                    let shown: String = name.chars().take(LONGEST_NAME).collect();
                    let more = if shown.len() < name.len() { "…" } else { "" };
                    let message = format!(
                        "this `{form}` names `{shown}{more}`, which is no rule that is on here; did you mean `{meant}`?"
                    );
                    let places = places.get_or_insert_with(|| self.names(*span));
                    let at = places.get(place).copied().unwrap_or(*span);
                    misnamed.push((self.lines.line_column(span.start).line, at, message));
                }
            }
        }
        misnamed
    }

    /// Where the names of the directive in this comment stand; empty for a comment that is no text.
    fn names(&self, comment: Span) -> Vec<Span> {
        let text = self.source.get(comment.start as usize..comment.end as usize).unwrap_or_default();
        let names = std::str::from_utf8(text).ok().and_then(named_rules).unwrap_or_default().into_iter();
        names.map(|name| Span::new(comment.start + name.start as u32, comment.start + name.end as u32)).collect()
    }

    fn finding(&self, path: &Arc<str>, scoped: &Scoped, names: &[String]) -> Diagnostic {
        let location = Location::new(Arc::clone(path), scoped.span);
        let form = scoped.directive.form.name();
        if !is_complete(scoped) {
            let message = format!("this `{form}` suppresses nothing, because it gives no reason");
            let mut finding = Diagnostic::new(UNUSED_SUPPRESSION, location, message);
            finding.help = Some(format!("say why: `{form} {} reason`", names.join(",")));
            return finding;
        }
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let report = if names.len() == 1 { "reports" } else { "report" };
        let message = format!("this `{form}` suppresses nothing: {} {report} nothing here", names.join(" and "));
        let mut finding = Diagnostic::new(UNUSED_SUPPRESSION, location, message);
        finding.help = Some("remove it".into());
        finding.fixes.push(Fix {
            title: "remove the directive".into(),
            applicability: Applicability::Safe,
            edits: vec![Edit::new(Location::new(Arc::clone(path), self.removal(scoped.span)), "")],
        });
        finding
    }

    /// What goes with a comment: its line where it stands alone, else the blanks before it.
    fn removal(&self, comment: Span) -> Span {
        let mut line = self.lines.full_line(self.lines.line_of(comment.start));
        line.start += scope::mark_at(self.source, line.start);
        let before = &self.source[line.start as usize..comment.start as usize];
        if before.trim_ascii().is_empty() {
            return line;
        }
        // A directive runs to the end of its line; a CR before the line break is none of it.
        let text = &self.source[comment.start as usize..comment.end as usize];
        Span::new(line.start + before.trim_ascii_end().len() as u32, comment.start + text.trim_ascii_end().len() as u32)
    }
}

/// Whether somebody who wrote this name may have meant the rule: it lacks the name of the plugin or has one too many, or is
/// misspelt, or a reason follows without its `//`. The beginning of a rule's name is the name of something else, and what is
/// far longer is none, and not worth a comparison.
fn may_mean(name: &str, rule: &str) -> bool {
    let name = name.split_whitespace().next().unwrap_or_default();
    let as_long = rule.len() <= name.len() + 2 && name.len() <= 2 * rule.len();
    name.rsplit('/').next() == rule.rsplit('/').next() || (as_long && nearest(name, [rule]).is_some())
}

/// The findings of one rule, by their numbers.
#[derive(Default)]
struct ByLine {
    /// The lines with findings, from 0.
    lines: BTreeSet<u32>,
    /// Those that no directive covers yet.
    open: BTreeMap<u32, Vec<usize>>,
}

impl ByLine {
    fn add(&mut self, line: u32, number: usize) {
        self.lines.insert(line);
        self.open.entry(line).or_default().push(number);
    }

    /// Hands out the findings on these lines that were not handed out yet. Says whether there are any, those included
    /// that were.
    fn cover(&mut self, (first, last): (u32, u32), mut suppress: impl FnMut(usize)) -> bool {
        while let Some((&line, _)) = self.open.range(first..=last).next() {
            self.open.remove(&line).into_iter().flatten().for_each(&mut suppress);
        }
        self.lines.range(first..=last).next().is_some()
    }
}

/// The findings of these rules, as golangci-lint has it: what is about directives must be named.
fn matching<'r>(
    rules: &'r mut FxHashMap<&str, ByLine>,
    wanted: impl Fn(&str) -> bool + 'r,
) -> impl Iterator<Item = &'r mut ByLine> {
    rules.iter_mut().filter(move |(rule, _)| **rule != UNUSED_SUPPRESSION && wanted(rule)).map(|(_, findings)| findings)
}

fn has_patterns(directive: &Directive) -> bool {
    matches!(directive.form, Form::LintIgnore | Form::LintFileIgnore)
}

fn is_complete(scoped: &Scoped) -> bool {
    scoped.directive.form == Form::Nolint || scoped.directive.reason.is_some()
}

#[cfg(test)]
mod tests {
    use golint_diagnostics::patch::apply_edits;

    use super::*;

    /// Findings of rule "a" at each `!` of the source. The answer: the lines (from 1) that are still reported, and the
    /// messages about unused directives with what is left after their fixes.
    fn run(source: &str) -> (Vec<u32>, Vec<String>, Vec<Option<String>>, String) {
        let parsed = golint_syntax::parse(source.as_bytes());
        let mut suppressions = Suppressions::read(source.as_bytes(), Tree::new(&parsed.tree).unwrap(), &[]);
        let lines = LineIndex::new(source.as_bytes());
        let path: Arc<str> = "x.go".into();
        let (mut findings, mut left, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
        for (offset, _) in source.match_indices('!') {
            let span = Span::new(offset as u32, offset as u32 + 1);
            findings.push(Diagnostic::new("a", Location::new(Arc::clone(&path), span), "m"));
        }
        for (verdict, finding) in suppressions.suppress(findings.iter()).into_iter().zip(&findings) {
            match verdict {
                Some(reason) => reasons.push(reason),
                None => left.push(lines.line_column(finding.span().start).line),
            }
        }
        let unused = suppressions.unused(&path, |rule| ["a", "b", UNUSED_SUPPRESSION].contains(&rule));
        let edits: Vec<Edit> = unused.iter().flat_map(|f| f.fixes.iter().flat_map(|fix| fix.edits.clone())).collect();
        let fixed = String::from_utf8(apply_edits(source.as_bytes(), &edits).unwrap()).unwrap();
        (left, unused.into_iter().map(|f| f.message).collect(), reasons, fixed)
    }

    #[track_caller]
    fn check(source: &str, left: &[u32], unused: usize, reasons: &[Option<&str>]) {
        let (found, messages, why, _) = run(source);
        assert_eq!(found, left, "reported lines");
        assert_eq!(messages.len(), unused, "{messages:?}");
        let why: Vec<Option<&str>> = why.iter().map(|r| r.as_deref()).collect();
        assert_eq!(why, reasons);
    }

    #[test]
    fn directives_suppress_what_they_name() {
        check("package p\n\nvar x = !y //nolint:a // because\nvar z = !y\n", &[4], 0, &[Some("because")]);
        check("package p\n\nvar x = !y //nolint:b\n", &[3], 1, &[]);
        check("package p\n\nvar x = !y //nolint:gosec,A\n", &[], 0, &[None]);
        check("package p\n\nvar x = !y //nolint\n", &[], 0, &[None]);
        check("package p\n\n//lint:ignore a why\nvar x = !y\nvar z = !y\n", &[5], 0, &[Some("why")]);
        check("//lint:file-ignore a old\npackage p\n\nvar x = !y\nvar z = !y\n", &[], 0, &[Some("old"), Some("old")]);
        check("package p\n\n//lint:ignore a\nvar x = !y\n", &[4], 1, &[]);
    }

    #[test]
    fn names_of_staticchecks_directives_may_be_patterns() {
        check("package p\n\nvar x = !y //lint:ignore [a-c] why\n", &[], 0, &[Some("why")]);
        check("package p\n\nvar x = !y //lint:ignore SA*,?x why\n", &[3], 0, &[]);
        check("//lint:file-ignore b,?* old\npackage p\n\nvar x = !y\n", &[], 0, &[Some("old")]);
        check("package p\n\nvar x = !y //nolint:?\n", &[3], 0, &[]);
        // It may be meant for what others find.
        check("package p\n\nvar x = y //lint:ignore a* why\n", &[], 0, &[]);
    }

    #[test]
    fn names_of_other_linters_stand_for_rules_where_a_configuration_says_so() {
        let alias = |name: &str, rule: &str| Alias { name: name.into(), rule: rule.into() };
        let aliases = [alias("govet", "a"), alias("sa1", "a"), alias("sa1", "b")];
        for (directive, suppresses) in [
            ("//nolint:govet", true),
            ("//nolint:gosec,GoVet // why", true),
            ("//nolint:gosec", false),
            ("//lint:ignore SA1 why", true),
            ("//lint:ignore SA1", false),
            ("//lint:ignore SA2 why", false),
        ] {
            let source = format!("package p\n\nvar x = !y {directive}\nvar z = y {directive}\n");
            let parsed = golint_syntax::parse(source.as_bytes());
            let tree = Tree::new(&parsed.tree).unwrap();
            let mut suppressions = Suppressions::read(source.as_bytes(), tree, &aliases);
            let (path, at): (Arc<str>, _) = ("x.go".into(), source.find('!').unwrap() as u32);
            let finding = Diagnostic::new("a", Location::new(Arc::clone(&path), Span::empty(at)), "m");
            let verdicts = suppressions.suppress([&finding].into_iter());
            assert_eq!(verdicts[0].is_some(), suppresses, "{directive}");
            // The other linter may want it.
            assert_eq!(suppressions.unused(&path, |rule| rule == "a"), [], "{directive}");
        }
    }

    #[test]
    fn only_directives_of_ours_are_called_unused() {
        check("package p\n\nvar x = y //nolint:a,b\n", &[], 1, &[]);
        for harmless in ["nolint", "nolint:all", "nolint:a,gosec", "nolint:off", "nolint:", "nolint:unused-suppression"]
        {
            check(&format!("package p\n\nvar x = y //{harmless}\n"), &[], 0, &[]);
        }
        // One of two names is enough.
        check("package p\n\nvar x = !y //nolint:a,b\n", &[], 0, &[None]);
        // Both cover it, so neither is superfluous.
        check("//nolint:a\npackage p\n\nvar x = !y //nolint:a\n", &[], 0, &[None]);
    }

    #[test]
    fn names_that_almost_name_the_rule_of_a_finding_are_told() {
        let misnamed = |rule: &str, source: &str| {
            let parsed = golint_syntax::parse(source.as_bytes());
            let suppressions = Suppressions::read(source.as_bytes(), Tree::new(&parsed.tree).unwrap(), &[]);
            let at = source.find('!').expect("a finding") as u32;
            let finding = Diagnostic::new(rule, Location::new("x.go", Span::new(at, at + 1)), "m");
            let misnamed = suppressions.misnamed([&finding].into_iter(), |name| name == rule || name == "no-print");
            let shown = |(line, at, message): (u32, Span, String)| {
                let at = source[at.start as usize..at.end as usize].to_owned();
                (line, at, message)
            };
            misnamed.into_iter().map(shown).collect::<Vec<_>>()
        };
        let said = |line, form: &str, name: &str, rule: &str| {
            let is = format!("this `{form}` names `{name}`, which is no rule that is on here; did you mean `{rule}`?");
            vec![(line, name.to_owned(), is)]
        };
        let rule = "house/no-sleep";
        for (directive, name) in [
            ("//nolint:no-sleep", "no-sleep"),
            ("//nolint:gosec,house/no-slep // why", "house/no-slep"),
            ("//nolint:hose/no-sleep", "hose/no-sleep"),
            ("//nolint:house/no-sleep because", "house/no-sleep because"),
        ] {
            let source = format!("package p\n\nvar x = !y {directive}\n");
            assert_eq!(misnamed(rule, &source), said(3, "//nolint", name, rule));
        }
        let above = "//lint:ignore linux/a-rule why\n";
        let source = format!("package p\n\n{above}var x = !y\n");
        assert_eq!(misnamed("a-rule", &source), said(3, "//lint:ignore", "linux/a-rule", "a-rule"));
        for (rule, directive) in [
            ("house/no-sleep", "//nolint:errcheck,gosec"),
            ("house/no-sleep", "//nolint"),
            ("house/errcheck-strict", "//nolint:errcheck"),
            ("no-printf", "//nolint:no-print"),
            ("no-sleep", "//lint:ignore no-slee* why"),
            ("no-sleep", "//nolint:no-sleep"),
        ] {
            assert_eq!(misnamed(rule, &format!("package p\n\nvar x = !y {directive}\n")), [], "{directive}");
        }
        let long = format!("{}/no-sleep", "x".repeat(100_000));
        let shown = format!("{}…", "x".repeat(80));
        let source = format!("package p\n\nvar x = !y //nolint:{long}\n");
        let [(3, name, message)] = &misnamed(rule, &source)[..] else { panic!("one") };
        assert_eq!((name, message), (&long, &said(3, "//nolint", &shown, rule)[0].2));
        // Elsewhere it is not about the finding.
        assert_eq!(misnamed("no-sleep", "package p\n\nvar x = !y\nvar z = y //nolint:no-slep\n"), []);
    }

    #[test]
    fn the_fix_takes_the_directive_away() {
        let (_, messages, _, fixed) = run("package p\r\n\r\n\t//nolint:a\r\nvar x = y \t//nolint:b\r\nvar z = y\r\n");
        assert_eq!(
            messages,
            [
                "this `//nolint` suppresses nothing: `a` reports nothing here",
                "this `//nolint` suppresses nothing: `b` reports nothing here"
            ]
        );
        assert_eq!(fixed, "package p\r\n\r\nvar x = y\r\nvar z = y\r\n");
        let (_, messages, _, _) = run("package p\n\nvar z = y //nolint:a,b\n");
        assert_eq!(messages, ["this `//nolint` suppresses nothing: `a` and `b` report nothing here"]);
        let (_, _, _, fixed) = run("\u{feff}//lint:file-ignore a why\npackage p\n");
        assert_eq!(fixed, "\u{feff}package p\n", "a byte order mark is no code");
        let (_, messages, _, fixed) = run("package p\n\n//lint:ignore a\nvar x = y\n");
        assert_eq!(messages, ["this `//lint:ignore` suppresses nothing, because it gives no reason"]);
        assert!(fixed.contains("//lint:ignore a\n"), "what lacks a reason is for its author to complete");
    }

    #[test]
    fn a_finding_is_handed_out_once_however_many_directives_cover_it() {
        let mut findings = ByLine::default();
        for (line, number) in [(1, 10), (1, 11), (5, 12)] {
            findings.add(line, number);
        }
        let mut out = Vec::new();
        assert!(findings.cover((0, 3), |number| out.push(number)));
        assert!(!findings.cover((2, 4), |number| out.push(number)));
        for _ in 0..3 {
            assert!(findings.cover((0, u32::MAX), |number| out.push(number)));
        }
        assert_eq!(out, [10, 11, 12]);
    }

    #[test]
    fn very_many_directives_and_findings_are_no_matter() {
        for directive in ["//lint:file-ignore a why", "//nolint:a", "//nolint"] {
            let source = format!("package p\n{}", format!("{directive}\nvar _ = 1\n").repeat(50_000));
            let parsed = golint_syntax::parse(source.as_bytes());
            let mut suppressions = Suppressions::read(source.as_bytes(), Tree::new(&parsed.tree).unwrap(), &[]);
            let at = |offset: usize| Location::new("x.go", Span::new(offset as u32, offset as u32 + 1));
            let offsets = source.match_indices("var").map(|(offset, _)| offset);
            let findings: Vec<Diagnostic> = offsets.map(|offset| Diagnostic::new("a", at(offset), "m")).collect();
            assert!(suppressions.suppress(findings.iter()).iter().all(Option::is_some));
            assert!(suppressions.used.iter().all(|used| *used));
            suppressions.misnamed(findings.iter(), |_| false);
        }
    }
}
