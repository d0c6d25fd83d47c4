//! Packs that load well and fail when they are called: each costs the files that it fails on, and their findings of that
//! pack alone.

use super::{Checked, Demo, FILES, Told, hostile, in_all_files};
use crate::guest::{Finding, Guest};

/// Finds an object: leaves its number in `$j`, and where the host wrote it at 64.
const AN_OBJECT: &str = "
    (loop $next
      (call $resolve (local.get $file) (local.get $i) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 64))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.eqz (i32.load (i32.const 68)))))
    (local.set $j (i32.load offset=8 (i32.load (i32.const 64))))";

/// A pack that fails on every file: told at each, with these words, and none of its findings is shown.
#[track_caller]
fn fails(guest: Guest, words: &[&str]) {
    let told = hostile(&guest.build(), words);
    let paths: Vec<_> = told.iter().map(|told| told.path.as_str()).collect();
    assert_eq!(paths, FILES, "{words:?}");
    for Told { path, text, .. } in &told {
        assert!(text.contains(&format!("rule pack \"bad\" failed on {path}: ")), "{text}");
    }
}

/// A good pack, whose findings must stay.
fn good() -> Vec<u8> {
    Guest::new().reports(&Finding::at(0, 1)).build()
}

#[test]
fn traps() {
    let trap = || Guest::new().reports(&Finding::at(0, 7)).checks("unreachable");
    fails(
        trap(),
        &[
            "it panicked or aborted",
            "it was called for rule `bad/a-rule`, at line 1",
            "report it to the authors of the pack",
            "per-file-ignores",
        ],
    );
    let mut last_words = Guest::new();
    let (at, length) = last_words.text("rule.rs:7: index out of bounds");
    let log = format!("(call $log (i32.const 0) (i32.const {at}) (i32.const {length})) unreachable");
    fails(last_words.checks(&log), &["its last words: rule.rs:7: index out of bounds"]);

    // What the message advises ends it.
    let demo = Demo::new().with("bad", &trap().build()).with("good", &good());
    assert_eq!(demo.check(&[]).told.len(), FILES.len());
    let Checked { told, found } = demo.configured("[per-file-ignores]\n\"*.go\" = [\"bad/*\"]\n").check(&[]);
    assert_eq!((told.len(), found), (0, in_all_files("good/a-rule")));
}

#[test]
fn a_trap_at_the_hundredth_file_costs_that_file() {
    let mut guest = Guest::new();
    guest.more = "(global $calls (mut i32) (i32.const 0))".into();
    let guest = guest.reports(&Finding::at(0, 7)).checks(
        "(global.set $calls (i32.add (global.get $calls) (i32.const 1)))
         (if (i32.eq (global.get $calls) (i32.const 100)) (then unreachable))",
    );
    let more: Vec<String> = (0..120).map(|i| format!("more/f{i:03}.go")).collect();
    let demo =
        more.iter().fold(Demo::new().with("bad", &guest.build()), |demo, path| demo.file(path, "package more\n"));
    // On one thread, so that there is one instance to count.
    let Checked { told, found } = demo.check(&["--threads", "1"]);
    let [Told { path, text, .. }] = &told[..] else { panic!("{} failures", told.len()) };
    assert!(text.contains(&format!("\"bad\" failed on {path}: it panicked")), "{text}");
    let mut expected = in_all_files("bad/a-rule");
    expected.extend(more.iter().map(|path| format!("{path}: bad/a-rule")));
    expected.retain(|finding| !finding.starts_with(path));
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(found.len(), FILES.len() + more.len() - 1);
}

/// The two in one run, since each takes its two seconds.
#[test]
fn what_does_not_end_is_ended() {
    let loops = Guest::new().reports(&Finding::at(0, 7)).checks("(loop $again (br $again))");
    let mut mute = Guest::new();
    mute.before_describe = "(loop $again (br $again))".into();
    let demo = Demo::new().with("loops", &loops.build()).with("mute", &mute.build()).with("good", &good());
    let Checked { told, found } = demo.check(&["--threads", "1"]);
    assert_eq!(told.len(), 2);
    let (description, call): (Vec<_>, Vec<_>) = told.iter().partition(|told| told.path == "golint.toml");
    let ([description], [call]) = (&description[..], &call[..]) else { panic!("two failures of one pack") };
    // Whoever comes first is told, and the pack is off; what it may have found elsewhere is not shown.
    let first = format!("\"loops\" failed on {}: it ran longer than the 2000 ms that it may take", call.path);
    assert!(FILES.contains(&call.path.as_str()) && call.text.contains(&first), "{}", call.text);
    assert!(call.text.contains("the pack is off for the rest of this run") && call.text.contains("exclude this file"));
    assert_eq!((description.path.as_str(), description.line), ("golint.toml", 4));
    for word in ["\"mute\" from lint/mute.wasm", "asked to describe itself, it ran longer than the 2000 ms"] {
        assert!(description.text.contains(word), "{}", description.text);
    }
    assert_eq!(found, in_all_files("good/a-rule"));
}

#[test]
fn endless_recursion() {
    let mut guest = Guest::new().checks("(call $deeper)");
    guest.more = "(func $deeper (call $deeper) (call $deeper))".into();
    fails(guest, &["its stack overflowed"]);
}

#[test]
fn endless_allocation() {
    let pages = "(loop $more (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))) unreachable";
    let words = ["it wanted more than the 64 MiB of memory that it may have", "or exclude this file"];
    fails(Guest::new().checks(pages), &words);
    // What the host hands over fills it, too.
    let answers = "(loop $more (call $source (local.get $file) (i32.const 64)) (br $more))";
    fails(Guest::new().checks(answers), &words);
}

#[test]
fn a_million_diagnostics() {
    let report = Guest::new().reports(&Finding::at(0, 7)).check;
    let flood = format!(
        "(loop $again {report} (local.set $i (i32.add (local.get $i) (i32.const 1)))
           (br_if $again (i32.lt_u (local.get $i) (i32.const 1000000))))"
    );
    let mut guest = Guest::new().reports(&Finding::at(0, 7));
    guest.check = flood;
    fails(guest, &["it reported more than 10000 findings in this file"]);
}

#[test]
fn impossible_places() {
    let report = |finding: Finding| Guest::new().reports(&finding);
    fails(
        report(Finding::at(0, 1 << 20)),
        &["in a finding of its rule \"a-rule\" at line 1, ", "the span 0..1048576 is not in the file of"],
    );
    fails(report(Finding::at(u32::MAX, u32::MAX)), &["the span 4294967295..4294967295 is not in the file of"]);
    fails(report(Finding::at(7, 3)), &["the span 7..3 ends before it starts"]);
    fails(report(Finding { labels: vec![(0, 9, 8)], ..Finding::at(0, 1) }), &["the span 9..8 ends before it starts"]);
    fails(
        report(Finding { edits: vec![(0, 0, 1 << 20, "")], ..Finding::at(0, 1) }),
        &["0..1048576 is not in the file"],
    );
    fails(report(Finding { file: 3, ..Finding::at(0, 1) }), &["in another file than the checked one"]);
}

#[test]
fn a_span_in_the_middle_of_a_character() {
    let guest = Guest::new().reports(&Finding::at(0, 13));
    let demo = Demo::new().with("bad", &guest.build()).file("text.go", "package é😀\n");
    let Checked { told, found } = demo.check(&[]);
    let [Told { path, text, .. }] = &told[..] else { panic!("{} failures", told.len()) };
    assert_eq!(path, "text.go");
    assert!(text.contains("\"bad\" failed on text.go: ") && text.contains("0..13 cuts a UTF-8 character"), "{text}");
    assert_eq!(found, in_all_files("bad/a-rule"));
}

#[test]
fn text_that_is_none() {
    let words = ["it broke the rules of the interface", "utf-8"];
    fails(Guest::new().reports(&Finding { message: b"\xff\xfe".to_vec(), ..Finding::at(0, 1) }), &words);
    let mut guest = Guest::new();
    let (at, _) = guest.text("é");
    fails(guest.checks(&format!("(call $log (i32.const 2) (i32.const {at}) (i32.const 1))")), &words);
    fails(Guest::new().reports(&Finding { message: b" ".to_vec(), ..Finding::at(0, 1) }), &["the message is empty"]);
    // Beyond its memory, and in its place.
    let beyond = "(call $log (i32.const 2) (i32.const -16) (i32.const 8))";
    fails(Guest::new().checks(beyond), &["it broke the rules of the interface"]);
}

#[test]
fn unknown_rules() {
    let finding = |rule| Guest::new().reports(&Finding { rule, ..Finding::at(0, 1) });
    fails(finding(1), &["it reported something for its rule 1, which it does not have"]);
    fails(finding(u32::MAX), &["its rule 4294967295, which it does not have"]);
    // One that it has, and that is off.
    let mut guest = finding(1);
    guest.rules.push(crate::guest::Rule::named("b-rule"));
    let demo = Demo::new().configured("ignore = [\"bad/b-rule\"]\n").with("bad", &guest.build());
    let told = demo.check(&[]).told;
    assert!(
        told.len() == FILES.len() && told[0].text.contains("its rule \"b-rule\", which is off"),
        "{}",
        told[0].text
    );
}

#[test]
fn numbers_that_were_never_handed_out() {
    for (question, words) in [
        ("(call $name_of (i32.const 0) (i32.const 64))", "object 0, which it was not given in this check"),
        ("(call $references (local.get $file) (i32.const 9) (i32.const 64))", "object 9, which it was not given"),
        ("(call $type_string (i32.const 0x80000000) (i32.const 64))", "type 2147483648, which it was not given"),
        ("(call $path_of (i32.const 1) (i32.const 64))", "file 1, which it was not given"),
        ("(call $text_at (i32.const 7) (i32.const 0) (i32.const 1) (i32.const 64))", "file 7, which it was not given"),
        ("(call $text (local.get $file) (i32.const 1000000) (i32.const 64))", "node 1000000, and the tree has"),
    ] {
        fails(Guest::new().checks(question), &[words]);
    }
    // An object is no type.
    let foreign = Guest::new().checks(AN_OBJECT).checks("(call $type_string (local.get $j) (i32.const 64))");
    fails(foreign, &["type 0, which it was not given in this check"]);
}

/// Of the resource: there are no others that a guest could keep, for a check does not end before they are given back.
#[test]
fn handles_that_are_none() {
    let words = ["it broke the rules of the interface"];
    for instructions in [
        "(call $source (i32.const 77) (i32.const 64))",
        "(call $drop_file (local.get $file)) (call $source (local.get $file) (i32.const 64))",
        "(call $drop_file (local.get $file))",
        "(call $drop_file (i32.const 77))",
        // Kept.
        "(return (i32.const 64))",
    ] {
        fails(Guest::new().checks(instructions), &words);
    }
}

#[test]
fn numbers_of_an_earlier_check() {
    let mut guest = Guest::new();
    guest.more = "(global $kept (mut i32) (i32.const -1))".into();
    let guest = guest
        .reports(&Finding::at(0, 7))
        .checks("(if (i32.eq (global.get $kept) (i32.const -1)) (then")
        .checks(AN_OBJECT)
        .checks("(global.set $kept (local.get $j))) (else (call $name_of (global.get $kept) (i32.const 64))))");
    let Checked { told, found } = Demo::new().with("bad", &guest.build()).check(&["--threads", "1"]);
    // A failed check costs the instance, and the next one begins with nothing: every second check fails.
    assert_eq!((told.len(), found.len()), (2, 3));
    for Told { path, text, .. } in &told {
        assert!(text.contains(&format!("failed on {path}: it asked about object 0, which it was not given")), "{text}");
    }
}
