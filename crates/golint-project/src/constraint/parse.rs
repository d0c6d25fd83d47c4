//! Reads constraint expressions. Accepts what go/build/constraint accepts, within its limits; evaluates nothing.

use super::{Constraint, Step};

/// Operands of a `//go:build` expression, parentheses' contents included, that go/build/constraint takes at most. It also
/// bounds the recursion below.
const MAX_OPERANDS: usize = 1000;

/// Operators of a `// +build` line that go/build/constraint takes at most.
const MAX_OLD_OPERATORS: usize = 100;

/// Why an expression cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ConstraintError {
    /// Byte in the expression.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

pub(super) fn go_build(text: &str) -> Result<Constraint, ConstraintError> {
    let mut parser = Parser { text, next: 0, token: Token::End, start: 0, operands: 0, out: empty() };
    parser.or()?;
    if parser.token != Token::End {
        return Err(parser.unexpected());
    }
    Ok(parser.out)
}

fn empty() -> Constraint {
    Constraint { tags: Vec::new(), steps: Vec::new() }
}

impl Constraint {
    fn push_tag(&mut self, tag: &str) {
        self.steps.push(Step::Tag(self.tags.len()));
        self.tags.push(tag.to_owned());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Open,
    Close,
    Not,
    And,
    Or,
    Tag(&'t str),
    End,
}

struct Parser<'t> {
    text: &'t str,
    /// Where the next token is read.
    next: usize,
    token: Token<'t>,
    /// Where `token` starts.
    start: usize,
    operands: usize,
    out: Constraint,
}

type Parsed = Result<(), ConstraintError>;

/// Each function starts before the first token of what it reads, and ends with the token after it in `token`; `atom`
/// starts with its first token there.
impl Parser<'_> {
    fn or(&mut self) -> Parsed {
        self.and()?;
        while self.token == Token::Or {
            self.and()?;
            self.out.steps.push(Step::Or);
        }
        Ok(())
    }

    fn and(&mut self) -> Parsed {
        self.not()?;
        while self.token == Token::And {
            self.not()?;
            self.out.steps.push(Step::And);
        }
        Ok(())
    }

    fn not(&mut self) -> Parsed {
        self.operands += 1;
        if self.operands > MAX_OPERANDS {
            return Err(error(self.start, format!("more than {MAX_OPERANDS} operands")));
        }
        self.advance()?;
        if self.token != Token::Not {
            return self.atom();
        }
        self.advance()?;
        if self.token == Token::Not {
            return Err(error(self.start, "a negation of a negation"));
        }
        self.atom()?;
        self.out.steps.push(Step::Not);
        Ok(())
    }

    fn atom(&mut self) -> Parsed {
        match self.token {
            Token::Open => {
                let open = self.start;
                self.or()?;
                if self.token != Token::Close {
                    return Err(error(open, "a parenthesis that is not closed"));
                }
            }
            Token::Tag(tag) => self.out.push_tag(tag),
            _ => return Err(self.unexpected()),
        }
        self.advance()
    }

    fn advance(&mut self) -> Parsed {
        let rest = self.text[self.next..].trim_start_matches([' ', '\t']);
        self.start = self.text.len() - rest.len();
        let length;
        (self.token, length) = match rest.as_bytes() {
            [] => (Token::End, 0),
            [b'(', ..] => (Token::Open, 1),
            [b')', ..] => (Token::Close, 1),
            [b'!', ..] => (Token::Not, 1),
            [b'&', b'&', ..] => (Token::And, 2),
            [b'|', b'|', ..] => (Token::Or, 2),
            _ => {
                let end = rest.find(|c| !is_tag_char(c)).unwrap_or(rest.len());
                if end == 0 {
                    let found = rest.chars().next().unwrap_or_default();
                    return Err(error(self.start, format!("{found:?} is no part of a constraint")));
                }
                (Token::Tag(&rest[..end]), end)
            }
        };
        self.next = self.start + length;
        Ok(())
    }

    fn unexpected(&self) -> ConstraintError {
        match self.token {
            Token::End => error(self.start, "the expression ends too early"),
            _ => error(self.start, format!("{:?} is not expected here", &self.text[self.start..self.next])),
        }
    }
}

fn error(offset: usize, message: impl Into<String>) -> ConstraintError {
    ConstraintError { offset, message: message.into() }
}

fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.'
}

/// Words are ORed, their comma-separated parts ANDed.
pub(super) fn plus_build(text: &str) -> Result<Constraint, ConstraintError> {
    let mut out = empty();
    let mut operators = 0;
    let mut count = |offset: usize| {
        operators += 1;
        if operators > MAX_OLD_OPERATORS {
            return Err(error(offset, format!("more than {MAX_OLD_OPERATORS} operators")));
        }
        Ok(())
    };
    for (i, word) in text.split_whitespace().enumerate() {
        let offset = word.as_ptr() as usize - text.as_ptr() as usize;
        for (j, literal) in word.split(',').enumerate() {
            let doubly_negated = literal.starts_with("!!") || literal == "!";
            let (negated, tag) = match literal.strip_prefix('!') {
                Some(tag) if !doubly_negated => (true, tag),
                _ => (false, literal),
            };
            let valid = !doubly_negated && !tag.is_empty() && tag.chars().all(is_tag_char);
            out.push_tag(if valid { tag } else { "ignore" });
            if negated {
                out.steps.push(Step::Not);
            }
            if j > 0 {
                count(offset)?;
                out.steps.push(Step::And);
            }
        }
        if i > 0 {
            count(offset)?;
            out.steps.push(Step::Or);
        }
    }
    if out.steps.is_empty() {
        out.push_tag("ignore");
    }
    Ok(out)
}
