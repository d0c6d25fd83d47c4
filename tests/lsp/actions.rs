//! What an editor offers to do about findings, and what comes of it.

use serde_json::{Value, json};

use super::client::{Client, able, edited, range, simple};
use super::{CAPTURE, OLD};
use crate::scratch::Scratch;

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().expect("a title")).collect()
}

fn action<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    actions.iter().find(|a| a["title"] == title).unwrap_or_else(|| panic!("{title}: {:?}", titles(actions)))
}

/// The text after an action has nothing to report any more.
fn assert_mends(client: &mut Client, version: i64, after: &str) {
    client.change("a.go", version, None, after);
    assert_eq!(client.found("a.go"), [], "{after}");
    client.change("a.go", version + 1, None, CAPTURE);
    assert_eq!(client.found("a.go").len(), 1);
}

#[test]
fn fixes_and_suppressions_are_offered_where_a_finding_is() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    assert_eq!(client.actions("a.go", &range((0, 0), (0, 0)), None), [] as [Value; 0]);
    let actions = client.actions("a.go", &range((4, 18), (4, 18)), None);
    let fix = action(&actions, "Copy `name` at the start of the body");
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(fix["diagnostics"][0]["code"], "loopvar-capture");
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    assert_mends(&mut client, 2, &edited(CAPTURE, &fix["edit"]));
    for title in ["Suppress loopvar-capture for this line", "Suppress loopvar-capture for this file"] {
        let after = edited(CAPTURE, &action(&actions, title)["edit"]);
        assert!(after.contains("//lint:"), "{after}");
        assert_mends(&mut client, 4, &after);
    }
}

/// The comment goes where the command line writes it, and is not offered where it would not hold.
#[test]
fn a_line_is_suppressed_where_a_comment_can_stand() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    let title = "Suppress loopvar-capture for this line";
    let source =
        format!("\u{feff}{}", CAPTURE.replace("go func() { run(name) }()", "_ = `\n`; go func() { run(name) }()"));
    client.open("a.go", &source);
    let actions = client.actions("a.go", &range((5, 19), (5, 19)), None);
    let after = edited(&source, &action(&actions, title)["edit"]);
    assert_eq!(after, source.replace("run(name) }()", "run(name) }() //lint:ignore loopvar-capture reason"));
    client.change("a.go", 2, None, &after);
    assert_eq!(client.found("a.go"), []);
    let source = source.replace("run(name) }()", "run(name) }(); _ = `\n`");
    client.change("a.go", 3, None, &source);
    let actions = client.actions("a.go", &range((5, 19), (5, 19)), None);
    assert!(!titles(&actions).contains(&title), "{actions:?}");
    action(&actions, "Suppress loopvar-capture for this file");
}

#[test]
fn all_of_a_rule_are_fixed_at_once() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    let twice = format!("{CAPTURE}{}", CAPTURE.replace("package m\n", "").replace("func f", "func g"));
    client.open("a.go", &twice);
    let actions = client.actions("a.go", &range((4, 18), (4, 18)), Some("quickfix"));
    let after = edited(&twice, &action(&actions, "Fix all of loopvar-capture in this file")["edit"]);
    assert_eq!(after.matches("name := name").count(), 2, "{after}");
    client.change("a.go", 2, None, &after);
    assert_eq!(client.found("a.go"), []);
    // Two copies at one place.
    let both = CAPTURE.replace("for _, name", "for i, name").replace("run(name)", "run(name); _ = i");
    client.change("a.go", 3, None, &both);
    let actions = client.actions("a.go", &range((4, 18), (4, 18)), Some("quickfix"));
    let after = edited(&both, &action(&actions, "Fix all of loopvar-capture in this file")["edit"]);
    assert!(after.contains("i := i") && after.contains("name := name"), "{after}");
    client.change("a.go", 4, None, &after);
    assert_eq!(client.found("a.go"), []);
}

#[test]
fn saving_fixes_what_is_safe() {
    let all = range((0, 0), (99, 0));
    for (capabilities, resolves) in [(able(), true), (simple(), false)] {
        let scratch = Scratch::new(&[("go.mod", OLD)]);
        let mut client = Client::new(&scratch, &capabilities);
        client.open("a.go", CAPTURE);
        for only in ["source.fixAll.golint-rs", "source.fixAll", "source"] {
            let mut actions = client.actions("a.go", &all, Some(only));
            assert_eq!(titles(&actions), ["Apply all safe fixes of golint-rs"], "{only}");
            assert_eq!(actions[0].get("edit").is_none(), resolves);
            if resolves {
                actions[0] = client.request("codeAction/resolve", &actions[0])["result"].take();
            }
            let after = edited(CAPTURE, &actions[0]["edit"]);
            assert!(after.contains("\t\tname := name\n"), "{after}");
        }
        assert_eq!(client.actions("a.go", &all, Some("source.organizeImports")), [] as [Value; 0]);
        client.change("a.go", 2, None, "package m\n");
        assert_eq!(client.actions("a.go", &all, Some("source.fixAll")), [] as [Value; 0], "nothing to fix");
    }
}
