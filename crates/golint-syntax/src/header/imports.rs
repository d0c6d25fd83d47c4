//! Import declarations. Stops at the first thing that is none, and at the first syntax error.

use super::{Import, span};
use crate::lexer::Lexer;

/// Reads all import declarations that follow.
pub(super) fn read(lexer: &mut Lexer<'_>, imports: &mut Vec<Import>) {
    loop {
        lexer.skip_space(|_| {});
        if !lexer.eat_keyword(b"import") {
            return;
        }
        lexer.skip_space(|_| {});
        if lexer.eat(b'(') {
            loop {
                lexer.skip_space(|_| {});
                if lexer.eat(b')') {
                    break;
                }
                let Some(import) = spec(lexer) else { return };
                imports.push(import);
            }
        } else {
            let Some(import) = spec(lexer) else { return };
            imports.push(import);
        }
    }
}

fn spec(lexer: &mut Lexer<'_>) -> Option<Import> {
    let start = lexer.position();
    let name = if lexer.eat(b'.') { Some(start..start + 1) } else { lexer.identifier() };
    let name = name.map(|n| String::from_utf8_lossy(&lexer.source()[n]).into_owned());
    lexer.skip_space(|_| {});
    let literal = lexer.string()?;
    let end = literal.end;
    Some(Import { name, path: unquote(&lexer.source()[literal]), span: span(start..end) })
}

/// The value of a string literal. Escapes that Go does not know stay as they are: such a file does not compile, but its
/// other imports are worth having.
fn unquote(literal: &[u8]) -> String {
    let quote = literal[0];
    let inner = &literal[1..literal.len() - 1];
    if quote == b'"' && !inner.contains(&b'\\') {
        return String::from_utf8_lossy(inner).into_owned();
    }
    let mut value = Vec::with_capacity(inner.len());
    if quote == b'`' {
        // Carriage returns are discarded from raw strings (specification, "String literals").
        value.extend(inner.iter().filter(|b| **b != b'\r'));
        return String::from_utf8_lossy(&value).into_owned();
    }
    let mut rest = inner;
    while let [first, tail @ ..] = rest {
        if *first == b'\\'
            && let Some(length) = escape(tail, &mut value)
        {
            rest = &tail[length..];
        } else {
            value.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&value).into_owned()
}

/// Writes what the escape sequence stands for and says how long it is, the backslash not counted.
fn escape(tail: &[u8], value: &mut Vec<u8>) -> Option<usize> {
    let digits = |from: usize, count: usize, radix: u32| {
        let text = std::str::from_utf8(tail.get(from..from + count)?).ok()?;
        // `from_str_radix` would take a sign.
        text.bytes().all(|b| char::from(b).is_digit(radix)).then(|| u32::from_str_radix(text, radix).ok())?
    };
    let simple = match *tail.first()? {
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0C,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0B,
        quoted @ (b'\\' | b'"') => quoted,
        b'x' => {
            value.push(digits(1, 2, 16)? as u8);
            return Some(3);
        }
        b'0'..=b'7' => {
            value.push(u8::try_from(digits(0, 3, 8)?).ok()?);
            return Some(3);
        }
        letter @ (b'u' | b'U') => {
            let count = if letter == b'u' { 4 } else { 8 };
            let c = char::from_u32(digits(1, count, 16)?)?;
            value.extend(c.encode_utf8(&mut [0; 4]).bytes());
            return Some(1 + count);
        }
        _ => return None,
    };
    value.push(simple);
    Some(1)
}
