//! What is known of a rule apart from its findings, for formats that carry a table of rules. Never its code or options.

use crate::Severity;

/// A rule as the reader of a report knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleInfo {
    /// The full id, as in [`crate::Diagnostic::rule`].
    pub id: String,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub docs: String,
    /// "correctness", "portability", …; an open set.
    pub category: String,
    /// What its findings weigh unless the configuration says otherwise.
    pub severity: Severity,
    /// Where to read on.
    pub help_uri: Option<String>,
    /// What kind of code its findings are about, for editors: "deprecated", "unnecessary", …; an open set.
    pub tags: Vec<String>,
    /// What other linters have for the same, or some of it: "govet/loopclosure".
    pub elsewhere: Vec<String>,
    /// Whether it tells of the run itself (its configuration, its plugins) and not of the code that was checked.
    pub of_the_run: bool,
}
