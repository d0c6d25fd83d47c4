//! Packs that fail on a file: what is told, and that the next file is checked as if nothing had been.

use std::time::Duration;

use golint_host::{Failure, FailureKind, Host, HostOptions, PackState, Setting};

use crate::files::{Loaded, go, host, input, load};
use crate::guest::{Finding, Guest};

/// The failure of a guest on a small file, after which it must still check another file.
fn failure_of(guest: Guest) -> Failure {
    let failure = load(&host(), &guest.build()).failure(&go("package p\n"));
    assert_eq!((failure.pack.as_str(), failure.file.as_deref()), ("tests", Some("m/p/a.go")));
    failure
}

fn assert_told(guest: Guest, kind: FailureKind, word: &str) {
    let failure = failure_of(guest);
    assert!(failure.kind == kind && failure.message.contains(word), "{word}: {failure:?}");
}

#[test]
fn a_pack_that_no_configuration_names_fails_under_its_own_name() {
    let component = Guest::new().checks("unreachable").build();
    let pack = host().load_unnamed(component, "test.wasm").unwrap_or_else(|e| panic!("{e}"));
    let on = [Setting { rule: 0, options: serde_json::Value::Null }];
    let configured = pack.configure(&on).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(Loaded { pack, configured }.failure(&go("package p\n")).pack, "test-pack");
    let error = host().load_unnamed(b"", "test.wasm").err().expect("no pack").to_string();
    assert_eq!(error, "can't load the rule pack from test.wasm: the file is empty");
}

#[test]
fn traps() {
    assert_told(Guest::new().checks("unreachable"), FailureKind::Trap, "panicked or aborted");
    assert_told(Guest::new().checks("(drop (i32.load (i32.const -8)))"), FailureKind::Trap, "outside of its memory");
    assert_told(
        Guest::new().checks("(drop (i32.div_u (i32.const 1) (local.get $i)))"),
        FailureKind::Trap,
        "divide by zero",
    );
    let mut guest = Guest::new().checks("(call $deeper)");
    guest.more = "(func $deeper (call $deeper) (call $deeper))".into();
    assert_told(guest, FailureKind::Trap, "stack");
}

#[test]
fn the_last_words_of_a_trap_are_told() {
    let mut guest = Guest::new();
    let (at, length) = guest.text("panicked at src/rule.rs:7: index out of bounds");
    let log = format!("(call $log (i32.const 0) (i32.const {at}) (i32.const {length})) unreachable");
    assert_told(guest.checks(&log), FailureKind::Trap, "panicked at src/rule.rs:7: index out of bounds");
}

#[test]
fn after_a_trap_the_next_file_is_checked() {
    // Traps on files whose 9th byte is not `p`.
    let guest = Guest::new()
        .checks(
            "(call $source (local.get $file) (i32.const 64))
             (if (i32.ne (i32.load8_u offset=8 (i32.load (i32.const 64))) (i32.const 112)) (then unreachable))",
        )
        .reports(&Finding::at(0, 7));
    let pack = load(&host(), &guest.build());
    assert_eq!(pack.check(&go("package p\n")).expect("good").len(), 1);
    pack.failure(&go("package q\n"));
    assert_eq!(pack.check(&go("package p\n")).expect("good again").len(), 1);
    assert_eq!(pack.pack.counters().instances, 2);
}

#[test]
fn what_was_reported_before_a_trap_is_dropped() {
    let guest = Guest::new().reports(&Finding::at(0, 7)).checks("unreachable");
    failure_of(guest);
}

#[test]
fn an_endless_loop_runs_out_of_time() {
    let guest_budget = Duration::from_millis(60);
    let host = Host::new(HostOptions { guest_budget, ..HostOptions::default() }).expect("the host starts");
    let pack = load(&host, &Guest::new().checks("(loop $for_ever (br $for_ever))").build());
    let failure = pack.failure(&go("package p\n"));
    assert_eq!(failure.kind, FailureKind::Timeout, "{failure}");
    assert!(failure.message.contains("60 ms"), "{failure}");

    let state = PackState::default();
    assert!(!state.is_off() && state.record(&failure) && state.is_off());
    assert!(!state.record(&failure), "only the first one turns it off");
}

/// A pack must read what it is handed, however much that is.
#[test]
fn time_and_memory_grow_with_file_and_tree() {
    let many = format!("package p\n{}", "var _ = 1\n".repeat(40_000));
    let input = go(&many);
    let (source, tree) = (input.file.source.len(), input.file.tree.len());
    assert!((4 << 20..8 << 20).contains(&(source + tree)), "{source} {tree}");
    let guest_budget = Duration::from_millis(60);
    let host = Host::new(HostOptions { guest_budget, ..HostOptions::default() }).expect("the host starts");
    let pack = load(&host, &Guest::new().checks("(loop $for_ever (br $for_ever))").build());
    let failure = pack.failure(&input);
    assert!(failure.message.contains("120 ms"), "{failure}");

    let hog = "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable";
    let failure = load(&host, &Guest::new().checks(hog).build()).failure(&input);
    let limit = (64 << 20) + 10 * source + 2 * tree;
    assert!(failure.message.contains(&format!("more than the {} MiB", limit >> 20)), "{failure}");
}

#[test]
fn an_endless_loop_of_questions_runs_out_of_time_too() {
    let guest_budget = Duration::from_millis(60);
    let host = Host::new(HostOptions { guest_budget, ..HostOptions::default() }).expect("the host starts");
    let guest = Guest::new().checks(
        "(loop $for_ever
           (global.set $heap (i32.const 1048576))
           (call $source (local.get $file) (i32.const 64))
           (br $for_ever))",
    );
    let failure = load(&host, &guest.build()).failure(&go("package p\n"));
    assert_eq!(failure.kind, FailureKind::Timeout, "{failure}");
}

#[test]
fn memory_has_a_limit_that_grows_with_the_file() {
    // Takes 70 MiB, page by page.
    let hog = "(loop $more
                 (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
                 (br_if $more (i32.lt_u (memory.size) (i32.const 1120))))";
    assert_told(Guest::new().checks(hog), FailureKind::Memory, "64 MiB");
    let pack = load(&host(), &Guest::new().checks(hog).build());
    let large = format!("package p\n// {}\n", "x".repeat(1 << 20));
    pack.check(&go(&large)).expect("10 MiB more for a file of 1 MiB");

    let mut guest = Guest::new();
    guest.more = "(table 1000000 funcref)".into();
    let error = host().load("tests", guest.build(), None, "test.wasm").err().expect("too many elements");
    assert!(error.to_string().contains("memory"), "{error}");
}

#[test]
fn the_packs_own_complaint_is_told() {
    let mut guest = Guest::new();
    let (at, length) = guest.text("I can't read this");
    // An error: discriminant 1, pointer, length.
    let refuse = format!(
        "(i32.store (i32.const 64) (i32.const 1)) (i32.store (i32.const 68) (i32.const {at}))
         (i32.store (i32.const 72) (i32.const {length}))
         (call $drop_file (local.get $file)) (return (i32.const 64))"
    );
    let pack = load(&host(), &guest.checks(&refuse).build());
    let failure = pack.failure(&go("package p\n"));
    assert!(failure.kind == FailureKind::Refused && failure.message.contains("I can't read this"), "{failure}");
    pack.failure(&go("package p\n"));
    assert_eq!(pack.pack.counters().instances, 1, "saying so harms no instance");
}

#[test]
fn bad_findings() {
    let bad = |finding: Finding, word: &str| {
        assert_told(Guest::new().reports(&finding), FailureKind::BadOutput, word);
    };
    bad(Finding::at(0, 11), "not in the file of 10 bytes");
    bad(Finding::at(7, 3), "ends before it starts");
    bad(Finding::at(u32::MAX, u32::MAX), "not in the file");
    bad(Finding { rule: 7, ..Finding::at(0, 1) }, "rule 7, which it does not have");
    bad(Finding { file: 1, ..Finding::at(0, 1) }, "another file");
    bad(Finding { labels: vec![(9, 0, 1)], ..Finding::at(0, 1) }, "file 9");
    bad(Finding { labels: vec![(0, 5, 99)], ..Finding::at(0, 1) }, "5..99");
    bad(Finding { on: Some(vec![0]), ..Finding::at(0, 1) }, "platforms is empty");
    bad(Finding { on: Some(vec![1, 1]), ..Finding::at(0, 1) }, "beyond the table");
    bad(Finding { message: b"  ".to_vec(), ..Finding::at(0, 1) }, "message is empty");
    bad(Finding { message: vec![b'x'; 20_000], ..Finding::at(0, 1) }, "20000 bytes");
    bad(Finding { message: b"\xff\xfe".to_vec(), ..Finding::at(0, 1) }, "rules of the interface");
    bad(Finding { edits: vec![(1, 0, 1, "")], ..Finding::at(0, 1) }, "another file");
    bad(Finding { edits: vec![(0, 3, 6, ""), (0, 0, 4, "")], ..Finding::at(0, 1) }, "0..4 and 3..6");
    bad(Finding { edits: vec![(0, 3, 3, "a"), (0, 3, 3, "b")], ..Finding::at(0, 1) }, "overlap");
    bad(Finding { labels: vec![(0, 0, 1); 1_001], ..Finding::at(0, 1) }, "1001 labels");
}

#[test]
fn a_span_that_cuts_a_character_is_refused() {
    let pack = load(&host(), &Guest::new().reports(&Finding::at(14, 15)).build());
    let failure = pack.failure(&input(&[("a.go", "package p // äöü\n".as_bytes())]));
    assert!(failure.message.contains("cuts a UTF-8 character"), "{failure}");
}

#[test]
fn a_flood_is_stopped() {
    let guest = Guest::new().reports(&Finding::at(0, 1));
    let report = guest.check.clone();
    let flood = guest.checks(&format!("(loop $again {report} (br $again))"));
    assert_told(flood, FailureKind::Flood, "more than 10000 findings");

    let wordy = Guest::new().reports(&Finding { message: vec![b'x'; 16_000], ..Finding::at(0, 1) });
    let report = wordy.check.clone();
    assert_told(wordy.checks(&format!("(loop $again {report} (br $again))")), FailureKind::Flood, "8 MiB of text");
}

#[test]
fn a_large_file_may_have_many_findings() {
    // Nodes enough for 10,500 findings of 900 bytes.
    let large = format!("package p\n{}", "var _ = f\n".repeat(10_500));
    let finding = Finding { message: vec![b'x'; 900], ..Finding::at(0, 1) };
    let report = Guest::new().reports(&finding).check;
    let times = |count: u32| {
        let again = format!(
            "(loop $again {report} (global.set $told (i32.add (global.get $told) (i32.const 1)))
               (br_if $again (i32.lt_u (global.get $told) (i32.const {count}))))"
        );
        let mut guest = Guest::new().reports(&finding);
        guest.check = again;
        guest.more = "(global $told (mut i32) (i32.const 0))".into();
        load(&host(), &guest.build())
    };
    assert_eq!(times(10_500).check(&go(&large)).expect("one for each declaration").len(), 10_500);
    let failure = times(1_000_000).failure(&go(&large));
    assert!(failure.kind == FailureKind::Flood && failure.message.contains("findings in this file"), "{failure}");
}

#[test]
fn numbers_that_were_not_given_out() {
    let ask = |question: &str| Guest::new().checks(question);
    assert_told(
        ask("(call $name_of (i32.const 3) (i32.const 64))"),
        FailureKind::BadOutput,
        "object 3, which it was not given",
    );
    assert_told(
        ask("(call $type_string (i32.const 0) (i32.const 64))"),
        FailureKind::BadOutput,
        "type 0, which it was not given",
    );
    assert_told(
        ask("(call $text (local.get $file) (i32.const 100) (i32.const 64))"),
        FailureKind::BadOutput,
        "node 100",
    );
}

#[test]
fn questions_outside_of_a_check() {
    let mut guest = Guest::new();
    guest.before_describe = "(call $name_of (i32.const 0) (i32.const 64))".into();
    let error = host().load("tests", guest.build(), None, "test.wasm").err().expect("no check");
    assert!(error.to_string().contains("outside of a check"), "{error}");
}

#[test]
fn a_file_that_is_kept_or_forged_ends_the_call() {
    // Does not give the file back.
    let keeps = Guest::new().checks("(return (i32.const 64))");
    assert_told(keeps, FailureKind::BadOutput, "rules of the interface");
    let forges = Guest::new().checks("(call $source (i32.const 77) (i32.const 64))");
    assert_told(forges, FailureKind::BadOutput, "rules of the interface");
}

#[test]
fn a_configuration_that_is_answered_differently_is_told() {
    let mut guest = Guest::new();
    guest.rules[0].schema = r#"{"type": "object"}"#.into();
    // Asked a second time, an instance answers an empty list: the memory there is all zero.
    guest.more = "(global $asked (mut i32) (i32.const 0))".into();
    guest.before_configure = "
        (global.set $asked (i32.add (global.get $asked) (i32.const 1)))
        (if (i32.eq (global.get $asked) (i32.const 2)) (then (return (i32.const 128))))"
        .into();
    let loaded = load(&host(), &guest.build());
    loaded.check(&go("package p\n")).expect("the first time");
    let options = serde_json::json!({ "other": true });
    let configured = loaded.pack.configure(&[Setting { rule: 0, options }]).expect("an instance of its own");
    let second = Loaded { configured, ..loaded };
    let failure = second.failure(&go("package p\n"));
    assert!(failure.kind == FailureKind::BadOutput && failure.message.contains("differently"), "{failure}");
}
