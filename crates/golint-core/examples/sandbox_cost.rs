//! What the sandbox costs: checks every Go file below a folder with the built-in packs as components, then with the same
//! rules as a part of this program. The figures are JSON.
//! `cargo run --release -p golint-core --example sandbox_cost -- FOLDER [THREADS]`

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use golint_core::{ConfigurationSource, Control, Engine, EngineOptions, Snapshot, Target};
use golint_host::{NativePack, RulePack};
use golint_project::{Disk, FileSystem, Options};
use serde_json::{Value, json};

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map_or_else(|| PathBuf::from("."), PathBuf::from);
    let threads = arguments.next().and_then(|n| n.to_str()?.parse().ok()).unwrap_or(0);
    let folder = std::fs::canonicalize(&folder).with_context(|| folder.display().to_string())?;

    let (snapshot, targets) = load(&folder)?;
    let mut options = EngineOptions::new(golint_builtin::PACKS, utf8(&folder)?);
    options.configuration = ConfigurationSource::Isolated;
    options.threads = threads;
    options.measure = true;
    let pack = |pack| -> Result<Arc<dyn RulePack>> { Ok(Arc::new(NativePack::new(pack)?)) };
    let native = [&pack_go_semantics::PACK, &pack_linux::PACK, &pack_unsafe_memory::PACK].map(pack);
    let native = native.into_iter().collect::<Result<Vec<_>>>()?;

    let components = measure(&Engine::new(options.clone())?, &snapshot, &targets)?;
    let native = measure(&Engine::with_builtin(options, native)?, &snapshot, &targets)?;
    let figures = json!({ "files": targets.len(), "threads": threads, "components": components, "native": native });
    println!("{figures:#}");
    Ok(())
}

fn utf8(folder: &Path) -> Result<Utf8PathBuf> {
    Utf8PathBuf::from_path_buf(folder.to_owned()).ok().context("the folder's path is not valid UTF-8")
}

fn load(folder: &Path) -> Result<(Snapshot, Vec<Target>)> {
    let files: Arc<dyn FileSystem> = Arc::new(Disk);
    let options = Options { cwd: utf8(folder)?, all_modules: true, ..Options::default() };
    let (project, _) = golint_project::load(&*files, &["./...".to_owned()], &options);
    let targets = project.selected().map(|(_, file)| Target { path: file.path.clone(), named: false }).collect();
    Ok((Snapshot { files, project: Arc::new(project) }, targets))
}

/// The second of two runs: the first one starts instances and warms the system's file cache.
fn measure(engine: &Engine, snapshot: &Snapshot, targets: &[Target]) -> Result<Value> {
    engine.check(snapshot, targets, &Control::new())?;
    let started = Instant::now();
    let outcome = engine.check(snapshot, targets, &Control::new())?;
    let elapsed = started.elapsed();
    let mut figures = outcome.counters.to_json(elapsed);
    figures["findings"] = outcome.report.diagnostics.len().into();
    Ok(figures)
}
