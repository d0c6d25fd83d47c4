//! Packs that misbehave, on the real binary: each failure is told with the pack, the file and what to do, the exit code
//! is 2, and nothing that other packs find is lost. The packs are WebAssembly text, assembled here. Also what packs may
//! rely on: their time is their own, and no file and no cache changes what they find.

mod cache;
mod calls;
mod descriptions;
mod no_packs;
mod questions;
mod reuse;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::scratch::{Run, Scratch};

/// The Go files of tests/demo.
const FILES: [&str; 5] = ["broadcast.go", "handles_windows.go", "header.go", "segment_linux.go", "segment_windows.go"];

/// A copy of tests/demo, in which every built-in rule finds something, with plugins.
struct Demo {
    scratch: Scratch,
    configuration: String,
}

/// What a run says beside the findings of the built-in packs.
struct Checked {
    /// Failures of packs, and faults in configuration.
    told: Vec<Told>,
    /// What plugins found, as `path: rule`.
    found: Vec<String>,
}

/// A failure or fault.
struct Told {
    path: String,
    line: u64,
    /// The message, and what to do about it.
    text: String,
}

impl Demo {
    fn new() -> Demo {
        let demo = Demo { scratch: Scratch::new(&[]), configuration: String::new() };
        for file in FILES {
            demo.scratch.write(file, &fs::read(self::demo().join(file)).expect("a readable file"));
        }
        // Results are kept by module: under a name of its own it has none.
        let folder = demo.scratch.path().file_name().expect("a name").to_string_lossy();
        let name: String = folder.chars().filter(char::is_ascii_alphanumeric).collect();
        demo.scratch.write("go.mod", format!("module example.com/{name}\n\ngo 1.21\n").as_bytes());
        demo
    }

    /// With a plugin.
    fn with(self, name: &str, pack: &[u8]) -> Demo {
        let path = format!("lint/{name}.wasm");
        self.scratch.write(&path, pack);
        self.configured(&format!("[plugins.{name}]\npath = \"{path}\"\n"))
    }

    /// With more lines in its golint.toml.
    fn configured(mut self, lines: &str) -> Demo {
        self.configuration.push_str(lines);
        self.scratch.write("golint.toml", self.configuration.as_bytes());
        self
    }

    /// Another file, in which built-in rules find nothing.
    fn file(self, path: &str, content: &str) -> Demo {
        self.scratch.write(path, content.as_bytes());
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.scratch.command(&[&["check", "--format", "json"], arguments].concat())
    }

    /// Checks it. All findings of the built-in packs must be there, and the exit code must say whether that is all.
    #[track_caller]
    fn check(&self, arguments: &[&str]) -> Checked {
        Checked::of(&Run::of(&mut self.command(arguments)))
    }
}

impl Checked {
    #[track_caller]
    fn of(run: &Run) -> Checked {
        let (built_in, checked) = Checked::read(run);
        assert_eq!(built_in, built_in_findings(), "findings of the built-in packs");
        let incomplete = run.stderr.ends_with("the run is incomplete: see the errors above\n");
        let is_told = !checked.told.is_empty();
        assert_eq!((run.code, incomplete), (Some(if is_told { 2 } else { 1 }), is_told), "{}", run.stderr);
        checked
    }

    /// The findings of the built-in packs, and the rest.
    fn read(run: &Run) -> (Vec<Value>, Checked) {
        let json = run.json();
        let (mut built_in, mut checked) = (Vec::new(), Checked { told: Vec::new(), found: Vec::new() });
        for finding in json["diagnostics"].as_array().expect("an array") {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let (path, rule) = (text(&finding["path"]), text(&finding["rule"]));
            if ["plugin-failure", "configuration", "internal-error"].contains(&rule.as_str()) {
                let help = text(&finding["help"]);
                assert!(!help.is_empty(), "nothing says what to do: {finding}");
                let line = finding["range"]["start"]["line"].as_u64().expect("a line");
                let notes =
                    finding["notes"].as_array().expect("an array").iter().map(text).collect::<Vec<_>>().join("\n");
                let text = format!("{rule}: {}\n{notes}\n{help}", text(&finding["message"]));
                checked.told.push(Told { path, line, text });
            } else if rule.contains('/') {
                checked.found.push(format!("{path}: {rule}"));
            } else {
                built_in.push(finding.clone());
            }
        }
        (built_in, checked)
    }
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/demo")
}

/// What the built-in packs find in the demo.
fn built_in_findings() -> &'static [Value] {
    static FINDINGS: OnceLock<Vec<Value>> = OnceLock::new();
    FINDINGS.get_or_init(|| {
        let findings = Checked::read(&Run::of(&mut Demo::new().command(&[])).expect(1)).0;
        assert_eq!(findings.len(), 7);
        findings
    })
}

/// The demo with this plugin, called `bad`: whatever is told says all of these words. What is told.
#[track_caller]
fn hostile(pack: &[u8], words: &[&str]) -> Vec<Told> {
    let told = Demo::new().with("bad", pack).check(&[]).told;
    assert!(!told.is_empty(), "nothing is told of {words:?}");
    for Told { text, .. } in &told {
        let missing: Vec<_> = words.iter().filter(|word| !text.contains(**word)).collect();
        assert!(missing.is_empty() && text.contains("rule pack \"bad\""), "{missing:?} is not in: {text}");
    }
    told
}

/// A plugin that can't be loaded: told once, where it is named.
#[track_caller]
fn unloadable(pack: &[u8], words: &[&str]) {
    let told = hostile(pack, &[words, &["lint/bad.wasm"]].concat());
    let places: Vec<_> = told.iter().map(|told| (told.path.as_str(), told.line)).collect();
    assert_eq!(places, [("golint.toml", 2)]);
}

/// `path: rule` of one rule, in the files of the demo.
fn in_all_files(rule: &str) -> Vec<String> {
    FILES.iter().map(|file| format!("{file}: {rule}")).collect()
}

/// A pipe in the file system.
fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder");
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo starts").success());
}
