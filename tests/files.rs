//! Files that misbehave: by their size, their shape, by what kind of file they are, or by changing while they are looked
//! at. Each is checked as far as it goes or told, and the findings of all others are there. All rules are on.

mod changes;
mod disk;
mod disk_full;
mod modules;
mod shapes;
mod sizes;

use std::path::Path;

use crate::cli::{capture, places};
use crate::scratch::{Run, Scratch};

/// What there is to find in good.go.
const GOOD: &str = "good.go:5: loopvar-capture";

/// A module with one good file, which has one finding, and these. Its name is its own, so that no result of an earlier test
/// is used.
fn module(files: &[(&str, &[u8])]) -> Scratch {
    let scratch = Scratch::new(&[("good.go", &capture("p"))]);
    scratch.write("go.mod", format!("module {}\n\ngo 1.21\n", name_for(scratch.path())).as_bytes());
    for (path, content) in files {
        scratch.write(path, content);
    }
    scratch
}

/// A module path that nobody else has.
fn name_for(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("example.com/{}", name.trim_start_matches('.'))
}

/// A check of everything, whether it looks worth it or not.
fn check(scratch: &Scratch, arguments: &[&str]) -> Run {
    let all = ["check", "--select", "all", "--no-prefilter", "--format", "json", "--timings"];
    let run = scratch.run(&[&all, arguments].concat());
    assert!(run.code.is_some(), "it was killed: {}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

/// A number of `--timings`.
#[track_caller]
fn counter(run: &Run, name: &str) -> u64 {
    run.json()["timings"][name].as_u64().unwrap_or_else(|| panic!("no {name}: {}", run.stdout))
}

/// What went wrong, as the findings of the engine itself tell it.
fn told(run: &Run) -> String {
    let json = run.json();
    let own = ["configuration", "file-too-large", "internal-error", "plugin-failure", "unreadable-file"];
    let list = json["diagnostics"].as_array().expect("an array").iter();
    let told = list.filter(|finding| own.iter().any(|rule| finding["rule"] == **rule));
    told.map(|finding| format!("{}: {}\n", finding["path"], finding["message"])).collect()
}

/// Twice the input takes at most twice the memory, and generously more.
#[track_caller]
fn assert_in_proportion(once: &Run, twice: &Run) {
    let (nodes, more_nodes) = (counter(once, "nodes"), counter(twice, "nodes"));
    assert!(more_nodes <= nodes * 2, "{nodes} nodes, then {more_nodes}");
    let peak = |run: &Run| run.json()["timings"]["peak_memory_bytes"].as_u64();
    // Only where the system tells.
    let (Some(least), Some(most)) = (peak(once), peak(twice)) else { return };
    assert!(most <= least * 2 + (64 << 20), "{least} bytes, then {most}");
}
