//! How long an editor waits: opens a Go file in the language server, types in it, and asks for findings after every key.
//! Beside each answer it measures what can't be avoided: to parse the changed text again, with the tree before at hand,
//! and to flatten the tree. The figures are JSON. `cargo xtask bench FOLDER` runs this on one file of the folder.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use golint_syntax::Reparser;
use serde_json::{Value, json};

/// What is typed into a new line, key by key, and taken away at once.
const TYPED: &str = "\tgo f(x)\n";
/// How often, each time in another place.
const ROUNDS: usize = 100;
/// Starts of the server; the figure is the median.
const STARTS: usize = 7;
/// So long it has nothing to do before its memory is looked at.
const REST: Duration = Duration::from_secs(2);

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() -> Result<()> {
    let usage = "usage: latency LINTER FILE";
    let mut arguments = std::env::args_os().skip(1);
    let (linter, file) = (arguments.next().context(usage)?, arguments.next().context(usage)?);
    let file = fs::canonicalize(&file).with_context(|| file.display().to_string())?;
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let cache = tempfile::tempdir()?;
    let start = || Editor::start(Path::new(&linter), &file, cache.path(), &text);

    // The first one compiles the packs.
    start()?.0.end()?;
    let mut firsts = Vec::new();
    for _ in 0..STARTS {
        let (editor, first) = start()?;
        firsts.push(first);
        editor.end()?;
    }
    let (mut editor, _) = start()?;
    let (mut waits, mut reparses) = editor.type_in(&text)?;
    let findings = editor.findings()?;
    std::thread::sleep(REST);
    let memory = editor.memory();
    editor.end()?;
    let figures = json!({
        "file": file,
        "lines": text.lines().count(),
        "edits": waits.len(),
        "findings": findings,
        "first_ms": milliseconds(part(&mut firsts, 50)),
        "p50_ms": milliseconds(part(&mut waits, 50)),
        "p99_ms": milliseconds(part(&mut waits, 99)),
        "reparse_and_flatten_p50_ms": milliseconds(part(&mut reparses, 50)),
        "reparse_and_flatten_p99_ms": milliseconds(part(&mut reparses, 99)),
        "idle_memory_bytes": memory,
    });
    println!("{figures:#}");
    Ok(())
}

/// So many percent of the times are not longer.
fn part(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}

/// A server with one open document.
struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    uri: String,
    version: i64,
    request: i64,
}

impl Editor {
    /// Also how long the first findings took, from the start of the process on.
    fn start(linter: &Path, file: &Path, cache: &Path, text: &str) -> Result<(Editor, Duration)> {
        let folder = file.parent().context("a file stands in a folder")?;
        let started = Instant::now();
        let mut command = Command::new(linter);
        command.arg("lsp").current_dir(folder).env("GOLINT_RS_CACHE", cache);
        let mut server = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("the server")?;
        let (input, output) = (server.stdin.take().context("a pipe")?, server.stdout.take().context("a pipe")?);
        let uri = |path: &Path| format!("file://{}", path.display());
        let output = BufReader::new(output);
        let mut editor = Editor { server, input, output, uri: uri(file), version: 1, request: 0 };
        // An old version of Go, so that all rules have something to look for.
        editor.ask(
            "initialize",
            &json!({
                "capabilities": {"textDocument": {"diagnostic": {}}},
                "workspaceFolders": [{"uri": uri(folder), "name": "measured"}],
                "initializationOptions": {"go": "1.21"},
            }),
        )?;
        editor.tell("initialized", &json!({}))?;
        let document = json!({"uri": editor.uri, "languageId": "go", "version": 1, "text": text});
        editor.tell("textDocument/didOpen", &json!({"textDocument": document}))?;
        editor.findings()?;
        Ok((editor, started.elapsed()))
    }

    /// How long each answer took, and how long it takes to parse the same state again.
    fn type_in(&mut self, text: &str) -> Result<(Vec<Duration>, Vec<Duration>)> {
        // Behind lines of function bodies, all over the file.
        let ends = text.match_indices("\n\t").map(|(end, _)| end + 1);
        let places: Vec<usize> = ends.collect();
        ensure!(!places.is_empty(), "the file has no function");
        let (mut waits, mut reparses) = (Vec::new(), Vec::new());
        let mut reparser = Reparser::default();
        reparser.parse(text.as_bytes());
        for round in 0..ROUNDS {
            let place = places[round * 7919 % places.len()];
            let (line, mut changed) = (text[..place].matches('\n').count(), text.to_owned());
            let keys = TYPED.char_indices().map(|(at, key)| (at, 0, key.to_string()));
            for (at, removed, new) in keys.chain([(0, TYPED.len(), String::new())]) {
                changed.replace_range(place + at..place + at + removed, &new);
                let (end_line, end) = if removed > 0 { (line + 1, 0) } else { (line, at) };
                let range = json!({
                    "start": {"line": line, "character": at},
                    "end": {"line": end_line, "character": end},
                });
                let began = Instant::now();
                self.version += 1;
                let document = json!({"uri": self.uri, "version": self.version});
                let change = json!({"range": range, "text": new});
                self.tell("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [change]}))?;
                self.findings()?;
                waits.push(began.elapsed());
                let began = Instant::now();
                reparser.parse(changed.as_bytes());
                reparses.push(began.elapsed());
            }
        }
        Ok((waits, reparses))
    }

    /// The number of findings, once they are there.
    fn findings(&mut self) -> Result<usize> {
        let document = json!({"textDocument": {"uri": self.uri}});
        let report = self.ask("textDocument/diagnostic", &document)?;
        Ok(report["items"].as_array().with_context(|| report.to_string())?.len())
    }

    /// Resident, in bytes; null where the system does not say.
    fn memory(&self) -> Value {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap_or_default();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let resident = resident.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok());
        json!(resident.map(|kib| kib << 10))
    }

    fn tell(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn ask(&mut self, method: &str, params: &Value) -> Result<Value> {
        self.request += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.request, "method": method, "params": params}))?;
        loop {
            let mut answer = self.read()?;
            if answer["id"] == self.request {
                return Ok(answer["result"].take());
            }
        }
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        self.input.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes())?;
        Ok(self.input.flush()?)
    }

    fn read(&mut self) -> Result<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            ensure!(self.output.read_line(&mut line)? > 0, "the server is gone");
            match line.trim_end() {
                "" => break,
                line => length = line.strip_prefix("Content-Length: ").map_or(Ok(length), str::parse)?,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }

    fn end(mut self) -> Result<()> {
        self.ask("shutdown", &Value::Null)?;
        self.tell("exit", &Value::Null)?;
        self.server.wait()?;
        Ok(())
    }
}
