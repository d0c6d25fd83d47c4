//! What is read of configurations in the three languages, and that nothing breaks it.

use proptest::prelude::*;

use super::*;

/// The tree in one line.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Nothing => "-".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(|item| shown(item)).collect::<Vec<_>>().join(" ")),
        Value::Table(entries) => {
            let entry = |e: &Entry| format!("{}@{}:{} {}", e.key, e.place.line, e.place.column, shown(&e.node));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
        }
    }
}

#[track_caller]
fn reads(format: Format, text: &str, expected: &str) {
    assert_eq!(shown(&read(text, format).unwrap().root), expected);
}

#[track_caller]
fn fails(format: Format, text: &str, expected: &str) {
    let fault = read(text, format).unwrap_err();
    assert_eq!(fault.to_string(), expected);
}

#[test]
fn the_three_languages_say_the_same() {
    let expected = |a, b, c| format!("{{run@{a} {{go@{b} \"1.20\" tests@{c} \"false\"}}}}");
    reads(Format::Yaml, "Run:\n  go: 1.20\n  tests: false\n", &expected("1:1", "2:3", "3:3"));
    reads(Format::Toml, "[run]\ngo = 1.20\ntests = false\n", &expected("1:2", "2:1", "3:1"));
    reads(Format::Json, "{\"run\":\n\t{\"go\": 1.20, \"tests\": false}}", &expected("1:2", "2:3", "2:15"));
}

#[test]
fn yaml_has_anchors_aliases_and_merge_keys() {
    reads(
        Format::Yaml,
        "a: &x {p: 1, q: ~}\nb: *x\nc:\n  <<: [*x, {q: 3, r: 4}]\n  p: 5\n",
        "{a@1:1 {p@1:8 \"1\" q@1:14 -} b@2:1 {p@1:8 \"1\" q@1:14 -} c@3:1 {p@5:3 \"5\" q@1:14 - r@4:19 \"4\"}}",
    );
    reads(Format::Yaml, "\u{feff}---\na: [x, 'y']\n---\nb: 1\n", "{a@2:1 [\"x\" \"y\"]}");
    for empty in ["", "# nothing\n", "---\n", "~"] {
        reads(Format::Yaml, empty, "-");
    }
    reads(Format::Json, " ", "-");
}

#[test]
fn json_is_read_by_its_own_rules() {
    reads(Format::Json, r#"{"a": "\ud83d\ude00\u00e9", "b": "\ud83d!"}"#, "{a@1:2 \"😀é\" b@1:29 \"�!\"}");
    reads(Format::Json, r#"{"a": "\"\\\/\b\f\n\r\t\u0041\"" }"#, r#"{a@1:2 "\"\\/\u{8}\u{c}\n\r\tA\""}"#);
    reads(
        Format::Json,
        "{\"<<\": {\"é\": []}, \"a\"\n:\t[{}, -1.50e+3 ,null,\"null\"\r\n]\n}",
        "{<<@1:2 {é@1:9 []} a@1:19 [{} \"-1.50e+3\" - \"null\"]}",
    );
    reads(Format::Json, "{\"a\": \"\u{7f}\u{85}\u{fffe}é#: \"}", "{a@1:2 \"\\u{7f}\\u{85}\\u{fffe}é#: \"}");
    let key = "k".repeat(5000);
    reads(Format::Json, &format!("{{\"{key}\":1}}"), &format!("{{{key}@1:2 \"1\"}}"));
    fails(Format::Json, "{\"é\": 日}", "1:7: not a JSON document: expected value");
    fails(Format::Json, "{\"a\": 1, \"A\": 2}", "1:10: the key `a` is there already, on line 1");
    for depth in [49, 1000] {
        let deep = format!("{{\"a\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
        let fault = read(&deep, Format::Json).unwrap_err();
        assert_eq!(fault.message, "more than 48 lists and tables within each other");
    }
    let many = format!("{{\"a\": [{}0]}}", "0,".repeat(50_000));
    assert_eq!(read(&many, Format::Json).unwrap_err().message, too_many(Place { line: 1, column: 1 }).message);
}

#[test]
fn what_can_not_be_read_is_told_with_its_place() {
    fails(Format::Yaml, "- a\n", "1:1: it is no table of keys and values");
    fails(Format::Yaml, "a: 1\nb: 2\nA: 3\n", "3:1: the key `a` is there already, on line 1");
    fails(Format::Yaml, "? [a]\n: b\n", "1:3: a key that is no text");
    fails(Format::Yaml, "a: &x [*x]\n", "1:8: an alias for what is not there, or not finished");
    fails(Format::Toml, "a = 1\na = 2\n", "2:1: not a TOML document: duplicate key");
    fails(Format::Toml, "a = \n", "1:5: not a TOML document: string values must be quoted, expected literal string");
    fails(Format::Json, "{\"a\": 1,}", "1:9: not a JSON document: key must be a string");
    fails(Format::Json, "{", "1:1: not a JSON document: EOF while parsing an object");
    fails(Format::Json, "[]", "1:1: it is no table of keys and values");
    let deep = "a: ".to_owned() + &"[".repeat(100);
    fails(Format::Yaml, &deep, "1:51: more than 48 lists and tables within each other");
}

#[test]
fn what_is_meant_to_exhaust_is_refused_or_read() {
    let mut bomb = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let before = level - 1;
        bomb += &format!("b{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 10].join(", "));
    }
    fails(Format::Yaml, &bomb, "5:25: more than 50000 values, all that aliases stand for included");
    let merging = "a: &a {x: 1}\nb:\n".to_owned() + &"  - <<: *a\n".repeat(60_000);
    assert!(read(&merging, Format::Yaml).is_err());
    for format in [Format::Yaml, Format::Toml, Format::Json] {
        for unit in [
            "[", "{", "a: ", "- ", "a.", "[a.", "? ", "&a ", "\"", "[a,", "{a: ", "- - ", "\n", "a:\n ", "#", "!!",
            "%", "*a",
        ] {
            let _ = read(&unit.repeat(LARGEST / unit.len()), format);
        }
    }
    assert!(read(&" ".repeat(LARGEST + 1), Format::Yaml).is_err());
}

#[test]
fn golangci_lint_is_generous_and_so_is_this() {
    let node = read("a: govet\nb: x,y\nc: [1, true, ~]\nd: {}\ne: yes\nf: '1'\ng: 12\n", Format::Yaml).unwrap().root;
    let texts = |key: &str| {
        let texts = node.get(key).unwrap().texts(key).map_err(|fault| fault.to_string());
        texts.map(|texts| texts.into_iter().map(|(text, _)| text).collect::<Vec<_>>())
    };
    assert_eq!(texts("a").unwrap(), ["govet"]);
    assert_eq!(texts("b").unwrap(), ["x", "y"]);
    assert_eq!(texts("c").unwrap(), ["1", "true", ""]);
    assert_eq!(texts("d").unwrap(), [""; 0]);
    let flag = |key: &str| node.get(key).unwrap().flag(key).map_err(|fault| fault.to_string());
    assert_eq!(flag("e").unwrap_err(), "5:4: `e` must be true or false, and is `yes`");
    assert_eq!(flag("f"), Ok(true));
    assert_eq!(node.get("g").unwrap().number("g").unwrap(), 12);
    assert!(node.get("a").unwrap().entries("a").is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "([a-z]|[-:\\[\\]{}&*!|>'\"#%@`,.?~=<\n\t ]){0,80}") {
        for format in [Format::Yaml, Format::Toml, Format::Json] {
            let _ = read(&text, format);
        }
    }

    #[test]
    fn any_json_is_read(value in json()) {
        for text in [value.to_string(), format!("{value:#}")] {
            prop_assert_eq!(shown_json(&value), shown_node(&read(&text, Format::Json).unwrap().root));
        }
    }
}

/// Documents that JSON has.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let inner = leaf.prop_recursive(4, 32, 5, |inner| {
        let entries = prop::collection::btree_map("\\PC{0,5}|[a-z<\"\\\\]{0,3}", inner.clone(), 0..5);
        prop_oneof![prop::collection::vec(inner, 0..5).prop_map(Value::from), entries.prop_map(of_entries)]
    });
    prop::collection::btree_map("[a-z<\"]{0,5}", inner, 0..5).prop_map(of_entries)
}

/// Keys are told apart by what they are in lower case.
fn of_entries(entries: std::collections::BTreeMap<String, serde_json::Value>) -> serde_json::Value {
    entries.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect::<serde_json::Map<_, _>>().into()
}

fn shown_json(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("{:?}", items.iter().map(shown_json).collect::<Vec<_>>()),
        Value::Object(entries) => {
            format!("{:?}", entries.iter().map(|(key, value)| (key, shown_json(value))).collect::<Vec<_>>())
        }
        other => format!("{:?}", other.to_string()),
    }
}

fn shown_node(node: &Node) -> String {
    match &node.value {
        Value::Nothing => "-".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("{:?}", items.iter().map(|item| shown_node(item)).collect::<Vec<_>>()),
        Value::Table(entries) => {
            format!("{:?}", entries.iter().map(|e| (&e.key, shown_node(&e.node))).collect::<Vec<_>>())
        }
    }
}
