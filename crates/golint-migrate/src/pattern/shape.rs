//! Finds out where each way through an expression is anchored, and makes of what may be anything as few tokens as can be.
//! Knows nothing of globs.

use super::Refusal;
use super::token::{Set, Token};

/// A way through an expression. Its tokens are characters, sets, slashes, and what may be anything in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) left: Left,
    pub(super) tokens: Vec<Token>,
    pub(super) right: Right,
}

/// What stands before the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing.
    Root,
    /// Anything.
    Any,
    /// Whole elements, or nothing: `(^|/)`.
    Boundary,
}

/// What follows the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    /// Nothing.
    End,
    /// Anything.
    Open,
    /// Whole elements, or nothing: `($|/)`.
    Boundary,
}

impl Shape {
    /// Whether it matches every path.
    pub(super) fn is_universal(&self) -> bool {
        match self.tokens.as_slice() {
            [] => self.right == Right::Open && self.left != Left::Boundary,
            [Token::Plus] => true,
            _ => false,
        }
    }

    /// Whether no path can be like this: elements are never empty, `.` or `..`.
    fn is_impossible(&self) -> bool {
        let tokens = &self.tokens;
        let (first, last) = (tokens.first(), tokens.last());
        let has_empty = tokens.windows(2).any(|pair| pair == [Token::Slash, Token::Slash])
            || self.left != Left::Any && first == Some(&Token::Slash)
            || self.right != Right::Open && last == Some(&Token::Slash)
            || tokens.is_empty() && self.right != Right::Open;
        let elements: Vec<&[Token]> = tokens.split(|token| *token == Token::Slash).collect();
        let is_whole =
            |i: usize| (i > 0 || self.left != Left::Any) && (i + 1 < elements.len() || self.right != Right::Open);
        let dots = |element: &[Token]| {
            matches!(element.len(), 1 | 2) && element.iter().all(|token| *token == Token::Literal('.'))
        };
        has_empty || elements.iter().enumerate().any(|(i, element)| is_whole(i) && dots(element))
    }
}

/// The shapes of ways that match somewhere in a path; without those that match no path.
pub(super) fn of(ways: Vec<Vec<Token>>) -> Result<Vec<Shape>, Refusal> {
    let mut shapes = Vec::new();
    for way in ways {
        let Some(tokens) = anchored(&way) else { continue };
        let tokens = merged(&without_repeats(with_dots(tokens)?))?;
        let shape = stripped(tokens);
        if !shape.is_impossible() && !shapes.contains(&shape) {
            shapes.push(shape);
        }
    }
    while join_two(&mut shapes) {}
    Ok(shapes)
}

/// What is between the start and the end of the path; none where something would have to be beyond them.
fn anchored(way: &[Token]) -> Option<Vec<Token>> {
    let mut tokens = vec![Token::Deep];
    tokens.extend_from_slice(way);
    tokens.push(Token::Deep);
    if let Some(at) = tokens.iter().rposition(|token| *token == Token::Start) {
        if !tokens[..at].iter().all(|token| token.may_be_empty() && *token != Token::End) {
            return None;
        }
        tokens.drain(..=at);
    }
    if let Some(at) = tokens.iter().position(|token| *token == Token::End) {
        if !tokens[at..].iter().all(Token::may_be_empty) {
            return None;
        }
        tokens.truncate(at);
    }
    Some(tokens)
}

/// Lone dots are those that were meant where a name is around them.
fn with_dots(mut tokens: Vec<Token>) -> Result<Vec<Token>, Refusal> {
    if tokens == [Token::Deep, Token::Dot, Token::Deep] {
        return Ok(vec![Token::Deep]);
    }
    let is_name = |token: Option<&Token>| match token {
        Some(&Token::Literal(c)) => c.is_alphanumeric() || c == '_' || c == '-',
        _ => false,
    };
    for i in 0..tokens.len() {
        if tokens[i] == Token::Dot {
            if !is_name(i.checked_sub(1).and_then(|i| tokens.get(i))) && !is_name(tokens.get(i + 1)) {
                return Err(Refusal::beyond("a `.` in it is any character, `/` included; `\\.` is a dot"));
            }
            tokens[i] = Token::Literal('.');
        }
    }
    Ok(tokens)
}

/// One or more of a set, beside anything, are one of it beside anything.
fn without_repeats(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if let Token::Many(set, slash) = &token {
            let is_one = |token: &Token| {
                *token == Token::OneOf(set.clone()) || is_single(set, token) || *slash && *token == Token::Slash
            };
            let before = kept.iter().rev().find(|token| !is_one(token));
            let absorbs = match before {
                Some(Token::Deep | Token::Plus) => true,
                Some(Token::Names) => !slash,
                _ => false,
            };
            if absorbs {
                continue;
            }
        }
        kept.push(token);
    }
    kept
}

fn is_single(set: &Set, token: &Token) -> bool {
    matches!((token, set.ranges.as_slice()), (&Token::Literal(c), &[range]) if range == (c, c) && !set.negated)
}

/// Neighbours that may be anything become one token.
fn merged(tokens: &[Token]) -> Result<Vec<Token>, Refusal> {
    let mut merged = Vec::with_capacity(tokens.len());
    let is_open = |token: &Token| matches!(token, Token::Deep | Token::Plus | Token::Names | Token::Many(..));
    for run in tokens.chunk_by(|a, b| is_open(a) && is_open(b)) {
        if !is_open(&run[0]) {
            merged.extend_from_slice(run);
            continue;
        }
        let has = |wanted: &Token| run.contains(wanted);
        let pluses = run.iter().filter(|token| **token == Token::Plus).count();
        let has_slashes = run.iter().any(|token| matches!(token, Token::Many(_, true)));
        merged.push(match () {
            () if pluses > 1 => return Err(Refusal::beyond("globs can't count characters that may be `/`")),
            () if pluses == 1 => Token::Plus,
            () if has(&Token::Deep) => Token::Deep,
            () if has(&Token::Names) && !has_slashes => Token::Names,
            () => return Err(Refusal::beyond("globs can't repeat a class of characters")),
        });
    }
    Ok(merged)
}

fn stripped(mut tokens: Vec<Token>) -> Shape {
    let (mut left, mut right) = (Left::Root, Right::End);
    if tokens.first() == Some(&Token::Deep) {
        left = Left::Any;
        tokens.remove(0);
        if tokens.is_empty() {
            right = Right::Open;
        }
    }
    if tokens.last() == Some(&Token::Deep) {
        right = Right::Open;
        tokens.pop();
    }
    Shape { left, tokens, right }
}

/// Joins two ways that together say "at the boundary of an element".
fn join_two(shapes: &mut Vec<Shape>) -> bool {
    for i in 0..shapes.len() {
        for j in 0..shapes.len() {
            let (one, other) = (&shapes[i], &shapes[j]);
            let at_left = one.left == Left::Root
                && other.left == Left::Any
                && one.right == other.right
                && !one.tokens.is_empty()
                && other.tokens.first() == Some(&Token::Slash)
                && other.tokens[1..] == one.tokens;
            let at_right = one.right == Right::End
                && other.right == Right::Open
                && one.left == other.left
                && !one.tokens.is_empty()
                && other.tokens.last() == Some(&Token::Slash)
                && other.tokens[..other.tokens.len() - 1] == one.tokens;
            if at_left || at_right {
                if at_left {
                    shapes[i].left = Left::Boundary;
                } else {
                    shapes[i].right = Right::Boundary;
                }
                shapes.remove(j);
                return true;
            }
        }
    }
    false
}
