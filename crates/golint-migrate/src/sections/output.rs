//! The table `output`: formats are flags here.

use super::Walk;
use crate::document::{Node, Place};
use crate::{Fault, Version, shown};

/// What golangci-lint's format is called here; none where there is no such format.
fn format(name: &str) -> Option<Option<&'static str>> {
    Some(match name {
        "text" | "colored-line-number" | "line-number" => Some("text"),
        "tab" | "colored-tab" => Some("concise"),
        "json" => Some("json"),
        "checkstyle" => Some("checkstyle"),
        "code-climate" => Some("gitlab"),
        "junit-xml" | "junit-xml-extended" => Some("junit"),
        "github-actions" => Some("github"),
        "teamcity" => Some("teamcity"),
        "sarif" => Some("sarif"),
        "html" => None,
        _ => return None,
    })
}

impl Walk<'_> {
    pub(super) fn output(&mut self, node: &Node) -> Result<(), Fault> {
        for entry in node.entries("output")? {
            let key = format!("output.{}", entry.key);
            let (key, node, place) = (key.as_str(), &*entry.node, entry.place);
            match (entry.key.as_str(), self.draft.version) {
                ("formats", Version::Two) => self.formats_by_name(key, node)?,
                ("formats" | "format", Version::One) => self.formats_in_list(key, node)?,
                ("print-issued-lines", Version::One) => {
                    self.need_not(key, place, "`--format concise` has one line for each finding");
                }
                ("print-linter-name", Version::One) => self.need_not(key, place, "findings name their rule"),
                ("sort-order" | "sort-results", _) => self.need_not(key, place, "findings are always in order"),
                ("uniq-by-line", Version::One) => self.need_not(key, place, "every finding is shown"),
                ("show-stats", _) => self.statistics(entry, key)?,
                ("path-prefix", _) | ("path-mode", Version::Two) => {
                    if node.text(key)?.is_empty() {
                        self.need_not(key, place, "paths are relative to the working folder");
                    } else {
                        self.draft.lose(key, place, "paths are relative to the working folder, and nothing else");
                    }
                }
                _ => self.unknown("output", entry),
            }
        }
        Ok(())
    }

    /// `formats: {json: {path: stdout}}`
    fn formats_by_name(&mut self, key: &str, node: &Node) -> Result<(), Fault> {
        for entry in node.entries(key)? {
            let key = format!("{key}.{}", shown(&entry.key));
            let mut path = String::new();
            for setting in entry.node.entries(&key)? {
                let full = format!("{key}.{}", shown(&setting.key));
                match setting.key.as_str() {
                    "path" => path = setting.node.text(&full)?,
                    "colors" => self.need_not(&full, setting.place, "`--color` says when there are colours"),
                    "print-linter-name" => self.need_not(&full, setting.place, "findings name their rule"),
                    "print-issued-lines" => {
                        self.need_not(&full, setting.place, "`--format concise` has one line for each finding");
                    }
                    "extended" => self.need_not(&full, setting.place, "the report has what there is"),
                    _ => self.draft.lose(&full, setting.place, "golangci-lint knows no such key"),
                }
            }
            self.format(&key, entry.place, &entry.key, &path);
        }
        Ok(())
    }

    /// `formats: [{format: json, path: stdout}]`, or `json:stdout,tab`
    fn formats_in_list(&mut self, key: &str, node: &Node) -> Result<(), Fault> {
        for item in node.items() {
            if item.get("format").is_some() || item.get("path").is_some() {
                let text = |name: &str| item.get(name).map_or_else(|| Ok(String::new()), |node| node.text(key));
                let (format, path) = (text("format")?, text("path")?);
                let path = if path.is_empty() { "stdout" } else { &path };
                self.format(key, item.place, &format, path);
                continue;
            }
            for text in item.text(key)?.split(',').filter(|text| !text.is_empty()) {
                let (format, path) = text.split_once(':').unwrap_or((text, "stdout"));
                self.format(key, item.place, format, path);
            }
        }
        Ok(())
    }

    fn format(&mut self, key: &str, place: Place, name: &str, path: &str) {
        let Some(here) = format(name) else {
            return self.draft.lose(key, place, format!("`{}` is no format of golangci-lint", shown(name)));
        };
        let Some(here) = here else {
            let help = "`--format markdown` is a summary for people, and most services show `sarif`";
            return self.draft.lose_with(key, place, format!("there is no format {name}"), Some(help.to_owned()));
        };
        match path {
            "" => self.need_not(key, place, "without a path it writes nothing"),
            "stdout" if here == "text" => self.need_not(key, place, "text goes to standard output unasked"),
            "stdout" if self.command.format.is_none() => self.command.format = Some(here),
            "stdout" => {
                let message = "standard output takes one format";
                let help = format!("`--output {here}=PATH` writes another one to a file");
                self.draft.lose_with(key, place, message, Some(help));
            }
            "stderr" => self.draft.lose(key, place, "findings don't go to standard error"),
            path if path.contains(crate::is_unseen) => {
                self.draft.lose(key, place, "its path has characters that no command line can have");
            }
            path => self.command.outputs.push((here, path.to_owned())),
        }
    }
}
