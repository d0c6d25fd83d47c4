//! What is wrong with golint.toml: told there, of the text as it is, and once.

use serde_json::{Value, json};

use super::client::{Client, able, range, simple};
use super::{CAPTURE, OLD};
use crate::guest::Guest;
use crate::scratch::Scratch;

const MISSPELT: &str = "# \u{e9}\nignore = [\"loopvar-captur\"]\n";

fn open(client: &mut Client, path: &str, text: &str) {
    client.open_as(&client.uri(path), "toml", text);
}

/// Places and messages, without help.
fn told(items: &Value) -> Vec<(Value, String)> {
    let first = |item: &Value| item["message"].as_str().expect("a message").lines().next().map(str::to_owned);
    let one = |item: &Value| (item["range"].clone(), first(item).unwrap_or_default());
    items.as_array().unwrap_or_else(|| panic!("{items}")).iter().map(one).collect()
}

fn misspelt() -> Vec<(Value, String)> {
    vec![(range((1, 10), (1, 26)), "unknown rule `loopvar-captur`".to_owned())]
}

#[test]
fn a_configuration_that_is_open_alone_is_checked() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("golint.toml", "")]);
    let mut client = Client::new(&scratch, &able());
    open(&mut client, "golint.toml", MISSPELT);
    let report = client.pull("golint.toml");
    assert_eq!(told(&report["items"]), misspelt());
    assert_eq!((&report["items"][0]["code"], &report["items"][0]["severity"]), (&json!("configuration"), &json!(1)));
    let uri = client.uri("golint.toml");
    let again = json!({"textDocument": {"uri": uri}, "previousResultId": report["resultId"]});
    assert_eq!(client.request("textDocument/diagnostic", &again)["result"]["kind"], "unchanged");
    for (text, expected) in [
        ("selct = []\n", vec![(range((0, 0), (0, 5)), "unknown key `selct`".to_owned())]),
        ("go = \"1.21\"\n", vec![]),
        ("", vec![]),
    ] {
        client.change("golint.toml", 2, None, text);
        assert_eq!(told(&client.pull("golint.toml")["items"]), expected, "{text}");
    }
    // What TOML's parser, a schema and a file that is not there have to say.
    for (text, at, word) in [
        ("select = [\n", range((0, 10), (0, 10)), "TOML"),
        ("[rules.unaligned-offset.options]\npage-size = \"x\"\n", range((1, 12), (1, 15)), "`page-size`"),
        ("\n[plugins.house]\npath = \"no.wasm\"\n", range((2, 7), (2, 16)), "no.wasm"),
        ("extend = \"no.toml\"\n", range((0, 9), (0, 18)), "no.toml"),
    ] {
        client.change("golint.toml", 3, None, text);
        let found = told(&client.pull("golint.toml")["items"]);
        assert!(
            matches!(&found[..], [(place, message)] if *place == at && message.contains(word)),
            "{text}: {found:?}"
        );
    }
    // Comments suppress nothing there.
    assert_eq!(client.actions("golint.toml", &range((0, 0), (9, 0)), None), [] as [Value; 0]);
    assert_eq!(client.actions("golint.toml", &range((0, 0), (9, 0)), Some("source.fixAll")), [] as [Value; 0]);
}

#[test]
fn clients_that_do_not_ask_are_sent_it() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("golint.toml", MISSPELT)]);
    let mut client = Client::new(&scratch, &simple());
    client.open("a.go", CAPTURE);
    assert_eq!(told(&client.published("golint.toml")["diagnostics"]), misspelt());
    assert_eq!(client.published("a.go")["diagnostics"], json!([]));
    open(&mut client, "golint.toml", MISSPELT);
    assert_eq!(client.published("golint.toml")["diagnostics"], json!([]), "from now on of the document");
    let report = client.published("golint.toml");
    assert_eq!((told(&report["diagnostics"]), &report["version"]), (misspelt(), &json!(1)));
    client.change("golint.toml", 2, None, "ignore = [\"unsafe-offsetof\"]\n");
    assert_eq!(client.published("golint.toml")["diagnostics"], json!([]));
    assert_eq!(client.published("a.go")["diagnostics"][0]["code"], "loopvar-capture", "documents follow");
    client.change("golint.toml", 3, None, MISSPELT);
    assert_eq!(told(&client.published("golint.toml")["diagnostics"]), misspelt());
    client.close("golint.toml");
    assert_eq!(client.published("golint.toml")["diagnostics"], json!([]));
    assert_eq!(told(&client.published("golint.toml")["diagnostics"]), misspelt(), "on disk it is no better");
}

#[test]
fn a_client_that_asks_is_told_once() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("golint.toml", MISSPELT)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    client.found("a.go");
    assert_eq!(told(&client.published("golint.toml")["diagnostics"]), misspelt());
    open(&mut client, "golint.toml", MISSPELT);
    assert_eq!(client.published("golint.toml")["diagnostics"], json!([]));
    client.change("golint.toml", 2, None, &format!("\n{MISSPELT}"));
    assert_eq!(client.found("a.go"), []);
    assert_eq!(client.pull("golint.toml")["items"][0]["range"], range((2, 10), (2, 26)));
    client.close("golint.toml");
    client.found("a.go");
    let next = client.published("golint.toml");
    assert_eq!(told(&next["diagnostics"]), misspelt(), "nothing was sent while it was open");
}

#[test]
fn what_it_extends_and_what_is_above_counts() {
    let scratch = Scratch::new(&[
        ("go.mod", OLD),
        ("golint.toml", "[plugins.house]\npath = \"house.wasm\"\n"),
        ("base.toml", "go = 1.21\n"),
    ]);
    scratch.write("house.wasm", &Guest::new().build());
    let mut client = Client::new(&scratch, &able());
    open(&mut client, "sub/golint.toml", "extend = \"../base.toml\"\nselect = [\"house/a-rule\"]\n");
    assert_eq!(client.found("sub/golint.toml"), []);
    let base = client.published("base.toml");
    assert_eq!(told(&base["diagnostics"]), [(range((0, 5), (0, 9)), "`go` must be a string".to_owned())]);
    client.change("sub/golint.toml", 2, None, "[plugins.house]\npath = \"x\"\n");
    let found = told(&client.pull("sub/golint.toml")["items"]);
    assert_eq!(found, [(range((0, 9), (0, 14)), "plugins can be named in the root configuration only".to_owned())]);
    assert_eq!(client.published("base.toml")["diagnostics"], json!([]));
    // Unsaved, one above the other.
    open(&mut client, "golint.toml", "");
    client.change("sub/golint.toml", 3, None, "select = [\"house/a-rule\"]\n");
    let found = told(&client.pull("sub/golint.toml")["items"]);
    assert_eq!(found, [(range((0, 10), (0, 24)), "there is no plugin `house`".to_owned())]);
}

#[test]
fn it_is_told_also_where_nothing_is_open() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("golint.toml", MISSPELT), ("a.go", CAPTURE), ("b.go", CAPTURE)]);
    let mut client = Client::new(&scratch, &able());
    client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    assert_eq!(told(&client.published("golint.toml")["diagnostics"]), misspelt());
    scratch.write("golint.toml", b"");
    let changed = json!({"changes": [{"uri": client.uri("golint.toml"), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.published("golint.toml")["diagnostics"], json!([]));
}

#[test]
fn why_nothing_is_checked_is_told_once() {
    let shown = |client: &mut Client| {
        client.wait("a message", |message| message["method"] == "window/showMessage")["params"]["message"].take()
    };
    let scratch = Scratch::new(&[("go.mod", OLD), ("golint.toml", MISSPELT)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    for version in 2..5 {
        assert_eq!(client.found("a.go"), []);
        client.change("a.go", version, None, &format!("{CAPTURE}// {version}\n"));
    }
    let expected = "golint-rs: nothing is checked while golint.toml has faults: unknown rule `loopvar-captur`";
    assert_eq!(shown(&mut client), expected);
    // The next message is about something else.
    scratch.write("golint.toml", b"");
    client.configure(&json!({"ignore": ["no-*"]}));
    client.ask("textDocument/diagnostic", &json!({"textDocument": {"uri": client.uri("a.go")}}));
    let said = shown(&mut client);
    assert!(said.as_str().is_some_and(|said| said.starts_with("golint-rs: the setting `ignore`: unknown")), "{said}");
    client.configure(&json!({"config": "no-such.toml"}));
    assert_eq!(client.found("a.go"), []);
    let said = shown(&mut client);
    assert!(said.as_str().is_some_and(|said| said.contains("no-such.toml")), "{said}");
    client.configure(&json!({"config": ""}));
    assert_eq!(client.found("a.go").len(), 1);
}
