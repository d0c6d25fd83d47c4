//! `cargo xtask std-index [GOROOT]`: writes golint-stdlib's archive from a Go distribution. A Go program, which stands beside
//! the archive, says what is kept of the sources, and the files api/go1*.txt since when there are which names. The same
//! distribution gives the same bytes.

pub mod api;
mod proof;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use golint_stdlib::StandardLibrary;
use golint_stdlib::archive::{Contents, pack};

/// The best that there is; the archive is written once per Go release.
const LEVEL: u8 = 10;

/// Writes the archive and Go's licence, which holds for it; with `check`, compares.
pub fn run(goroot: Option<&Path>, check: bool) -> Result<()> {
    let distribution = Distribution::find(goroot)?;
    let folder = crate::root().join("crates/golint-stdlib");
    let file = folder.join("src/std.archive");
    if check {
        let committed = fs::read(&file).with_context(|| file.display().to_string())?;
        let library = StandardLibrary::open(committed.clone().leak())?;
        if library.release() != distribution.release {
            let (ours, theirs) = (library.release(), &distribution.release);
            println!("the archive is of {ours}, {} of {theirs}: nothing to compare", distribution.root.display());
            return Ok(());
        }
        ensure!(
            committed == make(&distribution)?,
            "{} is not what {} gives: write it with `cargo xtask std-index`",
            file.display(),
            distribution.root.display()
        );
        return proof::run(&distribution, &library);
    }
    let bytes = make(&distribution)?;
    fs::write(&file, &bytes).with_context(|| file.display().to_string())?;
    let licence = distribution.root.join("LICENSE");
    fs::copy(&licence, folder.join("LICENSE-GO")).with_context(|| licence.display().to_string())?;
    let library = StandardLibrary::open(bytes.clone().leak())?;
    println!("{} packages of {}: {} bytes", library.packages().count(), library.release(), bytes.len());
    Ok(())
}

/// A Go distribution with its go command.
struct Distribution {
    root: PathBuf,
    /// "go1.26.1"
    release: String,
}

impl Distribution {
    fn find(goroot: Option<&Path>) -> Result<Distribution> {
        let root = match goroot {
            Some(root) => std::path::absolute(root)?,
            None => {
                let output = Command::new("go").args(["env", "GOROOT"]).output().context(
                    "cannot start go, to ask it where its distribution is; install Go, or say where it is: \
                     `cargo xtask std-index GOROOT`",
                )?;
                PathBuf::from(String::from_utf8(output.stdout)?.trim())
            }
        };
        let version = root.join("VERSION");
        let version = fs::read_to_string(&version)
            .with_context(|| format!("{}: no release of Go is there; say where GOROOT is", version.display()))?;
        let release = version.lines().next().unwrap_or_default().trim().to_owned();
        Ok(Distribution { root, release })
    }

    /// A command of the distribution's own go, whatever else is installed and set.
    fn go(&self) -> Command {
        self.command(self.root.join("bin/go"))
    }

    /// A command for which `go` is the distribution's.
    fn command(&self, program: PathBuf) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.root.join("bin")).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(folders).unwrap_or(OsString::new()));
        command.env("GOROOT", &self.root).envs([("GOTOOLCHAIN", "local"), ("GOWORK", "off"), ("GOFLAGS", "")]);
        command.envs([("GOEXPERIMENT", ""), ("GOENV", "off"), ("GO111MODULE", "on")]);
        command
    }

    /// Builds a program of ours and gives its path.
    fn build(&self, source: &str) -> Result<PathBuf> {
        let root = crate::root();
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let program = target.join("std-index").join(Path::new(source).file_name().unwrap_or_default());
        let status = self.go().current_dir(root.join(source)).args(["build", "-o"]).arg(&program).arg(".").status();
        let status = status.with_context(|| format!("cannot start {}/bin/go", self.root.display()))?;
        ensure!(status.success(), "Go can't build {source}");
        Ok(program)
    }
}

fn make(distribution: &Distribution) -> Result<Vec<u8>> {
    let declare = distribution.build("crates/golint-stdlib/declare")?;
    let folder = tempfile::tempdir()?;
    let status = distribution.command(declare).arg(&distribution.root).arg(folder.path()).status()?;
    ensure!(status.success(), "the declarations of {} can't be had", distribution.root.display());

    let mut packages: BTreeMap<String, Contents> = BTreeMap::new();
    // The sources are a module, which has a go line.
    let module = distribution.root.join("src/go.mod");
    let module = fs::read_to_string(&module).with_context(|| module.display().to_string())?;
    packages.entry(String::new()).or_default().files.push(("go.mod".to_owned(), module));
    collect(&folder.path().join("src"), &mut packages)?;
    for (path, names) in since(&distribution.root.join("api"))? {
        if let Some(package) = packages.get_mut(&path) {
            let mut by_version: BTreeMap<u32, Vec<String>> = BTreeMap::new();
            for (name, minor) in names {
                by_version.entry(minor).or_default().push(name);
            }
            package.since = by_version.into_iter().collect();
        }
    }
    let packages: Vec<(String, Contents)> = packages.into_iter().collect();
    let compress = |plain: &[u8]| miniz_oxide::deflate::compress_to_vec(plain, LEVEL);
    Ok(pack(&distribution.release, &packages, compress)?)
}

/// The files below a folder, by package.
fn collect(source: &Path, packages: &mut BTreeMap<String, Contents>) -> Result<()> {
    let mut folders = vec![(String::new(), source.to_owned())];
    while let Some((package, folder)) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                bail!("{} has a name that is no UTF-8", entry.path().display());
            };
            if entry.file_type()?.is_dir() {
                let path = if package.is_empty() { name } else { format!("{package}/{name}") };
                folders.push((path, entry.path()));
                continue;
            }
            let text = fs::read_to_string(entry.path()).with_context(|| entry.path().display().to_string())?;
            packages.entry(package.clone()).or_default().files.push((name, text));
        }
    }
    for contents in packages.values_mut() {
        contents.files.sort();
    }
    Ok(())
}

fn since(folder: &Path) -> Result<api::Since> {
    let mut since = api::Since::new();
    let entries = fs::read_dir(folder).with_context(|| {
        let folder = folder.display();
        format!(
            "{folder} is to say since when there are which names, and can't be read; copies of Go in the module cache lack \
             it: take a distribution of go.dev/dl"
        )
    });
    for entry in entries? {
        let path = entry?.path();
        let Some(minor) = path.file_name().and_then(|name| api::version_of(name.to_str()?)) else { continue };
        let shown = || path.display().to_string();
        api::read(&fs::read_to_string(&path).with_context(shown)?, minor, &mut since).with_context(shown)?;
    }
    Ok(since)
}
