//! What a language server of the targets works with: a small disk in memory, and packs that are a part of this program.

use std::io::Result;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Engine, EngineOptions, StartError};
use golint_host::{NativePack, RulePack};
use golint_lsp::ServerOptions;
use golint_project::{FileSystem, Listing, Metadata, Overlay};
use golint_sdk::pack::{Listed, Pack};
use golint_sdk::prelude::*;

use super::memory::{HERE, Nothing};
use super::recipe::{Bad, meta};
use super::{findings, fixes};

/// Rules that do what an input says, and one whose findings depend on other files.
static PACK: Pack = Pack {
    name: "fuzz",
    version: "1.0.0",
    rules: &[
        &Listed::<findings::Reported>::new(),
        &Listed::<fixes::Rewritten>::new(),
        &Listed::<Bad>::new(),
        &Listed::<Seen>::new(),
    ],
};

/// Says of each identifier that begins with `see` all that is known of it.
struct Seen;

impl Rule for Seen {
    type Options = NoOptions;
    const META: Meta = meta("seen");

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::IDENTIFIER, kind::TYPE_IDENTIFIER]).requires(Needle::literal("see"))]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        if !node.text().starts_with("see") {
            return;
        }
        let object = node.resolve();
        let ty = node.type_of().map(Type::string);
        let mut finding = Finding::at(node, format!("{object:?} {ty:?} {:?}", node.constant()));
        if let Some(at) = object.and_then(Object::declared_at) {
            finding = finding.label(at, "declared here");
        }
        node.file().report(finding);
    }
}

/// What lies on it at first.
const FILES: [(&str, &str); 8] = [
    ("/m/go.mod", "module m\n\ngo 1.20\n"),
    ("/m/a.go", "package p\n\nvar bad, seen = 1, 2\n"),
    ("/m/b.go", "package p\n\ntype seeT struct{ a, b int }\n\nconst seeC = 1 << 3 // q\n"),
    ("/m/c/c.go", "package c\n\nvar bad int //nolint:bad\n"),
    ("/m/base.toml", "ignore = [\"rewritten\"]\n"),
    ("/m/house.wasm", "no component"),
    ("/n/go.mod", "module n\n\ngo 1.22\n"),
    ("/n/n.go", "package n\r\n\r\nvar bad = 'é' // 🦀\r\n"),
];

/// A disk that changes.
pub(super) struct Disk(Mutex<Overlay>);

impl Disk {
    pub(super) fn new() -> Arc<Disk> {
        let mut files = Overlay::new(Arc::new(Nothing));
        FILES.iter().for_each(|(path, content)| files.insert(*path, content.as_bytes()));
        Arc::new(Disk(Mutex::new(files)))
    }

    /// As it is now.
    pub(super) fn now(&self) -> Overlay {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes a file, or removes it.
    pub(super) fn set(&self, path: &Utf8Path, content: Option<&[u8]>) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match content {
            Some(content) => files.insert(path, content),
            None => _ = files.remove(path),
        }
    }
}

impl FileSystem for Disk {
    fn read(&self, path: &Utf8Path) -> Result<Arc<[u8]>> {
        self.now().read(path)
    }

    fn metadata(&self, path: &Utf8Path) -> Result<Metadata> {
        self.now().metadata(path)
    }

    fn read_dir(&self, path: &Utf8Path) -> Result<Listing> {
        self.now().read_dir(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> Result<Utf8PathBuf> {
        self.now().canonicalize(path)
    }
}

/// What a server here is started with.
pub(super) fn options(disk: Arc<Disk>) -> ServerOptions {
    ServerOptions { engine: engine_options(), start, files: disk, version: "1".into(), log_level: None }
}

pub(super) fn engine_options() -> EngineOptions {
    EngineOptions { threads: 1, ..EngineOptions::new(&[], HERE) }
}

/// Makes an engine with the packs here.
pub(super) fn start(options: EngineOptions) -> std::result::Result<Engine, StartError> {
    static PACKS: OnceLock<Vec<Arc<dyn RulePack>>> = OnceLock::new();
    let load = |pack| -> Arc<dyn RulePack> { Arc::new(NativePack::new(pack).expect("it describes itself well")) };
    let packs = PACKS
        .get_or_init(|| [&PACK, &pack_go_semantics::PACK, &pack_unsafe_memory::PACK].into_iter().map(load).collect());
    Engine::with_builtin(options, packs.clone())
}
