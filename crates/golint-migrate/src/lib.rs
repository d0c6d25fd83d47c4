//! What of a golangci-lint configuration holds for golint-rs: the golint.toml to write, and what to tell whoever moves.
//! Text in, text out: it touches no file, knows no rule but those that it is told of, and never guesses. What has no exact
//! counterpart is listed with its place.
//!
//! ```
//! use golint_migrate::{Format, RuleHere, migrate};
//!
//! let rules = [RuleHere {
//!     name: "loopvar-capture".into(),
//!     equivalents: vec!["govet/loopclosure".into()],
//!     overlaps: Vec::new(),
//! }];
//! let text = "version: \"2\"\nlinters:\n  exclusions:\n    paths: [mocks/]\n";
//! let migration = migrate(text, Format::Yaml, &rules).unwrap();
//! assert!(migration.golint_toml.contains("\"*mocks/\","));
//! assert!(migration.kept.iter().any(|kept| kept.linter == "govet"));
//! ```
//!
//! `document` reads any of the three languages, `sections` walks the keys, `exclusions` and `severities` are parts of it that
//! are large, `pattern` makes globs of regular expressions, `linters` and `checks` know golangci-lint's linters, `command`
//! puts together a command line, `relations` compares linters with rules. All of them write into a `draft`, of which
//! `golint_toml` and `report` make texts.

mod checks;
mod command;
mod document;
mod draft;
mod exclusions;
mod golint_toml;
mod linters;
mod pattern;
mod relations;
mod report;
mod sections;
mod severities;

use std::fmt;

use document::Place;

/// More bytes are no configuration, neither of golangci-lint nor of golint-rs, which refuses a larger golint.toml.
const LARGEST: usize = 1 << 20;

/// A rule here, and what others call the problems that it finds. Names are those of linters, or `linter/check`, as in
/// `govet/loopclosure`, `staticcheck/SA1019`, `exportloopref`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleHere {
    /// The rule's id.
    pub name: String,
    /// These look for the same problem. Neither finds all that the other one does.
    pub equivalents: Vec<String>,
    /// It finds some of what these find.
    pub overlaps: Vec<String>,
}

/// The languages of golangci-lint's configurations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.golangci.yml`, `.golangci.yaml`.
    Yaml,
    /// `.golangci.toml`.
    Toml,
    /// `.golangci.json`.
    Json,
}

/// The two shapes that golangci-lint's configurations have had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Up to golangci-lint 1.64; it says no version, or "1".
    One,
    /// From golangci-lint 2.0 on; it says `version: "2"`.
    Two,
}

/// Why a configuration can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, from 1, if it is at one place.
    pub line: Option<usize>,
    /// In characters, from 1.
    pub column: Option<usize>,
    /// What is wrong, without the place.
    pub message: String,
    /// What to do next.
    pub help: String,
}

impl Fault {
    fn at(place: Place, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { line: Some(place.line), column: Some(place.column), message: message.into(), help: help.into() }
    }

    fn whole(message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { line: None, column: None, message: message.into(), help: help.into() }
    }
}

impl fmt::Display for Fault {
    /// The place and the message, as they follow the name of the file and a `:`: where there is no place, a blank is first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, "{line}:{column}:")?;
        }
        write!(f, " {}", self.message)
    }
}

impl std::error::Error for Fault {}

/// What holds here of a configuration, and what to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The file to write, with a comment at each line on where it comes from. It ends in a line end.
    pub golint_toml: String,
    /// The version of the configuration.
    pub version: Version,
    /// The linters that golangci-lint must keep running, by name.
    pub kept: Vec<Kept>,
    /// What has no counterpart here, in the order of the file.
    pub lost: Vec<Note>,
    /// What is not needed here, in the order of the file.
    pub needless: Vec<Note>,
    /// The command line that does what keys of the file did; none where they did nothing out of the ordinary.
    pub command: Option<String>,
}

/// A linter that golangci-lint must keep running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub linter: String,
    /// Why, where one might think otherwise.
    pub why: Vec<String>,
}

/// Something about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The full key, as in `run.timeout`.
    pub key: String,
    /// Where it, or what is meant of it, stands, from 1.
    pub line: usize,
    /// What there is to say.
    pub message: String,
    /// What can be done about it, if anything.
    pub help: Option<String>,
}

/// Reads a configuration of golangci-lint, and says what holds of it here. `rules` are the rules that there are.
///
/// # Errors
///
/// The text is not in that language, is no table of keys and values, has an unknown version, or a value that golangci-lint
/// would not take either, or is too large, or its golint.toml would be.
pub fn migrate(text: &str, format: Format, rules: &[RuleHere]) -> Result<Migration, Fault> {
    let document = document::read(text, format)?;
    let mut draft = sections::walk(&document.root, rules)?;
    if let Some(place) = document.next {
        let message = "a second document begins here, which golangci-lint does not read, nor what follows it";
        let help = "move what is to hold into the first one";
        draft.lose_with("---", place, message, Some(help.to_owned()));
    }
    let golint_toml = golint_toml::written(&draft);
    if golint_toml.len() > LARGEST {
        return Err(Fault::whole(
            format!("its golint.toml would have {} bytes, and 1 MiB is the limit", golint_toml.len()),
            "leave out paths to exclude, or write expressions with fewer alternatives",
        ));
    }
    Ok(draft.into_migration(golint_toml))
}

/// Whether a character does something else than to stand in a line: ends it, turns its direction, or is not seen.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Text of a configuration as it can stand in one line.
fn shown(text: &str) -> String {
    const LONGEST: usize = 100;
    let mut shown = String::new();
    for c in text.chars().take(LONGEST) {
        if is_unseen(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_escaped() {
        assert_eq!(
            shown("a\n\u{200b}\u{200d}\u{200e}\u{200f}\u{2028}\u{202e}\u{2066}\u{2069}\u{feff}é日"),
            r"a\n\u{200b}\u{200d}\u{200e}\u{200f}\u{2028}\u{202e}\u{2066}\u{2069}\u{feff}é日"
        );
    }
}
