//! Globs against the expressions that they stand for, by hand and at random.

use proptest::prelude::*;

use super::*;

/// What reads golint.toml's patterns, as it is: a copy could say something else.
#[path = "../../../golint-core/src/config/glob.rs"]
#[allow(dead_code, reason = "the texts of patterns are for those who show them")]
mod glob;

use glob::PathGlob;

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

#[track_caller]
fn file(expression: &str, expected: &[&str]) {
    assert_eq!(globs(expression, Over::File).unwrap(), expected, "{expression}");
}

#[track_caller]
fn of_folder(expression: &str, expected: &[&str]) {
    assert_eq!(globs(expression, Over::Folder).unwrap(), expected, "{expression}");
}

#[test]
fn what_people_write_for_files() {
    for expression in [r"_test\.go", r"_test\.go$", "_test.go", r".*_test\.go", r"(.+)_test\.go", r"^.*_test\.go$"] {
        file(expression, &["*_test.go"]);
    }
    file(r".*\.pb\.go$", &["*.pb.go"]);
    file(r".*\.pb.*\.go", &["*.pb*.go", "**/*.pb*/**/*.go"]);
    file(r"zz_generated\..+\.go$", &["*zz_generated.?*.go", "**/*zz_generated.*/**/*.go"]);
    file("mocks", &["*mocks*"]);
    file("mocks/", &["*mocks/"]);
    file("/mocks/", &["*/**/mocks/"]);
    file("(^|/)mocks/", &["mocks/"]);
    file("(^|/)mocks(/|$)", &["mocks"]);
    file("^vendor/", &["/vendor/"]);
    file("^vendor", &["/vendor*"]);
    file("^internal/.*", &["/internal/"]);
    file("internal/mocks", &["**/*internal/mocks*"]);
    file(r"^cmd/[^/]+/main\.go$", &["cmd/?*/main.go"]);
    file(r"^cmd/[^/]+$", &["cmd/*.go"]);
    file("^cmd/.*", &["/cmd/"]);
    file(r"pkg/.*_gen\.go", &["**/*pkg/**/*_gen.go"]);
    file(r"(_gen|_mock)\.go", &["*_gen.go", "*_mock.go"]);
    file(r"\w+_string\.go", &["*[0-9A-Z_a-z]_string.go"]);
    file(r"mock_\w+", &["*mock_[0-9A-Z_a-z]*"]);
    file(".*", &["*"]);
    file(r"\.go$", &["*.go"]);
    file("go$", &["*.go"]);
    file("(?i)mock/", &["*[Mm][Oo][Cc][Kk]/"]);
    file(r"v[0-9]/api\.go", &["**/*v[0-9]/api.go"]);
    file(r"a\[x\]{2}!", &["*a[[]x[]][]]!*"]);
    file("^!x/", &["/!x/"]);
    file("{a}", &["*[{]a[}]*"]);
    file("a{", &["*a[{]*"]);
    file(r"\Qa.b\E", &["*a.b*"]);
    file("[a-c&&b]x", &["*[a-c&&b]x*"]);
    file("[[]a", &["*[[]a*"]);
    file("日[^é/]_x", &["*日[!é]_x*"]);
}

#[test]
fn what_people_write_for_folders() {
    of_folder("(^|/)vendor($|/)", &["vendor/"]);
    of_folder("mocks", &["**/*mocks*/**"]);
    of_folder("^api$", &["api/*.go"]);
    of_folder("third_party$", &["**/*third_party/*.go"]);
    of_folder("^internal/legacy", &["internal/legacy*/**"]);
    of_folder("internal/legacy/.*", &["**/*internal/legacy/*/**"]);
    of_folder(".*", &["*"]);
    of_folder("pkg/(a|b)/", &["**/*pkg/a/*/**", "**/*pkg/b/*/**"]);
}

#[test]
fn what_globs_can_not_say_is_refused() {
    let beyond = |expression: &str| match globs(expression, Over::File) {
        Err(Refusal::Beyond(why)) => why,
        other => panic!("{expression}: {other:?}"),
    };
    for expression in
        [r"^\w+_x\.go", "(ab)+_x", r"\bx", r"\pL", "a.{3}b", "./vendor", "^.$", "x{1000}", "a\tb", "(?i)é", "(?i)[aé]"]
    {
        beyond(expression);
    }
    assert_eq!(beyond("(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)"), "it would take more than 64 globs");
    assert_eq!(beyond(&"a.*".repeat(8)), "it would take more than 64 globs");
    assert_eq!(beyond(&("(".repeat(40) + &")".repeat(40))), "it has more than 32 groups within each other");
    assert!(matches!(globs("a(", Over::File), Err(Refusal::Invalid(_))));
    assert!(matches!(globs("^.$", Over::Folder), Err(Refusal::Beyond(_))));
}

#[test]
fn what_matches_no_go_file_is_told() {
    let nothing = |expression: &str, over: Over| match globs(expression, over) {
        Err(Refusal::Nothing(folder)) => folder,
        other => panic!("{expression}: {other:?}"),
    };
    assert_eq!(nothing("third_party$", Over::File).as_deref(), Some("third_party"));
    assert_eq!(nothing("^api$", Over::File).as_deref(), Some("/api"));
    assert_eq!(nothing("a/b$", Over::File).as_deref(), Some("**/a/b"));
    assert_eq!(nothing(r"\.proto$", Over::File).as_deref(), Some(".proto"));
    assert_eq!(nothing("^/a", Over::File), None);
    assert_eq!(nothing("a$b", Over::File), None);
}

/// Expressions of the kind that can be translated, and some that can't.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => prop_oneof!["a", "b", "_", "ab", "a_b", "日", "éa"].prop_map(|s: String| s),
        3 => Just("/".to_owned()),
        2 => Just(r"\.go".to_owned()),
        1 => Just(r"\.".to_owned()),
        2 => Just(".*".to_owned()),
        2 => Just(".+".to_owned()),
        1 => Just("[^/]*".to_owned()),
        1 => Just("[^/]+".to_owned()),
        1 => Just("[ab]".to_owned()),
        1 => Just("[^a]".to_owned()),
        1 => Just("[aé]".to_owned()),
        1 => Just("[^日]".to_owned()),
        1 => Just("[a-ü]".to_owned()),
        1 => Just("[a_]+".to_owned()),
        1 => Just("[b/]".to_owned()),
        1 => Just("(^|/)".to_owned()),
        1 => Just("(/|$)".to_owned()),
    ];
    let inner = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}|{b})")),
            1 => inner.clone().prop_map(|a| format!("({a})?")),
            1 => inner.prop_map(|a| format!("(?i:{a})")),
        ]
    });
    (any::<bool>(), inner, any::<bool>()).prop_map(|(start, inner, end)| {
        format!("{}{inner}{}", if start { "^" } else { "" }, if end { "$" } else { "" })
    })
}

fn path() -> impl Strategy<Value = String> {
    let element = "[abAB_éÉ日旤][abAB_.é日]{0,2}|[.]{1,2}[abAB_é]";
    (prop::collection::vec(element, 0..4), "[abABéÉ日][ab_.é日]{0,3}").prop_map(|(folders, name)| {
        let mut path = folders.into_iter().map(|folder| folder + "/").collect::<String>();
        path.push_str(&name);
        path + ".go"
    })
}

fn agree(expression: &str, paths: &[String], over: Over) -> Result<(), TestCaseError> {
    let regex = regex::Regex::new(expression).expect("an expression");
    let globs = match globs(expression, over) {
        Ok(globs) => globs,
        Err(Refusal::Nothing(_)) => Vec::new(),
        Err(_) => return Ok(()),
    };
    let matchers: Vec<PathGlob> = globs.iter().map(|glob| PathGlob::new(glob).expect("a glob")).collect();
    for path in paths {
        let subject = if over == Over::File { path } else { folder(path) };
        let taken = matchers.iter().any(|glob| glob.matches(path));
        prop_assert_eq!(regex.is_match(subject), taken, "{:?} {} as {:?} against {}", over, expression, &globs, path);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn globs_take_what_expressions_match(expression in expression(), paths in prop::collection::vec(path(), 40)) {
        agree(&expression, &paths, Over::File)?;
        agree(&expression, &paths, Over::Folder)?;
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,40}") {
        let _ = globs(&text, Over::File);
        let _ = globs(&text, Over::Folder);
    }
}

/// Else the test above would compare little.
#[test]
fn most_expressions_are_translated() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let translated = (0..1000).filter(|_| {
        let drawn = expression().new_tree(&mut runner).expect("an expression").current();
        globs(&drawn, Over::File).is_ok()
    });
    let translated = translated.count();
    assert!(translated > 500, "only {translated} of 1000");
}
