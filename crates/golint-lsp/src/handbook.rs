//! What rules there are for a folder, and what its golint.toml may say. Looked up on a thread of its own, so that whoever
//! types does not wait for plugins that are loaded for it; a check that needs the same plugins does.

use std::sync::Arc;
use std::thread;

use camino::Utf8PathBuf;
use crossbeam_channel::{Receiver, Sender, unbounded};
use golint_core::{Rule, Snapshot};
use golint_project::{FileSystem, Project};
use serde_json::Value;

use crate::checker::Starter;

/// What is known for one folder.
pub(crate) struct Handbook {
    /// Sorted by name.
    rules: Vec<Rule>,
    /// The JSON Schema of golint.toml.
    pub(crate) schema: Value,
}

impl Handbook {
    /// The rule with this full id.
    pub(crate) fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.binary_search_by(|rule| rule.name.as_str().cmp(id)).ok().map(|place| &self.rules[place])
    }

    /// The rules that people may name.
    pub(crate) fn nameable(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.is_configurable())
    }
}

/// A folder to look up, in one state of the world.
pub(crate) struct Inquiry {
    pub(crate) folder: Utf8PathBuf,
    pub(crate) engine: Arc<Starter>,
    pub(crate) files: Arc<dyn FileSystem>,
    /// When the state was taken; the asker's own clock.
    pub(crate) time: u64,
}

/// What was found out. The error says why there is no engine.
pub(crate) struct Found {
    pub(crate) folder: Utf8PathBuf,
    pub(crate) time: u64,
    pub(crate) result: Result<Handbook, String>,
}

/// Starts the thread. It ends when nobody can ask any more.
pub(crate) fn start() -> std::io::Result<(Sender<Inquiry>, Receiver<Found>)> {
    let (inquiries, to_do) = unbounded::<Inquiry>();
    let (found, results) = unbounded();
    thread::Builder::new().name("lsp-librarian".into()).spawn(move || {
        for inquiry in to_do {
            let result = look_up(&inquiry);
            if found.send(Found { folder: inquiry.folder, time: inquiry.time, result }).is_err() {
                break;
            }
        }
    })?;
    Ok((inquiries, results))
}

/// What is wrong with the configuration is told where that is checked.
fn look_up(inquiry: &Inquiry) -> Result<Handbook, String> {
    let engine = inquiry.engine.engine()?;
    let snapshot = Snapshot { files: Arc::clone(&inquiry.files), project: Arc::new(Project::default()) };
    let (rules, _) = engine.rules(&snapshot, &inquiry.folder);
    let (schema, _) = engine.configuration_schema(&snapshot, &inquiry.folder);
    Ok(Handbook { rules, schema })
}
