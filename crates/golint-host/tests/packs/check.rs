//! Good packs on files: what they get, what they report, how instances are reused.

use golint_diagnostics::{Confidence, Span};
use golint_host::{Cancel, CheckError, CheckInput, Host, HostOptions, Needle, Pattern, Setting};
use serde_json::json;

use crate::files::{go, host, input, load, options};
use crate::guest::{Finding, Guest, Rule, contract, imports_everything};

#[test]
fn a_finding_comes_back_as_it_was_reported() {
    let finding = Finding {
        labels: vec![(0, 0, 7)],
        on: Some(vec![1 << 17]),
        edits: vec![(0, 8, 9, "q"), (0, 0, 0, "// x\n")],
        ..Finding::at(8, 9)
    };
    let pack = load(&host(), &Guest::new().reports(&finding).build());
    let findings = pack.check(&go("package p\n")).expect("a good pack");
    assert_eq!(findings.len(), 1);
    let found = &findings[0];
    assert_eq!((found.rule, found.message.as_str()), (0, "something is here"));
    assert_eq!((&*found.primary.location.path, found.primary.location.span), ("m/p/a.go", Span::new(8, 9)));
    assert_eq!(found.labels[0].location.span, Span::new(0, 7));
    assert_eq!((found.notes.as_slice(), found.help.as_deref()), (&["a note".to_owned()][..], Some("do something")));
    assert_eq!(found.confidence, Confidence::Likely);
    assert_eq!(found.on.map(|on| on.indices().collect::<Vec<_>>()), Some(vec![17]));
    let edits: Vec<_> = found.fixes[0].edits.iter().map(|e| (e.location.span, e.text.as_str())).collect();
    assert_eq!(edits, [(Span::empty(0), "// x\n"), (Span::new(8, 9), "q")]);
}

/// Reports the rule's finding only if the source's second byte is `a`, and the hits are one pair.
fn reads_its_file() -> Guest {
    let mut guest = Guest::new();
    guest.check = "
        (call $source (local.get $file) (i32.const 64))
        (call $hits (local.get $file) (i32.const 72))
        (if (i32.or
              (i32.ne (i32.load8_u offset=1 (i32.load (i32.const 64))) (i32.const 97))
              (i32.ne (i32.load (i32.const 76)) (i32.const 8)))
          (then unreachable))"
        .into();
    guest.reports(&Finding::at(0, 7))
}

#[test]
fn a_pack_reads_its_file() {
    let pack = load(&host(), &reads_its_file().build());
    assert_eq!(pack.check(&go("package p\n")).expect("a good pack").len(), 1);
    let counters = pack.pack.counters();
    assert_eq!((counters.files, counters.findings, counters.instances), (1, 1, 1));
    assert_eq!(counters.host_calls, 3);
    assert_eq!(counters.bytes_copied, "package p\n".len() as u64 + 8);
}

#[test]
fn the_model_is_not_made_for_a_pack_that_does_not_ask() {
    let pack = load(&host(), &reads_its_file().build());
    let file = go("package p\n");
    pack.check(&file).expect("a good pack");
    assert!(file.file.model_if_asked().is_none());
}

#[test]
fn an_instance_is_reused_from_file_to_file() {
    let pack = load(&host(), &reads_its_file().build());
    for _ in 0..10 {
        pack.check(&go("package p\n")).expect("a good pack");
    }
    assert_eq!((pack.pack.counters().files, pack.pack.counters().instances), (10, 1));
}

#[test]
fn a_pack_that_is_loaded_again_gets_new_instances() {
    let host = host();
    let counts = || {
        let mut guest = Guest::new();
        guest.more = "(global $checks (mut i32) (i32.const 0))".into();
        guest.check = "
            (global.set $checks (i32.add (global.get $checks) (i32.const 1)))
            (if (i32.gt_u (global.get $checks) (i32.const 1)) (then unreachable))"
            .into();
        load(&host, &guest.build())
    };
    let (first, second) = (counts(), counts());
    first.check(&go("package p\n")).expect("its first");
    second.check(&go("package p\n")).expect("its first, too");
    first.failure(&go("package p\n"));
}

#[test]
fn an_instance_that_grew_is_not_used_again() {
    let mut guest = Guest::new();
    guest.check = "(if (i32.eq (memory.grow (i32.const 640)) (i32.const -1)) (then unreachable))".into();
    let pack = load(&host(), &guest.build());
    for _ in 0..3 {
        pack.check(&go("package p\n")).expect("40 MiB are allowed");
    }
    assert_eq!(pack.pack.counters().instances, 3);
}

#[test]
fn threads_have_instances_of_their_own() {
    let pack = load(&host(), &reads_its_file().build());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5 {
                    assert_eq!(pack.check(&go("package p\n")).expect("a good pack").len(), 1);
                }
            });
        }
    });
    assert_eq!((pack.pack.counters().files, pack.pack.counters().instances), (20, 4));
}

#[test]
fn every_function_of_the_contract_is_offered_with_its_types() {
    // It traps when it is described: everything before that, the linking too, went well.
    let error = host().load("tests", imports_everything(&contract()), None, "all.wasm").err().expect("it traps");
    assert!(matches!(error.cause, golint_host::LoadCause::Describe(_)), "{error}");
}

#[test]
fn equal_configurations_are_one() {
    let mut guest = Guest::new();
    guest.rules.push(Rule {
        schema: r#"{"type": "object", "additionalProperties": false, "properties":
            {"size": {"type": "integer", "default": 4096}, "names": {"type": "array"}}}"#
            .into(),
        ..Rule::named("b-rule")
    });
    let loaded = load(&host(), &guest.build());
    let pack = &loaded.pack;
    let with = |options| pack.configure(&[Setting { rule: 0, options: json!(null) }, Setting { rule: 1, options }]);
    let first = with(json!({})).expect("defaults");
    assert!(std::sync::Arc::ptr_eq(&first, &with(json!({"size": 4096})).expect("the same, written out")));
    assert!(!std::sync::Arc::ptr_eq(&first, &with(json!({"size": 1})).expect("another")));

    let error = with(json!({"size": "big"})).expect_err("a wrong type").to_string();
    assert!(error.contains("b-rule") && error.contains("/size"), "{error}");
    let error = with(json!({"seize": 1})).expect_err("an unknown key").to_string();
    assert!(error.contains("seize"), "{error}");
    let error = pack.configure(&[Setting { rule: 0, options: json!({"a": 1}) }]).expect_err("no options").to_string();
    assert!(error.contains("no options"), "{error}");
}

#[test]
fn interests_come_in_the_engines_terms() {
    let mut guest = Guest::new();
    guest.kinds = vec!["call_expression", "goto_statement"];
    guest.pattern = Some("go(to)?");
    let pack = load(&host(), &guest.build());
    let interest = &pack.configured.interests[0];
    assert_eq!(interest.requires, [[Needle::Pattern(Pattern::new("go(to)?").expect("sound"))]]);
    assert_eq!(interest.kinds.len(), 2);
}

#[test]
fn an_interest_that_cannot_be_is_told() {
    let mut guest = Guest::new();
    guest.kinds = vec!["call_expresion"];
    let pack = host().load("tests", guest.build(), None, "test.wasm").unwrap_or_else(|e| panic!("{e}"));
    let error = pack.configure(&[Setting { rule: 0, options: json!(null) }]).expect_err("no such kind").to_string();
    assert!(error.contains("a-rule") && error.contains("did you mean \"call_expression\"?"), "{error}");
}

#[test]
fn a_cancelled_check_is_no_failure() {
    let pack = load(&host(), &Guest::new().checks("(loop $for_ever (br $for_ever))").build());
    let cancel = Cancel::new();
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            cancel.cancel();
        });
        pack.pack.check(&pack.configured, &go("package p\n"), &cancel)
    });
    assert!(matches!(result, Err(CheckError::Cancelled)), "{result:?}");
    let result = pack.pack.check(&pack.configured, &go("package p\n"), &cancel);
    assert!(matches!(result, Err(CheckError::Cancelled)), "{result:?}");
}

#[test]
fn the_authors_messages_are_heard() {
    let (options, heard) = options();
    let host = Host::new(options).expect("the host starts");
    let mut guest = Guest::new();
    let (at, length) = guest.text("looking at it");
    let pack =
        load(&host, &guest.checks(&format!("(call $log (i32.const 2) (i32.const {at}) (i32.const {length}))")).build());
    pack.check(&go("package p\n")).expect("a good pack");
    let heard = heard.lock().expect("nobody panicked");
    assert!(heard.contains(&(Some("m/p/a.go".into()), "looking at it".into())), "{heard:?}");
}

#[test]
fn host_time_is_measured_on_demand() {
    let host = Host::new(HostOptions { measure_host_time: true, ..HostOptions::default() }).expect("the host starts");
    let pack = load(&host, &reads_its_file().build());
    pack.check(&go("package p\n")).expect("a good pack");
    let counters = pack.pack.counters();
    assert!(counters.host_time > std::time::Duration::ZERO && counters.host_time <= counters.total_time);
}

#[test]
fn a_file_that_is_no_utf8_may_be_marked_anywhere() {
    let pack = load(&host(), &Guest::new().reports(&Finding::at(12, 13)).build());
    let utf8: CheckInput = input(&[("a.go", "package p // äöü\n".as_bytes())]);
    pack.check(&utf8).expect("at a boundary");
    let pack = load(&host(), &Guest::new().reports(&Finding::at(14, 15)).build());
    pack.failure(&utf8);
    let latin1 = input(&[("a.go", "package p // äöü\n\u{0}".as_bytes())]);
    let mut bytes = latin1.file.source.to_vec();
    *bytes.last_mut().expect("not empty") = 0xFF;
    pack.check(&input(&[("a.go", &bytes)])).expect("no character to cut");
}
