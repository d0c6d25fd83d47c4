//! All files of the workspace that nobody has opened, in the background, a few at a time: so that a document that
//! somebody types in never waits for more than these.

use std::sync::Arc;
use std::thread;

use camino::Utf8PathBuf;
use crossbeam_channel::{Receiver, Sender, unbounded};
use golint_core::{Control, Snapshot, Target};
use golint_project::{FileEntry, FileSystem};
use lsp_types::Uri;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::checker::Starter;
use crate::engines::Engines;
use crate::finding::{Converter, id_of};
use crate::text::Encoding;

/// How many bytes are checked at a time, at least, where there are more.
const BYTES: u64 = 256 << 10;
/// How many files are, at most.
const FILES: usize = 32;

/// What is to be looked at.
pub(crate) struct Sweep {
    pub(crate) engines: Engines,
    pub(crate) files: Arc<dyn FileSystem>,
    pub(crate) folders: Vec<Utf8PathBuf>,
    /// Open documents: they are asked for by themselves.
    pub(crate) open: FxHashSet<Utf8PathBuf>,
    pub(crate) encoding: Encoding,
    pub(crate) control: Control,
    /// Which sweep it is; the asker's own number.
    pub(crate) number: u64,
}

/// What a sweep says on its way.
pub(crate) struct News {
    pub(crate) number: u64,
    pub(crate) what: Step,
}

pub(crate) enum Step {
    /// Files that were looked at, with what was found and its id; and how far the sweep is.
    Files { files: Vec<(Utf8PathBuf, Vec<lsp_types::Diagnostic>, String)>, done: usize, total: usize },
    /// What is wrong in other files, above all in golint.toml.
    Faults(Faults),
    /// It is over. The error is the reason why it ended early.
    End(Result<(), String>),
}

/// Starts the thread. It ends when nobody can order sweeps any more.
pub(crate) fn start() -> std::io::Result<(Sender<Sweep>, Receiver<News>)> {
    let (orders, to_do) = unbounded::<Sweep>();
    let (news, results) = unbounded();
    thread::Builder::new().name("lsp-sweeper".into()).spawn(move || {
        for sweep in to_do {
            let say = |what| news.send(News { number: sweep.number, what }).is_ok();
            let end = run(&sweep, say);
            if !say(Step::End(end)) {
                break;
            }
        }
    })?;
    Ok((orders, results))
}

fn run(sweep: &Sweep, say: impl Fn(Step) -> bool) -> Result<(), String> {
    // Without folders there is no workspace: the folder that the server was started in may be anybody's home.
    let roots = sweep.engines.iter().filter(|root| sweep.folders.iter().any(|folder| folder == root.folder()));
    // It is taken whatever it is called.
    let all = ["./...".to_owned()];
    let snapshots: Vec<(&Arc<Starter>, Snapshot)> = roots.map(|root| (root, root.load(&sweep.files, &all))).collect();
    let files: Vec<Vec<&FileEntry>> = snapshots.iter().map(|(root, snapshot)| files(sweep, root, snapshot)).collect();
    let mut progress = (0, files.iter().map(Vec::len).sum());
    let mut faults = Faults::default();
    for ((root, snapshot), files) in snapshots.iter().zip(&files).filter(|(_, files)| !files.is_empty()) {
        look(sweep, root, snapshot, files, &mut progress, &mut faults, &say)?;
    }
    if !sweep.control.is_cancelled() {
        say(Step::Faults(faults));
    }
    Ok(())
}

/// Those that nobody opened. A folder within another one has its files for itself.
fn files<'s>(sweep: &Sweep, root: &Arc<Starter>, snapshot: &'s Snapshot) -> Vec<&'s FileEntry> {
    let ours = |file: &&FileEntry| {
        let other = sweep.engines.of(&file.path);
        let is_others = !Arc::ptr_eq(other, root) && file.path.starts_with(other.folder());
        !is_others && !sweep.open.contains(&file.path)
    };
    snapshot.project.selected().map(|(_, file)| file).filter(ours).collect()
}

type Faults = FxHashMap<Uri, Vec<lsp_types::Diagnostic>>;

fn look(
    sweep: &Sweep,
    root: &Starter,
    snapshot: &Snapshot,
    files: &[&FileEntry],
    (done, total): &mut (usize, usize),
    faults: &mut Faults,
    say: &impl Fn(Step) -> bool,
) -> Result<(), String> {
    let engine = root.engine()?;
    let mut rest = files;
    while !rest.is_empty() && !sweep.control.is_cancelled() {
        let mut bytes = 0;
        let enough = |file: &&&FileEntry| {
            let fits = bytes < BYTES;
            bytes += file.len;
            fits
        };
        let count = rest.iter().take(FILES).take_while(enough).count().max(1);
        let (chunk, later) = rest.split_at(count);
        rest = later;
        let target = |file: &&FileEntry| Target { path: file.path.clone(), named: false };
        let targets: Vec<Target> = chunk.iter().map(target).collect();
        let outcome = engine.check(snapshot, &targets, &sweep.control).map_err(|error| error.to_string())?;
        if sweep.control.is_cancelled() {
            break;
        }
        let mut converter = Converter::new(&outcome, root.folder(), sweep.encoding);
        let ours: FxHashSet<&str> = chunk.iter().map(|file| file.display.as_str()).collect();
        for fault in outcome.report.diagnostics.iter().filter(|finding| !ours.contains(&**finding.path())) {
            let Some((uri, fault)) = converter.diagnostic(fault) else { continue };
            let known = faults.entry(uri).or_default();
            if !known.contains(&fault) {
                known.push(fault);
            }
        }
        let found = chunk.iter().map(|file| {
            let here = outcome.report.diagnostics.iter().filter(|finding| **finding.path() == *file.display);
            let mut all: Vec<_> = here.filter_map(|finding| Some(converter.diagnostic(finding)?.1)).collect();
            let remarks = outcome.remarks.iter().filter(|remark| *remark.path == *file.display);
            all.extend(remarks.filter_map(|remark| converter.remark(remark)));
            let id = id_of(&all);
            (file.path.clone(), all, id)
        });
        let found = found.collect();
        *done += count;
        if !say(Step::Files { files: found, done: *done, total: *total }) {
            break;
        }
    }
    Ok(())
}
