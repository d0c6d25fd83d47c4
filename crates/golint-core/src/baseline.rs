//! Baselines: findings that are known and stay silent. A finding is known again by its rule, the declaration that it is in
//! and the code of its line, as often as the baseline has it; never by line numbers or messages. Files are read through the
//! snapshot, and nothing is written.
//!
//! - [`text`] is the file;
//! - [`matching`] says which findings an entry stands for, and which entries stand for none any more.

mod matching;
mod text;
mod update;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{BaselineReport, Diagnostic, Location, Silence, Vanished};
use golint_project::FileSystem;
use golint_project::path::{absolute, relative};
use rustc_hash::FxHashMap;

use crate::Snapshot;
use crate::config::fault;
use crate::engine::Checked;
use crate::survey::Survey;

pub use text::TITLE as BASELINE_TITLE;
pub use update::BaselineUpdate;

/// Known findings, as one file has them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Baseline {
    /// Absolute. Paths of entries are relative to its folder.
    path: Utf8PathBuf,
    /// As people are shown it.
    shown: Arc<str>,
    /// Sorted. Several equal ones stand for as many findings.
    entries: Vec<Entry>,
}

/// A finding, as far as it is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Entry {
    /// Relative to the folder of the baseline, with `/`.
    path: String,
    rule: String,
    /// The name of the declaration that it is in; "" for none.
    declaration: String,
    /// Of the line where it begins.
    code: String,
}

/// Why a baseline can't be used.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// It can't be read.
    Unreadable(std::io::Error),
    /// It can't be understood: where, why, and what to do.
    Damaged(Box<Diagnostic>),
}

impl Baseline {
    fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// Reads a baseline.
    pub(crate) fn read(
        files: &dyn FileSystem,
        path: &Utf8Path,
        working_folder: &Utf8Path,
    ) -> Result<Baseline, Unusable> {
        let shown: Arc<str> = relative(working_folder, path).into();
        let bytes = files.read(path).map_err(Unusable::Unreadable)?;
        let entries = text::parse(&bytes).map_err(|damage| {
            let mut told = fault(Location::new(Arc::clone(&shown), damage.span), damage.message);
            told.help = Some(damage.help.into());
            Unusable::Damaged(Box::new(told))
        })?;
        Ok(Baseline { path: path.to_owned(), shown, entries })
    }
}

/// Which baseline holds for which files, and which rules were on there: what is left of a survey when the run is over.
#[derive(Default)]
pub(crate) struct Baselines {
    baselines: Vec<Arc<Baseline>>,
    /// By place in the project's files: that of the baseline, and of the rules in the table below.
    files: BTreeMap<usize, (Option<usize>, usize)>,
    rules: Vec<Arc<[Arc<str>]>>,
    /// Whether the run was asked for less than all findings of the rules that are on.
    pub(crate) narrowed: bool,
}

/// What is silent.
#[derive(Default)]
pub(crate) struct Known {
    /// By place in the project's files: the places of findings there, and why they are silent.
    findings: FxHashMap<usize, FxHashMap<usize, Silence>>,
    /// None where there is no baseline.
    pub(crate) report: Option<BaselineReport>,
    /// How many others have reported; none where nobody said what they did.
    pub(crate) imported: Option<u64>,
}

impl Known {
    /// Why a finding is silent, given by the place of its file and its own among those of the file; none if it is not.
    pub(crate) fn silence(&self, file: usize, finding: usize) -> Option<&Silence> {
        self.findings.get(&file)?.get(&finding)
    }

    /// Silences a finding, unless it is silent already.
    pub(crate) fn add(&mut self, file: usize, finding: usize, why: Silence) {
        self.findings.entry(file).or_default().entry(finding).or_insert(why);
    }
}

impl Baselines {
    /// Of the files that are looked at.
    pub(crate) fn of(survey: &Survey, narrowed: bool) -> Baselines {
        let mut all = Baselines { narrowed, ..Baselines::default() };
        let places: Vec<Option<usize>> = survey
            .plans
            .iter()
            .map(|plan| {
                all.rules.push(plan.enabled().into());
                let baseline = plan.configuration.baseline.as_ref()?.contents.as_ref()?;
                let known = all.baselines.iter().position(|other| Arc::ptr_eq(other, baseline));
                Some(known.unwrap_or_else(|| {
                    all.baselines.push(Arc::clone(baseline));
                    all.baselines.len() - 1
                }))
            })
            .collect();
        all.files = survey.jobs.iter().map(|job| (job.file, (places[job.plan], job.plan))).collect();
        all
    }

    fn is_on(&self, file: usize, rule: &str) -> bool {
        self.files.get(&file).is_some_and(|(_, rules)| self.rules[*rules].iter().any(|on| **on == *rule))
    }

    /// Which findings are known. Call it on the engine's threads.
    pub(crate) fn known(&self, checked: &Checked, snapshot: &Snapshot, working_folder: &Utf8Path) -> Known {
        let mut known = Known::default();
        for (place, baseline) in self.baselines.iter().enumerate() {
            let files = self.files.iter().filter(|(_, (of, _))| *of == Some(place)).map(|(file, _)| *file);
            let matched = matching::matching(baseline, files, checked, snapshot);
            for (file, finding) in &matched.known {
                known.add(*file, *finding, Silence::Baseline(Arc::clone(&baseline.shown)));
            }
            let report = known.report.get_or_insert_default();
            report.known += matched.known.len() as u64;
            let gone = baseline.entries.iter().zip(&matched.fates).filter(|(_, fate)| **fate == matching::Fate::Gone);
            report.vanished.extend(gone.map(|(entry, _)| Vanished {
                baseline: Arc::clone(&baseline.shown),
                path: relative(working_folder, &absolute(baseline.folder(), &entry.path)),
                rule: entry.rule.clone(),
                declaration: entry.declaration.clone(),
                code: entry.code.clone(),
            }));
        }
        if let Some(report) = &mut known.report {
            report.vanished.sort();
        }
        known
    }
}

/// The words for somebody who named a baseline that can't be read.
pub(crate) fn unreadable(shown: &str, error: &std::io::Error) -> (String, String) {
    let write = format!("`golint-rs check --write-baseline {shown}` writes one");
    match error.kind() {
        ErrorKind::NotFound => (format!("there is no baseline {shown}"), write),
        _ => (format!("the baseline {shown} can't be read: {error}"), "correct its path or its rights".into()),
    }
}

#[cfg(test)]
mod tests;
