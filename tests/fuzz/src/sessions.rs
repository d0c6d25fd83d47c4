//! Sessions of an editor, as an input describes them: documents that come, change and go with all that belongs to them, and
//! questions in between. Whatever was said before, what is found is what someone finds who sees the files for the first time.

mod editor;
mod fresh;
mod text;
mod words;

use camino::Utf8PathBuf;
use serde_json::{Value, json};

use super::recipe::{self, Reader};
use editor::{Able, Editor, Manner};
use words::{ABSURD, DOCUMENTS, FOLDERS, METHODS, PIECES, SETTINGS, TEXTS};

/// Longer sessions add nothing but time.
const MOST_STEPS: usize = 60;
/// Changes in one notification, actions that are kept, and the like.
const FEW: u8 = 4;

/// The first bytes say what the rules do, the next ones what the editor can do, and the others what it does.
pub fn run(data: &[u8]) {
    let Some((&length, rest)) = data.split_first() else { return };
    let (rules, steps) = rest.split_at(rest.len().min(usize::from(length) % 32));
    // Such numbers stand for texts without end, which is for other targets to try.
    let rules: Vec<u8> = rules.iter().map(|&byte| byte.min(249)).collect();
    let _turn = recipe::set(&rules);
    let mut reader = Reader::new(steps.to_vec());
    let mut editor = greet(&mut reader);
    let end = reader.byte();
    if end & 16 == 0 {
        // Two files of one package, which have been looked at.
        for (uri, path, language) in &DOCUMENTS[..2] {
            editor.open(uri, *path, language, pick(&mut reader, TEXTS));
        }
        for (uri, ..) in &DOCUMENTS[..2] {
            editor.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
        }
    }
    for _ in 0..MOST_STEPS {
        if !reader.has_more() {
            break;
        }
        step(&mut editor, &mut reader);
    }
    if end & 8 == 0 {
        editor.compare_all();
    }
    match end % 8 {
        0..=3 => editor.shut_down(),
        4 => editor.leave(),
        5 => {
            editor.notify("exit", &Value::Null);
            editor.leave();
        }
        6 => {
            editor.raw(b"Content-Length: 99\r\n\r\n{\"id\"");
            editor.leave();
        }
        _ => {
            editor.ask("shutdown", &Value::Null);
            editor.leave();
        }
    }
}

/// One of all documents; more often one of the first.
fn document(reader: &mut Reader) -> (&'static str, Option<&'static str>, &'static str) {
    let number = usize::from(reader.byte());
    let from = if number < 160 { &DOCUMENTS[..3] } else { DOCUMENTS };
    from[number % from.len()]
}

/// One of these.
fn pick<T: Clone>(reader: &mut Reader, from: &[T]) -> T {
    from[usize::from(reader.byte()) % from.len()].clone()
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn greet(reader: &mut Reader) -> Editor {
    let (bits, more) = (reader.byte(), reader.byte());
    let has = |bit: u8| bits >> bit & 1 == 1;
    let able = Able { pulls: has(0), configuration: has(1), literals: has(2), resolves: has(3) };
    let mut documents = json!({"hover": {"contentFormat": ["markdown"]}});
    if able.pulls {
        documents["diagnostic"] = json!({});
    }
    if able.literals {
        documents["codeAction"] = json!({"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}});
    }
    if able.resolves {
        documents["codeAction"]["resolveSupport"] = json!({"properties": ["edit"]});
    }
    let encodings = [json!([]), json!(["utf-8"]), json!(["utf-32", "utf-16"]), json!(["utf-7"])];
    let workspace = json!({
        "configuration": able.configuration,
        "didChangeWatchedFiles": {"dynamicRegistration": has(4)},
        "diagnostic": {"refreshSupport": has(5)},
        "workspaceEdit": {"documentChanges": has(6)},
    });
    let folders = match more >> 2 & 3 {
        0 => &FOLDERS[..1],
        1 => &FOLDERS[..2],
        2 => &[],
        _ => &FOLDERS[..3],
    };
    let named: Vec<Value> = folders.iter().map(|path| json!({"uri": format!("file://{path}"), "name": ""})).collect();
    let params = json!({
        "processId": has(7).then(std::process::id),
        "rootUri": folders.first().map(|path| format!("file://{path}")),
        "workspaceFolders": named,
        "capabilities": {
            "general": {"positionEncodings": encodings[usize::from(more & 3)]},
            "textDocument": documents,
            "workspace": workspace,
        },
        "initializationOptions": json_of(SETTINGS[usize::from(more >> 4) % SETTINGS.len()]),
    });
    Editor::new(able, &params, folders.iter().map(Utf8PathBuf::from).collect())
}

fn step(editor: &mut Editor, reader: &mut Reader) {
    match reader.byte() % 20 {
        0 | 1 => {
            let (uri, path, language) = document(reader);
            editor.open(uri, path, language, pick(reader, TEXTS));
        }
        2..=4 => {
            let (uri, ..) = document(reader);
            let version = i64::from(reader.byte());
            let changes: Vec<Value> = (0..=reader.byte() % FEW).map(|_| change(reader)).collect();
            editor.change(uri, version, &changes);
        }
        5 => editor.close(document(reader).0),
        6 => {
            let (uri, path, _) = document(reader);
            let content = match reader.byte() % 8 {
                0 => None,
                1 => Some(&b"package p\n\nvar bad = \"\xff\xe9\" // \xf0\x9f\xa6 \xf0\x9f\xa6\x80\nvar bad = q\n"[..]),
                _ => Some(pick(reader, TEXTS).as_bytes()),
            };
            if let Some(path) = path {
                editor.disk.set(path.into(), content);
            }
            editor.notify("workspace/didChangeWatchedFiles", &json!({"changes": [{"uri": uri, "type": 2}]}));
        }
        7 => {
            let (settings, under_name) = (json_of(pick(reader, SETTINGS)), reader.byte() % 2 == 1);
            editor.configure(&settings, under_name);
        }
        8 => {
            let manners = [Manner::Proper, Manner::Twice, Manner::Failing, Manner::Absurd, Manner::Silent];
            editor.manner = pick(reader, &manners);
        }
        9 => {
            let (removed, added) = (pick(reader, FOLDERS), pick(reader, FOLDERS));
            let added: &[&str] = if reader.byte() % 2 == 1 { &[added] } else { &[] };
            editor.change_folders(&[removed], added);
        }
        10 => {
            let (uri, ..) = document(reader);
            let previous = (reader.byte() % 2 == 1).then_some("0000000000000000");
            let params = json!({"textDocument": {"uri": uri}, "previousResultId": previous});
            ask(editor, reader, "textDocument/diagnostic", &params);
        }
        11 => {
            let tokens = [json!(null), json!(1), json!("t")];
            let params = json!({
                "previousResultIds": [{"uri": "file:///m/a.go", "value": "x"}],
                "partialResultToken": pick(reader, &tokens),
                "workDoneToken": pick(reader, &tokens),
            });
            // It may wait until something changes.
            editor.ask("workspace/diagnostic", &params);
        }
        12 => {
            let (uri, ..) = document(reader);
            let only = [json!(null), json!([]), json!([""]), json!(["source"]), json!(["quickfix", "source.fixAll"])];
            let context = json!({"diagnostics": [], "only": pick(reader, &only)});
            let range = json!({"start": place(reader), "end": place(reader)});
            let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
            ask(editor, reader, "textDocument/codeAction", &params);
        }
        13 => {
            let number = usize::from(reader.byte());
            let made = json!({"title": "x", "data": {"uri": document(reader).0, "version": 1}});
            let action = editor.actions.get(number % (editor.actions.len() + 1)).cloned().unwrap_or(made);
            ask(editor, reader, "codeAction/resolve", &action);
        }
        method @ (14 | 15) => {
            let method = if method == 14 { "textDocument/hover" } else { "textDocument/completion" };
            let params = json!({"textDocument": {"uri": document(reader).0}, "position": place(reader)});
            ask(editor, reader, method, &params);
        }
        16 => {
            let back = i64::from(reader.byte() % FEW);
            let id = editor.last - back;
            let id = if id % 3 == 0 { json!(format!("n{id}")) } else { json!(id) };
            editor.notify("$/cancelRequest", &json!({"id": id}));
        }
        17 => absurd(editor, reader),
        18 => {
            let (_, path, _) = document(reader);
            let untitled = editor.documents.keys().find(|path| path.as_str().contains("unsaved")).cloned();
            if let Some(path) = path.map(Utf8PathBuf::from).or(untitled) {
                _ = editor.compare(&path);
            }
        }
        _ => match reader.byte() % FEW {
            0 => editor.notify("textDocument/didSave", &json!({"textDocument": {"uri": "file:///m/a.go"}})),
            1 => _ = editor.compare_workspace(),
            _ => editor.settle(),
        },
    }
}

/// Asks, and waits for the answer or goes on.
fn ask(editor: &mut Editor, reader: &mut Reader, method: &str, params: &Value) {
    let id = editor.ask(method, params);
    if reader.byte() % 2 == 1 {
        let answer = editor.answer(&id);
        if method == "textDocument/codeAction" && editor.actions.len() < usize::from(FEW) {
            editor.actions.extend(answer["result"].as_array().cloned().unwrap_or_default());
        }
    }
}

/// What nobody says, or nobody says so.
fn absurd(editor: &mut Editor, reader: &mut Reader) {
    let (method, params) = (pick(reader, METHODS), json_of(pick(reader, ABSURD)));
    match reader.byte() % 8 {
        0 | 1 => _ = editor.ask(method, &params),
        2 if !method.contains("did") => editor.notify(method, &params),
        3 => editor.send(&json!({"jsonrpc": "2.0", "id": "golint-rs-x", "result": params})),
        4 => editor.send(&json!({"jsonrpc": "2.0", "id": 1, "error": params})),
        5 => editor.raw(b"Content-Length: 3\r\n\r\n{]}"),
        6 => editor.raw(b"Content-Type: x\r\nContent-Length: x\r\n\r\n"),
        _ => editor.send(&params),
    }
}

fn change(reader: &mut Reader) -> Value {
    match reader.byte() % 8 {
        0 => json!({"text": pick(reader, TEXTS)}),
        1 => {
            let edges = [json!(-1), json!(u32::MAX), json!(u64::MAX), json!(1.5), json!(0)];
            let place = |reader: &mut Reader| json!({"line": pick(reader, &edges), "character": pick(reader, &edges)});
            json!({"range": {"start": place(reader), "end": place(reader)}, "text": pick(reader, PIECES)})
        }
        2 => json!({"range": {"start": place(reader), "end": place(reader)}, "text": reader.text()}),
        _ => json!({"range": {"start": place(reader), "end": place(reader)}, "text": pick(reader, PIECES)}),
    }
}

fn place(reader: &mut Reader) -> Value {
    json!({"line": reader.byte() % 16, "character": reader.byte() % 48})
}
