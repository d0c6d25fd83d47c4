//! What the built-in archive costs: `cargo run --release -p golint-stdlib --example costs`.

#![allow(clippy::print_stdout, reason = "it talks to the developer who called it")]

use std::time::Instant;

use golint_project::{FileKind, FileSystem};
use golint_stdlib::StandardLibrary;

/// Of how many runs the fastest is shown.
const RUNS: usize = 20;

fn main() {
    let open = || StandardLibrary::built_in().expect("the archive is sound");
    measure("open", || (), |()| open().packages().count());
    measure("read net/http", open, |library| read(&library, "net/http"));
    measure("read syscall, the largest package", open, |library| read(&library, "syscall"));
    measure("read everything", open, |library| library.packages().map(|package| read(&library, package)).sum());
    measure("since(\"slices\", \"Sort\")", open, |library| library.since("slices", "Sort").map_or(0, |_| 1));
}

fn measure<T>(what: &str, before: impl Fn() -> T, run: impl Fn(T) -> usize) {
    let once = |_| {
        let given = before();
        let start = Instant::now();
        let result = run(given);
        (start.elapsed(), result)
    };
    if let Some((time, result)) = (0..RUNS).map(once).min() {
        println!("{what}: {:.3} ms ({result})", time.as_secs_f64() * 1e3);
    }
}

/// The bytes of a package.
fn read(library: &StandardLibrary, package: &str) -> usize {
    let folder = library.root().join("src").join(package);
    let entries = library.read_dir(&folder).map(|listing| listing.entries).unwrap_or_default();
    let files = entries.iter().filter(|entry| entry.kind == FileKind::File);
    files.filter_map(|file| Some(library.read(&folder.join(&file.name)).ok()?.len())).sum()
}
