//! Packs that the workspace's golint.toml names: loaded if the user trusts it, reloaded when they change, and no burden to
//! others when they fail.

use serde_json::json;

use super::client::{Client, able};
use super::{CAPTURE, OLD};
use crate::guest::{Finding, Guest, Rule};
use crate::pages::linked;
use crate::scratch::Scratch;

const CONFIGURATION: &str = "[plugins.house]\npath = \"house.wasm\"\n";

fn good() -> Vec<u8> {
    Guest::new().reports(&Finding::at(0, 7)).build()
}

fn workspace() -> Scratch {
    Scratch::new(&[("go.mod", OLD), ("golint.toml", CONFIGURATION)])
}

/// Another component in the place of the pack's, and the client says so.
fn rebuild(scratch: &Scratch, client: &mut Client, pack: &[u8]) {
    scratch.write("house.wasm", pack);
    let changed = json!({"changes": [{"uri": client.uri("house.wasm"), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", &changed);
}

fn rules(client: &mut Client) -> Vec<String> {
    client.found("a.go").into_iter().map(|(_, rule)| rule).collect()
}

#[test]
fn a_pack_that_was_built_anew_is_loaded_anew() {
    let scratch = workspace();
    scratch.write("house.wasm", &good());
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    assert_eq!(rules(&mut client), ["house/a-rule", "loopvar-capture"]);

    rebuild(&scratch, &mut client, b"broken");
    assert_eq!(rules(&mut client), ["loopvar-capture"], "the others stay");
    let told = client.published("golint.toml");
    assert!(told["diagnostics"][0]["message"].as_str().is_some_and(|m| m.contains("house.wasm")), "{told}");

    rebuild(&scratch, &mut client, &Guest::new().build());
    assert_eq!(rules(&mut client), ["loopvar-capture"], "it finds nothing now");
    assert_eq!(client.published("golint.toml")["diagnostics"], json!([]));
}

#[test]
fn packs_of_a_workspace_that_is_not_trusted_stay_out() {
    let scratch = workspace();
    scratch.write("house.wasm", &good());
    let (mut client, _) = Client::with(&scratch, &able(), &json!({"trustWorkspacePlugins": false}));
    client.open("a.go", CAPTURE);
    assert_eq!(rules(&mut client), ["loopvar-capture"]);
    let told = client.published("golint.toml");
    assert!(told["diagnostics"][0]["message"].as_str().is_some_and(|m| m.contains("not trusted")), "{told}");
    assert_eq!(told["diagnostics"][0]["severity"], 3);

    // A client that has no settings for us has not changed its mind.
    client.configure(&json!(null));
    assert_eq!(rules(&mut client), ["loopvar-capture"]);

    client.configure(&json!({"trustWorkspacePlugins": true}));
    assert_eq!(rules(&mut client), ["house/a-rule", "loopvar-capture"]);
}

#[test]
fn a_pack_that_fails_costs_its_own_findings() {
    let scratch = workspace();
    scratch.write("house.wasm", &Guest::new().checks("unreachable").build());
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    assert_eq!(rules(&mut client), ["plugin-failure", "loopvar-capture"]);
    client.change("a.go", 2, None, "package m\n");
    assert_eq!(rules(&mut client), ["plugin-failure"]);
}

#[test]
fn a_pack_that_hangs_is_waited_for_once() {
    let scratch = workspace();
    scratch.write("house.wasm", &Guest::new().checks("(loop $for_ever (br $for_ever))").build());
    let mut client = Client::new(&scratch, &able());
    client.open("a.go", CAPTURE);
    assert_eq!(rules(&mut client), ["plugin-failure", "loopvar-capture"]);
    let told = client.wait("a message", |message| message["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().is_some_and(|m| m.contains("`house`") && m.contains("off")), "{told}");
    client.change("a.go", 2, None, &format!("{CAPTURE}\n"));
    assert_eq!(rules(&mut client), ["loopvar-capture"], "it is off");

    // Until it is another one.
    rebuild(&scratch, &mut client, &good());
    assert_eq!(rules(&mut client), ["house/a-rule", "loopvar-capture"]);
}

#[test]
fn a_finding_leads_to_the_page_of_its_rule() {
    let scratch = Scratch::new(&[("go.mod", OLD), ("golint.toml", "selct = []\n")]);
    let mut client = Client::new(&scratch, &able());
    client.open_as(&client.uri("golint.toml"), "toml", "selct = []\n");
    let told = client.pull("golint.toml")["items"][0].take();
    client.change("golint.toml", 2, None, "");
    client.open("a.go", CAPTURE);
    for (found, rule) in [(told, "configuration"), (client.pull("a.go")["items"][0].take(), "loopvar-capture")] {
        assert_eq!(found["code"], rule);
        let url = found["codeDescription"]["href"].as_str().unwrap_or_else(|| panic!("no link: {found}"));
        let page = std::fs::read_to_string(linked(url)).expect("a page");
        assert!(page.contains(&format!("\n# {rule}\n")), "{page}");
    }
}

#[test]
fn what_a_pack_says_about_its_rules_shows() {
    let page = "https://example.org/a-rule";
    for (attributes, tags, href) in [
        (vec![("tags", "deprecated, other,unnecessary"), ("url", page)], json!([2, 1]), json!(page)),
        (vec![("tags", "other"), ("url", "command:do.something")], json!(null), json!(null)),
        (vec![], json!(null), json!(null)),
    ] {
        let scratch = workspace();
        let mut guest = Guest::new();
        guest.rules = vec![Rule { attributes, ..Rule::named("a-rule") }];
        scratch.write("house.wasm", &guest.reports(&Finding::at(0, 7)).build());
        let mut client = Client::new(&scratch, &able());
        client.open("a.go", "package m\n");
        let found = client.pull("a.go")["items"][0].take();
        assert_eq!((&found["tags"], &found["codeDescription"]["href"]), (&tags, &href), "{found}");
    }
}
