//! Files that nobody has opened.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::client::{Client, able, short};
use super::{CAPTURE, OLD};
use crate::scratch::Scratch;

fn two_packages() -> Scratch {
    let other = CAPTURE.replace("package m", "package other");
    Scratch::new(&[("go.mod", OLD), ("a.go", CAPTURE), ("clean.go", "package m\n"), ("other/b.go", &other)])
}

/// What a report says, by file name: how many findings, or none where they are the same.
fn counts(items: &Value) -> BTreeMap<String, Option<usize>> {
    let one = |item: &Value| {
        let uri = item["uri"].as_str().expect("a URI");
        (uri.rsplit('/').next().expect("a name").to_owned(), item["items"].as_array().map(Vec::len))
    };
    items.as_array().expect("items").iter().map(one).collect()
}

fn ids(items: &Value) -> Value {
    let items = items.as_array().expect("items").iter();
    items.map(|item| json!({"uri": item["uri"], "value": item["resultId"]})).collect()
}

#[test]
fn unopened_files_are_looked_at_once_for_each_change() {
    let scratch = two_packages();
    let mut client = Client::new(&scratch, &able());
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    let items = &report["result"]["items"];
    assert_eq!(counts(items), [("a.go".to_owned(), Some(1)), ("b.go".to_owned(), Some(1))].into());
    let known = ids(items);

    // Nothing has changed: the answer waits until something does.
    let waiting = client.ask("workspace/diagnostic", &json!({"previousResultIds": known}));
    client.open("clean.go", "package m\n");
    assert_eq!(client.found("clean.go"), [], "others are served meanwhile");
    scratch.write("a.go", b"package m\n");
    let changed = json!({"changes": [{"uri": client.uri("a.go"), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    let report = client.answer(waiting);
    assert_eq!(
        counts(&report["result"]["items"]),
        [("a.go".to_owned(), Some(0)), ("b.go".to_owned(), None)].into(),
        "{report}"
    );
}

#[test]
fn files_that_are_gone_and_what_is_typed_in_golint_toml_are_news() {
    let scratch = two_packages();
    let mut client = Client::new(&scratch, &able());
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    let known = ids(&report["result"]["items"]);
    let waiting = client.ask("workspace/diagnostic", &json!({"previousResultIds": known}));
    std::fs::remove_file(scratch.path().join("a.go")).expect("ours");
    client.open_as(&client.uri("golint.toml"), "toml", "ignore = [\"loopvar-capture\"]\n");
    let report = client.answer(waiting);
    let expected = [("a.go".to_owned(), Some(0)), ("b.go".to_owned(), Some(0))].into();
    assert_eq!(counts(&report["result"]["items"]), expected, "{report}");
}

#[test]
fn parts_and_progress_are_told_where_they_are_wanted() {
    let scratch = two_packages();
    let mut client = Client::new(&scratch, &able());
    let params = json!({"previousResultIds": [], "partialResultToken": "part", "workDoneToken": 7});
    let report = client.request("workspace/diagnostic", &params);
    assert_eq!(report["result"]["items"], json!([]), "all of it was told in parts");
    let of =
        |token: Value| move |message: &Value| message["method"] == "$/progress" && message["params"]["token"] == token;
    let mut found = BTreeMap::new();
    while found.len() < 2 {
        let part = client.wait("a part", of(json!("part")));
        found.extend(counts(&part["params"]["value"]["items"]));
    }
    assert_eq!(found.values().copied().collect::<Vec<_>>(), [Some(1), Some(1)]);
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind != "end") {
        let step = client.wait("progress", of(json!(7)));
        kinds.push(step["params"]["value"]["kind"].as_str().expect("a kind").to_owned());
    }
    assert_eq!((kinds[0].as_str(), kinds.last().map(String::as_str)), ("begin", Some("end")));
}

#[test]
fn requests_can_be_taken_back() {
    let scratch = two_packages();
    let mut client = Client::new(&scratch, &able());
    client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    let waiting = client.ask("workspace/diagnostic", &json!({"previousResultIds": []}));
    client.notify("$/cancelRequest", &json!({"id": waiting}));
    assert_eq!(client.answer(waiting)["error"]["code"], -32800);
    let older = client.ask("workspace/diagnostic", &json!({"previousResultIds": []}));
    let newer = client.ask("workspace/diagnostic", &json!({"previousResultIds": []}));
    assert_eq!(client.answer(older)["error"]["code"], -32802);
    client.notify("$/cancelRequest", &json!({"id": newer}));
    assert_eq!(client.answer(newer)["error"]["code"], -32800);
}

#[test]
fn open_documents_are_asked_for_by_themselves() {
    let scratch = two_packages();
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    assert_eq!(counts(&report["result"]["items"]), [("b.go".to_owned(), Some(1))].into());
    assert_eq!(short(&client.pull("a.go")["items"]).len(), 1);
}
