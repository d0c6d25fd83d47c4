//! Packs that run in-process: the rules of a [`golint_sdk::Pack`], compiled into this program. For unit tests of rules and
//! for benchmarks; nothing keeps such a pack from looping or taking memory. Its findings are checked as everybody's.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use golint_sdk::Pack;
use golint_sdk::pack::{Instance, Setting as RawSetting};
use rustc_hash::FxHashMap;

use crate::configurations::{Answer, Configurations, Settings};
use crate::counters::{CounterValues, Counters};
use crate::failure::{CheckError, Failure, FailureKind};
use crate::finding::Finding;
use crate::input::{Cancel, CheckInput};
use crate::load_error::{LoadCause, LoadError};
use crate::log::Quiet;
use crate::manifest::raw::{RawManifest, RawRule, RawSeverity};
use crate::manifest::{Attribute, Manifest};
use crate::panic_text;
use crate::questions::{GuestLog, Questions, platform_table};
use crate::rule_pack::{ConfigureError, Configured, RulePack, Setting};

thread_local! {
    /// This thread's instances, by the number of their pack, with the configurations that they were given.
    static INSTANCES: RefCell<FxHashMap<u64, (Instance, Vec<u32>)>> = RefCell::default();
}

/// A pack in this program.
pub struct NativePack {
    number: u64,
    pack: &'static Pack,
    name: Arc<str>,
    manifest: Manifest,
    configurations: Configurations,
    counters: Counters,
}

impl NativePack {
    /// The pack, described and checked as a component would be.
    pub fn new(pack: &'static Pack) -> Result<NativePack, LoadError> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let (manifest, options) = describe(pack).review(false).map_err(|message| LoadError {
            name: Some(pack.name.to_owned()),
            origin: "this program".to_owned(),
            cause: LoadCause::Manifest(message),
        })?;
        Ok(NativePack {
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            pack,
            name: pack.name.into(),
            manifest,
            configurations: Configurations::new(options),
            counters: Counters::default(),
        })
    }

    fn failure(&self, file: Option<&str>, kind: FailureKind, message: String) -> Failure {
        Failure { pack: self.name.to_string(), file: file.map(str::to_owned), kind, message }
    }

    fn check_caught(&self, configured: &Configured, input: &CheckInput) -> Result<Vec<Finding>, Failure> {
        let shown = &input.file.shown_path;
        let failed = |kind, message| self.failure(Some(shown), kind, message);
        let log = Rc::new(GuestLog::new(self.name.clone(), Some(shown.clone()), Arc::new(Quiet)));
        let questions = Questions::new(input, configured.rules.clone(), log);
        // Taken out while it runs: after a panic its state is not trusted.
        let kept = INSTANCES.with_borrow_mut(|instances| instances.remove(&self.number));
        let (mut instance, mut known) = kept.unwrap_or_else(|| (Instance::new(self.pack), Vec::new()));
        let checked = catch_unwind(AssertUnwindSafe(|| {
            if !known.contains(&configured.id) {
                if ask(&mut instance, configured.id, &configured.settings).as_ref() != Ok(&configured.raw) {
                    return Err("it answers the same configuration differently when it is asked again".to_owned());
                }
                known.push(configured.id);
            }
            instance.check(configured.id, &questions)
        }));
        let result = match checked {
            Ok(result) => result,
            Err(panic) => return Err(failed(FailureKind::Trap, format!("it panicked: {}", panic_text(&*panic)))),
        };
        INSTANCES.with_borrow_mut(|instances| instances.insert(self.number, (instance, known)));
        if let Some(fault) = questions.take_fault() {
            return Err(failed(fault.kind, fault.message));
        }
        result.map_err(|message| failed(FailureKind::Refused, format!("it says: {message}")))?;
        Ok(questions.into_findings())
    }
}

impl RulePack for NativePack {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn configure(&self, settings: &[Setting]) -> Result<Arc<Configured>, ConfigureError> {
        let configure = |id, settings: &Settings| {
            catch_unwind(AssertUnwindSafe(|| ask(&mut Instance::new(self.pack), id, settings)))
                .map_err(|panic| self.failure(None, FailureKind::Trap, format!("it panicked: {}", panic_text(&*panic))))
        };
        self.configurations.configure(&self.name, &self.manifest, settings, configure)
    }

    fn check(&self, configured: &Configured, input: &CheckInput, cancel: &Cancel) -> Result<Vec<Finding>, CheckError> {
        if cancel.is_cancelled() {
            return Err(CheckError::Cancelled);
        }
        let started = Instant::now();
        let result = self.check_caught(configured, input);
        self.counters.add(&CounterValues {
            files: 1,
            total_time: started.elapsed(),
            findings: result.as_ref().map_or(0, |findings| findings.len() as u64),
            ..CounterValues::default()
        });
        Ok(result?)
    }

    fn counters(&self) -> CounterValues {
        self.counters.values()
    }
}

fn ask(instance: &mut Instance, id: u32, settings: &Settings) -> Answer {
    let setting = |(rule, options): &(u32, String)| RawSetting { rule: *rule, options: options.clone() };
    let settings: Vec<_> = settings.iter().map(setting).collect();
    let answer = instance.configure(id, &settings, platform_table());
    answer.map_err(|errors| errors.into_iter().map(|e| (e.rule, e.pointer, e.message)).collect())
}

fn describe(pack: &Pack) -> RawManifest {
    let rules = pack.rules.iter().map(|rule| {
        let meta = rule.meta();
        RawRule {
            id: meta.id.into(),
            summary: meta.summary.into(),
            docs: meta.docs.into(),
            category: meta.category.into(),
            severity: match meta.severity {
                golint_sdk::Severity::Error => RawSeverity::Error,
                golint_sdk::Severity::Warning => RawSeverity::Warning,
                golint_sdk::Severity::Info => RawSeverity::Info,
                golint_sdk::Severity::Hint => RawSeverity::Hint,
            },
            default_on: meta.default_on,
            options_schema: rule.options_schema(),
            attributes: rule.attributes().iter().map(attribute).collect(),
        }
    });
    RawManifest { name: pack.name.into(), version: pack.version.into(), rules: rules.collect(), attributes: Vec::new() }
}

fn attribute(&(key, value): &(&str, &str)) -> Attribute {
    Attribute { key: key.into(), value: value.into() }
}
