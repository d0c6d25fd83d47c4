//! Files in memory over nothing at all, and an engine that runs the packs here on them.

use std::io::{Error, ErrorKind, Result};
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Control, Engine, EngineOptions, FixLevel, Fixed, Outcome, Snapshot};
use golint_host::{NativePack, RulePack};
use golint_project::{FileSystem, Listing, Metadata, Options, Overlay};

use super::recipe;

/// The folder in which all files stand.
pub(super) const HERE: &str = "/m";

/// A disk without files, so that no input leads to one of the machine.
pub(super) struct Nothing;

impl FileSystem for Nothing {
    fn read(&self, _: &Utf8Path) -> Result<Arc<[u8]>> {
        Err(Error::from(ErrorKind::NotFound))
    }

    fn metadata(&self, _: &Utf8Path) -> Result<Metadata> {
        Err(Error::from(ErrorKind::NotFound))
    }

    fn read_dir(&self, _: &Utf8Path) -> Result<Listing> {
        Err(Error::from(ErrorKind::NotFound))
    }

    fn canonicalize(&self, _: &Utf8Path) -> Result<Utf8PathBuf> {
        Err(Error::from(ErrorKind::NotFound))
    }
}

/// These files, by their names, in the folder.
pub(super) fn files(files: &[(&str, &[u8])]) -> Arc<dyn FileSystem> {
    let mut overlay = Overlay::new(Arc::new(Nothing));
    for (name, content) in files {
        overlay.insert(Utf8Path::new(HERE).join(name), *content);
    }
    Arc::new(overlay)
}

/// All Go files of these.
pub(super) fn snapshot(of: &[(&str, &[u8])]) -> Snapshot {
    let files = files(of);
    let (project, _) = golint_project::load(&*files, &[], &Options { cwd: HERE.into(), ..Options::default() });
    Snapshot { files, project: Arc::new(project) }
}

/// An engine for many inputs.
pub(super) fn engine(select: Option<Vec<String>>) -> Engine {
    engine_with(|options| options.overrides.select = select)
}

/// One with these options.
pub(super) fn engine_with(set: impl FnOnce(&mut EngineOptions)) -> Engine {
    let mut options = EngineOptions::new(&[], HERE);
    options.threads = 1;
    set(&mut options);
    let pack: Arc<dyn RulePack> = Arc::new(NativePack::new(&recipe::PACK).expect("it describes itself well"));
    Engine::with_builtin(options, vec![pack]).expect("threads")
}

/// One with all rules on.
fn all_rules() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| engine(Some(vec!["all".into()])))
}

/// What is found in one file.
pub(super) fn check(name: &str, source: &[u8]) -> Outcome {
    let snapshot = snapshot(&[("go.mod", b"module m\n\ngo 1.20\n"), (name, source)]);
    all_rules().check(&snapshot, &snapshot.targets(), &Control::new()).expect("sound options")
}

/// What fixes make of one file; none if they change nothing.
pub(super) fn fixed(name: &str, source: &[u8]) -> Option<Arc<[u8]>> {
    let snapshot = snapshot(&[("go.mod", b"module m\n\ngo 1.20\n"), (name, source)]);
    let fixed = all_rules().fix(&snapshot, &snapshot.targets(), FixLevel::Unsafe, &Control::new());
    let Fixed { changes, .. } = fixed.expect("sound options");
    changes.into_iter().next().map(|change| {
        assert_eq!(&*change.before, source);
        change.after
    })
}
