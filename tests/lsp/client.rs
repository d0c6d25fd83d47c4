//! A small client of the language server, with the real binary at the other end of the pipes. It answers what the server
//! asks, applies edits as an editor would, and waits a minute at most.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::scratch::Scratch;

/// So long a test waits before it fails.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Read, and not asked for yet.
    early: VecDeque<Value>,
    next: i64,
    /// What `workspace/configuration` is answered with.
    settings: Value,
    pub(super) root: String,
}

/// What an editor such as VS Code can do.
pub(super) fn able() -> Value {
    json!({
        "textDocument": {
            "diagnostic": {"dynamicRegistration": true},
            "codeAction": {
                "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}},
                "dataSupport": true,
                "resolveSupport": {"properties": ["edit"]},
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        },
        "workspace": {
            "configuration": true,
            "didChangeWatchedFiles": {"dynamicRegistration": true},
            "diagnostics": {"refreshSupport": true},
            "workspaceEdit": {"documentChanges": true},
        },
        "window": {"workDoneProgress": true},
    })
}

/// An editor that is sent findings, and offered commands and edits of the simplest kind.
pub(super) fn simple() -> Value {
    json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}})
}

impl Client {
    /// A server that was started and told nothing yet.
    pub(super) fn silent(scratch: &Scratch) -> Client {
        let mut command = scratch.command(&["lsp", "--stdio"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let root = format!("file://{}", scratch.path().canonicalize().expect("a folder").display());
        let input = child.stdin.take();
        Client { child, input, messages, early: VecDeque::new(), next: 0, settings: Value::Null, root }
    }

    /// A server in this folder, greeted.
    pub(super) fn new(scratch: &Scratch, capabilities: &Value) -> Client {
        Client::with(scratch, capabilities, &json!({})).0
    }

    /// The same, with settings; also what the server says that it can do.
    pub(super) fn with(scratch: &Scratch, capabilities: &Value, settings: &Value) -> (Client, Value) {
        let mut client = Client::silent(scratch);
        client.settings = settings.clone();
        let greeting = client.request(
            "initialize",
            &json!({
                "processId": std::process::id(),
                "rootUri": client.root,
                "workspaceFolders": [{"uri": client.root, "name": "test"}],
                "capabilities": capabilities,
                "initializationOptions": settings,
            }),
        );
        client.notify("initialized", &json!({}));
        if capabilities["workspace"]["configuration"] == true {
            client.wait_until_configured();
        }
        (client, greeting["result"].clone())
    }

    /// Other settings from now on.
    pub(super) fn configure(&mut self, settings: &Value) {
        self.settings = settings.clone();
        self.notify("workspace/didChangeConfiguration", &json!({"settings": null}));
        self.wait_until_configured();
    }

    fn wait_until_configured(&mut self) {
        self.wait("to be asked for settings", |message| message["method"] == "workspace/configuration");
        // Messages are taken in their order: who is answered now, the settings were read before.
        self.request("golint-rs/nothing", &json!({}));
        // What was said before is over.
        self.early.clear();
    }

    pub(super) fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    /// Writes bytes as they are.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("an open pipe");
        input.write_all(bytes).expect("the server reads");
        input.flush().expect("the server reads");
    }

    fn send(&mut self, body: &Value) {
        let body = body.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub(super) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and does not wait.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> i64 {
        self.next += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params}));
        self.next
    }

    /// The answer to a request.
    pub(super) fn answer(&mut self, id: i64) -> Value {
        self.wait(&format!("the answer to {id}"), |message| message["id"] == id && message.get("method").is_none())
    }

    pub(super) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// The next message that fits. Others are kept; requests of the server are answered.
    pub(super) fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(place) = self.early.iter().position(&fits) {
            return self.early.remove(place).expect("it is there");
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{what}: {error}"));
            if message.get("method").is_some() && message.get("id").is_some() {
                let result = match message["method"].as_str() {
                    Some("workspace/configuration") => json!([self.settings]),
                    _ => Value::Null,
                };
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": result}));
            }
            if fits(&message) {
                return message;
            }
            self.early.push_back(message);
        }
    }

    pub(super) fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.open_as(&uri, "go", text);
    }

    pub(super) fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": item}));
    }

    /// Replaces a range, or all of it.
    pub(super) fn change(&mut self, path: &str, version: i64, range: Option<&Value>, text: &str) {
        let mut change = json!({"text": text});
        if let Some(range) = range {
            change["range"] = range.clone();
        }
        let id = json!({"uri": self.uri(path), "version": version});
        self.notify("textDocument/didChange", &json!({"textDocument": id, "contentChanges": [change]}));
    }

    pub(super) fn close(&mut self, path: &str) {
        let id = json!({"uri": self.uri(path)});
        self.notify("textDocument/didClose", &json!({"textDocument": id}));
    }

    /// What the server finds in a document.
    pub(super) fn pull(&mut self, path: &str) -> Value {
        let uri = self.uri(path);
        self.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}))["result"].take()
    }

    /// The same in short: line, rule.
    pub(super) fn found(&mut self, path: &str) -> Vec<(u64, String)> {
        short(&self.pull(path)["items"])
    }

    /// What is sent about a document next.
    pub(super) fn published(&mut self, path: &str) -> Value {
        let uri = self.uri(path);
        let is_it = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == *uri
        };
        self.wait(&format!("findings in {path}"), is_it)["params"].take()
    }

    pub(super) fn actions(&mut self, path: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let uri = self.uri(path);
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.request("textDocument/codeAction", &params)["result"].as_array().cloned().unwrap_or_default()
    }

    /// The exit code, after an orderly end.
    pub(super) fn shut_down(mut self) -> Option<i32> {
        assert_eq!(self.request("shutdown", &Value::Null)["result"], Value::Null);
        self.notify("exit", &Value::Null);
        self.end()
    }

    /// Closes the pipe. The exit code.
    pub(super) fn end(&mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("an end").code()
    }

    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => length = line.strip_prefix("Content-Length: ")?.parse().ok()?,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Line (from 0) and rule of each finding.
pub(super) fn short(items: &Value) -> Vec<(u64, String)> {
    let one = |item: &Value| {
        let line = item["range"]["start"]["line"].as_u64().expect("a line");
        (line, item["code"].as_str().expect("a rule").to_owned())
    };
    items.as_array().unwrap_or_else(|| panic!("no findings: {items}")).iter().map(one).collect()
}

/// From line and column to line and column.
pub(super) fn range(from: (u32, u32), to: (u32, u32)) -> Value {
    let at = |(line, character): (u32, u32)| json!({"line": line, "character": character});
    json!({"start": at(from), "end": at(to)})
}

/// What an edit of one document makes of an ASCII text.
pub(super) fn edited(text: &str, edit: &Value) -> String {
    let edits = match edit.get("documentChanges") {
        Some(changes) => changes[0]["edits"].clone(),
        None => edit["changes"].as_object().expect("changes").values().next().expect("a document").clone(),
    };
    let offset = |at: &Value| {
        let (line, character) = (at["line"].as_u64().expect("a line"), at["character"].as_u64().expect("a column"));
        let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
        start + character as usize
    };
    let mut edits: Vec<_> = edits.as_array().expect("edits").clone();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().expect("a text"));
    }
    text
}
