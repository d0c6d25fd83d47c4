//! What a built-in pack is made from, as one hash: its own sources, the sources of our crates below it, the contract,
//! and the locked versions of the rest. It never looks at what was built.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use toml::{Table, Value};

/// The names of the packs' folders below plugins/, sorted.
pub fn packs(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("plugins")).context("plugins/")? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// The hash of everything that a pack's component is a function of, the compiler excepted; in hex.
pub fn hash(root: &Path, pack: &str) -> Result<String> {
    let manifest: Table = read_toml(&root.join("Cargo.toml"))?;
    let lock: Table = read_toml(&root.join("Cargo.lock"))?;
    let mut hash = Sha256::new();
    let mut add = |name: &str, content: &[u8]| {
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    };
    let reached = dependencies(&lock, &format!("pack-{pack}"));
    for name in &reached {
        let folder = [format!("crates/{name}"), format!("plugins/{}", name.trim_start_matches("pack-"))]
            .into_iter()
            .map(|folder| root.join(folder))
            .find(|folder| folder.join("Cargo.toml").is_file());
        match folder {
            Some(folder) => {
                for file in sources(&folder)? {
                    let shown = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
                    add(&shown, &fs::read(&file).with_context(|| shown.clone())?);
                }
            }
            None => add(name, locked(&lock, name).as_bytes()),
        }
        if let Some(wanted) = manifest["workspace"].get("dependencies").and_then(|d| d.get(name)) {
            add(&format!("workspace.dependencies.{name}"), wanted.to_string().as_bytes());
        }
    }
    add("rules.wit", &fs::read(root.join("rules-wit/rules.wit")).context("rules-wit/rules.wit")?);
    for profile in ["release", "plugin"] {
        let settings = manifest.get("profile").and_then(|p| p.get(profile)).map(Value::to_string).unwrap_or_default();
        add(&format!("profile.{profile}"), settings.as_bytes());
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

fn read_toml(path: &Path) -> Result<Table> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.parse().with_context(|| path.display().to_string())
}

fn entries(lock: &Table) -> impl Iterator<Item = &Table> {
    lock.get("package").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn named<'a>(entry: &'a Table, key: &str) -> &'a str {
    entry.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The names of a package and of all below it, by the lock file. Where a name is locked at several versions, all count.
fn dependencies(lock: &Table, package: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![package.to_owned()];
    while let Some(name) = waiting.pop() {
        if !reached.insert(name.clone()) {
            continue;
        }
        for entry in entries(lock).filter(|e| named(e, "name") == name) {
            let below = entry.get("dependencies").and_then(Value::as_array).into_iter().flatten();
            // "name", or "name version" where several are locked.
            waiting.extend(below.filter_map(Value::as_str).filter_map(|d| d.split(' ').next()).map(str::to_owned));
        }
    }
    reached
}

fn locked(lock: &Table, name: &str) -> String {
    let versions = entries(lock).filter(|e| named(e, "name") == name);
    versions.map(|e| format!("{} {}\n", named(e, "version"), named(e, "checksum"))).collect()
}

/// A crate's manifest and sources, sorted; tests and benches make no part of a component.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![folder.join("Cargo.toml")];
    let mut folders = vec![folder.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}
