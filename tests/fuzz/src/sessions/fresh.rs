//! What an engine that has seen nothing else says of the files as they are now.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{
    ConfigurationSource, Control, Engine, EngineOptions, FixLevel, Outcome, Overrides, Snapshot, Target,
};
use golint_diagnostics::{Confidence, Diagnostic, Severity, Sources};
use golint_project::path::{absolute, relative};
use golint_project::{FileSystem, Options, Project, WorkFile};
use serde_json::Value;

use super::super::desk;
use super::text::{Unit, range};

/// All that findings depend on.
pub(super) struct World {
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) folders: Vec<Utf8PathBuf>,
    pub(super) settings: Value,
    pub(super) unit: Unit,
}

/// A finding in short; its message begins like this.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    range: Value,
    code: Value,
    severity: Value,
    message: String,
}

impl Found {
    /// Whether this is it, as the protocol has it.
    pub(super) fn is(&self, item: &Value) -> bool {
        let message = item["message"].as_str().unwrap_or_default();
        let same = item["range"] == self.range && item["code"] == self.code && item["severity"] == self.severity;
        same && message.starts_with(&self.message) && item["source"] == "golint-rs"
    }
}

/// By path, and where else something is wrong.
type Everywhere = (BTreeMap<Utf8PathBuf, Vec<Found>>, Faulty);

/// Whether these are they, in their order.
pub(super) fn are(found: &[Found], items: &[Value]) -> bool {
    found.len() == items.len() && found.iter().zip(items).all(|(found, item)| found.is(item))
}

/// Why nothing is found.
type Wrong = String;

/// Other files with faults, golint.toml above all.
pub(super) type Faulty = BTreeSet<Utf8PathBuf>;

impl World {
    /// What is found in a file, nothing in one that is no file of a project; and where else something is wrong.
    pub(super) fn findings(&self, path: &Utf8Path) -> Result<(Vec<Found>, Faulty), Wrong> {
        let root = self.root(path);
        let engine = self.engine(&root);
        if path.file_name() == Some("golint.toml") {
            let snapshot = Snapshot { files: Arc::clone(&self.files), project: Arc::new(Project::default()) };
            let outcome = engine.check_configuration(&snapshot, path).map_err(|error| error.to_string())?;
            let shown = relative(&root, path);
            return Ok((self.found(&outcome, &shown), faulty(&outcome, &root, |path| path == shown)));
        }
        let (snapshot, targets) = self.file(&root, path);
        let outcome = engine.check(&snapshot, &targets, &Control::new()).map_err(|error| error.to_string())?;
        let shown = shown(&snapshot, path);
        let found = shown.as_ref().map(|shown| self.found(&outcome, shown)).unwrap_or_default();
        Ok((found, faulty(&outcome, &root, |path| shown.as_deref() == Some(path))))
    }

    /// What the safe fixes make of a file, if they change it.
    pub(super) fn fixed(&self, path: &Utf8Path) -> Option<Arc<[u8]>> {
        let root = self.root(path);
        let (snapshot, targets) = self.file(&root, path);
        let fixed = self.engine(&root).fix(&snapshot, &targets, FixLevel::Safe, &Control::new()).ok()?;
        fixed.changes.into_iter().find(|change| change.path == path).map(|change| change.after)
    }

    /// What is found in all files of the folders but these, by path.
    pub(super) fn everywhere(&self, except: impl Fn(&Utf8Path) -> bool) -> Result<Everywhere, Wrong> {
        let (mut all, mut faults) = (BTreeMap::new(), Faulty::new());
        let here = [desk::engine_options().working_folder];
        for root in if self.folders.is_empty() { &here[..] } else { &self.folders } {
            let snapshot = self.load(root, "./...");
            let target = |path: &Utf8PathBuf| Target { path: path.clone(), named: false };
            let ours: Vec<Utf8PathBuf> = snapshot.project.selected().map(|(_, file)| file.path.clone()).collect();
            let ours: Vec<_> = ours.into_iter().filter(|path| self.root(path) == *root && !except(path)).collect();
            let targets: Vec<Target> = ours.iter().map(target).collect();
            if targets.is_empty() {
                continue;
            }
            let outcome = self.engine(root).check(&snapshot, &targets, &Control::new());
            let outcome = outcome.map_err(|error| error.to_string())?;
            faults.extend(faulty(&outcome, root, |shown| ours.contains(&absolute(root, shown))));
            for path in ours {
                let found = shown(&snapshot, &path).map(|shown| self.found(&outcome, &shown));
                all.insert(path, found.unwrap_or_default());
            }
        }
        Ok((all, faults))
    }

    /// The folder whose engine looks at a file.
    fn root(&self, path: &Utf8Path) -> Utf8PathBuf {
        let above = self.folders.iter().filter(|folder| path.starts_with(folder));
        let root = above.max_by_key(|folder| folder.as_str().len()).or(self.folders.first());
        root.cloned().unwrap_or_else(|| desk::engine_options().working_folder)
    }

    fn load(&self, root: &Utf8Path, pattern: &str) -> Snapshot {
        let work_file = WorkFile::from_env(std::env::var("GOWORK").ok().as_deref());
        let options = Options { cwd: root.to_owned(), all_modules: true, work_file, ..Options::default() };
        let (project, _) = golint_project::load(&*self.files, &[pattern.to_owned()], &options);
        Snapshot { files: Arc::clone(&self.files), project: Arc::new(project) }
    }

    fn file(&self, root: &Utf8Path, path: &Utf8Path) -> (Snapshot, Vec<Target>) {
        let snapshot = self.load(root, path.as_str());
        let is_there = shown(&snapshot, path).is_some();
        (snapshot, is_there.then(|| Target { path: path.to_owned(), named: false }).into_iter().collect())
    }

    /// With the settings as README has them; what is no sound one counts as not given.
    fn engine(&self, root: &Utf8Path) -> Engine {
        let text = |name: &str| self.settings[name].as_str().map(str::to_owned);
        let texts = |name: &str| {
            let all = self.settings[name].as_array()?.iter().map(|one| Some(one.as_str()?.to_owned()));
            all.collect::<Option<Vec<String>>>()
        };
        let mut options = EngineOptions { working_folder: root.to_owned(), ..desk::engine_options() };
        if let Some(config) = text("config") {
            let first = self.folders.first().cloned().unwrap_or(desk::engine_options().working_folder);
            options.configuration = ConfigurationSource::File(absolute(&first, &config));
        }
        options.plugins = self.settings["trustWorkspacePlugins"].as_bool().unwrap_or(true);
        options.overrides = Overrides {
            select: texts("select"),
            ignore: texts("ignore").unwrap_or_default(),
            go: text("go").and_then(|version| version.parse().ok()),
            platforms: texts("platforms").unwrap_or_default(),
            include_generated: self.settings["includeGenerated"].as_bool().unwrap_or_default(),
            baseline: golint_core::BaselineSource::Configured,
            imported: None,
            confidence: (text("confidence").as_deref() == Some("certain")).then_some(Confidence::Certain),
        };
        desk::start(options).expect("threads")
    }

    fn found(&self, outcome: &Outcome, shown: &str) -> Vec<Found> {
        let Some(source) = outcome.sources.source(shown) else { return Vec::new() };
        let place = |start: u32, end: u32| range(&source, start as usize, end as usize, self.unit);
        let here = outcome.report.diagnostics.iter().filter(|finding| **finding.path() == *shown);
        let findings = here.map(|finding| Found {
            range: place(finding.span().start, finding.span().end),
            code: Value::from(&*finding.rule),
            severity: Value::from(match finding.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Info => 3,
                Severity::Hint => 4,
            }),
            message: finding.message.clone(),
        });
        let remarks = outcome.remarks.iter().filter(|remark| *remark.path == *shown).map(|remark| Found {
            range: place(remark.span.start, remark.span.end),
            code: Value::Null,
            severity: Value::from(3),
            message: remark.message.clone(),
        });
        findings.chain(remarks).collect()
    }
}

/// The files other than those that were checked in which something was found.
fn faulty(outcome: &Outcome, root: &Utf8Path, is_checked: impl Fn(&str) -> bool) -> Faulty {
    let others = outcome.report.diagnostics.iter().map(Diagnostic::path).filter(|path| !is_checked(path));
    others.map(|path| absolute(root, path)).collect()
}

/// As people are shown a file, if it is one of the project's.
fn shown(snapshot: &Snapshot, path: &Utf8Path) -> Option<String> {
    snapshot.project.files.iter().find(|file| file.path == path).map(|file| file.display.clone())
}
