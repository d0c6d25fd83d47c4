//! Gives this build of the engine a name that no other build has: results of another one are not to be trusted. It hashes
//! what the answers of a run can depend on: our sources, the versions of everything else, and the compiler.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates whose code a result goes through, beside this one. Rule packs are told apart by their bytes.
const CRATES: [&str; 7] = [
    "golint-diagnostics",
    "golint-tree",
    "golint-syntax",
    "golint-project",
    "golint-semantic",
    "golint-host",
    "golint-sdk",
];

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the crate is"));
    let mut hasher = DefaultHasher::new();
    // Where this crate was taken from a registry, the others are what the version says.
    let siblings = CRATES.iter().map(|name| here.with_file_name(name).join("src"));
    let lock = here.join("../../Cargo.lock");
    for path in siblings.chain([here.join("src"), lock]).filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
        hash(&path, &mut hasher);
    }
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    if let Ok(output) = Command::new(rustc).arg("-vV").output() {
        output.stdout.hash(&mut hasher);
    }
    println!("cargo::rustc-env=GOLINT_BUILD={:016x}", hasher.finish());
}

/// All files of a folder, in the order of their names.
fn hash(path: &Path, hasher: &mut DefaultHasher) {
    if path.is_dir() {
        let listing = fs::read_dir(path).into_iter().flatten().flatten();
        let mut entries: Vec<PathBuf> = listing.map(|entry| entry.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| hash(entry, hasher));
    } else if let Ok(content) = fs::read(path) {
        // Not where the checkout stands: the same sources are the same build everywhere.
        path.file_name().hash(hasher);
        content.hash(hasher);
    }
}
