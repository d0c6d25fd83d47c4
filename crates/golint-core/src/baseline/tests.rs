//! Tests of the module above.

use golint_diagnostics::Confidence;

use super::*;
use crate::testing::{HERE, World, lines};
use crate::{BaselineSource, BaselineUpdate, Control, FixLevel, Outcome, Target};

const MODULE: (&str, &str) = ("go.mod", "module m\n\ngo 1.22\n");
const CONFIGURATION: (&str, &str) = ("golint.toml", "select = [\"no-goto\", \"numbers\"]\nbaseline = \"known.txt\"\n");

fn function(name: &str, body: &str) -> String {
    format!("func {name}() {{\nl:\n\t{body}\n}}\n")
}

fn world(files: &[(&str, &str)]) -> World {
    World::new(&[&[MODULE, CONFIGURATION], files].concat())
}

/// The baseline of these files, over the one that is given.
fn update(files: &[(&str, &str)], before: Option<&str>, paths: &[&str]) -> BaselineUpdate {
    let before = before.map(|text| ("known.txt", text));
    let mut world = world(&before.into_iter().chain(files.iter().copied()).collect::<Vec<_>>());
    world.options.overrides.baseline = BaselineSource::Off;
    let snapshot = world.snapshot();
    let mut targets = snapshot.targets();
    targets.retain(|target| paths.is_empty() || paths.iter().any(|path| target.path == format!("{HERE}/{path}")));
    let path = Utf8Path::new(HERE).join("known.txt");
    let updated = world.engine().update_baseline(&snapshot, &targets, &path, &Control::new());
    let (outcome, update) = updated.expect("sound options");
    assert_eq!(lines(&outcome), [""; 0]);
    update
}

/// The lines of a baseline without its head.
fn entries(update: &BaselineUpdate) -> Vec<String> {
    update.text.as_ref().expect("a text").lines().skip(2).map(|line| line.replace('\t', " ")).collect()
}

/// What is reported and what has vanished, where all of `before` was known.
fn check(before: &[(&str, &str)], after: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let text = update(before, None, &[]).text.expect("a text");
    told(&world(&[after, &[("known.txt", &text)]].concat()).check())
}

fn told(outcome: &Outcome) -> (Vec<String>, Vec<String>) {
    let report = outcome.report.baseline.as_ref().expect("a baseline");
    let gone = report.vanished.iter().map(|gone| format!("{}: {} {}", gone.path, gone.declaration, gone.code));
    (lines(outcome), gone.collect())
}

fn nothing() -> (Vec<String>, Vec<String>) {
    Default::default()
}

#[test]
fn what_is_known_is_silent() {
    let a = format!("package m\n\n{}", function("f", "goto l"));
    let found = update(&[("a.go", &a)], None, &[]);
    assert_eq!((found.findings, found.added, found.removed), (1, 1, 0));
    assert_eq!(entries(&found), ["a.go no-goto f goto l"]);
    assert_eq!(check(&[("a.go", &a)], &[("a.go", &a)]), nothing());
    let above = a.replace("func f", "var x int // goto l\n\nfunc f").replace("\tgoto l", "\n\tgoto   l // why");
    assert_eq!(check(&[("a.go", &a)], &[("a.go", &above)]), nothing());
}

#[test]
fn a_second_equal_one_is_new() {
    let a = format!("package m\n\n{}", function("f", "goto l"));
    let twice = a.replace("\tgoto l\n", "\tgoto l\n\tgoto l\n");
    assert_eq!(check(&[("a.go", &a)], &[("a.go", &twice)]).0, ["a.go:34: no-goto: goto"]);
    assert_eq!(check(&[("a.go", &twice)], &[("a.go", &twice)]), nothing());
    assert_eq!(check(&[("a.go", &twice)], &[("a.go", &a)]).1, ["a.go: f goto l"]);
    // The same in another function.
    let more = format!("{a}\n{}", function("g", "goto l"));
    assert_eq!(check(&[("a.go", &a)], &[("a.go", &more)]).0, ["a.go:51: no-goto: goto"]);
    // And in another function while it was mended in the first.
    let other = format!("{}\n{}", a.replace("goto l", "_ = l"), function("g", "goto l"));
    let (new, gone) = check(&[("a.go", &a)], &[("a.go", &other)]);
    assert_eq!((new.len(), gone), (1, vec!["a.go: f goto l".to_owned()]));
}

#[test]
fn what_moves_stays_known() {
    let f = function("f", "goto l");
    let (a, b) = (format!("package m\n\n{f}\n{}", function("g", "goto l")), "package m\n".to_owned());
    let before: &[(&str, &str)] = &[("a.go", &a), ("b.go", &b)];
    // A function within its file, and to another one.
    let swapped = format!("package m\n\n{}\n{f}", function("g", "goto l"));
    assert_eq!(check(before, &[("a.go", &swapped), ("b.go", &b)]), nothing());
    let (less, more) = (a.replace(&f, ""), format!("{b}\n{f}"));
    assert_eq!(check(before, &[("a.go", &less), ("b.go", &more)]), nothing());
    // Copied, not moved.
    assert_eq!(check(before, &[("a.go", &a), ("b.go", &more)]).0, ["b.go:26: no-goto: goto"]);
    // A file with another name, in another folder, and a function with another name.
    assert_eq!(check(before, &[("z.go", &a), ("b.go", &b)]), nothing());
    assert_eq!(check(before, &[("sub/a.go", &a), ("b.go", &b)]), nothing());
    assert_eq!(check(before, &[("a.go", &a.replace("func f", "func other")), ("b.go", &b)]), nothing());
    assert_eq!(check(before, &[("b.go", &b)]).1, ["a.go: f goto l", "a.go: g goto l"]);
}

/// An editor checks one file at a time, and must see what a whole run sees.
#[test]
fn one_file_alone_has_the_findings_of_the_whole_run() {
    let f = function("f", "goto l");
    let (with, without) = (format!("package m\n\n{f}"), "package m\n".to_owned());
    let text = update(&[("a.go", &with), ("b.go", &without)], None, &[]).text.expect("a text");
    let of_b = |a: Option<&str>| {
        let mut files = vec![("b.go", &*with), ("known.txt", &*text)];
        files.extend(a.map(|a| ("a.go", a)));
        told(&world(&files).check_named("b.go"))
    };
    assert_eq!(of_b(Some(&with)).0.len(), 1, "copied");
    assert_eq!(of_b(Some(&without)), nothing(), "moved");
    assert_eq!(of_b(None), nothing(), "renamed");
}

#[test]
fn what_was_not_looked_at_is_neither_gone_nor_pruned() {
    let (a, b) = (format!("package m\n\n{}", function("f", "goto l")), "package m\n\nvar x = 1\n");
    let all = update(&[("a.go", &a), ("b.go", b), ("sub/c.go", &a)], None, &[]);
    let text = all.text.as_deref().expect("a text");
    let of_a = "a.go no-goto f goto l";
    assert_eq!(entries(&all), [of_a, "b.go numbers x var x=1", "sub/c.go no-goto f goto l"]);
    // In a part of the files.
    let mended = [("a.go", "package m\n"), ("b.go", "package m\n"), ("sub/c.go", "package m\n")];
    let part = update(&mended, Some(text), &["a.go"]);
    assert_eq!((part.findings, part.added, part.removed), (2, 0, 1));
    assert_eq!(entries(&part), ["b.go numbers x var x=1", "sub/c.go no-goto f goto l"]);
    assert_eq!(entries(&update(&mended, Some(text), &[])), [""; 0]);
    // With a part of the rules, or with less than they find.
    let narrow = |change: &dyn Fn(&mut World)| {
        let mut world = world(&[mended.as_slice(), &[("known.txt", text)]].concat());
        change(&mut world);
        told(&world.check()).1
    };
    assert_eq!(narrow(&|_| {}).len(), 3);
    assert_eq!(narrow(&|world| world.options.overrides.select = Some(vec!["numbers".into()])), ["b.go: x var x=1"]);
    assert_eq!(narrow(&|world| world.options.overrides.confidence = Some(Confidence::Certain)), [""; 0]);
    assert_eq!(narrow(&|world| world.options.overrides.platforms = vec!["linux".into()]), [""; 0]);
    // What is not there at all: only where its folder was looked at.
    let left = update(&[("a.go", &a), ("other/d.go", "package d\n")], Some(text), &["other/d.go"]);
    assert_eq!(entries(&left).len(), 3);
    let gone = update(&[("a.go", &a), ("d/d.go", "package d\n")], Some(text), &["a.go"]);
    assert_eq!(entries(&gone), [of_a]);
}

#[test]
fn nothing_is_lost_where_a_run_is_incomplete() {
    let a = format!("package m\n\n{}", function("f", "goto l"));
    let text = update(&[("a.go", &a), ("b.go", &a)], None, &[]).text.expect("a text");
    let files = [("a.go", "package m\n"), ("b.go", &a), ("known.txt", &text), CONFIGURATION, MODULE];
    let mut world = World::new(&files);
    world.options.overrides.baseline = BaselineSource::Off;
    let snapshot = world.snapshot();
    let mut targets = snapshot.targets();
    targets.push(Target { path: format!("{HERE}/unknown.go").into(), named: true });
    let path = Utf8Path::new(HERE).join("known.txt");
    let updated = world.engine().update_baseline(&snapshot, &targets, &path, &Control::new());
    let (outcome, update) = updated.expect("sound options");
    assert!(update.text.is_none() && outcome.incomplete);
    assert_eq!(lines(&outcome).len(), 1, "the failure is told, and can't be known");
}

#[test]
fn what_is_silent_is_not_fixed() {
    let a = "package m\n\nvar x = 1\n";
    let text = update(&[("a.go", a)], None, &[]).text.expect("a text");
    let more = format!("{a}var y = 1\n");
    let fixed = world(&[("a.go", &more), ("known.txt", &text)]).fix(FixLevel::Safe);
    assert_eq!(String::from_utf8_lossy(&fixed.changes[0].after), "package m\n\nvar x = 1\nvar y = 3\n");
    assert_eq!(lines(&fixed.outcome), [""; 0]);
}

#[test]
fn damage_keeps_files_from_being_checked_and_is_told_where_it_is() {
    let files = [("a.go", "package m\n\nvar x = 1\n"), ("known.txt", "golint-rs baseline 1\n<<<<<<< HEAD\n")];
    let outcome = world(&files).check();
    assert!(outcome.incomplete);
    assert_eq!(lines(&outcome), ["known.txt:21: configuration: a merge left a conflict here"]);
    let outcome = world(&files[..1]).check();
    assert_eq!(lines(&outcome), ["golint.toml:43: configuration: there is no baseline known.txt"]);
    let mut world = world(&files[..1]);
    world.options.overrides.baseline = BaselineSource::File(format!("{HERE}/other.txt").into());
    assert_eq!(
        world.usage_error(),
        "--baseline: there is no baseline other.txt; `golint-rs check --write-baseline other.txt` writes one"
    );
}
