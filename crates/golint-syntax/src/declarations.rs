//! What a file declares, parsed without what no declaration depends on.

use std::ops::Range;

use golint_tree::layout::flag;
use golint_tree::{Node, Tree};

use crate::bodies::bodies;
use crate::composition::Composition;
use crate::parse::{Parsed, parse_part};
use crate::parts::parts;

/// Parses what a file declares: as [`parse`](crate::parse()) does, with all positions, but bodies of functions may have no
/// statements, and composite literals no elements, unless a type depends on how many. What is wrong in them is no error.
///
/// Takes a fraction of the time; and less where somebody has the whole tree, which tells the same wherever it is sound.
pub fn parse_declarations(source: &[u8], whole: Option<Tree<'_>>) -> Parsed {
    let mut composition = Composition::new(source);
    let mut tops = whole.filter(|whole| whole.flags(whole.root()) & flag::ERROR == 0).map(Tops::new);
    for part in parts(source) {
        if let Some((tree, nodes)) = tops.as_mut().and_then(|tops| tops.sound(part.end)) {
            composition.add_sound(tree, nodes);
            continue;
        }
        let mut emptied = source[part.clone()].to_vec();
        for body in bodies(&source[part.clone()]) {
            emptied[body].fill(b' ');
        }
        composition.add(part.start, &parse_part(&emptied));
    }
    composition.finish()
}

/// The children of the root of a whole tree, from first to last.
struct Tops<'a> {
    tree: Tree<'a>,
    next: Node,
}

impl<'a> Tops<'a> {
    fn new(tree: Tree<'a>) -> Tops<'a> {
        Tops { tree, next: Node(1) }
    }

    /// The next children, those before this end of a part; none if something is wrong with them. Of several, that may be
    /// the end of a line between them, which is no node.
    fn sound(&mut self, end: usize) -> Option<(Tree<'a>, Range<Node>)> {
        let (tree, first) = (self.tree, self.next);
        let (mut declarations, mut is_sound) = (0, true);
        while (self.next.0 as usize) < tree.len() && (tree.start(self.next) as usize) < end {
            let flags = tree.flags(self.next);
            is_sound &= flags & (flag::ERROR | flag::MISSING | flag::HAS_ERROR) == 0;
            declarations += u32::from(flags & flag::EXTRA == 0);
            self.next = tree.subtree_end(self.next);
        }
        (is_sound && declarations <= 1).then_some((tree, first..self.next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn declarations_keep_their_places_without_bodies() {
        let (body, other) = ("\n\treturn x. = é\n", " é() ");
        let with = |body: &str, other: &str| {
            format!("package p\n\nfunc f(x T) int {{{body}}}\n\nvar é = `{{`\n\nfunc (t T) g() {{{other}}}\nfunc h()\n")
        };
        let (source, emptied) = (with(body, other), with(&" ".repeat(body.len()), &" ".repeat(other.len())));
        let (declarations, expected) = (parse_declarations(source.as_bytes(), None), parse(emptied.as_bytes()));
        assert!(declarations.tree == expected.tree);
        assert_eq!(declarations.syntax_errors, 0);
        assert_ne!(parse(source.as_bytes()).syntax_errors, 0);
    }
}
