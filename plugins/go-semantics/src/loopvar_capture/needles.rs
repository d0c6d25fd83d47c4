//! Which files are worth parsing: those that can hold a finding, by their bytes alone. A needle never relies on gofmt:
//! formatting may be odd, so it asks for less than that would allow.

use golint_sdk::prelude::*;

/// A `for` where a statement can begin: generated tables have the word in comments only.
const STATEMENT: &str = r"(?m-u)(?:^|[{};:]|\*/)[ \t\r]*for\b";

/// `= range`, comments between the two included, and not `:= range`.
const RANGE_THAT_ASSIGNS: &str = r"(?s-u)[^:=!<>]=(?:\s|/\*.*?\*/|//[^\n]*\n)*range\b";

/// A `for` where a statement can begin, and no `:=` from there to a semicolon: a loop of three clauses whose first one
/// declares nothing. A brace in that clause stands inside of parentheses or brackets. (In a file that gofmt wrote,
/// semicolons are rare, and so are other things that look like this.)
const CLAUSES_WITHOUT_DECLARATION: &str =
    r"(?m-u)(?:^|[{};:]|\*/)[ \t\r]*for\b(?:[^:;{(\[]|:[^=;])*(?:;|[(\[](?:[^:;]|:[^=;])*;)";

/// A loop of three clauses whose last one assigns two variables or more: a comma and a `=` behind the second semicolon,
/// and between them nothing that no target has.
const CLAUSE_OF_TWO: &str = r"(?m-u)(?:^|[{};:]|\*/)[ \t\r]*for\b[^;{}]*;[^;{}]*;[^;{}=!<>:]*,[^;{}=!<>:]*=[^=]";

/// What divides letters in two, so that any two that differ are divided by one of these, whatever their case: a letter's
/// place in the alphabet, bit by bit, `_` being the last.
const HALVES: &[(&str, &str)] = &[
    ("a-p", "q-z_"),
    ("a-hq-x", "i-py-z_"),
    ("a-di-lq-ty-z_", "e-hm-pu-x"),
    ("abefijmnqruvyz", "cdghklopstwx_"),
    ("acegikmoqsuwy_", "bdfhjlnprtvxz"),
];

/// The same for letters of which one is a capital and the other not. Other alphabets are on both sides.
const CASES: (&str, &str) = (r"A-Z_\x80-\xff", r"a-z\x80-\xff");

/// A loop of three clauses that begins with one name and whose last clause assigns another: the first letters differ, or
/// one of the names is a letter and the other is longer. Regular expressions can't compare names, but they can list how
/// two letters differ.
fn clause_of_other() -> String {
    let clauses = r"[^;{}]*;[^;{}]*;[\s(]*";
    let rest = r"[\w\x80-\xff]";
    let mut differ = Vec::new();
    for (one, other) in HALVES {
        differ.push(format!("(?i:[{one}]){clauses}(?i:[{other}])"));
        differ.push(format!("(?i:[{other}]){clauses}(?i:[{one}])"));
    }
    let (capital, small) = CASES;
    differ.push(format!("[{capital}]{clauses}[{small}]"));
    differ.push(format!("[{small}]{clauses}[{capital}]"));
    differ.push(format!(r"{rest}\s*[,:]{clauses}{rest}{rest}"));
    let long_and_short = format!(r"{rest}{rest}+\s*[,:]{clauses}{rest}");
    let differ = differ.join("|");
    format!(
        r"(?m-u)(?:^|[{{}};:]|\*/)[ \t\r]*for\s+(?:(?:{differ}){rest}*|{long_and_short})[\s)]*(?:\+\+|--|[-+*/%&|^<>]*=)"
    )
}

pub(super) fn interests() -> Vec<Interest> {
    vec![
        Interest::in_nodes([kind::FOR_STATEMENT]).before_go(1, 22).requires(Needle::pattern(STATEMENT)),
        Interest::in_nodes([kind::FOR_STATEMENT]).requires_any([
            Needle::pattern(RANGE_THAT_ASSIGNS),
            Needle::pattern(CLAUSES_WITHOUT_DECLARATION),
            Needle::pattern(CLAUSE_OF_TWO),
            Needle::pattern(clause_of_other()),
        ]),
    ]
}

/// True where the second interest's needles are sure to hit for these clauses of a loop. Since Go 1.22 the rule looks at
/// no other loops of three clauses, so that what is found never depends on what else stands in the file.
pub(super) fn cover(clauses: Node<'_>) -> bool {
    let initializer = clauses.child(field::INITIALIZER);
    let declares = initializer.is_some_and(|i| i.bytes().windows(2).any(|w| w == b":="));
    !declares || assigns_two(clauses) || assigns_other(clauses)
}

/// The bytes of the clauses, up to the operator of the last one; none if these can't be told apart by their semicolons.
fn texts(clauses: Node<'_>, operator: u32) -> Option<[&[u8]; 3]> {
    let header = clauses.file().source().get(clauses.start() as usize..operator as usize)?;
    let mut parts = header.split(|b| *b == b';');
    let texts = [parts.next()?, parts.next()?, parts.next()?];
    let has_brace = |part: &&[u8]| part.iter().any(|b| matches!(b, b'{' | b'}'));
    (parts.next().is_none() && !texts[..2].iter().any(has_brace)).then_some(texts)
}

fn assigns_two(clauses: Node<'_>) -> bool {
    let update = clauses.child(field::UPDATE).filter(|u| u.is(kind::ASSIGNMENT_STATEMENT));
    let operator = update.and_then(|u| u.child(field::OPERATOR)).filter(|o| o.is(kind::ASSIGN));
    operator
        .and_then(|operator| texts(clauses, operator.start()))
        .is_some_and(|[.., targets]| targets.contains(&b',') && !targets.iter().any(|b| b"{}=!<>:".contains(b)))
}

/// See [`clause_of_other`].
fn assigns_other(clauses: Node<'_>) -> bool {
    let Some(update) = clauses.child(field::UPDATE) else { return false };
    let operator = match update.kind() {
        kind::ASSIGNMENT_STATEMENT => update.child(field::OPERATOR).map(Node::start),
        // `++` and `--` end their statements.
        kind::INC_STATEMENT | kind::DEC_STATEMENT => update.end().checked_sub(2),
        _ => None,
    };
    let Some([first, _, last]) = operator.and_then(|at| texts(clauses, at)) else { return false };
    let is_blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let is_in_name = |b: &u8| *b == b'_' || b.is_ascii_alphanumeric() || !b.is_ascii();
    let source = clauses.file().source();
    let before = clauses.parent().and_then(|s| source.get(s.start() as usize..clauses.start() as usize));
    let is_first = before
        .and_then(|b| b.strip_prefix(b"for"))
        .is_some_and(|blanks| !blanks.is_empty() && blanks.iter().all(is_blank));
    let (name, behind) = first.split_at(first.iter().position(|b| !is_in_name(b)).unwrap_or(first.len()));
    let is_whole = behind.iter().find(|b| !is_blank(b)).is_some_and(|b| matches!(b, b',' | b':'));
    let around = |b: &u8| is_blank(b) || matches!(b, b'(' | b')');
    let start = last.iter().position(|b| !around(b)).unwrap_or(last.len());
    let end = last.iter().rposition(|b| !around(b)).map_or(start, |n| n + 1);
    let other = &last[start..end];
    let ([a, name_rest @ ..], [b, other_rest @ ..]) = (name, other) else { return false };
    let differ = a != b || !a.is_ascii() || name_rest.is_empty() != other_rest.is_empty();
    is_first && is_whole && other.iter().all(is_in_name) && differ
}
