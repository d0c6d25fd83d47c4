//! What a run can't be faster than: reads and parses every Go file below a folder, on all processors, and throws the
//! trees away. `cargo run --release -p golint-syntax --example parse_only -- FOLDER [THREADS]`; the figures are JSON.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map_or_else(|| PathBuf::from("."), PathBuf::from);
    let threads = arguments.next().and_then(|n| n.to_str()?.parse().ok());
    let threads = threads.or_else(|| std::thread::available_parallelism().ok().map(usize::from)).unwrap_or(1);

    let (mut files, mut folders) = (Vec::new(), vec![folder]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            match entry.file_type() {
                // As `...` walks.
                Ok(_) if name.starts_with(['.', '_']) || matches!(name.as_str(), "vendor" | "testdata") => {}
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) if name.ends_with(".go") => files.push(entry.path()),
                _ => {}
            }
        }
    }
    // Big files first, so that no thread is left alone with one at the end.
    files.sort_by_cached_key(|f| std::cmp::Reverse(std::fs::metadata(f).map_or(0, |m| m.len())));

    let (next, bytes, nodes) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Ok(source) = std::fs::read(file) else { continue };
                    let parsed = golint_syntax::parse(&source);
                    bytes.fetch_add(source.len() as u64, Ordering::Relaxed);
                    if let Ok(tree) = golint_tree::Tree::trusted(&parsed.tree) {
                        nodes.fetch_add(tree.len() as u64, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    println!(
        "{{\"files\":{},\"bytes\":{},\"nodes\":{},\"threads\":{threads},\"elapsed_ms\":{}}}",
        files.len(),
        bytes.into_inner(),
        nodes.into_inner(),
        started.elapsed().as_millis()
    );
}
