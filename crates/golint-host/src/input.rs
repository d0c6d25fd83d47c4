//! What a check is handed: the file, what is known of it, and the nodes that a pack asked for. The semantic model is made
//! when the first question is asked, and shared by all packs of the file.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use golint_project::{FileFacts, PlatformSet};
use golint_semantic::{FileModel, Package, PackageSource};
use golint_tree::Node;

/// One file and everything that packs can ask about it. Made once per file, used on one thread.
pub struct FileInput {
    /// As the contract's `file.path` has it: relative to the module's root (loose files: to the working folder), `/`.
    pub path: Arc<str>,
    /// As people are shown it, in diagnostics.
    pub shown_path: Arc<str>,
    /// The module's path.
    pub module_path: Option<Arc<str>>,
    /// The package's path, as an importer would write it.
    pub import_path: Option<Arc<str>>,
    /// What its name and head say.
    pub facts: Arc<FileFacts>,
    /// The platforms of this run for which the file builds: `facts.platforms`, perhaps narrowed by the user.
    pub platforms: PlatformSet,
    /// True if it belongs to an external test package.
    pub external_test: bool,
    /// The bytes.
    pub source: Arc<[u8]>,
    /// The flat tree of exactly these bytes.
    pub tree: Arc<[u8]>,
    /// The package that it belongs to.
    pub package: Arc<Package>,
    /// What that package reads its files from.
    pub sources: Arc<dyn PackageSource>,
    /// The file's place in [`PackageSource::files`].
    pub index: usize,
    /// Filled by the first question about names and types. Leave it empty.
    pub model: LazyModel,
}

/// The model of a file, made when it is first asked.
#[derive(Default)]
pub struct LazyModel {
    model: OnceCell<FileModel>,
    utf8: Cell<Option<bool>>,
}

impl FileInput {
    /// The model, made now if nobody asked before.
    pub fn model(&self) -> &FileModel {
        let (source, tree) = (&self.source, &self.tree);
        let new = || FileModel::new(self.package.clone(), self.index, self.platforms, source.clone(), tree.clone());
        self.model.model.get_or_init(new)
    }

    /// The model if any pack asked for it: its record of dependencies is complete after the last check of the file.
    pub fn model_if_asked(&self) -> Option<&FileModel> {
        self.model.model.get()
    }

    /// Is the source UTF-8 throughout? Looked at once.
    pub(crate) fn is_utf8(&self) -> bool {
        self.model.utf8.get().unwrap_or_else(|| {
            let utf8 = std::str::from_utf8(&self.source).is_ok();
            self.model.utf8.set(Some(utf8));
            utf8
        })
    }
}

/// A file together with what one pack subscribed to in it.
#[derive(Clone)]
pub struct CheckInput {
    /// The file.
    pub file: Rc<FileInput>,
    /// The nodes that the configuration's interests name, see [`encode_hits`].
    pub hits: Arc<[u8]>,
}

/// The blob of hits: pairs of (index of the interest in [`crate::Configured::interests`], node), sorted here, each
/// number as a little-endian u32. [`crate::decode_hits`] reads them.
pub fn encode_hits(hits: &mut Vec<(u32, Node)>) -> Arc<[u8]> {
    hits.sort_unstable();
    hits.dedup();
    hits.iter().flat_map(|(interest, node)| [interest.to_le_bytes(), node.0.to_le_bytes()]).flatten().collect()
}

/// Ends checks early, from any thread. Clones share one switch.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A switch that nobody has thrown.
    pub fn new() -> Self {
        Self::default()
    }

    /// Throws it. Checks end within two ticks; later ones don't begin.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Was it thrown?
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
