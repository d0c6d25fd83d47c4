//! The architecture as a test: which crate may depend on which, and which names only one crate may speak.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

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
    ("golint-stdlib", &["golint-project"]),
    ("golint-semantic", &["golint-diagnostics", "golint-tree", "golint-syntax", "golint-project"]),
    (
        "golint-host",
        &["golint-diagnostics", "golint-tree", "golint-syntax", "golint-project", "golint-semantic", "golint-sdk"],
    ),
    (
        "golint-core",
        &["golint-diagnostics", "golint-tree", "golint-syntax", "golint-project", "golint-semantic", "golint-host"],
    ),
    ("golint-lsp", &["golint-diagnostics", "golint-syntax", "golint-project", "golint-core"]),
    ("golint-migrate", &[]),
    ("golint-packer", &[]),
    (
        "golint-author",
        &[
            "golint-diagnostics",
            "golint-tree",
            "golint-syntax",
            "golint-project",
            "golint-host",
            "golint-core",
            "golint-packer",
        ],
    ),
    ("golint-builtin", &[]),
    (
        "golint-rs",
        &[
            "golint-author",
            "golint-builtin",
            "golint-core",
            "golint-diagnostics",
            "golint-host",
            "golint-lsp",
            "golint-migrate",
            "golint-project",
        ],
    ),
    ("xtask", &["golint-packer", "golint-project", "golint-stdlib"]),
];

/// Crates from elsewhere that only one of ours may depend on.
const ONLY: &[(&str, &str)] = &[
    ("tree-sitter", "golint-syntax"),
    ("tree-sitter-go", "golint-syntax"),
    ("tree-sitter-language", "golint-syntax"),
    ("wasmtime", "golint-host"),
    ("wit-component", "golint-packer"),
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
    for dependency in dependencies(manifest) {
        if ours(dependency) && !allowed.contains(&dependency) {
            faults.push(format!("{name}: may not depend on {dependency}"));
        }
        if let Some((_, owner)) = ONLY.iter().find(|(d, owner)| *d == dependency && *owner != name) {
            faults.push(format!("{name}: only {owner} may depend on {dependency}"));
        }
    }
}

/// What is linked into the crate or its build script, by the names of the packages.
fn dependencies(manifest: &Table) -> impl Iterator<Item = &str> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = std::iter::once(manifest).chain(targets.filter_map(Value::as_table));
    let tables = places.flat_map(|place| ["dependencies", "build-dependencies"].map(|key| place.get(key)));
    tables.flatten().filter_map(Value::as_table).flatten().map(|(name, dependency)| {
        // The package may go by another name here.
        dependency.get("package").and_then(Value::as_str).unwrap_or(name)
    })
}

fn check_sources(root: &Path, folder: &Path, faults: &mut Vec<String>) -> Result<()> {
    let mut folders = vec![folder.to_owned()];
    let mut sources = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                // What cargo builds of a pack in its folder is no source of ours.
                if path.file_name().is_none_or(|name| name != "target") {
                    folders.push(path);
                }
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
            sources.insert(path.strip_prefix(root).unwrap_or(&path).to_owned(), text);
        }
    }
    let forgotten = unnamed(&sources).into_iter();
    faults.extend(forgotten.map(|path| format!("{}: no `mod` names it, so nobody compiles it", path.display())));
    Ok(())
}

/// Source files that stand below a lib.rs or main.rs and that no `mod` names there.
fn unnamed(sources: &BTreeMap<PathBuf, String>) -> Vec<&Path> {
    let is_root = |path: &Path| ["lib.rs", "main.rs"].iter().any(|name| path.ends_with(name));
    let roots: BTreeSet<&Path> = sources.keys().filter(|path| is_root(path)).filter_map(|path| path.parent()).collect();
    let names = |parent: PathBuf, stem: &str| {
        let declares = |line: &str| {
            let name = line.trim().strip_suffix(';').and_then(|line| line.rsplit_once("mod "));
            name.is_some_and(|(before, name)| name == stem && (before.is_empty() || before.starts_with("pub")))
        };
        sources.get(&parent).is_some_and(|text| text.lines().any(declares))
    };
    // `#[path = "x/y.rs"]` counts from the folder of the file that says so.
    let quoted = |line: &str| Some(line.trim().strip_prefix("#[path = \"")?.strip_suffix("\"]")?.to_owned());
    let named_by_path: BTreeSet<PathBuf> = sources
        .iter()
        .flat_map(|(file, text)| text.lines().filter_map(quoted).map(|path| file.with_file_name(path)))
        .collect();
    let is_named = |path: &Path| {
        if named_by_path.contains(path) {
            return true;
        }
        let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(OsStr::to_str)) else { return true };
        if roots.contains(folder) {
            return ["lib.rs", "main.rs"].iter().any(|root| names(folder.join(root), stem));
        }
        names(folder.with_extension("rs"), stem)
    };
    let files = sources.keys().map(PathBuf::as_path).filter(|path| !is_root(path));
    files.filter(|path| path.ancestors().skip(1).any(|above| roots.contains(above)) && !is_named(path)).collect()
}

/// Library crates read Go files through golint-project's `FileSystem` only. Caches and fixes of host and core, and the
/// crates of packs that are written and built, are the exceptions that ARCHITECTURE.md names; tests may do what they like.
fn check_names(shown: &str, text: &str, faults: &mut Vec<String>) {
    let free = ["crates/xtask/", "crates/golint-project/", "crates/cli/", "tests/"];
    let packs = ["crates/golint-packer/", "crates/golint-author/src/scaffold"];
    let cache_or_fix = ["crates/golint-host/src/cache_folder", "crates/golint-core/src/fix"];
    if free.iter().chain(&packs).chain(&cache_or_fix).any(|f| shown.starts_with(f))
        || ["/tests/", "/tests.rs", "/examples/", "/build.rs"].iter().any(|f| shown.contains(f))
    {
        return;
    }
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    for (i, line) in code.lines().enumerate() {
        if line.contains("std::fs") && !line.trim_start().starts_with("//") {
            faults.push(format!("{shown}:{}: files are read through golint-project's FileSystem", i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_architecture_holds() {
        let faults = check(&crate::root()).expect("the tree can be read");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    /// Results of another build of the engine are not to be trusted, and a build is known by the sources that it hashes.
    #[test]
    fn the_build_of_the_engine_is_known_by_all_that_it_is_made_of() {
        let script = fs::read_to_string(crate::root().join("crates/golint-core/build.rs")).expect("the script");
        let (_, below) = ARROWS.iter().find(|(name, _)| *name == "golint-core").expect("the engine");
        for name in below.iter().chain(&["golint-sdk"]) {
            assert!(script.contains(&format!("\"{name}\"")), "build.rs of golint-core does not hash {name}");
        }
    }

    #[test]
    fn a_forbidden_arrow_is_found() {
        let manifest = "[dependencies]\ngolint-core.workspace = true\nwasmtime = \"48\"\n".parse().expect("TOML");
        let mut faults = Vec::new();
        check_arrows("golint-tree", &manifest, &mut faults);
        assert_eq!(
            faults,
            ["golint-tree: may not depend on golint-core", "golint-tree: only golint-host may depend on wasmtime"]
        );
    }

    #[track_caller]
    fn arrows(name: &str, manifest: &str, expected: &[&str]) {
        let mut faults = Vec::new();
        check_arrows(name, &manifest.parse().expect("TOML"), &mut faults);
        assert_eq!(faults, expected);
    }

    #[test]
    fn an_arrow_is_found_wherever_it_hides() {
        let only = "golint-core: only golint-syntax may depend on tree-sitter";
        arrows("golint-core", "[dependencies]\nparser = { package = \"tree-sitter\", version = \"0.27\" }\n", &[only]);
        arrows("golint-core", "[build-dependencies]\ntree-sitter = \"0.27\"\n", &[only]);
        arrows("golint-core", "[target.'cfg(unix)'.build-dependencies]\ntree-sitter = \"0.27\"\n", &[only]);
        let arrow = "golint-tree: may not depend on golint-host";
        arrows("golint-tree", "[target.'cfg(unix)'.dependencies]\nh = { package = \"golint-host\" }\n", &[arrow]);
        arrows("golint-tree", "[dev-dependencies]\ngolint-host.workspace = true\n", &[]);
    }

    #[test]
    fn code_behind_a_test_function_is_read() {
        let found = |text: &str| {
            let mut faults = Vec::new();
            check_names("crates/golint-core/src/x.rs", text, &mut faults);
            faults
        };
        let line = "fn f() { std::fs::read(\"x\") }\n";
        let fault = "crates/golint-core/src/x.rs:3: files are read through golint-project's FileSystem";
        assert_eq!(found(&format!("#[cfg(test)]\nfn g() {{}}\n{line}")), [fault]);
        assert_eq!(found(&format!("fn g() {{}}\n#[cfg(test)]\nmod tests {{\n{line}}}\n")), [""; 0]);
    }

    #[test]
    fn a_file_that_no_mod_names_is_found() {
        let files = [
            ("crates/a/src/lib.rs", "mod one;\npub(crate) mod two;\n// mod gone;\n"),
            ("crates/a/src/one.rs", "#[cfg(test)]\nmod tests;\n"),
            ("crates/a/src/one/tests.rs", ""),
            ("crates/a/src/one/two.rs", ""),
            ("crates/a/src/two.rs", "pub mod deep;\n#[path = \"two/for_unix.rs\"]\nmod place;\n"),
            ("crates/a/src/two/deep.rs", ""),
            ("crates/a/src/two/for_unix.rs", ""),
            ("crates/a/src/gone.rs", ""),
            ("crates/a/src/lost/deep.rs", ""),
            ("crates/a/tests/alone.rs", ""),
            ("crates/b/main.rs", "mod one;\n"),
            ("crates/b/one.rs", ""),
        ];
        let files: BTreeMap<PathBuf, String> = files.map(|(path, text)| (path.into(), text.into())).into();
        let found: Vec<&str> = unnamed(&files).into_iter().filter_map(Path::to_str).collect();
        assert_eq!(found, ["crates/a/src/gone.rs", "crates/a/src/lost/deep.rs", "crates/a/src/one/two.rs"]);
    }
}
