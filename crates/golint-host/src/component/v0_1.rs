//! Packs of version 0.1 of the contract: loaded, described, configured, called. Frozen in what it offers when 0.1 is
//! released; a breaking version gets a module of its own beside this one.

mod bindings;
mod conversion;
mod imports;
mod instance;
mod state;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use wasmtime::Engine;
use wasmtime::component::{Component, Linker};

use self::bindings::RulePackPre;
use self::instance::Instance;
use self::state::State;
use super::{Code, Runtime, on_own_thread};
use crate::configurations::{Answer, Configurations, Settings};
use crate::counters::{CounterValues, Counters};
use crate::failure::{CheckError, Failure, FailureKind};
use crate::finding::Finding;
use crate::input::{Cancel, CheckInput};
use crate::load_error::LoadCause;
use crate::manifest::Manifest;
use crate::manifest::raw::RawManifest;
use crate::rule_pack::{ConfigureError, Configured, RulePack, Setting};

/// The newest version of the contract that this module offers.
pub(super) const VERSION: &str = "0.1.0";

/// The resource `file` of the contract. There is one at a time, so that it carries nothing.
#[derive(Debug)]
#[allow(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct File;

/// What this version offers, ready to be linked with components.
pub(super) struct Contract {
    linker: Linker<State>,
}

impl Contract {
    pub(super) fn new(engine: &Engine) -> wasmtime::Result<Contract> {
        let mut linker = Linker::new(engine);
        imports::link(&mut linker)?;
        Ok(Contract { linker })
    }

    /// Links a component, if it fits.
    pub(super) fn link(&self, component: &Component) -> Result<Linked, LoadCause> {
        let linked = self.linker.instantiate_pre(component).map_err(|e| misfit(&e))?;
        RulePackPre::new(linked).map(Linked).map_err(|e| misfit(&e))
    }
}

/// What of a component differs from the contract. The runtime's error is a chain that names, in backticks, what it came
/// through, and says at its end what is wrong there.
fn misfit(error: &wasmtime::Error) -> LoadCause {
    let names: Vec<String> =
        error.chain().filter_map(|part| part.to_string().split('`').nth(1).map(str::to_owned)).collect();
    let (names, cause) = (names.join("#"), error.root_cause().to_string());
    if cause.ends_with("implementation is missing") {
        return LoadCause::Import(names);
    }
    LoadCause::Contract(if names.is_empty() { cause } else { format!("{names}: {cause}") })
}

/// A component with everything that it imports.
#[derive(Clone)]
pub(super) struct Linked(RulePackPre<State>);

/// What a pack and its instances share.
struct Shared {
    /// No other pack ever has it: a pack that is loaded again gets new instances.
    generation: u64,
    name: Arc<str>,
    runtime: Arc<Runtime>,
    code: Code,
    /// Made when it is first needed.
    linked: OnceLock<Result<Linked, String>>,
}

impl Shared {
    fn new(runtime: &Arc<Runtime>, name: &str, code: Code, linked: Option<Linked>) -> Arc<Shared> {
        static GENERATION: AtomicU64 = AtomicU64::new(0);
        let generation = GENERATION.fetch_add(1, Ordering::Relaxed);
        let linked = linked.map_or_else(OnceLock::new, |linked| OnceLock::from(Ok(linked)));
        Arc::new(Shared { generation, name: name.into(), runtime: runtime.clone(), code, linked })
    }

    /// The component, ready to be started. The error is told by the check that needed it.
    fn linked(&self) -> Result<&Linked, &str> {
        let linked = self.linked.get_or_init(|| link(&self.runtime, &self.name, &self.code).map_err(|e| e.to_string()));
        linked.as_ref().map_err(String::as_str)
    }
}

/// Compiles and links on a thread of its own: one of a pool could meanwhile begin with another file, and wait for itself.
fn link(runtime: &Runtime, called: &str, code: &Code) -> Result<Linked, LoadCause> {
    let linked = on_own_thread(|| runtime.v0_1.link(&runtime.compiled(called, code)?));
    linked.unwrap_or_else(|e| Err(no_thread(&e)))
}

fn no_thread(error: &std::io::Error) -> LoadCause {
    LoadCause::Compile(format!("no thread to run it on: {error}"))
}

/// Asks a component what it is.
fn describe(shared: &Arc<Shared>) -> Result<RawManifest, LoadCause> {
    match on_own_thread(|| Instance::new(shared, None)?.describe(shared)) {
        Ok(Ok(manifest)) => Ok(manifest),
        Ok(Err(CheckError::Failure(failure))) => Err(LoadCause::Describe(failure.into())),
        Ok(Err(CheckError::Cancelled)) => Err(LoadCause::Compile("loading was cancelled".into())),
        Err(e) => Err(no_thread(&e)),
    }
}

/// Makes a pack of a component, under this name or its own.
pub(super) fn load(
    runtime: &Arc<Runtime>,
    name: Option<&str>,
    origin: &str,
    code: Code,
) -> Result<Arc<dyn RulePack>, LoadCause> {
    let called = name.unwrap_or(origin);
    let (raw, linked) = match runtime.known_description(called, &code) {
        Some(raw) => (raw, None),
        None => {
            let linked = link(runtime, called, &code)?;
            let raw = describe(&Shared::new(runtime, called, code.clone(), Some(linked.clone())))?;
            (raw, Some(linked))
        }
    };
    let (manifest, options) = raw.clone().review(linked.is_none()).map_err(LoadCause::Manifest)?;
    if linked.is_some() {
        runtime.keep_description(called, &code, &raw);
    }
    Ok(Arc::new(ComponentPack {
        shared: Shared::new(runtime, name.unwrap_or(&manifest.name), code, linked),
        manifest,
        configurations: Configurations::new(options),
        counters: Counters::default(),
        is_prepared: AtomicBool::new(false),
    }))
}

struct ComponentPack {
    shared: Arc<Shared>,
    manifest: Manifest,
    configurations: Configurations,
    counters: Counters,
    is_prepared: AtomicBool,
}

impl ComponentPack {
    fn ask_to_configure(&self, id: u32, settings: &Settings) -> Result<Answer, Failure> {
        let Shared { runtime, name, code, .. } = &*self.shared;
        if let Some(interests) = runtime.known_interests(name, code, settings) {
            return Ok(Ok(interests));
        }
        let answer = on_own_thread(|| Instance::new(&self.shared, None)?.configure(&self.shared, id, settings));
        let message = match answer {
            Ok(Ok(answer)) => {
                if let Ok(interests) = &answer {
                    runtime.keep_interests(name, code, settings, interests);
                }
                return Ok(answer);
            }
            Ok(Err(CheckError::Failure(failure))) => return Err(failure),
            Ok(Err(CheckError::Cancelled)) => "configuring was cancelled".to_owned(),
            Err(e) => format!("there is no thread to configure it on: {e}"),
        };
        Err(Failure { pack: name.to_string(), file: None, kind: FailureKind::Internal, message })
    }
}

impl RulePack for ComponentPack {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn configure(&self, settings: &[Setting]) -> Result<Arc<Configured>, ConfigureError> {
        let ask = |id, settings: &Settings| self.ask_to_configure(id, settings);
        self.configurations.configure(&self.shared.name, &self.manifest, settings, ask)
    }

    fn prepare(&self) {
        if self.shared.linked.get().is_none() && !self.is_prepared.swap(true, Ordering::Relaxed) {
            let shared = Arc::clone(&self.shared);
            let load = move || {
                // Whoever needs it hears what is wrong.
                let _ = shared.linked();
            };
            // Where there is no thread for it, the first check does it.
            let _ = std::thread::Builder::new().name("golint-loader".into()).spawn(load);
        }
    }

    fn check(&self, configured: &Configured, input: &CheckInput, cancel: &Cancel) -> Result<Vec<Finding>, CheckError> {
        instance::check(&self.shared, configured, input, cancel, &self.counters)
    }

    fn counters(&self) -> CounterValues {
        self.counters.values()
    }
}
