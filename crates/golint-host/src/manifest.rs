//! What a pack says about itself, in plain data. It never comes from anywhere but a checked answer of the pack.

pub(crate) mod options;
pub(crate) mod raw;

use golint_diagnostics::Severity;

/// A pack's name, version and rules.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Kebab-case.
    pub name: String,
    /// Semantic version of the pack.
    pub version: String,
    /// At least one; findings and interests name them by their place here.
    pub rules: Vec<Rule>,
    /// Whatever else it says; unknown keys mean nothing.
    pub attributes: Vec<Attribute>,
}

/// A rule of a pack.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Kebab-case, unique in its pack.
    pub id: String,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub docs: String,
    /// "correctness", "portability", …: an open set, kebab-case.
    pub category: String,
    /// How bad its findings are, unless a configuration says otherwise.
    pub severity: Severity,
    /// Does it run unless a configuration says otherwise?
    pub default_on: bool,
    /// JSON Schema (2020-12) of its options, an object; none: the rule has no options.
    pub options_schema: Option<serde_json::Value>,
    /// Whatever else it says: "url", "since", "deprecated", …
    pub attributes: Vec<Attribute>,
}

/// Something said beside the fixed fields.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attribute {
    /// Open set.
    pub key: String,
    /// As the key has it.
    pub value: String,
}
