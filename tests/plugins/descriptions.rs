//! Packs that say impossible things of themselves, or none at all, when they are loaded or configured.

use super::{Checked, Demo, Told, hostile, in_all_files, unloadable};
use crate::guest::{Finding, Guest, Rule};
use crate::scratch::Scratch;

/// The help of all that only the pack's authors can mend.
const AUTHORS: &str = "report it to the authors of the pack";

fn changed(change: impl FnOnce(&mut Guest)) -> Vec<u8> {
    let mut guest = Guest::new().reports(&Finding::at(0, 1));
    change(&mut guest);
    guest.build()
}

fn with_schema(schema: &str) -> Vec<u8> {
    changed(|guest| guest.rules[0].schema = schema.to_owned())
}

#[test]
fn a_description_that_fails() {
    let words = ["asked to describe itself, it panicked or aborted", AUTHORS, "leave it out of [plugins]"];
    unloadable(&changed(|guest| guest.before_describe = "unreachable".into()), &words);
    // Before it is asked anything.
    unloadable(&changed(|guest| guest.more = "(func $start unreachable) (start $start)".into()), &words);
    let asks = "(call $name_of (i32.const 0) (i32.const 64))";
    unloadable(
        &changed(|guest| guest.before_describe = asks.into()),
        &["asked to describe itself, it asked about a file outside of a check", AUTHORS],
    );
    unloadable(&changed(|guest| guest.more = "(table 1000000 funcref)".into()), &["memory that it may have", AUTHORS]);
}

#[test]
fn a_description_that_is_no_text() {
    let mut guest = Guest::new();
    // Texts stand at multiples of 8, one after the other: the next one is the rule's id.
    let (at, _) = guest.text("x");
    guest.before_describe = format!("(i32.store8 (i32.const {}) (i32.const 255))", at + 8);
    unloadable(&guest.build(), &["asked to describe itself, it broke the rules of the interface", "utf-8", AUTHORS]);
}

#[test]
fn one_rule_twice() {
    let pack = changed(|guest| guest.rules.extend([Rule::named("b-rule"), Rule::named("a-rule")]));
    unloadable(&pack, &["it has two rules \"a-rule\"", AUTHORS]);
}

#[test]
fn a_schema_that_refers_to_somewhere_else() {
    let words = ["rule \"a-rule\": the options schema refers to \"https://example.com/a.json\"", "within it", AUTHORS];
    let reference = r#"{"type": "object", "properties": {"a": {"$ref": "https://example.com/a.json"}}}"#;
    unloadable(&with_schema(reference), &words);
    let dynamic = r#"{"type": "object", "$defs": {"b": [{"$dynamicRef": "https://example.com/a.json"}]}}"#;
    unloadable(&with_schema(dynamic), &words);
    let based = r#"{"$id": "https://example.com/s.json", "type": "object", "properties": {"a": {"$ref": "a.json"}}}"#;
    unloadable(&with_schema(based), &["refers to \"a.json\"", AUTHORS]);
    // The names of a dialect and of the schema itself are not looked up anywhere.
    let named = r#"{"$schema": "https://example.com/dialect", "$id": "https://example.com/s.json", "type": "object"}"#;
    let Checked { told, found } = Demo::new().with("good", &with_schema(named)).check(&[]);
    assert_eq!((told.len(), found), (0, in_all_files("good/a-rule")));
}

#[test]
fn a_configuration_that_fails() {
    let told = hostile(
        &changed(|guest| guest.before_configure = "unreachable".into()),
        &["\"bad\" failed: it panicked or aborted", AUTHORS],
    );
    assert_eq!((told.len(), told[0].path.as_str(), told[0].line), (1, "golint.toml", 2));
    let told = hostile(
        &changed(|guest| guest.kinds = vec!["call_expresion"]),
        &["an interest that can't be", "a-rule", "did you mean \"call_expression\"?", AUTHORS],
    );
    assert_eq!((told.len(), told[0].path.as_str()), (1, "golint.toml"));
}

/// The table of one of them would have to be passed over, and nobody knows of which.
#[test]
fn two_plugins_of_one_name_in_one_file() {
    let good = changed(|_| {});
    let module = Demo::new().with("bad", &good).configured("[plugins.bad]\npath = \"lint/other.wasm\"\n");
    module.scratch.write("lint/other.wasm", &good);
    let run = module.scratch.run(&["check", "--format", "json"]).expect(2);
    let (built_in, Checked { told, found }) = Checked::read(&run);
    let [Told { path, line, text }] = &told[..] else { panic!("{}", run.stdout) };
    assert_eq!((path.as_str(), *line), ("golint.toml", 3));
    assert!(text.contains("duplicate key `bad`") && text.contains("give this one another name"), "{text}");
    // A configuration that can't be understood may say anything of the files below it: none is checked.
    assert_eq!((built_in.len(), found.len()), (0, 0));

    // Files of other configurations are.
    let other = module.file("other/go.mod", "module example.com/other\n\ngo 1.21\n");
    let source = "package other\n\nfunc f(items []int, use func(int)) {\n\tfor _, v := range items {\n\t\tgo func() { use(v) }()\n\t}\n}\n";
    let other = other.file("other/other.go", source);
    let run = other.scratch.run(&["check", "--format", "json", "--all-modules"]).expect(2);
    let (built_in, Checked { told, .. }) = Checked::read(&run);
    assert_eq!((built_in.len(), told.len()), (1, 1), "{}", run.stdout);
    assert_eq!(built_in[0]["path"], "other/other.go");
}

/// Two modules have a plugin `house` each, and each has its own.
#[test]
fn two_plugins_of_one_name_in_two_roots() {
    let scratch = Scratch::new(&[]);
    let bad = Guest::new().checks("unreachable").build();
    for (module, pack) in [("a", changed(|_| {})), ("b", bad), ("c", changed(|guest| guest.rules[0].id = "c-rule"))] {
        scratch.write(&format!("{module}/go.mod"), format!("module example.com/{module}\n\ngo 1.21\n").as_bytes());
        scratch.write(&format!("{module}/m.go"), b"package m\n");
        scratch.write(&format!("{module}/lint/house.wasm"), &pack);
        scratch.write(&format!("{module}/golint.toml"), b"[plugins.house]\npath = \"lint/house.wasm\"\n");
    }
    let run = scratch.run(&["check", "--format", "json", "./a", "./b", "./c"]).expect(2);
    let Checked { told, found } = Checked::read(&run).1;
    assert_eq!(found, ["a/m.go: house/a-rule", "c/m.go: house/c-rule"]);
    let [Told { path, text, .. }] = &told[..] else { panic!("{}", run.stdout) };
    assert!(path == "b/m.go" && text.contains("\"house\" failed on b/m.go: it panicked"), "{text}");
}

/// A name of its own is all that a plugin has.
#[test]
fn a_plugin_with_the_name_of_a_built_in_pack() {
    let demo = Demo::new().with("linux", &changed(|_| {}));
    let Checked { told, found } = demo.check(&[]);
    assert_eq!((told.len(), found), (0, in_all_files("linux/a-rule")));
}
