//! The tables `linters` and `formatters`.

use super::Walk;
use crate::document::{Entry, Node};
use crate::linters::{Choice, Group, PRESETS};
use crate::pattern::Over;
use crate::{Fault, Kept, Version, exclusions, shown};

impl Walk<'_> {
    /// Which linters are asked for.
    pub(super) fn linters(&mut self, node: &Node) -> Result<Choice, Fault> {
        let mut choice = Choice::default();
        for entry in node.entries("linters")? {
            let key = format!("linters.{}", entry.key);
            let (key, node) = (key.as_str(), &*entry.node);
            match (entry.key.as_str(), self.draft.version) {
                ("enable", _) => choice.enable = names(node, key)?,
                ("disable", _) => choice.disable = names(node, key)?,
                ("enable-all", Version::One) => choice.set(node.flag(key)?, Group::All),
                ("disable-all", Version::One) => choice.set(node.flag(key)?, Group::None),
                ("fast", Version::One) => choice.fast = node.flag(key)?,
                ("presets", Version::One) => {
                    choice.presets = names(node, key)?;
                    for preset in &choice.presets {
                        if !PRESETS.contains(&preset.as_str()) {
                            let message = format!("golangci-lint knows no preset `{}`", shown(preset));
                            self.draft.lose(key, entry.place, message);
                        }
                    }
                }
                ("default", Version::Two) => choice.group = group(node, key)?,
                ("settings", Version::Two) => self.stay(key, entry)?,
                ("exclusions", _) => self.exclusions(key, node)?,
                _ => self.unknown("linters", entry),
            }
        }
        Ok(choice)
    }

    fn exclusions(&mut self, section: &str, node: &Node) -> Result<(), Fault> {
        for entry in node.entries(section)? {
            let key = format!("{section}.{}", entry.key);
            let (key, node, place) = (key.as_str(), &*entry.node, entry.place);
            match entry.key.as_str() {
                "generated" => self.generated(key, entry)?,
                "paths" => exclusions::paths(&mut self.draft, key, node, Over::File)?,
                "paths-except" => {
                    let help = "name what is to be checked on the command line: `golint-rs check ./cmd/...`";
                    for (_, place) in node.texts(key)? {
                        let message = "patterns can't be negated here";
                        self.draft.lose_with(key, place, message, Some(help.to_owned()));
                    }
                }
                "rules" => exclusions::rules(&mut self.draft, key, node, &self.rules)?,
                "presets" | "default" => self.need_not(key, place, "nothing is left out by its message"),
                "warn-unused" => self.need_not(key, place, "patterns may match nothing"),
                _ => self.unknown(section, entry),
            }
        }
        Ok(())
    }

    /// Formatters stay with golangci-lint.
    pub(super) fn formatters(&mut self, node: &Node) -> Result<(), Fault> {
        for entry in node.entries("formatters")? {
            let key = format!("formatters.{}", entry.key);
            match entry.key.as_str() {
                "enable" => {
                    for linter in names(&entry.node, &key)? {
                        self.draft.kept.push(Kept { linter, why: Vec::new() });
                    }
                }
                "settings" => self.stay(&key, entry)?,
                "exclusions" => self.formatter_exclusions(&key, entry),
                _ => self.unknown("formatters", entry),
            }
        }
        Ok(())
    }

    fn formatter_exclusions(&mut self, key: &str, entry: &Entry) {
        self.need_not(key, entry.place, "they are about formatters, and stay golangci-lint's");
    }
}

impl Choice {
    fn set(&mut self, on: bool, group: Group) {
        if on && self.group != Group::None {
            self.group = group;
        }
    }
}

fn names(node: &Node, key: &str) -> Result<Vec<String>, Fault> {
    let texts = node.texts(key)?.into_iter();
    Ok(texts.map(|(text, _)| shown(text.trim())).filter(|text| !text.is_empty()).collect())
}

fn group(node: &Node, key: &str) -> Result<Group, Fault> {
    match node.text(key)?.as_str() {
        "" | "standard" => Ok(Group::Standard),
        "all" => Ok(Group::All),
        "none" => Ok(Group::None),
        "fast" => Ok(Group::Fast),
        other => Err(Fault::at(
            node.place,
            format!("`{}` is none of golangci-lint's groups of linters", shown(other)),
            "they are standard, all, none and fast",
        )),
    }
}
