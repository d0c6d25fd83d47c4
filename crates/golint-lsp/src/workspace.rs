//! Requests for the findings of the whole workspace: one sweep at a time, told part by part where the client takes parts.
//! A request that comes when nothing has changed waits until something does.

use camino::Utf8PathBuf;
use golint_core::Control;
use lsp_server::{ErrorCode, Notification, RequestId, Response};
use lsp_types::{
    FullDocumentDiagnosticReport, NumberOrString, UnchangedDocumentDiagnosticReport, Uri, WorkDoneProgress,
    WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::json;

use crate::document::Documents;
use crate::engines::Engines;
use crate::sweep::{News, Step, Sweep};
use crate::text::Encoding;
use crate::transport::Outgoing;
use crate::uri::{path_of, uri_of};

/// A request that was not answered yet.
struct Asked {
    id: RequestId,
    /// What the client has.
    previous: FxHashMap<Uri, String>,
    parts: Option<NumberOrString>,
    progress: Option<NumberOrString>,
    /// The client was told that it began.
    has_begun: bool,
    /// What the sweep has looked at, and what it leaves to others: open documents.
    seen: FxHashSet<Utf8PathBuf>,
    /// What was found, for a client that takes no parts.
    all: Vec<WorkspaceDocumentDiagnosticReport>,
}

/// The findings of the workspace, as far as somebody asks for them.
pub(crate) struct Workspace {
    outgoing: Outgoing,
    asked: Option<Asked>,
    running: Option<Control>,
    /// Of the sweep that runs, or ran last.
    number: u64,
    /// Something changed since the last sweep began.
    news: bool,
}

impl Workspace {
    pub(crate) fn new(outgoing: Outgoing) -> Workspace {
        Workspace { outgoing, asked: None, running: None, number: 0, news: true }
    }

    /// Takes a request; it replaces an older one.
    pub(crate) fn ask(&mut self, id: RequestId, params: WorkspaceDiagnosticParams) {
        self.drop_request(ErrorCode::ServerCancelled, "a newer request took its place");
        let previous = params.previous_result_ids.into_iter().map(|known| (known.uri, known.value)).collect();
        let parts = params.partial_result_params.partial_result_token;
        let progress = params.work_done_progress_params.work_done_token;
        self.asked = Some(Asked {
            id,
            previous,
            parts,
            progress,
            has_begun: false,
            seen: FxHashSet::default(),
            all: Vec::new(),
        });
    }

    /// Gives up the request of this id, if there is one.
    pub(crate) fn cancel(&mut self, id: &RequestId) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == *id) {
            self.drop_request(ErrorCode::RequestCanceled, "cancelled");
        }
    }

    /// Gives up whatever is asked for.
    pub(crate) fn leave(&mut self, why: &str) {
        self.drop_request(ErrorCode::RequestCanceled, why);
    }

    fn drop_request(&mut self, code: ErrorCode, why: &str) {
        if let Some(control) = self.running.take() {
            control.cancel();
            self.news = true;
        }
        if let Some(asked) = self.asked.take() {
            self.end_progress(&asked);
            self.outgoing.send(Response::new_err(asked.id, code as i32, why.to_owned()));
        }
    }

    /// Something changed on disk or in the settings: what a running sweep has found so far may be wrong.
    pub(crate) fn changed(&mut self) {
        self.news = true;
        if let Some(control) = &self.running {
            control.cancel();
        }
    }

    /// The next sweep, if somebody waits for one.
    pub(crate) fn next(
        &mut self,
        documents: &Documents,
        engines: &Engines,
        folders: &[Utf8PathBuf],
        encoding: Encoding,
    ) -> Option<Sweep> {
        let asked = self.asked.as_mut()?;
        if self.running.is_some() || !self.news {
            return None;
        }
        asked.all.clear();
        asked.seen = documents.iter().map(|document| document.path.clone()).collect();
        self.news = false;
        self.number += 1;
        let control = Control::new();
        self.running = Some(control.clone());
        if let Some(token) = asked.progress.as_ref().filter(|_| !std::mem::replace(&mut asked.has_begun, true)) {
            let begin = WorkDoneProgressBegin {
                title: "golint-rs".to_owned(),
                cancellable: Some(true),
                message: Some("checking the workspace".to_owned()),
                percentage: Some(0),
            };
            progress(&self.outgoing, token, &WorkDoneProgress::Begin(begin));
        }
        Some(Sweep {
            engines: engines.clone(),
            files: documents.files_once(),
            folders: folders.to_vec(),
            open: asked.seen.clone(),
            encoding,
            control,
            number: self.number,
        })
    }

    /// Whether what a sweep of this number found counts.
    pub(crate) fn is_about(&self, number: u64) -> bool {
        number == self.number && self.running.as_ref().is_some_and(|control| !control.is_cancelled())
    }

    /// Takes what a sweep says.
    pub(crate) fn take(&mut self, news: News) {
        if news.number != self.number {
            return;
        }
        match news.what {
            Step::Faults(_) => {}
            Step::Files { files, done, total } => {
                if self.is_about(news.number) {
                    self.report(files, done, total);
                }
            }
            Step::End(end) => {
                let was_cancelled = self.running.take().is_none_or(|control| control.is_cancelled());
                if !was_cancelled && end.is_ok() {
                    self.report_what_is_gone();
                }
                let Some(asked) = self.asked.take_if(|_| !was_cancelled) else { return };
                self.end_progress(&asked);
                match end {
                    Ok(()) => {
                        let report = WorkspaceDiagnosticReport { items: asked.all };
                        self.outgoing.send(Response::new_ok(asked.id, report));
                    }
                    Err(why) => {
                        self.outgoing.send(Response::new_err(asked.id, ErrorCode::RequestFailed as i32, why));
                    }
                }
            }
        }
    }

    /// Files that the client has findings of, and that are no longer part of the workspace.
    fn report_what_is_gone(&mut self) {
        let Some(asked) = &mut self.asked else { return };
        let is_gone = |uri: &&Uri| path_of(uri).is_none_or(|path| !asked.seen.contains(&path));
        let gone: Vec<Uri> = asked.previous.keys().filter(is_gone).cloned().collect();
        let items = gone.into_iter().map(|uri| full(uri, None, Vec::new())).collect();
        asked.send(&self.outgoing, items);
    }

    fn report(&mut self, files: Vec<(Utf8PathBuf, Vec<lsp_types::Diagnostic>, String)>, done: usize, total: usize) {
        let Some(asked) = &mut self.asked else { return };
        let mut items = Vec::new();
        for (path, found, id) in files {
            let Some(uri) = uri_of(&path) else { continue };
            asked.seen.insert(path);
            let previous = asked.previous.get(&uri);
            // What has nothing, and had nothing, need not be told.
            if found.is_empty() && previous.is_none() {
                continue;
            }
            items.push(if previous == Some(&id) {
                let report = UnchangedDocumentDiagnosticReport { result_id: id };
                WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version: None,
                    unchanged_document_diagnostic_report: report,
                })
            } else {
                if asked.parts.is_some() {
                    // The client has it from now on, also if the sweep begins anew.
                    asked.previous.insert(uri.clone(), id.clone());
                }
                full(uri, Some(id), found)
            });
        }
        asked.send(&self.outgoing, items);
        if let Some(token) = &asked.progress {
            let percentage = u32::try_from(done * 100 / total.max(1)).unwrap_or(100);
            let report = WorkDoneProgressReport {
                cancellable: Some(true),
                message: Some(format!("{done} of {total} files")),
                percentage: Some(percentage),
            };
            progress(&self.outgoing, token, &WorkDoneProgress::Report(report));
        }
    }

    fn end_progress(&self, asked: &Asked) {
        if let Some(token) = &asked.progress {
            progress(&self.outgoing, token, &WorkDoneProgress::End(WorkDoneProgressEnd { message: None }));
        }
    }
}

impl Asked {
    /// A part of the answer, now or with all of it.
    fn send(&mut self, outgoing: &Outgoing, items: Vec<WorkspaceDocumentDiagnosticReport>) {
        match &self.parts {
            Some(token) if !items.is_empty() => {
                let part = json!({"token": token, "value": {"items": items}});
                outgoing.send(Notification::new("$/progress".to_owned(), part));
            }
            Some(_) => {}
            None => self.all.extend(items),
        }
    }
}

fn full(uri: Uri, id: Option<String>, found: Vec<lsp_types::Diagnostic>) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: id, items: found },
    })
}

fn progress(outgoing: &Outgoing, token: &NumberOrString, value: &WorkDoneProgress) {
    outgoing.send(Notification::new("$/progress".to_owned(), json!({"token": token, "value": value})));
}
