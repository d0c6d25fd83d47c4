//! The inputs that fuzzing has left in fuzz/corpus, each handed to its target once more.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use crate::fuzz::TARGETS;

/// Of all of them, in bytes.
const MOST: usize = 500_000;

fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_input_of_the_fuzz_targets_is_taken() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let names: Vec<PathBuf> = TARGETS.iter().map(|(name, _)| corpus.join(name)).collect();
    assert_eq!(inside(&corpus), names);
    let (mut bytes, mut failed) = (0, Vec::new());
    for (name, run) in TARGETS {
        let inputs = inside(&corpus.join(name));
        assert!(inputs.len() >= 10, "{name}: {} inputs", inputs.len());
        for input in inputs {
            let data = fs::read(&input).expect("a file");
            bytes += data.len();
            // What is wrong was printed; the others are tried all the same.
            if catch_unwind(|| run(&data)).is_err() {
                failed.push(input);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(bytes <= MOST, "{bytes} bytes");
}
