//! golint.toml, with a file that it may extend.

use std::sync::OnceLock;

use camino::Utf8Path;
use golint_core::{Control, Engine};

use super::memory::{HERE, engine, snapshot};

/// Reads the input as the configuration of a folder, shows what holds, and reads that again.
pub fn run(data: &[u8]) {
    let (faults, shown) = effective(data);
    for (span, message) in faults {
        assert!(span.0 <= span.1 && span.1 as usize <= data.len(), "{message}: {span:?}");
    }
    let Some(shown) = shown else { return };
    let (faults, again) = effective(shown.as_bytes());
    assert!(faults.is_empty(), "{faults:?} in\n{shown}");
    let again = again.expect("there is nothing wrong with it");
    // Beside the comments on where it comes from.
    let settings = |toml: &str| toml.split_once("\n\n").map(|(_, settings)| settings.to_owned());
    assert_eq!(settings(&again), settings(&shown));
}

type Fault = ((u32, u32), String);

/// What is wrong with a golint.toml, by the places in it, and what holds by it.
fn effective(toml: &[u8]) -> (Vec<Fault>, Option<String>) {
    let (base, source) = (&b"ignore = [\"bad\"]\n"[..], &b"package p\n"[..]);
    let module = &b"module m\n"[..];
    let snapshot = snapshot(&[
        ("golint.toml", toml),
        ("base.toml", base),
        ("go.mod", module),
        ("a.go", source),
        ("b/c.go", source),
    ]);
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| engine(None));
    let (effective, faults) = engine.effective_configuration(&snapshot, &Utf8Path::new(HERE).join("a.go"));
    let outcome = engine.check(&snapshot, &snapshot.targets(), &Control::new()).expect("sound options");
    assert!(!outcome.incomplete || !outcome.report.diagnostics.is_empty(), "something is wrong, and nobody says what");
    let here = faults.into_iter().filter(|fault| **fault.path() == *"golint.toml");
    let faults = here.map(|fault| ((fault.span().start, fault.span().end), fault.message)).collect();
    (faults, effective.map(|effective| effective.to_toml()))
}
