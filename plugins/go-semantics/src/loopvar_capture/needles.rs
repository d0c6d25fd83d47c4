//! Which files are worth parsing: those that can hold a finding, by their bytes alone. Formatting may be odd, so a needle
//! asks for less than gofmt's output would allow.

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

pub(super) fn interests() -> Vec<Interest> {
    vec![
        Interest::in_nodes([kind::FOR_STATEMENT]).before_go(1, 22).requires(Needle::pattern(STATEMENT)),
        Interest::in_nodes([kind::FOR_STATEMENT]).requires_any([
            Needle::pattern(RANGE_THAT_ASSIGNS),
            Needle::pattern(CLAUSES_WITHOUT_DECLARATION),
            Needle::pattern(CLAUSE_OF_TWO),
        ]),
    ]
}

/// True where the second interest's needles are sure to hit for these clauses of a loop. Since Go 1.22 the rule looks at
/// no other loops of three clauses, so that what is found never depends on what else stands in the file.
pub(super) fn cover(clauses: Node<'_>) -> bool {
    let initializer = clauses.child(field::INITIALIZER);
    initializer.is_none_or(|i| !i.bytes().windows(2).any(|w| w == b":=")) || assigns_two(clauses)
}

fn assigns_two(clauses: Node<'_>) -> bool {
    let update = clauses.child(field::UPDATE).filter(|u| u.is(kind::ASSIGNMENT_STATEMENT));
    let operator = update.and_then(|u| u.child(field::OPERATOR)).filter(|o| o.is(kind::ASSIGN));
    let header = operator.and_then(|operator| {
        let source = clauses.file().source();
        source.get(clauses.start() as usize..operator.start() as usize)
    });
    let mut parts = header.unwrap_or_default().split(|b| *b == b';');
    let (Some(first), Some(second), Some(targets), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let has_brace = |part: &[u8]| part.iter().any(|b| matches!(b, b'{' | b'}'));
    let is_list = targets.contains(&b',') && !targets.iter().any(|b| b"{}=!<>:".contains(b));
    is_list && !has_brace(first) && !has_brace(second)
}
