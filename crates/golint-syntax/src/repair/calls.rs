//! Calls of `new` and `make` whose arguments the grammar can't take: under another name they are calls like all others, and
//! have the same tree. It knows no scope: where a program has a function `make` of its own, that is helped as well.

use std::ops::Range;

use crate::lexer::Lexer;

/// The source with other names, of the same length, where `new` or `make` kept a call from being parsed; none where there
/// is no such call. `is_sound` says whether a file with this text parses.
pub(crate) fn rename(source: &[u8], mut is_sound: impl FnMut(&[u8]) -> bool) -> Option<Vec<u8>> {
    let mut text = source.to_vec();
    // Calls in calls in calls are parsed again and again: bounded by the size of the file.
    let mut left = 4096 + 8 * source.len();
    let mut renamed = false;
    for call in calls(source) {
        let cost = 2 * call.len();
        if cost > left {
            continue;
        }
        left -= cost;
        let mut parses = |call: &[u8]| is_sound(&[b"package p\nvar _ = ", call, b"\n"].concat());
        if parses(&text[call.clone()]) {
            continue;
        }
        let letter = call.start + 1;
        text[letter] = text[letter].to_ascii_uppercase();
        if parses(&text[call]) {
            renamed = true;
        } else {
            text[letter] = source[letter];
        }
    }
    renamed.then_some(text)
}

/// All calls of these names, from the name to the closing parenthesis. Those inside others come first.
fn calls(source: &[u8]) -> Vec<Range<usize>> {
    let mut calls = Vec::new();
    // Of each open parenthesis, where the name before it begins, if it is one of these.
    let mut open: Vec<Option<usize>> = Vec::new();
    let (mut name, mut selects) = (None, false);
    let mut lexer = Lexer::new(source);
    loop {
        lexer.skip_space(|_| {});
        if let Some(word) = lexer.identifier() {
            let is_one = !selects && matches!(&source[word.clone()], b"new" | b"make");
            name = is_one.then_some(word.start);
            selects = false;
            continue;
        }
        let name = name.take();
        selects = false;
        if lexer.string().is_some() || lexer.rune() {
            continue;
        }
        match lexer.next_byte() {
            Some(b'(') => open.push(name),
            Some(b')') => calls.extend(open.pop().flatten().map(|start| start..lexer.position())),
            Some(b'.') => selects = true,
            Some(_) => {}
            None => return calls,
        }
    }
}
