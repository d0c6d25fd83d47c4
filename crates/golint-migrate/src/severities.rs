//! What findings weigh. golangci-lint's severities are free words; the usual ones are known.

use crate::document::{Entry, Place};
use crate::draft::{Draft, Sourced};
use crate::exclusions::Conditions;
use crate::relations::{About, Related};
use crate::{Fault, Version, shown};

/// What a word stands for here. Sources: the formats of Code Climate, Checkstyle, GitHub and TeamCity; `major` and `minor` are
/// what the format gitlab makes of warnings and infos.
fn weight(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "error" | "err" | "blocker" | "critical" | "crit" | "fatal" | "failure" | "high" => "error",
        "warning" | "warn" | "major" | "medium" | "moderate" => "warning",
        "info" | "information" | "informational" | "notice" | "note" | "minor" | "low" => "info",
        "hint" | "ignore" | "none" => "hint",
        _ => return None,
    })
}

/// A severity, and the key that it comes from.
type Weighed = (&'static str, String);

/// The table `severity`.
pub(crate) fn walk(draft: &mut Draft, entries: &[Entry], rules: &[Related]) -> Result<(), Fault> {
    let default_key = match draft.version {
        Version::One => "default-severity",
        Version::Two => "default",
    };
    let mut default = None;
    let mut by_linters: Vec<(Vec<String>, Option<Weighed>)> = Vec::new();
    for entry in entries {
        let key = format!("severity.{}", shown(&entry.key));
        match entry.key.as_str() {
            name if name == default_key => {
                let word = entry.node.text(&key)?;
                if word.is_empty() {
                    draft.need_not(&key, entry.place, "it is not set");
                }
                default = read(draft, &key, entry.node.place, &word)
                    .map(|weight| (weight, format!("{key}: {}", shown(&word))));
            }
            "rules" => {
                for item in entry.node.items() {
                    let conditions = Conditions::read(draft, &key, item, true)?;
                    let covering = About::of(&conditions.linters, None, rules).same;
                    if !conditions.linters.is_empty() && covering.is_empty() {
                        draft.need_not(&key, conditions.place, "it is for linters that no rule here stands for");
                    } else if conditions.path.is_some()
                        || conditions.text.is_some()
                        || !conditions.others.is_empty()
                        || covering.is_empty()
                    {
                        let message = "a rule has one severity here, wherever it finds something and whatever it says";
                        draft.lose(&key, conditions.place, message);
                    } else {
                        let weight = read(draft, &key, conditions.place, &conditions.severity);
                        let from = format!("{key}: {} of {}", conditions.severity, conditions.linters.join(", "));
                        by_linters.push((covering, weight.map(|weight| (weight, shown(&from)))));
                    }
                }
            }
            "case-sensitive" if draft.version == Version::One => {
                draft.need_not(&key, entry.place, "it is about texts of messages");
            }
            _ => draft.lose(&key, entry.place, "golangci-lint knows no such key"),
        }
    }
    for rule in rules {
        let own = by_linters.iter().find(|(covering, _)| covering.contains(&rule.name));
        let decided = own.map_or_else(|| default.clone(), |(_, weight)| weight.clone());
        if let Some((value, from)) = decided {
            draft.rule(&rule.name).severity = Some(Sourced { value, from });
        }
    }
    Ok(())
}

fn read(draft: &mut Draft, key: &str, place: Place, word: &str) -> Option<&'static str> {
    if word.is_empty() {
        return None;
    }
    if word == "@linter" {
        draft.need_not(key, place, "findings have the severity of their rule unless golint.toml says otherwise");
        return None;
    }
    let weight = weight(word);
    if weight.is_none() {
        let message = format!("`{}` is no severity here", shown(word));
        draft.lose_with(key, place, message, Some("severities are error, warning, info and hint".to_owned()));
    }
    weight
}
