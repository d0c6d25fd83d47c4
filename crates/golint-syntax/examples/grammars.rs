//! How fast the grammar is against tree-sitter-go's, on which it builds: parses each Go file below a folder with both, in
//! turns, and prints the sums of each file's shortest times in milliseconds, ours first. `cargo xtask bench FOLDER` runs it.
//! With a second argument, `ours` or `theirs`, it parses each file once with that one and prints nothing, for a profiler
//! that counts instructions.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use golint_syntax as _; // It has the generated parser.
use tree_sitter::{Language, Parser};

#[path = "../src/grammar.rs"]
mod grammar;

const ROUNDS: usize = 3;

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("usage: grammars FOLDER [ours|theirs]")?;
    let only = arguments.next();
    let parser = |language: Language| -> Result<Parser, tree_sitter::LanguageError> {
        let mut parser = Parser::new();
        parser.set_language(&language)?;
        Ok(parser)
    };
    let mut parsers = [parser(grammar::language())?, parser(tree_sitter_go::LANGUAGE.into())?];
    let mut times = [Duration::ZERO; 2];
    for source in sources(folder.into())? {
        if let Some(only) = &only {
            parsers[usize::from(only == "theirs")].parse(&source, None);
            continue;
        }
        let mut shortest = [Duration::MAX; 2];
        for round in 0..2 * ROUNDS {
            let began = Instant::now();
            parsers[round % 2].parse(&source, None);
            shortest[round % 2] = shortest[round % 2].min(began.elapsed());
        }
        times[0] += shortest[0];
        times[1] += shortest[1];
    }
    if only.is_none() {
        println!("{} {}", times[0].as_micros() as f64 / 1000.0, times[1].as_micros() as f64 / 1000.0);
    }
    Ok(())
}

/// All Go files below the folder but those in testdata, which may be anything.
fn sources(folder: PathBuf) -> std::io::Result<Vec<Vec<u8>>> {
    let (mut ahead, mut sources) = (vec![folder], Vec::new());
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(folder)? {
            let (path, kind) = entry.map(|entry| Ok::<_, std::io::Error>((entry.path(), entry.file_type()?)))??;
            if kind.is_dir() && !path.ends_with("testdata") {
                ahead.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "go") {
                sources.push(fs::read(path)?);
            }
        }
    }
    Ok(sources)
}
