//! Fixes for which the disk has no room: the file is as it was, and the run says so.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{GOOD, module, places};
use crate::cli::capture;
use crate::scratch::{Run, Scratch, command_in};

/// With a finding, and so many bytes or a few more.
fn large(bytes: usize) -> String {
    format!("{}// {}\n", capture("q"), "x".repeat(bytes))
}

#[track_caller]
fn assert_nothing_lost(scratch: &Scratch, run: &Run, before: &str, cause: &str) {
    assert_eq!(places(run), [GOOD.replace("good", "full/a")], "{}", run.stderr);
    assert!(run.stderr.contains(&format!("can't write full/a.go: {cause}\n")), "{}", run.stderr);
    assert!(run.stderr.contains("fixed 1 file\n"), "{}", run.stderr);
    assert_eq!(scratch.read("full/a.go"), before.as_bytes());
    assert_ne!(scratch.read("good.go"), capture("p").as_bytes());
    let names =
        fs::read_dir(scratch.path().join("full")).expect("a folder").map(|entry| entry.expect("it").file_name());
    let mut names: Vec<_> = names.filter(|name| name != "filler").collect();
    names.sort();
    assert_eq!(names, ["a.go"], "nothing is left behind");
}

/// A small file system in memory, for as long as this lives.
struct Mounted(PathBuf);

impl Mounted {
    fn new(folder: &Path) -> Result<Mounted, String> {
        fs::create_dir_all(folder).expect("a folder");
        let mut mount = Command::new("mount");
        let output = mount.args(["-t", "tmpfs", "-o", "size=64k", "golint-test"]).arg(folder).output();
        let output = output.map_err(|error| error.to_string())?;
        match output.status.success() {
            true => Ok(Mounted(folder.to_owned())),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "what was not tested is said")]
fn a_disk_that_is_full_loses_nothing() {
    let scratch = module(&[]);
    let folder = scratch.path().join("full");
    let _mounted = match Mounted::new(&folder) {
        Ok(mounted) => mounted,
        Err(why) => {
            println!(
                "no full disk was tried, for nothing can be mounted here: {why}; the test below tries another way"
            );
            return;
        }
    };
    // Larger than a page, for there may be a free one.
    let before = large(20_000);
    scratch.write("full/a.go", before.as_bytes());
    let mut filler = fs::File::create(folder.join("filler")).expect("a file");
    while filler.write_all(&[0; 512]).is_ok() {}
    drop(filler);
    let run = scratch.run(&["check", "--fix", "--format", "json"]).expect(2);
    assert_nothing_lost(&scratch, &run, &before, "No space left on device (os error 28)");
    // As soon as there is room, it goes on.
    fs::remove_file(folder.join("filler")).expect("it is there");
    scratch.run(&["check", "--fix"]).expect(0);
    assert_ne!(scratch.read("full/a.go"), before.as_bytes());
}

/// Files that it writes may have 4 MiB (8 with another shell), which is a disk that is full for the larger one of two.
fn limited(scratch: &Scratch, prologue: &str) -> Run {
    let mut command = Command::new("sh");
    let inner = command_in(scratch.path(), &["check", "--fix", "--no-cache", "--format", "json"]);
    command.arg("-c").arg(format!("{prologue} ulimit -f 8192; exec \"$0\" \"$@\""));
    command.arg(inner.get_program()).args(inner.get_args()).current_dir(scratch.path());
    Run::of(&mut command)
}

#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    let before = large(9 << 20);
    let scratch = module(&[("full/a.go", before.as_bytes())]);
    // Without the trap, the system's signal ends the program.
    let run = limited(&scratch, "trap '' XFSZ;").expect(2);
    assert_nothing_lost(&scratch, &run, &before, "File too large (os error 27)");

    let scratch = module(&[("full/a.go", before.as_bytes())]);
    assert_eq!(limited(&scratch, "").code, None);
    assert_eq!(scratch.read("full/a.go"), before.as_bytes());
}
