//! What the client is told unasked: notifications, and what packs and the engine log.

use std::io::Write;

use golint_core::{Level, Log, LogEntry};
use lsp_server::Notification;
use lsp_types::notification::{LogMessage, Notification as NotificationKind};
use lsp_types::{LogMessageParams, MessageType};
use serde::Serialize;

use crate::transport::Outgoing;

/// Hands on what packs and the engine say.
pub(crate) struct ToClient(pub(crate) Outgoing, pub(crate) Level);

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

/// Tells the client something that it did not ask for.
pub(crate) fn notify<N: NotificationKind>(outgoing: &Outgoing, params: N::Params)
where
    N::Params: Serialize,
{
    outgoing.send(Notification::new(N::METHOD.to_owned(), params));
}
