//! The options that files and pages here name, against those that the server has. And the file for Helix, which names some.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;

use serde_json::{Map, Value, json};

use super::scratch::Scratch;
use super::text;

/// Which of these options the server knows: those of which it says that a value is wrong which is wrong for any.
fn known(names: &BTreeSet<String>) -> BTreeSet<String> {
    let wrong: Map<String, Value> = names.iter().map(|name| (name.clone(), json!({}))).collect();
    let initialize = json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"processId": null, "rootUri": null, "capabilities": {}, "initializationOptions": wrong},
    });
    let scratch = Scratch::new(&[]);
    let mut command = scratch.command(&["lsp"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().expect("the server starts");
    let mut input = server.stdin.take().expect("a pipe");
    for message in [initialize, json!({"jsonrpc": "2.0", "method": "exit"})] {
        let message = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{message}", message.len()).expect("the server reads");
    }
    drop(input);
    let said = String::from_utf8(server.wait_with_output().expect("the server ends").stdout).expect("text");
    names.iter().filter(|name| said.contains(&format!("the setting `{name}` is not used"))).cloned().collect()
}

fn in_page() -> BTreeSet<String> {
    let page = text("editors/README.md");
    let (_, options) = page.split_once("## Options").expect("a section");
    let names = options.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    names.map(str::to_owned).collect()
}

#[test]
fn the_options_are_those_of_the_server() {
    let page = in_page();
    assert!(page.contains("trustWorkspacePlugins"), "{page:?}");
    assert_eq!(known(&page), page, "left: what the server knows of them");
    let schema: Value = serde_json::from_str(&text("editors/jetbrains/settings.schema.json")).expect("JSON");
    let schema = schema["properties"]["golint-rs"]["properties"].as_object().expect("the options");
    assert_eq!(schema.keys().cloned().collect::<BTreeSet<_>>(), page);
    assert_eq!(known(&BTreeSet::from(["selct".to_owned()])), BTreeSet::new());
}

/// With the lines that users may switch on, and without.
#[test]
fn the_lines_for_helix_start_the_server_beside_gopls() {
    let plain = text("editors/helix/languages.toml");
    let is_code = |line: &str| line.contains(" = ") || line.starts_with("[[");
    let all: Vec<&str> =
        plain.lines().map(|line| line.strip_prefix("# ").filter(|l| is_code(l)).unwrap_or(line)).collect();
    for (lines, languages) in [(plain.clone(), 1), (all.join("\n"), 2)] {
        let file: toml::Table = lines.parse().unwrap_or_else(|error| panic!("{error}\n{lines}"));
        let server = &file["language-server"]["golint-rs"];
        assert_eq!((server["command"].as_str(), server["args"][0].as_str()), (Some("golint-rs"), Some("lsp")));
        let all = file["language"].as_array().expect("a list");
        assert_eq!(all.len(), languages);
        for language in all {
            let servers = language["language-servers"].as_array().expect("a list");
            assert!(servers.contains(&"golint-rs".into()), "{language}");
        }
        if languages == 2 {
            let options: BTreeSet<String> = server["config"].as_table().expect("options").keys().cloned().collect();
            assert_eq!(known(&options), options);
            let actions = all[0]["code-actions-on-save"].as_array().expect("a list");
            assert!(actions.contains(&"source.fixAll.golint-rs".into()), "{actions:?}");
        }
    }
}
