//! Code within code within code.

use super::{GOOD, assert_in_proportion, check, counter, module, places, told};

const DEEP: usize = 100_000;

/// What `inner` looks like in so many shells.
fn nested(depth: usize, open: &str, inner: &str, close: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

/// By name: a declaration, with things nested so deeply. Rules find nothing here, and look at most of it.
fn declarations(depth: usize) -> Vec<(&'static str, String)> {
    let n = |open: &str, inner: &str, close: &str| nested(depth, open, inner, close);
    let variable = |value: String| format!("var x = {value}\n");
    let typed = |ty: String| format!("var x {ty}\nvar y = unsafe.Sizeof(x)\n");
    vec![
        ("parentheses", variable(n("(", "1", ")"))),
        ("offsets", variable(format!("uintptr(unsafe.Pointer(&t)) + {}", n("(", "unsafe.Offsetof(t.b)", ")")))),
        ("conversions", variable(nested(depth / 20, "unsafe.Pointer(", "&t", ")"))),
        ("operators", variable(n("1 + ", "1", ""))),
        ("right_operators", variable(n("1 + (", "1", ")"))),
        ("sums_of_offsets", variable(n("", "unsafe.Offsetof(t.b)", " + unsafe.Offsetof(t.a)"))),
        ("signs", variable(n("-", "1", ""))),
        ("literals", variable(n("T{", "", "}"))),
        ("blocks", format!("func f() {}\n", n("{", "", "}"))),
        ("ifs", format!("func f() {{ {} }}\n", n("if x {", "", "}"))),
        ("elses", format!("func f() {{ if x {{}}{} }}\n", n("", "", " else if x {}"))),
        ("pointers", typed(n("*", "int", ""))),
        ("slices", typed(n("[]", "int", ""))),
        ("arrays", typed(n("[1]", "int", ""))),
        ("maps", typed(n("map[int]", "int", ""))),
        ("channels", typed(n("chan ", "int", ""))),
        ("functions", typed(n("func(", "int", ")"))),
        ("results", typed(n("func() ", "int", ""))),
        ("structs", typed(n("struct{ a int8; b ", "int64", "}"))),
        ("interfaces", typed(n("interface{ m(", "int", ") }"))),
        ("generics", typed(n("G[", "int", "]"))),
    ]
}

/// By name: what stands in a literal that a goroutine of a loop runs, around one use of the loop's variable.
fn captures(depth: usize) -> Vec<(&'static str, String)> {
    let n = |open: &str, inner: &str, close: &str| nested(depth, open, inner, close);
    vec![
        ("captured_parentheses", format!("use({})", n("(", "v", ")"))),
        ("captured_blocks", n("{", "use(v)", "}")),
        ("captured_pointers", format!("use({}v)", "*".repeat(depth))),
        ("captured_fields", format!("use(v{})", ".x".repeat(depth))),
        ("captured_calls", format!("use(v{})", "()".repeat(depth / 20))),
        ("captured_functions", nested(depth / 50, "func() {", "use(v)", "}()")),
        ("captured_labels", (0..depth).map(|i| format!("L{i}: ")).collect::<String>() + "use(v)"),
    ]
}

fn declaration(code: &str) -> String {
    format!("package p\n\nimport \"unsafe\"\n\ntype T struct {{ a int8; b int64 }}\n\nvar t T\n\n{code}")
}

fn captured(code: &str) -> String {
    format!(
        "package p\n\nfunc f(items []int, use func(...any)) {{\n\tfor _, v := range items {{\n\t\tgo func() {{ {code} }}()\n\t}}\n}}\n"
    )
}

#[test]
fn a_hundred_thousand_of_each_are_looked_at() {
    let declarations = declarations(DEEP).into_iter().map(|(name, code)| (name, declaration(&code)));
    let mut expected = vec![GOOD.to_owned()];
    let captures = captures(DEEP).into_iter().map(|(name, code)| {
        expected.push(format!("{name}/x.go:5: loopvar-capture"));
        (name, captured(&code))
    });
    let files: Vec<(String, String)> =
        captures.chain(declarations).map(|(name, source)| (format!("{name}/x.go"), source)).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, source)| (path.as_str(), source.as_bytes())).collect();
    expected.sort();
    let scratch = module(&files);
    for arguments in [&["--go", "1.20"][..], &["--go", "1.20", "--diff"]] {
        let run =
            scratch.run(&[&["check", "--select", "all", "--no-prefilter", "--format", "concise"], arguments].concat());
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(!run.stdout.contains("plugin-failure"), "{}", run.stdout);
    }
    let run = check(&scratch, &["--go", "1.20"]).expect(1);
    let mut found = places(&run);
    found.sort();
    assert_eq!((found, told(&run)), (expected, String::new()));
    assert_eq!(counter(&run, "syntax_errors"), 0);
}

#[test]
fn twice_as_deep_is_twice_as_much() {
    let run = |source: &str| check(&module(&[("x/x.go", source.as_bytes())]), &["--go", "1.20"]).expect(1);
    let wanted = ["offsets", "structs", "sums_of_offsets"];
    let both = declarations(DEEP / 2).into_iter().zip(declarations(DEEP));
    for ((_, once), (_, twice)) in both.filter(|((name, _), _)| wanted.contains(name)) {
        assert_in_proportion(&run(&declaration(&once)), &run(&declaration(&twice)));
    }
    let both = captures(DEEP / 2).into_iter().zip(captures(DEEP));
    for ((_, once), (_, twice)) in both.filter(|((name, _), _)| *name == "captured_blocks") {
        assert_in_proportion(&run(&captured(&once)), &run(&captured(&twice)));
    }
}

/// None of it is closed, or it is closed too often.
#[test]
fn a_hundred_thousand_that_do_not_match_are_no_matter() {
    for (what, source) in [
        ("open parentheses", declaration(&format!("var x = {}", "(".repeat(DEEP)))),
        ("closing parentheses", declaration(&format!("var x = {}", ")".repeat(DEEP)))),
        ("open blocks", declaration(&format!("func f() {}", "{".repeat(DEEP)))),
        ("closing blocks", declaration(&"}".repeat(DEEP))),
        ("open brackets", declaration(&format!("var x {}", "[".repeat(DEEP)))),
        ("operators without operands", declaration(&format!("var x = 1{}", " +".repeat(DEEP)))),
        ("packages", "package p\n".repeat(DEEP)),
        ("open structs", declaration(&format!("var x {}", "struct{ a ".repeat(DEEP / 10)))),
        ("open literals", declaration(&format!("var x = {}", "T{".repeat(DEEP / 10)))),
        ("open loops", captured(&"for {".repeat(DEEP / 10))),
        ("quotes", declaration(&"\"".repeat(DEEP + 1))),
        ("comments", declaration(&"/*".repeat(DEEP))),
    ] {
        let run = check(&module(&[("x/x.go", source.as_bytes())]), &["--go", "1.20"]);
        assert!(run.code == Some(1) && places(&run).contains(&GOOD.to_owned()), "{what}: {}", run.stdout);
        assert_eq!(told(&run), "", "{what}");
    }
}
