//! Long sessions: whatever was typed and undone, what is found is what a fresh run finds.

use serde_json::{Value, json};

use super::OLD;
use super::client::{Client, able, range};
use crate::scratch::Scratch;

/// Edits of one session.
const EDITS: usize = 10_000;
/// Edits between two looks.
const STEP: usize = 20;
/// Edits between two comparisons with a fresh run.
const STAGE: usize = 1000;

/// What is typed, beside what is taken away.
const PIECES: [&str; 20] = [
    "{",
    "}",
    "(",
    ")",
    "\n",
    "x",
    "go func() {",
    "}()",
    "/*",
    "*/",
    "\"",
    "`",
    " ",
    "for _, v := range xs {",
    ".read",
    "uint32",
    "unsafe",
    "sink := sink;",
    "// ",
    "type y struct{}",
];

/// Two files of a package: what is found in the first depends on both.
const FILES: [(&str, &str); 2] = [
    (
        "a.go",
        "package spool\n\nimport \"unsafe\"\n\nfunc (h *header) writeCursor() *uint64 {\n\treturn \
         (*uint64)(unsafe.Add(unsafe.Pointer(h), unsafe.Offsetof(h.cursors.write)))\n}\n\nfunc send(all []func(int), \
         errors chan error) {\n\tfor i, sink := range all {\n\t\tgo func() { sink(i) }()\n\t}\n}\n",
    ),
    (
        "b.go",
        "package spool\n\ntype header struct {\n\tmagic   [4]byte\n\tversion uint32\n\tcursors cursors\n}\n\ntype cursors \
         struct {\n\tread  uint64\n\twrite uint64\n}\n",
    ),
];

/// Numbers that look random and are the same every time (xorshift64*, Vigna 2016).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }
}

/// A document, a place in it, what stood there, and what does now.
type Edit = (usize, usize, String, String);

/// A session in which both files are edited.
struct Session {
    client: Client,
    texts: [String; 2],
    version: i64,
    undo: Vec<Edit>,
}

impl Session {
    fn open(scratch: &Scratch, texts: [String; 2]) -> Session {
        let mut client = Client::new(scratch, &able());
        for ((name, _), text) in FILES.iter().zip(&texts) {
            client.open(name, text);
        }
        Session { client, texts, version: 1, undo: Vec::new() }
    }

    fn replace(&mut self, (document, start, old, new): &Edit) {
        self.version += 1;
        let (text, end) = (&mut self.texts[*document], start + old.len());
        let range = range(place(text, *start), place(text, end));
        self.client.change(FILES[*document].0, self.version, Some(&range), new);
        text.replace_range(*start..end, new);
    }

    /// Takes the last edit back. Says whether there was one.
    fn undo(&mut self) -> bool {
        let Some((document, start, old, new)) = self.undo.pop() else { return false };
        self.replace(&(document, start, new, old));
        true
    }

    fn edit(&mut self, numbers: &mut Numbers) {
        let document = numbers.below(2);
        let text = &self.texts[document];
        let start = numbers.below(text.len());
        let end = (start + numbers.below(12)).min(text.len());
        let new = PIECES[numbers.below(PIECES.len())].to_owned();
        let edit = (document, start, text[start..end].to_owned(), new);
        self.replace(&edit);
        self.undo.push(edit);
    }

    fn findings(&mut self) -> [Vec<(u64, u64, String)>; 2] {
        FILES.map(|(name, _)| seen(&self.client.pull(name)))
    }

    /// What a new process finds in the same texts.
    fn fresh(&self, scratch: &Scratch) -> [Vec<(u64, u64, String)>; 2] {
        Session::open(scratch, self.texts.clone()).findings()
    }

    /// Memory of the server, in KiB.
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.client.process())).expect("it runs");
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the kernel says it");
        resident.trim().trim_end_matches(" kB").parse().expect("a number")
    }
}

/// Line, column, rule and message of each finding.
fn seen(report: &Value) -> Vec<(u64, u64, String)> {
    let place = |item: &Value, what: &str| item["range"]["start"][what].as_u64().expect("a number");
    let items = report["items"].as_array().unwrap_or_else(|| panic!("{report}"));
    let text = |item: &Value| format!("{} {}", item["code"], item["message"]);
    items.iter().map(|item| (place(item, "line"), place(item, "character"), text(item))).collect()
}

/// Where a byte of an ASCII text is.
fn place(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    (line as u32, (offset - before.rfind('\n').map_or(0, |at| at + 1)) as u32)
}

#[test]
fn after_any_edits_the_findings_are_those_of_a_fresh_run() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut session = Session::open(&scratch, FILES.map(|(_, text)| text.to_owned()));
    let first = session.findings();
    assert_eq!(first.each_ref().map(Vec::len), [3, 0], "{first:?}");
    let mut numbers = Numbers(0x5eed);
    let (mut early, mut kinds) = (0, std::collections::BTreeSet::new());
    for round in 1..=EDITS {
        // As often as not, and a few times all of it: else the texts would soon be rubble.
        if round % 97 == 0 {
            while session.undo() {}
        } else if numbers.below(2) == 0 || !session.undo() {
            session.edit(&mut numbers);
        }
        if round % STEP == 0 {
            kinds.insert(session.findings());
        }
        if round % STAGE == 0 {
            let (texts, fresh) = (session.texts.clone(), session.fresh(&scratch));
            assert_eq!(session.findings(), fresh, "after {round} edits: {texts:#?}");
        }
        if round == STAGE {
            early = session.memory();
        }
    }
    // The edits mattered.
    assert!(kinds.len() > 10, "{}", kinds.len());
    let late = session.memory();
    assert!(late * 10 <= early * 11, "{early} KiB after {STAGE} edits, {late} KiB after {EDITS}");
    while session.undo() {}
    assert_eq!(session.findings(), first);
}

#[test]
fn two_hundred_documents_are_open_at_once() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    let name = |n: usize| format!("p{n}/a.go");
    for n in 0..200 {
        client.open(&name(n), &super::CAPTURE.replace("package m", &format!("package p{n}")));
    }
    let asked: Vec<i64> = (0..200)
        .map(|n| {
            let uri = client.uri(&name(n));
            client.ask("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}))
        })
        .collect();
    for id in asked {
        assert_eq!(client.answer(id)["result"]["items"].as_array().map(Vec::len), Some(1));
    }
}

/// It is told as too large, as everywhere, and nobody waits for it.
#[test]
fn a_huge_document_keeps_nobody_waiting() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open("huge/a.go", &format!("package huge\n{}", "// x\n".repeat(10 << 20)));
    client.open("a.go", super::CAPTURE);
    client.change("huge/a.go", 2, Some(&range((5, 0), (5, 0))), "x");
    assert_eq!(client.found("a.go").len(), 1);
    assert_eq!(client.found("huge/a.go"), [(0, "file-too-large".to_owned())]);
}
