//! The door to a pack, however it is made: what it says about itself, its configurations, and one check. It never knows
//! files, only what it is handed.

use std::sync::Arc;

use golint_sdk::pack::RuleInterest;

use crate::counters::CounterValues;
use crate::failure::{CheckError, Failure};
use crate::finding::Finding;
use crate::input::{Cancel, CheckInput};
use crate::interest::Interest;
use crate::manifest::Manifest;

/// A loaded pack. Shared by all threads; what an instance of it needs is kept per thread, inside.
pub trait RulePack: Send + Sync {
    /// What the pack says about itself, checked when it was loaded.
    fn manifest(&self) -> &Manifest;

    /// Hands the pack the rules that are on, with their options; the answer says when they want to be called.
    ///
    /// Options are checked against the rule's schema and its defaults are filled in. Equal settings give the same
    /// [`Configured`], and the pack is asked once. Order the settings by rule. Runs the guest on a thread of its own, so
    /// that it may be called from any.
    fn configure(&self, settings: &[Setting]) -> Result<Arc<Configured>, ConfigureError>;

    /// Begins to load what the first check would wait for, and does not wait itself. Costs next to nothing once that is done.
    fn prepare(&self) {}

    /// Runs the configured rules on one file: call it once for each file that some interest matches.
    ///
    /// The findings come in the order in which they were reported, every place in them checked. Needs 2 MiB of stack for
    /// the guest and what the model takes; never call it on the main thread.
    fn check(&self, configured: &Configured, input: &CheckInput, cancel: &Cancel) -> Result<Vec<Finding>, CheckError>;

    /// What the pack cost since it was loaded, over all threads.
    fn counters(&self) -> CounterValues;
}

/// A rule that a configuration turns on.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Index into the manifest's rules.
    pub rule: u32,
    /// The user's options, a JSON object; `null` stands for none.
    pub options: serde_json::Value,
}

/// A configuration that the pack has accepted.
#[derive(Debug)]
pub struct Configured {
    /// The number by which the pack knows it.
    pub(crate) id: u32,
    /// What is handed to `configure` in each new instance: rules and their options as JSON text, defaults filled in.
    pub(crate) settings: Vec<(u32, String)>,
    /// The answer to that, word by word: a new instance must give the same.
    pub(crate) raw: Vec<RuleInterest>,
    /// For each rule of the pack its id, and whether it is on.
    pub(crate) rules: Arc<[(String, bool)]>,
    /// When its rules have anything to say; hits name interests by their place here.
    pub interests: Vec<Interest>,
}

impl Configured {
    /// The rules that are on, with their options as JSON text, defaults filled in.
    pub fn settings(&self) -> &[(u32, String)] {
        &self.settings
    }
}

/// Why a pack does not take a configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigureError {
    /// Options that break a rule's schema, or that the pack itself refuses.
    #[error("{}", list_errors(.0))]
    Options(Vec<OptionError>),
    /// A setting for a rule that the manifest does not have: the caller's mistake.
    #[error("the pack has no rule number {0}")]
    UnknownRule(u32),
    /// The pack answered with an interest that makes no sense; the text names rule and cause.
    #[error("rule pack {pack:?} declares an interest that can't be: {message}")]
    Interest {
        /// The pack's name in the configuration.
        pack: String,
        /// Which rule, and what is wrong.
        message: String,
    },
    /// The pack trapped, ran out of time or memory.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// What is wrong with a rule's options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// Index into the manifest's rules.
    pub rule: u32,
    /// The rule's id, without the pack's name.
    pub rule_id: String,
    /// JSON pointer into the options: `/page-size`. Empty: the options as a whole.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

fn list_errors(errors: &[OptionError]) -> String {
    let line = |e: &OptionError| format!("options of {}, {:?}: {}", e.rule_id, e.pointer, e.message);
    errors.iter().map(line).collect::<Vec<_>>().join("; ")
}
