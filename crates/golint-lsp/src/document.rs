//! The documents that are open in the editor, and the files as they look with them.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_project::{FileSystem, Overlay, Remembered};
use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};
use rustc_hash::FxHashMap;

use crate::text::{Encoding, Text};
use crate::uri::path_of;

/// Bytes of files that are remembered: of those beside open documents, of configuration and of plugins.
const REMEMBERED: usize = 16 << 20;

/// What a document is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Go,
    /// Decides what is found elsewhere: go.mod, go.work.
    Settings,
    /// The same of golint.toml, which has findings of its own.
    Configuration,
}

/// An open document.
pub(crate) struct Document {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) kind: Kind,
    /// Where it is, or where it would be: documents that were never saved lie in a folder of their own.
    pub(crate) path: Utf8PathBuf,
    pub(crate) text: Text,
}

impl Document {
    /// Whether it has findings of its own.
    pub(crate) fn is_checked(&self) -> bool {
        matches!(self.kind, Kind::Go | Kind::Configuration)
    }
}

/// All open documents, by path.
pub(crate) struct Documents {
    open: FxHashMap<Utf8PathBuf, Document>,
    /// Where each URI leads.
    paths: FxHashMap<Uri, Utf8PathBuf>,
    /// What open documents hide.
    below: Arc<dyn FileSystem>,
    /// Over files that are remembered: for those beside open documents, again and again the same.
    overlay: Overlay,
    /// Of documents that were never saved.
    unsaved: u64,
}

impl Documents {
    /// None is open yet; `below` is what they hide.
    pub(crate) fn new(below: Arc<dyn FileSystem>) -> Documents {
        let overlay = Overlay::new(Arc::new(Remembered::new(Arc::clone(&below), REMEMBERED)));
        Documents { open: FxHashMap::default(), paths: FxHashMap::default(), below, overlay, unsaved: 0 }
    }

    /// Closes what a file is open as under another name: there are several ways to write a URI.
    pub(crate) fn close_other(&mut self, uri: &Uri) -> Option<Document> {
        let other = self.open.get(&path_of(uri)?).filter(|open| open.uri != *uri)?.uri.clone();
        self.close(&other)
    }

    /// Opens a document. `folder` is where one lies that was never saved. None for what is neither Go nor decides what is
    /// found in Go.
    pub(crate) fn open(&mut self, item: TextDocumentItem, folder: &Utf8Path) -> Option<&Document> {
        let path = match path_of(&item.uri) {
            Some(path) => path,
            None if item.language_id == "go" => self.paths.get(&item.uri).cloned().unwrap_or_else(|| {
                self.unsaved += 1;
                // A folder of each one's own: they are no package.
                folder.join(format!(".golint-rs-unsaved/{}/{}", self.unsaved, "unsaved.go"))
            }),
            None => return None,
        };
        let kind = match path.file_name().unwrap_or_default() {
            "golint.toml" => Kind::Configuration,
            "go.mod" | "go.work" => Kind::Settings,
            _ if path.extension() == Some("go") => Kind::Go,
            _ => return None,
        };
        let text = Text::new(Arc::from(item.text.into_bytes()));
        self.overlay.insert(path.clone(), Arc::clone(text.bytes()));
        self.paths.insert(item.uri.clone(), path.clone());
        let document = Document { uri: item.uri, version: item.version, kind, path: path.clone(), text };
        Some(self.open.entry(path).insert_entry(document).into_mut())
    }

    /// Applies changes in their order.
    pub(crate) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Option<&Document> {
        let document = self.open.get_mut(self.paths.get(uri)?)?;
        for change in changes {
            document.text = match change.range {
                None => Text::new(Arc::from(change.text.into_bytes())),
                Some(range) => {
                    let at = |position| document.text.offset(position, encoding);
                    document.text.replaced(at(range.start)..at(range.end), &change.text)
                }
            };
        }
        document.version = version;
        self.overlay.insert(document.path.clone(), Arc::clone(document.text.bytes()));
        Some(document)
    }

    pub(crate) fn close(&mut self, uri: &Uri) -> Option<Document> {
        let path = self.paths.remove(uri)?;
        self.overlay.remove(&path);
        self.open.remove(&path)
    }

    pub(crate) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.open.get(self.paths.get(uri)?)
    }

    pub(crate) fn at(&self, path: &Utf8Path) -> Option<&Document> {
        self.open.get(path)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Document> {
        self.open.values()
    }

    /// The files as they are now, open documents in the place of what is on disk.
    pub(crate) fn files(&self) -> Arc<dyn FileSystem> {
        Arc::new(self.overlay.clone())
    }

    /// The same, for those who read each file once.
    pub(crate) fn files_once(&self) -> Arc<dyn FileSystem> {
        let mut files = Overlay::new(Arc::clone(&self.below));
        self.iter().for_each(|document| files.insert(document.path.clone(), Arc::clone(document.text.bytes())));
        Arc::new(files)
    }
}

#[cfg(test)]
mod tests {
    use golint_project::Disk;

    use super::*;

    #[test]
    fn what_is_opened_twice_is_open_once() {
        let mut documents = Documents::new(Arc::new(Disk));
        for (uri, text) in
            [("untitled:a", "1"), ("untitled:a", "2"), ("file:///m/b.go", "3"), ("file:///m/%62.go", "4")]
        {
            let uri: Uri = uri.parse().expect("a URI");
            documents.close_other(&uri);
            documents.open(TextDocumentItem::new(uri, "go".into(), 1, text.into()), Utf8Path::new("/m"));
        }
        let mut texts: Vec<_> = documents.iter().map(|document| document.text.bytes().to_vec()).collect();
        texts.sort();
        assert_eq!(texts, [b"2", b"4"]);
    }
}
