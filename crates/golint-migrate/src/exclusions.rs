//! What is left out: paths for all linters, and rules for some of them. Everything goes through `pattern`, and what has no
//! exact globs is told.

use crate::document::{Node, Place};
use crate::draft::Draft;
use crate::pattern::{self, Over, Refusal};
use crate::relations::{About, Related};
use crate::{Fault, shown};

/// Folders that version 1 leaves out unasked. `vendor` and `testdata` are others, which `...` leaves out here as well.
pub(crate) const DEFAULT_FOLDERS: &[&str] = &["Godeps/", "builtin/", "examples/", "third_party/"];

/// A list of expressions for what is left out altogether.
pub(crate) fn paths(draft: &mut Draft, key: &str, node: &Node, over: Over) -> Result<(), Fault> {
    for (expression, place) in node.texts(key)? {
        if expression.is_empty() {
            draft.lose(key, place, "an empty expression would leave out everything");
            continue;
        }
        match pattern::globs(&expression, over) {
            Ok(globs) => {
                for glob in globs {
                    draft.exclude(glob, format!("{key}: {}", shown(&expression)));
                }
            }
            Err(refusal) => refused(draft, key, place, &expression, refusal, "exclude"),
        }
    }
    Ok(())
}

/// Tells why an expression has no globs.
fn refused(draft: &mut Draft, key: &str, place: Place, expression: &str, refusal: Refusal, target: &str) {
    let expression = shown(expression);
    let by_hand = format!("write what it is meant to take as globs into `{target}`");
    let (message, help) = match refusal {
        Refusal::Invalid(why) => (format!("`{expression}` can't be read as a regular expression: {why}"), by_hand),
        Refusal::Beyond(why) => (format!("`{expression}` has no globs that say the same: {why}"), by_hand),
        Refusal::Nothing(folder) => {
            let message = format!("`{expression}` matches the path of no Go file, so it leaves out nothing");
            let help = folder.map(|folder| format!("if a folder is meant, add \"{}\" to `{target}`", shown(&folder)));
            return draft.lose_with(key, place, message, help);
        }
    };
    draft.lose_with(key, place, message, Some(help));
}

/// What a rule of golangci-lint asks of a finding.
pub(crate) struct Conditions {
    pub(crate) place: Place,
    pub(crate) linters: Vec<String>,
    pub(crate) path: Option<(String, Place)>,
    pub(crate) text: Option<String>,
    /// The keys of other conditions that are set.
    pub(crate) others: Vec<&'static str>,
    pub(crate) severity: String,
}

impl Conditions {
    /// Reads a rule; keys that there are not are told.
    pub(crate) fn read(draft: &mut Draft, key: &str, node: &Node, knows_severity: bool) -> Result<Conditions, Fault> {
        let mut read = Conditions {
            place: node.place,
            linters: Vec::new(),
            path: None,
            text: None,
            others: Vec::new(),
            severity: String::new(),
        };
        for entry in node.entries(key)? {
            let full = format!("{key}.{}", shown(&entry.key));
            let mut other = |key: &'static str| -> Result<(), Fault> {
                if !entry.node.text(&full)?.is_empty() {
                    read.others.push(key);
                }
                Ok(())
            };
            match entry.key.as_str() {
                "linters" => {
                    read.linters = entry.node.texts(&full)?.into_iter().map(|(name, _)| name).collect();
                }
                "path" => {
                    let text = entry.node.text(&full)?;
                    read.path = (!text.is_empty()).then_some((text, entry.node.place));
                }
                "path-except" => other("path-except")?,
                "text" => read.text = Some(entry.node.text(&full)?).filter(|text| !text.is_empty()),
                "source" => other("source")?,
                "severity" if knows_severity => read.severity = entry.node.text(&full)?,
                _ => draft.lose(&full, entry.place, "golangci-lint knows no such key"),
            }
        }
        Ok(read)
    }
}

/// The checks of staticcheck and gosec that a message begins with, as in `SA1019: …`.
fn codes(text: &str) -> Vec<&str> {
    let is_code = |word: &&str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = word.len() - digits.len();
        matches!((letters, digits.len()), (1 | 2, 4) | (1, 3)) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_code).collect()
}

/// The check, where a condition on the message says no more than its name.
fn only_code(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches('^').trim_end().trim_end_matches(':');
    codes(bare).into_iter().find(|code| *code == bare)
}

/// Rules that leave out findings of some linters.
pub(crate) fn rules(draft: &mut Draft, key: &str, node: &Node, here: &[Related]) -> Result<(), Fault> {
    let mut others = 0_usize;
    let items = node.items();
    for item in &items {
        let conditions = Conditions::read(draft, key, item, false)?;
        let about = match &conditions.text {
            Some(text) => about_text(&conditions.linters, text, here),
            None => About::of(&conditions.linters, None, here),
        };
        if !conditions.linters.is_empty() && about.is_nothing() {
            others += 1;
        } else {
            rule(draft, key, &conditions, &about);
        }
    }
    if others > 0 {
        let message = match (others, items.len()) {
            (1, 1) => "it is for what no rule here stands for".to_owned(),
            (1, all) => format!("1 of {all} is for what no rule here stands for"),
            (others, all) if others == all => format!("all {all} are for what no rule here stands for"),
            (others, all) => format!("{others} of {all} are for what no rule here stands for"),
        };
        draft.need_not(key, node.place, message);
    }
    Ok(())
}

/// The rules that a condition on the message is about: those for the checks that it names, if it names some.
fn about_text(linters: &[String], text: &str, here: &[Related]) -> About {
    let codes = codes(text);
    if codes.is_empty() {
        return About::of(linters, None, here);
    }
    let mut together = About { same: Vec::new(), overlapping: Vec::new() };
    for code in codes {
        let about = About::of(linters, Some(code), here);
        together.same.extend(about.same);
        together.overlapping.extend(about.overlapping);
    }
    together
}

/// A rule that is about rules here, or about all linters.
fn rule(draft: &mut Draft, key: &str, conditions: &Conditions, about: &About) {
    let place = conditions.place;
    let named = conditions.text.as_deref().and_then(only_code);
    let message = match conditions.others.first() {
        Some(&"path-except") => Some("patterns can't be negated here, so `path-except` has no counterpart"),
        Some(_) => Some("findings are not left out by the text of their line here"),
        None if conditions.text.is_some() && named.is_none() => Some("findings are not left out by their message here"),
        None => None,
    };
    if let Some(message) = message {
        let help = if conditions.others.contains(&"path-except") {
            "name the places where a rule is to be off in `[per-file-ignores]`"
        } else {
            "`//lint:ignore RULE reason` at a finding, or a baseline, keeps it silent"
        };
        return draft.lose_with(key, place, message, Some(help.to_owned()));
    }
    if conditions.linters.is_empty() || named.is_none() && conditions.path.is_none() {
        let message = "golangci-lint refuses a rule with one condition";
        let help = "a path that is meant for all linters goes into `exclude`";
        return draft.lose_with(key, place, message, Some(help.to_owned()));
    }
    let what = named.map_or_else(|| conditions.linters.join(", "), str::to_owned);
    let whereabouts = conditions.path.as_ref().map(|(path, _)| format!(" for `{}`", shown(path))).unwrap_or_default();
    if !about.overlapping.is_empty() {
        let (find, stay, them) = match about.overlapping.len() {
            1 => ("finds", "stays", "it"),
            _ => ("find", "stay", "them"),
        };
        let names = about.overlapping.join(" and ");
        let message = format!("{names} {find} some of the same as {}, and {stay} on{whereabouts}", shown(&what));
        let target = if conditions.path.is_some() { "[per-file-ignores]" } else { "ignore" };
        let help = format!("to turn {them} off, add {them} to `{target}`");
        draft.lose_with(key, place, message, Some(help));
    }
    if about.same.is_empty() {
        return;
    }
    let Some((path, at)) = &conditions.path else {
        for rule in &about.same {
            draft.ignore(rule, format!("{key}: {}", shown(&what)));
        }
        return;
    };
    match pattern::globs(path, Over::File) {
        Ok(globs) => {
            let from = format!("{key}: {} of {}", shown(path), shown(&what));
            for glob in globs {
                draft.ignore_in(glob, &about.same, &from);
            }
        }
        Err(refusal) => refused(draft, key, *at, path, refusal, "[per-file-ignores]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_found_in_conditions_on_messages() {
        assert_eq!(codes(r"(SA1019|ST1003): x G104, S1000 SAX G10 1019"), ["SA1019", "ST1003", "G104", "S1000"]);
        assert_eq!(only_code("^SA1019:"), Some("SA1019"));
        assert_eq!(only_code("SA1019: x"), None);
        assert_eq!(only_code("exported"), None);
    }
}
