//! Questions about names, from guests and through the SDK: the numbers in the answers, and whose time it is.

use std::time::{Duration, Instant};

use golint_host::{Cancel, CheckInput, FailureKind, Host, HostOptions, NativePack, RulePack, Setting};
use golint_sdk::prelude::*;
use golint_tree::Tree;
use serde_json::Value;

use crate::files::{go, host, input, input_with, load};
use crate::guest::{Finding as Reported, Guest};

const A: &[u8] = b"package p\n\nvar here = there\n";
const B: &[u8] = b"package p\n\nvar there = 1\n";

/// The node of the only `there` in [`A`].
fn there() -> u32 {
    let file = input(&[("a.go", A)]);
    let tree = Tree::new(&file.file.tree).expect("sound");
    let node = tree.subtree(tree.root()).find(|n| tree.text(*n, A) == b"there" && tree.kind(*n) == kind::IDENTIFIER);
    node.expect("it is there").0
}

/// Resolves that node, and leaves the object's number in `$i`.
fn resolve() -> String {
    format!(
        "(call $resolve (local.get $file) (i32.const {}) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64))
         (if (i32.ne (i32.load (i32.const 68)) (i32.const 1)) (then unreachable))
         (local.set $i (i32.load offset=8 (i32.load (i32.const 64))))",
        there()
    )
}

fn both(on_read: fn()) -> CheckInput {
    input_with(&[("a.go", A), ("b.go", B)], on_read)
}

#[test]
fn a_name_is_resolved_into_another_file() {
    let is_there = "
        (call $name_of (local.get $i) (i32.const 64))
        (if (i32.ne (i32.load8_u (i32.load (i32.const 64))) (i32.const 116)) (then unreachable))";
    let guest = Guest::new().checks(&resolve()).checks(is_there).reports(&Reported::at(0, 7));
    let file = both(|| {});
    assert_eq!(load(&host(), &guest.build()).check(&file).expect("a good pack").len(), 1);
    assert!(file.file.model_if_asked().is_some());
}

#[test]
fn a_number_of_an_earlier_check_is_refused() {
    let mut guest = Guest::new();
    guest.more = "(global $kept (mut i32) (i32.const -1))".into();
    // On the first file: keep the number. On the second, ask about it without resolving anything.
    let pack = load(
        &host(),
        &guest
            .checks("(if (i32.eq (global.get $kept) (i32.const -1)) (then")
            .checks(&resolve())
            .checks("(global.set $kept (local.get $i))) (else (call $name_of (global.get $kept) (i32.const 64))))")
            .build(),
    );
    pack.check(&both(|| {})).expect("fresh");
    let failure = pack.failure(&both(|| {}));
    assert!(failure.kind == FailureKind::BadOutput && failure.message.contains("object 0"), "{failure}");
}

#[test]
fn the_hosts_time_is_not_charged() {
    let guest_budget = Duration::from_millis(40);
    let host = Host::new(HostOptions { guest_budget, ..HostOptions::default() }).expect("the host starts");
    let pack = load(&host, &Guest::new().checks(&resolve()).build());
    pack.check(&both(|| std::thread::sleep(Duration::from_millis(120)))).expect("the guest itself took no time");
}

/// Each of the answers is short, keeps a processor busy, and all of them take many times what the guest may.
#[test]
fn the_time_of_many_answers_is_not_charged() {
    let (guest_budget, tick) = (Duration::from_millis(50), Duration::from_millis(1));
    let host = Host::new(HostOptions { guest_budget, tick, ..HostOptions::default() }).expect("the host starts");
    // The other file has a number once an answer has mentioned it; each of its texts is read anew.
    let ask = "
        (call $references (local.get $file) (local.get $i) (i32.const 64))
        (loop $again
          (call $text_at (i32.const 1) (i32.const 0) (i32.const 7) (i32.const 64))
          (if (i32.ne (i32.load offset=8 (i32.const 64)) (i32.const 7)) (then unreachable))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br_if $again (i32.lt_u (local.get $j) (i32.const 60))))";
    let guest = Guest::new().checks(&resolve()).checks(ask).reports(&Reported::at(0, 7));
    let file = both(|| {
        let began = Instant::now();
        while began.elapsed() < Duration::from_millis(5) {
            std::hint::spin_loop();
        }
    });
    assert_eq!(load(&host, &guest.build()).check(&file).expect("a good pack").len(), 1);
}

#[test]
fn a_panic_in_an_answer_is_no_fault_of_the_pack() {
    let pack = load(&host(), &Guest::new().checks(&resolve()).build());
    let failure = pack.failure(&both(|| panic!("the disk is gone")));
    assert!(failure.kind == FailureKind::Internal && failure.message.contains("the disk is gone"), "{failure}");
    assert!(failure.help().contains("bug of golint-rs"));
    pack.check(&both(|| {})).expect("the next file, with another instance");
}

struct DeclaredElsewhere;

impl Rule for DeclaredElsewhere {
    type Options = NoOptions;
    const META: Meta = Meta {
        id: "declared-elsewhere",
        summary: "names that another file declares",
        docs: "",
        category: "style",
        severity: Severity::Info,
        default_on: true,
    };

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::IDENTIFIER])]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        let Some(declared) = node.resolve().and_then(Object::declared_at) else { return };
        if declared.file != 0 {
            let path = node.file().path();
            node.file().report(Finding::at(node, format!("used in {path}")).label(declared, "declared here"));
        }
    }
}

golint_sdk::export_pack!("elsewhere", [DeclaredElsewhere]);

#[test]
fn a_label_may_be_in_another_file() {
    let pack = NativePack::new(&PACK).expect("a good pack");
    let configured = pack.configure(&[Setting { rule: 0, options: Value::Null }]).expect("no options");
    let file = both(|| {});
    let mut hits = vec![(0, golint_tree::Node(there()))];
    let hits = golint_host::encode_hits(&mut hits);
    let findings = pack.check(&configured, &CheckInput { hits, ..file }, &Cancel::new()).expect("a good pack");
    assert_eq!((findings.len(), findings[0].message.as_str()), (1, "used in p/a.go"));
    let label = &findings[0].labels[0].location;
    assert_eq!((&*label.path, &B[label.span.start as usize..label.span.end as usize]), ("p/b.go", &b"there"[..]));
}

#[test]
fn text_of_a_node() {
    let text = "
        (call $text (local.get $file) (i32.const 0) (i32.const 64))
        (if (i32.ne (i32.load (i32.const 68)) (i32.const 10)) (then unreachable))";
    load(&host(), &Guest::new().checks(text).build()).check(&go("package p\n")).expect("ten bytes");
}
