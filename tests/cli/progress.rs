//! The progress bar: on a terminal, gone at the end, and nowhere else. A pack that never ends makes the run long enough:
//! it is stopped at its deadline, which is behind the moment at which the bar appears.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::guest::Guest;
use crate::scratch::{Run, Scratch};

/// What the bar says of the one file, which is never done.
const BAR: &str = "0/1";
/// Erases the line that the cursor is in.
const ERASE: &str = "\x1b[2K";

/// A module with one file, and a plugin that does not come to an end with it.
fn endless() -> Scratch {
    let scratch = Scratch::new(&[
        ("go.mod", "module example.com/m\n\ngo 1.21\n"),
        ("a.go", "package p\n"),
        ("golint.toml", "[plugins.endless]\npath = \"endless.wasm\"\n"),
    ]);
    scratch.write("endless.wasm", &Guest::new().checks("(loop $again (br $again))").build());
    scratch
}

/// What the binary writes to standard error where that is a terminal, and its exit code.
fn on_a_terminal(scratch: &Scratch, arguments: &[&str]) -> (String, Option<i32>) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo terminal");
    grantpt(&terminal).expect("it is ours");
    unlockpt(&terminal).expect("it is ours");
    let name = ptsname(&terminal, Vec::new()).expect("it has a name").into_string().expect("UTF-8");
    let end = File::options().read(true).write(true).open(name).expect("the other end");
    let mut command = scratch.command(arguments);
    command.env("TERM", "xterm").stdout(Stdio::null()).stderr(end);
    let mut child = command.spawn().expect("the binary starts");
    // It holds the other end open, and reading would never come to an end.
    drop(command);
    let (mut terminal, mut output, mut chunk) = (File::from(terminal), Vec::new(), [0; 1024]);
    // Linux answers EIO, and others 0 bytes, when nobody has the other end open any more.
    while let Ok(n @ 1..) = terminal.read(&mut chunk) {
        output.extend_from_slice(&chunk[..n]);
    }
    let code = child.wait().expect("it ends").code();
    (String::from_utf8(output).expect("UTF-8"), code)
}

#[test]
fn a_terminal_shows_a_bar_until_the_run_ends() {
    let (output, code) = on_a_terminal(&endless(), &["check"]);
    assert_eq!(code, Some(2), "{output}");
    let (drawn, erased) = (output.rfind(BAR), output.rfind(ERASE));
    assert!(drawn.is_some() && drawn < erased, "{output:?}");
    assert!(output.ends_with("the run is incomplete: see the errors above\r\n"), "{output:?}");
}

#[test]
fn a_quiet_run_shows_none() {
    let (output, code) = on_a_terminal(&endless(), &["check", "--quiet"]);
    assert_eq!((output.contains(BAR), code), (false, Some(2)), "{output:?}");
}

#[test]
fn a_pipe_gets_none() {
    let run: Run = endless().run(&["check"]).expect(2);
    assert_eq!(run.stderr, "the run is incomplete: see the errors above\n");
    assert!(run.stdout.contains("plugin-failure"), "{}", run.stdout);
}
