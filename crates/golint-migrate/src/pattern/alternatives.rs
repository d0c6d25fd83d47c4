//! Writes a regular expression out as one list of tokens for each way through it: groups, alternatives and options are
//! gone. Knows nothing of globs, but refuses what can't become one whatever stands around it.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, Flag, Flags, FlagsItemKind,
    GroupKind, RepetitionKind, RepetitionRange,
};

use super::token::{Set, Token};
use super::{MOST, Refusal};

/// One for each way.
pub(super) type Ways = Vec<Vec<Token>>;

/// A way with more tokens than this is no path.
const LONGEST: usize = 4096;

/// All ways through an expression.
pub(super) fn of(ast: &Ast) -> Result<Ways, Refusal> {
    Walk { ignores_case: false }.ways(ast)
}

/// What flags say at this point.
#[derive(Clone, Copy)]
struct Walk {
    ignores_case: bool,
}

impl Walk {
    /// Recursion is bounded by the parser's limit for groups within groups.
    fn ways(&mut self, ast: &Ast) -> Result<Ways, Refusal> {
        match ast {
            Ast::Empty(_) => Ok(vec![Vec::new()]),
            Ast::Flags(set) => {
                self.set(&set.flags)?;
                Ok(vec![Vec::new()])
            }
            Ast::Literal(literal) => self.literal(literal.c).map(|token| vec![vec![token]]),
            Ast::Dot(_) => Ok(vec![vec![Token::Dot]]),
            Ast::Assertion(assertion) => match assertion.kind {
                AssertionKind::StartLine | AssertionKind::StartText => Ok(vec![vec![Token::Start]]),
                AssertionKind::EndLine | AssertionKind::EndText => Ok(vec![vec![Token::End]]),
                _ => Err(Refusal::beyond("globs know no boundaries of words")),
            },
            Ast::ClassUnicode(_) => Err(Refusal::beyond("globs know no classes of Unicode")),
            Ast::ClassPerl(class) => self.class(perl(class)?),
            Ast::ClassBracketed(class) => self.class(bracketed(class)?),
            Ast::Repetition(repetition) => self.repeated(&repetition.ast, &repetition.op.kind),
            Ast::Group(group) => {
                let mut inner = *self;
                if let GroupKind::NonCapturing(flags) = &group.kind {
                    inner.set(flags)?;
                }
                inner.ways(&group.ast)
            }
            Ast::Alternation(alternation) => {
                let mut ways = Vec::new();
                for ast in &alternation.asts {
                    ways.extend(self.ways(ast)?);
                    bounded(&ways)?;
                }
                Ok(ways)
            }
            Ast::Concat(concat) => {
                let mut ways = vec![Vec::new()];
                for ast in &concat.asts {
                    ways = joined(&ways, &self.ways(ast)?)?;
                }
                Ok(ways)
            }
        }
    }

    fn set(&mut self, flags: &Flags) -> Result<(), Refusal> {
        let mut on = true;
        for item in &flags.items {
            match item.kind {
                FlagsItemKind::Negation => on = false,
                FlagsItemKind::Flag(Flag::CaseInsensitive) => self.ignores_case = on,
                // Paths have no line ends, and which of several matches is taken does not matter.
                FlagsItemKind::Flag(Flag::DotMatchesNewLine | Flag::SwapGreed | Flag::Unicode | Flag::CRLF) => {}
                FlagsItemKind::Flag(Flag::MultiLine) if !on => {}
                FlagsItemKind::Flag(Flag::MultiLine | Flag::IgnoreWhitespace) => {
                    return Err(Refusal::beyond("of the flags, only `i` and `s` can be taken over"));
                }
            }
        }
        Ok(())
    }

    fn literal(&self, c: char) -> Result<Token, Refusal> {
        if c.is_control() || c == '\\' {
            return Err(Refusal::beyond(format!("patterns here can't have the character {c:?}")));
        }
        if self.ignores_case && c.is_alphabetic() {
            if !c.is_ascii() {
                return Err(beyond_ascii());
            }
            let (upper, lower) = (c.to_ascii_uppercase(), c.to_ascii_lowercase());
            return Ok(Token::OneOf(Set { negated: false, ranges: vec![(upper, upper), (lower, lower)] }));
        }
        Ok(if c == '/' { Token::Slash } else { Token::Literal(c) })
    }

    fn class(&self, class: Class) -> Result<Ways, Refusal> {
        if self.ignores_case && class.set.ranges.iter().any(|(_, last)| !last.is_ascii()) {
            return Err(beyond_ascii());
        }
        let class = class.in_either_case(self.ignores_case);
        let mut ways = Vec::new();
        match class.set.ranges.as_slice() {
            [] if !class.set.negated => {}
            &[(first, last)] if first == last && !class.set.negated => ways.push(vec![Token::Literal(first)]),
            _ => ways.push(vec![Token::OneOf(class.set)]),
        }
        if class.slash {
            ways.push(vec![Token::Slash]);
        }
        Ok(ways)
    }

    fn repeated(&mut self, ast: &Ast, kind: &RepetitionKind) -> Result<Ways, Refusal> {
        let (least, most) = match kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(n)) => (*n, Some(*n)),
            RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (*n, None),
            RepetitionKind::Range(RepetitionRange::Bounded(n, m)) => (*n, Some(*m)),
        };
        if least.max(most.unwrap_or(0)) as usize > MOST {
            return Err(Refusal::beyond("it repeats something too often"));
        }
        let is_dot = matches!(ast, Ast::Dot(_));
        if is_dot {
            return match (least, most) {
                (0, None) => Ok(vec![vec![Token::Deep]]),
                (1, None) => Ok(vec![vec![Token::Plus]]),
                _ => Err(Refusal::beyond("globs can't count characters that may be `/`")),
            };
        }
        let once = self.ways(ast)?;
        let mut ways = vec![Vec::new()];
        for _ in 0..least {
            ways = joined(&ways, &once)?;
        }
        match most {
            None => joined(&ways, &[vec![self.any_number(ast, &once)?]]),
            Some(most) => {
                let mut all = ways.clone();
                for _ in least..most {
                    ways = joined(&ways, &once)?;
                    all.extend(ways.iter().cloned());
                    bounded(&all)?;
                }
                Ok(all)
            }
        }
    }

    /// Any number of what has these ways, each of one character.
    fn any_number(&self, ast: &Ast, once: &[Vec<Token>]) -> Result<Token, Refusal> {
        let (mut set, mut slash) = (None, false);
        for way in once {
            match way.as_slice() {
                [Token::Slash] => slash = true,
                [Token::OneOf(one)] if set.is_none() => set = Some(one.clone()),
                &[Token::Literal(c)] if set.is_none() => set = Some(Set { negated: false, ranges: vec![(c, c)] }),
                [Token::Deep] if once.len() == 1 => return Ok(Token::Deep),
                _ => {
                    let what = if matches!(ast, Ast::Group(_)) { "a group" } else { "this" };
                    return Err(Refusal::beyond(format!("globs can't repeat {what}")));
                }
            }
        }
        let set = set.ok_or_else(|| Refusal::beyond("globs can't repeat this"))?;
        Ok(match (set.is_any(), slash) {
            (true, true) => Token::Deep,
            (true, false) => Token::Names,
            (false, slash) => Token::Many(set, slash),
        })
    }
}

fn joined(before: &[Vec<Token>], after: &[Vec<Token>]) -> Result<Ways, Refusal> {
    if before.len() * after.len() > MOST {
        return Err(too_many());
    }
    let mut ways = Vec::with_capacity(before.len() * after.len());
    for front in before {
        for back in after {
            if front.len() + back.len() > LONGEST {
                return Err(Refusal::beyond("it is too long"));
            }
            ways.push([front.as_slice(), back].concat());
        }
    }
    Ok(ways)
}

fn bounded(ways: &[Vec<Token>]) -> Result<(), Refusal> {
    if ways.len() > MOST { Err(too_many()) } else { Ok(()) }
}

fn beyond_ascii() -> Refusal {
    Refusal::beyond("of letters in either case, only those of ASCII can be taken over")
}

fn too_many() -> Refusal {
    Refusal::beyond(format!("it would take more than {MOST} globs"))
}

/// A class of characters, `/` apart.
struct Class {
    set: Set,
    slash: bool,
}

impl Class {
    fn new(mut ranges: Vec<(char, char)>, negated: bool) -> Class {
        let has_slash = ranges.iter().any(|&(first, last)| first <= '/' && '/' <= last);
        if !negated {
            // `/` lies between `.` and `0`.
            ranges = ranges
                .into_iter()
                .flat_map(|(first, last)| match (first <= '/' && '/' <= last, first, last) {
                    (false, ..) => vec![(first, last)],
                    (true, ..) => [(first, last.min('.')), (first.max('0'), last)]
                        .into_iter()
                        .filter(|(first, last)| first <= last)
                        .collect(),
                })
                .collect();
        } else {
            ranges.retain(|&range| range != ('/', '/'));
        }
        Class { set: Set { negated, ranges }, slash: has_slash != negated }
    }

    fn in_either_case(mut self, either: bool) -> Class {
        if either {
            let folded = |(first, last): (char, char)| {
                let within = |from: char, to: char, shift: fn(&char) -> char| {
                    let (first, last) = (first.max(from), last.min(to));
                    (first <= last).then(|| (shift(&first), shift(&last)))
                };
                let lower = within('A', 'Z', char::to_ascii_lowercase);
                let upper = within('a', 'z', char::to_ascii_uppercase);
                lower.into_iter().chain(upper)
            };
            let more: Vec<_> = self.set.ranges.iter().copied().flat_map(folded).collect();
            for range in more {
                if !self.set.ranges.contains(&range) {
                    self.set.ranges.push(range);
                }
            }
        }
        self
    }
}

fn perl(class: &ClassPerl) -> Result<Class, Refusal> {
    Ok(Class::new(perl_ranges(&class.kind)?, class.negated))
}

/// In Go these are ASCII.
fn perl_ranges(kind: &ClassPerlKind) -> Result<Vec<(char, char)>, Refusal> {
    match kind {
        ClassPerlKind::Digit => Ok(vec![('0', '9')]),
        ClassPerlKind::Word => Ok(vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        ClassPerlKind::Space => Err(Refusal::beyond("patterns here know no white space")),
    }
}

fn bracketed(class: &ClassBracketed) -> Result<Class, Refusal> {
    let ClassSet::Item(item) = &class.kind else {
        return Err(Refusal::beyond("globs can't compute with classes"));
    };
    let items = match item {
        ClassSetItem::Union(union) => union.items.as_slice(),
        item => std::slice::from_ref(item),
    };
    let mut ranges = Vec::new();
    for item in items {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => ranges.push((literal.c, literal.c)),
            ClassSetItem::Range(range) => ranges.push((range.start.c, range.end.c)),
            ClassSetItem::Perl(class) if !class.negated => ranges.extend(perl_ranges(&class.kind)?),
            _ => return Err(Refusal::beyond("globs know no classes within classes")),
        }
    }
    if ranges.iter().any(|(first, last)| {
        first.is_control() || last.is_control() || *first <= '\\' && '\\' <= *last && first == last
    }) {
        return Err(Refusal::beyond("a class has a character that patterns here can't have"));
    }
    Ok(Class::new(ranges, class.negated))
}
