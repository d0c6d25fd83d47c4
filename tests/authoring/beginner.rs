//! The mistakes of a first hour that only a build shows. Each ends in a message that says what to do. Those that need no
//! build are in the other suite.

use super::{golint, new_pack_on_our_sdk, replace};
use crate::scratch::Scratch;

const RULE: &str = "src/bool_comparison.rs";

fn build(scratch: &Scratch) -> String {
    golint(scratch.path(), &["plugin", "build"]).expect(2).stderr
}

#[test]
fn a_wrong_kind_is_told_by_the_compiler_with_the_right_name() {
    let scratch = new_pack_on_our_sdk("wrong-kind");
    replace(&scratch, RULE, "kind::BINARY_EXPRESSION])", "kind::BINARY_EXPRESION])");
    let said = build(&scratch);
    for part in [
        "cannot find value `BINARY_EXPRESION`",
        "src/bool_comparison.rs:",
        "`BINARY_EXPRESSION`",
        "error: the pack does not build; cargo says above what is wrong",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn two_rules_of_one_id_are_told_with_what_to_do() {
    let scratch = new_pack_on_our_sdk("one-id");
    let once = "[bool_comparison::BoolComparison]";
    replace(&scratch, "src/lib.rs", once, "[bool_comparison::BoolComparison, bool_comparison::BoolComparison]");
    let said = build(&scratch);
    let told = "it has two rules \"bool-comparison\"; give one of them another id";
    assert!(said.contains(told) && said.contains("help: the pack says so itself: in Rust, mend"), "{said}");
    assert!(!scratch.path().join("one-id.wasm").exists(), "what is no pack is not written");
}

#[test]
fn a_panic_is_told_with_its_words_and_its_place() {
    let scratch = new_pack_on_our_sdk("panics");
    replace(
        &scratch,
        RULE,
        "        let asks_for_truth",
        "        assert!(value, \"no idea\");\n        let asks_for_truth",
    );
    let run = golint(scratch.path(), &["plugin", "test"]).expect(1);
    let text = String::from_utf8(scratch.read(RULE)).expect("text");
    let line = text.lines().position(|line| line.contains("no idea")).expect("the line") + 1;
    for part in [
        "testdata/bool-comparison/defaults/cases.go:",
        "plugin-failure: rule pack \"panics\" failed on cases.go: it panicked or aborted; its last words: ",
        &format!("panicked at src/bool_comparison.rs:{line}:"),
        "no idea (rule bool-comparison, on the node at byte ",
        "it was called for rule `bool-comparison`, on nodes of lines ",
        "mend the rule and build the pack again",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}

#[test]
fn a_crate_that_makes_no_module_is_told_the_lines_that_it_lacks() {
    let scratch = new_pack_on_our_sdk("no-module");
    replace(&scratch, "Cargo.toml", "crate-type = [\"cdylib\", \"rlib\"]", "");
    let said = build(&scratch);
    assert!(
        said.contains("makes no WebAssembly module") && said.contains("crate-type = [\"cdylib\", \"rlib\"]"),
        "{said}"
    );
}

#[test]
fn a_crate_without_a_pack_is_told_how_to_export_one() {
    let scratch = new_pack_on_our_sdk("no-export");
    scratch.write("src/lib.rs", b"//! Nothing.\n");
    let said = build(&scratch);
    assert!(said.contains("export_pack!"), "{said}");
}

#[test]
fn an_unknown_option_in_a_test_is_told_with_the_right_name() {
    let scratch = new_pack_on_our_sdk("no-option");
    replace(&scratch, "testdata/bool-comparison/allow-false/golint.toml", "allow-false =", "alow-false =");
    let run = golint(scratch.path(), &["plugin", "test"]).expect(1);
    for part in [
        "testdata/bool-comparison/allow-false/golint.toml:3: configuration: ",
        "has no option `alow-false`",
        "did you mean `allow-false`?",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}
