//! Runs the rules of packs on their tests, in this process and through the engine. It never writes: fixes are applied in
//! memory, and tests are read where they stand.
//!
//! The tests of rule `lost-cancel` are Go modules: the folder `lost-cancel`, or several folders in it. A comment
//! `// want "regexp" …` names, in order, the findings of its line; a line without one has none. The regexp is matched
//! against the message, followed by what else the finding says: ` [likely]`, ` [on …]` where it holds on some platforms
//! only, ` [help: …]`, ` [note: …]`, ` [line N: …]` for each label elsewhere, and ` [fix: …]`. A regexp with
//! `[likely` in it, such as `\[likely\]`, stands for a likely finding, any other for a certain one. `<file>.golden` is what
//! `--fix` makes of a file, byte for byte; a file without one is left as it is. A golint.toml of the module holds, and
//! nothing that stands outside of the module does. In it, and in suppressions, the rules go by their ids alone: the name of
//! the plugin is given by who uses the pack.

mod comments;
mod enclosed;
mod examples;
mod golden;
mod module;

use std::fmt;
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::nearest;
use golint_host::{Manifest, Rule, RulePack};
use golint_project::path::relative;
use golint_project::{Disk, FileKind, FileSystem};

use module::Session;

pub use examples::examples;

/// Packs, about to be tested.
pub struct Harness {
    packs: Vec<Arc<dyn RulePack>>,
    working_folder: Utf8PathBuf,
}

/// One thing that was tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The rule's id and what was looked at.
    pub name: String,
    /// Empty where it is as it should be.
    pub failures: Vec<Failure>,
}

/// What is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `path:line`, or a path; as seen from the working folder.
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// What the test asks for, where there is something to compare.
    pub expected: Option<String>,
    /// What there is instead.
    pub got: Option<String>,
}

impl Failure {
    fn new(place: impl Into<String>, problem: impl Into<String>) -> Failure {
        Failure { place: place.into(), problem: problem.into(), expected: None, got: None }
    }

    fn compared(self, expected: impl Into<String>, got: impl Into<String>) -> Failure {
        Failure { expected: Some(expected.into()), got: Some(got.into()), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)?;
        for (title, text) in [("expected", &self.expected), ("got", &self.got)] {
            if let Some(text) = text {
                write!(f, "\n    {title:8}  {text}")?;
            }
        }
        Ok(())
    }
}

/// The tests can't be found.
#[derive(Debug, thiserror::Error)]
pub enum HarnessError {
    /// A folder that can't be read.
    #[error("can't read the tests in {folder}: {error}")]
    Unreadable {
        /// The folder.
        folder: String,
        /// Why not.
        error: io::Error,
    },
    /// A rule that no pack has.
    #[error("there is no rule {id:?} in the pack; {hint}")]
    UnknownRule {
        /// As it was asked for.
        id: String,
        /// The rules that there are.
        hint: String,
    },
}

impl Harness {
    /// For these packs. Places of failures are shown as seen from the working folder, which is absolute.
    pub fn new(packs: Vec<Arc<dyn RulePack>>, working_folder: impl Into<Utf8PathBuf>) -> Harness {
        Harness { packs, working_folder: working_folder.into() }
    }

    /// The rules of the packs.
    fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.packs.iter().map(|pack| pack.manifest()).flat_map(|manifest: &Manifest| &manifest.rules)
    }

    /// Tests all rules, or one of them: each must have a folder of its name in `tests`, which is absolute; the Go examples
    /// below `## Bad` and `## Good` in its documentation are run, too.
    ///
    /// # Errors
    /// If the folder can't be read, or if there is no such rule.
    pub fn run(&self, tests: &Utf8Path, only: Option<&str>) -> Result<Vec<Case>, HarnessError> {
        if let Some(id) = only
            && !self.rules().any(|rule| rule.id == id)
        {
            return Err(HarnessError::UnknownRule { id: id.to_owned(), hint: self.hint(id) });
        }
        let mut cases = Vec::new();
        let folders = if Disk.is_dir(tests) || only.is_none() { self.folders(tests)? } else { Vec::new() };
        for rule in self.rules().filter(|rule| only.is_none_or(|id| rule.id == id)) {
            if folders.contains(&rule.id) {
                cases.extend(self.rule(&rule.id, &tests.join(&rule.id)));
            } else {
                let problem = "the rule has no tests: make a Go module of that name, with a go.mod and with files in \
                               which comments `// want \"…\"` name the findings";
                let place = self.shown(&tests.join(&rule.id));
                cases.push(Case { name: rule.id.clone(), failures: vec![Failure::new(place, problem)] });
            }
            cases.extend(examples::cases(self, rule));
        }
        if only.is_none() {
            for folder in folders.iter().filter(|folder| !self.rules().any(|rule| rule.id == **folder)) {
                let problem = format!("the folder has the name of no rule of the pack; {}", self.hint(folder));
                let failure = Failure::new(self.shown(&tests.join(folder)), problem);
                cases.push(Case { name: folder.clone(), failures: vec![failure] });
            }
        }
        Ok(cases)
    }

    /// What is tested of a rule by the modules in this folder.
    fn rule(&self, id: &str, folder: &Utf8Path) -> Vec<Case> {
        let modules = match modules(folder) {
            Ok(modules) => modules,
            Err(error) => {
                let failures = vec![Failure::new(self.shown(folder), error.to_string())];
                return vec![Case { name: id.to_owned(), failures }];
            }
        };
        let mut cases = Vec::new();
        for module in modules {
            let shown = self.shown(&module);
            if !Disk.is_file(&module.join("go.mod")) {
                let problem = "this is no Go module: it has no go.mod, with a line such as `go 1.22`";
                cases.push(Case { name: format!("{id}: {shown}"), failures: vec![Failure::new(shown, problem)] });
                continue;
            }
            let case = |what: &str, failures| Case { name: format!("{id}: {what} in {shown}"), failures };
            match Session::new(self, id, &module) {
                Ok(session) => {
                    cases.push(case("findings", module::check(self, &session, &module)));
                    cases.push(case("fixes", golden::check(self, &session, &module)));
                }
                Err(problem) => cases.push(case("findings", vec![Failure::new(&shown, problem)])),
            }
        }
        cases
    }

    fn folders(&self, folder: &Utf8Path) -> Result<Vec<String>, HarnessError> {
        let unreadable = |error| HarnessError::Unreadable { folder: self.shown(folder), error };
        let entries = Disk.read_dir(folder).map_err(unreadable)?.entries;
        let is_test = |name: &str| !name.starts_with(['.', '_']);
        Ok(entries.into_iter().filter(|e| e.kind == FileKind::Directory && is_test(&e.name)).map(|e| e.name).collect())
    }

    fn hint(&self, id: &str) -> String {
        let ids = || self.rules().map(|rule| rule.id.as_str());
        match nearest(id, ids()) {
            Some(rule) => format!("did you mean {rule:?}?"),
            None => format!("it has {}", ids().collect::<Vec<_>>().join(", ")),
        }
    }

    fn shown(&self, path: &Utf8Path) -> String {
        relative(&self.working_folder, path)
    }
}

/// The modules of a rule's tests: its folder, or each folder in it.
///
/// # Errors
/// If the folder can't be read.
pub fn modules(folder: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    if Disk.is_file(&folder.join("go.mod")) {
        return Ok(vec![folder.to_owned()]);
    }
    let folders = Disk.read_dir(folder)?.entries.into_iter().filter(|entry| entry.kind == FileKind::Directory);
    let mut modules: Vec<_> = folders.map(|entry| folder.join(entry.name)).collect();
    if modules.is_empty() {
        modules.push(folder.to_owned());
    }
    Ok(modules)
}

/// All files below a folder with this extension, sorted; links are not followed.
///
/// # Errors
/// If a folder can't be read.
pub fn files_below(folder: &Utf8Path, extension: &str) -> io::Result<Vec<Utf8PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in Disk.read_dir(&folder)?.entries {
            let path = folder.join(entry.name);
            match entry.kind {
                FileKind::Directory => folders.push(path),
                FileKind::File if path.extension() == Some(extension) => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests;
