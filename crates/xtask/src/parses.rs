//! `cargo xtask parses FOLDER…`: whether every Go file that Go's own parser takes has a tree without errors. Go says so through
//! tests/oracle/parses.go, golint-syntax through its example `parses`; this compares.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail, ensure};

/// So many files are named.
const SHOWN: usize = 20;

/// Files of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    files: usize,
    /// Those that golint-rs sees errors in, with the number of errors.
    faulty: Vec<(u32, String)>,
}

/// Compares, prints the figures, and fails where a valid file has errors.
pub fn run(folders: &[PathBuf]) -> Result<()> {
    let root = crate::root();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&root)
        .args(["build", "--release", "--locked", "--package", "golint-syntax", "--example", "parses"])
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .context("cargo")?;
    ensure!(status.success(), "golint-syntax does not build");

    let mut go = Command::new("go");
    go.arg("run").arg(root.join("tests/oracle/parses.go")).args(folders).stderr(Stdio::inherit());
    let output = go.output().context("go, which must be on PATH")?;
    ensure!(output.status.success(), "{go:?} failed: {}", output.status);
    let oracle = String::from_utf8(output.stdout).context("a path is no UTF-8")?;
    let paths: String =
        oracle.lines().filter_map(|line| line.split_once('\t')).map(|(_, path)| format!("{path}\n")).collect();
    let ours = answer(&target.join("release/examples/parses"), paths)?;

    let [valid, marked, invalid] = compare(&oracle, &ours)?;
    println!("{:38} {:>8} {:>18}", "", "files", "with syntax errors");
    for (what, count) in [
        ("Go's parser takes them", &valid),
        ("… but they test a compiler's errors", &marked),
        ("Go's parser does not take them", &invalid),
    ] {
        println!("{what:38} {:>8} {:>18}", count.files, count.faulty.len());
    }
    if valid.faulty.is_empty() {
        return Ok(());
    }
    let shown: Vec<_> = valid.faulty.iter().take(SHOWN).map(|(errors, path)| format!("{errors:>6} {path}")).collect();
    bail!(
        "{} valid files have syntax errors; how many, in the first of them:\n{}",
        valid.faulty.len(),
        shown.join("\n")
    )
}

/// What a program prints that reads this.
fn answer(program: &Path, input: String) -> Result<String> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| program.display().to_string())?;
    let mut stdin = child.stdin.take().context("no standard input")?;
    let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{} failed: {}", program.display(), output.status);
    writer.join().ok().context("the writer panicked")??;
    String::from_utf8(output.stdout).context("a path is no UTF-8")
}

/// The files that are valid, that are marked, and that are invalid, from the lines of both programs.
fn compare(oracle: &str, ours: &str) -> Result<[Count; 3]> {
    let mut counts = [Count::default(), Count::default(), Count::default()];
    let mut answers = ours.lines();
    for line in oracle.lines() {
        let (verdict, path) = line.split_once('\t').with_context(|| format!("{line:?} has no path"))?;
        let count = match verdict {
            "valid" => &mut counts[0],
            "marked" => &mut counts[1],
            "invalid" => &mut counts[2],
            _ => bail!("{line:?} begins with no verdict"),
        };
        let answer = answers.next().with_context(|| format!("no answer for {path}"))?;
        let (errors, rest) = answer.split_once('\t').with_context(|| format!("{answer:?} is no answer"))?;
        let same = rest.split_once('\t').map(|(_, path)| path);
        ensure!(same == Some(path), "{answer:?} instead of {path}");
        let errors: u32 = errors.parse().with_context(|| answer.to_owned())?;
        count.files += 1;
        if errors > 0 {
            count.faulty.push((errors, path.to_owned()));
        }
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_by_what_go_says() {
        let oracle = "valid\ta.go\nvalid\tb.go\nmarked\tc.go\ninvalid\td.go\n";
        let [valid, marked, invalid] =
            compare(oracle, "0\tx\ta.go\n2\tx\tb.go\n0\tx\tc.go\n1\tx\td.go\n").expect("the lines fit");
        assert_eq!(valid, Count { files: 2, faulty: vec![(2, "b.go".into())] });
        assert_eq!(marked, Count { files: 1, faulty: Vec::new() });
        assert_eq!(invalid.faulty.len(), 1);
        for ours in ["0\tx\ta.go\n", "0\tx\tb.go\n0\tx\ta.go\n", "0 a.go\n", "x\tx\ta.go\n"] {
            assert!(compare(oracle, ours).is_err(), "{ours}");
        }
        assert!(compare("good\ta.go\n", "0\tx\ta.go\n").is_err());
    }
}
