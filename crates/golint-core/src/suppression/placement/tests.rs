//! Tests of the module above. That gofmt leaves the results as they are was seen with gofmt.

use super::*;

/// What becomes of a text with a finding of a rule at each `§` (rule "a") and `¤` (rule "b"); the findings that nothing
/// holds for.
#[track_caller]
fn check(marked: &str, expected: &str) {
    let (mut text, mut findings) = (String::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '§' => findings.push(("a", text.len() as u32)),
            '¤' => findings.push(("b", text.len() as u32)),
            _ => text.push(c),
        }
    }
    let ignored = ignore(text.as_bytes(), &findings, "why");
    assert_eq!(String::from_utf8(ignored.after.clone()).unwrap(), expected);
    assert!(ignored.held.iter().all(|held| *held), "{:?}", ignored.held);
    assert_eq!(ignored.directives, expected.matches(" why").count() - text.matches(" why").count());
    // Nothing but comments and blanks came in.
    let words = |text: &[u8]| {
        let parsed = golint_syntax::parse(text);
        let tree = Tree::new(&parsed.tree).unwrap();
        let code = leaves(tree, text).into_iter().filter(|&leaf| tree.kind(leaf) != kind::COMMENT);
        code.map(|leaf| String::from_utf8_lossy(tree.text(leaf, text)).into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(words(text.as_bytes()), words(&ignored.after));
}

/// The same within a function.
#[track_caller]
fn check_body(marked: &str, expected: &str) {
    check(&format!("package p\n\nfunc f() {{\n{marked}}}\n"), &format!("package p\n\nfunc f() {{\n{expected}}}\n"));
}

#[test]
fn comments_stand_above_their_line_with_its_indentation() {
    check_body("\tx(§y)\n", "\t//lint:ignore a why\n\tx(y)\n");
    check_body("\tx(§y§z)\n\tx()\n\t§x()\n", "\t//lint:ignore a why\n\tx(yz)\n\tx()\n\t//lint:ignore a why\n\tx()\n");
    check_body(
        "\tif §x {\n\t\t¤y()\n\t}\n",
        "\t//lint:ignore a why\n\tif x {\n\t\t//lint:ignore b why\n\t\ty()\n\t}\n",
    );
    check("package p\n\nfunc f() { §x() }\n", "package p\n\n//lint:ignore a why\nfunc f() { x() }\n");
}

#[test]
fn several_at_one_line_share_a_comment() {
    check_body("\t¤x(§y, ¤z)\n", "\t//lint:ignore a,b why\n\tx(y, z)\n");
}

#[test]
fn within_expressions_of_several_lines() {
    check_body("\tx := y +\n\t\t§z\n", "\t//lint:ignore a why\n\tx := y +\n\t\tz\n");
    check_body("\tx(\n\t\ty,\n\t\t§z,\n\t)\n", "\tx(\n\t\ty,\n\t\t//lint:ignore a why\n\t\tz,\n\t)\n");
    check_body("\tif x &&\n\t\t§y {\n\t}\n", "\tif x &&\n\t\t//lint:ignore a why\n\t\ty {\n\t}\n");
    check_body("\tvar x = y +\n\t\t§z\n", "\tvar x = y +\n\t\t//lint:ignore a why\n\t\tz\n");
    check_body(
        "\tgo func() {\n\t\tx()\n\t}(§y)\n\tgo func() {\n\t\t§x()\n\t}()\n",
        "\tgo func() {\n\t\tx()\n\t\t//lint:ignore a why\n\t}(y)\n\tgo func() {\n\t\t//lint:ignore a why\n\t\tx()\n\t}()\n",
    );
    check_body("\tif x {\n\t} else if §y {\n\t}\n", "\tif x {\n\t\t//lint:ignore a why\n\t} else if y {\n\t}\n");
}

#[test]
fn strings_and_comments_of_several_lines_stay_whole() {
    check_body("\tx(`\n\ty\n`, §z)\n", "\t//lint:ignore a why\n\tx(`\n\ty\n`, z)\n");
    check_body("\tif x(`\n`, §z) {\n\t}\n", "\tif x(`\n`, z) { //lint:ignore a why\n\t}\n");
    check_body("\t/* x\n\t*/ §y()\n", "\t/* x\n\t*/ y() //lint:ignore a why\n");
    check_body("\t/* x */ §y()\n", "\t//lint:ignore a why\n\t/* x */ y()\n");
}

#[test]
fn before_cases_and_labels() {
    check_body(
        "\tswitch x {\n\tcase §1:\n\t\ty()\n\tcase 2, §3:\n\tdefault:\n\t\t§y()\n\t}\n",
        "\tswitch x {\n\t//lint:ignore a why\n\tcase 1:\n\t\ty()\n\t//lint:ignore a why\n\tcase 2, 3:\n\tdefault:\n\t\t//lint:ignore a why\n\t\ty()\n\t}\n",
    );
    check_body("\tselect {\n\tcase §x <- y:\n\t}\n", "\tselect {\n\t//lint:ignore a why\n\tcase x <- y:\n\t}\n");
    check_body("l§:\n\tx()\n\tgoto l\n", "\t//lint:ignore a why\nl:\n\tx()\n\tgoto l\n");
    check_body("l:\n\t§x()\n\tgoto l\n", "l:\n\t//lint:ignore a why\n\tx()\n\tgoto l\n");
}

#[test]
fn what_is_lined_up_goes_apart() {
    check(
        "package p\n\nconst (\n\tA   = 1 // a\n\tBbb = §2\n\tCc  = 3\n)\n",
        "package p\n\nconst (\n\tA = 1 // a\n\t//lint:ignore a why\n\tBbb = 2\n\tCc  = 3\n)\n",
    );
    check(
        "package p\n\ntype T struct {\n\ta   §int\n\tbbb ¤string\n\tcc  int\n}\n",
        "package p\n\ntype T struct {\n\t//lint:ignore a why\n\ta int\n\t//lint:ignore b why\n\tbbb string\n\tcc  int\n}\n",
    );
    check(
        "package p\n\nvar x = T{\n\tab: 1,\n\tc:  §2,\n\tde: f{\n\t\t1,\n\t},\n}\n",
        "package p\n\nvar x = T{\n\tab: 1,\n\t//lint:ignore a why\n\tc: 2,\n\tde: f{\n\t\t1,\n\t},\n}\n",
    );
    check(
        "package p\n\nconst (\n\tA    K = iota // a\n\tBbbb          // b\n\t§C             // c\n\tD             // d\n)\n",
        "package p\n\nconst (\n\tA    K = iota // a\n\tBbbb          // b\n\t//lint:ignore a why\n\tC // c\n\tD // d\n)\n",
    );
    check(
        "package p\n\nvar x = T{\n\t\"a\":   1,\n\t\"bbb\": §2,\n}\n",
        "package p\n\nvar x = T{\n\t\"a\": 1,\n\t//lint:ignore a why\n\t\"bbb\": 2,\n}\n",
    );
}

#[test]
fn between_declarations() {
    check(
        "package p\n\nfunc f()   { x() }\nfunc gg()  { §x() }\nfunc hhh() { x() }\nfunc i() { //\n}\n",
        "package p\n\nfunc f() { x() }\n\n//lint:ignore a why\nfunc gg()  { x() }\nfunc hhh() { x() }\nfunc i() { //\n}\n",
    );
    check("package p\n\nvar x = `\n`\nvar §y int\n", "package p\n\nvar x = `\n`\n\n//lint:ignore a why\nvar y int\n");
    check(
        "package p\n\nvar x int // x\n§var y int\n",
        "package p\n\nvar x int // x\n\n//lint:ignore a why\nvar y int\n",
    );
}

#[test]
fn at_the_head_of_a_file() {
    check("§package p\n", "//lint:ignore a why\npackage p\n");
    check("\u{feff}§package p\r\n", "\u{feff}//lint:ignore a why\r\npackage p\r\n");
    check("//go:build linux\n\npackage §p\n", "//go:build linux\n\n//lint:ignore a why\npackage p\n");
    check("// Package p is.\npackage §p\n", "// Package p is.\n//\n//lint:ignore a why\npackage p\n");
    check("package p\n\nimport §\"x\"\n", "package p\n\n//lint:ignore a why\nimport \"x\"\n");
    // A comment above would be C.
    check("package p\n\n// int x;\nimport §\"C\"\n", "package p\n\n// int x;\nimport \"C\" //lint:ignore a why\n");
}

#[test]
fn below_the_documentation_of_a_declaration() {
    check("package p\n\n// F is.\nfunc §f() {}\n", "package p\n\n// F is.\n//\n//lint:ignore a why\nfunc f() {}\n");
    check(
        "package p\n\n//go:noinline\nfunc §f() {}\n",
        "package p\n\n//go:noinline\n//lint:ignore a why\nfunc f() {}\n",
    );
    check(
        "package p\n\n//lint:ignore b other\nfunc §f() {}\n",
        "package p\n\n//lint:ignore b other\n//lint:ignore a why\nfunc f() {}\n",
    );
    check("package p\n\n/* F is. */\nfunc §f() {}\n", "package p\n\n/* F is. */\n//lint:ignore a why\nfunc f() {}\n");
    check_body("\t// why\n\t§x()\n", "\t// why\n\t//lint:ignore a why\n\tx()\n");
}

#[test]
fn line_ends_stay() {
    check(
        "package p\r\n\r\n// F is.\r\nfunc §f() {\r\n\t¤x()\r\n}\r\n",
        "package p\r\n\r\n// F is.\r\n//\r\n//lint:ignore a why\r\nfunc f() {\r\n\t//lint:ignore b why\r\n\tx()\r\n}\r\n",
    );
    check("package §p", "//lint:ignore a why\npackage p");
}

#[test]
fn what_no_comment_holds_for_is_left() {
    for text in ["package p\n\n// §x\nvar y int\n", "package p\n\nvar x = `\n§\n`\n", "§", "package p\n§"] {
        let (source, at) = (text.replace('§', ""), text.find('§').unwrap() as u32);
        let ignored = ignore(source.as_bytes(), &[("a", at)], "why");
        assert_eq!((ignored.after, ignored.directives, ignored.held), (source.into_bytes(), 0, vec![false]), "{text}");
    }
    // Others are none the worse.
    let source = "package p\n\n// x\nvar y int\n";
    let ignored = ignore(source.as_bytes(), &[("a", 14), ("a", 20), ("b", 900)], "why");
    assert_eq!((ignored.directives, ignored.held), (1, vec![false, true, false]));
}

/// Whatever is found wherever: code stays the same, and a second time there is nothing to do.
#[test]
fn any_place_of_a_file() {
    let source = "// Doc.\npackage p\n\nimport (\n\t\"a\"\n)\n\nvar (\n\tx   = `\n` + y // z\n\tzzz = 1\n)\n\nfunc (t T) f(\n\ta int,\n) (b int) {\nl:\n\tfor i := range x { // c\n\t\tswitch {\n\t\tcase a, // d\n\t\t\tb:\n\t\t\tf(func() {\n\t\t\t\tg() /* e\n\t\t\t\t*/\n\t\t\t}, 1)\n\t\t}\n\t}\n}\n";
    let mut held = 0;
    let begins_word = |at: &u32| source[*at as usize..].starts_with(|c: char| !c.is_whitespace());
    for offset in (0..=source.len() as u32).filter(begins_word).step_by(2) {
        let ignored = ignore(source.as_bytes(), &[("a", offset)], "why");
        let code = |text: &str| {
            let lines = text.lines().map(|line| line.split("//lint:ignore").next().unwrap_or_default());
            lines.collect::<String>().replace("//", "").split_whitespace().collect::<String>()
        };
        let after = String::from_utf8(ignored.after).unwrap();
        assert_eq!(code(&after), code(source), "{offset}\n{after}");
        assert_eq!(ignored.directives, usize::from(ignored.held[0]), "{offset}\n{after}");
        held += usize::from(ignored.held[0]);
    }
    assert!(held > source.len() / 4, "{held}");
}
