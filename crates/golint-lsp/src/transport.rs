//! Messages over two pipes, framed by headers. What can't be read is answered and skipped: only the end of the pipe ends
//! a connection. It knows no method.

use std::io::{self, BufRead, Read, Write};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

/// A body of more bytes is skipped: no document that an editor opens comes near.
const MOST_BODY: u64 = 1 << 30;
/// A header line of more bytes is none.
const MOST_HEADER: u64 = 4096;

/// So long a client may take to read what is left when the connection ends.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Both directions of a connection, as channels. The incoming one closes when the pipe does.
pub(crate) struct Transport {
    pub(crate) incoming: Receiver<Message>,
    pub(crate) outgoing: Outgoing,
    /// Disconnected when everything is written.
    written: Receiver<()>,
}

/// Takes messages to send. Never blocks: a client that does not read costs memory, not answers.
#[derive(Clone)]
pub(crate) struct Outgoing(Sender<Option<Value>>);

impl Outgoing {
    /// Sends it, if there is somebody to read it.
    pub(crate) fn send(&self, message: impl Into<Message>) {
        let message: Message = message.into();
        let Ok(Value::Object(mut body)) = serde_json::to_value(message) else { return };
        body.insert("jsonrpc".into(), "2.0".into());
        let _ = self.0.send(Some(Value::Object(body)));
    }

    /// An error that answers no request that could be read.
    fn refuse(&self, code: ErrorCode, message: &str) {
        let body = json!({"jsonrpc": "2.0", "id": null, "error": {"code": code as i32, "message": message}});
        let _ = self.0.send(Some(body));
    }
}

impl Transport {
    /// Reads and writes on threads of its own.
    pub(crate) fn start(
        input: impl Read + Send + 'static,
        output: impl Write + Send + 'static,
    ) -> io::Result<Transport> {
        let (outgoing, to_write) = unbounded();
        let (read, incoming) = unbounded();
        let outgoing = Outgoing(outgoing);
        let refusals = outgoing.clone();
        thread::Builder::new().name("lsp-reader".into()).spawn(move || {
            let mut input = io::BufReader::new(input);
            // An error of the pipe is its end.
            while let Ok(Some(frame)) = frame(&mut input) {
                match frame.and_then(|body| message(&body)) {
                    Ok(message) => {
                        if read.send(message).is_err() {
                            break;
                        }
                    }
                    Err((code, why)) => refusals.refuse(code, &why),
                }
            }
        })?;
        let (writes, written) = bounded(0);
        thread::Builder::new().name("lsp-writer".into()).spawn(move || {
            let _until_the_end: Sender<()> = writes;
            let mut output = io::BufWriter::new(output);
            while let Ok(Some(body)) = to_write.recv() {
                if write(&mut output, &body).is_err() {
                    break;
                }
            }
        })?;
        Ok(Transport { incoming, outgoing, written })
    }

    /// Waits until everything is written, as long as a client can be expected to take. The reader is left alone: it may wait
    /// for bytes that never come, and others may have more to say for ever.
    pub(crate) fn finish(self) {
        let _ = self.outgoing.0.send(None);
        let _ = self.written.recv_timeout(LAST_WORDS);
    }
}

fn write(output: &mut impl Write, body: &Value) -> io::Result<()> {
    let body = serde_json::to_vec(body)?;
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(&body)?;
    output.flush()
}

/// Why something is no message.
type Refusal = (ErrorCode, String);

/// The body of the next frame; none at the end of the pipe.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, Refusal>>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let length = match length {
        Ok(length) => length,
        Err(refusal) => return Ok(Some(Err(refusal))),
    };
    if length > MOST_BODY {
        io::copy(&mut input.take(length), &mut io::sink())?;
        let why = format!("a message of {length} bytes was skipped: the limit is {MOST_BODY}");
        return Ok(Some(Err((ErrorCode::InvalidRequest, why))));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    Ok(if (body.len() as u64) < length { None } else { Some(Ok(body)) })
}

/// The length that the next header names; none at the end of the pipe.
fn header(input: &mut impl BufRead) -> io::Result<Option<Result<u64, Refusal>>> {
    let (mut length, mut noise) = (None, false);
    loop {
        let mut line = Vec::new();
        if input.take(MOST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match line.trim_end_matches(['\r', '\n']) {
            "" => match length {
                Some(length) => return Ok(Some(Ok(length))),
                None if noise => {
                    let why = "a header without Content-Length was skipped".to_owned();
                    return Ok(Some(Err((ErrorCode::ParseError, why))));
                }
                // A blank line before a header harms nobody.
                None => {}
            },
            line => match line.split_once(':') {
                Some((name, value)) if name.trim().eq_ignore_ascii_case("Content-Length") => {
                    length = value.trim().parse().ok();
                    noise = true;
                }
                _ => noise = true,
            },
        }
    }
}

fn message(body: &[u8]) -> Result<Message, Refusal> {
    let value: Value =
        serde_json::from_slice(body).map_err(|error| (ErrorCode::ParseError, format!("no JSON: {error}")))?;
    let has_id = value.get("id").is_some_and(|id| !id.is_null());
    match serde_json::from_value(value) {
        // Its sender waits for an answer, which a notification has none.
        Ok(Message::Notification(notification)) if has_id => {
            let why = format!("the id of `{}` is neither an integer of 32 bits nor a string", notification.method);
            Err((ErrorCode::InvalidRequest, why))
        }
        Ok(message) => Ok(message),
        Err(_) => Err((ErrorCode::InvalidRequest, "neither a request, a response nor a notification".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(mut input: &[u8]) -> Vec<Result<String, String>> {
        let mut all = Vec::new();
        while let Ok(Some(frame)) = frame(&mut input) {
            all.push(match frame {
                Ok(body) => Ok(String::from_utf8_lossy(&body).into_owned()),
                Err((_, why)) => Err(why),
            });
        }
        all
    }

    #[test]
    fn what_is_no_frame_is_skipped_up_to_the_next_one() {
        let good = "Content-Length: 2\r\n\r\n{}";
        for (input, expected) in [
            (good.to_owned(), vec![Ok("{}")]),
            (format!("\r\n\r\n{good}"), vec![Ok("{}")]),
            ("content-length:2\nContent-Type: x\n\n{}".into(), vec![Ok("{}")]),
            (format!("noise\r\n\r\n{good}"), vec![Err("a header without Content-Length was skipped"), Ok("{}")]),
            (
                format!("Content-Length: -1\r\n\r\n{good}"),
                vec![Err("a header without Content-Length was skipped"), Ok("{}")],
            ),
            (format!("{good}Content-Length: 5\r\n\r\n{{}}"), vec![Ok("{}")]),
            (String::new(), vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|r| r.map(str::to_owned).map_err(str::to_owned)).collect();
            assert_eq!(frames(input.as_bytes()), expected, "{input:?}");
        }
    }

    #[test]
    fn what_is_no_message_is_told() {
        assert!(message(br#"{"jsonrpc": "2.0", "method": "x"}"#).is_ok());
        assert_eq!(message(b"{").unwrap_err().0 as i32, ErrorCode::ParseError as i32);
        assert_eq!(message(b"{\"a\": \xff}").unwrap_err().0 as i32, ErrorCode::ParseError as i32);
        for id in ["1.5", "2147483648", "-2147483649", "{}"] {
            let request = format!(r#"{{"jsonrpc": "2.0", "id": {id}, "method": "shutdown"}}"#);
            assert!(message(request.as_bytes()).is_err(), "{id}");
        }
        assert_eq!(message(b"[1]").unwrap_err().0 as i32, ErrorCode::InvalidRequest as i32);
        let request = |id: &str| message(format!(r#"{{"id": {id}, "method": "x"}}"#).as_bytes());
        assert!(request("1").is_ok() && request("\"a\"").is_ok() && request("null").is_ok());
        let (code, why) = request("1.5").unwrap_err();
        assert_eq!(code as i32, ErrorCode::InvalidRequest as i32);
        assert_eq!(why, "the id of `x` is neither an integer of 32 bits nor a string");
    }
}
