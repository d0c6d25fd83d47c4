//! Files that are no packs of this contract, and paths that lead to no file.

use std::os::unix::fs::symlink;

use super::{Checked, Demo, Told, in_all_files, pipe, unloadable};
use crate::guest::{Finding, Guest, contract, imports_everything};

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the text is sound")
}

/// As good as any source of bytes that nobody meant.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..length).map(next).collect()
}

#[test]
fn other_files() {
    unloadable(b"", &["the file is empty", "copy or download the file again"]);
    unloadable(&noise(5_000), &["this is no WebAssembly component but something else", "name the .wasm file"]);
    unloadable(&[b"\0asm\x0d\0\x01\0", &noise(5_000)[..]].concat(), &["the component is not valid"]);
    unloadable(&[b"\0asm", &noise(5_000)[..]].concat(), &["the component is not valid"]);
    unloadable(b"<!DOCTYPE html>\n<title>404</title>", &["perhaps the error page of a download"]);
}

#[test]
fn core_modules() {
    let words =
        ["this is a core WebAssembly module, not a component", "golint-rs plugin build", "wasm-tools component new"];
    unloadable(&wat("(module)"), &[&words[..], &["generator of component bindings"]].concat());
    unloadable(&wat("(module (@custom \"component-type:rule-pack\" \"\"))"), &words);
}

/// All in one run, which tells each.
#[test]
fn truncated_components() {
    let whole = Guest::new().reports(&Finding::at(0, 7)).build();
    let lengths: Vec<usize> = (1..whole.len()).step_by(whole.len() / 50).collect();
    let with = |demo: Demo, length: &usize| demo.with(&format!("p{length}"), &whole[..*length]);
    let demo = lengths.iter().fold(Demo::new(), with).with("whole", &whole);
    let Checked { told, found } = demo.check(&[]);
    assert_eq!((told.len(), found), (lengths.len(), in_all_files("whole/a-rule")));
    for (length, Told { text, .. }) in lengths.iter().zip(&told) {
        assert!(text.contains(&format!("rule pack \"p{length}\" from lint/p{length}.wasm: ")), "{text}");
        // Cut between two sections it is a sound component that lacks its end.
        let is_told = ["ends too early, at byte", "does not export golint:rules/pack"].iter().any(|w| text.contains(w));
        assert!(is_told && (text.contains("copy or download the file again")), "{text}");
    }
}

#[test]
fn imports_that_are_not_ours() {
    let importing = |name: &str| wat(&format!("(component (import \"{name}\" (instance)))"));
    let clock = "wasi:clocks/monotonic-clock@0.2.0";
    unloadable(&importing(clock), &[clock, "does not offer", "wasm32-unknown-unknown", "turn WASI off"]);
    unloadable(&importing("wasi:filesystem/types@0.2.0"), &["wasi:filesystem/types@0.2.0", "no system interface"]);
    unloadable(&importing("acme:net/http@1.0.0"), &["acme:net/http@1.0.0", "remove the dependency that needs it"]);
    unloadable(&importing("golint:rules/dreams@0.1.7"), &["golint:rules/dreams@0.1.7", "upgrade golint-rs"]);
}

#[test]
fn other_versions_of_the_contract() {
    let of = |version: &str| imports_everything(&contract().replace("golint:rules@0.1.0", version));
    let speaks = "this golint-rs speaks golint:rules@0.1.0";
    unloadable(
        &of("golint:rules@0.2.0"),
        &["@0.2.0", speaks, "upgrade golint-rs, or use an older release of the pack"],
    );
    unloadable(&of("golint:rules@1.0.0"), &["@1.0.0", speaks, "upgrade golint-rs"]);
    unloadable(&of("golint:rules@0.0.9"), &["@0.0.9", speaks, "upgrade the pack, or build it again with a newer SDK"]);
}

#[test]
fn another_file_than_it_should_be() {
    let pack = Guest::new().reports(&Finding::at(0, 7)).build();
    let expected = "0123456789abcdef".repeat(4);
    let demo = Demo::new().with("bad", &pack).configured(&format!("sha256 = \"{expected}\"\n"));
    let Checked { told, found } = demo.check(&[]);
    let [Told { path, line, text }] = &told[..] else { panic!("{} failures", told.len()) };
    assert_eq!((path.as_str(), *line, found.len()), ("golint.toml", 3, 0));
    for word in ["rule pack \"bad\" from lint/bad.wasm", "its sha256 is ", &expected, "get the right file"] {
        assert!(text.contains(word), "{text}");
    }
    // What the message says is the digest of this file.
    let found =
        text.split_once("its sha256 is ").and_then(|(_, rest)| rest.get(..64)).expect("a digest").to_uppercase();
    let Checked { told, found } =
        Demo::new().with("bad", &pack).configured(&format!("sha256 = \"{found}\"\n")).check(&[]);
    assert_eq!((told.len(), found), (0, in_all_files("bad/a-rule")));
}

/// None of them is waited for or read without end.
#[test]
fn paths_that_lead_to_no_file() {
    let lines = [
        ("none", "lint/none.wasm", "No such file or directory", "relative to the configuration file"),
        ("folder", "lint", "is a folder", "name the .wasm file of a component"),
        ("pipe", "lint/pipe.wasm", "is not a regular file", "name the .wasm file of a component"),
        ("zero", "/dev/zero", "is not a regular file", "name the .wasm file of a component"),
        ("link", "lint/link.wasm", "is not a regular file", "name the .wasm file of a component"),
        ("nowhere", "lint/nowhere.wasm", "No such file or directory", "relative to the configuration file"),
        ("circle", "lint/circle.wasm", "lint/circle.wasm: ", "relative to the configuration file"),
        ("below", "header.go/x.wasm", "Not a directory", "relative to the configuration file"),
        ("nothing", "", "is a folder", "name the .wasm file of a component"),
    ];
    let tables = lines.map(|(name, path, ..)| format!("[plugins.{name}]\npath = {path:?}\n")).concat();
    let demo = Demo::new().with("good", &Guest::new().reports(&Finding::at(0, 7)).build()).configured(&tables);
    let lint = demo.scratch.path().join("lint");
    pipe(&lint.join("pipe.wasm"));
    for (to, link) in [("/dev/zero", "link"), ("no-such-file", "nowhere"), ("circle.wasm", "circle")] {
        symlink(to, lint.join(format!("{link}.wasm"))).expect("ours");
    }
    let Checked { told, found } = demo.check(&[]);
    assert_eq!((told.len(), found), (lines.len(), in_all_files("good/a-rule")));
    for (i, ((name, path, cause, help), told)) in lines.iter().zip(&told).enumerate() {
        let text = &told.text;
        assert_eq!((told.path.as_str(), told.line), ("golint.toml", 2 * i as u64 + 4), "{text}");
        let path = path.trim_start_matches('/');
        for word in [&format!("plugin `{name}` can't be read from "), path, cause, help] {
            assert!(text.contains(word), "{name}, {word}: {text}");
        }
    }
}
