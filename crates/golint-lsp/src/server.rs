//! What the client says, and what it is answered: which documents are open, what was found in them, and who waits for
//! what. It never blocks: checks are jobs for another thread, and an answer that is not there yet is given when it is.

use std::collections::{BTreeSet, VecDeque};
use std::io::Write;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Control, EngineOptions, Level, Log, LogEntry};
use golint_diagnostics::Diagnostic;
use lsp_server::{ErrorCode, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Initialized, LogMessage,
    Notification as NotificationKind, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, CodeActionResolveRequest, DocumentDiagnosticRequest, RegisterCapability, Request as RequestKind,
    WorkspaceConfiguration, WorkspaceDiagnosticRefresh, WorkspaceDiagnosticRequest,
};
use lsp_types::{
    CodeAction, CodeActionParams, ConfigurationItem, ConfigurationParams, DidChangeWatchedFilesRegistrationOptions,
    DocumentDiagnosticParams, DocumentDiagnosticReport, FileSystemWatcher, FullDocumentDiagnosticReport, GlobPattern,
    InitializeParams, LogMessageParams, MessageType, NumberOrString, PublishDiagnosticsParams, Registration,
    RegistrationParams, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    ShowMessageParams, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticParams,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::action::{self, Deferred, FIX_ALL};
use crate::checker::{Done, Job, Looked, Starter, Task};
use crate::client::Client;
use crate::document::{Document, Documents, Kind};
use crate::finding::{Converter, id_of};
use crate::lifecycle::ServerOptions;
use crate::settings::Settings;
use crate::sweep::{News, Sweep};
use crate::transport::Outgoing;
use crate::uri::path_of;
use crate::workspace::Workspace;

/// What was found in an open document.
struct Findings {
    /// As people are shown the file; none where it is not one of the project's.
    shown: Option<Arc<str>>,
    all: Vec<(Diagnostic, lsp_types::Diagnostic)>,
    /// Differs where what is shown does.
    id: String,
}

/// What is known of an open document.
#[derive(Default)]
struct State {
    /// When something last changed that its findings depend on.
    changed: u64,
    /// Of that state; none while nobody has looked.
    findings: Option<Findings>,
    /// What a client was told that does not ask.
    told: Option<String>,
}

/// A request that waits for a document's findings.
struct Waiting {
    id: RequestId,
    path: Utf8PathBuf,
    what: Wanted,
}

enum Wanted {
    /// With the id of what the client has.
    Findings(Option<String>),
    Actions(Box<CodeActionParams>),
    /// The action whose edit is wanted, and the others that it goes with, for clients that want all edits at once.
    FixAll(Box<CodeAction>, Option<Vec<CodeAction>>),
}

/// What one of our own requests asked for.
enum Asked {
    Settings,
    Nothing,
}

pub(crate) struct Server {
    client: Client,
    outgoing: Outgoing,
    options: EngineOptions,
    log_level: Option<Level>,
    folders: Vec<Utf8PathBuf>,
    settings: Settings,
    /// Plugins that took too long: they are left out until they or the settings change.
    off: BTreeSet<String>,
    engine: Arc<Starter>,
    documents: Documents,
    states: FxHashMap<Utf8PathBuf, State>,
    waiting: Vec<Waiting>,
    /// Documents to check, in turn.
    queue: VecDeque<Utf8PathBuf>,
    running: Option<(Utf8PathBuf, Control)>,
    /// Counts what happens.
    clock: u64,
    asked: FxHashMap<RequestId, Asked>,
    workspace: Workspace,
    /// Files, other than open ones, that were told to have faults, and by which document's check.
    faulty: FxHashMap<Uri, FxHashSet<Utf8PathBuf>>,
}

/// Hands on what packs and the engine say.
struct ToClient(Outgoing, Level);

impl Log for ToClient {
    fn log(&self, entry: &LogEntry<'_>) {
        if entry.level <= self.1 {
            let pack = entry.pack.map(|pack| format!("pack {pack}: ")).unwrap_or_default();
            let file = entry.file.map(|file| format!("{file}: ")).unwrap_or_default();
            // Whoever closed standard error does not want to know.
            let _ = writeln!(std::io::stderr(), "{pack}{file}{}", entry.message);
            let typ = match entry.level {
                Level::Error => MessageType::ERROR,
                Level::Warn => MessageType::WARNING,
                Level::Info => MessageType::INFO,
                Level::Debug => MessageType::LOG,
            };
            notify::<LogMessage>(&self.0, LogMessageParams { typ, message: format!("{pack}{file}{}", entry.message) });
        }
    }
}

fn notify<N: NotificationKind>(outgoing: &Outgoing, params: N::Params)
where
    N::Params: Serialize,
{
    outgoing.send(Notification::new(N::METHOD.to_owned(), params));
}

impl Server {
    pub(crate) fn new(client: Client, params: InitializeParams, options: &ServerOptions, outgoing: Outgoing) -> Server {
        #[allow(deprecated, reason = "clients of older versions of the protocol name one folder only")]
        let root = params.root_uri.as_ref().and_then(path_of);
        let folders = params.workspace_folders.unwrap_or_default();
        let mut folders: Vec<Utf8PathBuf> = folders.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        if folders.is_empty() {
            folders.extend(root);
        }
        let mut server = Server {
            client,
            engine: Starter::new(options.engine.clone()),
            options: options.engine.clone(),
            log_level: options.log_level,
            folders,
            settings: Settings::default(),
            off: BTreeSet::new(),
            documents: Documents::new(),
            states: FxHashMap::default(),
            waiting: Vec::new(),
            queue: VecDeque::new(),
            running: None,
            clock: 0,
            asked: FxHashMap::default(),
            faulty: FxHashMap::default(),
            workspace: Workspace::new(outgoing.clone()),
            outgoing,
        };
        server.set(params.initialization_options.unwrap_or_default());
        server
    }

    fn show(&self, typ: MessageType, message: impl Into<String>) {
        notify::<ShowMessage>(&self.outgoing, ShowMessageParams { typ, message: message.into() });
    }

    /// Takes settings over, and starts anew with them.
    fn set(&mut self, value: Value) {
        let (settings, wrong) = Settings::read(value);
        for wrong in wrong {
            self.show(MessageType::WARNING, format!("golint-rs: {wrong}"));
        }
        self.settings = settings;
        self.off.clear();
        self.restart();
    }

    /// A new engine, for new settings or folders. Running checks go on with the old one, for nothing.
    fn restart(&mut self) {
        let mut options = self.options.clone();
        if let Some(folder) = self.folders.first() {
            options.working_folder.clone_from(folder);
        }
        let folder = options.working_folder.clone();
        self.settings.apply(&mut options, &folder);
        options.overrides.ignore.extend(self.off.iter().map(|name| format!("{name}/*")));
        let level = match self.settings.log_level.as_deref() {
            Some("off") => None,
            Some("error") => Some(Level::Error),
            Some("info") => Some(Level::Info),
            Some("debug") => Some(Level::Debug),
            Some("warn") => Some(Level::Warn),
            _ => self.log_level,
        };
        if let Some(level) = level {
            options.log = Arc::new(ToClient(self.outgoing.clone(), level));
        }
        self.engine = Starter::new(options);
        self.workspace.changed();
        self.changed(|_| true);
        self.refresh();
    }

    // --- what the client says ------------------------------------------------------------------------------------

    pub(crate) fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            Initialized::METHOD => self.initialized(),
            DidOpenTextDocument::METHOD => self.with::<DidOpenTextDocument>(params, |server, params| {
                let folder = server.engine.folder().to_owned();
                let Some(document) = server.documents.open(params.text_document, &folder) else { return };
                let path = document.path.clone();
                server.states.insert(path.clone(), State::default());
                server.touched(&path);
            }),
            DidChangeTextDocument::METHOD => self.with::<DidChangeTextDocument>(params, |server, params| {
                let (id, encoding) = (params.text_document, server.client.encoding);
                let changed = server.documents.change(&id.uri, id.version, params.content_changes, encoding);
                if let Some(path) = changed.map(|document| document.path.clone()) {
                    server.touched(&path);
                }
            }),
            DidCloseTextDocument::METHOD => self.with::<DidCloseTextDocument>(params, |server, params| {
                let Some(document) = server.documents.close(&params.text_document.uri) else { return };
                server.closed(&document);
            }),
            // What is open was checked as it is; others see it in the files.
            DidSaveTextDocument::METHOD => self.workspace.changed(),
            DidChangeWatchedFiles::METHOD => self.with::<DidChangeWatchedFiles>(params, |server, params| {
                server.files_changed(params.changes.iter().filter_map(|change| path_of(&change.uri)).collect());
            }),
            DidChangeConfiguration::METHOD => self.with::<DidChangeConfiguration>(params, |server, params| {
                if server.client.has_configuration {
                    server.ask_for_settings();
                } else {
                    // Under our name, or alone.
                    let mut settings = params.settings;
                    let ours = settings.get_mut("golint-rs").map(Value::take);
                    server.set(ours.unwrap_or(settings));
                }
            }),
            DidChangeWorkspaceFolders::METHOD => self.with::<DidChangeWorkspaceFolders>(params, |server, params| {
                let gone: Vec<_> = params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
                server.folders.retain(|folder| !gone.contains(folder));
                server.folders.extend(params.event.added.iter().filter_map(|folder| path_of(&folder.uri)));
                server.restart();
            }),
            Cancel::METHOD => self.with::<Cancel>(params, |server, params| {
                let id = match params.id {
                    NumberOrString::Number(id) => RequestId::from(id),
                    NumberOrString::String(id) => RequestId::from(id),
                };
                server.workspace.cancel(&id);
                if let Some(place) = server.waiting.iter().position(|waiting| waiting.id == id) {
                    server.waiting.remove(place);
                    server.fail(id, ErrorCode::RequestCanceled, "cancelled");
                }
            }),
            // Notifications that nobody knows may be passed over, says the protocol.
            _ => {}
        }
    }

    pub(crate) fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        match method.as_str() {
            DocumentDiagnosticRequest::METHOD => {
                let Some(params) = self.params::<DocumentDiagnosticParams>(&id, params) else { return };
                let wanted = Wanted::Findings(params.previous_result_id);
                self.ask(id, &params.text_document.uri, wanted);
            }
            WorkspaceDiagnosticRequest::METHOD => {
                let Some(params) = self.params::<WorkspaceDiagnosticParams>(&id, params) else { return };
                self.workspace.ask(id, params);
            }
            CodeActionRequest::METHOD => {
                let Some(params) = self.params::<CodeActionParams>(&id, params) else { return };
                let uri = params.text_document.uri.clone();
                self.ask(id, &uri, Wanted::Actions(Box::new(params)));
            }
            CodeActionResolveRequest::METHOD => {
                let Some(action) = self.params::<CodeAction>(&id, params) else { return };
                let deferred = action.data.clone().and_then(|data| serde_json::from_value::<Deferred>(data).ok());
                match deferred {
                    // It has its edit already.
                    None => self.answer(id, action),
                    Some(deferred) => self.ask(id, &deferred.uri, Wanted::FixAll(Box::new(action), None)),
                }
            }
            _ => self.fail(id, ErrorCode::MethodNotFound, format!("golint-rs does not know `{method}`")),
        }
    }

    pub(crate) fn response(&mut self, response: Response) {
        if let (Some(Asked::Settings), Ok(Value::Array(mut settings))) =
            (self.asked.remove(&response.id), response.response_result)
        {
            self.set(settings.first_mut().map(Value::take).unwrap_or_default());
        }
    }

    fn with<N: NotificationKind>(&mut self, params: Value, work: impl FnOnce(&mut Self, N::Params))
    where
        N::Params: DeserializeOwned,
    {
        match serde_json::from_value(params) {
            Ok(params) => work(self, params),
            Err(error) => {
                let message = format!("{} was not understood: {error}", N::METHOD);
                notify::<LogMessage>(&self.outgoing, LogMessageParams { typ: MessageType::ERROR, message });
            }
        }
    }

    fn params<P: DeserializeOwned>(&self, id: &RequestId, params: Value) -> Option<P> {
        serde_json::from_value(params)
            .map_err(|error| self.fail(id.clone(), ErrorCode::InvalidParams, error.to_string()))
            .ok()
    }

    fn initialized(&mut self) {
        if self.client.watches {
            let watcher =
                |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
            let watchers = ["**/golint.toml", "**/go.mod", "**/go.work", "**/*.go", "**/*.wasm"].map(watcher);
            let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.into() };
            let registration = Registration {
                id: "files".to_owned(),
                method: DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            };
            let registrations = vec![registration];
            self.ask_client::<RegisterCapability>(RegistrationParams { registrations }, Asked::Nothing);
        }
        if self.client.has_configuration {
            self.ask_for_settings();
        }
    }

    fn ask_for_settings(&mut self) {
        let items = vec![ConfigurationItem { scope_uri: None, section: Some("golint-rs".to_owned()) }];
        self.ask_client::<WorkspaceConfiguration>(ConfigurationParams { items }, Asked::Settings);
    }

    fn ask_client<R: RequestKind>(&mut self, params: R::Params, asked: Asked)
    where
        R::Params: Serialize,
    {
        self.clock += 1;
        let id = RequestId::from(format!("golint-rs-{}", self.clock));
        self.asked.insert(id.clone(), asked);
        self.outgoing.send(Request::new(id, R::METHOD.to_owned(), params));
    }

    fn answer(&self, id: RequestId, result: impl Serialize) {
        self.outgoing.send(Response::new_ok(id, result));
    }

    fn fail(&self, id: RequestId, code: ErrorCode, why: impl Into<String>) {
        self.outgoing.send(Response::new_err(id, code as i32, why.into()));
    }

    // --- what changes --------------------------------------------------------------------------------------------

    /// A document was opened, changed or closed. What stands in one package may depend on it.
    fn touched(&mut self, path: &Utf8Path) {
        if self.documents.at(path).is_some_and(|document| document.kind == Kind::Settings) {
            self.changed(|_| true);
            self.refresh();
        } else {
            let folder = path.parent().map(Utf8Path::to_owned);
            self.changed(|other| other.parent() == folder.as_deref());
        }
    }

    fn closed(&mut self, document: &Document) {
        self.states.remove(&document.path);
        self.queue.retain(|path| *path != document.path);
        for waiting in std::mem::take(&mut self.waiting) {
            if waiting.path == document.path {
                self.answer_nothing(waiting);
            } else {
                self.waiting.push(waiting);
            }
        }
        if !self.client.pulls && document.kind == Kind::Go {
            self.publish(document.uri.clone(), Vec::new(), None);
        }
        self.forget_faults(&document.path);
        // What is on disk holds again, and is no longer asked for by itself.
        self.workspace.changed();
        let folder = document.path.parent();
        let settings = document.kind == Kind::Settings;
        self.changed(|other| settings || other.parent() == folder);
    }

    /// Files changed on disk.
    fn files_changed(&mut self, paths: Vec<Utf8PathBuf>) {
        // An open document hides its file.
        let mut paths = paths.into_iter().filter(|path| self.documents.at(path).is_none()).peekable();
        if paths.peek().is_none() {
            return;
        }
        let paths: Vec<Utf8PathBuf> = paths.collect();
        let of_package = |path: &Utf8PathBuf| path.extension() == Some("go");
        let everywhere = paths.iter().any(|path| !of_package(path));
        let folders: FxHashSet<Option<&Utf8Path>> = paths.iter().map(|path| path.parent()).collect();
        if everywhere && !self.off.is_empty() {
            self.off.clear();
            self.restart();
            return;
        }
        self.changed(|other| everywhere || folders.contains(&other.parent()));
        self.workspace.changed();
        self.refresh();
    }

    /// What was found in these open documents holds no longer.
    fn changed(&mut self, holds_not: impl Fn(&Utf8Path) -> bool) {
        self.clock += 1;
        let mut again = Vec::new();
        for (path, state) in &mut self.states {
            if holds_not(path) {
                (state.changed, state.findings) = (self.clock, None);
                again.push(path.clone());
            }
        }
        if let Some((path, control)) = &self.running
            && holds_not(path)
        {
            control.cancel();
        }
        again.sort();
        for path in again {
            let waits = self.waiting.iter().any(|waiting| waiting.path == path);
            if waits || !self.client.pulls {
                self.want(path);
            }
        }
    }

    fn refresh(&mut self) {
        if self.client.pulls && self.client.refreshes {
            self.ask_client::<WorkspaceDiagnosticRefresh>((), Asked::Nothing);
        }
    }

    // --- checks --------------------------------------------------------------------------------------------------

    fn want(&mut self, path: Utf8PathBuf) {
        let is_go = self.documents.at(&path).is_some_and(|document| document.kind == Kind::Go);
        if is_go && !self.queue.contains(&path) {
            self.queue.push_back(path);
        }
    }

    /// The next check, if none is running.
    pub(crate) fn next_job(&mut self) -> Option<Job> {
        if self.running.is_some() {
            return None;
        }
        let path = self.queue.pop_front()?;
        let control = Control::new();
        self.running = Some((path.clone(), control.clone()));
        let fixes = |waiting: &Waiting| waiting.path == path && matches!(waiting.what, Wanted::FixAll(..));
        let is_known = self.states.get(&path).is_some_and(|state| state.findings.is_some());
        let task = if is_known && self.waiting.iter().any(fixes) { Task::Fix } else { Task::Check };
        let (files, engine) = (self.documents.files(), Arc::clone(&self.engine));
        Some(Job { task, path, files, engine, control, time: self.clock })
    }

    /// The next look at the whole workspace, if somebody waits for one.
    pub(crate) fn next_sweep(&mut self) -> Option<Sweep> {
        self.workspace.next(&self.documents, &self.engine, &self.folders, self.client.encoding)
    }

    /// What a sweep says.
    pub(crate) fn swept(&mut self, news: News) {
        self.workspace.take(news);
    }

    /// A check is over.
    pub(crate) fn done(&mut self, done: Done) {
        self.running = None;
        let holds = self.states.get(&done.path).is_some_and(|state| state.changed <= done.time);
        match done.result {
            Some(Ok(looked)) if holds => self.found(&done.path, looked),
            Some(Err(why)) => {
                self.show(MessageType::ERROR, format!("golint-rs: {why}"));
                for waiting in std::mem::take(&mut self.waiting) {
                    if waiting.path == done.path {
                        self.fail(waiting.id, ErrorCode::RequestFailed, why.clone());
                    } else {
                        self.waiting.push(waiting);
                    }
                }
            }
            _ => {
                let waits = self.waiting.iter().any(|waiting| waiting.path == done.path);
                if waits || !self.client.pulls {
                    self.want(done.path);
                }
            }
        }
    }

    fn found(&mut self, path: &Utf8Path, looked: Looked) {
        let Some(document) = self.documents.at(path) else { return };
        let (shown, outcome) = match looked {
            Looked::Checked { shown, outcome } => (shown, outcome),
            Looked::Fixed(after) => {
                let edit = after.map(|after| action::rewrite(self.client, document, &after));
                self.resolve(path, edit.as_ref());
                return;
            }
        };
        let mut converter = Converter::new(&outcome, self.engine.folder(), self.client.encoding);
        if let Some(shown) = &shown {
            converter.know(Arc::clone(shown), document.uri.clone(), document.text.clone());
        }
        let mut all = Vec::new();
        let mut elsewhere: FxHashMap<Uri, Vec<lsp_types::Diagnostic>> = FxHashMap::default();
        for finding in &outcome.report.diagnostics {
            let Some((uri, diagnostic)) = converter.diagnostic(finding) else { continue };
            if Some(finding.path()) == shown.as_ref() {
                all.push((finding.clone(), diagnostic));
            } else {
                elsewhere.entry(uri).or_default().push(diagnostic);
            }
        }
        let id = id_of(all.iter().map(|(_, diagnostic)| diagnostic));
        let (uri, version) = (document.uri.clone(), document.version);
        let turned_off = outcome.turned_off.clone();
        self.tell_faults(path, elsewhere);
        let Some(state) = self.states.get_mut(path) else { return };
        let tell = !self.client.pulls && state.told.as_ref() != Some(&id);
        if tell {
            state.told = Some(id.clone());
            let items = all.iter().map(|(_, diagnostic)| diagnostic.clone()).collect();
            state.findings = Some(Findings { shown, all, id });
            self.publish(uri, items, Some(version));
        } else {
            state.findings = Some(Findings { shown, all, id });
        }
        self.answer_waiting(path);
        if !turned_off.is_empty() {
            let names: Vec<String> = turned_off.iter().map(|name| format!("`{name}`")).collect();
            let message =
                format!("golint-rs: {} took too long and is off until it or the settings change", names.join(", "));
            self.show(MessageType::WARNING, message);
            self.off.extend(turned_off);
            self.restart();
        }
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<lsp_types::Diagnostic>, version: Option<i32>) {
        notify::<PublishDiagnostics>(&self.outgoing, PublishDiagnosticsParams { uri, diagnostics, version });
    }

    /// Faults of golint.toml and the like are sent to all clients: nobody would ask for them.
    fn tell_faults(&mut self, path: &Utf8Path, faults: FxHashMap<Uri, Vec<lsp_types::Diagnostic>>) {
        let gone = self.faulty.iter().filter(|(uri, by)| by.contains(path) && !faults.contains_key(*uri));
        let gone: Vec<Uri> = gone.map(|(uri, _)| uri.clone()).collect();
        for uri in gone {
            self.clear_fault(&uri, path);
        }
        for (uri, diagnostics) in faults {
            self.faulty.entry(uri.clone()).or_default().insert(path.to_owned());
            self.publish(uri, diagnostics, None);
        }
    }

    fn clear_fault(&mut self, uri: &Uri, path: &Utf8Path) {
        let Some(by) = self.faulty.get_mut(uri) else { return };
        by.remove(path);
        if by.is_empty() {
            self.faulty.remove(uri);
            self.publish(uri.clone(), Vec::new(), None);
        }
    }

    fn forget_faults(&mut self, path: &Utf8Path) {
        let all: Vec<Uri> = self.faulty.keys().cloned().collect();
        for uri in all {
            self.clear_fault(&uri, path);
        }
    }

    // --- answers -------------------------------------------------------------------------------------------------

    /// Answers now or when the document was checked.
    fn ask(&mut self, id: RequestId, uri: &Uri, what: Wanted) {
        let document = self.documents.get(uri).filter(|document| document.kind == Kind::Go);
        let Some(path) = document.map(|document| document.path.clone()) else {
            let path = path_of(uri).unwrap_or_default();
            self.answer_nothing(Waiting { id, path, what });
            return;
        };
        let is_known = self.states.get(&path).is_some_and(|state| state.findings.is_some());
        self.waiting.push(Waiting { id, path: path.clone(), what });
        if is_known { self.answer_waiting(&path) } else { self.want(path) }
    }

    /// For documents that are not looked at.
    fn answer_nothing(&self, waiting: Waiting) {
        match waiting.what {
            Wanted::Findings(_) => self.answer(waiting.id, full_report(None, Vec::new())),
            Wanted::Actions(_) => self.answer(waiting.id, Value::Null),
            Wanted::FixAll(action, None) => self.answer(waiting.id, action),
            Wanted::FixAll(_, Some(others)) => self.answer(waiting.id, others),
        }
    }

    /// Answers all that wait for the findings of a document, which are there. Who wants its fixes waits for another run.
    fn answer_waiting(&mut self, path: &Utf8Path) {
        let (Some(document), Some(findings)) =
            (self.documents.at(path), self.states.get(path).and_then(|state| state.findings.as_ref()))
        else {
            return;
        };
        let mut left = Vec::new();
        for waiting in std::mem::take(&mut self.waiting) {
            if waiting.path != *path {
                left.push(waiting);
                continue;
            }
            match waiting.what {
                Wanted::Findings(previous) if previous.as_ref() == Some(&findings.id) => {
                    let report = UnchangedDocumentDiagnosticReport { result_id: findings.id.clone() };
                    let report = RelatedUnchangedDocumentDiagnosticReport {
                        related_documents: None,
                        unchanged_document_diagnostic_report: report,
                    };
                    self.outgoing.send(Response::new_ok(waiting.id, DocumentDiagnosticReport::Unchanged(report)));
                }
                Wanted::Findings(_) => {
                    let items = findings.all.iter().map(|(_, diagnostic)| diagnostic.clone()).collect();
                    self.outgoing.send(Response::new_ok(waiting.id, full_report(Some(findings.id.clone()), items)));
                }
                Wanted::Actions(params) => {
                    let (actions, fix_all) = actions(self.client, document, findings, &params);
                    match fix_all {
                        Some(action) if !self.client.resolves_edits => {
                            let what = Wanted::FixAll(Box::new(action), Some(actions));
                            left.push(Waiting { what, ..waiting });
                        }
                        fix_all => {
                            let actions: Vec<CodeAction> = actions.into_iter().chain(fix_all).collect();
                            self.outgoing.send(Response::new_ok(waiting.id, actions));
                        }
                    }
                }
                Wanted::FixAll(..) => left.push(waiting),
            }
        }
        let is_fixed = |waiting: &Waiting| waiting.path == *path && matches!(waiting.what, Wanted::FixAll(..));
        let fixes = left.iter().any(is_fixed);
        self.waiting = left;
        if fixes {
            self.want(path.to_owned());
        }
    }

    /// Answers what waits for the edit of all fixes.
    fn resolve(&mut self, path: &Utf8Path, edit: Option<&lsp_types::WorkspaceEdit>) {
        let mut left = Vec::new();
        for waiting in std::mem::take(&mut self.waiting) {
            match waiting.what {
                Wanted::FixAll(action, others) if waiting.path == *path => {
                    let action = CodeAction { edit: edit.cloned(), ..*action };
                    self.outgoing.send(match others {
                        None => Response::new_ok(waiting.id, action),
                        // Without an edit it does nothing, and need not be offered.
                        Some(others) => {
                            let offered = edit.is_some().then_some(action);
                            Response::new_ok(waiting.id, others.into_iter().chain(offered).collect::<Vec<_>>())
                        }
                    });
                }
                what => left.push(Waiting { what, ..waiting }),
            }
        }
        self.waiting = left;
    }
}

fn full_report(result_id: Option<String>, items: Vec<lsp_types::Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// The actions for a place, and the one for the file, which has no edit yet.
fn actions(
    client: Client,
    document: &Document,
    findings: &Findings,
    params: &CodeActionParams,
) -> (Vec<CodeAction>, Option<CodeAction>) {
    let (Some(shown), true) = (&findings.shown, client.action_literals) else { return (Vec::new(), None) };
    let only = params.context.only.as_deref();
    let mut actions = Vec::new();
    if action::is_wanted(only, "quickfix") {
        let at = |position| document.text.offset(position, client.encoding);
        let range = at(params.range.start)..at(params.range.end);
        actions.extend(action::quick_fixes(client, document, shown, &findings.all, range));
    }
    let fixable = findings.all.iter().any(|(finding, _)| !finding.fixes.is_empty());
    // Asked for by name only: a light bulb on every line is no help.
    let is_asked_for = only.is_some() && action::is_wanted(only, FIX_ALL);
    (actions, (fixable && is_asked_for).then(|| action::fix_all(document)))
}
