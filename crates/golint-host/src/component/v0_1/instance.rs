//! A living instance of a pack: its store, kept by the thread that made it and reused from file to file. It is given up
//! after anything that ends a call early, since a trap poisons the whole store, and when it has grown too large.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use wasmtime::component::Resource;
use wasmtime::{Store, Trap};

use super::bindings::RulePack;
use super::bindings::exports::golint::rules::pack;
use super::state::{Cancelled, State};
use super::{Shared, conversion};
use crate::component::limits::{HOSTCALL_FUEL, Limits, MAX_HANDLES};
use crate::configurations::{Answer, Settings};
use crate::counters::{CounterValues, Counters};
use crate::failure::{CheckError, Failure, FailureKind};
use crate::finding::Finding;
use crate::input::{Cancel, CheckInput};
use crate::manifest::raw::RawManifest;
use crate::questions::{Fault, GuestLog, Questions};
use crate::rule_pack::Configured;

thread_local! {
    /// This thread's instances, by the generation of their pack.
    static INSTANCES: RefCell<FxHashMap<u64, Instance>> = RefCell::default();
}

/// Memory that a check may take on top of the common limit, as multiples of the file and of its tree: a pack is handed
/// both, and a tree can have thirty times the size of its file.
const MEMORY_PER_FILE_BYTE: usize = 10;
const MEMORY_PER_TREE_BYTE: usize = 2;
/// Bytes of file and tree that a check gets through in its budget, and far more. For each further so many of them it has
/// its budget once more.
const BYTES_PER_BUDGET: usize = 4 << 20;

/// Checks one file with this thread's instance.
pub(super) fn check(
    shared: &Arc<Shared>,
    configured: &Configured,
    input: &CheckInput,
    cancel: &Cancel,
    counters: &Counters,
) -> Result<Vec<Finding>, CheckError> {
    if cancel.is_cancelled() {
        return Err(CheckError::Cancelled);
    }
    let started = Instant::now();
    let mut cost = CounterValues { files: 1, ..CounterValues::default() };
    let result = check_counted(shared, configured, input, cancel, &mut cost);
    cost.total_time = started.elapsed();
    cost.findings = result.as_ref().map_or(0, |findings| findings.len() as u64);
    counters.add(&cost);
    result
}

fn check_counted(
    shared: &Arc<Shared>,
    configured: &Configured,
    input: &CheckInput,
    cancel: &Cancel,
    cost: &mut CounterValues,
) -> Result<Vec<Finding>, CheckError> {
    // Taken out while it runs, so that only one that ended well comes back.
    let kept = INSTANCES.with_borrow_mut(|instances| instances.remove(&shared.generation));
    let mut instance = match kept {
        Some(instance) => instance,
        None => {
            cost.instances = 1;
            Instance::new(shared, Some((input, cancel)))?
        }
    };
    instance.prepare(shared, input, cancel);
    let outcome = instance.check(shared, configured, input);
    let state = instance.store.data();
    cost.host_calls = state.host_calls;
    cost.host_time = state.host_time;
    cost.bytes_copied = state.bytes_copied;
    // A call that ended early leaves its store unusable: it is dropped here.
    let outcome = outcome?;
    instance.keep(shared);
    outcome.map_err(CheckError::Failure)
}

/// What a call is about: a file and who may cancel it; none while a pack is loaded.
type Subject<'a> = Option<(&'a CheckInput, &'a Cancel)>;

fn guest_log(shared: &Shared, file: Option<&CheckInput>) -> Rc<GuestLog> {
    let file = file.map(|input| input.file.shown_path.clone());
    Rc::new(GuestLog::new(shared.name.clone(), file, shared.runtime.options.log.clone()))
}

pub(super) struct Instance {
    /// Tells when the pack is gone.
    shared: Weak<Shared>,
    store: Store<State>,
    pack: RulePack,
    /// Configurations that this instance has been given.
    configured: Vec<u32>,
}

impl Instance {
    pub(super) fn new(shared: &Arc<Shared>, subject: Subject<'_>) -> Result<Instance, CheckError> {
        let runtime = &shared.runtime;
        let log = guest_log(shared, subject.map(|(input, _)| input));
        let linked = shared.linked().map_err(|why| Failure {
            pack: shared.name.to_string(),
            file: log.file().map(str::to_owned),
            kind: FailureKind::Internal,
            message: format!("there is no way to load it: {why}"),
        })?;
        let state = State {
            clock: runtime.clock.clone(),
            measure: runtime.options.measure_host_time,
            limits: Limits::new(runtime.options.memory_limit),
            log,
            questions: None,
            cancel: subject.map(|(_, cancel)| cancel.clone()),
            budget: 0,
            began: 0,
            thread_began: None,
            host_ticks: 0,
            host_calls: 0,
            host_time: Duration::ZERO,
            bytes_copied: 0,
        };
        let mut store = Store::new(&runtime.engine, state);
        store.limiter(|state| &mut state.limits);
        store.epoch_deadline_callback(|mut context| context.data_mut().at_tick());
        store.set_hostcall_fuel(HOSTCALL_FUEL);
        store.set_max_component_handles(MAX_HANDLES);
        let budget = runtime.options.load_budget;
        match run(shared, &mut store, budget, |store| linked.0.instantiate(store)) {
            Ok(pack) => Ok(Instance { shared: Arc::downgrade(shared), store, pack, configured: Vec::new() }),
            Err(error) => Err(explain(shared, store.data(), &error, Stage::Start)),
        }
    }

    /// Forgets the last file.
    fn prepare(&mut self, shared: &Shared, input: &CheckInput, cancel: &Cancel) {
        let state = self.store.data_mut();
        let (source, tree) = (input.file.source.len(), input.file.tree.len());
        let more =
            source.saturating_mul(MEMORY_PER_FILE_BYTE).saturating_add(tree.saturating_mul(MEMORY_PER_TREE_BYTE));
        state.limits.memory_limit = shared.runtime.options.memory_limit.saturating_add(more);
        state.limits.refused = false;
        state.log = guest_log(shared, Some(input));
        state.cancel = Some(cancel.clone());
        state.host_calls = 0;
        state.host_time = Duration::ZERO;
        state.bytes_copied = 0;
    }

    /// Puts the instance back for this thread's next file, unless it has grown too large.
    fn keep(self, shared: &Shared) {
        if self.store.data().limits.memory_used > shared.runtime.options.recycle_above {
            return;
        }
        INSTANCES.with_borrow_mut(|instances| {
            // One entry per pack: looking through them costs nothing, and this is where packs that are gone go.
            instances.retain(|_, instance| instance.shared.strong_count() > 0);
            instances.insert(shared.generation, self);
        });
    }

    pub(super) fn describe(&mut self, shared: &Shared) -> Result<RawManifest, CheckError> {
        let budget = shared.runtime.options.load_budget;
        let manifest = self.call(shared, budget, |pack, store| pack.call_describe(store))?;
        Ok(conversion::manifest(manifest))
    }

    pub(super) fn configure(&mut self, shared: &Shared, id: u32, settings: &Settings) -> Result<Answer, CheckError> {
        let budget = shared.runtime.options.load_budget;
        let setting = |(rule, options): &(u32, String)| pack::Setting { rule: *rule, options: options.clone() };
        let settings: Vec<_> = settings.iter().map(setting).collect();
        let answer = self.call(shared, budget, |pack, store| pack.call_configure(store, id, &settings))?;
        Ok(match answer {
            Ok(interests) => Ok(interests.into_iter().map(conversion::interest).collect()),
            Err(errors) => Err(errors.into_iter().map(|e| (e.rule, e.pointer, e.message)).collect()),
        })
    }

    /// The findings, or what the pack itself finds wrong. The outer error leaves the instance unusable.
    fn check(
        &mut self,
        shared: &Shared,
        configured: &Configured,
        input: &CheckInput,
    ) -> Result<Result<Vec<Finding>, Failure>, CheckError> {
        if !self.configured.contains(&configured.id) {
            let answer = self.configure(shared, configured.id, &configured.settings)?;
            if answer.as_ref() != Ok(&configured.raw) {
                let message = "it answers the same configuration differently when it is asked again";
                return Err(failure(shared, self.store.data(), FailureKind::BadOutput, message).into());
            }
            self.configured.push(configured.id);
        }
        let state = self.store.data_mut();
        state.questions = Some(Questions::new(input, configured.rules.clone(), state.log.clone()));
        let bytes = input.file.source.len().saturating_add(input.file.tree.len());
        let times = u32::try_from(bytes / BYTES_PER_BUDGET).unwrap_or(u32::MAX).saturating_add(1);
        let budget = shared.runtime.options.guest_budget.saturating_mul(times);
        let id = configured.id;
        // The guest borrows the file for the call; the number in it means nothing.
        let result = self.call(shared, budget, |pack, store| pack.call_check(store, id, Resource::new_borrow(0)));
        let questions = self.store.data_mut().questions.take();
        Ok(match result? {
            Ok(()) => Ok(questions.map(Questions::into_findings).unwrap_or_default()),
            Err(message) => {
                let message = format!("it says: {}", clip(&message));
                Err(failure(shared, self.store.data(), FailureKind::Refused, &message))
            }
        })
    }

    fn call<T>(
        &mut self,
        shared: &Shared,
        budget: Duration,
        call: impl FnOnce(&pack::Guest, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<T, CheckError> {
        let pack = self.pack.golint_rules_pack();
        run(shared, &mut self.store, budget, |store| call(pack, store))
            .map_err(|error| explain(shared, self.store.data(), &error, Stage::Call))
    }
}

/// Runs guest code with a deadline.
fn run<T>(
    shared: &Shared,
    store: &mut Store<State>,
    budget: Duration,
    code: impl FnOnce(&mut Store<State>) -> wasmtime::Result<T>,
) -> wasmtime::Result<T> {
    let clock = &shared.runtime.clock;
    store.data_mut().begin(clock.ticks_in(budget));
    store.set_epoch_deadline(1);
    let _running = clock.start();
    code(store)
}

fn failure(shared: &Shared, state: &State, kind: FailureKind, message: &str) -> Failure {
    let file = state.log.file().map(str::to_owned);
    Failure { pack: shared.name.to_string(), file, kind, message: message.to_owned() }
}

/// What a guest was doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Start,
    Call,
}

/// What the end of a call means to people.
fn explain(shared: &Shared, state: &State, error: &wasmtime::Error, stage: Stage) -> CheckError {
    if error.is::<Cancelled>() {
        return CheckError::Cancelled;
    }
    let (kind, mut message) = if let Some(fault) = error.downcast_ref::<Fault>() {
        (fault.kind, fault.message.clone())
    } else if state.limits.refused {
        let limit = state.limits.memory_limit >> 20;
        (FailureKind::Memory, format!("it wanted more than the {limit} MiB of memory that it may have"))
    } else if let Some(trap) = error.downcast_ref::<Trap>() {
        (FailureKind::Trap, trap_text(*trap))
    } else if stage == Stage::Start {
        // The system has no memory or address space left.
        (FailureKind::Internal, format!("there is no way to start it: {}", error.root_cause()))
    } else {
        // What the guest handed over could not be read: a string that is no UTF-8, a list that is too long.
        (FailureKind::BadOutput, format!("it broke the rules of the interface: {}", error.root_cause()))
    };
    if let Some(words) = state.log.last_error()
        && matches!(kind, FailureKind::Trap | FailureKind::Memory)
    {
        message = format!("{message}; its last words: {}", clip(&words));
    }
    shared.runtime.note(&shared.name, &format!("{message}: {error:?}"));
    failure(shared, state, kind, &message).into()
}

fn trap_text(trap: Trap) -> String {
    match trap {
        Trap::StackOverflow => "its stack overflowed".into(),
        Trap::UnreachableCodeReached => "it panicked or aborted".into(),
        Trap::MemoryOutOfBounds => "it reached outside of its memory".into(),
        // "wasm trap: integer divide by zero"
        trap => format!("it trapped: {}", trap.to_string().trim_start_matches("wasm trap: ")),
    }
}

/// A guest's text, short enough for a diagnostic.
fn clip(text: &str) -> &str {
    let text = text.trim();
    &text[..text.floor_char_boundary(2 << 10)]
}
