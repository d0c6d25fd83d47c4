//! A language server at the other end of pipes in memory. Whatever is written to it, it must neither hang nor fall, and what
//! it says must be messages of JSON-RPC in whole frames.

use std::io::{self, Read, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use golint_lsp::{Ending, ServerOptions, serve};
use serde_json::Value;

/// Who says nothing for so many of these hangs.
const PATIENCE: u32 = 60;
const STEP: Duration = Duration::from_secs(1);

/// Panics in the server's threads.
static FALLS: AtomicUsize = AtomicUsize::new(0);

/// The client's ends.
pub(super) struct Pipe {
    input: Sender<Vec<u8>>,
    output: Receiver<Vec<u8>>,
    ended: Receiver<io::Result<Ending>>,
    /// What was said, and not looked at.
    unread: Vec<u8>,
    /// How many threads had fallen before.
    falls: usize,
}

impl Pipe {
    /// Starts a server.
    pub(super) fn open(options: ServerOptions) -> Pipe {
        watch();
        let falls = FALLS.load(Ordering::SeqCst);
        let (input, to_read) = channel();
        let (written, output) = channel();
        let (end, ended) = channel();
        let serve = move || {
            let ending = serve(Input { chunks: to_read, left: Vec::new() }, Output(written), &options);
            // Nobody waits for it where the test failed already.
            let _ = end.send(ending);
        };
        thread::Builder::new().name("lsp-server".into()).spawn(serve).expect("threads");
        Pipe { input, output, ended, unread: Vec::new(), falls }
    }

    /// Writes bytes as they are. A server that has ended reads none.
    pub(super) fn write(&self, bytes: Vec<u8>) {
        let _ = self.input.send(bytes);
    }

    /// Writes a message.
    pub(super) fn send(&self, body: &[u8]) {
        self.write([format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat());
    }

    /// The next message of the server; none when it has ended.
    pub(super) fn next(&mut self) -> Option<Value> {
        let mut silence = 0;
        loop {
            if let Some((message, end)) = frame(&self.unread) {
                self.unread.drain(..end);
                assert_sound(&message);
                return Some(message);
            }
            match self.output.recv_timeout(STEP) {
                Ok(bytes) => {
                    self.unread.extend(bytes);
                    silence = 0;
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.assert_sound();
                    silence += 1;
                    assert!(silence < PATIENCE, "the server hangs");
                }
                Err(RecvTimeoutError::Disconnected) => {
                    assert!(self.unread.is_empty(), "half a frame: {}", String::from_utf8_lossy(&self.unread));
                    return None;
                }
            }
        }
    }

    /// Closes the server's input. How it ended, and what it still said.
    pub(super) fn close(&mut self) -> (Ending, Vec<Value>) {
        self.input = channel().0;
        let said = std::iter::from_fn(|| self.next()).collect();
        let ending = self.ended.recv_timeout(PATIENCE * STEP).expect("the server ends").expect("it has its threads");
        self.assert_sound();
        (ending, said)
    }

    fn assert_sound(&self) {
        assert_eq!(FALLS.load(Ordering::SeqCst), self.falls, "a thread of the server fell");
    }
}

/// Counts from now on the panics of threads that the server names as its own. The fuzzer ends at the first one anyway.
fn watch() {
    static WATCH: Once = Once::new();
    WATCH.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name().is_some_and(|name| name.starts_with("lsp-")) {
                FALLS.fetch_add(1, Ordering::SeqCst);
            }
            before(info);
        }));
    });
}

/// The first frame in these bytes, and where it ends; none if it is not all there.
fn frame(bytes: &[u8]) -> Option<(Value, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let header = std::str::from_utf8(&bytes[..end]).expect("a header is ASCII");
    let length = header.strip_prefix("Content-Length: ").expect(header).parse::<usize>().expect(header);
    let body = bytes.get(end + 4..end + 4 + length)?;
    Some((serde_json::from_slice(body).expect("JSON"), end + 4 + length))
}

/// Whether it is a message by JSON-RPC 2.0: one of the three kinds, with what belongs to it and nothing else.
fn assert_sound(message: &Value) {
    let fields = message.as_object().unwrap_or_else(|| panic!("{message}"));
    let has = |name: &str| fields.contains_key(name);
    assert_eq!(message["jsonrpc"], "2.0", "{message}");
    let id_is_sound = message["id"].is_i64() || message["id"].is_string();
    if has("method") {
        assert!(message["method"].is_string() && (!has("id") || id_is_sound), "{message}");
        assert!(!has("result") && !has("error"), "{message}");
        assert!(!has("params") || message["params"].is_object() || message["params"].is_array(), "{message}");
    } else {
        assert!(has("result") != has("error"), "{message}");
        assert!(id_is_sound || (has("error") && has("id") && message["id"].is_null()), "{message}");
        let error = &message["error"];
        assert!(!has("error") || (error["code"].is_i64() && error["message"].is_string()), "{message}");
    }
}

/// What the client writes.
struct Input {
    chunks: Receiver<Vec<u8>>,
    left: Vec<u8>,
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left.is_empty() {
            match self.chunks.recv() {
                Ok(bytes) => self.left = bytes,
                Err(_) => return Ok(0),
            }
        }
        let length = buffer.len().min(self.left.len());
        buffer[..length].copy_from_slice(&self.left[..length]);
        self.left.drain(..length);
        Ok(length)
    }
}

/// What the client reads.
struct Output(Sender<Vec<u8>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
