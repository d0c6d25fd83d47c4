//! The rules that a run knows: those of its packs, and the reserved ones, which the engine itself reports. Knows nothing
//! of how a rule is run.

mod reserved;

use std::sync::Arc;

use golint_diagnostics::{RuleInfo, Severity};

pub(crate) use reserved::{
    CONFIGURATION, FILE_TOO_LARGE, INTERNAL_ERROR, PLUGIN_FAILURE, UNREADABLE_FILE, UNUSED_SUPPRESSION, is_failure,
};

/// A rule, as `golint-rs rules` and `golint-rs explain` show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The full id: "loopvar-capture" of a built-in rule, "plugin/id" of a plugin's.
    pub name: String,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub docs: String,
    /// "correctness", "portability", …; an open set. "reserved" for the engine's own.
    pub category: String,
    /// Unless the configuration says otherwise.
    pub severity: Severity,
    /// Whether it runs unless a configuration says otherwise.
    pub default_on: bool,
    /// JSON Schema of its options, an object. None: it has no options.
    pub options_schema: Option<serde_json::Value>,
    /// Where to read on: what its pack names; for others that come with the linter, the page in docs/rules.
    pub url: Option<String>,
    /// As in [`RuleInfo::tags`].
    pub tags: Vec<String>,
    /// What other linters have for the same problem: "govet/loopclosure". Neither need find all that the other one does.
    pub equivalents: Vec<String>,
    /// What of other linters finds some of what this rule finds, and other things: "staticcheck/SA1019".
    pub overlaps: Vec<String>,
    /// Who brings it.
    pub origin: Origin,
}

/// Who brings a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The engine. Such a rule tells of the run itself.
    Reserved,
    /// A pack that comes with the linter.
    Builtin {
        /// The pack's name.
        pack: String,
        /// The pack's version.
        version: String,
    },
    /// A pack that a root configuration names.
    Plugin {
        /// The pack's name, which is the first part of the rule's id.
        name: String,
        /// The pack's version.
        version: String,
    },
}

impl Rule {
    /// As reports carry it.
    pub fn info(&self) -> RuleInfo {
        RuleInfo {
            id: self.name.clone(),
            summary: self.summary.clone(),
            docs: self.docs.clone(),
            category: self.category.clone(),
            severity: self.severity,
            help_uri: self.url.clone(),
            tags: self.tags.clone(),
            elsewhere: self.equivalents.iter().chain(&self.overlaps).cloned().collect(),
            of_the_run: !self.is_configurable(),
        }
    }

    /// All about it for people, in Markdown, with its name as title.
    pub fn explained(&self) -> String {
        let state =
            if self.default_on { "on unless a configuration says otherwise" } else { "off unless it is selected" };
        let Rule { name, summary, category, docs, .. } = self;
        let url = self.url.as_ref().map(|url| format!("{url}\n\n")).unwrap_or_default();
        let others = self.others();
        format!("# {name}\n{summary}\n\n{} · {category} · {state}\n\n{url}{others}{docs}", self.severity.name())
    }

    /// What other linters have for the same, as a paragraph; empty where nothing is known of them.
    fn others(&self) -> String {
        let list = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match (list(&self.equivalents), list(&self.overlaps)) {
            (equivalents, overlaps) if equivalents.is_empty() && overlaps.is_empty() => String::new(),
            (equivalents, overlaps) if overlaps.is_empty() => format!("In other linters: {equivalents}.\n\n"),
            (equivalents, overlaps) if equivalents.is_empty() => format!("In other linters, in part: {overlaps}.\n\n"),
            (equivalents, overlaps) => format!("In other linters: {equivalents}; in part: {overlaps}.\n\n"),
        }
    }

    /// As `golint-rs rules --format json` prints it.
    pub fn to_json(&self) -> serde_json::Value {
        let (origin, pack, version) = match &self.origin {
            Origin::Reserved => ("reserved", None, None),
            Origin::Builtin { pack, version } => ("built-in", Some(pack), Some(version)),
            Origin::Plugin { name, version } => ("plugin", Some(name), Some(version)),
        };
        serde_json::json!({
            "name": self.name,
            "summary": self.summary,
            "category": self.category,
            "severity": self.severity.name(),
            "default_on": self.default_on,
            "origin": origin,
            "pack": pack,
            "version": version,
            "url": self.url,
            "equivalents": self.equivalents,
            "overlaps": self.overlaps,
            "options_schema": self.options_schema,
            "docs": self.docs,
        })
    }

    /// Whether `select`, `ignore` and `[rules]` may name it. The engine's own reports can't be turned off, except for
    /// `unused-suppression`.
    pub fn is_configurable(&self) -> bool {
        self.origin != Origin::Reserved || self.name == UNUSED_SUPPRESSION
    }
}

/// Where the documentation of a rule that comes with the linter is on the web: its page in docs/rules.
pub(crate) fn page(id: &str) -> String {
    format!("{}/blob/main/docs/rules/{id}.md", env!("CARGO_PKG_REPOSITORY"))
}

/// Where a rule of the catalog is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slot {
    /// Number of the pack in this engine.
    pub(crate) pack: usize,
    /// Index into the pack's manifest.
    pub(crate) rule: u32,
}

/// The rules that hold under one root configuration, sorted by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    entries: Vec<(Arc<Rule>, Option<Slot>)>,
    /// Plugins that the configuration names and that could not be loaded: their rules are no spelling mistakes.
    pub(crate) missing_plugins: Vec<String>,
}

impl Catalog {
    /// Of the engine's own rules and the given ones. Of two with one id the first stays.
    pub(crate) fn new(rules: impl IntoIterator<Item = (Arc<Rule>, Slot)>, missing_plugins: Vec<String>) -> Self {
        let reserved = reserved::rules().into_iter().map(|rule| (Arc::new(rule), None));
        let mut entries: Vec<(Arc<Rule>, Option<Slot>)> =
            reserved.chain(rules.into_iter().map(|(rule, slot)| (rule, Some(slot)))).collect();
        entries.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        entries.dedup_by(|(a, _), (b, _)| a.name == b.name);
        Catalog { entries, missing_plugins }
    }

    /// How many rules there are. They are numbered from 0 in the order of their ids.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = &Arc<Rule>> {
        self.entries.iter().map(|(rule, _)| rule)
    }

    pub(crate) fn rule(&self, number: usize) -> &Arc<Rule> {
        &self.entries[number].0
    }

    pub(crate) fn slot(&self, number: usize) -> Option<Slot> {
        self.entries[number].1
    }

    /// The number of the rule with this full id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.entries.binary_search_by(|(rule, _)| rule.name.as_str().cmp(id)).ok()
    }

    /// The rules that can be named in configuration.
    pub(crate) fn configurable(&self) -> impl Iterator<Item = (usize, &Arc<Rule>)> {
        self.rules().enumerate().filter(|(_, rule)| rule.is_configurable())
    }

    /// Names of the plugins of this catalog, those that could not be loaded included.
    pub(crate) fn plugin_names(&self) -> Vec<&str> {
        let loaded = self.rules().filter_map(|rule| match &rule.origin {
            Origin::Plugin { name, .. } => Some(name.as_str()),
            _ => None,
        });
        let mut names: Vec<&str> = loaded.chain(self.missing_plugins.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A rule of a pack: built-in where the id has no prefix.
    pub(crate) fn rule(id: &str, default_on: bool, options_schema: Option<serde_json::Value>) -> Arc<Rule> {
        let version = "1.0.0".to_owned();
        Arc::new(Rule {
            name: id.into(),
            summary: String::new(),
            docs: String::new(),
            category: "correctness".into(),
            severity: Severity::Warning,
            default_on,
            options_schema,
            url: None,
            tags: Vec::new(),
            equivalents: Vec::new(),
            overlaps: Vec::new(),
            origin: match id.split_once('/') {
                Some((name, _)) => Origin::Plugin { name: name.into(), version },
                None => Origin::Builtin { pack: "test".into(), version },
            },
        })
    }

    /// Rules by id, those with a final "?" off by default.
    pub(crate) fn catalog(ids: &[&str]) -> Catalog {
        let rules = ids.iter().enumerate().map(|(i, id)| {
            let slot = Slot { pack: 0, rule: i as u32 };
            (rule(id.trim_end_matches('?'), !id.ends_with('?'), None), slot)
        });
        Catalog::new(rules, Vec::new())
    }

    #[test]
    fn rules_are_found_by_id() {
        let catalog = catalog(&["b", "house/x", "a"]);
        for (number, rule) in catalog.rules().enumerate() {
            assert_eq!(catalog.find(&rule.name), Some(number));
        }
        let b = catalog.find("b").unwrap();
        assert_eq!(catalog.slot(b), Some(Slot { pack: 0, rule: 0 }));
        assert_eq!(catalog.find("x"), None);
        assert_eq!(catalog.plugin_names(), ["house"]);
    }

    #[test]
    fn the_engines_own_rules_are_not_for_configuration() {
        let catalog = catalog(&["a"]);
        assert!(catalog.find(PLUGIN_FAILURE).is_some());
        let names: Vec<&str> = catalog.configurable().map(|(_, rule)| rule.name.as_str()).collect();
        assert_eq!(names, ["a", UNUSED_SUPPRESSION]);
    }
}
