//! A native pack goes through the same door.

use golint_host::{Cancel, CheckError, FailureKind, NativePack, RulePack, Setting};
use golint_sdk::prelude::*;
use serde_json::Value;

use crate::files::go;

struct NoGoto;

impl Rule for NoGoto {
    type Options = NoOptions;
    const META: Meta = Meta {
        id: "no-goto",
        summary: "goto statements",
        docs: "Reports every `goto`.",
        category: "style",
        severity: Severity::Warning,
        default_on: true,
    };

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::SOURCE_FILE])]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        for node in node.descendants().filter(|node| node.is(kind::GOTO_STATEMENT)) {
            assert!(!node.text().contains("panic"), "the rule was told to");
            node.file().report(Finding::at(node, "goto makes the flow hard to follow"));
        }
    }
}

golint_sdk::export_pack!("house-rules", [NoGoto]);

#[test]
fn findings_and_panics() {
    let pack = NativePack::new(&PACK).expect("a good pack");
    let configured = pack.configure(&[Setting { rule: 0, options: Value::Null }]).expect("no options");
    assert_eq!(configured.interests.len(), 1);
    let check = |source: &str| pack.check(&configured, &go(source), &Cancel::new());
    let findings = check("package p\nfunc f() {\nL:\n\tgoto L\n}\n").expect("a good pack");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].message, "goto makes the flow hard to follow");

    match check("package p\nfunc f() {\npanicking:\n\tgoto panicking\n}\n") {
        Err(CheckError::Failure(failure)) => {
            assert!(failure.kind == FailureKind::Trap && failure.message.contains("told to"), "{failure}");
        }
        other => panic!("no failure but {other:?}"),
    }
    assert_eq!(check("package p\n").expect("a good pack").len(), 0);
}
