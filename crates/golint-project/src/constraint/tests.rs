//! Tables of constraints. Versions, errors and file names were tried with go/build and go/build/constraint of Go 1.26.

use super::*;
use crate::PLATFORMS;

fn parse(text: &str) -> Constraint {
    Constraint::parse_go_build(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// "all", "none", "linux" (all of that system), "*/arm64", or pairs; a list of these.
fn set(names: &str) -> PlatformSet {
    names
        .split_whitespace()
        .map(|name| match name.split_once('/') {
            _ if name == "all" => PlatformSet::ALL,
            _ if name == "none" => PlatformSet::EMPTY,
            Some(("*", machine)) => PlatformSet::of(|p| p.goarch == machine),
            Some(_) => PlatformSet::named(name).expect("a platform"),
            None => PlatformSet::of(|p| p.goos == name),
        })
        .collect()
}

#[test]
fn platforms() {
    let no_cgo = PlatformSet::of(|p| !p.cgo);
    let unix = set("aix android darwin dragonfly freebsd illumos ios linux netbsd openbsd solaris");
    let table: &[(&str, PlatformSet)] = &[
        ("linux", set("linux android")),
        ("android", set("android")),
        ("linux && !android", set("linux")),
        ("darwin", set("darwin ios")),
        ("solaris", set("solaris illumos")),
        ("illumos", set("illumos")),
        ("unix", unix),
        ("!unix", set("js plan9 wasip1 windows")),
        ("386 || arm", set("*/386 */arm")),
        ("linux && amd64", set("linux/amd64 android/amd64")),
        ("zos", set("none")),
        ("!zos", set("all")),
        ("linux && windows", set("none")),
        // Custom tags are possible either way, but the same tag is the same choice.
        ("integration", set("all")),
        ("!integration", set("all")),
        ("integration && !integration", set("none")),
        ("integration || !integration", set("all")),
        ("(a && linux) || (!a && windows)", set("linux android windows")),
        ("(a && linux) && (!a || windows)", set("none")),
        ("linux && (a || b) && !a && !b", set("none")),
        ("(a || b) && (!a || !b) && windows", set("windows")),
        ("ignore", set("all")),
        // Releases: one number satisfies all below it.
        ("go1.21", set("all")),
        ("!go1.21", set("all")),
        ("go1.99", set("all")),
        ("go1.20 && !go1.21", set("all")),
        ("!go1.20 && go1.21", set("none")),
        ("go1.021 && !go1.21", set("all")),
        // One toolchain.
        ("gc", set("all")),
        ("gccgo && linux", set("linux android")),
        ("gc && gccgo", set("none")),
        ("!gc && !gccgo", set("none")),
        ("gc || gccgo", set("all")),
        // cgo, where there is any.
        ("cgo", !no_cgo),
        ("!cgo", set("all")),
        ("cgo && plan9", set("none")),
        ("cgo && !cgo", set("none")),
        ("cgo && a || !cgo && !a", set("all")),
        // Features of machines.
        ("amd64.v3", set("*/amd64")),
        ("!amd64.v3 && amd64", set("*/amd64")),
        ("arm.7 && linux", set("linux/arm android/arm")),
        ("goexperiment.arenas", set("all")),
    ];
    for (text, expected) in table {
        assert_eq!(parse(text).platforms(), *expected, "{text}");
    }
}

#[test]
fn plain_builds() {
    let table: &[(&str, &str, &str)] = &[
        // Constraint, without custom tags, by default.
        ("ignore", "none", "none"),
        ("ignore && linux", "none", "none"),
        ("ignore || linux", "linux android", "linux android"),
        ("!race", "all", "all"),
        ("go1.21", "all", "all"),
        ("!go1.21", "all", "none"),
        ("go1.99", "all", "none"),
        ("gccgo", "all", "none"),
        ("!cgo", "all", "all"),
        ("amd64.v3", "none", "none"),
    ];
    for (text, without, default) in table {
        assert_eq!(parse(text).platforms_without_custom_tags(), set(without), "{text}");
        assert_eq!(parse(text).platforms_by_default(), set(default), "{text}");
    }
    assert_eq!(parse("ignore && a").platforms_without("a"), PlatformSet::EMPTY);
    assert_eq!(parse("ignore || a").platforms_without("a"), PlatformSet::ALL);
}

#[test]
fn many_tags_give_an_upper_bound() {
    // 16 custom tags, each twice: too many to try, and the answer without trying is the safe one.
    let text: Vec<String> = (0..16).map(|i| format!("(t{i} && !t{i})")).collect();
    assert_eq!(parse(&text.join(" || ")).platforms(), PlatformSet::ALL);
    assert_eq!(parse(&format!("linux && ({})", text.join(" || "))).platforms(), set("linux android"));
}

#[test]
fn go_versions() {
    let table: &[(&str, Option<u32>)] = &[
        ("linux", None),
        ("go1.21", Some(21)),
        ("go1", Some(0)),
        ("!go1.22", None),
        ("!!go1.22", None),
        ("linux && go1.22", Some(22)),
        ("(linux && go1.22) || (windows && go1.20)", Some(20)),
        ("linux || (windows && go1.22)", None),
        ("go1.20 && go1.22", Some(22)),
        ("go1.22 || go1", Some(0)),
        ("!(linux || !go1.21)", Some(21)),
        ("!(go1.21 || !go1.20)", Some(20)),
        ("!(!go1.21 && !go1.20)", Some(20)),
        ("!(!go1.21 || !go1.20)", Some(21)),
        ("(linux && !linux && go1.20) || go1.21", Some(20)),
        ("go1.020", Some(20)),
        ("xgo1.5", Some(5)),
        ("go1.20.1", None),
        ("go1.", None),
        ("go2.1", None),
        ("go1.99999999999", Some(u32::MAX)),
        ("go1.99999999999999999999", None),
    ];
    for (text, expected) in table {
        let Ok(constraint) = Constraint::parse_go_build(text) else {
            assert_eq!(*text, "!!go1.22");
            continue;
        };
        assert_eq!(constraint.go_version(), expected.map(|minor| GoVersion::new(1, minor)), "{text}");
    }
}

#[test]
fn errors() {
    let table: &[(&str, usize, &str)] = &[
        ("", 0, "the expression ends too early"),
        ("a &&", 4, "the expression ends too early"),
        ("a b", 2, "\"b\" is not expected here"),
        ("(a", 0, "a parenthesis that is not closed"),
        ("a)", 1, "\")\" is not expected here"),
        ("()", 1, "\")\" is not expected here"),
        ("!!a", 1, "a negation of a negation"),
        ("! !a", 2, "a negation of a negation"),
        ("a & b", 2, "'&' is no part of a constraint"),
        ("a, b", 1, "',' is no part of a constraint"),
        ("linux // why", 6, "'/' is no part of a constraint"),
        ("|| a", 0, "\"||\" is not expected here"),
    ];
    for (text, offset, message) in table {
        let error = Constraint::parse_go_build(text).expect_err(text);
        assert_eq!((error.offset, error.message.as_str()), (*offset, *message), "{text}");
    }
}

#[test]
fn hostile_depth() {
    let nested = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(Constraint::parse_go_build(&nested(999)).is_ok());
    assert!(Constraint::parse_go_build(&nested(1000)).is_err());
    assert!(Constraint::parse_go_build(&nested(1_000_000)).is_err());
    assert!(Constraint::parse_go_build(&"!(".repeat(1_000_000)).is_err());
    let wide = vec!["a"; 1000].join(" || ");
    assert_eq!(parse(&wide).platforms(), PlatformSet::ALL);
    assert!(Constraint::parse_go_build(&format!("{wide} || a")).is_err());
    let old = vec!["a"; 101].join(" ");
    assert!(Constraint::parse_plus_build(&old).is_ok() && Constraint::parse_plus_build(&format!("{old} a")).is_err());
}

#[test]
fn hostile_width() {
    // As many old lines as a file may hold, each with a tag of its own: one look at each must do.
    let lines = (0..300_000).map(|i| Constraint::parse_plus_build(&format!("t{i}")).expect("a line"));
    let all = lines.reduce(Constraint::and).expect("a constraint");
    assert_eq!(all.platforms(), PlatformSet::ALL);
}

#[test]
fn old_lines() {
    let table: &[(&str, &str)] = &[
        ("linux darwin", "linux android darwin ios"),
        ("linux,amd64", "linux/amd64 android/amd64"),
        ("linux,!android windows", "linux windows"),
        ("!linux,!windows", "aix darwin dragonfly freebsd illumos ios js netbsd openbsd plan9 solaris wasip1"),
        ("", "all"),
        ("linux,", "linux android"),
        ("!!linux", "all"),
        ("a||b", "all"),
    ];
    for (text, expected) in table {
        assert_eq!(Constraint::parse_plus_build(text).expect(text).platforms(), set(expected), "{text}");
    }
    // What is no tag stands for `ignore`.
    for text in ["", "!", "!!linux", "a||b", "!a-b,linux", "linux,"] {
        let constraint = Constraint::parse_plus_build(text).expect(text);
        assert!(constraint.tags().any(|t| t == "ignore"), "{text}");
    }
}

#[test]
fn two_lines_are_both_meant() {
    let [a, b] = ["linux darwin", "386 arm64"].map(|t| Constraint::parse_plus_build(t).expect(t));
    assert_eq!(a.and(b).platforms(), set("linux/386 linux/arm64 android/386 android/arm64 darwin/arm64 ios/arm64"));
}

#[test]
fn file_names() {
    let table: &[(&str, &str)] = &[
        ("x.go", "all"),
        ("linux.go", "all"),
        ("amd64.go", "all"),
        ("x_linux.go", "linux android"),
        ("x_linux_test.go", "linux android"),
        ("x_test_linux.go", "linux android"),
        ("x_darwin.go", "darwin ios"),
        ("x_solaris.go", "solaris illumos"),
        ("x_android.go", "android"),
        ("x_unix.go", "all"),
        ("x_amd64.go", "*/amd64"),
        ("x_linux_amd64.go", "linux/amd64 android/amd64"),
        ("x_amd64_linux.go", "linux android"),
        ("linux_amd64.go", "*/amd64"),
        ("linux_test.go", "all"),
        ("x_linux.pb.go", "linux android"),
        ("x.pb_linux.go", "all"),
        ("x_zos.go", "none"),
        ("x_hurd_386.go", "none"),
        ("x_nacl.go", "none"),
        ("x_sparc64.go", "none"),
        ("x_linux_sparc64.go", "none"),
        ("x_windows_foo.go", "all"),
        ("x_Linux.go", "all"),
        ("_linux.go", "linux android"),
        ("x__linux.go", "linux android"),
        ("x_.go", "all"),
        ("x_cgo.go", "all"),
        ("x_js_wasm.go", "js/wasm"),
        ("x_wasip1.go", "wasip1"),
        ("x_test.go", "all"),
        ("", "all"),
    ];
    for (name, expected) in table {
        assert_eq!(platforms_of_name(name), set(expected), "{name}");
    }
}

#[test]
fn every_platform_is_made_of_known_words() {
    for p in PLATFORMS {
        assert!(tag::SYSTEMS.contains(&p.goos) && tag::MACHINES.contains(&p.goarch), "{p}");
    }
}

/// The straightforward meaning: try every configuration on every platform.
fn by_trying(constraint: &Constraint, tags: &[&str]) -> PlatformSet {
    let newest = 24;
    (0..PLATFORMS.len())
        .filter(|i| {
            (0..1u32 << tags.len()).any(|chosen| {
                (18..=newest).any(|release| {
                    [true, false].iter().any(|gc| {
                        constraint
                            .fold(
                                |t| {
                                    let tag = constraint.tags[t].as_str();
                                    match tag::meaning(tag) {
                                        Meaning::Platforms(set) => set.contains(*i),
                                        Meaning::Release(n) => n <= release,
                                        Meaning::Compiler { gc: wanted } => wanted == *gc,
                                        Meaning::Cgo | Meaning::Custom(_) => {
                                            (tag != "cgo" || PLATFORMS[*i].cgo)
                                                && tags
                                                    .iter()
                                                    .position(|t| *t == tag)
                                                    .is_some_and(|k| chosen >> k & 1 == 1)
                                        }
                                    }
                                },
                                |x| !x,
                                |x, y| x && y,
                                |x, y| x || y,
                            )
                            .expect("a result")
                    })
                })
            })
        })
        .map(PlatformSet::single)
        .collect()
}

proptest::proptest! {
    #[test]
    fn evaluation_is_exact(text in expression()) {
        let constraint = parse(&text);
        proptest::prop_assert_eq!(constraint.platforms(), by_trying(&constraint, &["a", "b", "cgo"]), "{}", text);
    }

    #[test]
    fn never_panics(text in "[ \\t()!&|,._a-z0-9\\PC]{0,60}") {
        for constraint in [Constraint::parse_go_build(&text), Constraint::parse_plus_build(&text)].into_iter().flatten() {
            constraint.platforms();
            constraint.go_version();
        }
        platforms_of_name(&text);
    }
}

fn expression() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let tag = proptest::sample::select(vec![
        "linux", "windows", "unix", "amd64", "a", "b", "cgo", "gc", "gccgo", "go1.19", "go1.21", "go1.23", "darwin",
    ]);
    tag.prop_map(str::to_owned).prop_recursive(5, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("({x} && {y})")),
            (inner.clone(), inner.clone()).prop_map(|(x, y)| format!("({x} || {y})")),
            inner.prop_map(|x| format!("!({x})")),
        ]
    })
}
