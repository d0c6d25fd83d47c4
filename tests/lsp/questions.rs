//! Questions about a place: what a rule's name or a key of golint.toml means, and what can be written there.

use serde_json::{Value, json};

use super::OLD;
use super::client::{Client, able, edited, simple};
use crate::guest::Guest;
use crate::scratch::Scratch;

/// Line and column of the `!`, in ASCII, and the text without it.
fn at(text: &str) -> (Value, String) {
    let offset = text.find('!').expect("a place");
    let line = text[..offset].matches('\n').count();
    let column = offset - text[..offset].rfind('\n').map_or(0, |end| end + 1);
    (json!({"line": line, "character": column}), text.replace('!', ""))
}

/// Puts a text in the place of a document's, and asks about the place of the `!` in it. The answer, and the text.
fn ask(client: &mut Client, method: &str, path: &str, text: &str) -> (Value, String) {
    let (position, text) = at(text);
    client.change(path, 2, None, &text);
    let params = json!({"textDocument": {"uri": client.uri(path)}, "position": position});
    (client.request(method, &params)["result"].take(), text)
}

/// What is shown: the text that it is about, and the first lines.
fn hovered(client: &mut Client, path: &str, text: &str) -> Option<(String, String)> {
    let (hover, text) = ask(client, "textDocument/hover", path, text);
    let contents = hover.get("contents")?;
    assert_eq!(contents["kind"], "markdown");
    let place = |what: &str| hover["range"][what]["character"].as_u64().expect("a column") as usize;
    let line = hover["range"]["start"]["line"].as_u64().expect("a line") as usize;
    let about = text.lines().nth(line).expect("a line")[place("start")..place("end")].to_owned();
    Some((about, contents["value"].as_str().expect("a text").to_owned()))
}

/// What is offered, and what the document becomes with the first of these whose label this is.
fn completed(client: &mut Client, path: &str, text: &str, label: &str) -> (Vec<String>, Option<String>) {
    let (items, text) = ask(client, "textDocument/completion", path, text);
    let items = items.as_array().cloned().unwrap_or_default();
    let name = |item: &Value| item["label"].as_str().expect("a label").to_owned();
    let chosen = items.iter().find(|item| item["label"] == label);
    let after = chosen.map(|item| edited(&text, &json!({"changes": {"x": [item["textEdit"]]}})));
    (items.iter().map(name).collect(), after)
}

#[test]
fn names_in_suppressions_are_explained() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", "");
    for (text, about) in [
        ("package m\n\nvar x = 1 //nolint:loopvar-!capture // why\n", "loopvar-capture"),
        ("package m\n\nvar x = 1 //nolint:gosec,!Unsafe-Offsetof\n", "Unsafe-Offsetof"),
        ("package m\n\n//lint:ignore loopvar-capture! why\nvar x = 1\n", "loopvar-capture"),
        ("//lint:file-ignore x,unused-suppression! why\npackage m\n", "unused-suppression"),
        ("package m\n\nfunc f( { ` //nolint:loopvar-!capture", "loopvar-capture"),
    ] {
        let (found, docs) = hovered(&mut client, "a.go", text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found, about);
        assert!(docs.starts_with(&format!("# {}\n", about.to_lowercase())) && docs.contains("\n## "), "{docs}");
    }
    for text in [
        "package m\n\nvar x = \"//nolint:loopvar-!capture\"\n",
        "package m\n\nvar x = 1 //nolint:go!sec\n",
        "package m\n\nvar x = 1 //nolint:gosec // loopvar-!capture\n",
        "package m\n\nvar x = 1 // loopvar-!capture\n",
        "package m!\n",
        "!",
    ] {
        assert_eq!(hovered(&mut client, "a.go", text), None, "{text}");
    }
}

#[test]
fn rules_and_keys_of_a_configuration_are_explained() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open_as(&client.uri("golint.toml"), "toml", "");
    for (text, about, beginning) in [
        ("select = [\"default\", \"loopvar-!capture\"]\n", "\"loopvar-capture\"", "# loopvar-capture\n"),
        ("[per-file-ignores]\n\"*_test.go\" = [\"unsafe-!offsetof\"]\n", "\"unsafe-offsetof\"", "# unsafe-offsetof\n"),
        ("[rules.unaligned-!offset]\n", "unaligned-offset", "# unaligned-offset\n"),
        ("[rules]\nunaligned-!offset.severity = \"hint\"\n", "unaligned-offset", "# unaligned-offset\n"),
        ("[rules.unaligned-offset]\nseve!rity = \"hint\"\n", "severity", "What the rule's findings weigh."),
        ("[rules.unaligned-offset.options]\npage!-size = 1\n", "page-size", ""),
        ("per-file!-ignores = { \"x\" = [\n", "per-file-ignores", "Rules that don't run in some files"),
        ("[ru!les", "rules", "Severity and options of rules"),
    ] {
        let (found, docs) = hovered(&mut client, "golint.toml", text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found, about);
        assert!(docs.starts_with(beginning), "{docs}");
    }
    for text in ["selct! = []\n", "select = [\"def!ault\"]\n", "exclude = [\"loopvar-!capture\"]\n", "# rules!\n", "!"]
    {
        assert_eq!(hovered(&mut client, "golint.toml", text), None, "{text}");
    }
}

#[test]
fn places_count_as_agreed() {
    // é is two bytes and one unit, the other one four bytes and two units.
    let source = "package m\n\nvar x = \"\u{e9}\u{1f600}\" //nolint: loopvar-capture\n";
    for (offered, wide) in [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)] {
        let scratch = Scratch::new(&[("go.mod", OLD)]);
        let mut capabilities = simple();
        capabilities["general"] = json!({"positionEncodings": [offered]});
        let mut client = Client::new(&scratch, &capabilities);
        client.open("a.go", source);
        let start = "var x = \"\" //nolint: ".len() + wide;
        let place = |column: usize| json!({"line": 2, "character": column});
        let uri = client.uri("a.go");
        let params = |column: usize| json!({"textDocument": {"uri": uri}, "position": place(column)});
        assert_eq!(client.request("textDocument/hover", &params(start - 1))["result"], Value::Null, "{offered}");
        let hover = client.request("textDocument/hover", &params(start))["result"].take();
        assert_eq!(hover["contents"]["kind"], "plaintext");
        let range = json!({"start": place(start), "end": place(start + "loopvar-capture".len())});
        assert_eq!(hover["range"], range, "{offered}");
        let items = client.request("textDocument/completion", &params(start + 3))["result"].take();
        assert_eq!(items[0]["textEdit"]["range"], range, "{offered}");
    }
}

#[test]
fn rules_are_offered_in_suppressions() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let (mut client, greeting) = Client::with(&scratch, &able(), &json!({}));
    let triggers = greeting["capabilities"]["completionProvider"]["triggerCharacters"].clone();
    assert!(
        triggers.as_array().is_some_and(|all| all.contains(&json!(":")) && all.contains(&json!(" "))),
        "{triggers}"
    );
    client.open("a.go", "");
    for (text, after) in [
        ("package m\n\nvar x = 1 //nolint:!\n", "package m\n\nvar x = 1 //nolint:loopvar-capture\n"),
        (
            "package m\n\nvar x = 1 //nolint:gosec, loop!-x // why\n",
            "package m\n\nvar x = 1 //nolint:gosec, loopvar-capture // why\n",
        ),
        ("package m\n\n//lint:ignore !\nvar x = 1\n", "package m\n\n//lint:ignore loopvar-capture\nvar x = 1\n"),
        ("//lint:file-ignore lo! why\npackage m\n", "//lint:file-ignore loopvar-capture why\npackage m\n"),
        ("package m\n\nfunc f() { x( //nolint:l!", "package m\n\nfunc f() { x( //nolint:loopvar-capture"),
    ] {
        let (labels, done) = completed(&mut client, "a.go", text, "loopvar-capture");
        assert_eq!(done.as_deref(), Some(after), "{labels:?}");
        assert!(labels.contains(&"unused-suppression".to_owned()) && !labels.contains(&"internal-error".to_owned()));
    }
    let (labels, _) = completed(&mut client, "a.go", "package m //nolint:loopvar-capture,!\n", "");
    assert!(labels.contains(&"unsafe-offsetof".to_owned()) && !labels.contains(&"loopvar-capture".to_owned()));
    for text in [
        "package m\n\nvar x = \"//nolint:!\"\n",
        "package m // comment:!\n",
        "package m //nolint!\n",
        "package m //lint:ignore!\n",
        "package m //nolint:a // why !\n",
        "package m\n\nvar x = !1\n",
    ] {
        assert_eq!(completed(&mut client, "a.go", text, ""), (vec![], None), "{text}");
    }
    // With words about it.
    let (items, _) = ask(&mut client, "textDocument/completion", "a.go", "package m //nolint:!\n");
    assert!(items[0]["documentation"]["value"].as_str().is_some_and(|docs| docs.starts_with("# ")), "{items}");
    assert!(items[0]["detail"].is_string());
}

#[test]
fn keys_and_values_are_offered_in_a_configuration() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open_as(&client.uri("golint.toml"), "toml", "");
    for (text, label, after) in [
        ("!", "select", "select = "),
        ("sel!\ngo = \"1.21\"\n", "select", "select = \ngo = \"1.21\"\n"),
        ("sel! = []\n", "select", "select = []\n"),
        ("select = [!", "all", "select = [\"all\""),
        ("select = [\"loop!\ngo = \"1.21\"\n", "loopvar-capture", "select = [\"loopvar-capture\"\ngo = \"1.21\"\n"),
        ("ignore = [\"lo!\"]\n", "loopvar-capture", "ignore = [\"loopvar-capture\"]\n"),
        ("ignore = ['lo!']\n", "loopvar-capture", "ignore = ['loopvar-capture']\n"),
        ("ignore = [\"lo!]\n", "loopvar-capture", "ignore = [\"loopvar-capture\"]\n"),
        ("[per-file-ignores]\n\"x\" = [\"!\"]", "unsafe-offsetof", "[per-file-ignores]\n\"x\" = [\"unsafe-offsetof\"]"),
        ("[!", "rules", "[rules"),
        ("[rules.!]\n", "unsafe-offsetof", "[rules.unsafe-offsetof]\n"),
        ("rules.!", "unsafe-offsetof", "rules.unsafe-offsetof"),
        ("[rules.loopvar-capture]\nsev!", "severity", "[rules.loopvar-capture]\nseverity = "),
        ("[rules.loopvar-capture]\nseverity = !\n", "hint", "[rules.loopvar-capture]\nseverity = \"hint\"\n"),
        ("rules.loopvar-capture = { severity = \"!", "hint", "rules.loopvar-capture = { severity = \"hint\""),
        ("[rules.unaligned-offset.options]\n!\n", "page-size", "[rules.unaligned-offset.options]\npage-size = \n"),
        ("include-generated = !\n", "true", "include-generated = true\n"),
        ("[plugins.house]\npa!", "path", "[plugins.house]\npath = "),
    ] {
        let (labels, done) = completed(&mut client, "golint.toml", text, label);
        assert_eq!(done.as_deref(), Some(after), "{text}: {labels:?}");
    }
    for text in ["# !\n", "select = [] !\n", "go = \"!\"\n", "extend = !\n", "include-generated = \"!\"\n"] {
        assert_eq!(completed(&mut client, "golint.toml", text, ""), (vec![], None), "{text}");
    }
    let (labels, _) = completed(&mut client, "golint.toml", "[!", "");
    assert_eq!(labels, ["per-file-ignores", "plugins", "rules"], "tables only");
}

#[test]
fn rules_of_plugins_are_known_also_while_somebody_types() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let configuration = "[plugins.house]\npath = \"house.wasm\"\n";
    scratch.write("house.wasm", &Guest::new().build());
    scratch.write("golint.toml", configuration.as_bytes());
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", "package m\n");
    let (labels, done) = completed(&mut client, "a.go", "package m //nolint:house/!\n", "house/a-rule");
    assert_eq!(done.as_deref(), Some("package m //nolint:house/a-rule\n"), "{labels:?}");

    client.open_as(&client.uri("golint.toml"), "toml", configuration);
    let (labels, done) =
        completed(&mut client, "golint.toml", &format!("select = [\"hou!\n{configuration}"), "house/a-rule");
    assert_eq!(done, Some(format!("select = [\"house/a-rule\"\n{configuration}")), "{labels:?}");
    let (_, done) = completed(&mut client, "golint.toml", &format!("{configuration}[rules.h!"), "house/a-rule");
    assert_eq!(done, Some(format!("{configuration}[rules.\"house/a-rule\"")));
    let (_, done) = completed(&mut client, "golint.toml", &format!("ignore = [!]\n{configuration}"), "house/*");
    assert_eq!(done, Some(format!("ignore = [\"house/*\"]\n{configuration}")));
    // It is gone with its line.
    let (labels, _) = completed(&mut client, "golint.toml", "ignore = [!]\n", "");
    assert!(!labels.contains(&"house/a-rule".to_owned()), "{labels:?}");
}

#[test]
fn questions_about_what_is_not_there_have_no_answer() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    for (uri, position) in [
        (client.uri("none.go"), json!({"line": 0, "character": 0})),
        ("untitled:x".to_owned(), json!({"line": 9, "character": 9})),
    ] {
        let params = json!({"textDocument": {"uri": uri}, "position": position});
        for method in ["textDocument/hover", "textDocument/completion"] {
            assert_eq!(client.request(method, &params)["result"], Value::Null);
        }
    }
    client.open_as("untitled:x", "go", "package m //nolint:loopvar-capture\n");
    let params = json!({"textDocument": {"uri": "untitled:x"}, "position": {"line": 0, "character": 25}});
    assert!(client.request("textDocument/hover", &params)["result"]["contents"].is_object());
    client.open("m/go.mod", "module m\n");
    let params = json!({"textDocument": {"uri": client.uri("m/go.mod")}, "position": {"line": 0, "character": 3}});
    assert_eq!(client.request("textDocument/hover", &params)["result"], Value::Null);
}
