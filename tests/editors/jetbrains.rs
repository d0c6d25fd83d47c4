//! The template for LSP4IJ: what its importer reads of each file.

use serde_json::Value;

use super::text;

fn read(file: &str) -> Value {
    serde_json::from_str(&text(&format!("editors/jetbrains/{file}"))).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_template_is_one_that_lsp4ij_reads() {
    let template = read("template.json");
    assert!(template["id"].is_string() && template["name"].is_string());
    let commands = template["programArgs"].as_object().expect("a command for each system");
    assert!(commands["default"].as_str().is_some_and(|command| command.starts_with("golint-rs lsp")));
    assert!(commands.values().all(Value::is_string), "{commands:?}");
    let mut patterns = Vec::new();
    for mapping in template["fileTypeMappings"].as_array().expect("a list") {
        assert!(mapping["languageId"].is_string() && mapping["fileType"]["name"].is_string(), "{mapping}");
        patterns.extend(mapping["fileType"]["patterns"].as_array().expect("a list").clone());
    }
    assert_eq!(patterns, ["*.go", "golint.toml"]);
    assert!(read("initializationOptions.json").is_object());
    assert_eq!(read("clientSettings.json")["lineCommentPrefix"], "//");
}

#[test]
fn the_settings_are_such_as_their_schema_has() {
    let (schema, settings) = (read("settings.schema.json"), read("settings.json"));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> = validator.iter_errors(&settings).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, [""; 0]);
    assert!(settings["golint-rs"].is_object(), "the server asks for this section");
}
