//! The findings of open documents: which check is next, what came of it, and who was waiting for that.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::{Control, Outcome};
use golint_diagnostics::Diagnostic;
use lsp_server::{ErrorCode, RequestId, Response};
use lsp_types::notification::PublishDiagnostics;
use lsp_types::{
    CodeAction, CodeActionParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport, MessageType,
    PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, Uri,
};
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Findings, Server, Waiting, Wanted};
use crate::action::{self, FIX_ALL};
use crate::checker::{Done, Job, Looked, Task};
use crate::client::Client;
use crate::document::{Document, Kind};
use crate::finding::{Converter, id_of};
use crate::notice::notify;
use crate::sweep::{News, Step, Sweep};
use crate::uri::path_of;

/// Stands for the files that nobody opened, among the documents whose checks found faults elsewhere.
pub(super) const WORKSPACE: &str = "";

/// The rule of faults in configuration.
const CONFIGURATION: &str = "configuration";

impl Server {
    pub(super) fn want(&mut self, path: Utf8PathBuf) {
        let is_checked = self.documents.at(&path).is_some_and(Document::is_checked);
        if is_checked && !self.queue.contains(&path) {
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
        let task = match self.documents.at(&path).map(|document| document.kind) {
            Some(Kind::Configuration) => Task::Judge,
            _ if is_known && self.waiting.iter().any(fixes) => Task::Fix,
            _ => Task::Check,
        };
        let (files, engine) = (self.documents.files(), Arc::clone(self.engines.of(&path)));
        Some(Job { task, path, files, engine, incremental: Arc::clone(&self.incremental), control, time: self.clock })
    }

    /// The next look at the whole workspace, if somebody waits for one.
    pub(crate) fn next_sweep(&mut self) -> Option<Sweep> {
        self.workspace.next(&self.documents, &self.engines, &self.folders, self.client.encoding)
    }

    /// What a sweep says.
    pub(crate) fn swept(&mut self, news: News) {
        match news.what {
            Step::Faults(faults) => {
                if self.workspace.is_about(news.number) {
                    self.tell_faults(Utf8Path::new(WORKSPACE), faults);
                }
            }
            _ => self.workspace.take(news),
        }
    }

    /// A check is over.
    pub(crate) fn done(&mut self, done: Done) {
        self.running = None;
        let holds = self.states.get(&done.path).is_some_and(|state| state.changed <= done.time);
        match done.result {
            Some(Ok(looked)) if holds => self.found(&done.path, looked),
            Some(Err(why)) => {
                self.tell_trouble(MessageType::ERROR, &why);
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

    /// Nothing more is served: whoever still waits is told.
    pub(crate) fn leave(&mut self) {
        let why = "golint-rs shuts down";
        self.workspace.leave(why);
        if let Some((_, control)) = &self.running {
            control.cancel();
        }
        let waiting = std::mem::take(&mut self.waiting).into_iter().map(|waiting| waiting.id);
        for id in waiting.chain(self.drop_questions()) {
            self.fail(id, ErrorCode::RequestCanceled, why);
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
        let mut converter = Converter::new(&outcome, self.engines.of(path).folder(), self.client.encoding);
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
        let remarks = outcome.remarks.iter().filter(|remark| Some(&remark.path) == shown.as_ref());
        let remarks: Vec<_> = remarks.filter_map(|remark| converter.remark(remark)).collect();
        let id = id_of(all.iter().map(|(_, diagnostic)| diagnostic).chain(&remarks));
        let (uri, version) = (document.uri.clone(), document.version);
        let turned_off = outcome.turned_off.clone();
        self.tell_unchecked(path, shown.as_deref(), &outcome);
        self.tell_faults(path, elsewhere);
        let Some(state) = self.states.get_mut(path) else { return };
        let tell = !self.client.pulls && state.told.as_ref() != Some(&id);
        if tell {
            state.told = Some(id.clone());
        }
        let findings = state.findings.insert(Findings { shown, all, remarks, id });
        if tell {
            let items = findings.items();
            self.publish(uri, items, Some(version));
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

    /// A document that is not checked for the sake of its configuration looks like one in which all is well.
    fn tell_unchecked(&mut self, path: &Utf8Path, shown: Option<&str>, outcome: &Outcome) {
        if self.documents.at(path).is_none_or(|document| document.kind != Kind::Go) {
            return;
        }
        let is_fault = |finding: &&Diagnostic| *finding.rule == *CONFIGURATION && Some(&**finding.path()) != shown;
        match outcome.report.diagnostics.iter().find(is_fault) {
            Some(fault) => {
                let why = format!("nothing is checked while {} has faults: {}", fault.path(), fault.message);
                self.tell_trouble(MessageType::WARNING, &why);
            }
            None => self.trouble = None,
        }
    }

    /// Shows what keeps documents from being checked, once, however many checks it hits one after the other.
    fn tell_trouble(&mut self, typ: MessageType, why: &str) {
        if self.trouble.as_deref() != Some(why) {
            self.show(typ, format!("golint-rs: {why}"));
            self.trouble = Some(why.to_owned());
        }
    }

    pub(super) fn publish(&self, uri: Uri, diagnostics: Vec<lsp_types::Diagnostic>, version: Option<i32>) {
        notify::<PublishDiagnostics>(&self.outgoing, PublishDiagnosticsParams { uri, diagnostics, version });
    }

    /// Faults of golint.toml and the like are sent to all clients: nobody would ask for them. Where it is open, its own
    /// check tells them, of the text as it is.
    fn tell_faults(&mut self, path: &Utf8Path, mut faults: FxHashMap<Uri, Vec<lsp_types::Diagnostic>>) {
        faults
            .retain(|uri, _| !path_of(uri).and_then(|path| self.documents.at(&path)).is_some_and(Document::is_checked));
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

    pub(super) fn forget_faults(&mut self, path: &Utf8Path) {
        let all: Vec<Uri> = self.faulty.keys().cloned().collect();
        for uri in all {
            self.clear_fault(&uri, path);
        }
    }

    /// From now on the document's own check tells its faults.
    pub(super) fn take_over_faults(&mut self, path: &Utf8Path) {
        let Some(uri) = self.faulty.keys().find(|uri| path_of(uri).as_deref() == Some(path)).cloned() else { return };
        self.faulty.remove(&uri);
        self.publish(uri, Vec::new(), None);
    }

    /// Answers now or when the document was checked.
    pub(super) fn ask(&mut self, id: RequestId, uri: &Uri, what: Wanted) {
        // Comments suppress nothing in golint.toml, and it has no fixes.
        let has_it = |document: &&Document| match what {
            Wanted::Findings(_) => document.is_checked(),
            Wanted::Actions(_) | Wanted::FixAll(..) => document.kind == Kind::Go,
        };
        let document = self.documents.get(uri).filter(has_it);
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
    pub(super) fn answer_nothing(&self, waiting: Waiting) {
        match waiting.what {
            Wanted::Findings(_) => self.answer(waiting.id, full_report(None, Vec::new())),
            Wanted::Actions(_) => self.answer(waiting.id, Value::Null),
            Wanted::FixAll(action, None) => self.answer(waiting.id, action),
            Wanted::FixAll(_, Some(others)) => self.answer(waiting.id, others),
        }
    }

    /// Answers all that wait for the findings of a document, which are there. Who wants its fixes waits for another run.
    pub(super) fn answer_waiting(&mut self, path: &Utf8Path) {
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
                    self.answer(waiting.id, DocumentDiagnosticReport::Unchanged(report));
                }
                Wanted::Findings(_) => {
                    self.answer(waiting.id, full_report(Some(findings.id.clone()), findings.items()));
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
                            self.answer(waiting.id, actions);
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
