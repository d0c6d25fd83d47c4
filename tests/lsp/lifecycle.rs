//! From the first message to the last, and what no client should send.

use serde_json::{Value, json};

use super::client::{Client, PATIENCE, able, range};
use super::{CAPTURE, OLD};
use crate::scratch::Scratch;

fn module() -> Scratch {
    Scratch::new(&[("go.mod", OLD)])
}

#[test]
fn whoever_waits_is_answered_before_the_end() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("a.go", CAPTURE)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    let uri = client.uri("a.go");
    let asked = [
        client.ask("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}})),
        client.ask("workspace/diagnostic", &json!({"previousResultIds": []})),
    ];
    let ending = client.ask("shutdown", &Value::Null);
    for id in asked.into_iter().chain([ending]) {
        client.answer(id);
    }
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_comes_at_the_wrong_time_is_refused() {
    let scratch = module();
    let mut client = Client::silent(&scratch);
    let error = |answer: &Value| answer["error"]["code"].as_i64();
    client.notify("textDocument/didOpen", &json!({}));
    assert_eq!(error(&client.request("textDocument/diagnostic", &json!({}))), Some(-32002));
    assert_eq!(error(&client.request("initialize", &json!({"capabilities": 7}))), Some(-32602));
    assert!(client.request("initialize", &json!({"capabilities": {}}))["result"].is_object());
    assert_eq!(error(&client.request("initialize", &json!({"capabilities": {}}))), Some(-32600));
    assert_eq!(error(&client.request("no/such/method", &json!({}))), Some(-32601));
    assert_eq!(error(&client.request("textDocument/diagnostic", &json!({"textDocument": 1}))), Some(-32602));
    client.notify("no/such/method", &json!({}));
    client.notify("textDocument/didChange", &json!({"contentChanges": "x"}));
    assert!(client.request("shutdown", &Value::Null)["result"].is_null());
    assert_eq!(error(&client.request("textDocument/diagnostic", &json!({}))), Some(-32600));
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_is_no_message_is_answered_and_passed_over() {
    let scratch = module();
    let mut client = Client::new(&scratch, &able());
    let refused = |client: &mut Client, bytes: &[u8]| {
        client.raw(bytes);
        let answer = client.wait("a refusal", |message| message.get("error").is_some() && message["id"].is_null());
        answer["error"]["code"].as_i64()
    };
    assert_eq!(refused(&mut client, b"Content-Length: 1\r\n\r\n{"), Some(-32700));
    assert_eq!(refused(&mut client, b"Content-Length: 2\r\n\r\n\xff\xfe"), Some(-32700));
    assert_eq!(refused(&mut client, b"Content-Length: 2\r\n\r\n[]"), Some(-32600));
    let with_id = |id: &str| {
        let body = format!(r#"{{"jsonrpc": "2.0", "id": {id}, "method": "textDocument/hover"}}"#);
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    for id in ["1.5", "4294967296", "[]"] {
        assert_eq!(refused(&mut client, with_id(id).as_bytes()), Some(-32600), "{id}");
    }
    assert_eq!(refused(&mut client, b"Content-Length: 99999999999999999999\r\n\r\n"), Some(-32700));
    assert_eq!(refused(&mut client, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"), Some(-32700));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&mut client, format!("Content-Length: {}\r\n\r\n{deep}", deep.len()).as_bytes()), Some(-32700));
    client.open("a.go", CAPTURE);
    assert_eq!(client.found("a.go").len(), 1);
}

#[test]
fn impossible_edits_are_taken_as_the_nearest_possible_ones() {
    let scratch = module();
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", "package m\n");
    let end = (u32::MAX, u32::MAX);
    client.change("a.go", 2, Some(&range(end, end)), &CAPTURE["package m\n".len()..]);
    assert_eq!(client.found("a.go").len(), 1);
    client.change("a.go", 3, Some(&range((9, 9), (0, 0))), "");
    assert_eq!(client.found("a.go").len(), 1);
    client.change("b.go", 1, None, "package m\n");
    client.close("b.go");
    let everywhere = range((0, 0), end);
    let uri = client.uri("a.go");
    for range in [everywhere, range(end, (0, 0))] {
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": []}});
        assert!(client.request("textDocument/codeAction", &params)["result"].is_array());
    }
}

#[test]
fn who_waits_when_the_server_shuts_down_is_told() {
    let scratch = module();
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    let sweep = json!({"previousResultIds": []});
    client.request("workspace/diagnostic", &sweep);
    // Nothing changes any more.
    let waits = client.ask("workspace/diagnostic", &sweep);
    let text = json!({"uri": client.uri("a.go")});
    client.change("a.go", 2, None, &CAPTURE.repeat(100));
    let checks = client.ask("textDocument/diagnostic", &json!({"textDocument": text}));
    let place = json!({"textDocument": text, "position": {"line": 0, "character": 0}});
    let hovers = client.ask("textDocument/hover", &place);
    let last = client.ask("shutdown", &Value::Null);
    assert_eq!(client.answer(waits)["error"]["code"], -32800);
    for id in [checks, hovers] {
        let answer = client.answer(id);
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    }
    assert!(client.answer(last)["result"].is_null());
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn it_ends_when_nobody_is_there() {
    let scratch = module();
    let mut client = Client::new(&scratch, &able());
    assert_eq!(client.end(), Some(1), "the pipe is closed");
    let mut client = Client::new(&scratch, &able());
    client.notify("exit", &Value::Null);
    assert_eq!(client.end(), Some(1), "exit without shutdown");
    let mut client = Client::silent(&scratch);
    client.raw(b"Content-Length: 100\r\n\r\n{");
    assert_eq!(client.end(), Some(1), "in the middle of a message");
}

/// The editor died, and somebody else holds its end of the pipe.
#[test]
fn it_ends_with_its_editor() {
    let scratch = module();
    let mut editor = std::process::Command::new("sleep").arg("0").spawn().expect("a process");
    let gone = editor.id();
    editor.wait().expect("its end");
    let mut client = Client::silent(&scratch);
    client.request("initialize", &json!({"processId": gone, "capabilities": {}}));
    let process = client.process();
    let pid = rustix::process::Pid::from_raw(process as i32).expect("a process");
    let begun = std::time::Instant::now();
    while !has_ended(pid) {
        // Not about how long it takes: it must not wait for ever.
        assert!(begun.elapsed() < PATIENCE, "the server is still there");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// Whether a child has ended, without waiting for it.
fn has_ended(pid: rustix::process::Pid) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid())).unwrap_or_default();
    status.rsplit(')').next().is_none_or(|rest| rest.trim_start().starts_with('Z'))
}
