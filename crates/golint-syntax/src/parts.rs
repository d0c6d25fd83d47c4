//! Where a file is cut into parts, each of one or more declarations, that are parsed one by one: what is wrong in one of
//! them leaves the others as they are, and what did not change need not be parsed again.
//!
//! A part begins with a declaration's keyword at the start of a line, behind a statement's end and outside of all brackets:
//! in a file that parses, a declaration begins there, so that the parts together have the tree of the file. Where brackets
//! don't match, it does not parse; then a function's head, too, begins a part and ends whatever was left open before it.

use std::ops::Range;

use crate::lexer::Lexer;

/// The parts, in order, which together are the source; at least one.
pub(crate) fn parts(source: &[u8]) -> Vec<Range<usize>> {
    let (parts, match_up) = cut(source, false);
    if match_up { parts } else { cut(source, true).0 }
}

/// Also whether there are as many brackets that close as there are that open. `at_heads` cuts inside of brackets, too,
/// before the heads of functions.
fn cut(source: &[u8], at_heads: bool) -> (Vec<Range<usize>>, bool) {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut match_up) = (0, 0_usize, true);
    // The last token; none before the first.
    let mut last: Option<Token<'_>> = None;
    let mut lexer = Lexer::new(source);
    loop {
        lexer.skip_space(|_| {});
        let at = lexer.position();
        if let Some(word) = lexer.identifier() {
            let text = &source[word];
            if at.checked_sub(1).is_some_and(|before| source[before] == b'\n') {
                let is_between = || depth == 0 && last.is_some_and(Token::ends_statement);
                let begins = match text {
                    b"func" => is_between() || at_heads && last.is_some() && is_head(&source[lexer.position()..]),
                    b"import" | b"const" | b"type" | b"var" => is_between(),
                    _ => false,
                };
                if begins {
                    parts.push(start..at);
                    (start, depth) = (at, 0);
                }
            }
            last = Some(Token::Word(text));
            continue;
        }
        if lexer.string().is_some() || lexer.rune() {
            last = Some(Token::Value);
            continue;
        }
        let Some(byte) = lexer.next_byte() else { break };
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                match_up &= depth > 0;
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        last = Some(match byte {
            b')' | b']' | b'}' | b'0'..=b'9' => Token::Value,
            // `++` and `--`
            b'+' | b'-' if source[..at].last() == Some(&byte) => Token::Value,
            _ => Token::Other,
        });
    }
    parts.push(start..source.len());
    (parts, match_up && depth == 0)
}

/// What a token means for the end of a line behind it.
#[derive(Clone, Copy)]
enum Token<'s> {
    Word(&'s [u8]),
    /// Of a literal, what closes a bracket, `++` and `--`.
    Value,
    Other,
}

impl Token<'_> {
    /// Go specification, "Semicolons": of words, names and some keywords. All others want something behind them.
    fn ends_statement(self) -> bool {
        match self {
            Token::Word(b"break" | b"continue" | b"fallthrough" | b"return") | Token::Value => true,
            Token::Word(word) => !is_keyword(word),
            Token::Other => false,
        }
    }
}

fn is_keyword(word: &[u8]) -> bool {
    const KEYWORDS: [&[u8]; 25] = [
        b"break",
        b"case",
        b"chan",
        b"const",
        b"continue",
        b"default",
        b"defer",
        b"else",
        b"fallthrough",
        b"for",
        b"func",
        b"go",
        b"goto",
        b"if",
        b"import",
        b"interface",
        b"map",
        b"package",
        b"range",
        b"return",
        b"select",
        b"struct",
        b"switch",
        b"type",
        b"var",
    ];
    KEYWORDS.binary_search(&word).is_ok()
}

/// Whether this follows the `func` of a function or method that is declared. Literals and types have no names, and stand
/// inside of something else.
fn is_head(rest: &[u8]) -> bool {
    let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut lexer = Lexer::new(line);
    let name = |lexer: &mut Lexer<'_>| {
        lexer.skip_space(|_| {});
        lexer.identifier().is_some_and(|word| !is_keyword(&line[word]))
    };
    if name(&mut lexer) {
        return true;
    }
    if !lexer.eat(b'(') {
        return false;
    }
    let mut depth = 1;
    while depth > 0 {
        match lexer.next_byte() {
            Some(b'(') => depth += 1,
            Some(b')') => depth -= 1,
            Some(_) => {}
            None => return false,
        }
    }
    // What follows may be the result of a literal, which has no parameters.
    name(&mut lexer) && lexer.eat(b'(')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts are set off from each other by `§`.
    #[track_caller]
    fn check(marked: &str) {
        let source = marked.replace('§', "");
        let parts = parts(source.as_bytes());
        let cut: Vec<&str> = parts.into_iter().map(|part| &source[part]).collect();
        assert_eq!(cut.join("§"), marked);
    }

    #[test]
    fn declarations_begin_parts() {
        check(
            "package p\n\n§import \"a\"\n\n// C\n§const c = 1\n§var (\n\tx int\n)\n\n§type T struct{}\n\n§func f() {}\n",
        );
        check("package p; import \"a\"\n\n§func (t *T) f(x int) {}\n§func g()\n§func h[T any]() {\n}");
        check("");
        check("// nothing\n");
        check("func f() {}\n§func g() {}\n");
        check("\n\nfunc f() {}\n§func g() {}\n");
        check("\u{feff}package p\n§var x = 1\n");
    }

    #[test]
    fn what_only_looks_like_one_begins_none() {
        check("package p\n\n§var s = `\nfunc f() {}\n` + \"\\\"\"\n/*\nfunc g() {}\n*/\n§var r = '\\''\n");
        check("package p\n\n§func f() {\nvar x = 1\ntype T int\nconst c = 1\nfunc() {}()\nfunc(x int) {}(x)\n}\n");
        check(
            "package p\n\n§func f() {\nfunc (x int) T {}(1)\nfunc (x int) func(int) {}(1)\nfunc (x int) (T) {}(1)\n}\n",
        );
        check("package p\n\n§var f =\nfunc() int { return 1 }()\n\n§var x = 1 +\n2\n§var y = i\n§func g() { i++\n}\n");
        check("package p\n\nfunction()\nvariable := 1\n");
        // Conversions look like methods.
        check("package p\n\n§func f() {\n\tuse(\nfunc(y int) int(x))\n}\n\n§func g() {}\n");
    }

    #[test]
    fn heads_of_functions_end_what_was_left_open() {
        check("package p\n\n§func f() {\n\tif x {\n\n§func g() {\n}\n");
        check("package p\n\n§func f() {\n\tg(1, \"\n}\n\n§func (t T) g() {\n}\n\n§type T int\n");
        check("package p\n\n§var x = (\n\n§func g() {\n}}}\n\n§type T int\n");
        // Nothing was left open here, it seems.
        check("package p\n\n§func f() {\n\tif x {\n}\n\nfunc g() {\n}}\n\n§type T int\n");
        check("package p\n\n§type T struct {\n\n§func (t *T) Write(p []byte) (int, error) {\n}\n");
    }
}
