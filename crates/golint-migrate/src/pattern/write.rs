//! Writes a shape as globs of golint.toml: `*`, `?` and classes stop at `/`, `**` is any number of elements, a glob without a `/` is
//! compared with names at any depth, and one that takes a folder takes all below it.

use super::shape::{Left, Right, Shape};
use super::token::{Set, Token};
use super::{MOST, Over, Refusal};

/// What ends a Go file's name.
const GO: [Token; 3] = [Token::Literal('.'), Token::Literal('g'), Token::Literal('o')];

/// Part of a glob.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(char),
    OneOf(Set),
    /// `*`.
    Star,
    Slash,
    /// `**`, between slashes.
    Elements,
}

/// What follows the last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    /// Nothing but what is below.
    Exact,
    /// Anything.
    Open,
}

/// The globs of a shape; none if no Go file is like it.
pub(super) fn globs(shape: &Shape, over: Over) -> Result<Vec<String>, Refusal> {
    if shape.is_universal() {
        return Ok(vec!["*".to_owned()]);
    }
    let mut globs = Vec::new();
    for (tokens, tail) in with_file(shape, over)? {
        for pieces in expanded(shape.left, &tokens, tail)?.iter().filter(|pieces| !has_dots(pieces)) {
            globs.push(written(pieces, tail)?);
        }
    }
    Ok(globs)
}

/// Whether an element is `.` or `..`, as none is.
fn has_dots(pieces: &[Piece]) -> bool {
    let dot = Piece::Literal('.');
    let mut elements = pieces.split(|piece| *piece == Piece::Slash);
    elements.any(|element| matches!(element.len(), 1 | 2) && element.iter().all(|piece| *piece == dot))
}

/// The folder that somebody may have meant who wrote a name that no Go file ends with.
pub(super) fn folder_meant(shape: &Shape) -> Option<String> {
    let mut text = String::new();
    for token in &shape.tokens {
        match token {
            Token::Literal(c) if !"*?[]{}!".contains(*c) => text.push(*c),
            Token::Slash => text.push('/'),
            _ => return None,
        }
    }
    let lead = if shape.left == Left::Root && !text.contains('/') { "/" } else { "" };
    let lead = if shape.left != Left::Root && text.contains('/') { "**/" } else { lead };
    (!text.is_empty()).then(|| format!("{lead}{}", text.trim_matches('/')))
}

/// The tokens of the paths of files, and what follows.
fn with_file(shape: &Shape, over: Over) -> Result<Vec<(Vec<Token>, Tail)>, Refusal> {
    let tokens = shape.tokens.clone();
    let and = |more: &[Token]| [tokens.as_slice(), more].concat();
    Ok(match (over, shape.right) {
        (Over::Folder, Right::End) => {
            let file = [&[Token::Slash, Token::Names], GO.as_slice()].concat();
            vec![(and(&file), Tail::Exact)]
        }
        (Over::Folder, Right::Open) => vec![(and(&[Token::Deep, Token::Slash]), Tail::Open)],
        (Over::Folder, Right::Boundary) => vec![(and(&[Token::Slash]), Tail::Open)],
        (Over::File, Right::Boundary) => vec![(tokens, Tail::Exact)],
        (Over::File, Right::Open) if tokens.ends_with(&GO) => vec![(tokens, Tail::Exact)],
        (Over::File, Right::Open) => vec![(tokens, Tail::Open)],
        (Over::File, Right::End) if tokens.last() == Some(&Token::Plus) => with_more(&tokens[..tokens.len() - 1]),
        (Over::File, Right::End) => with_go(shape.left, tokens)?.into_iter().map(|t| (t, Tail::Exact)).collect(),
    })
}

/// Paths that go on after these tokens.
fn with_more(tokens: &[Token]) -> Vec<(Vec<Token>, Tail)> {
    if tokens.ends_with(&GO) {
        return Vec::new();
    }
    if !may_be_file(tokens) {
        return vec![(tokens.to_vec(), Tail::Open)];
    }
    let and = |token: Token| ([tokens, &[token]].concat(), Tail::Open);
    vec![and(Token::OneOf(Set::any())), and(Token::Slash)]
}

/// The literals at the end.
fn run(tokens: &[Token]) -> &[Token] {
    let length = tokens.iter().rev().take_while(|token| matches!(token, Token::Literal(_))).count();
    &tokens[tokens.len() - length..]
}

/// Whether tokens may end as the name of a Go file does.
fn may_be_file(tokens: &[Token]) -> bool {
    let run = run(tokens);
    tokens.last() != Some(&Token::Slash) && (run.is_empty() || run.ends_with(&GO) || GO.ends_with(run))
}

/// Tokens to the end of a path, which is `.go`.
fn with_go(left: Left, tokens: Vec<Token>) -> Result<Option<Vec<Token>>, Refusal> {
    let refusal = || Err(Refusal::beyond("where `.go` begins can't be told"));
    let run = run(&tokens);
    if run.ends_with(&GO) {
        return Ok(Some(tokens));
    }
    if !run.is_empty() {
        if !GO.ends_with(run) {
            return Ok(None);
        }
        return match tokens[..tokens.len() - run.len()].last() {
            None if left == Left::Any => Ok(Some(GO.to_vec())),
            None | Some(Token::Slash) => Ok(None),
            Some(_) => refusal(),
        };
    }
    let Some((Token::Names, before)) = tokens.split_last() else { return refusal() };
    let before = match before.split_last() {
        Some((Token::OneOf(set), before)) if set.is_any() => before,
        _ => before,
    };
    // What stands before must not be able to take a part of `.go`.
    let fixed = before.strip_suffix(&[Token::Deep]).unwrap_or(before);
    let overlaps = (1..=GO.len()).any(|n| fixed.ends_with(&GO[..n]));
    if overlaps || !matches!(fixed.last(), None | Some(Token::Literal(_) | Token::Slash)) {
        return refusal();
    }
    Ok(Some([before, &[Token::Names], GO.as_slice()].concat()))
}

/// What may be anything, slashes included, is written out: with and without them.
fn expanded(left: Left, tokens: &[Token], tail: Tail) -> Result<Vec<Vec<Piece>>, Refusal> {
    use Piece::{Elements, Slash, Star};
    let one = || Piece::OneOf(Set::any());
    let mut variants: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut at = 0;
    match left {
        Left::Root => {}
        Left::Boundary => variants[0] = vec![Elements, Slash],
        Left::Any if tokens.first() == Some(&Token::Slash) => {
            variants[0] = vec![Star, Slash, Elements, Slash];
            at = 1;
        }
        Left::Any => variants[0] = vec![Elements, Slash, Star],
    }
    while at < tokens.len() {
        let token = &tokens[at];
        let options: Vec<Vec<Piece>> = match token {
            Token::Literal(c) => vec![vec![Piece::Literal(*c)]],
            Token::OneOf(set) => vec![vec![Piece::OneOf(set.clone())]],
            Token::Slash => vec![vec![Slash]],
            Token::Names => vec![vec![Star]],
            Token::Deep | Token::Plus => {
                let rest = &tokens[at + 1..];
                let is_first = at == 0 && left != Left::Boundary;
                let after_slash = is_first || at == 0 || tokens[at - 1] == Token::Slash;
                let before_slash = rest.first() == Some(&Token::Slash);
                let needs_one = *token == Token::Plus && !is_name_of_no_file(rest, tail);
                if before_slash {
                    at += 1;
                }
                match (after_slash, before_slash) {
                    (true, true) => vec![vec![Star, Slash, Elements, Slash]],
                    (true, false) if needs_one => {
                        vec![vec![Elements, Slash, one(), Star], vec![Star, Slash, Elements, Slash]]
                    }
                    (true, false) => vec![vec![Elements, Slash, Star]],
                    (false, true) if *token == Token::Plus => {
                        vec![vec![one(), Star, Slash, Elements, Slash], vec![Slash, Star, Slash, Elements, Slash]]
                    }
                    (false, true) => vec![vec![Star, Slash, Elements, Slash]],
                    (false, false) => {
                        let within = if *token == Token::Plus { vec![one(), Star] } else { vec![Star] };
                        vec![within, vec![Star, Slash, Elements, Slash, Star]]
                    }
                }
            }
            Token::Start | Token::End | Token::Many(..) | Token::Dot => {
                return Err(Refusal::beyond("globs can't say it"));
            }
        };
        let together = variants.iter().flat_map(|v| options.iter().map(|option| [v.as_slice(), option].concat()));
        variants = together.collect();
        if variants.len() > MOST {
            return Err(Refusal::beyond(format!("it would take more than {MOST} globs")));
        }
        at += 1;
    }
    if tail == Tail::Open && tokens.last() != Some(&Token::Slash) {
        variants.iter_mut().for_each(|pieces| pieces.push(Star));
    }
    Ok(variants)
}

/// Whether these tokens to the end can't be the whole name of a file, as it would begin with `_` or `.`.
fn is_name_of_no_file(tokens: &[Token], tail: Tail) -> bool {
    tail == Tail::Exact
        && matches!(tokens.first(), Some(Token::Literal('_' | '.')))
        && tokens.ends_with(&GO)
        && !tokens.iter().any(|token| matches!(token, Token::Slash | Token::Deep | Token::Plus))
}

fn written(pieces: &[Piece], tail: Tail) -> Result<String, Refusal> {
    let ends_in_folder = tail == Tail::Open && pieces.last() == Some(&Piece::Slash);
    let mut body = if ends_in_folder { &pieces[..pieces.len() - 1] } else { pieces };
    let mut ending = "";
    if ends_in_folder && body.last() != Some(&Piece::Elements) {
        let from = body.iter().rposition(|piece| *piece == Piece::Slash).map_or(0, |at| at + 1);
        ending = if may_be_name_of_file(&body[from..]) { "/**" } else { "/" };
    }
    let is_anywhere = body.starts_with(&[Piece::Elements, Piece::Slash]);
    let rest = if is_anywhere { &body[2..] } else { body };
    let is_one_element = !rest.contains(&Piece::Slash) && !rest.contains(&Piece::Elements);
    let is_name = is_one_element && ending != "/**" && rest.first() != Some(&Piece::Literal('!'));
    let mut text = String::new();
    if is_anywhere && is_name {
        body = rest;
    } else if !is_anywhere && is_one_element {
        text.push('/');
    }
    let mut last = None;
    for piece in body {
        match piece {
            Piece::Literal(c) => literal(*c, &mut text),
            Piece::OneOf(set) => class(set, &mut text)?,
            Piece::Star if last == Some(piece) => {}
            Piece::Star => text.push('*'),
            Piece::Slash => text.push('/'),
            Piece::Elements => text.push_str("**"),
        }
        last = Some(piece);
    }
    text.push_str(ending);
    if text.contains("**/**") || text.matches('{').count() > 32 || text.starts_with('!') {
        return Err(Refusal::beyond("globs can't say it"));
    }
    Ok(text)
}

fn may_be_name_of_file(pieces: &[Piece]) -> bool {
    if let Some(Piece::OneOf(set)) = pieces.last()
        && !set.negated
        && set.ranges.iter().all(|&(first, last)| !(first..=last).contains(&'o'))
    {
        return false;
    }
    let tokens: Vec<Token> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal(c) => Token::Literal(*c),
            _ => Token::Names,
        })
        .collect();
    may_be_file(&tokens)
}

fn literal(c: char, text: &mut String) {
    if "*?[]{}".contains(c) {
        text.extend(['[', c, ']']);
    } else {
        text.push(c);
    }
}

/// `]` stands first in a class, `-` last, and `!` and `^` never first.
fn class(set: &Set, text: &mut String) -> Result<(), Refusal> {
    if set.is_any() {
        text.push('?');
        return Ok(());
    }
    let is_special = |c: char| "]-!^[".contains(c);
    let mut body = String::new();
    for &(first, last) in &set.ranges {
        if first == last && !is_special(first) {
            body.push(first);
        } else if first != last {
            if is_special(first) || is_special(last) {
                return Err(Refusal::beyond("a class of characters can't be written here"));
            }
            body.extend([first, '-', last]);
        }
    }
    let has = |c: char| set.ranges.contains(&(c, c));
    if has(']') {
        body.insert(0, ']');
    }
    for c in ['!', '^', '['] {
        if has(c) {
            body.push(c);
        }
    }
    if has('-') {
        body.push('-');
    }
    if !set.negated && body.starts_with(['!', '^']) || body.contains("[:") {
        return Err(Refusal::beyond("a class of characters can't be written here"));
    }
    text.push_str(if set.negated { "[!" } else { "[" });
    text.push_str(&body);
    text.push(']');
    Ok(())
}
