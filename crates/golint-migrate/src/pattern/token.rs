//! What a way through a regular expression consists of, as far as paths care. Holds data only.

/// One step of a way through an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// The start of the path.
    Start,
    /// The end of the path.
    End,
    /// This character; never `/`.
    Literal(char),
    /// A character of these; never `/`.
    OneOf(Set),
    /// `/`.
    Slash,
    /// Any number of characters other than `/`.
    Names,
    /// Any number of characters of these, and of `/` where that is said.
    Many(Set, bool),
    /// Any number of characters.
    Deep,
    /// One or more characters.
    Plus,
    /// A `.` on its own.
    Dot,
}

impl Token {
    /// Whether it can be nothing at all.
    pub(super) fn may_be_empty(&self) -> bool {
        matches!(self, Token::Start | Token::End | Token::Names | Token::Many(..) | Token::Deep)
    }
}

/// Characters, without `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    /// All but those of `ranges`, and but `/`.
    pub(super) negated: bool,
    pub(super) ranges: Vec<(char, char)>,
}

impl Set {
    /// Every character but `/`.
    pub(super) fn any() -> Set {
        Set { negated: true, ranges: Vec::new() }
    }

    pub(super) fn is_any(&self) -> bool {
        self.negated && self.ranges.is_empty()
    }
}
