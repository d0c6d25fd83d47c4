//! Every construct of the Go specification, a file each in tests/constructs, has a tree without errors, and the one that
//! tests/snapshots shows. Each line there is a named node: its field, its kind, and its text if nothing is in it.

use std::fs;
use std::path::Path;

use golint_tree::Tree;
use golint_tree::layout::flag;

fn outline(tree: Tree<'_>, source: &[u8]) -> String {
    let mut lines = String::new();
    for node in tree.subtree(tree.root()).filter(|&node| tree.is_named(node)) {
        let indent = "  ".repeat(tree.ancestors(node).count());
        let field = Some(tree.field(node).name()).filter(|name| !name.is_empty());
        lines +=
            &format!("{indent}{}{}", field.map(|name| format!("{name}: ")).unwrap_or_default(), tree.kind(node).name());
        if tree.flags(node) & flag::EXTRA != 0 {
            lines += " (extra)";
        }
        if tree.named_children(node).next().is_none() {
            lines += &format!(" {:?}", String::from_utf8_lossy(&source[tree.range(node)]));
        }
        lines.push('\n');
    }
    lines
}

#[test]
fn every_construct_has_its_tree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/constructs");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let source = fs::read(&path).expect("a file");
        let name = path.file_stem().expect("a name").to_string_lossy();
        let text = String::from_utf8_lossy(&source);
        assert!(text.trim_start_matches('\u{feff}').starts_with("// Specification, \""), "{name} names no section");
        let parsed = golint_syntax::parse(&source);
        let tree = Tree::new(&parsed.tree).expect("sound");
        let outline = outline(tree, &source);
        assert_eq!(parsed.syntax_errors, 0, "{name}\n{outline}");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(&*name, outline);
        });
    }
}
