//! The pack in tests/plugins/house: out of our workspace, named by a configuration.

use std::path::PathBuf;
use std::sync::LazyLock;

use super::{golint, root, target};
use crate::scratch::Scratch;

/// The folder of the pack's crate.
fn folder() -> PathBuf {
    root().join("tests/plugins/house")
}

/// The component, built once.
static HOUSE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = target().join("house.wasm");
    let output = path.display().to_string();
    let run = golint(&folder(), &["--quiet", "plugin", "build", "-o", &output]).expect(0);
    assert!(run.stdout.contains("pack house 0.1.0 with 3 rules"), "{}", run.stdout);
    std::fs::read(path).expect("the component")
});

const CONFIGURATION: &str = "\
[plugins.house]
path = \"lint/house.wasm\"

[rules.\"house/forbidden-import\".options.folders.\"internal/domain\"]
imports = [\"database/sql\"]
instead = \"go through internal/store\"

[rules.\"house/undeferred-unlock\"]
severity = \"error\"
options = { statements = 1 }

[rules.\"house/error-naming\"]
options = { variable-prefixes = [\"E\"] }
";

/// A module that uses the pack.
fn module(configuration: &str) -> Scratch {
    let scratch = Scratch::new(&[
        ("go.mod", "module example.com/m\n\ngo 1.22\n"),
        ("golint.toml", configuration),
        ("internal/domain/d.go", "package domain\n\nimport _ \"database/sql\"\n"),
        ("internal/store/s.go", "package store\n\nimport _ \"database/sql\"\n"),
        (
            "lock.go",
            "package m\n\nimport (\n\t\"errors\"\n\t\"sync\"\n)\n\nvar EClosed, ErrOpen = errors.New(\"c\"), errors.New(\"o\")\n\n\
             func f(mu *sync.Mutex, n *int) {\n\tmu.Lock()\n\t*n++\n\tmu.Unlock()\n\tmu.Lock()\n}\n",
        ),
    ]);
    scratch.write("lint/house.wasm", &HOUSE);
    scratch
}

#[test]
fn its_rules_pass_their_tests() {
    let component = target().join("house.wasm").display().to_string();
    LazyLock::force(&HOUSE);
    assert_eq!(golint(&folder(), &["plugin", "test", "--pack", &component]).expect(0).stdout, "14 passed, 0 failed\n");
}

#[test]
fn a_configuration_loads_it_and_sets_its_options() {
    let run = golint(module(CONFIGURATION).path(), &["check", "--format", "concise", "--quiet"]).expect(1);
    let places: Vec<_> =
        run.stdout.lines().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(": ")).collect();
    let expected = [
        "internal/domain/d.go:3:10: house/forbidden-import",
        "lock.go:8:14: house/error-naming",
        "lock.go:14:2: house/undeferred-unlock",
    ];
    assert_eq!(places, expected, "{}", run.stdout);
}

#[test]
fn the_schema_of_the_configuration_has_its_options() {
    let scratch = module(CONFIGURATION);
    let schema = golint(scratch.path(), &["config", "schema"]).expect(0).json();
    let rules = &schema["$defs"]["Rules"]["properties"];
    let options = |rule: &str| rules[format!("house/{rule}")]["properties"]["options"].clone();
    assert_eq!(options("undeferred-unlock")["properties"]["statements"]["type"], "integer");
    assert_eq!(options("error-naming")["properties"]["type-suffixes"]["default"], serde_json::json!(["Error"]));
    let folders = options("forbidden-import")["properties"]["folders"].clone();
    assert!(folders["description"].as_str().is_some_and(|text| text.contains("must not import")), "{folders}");
    // References lead on to where the schema stands now.
    let target = folders["additionalProperties"]["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    let ban = target.and_then(|pointer| schema.pointer(pointer)).unwrap_or_else(|| panic!("{folders}"));
    assert_eq!(ban["properties"]["imports"]["type"], "array");
}

#[test]
fn an_unknown_option_is_told_with_the_right_name() {
    let scratch = module(&CONFIGURATION.replace("statements = 1", "statments = 1"));
    let run = golint(scratch.path(), &["check"]).expect(2);
    let said = format!("{}{}", run.stdout, run.stderr);
    for part in ["golint.toml:10", "has no option `statments`", "did you mean `statements`?"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
