//! Writes golint.toml, each line with a comment on where it comes from. Decides nothing.

use std::fmt::Write as _;

use toml::Value;

use crate::Version;
use crate::draft::{Draft, Sourced};

/// What is to be written.
pub(crate) fn written(draft: &Draft) -> String {
    let version = match draft.version {
        Version::One => 1,
        Version::Two => 2,
    };
    let mut text = format!(
        "# What of a golangci-lint configuration, version {version}, holds here. The comments name its keys.\n\
         # Keys that are left out have their defaults: `golint-rs config schema` knows all of them.\n"
    );
    if let Some(generated) = &draft.include_generated {
        block(&mut text, &format!("include-generated = {}", generated.value), &generated.from);
    }
    list(&mut text, "ignore", &draft.ignore);
    list(&mut text, "exclude", &draft.exclude);
    if !draft.per_file_ignores.is_empty() {
        text.push_str("\n[per-file-ignores]\n");
        for line in &draft.per_file_ignores {
            let rules: Vec<String> = line.rules.iter().map(|rule| quoted(rule)).collect();
            comment(&mut text, "", &line.from.join("; "));
            let _ = writeln!(text, "{} = [{}]", quoted(&line.glob), rules.join(", "));
        }
    }
    for rule in &draft.rules {
        let _ = write!(text, "\n[rules.{}]\n", key(&rule.name));
        if let Some(severity) = &rule.severity {
            comment(&mut text, "", &severity.from);
            let _ = writeln!(text, "severity = {}", quoted(severity.value));
        }
        if !rule.aliases.is_empty() {
            let aliases: Vec<String> = rule.aliases.iter().map(|alias| quoted(alias)).collect();
            comment(
                &mut text,
                "",
                "comments such as //nolint:NAME that name these linters hold for this rule, too, whatever they were meant for",
            );
            let _ = writeln!(text, "aliases = [{}]", aliases.join(", "));
        }
    }
    text
}

fn block(text: &mut String, line: &str, from: &str) {
    text.push('\n');
    comment(text, "", from);
    text.push_str(line);
    text.push('\n');
}

fn list(text: &mut String, name: &str, items: &[Sourced<String>]) {
    if items.is_empty() {
        return;
    }
    let _ = write!(text, "\n{name} = [\n");
    for group in items.chunk_by(|a, b| a.from == b.from) {
        comment(text, "    ", &group[0].from);
        for item in group {
            let _ = writeln!(text, "    {},", quoted(&item.value));
        }
    }
    text.push_str("]\n");
}

fn comment(text: &mut String, indent: &str, from: &str) {
    let _ = writeln!(text, "{indent}# {from}");
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}
