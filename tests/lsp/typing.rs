//! Long sessions: whatever was typed and undone, what is found is what a fresh run finds.

use serde_json::{Value, json};

use super::OLD;
use super::client::{Client, able, range};
use crate::scratch::Scratch;

/// Edits of one session.
const EDITS: usize = 400;
/// Edits between two looks.
const STEP: usize = 8;

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

/// What a new process finds in the same text, as line, column, rule and message.
fn fresh(scratch: &Scratch, text: &str) -> Vec<(u64, u64, String)> {
    let mut client = Client::new(scratch, &able());
    client.open("a.go", text);
    seen(&client.pull("a.go"))
}

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
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/demo/broadcast.go");
    let mut text = std::fs::read_to_string(demo).expect("readable").replace(|c: char| !c.is_ascii(), "?");
    let scratch = Scratch::new(&[("go.mod", OLD), ("b.go", "package demo\n\ntype other struct{ a int }\n")]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", &text);
    let first = seen(&client.pull("a.go"));
    assert!(!first.is_empty());
    let mut numbers = Numbers(0x5eed);
    let (mut version, mut undo) = (1, Vec::new());
    let pieces =
        ["{", "}", "(", ")", "\n", "x", "go func() {", "}()", "/*", "*/", "\"", "`", " ", "for _, v := range xs {"];
    for round in 1..=EDITS {
        let (start, old, new): (usize, String, String) = if numbers.below(3) == 0 && !undo.is_empty() {
            let (start, old, new): (usize, String, String) = undo.pop().expect("it is not empty");
            (start, new, old)
        } else {
            let start = numbers.below(text.len());
            let end = (start + numbers.below(12)).min(text.len());
            let new = pieces[numbers.below(pieces.len())].to_owned();
            undo.push((start, text[start..end].to_owned(), new.clone()));
            (start, text[start..end].to_owned(), new)
        };
        let end = start + old.len();
        version += 1;
        client.change("a.go", version, Some(&range(place(&text, start), place(&text, end))), &new);
        text.replace_range(start..end, &new);
        if round % STEP == 0 {
            client.pull("a.go");
        }
        if round % (EDITS / 8) == 0 {
            assert_eq!(seen(&client.pull("a.go")), fresh(&scratch, &text), "after {round} edits: {text}");
        }
    }
    // All is taken back.
    while let Some((start, old, new)) = undo.pop() {
        version += 1;
        let end = start + new.len();
        client.change("a.go", version, Some(&range(place(&text, start), place(&text, end))), &old);
        text.replace_range(start..end, &old);
    }
    assert_eq!(seen(&client.pull("a.go")), first);
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
