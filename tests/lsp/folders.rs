//! Several workspace folders: each is looked at as if it were alone.

use serde_json::{Value, json};

use super::client::{Client, able};
use super::{CAPTURE, OLD};
use crate::scratch::Scratch;

/// A suppression that suppresses nothing.
const SUPERFLUOUS: &str = "package m //nolint:loopvar-capture\n";

/// A server with these folders, told in place of the one that it was started in.
fn client(scratch: &Scratch, folders: &[&str]) -> Client {
    let mut client = Client::new(scratch, &able());
    let folder = |path: &&str| json!({"uri": client.uri(path), "name": path});
    let added: Vec<Value> = folders.iter().map(folder).collect();
    let removed = json!([{"uri": client.root, "name": "test"}]);
    client.notify("workspace/didChangeWorkspaceFolders", &json!({"event": {"added": added, "removed": removed}}));
    client
}

/// What is found in the workspace: the file, and how much.
fn swept(client: &mut Client) -> Vec<(String, usize)> {
    let report = client.request("workspace/diagnostic", &json!({"previousResultIds": []}))["result"].take();
    let one = |item: &Value| {
        let uri = item["uri"].as_str().expect("a URI");
        let path = uri.strip_prefix(&client.root).expect("below the root").to_owned();
        (path, item["items"].as_array().map_or(0, Vec::len))
    };
    let mut found: Vec<_> = report["items"].as_array().expect("items").iter().map(one).collect();
    found.sort();
    found
}

#[test]
fn paths_in_messages_are_relative_to_the_folder_that_they_are_in() {
    let scratch = Scratch::new(&[
        ("one/go.mod", OLD),
        ("two/go.mod", OLD),
        ("two/golint.toml", "extend = \"lint/none.toml\"\n"),
        ("two/a.go", CAPTURE),
    ]);
    let mut client = client(&scratch, &["one", "two"]);
    client.open("two/a.go", CAPTURE);
    client.found("two/a.go");
    let told = client.published("two/golint.toml")["diagnostics"][0]["message"].take();
    assert!(told.as_str().is_some_and(|message| message.starts_with("lint/none.toml can't be read")), "{told}");
    client.open_as(&client.uri("two/golint.toml"), "toml", "extend = \"lint/none.toml\"\n");
    assert_eq!(client.pull("two/golint.toml")["items"][0]["message"], told);
}

/// Without a module or repository, the folder is what ends the search for golint.toml.
#[test]
fn the_configuration_of_a_folder_holds_below_it() {
    let quiet = "ignore = [\"unused-suppression\"]\n";
    let scratch = Scratch::new(&[
        ("one/a/a.go", SUPERFLUOUS),
        ("two/golint.toml", quiet),
        ("two/a/a.go", SUPERFLUOUS),
        ("golint.toml", "nobody looks here"),
    ]);
    let mut client = client(&scratch, &["one", "two"]);
    for (path, count) in [("one/a/a.go", 1), ("two/a/a.go", 0)] {
        client.open(path, SUPERFLUOUS);
        assert_eq!(client.found(path).len(), count, "{path}");
        client.close(path);
    }
    assert_eq!(swept(&mut client), [("/one/a/a.go".to_owned(), 1)]);
}

#[test]
fn folders_in_folders_are_swept_once() {
    let scratch = Scratch::new(&[
        ("one/go.mod", OLD),
        ("one/a.go", CAPTURE),
        ("one/sub/b.go", CAPTURE),
        ("two/go.mod", OLD),
        ("two/c.go", CAPTURE),
    ]);
    let mut client = client(&scratch, &["one", "one/sub", "two"]);
    let expected = ["/one/a.go", "/one/sub/b.go", "/two/c.go"].map(|path| (path.to_owned(), 1));
    assert_eq!(swept(&mut client), expected);
}

/// The folder that a server is started in may be anybody's home.
#[test]
fn without_folders_there_are_only_open_documents() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("a.go", CAPTURE), ("b.go", CAPTURE)]);
    let mut client = client(&scratch, &[]);
    client.open("a.go", CAPTURE);
    assert_eq!(client.found("a.go").len(), 1);
    assert_eq!(swept(&mut client), []);
}
