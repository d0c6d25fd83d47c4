//! Compares golangci-lint's linters, as they are set up, with the rules that there are here.

use std::collections::BTreeSet;

use crate::checks::Settings;
use crate::draft::Draft;
use crate::linters::{Check, RETIRED, today};
use crate::{Fault, Kept, RuleHere};

/// Checks that are taken for what a rule here finds, and are something else.
const NOT_THE_SAME: &[(&str, &str)] = &[
    ("copyloopvar", "it finds copies that Go 1.22 made needless, not the captures that needed them"),
    ("staticcheck/SA1027", "64-bit atomic operations that 32-bit platforms can't do are found by SA1027 only"),
    ("govet/atomicalign", "64-bit atomic operations that 32-bit platforms can't do are found by atomicalign only"),
];

/// The linters that are on, and the names that `enable` had for them.
pub(crate) struct Linters<'a> {
    pub(crate) enabled: &'a BTreeSet<String>,
    pub(crate) enable: &'a [String],
    pub(crate) settings: Settings<'a>,
}

impl Linters<'_> {
    /// Fills in what stays, what is off by name, and which comments count.
    pub(crate) fn compare(&self, rules: &[RuleHere], draft: &mut Draft) -> Result<(), Fault> {
        for rule in rules {
            for name in rule.equivalents.iter().chain(&rule.overlaps) {
                let check = Check::new(name, self.settings.version);
                // Many have turned checks off since Go 1.22 made most of their findings moot, and a rule here finds others, too.
                if let Some((key, place)) = self.settings.turned_off(&check)? {
                    let same = if rule.equivalents.contains(name) { "the same and more" } else { "some of the same" };
                    let message = format!("{name} is off; {} finds {same}, and stays on", rule.name);
                    let help = format!("to turn it off: ignore = [\"{}\"]", rule.name);
                    draft.lose_with(&key, place, message, Some(help));
                }
            }
            let aliases = self.aliases(rule)?;
            let is_off = draft.ignore.iter().any(|ignored| ignored.value == rule.name);
            if !aliases.is_empty() && !is_off {
                draft.rule(&rule.name).aliases = aliases;
            }
        }
        for linter in self.enabled {
            let why = self.why(linter, rules)?;
            draft.kept.push(Kept { linter: linter.clone(), why });
        }
        draft.kept.sort_by(|a, b| a.linter.cmp(&b.linter));
        Ok(())
    }

    /// Names in comments that are about what the rule finds: linters whose check is on, those that are gone, and their checks
    /// where `//lint:ignore` takes them.
    fn aliases(&self, rule: &RuleHere) -> Result<Vec<String>, Fault> {
        let mut aliases: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if aliases.iter().all(|other| other != name) {
                aliases.push(name.to_owned());
            }
        };
        for name in rule.equivalents.iter().chain(&rule.overlaps) {
            let check = Check::new(name, self.settings.version);
            let is_on = self.enabled.contains(&check.linter) && self.settings.is_on(&check)?;
            if !is_on && !RETIRED.contains(&check.linter.as_str()) {
                continue;
            }
            add(&check.linter);
            for written in self.enable.iter().filter(|written| today(written).contains(&check.linter)) {
                add(written);
            }
            if let Some(name) = &check.check
                && check.is_of_staticcheck()
            {
                add(name);
            }
        }
        Ok(aliases)
    }

    /// Why a linter stays, where one might think otherwise.
    fn why(&self, linter: &str, rules: &[RuleHere]) -> Result<Vec<String>, Fault> {
        let mut why = Vec::new();
        for rule in rules {
            let on = |names: &[String]| -> Result<Option<String>, Fault> {
                let mut on = Vec::new();
                for name in names {
                    let check = Check::new(name, self.settings.version);
                    if check.linter == linter && self.settings.is_on(&check)? {
                        on.push(check.check.unwrap_or_else(|| "it".to_owned()));
                    }
                }
                Ok((!on.is_empty()).then(|| on.join(", ")))
            };
            if let Some(names) = on(&rule.equivalents)? {
                why.push(format!(
                    "{} finds what {names} finds where no types of other packages are asked for, and more",
                    rule.name
                ));
            }
            if let Some(names) = on(&rule.overlaps)? {
                why.push(format!("{} finds some of what {names} finds, and more of its own", rule.name));
            }
        }
        if linter == "nolintlint" {
            why.push(
                "it takes //nolint:NAME for unused where only a rule here goes by it, and does not know rules here: for \
                 these write `//lint:ignore RULE reason`"
                    .to_owned(),
            );
        }
        for (name, reason) in NOT_THE_SAME {
            let check = Check::new(name, self.settings.version);
            let is_found =
                rules.iter().any(|rule| rule.equivalents.iter().chain(&rule.overlaps).any(|other| other == name));
            if check.linter == linter && !is_found && self.settings.is_on(&check)? {
                why.push((*reason).to_owned());
            }
        }
        if RETIRED.contains(&linter) {
            why.push("newer versions of golangci-lint have it no more".to_owned());
        }
        Ok(why)
    }
}

/// The rules that a rule of golangci-lint's configuration is about: those that look for the same as some check, and those
/// that only find some of one that is on.
pub(crate) struct About {
    pub(crate) same: Vec<String>,
    pub(crate) overlapping: Vec<String>,
}

/// A rule here with the checks that it knows of, taken apart.
pub(crate) struct Related {
    pub(crate) name: String,
    equivalents: Vec<Check>,
    /// Those that are on.
    overlaps: Vec<Check>,
}

/// Takes apart what rules say of others.
pub(crate) fn related(rules: &[RuleHere], settings: Settings<'_>) -> Result<Vec<Related>, Fault> {
    let mut all = Vec::with_capacity(rules.len());
    for rule in rules {
        let checks = |names: &[String]| names.iter().map(|name| Check::new(name, settings.version)).collect::<Vec<_>>();
        let mut overlaps = Vec::new();
        for check in checks(&rule.overlaps) {
            if settings.is_on(&check)? {
                overlaps.push(check);
            }
        }
        all.push(Related { name: rule.name.clone(), equivalents: checks(&rule.equivalents), overlaps });
    }
    Ok(all)
}

impl About {
    /// What is about findings of these linters; of one check of theirs, where it is named.
    pub(crate) fn of(linters: &[String], named: Option<&str>, rules: &[Related]) -> About {
        let linters: BTreeSet<String> = linters.iter().flat_map(|name| today(name)).collect();
        let is_meant = |check: &Check| {
            linters.contains(&check.linter) && named.is_none_or(|named| check.check.as_deref() == Some(named))
        };
        let mut about = About { same: Vec::new(), overlapping: Vec::new() };
        for rule in rules {
            if rule.equivalents.iter().any(is_meant) {
                about.same.push(rule.name.clone());
            } else if rule.overlaps.iter().any(is_meant) {
                about.overlapping.push(rule.name.clone());
            }
        }
        about
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.same.is_empty() && self.overlapping.is_empty()
    }
}
