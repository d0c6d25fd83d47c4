//! A report of another tool, over code in which there is something to find.

use std::sync::Arc;

use camino::Utf8Path;
use golint_core::{Control, Imported};

use super::memory::{self, HERE};
use super::recipe;

/// Of `bad` in the file below.
const FINDINGS: u64 = 3;

/// Reads the report, and checks without what is in it.
pub fn run(data: &[u8]) {
    let _turn = recipe::set(&[]);
    let mut imported = Imported::default();
    if imported.add(data, Utf8Path::new(HERE)).is_err() {
        assert_eq!(imported, Imported::default(), "what is refused says nothing");
        return;
    }
    let engine = memory::engine_with(|options| {
        options.overrides.select = Some(vec!["bad".into()]);
        options.overrides.imported = Some(Arc::new(imported));
    });
    let source = b"package p\n\nvar x = bad\n\nvar y, z = bad, bad\n";
    let snapshot = memory::snapshot(&[("go.mod", b"module m\n\ngo 1.20\n"), ("a.go", source)]);
    let outcome = engine.check(&snapshot, &snapshot.targets(), &Control::new()).expect("sound options");
    assert!(!outcome.incomplete);
    let imported = outcome.report.imported.expect("there is a report");
    assert_eq!(imported + outcome.report.summary.diagnostics, FINDINGS, "a report only hides");
}
