//! What takes long: big files come first, and packs that time out are off.

use std::sync::Mutex;

use super::*;
use crate::packs::Packs;
use crate::testing::{loaded, slow};

#[test]
fn big_files_come_first() {
    let sized = |len: usize| format!("package p\n{}", "\n".repeat(len));
    let (small, big, middle) = (sized(1), sized(1000), sized(100));
    let files = [MODULE, ("a.go", &small), ("b/b.go", &big), ("c.go", &middle), ("d.go", &sized(999))];
    let reads: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&reads);
    let noting = Altered::over(World::new(&files).files).reading(move |below, path| {
        noted.lock().unwrap().extend(path.file_name().map(str::to_owned));
        below.read(path)
    });
    let mut world = World::over(noting, HERE.into());
    world.options.threads = 1;
    world.check();
    let reads = reads.lock().unwrap();
    let go_files: Vec<&str> = reads.iter().filter(|name| name.ends_with(".go")).map(String::as_str).collect();
    assert_eq!(go_files, ["b.go", "d.go", "c.go", "a.go"]);
}

/// The findings, and how many are suppressed.
fn found(engine: &Engine, snapshot: &Snapshot) -> (Vec<String>, u64) {
    let outcome = engine.check(snapshot, &snapshot.targets(), &Control::new()).expect("sound options");
    assert!(outcome.incomplete);
    (lines(&outcome), outcome.report.summary.suppressed)
}

#[test]
fn a_pack_that_times_out_once_is_off_whatever_came_first() {
    let padded = |text: &str| format!("{text}{}", "\n".repeat(100));
    let ignored = padded(&GOTO.replace("goto L", "goto L //nolint:house/no-goto"));
    for (slow_file, rest) in [(padded(GOTO), GOTO.to_owned()), (GOTO.to_owned(), padded(GOTO))] {
        let files = [MODULE, ("a.go", &rest), ("ignored.go", &ignored), ("slow.go", &slow_file), ("z.go", &rest)];
        for threads in [1, 4] {
            let mut world = World::new(&files);
            world.options.threads = threads;
            let engine = Engine::with_packs(world.options.clone(), Packs::of(vec![loaded(), slow()]));
            let (found, suppressed) = found(&engine, &world.snapshot());
            assert_eq!(
                found,
                [
                    "a.go:26: no-goto: goto",
                    "ignored.go:26: no-goto: goto",
                    "slow.go:0: plugin-failure: rule pack \"house\" failed on slow.go: it took too long",
                    "slow.go:26: no-goto: goto",
                    "z.go:26: no-goto: goto",
                ],
                "{threads} threads"
            );
            assert_eq!(suppressed, 0);
        }
    }
}

#[test]
fn a_plugin_of_two_roots_is_one_pack() {
    let configuration = "[plugins.house]\npath = \"../house.wasm\"\n";
    let files = [
        ("house.wasm", "of no matter"),
        ("one/.git/HEAD", ""),
        ("one/golint.toml", configuration),
        ("one/slow.go", GOTO),
        ("two/.git/HEAD", ""),
        ("two/golint.toml", configuration),
        ("two/a.go", GOTO),
        ("two/slow.go", GOTO),
    ];
    let mut world = World::new(&files);
    world.options.threads = 1;
    let packs = Packs::of(vec![loaded()]);
    let packs = packs.with_plugin(Utf8Path::new(HERE).join("house.wasm"), b"of no matter", slow());
    let engine = Engine::with_packs(world.options.clone(), packs);
    let snapshot = world.snapshot();
    let (found, _) = found(&engine, &snapshot);
    assert_eq!(
        found,
        [
            "one/slow.go:0: plugin-failure: rule pack \"house\" failed on one/slow.go: it took too long",
            "one/slow.go:26: no-goto: goto",
            "two/a.go:26: no-goto: goto",
            "two/slow.go:26: no-goto: goto",
        ]
    );
    let counters = engine.check(&snapshot, &snapshot.targets(), &Control::new()).expect("sound options").counters;
    let names: Vec<&str> = counters.packs.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["probe", "house"]);
}
