//! Which findings the entries of a baseline stand for. First those in the file that an entry names, then those that were
//! moved: to a declaration of another name where the old one is gone, or to another file where the old one has it no longer.
//! Does not depend on the order of anything.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::Diagnostic;
use golint_project::path::{absolute, relative};
use golint_syntax::Landmarks;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Baseline, Entry, text};
use crate::Snapshot;
use crate::catalog::UNUSED_SUPPRESSION;
use crate::engine::Checked;
use crate::outcome::FileResult;

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stands for a finding.
    Found,
    /// What it stood for is gone.
    Gone,
    /// Nobody looked where it would be.
    Open,
}

/// What is known of findings and entries.
pub(super) struct Matched {
    /// Files and findings, by their places in the project and in the results of the file.
    pub(super) known: Vec<(usize, usize)>,
    /// Of each entry.
    pub(super) fates: Vec<Fate>,
}

/// A finding of a file, as an entry has it.
pub(super) struct Found {
    file: usize,
    /// Its place in the results of the file.
    finding: usize,
    pub(super) entry: Entry,
}

/// Whether a finding may be known: what is told of the run itself never is.
pub(super) fn is_of_code(finding: &Diagnostic, pack: Option<usize>) -> bool {
    pack.is_some() || *finding.rule == *UNUSED_SUPPRESSION
}

/// The findings in these files, by file and place.
pub(super) fn found(
    baseline: &Baseline,
    files: impl Iterator<Item = usize>,
    checked: &Checked,
    snapshot: &Snapshot,
) -> (Vec<Found>, FxHashMap<usize, Landmarks>) {
    let with_findings = files.filter_map(|file| Some((file, checked.results.get(&file)?)));
    let with_findings: Vec<(usize, &FileResult)> =
        with_findings.filter(|(_, result)| !result.findings.is_empty()).collect();
    let of_file = |&(file, result): &(usize, &FileResult)| {
        let landmarks = Landmarks::of(result.source.as_deref()?);
        let path = relative(baseline.folder(), &snapshot.project.files[file].path);
        let findings = result.findings.iter().enumerate().filter(|(_, (finding, pack))| is_of_code(finding, *pack));
        let mut found: Vec<(u32, Found)> = findings
            .map(|(place, (finding, _))| {
                let start = finding.span().start;
                let entry = Entry {
                    path: path.clone(),
                    rule: finding.rule.to_string(),
                    declaration: landmarks.declaration(start as usize).to_owned(),
                    code: text::code(landmarks.code(start as usize)),
                };
                (start, Found { file, finding: place, entry })
            })
            .collect();
        // Of equal ones the first are the known ones.
        found.sort_by(|(a, x), (b, y)| (a, &x.entry.rule, x.finding).cmp(&(b, &y.entry.rule, y.finding)));
        Some((found.into_iter().map(|(_, found)| found).collect::<Vec<_>>(), (file, landmarks)))
    };
    let all: Vec<_> = with_findings.par_iter().filter_map(of_file).collect();
    let (found, landmarks): (Vec<_>, FxHashMap<_, _>) = all.into_iter().unzip();
    (found.into_iter().flatten().collect(), landmarks)
}

/// Matches the findings in these files with a baseline.
pub(super) fn matching(
    baseline: &Baseline,
    files: impl Iterator<Item = usize>,
    checked: &Checked,
    snapshot: &Snapshot,
) -> Matched {
    let files: Vec<usize> = files.collect();
    let (found, landmarks) = found(baseline, files.iter().copied(), checked, snapshot);
    let mut matcher = Matcher {
        baseline,
        checked,
        snapshot,
        is_partial: checked.baselines.narrowed || checked.is_incomplete(),
        looked_at: files
            .iter()
            .map(|&file| (relative(baseline.folder(), &snapshot.project.files[file].path), file))
            .collect(),
        landmarks,
        others: FxHashMap::default(),
        fates: vec![Fate::Open; baseline.entries.len()],
        known: Vec::new(),
    };
    let rest = matcher.in_place(found.iter().collect());
    let rest = matcher.renamed(rest);
    matcher.moved(rest);
    matcher.judge_the_rest();
    Matched { known: matcher.known, fates: matcher.fates }
}

struct Matcher<'m> {
    baseline: &'m Baseline,
    checked: &'m Checked,
    snapshot: &'m Snapshot,
    /// Whether there may be findings that the run does not show.
    is_partial: bool,
    /// By path as in entries: files with this baseline that the run looked at, or wanted to.
    looked_at: BTreeMap<String, usize>,
    /// Of those of them that have findings.
    landmarks: FxHashMap<usize, Landmarks>,
    /// Of other files, by path as in entries; none for those that are not there.
    others: FxHashMap<String, Option<Landmarks>>,
    fates: Vec<Fate>,
    known: Vec<(usize, usize)>,
}

type Open<'f> = Vec<&'f Found>;

impl Matcher<'_> {
    fn take(&mut self, entry: usize, found: &Found) {
        self.fates[entry] = Fate::Found;
        self.known.push((found.file, found.finding));
    }

    /// Hands each finding to the first entry that is open under the same key. The findings that are left.
    fn pair<'f, K: std::hash::Hash + Eq>(
        &mut self,
        found: Open<'f>,
        entries: &[(K, usize)],
        key: impl Fn(&'f Found) -> K,
    ) -> Open<'f> {
        let mut open: FxHashMap<&K, Vec<usize>> = FxHashMap::default();
        for (key, entry) in entries.iter().rev() {
            open.entry(key).or_default().push(*entry);
        }
        let mut rest = Vec::new();
        for found in found {
            match open.get_mut(&key(found)).and_then(Vec::pop) {
                Some(entry) => self.take(entry, found),
                None => rest.push(found),
            }
        }
        rest
    }

    fn open(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let all = self.baseline.entries.iter().enumerate();
        all.filter(|(place, _)| self.fates[*place] == Fate::Open)
    }

    /// Those that are where they were.
    fn in_place<'f>(&mut self, found: Open<'f>) -> Open<'f> {
        if found.is_empty() {
            return found;
        }
        let baseline = self.baseline;
        let entries: Vec<(&Entry, usize)> = baseline.entries.iter().zip(0..).collect();
        self.pair(found, &entries, |found| &found.entry)
    }

    /// Those in a declaration that was called otherwise. While there is one of the old name, what is in another one is new.
    fn renamed<'f>(&mut self, found: Open<'f>) -> Open<'f> {
        if found.is_empty() {
            return found;
        }
        type Key<'k> = (&'k str, &'k str, &'k str);
        fn key(entry: &Entry) -> Key<'_> {
            (&entry.path, &entry.rule, &entry.code)
        }
        let baseline = self.baseline;
        let is_gone = |entry: &Entry| {
            let file = self.looked_at.get(&entry.path)?;
            Some(!self.landmarks.get(file)?.declares(&entry.declaration))
        };
        let open = self.open().map(|(place, _)| place).collect::<Vec<_>>().into_iter();
        let gone = open.filter(|&place| is_gone(&baseline.entries[place]) == Some(true));
        let entries: Vec<(Key<'_>, usize)> = gone.map(|place| (key(&baseline.entries[place]), place)).collect();
        self.pair(found, &entries, |found| key(&found.entry))
    }

    /// Those that were in another file.
    fn moved<'f>(&mut self, found: Open<'f>) {
        if found.is_empty() {
            return;
        }
        type Key<'k> = (&'k str, &'k str, &'k str);
        fn key(entry: &Entry) -> Key<'_> {
            (&entry.rule, &entry.declaration, &entry.code)
        }
        let wanted: FxHashSet<Key<'_>> = found.iter().map(|found| key(&found.entry)).collect();
        let baseline = self.baseline;
        let mut by_entry: BTreeMap<&Entry, Vec<usize>> = BTreeMap::new();
        let open: Vec<usize> = self.open().map(|(place, _)| place).collect();
        for place in open.into_iter().filter(|&place| wanted.contains(&key(&baseline.entries[place]))) {
            by_entry.entry(&baseline.entries[place]).or_default().push(place);
        }
        let mut entries = Vec::new();
        for (entry, places) in by_entry {
            // What is there still was not moved.
            let still_there = if self.is_judged(entry) { 0 } else { self.count(entry) };
            entries.extend(places.into_iter().skip(still_there).map(|place| (key(entry), place)));
        }
        self.pair(found, &entries, |found| key(&found.entry));
    }

    /// Whether the finding of an entry would have been found, were it where it was.
    fn is_judged(&self, entry: &Entry) -> bool {
        let baselines = &self.checked.baselines;
        !self.is_partial
            && self.looked_at.get(&entry.path).is_some_and(|&file| {
                let is_checked = self.checked.results.get(&file).is_some_and(|result| result.state.is_checked());
                is_checked && baselines.is_on(file, &entry.rule)
            })
    }

    /// How often a file has what an entry says, found or not.
    fn count(&mut self, entry: &Entry) -> usize {
        if !self.others.contains_key(&entry.path) {
            let path = absolute(self.baseline.folder(), &entry.path);
            let landmarks = self.snapshot.files.read(&path).ok().map(|source| Landmarks::of(&source));
            self.others.insert(entry.path.clone(), landmarks);
        }
        let landmarks = self.others.get(&entry.path).and_then(Option::as_ref);
        landmarks.map_or(0, |landmarks| landmarks.count(&entry.declaration, |line| text::code(line) == entry.code))
    }

    /// Entries that stand for nothing: gone if somebody looked where they would be.
    fn judge_the_rest(&mut self) {
        if self.is_partial {
            return;
        }
        let paths = self.looked_at.values().map(|&file| self.snapshot.project.files[file].path.as_path());
        let top = self.baseline.folder();
        let mut folders = Folders::new(self.snapshot, paths);
        for place in 0..self.fates.len() {
            let entry = &self.baseline.entries[place];
            if self.fates[place] != Fate::Open {
                continue;
            }
            if self.is_judged(entry) || folders.lost(&absolute(top, &entry.path), top) {
                self.fates[place] = Fate::Gone;
            }
        }
    }
}

/// Where files were looked at.
struct Folders<'m> {
    snapshot: &'m Snapshot,
    /// Those of the files.
    seen: BTreeSet<&'m Utf8Path>,
    /// With those above them.
    above: BTreeSet<&'m Utf8Path>,
    /// Whether a folder has Go files, as far as somebody asked.
    with_files: FxHashMap<Utf8PathBuf, bool>,
}

impl<'m> Folders<'m> {
    fn new(snapshot: &'m Snapshot, files: impl Iterator<Item = &'m Utf8Path>) -> Self {
        let seen: BTreeSet<&Utf8Path> = files.filter_map(Utf8Path::parent).collect();
        let above = seen.iter().flat_map(|folder| folder.ancestors()).collect();
        Folders { snapshot, seen, above, with_files: FxHashMap::default() }
    }

    /// Whether a file is gone from a place that was looked at: its folder, or the next one above that has Go files, where
    /// the file and its folder went together. `top` is where the search ends.
    fn lost(&mut self, path: &Utf8Path, top: &Utf8Path) -> bool {
        let files = &self.snapshot.files;
        let is_gone = |error: &std::io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
        if !files.metadata(path).is_err_and(|error| is_gone(&error)) {
            return false;
        }
        for folder in path.ancestors().skip(1) {
            let has_files = self.with_files.entry(folder.to_owned()).or_insert_with(|| {
                let listing = files.read_dir(folder).unwrap_or_default();
                listing.entries.iter().any(|entry| entry.name.ends_with(".go"))
            });
            if *has_files || self.seen.contains(folder) {
                return self.seen.contains(folder);
            }
            if folder == top {
                return self.above.contains(folder);
            }
        }
        false
    }
}
