//! A file of known findings, over code that has some.

use std::sync::OnceLock;

use camino::Utf8Path;
use golint_core::{BaselineSource, Control, Engine, Snapshot};

use super::memory::{self, HERE};
use super::recipe;

const NAME: &str = "known.txt";
const FILES: [(&str, &[u8]); 4] = [
    ("go.mod", b"module m\n\ngo 1.20\n"),
    ("golint.toml", b"baseline = \"known.txt\"\n"),
    ("a.go", b"package p\n\nvar x = bad + bad\n\nfunc f() {\n\tbad()\n\tbad()\n}\n"),
    ("b/c.go", b"package p\n\nvar bad int\n"),
];
/// Of `bad` in these.
const FINDINGS: u64 = 5;

/// Checks with the baseline, writes it anew, and checks with that.
pub fn run(data: &[u8]) {
    let _turn = recipe::set(&[]);
    check(data);
    static WRITER: OnceLock<Engine> = OnceLock::new();
    let writer = WRITER.get_or_init(|| {
        memory::engine_with(|options| {
            options.overrides.select = Some(vec!["bad".into()]);
            options.overrides.baseline = BaselineSource::Off;
        })
    });
    let written = |before: &[u8]| {
        let snapshot = snapshot(before);
        let path = Utf8Path::new(HERE).join(NAME);
        let update = writer.update_baseline(&snapshot, &snapshot.targets(), &path, &Control::new());
        update.ok().map(|(_, update)| update.text.expect("the run is complete"))
    };
    let Some(text) = written(data) else { return };
    assert_eq!(check(text.as_bytes()), Some(FINDINGS), "{text}");
    assert_eq!(written(text.as_bytes()).as_ref(), Some(&text));
}

fn snapshot(baseline: &[u8]) -> Snapshot {
    memory::snapshot(&[&FILES[..], &[(NAME, baseline)]].concat())
}

/// How many findings are known; none where the baseline can't be read, and that is told.
fn check(baseline: &[u8]) -> Option<u64> {
    static READER: OnceLock<Engine> = OnceLock::new();
    let reader = READER.get_or_init(|| memory::engine(Some(vec!["bad".into()])));
    let snapshot = snapshot(baseline);
    let outcome = reader.check(&snapshot, &snapshot.targets(), &Control::new()).expect("sound options");
    if outcome.incomplete {
        assert!(!outcome.report.diagnostics.is_empty(), "something is wrong, and nobody says what");
        return None;
    }
    let known = outcome.report.baseline.as_ref().expect("there is one").known;
    assert_eq!(known + outcome.report.summary.diagnostics, FINDINGS, "a baseline only hides");
    Some(known)
}
