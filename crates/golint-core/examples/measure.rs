//! What a run costs, and what it can't be faster than: measures every way to run over the Go files below a folder, in one
//! process and in turns, so that a busy moment of the machine hits all of them. The figures are JSON.
//! `cargo xtask bench FOLDER` runs this and prints them as a table.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{ConfigurationSource, Control, Counters, Engine, EngineOptions, Snapshot, Target};
use golint_host::{NativePack, RulePack};
use golint_project::{Disk, FileSystem, Options};
use serde_json::{Value, json};

/// Turns; each figure is the median over them.
const TURNS: usize = 3;

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let folder = fs::canonicalize(&folder).with_context(|| folder.display().to_string())?;
    let folder = Utf8PathBuf::from_path_buf(folder).ok().context("the folder's path is not valid UTF-8")?;
    // The walk alone, for comparison with runs of the program that do little more.
    if std::env::args_os().nth(2).is_some_and(|flag| flag == "--walk") {
        println!("{}", milliseconds(timed(|| walk_and_stat(folder.as_std_path())).0));
        return Ok(());
    }
    println!("{:#}", Bench::new(&folder)?.run()?);
    Ok(())
}

/// One way to run.
struct Way {
    name: &'static str,
    engine: Engine,
}

/// What one run took.
struct Run {
    elapsed: Duration,
    counters: Counters,
    findings: usize,
}

struct Bench {
    folder: Utf8PathBuf,
    threads: usize,
    ways: Vec<Way>,
}

impl Bench {
    fn new(folder: &Utf8Path) -> Result<Bench> {
        let mut options = EngineOptions::new(golint_builtin::PACKS, folder);
        options.configuration = ConfigurationSource::Isolated;
        options.measure = true;
        let pack = |pack| -> Result<Arc<dyn RulePack>> { Ok(Arc::new(NativePack::new(pack)?)) };
        let native = [&pack_go_semantics::PACK, &pack_linux::PACK, &pack_unsafe_memory::PACK];
        let builtin = golint_builtin::PACKS.iter().map(|(name, _)| *name);
        anyhow::ensure!(
            native.iter().map(|pack| pack.name).eq(builtin),
            "other packs are compiled in than are built in"
        );
        let native = native.map(pack).into_iter().collect::<Result<Vec<_>>>()?;
        let with = |change: &dyn Fn(&mut EngineOptions)| {
            let mut options = options.clone();
            change(&mut options);
            options
        };
        let everything = with(&|options| options.prefilter = false);
        let ways = vec![
            Way { name: "default", engine: Engine::new(options.clone())? },
            Way { name: "one thread", engine: Engine::new(with(&|options| options.threads = 1))? },
            Way { name: "prefilter off", engine: Engine::new(everything.clone())? },
            Way { name: "prefilter off, rules compiled in", engine: Engine::with_builtin(everything, native)? },
        ];
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Bench { folder: folder.to_owned(), threads, ways })
    }

    fn run(&self) -> Result<Value> {
        let files = self.files()?;
        let (mut walks, mut parses) = (Vec::new(), Vec::new());
        let mut runs: Vec<Vec<Run>> = self.ways.iter().map(|_| Vec::new()).collect();
        // One turn before the first: it starts instances, fills the cache, and warms the system's.
        for turn in 0..=TURNS {
            let walk = timed(|| walk_and_stat(self.folder.as_std_path()));
            let parse = timed(|| parse_only(&files, self.threads));
            for (way, runs) in self.ways.iter().zip(&mut runs) {
                let run = self.check(&way.engine)?;
                if turn > 0 {
                    runs.push(run);
                }
            }
            if turn > 0 {
                walks.push(walk.0);
                parses.push(parse.0);
            }
        }
        let (bytes, nodes) = parse_only(&files, self.threads);
        let ways = self.ways.iter().zip(runs).map(|(way, runs)| (way.name.to_owned(), figures(runs)));
        Ok(json!({
            "folder": self.folder.as_str(),
            "threads": self.threads,
            "files": files.len(),
            "bytes": bytes,
            "nodes": nodes,
            "walk_and_stat_ms": milliseconds(median(walks)),
            "parse_only_ms": milliseconds(median(parses)),
            "runs": ways.collect::<serde_json::Map<_, _>>(),
        }))
    }

    /// The walk included, as from the command line.
    fn check(&self, engine: &Engine) -> Result<Run> {
        let started = Instant::now();
        let (snapshot, targets) = self.load();
        let outcome = engine.check(&snapshot, &targets, &Control::new())?;
        Ok(Run { elapsed: started.elapsed(), findings: outcome.report.diagnostics.len(), counters: outcome.counters })
    }

    fn load(&self) -> (Snapshot, Vec<Target>) {
        let files: Arc<dyn FileSystem> = Arc::new(Disk);
        let options = Options { cwd: self.folder.clone(), all_modules: true, ..Options::default() };
        let (project, _) = golint_project::load(&*files, &["./...".to_owned()], &options);
        let snapshot = Snapshot { files, project: Arc::new(project) };
        let targets = snapshot.targets();
        (snapshot, targets)
    }

    /// The biggest first, so that no thread is left alone with one at the end.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let (snapshot, _) = self.load();
        let mut files: Vec<_> = snapshot.project.selected().map(|(_, file)| file).collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.len));
        anyhow::ensure!(!files.is_empty(), "there are no Go files below {}", self.folder);
        Ok(files.into_iter().map(|file| file.path.as_std_path().to_owned()).collect())
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let started = Instant::now();
    let result = work();
    (started.elapsed(), result)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}

/// The run of median length, with its spread.
fn figures(mut runs: Vec<Run>) -> Value {
    runs.sort_by_key(|run| run.elapsed);
    let span = (runs.first().map(|run| milliseconds(run.elapsed)), runs.last().map(|run| milliseconds(run.elapsed)));
    let run = runs.swap_remove(runs.len() / 2);
    let mut figures = run.counters.to_json(run.elapsed);
    figures["findings"] = run.findings.into();
    figures["least_ms"] = span.0.into();
    figures["most_ms"] = span.1.into();
    figures
}

/// What no look for changes can be faster than: the listing of every folder, and the metadata of every Go file.
fn walk_and_stat(folder: &Path) -> usize {
    let (mut found, mut folders) = (0, vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                // As `...` walks.
                Ok(_) if name.starts_with(['.', '_']) || matches!(name.as_str(), "vendor" | "testdata") => {}
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) if name.ends_with(".go") => found += usize::from(fs::metadata(entry.path()).is_ok()),
                _ => {}
            }
        }
    }
    found
}

/// What a run that looks at every file can't be faster than: reads and parses them all. Bytes and nodes.
fn parse_only(files: &[PathBuf], threads: usize) -> (u64, u64) {
    let (next, bytes, nodes) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Ok(source) = fs::read(file) else { continue };
                    let parsed = golint_syntax::parse(&source);
                    bytes.fetch_add(source.len() as u64, Ordering::Relaxed);
                    if let Ok(tree) = golint_tree::Tree::trusted(&parsed.tree) {
                        nodes.fetch_add(tree.len() as u64, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    (bytes.into_inner(), nodes.into_inner())
}
