//! Files in memory, findings whose places are marked in the text, and the call that renders them.

use std::collections::BTreeMap;
use std::sync::Arc;

use golint_diagnostics::{
    Applicability, Confidence, Diagnostic, Edit, Fix, Format, Label, Location, RenderOptions, Report, RuleInfo,
    Severity, Silence, Sources, Span, Summary, render,
};

/// Files by path.
#[derive(Default)]
pub(crate) struct Memory(pub(crate) BTreeMap<String, Vec<u8>>);

impl Sources for Memory {
    fn source(&self, path: &str) -> Option<Arc<[u8]>> {
        self.0.get(path).map(|bytes| Arc::from(&bytes[..]))
    }
}

impl Memory {
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        Self(files.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect())
    }

    /// Where `needle` is in a file, the `nth` of them (from 0).
    #[track_caller]
    pub(crate) fn find(&self, path: &str, needle: &str, nth: usize) -> Location {
        let text = &self.0[path];
        let mut found = text.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle.as_bytes());
        let start = found.nth(nth).expect("the needle is in the file").0 as u32;
        Location::new(path, Span::new(start, start + needle.len() as u32))
    }
}

pub(crate) fn report(diagnostics: Vec<Diagnostic>) -> Report {
    let summary = Summary { files: 3, diagnostics: diagnostics.len() as u64, suppressed: 0 };
    Report { diagnostics, summary, ..Report::default() }
}

pub(crate) fn rendered(format: Format, report: &Report, sources: &Memory, options: &RenderOptions) -> Vec<u8> {
    let mut out = Vec::new();
    render(format, report, sources, options, &mut out).expect("writing to a vector can't fail");
    let mut again = Vec::new();
    render(format, report, sources, options, &mut again).expect("writing to a vector can't fail");
    assert!(out == again, "the same input gives the same bytes");
    out
}

/// Without colours and closing line.
pub(crate) fn plain(format: Format, diagnostics: Vec<Diagnostic>, sources: &Memory) -> String {
    let options = RenderOptions { summary: false, ..RenderOptions::default() };
    String::from_utf8(rendered(format, &report(diagnostics), sources, &options)).expect("all formats are UTF-8")
}

pub(crate) fn edit(location: Location, text: &str) -> Edit {
    Edit::new(location, text)
}

pub(crate) fn fix(title: &str, applicability: Applicability, edits: Vec<Edit>) -> Fix {
    Fix { title: title.into(), applicability, edits }
}

/// `len` bytes from `start` on, counted from where `outer` starts.
pub(crate) fn within(outer: &Location, start: u32, len: u32) -> Location {
    let start = outer.span.start + start;
    Location::new(Arc::clone(&outer.path), Span::new(start, start + len))
}

pub(crate) const CAPTURE: &str = "package main

func main() {
\tvar v int
\tfor _, v = range []int{1, 2} {
\t\tgo func() {
\t\t\tprintln(v)
\t\t}()
\t}
\tfor i := range 3 {
\t\tgo func() { println(i) }()
\t}
}
";

pub(crate) const OFFSETS: &str = "package main\r\n\r\nvar offset = unsafe.Offsetof(s.f) // ö 👍 x\r\n";

/// A bit of everything, in two files.
pub(crate) fn sample() -> (Report, Memory) {
    let sources = Memory::with(&[("cmd/a b.go", CAPTURE.as_bytes()), ("offsets.go", OFFSETS.as_bytes())]);

    let used = within(&sources.find("cmd/a b.go", "println(i)", 0), 8, 1);
    let mut capture = Diagnostic::new("loopvar-capture", used, "`i` is shared by all iterations");
    capture.primary.message = "runs after the iteration moved on".into();
    capture.severity = Severity::Error;
    let declared = within(&sources.find("cmd/a b.go", "i := range", 0), 0, 1);
    capture.labels.push(Label::new(declared, "declared here"));
    capture.notes.push("up to Go 1.21 a loop's variable is one variable\nfor all of its iterations".into());
    capture.help = Some("give every iteration a variable of its own".into());
    let body = CAPTURE.rfind("\t\tgo func").unwrap() as u32;
    capture.fixes.push(fix(
        "insert `i := i`",
        Applicability::Safe,
        vec![edit(Location::new("cmd/a b.go", Span::empty(body)), "\t\ti := i\n")],
    ));

    let mut aligned =
        Diagnostic::new("unaligned-offset", sources.find("offsets.go", "unsafe.Offsetof(s.f)", 0), "not aligned");
    aligned.confidence = Confidence::Likely;
    aligned.platforms =
        ["linux/386", "linux/arm", "linux/mips", "windows/386", "plan9/arm", "freebsd/386"].map(Arc::from).to_vec();
    aligned.labels.push(Label::new(sources.find("offsets.go", "x", 0), "after 👍"));
    aligned.labels.push(Label::new(sources.find("cmd/a b.go", "var v int", 0), "in another file"));
    aligned.fixes.push(fix(
        "spell it out",
        Applicability::Unsafe,
        vec![
            edit(sources.find("offsets.go", "unsafe.Offsetof(s.f)", 0), "8"),
            edit(sources.find("offsets.go", "offset", 0), "Offset"),
        ],
    ));
    aligned.fixes.push(fix(
        "think",
        Applicability::DisplayOnly,
        vec![edit(sources.find("offsets.go", "// ö 👍 x", 0), "")],
    ));

    let mut hint =
        Diagnostic::new("tidy/plain-info", sources.find("offsets.go", "package main", 0), "f[T](x) is 100% fine");
    hint.severity = Severity::Info;

    let mut suppressed = Diagnostic::new(
        "loopvar-capture",
        within(&sources.find("cmd/a b.go", "println(v)", 0), 8, 1),
        "`v` is shared by all iterations",
    );
    suppressed.severity = Severity::Error;

    let mut report = report(vec![capture, hint, aligned]);
    report.diagnostics.sort();
    report.silent = vec![
        (suppressed.clone(), Silence::Comment(Some("waits below".into()))),
        (suppressed.clone(), Silence::Comment(None)),
        (suppressed.clone(), Silence::Baseline("golint-baseline.txt".into())),
        (suppressed, Silence::Elsewhere("golangci-lint".into())),
    ];
    report.summary.suppressed = 2;
    report.rules = vec![
        RuleInfo {
            id: "loopvar-capture".into(),
            summary: "a loop's variable is used after its iteration".into(),
            docs: "# loopvar-capture\n\nOne variable for *all* iterations.".into(),
            category: "correctness".into(),
            severity: Severity::Error,
            help_uri: Some("https://example.org/loopvar-capture".into()),
            tags: Vec::new(),
            elsewhere: Vec::new(),
            of_the_run: false,
        },
        RuleInfo {
            id: "unaligned-offset".into(),
            summary: "an offset is not aligned".into(),
            docs: String::new(),
            category: String::new(),
            severity: Severity::Warning,
            help_uri: None,
            tags: Vec::new(),
            elsewhere: Vec::new(),
            of_the_run: false,
        },
    ];
    (report, sources)
}

/// What a terminal might obey, a reader overlook, and XML not hold; and the markup of every format.
pub(crate) const NASTY: &str =
    "\x1b[2J\x07\0\x7f\u{9b}\u{202e}\u{ffff}\r\n\t<b a=\"'\">&amp;]]>|'[x](y)`*_~$#@%0A%AZP25;,:]";

/// Runs of every kind that a format has to cope with, each with a name.
pub(crate) fn situations() -> Vec<(&'static str, Report, Memory, RenderOptions)> {
    let complete = RenderOptions::default();
    let incomplete = RenderOptions { complete: false, ..RenderOptions::default() };
    let (all, sources) = sample();

    let mut fault = Diagnostic::new("plugin-failure", Location::new("a.go", Span::new(0, 0)), "pack `x` trapped");
    fault.severity = Severity::Error;
    fault.help = Some("report it to its authors".into());
    let mut unused =
        Diagnostic::new("unused-suppression", Location::new("a.go", Span::new(0, 1)), "nothing to suppress");
    unused.severity = Severity::Hint;
    let mut faults = report(vec![fault, unused]);
    faults.rules = all.rules.clone();
    for id in ["plugin-failure", "unused-suppression"] {
        let of_the_run = id == "plugin-failure";
        faults.rules.push(RuleInfo { id: id.into(), of_the_run, category: "reserved".into(), ..all.rules[1].clone() });
    }

    let outside =
        ["../up/a.go", "/abs/a.go"].map(|path| Diagnostic::new("r", Location::new(path, Span::new(7, 8)), "m"));

    let path = format!("a{NASTY}.go");
    let nasty_sources = Memory::with(&[(&path, b"one\ntwo\n")]);
    let mut hostile =
        Diagnostic::new(format!("x/{NASTY}"), Location::new(&*path, Span::new(4, 7)), format!("m {NASTY}"));
    hostile.primary.message = NASTY.into();
    hostile.labels = vec![Label::new(Location::new(format!("gone{NASTY}"), Span::new(9, 8)), NASTY)];
    hostile.notes = vec![NASTY.into()];
    hostile.help = Some(NASTY.into());
    hostile.platforms = vec![NASTY.into()];
    hostile.fixes = vec![fix(NASTY, Applicability::Safe, vec![edit(Location::new(&*path, Span::new(4, 7)), NASTY)])];

    let twice = Diagnostic::new("r", Location::new("a.go", Span::new(0, 1)), "m");
    let one = Memory::with(&[("a.go", b"package a\n")]);
    vec![
        ("a bit of everything", all.clone(), sources, complete.clone()),
        ("nothing found", Report { rules: all.rules.clone(), ..report(vec![]) }, Memory::default(), complete.clone()),
        ("only suppressed ones", Report { silent: all.silent, ..report(vec![]) }, Memory::default(), complete.clone()),
        ("nothing found, incomplete", report(vec![]), Memory::default(), incomplete.clone()),
        ("faults of the run", faults, Memory::with(&[("a.go", b"package a\n")]), incomplete),
        ("outside of the working folder", report(outside.to_vec()), Memory::default(), complete.clone()),
        ("twice the same", report(vec![twice.clone(), twice]), one, complete.clone()),
        ("hostile", report(vec![hostile]), nasty_sources, complete),
    ]
}

/// As text.
pub(crate) fn written(format: Format, report: &Report, sources: &Memory, options: &RenderOptions) -> String {
    String::from_utf8(rendered(format, report, sources, options)).expect("all formats are UTF-8")
}
