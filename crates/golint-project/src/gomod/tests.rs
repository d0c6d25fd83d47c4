//! go.mod and go.work files, sound and unsound. What is expected was tried with `go mod edit -json` and `go work edit -json`
//! of Go 1.26.

use proptest::prelude::*;

use super::*;

/// The text that each fault is about, and what it says.
fn faults<'s>(source: &'s str, faults: &'s [Fault]) -> Vec<(&'s str, &'s str)> {
    faults.iter().map(|f| (&source[f.span.start as usize..f.span.end as usize], f.message.as_str())).collect()
}

#[test]
fn everything_at_once() {
    let source = "\
\u{feff}// Comments, and a BOM that the go command would not take.
module \"ex.com/\\x6d\" // the module

go 1.21.3
toolchain go1.22.1
godebug default=go1.21
godebug (
\tpanicnil=1 // why
)

ignore ./node_modules
ignore (
\tbuild
\t\"with space\"
)

require ex.com/a v1.2.3
require (
\tex.com/b v0.0.0-20200101000000-abcdefabcdef // indirect
\tex.com/c v2.0.0+incompatible // indirect; why
\tex.com/d v1.0.0 // not indirect
)
exclude ex.com/a v1.2.0
retract [v1.0.0, v1.1.0] // bad
tool ex.com/a/cmd
replace ex.com/a => ../a
replace (
\tex.com/b v1.0.0 => ex.com/bb v1.1.0
\tex.com/c => ex.com/cc v1.0.0
)
require ()
";
    let (file, found) = parse_mod(source.as_bytes());
    assert_eq!(faults(source, &found), []);
    assert_eq!(file.module.as_deref(), Some("ex.com/m"));
    assert_eq!(file.go, Some(GoVersion::new(1, 21)));
    assert_eq!(file.toolchain.as_deref(), Some("go1.22.1"));
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(file.godebug, [pair("default", "go1.21"), pair("panicnil", "1")]);
    assert_eq!(file.ignore, ["./node_modules", "build", "with space"]);
    let require: Vec<_> = file.require.iter().map(|r| (r.path.as_str(), r.version.as_str(), r.indirect)).collect();
    assert_eq!(
        require,
        [
            ("ex.com/a", "v1.2.3", false),
            ("ex.com/b", "v0.0.0-20200101000000-abcdefabcdef", true),
            ("ex.com/c", "v2.0.0+incompatible", true),
            ("ex.com/d", "v1.0.0", false),
        ]
    );
    let replace: Vec<_> = file
        .replace
        .iter()
        .map(|r| (r.path.as_str(), r.version.as_deref(), r.target.as_str(), r.target_version.as_deref()))
        .collect();
    assert_eq!(
        replace,
        [
            ("ex.com/a", None, "../a", None),
            ("ex.com/b", Some("v1.0.0"), "ex.com/bb", Some("v1.1.0")),
            ("ex.com/c", None, "ex.com/cc", Some("v1.0.0")),
        ]
    );
}

#[test]
fn workspaces() {
    let source = "go 1.23\r\ntoolchain default\r\nuse ./a\r\nuse (\r\n\t.\r\n\t\"../b c\" // why\r\n)\r\nreplace x.y/z => ./z\r\ngodebug a=b\r\n";
    let (file, found) = parse_work(source.as_bytes());
    assert_eq!(faults(source, &found), []);
    assert_eq!(file.go, Some(GoVersion::new(1, 23)));
    assert_eq!(file.toolchain.as_deref(), Some("default"));
    let uses: Vec<_> =
        file.uses.iter().map(|(u, at)| (u.as_str(), &source[at.start as usize..at.end as usize])).collect();
    assert_eq!(uses, [("./a", "use ./a"), (".", "."), ("../b c", "\"../b c\"")]);
    assert_eq!(file.replace.len(), 1);
    assert_eq!(file.godebug.len(), 1);
}

#[test]
fn go_lines() {
    // Line, version, whether it is sound.
    let table = [
        ("go 1.21", Some((1, 21)), true),
        ("go 1.21rc2", Some((1, 21)), true),
        ("go \t 1.9 // old", Some((1, 9)), true),
        ("", None, true),
        ("// go 1.21", None, true),
        ("go v1.9", Some((1, 9)), false),
        ("go 1.10-custom", Some((1, 10)), false),
        ("go go1.21", None, false),
        ("go latest", None, false),
        ("go", None, false),
        ("go 1.21 1.22", None, false),
        ("go \"1.21\"", None, false),
        ("go 1.20\ngo 1.21", Some((1, 20)), false),
        ("go (\n\t1.21\n)", None, false),
        ("golang 1.21", None, true),
    ];
    for (line, expected, sound) in table {
        let source = format!("module m\n{line}\n");
        let (file, found) = parse_mod(source.as_bytes());
        assert_eq!(file.go, expected.map(|(a, b)| GoVersion::new(a, b)), "{line:?}");
        assert_eq!(!found.iter().any(|f| f.matters), sound, "{line:?}: {found:?}");
    }
}

#[test]
fn faults_say_where() {
    let table: &[(&str, &[(&str, &str)])] = &[
        ("", &[("", "there is no module line, such as `module example.com/path`")]),
        ("module", &[("module", "expected `module example.com/path`")]),
        ("module a b", &[("module a b", "expected `module example.com/path`")]),
        ("module a\nmodule b", &[("module b", "a second `module` line")]),
        ("module 'a'", &[("'a'", "quotes that do not match or cannot be read")]),
        ("module \"a\\q\"", &[("\"a\\q\"", "quotes that do not match or cannot be read")]),
        ("module \"a", &[("\"", "a quoted string that does not end on its line")]),
        ("module a\nwhat is this", &[("what", "`what` is no directive that this version knows")]),
        ("module a\nwhat (\n\tis this\n\tand that\n)", &[("what", "`what` is no block that this version knows")]),
        ("module a\nrequire (\n\tx v1.0.0\n", &[("require", "the parenthesis of this block is not closed")]),
        ("module a\nrequire (\n\tx v1.0.0\n) x", &[("x", "text after the parenthesis that ends a block")]),
        ("module a\n/* no */", &[("/*", "only // starts a comment here")]),
        ("module a\nx\u{9a}y", &[("\u{9a}", "a character that cannot stand here")]),
        ("module a\nrequire x", &[("require x", "expected `require example.com/path v1.2.3`")]),
        ("module a\nreplace x y", &[("replace x y", "expected `replace example.com/path => ./folder`")]),
        ("module a\nreplace => y", &[("replace => y", "expected `replace example.com/path => ./folder`")]),
        ("module a\ngodebug x", &[("x", "expected `godebug key=value`")]),
        ("module a\ntoolchain 1.21", &[("1.21", "\"1.21\" is no toolchain; it must look like go1.23.0")]),
        ("module a\ngo 1.x", &[("1.x", "\"1.x\" is no Go version; it must look like 1.23 or 1.23.0")]),
        ("module a\ngo (\n\t1.21\n)", &[("go", "`go` cannot be a block")]),
        (
            "module a\nrequire x (\n\ty v1\n)\n",
            &[
                ("(", "a parenthesis must follow the directive at once"),
                ("require", "`require …` is no block that this version knows"),
            ],
        ),
    ];
    for (source, expected) in table {
        let (_, found) = parse_mod(source.as_bytes());
        assert_eq!(faults(source, &found), *expected, "{source:?}");
    }
}

#[test]
fn a_fault_hides_nothing_else() {
    let (file, found) = parse_mod(b"go 1.21\nrequire \"x\nnew thing\nmodule ex.com/m\n");
    assert_eq!((file.module.as_deref(), file.go), (Some("ex.com/m"), Some(GoVersion::new(1, 21))));
    assert_eq!(found.iter().map(|f| f.matters).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn foreign_bytes_keep_offsets() {
    let source = b"// \xFF\xFE\nmodule a b\n";
    let (_, found) = parse_mod(source);
    assert_eq!(&source[found[0].span.start as usize..found[0].span.end as usize], b"module a b");
}

proptest! {
    #[test]
    fn any_bytes(source in prop::collection::vec(any::<u8>(), 0..200)) {
        parse_mod(&source);
        parse_work(&source);
    }

    #[test]
    fn any_tokens(pieces in prop::collection::vec(prop::sample::select(vec![
        "module ", "go ", "require ", "replace ", "use ", "toolchain ", "godebug ", "ignore ", "(", ")", "\n", "\r\n", "=>", " ",
        "\"", "`", "\\", "//", "/*", "1.21", "v1.0.0", "ex.com/a", "é", "\u{9a}", "\u{2028}", "=", ",", "[", "indirect",
    ]), 0..40)) {
        let source = pieces.concat();
        for found in [parse_mod(source.as_bytes()).1, parse_work(source.as_bytes()).1] {
            for fault in found {
                prop_assert!(source.get(fault.span.start as usize..fault.span.end as usize).is_some());
            }
        }
    }
}
