//! What npm puts on PATH is the launcher: to those who start it and to the terminal it must be as if it were the binary.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::npm::{packages, system};
use crate::scratch::{Run, Scratch, command_in};
use crate::{BROKEN, VERSION, clean, done, emptied, module};

/// The launcher, installed with the binary from local files, in a folder whose name has a space.
fn launcher() -> &'static Path {
    static LAUNCHER: OnceLock<PathBuf> = OnceLock::new();
    LAUNCHER.get_or_init(|| {
        let modules = emptied("an application").join("node_modules");
        for (name, folder) in [
            ("golint-rs".to_owned(), "golint-rs".to_owned()),
            (format!("golint-rs-{}", system()), format!("@golint-rs/{}", system())),
        ] {
            let folder = modules.join(folder);
            fs::create_dir_all(&folder).expect("a folder");
            let archive = packages().join(format!("{name}-{VERSION}.tgz"));
            done(Command::new("tar").args(["--strip-components=1", "-xzf"]).arg(archive).arg("-C").arg(folder));
        }
        modules.join("golint-rs/golint-rs.js")
    })
}

/// It, about to run with these arguments.
fn launched(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = clean(launcher(), folder, folder);
    command.args(arguments);
    command
}

/// A program in Node's JavaScript.
fn program(scratch: &Scratch, text: &str) -> PathBuf {
    scratch.write("text", format!("#!/usr/bin/env node\n{text}\n").as_bytes());
    let path = scratch.path().join("a program.js");
    // By a process of its own: what other tests start could hold a file open that this one writes, and it would be busy.
    done(Command::new("install").arg("-m755").arg(scratch.path().join("text")).arg(&path));
    path
}

#[test]
fn exit_codes_streams_and_arguments_are_the_binary_s() {
    let (_scratch, folder) = module();
    for (arguments, code) in [
        (&["check"][..], 1),
        (&["check", "--exit-zero", "--format", "json"], 0),
        (&["check", "--ignore", "loopvar-capture", "./..."], 0),
        (&["check", "no such folder"], 2),
        (&["check", "--select", "it's \"quoted\" and $HOME", ""], 2),
        (&["--no-such-flag"], 2),
        (&["--version"], 0),
    ] {
        let (direct, run) = (Run::of(&mut command_in(&folder, arguments)), Run::of(&mut launched(&folder, arguments)));
        let run = run.expect(code);
        assert_eq!((run.stdout, run.stderr, run.code), (direct.stdout, direct.stderr, direct.code), "{arguments:?}");
    }
    let check = ["check", "-", "--stdin-filename", "b.go"];
    let run = Run::with_input(&mut launched(&folder, &check), BROKEN.as_bytes()).expect(1);
    assert!(run.stdout.contains("b.go:5:19"), "{}", run.stdout);
}

#[test]
fn arguments_are_handed_on_as_they_are() {
    let scratch = Scratch::new(&[]);
    let echo = program(&scratch, "process.stdout.write(JSON.stringify(process.argv.slice(2)))");
    let arguments = ["", "a b", "\"", "'", "\\", "$HOME", "*", "--", "-x", "ä\n"];
    let run = Run::of(launched(scratch.path(), &arguments).env("GOLINT_RS_BINARY", echo)).expect(0);
    assert_eq!(run.json(), serde_json::json!(arguments));
}

#[test]
fn a_binary_of_the_user_s_is_started_in_its_place() {
    let scratch = Scratch::new(&[]);
    let other = program(&scratch, "process.exitCode = 7");
    Run::of(launched(scratch.path(), &["check"]).env("GOLINT_RS_BINARY", &other)).expect(7);
    let version = format!("golint-rs {VERSION}\n");
    // Empty is as if it were not set; and one that leads back to the launcher leads to the installed binary.
    for value in [Path::new(""), launcher()] {
        let run = Run::of(launched(scratch.path(), &["--version"]).env("GOLINT_RS_BINARY", value)).expect(0);
        assert_eq!(run.stdout, version);
    }
    fs::set_permissions(&other, fs::Permissions::from_mode(0o644)).expect("ours");
    let below = other.join("binary");
    for (value, why) in
        [(Path::new("/no/such/binary"), "there is no such file"), (&other, "EACCES"), (&below, "ENOTDIR")]
    {
        let run = Run::of(launched(scratch.path(), &["check"]).env("GOLINT_RS_BINARY", value)).expect(2);
        let told = format!("golint-rs: can't start {}, which GOLINT_RS_BINARY names: ", value.display());
        assert!(run.stderr.starts_with(&told) && run.stderr.contains(why), "{}", run.stderr);
    }
}

#[test]
fn a_system_without_a_package_is_told() {
    let scratch = Scratch::new(&[("system.js", "Object.defineProperty(process, 'platform', { value: 'freebsd' });")]);
    let mut command = clean("node", scratch.path(), scratch.path());
    command.arg("--require").arg(scratch.path().join("system.js")).arg(launcher()).arg("check");
    let run = Run::of(&mut command).expect(2);
    assert!(run.stderr.starts_with("golint-rs: there is no binary for freebsd-"), "{}", run.stderr);
    assert!(
        run.stderr.contains("only for linux-x64, linux-arm64, darwin-x64, darwin-arm64, win32-x64\n"),
        "{}",
        run.stderr
    );
}

/// The launcher at work, which ends with the test.
struct Running {
    child: Child,
    output: BufReader<File>,
}

impl Running {
    /// Reads a line, which must end with this: a terminal shows keys before it.
    #[track_caller]
    fn expect_line(&mut self, end: &str) {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("output");
        assert!(line.trim_end().ends_with(end), "{line:?} is not {end:?}");
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("a process");
        kill_process(id, signal).expect("it is there");
    }

    /// What it printed from here on, and how it ended. Nobody holds its output any more: the binary has ended, too.
    fn ended(mut self) -> (String, ExitStatus) {
        let mut rest = Vec::new();
        // Linux answers EIO where nobody has the other end of a terminal open any more.
        let mut chunk = [0; 1024];
        while let Ok(n @ 1..) = self.output.read(&mut chunk) {
            rest.extend_from_slice(&chunk[..n]);
        }
        (String::from_utf8(rest).expect("UTF-8"), self.child.wait().expect("it ends"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// With pipes; they hold until the value goes.
fn on_pipes(command: &mut Command) -> Running {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let output = std::os::fd::OwnedFd::from(child.stdout.take().expect("a pipe"));
    Running { child, output: BufReader::new(File::from(output)) }
}

fn send(running: &mut Running, message: &str) {
    let stdin = running.child.stdin.as_mut().expect("a pipe");
    write!(stdin, "Content-Length: {}\r\n\r\n{message}", message.len()).expect("it reads");
}

/// The language server, once it has answered.
fn server(folder: &Path) -> Running {
    let mut running = on_pipes(&mut launched(folder, &["lsp"]));
    send(
        &mut running,
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{},"processId":null,"rootUri":null}}"#,
    );
    let mut header = String::new();
    running.output.read_line(&mut header).expect("an answer");
    assert!(header.starts_with("Content-Length: "), "{header:?}");
    running
}

#[test]
fn the_language_server_speaks_through_it() {
    let (_scratch, folder) = module();
    let mut running = server(&folder);
    send(&mut running, r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#);
    send(&mut running, r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let (output, status) = running.ended();
    assert_eq!(status.code(), Some(0), "{output}");
    assert!(output.contains("capabilities") && output.contains(r#""id":2"#), "{output}");
}

#[test]
fn signals_reach_the_binary_and_end_both() {
    let (_scratch, folder) = module();
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let mut running = server(&folder);
        running.signal(signal);
        let mut stdin = running.child.stdin.take().expect("a pipe");
        let status = running.child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(signal.as_raw()), "{status}");
        // The binary would still read what it is sent.
        let sent = stdin.write_all(b"Content-Length");
        assert!(sent.is_err(), "{signal:?} did not reach the binary");
    }
}

#[test]
fn what_killed_the_binary_kills_the_launcher() {
    let scratch = Scratch::new(&[]);
    for name in ["SIGKILL", "SIGTERM"] {
        let killed = program(&scratch, &format!("process.kill(process.pid, '{name}'); setInterval(() => {{}}, 1000);"));
        let status = launched(scratch.path(), &[]).env("GOLINT_RS_BINARY", killed).status().expect("it starts");
        let expected = if name == "SIGKILL" { Signal::KILL } else { Signal::TERM };
        assert_eq!(status.signal(), Some(expected.as_raw()), "{status}");
    }
}

/// A program in the binary's place that tells of keys, and ends when it is told to.
const TELLING: &str = "for (const name of ['SIGINT', 'SIGQUIT']) process.on(name, () => console.log(name));
process.on('SIGTERM', () => { console.log('end'); process.exit(3); });
setInterval(() => {}, 1000);
console.log('ready');";

/// With a terminal of its own, whose other end this is.
fn on_a_terminal(command: &Command) -> (Running, File) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo terminal");
    grantpt(&terminal).expect("it is ours");
    unlockpt(&terminal).expect("it is ours");
    let name = ptsname(&terminal, Vec::new()).expect("it has a name").into_string().expect("UTF-8");
    let end = || File::options().read(true).write(true).open(&name).expect("the other end");
    // A new session, which has this terminal and whose first process is the launcher.
    let mut session = Command::new("setsid");
    session.arg("--ctty").arg(command.get_program()).args(command.get_args());
    session.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    session.current_dir(command.get_current_dir().expect("a folder"));
    session.stdin(end()).stdout(end()).stderr(end());
    let child = session.spawn().expect("it starts");
    let keys = File::from(terminal);
    let output = BufReader::new(keys.try_clone().expect("the same"));
    (Running { child, output }, keys)
}

#[test]
fn keys_reach_the_binary_once() {
    let scratch = Scratch::new(&[]);
    let telling = program(&scratch, TELLING);
    let (mut running, mut keys) = on_a_terminal(launched(scratch.path(), &[]).env("GOLINT_RS_BINARY", telling));
    running.expect_line("ready");
    for (key, told) in [(b"\x03", "SIGINT"), (b"\x1c", "SIGQUIT")] {
        keys.write_all(key).expect("a key");
        running.expect_line(told);
    }
    // What the launcher had handed on would have come before this.
    running.signal(Signal::TERM);
    let (output, status) = running.ended();
    assert_eq!((output.trim(), status.code()), ("end", Some(3)));
}

#[test]
fn ctrl_c_ends_a_run() {
    let (_scratch, folder) = module();
    let (running, mut keys) = on_a_terminal(&launched(&folder, &["check", "-"]));
    // It waits for its input, as soon as it is there.
    let children = format!("/proc/{0}/task/{0}/children", running.child.id());
    let is_there = || {
        let children = fs::read_to_string(&children).unwrap_or_default();
        children
            .split_whitespace()
            .any(|id| fs::read_to_string(format!("/proc/{id}/comm")).is_ok_and(|name| name.trim() == "golint-rs"))
    };
    while !is_there() {
        std::thread::yield_now();
    }
    keys.write_all(b"\x03").expect("a key");
    let (output, status) = running.ended();
    assert_eq!(status.signal(), Some(Signal::INT.as_raw()), "{output}");
}
