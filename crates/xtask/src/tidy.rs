//! The architecture as a test: which crate may depend on which, and which names only one crate may speak.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use crate::inputs;

/// Our crates, and which of ours each may depend on. What is not here is no crate of ours.
const ARROWS: &[(&str, &[&str])] = &[
    ("golint-diagnostics", &[]),
    ("golint-tree", &[]),
    ("golint-sdk", &["golint-tree"]),
    ("golint-syntax", &["golint-diagnostics", "golint-tree"]),
    ("golint-project", &["golint-diagnostics", "golint-tree", "golint-syntax"]),
    ("golint-semantic", &["golint-diagnostics", "golint-tree", "golint-syntax", "golint-project"]),
    (
        "golint-host",
        &["golint-diagnostics", "golint-tree", "golint-syntax", "golint-project", "golint-semantic", "golint-sdk"],
    ),
    (
        "golint-core",
        &["golint-diagnostics", "golint-tree", "golint-syntax", "golint-project", "golint-semantic", "golint-host"],
    ),
    ("golint-builtin", &[]),
    ("golint-rs", &["golint-builtin", "golint-core", "golint-diagnostics", "golint-project"]),
    ("xtask", &[]),
];

/// Crates from elsewhere that only one of ours may depend on.
const ONLY: &[(&str, &str)] = &[
    ("tree-sitter", "golint-syntax"),
    ("tree-sitter-go", "golint-syntax"),
    ("wasmtime", "golint-host"),
    ("lsp-types", "golint-lsp"),
    ("lsp-server", "golint-lsp"),
];

/// Names that say nothing about what is inside.
const VAGUE: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

/// Files longer than this are a fault of design.
const MOST_LINES: usize = 1000;

/// Checks the tree; the error lists everything that is wrong.
pub fn run() -> Result<()> {
    let faults = check(&crate::root())?;
    if faults.is_empty() {
        println!("tidy: the architecture holds");
        return Ok(());
    }
    bail!("{}", faults.join("\n"));
}

/// Everything that is wrong with the tree below `root`.
pub fn check(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (name, manifest) in manifests(root)? {
        check_arrows(&name, &manifest, &mut faults);
        if manifest.get("features").is_some() {
            faults.push(format!("{name}: has cargo features; there are none in 0.1"));
        }
    }
    for folder in ["crates", "plugins", "tests"] {
        check_sources(root, &root.join(folder), &mut faults)?;
    }
    Ok(faults)
}

fn manifests(root: &Path) -> Result<BTreeMap<String, Table>> {
    let mut folders = vec![root.to_owned()];
    for entry in fs::read_dir(root.join("crates"))? {
        folders.push(entry?.path());
    }
    folders.extend(inputs::packs(root)?.into_iter().map(|pack| root.join("plugins").join(pack)));
    let mut manifests = BTreeMap::new();
    for path in folders.into_iter().map(|f| f.join("Cargo.toml")).filter(|p| p.is_file()) {
        let manifest: Table = fs::read_to_string(&path)?.parse().with_context(|| path.display().to_string())?;
        if let Some(name) = manifest.get("package").and_then(|p| p.get("name")).and_then(Value::as_str) {
            manifests.insert(name.to_owned(), manifest.clone());
        }
    }
    Ok(manifests)
}

fn check_arrows(name: &str, manifest: &Table, faults: &mut Vec<String>) {
    let ours = |dependency: &str| dependency.starts_with("golint-") || dependency.starts_with("pack-");
    let allowed: &[&str] = if name.starts_with("pack-") {
        &["golint-sdk"]
    } else if let Some((_, allowed)) = ARROWS.iter().find(|(n, _)| *n == name) {
        allowed
    } else {
        faults.push(format!("{name}: no place in the architecture; see ARROWS in tidy.rs"));
        return;
    };
    let mut tables: Vec<&Table> = manifest.get("dependencies").and_then(Value::as_table).into_iter().collect();
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    tables.extend(targets.filter_map(|(_, t)| t.get("dependencies").and_then(Value::as_table)));
    for dependency in tables.into_iter().flat_map(Table::keys) {
        if ours(dependency) && !allowed.contains(&dependency.as_str()) {
            faults.push(format!("{name}: may not depend on {dependency}"));
        }
        if let Some((_, owner)) = ONLY.iter().find(|(d, owner)| d == dependency && *owner != name) {
            faults.push(format!("{name}: only {owner} may depend on {dependency}"));
        }
    }
}

fn check_sources(root: &Path, folder: &Path, faults: &mut Vec<String>) -> Result<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let text = fs::read_to_string(&path).with_context(|| shown.clone())?;
            if !text.starts_with("//!") {
                faults.push(format!("{shown}: does not open with //! and what it is"));
            }
            if text.lines().count() > MOST_LINES {
                faults.push(format!("{shown}: more than {MOST_LINES} lines"));
            }
            let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            if VAGUE.contains(&stem.as_str()) || stem == "mod" {
                faults.push(format!("{shown}: a name that says nothing about what is inside"));
            }
            check_names(&shown, &text, faults);
        }
    }
    Ok(())
}

/// Library crates read Go files through golint-project's `FileSystem` only. Caches and fixes of host and core are the
/// exceptions that ARCHITECTURE.md names; tests may do what they like.
fn check_names(shown: &str, text: &str, faults: &mut Vec<String>) {
    let free = ["crates/xtask/", "crates/golint-project/", "crates/cli/", "tests/"];
    let cache_or_fix = ["crates/golint-host/src/component/cache", "crates/golint-core/src/fix"];
    if free.iter().chain(&cache_or_fix).any(|f| shown.starts_with(f))
        || ["/tests/", "/examples/"].iter().any(|f| shown.contains(f))
    {
        return;
    }
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    for (i, line) in code.lines().enumerate() {
        if line.contains("std::fs") && !line.trim_start().starts_with("//") {
            faults.push(format!("{shown}:{}: files are read through golint-project's FileSystem", i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_architecture_holds() {
        let faults = super::check(&crate::root()).expect("the tree can be read");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_forbidden_arrow_is_found() {
        let manifest = "[dependencies]\ngolint-core.workspace = true\nwasmtime = \"48\"\n".parse().expect("TOML");
        let mut faults = Vec::new();
        super::check_arrows("golint-tree", &manifest, &mut faults);
        assert_eq!(
            faults,
            ["golint-tree: may not depend on golint-core", "golint-tree: only golint-host may depend on wasmtime"]
        );
    }
}
