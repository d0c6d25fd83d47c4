//! The pages of the rules on the web, docs/rules: made here from the rules' own documentation, so that they can't say
//! anything else. `INSTA_UPDATE=always` accepts others, as it does for snapshots. What names a rule leads to its page.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use camino::Utf8Path;
use golint_author::harness::files_below;
use golint_core::{ConfigurationSource, Engine, EngineOptions, Origin, Rule, Snapshot};
use golint_project::{Disk, Project};

use crate::guest::{self, Guest};
use crate::rules::fixtures;
use crate::scratch::Scratch;
use crate::written::{accepts, assert_written, root};

const FOLDER: &str = "docs/rules";

/// What pages begin with. Markdown shows it to nobody but those who edit it.
const HEAD: &str = "<!-- Made from the documentation in the rules' sources. Change it there, and then: \
                    INSTA_UPDATE=always cargo test --test tests pages -->\n\n";

/// All rules of an engine with these packs, in a folder that has no configuration.
fn rules(packs: &'static [(&'static str, &'static [u8])]) -> Vec<Rule> {
    let mut options = EngineOptions::new(packs, env!("CARGO_MANIFEST_DIR"));
    options.configuration = ConfigurationSource::Isolated;
    // That of all tests.
    let cache: OsString = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache").into();
    options.cache_folder = golint_core::cache_folder(|name| (name == "XDG_CACHE_HOME").then(|| cache.clone()));
    let engine = Engine::new(options).expect("the packs");
    let snapshot = Snapshot { files: Arc::new(Disk), project: Arc::new(Project::default()) };
    let (rules, problems) = engine.rules(&snapshot, Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(problems.is_empty(), "{problems:?}");
    rules
}

fn page(rule: &Rule) -> String {
    let from = match &rule.origin {
        Origin::Builtin { pack, .. } => format!("A rule of the pack `{pack}`."),
        _ => "The engine's own: it tells of the run itself.".to_owned(),
    };
    // The page need not lead to itself.
    let text = Rule { url: None, ..rule.clone() }.explained();
    format!("{HEAD}{}\n\n---\n\n{from} [All rules](README.md)\n", text.trim_end())
}

/// Whether `--fix` mends some of what the rule finds: its fixtures have a file of what then stands there.
fn has_safe_fixes(rule: &Rule) -> bool {
    !files_below(&fixtures().join(&rule.name), "golden").expect("fixtures").is_empty()
}

fn index(rules: &[Rule]) -> String {
    let mut text = format!(
        "{HEAD}# Rules\n\n\
         | rule | finds | severity | pack | on by default | `--fix` |\n| --- | --- | --- | --- | --- | --- |\n"
    );
    let mut own = String::new();
    for rule in rules {
        let (name, summary) = (&rule.name, rule.summary.replace('|', "\\|"));
        let severity = rule.severity.name();
        if let Origin::Builtin { pack, .. } = &rule.origin {
            let on = if rule.default_on { "yes" } else { "no" };
            let fix = if has_safe_fixes(rule) { "some" } else { "no" };
            writeln!(text, "| [`{name}`]({name}.md) | {summary} | {severity} | `{pack}` | {on} | {fix} |")
        } else {
            writeln!(own, "| [`{name}`]({name}.md) | {summary} | {severity} |")
        }
        .expect("to a string");
    }
    text + "\nSome: `--fix` mends those findings for which the rule's page describes a safe fix.\n\n\
            ## The engine's own\n\n\
            What the linter says of the run itself. Only `unused-suppression` can be turned off.\n\n\
            | rule | tells | severity |\n| --- | --- | --- |\n"
        + &own
}

/// The file that a link leads to, once it is on the web.
#[track_caller]
pub(crate) fn linked(url: &str) -> PathBuf {
    let base = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules/");
    let name = url.strip_prefix(base).unwrap_or_else(|| panic!("{url} is none of the pages below {base}"));
    root().join(FOLDER).join(name)
}

#[test]
fn every_rule_has_its_page() {
    let rules = rules(golint_builtin::PACKS);
    let mut expected = BTreeSet::from(["README.md".to_owned()]);
    assert_written(format!("{FOLDER}/README.md"), &index(&rules));
    for rule in &rules {
        let name = format!("{}.md", rule.name);
        assert_written(format!("{FOLDER}/{name}"), &page(rule));
        assert_eq!(rule.url.as_deref().map(linked), Some(root().join(FOLDER).join(&name)));
        expected.insert(name);
    }
    for entry in std::fs::read_dir(root().join(FOLDER)).expect("the pages") {
        let entry = entry.expect("a page");
        if expected.contains(&*entry.file_name().to_string_lossy()) {
            continue;
        }
        assert!(accepts(), "{} is the page of no rule: INSTA_UPDATE=always removes it", entry.path().display());
        std::fs::remove_file(entry.path()).expect("it can be removed");
    }
}

#[test]
fn a_rule_that_names_a_page_of_its_own_keeps_it() {
    let mut guest = Guest::new();
    let attributes = vec![("url", "https://example.org/a-rule")];
    guest.rules = vec![guest::Rule { attributes, ..guest::Rule::named("a-rule") }, guest::Rule::named("b-rule")];
    let rules = rules(vec![("own", &*guest.build().leak())].leak());
    let url = |name: &str| rules.iter().find(|rule| rule.name == name).and_then(|rule| rule.url.clone());
    assert_eq!(url("a-rule").as_deref(), Some("https://example.org/a-rule"));
    assert_eq!(url("b-rule").map(|url| linked(&url)), Some(root().join(FOLDER).join("b-rule.md")));
}

#[test]
fn reports_and_lists_lead_to_the_pages() {
    let scratch = Scratch::new(&[("go.mod", "module example.com/m\n\ngo 1.21\n"), ("a.go", &crate::cli::capture("m"))]);
    let report = scratch.run(&["check", "--format", "sarif"]).expect(1).json();
    let run = &report["runs"][0];
    let number = run["results"][0]["ruleIndex"].as_u64().expect("an index") as usize;
    let rule = &run["tool"]["driver"]["rules"][number];
    let url = rule["helpUri"].as_str().expect("a link");
    let page = std::fs::read_to_string(linked(url)).expect("a page");
    assert!(rule["id"] == "loopvar-capture" && page.contains("\n# loopvar-capture\n"), "{rule}");
    assert!(scratch.run(&["explain", "loopvar-capture"]).expect(0).stdout.contains(url));

    let listed = scratch.run(&["rules", "--format", "json"]).expect(0).json();
    let listed = listed.as_array().expect("a list");
    assert!(listed.len() >= 5, "{listed:?}");
    for rule in listed {
        let page = linked(rule["url"].as_str().expect("a link"));
        assert_eq!(page.file_stem().and_then(|name| name.to_str()), rule["name"].as_str());
    }
}
