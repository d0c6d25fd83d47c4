//! Packs of version 0.1 of the contract: loaded, described, configured, called. Frozen in what it offers when 0.1 is
//! released; a breaking version gets a module of its own beside this one.

mod bindings;
mod conversion;
mod imports;
mod instance;
mod state;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use wasmtime::Engine;
use wasmtime::component::{Component, Linker};

use self::bindings::RulePackPre;
use self::instance::Instance;
use self::state::State;
use super::{Runtime, on_own_thread};
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
pub(super) struct Linked(RulePackPre<State>);

/// What a pack and its instances share.
struct Shared {
    /// No other pack ever has it: a pack that is loaded again gets new instances.
    generation: u64,
    name: Arc<str>,
    runtime: Arc<Runtime>,
    linked: Linked,
}

impl Shared {
    fn new(runtime: &Arc<Runtime>, name: &str, linked: Linked) -> Arc<Shared> {
        static GENERATION: AtomicU64 = AtomicU64::new(0);
        let generation = GENERATION.fetch_add(1, Ordering::Relaxed);
        Arc::new(Shared { generation, name: name.into(), runtime: runtime.clone(), linked })
    }
}

/// Asks a component what it is.
pub(super) fn describe(runtime: &Arc<Runtime>, name: &str, linked: &Linked) -> Result<RawManifest, LoadCause> {
    let shared = Shared::new(runtime, name, Linked(linked.0.clone()));
    let described = on_own_thread(|| Instance::new(&shared, None)?.describe(&shared));
    match described {
        Ok(Ok(manifest)) => Ok(manifest),
        Ok(Err(CheckError::Failure(failure))) => Err(LoadCause::Describe(failure.into())),
        Ok(Err(CheckError::Cancelled)) => Err(LoadCause::Compile("loading was cancelled".into())),
        Err(e) => Err(LoadCause::Compile(format!("no thread to run it on: {e}"))),
    }
}

/// Makes a pack of a linked component and its description, under this name or its own.
pub(super) fn pack(
    runtime: &Arc<Runtime>,
    name: Option<&str>,
    linked: Linked,
    manifest: RawManifest,
    schemas_are_known: bool,
) -> Result<Arc<dyn RulePack>, LoadCause> {
    let (manifest, options) = manifest.review(schemas_are_known).map_err(LoadCause::Manifest)?;
    Ok(Arc::new(ComponentPack {
        shared: Shared::new(runtime, name.unwrap_or(&manifest.name), linked),
        manifest,
        configurations: Configurations::new(options),
        counters: Counters::default(),
    }))
}

struct ComponentPack {
    shared: Arc<Shared>,
    manifest: Manifest,
    configurations: Configurations,
    counters: Counters,
}

impl ComponentPack {
    fn ask_to_configure(&self, id: u32, settings: &Settings) -> Result<Answer, Failure> {
        let answer = on_own_thread(|| Instance::new(&self.shared, None)?.configure(&self.shared, id, settings));
        let message = match answer {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(CheckError::Failure(failure))) => return Err(failure),
            Ok(Err(CheckError::Cancelled)) => "configuring was cancelled".to_owned(),
            Err(e) => format!("there is no thread to configure it on: {e}"),
        };
        Err(Failure { pack: self.shared.name.to_string(), file: None, kind: FailureKind::Internal, message })
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

    fn check(&self, configured: &Configured, input: &CheckInput, cancel: &Cancel) -> Result<Vec<Finding>, CheckError> {
        instance::check(&self.shared, configured, input, cancel, &self.counters)
    }

    fn counters(&self) -> CounterValues {
        self.counters.values()
    }
}
