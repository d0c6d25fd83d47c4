//! Bytes for the language server: messages that are none, in frames that are none.

use std::collections::BTreeMap;

use golint_lsp::Ending;
use serde_json::{Value, json};

use super::pipe::Pipe;
use super::{desk, recipe};

/// Begins a piece that is written without a frame.
const BARE: u8 = 1;
/// Begins a request whose answer is not waited for.
const HASTY: u8 = 2;

/// Zero bytes separate the input into pieces, each the body of a frame or written as it is. The first byte says whether a
/// greeting stands before them.
pub fn run(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let _turn = recipe::set(&[]);
    let mut pipe = Pipe::open(desk::options(desk::Disk::new()));
    let mut pieces: Vec<&[u8]> = rest.split(|&byte| byte == 0).collect();
    let greeting = json!({"id": 0, "method": "initialize", "params": {
        "rootUri": "file:///m",
        "capabilities": {"textDocument": {"diagnostic": {}, "codeAction": {"codeActionLiteralSupport": {
            "codeActionKind": {"valueSet": []},
        }}}},
    }});
    let greeting = greeting.to_string();
    if first % 2 == 1 {
        pieces.insert(0, greeting.as_bytes());
    }
    pieces.extend([&br#"{"id":"end","method":"shutdown"}"#[..], br#"{"method":"exit"}"#]);
    let mut requests: BTreeMap<String, i64> = BTreeMap::new();
    let (mut said, mut is_framed, mut has_ended) = (Vec::new(), true, false);
    for piece in pieces {
        let (first, rest) = piece.split_first().unwrap_or((&0, &[]));
        if *first == BARE {
            pipe.write(rest.to_vec());
            is_framed = false;
            continue;
        }
        let body = if *first == HASTY { rest } else { piece };
        pipe.send(body);
        let Ok(message) = serde_json::from_slice::<Value>(body) else { continue };
        let method = message["method"].as_str().unwrap_or_default();
        if !is_request(&message) {
            has_ended |= method == "exit" && message["id"].is_null();
            continue;
        }
        let asked = requests.entry(message["id"].to_string()).or_default();
        *asked += i64::from(!has_ended);
        // Others may have no answer while nothing changes.
        let is_answered = method.starts_with("textDocument/") || method.starts_with("codeAction/");
        if is_answered && is_framed && !has_ended && *asked == 1 && *first != HASTY {
            let is_it = |answer: &Value| answer["id"] == message["id"] && answer.get("method").is_none();
            while !said.last().is_some_and(is_it) {
                said.push(pipe.next().expect("the server is still there"));
            }
        }
    }
    let (ending, last) = pipe.close();
    said.extend(last);
    for answer in said.iter().filter(|message| message.get("method").is_none() && !message["id"].is_null()) {
        let left = requests.entry(answer["id"].to_string()).or_default();
        *left -= 1;
        assert!(!is_framed || *left >= 0, "nobody asked for {answer}");
    }
    if is_framed && ending == Ending::Orderly {
        assert!(requests.values().all(|&left| left == 0), "{requests:?}");
    }
}

/// As the protocol has it: ids are 32-bit integers or strings.
fn is_request(message: &Value) -> bool {
    let id = &message["id"];
    let has_id = id.is_string() || id.as_i64().is_some_and(|id| i32::try_from(id).is_ok());
    has_id && message["method"].is_string()
}
