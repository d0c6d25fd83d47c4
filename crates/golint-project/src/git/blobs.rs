//! Contents by their ids, from one git process that stays.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use camino::Utf8PathBuf;

use super::program;

/// Asks for one content at a time.
pub(super) struct Blobs {
    folder: Utf8PathBuf,
    /// One for sizes, and one for contents; none before the first question.
    sizes: Mutex<Option<Process>>,
    contents: Mutex<Option<Process>>,
}

struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Blobs {
    pub(super) fn new(folder: Utf8PathBuf) -> Blobs {
        Blobs { folder, sizes: Mutex::default(), contents: Mutex::default() }
    }

    /// The size in bytes.
    pub(super) fn len(&self, id: &str) -> io::Result<u64> {
        self.with(&self.sizes, "--batch-check", |process| process.ask(id))
    }

    /// The content, as it is stored: no filter, such as one for the ends of lines, is run.
    pub(super) fn read(&self, id: &str) -> io::Result<Vec<u8>> {
        self.with(&self.contents, "--batch", |process| {
            let len = process.ask(id)?;
            let mut content = Vec::new();
            (&mut process.output).take(len).read_to_end(&mut content)?;
            // A line ends behind it.
            process.output.read_exact(&mut [0])?;
            if content.len() as u64 == len { Ok(content) } else { Err(gone()) }
        })
    }

    fn with<T>(
        &self,
        process: &Mutex<Option<Process>>,
        mode: &str,
        work: impl FnOnce(&mut Process) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
        if process.is_none() {
            *process = Some(Process::start(&self.folder, mode)?);
        }
        let answer = work(process.as_mut().ok_or_else(gone)?);
        // After half of an answer there is no knowing what comes next.
        if answer.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
            *process = None;
        }
        answer
    }
}

impl Process {
    fn start(folder: &Utf8PathBuf, mode: &str) -> io::Result<Process> {
        let mut command = program(folder);
        command.args(["cat-file", mode]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take().ok_or_else(gone)?, child.stdout.take().ok_or_else(gone)?);
        Ok(Process { child, input, output: BufReader::new(output) })
    }

    /// The size of what has this id.
    fn ask(&mut self, id: &str) -> io::Result<u64> {
        writeln!(self.input, "{id}")?;
        self.input.flush()?;
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        // Id, type and size; or id and `missing`.
        let mut words = head.split_ascii_whitespace();
        match (words.next(), words.next(), words.next().map(str::parse)) {
            (Some(_), Some("missing"), None) => {
                Err(io::Error::new(io::ErrorKind::NotFound, format!("git has no object {id}")))
            }
            (Some(_), Some(_), Some(Ok(len))) => Ok(len),
            _ => Err(gone()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may wait for somebody to read.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn gone() -> io::Error {
    io::Error::other("git, which was asked for the content, ended early")
}
