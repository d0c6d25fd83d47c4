//! The wheel and the source distribution, in virtual environments of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::scratch::Scratch;
use crate::{VERSION, clean, done, emptied, finds, kept, module, ours, path, target, tool};

/// maturin on this checkout; it builds into this target folder, where nearly everything is built already.
fn maturin(arguments: &[&str], out: &Path) {
    let mut command = Command::new(tool("bin/maturin"));
    command.current_dir(ours("")).args(arguments).arg("--out").arg(out).env("CARGO_TARGET_DIR", target());
    done(&mut command);
}

/// The folder with the wheel. It has the debug build in it, and is else what a release makes.
pub(crate) fn wheels() -> &'static Path {
    static WHEELS: OnceLock<PathBuf> = OnceLock::new();
    WHEELS.get_or_init(|| {
        let folder = emptied("wheels");
        maturin(&["build", "--profile", "dev", "--locked"], &folder);
        folder
    })
}

/// A virtual environment, and Python in it.
struct Environment {
    scratch: Scratch,
}

impl Environment {
    fn new() -> Environment {
        let environment = Environment { scratch: Scratch::new(&[]) };
        let scratch = environment.scratch.path();
        done(clean(tool("bin/python"), scratch, scratch).args(["-m", "venv"]).arg(environment.folder()));
        environment
    }

    fn folder(&self) -> PathBuf {
        self.scratch.path().join("an environment")
    }

    /// Its Python, with this after it.
    fn python(&self, arguments: &[&str]) -> Command {
        let mut command = clean(self.folder().join("bin/python"), self.scratch.path(), self.scratch.path());
        command.args(arguments);
        command
    }

    /// `pip install` of files, without an index.
    fn install(&self) -> Command {
        self.python(&["-m", "pip", "--no-cache-dir", "install", "--quiet", "--no-index"])
    }

    /// All files but those that Python compiles for itself.
    fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        let mut folders = vec![self.folder()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let entry = entry.expect("an entry");
                match entry.file_type().expect("a type").is_dir() {
                    true if entry.file_name() == "__pycache__" => {}
                    true => folders.push(entry.path()),
                    false => drop(files.insert(entry.path())),
                }
            }
        }
        files
    }
}

#[test]
fn a_wheel_puts_the_binary_on_path_and_takes_it_away_again() {
    let environment = Environment::new();
    let before = environment.files();
    done(environment.install().arg("--find-links").arg(wheels()).arg("golint-rs"));

    let bin = environment.folder().join("bin");
    let (scratch, folder) = module();
    let golint = || {
        let mut command = clean("/usr/bin/env", &folder, scratch.path());
        command.env("PATH", path(&[&bin])).arg("golint-rs");
        command
    };
    assert_eq!(done(golint().arg("--version")).trim(), format!("golint-rs {VERSION}"));
    finds(golint().arg("check"));

    let added: Vec<_> = environment.files().difference(&before).cloned().collect();
    let python = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "py");
    assert!(added.contains(&bin.join("golint-rs")) && !added.iter().any(python), "{added:?}");
    done(&mut environment.python(&["-m", "pip", "uninstall", "--yes", "golint-rs"]));
    assert_eq!(environment.files(), before);
}

#[test]
fn a_wheel_says_what_the_manifest_of_the_crate_says() {
    let environment = Environment::new();
    done(environment.install().arg("--find-links").arg(wheels()).arg("golint-rs"));
    let program =
        "import importlib.metadata, json; print(json.dumps(importlib.metadata.metadata('golint-rs').items()))";
    let fields = done(&mut environment.python(&["-c", program]));
    let fields: Vec<(String, String)> = serde_json::from_str(&fields).expect("JSON");
    let has = |name: &str, value: &str| fields.iter().any(|(n, v)| n == name && v == value);
    for (name, value) in [
        ("Version", VERSION),
        ("Summary", env!("CARGO_PKG_DESCRIPTION")),
        ("License-Expression", env!("CARGO_PKG_LICENSE")),
        ("License-File", "LICENSE-APACHE"),
        ("License-File", "LICENSE-MIT"),
        ("Project-URL", concat!("Repository, ", env!("CARGO_PKG_REPOSITORY"))),
    ] {
        assert!(has(name, value), "{name}: {value} is not in {fields:#?}");
    }
}

/// pip builds it as it does for a system that there is no wheel for: without an index, in an environment of its own.
#[test]
fn a_source_distribution_is_all_that_a_build_needs() {
    let environment = Environment::new();
    let source = source_distribution();
    let mut install = environment.install();
    install.arg("--find-links").arg(tool("wheels")).arg(&source);
    for name in ["PATH", "HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"] {
        install.env_remove(name);
        if let Some(value) = std::env::var_os(name) {
            install.env(name, value);
        }
    }
    // What is tried here is the way, not the speed: the dependencies are compiled already.
    done(install.env("MATURIN_PEP517_ARGS", "--profile dev").env("CARGO_TARGET_DIR", target()));
    let (scratch, folder) = module();
    finds(clean(environment.folder().join("bin/golint-rs"), &folder, scratch.path()).arg("check"));
}

/// The source distribution, unpacked. It stays where it is from run to run, and so do the files in it that did not change: cargo
/// builds again only what did.
fn source_distribution() -> PathBuf {
    let packed = emptied("sdist");
    maturin(&["sdist"], &packed);
    let name = format!("golint_rs-{VERSION}");
    done(Command::new("tar").arg("-xzf").arg(packed.join(format!("{name}.tar.gz"))).arg("-C").arg(&packed));
    let (new, old) = (contents(&packed.join(name)), kept("unpacked"));
    for extra in ["tests", "editors", "docs", ".github", ".ci"] {
        assert!(!new.keys().any(|path| path.starts_with(extra)), "{extra}/ has no part in the binary");
    }
    fs::create_dir_all(&old).expect("a folder");
    let known = contents(&old);
    for path in known.keys().filter(|path| !new.contains_key(*path)) {
        fs::remove_file(old.join(path)).expect("removed");
    }
    for (path, content) in new.iter().filter(|(path, content)| known.get(*path) != Some(content)) {
        let path = old.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }
    old
}

/// What the files below a folder have in them.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut contents = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_owned();
                contents.insert(name, fs::read(&path).expect("read"));
            }
        }
    }
    contents
}
