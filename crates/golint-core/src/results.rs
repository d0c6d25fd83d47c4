//! Results of earlier runs, so that what did not change is not checked again.
//!
//! A result stands under the digest of all that decides it but other files: the file's content, its place in its module,
//! what the configuration says of it, the packs, this build of the engine. What it depended on in other files is kept with
//! it, as the model recorded it: question by question, with the hash of each answer. It counts where all answers are the
//! same, and trivially while no Go file of the folder changed.
//!
//! Two kinds of files are kept, both by module. Contents say which content a file had when it was read, by its signature,
//! and belong to one folder of one machine. Results name no path of a machine, and can be carried to another one. Neither
//! can make a run fail: what can't be read or written is told in verbose runs. Incomplete results are never kept.

mod contents;
mod digest;
mod entry;
mod store;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use camino::Utf8Path;
use golint_project::Module;
use golint_semantic::Question;
use rayon::prelude::*;

use crate::outcome::FileResult;
use crate::run::Turn;
use crate::survey::{Plan, Survey};
use crate::{EngineOptions, Level, Log, LogEntry, Snapshot};

use contents::{Contents, Known};
use entry::{Asked, Dependencies, Entry};
use store::Store;

pub(crate) use digest::{Digest, Parts};

/// What no other build of the engine is called.
const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("GOLINT_BUILD"));
/// Results that nobody used for so many days go.
const MAX_AGE: u32 = 30;

/// The results of one module.
type Entries = BTreeMap<Digest, Entry>;

/// What a run knows from earlier ones, and what later ones will know from it.
pub(crate) struct Results<'r> {
    snapshot: &'r Snapshot,
    log: &'r dyn Log,
    stores: (Store, Store),
    /// By the modules' places in the project.
    modules: Vec<Entries>,
    contents: Contents<'r>,
    /// Of each plan of the survey; none where a pack can't be told from another one.
    plans: Vec<Option<Digest>>,
    /// By the modules' places.
    found: Vec<Mutex<Entries>>,
    today: u32,
}

impl<'r> Results<'r> {
    /// For a run; none where nothing is to be kept.
    pub(crate) fn open(options: &'r EngineOptions, snapshot: &'r Snapshot, survey: &'r Survey) -> Option<Self> {
        let cache = options.cache_folder.as_deref()?;
        let (results, contents) = (Store::of_results(cache), Store::of_contents(cache));
        let log = &*options.log;
        let modules = &snapshot.project.modules;
        let read = |module: &Module| {
            let known: Known = told(log, contents.read(name_of_contents(module)));
            let entries: Entries = told(log, results.read(name_of_results(module)));
            (known, entries)
        };
        let (known, modules): (Vec<_>, Vec<_>) = modules.par_iter().map(read).unzip();
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(Results {
            snapshot,
            log,
            stores: (results, contents),
            found: modules.iter().map(|_| Mutex::default()).collect(),
            modules,
            contents: Contents::new(&snapshot.project, known),
            plans: survey.plans.iter().map(|plan| digest_of_plan(plan, survey, options)).collect(),
            today: (since_1970.as_secs() / (24 * 60 * 60)) as u32,
        })
    }

    /// The result of an earlier run, if it stands.
    pub(crate) fn look_up(&self, turn: Turn<'_>) -> Option<FileResult> {
        let module = self.module(turn)?;
        let entry = self.modules[module].get(&self.key(turn)?)?;
        let stands_on = match &entry.dependencies {
            None => None,
            Some(before) => {
                let folder = self.folder(turn);
                if before.folder != folder {
                    let package = turn.folder.package();
                    let same = |(asked, hash): &(Asked, u64)| package.answer(&asked.question()) == *hash;
                    if !before.answers.iter().all(same) {
                        return None;
                    }
                }
                Some(folder)
            }
        };
        let mut result = entry.result(folder_shown(turn), |place| Some(turn.plan.packs.get(place as usize)?.pack))?;
        if entry.has_findings() {
            let source = turn.folder.content(turn.index).ok()?;
            if Some(Digest::of(source)) != self.content(turn) {
                self.contents.doubt(turn.place);
                return None;
            }
            result.source = Some(Arc::clone(source));
        }
        self.use_again(module, turn, entry, stands_on);
        Some(result)
    }

    /// A result stays as long as it is used.
    fn use_again(&self, module: usize, turn: Turn<'_>, entry: &Entry, folder: Option<Digest>) {
        let before = entry.dependencies.as_ref().map(|dependencies| dependencies.folder);
        if entry.day == self.today && before == folder {
            return;
        }
        let mut entry = entry.clone();
        entry.day = self.today;
        if let (Some(dependencies), Some(folder)) = (&mut entry.dependencies, folder) {
            dependencies.folder = folder;
        }
        self.put(module, turn, entry);
    }

    /// Keeps a result that was just found, with what it depended on.
    pub(crate) fn keep(&self, turn: Turn<'_>, result: &FileResult, answers: &[(Question, u64)]) {
        let Some(module) = self.module(turn) else { return };
        let dependencies = (!answers.is_empty()).then(|| Dependencies {
            folder: self.folder(turn),
            answers: answers.iter().map(|(question, hash)| (Asked::from(question), *hash)).collect(),
        });
        let pack = |number| turn.plan.packs.iter().position(|pack| pack.pack == number).map(|place| place as u32);
        if let Some(entry) = Entry::new(result, dependencies, self.today, folder_shown(turn), pack) {
            self.put(module, turn, entry);
        }
    }

    fn put(&self, module: usize, turn: Turn<'_>, entry: Entry) {
        if let Some(key) = self.key(turn) {
            self.found[module].lock().unwrap_or_else(PoisonError::into_inner).insert(key, entry);
        }
    }

    /// Writes what is new. Without results where some of them may be wrong: `sound` says that no pack was turned off.
    pub(crate) fn save(self, sound: bool) {
        let modules = &self.snapshot.project.modules;
        let news = self.contents.news();
        news.into_par_iter().for_each(|(module, known)| {
            tell(self.log, self.stores.1.write(name_of_contents(&modules[module]), &known));
        });
        if !sound || self.contents.is_doubtful() {
            return;
        }
        let (results, today) = (&self.stores.0, self.today);
        self.found.into_par_iter().enumerate().for_each(|(module, found)| {
            let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
            if found.is_empty() {
                return;
            }
            let name = name_of_results(&modules[module]);
            // Another run may have written meanwhile.
            let mut entries: Entries = results.read(name).ok().flatten().unwrap_or_default();
            entries.retain(|_, entry| entry.day + MAX_AGE >= today);
            entries.extend(found);
            tell(self.log, results.write(name, &entries));
        });
    }

    /// Loose files belong to no module, and are few.
    fn module(&self, turn: Turn<'_>) -> Option<usize> {
        self.snapshot.project.folder_of(turn.entry).module
    }

    fn content(&self, turn: Turn<'_>) -> Option<Digest> {
        self.contents.of_file(turn.place, || turn.folder.content(turn.index).ok().map(|content| &**content))
    }

    fn folder(&self, turn: Turn<'_>) -> Digest {
        self.contents.of_folder(turn.entry.folder, |file| turn.folder.content(file).ok().map(|content| &**content))
    }

    /// Of all that decides a result but other files.
    fn key(&self, turn: Turn<'_>) -> Option<Digest> {
        let project = &self.snapshot.project;
        let plan = self.plans[turn.plan_place]?;
        let language = turn.plan.configuration.go.unwrap_or_else(|| project.language_of(turn.entry));
        let (folder, module) = (project.folder_of(turn.entry), project.module_of(turn.entry)?);
        let parts = Parts::default()
            .digest(plan)
            .digest(self.content(turn)?)
            .bytes(turn.entry.relative.as_bytes())
            .bytes(module.path.as_bytes())
            .optional(folder.import_path.as_deref().map(str::as_bytes))
            .bytes(language.to_string().as_bytes());
        Some(parts.finish())
    }
}

/// The path of the folder as it is shown, with a `/` at its end; empty for the working folder.
fn folder_shown<'t>(turn: Turn<'t>) -> &'t str {
    let shown = turn.entry.display.as_str();
    shown.strip_suffix(turn.entry.name()).unwrap_or(shown)
}

fn name_of_contents(module: &Module) -> Digest {
    Parts::default().bytes(BUILD.as_bytes()).bytes(module.root.as_str().as_bytes()).finish()
}

fn name_of_results(module: &Module) -> Digest {
    Parts::default().bytes(BUILD.as_bytes()).bytes(module.path.as_bytes()).finish()
}

/// What was read; where that went wrong, nothing, and verbose runs are told why.
fn told<T: Default>(log: &dyn Log, read: Result<Option<T>, String>) -> T {
    tell(log, read).flatten().unwrap_or_default()
}

fn tell<T>(log: &dyn Log, result: Result<T, String>) -> Option<T> {
    let tell = |message: &String| log.log(&LogEntry { level: Level::Info, pack: None, file: None, message });
    result.inspect_err(tell).ok()
}

/// Of everything that a plan says of a file.
fn digest_of_plan(plan: &Plan, survey: &Survey, options: &EngineOptions) -> Option<Digest> {
    let mut parts = Parts::default()
        .bytes(BUILD.as_bytes())
        .number(plan.configuration.max_file_size)
        .number(plan.configuration.include_generated.into())
        .number(options.prefilter.into())
        .optional(options.overrides.confidence.map(|confidence| confidence.name().as_bytes()))
        .optional(plan.unused_suppression.map(|severity| severity.name().as_bytes()));
    for word in plan.platforms().words() {
        parts = parts.number(*word);
    }
    for name in plan.enabled() {
        parts = parts.bytes(name.as_bytes());
    }
    for pack in &plan.packs {
        let loaded = &survey.packs[pack.pack];
        parts = parts.digest(loaded.content?).bytes(loaded.name.as_bytes());
        for (rule, options) in pack.configured.settings() {
            let (name, severity) = pack.rule(*rule)?;
            parts = parts.number((*rule).into()).bytes(options.as_bytes());
            parts = parts.bytes(name.as_bytes()).bytes(severity.name().as_bytes());
        }
    }
    Some(parts.finish())
}

/// Removes all results in this cache folder. The number of files and bytes that went.
pub(crate) fn clean(cache: &Utf8Path) -> std::io::Result<(u64, u64)> {
    let (results, contents) = (Store::of_results(cache).clean()?, Store::of_contents(cache).clean()?);
    Ok((results.0 + contents.0, results.1 + contents.1))
}

#[cfg(test)]
mod tests;
