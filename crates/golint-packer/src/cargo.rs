//! One crate through cargo, to a core module. What it asks of cargo is a function of the crate: flags that the environment
//! has for native builds are left out, so that two machines build the same.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::toolchain::Program;
use crate::{Build, BuildError, Profile, TARGET};

/// The profile of [`Profile::Pack`], as cargo takes it from the command line.
const PACK: &[&str] = &[
    "profile.golint-pack.inherits=\"release\"",
    "profile.golint-pack.opt-level=3",
    "profile.golint-pack.lto=\"fat\"",
    "profile.golint-pack.codegen-units=1",
    "profile.golint-pack.panic=\"abort\"",
    "profile.golint-pack.strip=true",
];

/// Folders, each with what stands for it in a component.
type Remapped = [(PathBuf, String)];

/// The path of the module that cargo builds of the crate; `elsewhere` is what [`packages_elsewhere`] found.
pub(crate) fn module(build: &Build, elsewhere: &Remapped) -> Result<PathBuf, BuildError> {
    let cargo = Program::cargo();
    let mut command = command(&cargo, "build", build);
    command.args(["--target", TARGET, "--message-format", "json-render-diagnostics"]);
    match &build.profile {
        Profile::Named(name) => _ = command.args(["--profile", name]),
        Profile::Pack => {
            command.args(["--profile", "golint-pack"]);
            PACK.iter().for_each(|setting| _ = command.args(["--config", setting]));
        }
    }
    if let Some(folder) = &build.target_dir {
        command.arg("--target-dir").arg(folder);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", flags(build, elsewhere).join("\u{1f}"));
    let messages = output(&cargo, &mut command)?;
    let is_ours = |message: &Value| {
        let path = message["manifest_path"].as_str().map(Path::new);
        path.is_some_and(|path| same_file(path, &build.manifest))
    };
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && is_ours(message))
        .flat_map(|message| message["filenames"].as_array().cloned().unwrap_or_default())
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .find(|path| path.extension().is_some_and(|extension| extension == "wasm"))
        .ok_or_else(|| BuildError::NoModule(build.manifest.clone()))
}

/// Where paths lead, or as they are written where that can't be said.
fn same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// The compiler's flags.
fn flags(build: &Build, elsewhere: &Remapped) -> Vec<String> {
    let mut flags = Vec::new();
    let mut remap = |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    build.remapped.iter().chain(elsewhere).for_each(|(from, to)| remap(from, to));
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    if let Some(registry) = cargo_home.map(|home| home.join("registry/src")) {
        for entry in fs::read_dir(&registry).into_iter().flatten().flatten() {
            remap(&entry.path(), "/rust/deps");
        }
    }
    flags
}

/// Folders of the packages that the crate is built from and that lie outside of its workspace, with what to put in the
/// place of each.
pub(crate) fn packages_elsewhere(build: &Build) -> Result<Vec<(PathBuf, String)>, BuildError> {
    let cargo = Program::cargo();
    let mut command = command(&cargo, "metadata", build);
    command.args(["--format-version", "1", "--filter-platform", TARGET]);
    let metadata: Value = serde_json::from_str(&output(&cargo, &mut command)?).map_err(|_| BuildError::Cargo)?;
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    Ok(packages
        .filter(|package| package["source"].is_null())
        .filter_map(|package| {
            let folder = Path::new(package["manifest_path"].as_str()?).parent()?;
            let name = package["name"].as_str()?;
            (!folder.starts_with(root)).then(|| (folder.to_owned(), format!("/{name}")))
        })
        .collect())
}

/// What cargo is asked to do with the crate.
fn command(cargo: &Program, task: &str, build: &Build) -> Command {
    let mut command = cargo.command(&build.folder);
    command.arg(task).arg("--manifest-path").arg(&build.manifest);
    if build.locked {
        command.arg("--locked");
    }
    if build.quiet {
        command.arg("--quiet");
    }
    command
}

/// What cargo prints to standard output; what it says goes where it comes.
fn output(cargo: &Program, command: &mut Command) -> Result<String, BuildError> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| cargo.missing(error))?;
    let mut text = Vec::new();
    let read = child.stdout.take().map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut text));
    match (read, child.wait()) {
        (Ok(_), Ok(status)) if status.success() => Ok(String::from_utf8_lossy(&text).into_owned()),
        (Ok(_), Ok(_)) => Err(BuildError::Cargo),
        (Err(error), _) | (_, Err(error)) => Err(cargo.missing(error)),
    }
}
