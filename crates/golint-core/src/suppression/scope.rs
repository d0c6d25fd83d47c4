//! Which lines a directive covers. Takes comments from the tree, so that a directive in a string is none. One walk over
//! the nodes, whatever the file holds.

use golint_diagnostics::{BYTE_ORDER_MARK, LineIndex, Span};
use golint_tree::{Kind, Node, Tree, kind};
use rustc_hash::FxHashMap;

use super::directive::{self, Directive, Form};

/// A directive with the lines that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scoped {
    pub(crate) directive: Directive,
    /// Of the comment.
    pub(crate) span: Span,
    /// First and last line, from 0. A finding is covered if its first line is in one of them.
    pub(crate) lines: Vec<(u32, u32)>,
}

/// Comments that stand together, as go/parser groups them: on consecutive lines without code between them, or behind
/// code on one line.
#[derive(Clone, Copy)]
struct Group {
    /// Lines of the first and the last byte, from 0.
    first: u32,
    last: u32,
    /// Where it begins.
    start: u32,
    end: u32,
    behind_code: bool,
}

/// The directives of a file, in its order.
///
/// Sources: golangci-lint, pkg/result/processors/nolint_filter.go (a directive covers the lines of its comment group,
/// and all of a node that begins on the next line in the same column, which of several directives in a group it does for
/// the first one only, and this for all); go/ast, `NewCommentMap`, as staticcheck uses it
/// (a directive behind code is about the statement or declaration that ends there, another one about what comes next).
/// staticcheck looks at the line where that begins only; here a simple statement is covered to its end.
pub(crate) fn directives(source: &[u8], tree: Tree<'_>, lines: &LineIndex) -> Vec<Scoped> {
    let (groups, found) = collect(source, tree, lines);
    if found.is_empty() {
        return Vec::new();
    }
    let next_code = next_code(source, &groups);
    // What begins or ends at these offsets decides.
    let mut begins: FxHashMap<u32, Option<Node>> = FxHashMap::default();
    let mut ends: FxHashMap<u32, Option<Node>> = FxHashMap::default();
    for (_, number, directive) in &found {
        let group = groups[*number];
        match directive.form {
            Form::Nolint => _ = below(group, lines).map(|offset| begins.insert(offset, None)),
            Form::LintIgnore if group.behind_code => _ = ends.insert(code_end(source, group.start), None),
            Form::LintIgnore => _ = begins.insert(next_code[*number], None),
            Form::LintFileIgnore => {}
        }
    }
    for node in tree.subtree(tree.root()) {
        if let Some(outermost @ None) = begins.get_mut(&tree.start(node)) {
            *outermost = covered_from(node, tree);
        }
        if let Some(outermost @ None) = ends.get_mut(&tree.end(node))
            && is_statement_or_declaration(tree.kind(node))
        {
            *outermost = Some(node);
        }
    }
    let scoped = found.into_iter().map(|(span, number, directive)| {
        let group = groups[number];
        let covered = match directive.form {
            Form::LintFileIgnore => vec![(0, u32::MAX)],
            Form::LintIgnore if group.behind_code => {
                let mut covered = vec![(group.first, group.first)];
                if let Some(Some(node)) = ends.get(&code_end(source, group.start)) {
                    let line = lines.line_of(tree.start(*node));
                    covered.push((line, line));
                }
                covered
            }
            Form::LintIgnore => {
                let offset = next_code[number];
                let line = lines.line_of(offset);
                let statement =
                    begins.get(&offset).copied().flatten().filter(|&node| is_simple_statement(tree.kind(node)));
                vec![(line, statement.map_or(line, |node| last_line(node, source, tree, lines)))]
            }
            Form::Nolint => {
                let mut covered = vec![(group.first, group.last)];
                if let Some(Some(node)) = below(group, lines).and_then(|offset| begins.get(&offset)) {
                    covered.push((group.first, last_line(*node, source, tree, lines)));
                }
                covered
            }
        };
        Scoped { directive, span, lines: covered }
    });
    scoped.collect()
}

type Found = Vec<(Span, usize, Directive)>;

/// The groups of comments, and the directives with their group.
fn collect(source: &[u8], tree: Tree<'_>, lines: &LineIndex) -> (Vec<Group>, Found) {
    let mut groups: Vec<Group> = Vec::new();
    let mut found = Vec::new();
    for comment in tree.subtree(tree.root()).filter(|&node| tree.kind(node) == kind::COMMENT) {
        let (start, end) = (tree.start(comment), tree.end(comment));
        let (first, last) = (lines.line_of(start), lines.line_of(end.saturating_sub(1).max(start)));
        let line_start = lines.full_line(first).start;
        let line_start = line_start + mark_at(source, line_start);
        let previous = groups.last().copied();
        let after = previous.map_or(0, |group| group.end).max(line_start);
        let same_line = previous.is_some_and(|group| group.end > line_start);
        let clear = is_blank(source, after, start);
        let behind_code = !clear || same_line && previous.is_some_and(|group| group.behind_code);
        let joins = previous.is_some_and(|group| {
            let reach = if group.behind_code { group.last } else { group.last + 1 };
            first <= reach && is_blank(source, group.end, start)
        });
        match groups.last_mut() {
            Some(group) if joins => (group.last, group.end) = (last, end),
            _ => groups.push(Group { first, last, start, end, behind_code }),
        }
        if let Some(directive) = directive::parse(tree.text(comment, source)) {
            found.push((Span::new(start, end), groups.len() - 1, directive));
        }
    }
    (groups, found)
}

/// The offset of the first code behind each group; comments in between are skipped.
fn next_code(source: &[u8], groups: &[Group]) -> Vec<u32> {
    let mut next = vec![0; groups.len()];
    for (i, group) in groups.iter().enumerate().rev() {
        let rest = source.get(group.end as usize..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count() as u32;
        let offset = group.end + blank;
        next[i] = match groups.get(i + 1) {
            Some(follower) if follower.start == offset => next[i + 1],
            _ => offset,
        };
    }
    next
}

/// The offset below the beginning of a group: on the next line, in the same column.
fn below(group: Group, lines: &LineIndex) -> Option<u32> {
    let column = group.start - lines.full_line(group.first).start;
    let next = lines.full_line(group.last + 1);
    (column < next.len()).then_some(next.start + column)
}

/// One past the last byte of code before `offset`.
fn code_end(source: &[u8], offset: u32) -> u32 {
    let before = source.get(..offset as usize).unwrap_or_default();
    before.trim_ascii_end().len() as u32
}

/// The line of the node's last byte; the end of the file for the package clause, which stands for all of it.
fn last_line(node: Node, source: &[u8], tree: Tree<'_>, lines: &LineIndex) -> u32 {
    if tree.kind(node) == kind::PACKAGE_CLAUSE {
        return u32::MAX;
    }
    // A clause of a switch may end with the line break behind it.
    let length = tree.text(node, source).trim_ascii_end().len() as u32;
    lines.line_of((tree.start(node) + length).saturating_sub(1).max(tree.start(node)))
}

fn is_blank(source: &[u8], start: u32, end: u32) -> bool {
    source.get(start as usize..end as usize).is_none_or(|bytes| bytes.trim_ascii().is_empty())
}

/// The node of go/ast that begins where this node does, at least as large as it. What the grammar has beyond go/ast must
/// not count: lists, whose first element would stand for all, and parts that begin inside a node of go/ast.
fn covered_from(node: Node, tree: Tree<'_>) -> Option<Node> {
    let parent = || tree.parent(node).map(|parent| (parent, tree.kind(parent)));
    match tree.kind(node) {
        kind::SOURCE_FILE | kind::STATEMENT_LIST | kind::EXPRESSION_LIST | kind::COMMENT | kind::ERROR => None,
        kind::IMPORT_SPEC_LIST | kind::VAR_SPEC_LIST | kind::ARGUMENT_LIST | kind::TYPE_ARGUMENTS => None,
        kind::FOR_CLAUSE | kind::RANGE_CLAUSE => None,
        kind::INTERPRETED_STRING_LITERAL_CONTENT | kind::RAW_STRING_LITERAL_CONTENT | kind::ESCAPE_SEQUENCE => None,
        // Behind a type it is a part of the literal; alone it is one.
        kind::LITERAL_VALUE if parent().is_some_and(|(_, kind)| kind == kind::COMPOSITE_LITERAL) => None,
        // Blocks and lists of go/ast that the grammar does not have.
        kind::LEFT_BRACE => parent().filter(|(_, kind)| has_braces(*kind)).map(|(parent, _)| parent),
        _ => tree.is_named(node).then_some(node),
    }
}

/// Whether the braces stand in the node itself, which ends with them.
fn has_braces(kind: Kind) -> bool {
    matches!(
        kind,
        kind::EXPRESSION_SWITCH_STATEMENT | kind::TYPE_SWITCH_STATEMENT | kind::SELECT_STATEMENT | kind::INTERFACE_TYPE
    )
}

/// The bytes of a byte order mark that stands at `offset`.
pub(super) fn mark_at(source: &[u8], offset: u32) -> u32 {
    if offset == 0 && source.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() as u32 } else { 0 }
}

/// Statements without blocks of their own. What is said of one holds for the function literals in it, too: a finding in
/// `go func() { … }()` is one about the go statement.
pub(super) fn is_simple_statement(kind: Kind) -> bool {
    matches!(
        kind,
        kind::GO_STATEMENT
            | kind::DEFER_STATEMENT
            | kind::EXPRESSION_STATEMENT
            | kind::ASSIGNMENT_STATEMENT
            | kind::SHORT_VAR_DECLARATION
            | kind::RETURN_STATEMENT
            | kind::SEND_STATEMENT
    )
}

/// What go/ast.NewCommentMap attaches comments to: declarations, specs, fields and statements.
pub(super) fn is_statement_or_declaration(kind: Kind) -> bool {
    let name = kind.name();
    name.ends_with("_statement")
        || name.ends_with("_declaration")
        || name.ends_with("_spec")
        || matches!(kind, kind::PACKAGE_CLAUSE | kind::TYPE_ALIAS)
}

#[cfg(test)]
mod tests;
