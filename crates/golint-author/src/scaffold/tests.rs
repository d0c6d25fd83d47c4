//! A new pack is what this workspace has: the sources of the SDK, the versions, and a rule that works.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use golint_host::NativePack;

use super::sdk::{SOURCES, workspace};
use super::*;
use crate::harness::Harness;

/// The rule of the template, as a part of this program.
#[path = "../../template/src/bool_comparison.rs"]
mod bool_comparison;

golint_sdk::export_pack!("template", [bool_comparison::BoolComparison]);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The paths, as seen from `root`, of all files below a folder in it.
fn files_below(root: &Path, folder: &str) -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let relative = |file: PathBuf| file.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
    files.into_iter().map(relative).collect()
}

#[test]
fn the_rule_of_a_new_pack_passes_its_tests() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(folder.path()).expect("UTF-8");
    write("template", folder).expect("written");
    let pack = NativePack::new(&PACK).expect("it describes itself well");
    let cases = Harness::new(vec![Arc::new(pack)], folder).run(&folder.join("testdata"), None).expect("tests");
    let failures: Vec<_> = cases.iter().flat_map(|case| &case.failures).map(ToString::to_string).collect();
    assert!(failures.is_empty() && cases.len() == 6, "{} cases\n{}", cases.len(), failures.join("\n"));
}

#[test]
fn the_sdk_of_a_new_pack_is_that_of_the_workspace() {
    let mut paths: Vec<_> = ["rules-wit/rules.wit", "LICENSE-APACHE", "LICENSE-MIT"].map(str::to_owned).into();
    for folder in ["crates/golint-sdk", "crates/golint-tree"] {
        paths.push(format!("{folder}/Cargo.toml"));
        paths.extend(files_below(&root(), &format!("{folder}/src")));
    }
    let text = |path: String| (path.clone(), fs::read_to_string(root().join(path)).expect("text"));
    let expected: BTreeMap<_, _> = paths.into_iter().map(text).collect();
    let embedded: BTreeMap<_, _> =
        SOURCES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&embedded), names(&expected), "list the files of the SDK in scaffold/sdk.rs");
    assert!(embedded == expected, "the program was built from other sources");
}

#[test]
fn a_new_pack_asks_for_what_the_workspace_asks_for() {
    let manifest: toml::Table = include_str!("../../template/Cargo.toml.in").parse().expect("TOML");
    let (ours, package) = (workspace(), &manifest["package"]);
    for name in ["schemars", "serde"] {
        assert_eq!(manifest["dependencies"][name], ours["dependencies"][name], "{name}");
    }
    for key in ["edition", "rust-version"] {
        assert_eq!(package[key], ours["package"][key], "{key}");
    }
    let sdk: toml::Table = sdk::files().last().expect("the manifest").1.parse().expect("TOML");
    let dependencies = sdk["workspace"]["dependencies"].as_table().expect("a table");
    let names: Vec<_> = dependencies.keys().map(String::as_str).collect();
    assert_eq!(names, ["golint-tree", "schemars", "serde", "serde_json", "strsim", "wit-bindgen"]);
}

#[test]
fn every_file_of_the_template_is_written_under_the_name_of_the_pack() {
    let files = files("my-house").expect("a good name");
    let text = |path: &str| files.iter().find(|(p, _)| p == path).unwrap_or_else(|| panic!("{path}")).1.clone();
    assert!(text("Cargo.toml").contains("name = \"pack-my-house\""));
    assert!(text("src/lib.rs").contains("export_pack!(\"my-house\", ["));
    assert!(text("README.md").contains("[plugins.my-house]"));
    assert!(!files.iter().any(|(path, text)| !path.starts_with("sdk/") && text.contains(NAME)));
    let embedded: BTreeSet<_> = TEMPLATE.iter().map(|(path, _)| (*path).to_owned()).collect();
    let there = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("template"), "");
    assert_eq!(embedded, there.into_iter().collect(), "list the files of the template in scaffold.rs");
}

#[test]
fn a_bad_name_is_refused_with_the_reason() {
    let refused = |name: &str| files(name).expect_err("a bad name").to_string();
    for (name, nearest) in [("House", "house"), ("my_rules", "my-rules"), ("a--b", "a-b"), ("9lives", "lives")] {
        let said = refused(name);
        assert!(said.contains("lower-case words") && said.ends_with(&format!("; `{nearest}` would do")), "{said}");
    }
    for name in ["", "-", "ü", "../up", &"x".repeat(65)] {
        assert!(refused(name).contains("can't be the name of a pack"), "{name}");
    }
}

#[test]
fn nothing_is_overwritten_and_then_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = Utf8Path::from_path(folder.path()).expect("UTF-8");
    fs::write(folder.join("README.md"), "mine").expect("written");
    let said = write("house", folder).expect_err("a file is there").to_string();
    assert!(said.contains("README.md is there already") && said.contains("choose another folder"), "{said}");
    assert_eq!(fs::read_to_string(folder.join("README.md")).expect("text"), "mine");
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 1);
}
