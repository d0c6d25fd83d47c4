//! Walks a configuration, key by key: none is passed over in silence. What is large is done by others.

mod issues;
mod linters;
mod output;
mod run;

use crate::checks::Settings;
use crate::command::Command;
use crate::document::{Entry, Node, Place};
use crate::draft::Draft;
use crate::relations::{Linters, Related, related};
use crate::{Fault, RuleHere, Version, exclusions, severities, shown};

/// Everything that is known on the way.
struct Walk<'a> {
    draft: Draft,
    command: Command,
    rules: Vec<Related>,
    settings: Settings<'a>,
    /// Whether version 1 leaves out some folders unasked, and the key that decides.
    default_folders: bool,
    /// Keys of version 1 that newer ones gave way to, where they are set.
    has_skip_dirs: bool,
    has_skip_files: bool,
}

/// Reads all of a configuration.
pub(crate) fn walk(root: &Node, rules: &[RuleHere]) -> Result<Draft, Fault> {
    let version = version(root)?;
    let settings = Settings::new(root, version);
    let mut walk = Walk {
        draft: Draft::new(version),
        command: Command::default(),
        rules: related(rules, settings)?,
        settings,
        default_folders: version == Version::One,
        has_skip_dirs: false,
        has_skip_files: false,
    };
    let mut choice = crate::linters::Choice::default();
    // In this order, as keys of `run` once stood in for keys of `issues`.
    if let Some(node) = root.get("run") {
        walk.run(node)?;
    }
    for entry in root.entries("the configuration")? {
        let node = &*entry.node;
        match (entry.key.as_str(), version) {
            ("version" | "run", _) => {}
            ("output", _) => walk.output(node)?,
            ("issues", _) => walk.issues(node)?,
            ("linters", _) => choice = walk.linters(node)?,
            ("severity", _) => severities::walk(&mut walk.draft, node.entries("severity")?, &walk.rules)?,
            ("linters-settings", Version::One) => walk.stay("linters-settings", entry)?,
            ("formatters", Version::Two) => walk.formatters(node)?,
            ("service", Version::One) => {
                walk.draft.need_not("service", entry.place, "it is about a service that there is no more");
            }
            _ => walk.unknown("", entry),
        }
    }
    if walk.default_folders {
        for folder in exclusions::DEFAULT_FOLDERS {
            let from = "issues.exclude-dirs-use-default, which is true unless it is set";
            walk.draft.exclude((*folder).to_owned(), from.to_owned());
        }
    }
    let enabled = choice.enabled(version);
    let linters = Linters { enabled: &enabled, enable: &choice.enable, settings: walk.settings };
    linters.compare(rules, &mut walk.draft)?;
    if enabled.contains("nolintlint") {
        walk.nolintlint()?;
    }
    walk.draft.rules.sort_by_key(|table| rules.iter().position(|rule| rule.name == table.name));
    walk.draft.command = walk.command.line();
    Ok(walk.draft)
}

fn version(root: &Node) -> Result<Version, Fault> {
    let Some(node) = root.get("version") else { return Ok(Version::One) };
    match node.text("version")?.as_str() {
        "2" => Ok(Version::Two),
        "" | "1" => Ok(Version::One),
        other => Err(Fault::at(
            node.place,
            format!("version `{}` of golangci-lint's configuration is not known", shown(other)),
            "versions 1 (without the key `version`) and 2 can be read",
        )),
    }
}

/// Keys of the other version, to tell a mistake from what nobody knows.
const OF_TWO: &[&str] = &["formatters", "linters.default", "linters.settings", "output.path-mode", "severity.default"];
const OF_ONE: &[&str] = &[
    "linters-settings",
    "linters.disable-all",
    "linters.enable-all",
    "linters.fast",
    "linters.presets",
    "issues.exclude",
    "issues.exclude-case-sensitive",
    "issues.exclude-dirs",
    "issues.exclude-dirs-use-default",
    "issues.exclude-files",
    "issues.exclude-generated",
    "issues.exclude-generated-strict",
    "issues.exclude-rules",
    "issues.exclude-use-default",
    "issues.include",
    "run.show-stats",
    "run.skip-dirs",
    "run.skip-dirs-use-default",
    "run.skip-files",
    "output.format",
    "output.print-issued-lines",
    "output.print-linter-name",
    "output.sort-results",
    "output.uniq-by-line",
    "service",
];

impl Walk<'_> {
    fn unknown(&mut self, section: &str, entry: &Entry) {
        let key = if section.is_empty() { entry.key.clone() } else { format!("{section}.{}", entry.key) };
        let message = match self.draft.version {
            Version::One if OF_TWO.contains(&key.as_str()) => "a key of version 2, which begins with `version: \"2\"`",
            Version::Two if OF_ONE.contains(&key.as_str()) => "a key of version 1, which version 2 does not read",
            _ => "golangci-lint knows no such key",
        };
        self.draft.lose(&key, entry.place, message);
    }

    fn need_not(&mut self, key: &str, place: Place, message: &str) {
        self.draft.need_not(key, place, message);
    }

    /// Settings of linters stay where they are.
    fn stay(&mut self, key: &str, entry: &Entry) -> Result<(), Fault> {
        let names: Vec<String> = entry.node.entries(key)?.iter().map(|entry| shown(&entry.key)).collect();
        if !names.is_empty() {
            let message = format!("they stay golangci-lint's: {}", names.join(", "));
            self.draft.need_not(key, entry.place, message);
        }
        Ok(())
    }

    fn generated(&mut self, key: &str, entry: &Entry) -> Result<(), Fault> {
        let mode = entry.node.text(key)?;
        match mode.as_str() {
            "disable" => {
                let from = format!("{key}: disable");
                self.draft.include_generated = Some(crate::draft::Sourced { value: true, from });
            }
            "strict" | "" => self.need_not(key, entry.place, "generated files are known here by Go's convention, too"),
            "lax" => {
                let message = "generated are files that say so as Go's convention has it, no others";
                let help = "write globs for the others into `exclude`, as in \"*.gen.go\"";
                self.draft.lose_with(key, entry.place, message, Some(help.to_owned()));
            }
            other => {
                let message = format!("`{}` is none of strict, lax and disable", shown(other));
                self.draft.lose(key, entry.place, message);
            }
        }
        Ok(())
    }

    /// The linter that looks after comments.
    fn nolintlint(&mut self) -> Result<(), Fault> {
        let settings = self.settings;
        let key = |name: &str| format!("{}.nolintlint.{name}", settings.key);
        if let Some(node) = settings.of("nolintlint", "allow-unused")
            && node.flag(&key("allow-unused"))?
        {
            self.draft.ignore("unused-suppression", format!("{}: true", key("allow-unused")));
        }
        Ok(())
    }
}
