//! Where a comment `//lint:ignore` goes so that it holds for a finding, changes no code, and leaves the layout as gofmt has
//! it. Every place is tried out: what the comment covers there, the reader of directives says, and nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use golint_diagnostics::{Diagnostic, LineIndex, Location, Span};
use golint_tree::{Kind, Node, Tree, kind};

use super::alignment::{self, is_string, leaves};
use super::{Suppressions, scope};

/// A file with comments that suppress findings.
#[derive(Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The file with them.
    pub after: Vec<u8>,
    /// How many comments were written.
    pub directives: usize,
    /// Of each finding, whether one of them holds for it.
    pub held: Vec<bool>,
}

/// Writes `//lint:ignore RULE reason` for findings, each given by its rule and the byte where it begins. Findings at one place
/// share a comment. What no comment can be placed for is left as it is.
///
/// The reason must be one line that is not empty.
pub fn ignore(source: &[u8], findings: &[(&str, u32)], reason: &str) -> Ignored {
    let parsed = golint_syntax::parse(source);
    let nothing = || Ignored { after: source.to_vec(), directives: 0, held: vec![false; findings.len()] };
    let Ok(tree) = Tree::trusted(&parsed.tree) else { return nothing() };
    let page = Page::new(source, tree);
    let spots: Vec<Vec<Spot>> = findings.iter().map(|(_, offset)| page.spots(*offset)).collect();
    // Of each finding, which of its places is tried.
    let mut tried = vec![0; findings.len()];
    let mut ignored = nothing();
    for _ in 0..ROUNDS {
        let mut comments: BTreeMap<Spot, BTreeSet<&str>> = BTreeMap::new();
        for (number, (rule, _)) in findings.iter().enumerate() {
            if let Some(spot) = spots[number].get(tried[number]) {
                comments.entry(*spot).or_default().insert(rule);
            }
        }
        let insertions: Vec<Insertion> =
            comments.iter().map(|(spot, rules)| page.insertion(*spot, rules, reason)).collect();
        let after = inserted(source, &insertions);
        let parsed = golint_syntax::parse(&after);
        let Ok(tree) = Tree::trusted(&parsed.tree) else { break };
        let held = held(&after, tree, findings, &insertions);
        let mut is_settled = true;
        for (number, held) in held.iter().enumerate() {
            if !held && tried[number] < spots[number].len() {
                (tried[number], is_settled) = (tried[number] + 1, false);
            }
        }
        let lines = LineIndex::new(&after);
        let after = alignment::restored(&after, tree, &lines, &own_lines(&insertions, &lines));
        ignored = Ignored { after, directives: insertions.len(), held };
        if is_settled {
            break;
        }
    }
    ignored
}

/// No finding has as many places; some have to be left by others first.
const ROUNDS: usize = 8;

/// A place for a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    /// From 0.
    line: u32,
    /// Behind the code of the line; else above it, on a line of its own.
    behind: bool,
}

/// Text that comes in at an offset.
struct Insertion {
    at: u32,
    text: String,
    /// Whether its last line is a comment alone.
    own_line: bool,
}

fn inserted(source: &[u8], insertions: &[Insertion]) -> Vec<u8> {
    let mut after = Vec::with_capacity(source.len() + 64 * insertions.len());
    let mut done = 0;
    for Insertion { at, text, .. } in insertions {
        after.extend_from_slice(&source[done..*at as usize]);
        after.extend_from_slice(text.as_bytes());
        done = *at as usize;
    }
    after.extend_from_slice(&source[done..]);
    after
}

/// The first and the last line of each comment that has lines for itself.
fn own_lines(insertions: &[Insertion], lines: &LineIndex) -> Vec<(u32, u32)> {
    let mut came = 0;
    let mut own = Vec::new();
    for Insertion { at, text, own_line } in insertions {
        let first = lines.line_of(at + came);
        came += text.len() as u32;
        if *own_line {
            own.push((first, lines.line_of(at + came) - 1));
        }
    }
    own
}

/// Of each finding, whether a directive holds for it now.
fn held(after: &[u8], tree: Tree<'_>, findings: &[(&str, u32)], insertions: &[Insertion]) -> Vec<bool> {
    let path: Arc<str> = "".into();
    let mut before = insertions.iter().peekable();
    let mut by_place: Vec<usize> = (0..findings.len()).collect();
    by_place.sort_by_key(|&number| findings[number].1);
    // Moved one after the other: there may be very many of both.
    let (mut came, mut places) = (0, vec![0; findings.len()]);
    for number in by_place {
        let offset = findings[number].1;
        while let Some(insertion) = before.next_if(|insertion| insertion.at <= offset) {
            came += insertion.text.len() as u32;
        }
        places[number] = offset + came;
    }
    let diagnostics: Vec<Diagnostic> = findings
        .iter()
        .zip(places)
        .map(|((rule, _), at)| Diagnostic::new(*rule, Location::new(Arc::clone(&path), Span::empty(at)), ""))
        .collect();
    let verdicts = Suppressions::read(after, tree, &[]).suppress(diagnostics.iter());
    verdicts.into_iter().map(|verdict| verdict.is_some()).collect()
}

/// A file, as far as it matters where its lines begin and end.
struct Page<'s> {
    source: &'s [u8],
    tree: Tree<'s>,
    lines: LineIndex,
    /// What is not made of other nodes, comments and strings whole; in order.
    leaves: Vec<Node>,
    line_end: &'static str,
}

impl<'s> Page<'s> {
    fn new(source: &'s [u8], tree: Tree<'s>) -> Self {
        let first = memchr::memchr(b'\n', source);
        let crlf = first.is_some_and(|at| at > 0 && source[at - 1] == b'\r');
        let line_end = if crlf { "\r\n" } else { "\n" };
        Page { source, tree, lines: LineIndex::new(source), leaves: leaves(tree, source), line_end }
    }

    /// The leaf that covers this byte, or begins there.
    fn leaf_at(&self, offset: u32) -> Option<Node> {
        let next = self.leaves.partition_point(|&leaf| self.tree.start(leaf) <= offset);
        self.leaves[..next].last().copied().filter(|&leaf| offset < self.tree.end(leaf))
    }

    /// Whether this byte is in the midst of a string or a comment, where nothing can come in.
    fn is_inside(&self, offset: u32) -> bool {
        self.leaf_at(offset).is_some_and(|leaf| self.tree.start(leaf) < offset)
    }

    /// Where the text of a line begins, behind a byte order mark.
    fn line_start(&self, line: u32) -> u32 {
        let start = self.lines.full_line(line).start;
        start + scope::mark_at(self.source, start)
    }

    /// The first code on a line.
    fn first_code(&self, line: u32) -> Option<Node> {
        let span = self.lines.full_line(line);
        let first = self.leaves.partition_point(|&leaf| self.tree.start(leaf) < span.start);
        let on_line = self.leaves[first..].iter().copied().take_while(|&leaf| self.tree.start(leaf) < span.end);
        on_line.into_iter().find(|&leaf| self.tree.kind(leaf) != kind::COMMENT)
    }

    /// Where a comment for a finding may go, the best place first.
    fn spots(&self, offset: u32) -> Vec<Spot> {
        let line = self.lines.line_of(offset);
        let (above, behind) = (self.above(line), self.behind(line));
        let of_statement = self.statement_above(offset, line);
        let Some(first) = self.first_code(line) else {
            return of_statement.into_iter().collect();
        };
        if self.imports_c(first) {
            // What stands above goes to a C compiler.
            return behind.into_iter().collect();
        }
        let is_item = self.closes(first) || self.begins_item(first);
        let (one, other) = if is_item { (above, of_statement) } else { (of_statement, above) };
        one.into_iter().chain(other).chain(behind).collect()
    }

    fn above(&self, line: u32) -> Option<Spot> {
        (!self.is_inside(self.line_start(line))).then_some(Spot { line, behind: false })
    }

    fn behind(&self, line: u32) -> Option<Spot> {
        let end = self.code_end(line);
        let last = self.leaf_at(end.checked_sub(1)?);
        let is_free = last.is_none_or(|last| {
            let is_comment = self.tree.kind(last) == kind::COMMENT;
            self.tree.end(last) <= end && !(is_comment && self.tree.text(last, self.source).starts_with(b"//"))
        });
        is_free.then_some(Spot { line, behind: true })
    }

    /// The end of a line without blanks and its line end.
    fn code_end(&self, line: u32) -> u32 {
        let span = self.lines.full_line(line);
        let text = &self.source[span.start as usize..span.end as usize];
        span.start + text.trim_ascii_end().len() as u32
    }

    /// Above the simple statement that a finding is in and its line goes on with: a comment there holds to the end of it.
    fn statement_above(&self, offset: u32, line: u32) -> Option<Spot> {
        let start_of_line = self.line_start(line);
        let leaf = self.leaf_at(start_of_line).or_else(|| self.first_code(line))?;
        let goes_on = |&node: &Node| {
            scope::is_statement_or_declaration(self.tree.kind(node)) && self.tree.start(node) < start_of_line
        };
        let statement = self.tree.ancestors(leaf).find(goes_on)?;
        let start = self.tree.start(statement);
        let its_line = self.lines.line_of(start);
        let is_first = self.first_code(its_line).is_some_and(|first| self.tree.start(first) == start);
        let fits =
            is_first && scope::is_simple_statement(self.tree.kind(statement)) && offset < self.tree.end(statement);
        if fits { self.above(its_line) } else { None }
    }

    /// Whether this leaf closes a bracket: a comment above belongs to what is inside.
    fn closes(&self, leaf: Node) -> bool {
        matches!(self.tree.kind(leaf), kind::RIGHT_BRACE | kind::RIGHT_PAREN | kind::RIGHT_BRACKET)
    }

    /// Whether this leaf is a label, which gofmt moves to the left.
    fn is_label(&self, leaf: Node) -> bool {
        let parent = self.tree.parent(leaf);
        self.tree.kind(leaf) == kind::LABEL_NAME
            && parent.is_some_and(|parent| self.tree.kind(parent) == kind::LABELED_STATEMENT)
    }

    /// Whether something begins with this leaf that people put a comment above: a declaration, a statement, an element of a
    /// list. In the midst of an expression it would only stand in the way.
    fn begins_item(&self, leaf: Node) -> bool {
        let start = self.tree.start(leaf);
        let mut node = leaf;
        loop {
            let parent = self.tree.parent(node);
            if is_item(self.tree.kind(node)) || parent.is_some_and(|parent| is_list(self.tree.kind(parent))) {
                return true;
            }
            match parent.filter(|&parent| self.tree.start(parent) == start) {
                Some(parent) => node = parent,
                None => return false,
            }
        }
    }

    /// Whether package "C" is imported on the line of this leaf.
    fn imports_c(&self, leaf: Node) -> bool {
        let is_import = |kind: Kind| matches!(kind, kind::IMPORT_DECLARATION | kind::IMPORT_SPEC);
        let mut around = self.tree.ancestors(leaf).take_while(|&node| self.tree.start(node) == self.tree.start(leaf));
        let import = std::iter::once(leaf).chain(&mut around).find(|&node| is_import(self.tree.kind(node)));
        import.is_some_and(|import| {
            self.tree
                .subtree(import)
                .any(|node| is_string(self.tree.kind(node)) && self.tree.text(node, self.source) == b"\"C\"")
        })
    }

    fn insertion(&self, spot: Spot, rules: &BTreeSet<&str>, reason: &str) -> Insertion {
        let rules: Vec<&str> = rules.iter().copied().collect();
        let comment = format!("//lint:ignore {} {reason}", rules.join(","));
        if spot.behind {
            return Insertion { at: self.code_end(spot.line), text: format!(" {comment}"), own_line: false };
        }
        let (at, end) = (self.line_start(spot.line), self.line_end);
        let line = &self.source[at as usize..];
        let blank = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
        let mut indent: String = blank.map(|&byte| char::from(byte)).collect();
        if self.first_code(spot.line).is_some_and(|first| self.closes(first) || self.is_label(first)) {
            indent.push('\t');
        }
        let gap = if indent.is_empty() { self.gap(spot.line) } else { None };
        let gap = gap.map(|gap| format!("{gap}{end}")).unwrap_or_default();
        Insertion { at, text: format!("{gap}{indent}{comment}{end}"), own_line: true }
    }

    /// What gofmt wants between a comment above this line, in the first column, and what is there already: directives follow
    /// the words of a documentation behind an empty line of it, and what is documented another declaration behind an empty
    /// line.
    fn gap(&self, line: u32) -> Option<&'static str> {
        let above = line.checked_sub(1)?;
        if self.is_below_words(line) {
            return Some("//");
        }
        let ends_string = || {
            let last = self.code_end(above).checked_sub(1).and_then(|at| self.leaf_at(at));
            last.is_some_and(|last| is_string(self.tree.kind(last)))
        };
        let has_code = self.first_code(above).is_some() || ends_string();
        let begins = self.first_code(line)?;
        let of_file = |node: Node| self.tree.parent(node).is_some_and(|parent| parent == self.tree.root());
        let is_declaration = std::iter::once(begins).chain(self.tree.ancestors(begins)).any(of_file);
        (has_code && is_declaration).then_some("")
    }

    /// Whether the line above, in the first column, is one of a comment, and no directive.
    fn is_below_words(&self, line: u32) -> bool {
        let Some(above) = line.checked_sub(1) else { return false };
        let start = self.line_start(above);
        let is_comment = |leaf: Node| self.tree.kind(leaf) == kind::COMMENT && self.tree.start(leaf) == start;
        let Some(comment) = self.leaf_at(start).filter(|&leaf| is_comment(leaf)) else { return false };
        let text = self.tree.text(comment, self.source).trim_ascii_end();
        text.strip_prefix(b"//").is_some_and(|words| !words.is_empty() && !is_directive(words))
    }
}

/// go/ast, `isDirective`, of what follows the slashes.
fn is_directive(words: &[u8]) -> bool {
    if [b"line ".as_slice(), b"extern ", b"export "].iter().any(|word| words.starts_with(word)) {
        return true;
    }
    let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let Some(colon) = memchr::memchr(b':', words).filter(|&colon| colon > 0) else { return false };
    words[..colon].iter().all(is_plain) && words.get(colon + 1).is_some_and(is_plain)
}

fn is_item(kind: Kind) -> bool {
    scope::is_statement_or_declaration(kind)
        || kind.name().ends_with("_case")
        || matches!(kind, kind::KEYED_ELEMENT | kind::LITERAL_ELEMENT | kind::METHOD_ELEM | kind::TYPE_ELEM)
}

fn is_list(kind: Kind) -> bool {
    matches!(kind, kind::ARGUMENT_LIST | kind::LITERAL_VALUE | kind::EXPRESSION_LIST | kind::PARAMETER_LIST)
}

#[cfg(test)]
mod tests;
