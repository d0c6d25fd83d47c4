//! Every rule on its fixtures: each folder below tests/rules/ is named after a rule and holds real Go modules.
//!
//! A comment `// want "regexp" …` names, in order, the findings of its line; a line without one has none. The regexp is
//! matched against the message, followed by ` [likely]` where the finding says so, and by ` [on …]` where it holds on
//! some platforms only. `<file>.golden` is what `--fix` makes of a file; a file without one is left as it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use golint_sdk::Pack;
use regex::Regex;

use crate::scratch::{Scratch, files_below};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The modules of a rule's fixtures: its folder, or those below it that have a go.mod and stand in no other's.
fn modules(folder: &Path) -> Vec<PathBuf> {
    if folder.join("go.mod").is_file() {
        return vec![folder.to_owned()];
    }
    let mut modules: Vec<_> = fs::read_dir(folder).expect("fixtures").map(|e| e.expect("an entry").path()).collect();
    modules.retain(|m| m.is_dir());
    modules.sort();
    modules
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

/// A finding's message as the regexps see it.
fn shown(finding: &serde_json::Value) -> String {
    let mut text = finding["message"].as_str().unwrap_or_default().to_owned();
    if finding["confidence"] == "likely" {
        text.push_str(" [likely]");
    }
    if let Some(platforms) = finding["platforms"].as_array().filter(|p| !p.is_empty()) {
        let names: Vec<_> = platforms.iter().filter_map(|p| p.as_str()).collect();
        text.push_str(&format!(" [on {}]", names.join(" ")));
    }
    text
}

/// Compares one module's findings with its comments; what is wrong is appended to `faults`.
fn check_module(rule: &str, module: &Path, faults: &mut Vec<String>) {
    let scratch = Scratch::copy_of(module);
    let run = scratch.run(&["check", "--select", rule, "--format", "json"]);
    if !matches!(run.code, Some(0 | 1)) {
        faults.push(format!("{}: exit {:?}\n{}{}", module.display(), run.code, run.stdout, run.stderr));
        return;
    }
    let mut found: BTreeMap<(String, usize), Vec<String>> = BTreeMap::new();
    for finding in run.json()["diagnostics"].as_array().expect("an array") {
        let path = finding["path"].as_str().expect("a path").to_owned();
        let line = finding["range"]["start"]["line"].as_u64().expect("a line") as usize;
        found.entry((path, line)).or_default().push(shown(finding));
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
            let mut messages = found.remove(&(path.clone(), line)).unwrap_or_default();
            for regexp in regexps {
                match messages.iter().position(|m| regexp.is_match(m)) {
                    Some(i) => drop(messages.remove(i)),
                    None => faults.push(format!("{rule}/{path}:{line}: no finding matches {regexp}; got {messages:?}")),
                }
            }
            faults.extend(messages.into_iter().map(|m| format!("{rule}/{path}:{line}: not expected: {m}")));
        }
    }
    for ((path, line), messages) in found {
        faults.extend(messages.into_iter().map(|m| format!("{rule}/{path}:{line}: not expected: {m}")));
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
        let (expected, got) = (String::from_utf8_lossy(&expected), scratch.read(&path));
        let got = String::from_utf8_lossy(&got);
        for (i, (want, got)) in expected.lines().zip(got.lines()).enumerate().filter(|(_, (a, b))| a != b).take(1) {
            faults.push(format!("{rule}/{path}:{}: after --fix\n  want {want}\n  got  {got}", i + 1));
        }
        if expected.lines().count() != got.lines().count() {
            faults.push(format!("{rule}/{path}: --fix leaves another number of lines than its golden"));
        }
    }
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

fn packs() -> [&'static Pack; 3] {
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
