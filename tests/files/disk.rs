//! What is called x.go and is no file, links that lead in a circle, names that are no text, and folders that nobody may
//! write to.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::{GOOD, check, module, places};
use crate::cli::capture;
use crate::scratch::{Run, Scratch};

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o644), 0).expect("a pipe");
}

fn socket(path: &Path) {
    drop(UnixListener::bind(path).expect("a socket"));
}

fn device(path: &Path) {
    symlink("/dev/zero", path).expect("a link");
}

fn circle(path: &Path) {
    symlink(path.file_name().expect("a name"), path).expect("a link");
}

fn nowhere(path: &Path) {
    symlink("nowhere", path).expect("a link");
}

type Make = fn(&Path);

#[test]
fn what_is_no_file_is_told_and_never_read() {
    let kinds: [(&str, Make); 5] =
        [("a pipe", fifo), ("a socket", socket), ("a device", device), ("a circle", circle), ("a dead end", nowhere)];
    for (what, make) in kinds {
        let scratch = module(&[]);
        make(&scratch.path().join("x.go"));
        for patterns in [&[][..], &["./..."], &["."], &["x.go", "good.go"]] {
            let run = check(&scratch, patterns).expect(2);
            assert_eq!(places(&run), [GOOD], "{what} {patterns:?}: {}", run.stderr);
            assert!(run.stderr.contains("x.go"), "{what} {patterns:?}: {}", run.stderr);
        }
        // Beside a file that is named it is nobody's business.
        assert_eq!(places(&check(&scratch, &["good.go"]).expect(1)), [GOOD], "{what}");
    }
}

#[test]
fn folders_and_links_to_them_are_no_files_whatever_they_are_called() {
    let scratch = module(&[("real/a.go", capture("q").as_bytes())]);
    fs::create_dir(scratch.path().join("x.go")).expect("a folder");
    symlink("real", scratch.path().join("y.go")).expect("a link");
    assert_eq!(places(&check(&scratch, &[]).expect(1)), [GOOD, "real/a.go:5: loopvar-capture"]);
}

#[test]
fn circles_of_folders_come_to_an_end() {
    let scratch = module(&[("sub/a.go", capture("q").as_bytes())]);
    for (target, link) in [(".", "here"), ("..", "sub/up"), ("b", "a"), ("a", "b"), ("../sub", "sub/self")] {
        symlink(target, scratch.path().join(link)).expect("a link");
    }
    assert_eq!(places(&check(&scratch, &[]).expect(1)), [GOOD, "sub/a.go:5: loopvar-capture"]);
    let run = check(&scratch, &["./sub/self/self/...", "here/here/good.go"]).expect(1);
    assert_eq!(places(&run), ["here/here/good.go:5: loopvar-capture", "sub/self/self/a.go:5: loopvar-capture"]);
    let run = check(&scratch, &["./a/...", "./b", "."]).expect(2);
    assert_eq!(places(&run), [GOOD]);
    assert!(run.stderr.contains("./b cannot be read: "), "{}", run.stderr);
}

#[test]
fn names_that_are_no_text_are_told() {
    let scratch = module(&[]);
    let named = |bytes: &'static [u8]| scratch.path().join(OsStr::from_bytes(bytes));
    fs::create_dir(named(b"d\xff")).expect("a folder");
    fs::write(named(b"d\xff/a.go"), capture("q")).expect("a file");
    fs::write(named(b"n\xff.go"), capture("p")).expect("a file");
    for patterns in [&[][..], &["."]] {
        let run = check(&scratch, patterns).expect(2);
        assert_eq!(places(&run), [GOOD]);
        assert!(run.stderr.contains("the folder d\u{fffd} is left out"), "{}", run.stderr);
        assert!(run.stderr.contains("the file n\u{fffd}.go is left out"), "{}", run.stderr);
    }
    let mut command = scratch.command(&["check", "good.go"]);
    let run = Run::of(command.arg(named(b"n\xff.go"))).expect(2);
    assert!(run.stderr.contains("not valid UTF-8") && run.stdout.contains("good.go:5:"), "{}", run.stderr);
}

/// A run with --fix for whom the system's rights hold: root becomes somebody else, in a folder that everybody can read.
fn fix_without_privileges(scratch: &Scratch) -> Run {
    let arguments = ["check", "--fix", "--no-cache", "--format", "json"];
    if !rustix::process::geteuid().is_root() {
        return scratch.run(&arguments);
    }
    let folder = tempfile::tempdir().expect("a folder");
    for open in [folder.path(), scratch.path()] {
        fs::set_permissions(open, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    let binary = folder.path().join("golint-rs");
    fs::copy(env!("CARGO_BIN_EXE_golint-rs"), &binary).expect("a copy");
    Run::of(Command::new(&binary).args(arguments).current_dir(scratch.path()).uid(2345).gid(2345))
}

#[test]
fn in_a_folder_that_is_read_only_nothing_is_fixed_and_nothing_lost() {
    let scratch = module(&[("shut/a.go", capture("q").as_bytes()), ("open/b.go", capture("q").as_bytes())]);
    for (folder, mode) in [("shut", 0o555), ("open", 0o777)] {
        fs::set_permissions(scratch.path().join(folder), fs::Permissions::from_mode(mode)).expect("it is ours");
    }
    if rustix::process::geteuid().is_root() {
        std::os::unix::fs::chown(scratch.path().join("open/b.go"), Some(2345), Some(2345)).expect("root may");
    }
    // good.go is not fixed either where the whole folder is somebody else's.
    fs::set_permissions(scratch.path(), fs::Permissions::from_mode(0o555)).expect("it is ours");
    let run = fix_without_privileges(&scratch).expect(2);
    fs::set_permissions(scratch.path().join("shut"), fs::Permissions::from_mode(0o755)).expect("it is ours");
    fs::set_permissions(scratch.path(), fs::Permissions::from_mode(0o755)).expect("it is ours");
    assert_eq!(places(&run), [GOOD, "shut/a.go:5: loopvar-capture"], "{}", run.stderr);
    assert!(run.stderr.contains("can't write shut/a.go: "), "{}", run.stderr);
    assert!(run.stderr.contains("can't be written to: permission denied"), "{}", run.stderr);
    assert!(run.stderr.contains("fixed 1 file\n"), "{}", run.stderr);
    assert_eq!(scratch.read("shut/a.go"), capture("q").as_bytes());
    assert_ne!(scratch.read("open/b.go"), capture("q").as_bytes());
    assert_eq!(fs::read_dir(scratch.path().join("shut")).expect("a folder").count(), 1, "nothing is left behind");
}
