//! The fix: a copy of the variable at the start of the loop's body. It never gives the variable another meaning than it
//! would have with Go 1.22: where a copy would, there is no fix.

use golint_sdk::prelude::*;

use super::access::is_written;
use super::address;
use super::header::{Loop, Shared};

/// `v := v` at the start of the body; none where the loop only assigns the variable, where the body writes it, or where
/// the body's block declares the name itself.
pub(super) fn copy(of: &Loop<'_>, variable: &Shared<'_>) -> Option<Fix> {
    let is_written_in_body = variable.uses.iter().any(|n| is_written(*n)) || !variable.changes.in_body.is_empty();
    // Behind its address, the body may move a three-clause loop on.
    let may_be_written = !of.is_range() && variable.uses.iter().any(|n| address::is_given_away(*n));
    if !variable.is_declared || is_written_in_body || may_be_written || declares(of.body, &variable.name) {
        return None;
    }
    let name = &variable.name;
    let (offset, text) = insertion(of, variable)?;
    Some(Fix::safe(format!("copy `{name}` at the start of the body")).insert(offset, text))
}

/// Does the block itself, not one inside of it, declare the name?
fn declares(body: Node<'_>, name: &str) -> bool {
    let statements = body.named_children().flat_map(Node::named_children).map(|s| {
        let mut statement = s;
        while statement.is(kind::LABELED_STATEMENT) {
            match statement.named_children().find(|n| !n.is(kind::LABEL_NAME)) {
                Some(inner) => statement = inner,
                None => break,
            }
        }
        statement
    });
    statements.into_iter().any(|statement| match statement.kind() {
        kind::SHORT_VAR_DECLARATION => {
            let left = statement.child(field::LEFT);
            left.into_iter().flat_map(Node::named_children).any(|n| n.bytes() == name.as_bytes())
        }
        kind::VAR_DECLARATION | kind::CONST_DECLARATION | kind::TYPE_DECLARATION => statement
            .descendants()
            .filter(|n| n.field() == field::NAME)
            .filter(|n| {
                n.parent().is_some_and(|p| {
                    matches!(p.kind(), kind::VAR_SPEC | kind::CONST_SPEC | kind::TYPE_SPEC | kind::TYPE_ALIAS)
                })
            })
            .any(|n| n.bytes() == name.as_bytes()),
        _ => false,
    })
}

/// Where the copy goes, and its text with what separates it from its neighbours: to the start of the body, or behind the
/// copies of variables that the loop declares before this one, which another round of fixes may have put there.
fn insertion(of: &Loop<'_>, variable: &Shared<'_>) -> Option<(u32, String)> {
    let statement = &format!("{name} := {name}", name = variable.name);
    let source = of.statement.file().source();
    if let Some(last) = copies_before(of, variable).last() {
        return Some(insertion_behind(source, *last, statement));
    }
    let open = of.body.start() as usize;
    let inside = source.get(open + 1..of.body.end() as usize)?;
    let line = inside.iter().position(|b| *b == b'\n').map(|n| &inside[..n]);
    let rest_of_line = line.map(<[u8]>::trim_ascii);
    // What else stands in the brace's own line stays there if it is a comment.
    let Some(line) = line.filter(|_| rest_of_line.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"//")))
    else {
        return Some((open as u32 + 1, format!(" {statement};")));
    };
    let end = if line.ends_with(b"\r") { "\r\n" } else { "\n" };
    let offset = (open + 1 + line.len() + 1) as u32;
    Some((offset, format!("{}{statement}{end}", indentation(of, source))))
}

/// The same behind a statement: in a line of its own if that one has one.
fn insertion_behind(source: &[u8], last: Node<'_>, statement: &str) -> (u32, String) {
    let rest = source.get(last.end() as usize..).unwrap_or_default();
    let line = rest.split(|b| *b == b'\n').next().unwrap_or_default();
    let is_alone = line.trim_ascii().is_empty() || line.trim_ascii().starts_with(b"//");
    match own_indentation(source, last.start() as usize).filter(|_| is_alone) {
        Some(indentation) => {
            let line_end = if line.ends_with(b"\r") { "\r\n" } else { "\n" };
            let offset = last.end() + line.trim_ascii_end().len() as u32;
            (offset, format!("{line_end}{indentation}{statement}"))
        }
        None => (last.end(), format!("; {statement}")),
    }
}

/// The statements `x := x` that the body begins with, as far as they copy what the header names before the variable.
fn copies_before<'f>(of: &Loop<'f>, variable: &Shared<'f>) -> Vec<Node<'f>> {
    let Some(names) = variable.at.parent() else { return Vec::new() };
    let before: Vec<_> = names.named_children().take_while(|n| *n != variable.at).map(Node::bytes).collect();
    let is_copy = |statement: &Node<'f>| {
        let side = |side| statement.child(side).map(Node::bytes);
        let name = side(field::LEFT);
        statement.is(kind::SHORT_VAR_DECLARATION)
            && name == side(field::RIGHT)
            && name.is_some_and(|name| before.contains(&name))
    };
    of.body.named_children().flat_map(Node::named_children).take_while(is_copy).collect()
}

/// That of the first statement; where a label or something else stands in its line, one more than the loop's own.
fn indentation(of: &Loop<'_>, source: &[u8]) -> String {
    let first = of.body.named_children().next().and_then(|list| list.named_children().next());
    if let Some(first) = first.filter(|f| !f.is(kind::LABELED_STATEMENT))
        && let Some(indentation) = own_indentation(source, first.start() as usize)
    {
        return indentation;
    }
    let line_start = source[..of.statement.start() as usize].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let blank = source[line_start..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let mut indentation = String::from_utf8_lossy(&source[line_start..line_start + blank]).into_owned();
    indentation.push('\t');
    indentation
}

/// The blanks before this byte, if nothing else stands before it in its line.
fn own_indentation(source: &[u8], at: usize) -> Option<String> {
    let line_start = source.get(..at)?.iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let before = &source[line_start..at];
    before.iter().all(|b| matches!(b, b' ' | b'\t')).then(|| String::from_utf8_lossy(before).into_owned())
}
