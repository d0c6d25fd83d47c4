//! The extension for Zed, which Zed compiles on the user's machine, and the settings.

use std::process::Command;

use super::scratch::Run;
use super::{ours, text};

#[test]
fn the_extension_compiles() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--target", "wasm32-unknown-unknown", "--manifest-path"]);
    cargo.arg(ours("editors/zed/Cargo.toml")).env("CARGO_TARGET_DIR", format!("{}/zed", env!("CARGO_TARGET_TMPDIR")));
    cargo.env("RUSTFLAGS", "-D warnings");
    Run::of(&mut cargo).expect(0);
}

#[test]
fn the_extension_brings_the_server_that_the_settings_name() {
    let extension: toml::Table = text("editors/zed/extension.toml").parse().expect("TOML");
    let server = &extension["language_servers"]["golint-rs"];
    let languages: Vec<_> = server["languages"].as_array().expect("a list").iter().filter_map(|l| l.as_str()).collect();
    assert_eq!(languages, ["Go", "TOML"]);
    assert_eq!(extension["schema_version"].as_integer(), Some(1));
    let crate_: toml::Table = text("editors/zed/Cargo.toml").parse().expect("TOML");
    assert_eq!(extension["version"], crate_["package"]["version"]);

    let settings: serde_json::Value = serde_json::from_str(&text("editors/zed/settings.json")).expect("JSON");
    let go = &settings["languages"]["Go"];
    assert!(go["language_servers"].as_array().is_some_and(|all| all.contains(&"golint-rs".into())), "{go}");
    assert_eq!(go["formatter"][0]["code_action"], "source.fixAll.golint-rs");
    assert!(settings["lsp"]["golint-rs"]["initialization_options"].is_object());
}
