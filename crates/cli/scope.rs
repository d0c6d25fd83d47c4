//! What of the files counts: all, what is staged, or what is new. Asks git, through golint-project, where that is needed.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Control, Engine, Outcome, Since, Snapshot, Target};
use golint_project::git::{Repository, Side};
use golint_project::path::{absolute, is_code, relative};
use golint_project::{Changes, FileSystem, Folder, Options, Overlay, Problem};

use crate::arguments::{self, CheckArguments};
use crate::input::{self, Input};

/// What the arguments say of it.
#[derive(Default)]
pub(crate) struct Scope {
    /// Files that are staged; none where that does not matter.
    staged: Option<BTreeSet<Utf8PathBuf>>,
    since: Option<Since>,
    /// Which part of how many.
    shard: Option<(u32, u32)>,
}

impl Scope {
    /// Looks at the repository, if it must, and lays what is staged over the input's files.
    pub(crate) fn new(arguments: &CheckArguments, input: &mut Input, options: &Options) -> Result<Scope> {
        let arguments::Scope { staged, new_from_rev, new_from_merge_base, new_from_patch, whole_files, .. } =
            &arguments.scope;
        let folder = &options.cwd;
        if input.standard_input.is_some() && (*staged || new_from_rev.is_some() || new_from_merge_base.is_some()) {
            bail!("standard input is no file that git knows: `-` goes with none of --staged and --new-from-…");
        }
        let mut scope = Scope { shard: arguments.scope.shard, ..Scope::default() };
        if let Some(path) = new_from_patch {
            scope.since = Some(since_patch(path.as_os_str(), input, options, *whole_files)?);
            return Ok(scope);
        }
        if !staged && new_from_rev.is_none() && new_from_merge_base.is_none() {
            return Ok(scope);
        }
        let repository = Repository::find(folder)?;
        let side = if *staged { Side::Index } else { Side::WorkTree };
        if *staged {
            let (index, unsettled) = repository.index()?;
            for path in unsettled.iter().filter(|path| path.ends_with(".go")) {
                let shown = relative(folder, &absolute(repository.root(), path));
                let problem = Problem::incomplete(format!("{shown} is not checked: its merge has conflicts"));
                input.problems.push(problem.help("settle them, and stage the file"));
            }
            input.files = Arc::new(index);
            let changes = repository.changes(None, Side::Index)?;
            scope.staged = Some(changes.files().iter().filter_map(|file| file.after.clone()).collect());
        }
        let revision = match (new_from_rev, new_from_merge_base) {
            (Some(revision), _) => Some(repository.resolve(revision)?),
            (None, Some(branch)) => Some(repository.merge_base(branch)?),
            (None, None) => None,
        };
        if let Some(revision) = revision {
            let before: Arc<dyn FileSystem> = Arc::new(repository.commit(&revision)?);
            let changes = repository.changes(Some(&revision), side)?;
            scope.since = Some(Since { changes, before, options: options.clone(), whole_files: *whole_files });
        }
        Ok(scope)
    }

    /// The files of a snapshot that may have to be checked.
    pub(crate) fn targets(&self, snapshot: &Snapshot) -> Vec<Target> {
        let mut targets = snapshot.targets();
        // What is new in the index may be in files that are not staged: a staged go.mod reaches them.
        if let (Some(staged), None) = (&self.staged, &self.since) {
            targets.retain(|target| staged.contains(&target.path));
        }
        if let Some((part, parts)) = self.shard {
            let folders: HashMap<&Utf8Path, &Folder> =
                snapshot.project.folders.iter().map(|folder| (&*folder.path, folder)).collect();
            let folder_of = |target: &Target| target.path.parent().and_then(|folder| folders.get(folder));
            targets.retain(|target| folder_of(target).is_none_or(|folder| part_of(folder, parts) == part - 1));
        }
        targets
    }

    /// Checks them.
    pub(crate) fn check(
        &self,
        engine: &Engine,
        snapshot: &Snapshot,
        targets: &[Target],
        control: &Control,
    ) -> Result<Outcome> {
        Ok(match &self.since {
            Some(since) => engine.check_since(snapshot, targets, since, control)?,
            None => engine.check(snapshot, targets, control)?,
        })
    }

    /// Said where somebody may have forgotten something.
    pub(crate) fn nothing_staged(&self, targets: &[Target]) -> Option<String> {
        let staged = self.staged.as_ref().filter(|_| self.since.is_none() && targets.is_empty())?;
        Some(match staged.iter().filter(|path| path.extension() == Some("go")).count() {
            0 => "no Go file is staged".to_owned(),
            1 => "the Go file that is staged is not among those that the patterns name".to_owned(),
            n => format!("none of the {n} Go files that are staged is among those that the patterns name"),
        })
    }

    /// Whether files may be left out because they did not change.
    pub(crate) fn is_narrow(&self) -> bool {
        self.staged.is_some() || self.since.is_some() || self.shard.is_some()
    }
}

/// Where a package goes: by its name alone, so that others may come and go around it, on every machine.
fn part_of(folder: &Folder, parts: u32) -> u32 {
    let name = folder.import_path.as_deref().unwrap_or(&folder.relative);
    let digest = blake3::hash(name.as_bytes());
    let number = digest.as_bytes().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    u32::try_from(number % u64::from(parts)).unwrap_or_default()
}

/// The state before a patch, got by undoing it in memory.
fn since_patch(path: &OsStr, input: &Input, options: &Options, whole_files: bool) -> Result<Since> {
    let folder = &options.cwd;
    let shown = if path == "-" { "the patch".to_owned() } else { path.display().to_string() };
    let patch = if path == "-" {
        if input.standard_input.is_some() {
            bail!("standard input can't be both a patch and a Go file");
        }
        input::standard_input()?
    } else {
        std::fs::read(path).with_context(|| format!("cannot read {shown}"))?
    };
    // Names are seen from the root of the repository, or from here where there is none. `git diff --relative` has them from
    // here, too, and does not say so.
    let root = Repository::find(folder).map_or_else(|_| folder.clone(), |repository| repository.root().to_owned());
    let read = |base: &Utf8Path, other: &Utf8Path| -> Result<(Changes, Overlay)> {
        let place = |name: &str| {
            let [path, elsewhere] = [base, other].map(|base| absolute(base, name));
            if !input.files.is_file(&path) && input.files.is_file(&elsewhere) { elsewhere } else { path }
        };
        let changes = Changes::parse(&patch, &place).with_context(|| format!("{shown} is no unified diff"))?;
        if changes.files().is_empty() && !patch.iter().all(u8::is_ascii_whitespace) {
            bail!("{shown} is no unified diff: it names no file");
        }
        let mut seen = BTreeSet::new();
        let after = changes.files().iter().filter_map(|file| file.after.as_ref());
        if let Some(twice) = after.into_iter().find(|path| !seen.insert(*path)) {
            let name = relative(folder, twice);
            bail!("{shown} changes {name} twice, as a series of commits does; give one diff over all of them");
        }
        let before = undo(&changes, input, folder).with_context(|| format!("{shown} does not fit"))?;
        Ok((changes, before))
    };
    let (changes, before) = read(&root, folder).or_else(|error| read(folder, &root).map_err(|_| error))?;
    Ok(Since { changes, before: Arc::new(before), options: options.clone(), whole_files })
}

fn undo(changes: &Changes, input: &Input, folder: &Utf8Path) -> Result<Overlay> {
    let mut before = Overlay::new(Arc::clone(&input.files));
    for change in changes.files() {
        // What is gone can't be in the way of anything; what is new is asked for by nobody.
        let (Some(path), Some(old)) = (&change.after, &change.before) else { continue };
        if !is_code(path) {
            continue;
        }
        let shown = relative(folder, path);
        let now = input.files.read(path).with_context(|| format!("it changes {shown}, which can't be read"))?;
        let then = change.undone(&now).map_err(|line| {
            anyhow::anyhow!("{shown}:{line} is not as it has it; give it with the files that it led to")
        })?;
        before.insert(old.clone(), then);
    }
    Ok(before)
}
