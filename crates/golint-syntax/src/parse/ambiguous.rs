//! Go that can be read in two ways until one knows where statements end, or what may stand in the header of a statement: it
//! has the tree of the same code where there is no choice, byte for byte.

use golint_tree::{Tree, kind};

use crate::{Parsed, parse};

/// All that the tree says, node by node; without the semicolons, which only the clear code has.
fn outline(source: &str, parsed: &Parsed) -> Vec<String> {
    let tree = Tree::new(&parsed.tree).expect("the writer's own tree is sound");
    let nodes = tree.subtree(tree.root()).filter(|&n| tree.kind(n) != kind::SEMICOLON);
    let line = |n| {
        let depth = tree.ancestors(n).count();
        let (kind, field, flags) = (tree.kind(n).name(), tree.field(n).name(), tree.flags(n));
        format!("{:depth$}{field}:{kind} {flags} {:?} {}", "", tree.range(n), &source[tree.range(n)])
    };
    nodes.map(line).collect()
}

/// In the code, `~` stands for a line's end, and `^` for a space; to have semicolons there makes the code clear.
#[track_caller]
fn reads_clearly(code: &str) {
    let wrap = |code: &str| format!("package p\n\nfunc f() {{\n\t{code}\n}}\n\nvar last = 1\n");
    let (source, clear) = (wrap(&code.replace('~', "\n").replace('^', " ")), wrap(&code.replace(['~', '^'], ";")));
    let (parsed, expected) = (parse(source.as_bytes()), parse(clear.as_bytes()));
    assert_eq!((parsed.syntax_errors, expected.syntax_errors), (0, 0), "{source}");
    // The texts differ in the semicolons.
    assert_eq!(outline(&clear, &parsed), outline(&clear, &expected), "{source}");
}

#[test]
fn a_block_behind_a_qualified_name_is_a_block() {
    for code in [
        "off := r.page~{\n\t\tg(off)\n\t}",
        "off := r.page~\n\n{ g(off) }",
        "off := r.page ~\t{}",
        "var off int64 = r.page~{ g() }",
        "const off = r.page~{ g() }",
        "off = r.page~{ g() }",
        "a, off = 1, r.page~{ g() }",
        "off += -r.page~{ g() }",
        "off := a + r.page~{ g() }",
        "c <- r.page~{ g() }",
        "x := <-r.page~{ g() }",
        "return r.page~{ g() }",
        "return 1, r.page~{ g() }",
        "r.page~{ g() }",
        "L: r.page~{ L: g }",
        "defer r.page~{ g() }",
        "x := syscall.RawSyscall~{\n\t\tuse(x)\n\t}",
        "_ = a.B~{}",
        "_ = a.B~{ 1 }",
        "_ = a . B~{ g() }",
        "_ = m[k]~{ g() }",
        "_ = a.b[k]~{ g() }",
        "_ = f[a, []b]~{ g() }",
        "switch {\n\tcase x:\n\t\ty = a.b~{ g() }\n\tdefault:\n\t\ty = a.b~{ g() }\n\t}",
        "select {\n\tcase x := <-a.b:\n\t\ty = a.b~{ g() }\n\t}",
        "for { x = a.b~{ g() } }",
        "func() { x = a.b~{ g() } }()",
    ] {
        reads_clearly(code);
    }
}

#[test]
fn comments_may_stand_before_the_block() {
    for code in [
        "_ = a.b^// it says\n{ g() }",
        "_ = a.b~// it says\n{ g() }",
        "_ = a.b^/* it says */ // so\n\n{ g() }",
        "_ = a.b^/* it\nsays */{ g() }",
        "_ = a.b~/* it says */ { g() }",
        "_ = m[k]^// it says\n(*p).f()",
    ] {
        reads_clearly(code);
    }
    // Without the space there is nothing to put a semicolon in the place of.
    let source = "package p\nfunc f() {\n\t_ = a.b// it says\n\t{ g() }\n}\n";
    let tree = outline(source, &parse(source.as_bytes())).join("\n");
    assert!(tree.contains(":comment 9 29..39 // it says\n") && tree.contains(":block 1 41..48 { g() }"), "{tree}");
}

#[test]
fn parentheses_on_the_next_line_are_no_conversion() {
    for code in [
        "x := m[k]~(*p).f()",
        "x := m[k]~(p)()",
        "x := a.b~(*p).f()",
        "x := a.b[k]~(*p).f()",
        "x := f[a, b]~(*p).f()",
        "x := *p~(*p).f()",
        "x := (*p)~(*p).f()",
        "x := (a.b)~(*p).f()",
        "x := m[k]~(a.b)()~{ g() }",
    ] {
        reads_clearly(code);
    }
}

#[test]
fn the_first_brace_behind_a_header_begins_the_body() {
    for code in [
        "if a == pkg.C { f() }~{ g() }",
        "if pkg.C { f() }~{}",
        "if pkg.C {}~{ g(1, 2) }",
        "if x := pkg.C; x == pkg.D { f() }~{ g() }",
        "if !m[k] { f() }~{ g() }",
        "if x == a.b[k] { f() }~{ g() }",
        "if a { h() } else if pkg.C { f() }~{ g() }",
        "if pkg.C { f() } else if pkg.C { f() }~{ g() }",
        "for _, x := range pkg.All { f() }~{ g() }",
        "for range m[k] { f() }~{ g() }",
        "for range f[a, b] { f() }~{ g() }",
        "for pkg.C { f() }~{ g() }",
        "for i := 0; i < 3; i += pkg.Step { f() }~{ g() }",
        "for i := 0; i < pkg.Last; { f() }~{ g() }",
        // What follows the body goes on as an operand, an operator or arguments.
        "if pkg.C { f() }~(*p).m()~{ g() }",
        "for pkg.C { f() }~<-c\n\t{ g() }",
        "if pkg.C { f() }~*p = 1~{ g() }",
        "if a == pkg.C /* so */ { f() }~// it says\n{ g() }",
    ] {
        reads_clearly(code);
    }
}

#[test]
fn a_switch_without_cases_has_a_value_and_no_literal() {
    // With a semicolon, too, the grammar goes wrong: it sees a statement and a switch without a value.
    for (code, value) in [
        ("switch pkg.X {}\n\t{}", "value:selector_expression 1 29..34 pkg.X"),
        ("switch pkg.X {}; {}", "value:selector_expression 1 29..34 pkg.X"),
        ("switch m[k] {}\n\t{}", "value:index_expression 1 29..33 m[k]"),
        ("switch x := 1; pkg.X {}\n\t{}", "value:selector_expression 1 37..42 pkg.X"),
    ] {
        let source = format!("package p\nfunc f() {{\n\t{code}\n}}\n");
        let parsed = parse(source.as_bytes());
        let tree = outline(&source, &parsed).join("\n");
        assert!(parsed.syntax_errors == 0 && tree.contains(value) && tree.contains(":block 1"), "{tree}");
        assert!(!tree.contains("composite_literal"), "{tree}");
    }
}

#[test]
fn many_places_in_one_file_and_one_in_another() {
    reads_clearly(
        "x := a.b~{ f() }~y := m[k]~(*p).f()~if a == pkg.C { f() }~{ g() }~for range pkg.All { f() }~{ g() }",
    );
    reads_clearly("if pkg.C { func() { x = a.b~{ if m[k] { f() }~{ g() } } }() }~{ g() }");
    reads_clearly("if pkg.C { a.b~{ c.d } }~{ x = a.b~{ if pkg.C { f() }~{ g() } } }");
    reads_clearly(&["x = a.b~{ f() }", "if pkg.C { f() }~{ g() }"].repeat(500).join("~"));
}

#[test]
fn literals_stay_literals() {
    for (code, literals) in [
        ("x := a.b{}", 1),
        ("x := a.b /* so */ {}", 1),
        ("x := a.b{\n\t\tf(),\n\t}\n\t{ g() }", 1),
        ("x := m[k]{ f() }\n\t{ g() }", 1),
        ("if (x == a.b{}) { f() }\n\t{ g() }", 1),
        ("if f(a.b{}) { f() }\n\t{ g() }", 1),
        ("if m[a.b{}] == m[a.b{}:] { f() }\n\t{ g() }", 2),
        ("for range []a.b{{}, a.b{}} { f() }\n\t{ g() }", 2),
        ("for range map[a.b]int{a.b{}: 1} {}", 2),
        ("if x == struct{ a.b }{a.b{}} {}", 2),
        ("if func() bool { x := a.b{}; return x == y }() { f() }\n\t{ g() }", 1),
        ("switch (a.b{}) {\n\tcase a.b{}, T{}:\n\t}", 3),
        ("switch x := f(a.b{}).(type) {\n\tcase a.b:\n\t\t_ = a.b{}\n\t}", 2),
        ("select {\n\tcase c <- a.b{}:\n\t}", 1),
    ] {
        let source = format!("package p\nfunc f() {{\n\t{code}\n}}\n");
        let parsed = parse(source.as_bytes());
        let tree = Tree::new(&parsed.tree).unwrap();
        let found = tree.subtree(tree.root()).filter(|&n| tree.kind(n) == kind::COMPOSITE_LITERAL).count();
        assert_eq!((parsed.syntax_errors, found), (0, literals), "{code}");
    }
}

#[test]
fn new_takes_any_expression() {
    for argument in [
        "123",
        "\"a\"",
        "`a`",
        "'c'",
        "')'",
        "1.5",
        "T{1}",
        "a.T{1, \")\"}",
        "g(x)",
        "int64(3)",
        "time.Now()",
        "-x",
        "&x",
        "!b",
        "<-c",
        "x+1",
        "x == 1",
        "i > 0",
        "a[1]",
        "a[1:]",
        "(3)",
        "((3))",
        "[]int{1}",
        "func() int { return 1 }()",
        "x.(T)",
        "f(new(int))",
        "f(new(1))",
        "f(make([]int, 1))",
        "T{new(1), new(T{new(2)})}",
        "1 /* ) */",
        "1,",
        "\n\t\t1, // )\n\t",
    ] {
        for (call, other) in [("new", "neu"), ("new ", "neu "), ("x + new", "x + neu"), ("f(1)(new", "f(1)(neu")] {
            let closing = if call.contains("(new") { "))" } else { ")" };
            let wrap = |call| format!("package p\n\nfunc f() {{\n\t_ = {call}({argument}{closing}\n\tg()\n}}\n");
            let (source, clear) = (wrap(call), wrap(other));
            let clear = clear.replace("new(1)", "neu(1)").replace("new(2)", "neu(2)").replace("new(T{", "neu(T{");
            let (parsed, expected) = (parse(source.as_bytes()), parse(clear.as_bytes()));
            assert_eq!((parsed.syntax_errors, expected.syntax_errors), (0, 0), "{source}");
            assert_eq!(outline(&source, &parsed), outline(&source, &expected), "{source}");
        }
    }
}

#[test]
fn a_type_is_a_type_whatever_stands_beside_it() {
    let types =
        ["T", "a.T", "*T", "[]int", "[2]T", "map[a]b", "func(int) T", "chan T", "struct{ x int }", "m[k]", "(T)"];
    for ty in types {
        let source = |call: &str| format!("package p\nvar x = new({ty})\nvar y = make({ty}, 1)\nvar z = {call}\n");
        for call in ["neu(1)", "new(1)", "new(1 2)", "new(", "make(1)", "new(1) +"] {
            let (mended, plain) = (source(call), source("neu(3)"));
            let end = mended.find("var z").unwrap();
            let outline = |source: &str| -> Vec<String> {
                let lines = outline(source, &parse(source.as_bytes()));
                // The first is the whole file.
                let upto = lines.iter().position(|l| l.contains(" var z")).unwrap_or(lines.len());
                lines[1..upto].to_vec()
            };
            assert_eq!(outline(&mended), outline(&plain), "{}", &mended[..end]);
        }
    }
}

#[test]
fn what_is_no_go_has_a_tree_all_the_same() {
    for code in [
        "f(a.b\n{})",
        "if x == a.b\n{ f() }\n{ g() }",
        "if x == T{} {}",
        "for a.b {} {} {}",
        "x := a.b\n{ (",
        "if a.b { if a.b { if a.b {",
        "new(a.b\n{})",
        "new(\"",
        "new('",
    ] {
        let source = format!("package p\nfunc f() {{\n\t{code}\n}}\n");
        let parsed = parse(source.as_bytes());
        outline(&source, &parsed);
        assert!(parsed.syntax_errors > 0, "{code}");
    }
    let deep = [
        "if a.b { f() }\n{ ".repeat(3_000) + &"}".repeat(3_000),
        "if a.b { ".repeat(3_000) + &"}\n{ }".repeat(3_000),
        "x = a.b\n{ ".repeat(3_000) + &"}".repeat(3_000),
        "x = m[k]\n(p)".repeat(3_000),
        "if ".to_owned() + &"a.b{} + ".repeat(3_000) + "1 {}",
        "if a {} else ".repeat(3_000) + "{}",
        "for f(func() { ".repeat(1_000) + &" }) {}".repeat(1_000),
    ];
    for code in deep {
        let source = format!("package p\nfunc f() {{\n{code}\n}}\n");
        Tree::new(&parse(source.as_bytes()).tree).unwrap();
    }
}
