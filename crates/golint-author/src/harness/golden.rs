//! What `--fix` makes of a module, against its golden files. It writes nothing.

use camino::Utf8Path;
use golint_project::{Disk, FileSystem};

use super::module::{Session, troubles};
use super::{Failure, Harness, files_below};

/// Compares each Go file after the safe fixes with its golden file, or with itself where there is none.
pub(super) fn check(harness: &Harness, session: &Session, module: &Utf8Path) -> Vec<Failure> {
    let fixed = match session.fix() {
        Ok(fixed) => fixed,
        Err(problem) => return vec![Failure::new(harness.shown(module), problem)],
    };
    let mut failures = troubles(harness, module, &fixed.outcome);
    if !failures.is_empty() {
        return failures;
    }
    let files = files_below(module, "go").and_then(|sources| Ok((sources, files_below(module, "golden")?)));
    let (sources, goldens) = match files {
        Ok(files) => files,
        Err(error) => return vec![Failure::new(harness.shown(module), format!("it can't be read: {error}"))],
    };
    for file in &sources {
        let path = golint_project::path::relative(module, file);
        let golden = module.join(format!("{path}.golden"));
        let has_golden = goldens.contains(&golden);
        let (source, expected) = match (Disk.read(file), has_golden.then(|| Disk.read(&golden)).transpose()) {
            (Ok(source), Ok(golden)) => (source.clone(), golden.unwrap_or(source)),
            (Err(error), _) | (_, Err(error)) => {
                failures.push(Failure::new(harness.shown(file), format!("it can't be read: {error}")));
                continue;
            }
        };
        let got = fixed.changes.iter().find(|change| *change.shown == *path).map_or(&source, |change| &change.after);
        if let Some((line, expected, got)) = first_difference(&expected, got) {
            let problem = if has_golden {
                format!("after --fix, the file is not {}", harness.shown(&golden))
            } else {
                "--fix changes the file, and it has no golden file".to_owned()
            };
            let failure = Failure::new(format!("{}:{line}", harness.shown(file)), problem);
            failures.push(failure.compared(format!("{expected:?}"), format!("{got:?}")));
        }
    }
    for golden in goldens.iter().filter(|golden| !sources.contains(&golden.with_extension(""))) {
        let problem = "a golden file without the file that it is made from: it is named `<file>.go.golden`";
        failures.push(Failure::new(harness.shown(golden), problem));
    }
    failures
}

/// The number of the first line that differs, and what stands there, its end included.
pub(super) fn first_difference(want: &[u8], got: &[u8]) -> Option<(usize, String, String)> {
    let mut lines = (want.split_inclusive(|b| *b == b'\n'), got.split_inclusive(|b| *b == b'\n'));
    for number in 1.. {
        match (lines.0.next(), lines.1.next()) {
            (None, None) => break,
            (want, got) if want == got => {}
            (want, got) => {
                let shown = |line: Option<&[u8]>| String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
                return Some((number, shown(want), shown(got)));
            }
        }
    }
    None
}
