//! What the host reads of what a pack reports: everything that it lets through must be sound, and can be shown.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use golint_diagnostics::{Diagnostic, Format, Location, RenderOptions, Report, Sources, render};
use golint_host::{Cancel, CheckError, CheckInput, Configured, NativePack, RulePack, Setting, encode_hits};
use golint_sdk::facts::{Location as Place, Span};
use golint_sdk::prelude::*;

use super::names::{Files, input};
use super::recipe::{self, Reader, meta, reader};

/// Two files with characters of several bytes.
const SOURCES: [&[u8]; 2] = ["package p // é ☃ 🦀\n\nvar x = \"ü\"\r\n".as_bytes(), b"package p\n\xff\xfe\n"];

/// Reports what the input says.
pub fn run(data: &[u8]) {
    static LOADED: OnceLock<(NativePack, Arc<Configured>)> = OnceLock::new();
    let (pack, configured) = LOADED.get_or_init(|| {
        let pack = NativePack::new(&recipe::PACK).expect("it describes itself well");
        let configured = pack.configure(&[Setting { rule: 0, options: serde_json::Value::Null }]).expect("no options");
        (pack, configured)
    });
    let _turn = recipe::set(data);
    let files = Files::new(&SOURCES);
    let hits = encode_hits(&mut vec![(0, golint_tree::Node(0))]);
    let findings = match pack.check(configured, &CheckInput { file: Rc::new(input(&files, 0)), hits }, &Cancel::new()) {
        Ok(findings) => findings,
        Err(CheckError::Failure(failure)) => {
            // A refusal is told; a panic is a fault of ours.
            assert_ne!(failure.kind, golint_host::FailureKind::Trap, "{failure}");
            return;
        }
        Err(CheckError::Cancelled) => unreachable!("nobody cancels"),
    };
    let mut report = Report::default();
    for finding in findings {
        assert!(!finding.message.trim().is_empty());
        assert!(finding.on.is_none_or(|on| !on.is_empty()));
        assert_sound(&finding.primary.location);
        finding.labels.iter().for_each(|label| assert_sound(&label.location));
        for fix in &finding.fixes {
            fix.edits.iter().for_each(|edit| assert_sound(&edit.location));
            let patched = golint_diagnostics::patch::apply_edits(SOURCES[0], &fix.edits).expect("they fit together");
            assert!(std::str::from_utf8(&patched).is_ok());
        }
        let mut diagnostic = Diagnostic::new("fuzz", finding.primary.location.clone(), finding.message);
        (diagnostic.primary, diagnostic.labels, diagnostic.notes) = (finding.primary, finding.labels, finding.notes);
        (diagnostic.help, diagnostic.fixes) = (finding.help, finding.fixes);
        report.diagnostics.push(diagnostic);
    }
    for format in Format::ALL {
        let mut out = Vec::new();
        render(format, &report, &files, &RenderOptions::default(), &mut out).expect("it goes to memory");
        assert!(String::from_utf8(out).is_ok());
    }
}

/// Of which source a place is.
fn source(path: &str) -> &'static [u8] {
    SOURCES[usize::from(path != "a.go")]
}

fn assert_sound(at: &Location) {
    let source = source(&at.path);
    let (start, end) = (at.span.start as usize, at.span.end as usize);
    assert!(start <= end && end <= source.len(), "{at:?}");
    if let Ok(text) = std::str::from_utf8(source) {
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{at:?}");
    }
}

impl Sources for Files {
    fn source(&self, path: &str) -> Option<Arc<[u8]>> {
        Some(source(path).into())
    }
}

/// Reports what the recipe says.
pub(super) struct Reported;

impl Rule for Reported {
    type Options = NoOptions;
    const META: Meta = meta("reported");

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::SOURCE_FILE]).requires(Needle::literal("\u{1f980}"))]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        let mut reader = reader();
        while reader.has_more() {
            let mut finding = Finding::at(place(&mut reader), reader.text()).primary_label(reader.text());
            for _ in 0..reader.byte() % 8 {
                finding = part(&mut reader, finding);
            }
            node.file().report(finding);
        }
    }
}

fn place(reader: &mut Reader) -> Place {
    let file = reader.byte().saturating_sub(253);
    Place { file: file.into(), span: Span { start: reader.number(), end: reader.number() } }
}

fn part(reader: &mut Reader, finding: Finding) -> Finding {
    match reader.byte() % 8 {
        0 => finding.label(place(reader), reader.text()),
        1 => finding.note(reader.text()),
        2 => finding.help(reader.text()),
        3 => finding.likely(),
        4 => {
            let mut platforms = Platforms::none();
            (0..reader.byte() % 4).for_each(|_| platforms.insert(reader.number() as usize % 200));
            finding.on(&platforms)
        }
        _ => {
            let mut fix = [Fix::safe, Fix::risky, Fix::shown][usize::from(reader.byte()) % 3](reader.text());
            for _ in 0..reader.byte() % 4 {
                fix = fix.replace(place(reader), reader.text());
            }
            finding.fix(fix)
        }
    }
}
