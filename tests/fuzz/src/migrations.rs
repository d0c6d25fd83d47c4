//! A configuration of golangci-lint: the first byte says in which language.

use std::sync::OnceLock;

use camino::Utf8Path;
use golint_core::{Engine, EngineOptions};
use golint_migrate::{Format, RuleHere, migrate};

use super::memory::{self, HERE};

/// Rules that know of other linters, two of them the same.
fn rules() -> Vec<RuleHere> {
    let rule = |name: &str, equivalents: &[&str], overlaps: &[&str]| RuleHere {
        name: name.to_owned(),
        equivalents: equivalents.iter().map(ToString::to_string).collect(),
        overlaps: overlaps.iter().map(ToString::to_string).collect(),
    };
    vec![
        rule("bad", &["govet/loopclosure", "exportloopref"], &["gosec/G601", "staticcheck/SA1019"]),
        rule("reported", &["staticcheck/SA1027"], &["govet/unsafeptr"]),
    ]
}

/// What is written must be a golint.toml without a fault, and what is refused must be told with its place.
pub fn run(data: &[u8]) {
    let Some((&first, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let format = [Format::Yaml, Format::Toml, Format::Json][usize::from(first) % 3];
    let migration = match migrate(text, format, &rules()) {
        Ok(migration) => migration,
        Err(fault) => {
            let lines = text.split('\n').count();
            assert!(fault.line.is_none_or(|line| (1..=lines + 1).contains(&line)), "{fault}: there are {lines} lines");
            assert!(!fault.message.is_empty() && !fault.help.is_empty(), "{fault:?}");
            return;
        }
    };
    let report = migration.report();
    assert!(!report.chars().any(|c| c.is_control() && c != '\n'), "{report:?}");
    let snapshot = memory::snapshot(&[
        ("golint.toml", migration.golint_toml.as_bytes()),
        ("go.mod", b"module m\n"),
        ("a.go", b"package p\n"),
    ]);
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| memory::engine_with(|_: &mut EngineOptions| ()));
    let (_, faults) = engine.effective_configuration(&snapshot, &Utf8Path::new(HERE).join("a.go"));
    assert!(faults.is_empty(), "{faults:?} in\n{}", migration.golint_toml);
}
