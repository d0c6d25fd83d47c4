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

use crate::config::Alias;
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

/// The results of all modules with one path.
struct OfModule {
    name: Digest,
    /// Of earlier runs.
    known: Entries,
    /// Of this one.
    found: Mutex<Entries>,
}

/// What a run knows from earlier ones, and what later ones will know from it.
pub(crate) struct Results<'r> {
    snapshot: &'r Snapshot,
    log: &'r dyn Log,
    store_of_results: Store,
    store_of_contents: Store,
    known: Vec<OfModule>,
    /// Of each module of the project: its place among the known ones. Copies of one module share a place.
    places: Vec<usize>,
    contents: Contents<'r>,
    /// Of each plan of the survey; none where a pack can't be told from another one.
    plans: Vec<Option<Digest>>,
    today: u32,
}

impl<'r> Results<'r> {
    /// For a run; none where nothing is to be kept.
    pub(crate) fn open(options: &'r EngineOptions, snapshot: &'r Snapshot, survey: &'r Survey) -> Option<Self> {
        let cache = options.cache_folder.as_deref()?;
        let (store_of_results, store_of_contents) = (Store::of_results(cache), Store::of_contents(cache));
        let log = &*options.log;
        let modules = &snapshot.project.modules;
        let mut names: Vec<Digest> = modules.iter().map(name_of_results).collect();
        let all = names.clone();
        names.sort();
        names.dedup();
        let read =
            |name: Digest| OfModule { name, known: told(log, store_of_results.read(name)), found: Mutex::default() };
        let known: Vec<OfModule> = names.par_iter().copied().map(read).collect();
        let places = all.iter().map(|name| names.binary_search(name).unwrap_or_default()).collect();
        let contents: Vec<Known> =
            modules.par_iter().map(|module| told(log, store_of_contents.read(name_of_contents(module)))).collect();
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Some(Results {
            snapshot,
            log,
            store_of_results,
            store_of_contents,
            known,
            places,
            contents: Contents::new(&snapshot.project, contents),
            plans: survey.plans.iter().map(|plan| digest_of_plan(plan, survey, options)).collect(),
            today: (since_1970.as_secs() / (24 * 60 * 60)) as u32,
        })
    }

    /// Where the file's result stands; none for files whose results are not kept.
    pub(crate) fn place(&self, turn: Turn<'_>) -> Option<Place> {
        // Loose files belong to no module, and are few.
        let module = self.snapshot.project.folder_of(turn.entry).module?;
        Some(Place { module: self.places[module], key: self.key(turn)? })
    }

    /// The result of an earlier run, if it stands.
    pub(crate) fn look_up(&self, turn: Turn<'_>, place: Place) -> Option<FileResult> {
        let entry = self.known[place.module].known.get(&place.key)?;
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
                    self.look_for_lies(turn);
                }
                Some(folder)
            }
        };
        let pack = |number: u32| Some(turn.plan.packs.get(number as usize)?.pack);
        let mut result = entry.result(folder_shown(turn), pack)?;
        if entry.has_findings() {
            let source = turn.folder.content(turn.index).ok()?;
            if Some(Digest::of(source)) != self.content(turn) {
                self.contents.doubt(turn.place);
                return None;
            }
            result.source = Some(Arc::clone(source));
        }
        self.use_again(place, entry, stands_on);
        Some(result)
    }

    /// A result stays as long as it is used.
    fn use_again(&self, place: Place, entry: &Entry, folder: Option<Digest>) {
        let before = entry.dependencies.as_ref().map(|dependencies| dependencies.folder);
        if entry.day == self.today && before == folder {
            return;
        }
        let mut entry = entry.clone();
        entry.day = self.today;
        if let (Some(dependencies), Some(folder)) = (&mut entry.dependencies, folder) {
            dependencies.folder = folder;
        }
        self.put(place, entry);
    }

    /// Keeps a result that was just found, with what it depended on.
    pub(crate) fn keep(&self, turn: Turn<'_>, place: Place, result: &FileResult, answers: &[(Question, u64)]) {
        if !answers.is_empty() {
            self.look_for_lies(turn);
        }
        let dependencies = (!answers.is_empty()).then(|| Dependencies {
            folder: self.folder(turn),
            answers: answers.iter().map(|(question, hash)| (Asked::from(question), *hash)).collect(),
        });
        let pack = |number| turn.plan.packs.iter().position(|pack| pack.pack == number).map(|place| place as u32);
        if let Some(entry) = Entry::new(result, dependencies, self.today, folder_shown(turn), pack) {
            self.put(place, entry);
        }
    }

    /// Answers are about what was read, the digest of the folder may be about what was there before.
    fn look_for_lies(&self, turn: Turn<'_>) {
        let files = self.snapshot.project.folders[turn.entry.folder].files.clone();
        for (index, file) in files.enumerate() {
            let Some(content) = turn.folder.content_so_far(index) else { continue };
            if self.contents.is_remembered_as_other(file, content) {
                self.contents.doubt(file);
            }
        }
    }

    fn put(&self, place: Place, entry: Entry) {
        self.known[place.module].found.lock().unwrap_or_else(PoisonError::into_inner).insert(place.key, entry);
    }

    /// Writes what is new. Without results where some of them may be wrong: `sound` says that no pack was turned off.
    pub(crate) fn save(self, sound: bool) {
        let modules = &self.snapshot.project.modules;
        let news = self.contents.news();
        if !news.is_empty() {
            news.into_par_iter().for_each(|(module, known)| {
                tell(self.log, self.store_of_contents.write(name_of_contents(&modules[module]), &known));
            });
            tell(self.log, self.store_of_contents.prune());
        }
        if !sound || self.contents.is_doubtful() {
            return;
        }
        let (store, today) = (&self.store_of_results, self.today);
        let known = self.known.into_par_iter().filter_map(|OfModule { name, found, .. }| {
            let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
            (!found.is_empty()).then_some((name, found))
        });
        let written = known.map(|(name, found)| {
            // Another run may have written meanwhile.
            let mut entries: Entries = store.read(name).ok().flatten().unwrap_or_default();
            entries.retain(|_, entry| entry.day + MAX_AGE >= today);
            entries.extend(found);
            tell(self.log, store.write(name, &entries));
        });
        if written.count() > 0 {
            tell(self.log, store.prune());
        }
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

/// Where a result stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Among the known modules.
    module: usize,
    key: Digest,
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
    parts = parts.number(plan.configuration.aliases.len() as u64);
    for Alias { name, rule } in &plan.configuration.aliases {
        parts = parts.bytes(name.as_bytes()).bytes(rule.as_bytes());
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
