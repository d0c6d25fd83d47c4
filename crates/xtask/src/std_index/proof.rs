//! What go/types sees in the archive against what it sees in the sources that it was made of, on several platforms.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use camino::Utf8PathBuf;
use golint_project::{FileKind, FileSystem};
use golint_stdlib::StandardLibrary;

use super::Distribution;

/// As tests/oracle/exports takes them: with and without cgo, of 64 and 32 bits, and with experiments that have packages of
/// their own.
const PLATFORMS: [&str; 7] = [
    "linux/amd64",
    "windows/amd64",
    "darwin/arm64",
    "linux/386",
    "linux/amd64/cgo",
    "darwin/arm64/cgo",
    "linux/amd64/goexperiment.jsonv2/goexperiment.simd",
];

/// How many differences of a platform are shown.
const SHOWN: usize = 20;

/// Compares, prints how many facts there are, and fails if one differs.
pub(super) fn run(distribution: &Distribution, library: &StandardLibrary) -> Result<()> {
    let program = distribution.build("tests/oracle/exports")?;
    let unpacked = tempfile::tempdir()?;
    unpack(library, unpacked.path())?;
    let facts = |source: &Path, platform: &str| -> Result<String> {
        let output = distribution.command(program.clone()).arg(source).arg(platform).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{platform}: {}: {said}", source.display());
        Ok(String::from_utf8(output.stdout)?)
    };
    let mut all = 0;
    for platform in PLATFORMS {
        let expected = facts(&distribution.root.join("src"), platform)?;
        let found = facts(&unpacked.path().join("src"), platform)?;
        let mut differences = differences(&expected, &found);
        if !platform.contains("goexperiment") {
            differences.extend(undated(library, &expected));
        }
        println!("{platform}: {} facts, {} differences", expected.lines().count(), differences.len());
        for difference in differences.iter().take(SHOWN) {
            println!("  {difference}");
        }
        all += differences.len();
    }
    if all > 0 {
        bail!("the archive has another standard library than the sources");
    }
    Ok(())
}

/// What packages export, by these facts, since nobody knows when.
fn undated(library: &StandardLibrary, facts: &str) -> Vec<String> {
    let mut undated = Vec::new();
    for line in facts.lines() {
        let mut fields = line.split('\t');
        let (Some("const" | "var" | "func" | "type" | "alias"), Some(name)) = (fields.next(), fields.next()) else {
            continue;
        };
        if let Some((package, base)) = name.rsplit_once('.')
            // The compiler's own.
            && package != "unsafe"
            && library.since(package, base).is_none()
        {
            undated.push(format!("! {name} is there since no known version"));
        }
    }
    undated
}

/// Lines that are in one of the texts only, with a sign in front.
fn differences(expected: &str, found: &str) -> Vec<String> {
    let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
    for line in expected.lines() {
        *lines.entry(line).or_default() -= 1;
    }
    for line in found.lines() {
        *lines.entry(line).or_default() += 1;
    }
    let differing = lines.into_iter().filter(|(_, count)| *count != 0);
    differing.map(|(line, count)| format!("{} {line}", if count < 0 { '-' } else { '+' })).collect()
}

/// Writes the archive's files below a folder.
fn unpack(library: &StandardLibrary, folder: &Path) -> Result<()> {
    let mut folders = vec![(library.root().to_owned(), folder.to_owned())];
    while let Some((from, to)) = folders.pop() {
        fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
        for entry in library.read_dir(&from)?.entries {
            let (from, to): (Utf8PathBuf, _) = (from.join(&entry.name), to.join(&entry.name));
            match entry.kind {
                FileKind::Directory => folders.push((from, to)),
                _ => fs::write(&to, library.read(&from)?).with_context(|| to.display().to_string())?,
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_one_side_is_a_difference() {
        assert_eq!(differences("a\nb\nb\nc\n", "a\nb\nd\n"), ["- b", "- c", "+ d"]);
        assert!(differences("a\nb\n", "b\na\n").is_empty());
    }

    #[test]
    fn what_has_no_version_is_told() {
        let library = StandardLibrary::built_in().expect("the archive is sound");
        let facts = "func\tslices.Sort\tfunc()\nfunc\tslices.NoSuch\tfunc()\ntype\tunsafe.Pointer\nhas\tio.X\tY\n";
        assert_eq!(undated(&library, facts), ["! slices.NoSuch is there since no known version"]);
    }
}
