//! A pack's answer to `describe`, word by word, as it comes from a guest or out of the cache. Nothing of it is believed
//! before [`RawManifest::review`].

use std::collections::HashSet;
use std::sync::OnceLock;

use golint_diagnostics::Severity;
use serde::{Deserialize, Serialize};

use super::options::{self, Options};
use super::{Attribute, Manifest, Rule};

/// Rules of one pack.
const MAX_RULES: usize = 1_000;
/// A summary, in bytes.
const MAX_LINE: usize = 1 << 10;
/// A rule's documentation or schema, in bytes.
const MAX_DOCUMENT: usize = 256 << 10;
/// Attributes of a pack or rule.
const MAX_ATTRIBUTES: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RawManifest {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) rules: Vec<RawRule>,
    pub(crate) attributes: Vec<Attribute>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RawRule {
    pub(crate) id: String,
    pub(crate) summary: String,
    pub(crate) docs: String,
    pub(crate) category: String,
    pub(crate) severity: RawSeverity,
    pub(crate) default_on: bool,
    pub(crate) options_schema: String,
    pub(crate) attributes: Vec<Attribute>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RawSeverity {
    Error,
    Warning,
    Info,
    Hint,
}

impl From<RawSeverity> for Severity {
    fn from(severity: RawSeverity) -> Severity {
        match severity {
            RawSeverity::Error => Severity::Error,
            RawSeverity::Warning => Severity::Warning,
            RawSeverity::Info => Severity::Info,
            RawSeverity::Hint => Severity::Hint,
        }
    }
}

/// Whether this can be the name of a pack or a rule: lower-case words of letters and digits, the first character a letter,
/// joined by single hyphens, 64 bytes at most.
pub fn is_kebab_case(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.len() <= 64
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

impl RawManifest {
    /// The manifest and each rule's options, if everything in it can be. The error names the rule and the cause.
    ///
    /// `schemas_are_known` skips what takes long, the check of the schemas: they were checked before, and the manifest
    /// comes from where nobody else writes.
    pub(crate) fn review(self, schemas_are_known: bool) -> Result<(Manifest, Vec<Option<Options>>), String> {
        if !is_kebab_case(&self.name) {
            return Err(format!("the pack's name {:?} is not kebab-case, such as \"house-rules\"", self.name));
        }
        if let Err(e) = semver::Version::parse(&self.version) {
            return Err(format!("the pack's version {:?} is no semantic version: {e}", self.version));
        }
        if self.rules.is_empty() {
            return Err("it has no rules".into());
        }
        if self.rules.len() > MAX_RULES {
            return Err(format!("it has {} rules, and {MAX_RULES} are the limit", self.rules.len()));
        }
        check_attributes(&self.attributes)?;
        let mut ids = HashSet::new();
        let mut rules = Vec::with_capacity(self.rules.len());
        let mut all_options = Vec::with_capacity(self.rules.len());
        for rule in self.rules {
            if !ids.insert(rule.id.clone()) {
                return Err(format!("it has two rules {:?}; give one of them another id", rule.id));
            }
            let id = rule.id.clone();
            let (rule, options) =
                review_rule(rule, schemas_are_known).map_err(|message| format!("rule {id:?}: {message}"))?;
            rules.push(rule);
            all_options.push(options);
        }
        let manifest = Manifest { name: self.name, version: self.version, rules, attributes: self.attributes };
        Ok((manifest, all_options))
    }
}

fn review_rule(raw: RawRule, schema_is_known: bool) -> Result<(Rule, Option<Options>), String> {
    if !is_kebab_case(&raw.id) {
        return Err("the id is not kebab-case, such as \"loopvar-capture\"".into());
    }
    if raw.summary.trim().is_empty() || raw.summary.contains('\n') || raw.summary.len() > MAX_LINE {
        return Err(format!("the summary must be one line of at most {MAX_LINE} bytes"));
    }
    if raw.docs.len() > MAX_DOCUMENT || raw.options_schema.len() > MAX_DOCUMENT {
        return Err(format!("docs and options schema may have {} KiB each", MAX_DOCUMENT >> 10));
    }
    if !is_kebab_case(&raw.category) {
        return Err(format!("the category {:?} is not kebab-case, such as \"correctness\"", raw.category));
    }
    check_attributes(&raw.attributes)?;
    let schema = options::read_schema(&raw.options_schema)?;
    let options = schema.clone().map(|schema| Options { schema, validator: OnceLock::new() });
    if let (Some(options), false) = (&options, schema_is_known) {
        options.validator()?;
    }
    let rule = Rule {
        id: raw.id,
        summary: raw.summary,
        docs: raw.docs,
        category: raw.category,
        severity: raw.severity.into(),
        default_on: raw.default_on,
        options_schema: schema,
        attributes: raw.attributes,
    };
    Ok((rule, options))
}

fn check_attributes(attributes: &[Attribute]) -> Result<(), String> {
    let too_long = |a: &Attribute| a.key.len() > MAX_LINE || a.value.len() > MAX_DOCUMENT;
    if attributes.len() > MAX_ATTRIBUTES || attributes.iter().any(too_long) {
        return Err(format!("there may be {MAX_ATTRIBUTES} attributes, with short keys"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
