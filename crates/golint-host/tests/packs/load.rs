//! Files that are no packs, and packs that can't be: each gets its own answer.

use golint_host::{FailureKind, Host, HostOptions, LoadCause};

use crate::files::{cause, host, load};
use crate::guest::{Guest, Rule, contract, imports_everything};

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the text is sound")
}

#[test]
fn files_that_are_no_components() {
    assert!(matches!(cause(b""), LoadCause::Empty));
    assert!(matches!(cause(b"\0as"), LoadCause::Truncated(3)));
    assert!(matches!(cause(b"\0asm\x0d\0"), LoadCause::Truncated(6)));
    let texts: [(&[u8], &str); 6] = [
        (b"\x7fELF\x02\x01\x01", "ELF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "Git LFS"),
        (b"(component)", "text"),
        (b"<!DOCTYPE html>", "HTML"),
        (b"package p", "something else"),
    ];
    for (bytes, word) in texts {
        let cause = cause(bytes).to_string();
        assert!(cause.contains(word), "{cause}");
    }
}

#[test]
fn core_modules() {
    assert!(matches!(cause(&wat("(module)")), LoadCause::CoreModule { componentizable: false }));
    let described = wat("(module (@custom \"component-type:rule-pack\" \"\"))");
    assert!(matches!(cause(&described), LoadCause::CoreModule { componentizable: true }));
}

#[test]
fn every_truncation_is_told() {
    let component = Guest::new().build();
    for length in (1..component.len()).step_by(97) {
        let cause = cause(&component[..length]);
        // Cut between two sections it is a sound component that lacks its end.
        let is_told =
            matches!(cause, LoadCause::Truncated(_) | LoadCause::MissingExport(_) | LoadCause::Invalid { .. });
        assert!(is_told, "{length}: {cause}");
    }
}

#[test]
fn a_changed_byte_never_brings_the_host_down() {
    let component = Guest::new().build();
    let host = host();
    for at in (8..component.len()).step_by(41) {
        let mut changed = component.clone();
        changed[at] ^= 0x55;
        // Good or bad, as it happens; but an answer.
        let _ = host.load("tests", changed, None, "test.wasm").map(|pack| pack.manifest().rules.len());
    }
}

#[test]
fn the_sha256_is_compared() {
    let component = Guest::new().build();
    let error = host().load("tests", component.clone(), Some("abc"), "test.wasm").err().expect("a wrong sum");
    let LoadCause::Sha256 { expected, found } = &error.cause else { panic!("{error}") };
    assert_eq!((expected.as_str(), found.len()), ("abc", 64));
    let text = error.to_string();
    assert!(text.contains("tests") && text.contains("test.wasm") && text.contains(found.as_str()), "{text}");
    assert!(host().load("tests", component, Some(&found.to_uppercase()), "test.wasm").is_ok());
}

#[test]
fn what_is_not_offered_is_named() {
    let wasi = wat(r#"(component (import "wasi:clocks/monotonic-clock@0.2.0"
        (instance (export "now" (func (result u64))))))"#);
    let error = host().load("tests", wasi, None, "test.wasm").err().expect("no clock");
    assert!(error.to_string().contains("wasi:clocks/monotonic-clock@0.2.0"), "{error}");
    assert!(error.help().contains("wasm32-unknown-unknown"), "{}", error.help());

    let later = wat(r#"(component (import "golint:rules/dreams@0.1.7" (instance)))"#);
    let error = host().load("tests", later, None, "test.wasm").err().expect("no dreams");
    assert!(error.to_string().contains("golint:rules/dreams@0.1.7"), "{error}");
    assert!(error.help().contains("upgrade golint-rs"), "{}", error.help());
}

#[test]
fn other_versions_of_the_contract() {
    let newer = imports_everything(&contract().replace("golint:rules@0.1.0", "golint:rules@0.2.0"));
    let error = host().load("tests", newer, None, "test.wasm").err().expect("not yet");
    assert!(matches!(error.cause, LoadCause::Version { newer: true, .. }), "{error}");
    assert!(error.to_string().contains("@0.2.0") && error.help().starts_with("upgrade golint-rs"), "{error}");

    let older = imports_everything(&contract().replace("golint:rules@0.1.0", "golint:rules@0.0.9"));
    let error = host().load("tests", older, None, "test.wasm").err().expect("no more");
    assert!(matches!(error.cause, LoadCause::Version { newer: false, .. }), "{error}");

    // 0.1.x go together: it traps only when it is described.
    let patch = imports_everything(&contract().replace("golint:rules@0.1.0", "golint:rules@0.1.9"));
    assert!(matches!(cause(&patch), LoadCause::Describe(_)));
}

#[test]
fn a_function_of_a_later_patch_is_named() {
    let later = contract()
        .replace("golint:rules@0.1.0", "golint:rules@0.1.9")
        .replace("    supports: func", "    dream: func(of: string) -> bool;\n    supports: func");
    let error = host().load("tests", imports_everything(&later), None, "test.wasm").err().expect("no dreams");
    assert!(error.to_string().contains("dream"), "{error}");
    assert!(error.help().contains("upgrade golint-rs"), "{}", error.help());
}

#[test]
fn a_changed_type_is_told() {
    let other = contract().replace("name-of: func(o: object) -> string", "name-of: func(o: object) -> option<string>");
    let error = host().load("tests", imports_everything(&other), None, "test.wasm").err().expect("another type");
    assert!(matches!(error.cause, LoadCause::Contract(_)) && error.to_string().contains("name-of"), "{error}");
}

#[test]
fn exports() {
    assert!(matches!(cause(&wat("(component)")), LoadCause::MissingExport("0.1.0")));
    let extra = r#"(component (instance $i) (export "golint:rules/pack@0.1.0" (instance $i))
        (export "golint:rules/package-pack@0.1.0" (instance $i)))"#;
    assert!(matches!(cause(&wat(extra)), LoadCause::ExtraExport(name) if name.contains("package-pack")));
    let hollow = r#"(component (instance $i) (export "golint:rules/pack@0.1.0" (instance $i)))"#;
    assert!(matches!(cause(&wat(hollow)), LoadCause::Contract(_)));
}

#[test]
fn features_that_are_off() {
    for (module, word) in [
        ("(module (memory i64 1))", "memory64"),
        ("(module (memory 1) (memory 1))", "memor"),
        ("(module (memory 1 1 shared))", "threads"),
        ("(module (func (return_call 0)))", "tail"),
        ("(module (tag))", "exceptions"),
        ("(module (func (param v128) (drop (i32x4.relaxed_trunc_f32x4_s (local.get 0)))))", "relaxed"),
    ] {
        let text = format!(
            r#"(component (core {} (instance $i) (export "golint:rules/pack@0.1.0" (instance $i)))"#,
            &module[1..]
        );
        let cause = cause(&wat(&text));
        let is_told = matches!(&cause, LoadCause::Invalid { message, .. } if message.contains(word));
        assert!(is_told, "{word}: {cause}");
    }
}

#[test]
fn a_description_that_traps_or_never_ends() {
    let mut guest = Guest::new();
    guest.before_describe = "unreachable".into();
    assert!(matches!(cause(&guest.build()), LoadCause::Describe(f) if f.kind == FailureKind::Trap));

    let mut guest = Guest::new();
    guest.before_describe = "(loop $for_ever (br $for_ever))".into();
    let load_budget = std::time::Duration::from_millis(50);
    let host = Host::new(HostOptions { load_budget, ..HostOptions::default() }).expect("the host starts");
    let error = host.load("tests", guest.build(), None, "test.wasm").err().expect("it never ends");
    assert!(matches!(&error.cause, LoadCause::Describe(f) if f.kind == FailureKind::Timeout), "{error}");

    let mut guest = Guest::new();
    guest.more = "(func $start unreachable) (start $start)".into();
    assert!(matches!(cause(&guest.build()), LoadCause::Describe(f) if f.kind == FailureKind::Trap));
}

#[test]
fn descriptions_that_cannot_be() {
    let told = |change: &dyn Fn(&mut Guest), word: &str| {
        let mut guest = Guest::new();
        change(&mut guest);
        let cause = cause(&guest.build());
        assert!(matches!(&cause, LoadCause::Manifest(message) if message.contains(word)), "{word}: {cause}");
    };
    told(&|g| g.name = "Test Pack", "kebab-case");
    told(&|g| g.version = "one", "semantic version");
    told(&|g| g.rules.clear(), "no rules");
    told(&|g| g.rules.push(Rule::named("a-rule")), "two rules \"a-rule\"");
    told(&|g| g.rules[0].id = "a_rule", "kebab-case");
    told(&|g| g.rules[0].summary = "two\nlines", "one line");
    told(&|g| g.rules[0].category = "", "category");
    told(&|g| g.rules[0].schema = "{".into(), "not JSON");
    told(&|g| g.rules[0].schema = "{}".into(), "object");
    told(&|g| g.rules[0].schema = r#"{"type": "object", "properties": 3}"#.into(), "not valid");
    told(
        &|g| g.rules[0].schema = r#"{"type": "object", "properties": {"a": {"$ref": "https://example.com/a"}}}"#.into(),
        "https://example.com/a",
    );
}

#[test]
fn a_manifest_says_what_the_pack_says() {
    let pack = load(&host(), &Guest::new().build()).pack;
    let manifest = pack.manifest();
    assert_eq!((manifest.name.as_str(), manifest.version.as_str()), ("test-pack", "1.2.3"));
    assert_eq!(manifest.rules[0].id, "a-rule");
    assert_eq!(manifest.rules[0].severity, golint_diagnostics::Severity::Warning);
    assert!(manifest.rules[0].default_on && manifest.rules[0].options_schema.is_none());
}
