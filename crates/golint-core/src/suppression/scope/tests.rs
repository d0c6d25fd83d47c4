//! Tests of the module above.

use super::*;

/// The lines of `source` (without the directive's own) that each directive covers: those that end in `// <number>` or
/// hold `N<number>`, as "number+number".
#[track_caller]
fn covers(source: &str, expected: &[&str]) {
    let parsed = golint_syntax::parse(source.as_bytes());
    let tree = Tree::new(&parsed.tree).unwrap();
    let lines = LineIndex::new(source.as_bytes());
    let marked: Vec<(u32, &str)> = source
        .lines()
        .enumerate()
        .filter_map(|(line, text)| Some((line as u32, text.split_once('¤')?.1.split_whitespace().next()?)))
        .collect();
    let found: Vec<String> = directives(source.as_bytes(), tree, &lines)
        .iter()
        .map(|scoped| {
            let covered = |line: u32| scoped.lines.iter().any(|&(first, last)| first <= line && line <= last);
            marked.iter().filter(|(line, _)| covered(*line)).map(|(_, mark)| *mark).collect::<Vec<_>>().join("+")
        })
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn behind_code_nolint_covers_its_line_only() {
    covers("package p\n\nfunc f() { //nolint:a ¤1\n\tg() // ¤2\n} // ¤3\n", &["1"]);
    covers("package p\n\nvar x = 1 //nolint:a ¤1\n// ¤2\nvar y = 2 // ¤3\n", &["1"]);
}

#[test]
fn alone_above_a_node_nolint_covers_all_of_it() {
    covers("package p\n\n//nolint:a\nfunc f() { // ¤1\n\tg() // ¤2\n} // ¤3\nvar x = 1 // ¤4\n", &["1+2+3"]);
    covers("package p\n\n// Doc.\n//nolint:a\n//\n// More.\nvar ( // ¤1\n\ta = 1 // ¤2\n) // ¤3\n", &["1+2+3"]);
    covers(
        "package p\n\nfunc f() {\n\t//nolint\n\tfor { // ¤1\n\t\tg() // ¤2\n\t} // ¤3\n\th() // ¤4\n}\n",
        &["1+2+3"],
    );
    covers("package p\n\nvar (\n\t//nolint\n\ta = g(1, // ¤1\n\t\t2) // ¤2\n\tb = 2 // ¤3\n)\n", &["1+2"]);
}

#[test]
fn a_statement_is_not_the_whole_list() {
    covers("package p\n\nfunc f() {\n\t//nolint\n\tg() // ¤1\n\th() // ¤2\n}\n", &["1"]);
    covers("package p\n\nfunc f() (int, int) {\n\treturn (\n\t\t//nolint\n\t\t1), // ¤1\n\t\t2 // ¤2\n}\n", &["1"]);
}

/// What the grammar has and go/ast has not. The answers are golangci-lint's own.
#[test]
fn parts_of_nodes_are_no_nodes() {
    covers("package p\n\nvar x = []int{\n    //nolint\n\tfff(1, // ¤1\n\t\t2), // ¤2\n}\n", &[""]);
    covers("package p\n\ntype t struct {\n    //nolint\n\tfff[int, // ¤1\n\t\tint] // ¤2\n}\n", &[""]);
    covers("package p\n\n    //nolint\nvar ( // ¤1\n\ta = 1 // ¤2\n) // ¤3\n", &[""]);
    covers("package p\n\n       //nolint\nimport ( // ¤1\n\t\"a\" // ¤2\n) // ¤3\n", &[""]);
    // Braces behind a type belong to the literal that begins with it; without one they begin it.
    covers("package p\n\nvar x = []T{\n  //nolint\n\tT{ // ¤1\n\t}, // ¤2\n}\n", &[""]);
    covers("package p\n\nvar x = []T{\n\t//nolint\n\t{ // ¤1\n\t}, // ¤2\n}\n", &["1+2"]);
    // Of a loop's head the first part.
    covers("package p\n\nfunc f() {\n     //nolint\n\tfor i := range g( // ¤1\n\t\t1) { // ¤2\n\t}\n}\n", &["1"]);
    covers("package p\n\nfunc f() {\n     //nolint\n\tfor i := 1; // ¤1\n\t\ti < 2; i++ { // ¤2\n\t}\n}\n", &["1"]);
    // What stands in a string.
    covers("package p\n\nvar x = g(\n //nolint\n`x // ¤1\ny`) // ¤2\n", &[""]);
    covers("package p\n\nvar x = g(\n\t//nolint\n\t`x // ¤1\ny`) // ¤2\n", &["1+2"]);
}

#[test]
fn braces_of_switches_and_interfaces_are_nodes() {
    covers(
        "package p\n\nfunc f() {\n\tswitch x := g();\n\t//nolint\n\t{ // ¤1\n\tcase true: // ¤2\n\t} // ¤3\n}\n",
        &["1+2+3"],
    );
    covers("package p\n\ntype i interface\n//nolint\n{ // ¤1\n\tf() // ¤2\n} // ¤3\n", &["1+2+3"]);
}

#[test]
fn clauses_are_nodes() {
    let source = "package p\n\nfunc f() {\n\tswitch x {\n\t//nolint\n\tcase 1: // ¤1\n\t\tg() // ¤2\n\tcase 2: // ¤3\n\t\th() // ¤4\n\t}\n}\n";
    covers(source, &["1+2"]);
}

#[test]
fn another_column_or_a_line_between_covers_nothing_more() {
    covers("package p\n\n //nolint:a\nfunc f() { // ¤1\n} // ¤2\n", &[""]);
    covers("package p\n\n//nolint:a\n\nfunc f() { // ¤1\n} // ¤2\n", &[""]);
}

#[test]
fn above_the_package_clause_it_is_about_the_file() {
    covers("//nolint:a\npackage p // ¤1\n\nvar x = 1 // ¤2\n", &["1+2"]);
    covers("// Package p.\n//nolint:a\npackage p // ¤1\n\nfunc f() {} // ¤2\n", &["1+2"]);
    covers("//nolint:a\n\npackage p // ¤1\n\nvar x = 1 // ¤2\n", &[""]);
    covers("package p //nolint:a ¤1\n\nvar x = 1 // ¤2\n", &["1"]);
}

#[test]
fn lint_ignore_is_about_a_line_or_a_simple_statement() {
    covers("package p\n\n//lint:ignore a why\nfunc f() { // ¤1\n\tg() // ¤2\n} // ¤3\n", &["1"]);
    covers(
        "package p\n\nfunc f() {\n\t//lint:ignore a why\n\tgo func() { // ¤1\n\t\tg() // ¤2\n\t}() // ¤3\n\th() // ¤4\n}\n",
        &["1+2+3"],
    );
    covers("package p\n\nfunc f() {\n\t//lint:ignore a why\n\tfor { // ¤1\n\t\tg() // ¤2\n\t}\n}\n", &["1"]);
    covers("package p\n\n//lint:ignore a why\n// More.\n\n// Doc.\nfunc f() { // ¤1\n}\n", &["1"]);
    covers("package p\n\nfunc f() {\n\tg() //lint:ignore a why ¤1\n\th() // ¤2\n}\n", &["1"]);
    covers(
        "package p\n\nfunc f() {\n\tg(1, // ¤1\n\t\t2, // ¤2\n\t) //lint:ignore a why ¤3\n\th() // ¤4\n}\n",
        &["1+3"],
    );
    covers("package p\n\nfunc f() { // ¤1\n\tg() //lint:file-ignore a why\n} // ¤2\n", &["1+2"]);
}

#[test]
fn strings_are_no_comments() {
    covers("package p\n\nvar x = \"//nolint:a\" // ¤1\nvar y = `\n//nolint:a\n` // ¤2\n", &[]);
}

#[test]
fn line_ends_and_broken_code_do_no_harm() {
    covers("package p\r\n\r\n//nolint:a\r\nfunc f() { // ¤1\r\n} // ¤2\r\n", &["1+2"]);
    covers("//nolint", &[""]);
    covers("package p\n//lint:ignore a why", &[""]);
    covers("package p\nfunc f( {\n//nolint:a\n} ) { // ¤1\n", &[""]);
}
