//! Packs that are WebAssembly components: one engine, clock and cache for all of them, one module per version of the
//! contract.

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

use crate::component::cache::{Cache, Miss};
use crate::component::ticker::Ticker;
use crate::host::{HostError, HostOptions};
use crate::load_error::LoadCause;
use crate::log::{Level, LogEntry};
use crate::rule_pack::RulePack;

/// Stack of the threads that describe and configure packs, in bytes.
const LOADER_STACK: usize = 8 << 20;

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
    pub(crate) fn load(
        self: &Arc<Self>,
        name: Option<&str>,
        bytes: &[u8],
        sha256: Option<&str>,
        origin: &str,
    ) -> Result<Arc<dyn RulePack>, LoadCause> {
        let called = name.unwrap_or(origin);
        inspect::check_bytes(bytes, sha256)?;
        let key = self.cache.as_ref().map(|cache| (cache, cache.key(bytes, v0_1::VERSION)));
        if let Some((cache, key)) = &key {
            match cache.get(key) {
                // Whatever is wrong with an entry that looked right, the component itself tells more.
                Ok(entry) => match self.load_compiled(name, entry) {
                    Ok(pack) => return Ok(pack),
                    Err(cause) => self.note(called, &format!("a cached pack was not used: {cause}")),
                },
                Err(Miss::Absent) => {}
                Err(Miss::Ignored(why)) => self.note(called, &format!("a cached pack was not used: {why}")),
            }
        }
        inspect::check_component(bytes)?;
        let component =
            Component::from_binary(&self.engine, bytes).map_err(|e| LoadCause::Compile(format!("{e:#}")))?;
        let linked = self.v0_1.link(&component)?;
        let manifest = v0_1::describe(self, called, &linked)?;
        let pack = v0_1::pack(self, name, linked, manifest.clone(), false)?;
        if let Some((cache, key)) = &key {
            let kept = component.serialize().map_err(|e| e.to_string());
            if let Err(why) = kept.and_then(|compiled| cache.put(key, &manifest, &compiled)) {
                self.note(called, &why);
            }
        }
        Ok(pack)
    }

    fn load_compiled(
        self: &Arc<Self>,
        name: Option<&str>,
        entry: cache::Entry,
    ) -> Result<Arc<dyn RulePack>, LoadCause> {
        let component =
            trusted::load(&self.engine, &entry.compiled).map_err(|e| LoadCause::Compile(format!("{e:#}")))?;
        let linked = self.v0_1.link(&component)?;
        v0_1::pack(self, name, linked, entry.manifest, true)
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
