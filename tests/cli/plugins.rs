//! Packs of others, named in golint.toml: any pack is one, a copy of a built-in one too.

use super::places;
use crate::scratch::Scratch;

const SOURCE: &str = "package p\n\nimport \"syscall\"\n\nvar raw = syscall.RawSyscall\n";

/// A module whose configuration is this, with the pack linux at lint/house.wasm.
fn with_house(configuration: &str) -> Scratch {
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("a_linux.go", SOURCE)]);
    let packs = golint_builtin::PACKS.iter().find(|(name, _)| *name == "linux");
    scratch.write("lint/house.wasm", packs.expect("the pack linux").1);
    scratch.write("golint.toml", configuration.as_bytes());
    scratch
}

const HOUSE: &str = "[plugins.house]\npath = \"lint/house.wasm\"\n";

#[test]
fn a_plugin_finds_what_a_built_in_pack_finds_under_its_own_name() {
    let scratch = with_house(HOUSE);
    let run = scratch.run(&["check", "--format", "json"]).expect(1);
    assert_eq!(places(&run), ["a_linux.go:5: house/syscall-deprecated", "a_linux.go:5: syscall-deprecated"]);
    let rules = scratch.run(&["rules"]).expect(0).stdout;
    assert!(rules.contains("house/syscall-deprecated"), "{rules}");
    let docs = scratch.run(&["explain", "house/syscall-deprecated"]).expect(0).stdout;
    assert!(docs.contains("house/syscall-deprecated"), "{docs}");
    let schema = scratch.run(&["config", "schema"]).expect(0).json();
    assert!(schema.to_string().contains("house/syscall-deprecated"));
}

#[test]
fn its_rules_are_selected_configured_and_suppressed_by_that_name() {
    let only = "select = [\"house/*\"]\n";
    let scratch = with_house(&format!("{only}{HOUSE}"));
    let found = |scratch: &Scratch| places(&scratch.run(&["check", "--format", "json"]));
    assert_eq!(found(&scratch), ["a_linux.go:5: house/syscall-deprecated"]);
    let options = "[rules.\"house/syscall-deprecated\"]\noptions = { replacement = \"example.com/sys\" }\n";
    let scratch = with_house(&format!("{only}{HOUSE}{options}"));
    let json = scratch.run(&["check", "--format", "json"]).expect(1).json();
    assert!(json["diagnostics"][0]["help"].as_str().is_some_and(|h| h.contains("example.com/sys")), "{json}");
    let suppressed = SOURCE.replace("RawSyscall\n", "RawSyscall //nolint:house/syscall-deprecated // measured\n");
    scratch.write("a_linux.go", suppressed.as_bytes());
    assert_eq!(found(&scratch), Vec::<String>::new());
}

#[test]
fn a_plugin_must_be_the_file_that_it_is_said_to_be() {
    let scratch = with_house(&format!("{HOUSE}sha256 = \"{}\"\n", "0".repeat(64)));
    let run = scratch.run(&["check"]).expect(2);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(said.contains("sha256") && said.contains("golint.toml:3"), "{said}");
    // The rest is checked all the same.
    assert!(said.contains("syscall-deprecated"), "{said}");
}

/// Somebody wanted it checked: until it can be, it must not run, whatever file it is.
#[test]
fn a_plugin_whose_digest_is_no_digest_is_not_opened() {
    let scratch =
        with_house(&format!("{HOUSE}sha256 = \"zz\"\n[rules.\"house/syscall-deprecated\"]\nseverity = \"error\"\n"));
    for replace in [false, true] {
        if replace {
            scratch.write("lint/house.wasm", b"#!/bin/sh\n");
        }
        let run = scratch.run(&["check", "--format", "json"]).expect(2);
        assert_eq!(places(&run), ["golint.toml:3: configuration"]);
        assert!(!scratch.run(&["rules"]).expect(2).stdout.contains("house/"));
    }
}

#[test]
fn what_is_no_pack_is_named_with_its_cause_by_every_command() {
    let scratch = with_house(HOUSE);
    scratch.write("lint/house.wasm", b"#!/bin/sh\n");
    for arguments in [&["check"][..], &["rules"], &["config", "schema"]] {
        let run = scratch.run(arguments).expect(2);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains("golint.toml") && said.contains("lint/house.wasm"), "{arguments:?}: {said}");
    }
}
