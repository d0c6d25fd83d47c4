//! Open documents: what is found in them while they change.

use serde_json::{Value, json};

use super::client::{Client, able, range, short, simple};
use super::{CAPTURE, OLD};
use crate::scratch::Scratch;

const LOOPVAR: &str = "loopvar-capture";

fn one_finding() -> Vec<(u64, String)> {
    vec![(4, LOOPVAR.to_owned())]
}

#[test]
fn findings_come_and_go_with_the_text() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("a.go", "package m\n")]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    let first = client.pull("a.go");
    assert_eq!((first["kind"].as_str(), short(&first["items"])), (Some("full"), one_finding()));
    let item = &first["items"][0];
    assert_eq!((&item["source"], &item["severity"]), (&json!("golint-rs"), &json!(1)));
    assert!(item["relatedInformation"][0]["location"]["uri"] == client.uri("a.go"), "{item}");

    let uri = client.uri("a.go");
    let again = json!({"textDocument": {"uri": uri}, "previousResultId": first["resultId"]});
    let again = client.request("textDocument/diagnostic", &again);
    assert_eq!(again["result"]["kind"], "unchanged", "{again}");

    // `run(name)` becomes `run(x)`, and back.
    client.change("a.go", 2, Some(&range((4, 18), (4, 22))), "x");
    assert_eq!(client.found("a.go"), []);
    client.change("a.go", 3, Some(&range((4, 18), (4, 19))), "name");
    assert_eq!(client.found("a.go"), one_finding());
    client.change("a.go", 4, None, "package m\n\nvar broken = [");
    assert_eq!(client.found("a.go"), []);
    client.close("a.go");
    assert_eq!(client.found("a.go"), [], "it is not open");
    assert_eq!(client.shut_down(), Some(0));
}

#[test]
fn clients_that_do_not_ask_are_told() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("a.go", CAPTURE)]);
    let mut client = Client::new(&scratch, &simple());
    client.open("a.go", CAPTURE);
    let told = client.published("a.go");
    assert_eq!((told["version"].as_i64(), short(&told["diagnostics"])), (Some(1), one_finding()));
    client.change("a.go", 2, None, "package m\n");
    assert_eq!(short(&client.published("a.go")["diagnostics"]), []);
    client.change("a.go", 3, None, CAPTURE);
    assert_eq!(short(&client.published("a.go")["diagnostics"]), one_finding());
    client.close("a.go");
    assert_eq!(short(&client.published("a.go")["diagnostics"]), []);
}

#[test]
fn a_file_under_another_name_takes_the_place_of_the_first() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &simple());
    client.open("a.go", CAPTURE);
    assert_eq!(short(&client.published("a.go")["diagnostics"]), one_finding());
    client.open("%61.go", CAPTURE);
    assert_eq!(short(&client.published("a.go")["diagnostics"]), []);
    assert_eq!(short(&client.published("%61.go")["diagnostics"]), one_finding());
    // Of which nothing is left to close.
    client.close("a.go");
    client.change("%61.go", 2, None, "package m\n");
    assert_eq!(short(&client.published("%61.go")["diagnostics"]), []);
}

#[test]
fn code_that_does_not_compile_is_looked_at() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", &format!("{CAPTURE}\nfunc g() {{ undefined.f(; }}\n"));
    assert_eq!(client.found("a.go"), one_finding());
}

#[test]
fn columns_count_as_agreed() {
    // é is two bytes and one unit, the other one four bytes and two units.
    let source = CAPTURE.replace("go func", "_ = \"\u{e9}\u{1f600}\"; go func");
    for (offered, agreed, column) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 20 + 6),
        (json!(["utf-32"]), "utf-32", 20 + 2),
        (Value::Null, "utf-16", 20 + 3),
    ] {
        let scratch = Scratch::new(&[("go.mod", OLD)]);
        let mut capabilities = able();
        capabilities["general"] = json!({"positionEncodings": offered});
        let (mut client, greeting) = Client::with(&scratch, &capabilities, &json!({}));
        assert_eq!(greeting["capabilities"]["positionEncoding"], agreed);
        client.open("a.go", &source);
        let found = client.pull("a.go");
        let start = &found["items"][0]["range"]["start"];
        let line = source.lines().nth(4).expect("a line");
        let expected = line.find("name").expect("there") as u64 - 6 + column - 20;
        assert_eq!(start["character"], expected, "{agreed}: {found}");
        // Behind the wide characters, in the same unit.
        client.change("a.go", 2, Some(&range((4, expected as u32), (4, expected as u32 + 4))), "x");
        assert_eq!(client.found("a.go"), [], "{agreed}");
    }
}

#[test]
fn what_other_documents_say_counts() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("b.go", "package m\n")]);
    let mut client = Client::new(&scratch, &able());
    let source = "package m\n\nimport \"unsafe\"\n\nfunc f(p *outer) unsafe.Pointer {\n\treturn unsafe.Add(unsafe.Pointer(p), unsafe.Offsetof(p.in.b))\n}\n";
    client.open("a.go", source);
    assert_eq!(client.found("a.go"), [], "nobody knows what `outer` is");
    client.open(
        "b.go",
        "package m\n\ntype inner struct{ a, b uint64 }\n\ntype outer struct {\n\tc  uint64\n\tin inner\n}\n",
    );
    assert_eq!(client.found("a.go"), [(5, "unsafe-offsetof".to_owned())]);
    client.close("b.go");
    assert_eq!(client.found("a.go"), [], "on disk it says nothing");
}

#[test]
fn settings_count_wherever_they_come_from() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let (mut client, _) = Client::with(&scratch, &able(), &json!({"ignore": ["loopvar-capture"]}));
    client.open("a.go", CAPTURE);
    assert_eq!(client.found("a.go"), []);
    client.configure(&json!({"go": "1.22"}));
    assert_eq!(client.found("a.go"), [], "of each turn its own");
    // What a client answers that has no settings for us: those that it began with hold.
    for nothing in [json!(null), json!({}), json!({"ignore": null})] {
        client.configure(&json!({"ignore": []}));
        assert_eq!(client.found("a.go"), one_finding());
        client.configure(&nothing);
        assert_eq!(client.found("a.go"), [], "{nothing}");
    }
    client.configure(&json!({"ignore": []}));
    assert_eq!(client.found("a.go"), one_finding());

    // Open and not saved.
    client.open_as(&client.uri("go.mod"), "go.mod", "module example.com/m\n\ngo 1.22\n");
    assert_eq!(client.found("a.go"), []);
    client.close("go.mod");
    assert_eq!(client.found("a.go"), one_finding());

    // On disk.
    scratch.write("golint.toml", b"ignore = [\"loopvar-capture\"]\n");
    let changed = json!({"changes": [{"uri": client.uri("golint.toml"), "type": 1}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
    assert_eq!(client.found("a.go"), []);
}

#[test]
fn faults_of_the_configuration_are_told_there_and_taken_back() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    client.open_as(&client.uri("golint.toml"), "toml", "ignore = [\"loopvar-captur\"]\n");
    assert_eq!(client.found("a.go"), [], "nobody knows what is wanted");
    let told = client.pull("golint.toml");
    assert!(told["items"][0]["message"].as_str().is_some_and(|m| m.contains("loopvar-captur")), "{told}");
    client.change("golint.toml", 2, None, "ignore = [\"unsafe-offsetof\"]\n");
    assert_eq!(client.found("golint.toml"), []);
    assert_eq!(client.found("a.go"), one_finding());
}

#[test]
fn documents_that_were_never_saved_are_looked_at_and_others_are_not() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    for (uri, language, count) in [
        ("untitled:Untitled-1", "go", 1),
        ("untitled:Untitled-2", "plaintext", 0),
        ("git:/x/a.go?ref", "plaintext", 0),
        ("file:///nowhere/at/all/a.go", "go", 0),
        ("file:///nowhere/at/all/b.txt", "plaintext", 0),
    ] {
        client.open_as(uri, language, CAPTURE);
        let answer = client.request("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
        assert_eq!(answer["result"]["items"].as_array().map(Vec::len), Some(count), "{uri}: {answer}");
    }
}

#[test]
fn suppressions_that_miss_their_rule_by_little_are_told() {
    let missing = CAPTURE.replace("(name) }()", "(name) }() //nolint:gosec,loopvar-captur // \u{e9}");
    let name = (4, missing.lines().nth(4).and_then(|line| line.find("loopvar-captur")).expect("there") as u32);
    let scratch = Scratch::new(&[("go.mod", OLD), ("other/b.go", &missing)]);
    for capabilities in [able(), simple()] {
        let mut client = Client::new(&scratch, &capabilities);
        client.open("a.go", &missing);
        let pulls = !capabilities["textDocument"]["diagnostic"].is_null();
        let all =
            if pulls { client.pull("a.go")["items"].take() } else { client.published("a.go")["diagnostics"].take() };
        assert_eq!(all.as_array().map(Vec::len), Some(2), "{all}");
        let remark = &all[1];
        assert_eq!((&remark["severity"], &remark["code"]), (&json!(3), &Value::Null), "{remark}");
        assert_eq!(remark["range"], range(name, (4, name.1 + 14)));
        assert!(remark["message"].as_str().is_some_and(|m| m.contains("did you mean `loopvar-capture`?")), "{remark}");
    }
    let mut client = Client::new(&scratch, &able());
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}));
    assert_eq!(report["result"]["items"][0]["items"].as_array().map(Vec::len), Some(2), "{report}");
}

#[test]
fn suppressions_that_suppress_nothing_are_faded() {
    let scratch = Scratch::new(&[("go.mod", OLD)]);
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", "package m //nolint:loopvar-capture\n");
    let found = client.pull("a.go")["items"][0].take();
    assert_eq!((&found["code"], &found["tags"]), (&json!("unused-suppression"), &json!([1])), "{found}");
}
