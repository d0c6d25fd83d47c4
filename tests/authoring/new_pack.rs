//! A new pack: it builds by one command, passes its tests, and does its work where a configuration names it.

use super::{cargo, golint, new_pack, replace, root, target};
use crate::scratch::Scratch;

#[test]
fn a_new_pack_builds_and_passes_its_tests() {
    let scratch = Scratch::new(&[]);
    let run = golint(scratch.path(), &["plugin", "new", "house-rules"]).expect(0);
    for line in ["wrote the pack house-rules to house-rules: ", "\n  cd house-rules\n", "\n  golint-rs plugin test "] {
        assert!(run.stdout.contains(line), "{}", run.stdout);
    }
    let pack = scratch.path().join("house-rules");
    std::fs::copy(root().join("Cargo.lock"), pack.join("Cargo.lock")).expect("our lock file");

    let run = golint(&pack, &["plugin", "build"]).expect(0);
    assert!(run.stdout.starts_with("house-rules.wasm: pack house-rules 0.1.0 with 1 rule, "), "{}", run.stdout);
    let run = golint(&pack, &["plugin", "test"]).expect(0);
    assert_eq!(run.stdout, "6 passed, 0 failed\n");

    // No path of this machine is in the component.
    let bytes = scratch.read("house-rules/house-rules.wasm");
    for path in [scratch.path().to_owned(), root().to_owned(), target(), std::env::home_dir().expect("a home")] {
        let path = path.display().to_string();
        assert!(!bytes.windows(path.len()).any(|part| part == path.as_bytes()), "{path} is in the component");
    }
    let json = golint(&pack, &["plugin", "inspect", "house-rules.wasm", "--format", "json"]).expect(0).json();
    assert_eq!(json["rules"][0]["id"], "bool-comparison");
    assert_eq!(json["rules"][0]["interests"][0]["kinds"], serde_json::json!(["binary_expression"]));

    // Used where a configuration names it.
    scratch.write("go.mod", b"module example.com/m\n\ngo 1.22\n");
    scratch.write("a.go", b"package p\n\nfunc f(a bool) bool { return a == true }\n");
    scratch.write("golint.toml", b"[plugins.house]\npath = \"house-rules/house-rules.wasm\"\n");
    let run = golint(scratch.path(), &["check", "--format", "concise", "./"]).expect(1);
    assert!(run.stdout.starts_with("a.go:3:30: house/bool-comparison: "), "{}", run.stdout);
}

#[test]
fn plain_cargo_builds_and_tests_it_natively() {
    let scratch = new_pack("native");
    cargo(scratch.path(), &["build", "--quiet"]).expect(0);
    let run = cargo(scratch.path(), &["test", "--quiet"]).expect(0);
    assert!(run.stdout.contains("test result: ok. 1 passed"), "{}", run.stdout);
}

#[test]
fn the_component_goes_where_it_is_asked_for() {
    let scratch = new_pack("placed");
    scratch.write("elsewhere/.keep", b"");
    let folder = scratch.path().join("elsewhere");
    let run = golint(&folder, &["--quiet", "plugin", "build", "..", "-o", "other.wasm"]).expect(0);
    assert!(run.stdout.starts_with("other.wasm: pack placed 0.1.0 "), "{}", run.stdout);
    assert!(folder.join("other.wasm").is_file());
    let said = golint(&folder, &["--quiet", "plugin", "build", "..", "-o", "no/such/other.wasm"]).expect(2).stderr;
    assert!(said.contains("error: cannot write no/such/other.wasm: "), "{said}");
    // And is tested from there.
    let run = golint(&folder, &["plugin", "test", "..", "--pack", "other.wasm"]).expect(0);
    assert_eq!(run.stdout, "6 passed, 0 failed\n");
    replace(&scratch, "testdata/bool-comparison/defaults/cases.go", "return a == (n > 0)", "return a == true");
    let run = golint(&folder, &["plugin", "test", "..", "--pack", "other.wasm"]).expect(1);
    let place =
        "../testdata/bool-comparison/defaults/cases.go:20: a finding without a comment\n    expected  no finding\n";
    assert!(run.stdout.contains(place) && run.stdout.ends_with("4 passed, 2 failed\n"), "{}", run.stdout);
}
