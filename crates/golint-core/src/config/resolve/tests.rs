//! Tests of the module above.

use serde_json::json;

use super::*;
use crate::catalog::tests::{catalog, rule};
use crate::catalog::{Slot, UNUSED_SUPPRESSION};

/// Layers of a chain, the nearest first, the last one being the root.
fn layers(files: &[(&str, &str)]) -> Chain {
    let mut chain = Chain::default();
    for (path, text) in files {
        let (layer, faults) = Layer::read(Utf8Path::new(path), &Arc::from(&path[1..]), text.as_bytes());
        chain.layers.push(Arc::new(layer));
        chain.faults.extend(faults);
    }
    chain
}

fn resolved(files: &[(&str, &str)], overrides: &Overrides) -> (Configuration, Vec<String>) {
    let catalog = Arc::new(catalog(&["a", "b", "rare?", "house/x"]));
    resolved_with(&catalog, files, overrides)
}

fn resolved_with(
    catalog: &Arc<Catalog>,
    files: &[(&str, &str)],
    overrides: &Overrides,
) -> (Configuration, Vec<String>) {
    let chain = layers(files);
    let root = files.last().map(|(path, _)| RootFile { path: Utf8Path::new(path), shown: &path[1..] });
    let command_line = CommandLine::read(overrides, catalog).unwrap();
    let (configuration, faults) = resolve(&chain, root, catalog, &command_line);
    let told = |f: &Diagnostic| {
        let help = f.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}:{}: {}{help}", f.path(), f.span().start, f.message)
    };
    (configuration, faults.iter().map(told).collect())
}

fn on(configuration: &Configuration, set: &RuleSet) -> Vec<String> {
    let ids = configuration.catalog.rules().enumerate().filter(|(number, _)| set[*number]);
    ids.map(|(_, rule)| rule.name.clone()).filter(|id| id != UNUSED_SUPPRESSION).collect()
}

#[track_caller]
fn enables(files: &[(&str, &str)], overrides: &Overrides, expected: &[&str]) {
    let (configuration, faults) = resolved(files, overrides);
    assert_eq!(faults, [""; 0]);
    assert_eq!(on(&configuration, &configuration.enabled), expected);
}

fn flags(select: Option<&[&str]>, ignore: &[&str]) -> Overrides {
    let strings = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
    Overrides { select: select.map(strings), ignore: strings(ignore), ..Overrides::default() }
}

#[test]
fn select_replaces_the_defaults_and_ignore_takes_away() {
    let none = Overrides::default();
    enables(&[], &none, &["a", "b", "house/x"]);
    enables(&[("/golint.toml", "select = [\"all\"]\nignore = [\"b\"]")], &none, &["a", "house/x", "rare"]);
    enables(&[("/golint.toml", "select = [\"rare\"]")], &none, &["rare"]);
    enables(&[("/golint.toml", "select = []")], &none, &[]);
}

#[test]
fn the_command_line_wins() {
    let file = [("/golint.toml", "select = [\"a\"]\nignore = [\"b\"]")];
    enables(&file, &flags(Some(&["b", "rare"]), &[]), &["b", "rare"]);
    enables(&file, &flags(None, &["a"]), &[]);
    enables(&file, &flags(Some(&["all"]), &["a", "house/*"]), &["b", "rare"]);
    let catalog = catalog(&["a"]);
    let wrong = &CommandLine::read(&flags(Some(&["x/y"]), &[]), &catalog).unwrap().unknown["x/y"];
    assert!(wrong.starts_with("--select: there is no plugin `x`; "), "{wrong}");
    let wrong = Overrides { platforms: vec!["linux/arm46".into()], ..Overrides::default() };
    let wrong = CommandLine::read(&wrong, &catalog).unwrap_err();
    assert_eq!(wrong, "--platform: unknown platform `linux/arm46`; did you mean `linux/arm64`?");
}

#[test]
fn nearer_keys_replace_and_tables_merge() {
    let options = json!({ "properties": { "page": { "type": "integer" }, "name": { "default": "n" }, "deep": {} } });
    let rules = [rule("a", true, Some(options)), rule("b", true, None)];
    let slots = rules.into_iter().enumerate().map(|(i, r)| (r, Slot { pack: 0, rule: i as u32 }));
    let catalog = Arc::new(Catalog::new(slots, Vec::new()));
    let (configuration, faults) = resolved_with(
        &catalog,
        &[
            (
                "/m/sub/golint.toml",
                "select = [\"a\"]\nmax-file-size = 10\n[per-file-ignores]\n\"x.go\" = [\"a\"]\n[rules.a]\noptions = { page = 1 }\n",
            ),
            (
                "/m/golint.toml",
                "select = [\"b\"]\nignore = [\"a\"]\nexclude = [\"gen/*\"]\ngo = \"1.20\"\nplatforms = [\"linux\"]\n\
                 max-file-size = 20\n[per-file-ignores]\n\"sub/y.go\" = [\"a\"]\n\
                 [rules.a]\nseverity = \"error\"\noptions = { page = 2, deep = [1] }\n",
            ),
        ],
        &Overrides::default(),
    );
    assert_eq!(faults, [""; 0]);
    assert_eq!(on(&configuration, &configuration.enabled), [""; 0], "`ignore` is inherited, `select` replaced");
    let a = catalog.find("a").unwrap();
    assert_eq!(configuration.severities[a], Severity::Error);
    assert_eq!(Value::Object(configuration.options[a].values.clone()), json!({ "page": 1, "deep": [1], "name": "n" }));
    assert_eq!(configuration.max_file_size, 10);
    assert_eq!(configuration.go, Some(GoVersion::new(1, 20)));
    assert!(configuration.platforms.iter().all(|p| p.goos == "linux"));
    assert!(configuration.excludes(Utf8Path::new("/m/gen/x.go")));
    assert!(!configuration.excludes(Utf8Path::new("/m/sub/gen/x.go")));
    assert_eq!(configuration.per_file_ignores.len(), 2);
}

#[test]
fn rules_can_be_off_in_some_files() {
    let text = "[per-file-ignores]\n\"*_test.go\" = [\"house/*\", \"b\"]\n\"gen/\" = [\"all\"]\n";
    let (configuration, faults) = resolved(&[("/m/golint.toml", text)], &Overrides::default());
    assert_eq!(faults, [""; 0]);
    let on_in = |path: &str| on(&configuration, &configuration.enabled_for(Utf8Path::new(path)));
    assert_eq!(on_in("/m/x.go"), ["a", "b", "house/x"]);
    assert_eq!(on_in("/m/a/x_test.go"), ["a"]);
    assert_eq!(on_in("/m/gen/x.go"), [""; 0]);
    assert_eq!(on_in("/elsewhere/x_test.go"), ["a", "b", "house/x"]);
}

#[test]
fn wrong_names_are_told_where_they_stand() {
    let text = "select = [\"rore\", \"b\"]\nignore = [\"hous/x\"]\n[rules.c]\n[rules.b.options]\nx = 1\n[rules.plugin-failure]\n";
    let (_, faults) = resolved(&[("/golint.toml", text)], &Overrides::default());
    assert_eq!(
        faults,
        [
            "golint.toml:10: unknown rule `rore`; did you mean `rare`?",
            "golint.toml:33: there is no plugin `hous`; did you mean plugin `house`?",
            "golint.toml:50: unknown rule `c`; `golint-rs rules` lists the rules",
            "golint.toml:84: `plugin-failure` tells of the run itself and can't be configured; remove it",
            "golint.toml:71: rule `b` has no options",
        ]
    );
}

#[test]
fn plugins_belong_to_the_root() {
    let table = "[plugins.house]\npath = \"house.wasm\"\n";
    let (_, faults) = resolved(&[("/m/golint.toml", table)], &Overrides::default());
    assert_eq!(faults, [""; 0]);
    let (_, faults) = resolved(&[("/m/sub/golint.toml", table), ("/m/golint.toml", "")], &Overrides::default());
    let expected = "m/sub/golint.toml:9: plugins can be named in the root configuration only; \
                    move [plugins.house] to m/golint.toml";
    assert_eq!(faults, [expected]);
}
