//! Which Go files parse: reads paths from standard input, one a line, and prints for each of them the number of syntax
//! errors, a digest of the flat tree, and the path, set off by tabs. Two builds that print the same have the same trees.
//! `cargo xtask parses FOLDER…` compares the numbers with what Go's own parser says.

use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::hash::{Hash, Hasher};
use std::io::{BufWriter, Write};
use std::thread;

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<String> = std::io::stdin().lines().collect::<Result<_, _>>()?;
    let threads = thread::available_parallelism()?.get();
    let lines = thread::scope(|scope| {
        let paths = &paths;
        let every_nth = |first| move || paths.iter().skip(first).step_by(threads).map(|path| line(path)).collect();
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(every_nth(first))).collect();
        workers.into_iter().map(|worker| worker.join().expect("parsing never panics")).collect::<Vec<Vec<_>>>()
    });
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in 0..paths.len() {
        match &lines[number % threads][number / threads] {
            Ok(line) => writeln!(out, "{line}")?,
            Err(error) => return Err(format!("{}: {error}", paths[number]).into()),
        }
    }
    Ok(out.flush()?)
}

fn line(path: &str) -> std::io::Result<String> {
    let parsed = golint_syntax::parse(&std::fs::read(path)?);
    let mut hasher = DefaultHasher::new();
    parsed.tree.hash(&mut hasher);
    Ok(format!("{}\t{:016x}\t{path}", parsed.syntax_errors, hasher.finish()))
}
