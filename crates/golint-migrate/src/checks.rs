//! Single checks of linters that have many: whether one is on, and whether it was turned off by its name.
//! Reads the settings of those linters whose checks have names; of others, all checks are on.

use crate::document::{Node, Place};
use crate::linters::Check;
use crate::{Fault, Version};

/// The settings of all linters.
#[derive(Clone, Copy)]
pub(crate) struct Settings<'d> {
    node: Option<&'d Node>,
    /// The key that they stand below.
    pub(crate) key: &'static str,
    pub(crate) version: Version,
}

/// Analyzers of govet that are off unless somebody asks for them. Source: golangci-lint 2.13.
const ASKED_FOR: &[&str] = &[
    "atomicalign",
    "deepequalerrors",
    "fieldalignment",
    "findcall",
    "httpmux",
    "nilness",
    "reflectvaluecompare",
    "shadow",
    "sortslice",
    "unusedwrite",
];

/// What staticcheck leaves out unless `checks` is set. Source: golangci-lint 2.13.
const LEFT_OUT: &[&str] = &["ST1000", "ST1003", "ST1016", "ST1020", "ST1021", "ST1022"];

impl<'d> Settings<'d> {
    pub(crate) fn new(root: &'d Node, version: Version) -> Settings<'d> {
        match version {
            Version::One => Settings { node: root.get("linters-settings"), key: "linters-settings", version },
            Version::Two => {
                let node = root.get("linters").and_then(|linters| linters.get("settings"));
                Settings { node, key: "linters.settings", version }
            }
        }
    }

    /// One setting of a linter.
    pub(crate) fn of(&self, linter: &str, key: &str) -> Option<&'d Node> {
        self.node?.get(linter)?.get(key)
    }

    fn names(&self, linter: &str, key: &str) -> Result<Vec<(String, Place)>, Fault> {
        let full = format!("{}.{linter}.{key}", self.key);
        self.of(linter, key).map_or_else(|| Ok(Vec::new()), |node| node.texts(&full))
    }

    fn flag(&self, linter: &str, key: &str) -> Result<bool, Fault> {
        let full = format!("{}.{linter}.{key}", self.key);
        self.of(linter, key).map_or(Ok(false), |node| node.flag(&full))
    }

    /// Where the check is turned off by its name, if it is.
    pub(crate) fn turned_off(&self, check: &Check) -> Result<Option<(String, Place)>, Fault> {
        let (linter, Some(name)) = (check.linter.as_str(), &check.check) else { return Ok(None) };
        let Some((key, written)) = list_of_disabled(linter, name) else {
            return Ok(None);
        };
        if linter == "revive" {
            let key = format!("{}.revive.rules", self.key);
            let rule = self.revive_rule(name)?;
            return Ok(match rule {
                Some(rule) if self.is_disabled(rule)? => Some((key, rule.place)),
                _ => None,
            });
        }
        let found = self.names(linter, key)?.into_iter().rfind(|(text, _)| *text == written);
        let is_on = self.is_on(check)?;
        Ok(found.filter(|_| !is_on).map(|(_, place)| (format!("{}.{linter}.{key}", self.key), place)))
    }

    /// Whether the check is on where its linter is.
    pub(crate) fn is_on(&self, check: &Check) -> Result<bool, Fault> {
        let (linter, Some(name)) = (check.linter.as_str(), &check.check) else { return Ok(true) };
        let listed = |key: &str| Ok(self.names(linter, key)?.iter().any(|(text, _)| text == name));
        Ok(match linter {
            "govet" if self.flag(linter, "enable-all")? => !listed("disable")?,
            "govet" if listed("enable")? => true,
            "govet" if listed("disable")? || self.flag(linter, "disable-all")? => false,
            "govet" => !ASKED_FOR.contains(&name.as_str()),
            "staticcheck" | "gosimple" | "stylecheck" => self.is_on_in_staticcheck(linter, name)?,
            "gosec" => {
                let includes = self.names(linter, "includes")?;
                (includes.is_empty() || listed("includes")?) && !listed("excludes")?
            }
            "gocritic" => !listed("disabled-checks")?,
            "revive" => match self.revive_rule(name)? {
                Some(rule) => !self.is_disabled(rule)?,
                // None of those that rules here know of is on unasked. Source: revive's README, "Available Rules".
                None => self.flag(linter, "enable-all-rules")?,
            },
            _ => true,
        })
    }

    fn is_on_in_staticcheck(&self, linter: &str, name: &str) -> Result<bool, Fault> {
        if self.of(linter, "checks").is_none() {
            return Ok(!LEFT_OUT.contains(&name));
        }
        let mut is_on = false;
        for (pattern, _) in self.names(linter, "checks")? {
            let (pattern, on) = pattern.strip_prefix('-').map_or((pattern.as_str(), true), |pattern| (pattern, false));
            let category = |pattern: &str| {
                let letters = |text: &str| text.chars().take_while(|c| !c.is_ascii_digit()).collect::<String>();
                match pattern.strip_suffix('*') {
                    // `S*` is not `SA1000`, but `SA10*` is.
                    Some(start) if start.ends_with(|c: char| c.is_ascii_digit()) => name.starts_with(start),
                    Some(start) => letters(name) == start,
                    None => pattern == name,
                }
            };
            if pattern == "all" || pattern == "*" || category(pattern) {
                is_on = on;
            }
        }
        Ok(is_on)
    }

    fn revive_rule(&self, name: &str) -> Result<Option<&'d Node>, Fault> {
        let key = format!("{}.revive.rules.name", self.key);
        for rule in self.of("revive", "rules").map(Node::items).unwrap_or_default() {
            if let Some(node) = rule.get("name")
                && node.text(&key)? == name
            {
                return Ok(Some(rule));
            }
        }
        Ok(None)
    }

    fn is_disabled(&self, rule: &Node) -> Result<bool, Fault> {
        rule.get("disabled").map_or(Ok(false), |node| node.flag("disabled"))
    }
}

/// The setting that lists what is off, and how the check is written in it.
fn list_of_disabled(linter: &str, name: &str) -> Option<(&'static str, String)> {
    Some(match linter {
        "govet" => ("disable", name.to_owned()),
        "staticcheck" | "gosimple" | "stylecheck" => ("checks", format!("-{name}")),
        "gosec" => ("excludes", name.to_owned()),
        "gocritic" => ("disabled-checks", name.to_owned()),
        "revive" => ("rules", name.to_owned()),
        _ => return None,
    })
}
