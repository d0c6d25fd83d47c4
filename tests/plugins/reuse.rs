//! What the built-in packs find in a file does not depend on the files that their instances saw before.

use std::io;
use std::path::Path;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Control, Engine, EngineOptions, Outcome, Snapshot, Target};
use golint_diagnostics::{Format, RenderOptions, render};
use golint_host::{Host, HostOptions, RulePack};
use golint_project::{Disk, FileSystem, Listing, Metadata, Options};

/// The disk, with other sizes of files: big ones are begun first.
struct Shuffled {
    seed: u64,
}

impl FileSystem for Shuffled {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        Disk.read(path)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let hash = path
            .as_str()
            .bytes()
            .fold(self.seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23));
        Disk.metadata(path).map(|metadata| Metadata { len: hash % 1_000_000, ..metadata })
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        Disk.read_dir(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        Disk.canonicalize(path)
    }
}

/// Checks all fixtures of all rules in one run, on one thread, in an order that the seed decides.
fn check(recycle_above: usize, seed: u64) -> Outcome {
    let cache_dir = Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache/golint-rs"));
    let host = Host::new(HostOptions { cache_dir, recycle_above, ..HostOptions::default() }).expect("a host");
    let load = |&(name, bytes): &(&'static str, &'static [u8])| -> Arc<dyn RulePack> {
        host.load(name, bytes, None, "the built-in ones").unwrap_or_else(|e| panic!("{e}"))
    };
    let cwd = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    // Without the prefilter, so that instances see more files.
    let engine = EngineOptions { threads: 1, prefilter: false, ..EngineOptions::new(&[], cwd.clone()) };
    let engine = Engine::with_builtin(engine, golint_builtin::PACKS.iter().map(load).collect()).expect("threads");
    let files: Arc<dyn FileSystem> = Arc::new(Shuffled { seed });
    let options = Options { cwd, all_modules: true, ..Options::default() };
    let (project, problems) = golint_project::load(&*files, &["./...".to_owned()], &options);
    assert!(problems.is_empty(), "{problems:?}");
    let targets: Vec<_> = project.selected().map(|(_, f)| Target { path: f.path.clone(), named: false }).collect();
    let snapshot = Snapshot { files, project: Arc::new(project) };
    engine.check(&snapshot, &targets, &Control::new()).expect("sound options")
}

/// The report as bytes.
fn json(outcome: &Outcome) -> String {
    assert!(!outcome.incomplete);
    let mut bytes = Vec::new();
    render(Format::Json, &outcome.report, &outcome.sources, &RenderOptions::default(), &mut bytes).expect("to memory");
    String::from_utf8(bytes).expect("JSON is text")
}

#[test]
fn findings_do_not_depend_on_earlier_files() {
    let fresh = check(0, 1);
    for (name, cost) in &fresh.counters.packs {
        assert!(cost.files > 10 && cost.instances == cost.files, "{name}: a store for each file; {cost:?}");
    }
    let expected = json(&fresh);
    assert!(fresh.report.diagnostics.len() > 100, "{}", fresh.report.diagnostics.len());
    for seed in [1, 2] {
        let reused = check(HostOptions::default().recycle_above, seed);
        for (name, cost) in &reused.counters.packs {
            assert_eq!(cost.instances, 1, "{name}: one store for all files; {cost:?}");
        }
        assert!(json(&reused) == expected, "in the order of seed {seed} the packs find something else");
    }
}
