//! Caches that can't be trusted or used, of compiled packs and of results: the run is right, whatever it finds there, and
//! verbose runs say what is wrong.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::{Checked, demo, in_all_files, pipe};
use crate::guest::{Finding, Guest};
use crate::scratch::{Run, Scratch, command_in};

/// The folders of a cache: of compiled packs, of results, and of what files held.
const KINDS: [&str; 3] = ["packs", "results", "contents"];

/// Files that are kept of a pack: its machine code, what it is, and what it asks for under its one configuration.
const PER_PACK: usize = 3;

/// tests/demo with a plugin, and a cache of its own. Not a copy: files that were written just now may change once more
/// under the same signature, and what they held is not kept.
struct Case {
    scratch: Scratch,
    cache: PathBuf,
}

impl Case {
    /// In the cache stand the built-in packs.
    fn new() -> Case {
        let scratch = Scratch::new(&[("golint.toml", "[plugins.good]\npath = \"good.wasm\"\n")]);
        scratch.write("good.wasm", &Guest::new().reports(&Finding::at(0, 7)).build());
        let cache = scratch.path().join("cache/golint-rs");
        fs::DirBuilder::new().recursive(true).mode(0o700).create(cache.join("packs")).expect("ours");
        for entry in files(&seed().join("packs")) {
            fs::copy(&entry, cache.join("packs").join(entry.file_name().expect("a file"))).expect("ours");
        }
        Case { scratch, cache }
    }

    /// In the cache stands everything that a run leaves there.
    fn filled() -> Case {
        let case = Case::new();
        assert_eq!(case.check(), "");
        assert_eq!(
            KINDS.map(|kind| files(&case.cache.join(kind)).len()),
            [PER_PACK * (golint_builtin::PACKS.len() + 1), 1, 1]
        );
        case
    }

    fn command(&self) -> Command {
        let configuration = self.scratch.path().join("golint.toml");
        let mut command = command_in(&demo(), &["check", "--format", "json", "--verbose", "--config"]);
        command.arg(configuration).env("GOLINT_RS_CACHE", &self.cache);
        command
    }

    /// Checks the demo, where everything must be found, and gives what the run says of its cache.
    #[track_caller]
    fn check(&self) -> String {
        said(&Run::of(&mut self.command()))
    }

    /// A run with a cache of which something is wrong: it says so, and for each kind of file that is named.
    #[track_caller]
    fn tells(&self, words: &[&str]) {
        let said = self.check();
        for word in words {
            assert!(said.contains(word), "{word}: {said}");
        }
    }

    /// The same; the run also mends it.
    #[track_caller]
    fn heals(&self, words: &[&str]) {
        self.tells(words);
        assert_eq!(self.check(), "", "after {words:?}");
    }
}

/// What a run says of its cache; it must have found everything.
#[track_caller]
fn said(run: &Run) -> String {
    let Checked { told, found } = Checked::of(run);
    assert_eq!((told.len(), found), (0, in_all_files("good/a-rule")));
    of_cache(run)
}

/// The lines that speak of the cache.
fn of_cache(run: &Run) -> String {
    let is_of_cache = |line: &&str| ["cache", "keep", "is not used"].iter().any(|word| line.contains(word));
    run.stderr.lines().filter(is_of_cache).fold(String::new(), |all, line| all + line + "\n")
}

/// The folder of a cache that two processes filled at once, both from nothing.
fn seed() -> &'static Path {
    static SEED: OnceLock<PathBuf> = OnceLock::new();
    SEED.get_or_init(|| {
        // What is kept in a static is never dropped, so that it is no temporary folder.
        let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("filled-by-two");
        let _ = fs::remove_dir_all(&cache);
        let command = || {
            let mut command = command_in(&demo(), &["check", "--format", "json", "--verbose"]);
            command.env("GOLINT_RS_CACHE", &cache);
            command
        };
        for run in at_once([command(), command()]) {
            assert!(Checked::of(&run).told.is_empty());
            assert_eq!(of_cache(&run), "");
        }
        cache
    })
}

/// Runs all of them at the same time.
fn at_once<const N: usize>(commands: [Command; N]) -> [Run; N] {
    let start = |mut command: Command| command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let runs = commands.map(|command| start(command).expect("the binary starts"));
    runs.map(|run| Run::ended(&run.wait_with_output().expect("it ends")))
}

/// The files of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.sort();
    files
}

/// The files of a cache, of all kinds.
fn all_files(cache: &Path) -> Vec<PathBuf> {
    KINDS.iter().flat_map(|kind| files(&cache.join(kind))).collect()
}

/// Tells, whatever becomes of the test's own output.
fn untested(what: &str) {
    writeln!(std::io::stderr(), "not tested here: {what}").expect("standard error");
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn two_processes_fill_a_cache_at_once() {
    let cache = seed();
    let counts = KINDS.map(|kind| files(&cache.join(kind)).len());
    assert_eq!(counts, [PER_PACK * golint_builtin::PACKS.len(), 1, 1]);
    let names = all_files(cache);
    assert!(names.iter().all(|name| name.extension().is_some_and(|e| e != "unfinished")), "{names:?}");
    // What they left is good.
    assert_eq!(Case::new().check(), "");
}

#[test]
fn processes_share_a_cache_that_is_damaged() {
    let case = Case::filled();
    for file in all_files(&case.cache).into_iter().filter(|f| is_small(f)) {
        fs::write(file, "damaged").expect("ours");
    }
    for run in at_once([(); 4].map(|()| case.command())) {
        // Each may have found what another one left.
        said(&run);
    }
    assert_eq!(case.check(), "");
}

/// Not a built-in pack: it takes a second to compile one anew.
fn is_small(file: &Path) -> bool {
    fs::metadata(file).expect("ours").len() < 500 << 10
}

/// Many packs of one size, all of whose entries are damaged in one run, each at another place.
#[test]
fn compiled_packs_that_are_damaged() {
    let pack = |number: usize| {
        let mut guest = Guest::new().reports(&Finding::at(0, 7));
        guest.text(&number.to_string());
        guest.build()
    };
    let case = Case::filled();
    let is_answer = |file: &Path| file.file_name().is_some_and(|name| name.to_string_lossy().contains('-'));
    let is_code = |file: &PathBuf| is_small(file) && !is_answer(file);
    let good = files(&case.cache.join("packs")).into_iter().find(is_code).expect("that of the plugin");
    let before = files(&case.cache.join("packs"));
    let count = fs::metadata(&good).expect("ours").len().div_ceil(1024) as usize;
    let mut configuration = String::from("[plugins.good]\npath = \"good.wasm\"\n");
    for i in 0..count {
        case.scratch.write(&format!("p{i}.wasm"), &pack(i));
        configuration += &format!("[plugins.p{i}]\npath = \"p{i}.wasm\"\n");
    }
    case.scratch.write("golint.toml", configuration.as_bytes());
    let run = |told: usize| {
        // Else nothing would be asked of a pack.
        fs::remove_dir_all(case.cache.join("results")).expect("ours");
        let run = Run::of(&mut case.command()).expect(1);
        let found = Checked::read(&run).1.found;
        assert_eq!(found.len(), in_all_files("good/a-rule").len() * (count + 1));
        let damaged = run.stderr.lines().filter(|line| line.contains("the file is damaged")).count();
        assert_eq!(damaged, told, "{}", run.stderr);
    };
    run(0);
    let entries = files(&case.cache.join("packs")).into_iter().filter(|file| !before.contains(file));
    let entries: Vec<_> = entries.collect();
    assert_eq!(entries.len(), PER_PACK * count);
    let damage = |how: fn(&mut Vec<u8>, usize)| {
        for (i, entry) in entries.iter().enumerate() {
            let mut bytes = fs::read(entry).expect("ours");
            how(&mut bytes, i / PER_PACK);
            fs::write(entry, bytes).expect("ours");
        }
        run(entries.len());
    };
    damage(|bytes, i| bytes.truncate((i << 10).min(bytes.len() - 1)));
    damage(|bytes, i| {
        let at = (i * 1021).min(bytes.len() - 1);
        bytes[at] ^= 1 << (i % 8);
    });
    run(0);
}

#[test]
fn results_that_are_damaged() {
    let case = Case::filled();
    for kind in ["results", "contents"] {
        let file = files(&case.cache.join(kind)).remove(0);
        let sound = fs::read(&file).expect("ours");
        let truncated = (0..sound.len()).step_by(1024).map(|length| sound[..length].to_vec());
        let flipped = (0..sound.len()).step_by(1021).map(|at| {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x20;
            bytes
        });
        for bytes in truncated.chain(flipped).collect::<Vec<_>>() {
            fs::write(&file, bytes).expect("ours");
            case.tells(&[&format!("/{kind}/"), "is not used: the file is damaged"]);
        }
        assert_eq!(case.check(), "", "{kind}");
    }
}

#[test]
fn entries_that_others_can_write() {
    let case = Case::filled();
    for kind in KINDS {
        for file in files(&case.cache.join(kind)).iter().filter(|f| is_small(f)) {
            set_mode(file, 0o620);
        }
    }
    case.heals(&["/packs/", "/results/", "/contents/", "the file can be written by other users"]);
    for kind in ["results", "contents"] {
        let folder = case.cache.join(kind);
        set_mode(&folder, 0o777);
        case.tells(&[&format!("/{kind}/"), "the folder can be written by other users"]);
        set_mode(&folder, 0o700);
    }
    assert_eq!(case.check(), "");
}

#[test]
fn entries_of_somebody_else() {
    let case = Case::filled();
    let probe = case.scratch.path().join("probe");
    fs::write(&probe, "").expect("ours");
    if chown(&probe, Some(12_345), None).is_err() {
        untested("entries of another user: only root can give files away");
        return;
    }
    for kind in KINDS {
        for file in files(&case.cache.join(kind)).iter().filter(|f| is_small(f)) {
            chown(file, Some(12_345), None).expect("root");
        }
    }
    case.heals(&["/packs/", "/results/", "/contents/", "the file belongs to another user"]);
    for kind in ["results", "contents"] {
        let folder = case.cache.join(kind);
        chown(&folder, Some(12_345), None).expect("root");
        case.tells(&[&format!("/{kind}/"), "the folder belongs to another user"]);
        chown(&folder, Some(0), None).expect("root");
    }
    assert_eq!(case.check(), "");
}

#[test]
fn links_in_the_place_of_a_cache() {
    let case = Case::filled();
    for (kind, dangling) in [("packs", false), ("results", false), ("contents", false), ("results", true)] {
        let (folder, moved) = (case.cache.join(kind), case.cache.join("moved"));
        fs::rename(&folder, &moved).expect("ours");
        symlink(if dangling { Path::new("no-such-folder") } else { &moved }, &folder).expect("ours");
        case.tells(&[&format!("/{kind}/"), "the folder is a symbolic link"]);
        fs::remove_file(&folder).expect("ours");
        fs::rename(&moved, &folder).expect("ours");
    }
    // The file of one kind.
    let file = files(&case.cache.join("results")).remove(0);
    let elsewhere = case.cache.join("elsewhere");
    fs::rename(&file, &elsewhere).expect("ours");
    symlink(&elsewhere, &file).expect("ours");
    case.heals(&["/results/", "the file is a symbolic link"]);
    // Where the user's caches are is the user's business.
    let linked = case.cache.with_file_name("linked");
    symlink(&case.cache, &linked).expect("ours");
    let case = Case { cache: linked, ..case };
    assert_eq!(case.check(), "");
}

#[test]
fn pipes_in_the_place_of_entries_are_not_waited_for() {
    let case = Case::filled();
    for kind in KINDS {
        let file = files(&case.cache.join(kind)).into_iter().find(|f| is_small(f)).expect("one");
        fs::remove_file(&file).expect("ours");
        pipe(&file);
    }
    case.heals(&["/packs/", "/results/", "/contents/", "it is no regular file"]);
}

/// Runs the binary where the cache's folder is a small file system of its own, mounted with these options and visible to
/// it alone. None where this system or user can't mount.
fn mounted(case: &Case, script: &str) -> Option<Run> {
    let can = |flags: &str| {
        let unshare = Command::new("unshare").args([flags, "mount", "-t", "tmpfs", "tmpfs"]).arg(&case.cache).output();
        unshare.is_ok_and(|output| output.status.success())
    };
    // A user who is none outside may mount in a name space of its own.
    let flags = ["-m", "-Urm"].into_iter().find(|flags| can(flags))?;
    let run = case.command();
    let mut command = Command::new("unshare");
    command.args([flags, "sh", "-euc", &format!("{script}; shift; exec \"$@\""), "sh"]);
    command.arg(&case.cache).arg(run.get_program()).args(run.get_args());
    command.current_dir(demo());
    for (name, value) in run.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Some(Run::of(&mut command))
}

#[test]
fn a_cache_on_a_full_disk() {
    let case = Case::new();
    fs::remove_dir_all(&case.cache).expect("ours");
    fs::create_dir(&case.cache).expect("ours");
    // Room for folders, and for nothing in them.
    let full = "mount -t tmpfs -o size=64k tmpfs \"$1\"; cat /dev/zero >\"$1/full\" 2>/dev/null || true";
    let Some(run) = mounted(&case, full) else {
        untested("a full disk: this user can't mount anything");
        return;
    };
    let said = said(&run);
    for word in ["can't keep a compiled pack", "can't keep results", "/contents/", "No space left on device"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn a_cache_that_is_read_only() {
    let case = Case::filled();
    fs::remove_dir_all(case.cache.join("results")).expect("ours");
    // Read, and not written.
    let read_only = "mount --bind \"$1\" \"$1\"; mount -o remount,bind,ro \"$1\"";
    let Some(run) = mounted(&case, read_only) else {
        untested("a cache that is read-only: this user can't mount anything");
        return;
    };
    let said = said(&run);
    assert!(!said.contains("/packs/"), "{said}");
    for word in ["can't keep results", "Read-only file system"] {
        assert!(said.contains(word), "{word}: {said}");
    }
}
