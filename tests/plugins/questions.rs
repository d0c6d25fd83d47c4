//! The time of answers belongs to the host: a good pack that asks for much is not ended for it.

use std::fmt::Write;

use super::{Checked, Demo};
use crate::guest::{Finding, Guest};

/// Declarations in the one file, each of which is looked for in the other one.
const NAMES: usize = 12;

/// In a build without optimisation the answers take longer than the two seconds that a pack may.
#[test]
fn a_pack_that_asks_much_is_not_ended() {
    let mut guest = Guest::new();
    guest.kinds = vec!["identifier"];
    guest.pattern = Some("var name0");
    let guest = guest.checks(
        "(call $hits (local.get $file) (i32.const 72))
         (loop $next
           (call $resolve (local.get $file)
             (i32.load offset=4 (i32.add (i32.load (i32.const 72)) (i32.mul (local.get $i) (i32.const 8))))
             (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64))
           (if (i32.load (i32.const 68)) (then
             (local.set $j (i32.add (local.get $j) (i32.const 1)))
             (call $references (local.get $file) (i32.load offset=8 (i32.load (i32.const 64))) (i32.const 64))
             ;; Its declaration, and its use in the other file.
             (if (i32.or (i32.ne (i32.load8_u (i32.const 64)) (i32.const 1)) (i32.ne (i32.load (i32.const 72)) (i32.const 2)))
               (then unreachable))
             (call $hits (local.get $file) (i32.const 72))))
           (local.set $i (i32.add (local.get $i) (i32.const 1)))
           (br_if $next (i32.lt_u (i32.mul (local.get $i) (i32.const 8)) (i32.load (i32.const 76)))))",
    );
    let all = format!("(if (i32.ne (local.get $j) (i32.const {NAMES})) (then unreachable))");
    let pack = guest.checks(&all).reports(&Finding::at(0, 7)).build();
    let (mut names, mut uses) = (String::from("package more\n"), String::from("package more\n"));
    for i in 0..NAMES {
        writeln!(names, "var name{i} = {i}").expect("to a string");
        writeln!(uses, "var use{i} = name{i}").expect("to a string");
    }
    uses.push_str(&"var _ = f(1, 2, 3)\n".repeat(20_000));
    let demo = Demo::new().with("asks", &pack).file("more/names.go", &names).file("more/uses.go", &uses);
    let Checked { told, found } = demo.check(&[]);
    assert!(told.is_empty(), "{}", told[0].text);
    assert_eq!(found, ["more/names.go: asks/a-rule"]);
}
