//! What an editor knows of its documents and its server, and what it may expect: one answer to each request, and findings
//! of the files as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_lsp::Ending;
use golint_project::FileSystem;
use serde_json::{Value, json};

use super::super::desk::{self, Disk};
use super::super::pipe::Pipe;
use super::fresh::{Faulty, World, are};
use super::text::{Unit, edited, offset};
use super::words::DOCUMENTS;

/// An open document, as far as the server is concerned.
pub(super) struct Document {
    pub(super) uri: String,
    pub(super) text: String,
    pub(super) version: i64,
}

/// What the server has said to a request so far.
#[derive(Default)]
struct Asked {
    sent: usize,
    answers: Vec<Value>,
}

/// How the editor answers the server's own requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    #[default]
    Proper,
    Twice,
    Failing,
    Absurd,
    Silent,
}

/// What the editor can do.
#[derive(Default)]
pub(super) struct Able {
    pub(super) pulls: bool,
    pub(super) configuration: bool,
    pub(super) literals: bool,
    pub(super) resolves: bool,
}

pub(super) struct Editor {
    pipe: Pipe,
    pub(super) disk: Arc<Disk>,
    able: Able,
    unit: Unit,
    pub(super) manner: Manner,
    /// By where they are for the server.
    pub(super) documents: BTreeMap<Utf8PathBuf, Document>,
    /// Where each URI leads.
    paths: BTreeMap<String, Utf8PathBuf>,
    unsaved: u64,
    folders: Vec<Utf8PathBuf>,
    initial: Value,
    settings: Value,
    /// What it says when it is asked for settings.
    pub(super) offered: Value,
    asked: BTreeMap<String, Asked>,
    pub(super) last: i64,
    /// Findings that it was sent, by URI.
    published: BTreeMap<String, Vec<Value>>,
    /// Actions that it was offered.
    pub(super) actions: Vec<Value>,
}

impl Editor {
    /// Starts a server and greets it.
    pub(super) fn new(able: Able, params: &Value, folders: Vec<Utf8PathBuf>) -> Editor {
        let disk = Disk::new();
        let initial = params["initializationOptions"].clone();
        let mut editor = Editor {
            pipe: Pipe::open(desk::options(Arc::clone(&disk))),
            disk,
            able,
            unit: Unit::default(),
            manner: Manner::default(),
            documents: BTreeMap::new(),
            paths: BTreeMap::new(),
            unsaved: 0,
            folders,
            settings: initial.clone(),
            initial,
            offered: Value::Null,
            asked: BTreeMap::new(),
            last: 0,
            published: BTreeMap::new(),
            actions: Vec::new(),
        };
        let greeting = editor.request("initialize", params);
        editor.unit = Unit::of(greeting["result"]["capabilities"]["positionEncoding"].as_str().expect("a name"));
        editor.notify("initialized", &json!({}));
        editor
    }

    // --- what is said --------------------------------------------------------------------------------------------

    pub(super) fn raw(&self, bytes: &[u8]) {
        self.pipe.write(bytes.to_vec());
    }

    pub(super) fn send(&self, message: &Value) {
        self.pipe.send(message.to_string().as_bytes());
    }

    pub(super) fn notify(&self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and does not wait.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.last += 1;
        // Both kinds of ids that there are.
        let id = if self.last % 3 == 0 { json!(format!("n{}", self.last)) } else { json!(self.last) };
        self.asked.entry(id.to_string()).or_default().sent += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// Sends a request and waits for the answer.
    pub(super) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        self.answer(&id)
    }

    /// The answer to a request, once it is there.
    pub(super) fn answer(&mut self, id: &Value) -> Value {
        loop {
            if let Some(answer) = self.asked.get(&id.to_string()).and_then(|asked| asked.answers.last()) {
                return answer.clone();
            }
            let message = self.pipe.next().expect("the server is still there");
            self.take(message);
        }
    }

    fn take(&mut self, message: Value) {
        match message["method"].as_str().map(str::to_owned) {
            None if message["id"].is_null() => {}
            None => {
                let asked = self.asked.get_mut(&message["id"].to_string());
                let asked = asked.unwrap_or_else(|| panic!("nobody asked for {message}"));
                asked.answers.push(message);
                assert!(asked.answers.len() <= asked.sent, "it was answered before: {:?}", asked.answers);
            }
            Some(_) if message.get("id").is_some() => self.serve(&message),
            Some(method) if method == "textDocument/publishDiagnostics" => {
                let uri = message["params"]["uri"].as_str().expect("a URI").to_owned();
                self.published.insert(uri, list(&message["params"]["diagnostics"]));
            }
            Some(_) => {}
        }
    }

    /// Answers a request of the server.
    fn serve(&mut self, request: &Value) {
        let is_settings = request["method"] == "workspace/configuration";
        let result = match self.manner {
            Manner::Silent => return,
            Manner::Failing => {
                let error = json!({"code": -32603, "message": "no"});
                return self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "error": error}));
            }
            Manner::Absurd => json!(7),
            Manner::Proper | Manner::Twice if is_settings => json!([self.offered]),
            Manner::Proper | Manner::Twice => Value::Null,
        };
        if is_settings && self.manner != Manner::Absurd {
            self.set(self.offered.clone());
        }
        self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": result}));
        if self.manner == Manner::Twice {
            self.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": [{"ignore": ["bad"]}]}));
        }
    }

    /// Waits until all that was said so far was heard, and what the server asked meanwhile was answered.
    pub(super) fn settle(&mut self) {
        self.request("golint-rs/nothing", &Value::Null);
    }

    // --- what changes --------------------------------------------------------------------------------------------

    pub(super) fn open(&mut self, uri: &str, path: Option<&str>, language: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": item}));
        let path = match path {
            Some(path) if is_taken(path) => Utf8PathBuf::from(path),
            None if language == "go" => self.paths.get(uri).cloned().unwrap_or_else(|| {
                self.unsaved += 1;
                let root = self.folders.first().cloned().unwrap_or(desk::engine_options().working_folder);
                root.join(format!(".golint-rs-unsaved/{}/unsaved.go", self.unsaved))
            }),
            _ => return,
        };
        self.paths.retain(|_, known| *known != path);
        self.paths.insert(uri.to_owned(), path.clone());
        self.documents.insert(path, Document { uri: uri.to_owned(), text: text.to_owned(), version: 1 });
    }

    /// Changes a document; of an absurd change, the server takes nothing.
    pub(super) fn change(&mut self, uri: &str, version: i64, changes: &[Value]) {
        let id = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", &json!({"textDocument": id, "contentChanges": changes}));
        let number = |place: &Value| place.as_u64().filter(|&number| u32::try_from(number).is_ok());
        let sound = |place: &Value| number(&place["line"]).is_some() && number(&place["character"]).is_some();
        let has_range = |change: &Value| change.get("range").is_some();
        if changes.iter().any(|c| has_range(c) && !(sound(&c["range"]["start"]) && sound(&c["range"]["end"]))) {
            return;
        }
        let Some(document) = self.paths.get(uri).and_then(|path| self.documents.get_mut(path)) else { return };
        for change in changes {
            let new = change["text"].as_str().expect("a text");
            if !has_range(change) {
                document.text = new.to_owned();
                continue;
            }
            let at = |place: &Value| {
                let number = |name: &str| place[name].as_u64().expect("it was looked at");
                offset(&document.text, number("line"), number("character"), self.unit)
            };
            let start = at(&change["range"]["start"]);
            let end = at(&change["range"]["end"]).max(start);
            document.text.replace_range(start..end, new);
        }
        document.version = version;
    }

    pub(super) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
        if let Some(path) = self.paths.remove(uri) {
            self.documents.remove(&path);
        }
    }

    pub(super) fn configure(&mut self, settings: &Value, under_name: bool) {
        self.offered = settings.clone();
        let told = if under_name { json!({"golint-rs": settings}) } else { settings.clone() };
        self.notify("workspace/didChangeConfiguration", &json!({"settings": told}));
        if !self.able.configuration {
            self.set(settings.clone());
        }
    }

    fn set(&mut self, settings: Value) {
        let says_nothing = settings.as_object().is_none_or(|all| all.values().all(Value::is_null));
        self.settings = if says_nothing { self.initial.clone() } else { settings };
    }

    pub(super) fn change_folders(&mut self, removed: &[&str], added: &[&str]) {
        let folders = |paths: &[&str]| -> Value {
            paths.iter().map(|path| json!({"uri": format!("file://{path}"), "name": path})).collect()
        };
        let event = json!({"removed": folders(removed), "added": folders(added)});
        self.notify("workspace/didChangeWorkspaceFolders", &json!({"event": event}));
        self.folders.retain(|folder| !removed.contains(&folder.as_str()));
        self.folders.extend(added.iter().map(Utf8PathBuf::from));
    }

    // --- what must hold ------------------------------------------------------------------------------------------

    fn world(&self) -> World {
        let mut files = self.disk.now();
        self.documents.iter().for_each(|(path, document)| files.insert(path, document.text.as_bytes()));
        let files: Arc<dyn FileSystem> = Arc::new(files);
        World { files, folders: self.folders.clone(), settings: self.settings.clone(), unit: self.unit }
    }

    /// All that is found. What was published of files that are no longer open was taken back, and faults only stand where
    /// there are some.
    pub(super) fn compare_all(&mut self) {
        let paths: Vec<Utf8PathBuf> = self.documents.keys().cloned().collect();
        let mut faulty: Option<Faulty> = paths
            .iter()
            .map(|path| self.compare(path))
            .collect::<Option<Vec<_>>>()
            .map(|all| all.into_iter().flatten().collect());
        let elsewhere = self.compare_workspace();
        faulty = faulty.zip(elsewhere).map(|(here, elsewhere)| here.into_iter().chain(elsewhere).collect());
        let Some(faulty) = faulty else { return };
        for (uri, items) in
            self.published.iter().filter(|(uri, items)| !items.is_empty() && !self.paths.contains_key(*uri))
        {
            assert!(faulty.contains(&path_of(uri)), "{uri} has no faults but {items:?}");
        }
    }

    /// What is found in an open document is what is found in it by someone who has seen nothing before. Also where else
    /// something is wrong; none where nothing can be found at all.
    pub(super) fn compare(&mut self, path: &Utf8Path) -> Option<Faulty> {
        self.settle();
        let document = self.documents.get(path).map(|document| (document.uri.clone(), document.text.clone()));
        let Some((uri, text)) = document else { return Some(Faulty::new()) };
        let id = json!({"uri": uri});
        let report = self.request("textDocument/diagnostic", &json!({"textDocument": id}));
        let is_checked = path.extension() == Some("go") || path.file_name() == Some("golint.toml");
        match self.world().findings(path) {
            _ if !is_checked => {
                assert_eq!(report["result"]["items"], json!([]), "{path}");
                Some(Faulty::new())
            }
            Err(wrong) => {
                // Settings have other names than flags.
                let (told, wrong) = (&report["error"]["message"], wrong.split_once(": ").map_or(&*wrong, |it| it.1));
                assert!(told.as_str().is_some_and(|told| told.ends_with(wrong)), "{path}: {report}, not {wrong}");
                None
            }
            Ok((found, faulty)) => {
                let items = list(&report["result"]["items"]);
                assert!(are(&found, &items), "{path} in {:?}:\n{text}\n{items:#?}\n{found:#?}", self.settings);
                if !self.able.pulls {
                    assert_eq!(*self.published.entry(uri.clone()).or_default(), items, "{path} has others published");
                }
                if path.extension() == Some("go") {
                    self.compare_fixes(path, &id, &text);
                }
                Some(faulty)
            }
        }
    }

    fn compare_fixes(&mut self, path: &Utf8Path, id: &Value, text: &str) {
        let everywhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": u32::MAX, "character": 0}});
        for only in ["quickfix", "source.fixAll"] {
            let context = json!({"diagnostics": [], "only": [only]});
            let params = json!({"textDocument": id, "range": everywhere, "context": context});
            let actions = list(&self.request("textDocument/codeAction", &params)["result"]);
            assert!(self.able.literals || actions.is_empty(), "{actions:?}");
            if only == "quickfix" {
                actions.iter().for_each(|action| _ = self.after(path, text, action));
                self.actions.extend(actions);
                continue;
            }
            let resolved = actions.into_iter().next().map(|action| match self.able.resolves {
                true => self.request("codeAction/resolve", &action)["result"].take(),
                false => action,
            });
            let after = resolved.and_then(|action| self.after(path, text, &action));
            let expected = self.world().fixed(path).filter(|_| self.able.literals);
            let expected = expected.map(|after| String::from_utf8_lossy(&after).into_owned());
            assert_eq!(after, expected, "{path} in {:?}:\n{text}", self.settings);
        }
    }

    /// The document after an action, if that has edits.
    fn after(&self, path: &Utf8Path, text: &str, action: &Value) -> Option<String> {
        let (document, edit) = (&self.documents[path], action.get("edit")?);
        let edits = match edit.get("documentChanges") {
            Some(changes) => {
                assert_eq!(list(changes).len(), 1, "{action}");
                let expected = json!({"uri": document.uri, "version": document.version});
                assert_eq!(changes[0]["textDocument"], expected);
                list(&changes[0]["edits"])
            }
            None => {
                let changes = edit["changes"].as_object().unwrap_or_else(|| panic!("{action}"));
                assert_eq!(changes.keys().collect::<Vec<_>>(), [&document.uri]);
                list(&changes[&document.uri])
            }
        };
        Some(edited(text, &edits, self.unit))
    }

    /// The same of all files that are not open.
    pub(super) fn compare_workspace(&mut self) -> Option<Faulty> {
        self.settle();
        let id = self.ask("workspace/diagnostic", &json!({"previousResultIds": []}));
        // Otherwise the server might wait until something changes.
        self.notify("textDocument/didSave", &json!({"textDocument": {"uri": "file:///m/a.go"}}));
        let report = self.answer(&id);
        let (mut found, faulty) = match self.world().everywhere(|path| self.documents.contains_key(path)) {
            Err(wrong) => {
                assert_eq!(report["error"]["message"], *wrong, "{report}");
                return None;
            }
            Ok(found) => found,
        };
        found.retain(|_, found| !found.is_empty());
        for item in list(&report["result"]["items"]) {
            let expected = found.remove(&path_of(item["uri"].as_str().expect("a URI"))).unwrap_or_default();
            assert!(are(&expected, &list(&item["items"])), "{item:#}\n{expected:#?}");
        }
        assert!(found.is_empty(), "{report:#}\nlacks {found:#?}");
        Some(faulty)
    }

    // --- how it ends ---------------------------------------------------------------------------------------------

    /// As the protocol has it: then all requests were answered.
    pub(super) fn shut_down(mut self) {
        self.request("shutdown", &Value::Null);
        self.ask("textDocument/hover", &json!({}));
        self.notify("exit", &Value::Null);
        let (ending, asked) = self.end();
        assert_eq!(ending, Ending::Orderly);
        for (id, asked) in asked {
            assert_eq!(asked.answers.len(), asked.sent, "{id}");
        }
    }

    /// In any other way.
    pub(super) fn leave(self) {
        assert_eq!(self.end().0, Ending::Abrupt);
    }

    fn end(mut self) -> (Ending, BTreeMap<String, Asked>) {
        let (ending, said) = self.pipe.close();
        said.into_iter().for_each(|message| self.take(message));
        (ending, self.asked)
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn path_of(uri: &str) -> Utf8PathBuf {
    let known = DOCUMENTS.iter().find(|(known, ..)| *known == uri).and_then(|(_, path, _)| *path);
    Utf8PathBuf::from(known.unwrap_or(uri.trim_start_matches("file://")))
}

/// Whether the server takes a file at this path for something of its own.
fn is_taken(path: &str) -> bool {
    path.ends_with(".go") || ["golint.toml", "go.mod", "go.work"].iter().any(|name| path.ends_with(&format!("/{name}")))
}
