//! Fixes of a rule that an input describes, applied to Go that the input holds.

use golint_sdk::prelude::*;

use super::recipe::{Reader, meta, reader};
use super::{memory, recipe};

/// A round takes at least one mark away, and there are ten rounds.
const MOST_MARKS: usize = 9;
const MARK: char = 'q';

/// Fixes what follows the first zero byte with what stands before it.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|&byte| byte == 0).unwrap_or_default();
    let (how, source) = (&data[..end], data.get(end + 1..).unwrap_or_default());
    if source.iter().filter(|&&byte| byte == MARK as u8).count() > MOST_MARKS {
        return;
    }
    let _turn = recipe::set(how);
    let Some(fixed) = memory::fixed("a.go", source) else { return };
    let errors = |source: &[u8]| golint_syntax::parse(source).syntax_errors;
    assert!(errors(&fixed) <= errors(source), "{}", String::from_utf8_lossy(&fixed));
    assert_eq!(memory::fixed("a.go", &fixed), None, "{}", String::from_utf8_lossy(&fixed));
}

/// Wants no `q` in any token. What it does about them depends on the recipe and on the token's text, and brings no new one.
pub(super) struct Rewritten;

impl Rule for Rewritten {
    type Options = NoOptions;
    const META: Meta = meta("rewritten");

    fn interests(_: &NoOptions) -> Vec<Interest> {
        let tokens =
            [kind::IDENTIFIER, kind::FIELD_IDENTIFIER, kind::TYPE_IDENTIFIER, kind::COMMENT, kind::INT_LITERAL];
        vec![Interest::in_nodes(tokens).requires(Needle::literal(MARK))]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        let text = node.text();
        if !text.contains(MARK) {
            return;
        }
        let mut reader = reader();
        // Other tokens begin elsewhere in the recipe.
        (0..text.len() % 8).for_each(|_| _ = reader.byte());
        let mut finding = Finding::at(node, "a mark");
        for _ in 0..reader.byte() % 3 + 1 {
            finding = finding.fix(fix(&mut reader, node, &text));
        }
        node.file().report(finding);
    }
}

fn fix(reader: &mut Reader, node: Node<'_>, text: &str) -> Fix {
    let fix = match reader.byte() % 4 {
        0 => Fix::shown("shown"),
        1 => Fix::risky("risky"),
        _ => Fix::safe("safe"),
    };
    let unmarked = text.replace(MARK, "");
    let more = reader.text().replace(MARK, "");
    let more: String = more.chars().take(1_000).collect();
    match reader.byte() % 6 {
        0 => fix.replace(node, unmarked),
        1 => fix.replace(node, more),
        2 => fix.delete(node),
        3 => fix.insert(node.start(), more).replace(node, unmarked),
        4 => fix.replace(node, unmarked).insert(node.end(), more),
        _ => {
            // The parent's other end is edited, too.
            let end = node.parent().map_or(node.end(), Node::end);
            fix.replace(node, unmarked).insert(end, more)
        }
    }
}
