//! Findings that a baseline lists as known: an editor shows what the command line shows.

use serde_json::json;

use super::client::{Client, able, edited, range, short};
use super::{CAPTURE, OLD};
use crate::scratch::Scratch;

const FILE: &str = "golint-baseline.txt";

fn adopted(files: &[(&str, &str)]) -> Scratch {
    let all = [&[("go.mod", OLD), ("golint.toml", "baseline = \"golint-baseline.txt\"\n")], files].concat();
    let scratch = Scratch::new(&all);
    scratch.run(&["check", "--write-baseline", FILE]).expect(0);
    scratch
}

/// The same once more, in the same function.
fn twice() -> String {
    let line = "\t\tgo func() { run(name) }()\n";
    CAPTURE.replace(line, &line.repeat(2))
}

#[test]
fn what_is_known_is_silent_while_somebody_types() {
    let scratch = adopted(&[("a.go", CAPTURE), ("b.go", "package m\n")]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    assert_eq!(client.found("a.go"), []);
    client.change("a.go", 2, None, &CAPTURE.replace("\n\nfunc", "\n\nvar x = 1\n\nfunc"));
    assert_eq!(client.found("a.go"), []);
    client.change("a.go", 3, None, &twice());
    assert_eq!(client.found("a.go"), [(5, "loopvar-capture".to_owned())]);
    // What is silent has no fixes, by itself or with all.
    assert_eq!(client.actions("a.go", &range((4, 18), (4, 18)), None).len(), 0);
    let all = client.actions("a.go", &range((0, 0), (9, 0)), Some("source.fixAll"));
    let resolved = client.request("codeAction/resolve", &all[0])["result"].take();
    let fixed = edited(&twice(), &resolved["edit"]);
    client.change("a.go", 4, None, &fixed);
    assert_eq!(client.found("a.go"), []);
    // A function on its way to another file, and a copy of it.
    client.change("a.go", 5, None, "package m\n");
    client.open("b.go", CAPTURE);
    assert_eq!(client.found("b.go"), []);
    client.change("a.go", 6, None, CAPTURE);
    assert_eq!((client.found("a.go").len(), client.found("b.go").len()), (0, 1));
}

#[test]
fn files_that_nobody_opened_and_a_baseline_that_changes() {
    let scratch = adopted(&[("a.go", CAPTURE), ("sub/b.go", "package sub\n")]);
    scratch.write("sub/b.go", CAPTURE.replace("package m", "package sub").as_bytes());
    let mut client = Client::new(&scratch, &able());
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    let items = report["result"]["items"].as_array().expect("items").clone();
    let places: Vec<_> =
        items.iter().map(|item| (item["uri"].as_str().unwrap_or_default(), short(&item["items"]))).collect();
    assert_eq!(places, [(&*client.uri("sub/b.go"), vec![(4, "loopvar-capture".to_owned())])]);
    client.open("a.go", CAPTURE);
    assert_eq!(client.found("a.go"), []);
    scratch.write(FILE, b"golint-rs baseline 1\n");
    let changed = json!({"changes": [{"uri": client.uri(FILE), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.found("a.go").len(), 1);
    // Damaged: told where it is, and why nothing is found.
    scratch.write(FILE, b"golint-rs baseline 1\n=======\n");
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.found("a.go"), []);
    let told = client.published(FILE)["diagnostics"].take();
    assert_eq!((short(&told), &told[0]["range"]), (vec![(1, "configuration".to_owned())], &range((1, 0), (1, 7))));
    scratch.write(FILE, b"golint-rs baseline 1\n");
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.found("a.go").len(), 1);
    assert_eq!(client.published(FILE)["diagnostics"], json!([]));
}
