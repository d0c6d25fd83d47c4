//! The harness on a built-in pack: what passes, and how each fault is told.

use std::fs;
use std::sync::LazyLock;

use golint_core::Snapshot;
use golint_diagnostics::{Confidence, Diagnostic, Fix, Label, Location, Span};
use golint_host::{Host, HostOptions};
use golint_project::Overlay;
use regex::Regex;

use super::comments::{Shown, compare, wanted};
use super::golden::first_difference;
use super::*;

/// The pack `linux`, compiled once for all tests.
fn linux() -> Vec<Arc<dyn RulePack>> {
    static LINUX: LazyLock<Arc<dyn RulePack>> = LazyLock::new(|| {
        let host = Host::new(HostOptions::default()).expect("a host");
        let (name, bytes) = golint_builtin::PACKS.iter().find(|(name, _)| *name == "linux").expect("the pack linux");
        host.load(name, *bytes, None, "the program").expect("a pack")
    });
    vec![Arc::clone(&LINUX)]
}

/// The cases with these files below `tests`, and what failed in them as text.
fn run(files: &[(&str, &str)], only: Option<&str>) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
    let cases = Harness::new(linux(), root).run(&root.join("tests"), only).expect("tests");
    let failures = cases.iter().flat_map(|case| &case.failures).map(ToString::to_string);
    (cases.len(), failures.collect())
}

const MODULE: (&str, &str) = ("tests/syscall-deprecated/go.mod", "module example.com/t\n\ngo 1.21\n");
const FILE: &str = "tests/syscall-deprecated/a_linux.go";

/// A Go file whose fourth line is a raw system call with this comment.
fn call(comment: &str) -> String {
    format!("package p\n\nimport \"syscall\"\nvar raw = syscall.RawSyscall{comment}\n")
}

#[test]
fn what_is_as_the_comments_say_passes() {
    let (cases, failures) = run(&[MODULE, (FILE, &call(" // want `RawSyscall`"))], None);
    assert_eq!(failures, [""; 0]);
    // Findings and fixes of the module, the bad and the good examples.
    assert_eq!(cases, 4);
}

#[test]
fn a_fault_is_told_with_its_line_what_was_expected_and_what_there_is() {
    let found = |comment: &str| run(&[MODULE, (FILE, &call(comment))], None).1;
    let failures = found("");
    assert_eq!(failures.len(), 1);
    let start = format!("{FILE}:4: a finding without a comment\n    expected  no finding\n    got       ");
    assert!(failures[0].starts_with(&start), "{failures:?}");
    // Once, although a finding and a comment are left over.
    let failures = found(" // want \"nonsense\" `more`");
    assert_eq!(failures.len(), 1, "{failures:?}");
    let start =
        format!("{FILE}:4: no finding matches the comment\n    expected  nonsense\n              more\n    got       ");
    assert!(failures[0].starts_with(&start), "{failures:?}");
    let start =
        format!("{FILE}:4: the finding is certain, and the comment says `\\[likely\\]`\n    expected  \\[likely|Raw");
    assert!(found(r" // want `\[likely|Raw`")[0].starts_with(&start), "{:?}", found(r" // want `\[likely|Raw`"));
    assert_eq!(
        found(" // want nothing"),
        [format!("{FILE}:4: `// want` without a regular expression in quotes or backquotes")]
    );
    assert!(found(" // want \"(\"")[0].starts_with(&format!("{FILE}:4: no regular expression: ")));
}

#[test]
fn faults_stand_in_the_order_of_the_file() {
    let source = format!("{}\n// want `more`\n", call(""));
    let places: Vec<String> = run(&[MODULE, (FILE, &source)], None).1;
    let places: Vec<&str> = places.iter().filter_map(|failure| failure.split(": ").next()).collect();
    assert_eq!(places, [format!("{FILE}:4"), format!("{FILE}:6")]);
}

#[test]
fn a_golden_file_is_compared_byte_for_byte() {
    let golden = format!("{FILE}.golden");
    let source = call(" // want `RawSyscall`");
    assert_eq!(run(&[MODULE, (FILE, &source), (&golden, &source)], None).1, [""; 0]);
    let other = source.replace('\n', "\r\n");
    let failures = run(&[MODULE, (FILE, &source), (&golden, &other)], None).1;
    let expected = format!(
        "{FILE}:1: after --fix, the file is not {golden}\n    expected  \"package p\\r\\n\"\n    got       \"package p\\n\""
    );
    assert_eq!(failures, [expected]);
    let lost = "tests/syscall-deprecated/lost.go.golden";
    let failures = run(&[MODULE, (FILE, &source), (lost, "")], None).1;
    assert!(failures[0].starts_with(&format!("{lost}: a golden file without the file")), "{failures:?}");
}

#[test]
fn rules_without_tests_and_tests_without_rules_fail() {
    let (_, failures) = run(&[("tests/syscall-depreciated/go.mod", "module m\n")], None);
    assert_eq!(failures.len(), 2);
    assert!(
        failures[0].starts_with("tests/syscall-deprecated: the rule has no tests: make a Go module"),
        "{failures:?}"
    );
    let hint = "tests/syscall-depreciated: the folder has the name of no rule of the pack; did you mean \"syscall-deprecated\"?";
    assert_eq!(failures[1], hint);
    let (_, failures) = run(&[(FILE, "package p\n")], None);
    assert!(failures[0].starts_with("tests/syscall-deprecated: this is no Go module"), "{failures:?}");
    let root = Utf8Path::new("/nowhere");
    let harness = Harness::new(linux(), root);
    let error = harness.run(root, Some("x")).expect_err("no such rule").to_string();
    assert_eq!(error, "there is no rule \"x\" in the pack; it has syscall-deprecated");
    assert!(harness.run(root, None).expect_err("no folder").to_string().starts_with("can't read the tests in ."));
}

#[test]
fn the_golint_toml_of_the_module_holds_and_no_other() {
    let source = call(" // want `example.com/sys`");
    let inner = "[rules.syscall-deprecated]\noptions = { replacement = \"example.com/sys\" }\n";
    let toml = "tests/syscall-deprecated/golint.toml";
    assert_eq!(run(&[MODULE, (FILE, &source), (toml, inner)], None).1, [""; 0]);
    // The repository around it is not this test's affair.
    let outer = ("golint.toml", "exclude = [\"*.go\"]\n");
    assert_eq!(run(&[MODULE, (FILE, &call(" // want `Raw`")), outer, (".git/HEAD", "")], None).1, [""; 0]);
}

#[test]
fn an_unknown_option_is_told_with_its_place_and_the_right_name() {
    let toml = "tests/syscall-deprecated/golint.toml";
    let wrong = "[rules.syscall-deprecated]\noptions = { replacment = \"x\" }\n";
    let failures = run(&[MODULE, (FILE, &call("")), (toml, wrong)], None).1;
    let start = format!("{toml}:2: configuration: rule `syscall-deprecated` has no option `replacment`");
    assert!(failures[0].starts_with(&start) && failures[0].contains("did you mean `replacement`?"), "{failures:?}");
}

#[test]
fn regexps_see_more_than_messages() {
    let at = |path: &str, start| Location::new(path, Span::new(start, start + 1));
    let finding = Diagnostic {
        confidence: Confidence::Likely,
        platforms: vec!["linux/386".into()],
        help: Some("right it".into()),
        notes: vec!["a".into(), "b".into()],
        labels: vec![Label::new(at("x.go", 2), "here"), Label::new(at("x.go", 4), "there")],
        fixes: vec![Fix {
            title: "mend".into(),
            applicability: golint_diagnostics::Applicability::Safe,
            edits: Vec::new(),
        }],
        ..Diagnostic::new("r", at("x.go", 2), "likely wrong")
    };
    let root = Utf8Path::new("/m");
    let mut files = Overlay::new(Arc::new(enclosed::Enclosed::empty()));
    files.insert(root.join("x.go"), *b"a\nb\nc\n");
    let snapshot = Snapshot { files: Arc::new(files), project: Arc::default() };
    let options = golint_core::EngineOptions::new(&[], root);
    let engine = golint_core::Engine::with_builtin(options, Vec::new()).expect("an engine");
    let sources = engine.check(&snapshot, &[], &golint_core::Control::new()).expect("a run").sources;
    let shown = Shown::of(&finding, &sources).text;
    assert_eq!(
        shown,
        "likely wrong [likely] [on linux/386] [help: right it] [note: a] [note: b] [line 3: there] [fix: mend]"
    );
    let compared = |finding: &Diagnostic, want: &str| {
        let (regexp, mut failures) = (Regex::new(want).expect("a regexp"), Vec::new());
        compare("x.go:3", &[regexp], vec![Shown::of(finding, &sources)], &mut failures);
        failures
    };
    let failures_for = |want: &str| compared(&finding, want);
    assert_eq!(failures_for(r"wrong \[likely"), []);
    let problem = r"the finding is likely, and the comment does not say so with `\[likely\]`";
    let told = |want: &str| [Failure::new("x.go:3", problem).compared(want, shown.as_str())];
    // The word alone may be one of the message.
    assert_eq!(
        (failures_for("wrong"), failures_for("likely wrong")),
        (told("wrong").into(), told("likely wrong").into())
    );
    let certain = Diagnostic { confidence: Confidence::Certain, ..finding.clone() };
    assert_eq!(compared(&certain, "likely wrong"), []);
    let problem = "no finding matches the comment";
    assert_eq!(failures_for("other"), [Failure::new("x.go:3", problem).compared("other", shown)]);
}

#[test]
fn comments_are_read_as_go_strings_are() {
    let read = |text: &str| {
        let texts = |list: Vec<Regex>| list.iter().map(|r| r.as_str().to_owned()).collect::<Vec<_>>();
        wanted(text).into_iter().map(|(line, list)| (line, list.map(texts).map_err(drop))).collect::<Vec<_>>()
    };
    let expected = [(2, Ok(vec![r"a\.b".to_owned(), "c\"d".to_owned()])), (3, Ok(vec![r"e\.f".to_owned()]))];
    assert_eq!(read("x\ny // want \"a\\\\.b\" \"c\\\"d\"\nz // want `e\\.f` and more\n"), expected);
    let open = "a // want \"open\nb // want \"c\" `d\ne // want f\n// want syntax errors\ng // want `h`\n";
    assert_eq!(read(open), [(1, Err(())), (2, Err(())), (3, Err(())), (5, Ok(vec!["h".to_owned()]))]);
    // What is not read must not look as if it were.
    let passed_over = "// want \"a\", \"b\"\n// want `a` // want `b`\n// want `a` and `b`\n";
    assert_eq!(read(passed_over), [(1, Err(())), (2, Err(())), (3, Err(()))]);
}

#[test]
fn a_comment_that_can_not_be_read_fails_alone() {
    let source = call(" // want `RawSyscall`") + "var more = syscall.RawSyscall6 // want \"open\n";
    let failures = run(&[MODULE, (FILE, &source)], None).1;
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert!(
        failures[0].starts_with(&format!("{FILE}:5: a regular expression of this comment does not end")),
        "{failures:?}"
    );
}

#[test]
fn a_file_that_does_not_parse_says_that_it_is_meant() {
    let broken = |comment: &str| call(" // want `RawSyscall`") + "\nfunc f() {" + comment + "\n\tx :=\n}\n";
    let failures = run(&[MODULE, (FILE, &broken(""))], None).1;
    let told = format!("{FILE}:7: the file does not parse here; if that is meant, write `// want syntax errors` in it");
    assert_eq!(failures, [told]);
    assert_eq!(run(&[MODULE, (FILE, &broken(" // want syntax errors"))], None).1, [""; 0]);
    let sound = call(" // want `RawSyscall`") + "// want syntax errors\n";
    let failures = run(&[MODULE, (FILE, &sound)], None).1;
    assert_eq!(failures, [format!("{FILE}: the file says `// want syntax errors`, and there is none")]);
}

#[test]
fn a_name_with_the_packs_prefix_is_told_to_go_without() {
    let toml = "tests/syscall-deprecated/golint.toml";
    let configuration = "[rules.\"linux/syscall-deprecated\"]\nseverity = \"error\"\n";
    let failures = run(&[MODULE, (FILE, &call(" // want `Raw`")), (toml, configuration)], None).1;
    assert!(failures[0].starts_with(&format!("{toml}:1: configuration: there is no plugin `linux`")), "{failures:?}");
    assert!(failures[0].contains("did you mean `syscall-deprecated`? a rule has a prefix only where"), "{failures:?}");
    let failures = run(&[MODULE, (FILE, &call(" //nolint:linux/syscall-deprecated"))], None).1;
    let told =
        format!("{FILE}:4: this `//nolint` names `linux/syscall-deprecated`, which is no rule that is on here; did");
    assert!(failures[0].starts_with(&told) && failures.len() == 2, "{failures:?}");
}

#[test]
fn goldens_differ_by_a_byte() {
    assert_eq!(first_difference(b"a\r\nb", b"a\r\nb"), None);
    assert_eq!(first_difference(b"a\r\n", b"a\n"), Some((1, "a\r\n".to_owned(), "a\n".to_owned())));
    assert_eq!(first_difference(b"a\nb\n", b"a\nb"), Some((2, "b\n".to_owned(), "b".to_owned())));
    assert_eq!(first_difference(b"a\n", b"a\n\n"), Some((2, String::new(), "\n".to_owned())));
}
