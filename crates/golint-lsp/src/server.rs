//! What the client says, and what it is answered: which documents are open, what was found in them, and who waits for
//! what. It never blocks: checks are jobs for another thread, and an answer that is not there yet is given when it is.

mod findings;
mod questions;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Control, EngineOptions, Incremental, Level};
use golint_diagnostics::Diagnostic;
use lsp_server::{ErrorCode, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Initialized, LogMessage,
    Notification as NotificationKind, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, CodeActionResolveRequest, Completion, DocumentDiagnosticRequest, HoverRequest,
    RegisterCapability, Request as RequestKind, WorkspaceConfiguration, WorkspaceDiagnosticRefresh,
    WorkspaceDiagnosticRequest,
};
use lsp_types::{
    CodeAction, CodeActionParams, CompletionParams, ConfigurationItem, ConfigurationParams,
    DidChangeWatchedFilesRegistrationOptions, DocumentDiagnosticParams, FileSystemWatcher, GlobPattern, HoverParams,
    InitializeParams, LogMessageParams, MessageType, NumberOrString, Registration, RegistrationParams,
    ShowMessageParams, Uri, WorkspaceDiagnosticParams,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::action::Deferred;
use crate::client::Client;
use crate::document::{Document, Documents, Kind};
use crate::engines::Engines;
use crate::lifecycle::{ServerOptions, Start};
use crate::notice::{ToClient, notify};
use crate::settings::Settings;
use crate::transport::Outgoing;
use crate::uri::path_of;
use crate::workspace::Workspace;
use questions::{Questions, Wish};

/// What was found in an open document.
struct Findings {
    /// As people are shown the file; none where it is not one of the project's.
    shown: Option<Arc<str>>,
    all: Vec<(Diagnostic, lsp_types::Diagnostic)>,
    /// What is shown beside them.
    remarks: Vec<lsp_types::Diagnostic>,
    /// Differs where what is shown does.
    id: String,
}

impl Findings {
    /// All that is shown.
    fn items(&self) -> Vec<lsp_types::Diagnostic> {
        self.all.iter().map(|(_, diagnostic)| diagnostic).chain(&self.remarks).cloned().collect()
    }
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
    start: Start,
    log_level: Option<Level>,
    folders: Vec<Utf8PathBuf>,
    /// The settings of `initialize`: they hold while the client says nothing else.
    initial: Settings,
    settings: Settings,
    /// Plugins that took too long: they are left out until they or the settings change.
    off: BTreeSet<String>,
    engines: Engines,
    incremental: Arc<Incremental>,
    /// What kept the last document from being checked, as the client was told.
    trouble: Option<String>,
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
    questions: Questions,
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
            engines: Engines::new(&options.engine, options.start, &[]),
            start: options.start,
            incremental: Arc::default(),
            trouble: None,
            options: options.engine.clone(),
            log_level: options.log_level,
            folders,
            initial: Settings::default(),
            settings: Settings::default(),
            off: BTreeSet::new(),
            documents: Documents::new(Arc::clone(&options.files)),
            states: FxHashMap::default(),
            waiting: Vec::new(),
            queue: VecDeque::new(),
            running: None,
            clock: 0,
            asked: FxHashMap::default(),
            faulty: FxHashMap::default(),
            questions: Questions::default(),
            workspace: Workspace::new(outgoing.clone()),
            outgoing,
        };
        server.settings = server.read_settings(params.initialization_options.unwrap_or_default());
        server.initial = server.settings.clone();
        server.restart();
        server
    }

    fn show(&self, typ: MessageType, message: impl Into<String>) {
        notify::<ShowMessage>(&self.outgoing, ShowMessageParams { typ, message: message.into() });
    }

    /// Tells what can't be understood.
    fn read_settings(&self, value: Value) -> Settings {
        let (settings, wrong) = Settings::read(value);
        for wrong in wrong {
            self.show(MessageType::WARNING, format!("golint-rs: {wrong}"));
        }
        settings
    }

    /// Takes settings over, and starts anew with them.
    fn set(&mut self, value: Value) {
        let says_nothing = value.as_object().is_none_or(|all| all.values().all(Value::is_null));
        let settings = if says_nothing { self.initial.clone() } else { self.read_settings(value) };
        // Clients like to say the same again.
        if settings != self.settings || !self.off.is_empty() {
            self.settings = settings;
            self.off.clear();
            self.restart();
        }
    }

    /// New engines, for new settings or folders. Running checks go on with the old one, for nothing.
    fn restart(&mut self) {
        let mut options = self.options.clone();
        let folder = self.folders.first().unwrap_or(&self.options.working_folder);
        self.settings.apply(&mut options, folder);
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
        self.engines = Engines::new(&options, self.start, &self.folders);
        self.workspace.changed();
        self.rules_changed();
        self.changed(|_| true);
        self.refresh();
    }

    // --- what the client says ------------------------------------------------------------------------------------

    pub(crate) fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            Initialized::METHOD => self.initialized(),
            DidOpenTextDocument::METHOD => self.with::<DidOpenTextDocument>(params, |server, params| {
                if let Some(other) = server.documents.close_other(&params.text_document.uri) {
                    server.closed(&other);
                }
                let folder = server.engines.first_folder().to_owned();
                let Some(document) = server.documents.open(params.text_document, &folder) else { return };
                let path = document.path.clone();
                server.take_over_faults(&path);
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
                server.cancel_question(&id);
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
            HoverRequest::METHOD => {
                let Some(params) = self.params::<HoverParams>(&id, params) else { return };
                self.ask_about(id, &params.text_document_position_params, Wish::Hover);
            }
            Completion::METHOD => {
                let Some(params) = self.params::<CompletionParams>(&id, params) else { return };
                self.ask_about(id, &params.text_document_position, Wish::Completion);
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
            // A baseline may have any name; this is the one that the documentation gives it.
            let globs = ["**/golint.toml", "**/golint-baseline*", "**/go.mod", "**/go.work", "**/*.go", "**/*.wasm"];
            let watchers = globs.map(watcher);
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
        let kind = self.documents.at(path).map(|document| document.kind);
        if let Some(Kind::Settings | Kind::Configuration) = kind {
            self.changed(|_| true);
            self.workspace.changed();
            self.refresh();
            self.rules_changed();
        } else {
            let folder = path.parent().map(Utf8Path::to_owned);
            self.changed(|other| other.parent() == folder.as_deref());
        }
    }

    fn closed(&mut self, document: &Document) {
        self.states.remove(&document.path);
        self.incremental.forget(&document.path);
        self.queue.retain(|path| *path != document.path);
        for waiting in std::mem::take(&mut self.waiting) {
            if waiting.path == document.path {
                self.answer_nothing(waiting);
            } else {
                self.waiting.push(waiting);
            }
        }
        if !self.client.pulls && document.is_checked() {
            self.publish(document.uri.clone(), Vec::new(), None);
        }
        self.forget_faults(&document.path);
        // What is on disk holds again, and is no longer asked for by itself.
        self.workspace.changed();
        let folder = document.path.parent();
        let settings = document.kind != Kind::Go;
        self.changed(|other| settings || other.parent() == folder);
        if settings {
            self.rules_changed();
            self.refresh();
        }
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
        if everywhere {
            self.rules_changed();
            self.forget_faults(Utf8Path::new(findings::WORKSPACE));
        }
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
}
