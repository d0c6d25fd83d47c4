//! Applies fixes: rounds of checking and patching over an overlay, until nothing changes, and then each file once.
//! It never applies overlapping edits in one round, never touches a file that was not checked, and never keeps a change
//! that adds syntax errors.

mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{Applicability, Diagnostic, Fix, patch};
use golint_project::Overlay;

use crate::engine::{Engine, Outcome, Target, UsageError};
use crate::{Control, Snapshot};

pub use write::{WriteError, write};

/// A fix that only moves the problem would go on for ever.
const MOST_ROUNDS: usize = 10;

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixLevel {
    /// Those that keep the meaning of the code, or make it what was certainly meant.
    Safe,
    /// Those that may change it, too.
    Unsafe,
}

impl FixLevel {
    fn takes(self, fix: &Fix) -> bool {
        match fix.applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => self == FixLevel::Unsafe,
            Applicability::DisplayOnly => false,
        }
    }
}

/// What fixing came to. Nothing is written yet: see [`write`].
pub struct Fixed {
    /// What is found in the fixed files.
    pub outcome: Outcome,
    /// The files that differ from what was read, sorted by path.
    pub changes: Vec<Change>,
    /// How many findings were fixed.
    pub applied: usize,
    /// How many rounds changed something.
    pub rounds: usize,
}

/// A file before and after.
#[derive(Clone, Debug)]
pub struct Change {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// As findings name it.
    pub shown: Arc<str>,
    /// The bytes that were checked first.
    pub before: Arc<[u8]>,
    /// The bytes with the fixes.
    pub after: Arc<[u8]>,
}

impl Engine {
    /// Checks the files and fixes what can be fixed, in memory.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn fix(
        &self,
        snapshot: &Snapshot,
        files: &[Target],
        level: FixLevel,
        control: &Control,
    ) -> Result<Fixed, UsageError> {
        let mut outcome = self.check(snapshot, files, control)?;
        let mut changes = BTreeMap::<Utf8PathBuf, Change>::new();
        let (mut applied, mut rounds) = (0, 0);
        while rounds < MOST_ROUNDS && !control.is_cancelled() {
            let now = fixed_snapshot(snapshot, &changes);
            let patched = patch_files(&outcome.report.diagnostics, files, &now, level, |path| self.shown(path));
            if patched.is_empty() {
                break;
            }
            rounds += 1;
            let mut folders = BTreeSet::new();
            for (change, count) in patched {
                applied += count;
                folders.extend(change.path.parent().map(Utf8Path::to_owned));
                let first = changes.entry(change.path.clone()).or_insert_with(|| change.clone());
                first.after = change.after;
            }
            // A name that changed in one file may change what is found in the others of its package.
            let again: Vec<Target> =
                files.iter().filter(|t| t.path.parent().is_some_and(|f| folders.contains(f))).cloned().collect();
            outcome = self.check(&fixed_snapshot(snapshot, &changes), &again, control)?;
        }
        if rounds > 0 {
            outcome = self.check(&fixed_snapshot(snapshot, &changes), files, control)?;
        }
        changes.retain(|_, change| change.before != change.after);
        Ok(Fixed { outcome, changes: changes.into_values().collect(), applied, rounds })
    }
}

fn fixed_snapshot(snapshot: &Snapshot, changes: &BTreeMap<Utf8PathBuf, Change>) -> Snapshot {
    let mut files = Overlay::new(snapshot.files.clone());
    for change in changes.values() {
        files.insert(change.path.clone(), change.after.clone());
    }
    Snapshot { files: Arc::new(files), project: snapshot.project.clone() }
}

/// One round: for each file that has fixes, what becomes of it and how many findings that takes care of. Files that stay
/// as they are do not appear.
fn patch_files(
    diagnostics: &[Diagnostic],
    files: &[Target],
    snapshot: &Snapshot,
    level: FixLevel,
    shown: impl Fn(&Utf8Path) -> Arc<str>,
) -> Vec<(Change, usize)> {
    let mut fixes = BTreeMap::<&str, Vec<&Fix>>::new();
    for diagnostic in diagnostics {
        // One fix is enough for a finding; a rule lists the best one first.
        if let Some(fix) = diagnostic.fixes.iter().find(|fix| level.takes(fix)) {
            fixes.entry(diagnostic.path()).or_default().push(fix);
        }
    }
    if fixes.is_empty() {
        return Vec::new();
    }
    let mut patched = Vec::new();
    for target in files {
        let shown = shown(&target.path);
        let Some(fixes) = fixes.get(&*shown) else { continue };
        let Ok(before) = snapshot.files.read(&target.path) else { continue };
        if let Some((after, count)) = patch_file(&shown, &before, fixes) {
            patched.push((Change { path: target.path.clone(), shown, before, after: after.into() }, count));
        }
    }
    patched
}

/// None where nothing changes.
fn patch_file(shown: &str, before: &[u8], fixes: &[&Fix]) -> Option<(Vec<u8>, usize)> {
    let fixes: Vec<Fix> = fixes.iter().map(|fix| with_line_ends_of(before, fix)).collect();
    let errors = golint_syntax::parse(before).syntax_errors;
    let worse = |bytes: &[u8]| golint_syntax::parse(bytes).syntax_errors > errors;
    let all = patch::apply_fixes(shown, before, &fixes);
    let (bytes, count) = if worse(&all.bytes) {
        // One of them breaks the file: those that don't by themselves, as long as they don't together.
        let harmless = fixes.iter().filter(|fix| !worse(&patch::apply_fixes(shown, before, [*fix]).bytes));
        let some = patch::apply_fixes(shown, before, harmless);
        if worse(&some.bytes) {
            return None;
        }
        (some.bytes, some.applied.len())
    } else {
        (all.bytes, all.applied.len())
    };
    (bytes != before).then_some((bytes, count))
}

/// Rules write their edits with LF; a file that has CRLF keeps having it.
fn with_line_ends_of(source: &[u8], fix: &Fix) -> Fix {
    let mut fix = fix.clone();
    let first_end = memchr::memchr(b'\n', source);
    if first_end.is_some_and(|i| i > 0 && source[i - 1] == b'\r') {
        for edit in &mut fix.edits {
            edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
    }
    fix
}

#[cfg(test)]
mod tests {
    use golint_diagnostics::{Edit, Location, Span};

    use super::*;

    fn insert(at: u32, text: &str) -> Fix {
        let location = Location::new("a.go", Span::new(at, at));
        Fix { title: "t".into(), applicability: Applicability::Safe, edits: vec![Edit { location, text: text.into() }] }
    }

    #[test]
    fn line_ends_follow_the_file() {
        let (after, _) = patch_file("a.go", b"package p\r\n", &[&insert(11, "var x int\n")]).expect("a change");
        assert_eq!(after, b"package p\r\nvar x int\r\n");
        let (after, _) = patch_file("a.go", b"package p\n", &[&insert(10, "var x int\n")]).expect("a change");
        assert_eq!(after, b"package p\nvar x int\n");
    }

    #[test]
    fn what_breaks_a_file_is_left_out() {
        let (good, bad) = (insert(10, "var x int\n"), insert(0, "func {"));
        let (after, count) = patch_file("a.go", b"package p\n", &[&bad, &good]).expect("a change");
        assert_eq!((after.as_slice(), count), (&b"package p\nvar x int\n"[..], 1));
        assert!(patch_file("a.go", b"package p\n", &[&bad]).is_none());
    }

    #[test]
    fn equal_edits_are_one() {
        let fix = insert(10, "var x int\n");
        let (after, count) = patch_file("a.go", b"package p\n", &[&fix, &fix.clone()]).expect("a change");
        assert_eq!((after.as_slice(), count), (&b"package p\nvar x int\n"[..], 2));
    }

    #[test]
    fn levels_take_what_they_say() {
        let mut fix = insert(0, "x");
        for (applicability, safe, risky) in [
            (Applicability::Safe, true, true),
            (Applicability::Unsafe, false, true),
            (Applicability::DisplayOnly, false, false),
        ] {
            fix.applicability = applicability;
            assert_eq!((FixLevel::Safe.takes(&fix), FixLevel::Unsafe.takes(&fix)), (safe, risky));
        }
    }
}
