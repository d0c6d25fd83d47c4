//! What is new since another state of the code: findings on lines that changed, and findings elsewhere that were not there
//! before, because something that they depend on changed. Only files that a change can reach are checked, and of the state
//! before only those in which that is in doubt.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{Diagnostic, LineIndex, Sources};
use golint_project::path::is_code;
use golint_project::{Changes, FileChange, FileEntry, FileSystem, Listing, Metadata, Options};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::baseline;
use crate::catalog::is_failure;
use crate::outcome::RunSources;
use crate::{Control, Engine, Outcome, Remark, Snapshot, Target, UsageError};

/// The state with which another one is compared.
pub struct Since {
    /// What changed from then to now.
    pub changes: Changes,
    /// The files as they were.
    pub before: Arc<dyn FileSystem>,
    /// How the files of now were looked for.
    pub options: Options,
    /// All lines of a file that changed count as changed.
    pub whole_files: bool,
}

impl Engine {
    /// As [`Engine::check`], with what is new since then. What went wrong in the run is told as ever.
    ///
    /// Configuration and packs are those of now for both states: what is compared is code.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn check_since(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        since: &Since,
        control: &Control,
    ) -> Result<Outcome, UsageError> {
        let reach = Reach::of(&since.changes);
        let by_path: FxHashMap<&Utf8Path, &FileEntry> =
            snapshot.project.selected().map(|(_, file)| (&*file.path, file)).collect();
        let is_reached = |target: &&Target| by_path.get(&*target.path).is_some_and(|file| reach.includes(&file.path));
        let targets: Vec<Target> = files.iter().filter(is_reached).cloned().collect();
        let mut outcome = self.check(snapshot, &targets, control)?;

        let shown: FxHashMap<&str, &Target> =
            targets.iter().filter_map(|target| Some((by_path.get(&*target.path)?.display.as_str(), target))).collect();
        let is_new = |path: &str, lines: Range<u32>| match shown.get(path) {
            Some(target) => since.is_new(&target.path, lines),
            // golint.toml and the like.
            None => true,
        };
        let mut lines = Lines::of(&outcome.sources);
        let found = std::mem::take(&mut outcome.report.diagnostics);
        let (mut new, doubtful): (Vec<Diagnostic>, Vec<Diagnostic>) = found
            .into_iter()
            .partition(|finding| is_failure(&finding.rule) || is_new(finding.path(), lines.covered_by(finding)));
        if !doubtful.is_empty() {
            let target_of = |finding: &Diagnostic| shown.get(&**finding.path()).copied();
            let (mut known, trouble) =
                self.known_before(snapshot, since, doubtful.iter().filter_map(target_of), control)?;
            // Without the state before whole, what is new is not known either.
            outcome.incomplete |= !trouble.is_empty();
            new.extend(trouble);
            let mut is_known = |finding: &Diagnostic| {
                let path = &target_of(finding)?.path;
                let (line, column) = lines.start_of(finding);
                let change = since.changes.of(path);
                let (before, line) = match change {
                    Some(change) => (change.before.as_deref()?, change.line_before(line)?),
                    None => (&**path, line),
                };
                let places = known.get_mut(&(before.to_owned(), Arc::clone(&finding.rule)))?;
                let place = places.iter().position(|&place| place == (line, column))?;
                places.swap_remove(place);
                Some(())
            };
            new.extend(doubtful.into_iter().filter(|finding| is_known(finding).is_none()));
            new.sort();
        }
        outcome.report.silent.retain(|(finding, _)| is_new(finding.path(), lines.covered_by(finding)));
        outcome.remarks.retain(|Remark { path, line, .. }| is_new(path, *line..line + 1));
        outcome.report.summary.diagnostics = new.len() as u64;
        outcome.report.diagnostics = new;
        outcome.report.count_silent();
        Ok(outcome)
    }

    /// What was found in files before, and what went wrong there.
    fn known_before<'t>(
        &self,
        snapshot: &Snapshot,
        since: &Since,
        targets: impl Iterator<Item = &'t Target>,
        control: &Control,
    ) -> Result<(Known, Vec<Diagnostic>), UsageError> {
        let before = |target: &Target| match since.changes.of(&target.path) {
            Some(change) => Some(Target { path: change.before.clone()?, named: target.named }),
            None => Some(target.clone()),
        };
        let targets: BTreeSet<Target> = targets.filter_map(before).collect();
        let files: Arc<dyn FileSystem> =
            Arc::new(CodeOfThen::new(&since.changes, Arc::clone(&since.before), Arc::clone(&snapshot.files)));
        let patterns: Vec<String> = targets.iter().map(|target| target.path.to_string()).collect();
        // What is not there has no findings.
        let (project, _) = golint_project::load(&*files, &patterns, &since.options);
        let snapshot = Snapshot { files, project: Arc::new(project) };
        let paths: FxHashMap<&str, &Utf8Path> =
            snapshot.project.selected().map(|(_, file)| (file.display.as_str(), &*file.path)).collect();
        let targets: Vec<Target> = targets.into_iter().collect();
        let checked = self.run(&snapshot, &targets, control, None)?;
        // Baselines and reports of others speak of the state of now.
        let outcome = self.outcome_without(&snapshot, checked, baseline::Known::default());
        let is_trouble = |finding: &&Diagnostic| is_failure(&finding.rule);
        let told = |finding: &Diagnostic| {
            let note = "in the state before, with which this one is compared".to_owned();
            Diagnostic { notes: finding.notes.iter().cloned().chain([note]).collect(), ..finding.clone() }
        };
        let trouble = outcome.report.diagnostics.iter().filter(is_trouble).map(told).collect();
        let mut lines = Lines::of(&outcome.sources);
        let mut known = Known::default();
        for finding in &outcome.report.diagnostics {
            let Some(path) = paths.get(&**finding.path()) else { continue };
            let key = ((*path).to_owned(), Arc::clone(&finding.rule));
            known.entry(key).or_default().push(lines.start_of(finding));
        }
        Ok((known, trouble))
    }
}

/// By path, as it was, and rule: lines and columns.
type Known = FxHashMap<(Utf8PathBuf, Arc<str>), Vec<(u32, u32)>>;

impl Since {
    /// Whether these lines of a file count as changed.
    fn is_new(&self, path: &Utf8Path, lines: Range<u32>) -> bool {
        self.changes.of(path).is_some_and(|change| self.whole_files || change.touches(lines))
    }
}

/// Where findings stand, as lines and columns.
struct Lines<'a> {
    sources: &'a RunSources,
    indexes: FxHashMap<Arc<str>, Option<LineIndex>>,
}

impl<'a> Lines<'a> {
    fn of(sources: &'a RunSources) -> Lines<'a> {
        Lines { sources, indexes: FxHashMap::default() }
    }

    fn position(&mut self, path: &Arc<str>, offset: u32) -> (u32, u32) {
        let read = || self.sources.source(path).map(|source| LineIndex::new(&source));
        let index = self.indexes.entry(Arc::clone(path)).or_insert_with(read);
        index.as_ref().map_or((1, 1), |index| {
            let at = index.line_column(offset);
            (at.line, at.column)
        })
    }

    /// Line and column, from 1.
    fn start_of(&mut self, finding: &Diagnostic) -> (u32, u32) {
        self.position(finding.path(), finding.span().start)
    }

    fn covered_by(&mut self, finding: &Diagnostic) -> Range<u32> {
        let last = finding.span().end.saturating_sub(1).max(finding.span().start);
        self.start_of(finding).0..self.position(finding.path(), last).0 + 1
    }
}

/// Which files a change can reach. The model looks into no other folder; go.mod and go.work say how code is read.
#[derive(Default)]
struct Reach {
    folders: FxHashSet<Utf8PathBuf>,
    trees: FxHashSet<Utf8PathBuf>,
    everything: bool,
}

impl Reach {
    fn of(changes: &Changes) -> Reach {
        let mut reach = Reach::default();
        let sides = |change: &'_ FileChange| [change.before.clone(), change.after.clone()];
        for path in changes.files().iter().flat_map(sides).flatten() {
            let Some(folder) = path.parent() else { continue };
            match path.file_name() {
                Some("go.mod") => _ = reach.trees.insert(folder.to_owned()),
                Some("modules.txt") => reach.trees.extend(folder.parent().map(Utf8Path::to_owned)),
                Some("go.work") => reach.everything = true,
                _ if path.extension() == Some("go") => _ = reach.folders.insert(folder.to_owned()),
                _ => {}
            }
        }
        reach
    }

    fn includes(&self, path: &Utf8Path) -> bool {
        self.everything
            || path.parent().is_some_and(|folder| self.folders.contains(folder))
            || path.ancestors().any(|above| self.trees.contains(above))
    }
}

/// Code as it was, with the configuration and packs of now. What then had no record of, as files that git ignores, was as it
/// is.
struct CodeOfThen {
    then: Arc<dyn FileSystem>,
    now: Arc<dyn FileSystem>,
    /// Paths that are new.
    created: FxHashSet<Utf8PathBuf>,
}

impl CodeOfThen {
    fn new(changes: &Changes, then: Arc<dyn FileSystem>, now: Arc<dyn FileSystem>) -> CodeOfThen {
        let is_created = |change: &&FileChange| change.before != change.after;
        let created = changes.files().iter().filter(is_created).filter_map(|change| change.after.clone());
        CodeOfThen { then, now, created: created.collect() }
    }

    /// The one to ask about a path.
    fn side(&self, path: &Utf8Path) -> &dyn FileSystem {
        let is_then = self.created.contains(path) || self.then.metadata(path).is_ok();
        if is_code(path) && is_then { &*self.then } else { &*self.now }
    }
}

impl FileSystem for CodeOfThen {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        self.side(path).read(path)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        // Folders that are gone held code.
        self.side(path).metadata(path).or_else(|_| self.then.metadata(path))
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        let Ok(mut listing) = self.then.read_dir(path) else { return self.now.read_dir(path) };
        let Ok(now) = self.now.read_dir(path) else { return Ok(listing) };
        let known: FxHashSet<String> = listing.entries.iter().map(|entry| entry.name.clone()).collect();
        let is_new = |name: &str| known.contains(name) || self.created.contains(&path.join(name));
        listing.entries.extend(now.entries.into_iter().filter(|entry| !is_new(&entry.name)));
        listing.entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(listing)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.then.canonicalize(path).or_else(|_| self.now.canonicalize(path))
    }
}
