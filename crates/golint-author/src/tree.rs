//! The syntax tree of a Go file as text, in the names that rules use for it. It takes any bytes, broken code included.

use std::fmt::Write as _;
use std::io::{self, Write};

use golint_diagnostics::LineIndex;
use golint_tree::layout::flag;
use golint_tree::{Field, Node, Tree};

/// Deeper nodes are indented no more: a line must not be as long as the file is deep.
const DEEPEST_INDENT: usize = 60;
/// Characters of a node's text that are shown.
const LONGEST_TEXT: usize = 40;

/// Writes the tree of a file with these bytes, and says in which line the first thing stands that did not parse. One line for
/// each node: where it begins (line and column from 1, the column in bytes), its bytes, and, indented, its field in the node
/// above, its kind, and the text of what has nothing below it. All of it may be a hundred times as long as the file.
///
/// # Errors
/// If it can't be written.
pub fn write(source: &[u8], out: &mut impl Write) -> io::Result<Option<u32>> {
    let parsed = golint_syntax::parse(source);
    // Never none: the parser writes sound trees.
    let Ok(tree) = Tree::trusted(&parsed.tree) else { return Ok(None) };
    let lines = LineIndex::new(source);
    let last = lines.line_column(u32::try_from(source.len()).unwrap_or(u32::MAX)).line;
    let (place, bytes) = (format!("{last}:100").len(), format!("{0}..{0}", source.len()).len());
    let mut ends = Vec::new();
    for node in tree.subtree(tree.root()) {
        while ends.last().is_some_and(|&end| node >= end) {
            ends.pop();
        }
        let at = lines.line_column(tree.start(node));
        let at = format!("{}:{}", at.line, at.column);
        let range = format!("{}..{}", tree.start(node), tree.end(node));
        let indent = "  ".repeat(ends.len().min(DEEPEST_INDENT));
        writeln!(out, "{at:place$}  {range:bytes$}  {indent}{}", described(tree, node, source))?;
        ends.push(tree.subtree_end(node));
    }
    Ok(golint_syntax::first_error(tree, source))
}

/// The line, from 1, of the first thing in a file that does not parse.
pub(crate) fn first_error(source: &[u8]) -> Option<u32> {
    let parsed = golint_syntax::parse(source);
    golint_syntax::first_error(Tree::trusted(&parsed.tree).ok()?, source)
}

/// Field, kind, and what else there is to say.
fn described(tree: Tree<'_>, node: Node, source: &[u8]) -> String {
    let mut out = String::new();
    if tree.field(node) != Field(0) {
        _ = write!(out, "{}: ", tree.field(node).name());
    }
    let (name, flags) = (tree.kind(node).name(), tree.flags(node));
    let is_leaf = tree.subtree_end(node).0 == node.0 + 1;
    if flags & flag::NAMED == 0 {
        _ = write!(out, "{name:?}");
    } else {
        out.push_str(name);
        if is_leaf && flags & flag::MISSING == 0 {
            let text = String::from_utf8_lossy(tree.text(node, source)).escape_debug().to_string();
            let cut = text.chars().count() > LONGEST_TEXT;
            let shown: String = text.chars().take(LONGEST_TEXT).collect();
            _ = write!(out, " `{shown}{}`", if cut { "…" } else { "" });
        }
    }
    if flags & flag::ERROR != 0 {
        out.push_str("  <- does not parse");
    }
    if flags & flag::MISSING != 0 {
        out.push_str("  <- is missing");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &[u8]) -> (String, Option<u32>) {
        let mut text = Vec::new();
        let first_error = write(source, &mut text).unwrap();
        (String::from_utf8(text).unwrap(), first_error)
    }

    #[test]
    fn a_tree_is_shown_in_the_names_of_rules() {
        let (text, first_error) = shown(b"package p\n\nvar x = f(\"a\")\n");
        let expected = "\
1:1    0..26   source_file
1:1    0..9      package_clause
1:1    0..7        \"package\"
1:9    8..9        package_identifier `p`
3:1    11..25    var_declaration
3:1    11..14      \"var\"
3:5    15..25      var_spec
3:5    15..16        name: identifier `x`
3:7    17..18        \"=\"
3:9    19..25        value: expression_list
3:9    19..25          call_expression
3:9    19..20            function: identifier `f`
3:10   20..25            arguments: argument_list
3:10   20..21              \"(\"
";
        assert!(text.starts_with(expected), "{text}");
        assert_eq!(first_error, None);
    }

    #[test]
    fn what_does_not_parse_is_marked() {
        let (text, first_error) = shown(b"package p\n\nfunc f() {\n\tg(1, , 2)\n");
        assert!(text.contains("ERROR") && text.contains("<- does not parse"), "{text}");
        assert!(text.contains("\"}\"  <- is missing"), "{text}");
        assert_eq!(first_error, Some(4));
    }

    #[test]
    fn any_bytes_have_a_tree() {
        for source in [&b""[..], b"\xff\xfe", b"\xef\xbb\xbfpackage p\n", b"package p // \x1b[31m\n"] {
            assert!(shown(source).0.contains("source_file"));
        }
        assert!(!shown(b"package p // \x1b[31m\n").0.contains('\u{1b}'));
        let deep = format!("package p\nvar x = {}1{}\n", "(".repeat(20_000), ")".repeat(20_000));
        let (text, _) = shown(deep.as_bytes());
        assert!(text.lines().all(|line| line.len() < 300));
    }
}
