//! Packs that are WebAssembly components: one engine, clock and cache for all of them, one module per version of the
//! contract.

mod answers;
pub(crate) mod cache;
mod engine;
pub(crate) mod inspect;
mod limits;
mod ticker;
mod trusted;
mod v0_1;

use std::sync::Arc;

use wasmtime::Engine;
use wasmtime::component::Component;

use crate::component::cache::{Cache, Entry, Key, Miss};
use crate::component::ticker::Ticker;
use crate::host::{HostError, HostOptions};
use crate::load_error::LoadCause;
use crate::log::{Level, LogEntry};
use crate::rule_pack::RulePack;

/// Stack of the threads that describe and configure packs, in bytes.
const LOADER_STACK: usize = 8 << 20;

/// The bytes of a component, for as long as its pack lives.
pub(crate) type PackBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// What a pack is made of.
#[derive(Clone)]
struct Code {
    bytes: PackBytes,
    /// In the cache; none where there is no cache.
    key: Option<Key>,
}

/// What all components of a host share.
pub(crate) struct Runtime {
    options: HostOptions,
    engine: Engine,
    clock: Arc<Ticker>,
    cache: Option<Cache>,
    v0_1: v0_1::Contract,
}

impl Runtime {
    pub(crate) fn new(options: HostOptions) -> Result<Arc<Runtime>, HostError> {
        let failed = |e: wasmtime::Error| HostError(format!("{e:#}"));
        let engine = engine::new_engine().map_err(failed)?;
        let clock = Ticker::new(&engine, options.tick).map_err(|e| HostError(e.to_string()))?;
        let cache = options.cache_dir.as_ref().map(|dir| Cache::new(dir, &engine));
        let v0_1 = v0_1::Contract::new(&engine).map_err(failed)?;
        Ok(Arc::new(Runtime { options, engine, clock: Arc::new(clock), cache, v0_1 }))
    }

    /// Without a name, it goes by its own, and by its origin until it has said that.
    ///
    /// Where the cache knows what the pack says of itself, nothing is compiled or started before there is a file for it.
    pub(crate) fn load(
        self: &Arc<Self>,
        name: Option<&str>,
        bytes: PackBytes,
        sha256: Option<&str>,
        origin: &str,
    ) -> Result<Arc<dyn RulePack>, LoadCause> {
        inspect::check_bytes((*bytes).as_ref(), sha256)?;
        let key = self.cache.as_ref().map(|cache| cache.key((*bytes).as_ref(), v0_1::VERSION));
        v0_1::load(self, name, origin, Code { bytes, key })
    }

    /// Machine code for a component: out of the cache, or compiled now and kept there.
    fn compiled(&self, called: &str, code: &Code) -> Result<Component, LoadCause> {
        let compile_failed = |e: wasmtime::Error| LoadCause::Compile(format!("{e:#}"));
        if let Some(entry) = self.cached(called, code.key.as_ref()) {
            // Whatever is wrong with an entry that looked right, the component itself tells more.
            match trusted::load(&self.engine, entry.content()) {
                Ok(component) => return Ok(component),
                Err(error) => self.not_used(called, &compile_failed(error).to_string()),
            }
        }
        let bytes = (*code.bytes).as_ref();
        inspect::check_component(bytes)?;
        let component = Component::from_binary(&self.engine, bytes).map_err(compile_failed)?;
        if let Some(key) = &code.key {
            match component.serialize() {
                Ok(compiled) => self.keep(called, key, &compiled),
                Err(error) => self.note(called, &error.to_string()),
            }
        }
        Ok(component)
    }

    /// The content of the cache under a key.
    fn cached(&self, called: &str, key: Option<&Key>) -> Option<Entry> {
        match self.cache.as_ref()?.get(key?) {
            Ok(entry) => Some(entry),
            Err(Miss::Absent) => None,
            Err(Miss::Ignored(why)) => {
                self.not_used(called, &why);
                None
            }
        }
    }

    fn keep(&self, called: &str, key: &Key, content: &[u8]) {
        if let Some(Err(why)) = self.cache.as_ref().map(|cache| cache.put(key, content)) {
            self.note(called, &why);
        }
    }

    fn not_used(&self, called: &str, why: &str) {
        self.note(called, &format!("a cached pack was not used: {why}"));
    }

    /// Says something in verbose runs.
    fn note(&self, pack: &str, message: &str) {
        let entry = LogEntry { level: Level::Info, pack: Some(pack), file: None, message };
        self.options.log.log(&entry);
    }
}

/// Runs something that calls a guest on a thread with enough stack, whatever the caller's is.
fn on_own_thread<T: Send>(task: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name("golint-loader".into()).stack_size(LOADER_STACK);
        match builder.spawn_scoped(scope, task)?.join() {
            Ok(result) => Ok(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
