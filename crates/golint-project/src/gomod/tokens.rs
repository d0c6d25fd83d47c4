//! The lines of a go.mod or go.work file, blocks taken apart. Knows no directive by name.

use std::borrow::Cow;
use std::ops::Range;

use super::Fault;

/// A line of tokens. `require ( a v1 )` over several lines gives one of these for each line inside.
#[derive(Debug)]
pub(super) struct Line {
    /// The directive: the line's first token, or the block's.
    pub(super) verb: Token,
    /// What follows it.
    pub(super) arguments: Vec<Token>,
    /// Whether it stands inside a block.
    pub(super) in_block: bool,
    /// The comment at the end of the line, without its slashes; empty if there is none.
    pub(super) comment: String,
}

impl Line {
    pub(super) fn verb(&self) -> &str {
        &self.verb.text
    }

    /// From the first token to the last, the verb included where it stands on the line.
    pub(super) fn span(&self) -> Range<u32> {
        let last = self.arguments.last().unwrap_or(&self.verb);
        let first = if self.in_block { self.arguments.first().unwrap_or(&self.verb) } else { &self.verb };
        first.span.start..last.span.end
    }
}

/// A word, a quoted string or a piece of punctuation.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// As in the file, quotes included; bytes that are no UTF-8 are replaced.
    pub(super) text: String,
    pub(super) span: Range<u32>,
}

impl Token {
    /// Without quotes. None: a quote where none may be, or an escape that Go does not know.
    pub(super) fn value(&self) -> Option<String> {
        if let Some(inner) = self.text.strip_prefix('"') {
            return unescape(inner.strip_suffix('"')?);
        }
        (!self.text.contains(['"', '\'', '`'])).then(|| self.text.clone())
    }
}

/// The value of an interpreted string, with the escapes that can occur in a path.
fn unescape(inner: &str) -> Option<String> {
    let mut value = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            value.push(c);
            continue;
        }
        let digits = match chars.next()? {
            c @ ('\\' | '"') => {
                value.push(c);
                continue;
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            // Control characters and octal numbers, which no path needs.
            _ => return None,
        };
        let hex: String = chars.by_ref().take(digits).collect();
        if hex.len() != digits || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let c = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)?;
        // \x80 is a byte, not a character.
        if digits == 2 && !c.is_ascii() {
            return None;
        }
        value.push(c);
    }
    Some(value)
}

/// Takes the file apart. A line that cannot be read is left out and becomes a fault.
pub(super) fn read(source: &[u8]) -> (Vec<Line>, Vec<Fault>) {
    let source = &source[..source.len().min(u32::MAX as usize)];
    // Offsets must be those of the file, so in a file that is no UTF-8 every foreign byte becomes one question mark.
    let text: Cow<'_, str> = match std::str::from_utf8(source) {
        Ok(text) => text.into(),
        Err(_) => source.iter().map(|b| if b.is_ascii() { char::from(*b) } else { '?' }).collect::<String>().into(),
    };
    let mut lines = Vec::new();
    let mut faults = Vec::new();
    let mut block: Option<Token> = None;
    let unmarked = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut start = text.len() - unmarked.len();
    for raw in unmarked.split_inclusive('\n') {
        let (mut tokens, comment) = match tokens(raw, start) {
            Ok(line) => line,
            Err(fault) => {
                faults.push(fault);
                (Vec::new(), String::new())
            }
        };
        start += raw.len();
        if tokens.is_empty() {
            continue;
        }
        if let Some(verb) = &block {
            if tokens[0].text == ")" {
                if let Some(extra) = tokens.get(1) {
                    faults.push(fault(&extra.span, "text after the parenthesis that ends a block"));
                }
                block = None;
            } else {
                lines.push(Line { verb: verb.clone(), arguments: tokens, in_block: true, comment });
            }
            continue;
        }
        let verb = tokens.remove(0);
        match tokens.as_slice() {
            [open] if open.text == "(" => block = Some(verb),
            [open, close] if open.text == "(" && close.text == ")" => {}
            [.., open] if open.text == "(" => {
                faults.push(fault(&open.span, "a parenthesis must follow the directive at once"));
                // What is inside belongs to no directive that is known.
                block = Some(Token { text: format!("{} …", verb.text), span: verb.span });
            }
            _ => lines.push(Line { verb, arguments: tokens, in_block: false, comment }),
        }
    }
    if let Some(verb) = block {
        faults.push(fault(&verb.span, "the parenthesis of this block is not closed"));
    }
    (lines, faults)
}

fn fault(span: &Range<u32>, message: &str) -> Fault {
    Fault { span: span.clone(), message: message.to_owned(), matters: true }
}

/// The tokens of one line that starts at this byte of the file, and its comment.
fn tokens(line: &str, start: usize) -> Result<(Vec<Token>, String), Fault> {
    let mut tokens = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let at = line.len() - rest.len();
        let span = |length: usize| (start + at) as u32..(start + at + length) as u32;
        if rest.is_empty() {
            return Ok((tokens, String::new()));
        }
        if let Some(comment) = rest.strip_prefix("//") {
            return Ok((tokens, comment.trim_end().to_owned()));
        }
        if rest.starts_with("/*") {
            return Err(fault(&span(2), "only // starts a comment here"));
        }
        let length = match rest.as_bytes()[0] {
            b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' => 1,
            quote @ (b'"' | b'`') => match string_length(rest.as_bytes(), quote) {
                Some(length) => length,
                None => return Err(fault(&span(1), "a quoted string that does not end on its line")),
            },
            _ => {
                let end = rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
                let word = &rest[..end];
                if word.is_empty() {
                    let length = rest.chars().next().map_or(0, char::len_utf8);
                    return Err(fault(&span(length), "a character that cannot stand here"));
                }
                // A comment may follow a word without a space.
                word.find("//").unwrap_or(word.len())
            }
        };
        let text = &rest[..length];
        if text.contains("/*") && !text.starts_with(['"', '`']) {
            return Err(fault(&span(length), "only // starts a comment here"));
        }
        tokens.push(Token { text: text.to_owned(), span: span(length) });
        rest = &rest[length..];
    }
}

/// Length of the string literal with its quotes, if it ends before the line does.
fn string_length(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut i = 1;
    loop {
        match *bytes.get(i)? {
            b'\n' => return None,
            b'\\' if quote == b'"' => i += 2,
            byte if byte == quote => return Some(i + 1),
            _ => i += 1,
        }
    }
}

fn is_word_char(c: char) -> bool {
    !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ',') && !c.is_whitespace() && !c.is_control()
}
