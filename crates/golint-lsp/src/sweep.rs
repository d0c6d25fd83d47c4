//! All files of the workspace that nobody has opened, in the background, a few at a time: so that a document that
//! somebody types in never waits for more than these.

use std::sync::Arc;
use std::thread;

use camino::Utf8PathBuf;
use crossbeam_channel::{Receiver, Sender, unbounded};
use golint_core::{Control, Target};
use golint_project::FileSystem;
use lsp_types::Uri;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::checker::Starter;
use crate::finding::{Converter, id_of};
use crate::text::Encoding;

/// How many bytes are checked at a time, at least, where there are more.
const BYTES: u64 = 256 << 10;
/// How many files are, at most.
const FILES: usize = 32;

/// What is to be looked at.
pub(crate) struct Sweep {
    pub(crate) engine: Arc<Starter>,
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
    Faults(FxHashMap<Uri, Vec<lsp_types::Diagnostic>>),
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
    let engine = sweep.engine.engine()?;
    // The working folder is taken whatever it is called.
    let pattern = |folder: &Utf8PathBuf| match folder {
        folder if *folder == sweep.engine.folder() => "./...".to_owned(),
        folder => format!("{folder}/..."),
    };
    let patterns: Vec<String> = sweep.folders.iter().map(pattern).collect();
    let snapshot = sweep.engine.load(&sweep.files, &patterns);
    let files: Vec<_> = snapshot.project.selected().filter(|(_, file)| !sweep.open.contains(&file.path)).collect();
    let total = files.len();
    let mut done = 0;
    let mut rest = &files[..];
    let mut faults: FxHashMap<Uri, Vec<lsp_types::Diagnostic>> = FxHashMap::default();
    while !rest.is_empty() && !sweep.control.is_cancelled() {
        let mut bytes = 0;
        let enough = |(_, file): &&(usize, &golint_project::FileEntry)| {
            let fits = bytes < BYTES;
            bytes += file.len;
            fits
        };
        let count = rest.iter().take(FILES).take_while(enough).count().max(1);
        let (chunk, later) = rest.split_at(count);
        rest = later;
        let target = |(_, file): &(usize, &golint_project::FileEntry)| Target { path: file.path.clone(), named: false };
        let targets: Vec<Target> = chunk.iter().map(target).collect();
        let outcome = engine.check(&snapshot, &targets, &sweep.control).map_err(|error| error.to_string())?;
        if sweep.control.is_cancelled() {
            break;
        }
        let mut converter = Converter::new(&outcome, sweep.engine.folder(), sweep.encoding);
        let ours: FxHashSet<&str> = chunk.iter().map(|(_, file)| file.display.as_str()).collect();
        for fault in outcome.report.diagnostics.iter().filter(|finding| !ours.contains(&**finding.path())) {
            let Some((uri, fault)) = converter.diagnostic(fault) else { continue };
            let known = faults.entry(uri).or_default();
            if !known.contains(&fault) {
                known.push(fault);
            }
        }
        let found = chunk.iter().map(|(_, file)| {
            let here = outcome.report.diagnostics.iter().filter(|finding| **finding.path() == *file.display);
            let mut all: Vec<_> = here.filter_map(|finding| Some(converter.diagnostic(finding)?.1)).collect();
            let remarks = outcome.remarks.iter().filter(|remark| *remark.path == *file.display);
            all.extend(remarks.filter_map(|remark| converter.remark(remark)));
            let id = id_of(&all);
            (file.path.clone(), all, id)
        });
        let found = found.collect();
        done += count;
        if !say(Step::Files { files: found, done, total }) {
            break;
        }
    }
    if !sweep.control.is_cancelled() {
        say(Step::Faults(faults));
    }
    Ok(())
}
