//! What is to be checked: the patterns as typed, and standard input in the place of a file.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use golint_project::{Disk, FileSystem, Overlay, Problem};

use crate::arguments::CheckArguments;
use crate::session;

/// More is not read of one input, in bytes: somebody named or connected the wrong thing.
const MOST_INPUT: u64 = 256 << 20;

/// What the patterns speak of, with standard input laid over the disk where `-` is one of them.
pub(crate) struct Input {
    pub(crate) files: Arc<dyn FileSystem>,
    pub(crate) patterns: Vec<String>,
    /// The file that standard input stands for.
    pub(crate) standard_input: Option<Utf8PathBuf>,
    /// Patterns that can't be understood.
    pub(crate) problems: Vec<Problem>,
}

impl Input {
    pub(crate) fn new(arguments: &CheckArguments, folder: &Utf8Path) -> Result<Self> {
        if !arguments.patterns.iter().any(|p| p.as_os_str() == OsStr::new("-")) {
            if arguments.stdin_filename.is_some() {
                bail!("--stdin-filename goes with the pattern `-`");
            }
            let (mut patterns, mut problems) = (Vec::new(), Vec::new());
            for pattern in &arguments.patterns {
                match session::utf8(pattern.clone()) {
                    Ok(pattern) => patterns.push(pattern.into_string()),
                    Err(error) => problems.push(Problem::incomplete(error.to_string())),
                }
            }
            return Ok(Input { files: Arc::new(Disk), patterns, standard_input: None, problems });
        }
        if arguments.patterns.len() > 1 {
            bail!("`-` stands alone: check standard input and other files in two runs");
        }
        let name = arguments.stdin_filename.clone().unwrap_or_else(|| "stdin.go".into());
        let path = session::absolute(folder, &name)?;
        if path.extension() != Some("go") {
            bail!("--stdin-filename {path}: the name of a Go file ends in .go");
        }
        let source = standard_input()?;
        let mut overlay = Overlay::new(Arc::new(Disk));
        overlay.insert(path.clone(), Arc::<[u8]>::from(source));
        let patterns = vec![path.to_string()];
        Ok(Input { files: Arc::new(overlay), patterns, standard_input: Some(path), problems: Vec::new() })
    }
}

/// What is on standard input.
pub(crate) fn standard_input() -> Result<Vec<u8>> {
    whole(io::stdin().lock()).context("cannot read standard input")
}

/// All that there is to read. It may be no file but a device without an end.
fn whole(input: impl Read) -> io::Result<Vec<u8>> {
    let mut source = Vec::new();
    input.take(MOST_INPUT + 1).read_to_end(&mut source)?;
    if source.len() as u64 > MOST_INPUT {
        return Err(io::Error::other(format!("it does not end after {MOST_INPUT} bytes: that is no Go file")));
    }
    Ok(source)
}
