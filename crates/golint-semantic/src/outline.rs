//! Which names a file may declare at package level, found by a lexical scan without a tree. It finds too many rather than
//! too few, so that only files that may declare a name are parsed for it.

use rustc_hash::{FxHashMap, FxHashSet};

/// Names that a file may declare outside of its functions.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    names: FxHashSet<Box<[u8]>>,
    /// Method names by the name of the receiver's base type.
    methods: FxHashMap<Box<[u8]>, FxHashSet<Box<[u8]>>>,
    aliases: Vec<Alias>,
}

impl Outline {
    pub(crate) fn new(source: &[u8]) -> Outline {
        let mut outline = Outline::default();
        Scanner { source, position: 0, line_break: false }.scan(&mut outline);
        outline
    }

    /// The names that the file may declare, methods not counted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.names.iter().map(|name| &**name)
    }

    /// The names of methods that the file may declare, by the name of the receiver's base type.
    pub(crate) fn methods(&self) -> impl Iterator<Item = (&[u8], &FxHashSet<Box<[u8]>>)> {
        self.methods.iter().map(|(receiver, names)| (&**receiver, names))
    }

    /// Names under which methods of other ones may be declared, in order.
    pub(crate) fn aliases(&self) -> &[Alias] {
        &self.aliases
    }
}

/// The name of an alias, and the name that it, or what it points to, stands for.
pub(crate) type Alias = (Box<[u8]>, Box<[u8]>);

enum Token<'a> {
    Word(&'a [u8]),
    /// `(`, `[` or `{`
    Open(u8),
    Close,
    Comma,
    /// `=`
    Assign,
    /// `*`
    Star,
    /// A number, a string, an operator.
    Other,
    End,
}

struct Scanner<'a> {
    source: &'a [u8],
    position: usize,
    /// A line ended, or a semicolon stood, before the last token.
    line_break: bool,
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.source.get(self.position).copied()
    }

    /// Skips to behind the next occurrence of `end`, or to the end of the file.
    fn skip_past(&mut self, end: &[u8]) {
        let rest = self.source.get(self.position..).unwrap_or_default();
        self.position += memchr::memmem::find(rest, end).map_or(rest.len(), |i| i + end.len());
    }

    fn skip_quoted(&mut self, quote: u8) {
        while let Some(byte) = self.peek() {
            self.position += 1;
            match byte {
                b'\\' => self.position += 1,
                // A quote that is not closed ends with its line.
                b'\n' => return,
                _ if byte == quote => return,
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Token<'a> {
        self.line_break = false;
        while let Some(byte) = self.peek() {
            let start = self.position;
            self.position += 1;
            match byte {
                b'\n' | b';' => self.line_break = true,
                b' ' | b'\t' | b'\r' => {}
                b'/' if self.peek() == Some(b'/') => {
                    self.skip_past(b"\n");
                    self.line_break = true;
                }
                b'/' if self.peek() == Some(b'*') => {
                    self.position += 1;
                    self.skip_past(b"*/");
                    self.line_break |= self.source[start..self.position].contains(&b'\n');
                }
                b'"' | b'\'' => {
                    self.skip_quoted(byte);
                    return Token::Other;
                }
                b'`' => {
                    self.skip_past(b"`");
                    return Token::Other;
                }
                b'(' | b'[' | b'{' => return Token::Open(byte),
                b')' | b']' | b'}' => return Token::Close,
                b',' => return Token::Comma,
                b'=' => return Token::Assign,
                b'*' => return Token::Star,
                _ if is_word(byte) => {
                    while self.peek().is_some_and(is_word) {
                        self.position += 1;
                    }
                    return Token::Word(&self.source[start..self.position]);
                }
                _ => return Token::Other,
            }
        }
        Token::End
    }

    /// Behind the parenthesis that opens a receiver: to behind the one that closes it. Gives the last word in between
    /// that stands in no type argument list, which is the base type.
    fn scan_receiver(&mut self) -> Option<&'a [u8]> {
        let (mut depth, mut arguments, mut base) = (1, None, None);
        loop {
            match self.next() {
                Token::Open(bracket) => {
                    depth += 1;
                    if bracket == b'[' && arguments.is_none() {
                        arguments = Some(depth);
                    }
                }
                Token::Close => {
                    if arguments == Some(depth) {
                        arguments = None;
                    }
                    depth -= 1;
                    if depth == 0 {
                        return base;
                    }
                }
                Token::Word(word) if arguments.is_none() => base = Some(word),
                Token::End => return base,
                _ => {}
            }
        }
    }

    fn scan(&mut self, outline: &mut Outline) {
        let mut depth = 0usize;
        loop {
            match self.next() {
                Token::End => return,
                Token::Open(_) => depth += 1,
                Token::Close => depth = depth.saturating_sub(1),
                // A declaration begins after a line or a semicolon; `func` stands elsewhere too.
                Token::Word(b"func") if depth == 0 && self.line_break => self.scan_function(outline, &mut depth),
                Token::Word(word @ (b"var" | b"const" | b"type")) if depth == 0 && self.line_break => {
                    self.scan_specs(outline, &mut depth, word == b"type");
                }
                // Broken code may leave brackets open; a declaration that begins a line at its very start is taken.
                Token::Word(word @ (b"func" | b"var" | b"const" | b"type"))
                    if self.position == word.len() || self.source[self.position - word.len() - 1] == b'\n' =>
                {
                    depth = 0;
                    if word == b"func" {
                        self.scan_function(outline, &mut depth);
                    } else {
                        self.scan_specs(outline, &mut depth, word == b"type");
                    }
                }
                _ => {}
            }
        }
    }

    fn scan_function(&mut self, outline: &mut Outline, depth: &mut usize) {
        match self.next() {
            Token::Word(name) => {
                outline.names.insert(name.into());
            }
            Token::Open(b'(') => {
                let receiver = self.scan_receiver();
                let before = (self.position, self.line_break);
                match (receiver, self.next()) {
                    (Some(receiver), Token::Word(name)) => {
                        outline.methods.entry(receiver.into()).or_default().insert(name.into());
                    }
                    _ => (self.position, self.line_break) = before,
                }
            }
            Token::Open(_) => *depth += 1,
            Token::Close => *depth = depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Behind `var`, `const` or `type`: one spec, or a group in which each line may begin one.
    fn scan_specs(&mut self, outline: &mut Outline, depth: &mut usize, types: bool) {
        match self.next() {
            Token::Word(name) => {
                outline.names.insert(name.into());
                if types {
                    self.scan_alias(outline, name);
                } else {
                    self.scan_more_names(outline, depth);
                }
            }
            Token::Open(_) => {
                let mut inner = 1usize;
                let mut at_start = true;
                loop {
                    let token = self.next();
                    at_start |= self.line_break;
                    match token {
                        Token::Word(name) if inner == 1 && at_start => {
                            outline.names.insert(name.into());
                            at_start = false;
                            if types {
                                self.scan_alias(outline, name);
                            }
                        }
                        // The next word may be another name of the same spec.
                        Token::Comma if inner == 1 => at_start = true,
                        Token::Open(_) => {
                            inner += 1;
                            at_start = false;
                        }
                        Token::Close if inner == 1 => return,
                        Token::Close => {
                            inner -= 1;
                            at_start = false;
                        }
                        Token::End => return,
                        _ => at_start = false,
                    }
                }
            }
            Token::Close => *depth = depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Behind the first name of a spec: the names that follow after commas.
    fn scan_more_names(&mut self, outline: &mut Outline, depth: &mut usize) {
        loop {
            let before = (self.position, self.line_break);
            match self.next() {
                Token::Comma => {
                    if let Token::Word(name) = self.next() {
                        outline.names.insert(name.into());
                        continue;
                    }
                }
                Token::Open(_) => *depth += 1,
                // The word may begin the next declaration.
                Token::Word(_) => (self.position, self.line_break) = before,
                _ => {}
            }
            return;
        }
    }

    /// Behind the name of a type: `= T` or `= *T`, which may be the name under which methods are declared. It stays where
    /// it is.
    fn scan_alias(&mut self, outline: &mut Outline, name: &[u8]) {
        let before = (self.position, self.line_break);
        if let Token::Assign = self.next() {
            let target = loop {
                match self.next() {
                    Token::Star | Token::Open(b'(') => {}
                    Token::Word(target) => break Some(target),
                    _ => break None,
                }
            };
            // What another package declares has no methods here.
            if let Some(target) = target.filter(|_| self.peek() != Some(b'.')) {
                outline.aliases.push((name.into(), target.into()));
            }
        }
        (self.position, self.line_break) = before;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, declared: &[&str], not_declared: &[&str]) {
        let outline = Outline::new(source.as_bytes());
        for name in declared {
            let found = match name.split_once('.') {
                Some((receiver, name)) => outline.methods[receiver.as_bytes()].contains(name.as_bytes()),
                None => outline.names.contains(name.as_bytes()),
            };
            assert!(found, "{name} is declared");
        }
        for name in not_declared {
            assert!(!outline.names.contains(name.as_bytes()), "{name} is not declared");
        }
    }

    #[test]
    fn declarations_of_every_form() {
        check(
            "package p\nimport \"fmt\"\nvar a, b = 1, c\nconst x = y\nvar (\n\tg, h int\n\ti = f(\n\t\tz)\n)\n\
             type T struct { q int }\ntype (\n\tU = int; V[P any] []P\n)\nfunc f(n int) { var m int }\nfunc G[T any]() {}\n",
            &["a", "b", "x", "g", "h", "i", "T", "U", "V", "f", "G"],
            &["fmt", "y", "q", "n", "m", "z", "int"],
        );
    }

    #[test]
    fn function_types_are_no_functions() {
        check(
            "package p\ntype H func(int)\nfunc (f H) serve() {}\nvar x = func() {}\nfunc g() {}\nvar y func(a T) int\n\
             type K = struct{ f func() }; func h() {}\n",
            &["H", "H.serve", "x", "g", "y", "K", "h"],
            &["int", "f", "a"],
        );
    }

    #[test]
    fn methods_under_their_receiver() {
        check(
            "package p\nfunc (t *T) m() {}\nfunc (T) n()\nfunc (l List[K, V]) o() {}\nfunc ( /* ) */ x (*U) ) p() {}\n",
            &["T.m", "T.n", "List.o", "U.p"],
            &["m", "n"],
        );
    }

    #[test]
    fn comments_strings_and_broken_code() {
        check(
            "package p\n// func a() {}\n/* var b int */ var /* x */ c = `\nvar d int\n`\nvar e = \"{\" + '{'\nfunc g() { if x {\n\
             func h() {}\nvar k = 'a\nvar l int\n",
            &["c", "e", "g", "h", "k", "l"],
            &["a", "b", "d", "x"],
        );
    }
}
