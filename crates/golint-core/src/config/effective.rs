//! What holds for a file, written as a golint.toml. Shows what was decided, and decides nothing.

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::GoVersion;
use golint_project::path::relative;
use serde_json::{Map, Value};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, value};

use super::glob::PathGlob;
use super::resolve::Configuration;

/// What holds for a file after all configuration files and the command line.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectiveConfiguration {
    /// The files that it comes from, the nearest first; empty where there is none.
    pub sources: Vec<String>,
    /// The outermost file, which names the plugins.
    pub root: Option<String>,
    /// Whether `exclude` takes the file.
    pub excluded: bool,
    /// The rules that are on.
    pub rules: Vec<EffectiveRule>,
    /// Patterns of files that are not checked.
    pub exclude: Vec<String>,
    /// Patterns of files, and the rules that are off in them.
    pub per_file_ignores: Vec<(String, Vec<String>)>,
    /// Whether generated files are reported on.
    pub include_generated: bool,
    /// What stands in for go.mod's line.
    pub go: Option<GoVersion>,
    /// The platforms that matter; none for all.
    pub platforms: Option<Vec<String>>,
    /// In bytes.
    pub max_file_size: u64,
    /// The file of known findings.
    pub baseline: Option<String>,
}

/// A rule that is on.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectiveRule {
    /// The full id.
    pub name: String,
    /// What its findings weigh.
    pub severity: &'static str,
    /// What stands for it in comments that suppress, beside its name.
    pub aliases: Vec<String>,
    /// Its options, defaults included.
    pub options: Map<String, Value>,
}

impl EffectiveConfiguration {
    /// What holds for `path`.
    pub(crate) fn new(
        configuration: &Configuration,
        root: Option<&Utf8PathBuf>,
        path: &Utf8Path,
        working_folder: &Utf8Path,
    ) -> Self {
        let catalog = &configuration.catalog;
        let enabled = configuration.enabled_for(path);
        let rules = (0..catalog.len()).filter(|&rule| enabled[rule]).map(|rule| EffectiveRule {
            name: catalog.rule(rule).name.clone(),
            severity: configuration.severities[rule].name(),
            aliases: configuration.aliases_of(&catalog.rule(rule).name).map(str::to_owned).collect(),
            options: configuration.options[rule].values.clone(),
        });
        let text = |glob: &PathGlob| glob.text.clone();
        EffectiveConfiguration {
            sources: configuration.sources.iter().map(|path| relative(working_folder, path)).collect(),
            root: root.map(|path| relative(working_folder, path)),
            excluded: configuration.excludes(path),
            rules: rules.collect(),
            exclude: configuration.exclude.1.iter().map(text).collect(),
            per_file_ignores: configuration
                .per_file_ignores
                .iter()
                .map(|ignore| (text(&ignore.glob), ignore.selectors.clone()))
                .collect(),
            include_generated: configuration.include_generated,
            go: configuration.go,
            platforms: configuration.platform_names.clone(),
            max_file_size: configuration.max_file_size,
            baseline: configuration.baseline.as_ref().map(|baseline| relative(working_folder, &baseline.path)),
        }
    }

    /// As a golint.toml that says all of it, with comments on where it comes from.
    pub fn to_toml(&self) -> String {
        let mut document = DocumentMut::new();
        document["select"] = strings(self.rules.iter().map(|rule| &rule.name));
        document["exclude"] = strings(&self.exclude);
        document["include-generated"] = value(self.include_generated);
        if let Some(go) = self.go {
            document["go"] = value(go.to_string());
        }
        if let Some(platforms) = &self.platforms {
            document["platforms"] = strings(platforms);
        }
        document["max-file-size"] = value(i64::try_from(self.max_file_size).unwrap_or(i64::MAX));
        if let Some(baseline) = &self.baseline {
            document["baseline"] = value(baseline);
        }
        if !self.per_file_ignores.is_empty() {
            let mut table = Table::new();
            for (glob, selectors) in &self.per_file_ignores {
                table[glob] = strings(selectors);
            }
            document["per-file-ignores"] = Item::Table(table);
        }
        let mut rules = Table::new();
        rules.set_implicit(true);
        for rule in &self.rules {
            let mut table = Table::new();
            table["severity"] = value(rule.severity);
            if !rule.aliases.is_empty() {
                table["aliases"] = strings(&rule.aliases);
            }
            let options = inline_table(&rule.options);
            if !options.is_empty() {
                table["options"] = value(options);
            }
            rules[&rule.name] = Item::Table(table);
        }
        document["rules"] = Item::Table(rules);
        format!("{}\n{document}", self.comments())
    }

    fn comments(&self) -> String {
        let mut lines = match (self.sources.split_first(), &self.root) {
            (None, _) => vec!["# No golint.toml governs this path: defaults.".to_owned()],
            (Some((nearest, rest)), root) => {
                let mut lines = vec![format!("# From {nearest}")];
                lines.extend(rest.iter().map(|path| format!("# extending {path}")));
                lines.extend(root.iter().filter(|root| *root != nearest).map(|root| format!("# plugins from {root}")));
                lines
            }
        };
        if self.excluded {
            lines.push("# This path is excluded: it is checked only if it is named by itself.".to_owned());
        }
        lines.join("\n") + "\n"
    }
}

fn strings<'s>(strings: impl IntoIterator<Item = &'s String>) -> Item {
    value(strings.into_iter().map(String::as_str).collect::<Array>())
}

/// The depth is that of the schema that the options passed.
fn inline_table(object: &Map<String, Value>) -> InlineTable {
    object.iter().filter_map(|(key, value)| Some((key.as_str(), toml_value(value)?))).collect()
}

/// None for null, which TOML does not have: it stands for a key that is not there.
fn toml_value(value: &Value) -> Option<toml_edit::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(boolean) => (*boolean).into(),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => integer.into(),
            None => number.as_f64()?.into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().filter_map(toml_value).collect::<Array>().into(),
        Value::Object(object) => inline_table(object).into(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_shown_is_a_configuration_file() {
        let options = json!({ "page": 1, "by": { "linux/arm64": [1.5, null, "x"] }, "none": null });
        let configuration = EffectiveConfiguration {
            sources: vec!["sub/golint.toml".into(), "base.toml".into()],
            root: Some("golint.toml".into()),
            excluded: true,
            rules: vec![EffectiveRule {
                name: "house/a".into(),
                severity: "hint",
                aliases: vec!["govet".into()],
                options: options.as_object().unwrap().clone(),
            }],
            exclude: vec!["gen/\"x\"".into()],
            per_file_ignores: vec![("*_test.go".into(), vec!["all".into()])],
            include_generated: true,
            go: Some(GoVersion::new(1, 21)),
            platforms: Some(vec!["linux".into()]),
            max_file_size: 10,
            baseline: Some("known.txt".into()),
        };
        assert_eq!(
            configuration.to_toml(),
            r#"# From sub/golint.toml
# extending base.toml
# plugins from golint.toml
# This path is excluded: it is checked only if it is named by itself.

select = ["house/a"]
exclude = ['gen/"x"']
include-generated = true
go = "1.21"
platforms = ["linux"]
max-file-size = 10
baseline = "known.txt"

[per-file-ignores]
"*_test.go" = ["all"]

[rules."house/a"]
severity = "hint"
aliases = ["govet"]
options = { page = 1, by = { "linux/arm64" = [1.5, "x"] } }
"#
        );
    }
}
