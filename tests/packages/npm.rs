//! The packages for npm, from a registry that has them all: what package managers install of them, and what they are.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::scratch::{Run, Scratch};
use crate::{VERSION, clean, done, emptied, finds, module, ours, tool};

/// `crates/cli/npm/pack`, with this after it.
fn pack(arguments: &[&str]) -> Command {
    let mut command = Command::new(ours("crates/cli/npm/pack"));
    command.args(arguments);
    command
}

/// What the binary for a system begins with, as far as `pack` looks.
fn foreign(system: &str) -> Vec<u8> {
    let macho = |processor: u32| [0xfeed_facf_u32.to_le_bytes(), processor.to_le_bytes(), [0; 4]].concat();
    let elf = |processor: u16| [b"\x7fELF\x02\x01".as_slice(), &[0; 12], &processor.to_le_bytes(), &[0; 44]].concat();
    match system {
        "linux-x64" => elf(62),
        "linux-arm64" => elf(183),
        "darwin-x64" => macho(0x0100_0007),
        "darwin-arm64" => macho(0x0100_000c),
        "win32-x64" => {
            [b"MZ".as_slice(), &[0; 58], &64_u32.to_le_bytes(), b"PE\0\0", &0x8664_u16.to_le_bytes()].concat()
        }
        _ => panic!("no package is made for {system}"),
    }
}

const SYSTEMS: [&str; 5] = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];

/// The system that this is, as Node calls it.
pub(crate) fn system() -> &'static str {
    static SYSTEM: OnceLock<String> = OnceLock::new();
    SYSTEM.get_or_init(|| {
        done(Command::new("node").args(["-p", "`${process.platform}-${process.arch}`"])).trim().to_owned()
    })
}

/// The folder with all packages; that for this system has our binary in it.
pub(crate) fn packages() -> &'static Path {
    static PACKAGES: OnceLock<PathBuf> = OnceLock::new();
    PACKAGES.get_or_init(|| {
        let folder = emptied("npm");
        // Half as large without what debuggers want.
        let binary = folder.join("golint-rs");
        done(Command::new("strip").arg("-o").arg(&binary).arg(env!("CARGO_BIN_EXE_golint-rs")));
        let out = folder.to_str().expect("UTF-8");
        for system in SYSTEMS {
            let other = folder.join(system);
            fs::write(&other, foreign(system)).expect("written");
            let binary = if system == self::system() { &binary } else { &other };
            done(&mut pack(&[system, binary.to_str().expect("UTF-8"), out]));
        }
        done(&mut pack(&["main", out]));
        folder
    })
}

/// The address of a registry that has them. It ends with these tests: they hold its standard input.
fn registry() -> &'static str {
    static REGISTRY: OnceLock<(Child, String)> = OnceLock::new();
    let (_, address) = REGISTRY.get_or_init(|| {
        let mut command = Command::new("node");
        command.arg(ours("tests/packages/registry.js")).arg(packages());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node starts");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut address).expect("an address");
        assert!(address.starts_with("http://"), "no address: {address:?}");
        (child, address.trim().to_owned())
    });
    address
}

/// A package manager that knows that registry alone, and has an empty cache.
fn manager(program: &Path, folder: &Path, home: &Path) -> Command {
    let mut command = clean(program, folder, home);
    command.env("npm_config_registry", registry()).env("npm_config_update_notifier", "false");
    command.env("npm_config_audit", "false").env("npm_config_fund", "false");
    command.env("YARN_NPM_REGISTRY_SERVER", registry());
    // Yarn takes no packages of today, and none without encryption, unless it is told to.
    command.env("YARN_NPM_MINIMAL_AGE_GATE", "0").env("YARN_UNSAFE_HTTP_WHITELIST", "127.0.0.1");
    command.env("YARN_ENABLE_TELEMETRY", "0").env("XDG_CACHE_HOME", home.join("cache"));
    command
}

/// A project with one finding, that has no packages yet, and a home for its user.
fn project() -> (Scratch, PathBuf) {
    let (scratch, folder) = module();
    fs::write(folder.join("package.json"), "{\"private\": true}\n").expect("written");
    (scratch, folder)
}

fn names(folder: &Path) -> Vec<String> {
    let listing = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<_> =
        listing.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

#[test]
fn npm_installs_the_binary_for_this_system_alone() {
    let (scratch, folder) = project();
    let manager = |program: &str| manager(Path::new(program), &folder, scratch.path());
    done(manager("npm").args(["install", "--save-dev", "golint-rs"]));
    assert_eq!(names(&folder.join("node_modules/@golint-rs")), [system()]);
    finds(manager("npx").args(["--no-install", "golint-rs", "check"]));
    // For the machines of others, all are locked.
    let lock: Value = serde_json::from_slice(&fs::read(folder.join("package-lock.json")).expect("read")).expect("JSON");
    for system in SYSTEMS {
        assert_eq!(lock["packages"][format!("node_modules/@golint-rs/{system}")]["version"], VERSION);
    }
}

#[test]
fn npx_runs_it_where_nothing_is_installed() {
    let (scratch, folder) = module();
    finds(manager(Path::new("npx"), &folder, scratch.path()).args(["--yes", &format!("golint-rs@{VERSION}"), "check"]));
    assert_eq!(names(&folder), ["a.go", "go.mod"]);
}

#[test]
fn npm_installs_it_for_all_projects() {
    let (scratch, folder) = module();
    let prefix = scratch.path().join("a prefix");
    done(
        manager(Path::new("npm"), &folder, scratch.path())
            .args(["install", "--global", "golint-rs", "--prefix"])
            .arg(&prefix),
    );
    finds(clean(prefix.join("bin/golint-rs"), &folder, scratch.path()).arg("check"));
}

#[test]
fn a_binary_that_was_left_out_is_asked_for_and_can_be_had() {
    let (scratch, folder) = project();
    let npm = || manager(Path::new("npm"), &folder, scratch.path());
    done(npm().args(["install", "golint-rs", "--omit=optional"]));
    let check = || {
        let mut command = clean(folder.join("node_modules/.bin/golint-rs"), &folder, scratch.path());
        command.arg("check");
        command
    };
    let run = Run::of(&mut check()).expect(2);
    let missing = format!(
        "golint-rs: the package @golint-rs/{}, which has the binary for this system, is not installed\n",
        system()
    );
    assert!(run.stderr.starts_with(&missing) && run.stdout.is_empty(), "{}", run.stderr);
    // What it says helps.
    let (_, told) = run.stderr.split_once("`npm ").expect("a command");
    let (told, _) = told.split_once('`').expect("all of it");
    done(npm().args(told.split(' ')));
    finds(&mut check());
}

/// One of the other package managers, which are programs for Node.
fn other(script: &str, folder: &Path, home: &Path) -> Command {
    let mut command = manager(Path::new("node"), folder, home);
    command.arg(tool("node_modules").join(script));
    command
}

#[test]
fn pnpm_installs_it() {
    let (scratch, folder) = project();
    let pnpm = || other("pnpm/bin/pnpm.mjs", &folder, scratch.path());
    // It reads no variable for this.
    fs::write(folder.join(".npmrc"), format!("registry={}\n", registry())).expect("written");
    done(pnpm().args(["add", "golint-rs"]));
    finds(pnpm().args(["exec", "golint-rs", "check"]));
}

/// Yarn's way of its own: it leaves packages in archives, where no program can be started.
#[test]
fn yarn_installs_it_without_node_modules() {
    let (scratch, folder) = project();
    fs::write(folder.join("yarn.lock"), "").expect("written");
    let yarn = || other("@yarnpkg/cli-dist/bin/yarn.js", &folder, scratch.path());
    done(yarn().args(["add", "golint-rs"]));
    finds(yarn().args(["golint-rs", "check"]));
    assert!(folder.join(".pnp.cjs").is_file() && !folder.join("node_modules").exists());
}

/// Files of a package with their permissions, and its package.json.
fn unpacked(name: &str) -> (Vec<(String, u32)>, Value) {
    let (scratch, archive) = (Scratch::new(&[]), packages().join(format!("{name}-{VERSION}.tgz")));
    done(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(scratch.path()));
    let (root, mut files, mut folders) = (scratch.path().join("package"), Vec::new(), vec![String::new()]);
    while let Some(folder) = folders.pop() {
        for name in names(&root.join(&folder)) {
            let path = format!("{folder}{name}");
            let metadata = fs::metadata(root.join(&path)).expect("there");
            if metadata.is_dir() {
                folders.push(format!("{path}/"));
            } else {
                files.push((path, metadata.permissions().mode() & 0o111));
            }
        }
    }
    files.sort();
    (files, serde_json::from_slice(&scratch.read("package/package.json")).expect("JSON"))
}

#[test]
fn packages_say_what_the_manifest_of_the_crate_says() {
    let main = unpacked("golint-rs").1;
    assert_eq!(main["description"], env!("CARGO_PKG_DESCRIPTION"));
    let all = SYSTEMS.iter().map(|system| (format!("@golint-rs/{system}"), VERSION.into())).collect();
    assert_eq!(main["optionalDependencies"], Value::Object(all), "in this very version");
    assert!(main.get("scripts").is_none() && main.get("dependencies").is_none(), "{main}");
    for system in SYSTEMS {
        let package = unpacked(&format!("golint-rs-{system}")).1;
        let (os, cpu) = system.split_once('-').expect("two parts");
        assert_eq!((&package["os"][0], &package["cpu"][0]), (&os.into(), &cpu.into()));
        for package in [&package, &main] {
            assert_eq!(package["version"], VERSION);
            assert_eq!(package["license"], env!("CARGO_PKG_LICENSE"));
            assert_eq!(package["repository"]["url"], concat!("git+", env!("CARGO_PKG_REPOSITORY"), ".git"));
        }
    }
}

#[test]
fn packages_have_what_they_need_and_no_more() {
    let with = |more: &[(&str, u32)]| {
        let all = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "package.json"].map(|name| (name, 0));
        let mut all: Vec<_> = all.iter().chain(more).map(|&(name, mode)| (name.to_owned(), mode)).collect();
        all.sort();
        all
    };
    assert_eq!(unpacked("golint-rs").0, with(&[("golint-rs.js", 0o111)]));
    assert_eq!(unpacked("golint-rs-linux-arm64").0, with(&[("bin/golint-rs", 0o111)]));
    assert_eq!(unpacked("golint-rs-win32-x64").0, with(&[("bin/golint-rs.exe", 0o111)]));
}

#[test]
fn a_binary_for_another_system_is_refused() {
    let scratch = Scratch::new(&[]);
    let (binary, out) = (scratch.path().join("binary"), scratch.path().join("out"));
    let (name, out) = (binary.to_str().expect("UTF-8"), out.to_str().expect("UTF-8"));
    let mut binaries: Vec<_> = SYSTEMS.iter().map(|&system| (system, foreign(system))).collect();
    binaries.extend([
        ("nothing", Vec::new()),
        ("a text", b"#!/bin/sh\n".to_vec()),
        ("a torn file", foreign("win32-x64")[..64].to_vec()),
    ]);
    for (of, content) in binaries {
        let mut file = fs::File::create(&binary).expect("a file");
        file.write_all(&content).expect("written");
        for system in SYSTEMS.into_iter().filter(|system| *system != of) {
            let run = Run::of(&mut pack(&[system, name, out])).expect(2);
            assert_eq!(run.stderr, format!("pack: {name} is no binary for {system}\n"), "it is {of}");
        }
    }
    assert!(!Path::new(out).exists());
    let run = Run::of(&mut pack(&["linux-x64", "none", out])).expect(2);
    assert_eq!(run.stderr, "pack: there is no file none\n");
    for wrong in [&[][..], &["main"], &["plan9-x64", name, out], &["linux-x64", name]] {
        assert!(Run::of(&mut pack(wrong)).expect(2).stderr.starts_with("pack: usage: "), "{wrong:?}");
    }
}
