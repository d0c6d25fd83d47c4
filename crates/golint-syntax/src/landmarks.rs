//! How people would name a place in a file: by the declaration that it is in, and by the code of its line, whatever stands
//! above and however it is laid out. Reads tokens without the parser, so that broken code has landmarks, too.

use std::borrow::Cow;

use crate::lexer::Lexer;

/// The landmarks of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landmarks {
    /// Where each line begins; the first is 0.
    starts: Vec<usize>,
    /// The code of each line.
    lines: Vec<String>,
    /// Where the parts of a file begin, with the name of what is declared there; "" for imports.
    declarations: Vec<(usize, String)>,
}

impl Landmarks {
    /// Reads a file once.
    pub fn of(source: &[u8]) -> Landmarks {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', source).map(|at| at + 1));
        let mut lines = vec![String::new(); starts.len()];
        let mut declarations = Declarations::default();
        let mut last_end = 0;
        let mut lexer = Lexer::new(source);
        let mut line = 0;
        loop {
            lexer.skip_space(|_| {});
            let start = lexer.position();
            let is_word = lexer.identifier().is_some();
            if !is_word && lexer.string().is_none() && !lexer.rune() && lexer.next_byte().is_none() {
                break;
            }
            while starts.get(line + 1).is_some_and(|&next| next <= start) {
                line += 1;
            }
            let is_first = lines[line].is_empty();
            declarations.see(source, start..lexer.position(), is_word, is_first);
            // A string of several lines is in the code of the first one.
            let end = lexer.position().min(starts.get(line + 1).map_or(source.len(), |next| next - 1)).max(start);
            let text = shown(&source[start..end]);
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            if last_end < start && lines[line].ends_with(is_name) && text.starts_with(is_name) {
                lines[line].push(' ');
            }
            lines[line].push_str(&text);
            last_end = lexer.position();
        }
        // What has no code is a comment, or in the midst of a string: then its text is all there is.
        for (number, code) in lines.iter_mut().enumerate().filter(|(_, code)| code.is_empty()) {
            let end = starts.get(number + 1).copied().unwrap_or(source.len());
            let text = shown(&source[starts[number]..end]);
            *code = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Landmarks { starts, lines, declarations: declarations.found }
    }

    /// The name of the declaration that this byte is in: `Name` of a function, type, variable or constant, `Type.Name` of a
    /// method, "" before the first and in imports.
    pub fn declaration(&self, offset: usize) -> &str {
        let next = self.declarations.partition_point(|(start, _)| *start <= offset);
        next.checked_sub(1).map_or("", |place| &self.declarations[place].1)
    }

    /// Whether something of this name is declared; "" always is.
    pub fn declares(&self, name: &str) -> bool {
        name.is_empty() || self.declarations.iter().any(|(_, declared)| declared == name)
    }

    /// The code of the line of this byte: without comments, and without blanks but those between two words. Of a line without
    /// code, its text.
    pub fn code(&self, offset: usize) -> &str {
        &self.lines[self.starts.partition_point(|&start| start <= offset) - 1]
    }

    /// How many lines in declarations of this name have such code.
    pub fn count(&self, declaration: &str, is_meant: impl Fn(&str) -> bool) -> usize {
        // A declaration may begin in the midst of its line.
        let ends = self.starts.iter().skip(1).map(|next| next - 1).chain([usize::MAX]);
        let same = self.lines.iter().zip(ends).filter(|(line, _)| is_meant(line));
        same.filter(|(_, end)| self.declaration(*end) == declaration).count()
    }
}

/// A text of one line, with control characters replaced.
fn shown(bytes: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(bytes);
    if text.chars().any(char::is_control) {
        Cow::Owned(text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect())
    } else {
        text
    }
}

/// Finds declarations: they begin with a keyword in the first column.
#[derive(Default)]
struct Declarations {
    found: Vec<(usize, String)>,
    state: State,
    depth: usize,
}

/// What is awaited.
#[derive(Default)]
enum State {
    /// The next declaration.
    #[default]
    Nothing,
    /// A name, or what groups several. The place is that of the keyword.
    Name(usize),
    /// The name of a function, or its receiver.
    Function(usize),
    /// The last word of the receiver so far, and how deep in brackets.
    Receiver(usize, String, usize),
    /// The name of a method of this type.
    Method(usize, String),
    /// Names of a group, each at the start of a line.
    Group,
}

impl Declarations {
    fn see(&mut self, source: &[u8], token: std::ops::Range<usize>, is_word: bool, is_first: bool) {
        let (start, text) = (token.start, &source[token]);
        if is_word && is_first && (start == 0 || source[start - 1] == b'\n') {
            self.state = match text {
                b"func" => State::Function(start),
                b"type" | b"var" | b"const" => State::Name(start),
                b"import" => {
                    self.found.push((start, String::new()));
                    State::Nothing
                }
                _ => std::mem::take(&mut self.state),
            };
            if matches!(text, b"func" | b"type" | b"var" | b"const" | b"import") {
                self.depth = 0;
                return;
            }
        }
        match text {
            b"(" | b"[" | b"{" => self.depth += 1,
            b")" | b"]" | b"}" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let word = || String::from_utf8_lossy(text).into_owned();
        self.state = match std::mem::take(&mut self.state) {
            State::Nothing => State::Nothing,
            State::Name(_) if text == b"(" => State::Group,
            State::Function(at) if text == b"(" => State::Receiver(at, String::new(), 0),
            State::Name(at) | State::Function(at) if is_word => {
                self.found.push((at, word()));
                State::Nothing
            }
            State::Receiver(at, last, 0) if text == b")" => State::Method(at, last),
            State::Receiver(at, last, deep) => match text {
                b"[" | b"(" => State::Receiver(at, last, deep + 1),
                b"]" | b")" => State::Receiver(at, last, deep.saturating_sub(1)),
                _ if is_word && deep == 0 => State::Receiver(at, word(), 0),
                _ => State::Receiver(at, last, deep),
            },
            State::Method(at, of) if is_word => {
                self.found.push((at, format!("{of}.{}", word())));
                State::Nothing
            }
            State::Group if self.depth == 0 => State::Nothing,
            State::Group => {
                if is_word && is_first && self.depth == 1 {
                    self.found.push((start, word()));
                }
                State::Group
            }
            State::Name(_) | State::Function(_) | State::Method(..) => State::Nothing,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Declaration and code at each `§`.
    #[track_caller]
    fn check(marked: &str, expected: &[(&str, &str)]) {
        let source = marked.replace('§', "");
        let landmarks = Landmarks::of(source.as_bytes());
        let offsets = marked.match_indices('§').enumerate().map(|(number, (at, mark))| at - number * mark.len());
        let found: Vec<(&str, &str)> = offsets.map(|at| (landmarks.declaration(at), landmarks.code(at))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn places_are_in_declarations() {
        check("§package p\n\nimport (\n\t§\"a\"\n)\n", &[("", "package p"), ("", "\"a\"")]);
        check("package p\nfunc f() {\n\t§x()\n}\nvar v = §1\n", &[("f", "x()"), ("v", "var v=1")]);
        check("func (t *T[K]) m(x int) {\n§y\n}\nfunc (T) n() {§\n}\n", &[("T.m", "y"), ("T.n", "func(T)n(){")]);
        check(
            "const (\n\ta = 1\n\tb = f(\n\t\t§c,\n\t)\n)\ntype T struct {\n\t§x int\n}\n",
            &[("b", "c,"), ("T", "x int")],
        );
        check("func F[T any](x T) {\n\tgo func() {\n\t\t§use(x)\n\t}()\n}\n", &[("F", "use(x)")]);
        // What is not closed ends with the next declaration.
        check("func f() {\n\tif {\n\nfunc g() {\n\t§x\n}\n", &[("g", "x")]);
    }

    #[test]
    fn code_is_the_same_however_it_is_laid_out() {
        for line in ["a = b + \"x  y\" // why", "\t a=b+ \"x  y\"\r", "/* c */ a = b /* d */ +\"x  y\";"] {
            assert_eq!(Landmarks::of(line.as_bytes()).code(0), "a=b+\"x  y\"", "{line}");
        }
        check("return§ x\n", &[("", "return x")]);
        check("x := `a\n§b\tc`§ + y\n", &[("", "+y"), ("", "+y")]);
        check("//  §a   b\n`\n§ c\n`\n", &[("", "// a b"), ("", "c")]);
        check("§", &[("", "")]);
        check("§'\n\u{7f}\"\\", &[("", "'")]);
    }

    #[test]
    fn equal_lines_are_counted_by_declaration() {
        let landmarks = Landmarks::of(b"func f() {\n\tx()\n\tx ()\n}\nfunc g() { x() }\nfunc h() {\n\tx()\n}");
        let count = |declaration, code: &str| landmarks.count(declaration, |line| line == code);
        assert_eq!((count("f", "x()"), count("h", "x()"), count("g", "x()")), (2, 1, 0));
        assert_eq!(count("g", "func g(){x()}"), 1);
        assert!(landmarks.declares("g") && landmarks.declares("") && !landmarks.declares("x"));
    }
}
