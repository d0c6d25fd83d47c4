//! The SDK, out of this program: a cut of our workspace with what a pack is built from, as it was when the program was
//! built. Until it is published, each pack has it beside itself.

use std::borrow::Cow;

use toml::{Table, Value};

/// Our workspace, from which the cut takes over versions and lints.
const WORKSPACE: &str = include_str!("../../../../Cargo.toml");

/// Embeds files of the workspace by their paths.
macro_rules! embedded {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../../../", $path)))),*]
    };
}

/// The sources. A test holds them against what there is.
pub(super) const SOURCES: &[(&str, &str)] = embedded![
    "crates/golint-sdk/Cargo.toml",
    "crates/golint-sdk/src/constant.rs",
    "crates/golint-sdk/src/facts.rs",
    "crates/golint-sdk/src/file.rs",
    "crates/golint-sdk/src/finding.rs",
    "crates/golint-sdk/src/guest.rs",
    "crates/golint-sdk/src/lib.rs",
    "crates/golint-sdk/src/nearest.rs",
    "crates/golint-sdk/src/node.rs",
    "crates/golint-sdk/src/object.rs",
    "crates/golint-sdk/src/options.rs",
    "crates/golint-sdk/src/pack.rs",
    "crates/golint-sdk/src/platforms.rs",
    "crates/golint-sdk/src/rule.rs",
    "crates/golint-sdk/src/types.rs",
    "crates/golint-tree/Cargo.toml",
    "crates/golint-tree/src/layout.rs",
    "crates/golint-tree/src/lib.rs",
    "crates/golint-tree/src/reader.rs",
    "crates/golint-tree/src/vocabulary.rs",
    "crates/golint-tree/src/writer.rs",
    "rules-wit/rules.wit",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// The files of the folder `sdk` of a pack.
pub(super) fn files() -> impl Iterator<Item = (String, Cow<'static, str>)> {
    let sources = SOURCES.iter().map(|(path, text)| (format!("sdk/{path}"), Cow::Borrowed(*text)));
    sources.chain([("sdk/Cargo.toml".to_owned(), Cow::Owned(manifest()))])
}

/// The manifest of the cut: of ours, what its two crates inherit.
fn manifest() -> String {
    let workspace = workspace();
    let inherited = SOURCES.iter().filter(|(path, _)| path.ends_with("Cargo.toml")).flat_map(|(_, text)| names(text));
    let inherited: Vec<String> = inherited.collect();
    let mut cut = Table::new();
    cut.insert("members".into(), Value::Array(vec!["crates/*".into()]));
    for (key, value) in workspace {
        match (key.as_str(), value) {
            ("resolver" | "package" | "lints", value) => _ = cut.insert(key, value),
            ("dependencies", Value::Table(all)) => {
                let wanted = all.into_iter().filter(|(name, _)| inherited.contains(name));
                cut.insert(key, Value::Table(wanted.collect()));
            }
            _ => {}
        }
    }
    let cut = Table::from_iter([("workspace".to_owned(), Value::Table(cut))]);
    format!("# golint-sdk and what it needs, as golint-rs {} has them.\n\n{cut}", env!("CARGO_PKG_VERSION"))
}

/// The table `workspace` of our manifest.
pub(super) fn workspace() -> Table {
    let manifest: Table = WORKSPACE.parse().unwrap_or_default();
    manifest.get("workspace").and_then(Value::as_table).cloned().unwrap_or_default()
}

/// What a manifest depends on.
fn names(manifest: &str) -> Vec<String> {
    let manifest: Table = manifest.parse().unwrap_or_default();
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = std::iter::once(&manifest).chain(targets.filter_map(Value::as_table));
    let tables = places.filter_map(|place| place.get("dependencies").and_then(Value::as_table));
    tables.flat_map(Table::keys).cloned().collect()
}
