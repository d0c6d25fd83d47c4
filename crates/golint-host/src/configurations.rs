//! The configurations of one pack: options checked and completed, each distinct configuration asked for once. Used by
//! every kind of pack.

use std::sync::{Arc, Mutex, PoisonError};

use golint_sdk::pack::RuleInterest;
use rustc_hash::FxHashMap;

use crate::failure::Failure;
use crate::interest;
use crate::manifest::Manifest;
use crate::manifest::options::Options;
use crate::rule_pack::{ConfigureError, Configured, OptionError, Setting};

/// Rules and their options as JSON text, in the order of the rules.
pub(crate) type Settings = Vec<(u32, String)>;

/// What a pack answers to `configure`; the errors are (rule, JSON pointer, message).
pub(crate) type Answer = Result<Vec<RuleInterest>, Vec<(u32, String, String)>>;

/// The configurations that a pack has.
pub(crate) struct Configurations {
    /// For each rule, what is known of its options.
    options: Vec<Option<Options>>,
    known: Mutex<FxHashMap<Settings, Arc<Configured>>>,
}

impl Configurations {
    pub(crate) fn new(options: Vec<Option<Options>>) -> Self {
        Configurations { options, known: Mutex::default() }
    }

    /// The configuration with these settings; `ask` hands them to the pack, with the number that it shall have.
    pub(crate) fn configure(
        &self,
        name: &str,
        manifest: &Manifest,
        settings: &[Setting],
        ask: impl FnOnce(u32, &Settings) -> Result<Answer, Failure>,
    ) -> Result<Arc<Configured>, ConfigureError> {
        let settings = self.complete(manifest, settings)?;
        // Held while the pack is asked: another thread that wants the same gets this answer.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(configured) = known.get(&settings) {
            return Ok(configured.clone());
        }
        let id = known.len() as u32;
        let raw = ask(id, &settings)?.map_err(|errors| ConfigureError::Options(option_errors(manifest, errors)))?;
        let rules: Vec<u32> = settings.iter().map(|(rule, _)| *rule).collect();
        let interests = interest::review::review(raw.clone(), manifest, &rules)
            .map_err(|message| ConfigureError::Interest { pack: name.to_owned(), message })?;
        let is_on = |rule: usize| rules.contains(&(rule as u32));
        let rules = manifest.rules.iter().enumerate().map(|(number, rule)| (rule.id.clone(), is_on(number))).collect();
        let configured = Arc::new(Configured { id, settings: settings.clone(), raw, rules, interests });
        known.insert(settings, configured.clone());
        Ok(configured)
    }

    /// The settings as the pack gets them.
    fn complete(&self, manifest: &Manifest, settings: &[Setting]) -> Result<Settings, ConfigureError> {
        let mut complete = Vec::with_capacity(settings.len());
        let mut errors = Vec::new();
        for setting in settings {
            let Some(options) = self.options.get(setting.rule as usize) else {
                return Err(ConfigureError::UnknownRule(setting.rule));
            };
            match options {
                Some(options) => match options.complete(setting.options.clone()) {
                    Ok(options) => complete.push((setting.rule, options.to_string())),
                    Err(wrong) => {
                        errors.extend(wrong.into_iter().map(|(pointer, message)| (setting.rule, pointer, message)));
                    }
                },
                None if is_nothing(&setting.options) => complete.push((setting.rule, "{}".to_owned())),
                None => errors.push((setting.rule, String::new(), "the rule has no options".to_owned())),
            }
        }
        if !errors.is_empty() {
            return Err(ConfigureError::Options(option_errors(manifest, errors)));
        }
        complete.sort_by_key(|(rule, _)| *rule);
        if let Some(twice) = complete.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let error = (twice[0].0, String::new(), "the rule is configured twice".to_owned());
            return Err(ConfigureError::Options(option_errors(manifest, vec![error])));
        }
        Ok(complete)
    }
}

fn is_nothing(options: &serde_json::Value) -> bool {
    options.is_null() || options.as_object().is_some_and(serde_json::Map::is_empty)
}

fn option_errors(manifest: &Manifest, errors: Vec<(u32, String, String)>) -> Vec<OptionError> {
    let error = |(rule, pointer, message): (u32, String, String)| {
        let rule_id = manifest.rules.get(rule as usize).map_or_else(|| format!("rule {rule}"), |r| r.id.clone());
        OptionError { rule, rule_id, pointer, message }
    };
    errors.into_iter().map(error).collect()
}
