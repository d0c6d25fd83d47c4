//! The built-in rules as a part of this program, on all fixtures: what they find must be what the components find. A
//! difference is one between the two implementations of `Facts`, or a component that is older than its source.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use camino::Utf8Path;
use golint_author::harness::modules;
use golint_core::{Control, Engine, EngineOptions, Outcome, Snapshot, Target};
use golint_host::{NativePack, RulePack};
use golint_project::{Disk, FileSystem, Options};

use crate::rules::{fixtures, packs};

fn options() -> EngineOptions {
    let mut options = EngineOptions::new(golint_builtin::PACKS, env!("CARGO_MANIFEST_DIR"));
    // That of all tests.
    let cache: OsString = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache").into();
    options.cache_folder = golint_core::cache_folder(|name| (name == "XDG_CACHE_HOME").then(|| cache.clone()));
    options
}

fn native() -> Engine {
    let pack = |pack| -> Arc<dyn RulePack> { Arc::new(NativePack::new(pack).expect("it describes itself well")) };
    Engine::with_builtin(options(), packs().into_iter().map(pack).collect()).expect("threads")
}

fn check(engine: &Engine, module: &Utf8Path) -> Outcome {
    let files: Arc<dyn FileSystem> = Arc::new(Disk);
    let cwd = module.to_owned();
    let (project, _) = golint_project::load(&*files, &["./...".to_owned()], &Options { cwd, ..Options::default() });
    let targets: Vec<_> = project.selected().map(|(_, f)| Target { path: f.path.clone(), named: false }).collect();
    let snapshot = Snapshot { files, project: Arc::new(project) };
    engine.check(&snapshot, &targets, &Control::new()).expect("sound options")
}

#[test]
fn rules_find_the_same_natively_as_in_components() {
    let (components, native) = (Engine::new(options()).expect("the built-in packs"), native());
    let mut found = BTreeSet::new();
    for pack in packs() {
        for rule in pack.rules {
            for module in modules(&fixtures().join(rule.meta().id)).expect("fixtures") {
                let (expected, got) = (check(&components, &module), check(&native, &module));
                assert!(!expected.incomplete && !got.incomplete, "{module}");
                let (expected, got) = (&expected.report.diagnostics, &got.report.diagnostics);
                let first = expected.iter().zip(got).find(|(a, b)| a != b);
                assert!(first.is_none() && expected.len() == got.len(), "{module}: {first:#?}");
                found.extend(got.iter().map(|finding| finding.rule.clone()));
            }
        }
    }
    // Of every rule, so that two empty answers are no equal ones.
    let all: Vec<_> = packs().iter().flat_map(|pack| pack.rules).map(|rule| rule.meta().id).collect();
    assert!(all.iter().all(|id| found.iter().any(|rule| **rule == **id)), "{found:?}");
}
