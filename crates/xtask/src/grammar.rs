//! `cargo xtask grammar`: makes the parser in crates/golint-syntax/grammar/src of the grammar beside it, which builds on that
//! of the crate tree-sitter-go, with a pinned tree-sitter. It parses no Go.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plugins::sha256;

/// The version of tree-sitter's command that the parser is generated with.
const TREE_SITTER: &str = "0.27.1";

/// The crate with the grammar that ours builds on.
const BASE: &str = "tree-sitter-go";

/// What is committed, as paths in the grammar's folder, and where it comes from: what is generated, and its licence.
const FILES: [(&str, Origin); 3] = [
    ("src/parser.c", Origin::Generated("parser.c")),
    ("src/tree_sitter/parser.h", Origin::Generated("tree_sitter/parser.h")),
    ("LICENSE-tree-sitter-go", Origin::Base("LICENSE")),
];

enum Origin {
    Generated(&'static str),
    Base(&'static str),
}

/// What the committed parser was made of and with: stands beside it, so that a test without tree-sitter sees a grammar that
/// changed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    tree_sitter: String,
    base: String,
    /// SHA-256 of grammar.js.
    grammar: String,
    /// SHA-256 of src/parser.c.
    parser: String,
}

/// Generates the parser. With `check` it writes nothing, and fails where what is committed is something else.
pub fn run(check: bool) -> Result<()> {
    let root = crate::root();
    let folder = folder(&root);
    let (base, version) = base(&root)?;
    let tool = tool(&root)?;

    let scratch = tempfile::tempdir()?;
    let module = scratch.path().join("node_modules").join(BASE);
    fs::create_dir_all(&module)?;
    fs::copy(base.join("grammar.js"), module.join("grammar.js")).with_context(|| base.display().to_string())?;
    fs::copy(folder.join("grammar.js"), scratch.path().join("grammar.js"))?;
    let about = serde_json::json!({
        "grammars": [{ "name": "golint_go", "path": ".", "scope": "source.go" }],
        "metadata": { "version": version, "license": "MIT", "links": { "repository": env!("CARGO_PKG_REPOSITORY") } },
    });
    fs::write(scratch.path().join("tree-sitter.json"), about.to_string())?;
    let generated = scratch.path().join("generated");
    let status = Command::new(&tool)
        .current_dir(scratch.path())
        .args(["generate", "--js-runtime", "native", "--output"])
        .arg(&generated)
        .arg("grammar.js")
        .status()
        .with_context(|| tool.display().to_string())?;
    ensure!(status.success(), "tree-sitter makes no parser of {}", folder.join("grammar.js").display());

    let mut stale = Vec::new();
    for (path, origin) in FILES {
        let new = match origin {
            Origin::Generated(name) => generated.join(name),
            Origin::Base(name) => base.join(name),
        };
        let new = fs::read(&new).with_context(|| new.display().to_string())?;
        place(&folder.join(path), &new, check, &mut stale)?;
    }
    let lock = Lock { tree_sitter: TREE_SITTER.into(), base: format!("{BASE} {version}"), ..hashes(&folder)? };
    let text = format!("# Written by `cargo xtask grammar`.\n{}", toml::to_string(&lock)?);
    place(&folder.join("grammar.lock"), text.as_bytes(), check, &mut stale)?;
    if stale.is_empty() {
        println!("grammar: the parser is that of the grammar");
        return Ok(());
    }
    bail!("not what the grammar gives: {}; `cargo xtask grammar` writes them", stale.join(", "))
}

/// Writes a file; or compares it, and adds it to those that are stale.
fn place(path: &Path, new: &[u8], check: bool, stale: &mut Vec<String>) -> Result<()> {
    if !check {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        return fs::write(path, new).with_context(|| path.display().to_string());
    }
    if fs::read(path).ok().as_deref() != Some(new) {
        stale.push(path.display().to_string());
    }
    Ok(())
}

fn folder(root: &Path) -> PathBuf {
    root.join("crates/golint-syntax/grammar")
}

/// A lock with hashes of what is committed, and nothing else.
fn hashes(folder: &Path) -> Result<Lock> {
    let hash = |name: &str| -> Result<String> {
        let path = folder.join(name);
        Ok(sha256(&fs::read(&path).with_context(|| path.display().to_string())?))
    };
    let (grammar, parser) = (hash("grammar.js")?, hash("src/parser.c")?);
    Ok(Lock { tree_sitter: String::new(), base: String::new(), grammar, parser })
}

/// What is wrong with the committed parser, as far as hashes tell: nothing, or that it was made of something else.
pub fn stale(root: &Path) -> Result<Option<String>> {
    let folder = folder(root);
    let path = folder.join("grammar.lock");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lock: Lock = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let now = Lock { tree_sitter: TREE_SITTER.into(), base: format!("{BASE} {}", locked(root)?), ..hashes(&folder)? };
    Ok((lock != now)
        .then(|| format!("the parser was made of {lock:?}, and this is {now:?}; run `cargo xtask grammar`")))
}

/// The version of the base in Cargo.lock.
fn locked(root: &Path) -> Result<String> {
    let lock: toml::Table = fs::read_to_string(root.join("Cargo.lock"))?.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let base =
        packages.into_iter().flatten().find(|package| package.get("name").and_then(toml::Value::as_str) == Some(BASE));
    let version = base.and_then(|base| base.get("version")).and_then(toml::Value::as_str);
    Ok(version.with_context(|| format!("Cargo.lock has no {BASE}"))?.to_owned())
}

/// The folder of the base in cargo's registry, and its version.
fn base(root: &Path) -> Result<(PathBuf, String)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array();
    let base = packages.into_iter().flatten().find(|package| package["name"] == BASE);
    let base = base.with_context(|| format!("golint-syntax does not depend on {BASE}"))?;
    let manifest = Path::new(base["manifest_path"].as_str().unwrap_or_default());
    let version = base["version"].as_str().unwrap_or_default().to_owned();
    Ok((manifest.parent().context("the manifest is in no folder")?.to_owned(), version))
}

/// tree-sitter's command, which is compiled if it is missing or has another version.
fn tool(root: &Path) -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let tools = target.join("tools");
    let tool = tools.join("bin/tree-sitter");
    let version = Command::new(&tool).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if version.split_whitespace().any(|word| word == TREE_SITTER) {
        return Ok(tool);
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        // Not with the features and flags of the workspace.
        .current_dir(tools.parent().filter(|target| target.is_dir()).unwrap_or(root))
        .args(["install", "tree-sitter-cli", "--locked", "--debug", "--version", TREE_SITTER, "--root"])
        .arg(&tools)
        .status()
        .context("cargo install")?;
    ensure!(status.success(), "tree-sitter-cli {TREE_SITTER} could not be installed");
    Ok(tool)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_parser_is_that_of_the_grammar() {
        assert_eq!(super::stale(&crate::root()).expect("the lock can be read"), None);
    }
}
