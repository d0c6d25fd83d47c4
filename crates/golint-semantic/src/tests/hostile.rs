//! Sources that are made to hurt: depth, circles, size.

use super::models;

/// With less stack than worker threads have, which is 8 MiB.
fn with_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(6 << 20).spawn(test).unwrap().join().unwrap();
}

/// Asks everything about the first identifier of this name, and about everything around it.
fn ask_all(source: &str, name: &str) {
    let models = models(source);
    let model = &models.models[0];
    let tree = golint_tree::Tree::trusted(&models.trees[0]).unwrap();
    let node = models.leaf(0, name, 0);
    model.resolve(node, None);
    for node in [node].into_iter().chain(tree.ancestors(node).take(5)) {
        for (_, ty) in model.type_of(node, None) {
            model.type_string(&ty);
            model.layout(&ty, None);
            model.methods_of(&ty);
            model.comparable(&ty);
            model.underlying(&ty);
        }
        model.constant_of(node, None);
        model.selection(node);
    }
    for (_, object) in model.resolve(node, None) {
        model.references(&object);
        model.type_of_object(&object, None);
        model.constant_of_object(&object, None);
    }
}

#[test]
fn depth_costs_no_stack() {
    with_stack(|| {
        let deep = format!("package p\nfunc g() {{ y := {}1{}; _ = y }}\n", "(".repeat(200_000), ")".repeat(200_000));
        ask_all(&deep, "y");
        let n = 10_000;
        let nested = |open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(n), close.repeat(n));
        for expression in [
            nested("(", "1", ")"),
            nested("-", "1", ""),
            nested("f(", "1", ")"),
            nested("1+(", "1", ")"),
            nested("", "1", "+1"),
            nested("", "f", "()"),
            nested("", "f", ".x"),
            nested("&T{", "1", "}"),
            nested("[]int{0:", "x", "}"),
            nested("func() int { return ", "x", " }"),
        ] {
            ask_all(&format!("package p\nvar x = {expression}\nfunc g() {{ y := {expression}; _ = y }}\n"), "x");
            ask_all(&format!("package p\nfunc g() {{ y := {expression}; _ = y }}\n"), "y");
        }
        for ty in
            [nested("*", "T", ""), nested("[]", "T", ""), nested("map[int]", "T", ""), nested("struct { x ", "T", "}")]
        {
            ask_all(&format!("package p\nvar x {ty}\ntype T {ty}\n"), "x");
        }
    });
}

#[test]
fn long_chains_of_declarations() {
    with_stack(|| {
        let chain = |f: &dyn Fn(usize) -> String| (0..20_000).map(f).collect::<String>();
        ask_all(&format!("package p\nconst x = c0\n{}", chain(&|i| format!("const c{i} = c{} + 1\n", i + 1))), "x");
        ask_all(&format!("package p\nvar x T0\n{}", chain(&|i| format!("type T{i} struct {{ T{} }}\n", i + 1))), "x");
        ask_all(&format!("package p\nvar x T0\n{}", chain(&|i| format!("type T{i} T{}\n", i + 1))), "x");
        ask_all(
            &format!(
                "package p\nfunc f(v0 int) {{\n{}x := v20000\n_ = x }}\n",
                chain(&|i| format!("v{} := v{i}\n", i + 1))
            ),
            "x",
        );
        let sizes =
            chain(&|i| format!("type t{} struct {{ b [unsafe.Sizeof(t{i}{{}}) % 7 + 1]byte; a int64 }}\n", i + 1));
        ask_all(&format!("package p\nimport \"unsafe\"\nvar x t20000\ntype t0 int\n{sizes}"), "x");
        ask_all(&format!("package p\nimport \"unsafe\"\nvar x t40\ntype t0 int\n{sizes}"), "x");
    });
}

#[test]
fn many_names_in_one_place_cost_no_more_than_their_number() {
    with_stack(|| {
        let n = 2_000;
        let arguments = format!("{}K{}", "T[".repeat(10 * n), "]".repeat(10 * n));
        ask_all(&format!("package p\nfunc (r {arguments}) m() {{ _ = r }}\n"), "r");
        let list = |name: &str| (0..n).map(|i| format!("{name}{i}")).collect::<Vec<_>>().join(", ");
        let (names, values) = (list("a"), vec!["1"; n].join(", "));
        let repeated: String = (0..n).map(|i| format!("b{i}\n")).collect();
        let source = format!(
            "package p\nvar {0} = {values}\nfunc f() {{\n{names} := {values}\nconst (\nfirst = iota\n{repeated})\n_ = a0\n}}\n",
            list("v"),
        );
        let models = models(&source);
        let tree = golint_tree::Tree::trusted(&models.trees[0]).unwrap();
        for name in tree.subtree(tree.root()).filter(|&n| crate::scopes::is_name(tree, n)) {
            models.models[0].type_of(name, None);
            models.models[0].constant_of(name, None);
        }
        let fields: String = (0..400).map(|i| format!("E{i}\n")).collect();
        let types: String = (0..400).map(|i| format!("type E{i} struct {{ e{i} int }}\n")).collect();
        let uses = "_ = t.e399\n".repeat(1_000);
        let models =
            super::models(&format!("package p\ntype T struct {{\n{fields}}}\n{types}func f(t T) {{\n{uses}}}\n"));
        let tree = golint_tree::Tree::trusted(&models.trees[0]).unwrap();
        let is_e =
            |n: &golint_tree::Node| crate::scopes::is_name(tree, *n) && tree.text(*n, &models.texts[0]) == b"e399";
        let names: Vec<_> = tree.subtree(tree.root()).filter(is_e).collect();
        for i in 0..1_000 {
            assert_eq!(models.models[0].resolve(names[i + 1], None).len(), 1);
        }
    });
}

#[test]
fn nothing_is_computed_twice_on_the_way() {
    with_stack(|| {
        for n in [60, 2000] {
            let calls = ".f()".repeat(n);
            ask_all(
                &format!(
                    "package p\ntype T struct{{}}\nfunc (T) f() T {{ return T{{}} }}\nvar t T\nvar x = t{calls}\n"
                ),
                "x",
            );
            let fields = ".f".repeat(n);
            ask_all(&format!("package p\ntype T struct{{ f *T }}\nvar t T\nvar x = t{fields}\n"), "x");
        }
        let structs = (0..60).map(|i| format!("type T{} struct {{ a, b T{i} }}\n", i + 1)).collect::<String>();
        ask_all(&format!("package p\ntype T0 int8\n{structs}var x T60\n"), "x");
        ask_all("package p\ntype T[P any] struct { a T[[]P]; b T[*P]; c T[map[int]P] }\nvar x T[int]\n", "x");
    });
}

#[test]
fn every_part_of_a_long_chain_is_cheap() {
    let terms = 20_000;
    let models = models(&format!("package p\nfunc f() {{ _ = 1{} }}\n", " + 1".repeat(terms)));
    let tree = golint_tree::Tree::trusted(&models.trees[0]).unwrap();
    let parts = tree.subtree(tree.root()).filter(|&n| tree.kind(n) == golint_tree::kind::BINARY_EXPRESSION);
    for (i, part) in parts.enumerate() {
        let values = models.models[0].constant_of(part, None);
        assert_eq!(values[0].1.as_i64(), Some((terms + 1 - i) as i64));
    }
}

#[test]
fn circles_are_unknown() {
    super::check(
        r#"package p
var a = b //? a : ?
var b = a //? b : ?
const c = d + 1 //? c = ?
const d = c
type E F //? E : m.org/p.E ;; E ^ ?
type F E
type G struct { G; n int } //? G ^ ?
var g = G{}.n //? g : int
type H [len(h)]int
var h H //? h : m.org/p.H ;; h ^ ?
type I interface { I; m() }
type J[T any] struct { j *J[[]T] }
var j J[int] //? j : m.org/p.J[int] ;; j ^ 8/8[0][8] | 4/4[0][4]
"#,
    );
}

#[test]
fn growth_is_bounded() {
    with_stack(|| {
        let doubling =
            |n: usize| (0..n).map(|i| format!("type T{i} = struct {{ a, b T{} }}\n", i + 1)).collect::<String>();
        ask_all(&format!("package p\nvar x T0\n{}type T60 = int\n", doubling(60)), "x");
        let sums = (0..100).map(|i| format!("const c{i} = c{0} + c{0}\n", i + 1)).collect::<String>();
        ask_all(&format!("package p\nconst x = c0\n{sums}const c100 = 1\n"), "x");
        let embeds = (0..30).map(|i| {
            format!(
                "type T{i} struct {{ A{i}; B{i} }}\ntype A{i} struct {{ T{0} }}\ntype B{i} struct {{ T{0} }}\n",
                i + 1
            )
        });
        ask_all(&format!("package p\nvar x = y.none\nvar y T0\n{}", embeds.collect::<String>()), "x");
        let generic =
            "package p\ntype T[A any] struct { t *T[T[A]]; n int }\nvar x T[int]\nvar y = x.t.t.t.t.t.t.t.t.n\n";
        ask_all(generic, "x");
        ask_all(generic, "y");
    });
}

#[test]
fn garbage_gives_answers_or_none() {
    for source in [
        "",
        "package",
        "func f( {",
        "package p\nfunc (",
        "package p\nvar x = ",
        "package p\ntype T struct { x",
        "package p\nconst (\n a = iota\n b\n",
        "package p\nimport (\"a\" \"b\nvar x = a.B",
        "package p\nx := 1\nfor i := range x { x }\n",
        "package p\nfunc f() { switch x := y.(type) { case",
        "package p\nfunc f() { x, := 1; _ = x.; (x)() }",
        "\u{feff}package p\r\nvar x = 1\r\n",
    ] {
        let models = models(&format!("-- a.go --\n{source}"));
        let tree = golint_tree::Tree::trusted(&models.trees[0]).unwrap();
        for node in tree.subtree(tree.root()) {
            let model = &models.models[0];
            for (_, object) in model.resolve(node, None) {
                model.references(&object);
                model.declared_at(&object);
            }
            model.type_of(node, None);
            model.constant_of(node, None);
            model.selection(node);
        }
        assert!(models.models[0].resolve(golint_tree::Node(u32::MAX), None).is_empty());
    }
}
