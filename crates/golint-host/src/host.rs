//! Makes packs out of bytes. One host serves a whole program: its engine, its clock and its cache are shared by all
//! packs. It never looks for packs: it is handed their bytes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::component::Runtime;
use crate::load_error::LoadError;
use crate::log::{Log, Quiet};
use crate::rule_pack::RulePack;

/// How a host runs packs.
#[derive(Clone)]
pub struct HostOptions {
    /// Where compiled components are kept, see [`crate::cache_dir`]. None: nowhere.
    pub cache_dir: Option<PathBuf>,
    /// Time that a pack may take for one check, the host's answers not counted; large files have more, in proportion.
    pub guest_budget: Duration,
    /// Time that a pack may take to describe itself, and for each configuration.
    pub load_budget: Duration,
    /// How often running guests are looked at. Deadlines are exact to one of these.
    pub tick: Duration,
    /// Memory of one instance, in bytes; ten times the file's size and twice its tree's come on top.
    pub memory_limit: usize,
    /// An instance with more memory than this after a check, in bytes, is not used again.
    pub recycle_above: usize,
    /// Measure the time that the host's answers take, for [`crate::CounterValues`]. Costs two clock readings a question.
    pub measure_host_time: bool,
    /// Takes what guests log and what verbose runs show.
    pub log: Arc<dyn Log>,
}

impl Default for HostOptions {
    fn default() -> Self {
        HostOptions {
            cache_dir: None,
            guest_budget: Duration::from_secs(2),
            load_budget: Duration::from_secs(2),
            tick: Duration::from_millis(10),
            memory_limit: 64 << 20,
            recycle_above: 32 << 20,
            measure_host_time: false,
            log: Arc::new(Quiet),
        }
    }
}

/// The host could not start.
#[derive(Debug, thiserror::Error)]
#[error("can't start the runtime for rule packs: {0}")]
pub struct HostError(pub(crate) String);

/// Loads packs.
pub struct Host {
    runtime: Arc<Runtime>,
}

impl Host {
    /// A host without packs.
    pub fn new(options: HostOptions) -> Result<Host, HostError> {
        Ok(Host { runtime: Runtime::new(options)? })
    }

    /// Loads a component: `name` is what the configuration calls it, `origin` where its bytes came from, for messages.
    /// `sha256`, in hexadecimal, is what the configuration expects of the bytes.
    ///
    /// Where the cache knows the pack, it only reads what the pack says of itself, and machine code is loaded for the first
    /// file that needs it; else it takes tens to hundreds of milliseconds: call it in parallel for several.
    /// A pack that is loaded again is a new one: nothing of the old is used.
    pub fn load(
        &self,
        name: &str,
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
        sha256: Option<&str>,
        origin: &str,
    ) -> Result<Arc<dyn RulePack>, LoadError> {
        let pack = self.runtime.load(Some(name), Arc::new(bytes), sha256, origin);
        pack.map_err(|cause| LoadError { name: Some(name.to_owned()), origin: origin.to_owned(), cause })
    }

    /// Loads a component that no configuration calls anything: it goes by its own name.
    pub fn load_unnamed(
        &self,
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
        origin: &str,
    ) -> Result<Arc<dyn RulePack>, LoadError> {
        let pack = self.runtime.load(None, Arc::new(bytes), None, origin);
        pack.map_err(|cause| LoadError { name: None, origin: origin.to_owned(), cause })
    }
}
