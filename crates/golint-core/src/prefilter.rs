//! Which files a rule can care about, before anything is parsed: the needles of all packs, looked for in one pass, and
//! the conditions on language version and platforms. Knows no rule and never parses.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use golint_host::{GoRange, Interest, Needle, Pattern};
use golint_project::{FileFacts, PlatformSet};

/// Of literals, in bytes: the fast automaton takes about a kilobyte for each of them.
const LARGEST_TABLE: usize = 16 << 10;

/// Collects the needles of a run.
#[derive(Default)]
pub(crate) struct PrefilterBuilder {
    literals: BTreeMap<String, usize>,
    patterns: BTreeMap<Pattern, usize>,
}

/// All needles of a run, ready to be looked for.
pub(crate) struct Prefilter {
    literals: Option<AhoCorasick>,
    literal_count: usize,
    patterns: Vec<Pattern>,
    enabled: bool,
}

/// The interests of one configuration of a pack, in the order in which the pack declared them.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    interests: Vec<Condition>,
}

#[derive(Debug)]
struct Condition {
    go: GoRange,
    on: Option<PlatformSet>,
    requires: Vec<Vec<Test>>,
}

/// A needle, by its number among those of its kind.
#[derive(Clone, Debug)]
enum Test {
    Literal(usize),
    Pattern(usize),
    Imports { path: String, below: bool },
}

impl PrefilterBuilder {
    /// The number under which [`Look::has_literal`] knows these bytes.
    pub(crate) fn literal(&mut self, text: &str) -> usize {
        number(&mut self.literals, text)
    }

    /// Takes in the interests of a configuration.
    pub(crate) fn gate(&mut self, interests: &[Interest]) -> Gate {
        let condition = |interest: &Interest| Condition {
            go: interest.go,
            on: interest.on,
            requires: interest
                .requires
                .iter()
                .map(|any| any.iter().map(|needle| self.test(needle)).collect())
                .collect(),
        };
        Gate { interests: interests.iter().map(condition).collect() }
    }

    fn test(&mut self, needle: &Needle) -> Test {
        match needle {
            Needle::Literal(text) => Test::Literal(self.literal(text)),
            Needle::Pattern(pattern) => Test::Pattern(number(&mut self.patterns, pattern)),
            Needle::Imports(path) => Test::Imports { path: path.clone(), below: false },
            Needle::ImportsBelow(path) => Test::Imports { path: path.clone(), below: true },
        }
    }

    /// Makes the needles ready. `enabled` false: every needle counts as found.
    pub(crate) fn build(self, enabled: bool) -> Prefilter {
        let literals = by_number(self.literals);
        // Overlapping matches, so that one literal inside another hides none.
        let bytes: usize = literals.iter().map(String::len).sum();
        let kind = if bytes < LARGEST_TABLE { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let automaton = AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(kind)).build(&literals);
        Prefilter {
            literal_count: literals.len(),
            literals: automaton.ok().filter(|_| !literals.is_empty()),
            patterns: by_number(self.patterns),
            enabled,
        }
    }
}

fn number<T: ToOwned<Owned = O> + ?Sized, O: Ord>(numbers: &mut BTreeMap<O, usize>, needle: &T) -> usize {
    let next = numbers.len();
    *numbers.entry(needle.to_owned()).or_insert(next)
}

fn by_number<T>(numbers: BTreeMap<T, usize>) -> Vec<T> {
    let mut list: Vec<(T, usize)> = numbers.into_iter().collect();
    list.sort_unstable_by_key(|(_, number)| *number);
    list.into_iter().map(|(needle, _)| needle).collect()
}

impl Prefilter {
    /// False where every file is to be parsed.
    pub(crate) fn is_enabled(&self) -> bool {
        self.enabled
    }

    /// Looks at one file. `platforms` are those of the file that matter in this run.
    pub(crate) fn look<'f>(&'f self, facts: &'f FileFacts, platforms: PlatformSet, source: &'f [u8]) -> Look<'f> {
        Look { prefilter: self, facts, platforms, source, literals: None, patterns: vec![None; self.patterns.len()] }
    }
}

/// What is known of one file. Needles are looked for when the first condition asks.
pub(crate) struct Look<'f> {
    prefilter: &'f Prefilter,
    facts: &'f FileFacts,
    platforms: PlatformSet,
    source: &'f [u8],
    literals: Option<Vec<bool>>,
    patterns: Vec<Option<bool>>,
}

impl Look<'_> {
    /// The interests that hold for this file, by their places in the gate.
    pub(crate) fn matching(&mut self, gate: &Gate) -> Vec<u32> {
        let held = gate.interests.iter().enumerate().filter(|(_, condition)| self.holds(condition));
        held.map(|(place, _)| place as u32).collect()
    }

    fn holds(&mut self, condition: &Condition) -> bool {
        condition.go.contains(self.facts.go_version)
            && condition.on.is_none_or(|on| on.intersects(self.platforms))
            && (!self.prefilter.enabled
                || condition.requires.iter().all(|any| any.iter().any(|test| self.passes(test))))
    }

    fn passes(&mut self, test: &Test) -> bool {
        match test {
            Test::Literal(number) => self.has_literal(*number),
            Test::Pattern(number) => self.matches_pattern(*number),
            Test::Imports { path, below } => self.facts.imports.iter().any(|import| {
                let rest = import.path.strip_prefix(path.as_str());
                rest.is_some_and(|rest| rest.is_empty() || *below && rest.starts_with('/'))
            }),
        }
    }

    /// Whether the literal with this number occurs in the file.
    pub(crate) fn has_literal(&mut self, number: usize) -> bool {
        let (prefilter, source) = (self.prefilter, self.source);
        self.literals.get_or_insert_with(|| prefilter.find_literals(source))[number]
    }

    fn matches_pattern(&mut self, number: usize) -> bool {
        let (prefilter, source) = (self.prefilter, self.source);
        *self.patterns[number].get_or_insert_with(|| prefilter.patterns[number].is_match(source))
    }
}

impl Prefilter {
    /// One pass over the file, ended when nothing new can be found. Where literals that overlap are found all over the
    /// file, all count as found: nothing is lost, and the time stays bounded.
    fn find_literals(&self, source: &[u8]) -> Vec<bool> {
        let Some(automaton) = &self.literals else { return vec![true; self.literal_count] };
        let mut found = vec![false; self.literal_count];
        let mut missing = self.literal_count;
        for (count, hit) in automaton.find_overlapping_iter(source).enumerate() {
            if count > source.len() * 2 {
                return vec![true; self.literal_count];
            }
            let found = &mut found[hit.pattern().as_usize()];
            if !*found {
                *found = true;
                missing -= 1;
                if missing == 0 {
                    break;
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use golint_project::GoVersion;
    use golint_tree::kind;

    use super::*;

    fn interest(requires: &[&[Needle]]) -> Interest {
        Interest {
            rule: 0,
            go: GoRange::default(),
            on: None,
            requires: requires.iter().map(|any| any.to_vec()).collect(),
            kinds: vec![kind::SOURCE_FILE],
        }
    }

    fn literal(text: &str) -> Needle {
        Needle::Literal(text.into())
    }

    #[track_caller]
    fn check(interests: &[Interest], source: &str, expected: &[u32]) {
        let header = golint_syntax::header::scan(source.as_bytes());
        let facts = FileFacts::of("x_linux.go", header, GoVersion::new(1, 21));
        let mut builder = PrefilterBuilder::default();
        let gate = builder.gate(interests);
        let prefilter = builder.build(true);
        assert_eq!(
            prefilter.look(&facts, facts.platforms, source.as_bytes()).matching(&gate),
            expected,
            "{source:.99}"
        );
    }

    #[test]
    fn every_list_needs_one_hit() {
        let interests = [
            interest(&[]),
            interest(&[&[literal("unsafe")]]),
            interest(&[&[literal("safe"), literal("nowhere")], &[Needle::Pattern(Pattern::new(r"Off\w+\(").unwrap())]]),
            interest(&[&[literal("unsafe")], &[literal("nowhere")]]),
            interest(&[&[]]),
        ];
        check(&interests, "package p\n\nvar x = unsafe.Offsetof(y)\n", &[0, 1, 2]);
        check(&interests, "package p\n", &[0]);
        check(&interests, "\u{feff}\0", &[0]);
    }

    #[test]
    fn literals_may_overlap() {
        let needles = ["ab", "bc", "abc", "b", "cab"].map(|text| interest(&[&[literal(text)]]));
        check(&needles, "abc", &[0, 1, 2, 3]);
    }

    #[test]
    fn literals_that_overlap_all_over_cost_no_more_than_others() {
        let source = "a".repeat(4 << 20);
        let needles: Vec<Interest> = (1..1000).map(|n| interest(&[&[literal(&"a".repeat(n))]])).collect();
        let nowhere = interest(&[&[literal("b")]]);
        // Also what stands nowhere: the search was given up, and everything counts as found.
        let all: Vec<u32> = (0..1000).collect();
        check(&[needles, vec![nowhere]].concat(), &source, &all);
    }

    #[test]
    fn imports_are_compared_by_path() {
        let exact = interest(&[&[Needle::Imports("golang.org/x/sys".into())]]);
        let below = interest(&[&[Needle::ImportsBelow("golang.org/x/sys".into())]]);
        let both = [exact, below];
        check(&both, "package p\n\nimport \"golang.org/x/sys/unix\"\n", &[1]);
        check(&both, "package p\n\nimport u \"golang.org/x/sys\"\n", &[0, 1]);
        check(&both, "package p\n\nimport \"golang.org/x/system\"\n\nvar x = \"golang.org/x/sys\"\n", &[]);
    }

    #[test]
    fn version_and_platform_count() {
        let go = |since, before| Interest { go: GoRange { since, before }, ..interest(&[]) };
        let on = |name| Interest { on: PlatformSet::named(name), ..interest(&[]) };
        let interests = [
            go(None, Some(GoVersion::new(1, 22))),
            go(Some(GoVersion::new(1, 22)), None),
            go(Some(GoVersion::new(1, 21)), Some(GoVersion::new(1, 22))),
            on("linux/arm"),
            on("windows/amd64"),
        ];
        check(&interests, "package p\n", &[0, 2, 3]);
    }

    #[test]
    fn switched_off_needles_count_as_found() {
        let mut builder = PrefilterBuilder::default();
        let gate = builder.gate(&[interest(&[&[literal("nowhere")]])]);
        let facts = FileFacts::of("x.go", golint_syntax::header::scan(b""), GoVersion::new(1, 21));
        let prefilter = builder.build(false);
        assert_eq!(prefilter.look(&facts, facts.platforms, b"").matching(&gate), [0]);
    }

    #[test]
    fn literals_are_found_by_number() {
        let mut builder = PrefilterBuilder::default();
        let (nolint, rule) = (builder.literal("nolint"), builder.literal("loopvar-capture"));
        assert_eq!(builder.literal("nolint"), nolint);
        let facts = FileFacts::of("x.go", golint_syntax::header::scan(b""), GoVersion::new(1, 21));
        let prefilter = builder.build(true);
        let mut look = prefilter.look(&facts, facts.platforms, b"//nolint:loopvar");
        assert!(look.has_literal(nolint) && !look.has_literal(rule));
    }
}
