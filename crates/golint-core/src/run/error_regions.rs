//! Where a file did not parse. What a rule says about such a place is not reported: the tree around it is a guess of the
//! parser.

use golint_diagnostics::Span;
use golint_tree::{Kind, Node, Tree, kind, layout::flag};

/// The regions, sorted, none inside another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ErrorRegions(Vec<Span>);

impl ErrorRegions {
    /// Of each error node and each missing token, the region is the statement, declaration, spec or clause that it
    /// stands in; where it stands between such, its lines. The other statements around it parsed.
    pub(crate) fn of(tree: Tree<'_>, source: &[u8]) -> ErrorRegions {
        let mut spans = spans(tree, source);
        spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut regions: Vec<Span> = Vec::new();
        for span in spans {
            match regions.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => regions.push(span),
            }
        }
        ErrorRegions(regions)
    }

    /// Whether the span shares a byte with a region, or touches one where either is empty.
    pub(crate) fn touch(&self, span: Span) -> bool {
        let first = self.0.partition_point(|region| region.end < span.start);
        let near = self.0[first..].iter().take_while(|region| region.start <= span.end);
        near.into_iter().any(|region| region.intersects(span) || region.is_empty() || span.is_empty())
    }
}

/// The regions as they are met, perhaps one inside another. Each takes a climb: what is inside one is passed by.
fn spans(tree: Tree<'_>, source: &[u8]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut node = tree.root();
    let end = tree.subtree_end(node);
    while node < end {
        if !tree.has_error(node) {
            node = tree.subtree_end(node);
        } else if tree.flags(node) & (flag::ERROR | flag::MISSING) != 0 {
            let region = region(tree, node);
            let span = Span::new(tree.start(region), tree.end(region));
            if region != node {
                spans.push(span);
            } else if !spans.last().is_some_and(|last| last.start <= span.start && span.end < last.end) {
                spans.push(whole_lines(span, source));
            }
            // The regions of the errors in it lie in it.
            node = tree.subtree_end(region);
        } else {
            node = Node(node.0 + 1);
        }
    }
    spans
}

/// What stands beside an error on its line is likely a part of it: the parser cut a statement short.
fn whole_lines(span: Span, source: &[u8]) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = source.get(..start).and_then(|before| memchr::memrchr(b'\n', before)).map_or(0, |at| at + 1);
    let after = source.get(end..).and_then(|after| memchr::memchr(b'\n', after)).map_or(source.len(), |at| end + at);
    Span::new(before as u32, after as u32)
}

/// Climbs from an error to what stands in a list of statements or declarations.
fn region(tree: Tree<'_>, error: Node) -> Node {
    let mut node = error;
    while let Some(parent) = tree.parent(node) {
        if is_list(tree.kind(parent)) || is_element(tree.kind(node)) && tree.kind(node) != kind::ERROR {
            break;
        }
        node = parent;
    }
    node
}

fn is_list(kind: Kind) -> bool {
    matches!(kind, kind::SOURCE_FILE | kind::STATEMENT_LIST | kind::BLOCK)
}

fn is_element(kind: Kind) -> bool {
    matches!(
        kind,
        kind::EXPRESSION_CASE
            | kind::DEFAULT_CASE
            | kind::TYPE_CASE
            | kind::COMMUNICATION_CASE
            | kind::CONST_SPEC
            | kind::VAR_SPEC
            | kind::TYPE_SPEC
            | kind::TYPE_ALIAS
            | kind::IMPORT_SPEC
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the words `good` and `bad` of the source lie in a region.
    #[track_caller]
    fn check(source: &str) {
        let parsed = golint_syntax::parse(source.as_bytes());
        let regions = ErrorRegions::of(Tree::new(&parsed.tree).unwrap(), source.as_bytes());
        for (word, expected) in [("good", false), ("bad", true)] {
            for (at, _) in source.match_indices(word) {
                let span = Span::new(at as u32, (at + word.len()) as u32);
                assert_eq!(regions.touch(span), expected, "{word} at {at} of {source:?}; {regions:?}");
            }
        }
    }

    #[test]
    fn the_statement_around_an_error_is_not_to_be_trusted() {
        check("package p\n\nfunc f() {\n\tgood()\n\tbad(1, , 2)\n\tgood()\n}\n\nfunc good() {}\n");
        check("package p\n\nvar (\n\tgood = 1\n\tx = bad(1 2)\n\ty = good\n)\n");
        check("package p\n\nfunc f() {\n\tfor {\n\t\tgood()\n\t\tx := bad +\n\t}\n\tgood()\n}\n");
    }

    #[test]
    fn sound_files_have_none() {
        check("package p\n\nfunc good() { good() }\n");
        check("package p\n\nfunc good() { good(new(123), new(good() + 1)); good() }\n");
        check("package p\n\nfunc good() { good(new(123), new(good())); good() }\n\nvar _ = bad(1 2)\n");
    }

    #[test]
    fn anything_at_all_has_regions() {
        for source in ["", "}", "bad }{ bad", "package", "\u{0}\u{1}"] {
            let parsed = golint_syntax::parse(source.as_bytes());
            ErrorRegions::of(Tree::new(&parsed.tree).unwrap(), source.as_bytes());
        }
    }

    #[test]
    fn very_many_errors_are_no_matter() {
        let errors = |one: &str, count: usize| one.repeat(count);
        let deep = [errors("(", 20_000), "f(".into(), errors("1 2, ", 20_000), "1)".into(), errors(")", 20_000)];
        for (source, most) in [
            (format!("package p\n{}", errors("} ", 10_000)), 10_001),
            (format!("package p\nfunc f() {{ {}", errors("x y; ", 10_000)), 20_001),
            (format!("package p\nvar x = {}", errors("(", 5_000)), 5),
            (format!("package p\nvar x = {}", errors("f(1 2, ", 1_000)), 5),
            (format!("package p\nfunc f() {}", errors("{", 5_000)), 5_001),
            // Many errors, all deep in one declaration.
            (format!("package p\nvar x = {}\n", deep.concat()), 1),
        ] {
            let parsed = golint_syntax::parse(source.as_bytes());
            let tree = Tree::new(&parsed.tree).unwrap();
            assert!(!ErrorRegions::of(tree, source.as_bytes()).0.is_empty());
            let climbs = spans(tree, source.as_bytes()).len();
            assert!(climbs <= most, "{climbs} climbs in {source:.50}");
        }
    }

    #[test]
    fn touching_is_exact_for_spans_with_bytes() {
        let regions = ErrorRegions(vec![Span::new(10, 20), Span::new(22, 24), Span::empty(30)]);
        for (span, expected) in [
            (Span::new(0, 10), false),
            (Span::new(0, 11), true),
            (Span::new(12, 13), true),
            (Span::new(20, 25), true),
            (Span::new(20, 22), false),
            (Span::new(24, 29), false),
            (Span::new(25, 30), true),
            (Span::new(30, 31), true),
            (Span::new(31, 32), false),
            (Span::empty(20), true),
            (Span::empty(21), false),
        ] {
            assert_eq!(regions.touch(span), expected, "{span:?}");
        }
    }
}
