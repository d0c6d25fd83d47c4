//! Tests of the module above.

use super::*;

fn read(text: &str) -> (Layer, Vec<Diagnostic>) {
    Layer::read(Utf8Path::new("/m/golint.toml"), &"golint.toml".into(), text.as_bytes())
}

/// Each fault as "marked text: message; help".
#[track_caller]
fn faults(text: &str, expected: &[&str]) {
    let (_, faults) = read(text);
    let shown: Vec<String> = faults
        .iter()
        .map(|f| {
            let marked = text.get(f.span().start as usize..f.span().end as usize).unwrap_or("?");
            let help = f.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("{marked}: {}{help}", f.message)
        })
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn every_key_is_read() {
    let (layer, faults) = read(
        r#"
extend = "base.toml"
select = ["default", "house/*"]
ignore = ["rare"]
exclude = ["third_party", "*.pb.go"]
include-generated = true
go = "1.21"
platforms = ["linux", "windows/amd64"]
max-file-size = 1024
per-file-ignores = { "*_test.go" = ["all"] }

[rules.unaligned-offset]
severity = "error"
options.page-size = 65536

[rules."house/no-goto"]
severity = "hint"

[plugins.house]
path = "lint/house.wasm"
sha256 = "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff"
"#,
    );
    assert_eq!(faults, []);
    let strings =
        |list: &Option<Vec<Placed<String>>>| list.as_ref().map(|l| l.iter().map(|s| s.value.clone()).collect());
    assert_eq!(strings(&layer.select), Some(vec!["default".to_owned(), "house/*".to_owned()]));
    assert_eq!(strings(&layer.ignore), Some(vec!["rare".to_owned()]));
    assert_eq!(layer.extend.unwrap().value, "base.toml");
    assert_eq!(layer.exclude.unwrap().len(), 2);
    assert_eq!(layer.per_file_ignores[0].glob.text, "*_test.go");
    assert_eq!(layer.include_generated, Some(true));
    assert_eq!(layer.go, Some(GoVersion::new(1, 21)));
    assert!(layer.platforms.unwrap().1.contains(17), "linux/amd64");
    assert_eq!(layer.max_file_size, Some(1024));
    assert_eq!(layer.rules[0].severity, Some(Severity::Error));
    assert_eq!(layer.rules[0].options.values["page-size"], 65536);
    assert_eq!(layer.rules[1].id.value, "house/no-goto");
    assert_eq!(layer.plugins[0].path.value, "lint/house.wasm");
    assert!(layer.plugins[0].sha256.as_ref().unwrap().value.starts_with("00112233445566778899aabb"));
}

#[test]
fn all_faults_are_told_at_once_with_their_places() {
    faults(
        "selct = [\"all\"]\nignore = \"rare\"\ngo = 1.20\ninclude-generated = \"yes\"\nmax-file-size = -1\n",
        &[
            "selct: unknown key `selct`; did you mean `select`?",
            "\"rare\": `ignore` must be an array of strings, and this is a string; write `ignore = [\"rare\"]`",
            "1.20: `go` must be a string; write `go = \"1.20\"`",
            "\"yes\": `include-generated` must be true or false, and this is a string",
            "-1: `max-file-size` must be above 0",
        ],
    );
    faults(
        "exclude = [\"!x\", 3]\nplatforms = [\"linux/arm46\"]\nper-file-ignores = [1]\n",
        &[
            "3: `exclude` must hold strings, and this is an integer",
            "\"!x\": `!x` is no pattern: patterns can't be negated",
            "\"linux/arm46\": unknown platform `linux/arm46`; did you mean `linux/arm64`?",
            "[1]: `per-file-ignores` must be a table, and this is an array",
        ],
    );
    faults(
        "[per-file-ignores]\n\"a/**\" = \"rare\"\n",
        &["\"rare\": `a/**` must be an array of strings, and this is a string; write `\"a/**\" = [\"rare\"]`"],
    );
}

#[test]
fn rule_tables() {
    faults(
        "[rules.a]\nseverity = \"off\"\n[rules.b]\nseverity = \"fatal\"\nsevrity = \"hint\"\npage-size = 1\n[rules]\nc = 1\n",
        &[
            "\"off\": unknown severity `off`; to turn the rule off, name it in `ignore`",
            "\"fatal\": unknown severity `fatal`; it is one of error, warning, info, hint",
            "sevrity: unknown key `sevrity` in [rules.b]; did you mean `severity`?",
            "page-size: unknown key `page-size` in [rules.b]; options of the rule stand under [rules.b.options]",
            "1: `rules.c` must be a table, and this is an integer",
        ],
    );
}

#[test]
fn plugin_tables() {
    faults(
        "[plugins.House]\npath = \"a.wasm\"\n[plugins.b]\n[plugins.c]\npath = 1\n[plugins.d]\npath = \"d\"\nsha256 = \"12\"\nurl = \"\"\n",
        &[
            "House: `House` can't be the name of a plugin; plugins are named with lower-case letters, digits and hyphens",
            "b: plugin `b` has no `path`; write `path = \"lint/b.wasm\"`, relative to this file",
            "1: `path` must be a string, and this is an integer",
            "\"12\": `sha256` must be 64 hexadecimal digits; `sha256sum FILE` prints it",
            "url: unknown key `url` in [plugins.d]",
        ],
    );
    faults(
        "[plugins]\na = \"lint/a.wasm\"\n",
        &["\"lint/a.wasm\": `plugins.a` must be a table, and this is a string; write `a = { path = \"lint/a.wasm\" }`"],
    );
}

#[test]
fn a_plugin_whose_table_has_a_fault_is_none() {
    for table in [
        "path = \"a.wasm\"\nsha256 = \"zz\"",
        "path = \"a.wasm\"\nsha256 = 1",
        "path = \"a.wasm\"\nsha265 = \"\"",
        "",
        "path = 1",
    ] {
        let (layer, faults) = read(&format!("[plugins.good]\npath = \"b.wasm\"\n[plugins.a]\n{table}\n"));
        assert_eq!(faults.len(), 1, "{table}: {faults:?}");
        assert_eq!(layer.plugins.iter().map(|p| p.name.value.as_str()).collect::<Vec<_>>(), ["good"], "{table}");
        assert_eq!(layer.broken_plugins, ["a"], "{table}");
    }
}

#[test]
fn what_is_no_toml_is_told() {
    let (_, list) = read("select = [\n\"a\"\nignore = 3\n");
    assert!(!list.is_empty() && list[0].message.starts_with("not a TOML document: "), "{list:?}");
    let (_, list) = read("a = 1\na = 2\n");
    assert!(list[0].message.contains("duplicate"), "{}", list[0].message);
    let (_, list) = Layer::read(Utf8Path::new("/g.toml"), &"g.toml".into(), b"go = \"\xff\"\n");
    assert_eq!((list[0].message.as_str(), list[0].span()), ("not UTF-8", Span::new(6, 7)));
    let (_, list) = Layer::read(Utf8Path::new("/g.toml"), &"g.toml".into(), &vec![b'#'; LARGEST + 1]);
    assert!(list[0].message.contains("1 MiB"));
    let deep = format!("x = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert!(!read(&deep).1.is_empty());
}

#[test]
fn a_name_without_its_quotes_is_told_with_them() {
    for (text, name, written) in [
        ("[rules.house/x]\nseverity = \"error\"\n", "house/x", r#"[rules."house/x"]"#),
        ("select = []\n[ rules.house/x.options ] # x\n", "house/x", r#"[ rules."house/x".options]"#),
        ("[rules]\nhouse/x.severity = \"error\"\n", "house/x", r#""house/x".severity = …"#),
        ("[per-file-ignores]\n*.go = [\"all\"]\n", "*.go", r#""*.go" = …"#),
        ("[per-file-ignores]\r\n  a/ö.go = [\"all\"]\r\n", "a/ö.go", r#""a/ö.go" = …"#),
    ] {
        faults(
            text,
            &[&format!("{name}: not a TOML document: the name `{name}` must be in quotes; write `{written}`")],
        );
    }
    let (_, list) = read("\u{feff}[rules.house/x]\n");
    assert_eq!(list[0].span(), Span::new(10, 17));
    for text in ["\"a\"/b = 1\n", "[a/b]\n", "/", "= 1", "[", "[.", "[[a.b/c]]\n"] {
        assert!(!read(text).1.is_empty(), "{text}");
    }
}

#[test]
fn a_byte_order_mark_is_no_fault_and_moves_places() {
    let (layer, faults) = read("\u{feff}select = []\nx = 1\n");
    assert_eq!(layer.select, Some(Vec::new()));
    assert_eq!(faults[0].span(), Span::new(15, 16));
}
