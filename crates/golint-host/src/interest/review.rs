//! Checks the interests that a pack declares, and reads them into the engine's terms. The error names the rule and what
//! to change.

use std::collections::{HashMap, HashSet};

use golint_project::{GoVersion, PLATFORMS, PlatformSet};
use golint_sdk::facts::GoVersion as RawVersion;
use golint_sdk::pack::RuleInterest;
use golint_tree::Kind;
use golint_tree::vocabulary::KINDS;

use super::{GoRange, Interest, Needle, Pattern};
use crate::manifest::Manifest;

/// Interests of one configuration.
const MAX_INTERESTS: usize = 5_000;
/// Needles of one configuration. The engine keeps them, and the guest does not pay for that.
const MAX_NEEDLES: usize = 1_000;
/// Patterns among them: each has a cache of its own while it is looked for.
const MAX_PATTERNS: usize = 100;
/// What these may come to when they are compiled, in bytes.
const MAX_COMPILED: usize = 16 << 20;
/// A needle, in bytes.
const MAX_NEEDLE: usize = 1 << 10;

/// The interests in the engine's terms. `rules` are those of the configuration.
pub(crate) fn review(raw: Vec<RuleInterest>, manifest: &Manifest, rules: &[u32]) -> Result<Vec<Interest>, String> {
    if raw.len() > MAX_INTERESTS {
        return Err(format!("there are {} interests, and {MAX_INTERESTS} are the limit", raw.len()));
    }
    let mut costs = Costs::default();
    raw.into_iter()
        .map(|raw| {
            let Some(rule) = manifest.rules.get(raw.rule as usize) else {
                return Err(format!("one is for rule number {}, which the pack does not have", raw.rule));
            };
            if !rules.contains(&raw.rule) {
                return Err(format!("one is for rule {:?}, which is off", rule.id));
            }
            interest(raw, &mut costs).map_err(|message| format!("rule {:?}: {message}", rule.id))
        })
        .collect()
}

fn interest(raw: RuleInterest, costs: &mut Costs) -> Result<Interest, String> {
    let version = |v: RawVersion| GoVersion::new(v.major, v.minor);
    let go = GoRange { since: raw.go.since.map(version), before: raw.go.before.map(version) };
    if let (Some(since), Some(before)) = (go.since, go.before)
        && since >= before
    {
        return Err(format!("no Go version is at least {since} and before {before}"));
    }
    let on = raw.on.as_deref().map(platforms).transpose()?;
    let requires = raw.requires.into_iter().map(|any| {
        if any.is_empty() {
            return Err("an empty list of needles can never hit".to_owned());
        }
        any.into_iter().map(|needle| self::needle(needle, costs)).collect()
    });
    let requires = requires.collect::<Result<Vec<Vec<_>>, _>>()?;
    if raw.kinds.is_empty() {
        return Err("it names no node kinds; \"source_file\" asks for every file".into());
    }
    let mut kinds = raw.kinds.iter().map(|name| kind(name)).collect::<Result<Vec<_>, _>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    Ok(Interest { rule: raw.rule, go, on, requires, kinds })
}

/// Platforms as a pack writes them: some, and only such as the table has.
pub(crate) fn platforms(words: &[u64]) -> Result<PlatformSet, String> {
    let set = PlatformSet::from_words(words);
    let bits = |words: &[u64]| words.iter().map(|word| word.count_ones() as usize).sum::<usize>();
    if bits(words) != bits(set.words()) {
        return Err(format!("the platforms have bits beyond the table, which has {} entries", PLATFORMS.len()));
    }
    if set.is_empty() {
        return Err("the set of platforms is empty".into());
    }
    Ok(set)
}

fn kind(name: &str) -> Result<Kind, String> {
    if let Some(kind) = Kind::from_name(name) {
        return Ok(kind);
    }
    let nearest = golint_sdk::nearest(name, KINDS.iter().copied());
    let all = || "; `environment.kinds` lists them all".to_owned();
    let hint = nearest.map_or_else(all, |known| format!("; did you mean {known:?}?"));
    Err(format!("there is no node kind {name:?}{hint}"))
}

/// What the needles of one configuration come to. Equal ones count once: the engine keeps them once.
#[derive(Default)]
struct Costs {
    needles: HashSet<golint_sdk::Needle>,
    patterns: HashMap<String, Pattern>,
    compiled: usize,
}

impl Costs {
    /// Takes in a needle.
    fn add(&mut self, needle: &golint_sdk::Needle) -> Result<(), String> {
        if self.needles.insert(needle.clone()) && self.needles.len() > MAX_NEEDLES {
            return Err(format!("with it there are more than {MAX_NEEDLES} needles"));
        }
        Ok(())
    }

    /// The pattern of this text, compiled when it comes for the first time.
    fn pattern(&mut self, text: String) -> Result<Pattern, String> {
        if let Some(known) = self.patterns.get(&text) {
            return Ok(known.clone());
        }
        if self.patterns.len() == MAX_PATTERNS {
            return Err(format!("with it there are more than {MAX_PATTERNS} patterns"));
        }
        let (pattern, size) = compiled(&text)?;
        self.compiled += size;
        if self.compiled > MAX_COMPILED {
            return Err(format!("with {text:?} the compiled patterns have more than {MAX_COMPILED} bytes"));
        }
        self.patterns.insert(text, pattern.clone());
        Ok(pattern)
    }
}

/// The pattern, and a bound on what it takes: the first limit that it keeps.
fn compiled(pattern: &str) -> Result<(Pattern, usize), String> {
    let mut limit = 1 << 14;
    loop {
        match Pattern::within(pattern, limit) {
            Ok(pattern) => return Ok((pattern, limit)),
            Err(regex::Error::CompiledTooBig(_)) if limit < Pattern::SIZE_LIMIT => limit <<= 2,
            Err(error) => return Err(format!("the pattern {pattern:?} is no regular expression: {error}")),
        }
    }
}

fn needle(needle: golint_sdk::Needle, costs: &mut Costs) -> Result<Needle, String> {
    use golint_sdk::Needle as Raw;
    let (Raw::Literal(text) | Raw::Pattern(text) | Raw::Imports(text)) = &needle;
    if text.is_empty() || text.len() > MAX_NEEDLE {
        return Err(format!("a needle must have 1 to {MAX_NEEDLE} bytes, and one has {}", text.len()));
    }
    costs.add(&needle)?;
    Ok(match needle {
        Raw::Literal(text) => Needle::Literal(text),
        Raw::Pattern(text) => Needle::Pattern(costs.pattern(text)?),
        Raw::Imports(text) => match text.strip_suffix("/…").or_else(|| text.strip_suffix("/...")) {
            Some("") => return Err("an import path is empty".into()),
            Some(path) => Needle::ImportsBelow(path.to_owned()),
            None => Needle::Imports(text),
        },
    })
}

#[cfg(test)]
mod tests;
