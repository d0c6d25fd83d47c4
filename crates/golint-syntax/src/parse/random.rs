//! Go that was mutilated at random: the flat tree is, node for node, the tree that it was made from.

use golint_tree::{Node, Tree};
use proptest::prelude::*;

use super::*;

const SNIPPETS: &[&str] = &[
    "package p\n\nimport (\n\t\"fmt\"\n\tx \"os\"\n)\n\nconst a, b = iota, 1 << 3\n\nvar c = []int{1, 2: 3}\n",
    "package p\n\nfunc f[T any](a, b int, c ...T) (n int, err error) {\n\tdefer func() { recover() }()\n\treturn a + b*-1, nil\n}\n",
    "package p\n\ntype T struct {\n\tA, B int `json:\"a\"`\n\t*E\n}\n\nfunc (t *T) M() map[string]chan<- int { return nil }\n",
    "package p\n\nfunc f() {\n\tfor i, v := range xs {\n\t\tgo func() { use(i, v) }()\n\t}\n\tif x := g(); x != nil {\n\t} else {\n\t\tgoto end\n\t}\nend:\n}\n",
    "package p\n\nfunc f(x any) {\n\tswitch y := x.(type) {\n\tcase int, *p.T:\n\t\t_ = y\n\tdefault:\n\t}\n\tselect {\n\tcase v := <-c:\n\t\t_ = v\n\t}\n}\n",
    "package p // é ☃\n\n/* c */ var s = `raw\n☃` + \"\\n\\u1234\" + 'x'\n\nvar f = 0x1p-2 + 1i\n",
    "package p\n\ntype I interface {\n\t~int | ~string\n\tM(x T[int]) [3]struct{}\n}\n\nfunc f() { x[1:2:3].y(z...) }\n",
];

const TOKENS: &[&str] = &[
    "(", ")", "{", "}", "[", "]", "<-", ":=", "...", ".", ",", ";", "\n", "\"", "`", "'", "/*", "*/", "//", "func ",
    "type ", "case ", "if ", "\u{feff}", "\0", "é", "x", "0", "~", "*",
];

/// One change: what is there from this place on, so many bytes of it, and what comes instead.
type Change = (prop::sample::Index, usize, Vec<u8>);

fn change() -> impl Strategy<Value = Change> {
    let text = prop_oneof![
        3 => Just(Vec::new()),
        4 => prop::sample::select(TOKENS).prop_map(|token| token.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
        1 => prop::sample::select(SNIPPETS).prop_map(|snippet| snippet.as_bytes().to_vec()),
    ];
    (any::<prop::sample::Index>(), prop_oneof![Just(0), 0..30_usize], text)
}

fn mutilated() -> impl Strategy<Value = Vec<u8>> {
    (prop::sample::select(SNIPPETS), prop::collection::vec(change(), 0..8)).prop_map(|(snippet, changes)| {
        let mut source = snippet.as_bytes().to_vec();
        for change in changes {
            mutate(&mut source, change);
        }
        source
    })
}

/// Compares the two, each walked in its own way.
fn compare(source: &[u8]) -> Result<(), TestCaseError> {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&language()).expect("the grammar that is compiled in");
    let expected = read(source, &mut parser).expect("no time limit");
    let parsed = flatten(&expected, source, &mut TreeWriter::new());
    let tree = Tree::new(&parsed.tree).expect("the writer's own tree is sound");
    let mut count = 0;
    let mut syntax_errors = 0;
    // Each with the number that it has in pre-order, and its parent's.
    let mut ahead = vec![(expected.root_node(), None::<Node>, None::<&str>)];
    while let Some((wanted, parent, field)) = ahead.pop() {
        let node = Node(count);
        count += 1;
        prop_assert!((node.0 as usize) < tree.len(), "nodes are missing");
        let name = match wanted.kind() {
            "\0" | "" => "end of file",
            "comment_across_lines" => "comment",
            name => name,
        };
        prop_assert_eq!(tree.kind(node).name(), name);
        let place = wanted.start_byte().min(source.len())..wanted.end_byte().min(source.len());
        prop_assert_eq!(tree.range(node), place, "{}", name);
        prop_assert_eq!(tree.parent(node), parent, "{}", name);
        prop_assert_eq!(tree.field(node), field.and_then(Field::from_name).unwrap_or(Field(0)), "{}", name);
        let does_not_parse = wanted.is_error() || wanted.is_missing();
        let fails = |node: tree_sitter::Node<'_>| node.has_error() || node.is_error() || node.is_missing();
        let explained = (0..wanted.child_count()).any(|i| wanted.child(i).is_some_and(fails));
        syntax_errors += u32::from(does_not_parse || wanted.has_error() && !explained);
        let flags = [
            (flag::NAMED, wanted.is_named()),
            (flag::EXTRA, wanted.is_extra() || name == "comment"),
            (flag::ERROR, wanted.is_error()),
            (flag::MISSING, wanted.is_missing()),
            (flag::HAS_ERROR, wanted.has_error() || does_not_parse),
        ];
        let flags = flags.into_iter().filter(|(_, set)| *set).fold(0, |flags, (flag, _)| flags | flag);
        prop_assert_eq!(tree.flags(node), flags, "{}", name);
        prop_assert_eq!(tree.subtree_end(node).0, node.0 + wanted.descendant_count() as u32, "{}", name);
        prop_assert_eq!(tree.children(node).count(), wanted.child_count() as usize, "{}", name);
        for i in (0..wanted.child_count()).rev() {
            let child = wanted.child(i).expect("it was counted");
            ahead.push((child, Some(node), wanted.field_name_for_child(i)));
        }
    }
    prop_assert_eq!(count as usize, tree.len());
    prop_assert_eq!(parsed.syntax_errors, syntax_errors);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn the_flat_tree_is_the_parsers_tree(source in mutilated()) {
        compare(&source)?;
    }
}

/// All snippets in one file, each as often.
fn long() -> Vec<u8> {
    let declarations = SNIPPETS.iter().map(|snippet| snippet.split_once('\n').expect("a package clause").1);
    format!("package p\n{}", declarations.collect::<String>().repeat(3)).into_bytes()
}

fn mutate(source: &mut Vec<u8>, (place, length, text): Change) -> (usize, Vec<u8>, usize) {
    let start = place.index(source.len() + 1);
    let end = (start + length).min(source.len());
    let inserted = text.len();
    (start, source.splice(start..end, text).collect(), inserted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn parts_make_the_whole(changes in prop::collection::vec(change(), 0..3)) {
        let mut source = long();
        for change in changes {
            mutate(&mut source, change);
        }
        let whole = parse_part(&source);
        if whole.syntax_errors == 0 {
            prop_assert!(parse(&source).tree == whole.tree, "{}", String::from_utf8_lossy(&source));
        }
    }

    #[test]
    fn states_before_do_not_show(changes in prop::collection::vec((change(), any::<bool>()), 1..24)) {
        let mut source = long();
        let mut reparser = Reparser::default();
        let mut check = |source: &[u8]| {
            let (again, fresh) = (reparser.parse(source), parse(source));
            prop_assert!(again.tree == fresh.tree, "{}", String::from_utf8_lossy(source));
            prop_assert_eq!(again.syntax_errors, fresh.syntax_errors);
            Ok(())
        };
        check(&source)?;
        for (change, is_undone) in changes {
            let (start, removed, inserted) = mutate(&mut source, change);
            check(&source)?;
            if is_undone {
                source.splice(start..start + inserted, removed);
                check(&source)?;
            }
        }
    }
}

#[test]
fn so_it_is_of_every_snippet() {
    SNIPPETS
        .iter()
        .for_each(|snippet| compare(snippet.as_bytes()).unwrap_or_else(|error| panic!("{snippet}: {error}")));
}
