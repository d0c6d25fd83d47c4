//! Runs of the engine on a thread of their own, one at a time: whoever types never waits for them. It knows paths and
//! findings, and nothing of the protocol.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use camino::Utf8PathBuf;
use crossbeam_channel::{Receiver, Sender, unbounded};
use golint_core::{Control, Engine, EngineOptions, FixLevel, Incremental, Outcome, Snapshot, Target};
use golint_project::{FileSystem, Options, Project, WorkFile};

use crate::lifecycle::Start;

/// An engine that starts when it is first needed, which may take as long as its packs take to compile.
pub(crate) struct Starter {
    options: EngineOptions,
    start: Start,
    work_file: WorkFile,
    engine: Mutex<Option<Result<Arc<Engine>, String>>>,
}

impl Starter {
    pub(crate) fn new(options: EngineOptions, start: Start) -> Arc<Starter> {
        let work_file = WorkFile::from_env(std::env::var("GOWORK").ok().as_deref());
        Arc::new(Starter { options, start, work_file, engine: Mutex::new(None) })
    }

    /// The engine, or why there is none.
    pub(crate) fn engine(&self) -> Result<Arc<Engine>, String> {
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let start = || (self.start)(self.options.clone()).map(Arc::new).map_err(|error| error.to_string());
        engine.get_or_insert_with(start).clone()
    }

    /// What paths in findings are relative to.
    pub(crate) fn folder(&self) -> &camino::Utf8Path {
        &self.options.working_folder
    }

    /// The files that patterns name, with those around them.
    pub(crate) fn load(&self, files: &Arc<dyn FileSystem>, patterns: &[String]) -> Snapshot {
        let work_file = self.work_file.clone();
        let options =
            Options { cwd: self.options.working_folder.clone(), all_modules: true, work_file, ..Options::default() };
        // What can't be found is not in the project; an editor has nobody to tell.
        let (project, _) = golint_project::load(&**files, patterns, &options);
        Snapshot { files: Arc::clone(files), project: Arc::new(project) }
    }
}

/// What is to be done about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Check,
    /// As `check --fix` does it, in memory.
    Fix,
    /// The same as a check, of a golint.toml.
    Judge,
}

/// One file to look at, in one state of the world.
pub(crate) struct Job {
    pub(crate) task: Task,
    pub(crate) path: Utf8PathBuf,
    pub(crate) files: Arc<dyn FileSystem>,
    pub(crate) engine: Arc<Starter>,
    pub(crate) incremental: Arc<Incremental>,
    pub(crate) control: Control,
    /// When the state was taken; the asker's own clock.
    pub(crate) time: u64,
}

/// What came of a job.
pub(crate) struct Done {
    pub(crate) path: Utf8PathBuf,
    pub(crate) time: u64,
    /// None where the run was cancelled.
    pub(crate) result: Option<Result<Looked, String>>,
}

/// What was found in a file, or made of it.
pub(crate) enum Looked {
    /// As people are shown the file, where it is one of the project's, and what was found.
    Checked { shown: Option<Arc<str>>, outcome: Box<Outcome> },
    /// The file after its fixes; none where that changes nothing.
    Fixed(Option<Arc<[u8]>>),
}

/// Starts the thread. It ends when nobody can send jobs any more.
pub(crate) fn start() -> std::io::Result<(Sender<Job>, Receiver<Done>)> {
    let (jobs, to_do) = unbounded::<Job>();
    let (done, results) = unbounded();
    thread::Builder::new().name("lsp-checker".into()).spawn(move || {
        for job in to_do {
            let result = look(&job);
            let result = if job.control.is_cancelled() { None } else { Some(result) };
            if done.send(Done { path: job.path, time: job.time, result }).is_err() {
                break;
            }
        }
    })?;
    Ok((jobs, results))
}

/// What is wrong with options, said to somebody who knows them as settings.
fn of_settings(message: &str) -> String {
    let names = [("--select", "select"), ("--ignore", "ignore"), ("--platform", "platforms")];
    let named = |(flag, name): (&str, &str)| Some(format!("the setting `{name}`{}", message.strip_prefix(flag)?));
    names.into_iter().find_map(named).unwrap_or_else(|| message.to_owned())
}

fn look(job: &Job) -> Result<Looked, String> {
    let engine = job.engine.engine()?;
    let wrong = |error: golint_core::UsageError| of_settings(&error.to_string());
    if job.task == Task::Judge {
        let snapshot = Snapshot { files: Arc::clone(&job.files), project: Arc::new(Project::default()) };
        let outcome = engine.check_configuration(&snapshot, &job.path).map_err(wrong)?;
        let shown = Arc::from(golint_project::path::relative(job.engine.folder(), &job.path));
        return Ok(Looked::Checked { shown: Some(shown), outcome: Box::new(outcome) });
    }
    let snapshot = job.engine.load(&job.files, &[job.path.to_string()]);
    let entry = snapshot.project.files.iter().find(|file| file.path == job.path);
    let shown = entry.map(|file| Arc::from(file.display.as_str()));
    // Not as one that was named: what the configuration excludes is none of an editor's business.
    let targets: Vec<Target> = entry.map(|file| Target { path: file.path.clone(), named: false }).into_iter().collect();
    if job.task == Task::Fix {
        let fixed = engine.fix(&snapshot, &targets, FixLevel::Safe, &job.control).map_err(wrong)?;
        let change = fixed.changes.into_iter().find(|change| change.path == job.path);
        return Ok(Looked::Fixed(change.map(|change| change.after)));
    }
    let outcome = engine.recheck(&snapshot, &targets, &job.control, &job.incremental).map_err(wrong)?;
    Ok(Looked::Checked { shown, outcome: Box::new(outcome) })
}
