//! Questions about a place: what it means, and what can be written there. The place is found at once, in the text as it is;
//! what there is to say about it comes from a folder's handbook, which may have to be looked up first.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_server::{ErrorCode, RequestId};
use lsp_types::TextDocumentPositionParams;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::Server;
use crate::completion::complete;
use crate::document::Kind;
use crate::handbook::{Found, Handbook, Inquiry};
use crate::hover::hover;
use crate::subject::Subject;
use crate::toml::is_sound;

/// Folders whose handbooks are kept; more are looked up again.
const MOST: usize = 16;

/// What somebody wants to know about a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Hover,
    Completion,
}

/// What is known of rules, and who waits to hear of it.
#[derive(Default)]
pub(super) struct Questions {
    /// By folder, with the time of what they were made of.
    books: FxHashMap<Utf8PathBuf, (Arc<Handbook>, u64)>,
    /// When something last changed that they depend on.
    changed: u64,
    waiting: Vec<Question>,
    /// An inquiry is under way.
    asked: bool,
}

struct Question {
    id: RequestId,
    /// What is older than this does not count.
    time: u64,
    folder: Utf8PathBuf,
    wish: Wish,
    subject: Subject,
}

impl Server {
    /// Answers now, or when the rules are known.
    pub(super) fn ask_about(&mut self, id: RequestId, place: &TextDocumentPositionParams, wish: Wish) {
        let encoding = self.client.encoding;
        let found = self.documents.get(&place.text_document.uri).and_then(|document| {
            let offset = document.text.offset(place.position, encoding);
            let subject = Subject::at(document, offset, encoding)?;
            Some((document.path.parent().unwrap_or(&document.path).to_owned(), subject))
        });
        match found {
            None => self.answer(id, Value::Null),
            Some((folder, subject)) => {
                let question = Question { id, time: self.questions.changed, folder, wish, subject };
                match self.book(&question.folder) {
                    Some(book) => self.tell(question, &book),
                    None => self.questions.waiting.push(question),
                }
            }
        }
    }

    fn book(&self, folder: &Utf8Path) -> Option<Arc<Handbook>> {
        let (book, time) = self.questions.books.get(folder)?;
        (*time >= self.questions.changed).then(|| Arc::clone(book))
    }

    fn tell(&self, question: Question, book: &Handbook) {
        match question.wish {
            Wish::Hover => self.answer(question.id, hover(self.client, &question.subject, book)),
            Wish::Completion => self.answer(question.id, complete(self.client, &question.subject, book)),
        }
    }

    /// The next folder to look up, if somebody waits for one.
    pub(crate) fn next_inquiry(&mut self) -> Option<Inquiry> {
        if self.questions.asked {
            return None;
        }
        let folder = self.questions.waiting.first()?.folder.clone();
        self.questions.asked = true;
        let engine = Arc::clone(self.engines.of(&folder));
        Some(Inquiry { folder, engine, files: self.documents.files(), time: self.clock })
    }

    /// A folder was looked up.
    pub(crate) fn looked_up(&mut self, found: Found) {
        self.questions.asked = false;
        let about = |question: &Question| question.folder == found.folder && question.time <= found.time;
        let (theirs, others) = std::mem::take(&mut self.questions.waiting).into_iter().partition(about);
        self.questions.waiting = others;
        match found.result {
            Ok(book) => {
                let book = self.keep(found.folder, book, found.time);
                theirs.into_iter().for_each(|question: Question| self.tell(question, &book));
            }
            Err(why) => {
                theirs.into_iter().for_each(|question| self.fail(question.id, ErrorCode::RequestFailed, why.clone()));
            }
        }
    }

    fn keep(&mut self, folder: Utf8PathBuf, book: Handbook, time: u64) -> Arc<Handbook> {
        // A configuration that is no TOML while somebody types in it names no plugins. They are still meant.
        let is_torn = self.documents.iter().any(|document| {
            document.kind == Kind::Configuration
                && document.path.parent().is_some_and(|above| folder.starts_with(above))
                && !std::str::from_utf8(document.text.bytes()).is_ok_and(is_sound)
        });
        let books = &mut self.questions.books;
        let book = match books.get(&folder) {
            Some((known, _)) if is_torn => Arc::clone(known),
            _ => Arc::new(book),
        };
        if books.len() >= MOST {
            books.clear();
        }
        books.insert(folder, (Arc::clone(&book), time));
        book
    }

    /// What rules there are, and what they take, may be something else now.
    pub(super) fn rules_changed(&mut self) {
        self.clock += 1;
        self.questions.changed = self.clock;
    }

    /// Who still waits; they get no answer here any more.
    pub(super) fn drop_questions(&mut self) -> impl Iterator<Item = RequestId> + use<> {
        std::mem::take(&mut self.questions.waiting).into_iter().map(|question| question.id)
    }

    pub(super) fn cancel_question(&mut self, id: &RequestId) {
        if let Some(place) = self.questions.waiting.iter().position(|question| question.id == *id) {
            self.questions.waiting.remove(place);
            self.fail(id.clone(), ErrorCode::RequestCanceled, "cancelled");
        }
    }
}
