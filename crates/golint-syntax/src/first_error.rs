//! Where a file ceases to be Go, for people who are told that it does. It looks at a tree and parses nothing.

use golint_diagnostics::LineIndex;
use golint_tree::{Tree, layout::flag};

/// The line, from 1, of the first thing that did not parse; none in a sound tree.
pub fn first_error(tree: Tree<'_>, source: &[u8]) -> Option<u32> {
    Some(LineIndex::new(source).line_column(place(tree, source)?).line)
}

/// In bytes from the start of the file.
fn place(tree: Tree<'_>, source: &[u8]) -> Option<u32> {
    let mut node = tree.root();
    let mut inside = tree.has_error(node).then_some(node)?;
    while node < tree.subtree_end(inside) {
        if !tree.has_error(node) {
            node = tree.subtree_end(node);
            continue;
        }
        if tree.flags(node) & (flag::ERROR | flag::MISSING) != 0 {
            return Some(tree.start(node));
        }
        inside = node;
        node.0 += 1;
    }
    // The ends of lines are no nodes: one is missing where two things follow each other on a line.
    let things: Vec<_> = tree.named_children(inside).collect();
    let on_one_line = things.windows(2).find(|pair| {
        let between = source.get(tree.end(pair[0]) as usize..tree.start(pair[1]) as usize);
        tree.kind(pair[0]) == tree.kind(pair[1]) && between.is_some_and(|between| !between.contains(&b'\n'))
    });
    Some(on_one_line.map_or_else(|| tree.start(inside), |pair| tree.start(pair[1])))
}

#[cfg(test)]
mod tests {
    use golint_tree::Tree;

    use super::*;

    /// What stands at the first error.
    #[track_caller]
    fn check(source: &str, expected: Option<&str>) {
        let parsed = crate::parse(source.as_bytes());
        let tree = Tree::new(&parsed.tree).expect("sound");
        let at = place(tree, source.as_bytes());
        assert_eq!(at.is_some(), parsed.syntax_errors > 0, "{source:?}");
        assert_eq!(at.map(|at| &source[at as usize..]), expected, "{source:?}");
    }

    #[test]
    fn the_first_error_is_found() {
        check("package p\n\nfunc f() { g() }\n", None);
        check("package p\n\nfunc f() {\n\tx := \n}\n", Some(" \n}\n"));
        check("package p\n\nfunc f() {\n\tg(1, , 2)\n}\n", Some(", , 2)\n}\n"));
        check("package p\n\nfunc f() {\n}\n}\n", Some("}\n"));
        check("package p\n\nvar x int var y int\n", Some("var y int\n"));
        check("package p\nconst (a = 1 b = 2)\n", Some("b = 2)\n"));
        check("package p\n<<<<<<< HEAD\nvar x = 1\n", Some("<<<<<<< HEAD\nvar x = 1\n"));
        check("package p\n\nfunc f() {\n\tx := 1\n", Some(""));
        check("hello world\n", Some("hello world\n"));
        let source = b"package p\n\nfunc f() {\n\tx := \n}\n";
        assert_eq!(first_error(Tree::new(&crate::parse(source).tree).expect("sound"), source), Some(4));
    }

    #[test]
    fn any_bytes_have_one_or_none() {
        let deep = format!("package p\nvar x = {}1 2{}\n", "(".repeat(50_000), ")".repeat(50_000));
        for source in ["", "}", "package", "\0\u{1}", "package p\nvar s = `a", deep.as_str()] {
            let parsed = crate::parse(source.as_bytes());
            let tree = Tree::new(&parsed.tree).expect("sound");
            assert_eq!(first_error(tree, source.as_bytes()).is_some(), parsed.syntax_errors > 0, "{source:.20}");
        }
    }
}
