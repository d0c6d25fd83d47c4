//! The table of rules that results refer to by index (SARIF §3.19.23 and §3.49), with the members that GitHub's code
//! scanning requires of a rule: id, shortDescription, fullDescription and help.

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::level;
use crate::{Diagnostic, RuleInfo};

/// The rules of the report, then those that only findings name (reserved ones), in order of appearance.
pub(super) struct RuleTable<'a> {
    rows: Vec<Row<'a>>,
    index: FxHashMap<&'a str, usize>,
}

enum Row<'a> {
    Known(&'a RuleInfo),
    Named(&'a str),
}

impl<'a> RuleTable<'a> {
    pub(super) fn new(rules: &'a [RuleInfo], findings: impl Iterator<Item = &'a Diagnostic>) -> Self {
        let mut table = Self { rows: Vec::new(), index: FxHashMap::default() };
        for rule in rules {
            table.add(&rule.id, Row::Known(rule));
        }
        for finding in findings {
            table.add(&finding.rule, Row::Named(&finding.rule));
        }
        table
    }

    fn add(&mut self, id: &'a str, row: Row<'a>) {
        self.index.entry(id).or_insert_with(|| {
            self.rows.push(row);
            self.rows.len() - 1
        });
    }

    /// -1, which the standard has for "none", can't happen for the findings that the table was made with.
    pub(super) fn index(&self, id: &str) -> i64 {
        self.index.get(id).map_or(-1, |&index| index as i64)
    }

    pub(super) fn descriptors(&self) -> Value {
        self.rows.iter().map(Row::descriptor).collect()
    }
}

impl Row<'_> {
    fn descriptor(&self) -> Value {
        let rule = match self {
            Row::Known(rule) => rule,
            Row::Named(id) => {
                let text = json!({ "text": id });
                return json!({ "id": id, "shortDescription": text, "fullDescription": text, "help": text });
            }
        };
        let summary = if rule.summary.is_empty() { &rule.id } else { &rule.summary };
        let docs = if rule.docs.is_empty() { summary } else { &rule.docs };
        let mut descriptor = json!({
            "id": rule.id,
            "shortDescription": { "text": summary },
            "fullDescription": { "text": summary },
            "help": { "text": docs, "markdown": docs },
            "defaultConfiguration": { "level": level(rule.severity) },
        });
        if let Some(uri) = &rule.help_uri {
            descriptor["helpUri"] = json!(uri);
        }
        if !rule.category.is_empty() {
            descriptor["properties"] = json!({ "category": rule.category, "tags": [rule.category] });
        }
        descriptor
    }
}
