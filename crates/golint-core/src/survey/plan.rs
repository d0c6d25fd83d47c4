//! A plan: what is to be done with files that share a configuration and have the same rules on. There are few of them,
//! however many files there are.

use std::sync::Arc;

use golint_diagnostics::{Diagnostic, Severity};
use golint_host::{ConfigureError, Configured, OptionError, Setting};
use golint_project::PlatformSet;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::catalog::{PLUGIN_FAILURE, UNUSED_SUPPRESSION};
use crate::config::{Configuration, RuleSet, fault, option_name};
use crate::packs::LoadedPack;
use crate::prefilter::{Gate, PrefilterBuilder};
use crate::suppression;

/// What is to be done with a file.
pub(crate) struct Plan {
    pub(crate) configuration: Arc<Configuration>,
    /// The packs that have a rule on.
    pub(crate) packs: Vec<PlannedPack>,
    /// Names of the rules that are on.
    enabled: Vec<Arc<str>>,
    /// How much an unused suppression weighs; none where nobody wants to know.
    pub(crate) unused_suppression: Option<Severity>,
    /// Literals of the prefilter: a file with one of each may have a directive about a rule that is on.
    pub(crate) directive_literals: (Vec<usize>, Vec<usize>),
}

/// A pack with a configuration.
pub(crate) struct PlannedPack {
    /// Place in [`super::Survey::packs`].
    pub(crate) pack: usize,
    pub(crate) configured: Arc<Configured>,
    pub(crate) gate: Gate,
    /// Of each rule of the manifest: its full name and what its findings weigh. None for those that are off.
    rules: Vec<Option<(Arc<str>, Severity)>>,
}

impl Plan {
    /// Whether the rule with this name is on. Names are compared as directives give them, in lower case.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.enabled.iter().any(|enabled| **enabled == *name)
    }

    /// The names of all rules that are on.
    pub(crate) fn enabled(&self) -> &[Arc<str>] {
        &self.enabled
    }

    /// The platforms that matter.
    pub(crate) fn platforms(&self) -> PlatformSet {
        self.configuration.platforms
    }
}

impl PlannedPack {
    /// The full name and the weight of a rule of the pack.
    pub(crate) fn rule(&self, index: u32) -> Option<&(Arc<str>, Severity)> {
        self.rules.get(index as usize)?.as_ref()
    }
}

/// Makes plans, each once.
#[derive(Default)]
pub(crate) struct Planner {
    pub(crate) plans: Vec<Plan>,
    /// By configuration (its address) and rules; none where a pack refuses it.
    known: FxHashMap<(usize, RuleSet), Option<usize>>,
    names: FxHashMap<String, Arc<str>>,
}

impl Planner {
    /// The place of the plan for files with this configuration and these rules. None if a pack does not take it: the
    /// faults say why.
    pub(crate) fn plan(
        &mut self,
        configuration: &Arc<Configuration>,
        enabled: RuleSet,
        packs: &[LoadedPack],
        prefilter: &mut PrefilterBuilder,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        // The configurations live in the plans, so that an address stands for one of them.
        let key = (Arc::as_ptr(configuration) as usize, enabled);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let plan = self.make(configuration, &key.1, packs, prefilter, faults);
        let place = plan.map(|plan| {
            self.plans.push(plan);
            self.plans.len() - 1
        });
        self.known.insert(key, place);
        place
    }

    fn make(
        &mut self,
        configuration: &Arc<Configuration>,
        enabled: &RuleSet,
        packs: &[LoadedPack],
        prefilter: &mut PrefilterBuilder,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Plan> {
        let catalog = &configuration.catalog;
        let mut asked = Vec::new();
        for (number, loaded) in packs.iter().enumerate() {
            let mut rules = vec![None; loaded.pack.manifest().rules.len()];
            let mut settings = Vec::new();
            for rule in (0..catalog.len()).filter(|&rule| enabled[rule]) {
                let Some(slot) = catalog.slot(rule).filter(|slot| slot.pack == number) else { continue };
                let given = configuration.options[rule].given.as_ref().map(|(options, _)| options.values.clone());
                settings.push(Setting { rule: slot.rule, options: given.map_or(Value::Null, Value::Object) });
                let name = self.name(&catalog.rule(rule).name);
                rules[slot.rule as usize] = Some((name, configuration.severities[rule]));
            }
            if settings.is_empty() {
                continue;
            }
            settings.sort_by_key(|setting| setting.rule);
            asked.push((number, rules, settings));
        }
        // All at once: each starts an instance, and most of a short run is such starts.
        let answers: Vec<_> =
            asked.par_iter().map(|(number, _, settings)| packs[*number].pack.configure(settings)).collect();
        let mut planned = Vec::new();
        let before = faults.len();
        for ((number, rules, _), answer) in asked.into_iter().zip(answers) {
            let loaded = &packs[number];
            match answer {
                Ok(configured) => {
                    let gate = prefilter.gate(&configured.interests);
                    planned.push(PlannedPack { pack: number, configured, gate, rules });
                }
                Err(ConfigureError::Options(errors)) => {
                    faults.extend(errors.iter().map(|error| refused(configuration, number, loaded, error)));
                }
                Err(error) => faults.push(failed(loaded, &error)),
            }
        }
        if faults[before..].iter().any(|fault| *fault.rule != *PLUGIN_FAILURE) {
            return None;
        }
        let on = (0..catalog.len()).filter(|&rule| enabled[rule]).map(|rule| self.name(&catalog.rule(rule).name));
        let enabled: Vec<Arc<str>> = on.collect();
        let unused =
            catalog.find(UNUSED_SUPPRESSION).filter(|_| enabled.iter().any(|name| **name == *UNUSED_SUPPRESSION));
        let directive_literals = match unused {
            Some(_) => (
                suppression::MARKS.iter().map(|mark| prefilter.literal(mark)).collect(),
                enabled.iter().map(|name| prefilter.literal(name)).collect(),
            ),
            None => Default::default(),
        };
        Some(Plan {
            configuration: Arc::clone(configuration),
            packs: planned,
            enabled,
            unused_suppression: unused.map(|rule| configuration.severities[rule]),
            directive_literals,
        })
    }

    /// One copy of each name, however many findings carry it.
    fn name(&mut self, name: &str) -> Arc<str> {
        Arc::clone(self.names.entry(name.to_owned()).or_insert_with(|| Arc::from(name)))
    }
}

/// A pack refuses options that its schema allows.
fn refused(configuration: &Configuration, number: usize, loaded: &LoadedPack, error: &OptionError) -> Diagnostic {
    let catalog = &configuration.catalog;
    let rule = (0..catalog.len())
        .find(|&rule| catalog.slot(rule).is_some_and(|slot| slot.pack == number && slot.rule == error.rule));
    let given = rule.and_then(|rule| configuration.options[rule].given.as_ref());
    let at = given.map_or_else(
        || loaded.at.clone(),
        |(options, table)| options.refused_place(&error.pointer, &error.message, table),
    );
    let name = rule.map_or(error.rule_id.as_str(), |rule| catalog.rule(rule).name.as_str());
    let option = match option_name(&error.pointer) {
        name if name.is_empty() => String::new(),
        name => format!("option `{name}` of "),
    };
    fault(at, format!("{option}rule `{name}`: {}", error.message))
}

fn failed(loaded: &LoadedPack, error: &ConfigureError) -> Diagnostic {
    let help = match error {
        ConfigureError::Failure(failure) => failure.help(),
        _ => "report it to the authors of the pack; until then, leave it out of [plugins]",
    };
    Diagnostic {
        severity: Severity::Error,
        help: Some(help.into()),
        ..Diagnostic::new(PLUGIN_FAILURE, loaded.at.clone(), error.to_string())
    }
}
