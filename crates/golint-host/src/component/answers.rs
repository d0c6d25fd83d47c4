//! What packs said of themselves, kept beside their machine code: a run that has nothing new to check needs no more of a
//! pack. The answers belong to the very bytes of the pack. Each new instance is configured, and must answer the same.

use golint_sdk::facts::GoVersions;
use golint_sdk::pack::RuleInterest;
use golint_sdk::{GoVersion, Needle};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Code, Runtime};
use crate::configurations::Settings;
use crate::manifest::raw::RawManifest;

/// The question what a pack is. Those for its interests are settings, as JSON.
const DESCRIBE: &[u8] = b"describe";

impl Runtime {
    /// What the pack said that it is.
    pub(super) fn known_description(&self, called: &str, code: &Code) -> Option<RawManifest> {
        self.known(called, code, DESCRIBE)
    }

    pub(super) fn keep_description(&self, called: &str, code: &Code, manifest: &RawManifest) {
        self.keep_answer(called, code, DESCRIBE, manifest);
    }

    /// What the pack wants to see under these settings.
    pub(super) fn known_interests(&self, called: &str, code: &Code, settings: &Settings) -> Option<Vec<RuleInterest>> {
        let kept: Vec<KeptInterest> = self.known(called, code, &question(settings)?)?;
        Some(kept.into_iter().map(RuleInterest::from).collect())
    }

    pub(super) fn keep_interests(&self, called: &str, code: &Code, settings: &Settings, interests: &[RuleInterest]) {
        let Some(question) = question(settings) else { return };
        let kept: Vec<KeptInterest> = interests.iter().map(KeptInterest::from).collect();
        self.keep_answer(called, code, &question, &kept);
    }

    fn known<T: DeserializeOwned>(&self, called: &str, code: &Code, question: &[u8]) -> Option<T> {
        let key = code.key.as_ref()?.answer(question);
        let entry = self.cached(called, Some(&key))?;
        let answer = serde_json::from_slice(entry.content());
        answer.map_err(|error| self.not_used(called, &error.to_string())).ok()
    }

    fn keep_answer(&self, called: &str, code: &Code, question: &[u8], answer: &impl Serialize) {
        let Some(key) = &code.key else { return };
        match serde_json::to_vec(answer) {
            Ok(json) => self.keep(called, &key.answer(question), &json),
            Err(error) => self.note(called, &error.to_string()),
        }
    }
}

fn question(settings: &Settings) -> Option<Vec<u8>> {
    serde_json::to_vec(settings).ok()
}

/// [`RuleInterest`], for the cache.
#[derive(Serialize, Deserialize)]
struct KeptInterest {
    rule: u32,
    since: Option<(u32, u32)>,
    before: Option<(u32, u32)>,
    on: Option<Vec<u64>>,
    requires: Vec<Vec<KeptNeedle>>,
    kinds: Vec<String>,
}

/// [`Needle`], for the cache.
#[derive(Serialize, Deserialize)]
enum KeptNeedle {
    Literal(String),
    Pattern(String),
    Imports(String),
}

impl From<&RuleInterest> for KeptInterest {
    fn from(interest: &RuleInterest) -> Self {
        let version = |version: GoVersion| (version.major, version.minor);
        let needle = |needle: &Needle| match needle {
            Needle::Literal(text) => KeptNeedle::Literal(text.clone()),
            Needle::Pattern(text) => KeptNeedle::Pattern(text.clone()),
            Needle::Imports(text) => KeptNeedle::Imports(text.clone()),
        };
        KeptInterest {
            rule: interest.rule,
            since: interest.go.since.map(version),
            before: interest.go.before.map(version),
            on: interest.on.clone(),
            requires: interest.requires.iter().map(|any| any.iter().map(needle).collect()).collect(),
            kinds: interest.kinds.clone(),
        }
    }
}

impl From<KeptInterest> for RuleInterest {
    fn from(kept: KeptInterest) -> Self {
        let version = |(major, minor)| GoVersion { major, minor };
        let needle = |needle| match needle {
            KeptNeedle::Literal(text) => Needle::Literal(text),
            KeptNeedle::Pattern(text) => Needle::Pattern(text),
            KeptNeedle::Imports(text) => Needle::Imports(text),
        };
        RuleInterest {
            rule: kept.rule,
            go: GoVersions { since: kept.since.map(version), before: kept.before.map(version) },
            on: kept.on,
            requires: kept.requires.into_iter().map(|any| any.into_iter().map(needle).collect()).collect(),
            kinds: kept.kinds,
        }
    }
}
