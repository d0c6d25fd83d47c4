//! The cache's files: damaged, foreign, shared, out of date.

use super::*;

/// Keeps what verbose runs are told.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl Log for Told {
    fn log(&self, entry: &LogEntry<'_>) {
        self.0.lock().expect("no panic").push(entry.message.to_owned());
    }
}

/// The cache's files, sorted.
fn files(case: &Case) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for kind in ["contents", "results"] {
        let folder = case.folder.path().join("cache").join(kind);
        files.extend(fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()));
    }
    files.sort();
    files
}

fn filled() -> Case {
    let mut case = Case::new(&[("a.go", "package p\n\nvar typed int\n"), ("b.go", TYPED)]);
    case.run().expect(2, 0);
    assert_eq!(files(&case).len(), 2);
    case
}

#[test]
fn damaged_files_are_told_and_made_anew() {
    let mut case = filled();
    for file in files(&case) {
        let sound = fs::read(&file).expect("ours");
        let step = (sound.len() / 40).max(1);
        let truncated = (0..sound.len()).step_by(step).map(|len| sound[..len].to_vec());
        let flipped = (0..sound.len()).step_by(step).map(|at| {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x10;
            bytes
        });
        for damaged in truncated.chain(flipped).collect::<Vec<_>>() {
            fs::write(&file, damaged).expect("ours");
            let told = Arc::new(Told::default());
            case.world.options.log = Arc::clone(&told) as Arc<dyn Log>;
            case.run();
            let told = told.0.lock().expect("no panic").join("\n");
            assert!(told.contains("the file is damaged"), "{told}");
            assert_eq!(fs::read(&file).expect("ours"), sound);
        }
    }
}

#[test]
fn a_cache_that_can_not_be_used_is_told() {
    let mut case = filled();
    fs::remove_dir_all(case.folder.path().join("cache")).expect("ours");
    // A file in the place of the folder: also for root there is no way to write into it.
    fs::write(case.folder.path().join("cache"), "").expect("ours");
    let told = Arc::new(Told::default());
    case.world.options.log = Arc::clone(&told) as Arc<dyn Log>;
    case.run().expect(2, 0);
    let told = told.0.lock().expect("no panic").join("\n");
    assert!(told.contains("can't keep results"), "{told}");
}

#[test]
fn cleaning_takes_results() {
    let mut case = filled();
    let cache = case.world.options.cache_folder.clone().expect("a cache");
    assert_eq!(crate::clean_cache(&cache).expect("ours").0, 2);
    case.run().expect(2, 0);
}

#[test]
fn nothing_is_written_where_nothing_is_new() {
    let mut case = filled();
    case.run().expect(0, 2);
    let times = |case: &Case| {
        files(case).iter().map(|file| fs::metadata(file).and_then(|m| m.modified()).expect("ours")).collect::<Vec<_>>()
    };
    let before = times(&case);
    case.run().expect(0, 2);
    assert_eq!(times(&case), before);
}

#[test]
fn runs_share_a_cache() {
    let mut case = Case::new(&[("a.go", GOTO), ("b/b.go", GOTO), ("c/c.go", GOTO)]);
    let expected = case.run().outcome.report;
    crate::clean_cache(case.world.options.cache_folder.as_deref().expect("a cache")).expect("ours");
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| case.check().report)).collect();
        for run in runs {
            assert_eq!(run.join().expect("no panic"), expected);
        }
    });
    case.run().expect(0, 3);
    // What one of them did not look at, it does not forget.
    case.write("c/c.go", &GOTO.replace("f()", "h()"));
    let snapshot = case.world.snapshot();
    let one = Target { path: case.path("c/c.go"), named: true };
    case.engine().check(&snapshot, &[one], &Control::new()).expect("sound options");
    case.run().expect(0, 3);
}

#[test]
fn a_file_that_is_too_young_is_read_again() {
    let mut case = Case::new(&[("a.go", GOTO)]);
    // As the disk says it: just written.
    case.world.files = Arc::new(Disk);
    case.run().expect(1, 0);
    let path = case.path("a.go");
    let modified = fs::metadata(&path).and_then(|m| m.modified()).expect("ours");
    // Another content of the same size in the same file, and what a user can set is as it was.
    fs::write(&path, GOTO.replace("goto L", "_ = 12")).expect("ours");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("ours");
    case.run().expect(0, 0);
}

/// What a file system says of every file that it was not written to.
const LIE: Signature = Signature { len: 1, modified: 1, changed: 1, inode: 1 };

#[test]
fn answers_about_what_a_signature_hides_are_not_kept() {
    let (before, after) = ("package p\n\nvar other int\n", "package p\n\nvar other int8\n");
    let mut case = Case::new(&[("a.go", before), ("b.go", "package p\n\nvar typed = other\n")]);
    let sign = |path: &Utf8Path, s: Signature| if path.file_name() == Some("a.go") { LIE } else { aged(s) };
    case.world.files = disk(&case.reads, sign);
    assert_eq!(lines(&case.run().outcome), ["b.go:15: names: typed is int"]);
    // As if a.go were written between the look at it and the run, and written back later.
    case.write("a.go", after);
    case.write("b.go", "package p\n\nvar typed = other // again\n");
    assert_eq!(lines(&case.run().outcome), ["b.go:15: names: typed is int8"]);
    case.write("a.go", before);
    assert_eq!(lines(&case.run().outcome), ["b.go:15: names: typed is int"]);
}

#[test]
fn a_signature_that_lies_is_found_out_where_something_is_shown() {
    let mut case = Case::new(&[("a.go", GOTO)]);
    case.world.files = disk(&case.reads, |_, _| LIE);
    case.run().expect(1, 0);
    case.write("a.go", "package p\n");
    // Nothing that this run found is kept, for who knows which other signatures lie.
    case.run().expect(0, 0);
    case.run().expect(0, 0);
    case.run().expect(0, 1);
}

#[test]
fn old_results_go() {
    let mut case = filled();
    let module = case.world.snapshot().project.modules[0].clone();
    let store = Store::of_results(case.world.options.cache_folder.as_deref().expect("a cache"));
    let mut entries: Entries = store.read(name_of_results(&module)).expect("sound").expect("there");
    assert_eq!(entries.len(), 2);
    entries.values_mut().for_each(|entry| entry.day -= MAX_AGE);
    store.write(name_of_results(&module), &entries).expect("ours");
    // They are used again, and young again by that.
    case.run().expect(0, 2);
    let entries: Entries = store.read(name_of_results(&module)).expect("sound").expect("there");
    let mut aged = entries.clone();
    aged.values_mut().for_each(|entry| entry.day -= MAX_AGE + 1);
    store.write(name_of_results(&module), &aged).expect("ours");
    case.write("a.go", "package p\n");
    case.write("b.go", "package p\n");
    case.run().expect(0, 0);
    let entries: Entries = store.read(name_of_results(&module)).expect("sound").expect("there");
    assert_eq!(entries.len(), 2, "those of today");
}
