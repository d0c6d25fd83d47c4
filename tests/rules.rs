//! Every rule on its fixtures: each folder below tests/rules/ is named after a rule and holds real Go modules.
//!
//! A comment `// want "regexp" …` names, in order, the findings of its line; a line without one has none. The regexp is
//! matched against the message, followed by what else the finding says: ` [likely]`, ` [on …]` where it holds on some
//! platforms only, ` [help: …]`, ` [note: …]`, ` [line N: …]` for each label elsewhere, and ` [fix: …]`. A regexp without
//! the word `likely` stands for a certain finding. `<file>.golden` is what `--fix` makes of a file, byte for byte; a file
//! without one is left as it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use golint_sdk::Pack;
use regex::Regex;
use serde_json::Value;

use crate::scratch::{Scratch, files_below};

pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The modules of a rule's fixtures: its folder, or each folder in it.
pub(crate) fn modules(folder: &Path) -> Vec<PathBuf> {
    if folder.join("go.mod").is_file() {
        return vec![folder.to_owned()];
    }
    let mut modules: Vec<_> = fs::read_dir(folder).expect("fixtures").map(|e| e.expect("an entry").path()).collect();
    modules.sort();
    for module in &modules {
        assert!(module.join("go.mod").is_file(), "{} is no module: it has no go.mod", module.display());
    }
    modules
}

/// A regexp that stands for a likely finding. No message has the word in it.
fn says_likely(regexp: &Regex) -> bool {
    regexp.as_str().contains("likely")
}

/// What the comments of a file ask for, by line.
fn wanted(text: &str) -> Result<BTreeMap<usize, Vec<Regex>>, String> {
    let strings = Regex::new(r#"^\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)"#).expect("a regexp");
    let mut wanted = BTreeMap::new();
    for (i, line) in text.lines().enumerate() {
        let Some((_, mut rest)) = line.split_once("// want ") else { continue };
        let mut regexps = Vec::new();
        while let Some(found) = strings.captures(rest) {
            let text = match (found.get(1), found.get(2)) {
                (Some(quoted), _) => quoted.as_str().replace("\\\"", "\"").replace("\\\\", "\\"),
                (_, Some(raw)) => raw.as_str().to_owned(),
                _ => unreachable!("one of the two groups matched"),
            };
            regexps.push(Regex::new(&text).map_err(|e| format!("line {}: {e}", i + 1))?);
            rest = &rest[found.get(0).map_or(0, |m| m.end())..];
        }
        if regexps.is_empty() {
            return Err(format!("line {}: `// want` without a regexp in quotes", i + 1));
        }
        wanted.insert(i + 1, regexps);
    }
    Ok(wanted)
}

/// A finding, as the regexps see it.
struct Shown {
    text: String,
    likely: bool,
}

impl Shown {
    fn of(finding: &Value) -> Shown {
        let likely = finding["confidence"] == "likely";
        let mut text = text_of(&finding["message"]).to_owned();
        if likely {
            text.push_str(" [likely]");
        }
        let platforms: Vec<_> = elements(&finding["platforms"]).map(text_of).collect();
        if !platforms.is_empty() {
            text.push_str(&format!(" [on {}]", platforms.join(" ")));
        }
        if let Some(help) = finding["help"].as_str() {
            text.push_str(&format!(" [help: {help}]"));
        }
        for note in elements(&finding["notes"]) {
            text.push_str(&format!(" [note: {}]", text_of(note)));
        }
        // The first label is the finding's own place.
        for label in elements(&finding["labels"]).filter(|label| label["range"] != finding["range"]) {
            let line = &label["range"]["start"]["line"];
            text.push_str(&format!(" [line {line}: {}]", text_of(&label["message"])));
        }
        for fix in elements(&finding["fixes"]) {
            text.push_str(&format!(" [fix: {}]", text_of(&fix["title"])));
        }
        Shown { text, likely }
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Compares the findings of one line with what its comment asks for; what is wrong is appended to `faults`.
fn compare(place: &str, wanted: &[Regex], mut found: Vec<Shown>, faults: &mut Vec<String>) {
    for regexp in wanted {
        let likely = says_likely(regexp);
        let position = |likely| found.iter().position(|f| f.likely == likely && regexp.is_match(&f.text));
        if let Some(i) = position(likely) {
            found.remove(i);
        } else if let Some(i) = position(!likely) {
            let is = if likely { "certain" } else { "likely" };
            faults.push(format!("{place}: is {is}, against {regexp}: {}", found.remove(i).text));
        } else {
            let found: Vec<_> = found.iter().map(|f| &f.text).collect();
            faults.push(format!("{place}: no finding matches {regexp}; got {found:?}"));
        }
    }
    faults.extend(found.into_iter().map(|f| format!("{place}: not expected: {}", f.text)));
}

/// Compares one module's findings with its comments; what is wrong is appended to `faults`.
fn check_module(rule: &str, module: &Path, faults: &mut Vec<String>) {
    let scratch = Scratch::copy_of(module);
    let run = scratch.run(&["check", "--select", rule, "--format", "json"]);
    if !matches!(run.code, Some(0 | 1)) {
        faults.push(format!("{}: exit {:?}\n{}{}", module.display(), run.code, run.stdout, run.stderr));
        return;
    }
    let mut found: BTreeMap<(String, usize), Vec<Shown>> = BTreeMap::new();
    for finding in elements(&run.json()["diagnostics"]) {
        let path = text_of(&finding["path"]).to_owned();
        let line = finding["range"]["start"]["line"].as_u64().expect("a line") as usize;
        found.entry((path, line)).or_default().push(Shown::of(finding));
    }
    for file in files_below(scratch.path()) {
        if file.extension().is_none_or(|e| e != "go") {
            continue;
        }
        let path = file.strip_prefix(scratch.path()).expect("below").to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&fs::read(&file).expect("a file")).into_owned();
        let wanted = match wanted(&text) {
            Ok(wanted) => wanted,
            Err(e) => {
                faults.push(format!("{rule}/{path}: {e}"));
                continue;
            }
        };
        for (line, regexps) in wanted {
            let found = found.remove(&(path.clone(), line)).unwrap_or_default();
            compare(&format!("{rule}/{path}:{line}"), &regexps, found, faults);
        }
    }
    for ((path, line), found) in found {
        compare(&format!("{rule}/{path}:{line}"), &[], found, faults);
    }
}

/// Compares what `--fix` makes of a module with its golden files.
fn check_fixes(rule: &str, module: &Path, faults: &mut Vec<String>) {
    let scratch = Scratch::copy_of(module);
    let run = scratch.run(&["check", "--select", rule, "--fix", "--quiet"]);
    if !matches!(run.code, Some(0 | 1)) {
        faults.push(format!("{}: --fix: exit {:?}\n{}{}", module.display(), run.code, run.stdout, run.stderr));
        return;
    }
    for file in files_below(module).into_iter().filter(|f| f.extension().is_some_and(|e| e == "go")) {
        let path = file.strip_prefix(module).expect("below").to_string_lossy().into_owned();
        let golden = module.join(format!("{path}.golden"));
        let expected = fs::read(if golden.is_file() { &golden } else { &file }).expect("a file");
        let got = scratch.read(&path);
        if let Some((line, want, got)) = first_difference(&expected, &got) {
            faults.push(format!("{rule}/{path}:{line}: after --fix\n  want {want:?}\n  got  {got:?}"));
        }
    }
    for golden in files_below(module).into_iter().filter(|f| f.extension().is_some_and(|e| e == "golden")) {
        if !golden.with_extension("").is_file() {
            faults.push(format!("{}: what is it made from?", golden.display()));
        }
    }
}

/// The number of the first line that differs, and what stands there, its end included.
fn first_difference(want: &[u8], got: &[u8]) -> Option<(usize, String, String)> {
    let mut lines = (want.split_inclusive(|b| *b == b'\n'), got.split_inclusive(|b| *b == b'\n'));
    for number in 1.. {
        match (lines.0.next(), lines.1.next()) {
            (None, None) => break,
            (want, got) if want == got => {}
            (want, got) => {
                let shown = |line: Option<&[u8]>| String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
                return Some((number, shown(want), shown(got)));
            }
        }
    }
    None
}

#[test]
fn fixtures_are_found_as_their_comments_say() {
    let mut faults = Vec::new();
    for rule in fs::read_dir(fixtures()).expect("tests/rules").map(|e| e.expect("an entry")) {
        let name = rule.file_name().to_string_lossy().into_owned();
        for module in modules(&rule.path()) {
            check_module(&name, &module, &mut faults);
            check_fixes(&name, &module, &mut faults);
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_rule_has_fixtures_with_findings_and_near_misses() {
    for rule in packs().iter().flat_map(|p| p.rules) {
        let folder = fixtures().join(rule.meta().id);
        assert!(folder.is_dir(), "{} has no fixtures", folder.display());
        let files = files_below(&folder);
        let sources = files.iter().filter(|f| f.extension().is_some_and(|e| e == "go"));
        let (mut with, mut without) = (0, 0);
        for text in sources.map(|f| fs::read_to_string(f).unwrap_or_default()) {
            with += text.matches("// want ").count();
            without += text.lines().filter(|l| !l.contains("// want ") && !l.trim().is_empty()).count();
        }
        assert!(with >= 10 && without >= with, "{}: {with} wanted, {without} other lines", rule.meta().id);
    }
}

#[test]
fn comments_say_more_than_messages() {
    let finding = serde_json::json!({
        "message": "wrong", "confidence": "likely", "platforms": ["linux/386"], "help": "right it", "notes": ["a", "b"],
        "range": {"start": {"line": 3}},
        "labels": [
            {"range": {"start": {"line": 3}}, "message": "here"},
            {"range": {"start": {"line": 5}}, "message": "there"},
        ],
        "fixes": [{"title": "mend"}],
    });
    let shown = Shown::of(&finding).text;
    assert_eq!(shown, "wrong [likely] [on linux/386] [help: right it] [note: a] [note: b] [line 5: there] [fix: mend]");
    let faults_for = |want: &str| {
        let (regexp, mut faults) = (Regex::new(want).expect("a regexp"), Vec::new());
        compare("x.go:3", &[regexp], vec![Shown::of(&finding)], &mut faults);
        faults
    };
    assert_eq!(faults_for(r"wrong \[likely"), Vec::<String>::new());
    assert_eq!(faults_for("wrong"), [format!("x.go:3: is likely, against wrong: {shown}")]);
    assert_eq!(faults_for("other likely").len(), 2);
}

#[test]
fn goldens_differ_by_a_byte() {
    assert_eq!(first_difference(b"a\r\nb", b"a\r\nb"), None);
    assert_eq!(first_difference(b"a\r\n", b"a\n"), Some((1, "a\r\n".to_owned(), "a\n".to_owned())));
    assert_eq!(first_difference(b"a\nb\n", b"a\nb"), Some((2, "b\n".to_owned(), "b".to_owned())));
    assert_eq!(first_difference(b"a\n", b"a\n\n"), Some((2, String::new(), "\n".to_owned())));
}

pub(crate) fn packs() -> [&'static Pack; 3] {
    [&pack_go_semantics::PACK, &pack_linux::PACK, &pack_unsafe_memory::PACK]
}

/// The Go code blocks below a heading of a rule's documentation.
fn examples(docs: &str, heading: &str) -> Vec<String> {
    let Some((_, section)) = docs.split_once(&format!("## {heading}\n")) else { return Vec::new() };
    let section = section.split("\n## ").next().unwrap_or_default();
    section.split("```go\n").skip(1).filter_map(|s| s.split("```").next()).map(str::to_owned).collect()
}

/// A first line `// go 1.21` names the language version of an example; without one it is 1.22.
fn run_example(rule: &str, code: &str) -> usize {
    let version = code.lines().next().and_then(|l| l.strip_prefix("// go ")).unwrap_or("1.22");
    let module = format!("module example.com/docs\n\ngo {version}\n");
    let scratch = Scratch::new(&[("go.mod", &module), ("docs.go", code)]);
    let run = scratch.run(&["check", "--select", rule, "--format", "json"]);
    assert!(matches!(run.code, Some(0 | 1)), "{rule}: {}{}", run.stdout, run.stderr);
    run.json()["diagnostics"].as_array().map_or(0, Vec::len)
}

#[test]
fn the_examples_of_the_documentation_are_true() {
    for rule in packs().iter().flat_map(|p| p.rules) {
        let meta = rule.meta();
        let (bad, good) = (examples(meta.docs, "Bad"), examples(meta.docs, "Good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{}: needs code below ## Bad and ## Good", meta.id);
        for code in bad {
            assert_ne!(run_example(meta.id, &code), 0, "{}: this Bad example has no finding:\n{code}", meta.id);
        }
        for code in good {
            assert_eq!(run_example(meta.id, &code), 0, "{}: this Good example has a finding:\n{code}", meta.id);
        }
    }
}
