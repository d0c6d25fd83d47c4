//! Rebuilds the built-in packs: each crate below plugins/ to a component, as golint-packer makes all packs, and the
//! component into golint-builtin beside the lock. It never runs a pack.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use golint_packer::{Build, Profile, standard_library};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::inputs;

/// What stands beside the committed components.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Lock {
    /// `rustc --version` of the compiler that built them.
    pub rustc: String,
    /// Hash of the standard library that it linked.
    pub std: String,
    /// The packs by name.
    pub packs: BTreeMap<String, LockedPack>,
}

/// One pack of the lock.
#[derive(Debug, Serialize, Deserialize)]
pub struct LockedPack {
    /// [`inputs::hash`] when it was built.
    pub inputs: String,
    /// SHA-256 of the component.
    pub component: String,
}

/// Where the components and their lock stand.
pub fn folder(root: &Path) -> PathBuf {
    root.join("crates/golint-builtin/packs")
}

/// The committed lock.
pub fn read_lock(root: &Path) -> Result<Lock> {
    let path = folder(root).join("packs.lock");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}

/// SHA-256 in hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Rebuilds all packs. With `check`, compares instead of writing: byte by byte where compiler and standard library are
/// the lock's. Where they are others, the components may differ, and the rebuilt ones are written for the rule tests to
/// run on.
pub fn run(check: bool) -> Result<()> {
    let root = crate::root();
    let mut lock = Lock { rustc: rustc(&["--version"])?, std: std_hash(&root)?, packs: BTreeMap::new() };
    let committed = read_lock(&root).unwrap_or_default();
    let same_compiler = lock.rustc == committed.rustc && lock.std == committed.std;
    fs::create_dir_all(folder(&root))?;
    let mut differing = Vec::new();
    for pack in inputs::packs(&root)? {
        let component = build(&root, &pack)?;
        let path = folder(&root).join(format!("{pack}.wasm"));
        let digest = sha256(&component);
        let same = fs::read(&path).is_ok_and(|old| old == component);
        println!("{pack}: {} KiB, {}", component.len() / 1024, if same { "unchanged" } else { "changed" });
        if !same {
            differing.push(pack.clone());
        }
        if !check || !same_compiler {
            fs::write(&path, &component)?;
        }
        lock.packs.insert(pack.clone(), LockedPack { inputs: inputs::hash(&root, &pack)?, component: digest });
    }
    if check && same_compiler {
        ensure!(
            differing.is_empty(),
            "these packs differ from what is committed: {differing:?}; run `cargo xtask plugins`"
        );
        println!("the rebuilt packs are byte-equal to the committed ones");
        return Ok(());
    }
    if check {
        println!(
            "another compiler or standard library than the lock's: the rebuilt packs stand in place for the tests"
        );
    }
    let text = format!(
        "# Written by `cargo xtask plugins`: what the components beside this file were built from, and with what.\n{}",
        toml::to_string(&lock)?
    );
    fs::write(folder(&root).join("packs.lock"), text)?;
    Ok(())
}

/// Builds one pack and returns the component's bytes.
fn build(root: &Path, pack: &str) -> Result<Vec<u8>> {
    let target_dir = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let build = Build {
        manifest: root.join("plugins").join(pack).join("Cargo.toml"),
        folder: root.to_owned(),
        profile: Profile::Named("plugin".to_owned()),
        locked: true,
        quiet: true,
        target_dir: Some(target_dir),
        remapped: vec![(root.to_owned(), "/golint-rs".to_owned())],
    };
    golint_packer::build(&build).with_context(|| format!("pack {pack}"))
}

fn rustc(arguments: &[&str]) -> Result<String> {
    let output = Command::new("rustc").args(arguments).output().context("rustc")?;
    ensure!(output.status.success(), "rustc {}", arguments.join(" "));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Hash over the standard library's files for the target; none installed is an error that says what to do.
fn std_hash(root: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for file in standard_library(root)? {
        hash.update(fs::read(file)?);
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}
