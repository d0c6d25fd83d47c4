//! What a release is made with: the archives, their names wherever they are written down, the notes, and the look at a binary.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use sha2::{Digest, Sha256};

use crate::scratch::{Run, Scratch};

const BINARY: &str = env!("CARGO_BIN_EXE_golint-rs");
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(ours(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn script(name: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(ours(".github/release").join(name));
    command.current_dir(folder).args(arguments);
    command.env("XDG_CACHE_HOME", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    command
}

/// A folder with what stands in for a binary of another system: the content of a real one only takes time to pack.
fn built() -> Scratch {
    Scratch::new(&[("built/golint-rs", "code of another system\n")])
}

fn package(scratch: &Scratch, target: &str, folder: &str) -> Run {
    Run::of(&mut script("package", scratch.path(), &[target, "built/golint-rs", folder, "--ask", BINARY]))
}

/// What a program prints that shows an archive or takes it apart.
fn shown(scratch: &Scratch, program: &str, arguments: &[&str]) -> String {
    let run = Run::of(Command::new(program).current_dir(scratch.path()).env("TZ", "UTC").args(arguments));
    run.expect(0).stdout
}

/// The targets that the workflow builds for.
fn targets() -> Vec<String> {
    let workflow = text(".github/workflows/release.yml");
    let target = Regex::new(r"(?m)^ +- target: (\S+)$").expect("a pattern");
    target.captures_iter(&workflow).map(|found| found[1].to_owned()).collect()
}

#[test]
fn an_archive_has_all_that_users_install() {
    let scratch = built();
    let run = package(&scratch, "x86_64-unknown-linux-musl", "out").expect(0);
    let name = format!("golint-rs-{VERSION}-x86_64-unknown-linux-musl");
    assert_eq!(run.stdout, format!("out/{name}.tar.gz\n"));
    let listing = shown(&scratch, "tar", &["--numeric-owner", "-tvzf", &format!("out/{name}.tar.gz")]);
    let (mut paths, mut pages) = (Vec::new(), BTreeSet::new());
    for line in listing.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let path = columns[5].strip_prefix(&format!("{name}/")).expect("one folder");
        let rights = if path == "golint-rs" { "-rwxr-xr-x" } else { "-rw-r--r--" };
        assert_eq!((columns[0], columns[1], columns[3]), (rights, "0/0", "1980-01-01"), "{line}");
        match path.strip_prefix("man/man1/") {
            Some(page) => _ = pages.insert(page.to_owned()),
            None => paths.push(path),
        }
    }
    assert_eq!(
        paths,
        [
            "CHANGELOG.md",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "completions/_golint-rs",
            "completions/_golint-rs.ps1",
            "completions/golint-rs.bash",
            "completions/golint-rs.elv",
            "completions/golint-rs.fish",
            "golint-rs",
        ]
    );
    assert!(pages.contains("golint-rs.1") && pages.contains("golint-rs-check.1"), "{pages:?}");

    shown(&scratch, "tar", &["-xzf", &format!("out/{name}.tar.gz")]);
    assert_eq!(scratch.read(&format!("{name}/golint-rs")), scratch.read("built/golint-rs"));
    assert_eq!(scratch.read(&format!("{name}/LICENSE-MIT")), text("LICENSE-MIT").into_bytes());
    // One for each shell that the binary knows.
    let shells = scratch.run(&["completions", "--help"]).expect(0).stdout;
    let shells = shells.split_once("[possible values: ").and_then(|(_, rest)| rest.split_once(']')).expect("a list").0;
    let written = shells.split(", ").map(|shell| scratch.run(&["completions", shell]).expect(0).stdout.into_bytes());
    let packed = fs::read_dir(scratch.path().join(&name).join("completions")).expect("a folder");
    let packed: BTreeSet<Vec<u8>> = packed.map(|file| fs::read(file.expect("there").path()).expect("a file")).collect();
    assert_eq!(packed, written.collect());
}

#[test]
fn an_archive_for_windows_is_a_zip() {
    let scratch = built();
    package(&scratch, "x86_64-pc-windows-msvc", "out").expect(0);
    let name = format!("golint-rs-{VERSION}-x86_64-pc-windows-msvc");
    let archive = format!("out/{name}.zip");
    shown(&scratch, "python3", &["-m", "zipfile", "-e", &archive, "."]);
    assert_eq!(scratch.read(&format!("{name}/golint-rs.exe")), scratch.read("built/golint-rs"));
    assert_eq!(scratch.read(&format!("{name}/README.md")), text("README.md").into_bytes());
    let listing = shown(&scratch, "python3", &["-m", "zipfile", "-l", &archive]);
    assert!(listing.lines().skip(1).all(|line| line.contains("1980-01-01 00:00:00")), "{listing}");
}

#[test]
fn archives_are_the_same_bytes_for_everybody() {
    let (one, other) = (built(), built());
    fs::set_permissions(other.path().join("built/golint-rs"), fs::Permissions::from_mode(0o700)).expect("ours");
    for target in ["aarch64-unknown-linux-gnu", "aarch64-pc-windows-msvc"] {
        package(&one, target, "out").expect(0);
        let arguments = [target, "built/golint-rs", "a/deeper folder", "--ask", BINARY];
        let mut elsewhere = script("package", other.path(), &arguments);
        elsewhere.env("TZ", "Asia/Kathmandu").env("LC_ALL", "C").env("SOURCE_DATE_EPOCH", "1").env("NO_COLOR", "1");
        Run::of(elsewhere.env("COLUMNS", "40").env("CLICOLOR_FORCE", "1")).expect(0);
    }
    let names = |scratch: &Scratch, folder: &str| -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(scratch.path().join(folder)).expect("a folder");
        entries.map(|entry| PathBuf::from(entry.expect("there").file_name())).collect()
    };
    assert_eq!(names(&one, "out").len(), 3);
    assert_eq!(names(&one, "out"), names(&other, "a/deeper folder"));
    for name in names(&one, "out") {
        let name = name.to_str().expect("text");
        assert!(one.read(&format!("out/{name}")) == other.read(&format!("a/deeper folder/{name}")), "{name}");
    }
    // A line for each, as sha256sum reads and writes it.
    let sum = |name: &str| {
        let digest: Vec<String> =
            Sha256::digest(one.read(&format!("out/{name}"))).iter().map(|b| format!("{b:02x}")).collect();
        format!("{}  {name}\n", digest.concat())
    };
    let archives = ["aarch64-pc-windows-msvc.zip", "aarch64-unknown-linux-gnu.tar.gz"]
        .map(|end| format!("golint-rs-{VERSION}-{end}"));
    assert_eq!(String::from_utf8(one.read("out/SHA256SUMS")).expect("text"), archives.map(|name| sum(&name)).concat());
}

#[test]
fn nothing_is_packed_that_is_not_what_it_says() {
    let scratch = Scratch::new(&[("other", "#!/bin/sh\necho golint-rs 0.0.7\n"), ("text", "no program\n")]);
    fs::set_permissions(scratch.path().join("other"), fs::Permissions::from_mode(0o755)).expect("ours");
    let target = "x86_64-unknown-linux-gnu";
    for (arguments, words) in [
        (&[target, "other", "out"][..], "is `golint-rs 0.0.7`, and Cargo.toml says"),
        (&[target, "text", "out"], "name one that runs here with --ask"),
        (&[target, "nothing", "out"], "can't read what belongs into the archive"),
        (&["linux", BINARY, "out"], "`linux` is no target"),
        (&["../x-y-z", BINARY, "out"], "is no target"),
    ] {
        let run = Run::of(&mut script("package", scratch.path(), arguments)).expect(1);
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        assert!(!scratch.path().join("out").exists(), "{arguments:?}");
    }
}

#[test]
fn binstall_looks_for_the_archives_of_the_release() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let workspace = &manifest["workspace"]["package"];
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let repository = workspace["repository"].as_str().expect("a URL");
    let targets = targets();
    assert_eq!(targets.len(), 8, "{targets:?}");
    let scratch = built();
    for target in &targets {
        let of = |key: &str| {
            let special = binstall["overrides"].get(target).and_then(|special| special.get(key));
            let template = special.unwrap_or(&binstall[key]).as_str().expect("text");
            let suffix = if target.contains("windows") { ".exe" } else { "" };
            [
                ("repo", repository),
                ("version", VERSION),
                ("name", "golint-rs"),
                ("bin", "golint-rs"),
                ("target", target),
                ("binary-ext", suffix),
            ]
            .iter()
            .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{ {name} }}"), value))
        };
        let archive = package(&scratch, target, "out").expect(0).stdout;
        let archive = archive.trim().strip_prefix("out/").expect("a path").to_owned();
        assert_eq!(of("pkg-url"), format!("{repository}/releases/download/v{VERSION}/{archive}"));
        let (format, listing) = match of("pkg-fmt").as_str() {
            "zip" => (".zip", shown(&scratch, "python3", &["-m", "zipfile", "-l", &format!("out/{archive}")])),
            "tgz" => (".tar.gz", shown(&scratch, "tar", &["-tzf", &format!("out/{archive}")])),
            other => panic!("{other}"),
        };
        assert!(archive.ends_with(format), "{archive}");
        let paths = listing.lines().filter_map(|line| line.split(' ').next());
        assert!(paths.into_iter().any(|path| path == of("bin-dir")), "{}: {listing}", of("bin-dir"));
    }
    let overridden = binstall["overrides"].as_table().expect("a table").keys();
    assert_eq!(
        overridden.collect::<BTreeSet<_>>(),
        targets.iter().filter(|target| target.contains("windows")).collect::<BTreeSet<_>>()
    );
}

#[test]
fn the_notes_are_what_the_changelog_says() {
    let scratch = Scratch::new(&[
        ("Cargo.toml", "[workspace]\n\n[workspace.package]\nversion = \"1.2.0\"\n\n[other]\nversion = \"9.9.9\"\n"),
        (
            "CHANGELOG.md",
            "# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.0] - 2030-01-02\n\n### Added\n\n- that\n  and more\n\n## [1.2.0-rc.1]\n\n- before\n\n[1.2.0]: https://example.com\n",
        ),
    ]);
    fs::create_dir_all(scratch.path().join(".github/release")).expect("a folder");
    fs::copy(ours(".github/release/notes"), scratch.path().join(".github/release/notes")).expect("a copy");
    let notes = |tag: &str| Run::of(Command::new(scratch.path().join(".github/release/notes")).arg(tag));
    assert_eq!(notes("v1.2.0").expect(0).stdout, "### Added\n\n- that\n  and more\n");
    for tag in ["1.2.0", "v1.2", "v1.2.0-rc.1", "v9.9.9", ""] {
        let run = notes(tag).expect(1);
        assert!(run.stderr.contains("name the tag") || run.stderr.contains("it must be v1.2.0"), "{}", run.stderr);
    }
    scratch.write("CHANGELOG.md", b"# Changelog\n\n## [Unreleased]\n\n- that\n\n## [1.1.0]\n\n- before\n");
    let run = notes("v1.2.0").expect(1);
    assert!(run.stderr.contains("nothing under `## [1.2.0]`"), "{}", run.stderr);
}

#[test]
fn a_binary_is_tried_before_it_is_published() {
    let scratch = Scratch::new(&[("mute", "#!/bin/sh\nexit 1\n"), ("broken", "#!/bin/sh\nexit 2\n")]);
    for name in ["mute", "broken"] {
        fs::set_permissions(scratch.path().join(name), fs::Permissions::from_mode(0o755)).expect("ours");
    }
    let run = Run::of(&mut script("try", scratch.path(), &[BINARY])).expect(0);
    assert!(run.stdout.contains("[loopvar-capture]"), "{}", run.stdout);
    let run = Run::of(&mut script("try", scratch.path(), &["mute"])).expect(1);
    assert!(run.stderr.contains("finds nothing of loopvar-capture"), "{}", run.stderr);
    let run = Run::of(&mut script("try", scratch.path(), &["./broken"])).expect(1);
    assert!(run.stderr.contains("ended with 2"), "{}", run.stderr);
}

/// Everything that builds for users builds with the Rust that Cargo.toml asks for.
#[test]
fn releases_are_built_with_the_oldest_rust() {
    let manifest: toml::Table = text("Cargo.toml").parse().expect("TOML");
    let rust = manifest["workspace"]["package"]["rust-version"].as_str().expect("a version");
    assert!(text(".github/workflows/release.yml").contains(&format!("\n  RUST: {rust}.0\n")));
    assert!(text("Dockerfile").contains(&format!("\nFROM rust:{rust}.0-slim-bookworm AS build\n")));
}

/// The image is built from the binaries of the release under the names that the Dockerfile gives its own.
#[test]
fn the_image_takes_what_the_release_has_built() {
    let (dockerfile, workflow) = (text("Dockerfile"), text(".github/workflows/release.yml"));
    assert!(dockerfile.contains("\"/content/golint-rs-$TARGETARCH\""));
    assert!(dockerfile.contains(" /golint-rs-$TARGETARCH /golint-rs\n"));
    for architecture in ["amd64", "arm64"] {
        assert!(workflow.contains(&format!("linux/{architecture}")), "{architecture}");
        assert!(workflow.contains(&format!("content/golint-rs-{architecture}\n")), "{architecture}");
    }
    // Nothing comes along that could be secret or large, and nothing is missing.
    let allowed = text(".dockerignore");
    let mut lines = allowed.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(lines.next(), Some("*"));
    for path in lines {
        assert!(ours(path.strip_prefix('!').expect("what is taken")).exists(), "{path}");
    }
}
