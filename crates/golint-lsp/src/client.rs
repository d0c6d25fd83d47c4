//! What the client can do, and what it is told that we can.

use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, HoverProviderCapability, InitializeParams, InitializeResult,
    MarkupContent, MarkupKind, SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use serde_json::Value;

use crate::action::FIX_ALL;
use crate::completion::TRIGGERS;
use crate::text::Encoding;

/// What of the protocol the client understands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Client {
    pub(crate) encoding: Encoding,
    /// It asks for findings; otherwise they are sent.
    pub(crate) pulls: bool,
    /// It can be told to ask again.
    pub(crate) refreshes: bool,
    /// It answers what its settings are.
    pub(crate) has_configuration: bool,
    /// It watches files for us.
    pub(crate) watches: bool,
    /// It takes code actions, not commands only.
    pub(crate) action_literals: bool,
    /// It asks for the edits of the action that was chosen, and not of all.
    pub(crate) resolves_edits: bool,
    /// It takes edits with the versions of documents.
    pub(crate) document_changes: bool,
    /// It shows Markdown when somebody hovers.
    pub(crate) hovers_in_markdown: bool,
    /// It shows Markdown beside what can be written.
    pub(crate) completes_in_markdown: bool,
}

impl Client {
    pub(crate) fn new(capabilities: &ClientCapabilities) -> Client {
        let general = capabilities.general.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let documents = capabilities.text_document.as_ref();
        let action = documents.and_then(|documents| documents.code_action.as_ref());
        let offered = general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        Client {
            encoding: Encoding::negotiate(offered),
            pulls: documents.is_some_and(|documents| documents.diagnostic.is_some()),
            refreshes: workspace
                .and_then(|workspace| workspace.diagnostic.as_ref()?.refresh_support)
                .unwrap_or_default(),
            has_configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or_default(),
            watches: workspace
                .and_then(|workspace| workspace.did_change_watched_files?.dynamic_registration)
                .unwrap_or_default(),
            action_literals: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            resolves_edits: action
                .and_then(|action| action.resolve_support.as_ref())
                .is_some_and(|support| support.properties.iter().any(|property| property == "edit")),
            document_changes: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)
                .unwrap_or_default(),
            hovers_in_markdown: documents
                .and_then(|documents| documents.hover.as_ref()?.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            completes_in_markdown: documents
                .and_then(|documents| documents.completion.as_ref()?.completion_item.as_ref())
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
        }
    }

    /// Markdown, or the same as plain text.
    pub(crate) fn marked_up(self, in_markdown: bool, value: String) -> MarkupContent {
        MarkupContent { kind: if in_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText }, value }
    }

    /// What we answer to that.
    pub(crate) fn greeting(self, version: &str) -> InitializeResult {
        let pull = DiagnosticServerCapabilities::Options(DiagnosticOptions {
            identifier: Some("golint-rs".to_owned()),
            inter_file_dependencies: true,
            workspace_diagnostics: true,
            work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
        });
        let actions = CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::new(FIX_ALL)]),
            resolve_provider: Some(true),
            ..CodeActionOptions::default()
        });
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(lsp_types::OneOf::Left(true)),
        };
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(SaveOptions { include_text: Some(false) }.into()),
            ..TextDocumentSyncOptions::default()
        };
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            code_action_provider: Some(actions),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(TRIGGERS.map(str::to_owned).into()),
                ..CompletionOptions::default()
            }),
            diagnostic_provider: self.pulls.then_some(pull),
            workspace: Some(WorkspaceServerCapabilities { workspace_folders: Some(folders), file_operations: None }),
            ..ServerCapabilities::default()
        };
        InitializeResult {
            capabilities,
            server_info: Some(ServerInfo { name: "golint-rs".to_owned(), version: Some(version.to_owned()) }),
        }
    }
}

/// What the client says of itself at first.
///
/// # Errors
/// If it is not what the protocol has there.
pub(crate) fn introduction(mut params: Value) -> Result<InitializeParams, serde_json::Error> {
    // The protocol says `diagnostics` of the workspace; lsp-types 0.97 reads `diagnostic`.
    if let Some(Value::Object(workspace)) = params.pointer_mut("/capabilities/workspace")
        && let Some(diagnostics) = workspace.remove("diagnostics")
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
    serde_json::from_value(params)
}
