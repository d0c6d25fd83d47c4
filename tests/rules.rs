//! Every rule on its fixtures: each folder below tests/rules/ is named after a rule and holds real Go modules. The harness
//! is the one that authors of packs have (`golint_author::harness` says what comments and golden files mean), and the
//! packs are the components of the binary.

use std::path::Path;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_author::harness::{Case, Harness, examples, files_below};
use golint_host::{CacheEnvironment, Host, HostOptions, RulePack};
use golint_sdk::Pack;

pub(crate) fn fixtures() -> Utf8PathBuf {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

pub(crate) fn packs() -> [&'static Pack; 3] {
    [&pack_go_semantics::PACK, &pack_linux::PACK, &pack_unsafe_memory::PACK]
}

/// The built-in packs as the binary has them.
fn components() -> Vec<Arc<dyn RulePack>> {
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    let environment = CacheEnvironment { xdg_cache_home: Some(cache.into()), ..CacheEnvironment::default() };
    let options = HostOptions { cache_dir: golint_host::cache_dir(&environment), ..HostOptions::default() };
    let host = Host::new(options).expect("a host");
    let load = |&(name, bytes): &(&'static str, &'static [u8])| {
        host.load(name, bytes, None, "the binary").expect("a built-in pack")
    };
    golint_builtin::PACKS.iter().map(load).collect()
}

#[test]
fn the_packs_of_this_program_are_those_of_the_binary() {
    let names: Vec<_> = golint_builtin::PACKS.iter().map(|(name, _)| *name).collect();
    assert_eq!(packs().map(|pack| pack.name).as_slice(), names);
}

#[test]
fn fixtures_and_examples_are_as_their_comments_say() {
    let cases = Harness::new(components(), env!("CARGO_MANIFEST_DIR")).run(&fixtures(), None).expect("tests/rules");
    let failures: Vec<_> = cases.iter().flat_map(|case| &case.failures).map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    // Findings and fixes of one module or more, the bad and the good examples.
    for rule in packs().iter().flat_map(|pack| pack.rules) {
        let of_rule = |case: &&Case| case.name.starts_with(&format!("{}: ", rule.meta().id));
        assert!(cases.iter().filter(of_rule).count() >= 4, "{}: {cases:#?}", rule.meta().id);
    }
}

#[test]
fn every_rule_has_fixtures_with_findings_and_near_misses() {
    for rule in packs().iter().flat_map(|p| p.rules) {
        let folder = fixtures().join(rule.meta().id);
        assert!(folder.is_dir(), "{folder} has no fixtures");
        let sources = files_below(&folder, "go").expect("fixtures");
        let (mut with, mut without) = (0, 0);
        for text in sources.iter().map(|f| std::fs::read_to_string(f).unwrap_or_default()) {
            with += text.matches("// want ").count();
            without += text.lines().filter(|l| !l.contains("// want ") && !l.trim().is_empty()).count();
        }
        assert!(with >= 10 && without >= with, "{}: {with} wanted, {without} other lines", rule.meta().id);
    }
}

#[test]
fn every_rule_has_examples_in_its_documentation() {
    for rule in packs().iter().flat_map(|p| p.rules) {
        let meta = rule.meta();
        for heading in ["Bad", "Good"] {
            assert!(!examples(meta.docs, heading).is_empty(), "{}: needs code below ## {heading}", meta.id);
        }
    }
}
