//! The text format, as people see it.

use std::sync::Arc;

use golint_diagnostics::{Applicability, Diagnostic, Format, Label, Location, RenderOptions, Severity, Span};
use insta::assert_snapshot;

use crate::fixture::{CAPTURE, Memory, edit, fix, plain, rendered, sample};

/// One finding in `text`, at the bytes between `«` and `»`, which are taken out first.
#[track_caller]
fn at_marks(text: &str) -> String {
    let start = text.find('«').expect("a start mark");
    let end = text.find('»').expect("an end mark") - '«'.len_utf8();
    let text = text.replace(['«', '»'], "");
    let mut diagnostic = Diagnostic::new("rule", Location::new("a.go", Span::new(start as u32, end as u32)), "message");
    diagnostic.primary.message = "label".into();
    plain(Format::Text, vec![diagnostic], &Memory::with(&[("a.go", text.as_bytes())]))
}

#[test]
fn sample_of_everything() {
    let (report, sources) = sample();
    let out = rendered(Format::Text, &report, &sources, &RenderOptions::default());
    assert_snapshot!(String::from_utf8(out).unwrap(), @"
    error[loopvar-capture]: `i` is shared by all iterations
       ┌─ cmd/a b.go:11:23
       │
    10 │     for i := range 3 {
       │         - declared here
    11 │         go func() { println(i) }()
       │                             ^ runs after the iteration moved on
       │
       = note: up to Go 1.21 a loop's variable is one variable
         for all of its iterations
       = help: give every iteration a variable of its own
       = fix: insert `i := i`
         10 │       for i := range 3 {
            │ +         i := i
         11 │           go func() { println(i) }()

    info[tidy/plain-info]: f[T](x) is 100% fine
      ┌─ offsets.go:1:1
      │
    1 │ package main
      │ ^^^^^^^^^^^^

    warning[unaligned-offset]: not aligned (likely)
      ┌─ offsets.go:3:14
      │
    3 │ var offset = unsafe.Offsetof(s.f) // ö 👍 x
      │              ^^^^^^^^^^^^^^^^^^^^         - after 👍
      │
      ┌─ cmd/a b.go:4:2
      │
    4 │     var v int
      │     --------- in another file
      │
      = only on linux/386, linux/arm and 4 more 32-bit platforms
      = unsafe fix: spell it out
        3 │ - var offset = unsafe.Offsetof(s.f) // ö 👍 x
          │ + var Offset = 8 // ö 👍 x
      = suggestion: think
        3 │ - var offset = unsafe.Offsetof(s.f) // ö 👍 x
          │ + var offset = unsafe.Offsetof(s.f)

    3 problems in 3 files (1 error, 1 warning, 1 info); 2 suppressed; 1 can be fixed with --fix
    ");
}

#[test]
fn colors_are_sgr_only() {
    let (mut report, sources) = sample();
    report.diagnostics.truncate(1);
    let options = RenderOptions { color: true, ..RenderOptions::default() };
    let out = String::from_utf8(rendered(Format::Text, &report, &sources, &options)).unwrap();
    assert_snapshot!(out.replace('\x1b', "␛"), @"
    ␛[0;1;31merror[loopvar-capture]␛[0;1m: `i` is shared by all iterations␛[0m
       ␛[0;34m┌─␛[0m cmd/a b.go:11:23
       ␛[0;34m│␛[0m
    ␛[0;34m10␛[0m ␛[0;34m│␛[0m     for i := range 3 {
       ␛[0;34m│␛[0m         ␛[0;36m-␛[0m ␛[0;36mdeclared here␛[0m
    ␛[0;34m11␛[0m ␛[0;34m│␛[0m         go func() { println(␛[0;1;31mi␛[0m) }()
       ␛[0;34m│␛[0m                             ␛[0;1;31m^␛[0m ␛[0;1;31mruns after the iteration moved on␛[0m
       ␛[0;34m│␛[0m
       ␛[0;34m=␛[0m note: up to Go 1.21 a loop's variable is one variable
         for all of its iterations
       ␛[0;34m=␛[0m help: give every iteration a variable of its own
       ␛[0;34m=␛[0m fix: insert `i := i`
         10 │       for i := range 3 {
            │ ␛[32m+         i := i␛[0m
         11 │           go func() { println(i) }()

    3 problems in 3 files (1 error); 2 suppressed; 1 can be fixed with --fix
    ");
}

#[test]
fn columns_are_bytes_and_labels_fit_wide_characters() {
    assert_snapshot!(at_marks("x\n\tö日本 «name» y\n"), @"
    warning[rule]: message
      ┌─ a.go:2:11
      │
    2 │     ö日本 name y
      │           ^^^^ label
    ");
}

#[test]
fn an_empty_span_is_one_caret() {
    assert_snapshot!(at_marks("a «»b\n"), @"
    warning[rule]: message
      ┌─ a.go:1:3
      │
    1 │ a b
      │   ^ label
    ");
    assert_snapshot!(at_marks("a\n«»\nb\n"), @"
    warning[rule]: message
      ┌─ a.go:2:1
      │
    2 │ 
      │ ^ label
    ");
}

#[test]
fn the_end_of_the_file() {
    assert_snapshot!(at_marks("a\n«»"), @"
    warning[rule]: message
      ┌─ a.go:2:1
      │
    2 │ 
      │ ^ label
    ");
    assert_snapshot!(at_marks("ab«»"), @"
    warning[rule]: message
      ┌─ a.go:1:3
      │
    1 │ ab
      │   ^ label
    ");
    assert_snapshot!(at_marks("«»"), @"
    warning[rule]: message
      ┌─ a.go:1:1
      │
    1 │ 
      │ ^ label
    ");
    assert_snapshot!(at_marks("a«\n»"), @"
    warning[rule]: message
      ┌─ a.go:1:2
      │
    1 │ a
      │  ^ label
    ");
}

#[test]
fn several_lines() {
    assert_snapshot!(at_marks("1\nfor «x {\n2\n}» end\n"), @"
    warning[rule]: message
      ┌─ a.go:2:5
      │  
    2 │   for x {
      │ ╭─────^
    3 │ │ 2
    4 │ │ } end
      │ ╰─^ label
    ");
    let body: String = (1..=100).map(|i| format!("line {i}\n")).collect();
    assert_snapshot!(at_marks(&format!("0\n«{body}»end\n")), @"
    warning[rule]: message
        ┌─ a.go:2:1
        │  
      2 │ ╭ line 1
      3 │ │ line 2
      4 │ │ line 3
      5 │ │ line 4
        · │
    100 │ │ line 99
    101 │ │ line 100
        │ ╰────────^ label
    ");
}

#[test]
fn a_label_far_below() {
    let body: String = (1..=1000).map(|i| format!("line {i}\n")).collect();
    let sources = Memory::with(&[("a.go", body.as_bytes())]);
    let mut diagnostic = Diagnostic::new("rule", sources.find("a.go", "line 500", 0), "message");
    diagnostic.labels.push(Label::new(sources.find("a.go", "line 502", 0), "near"));
    diagnostic.labels.push(Label::new(sources.find("a.go", "line 10\n", 0), "far above"));
    diagnostic.labels.push(Label::new(sources.find("a.go", "line 1000", 0), "far below"));
    assert_snapshot!(plain(Format::Text, vec![diagnostic], &sources), @"
    warning[rule]: message
         ┌─ a.go:500:1
         │
      10 │ line 10
         │ ------- far above
         ·
     500 │ line 500
         │ ^^^^^^^^
     501 │ line 501
     502 │ line 502
         │ -------- near
         ·
    1000 │ line 1000
         │ --------- far below
    ");
}

#[test]
fn without_a_source() {
    let mut diagnostic = Diagnostic::new("rule", Location::new("gone.go", Span::new(7, 9)), "message");
    diagnostic.primary.message = "here".into();
    diagnostic.labels.push(Label::new(Location::new("a.go", Span::new(0, 1)), "but this is there"));
    diagnostic.help = Some("look".into());
    diagnostic.fixes.push(fix("cut", Applicability::Safe, vec![edit(Location::new("gone.go", Span::new(7, 9)), "")]));
    assert_snapshot!(plain(Format::Text, vec![diagnostic.clone()], &Memory::with(&[("a.go", b"x\n")])), @"
    warning[rule]: message
      ┌─ a.go:1:1
      │
    1 │ x
      │ - but this is there
      │
      = at gone.go:#7: here
      = help: look
      = fix: cut
    ");
    assert_snapshot!(plain(Format::Text, vec![diagnostic], &Memory::default()), @"
    warning[rule]: message
     = at gone.go:#7: here
     = at a.go:1:1: but this is there
     = help: look
     = fix: cut
    ");
    let unreadable = Diagnostic::new("io", Location::new("gone.go", Span::empty(0)), "can't be read");
    assert_snapshot!(plain(Format::Text, vec![unreadable], &Memory::default()), @"
    warning[io]: can't be read
     = at gone.go:1:1
    ");
}

#[test]
fn fixes_of_every_kind() {
    let sources = Memory::with(&[("a.go", CAPTURE.as_bytes()), ("b.go", b"package b")]);
    let mut diagnostic = Diagnostic::new("rule", sources.find("a.go", "println(v)", 0), "message");
    let whole_line = sources.find("a.go", "\tvar v int\n", 0);
    diagnostic.fixes = vec![
        fix("delete a line", Applicability::Safe, vec![edit(whole_line, "")]),
        fix(
            "replace",
            Applicability::Unsafe,
            vec![edit(sources.find("a.go", "println(v)", 0), "print(v,\n\t\t\t\tv)")],
        ),
        fix(
            "two places",
            Applicability::DisplayOnly,
            vec![edit(sources.find("a.go", "int{", 0), "uint{"), edit(sources.find("a.go", "main", 0), "pkg")],
        ),
        fix("no final newline, another file", Applicability::Safe, vec![edit(sources.find("b.go", "b", 0), "c")]),
        fix("nothing sound", Applicability::Safe, vec![edit(Location::new("a.go", Span::new(9, 9999)), "c")]),
        fix("one too many", Applicability::Safe, vec![]),
    ];
    assert_snapshot!(plain(Format::Text, vec![diagnostic], &sources), @"
    warning[rule]: message
      ┌─ a.go:7:4
      │
    7 │             println(v)
      │             ^^^^^^^^^^
      │
      = fix: delete a line
        4 │ -     var v int
        5 │       for _, v = range []int{1, 2} {
      = unsafe fix: replace
        7 │ -             println(v)
          │ +             print(v,
          │ +                 v)
      = suggestion: two places
        1 │ - package main
          │ + package pkg
        5 │ -     for _, v = range []int{1, 2} {
          │ +     for _, v = range []uint{1, 2} {
      = fix: no final newline, another file
          │   in b.go:
        1 │ - package b
          │ + package c
      = fix: nothing sound
      = 1 more fix is not shown
    ");
}

#[test]
fn a_huge_fix_is_cut() {
    let sources = Memory::with(&[("a.go", b"x\n")]);
    let mut diagnostic = Diagnostic::new("rule", sources.find("a.go", "x", 0), "message");
    let text: String = (0..10_000).map(|i| format!("line {i}\n")).collect();
    diagnostic.fixes.push(fix("flood", Applicability::Safe, vec![edit(sources.find("a.go", "x", 0), &text)]));
    let out = plain(Format::Text, vec![diagnostic], &sources);
    assert!(out.lines().count() < 30, "{out}");
    assert!(out.trim_end().ends_with('…'), "{out}");
}

#[test]
fn the_closing_line() {
    let (mut report, sources) = sample();
    let last = |report: &_| {
        let out = String::from_utf8(rendered(Format::Text, report, &sources, &RenderOptions::default())).unwrap();
        out.lines().last().unwrap().to_owned()
    };
    assert_snapshot!(last(&report), @"
    3 problems in 3 files (1 error, 1 warning, 1 info); 2 suppressed; 1 can be fixed with --fix
    ");
    report.diagnostics.clear();
    report.summary.diagnostics = 0;
    report.summary.suppressed = 0;
    report.summary.files = 1;
    assert_snapshot!(last(&report), @"no problems found in 1 file");
}

#[test]
fn severities_and_platforms() {
    let sources = Memory::with(&[("a.go", b"x\n")]);
    let diagnostics = Severity::ALL.map(|severity| {
        let mut diagnostic = Diagnostic::new("rule", sources.find("a.go", "x", 0), "message");
        diagnostic.severity = severity;
        diagnostic.platforms = vec![Arc::from("linux/386"), Arc::from("linux/arm")];
        diagnostic
    });
    assert_snapshot!(plain(Format::Text, diagnostics.to_vec(), &sources), @"
    error[rule]: message
      ┌─ a.go:1:1
      │
    1 │ x
      │ ^
      │
      = only on linux/386 and linux/arm

    warning[rule]: message
      ┌─ a.go:1:1
      │
    1 │ x
      │ ^
      │
      = only on linux/386 and linux/arm

    info[rule]: message
      ┌─ a.go:1:1
      │
    1 │ x
      │ ^
      │
      = only on linux/386 and linux/arm

    hint[rule]: message
      ┌─ a.go:1:1
      │
    1 │ x
      │ ^
      │
      = only on linux/386 and linux/arm
    ");
}
