//! What is known of a number that an expression computes: the number itself, or what it is a multiple of, and whether the
//! code rounds it for everybody to see. It never knows what the number is for.

use golint_sdk::prelude::*;

use crate::conversion::{binary, conversion, integer_bits, is_integer, unary};
use crate::variable::{parts_at, value_at};
use crate::view::View;

/// Expressions nested deeper are unknown.
const MAX_DEPTH: u32 = 48;
/// Longer sums are unknown.
const MAX_TERMS: usize = 32;
/// Larger factors are unknown.
const MAX_GRAIN: i128 = 1 << 100;

/// Numbers `grain * k + rest`, for any integer `k`. A grain of 0 means the number `rest` itself, 1 any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Residue {
    /// At least 0.
    pub(super) grain: i128,
    /// Where the grain isn't 0: at least 0 and below it.
    pub(super) rest: i128,
    /// The grain comes from rounding.
    pub(super) rounded: bool,
    /// What the parts that vary and aren't rounded are multiples of; 0 where there are none.
    pub(super) free: i128,
}

impl Residue {
    const UNKNOWN: Residue = Residue { grain: 1, rest: 0, rounded: false, free: 1 };

    fn exactly(number: i128) -> Residue {
        Residue { grain: 0, rest: number, rounded: false, free: 0 }
    }

    fn new(grain: i128, rest: i128, rounded: bool, free: i128) -> Residue {
        if grain > MAX_GRAIN || rest.abs() > MAX_GRAIN || free > MAX_GRAIN {
            return Residue::UNKNOWN;
        }
        let rest = if grain == 0 { rest } else { rest.rem_euclid(grain) };
        Residue { grain, rest, rounded, free }
    }

    /// The number, where it is known.
    pub(super) fn number(self) -> Option<i128> {
        (self.grain == 0).then_some(self.rest)
    }

    /// Is every such number a multiple of `unit`?
    pub(super) fn is_multiple_of(self, unit: i128) -> bool {
        self.grain % unit == 0 && self.rest % unit == 0
    }

    fn plus(self, other: Residue) -> Residue {
        let grain = gcd(self.grain, other.grain);
        Residue::new(grain, self.rest + other.rest, self.rounded || other.rounded, gcd(self.free, other.free))
    }

    fn negated(self) -> Residue {
        Residue::new(self.grain, -self.rest, self.rounded, self.free)
    }

    /// `factor` must not exceed [`MAX_GRAIN`], so that nothing overflows.
    pub(super) fn times(self, factor: i128) -> Residue {
        if factor == 0 {
            return Residue::exactly(0);
        }
        let sizes = [self.grain, self.rest, self.free].map(|n| n.checked_mul(factor));
        let [Some(grain), Some(rest), Some(free)] = sizes else { return Residue::UNKNOWN };
        Residue::new(grain.abs(), rest, self.rounded, free.abs())
    }

    /// Divided by a number without a remainder, for all numbers; else unknown.
    fn divided(self, by: i128) -> Residue {
        if self.is_multiple_of(by) && self.grain != 0 {
            Residue::new(self.grain / by, self.rest / by, false, self.grain / by)
        } else {
            Residue::UNKNOWN
        }
    }

    /// Rounded down to a multiple of `unit`.
    fn rounded_to(self, unit: i128) -> Residue {
        if unit <= 0 {
            Residue::UNKNOWN
        } else if self.grain % unit == 0 {
            // What varies is a multiple already: rounding takes away from the rest only.
            Residue { rest: self.rest - self.rest.rem_euclid(unit), ..self }
        } else {
            Residue::new(unit, 0, true, 0)
        }
    }

    /// Any multiple of `unit`, not rounded for everybody to see.
    fn multiple_of(unit: i128) -> Residue {
        Residue::new(unit, 0, false, unit)
    }

    /// The largest number that every such number is a multiple of; 0 for 0 itself.
    fn unit(self) -> i128 {
        gcd(self.grain, self.rest)
    }

    /// The product of two numbers of which neither is known.
    fn multiplied(self, by: Residue) -> Residue {
        self.unit().checked_mul(by.unit()).map_or(Residue::UNKNOWN, Residue::multiple_of)
    }

    /// The bits that are in both of two numbers of which neither is known: the zeros at the end of either stay.
    fn anded(self, other: Residue) -> Residue {
        let zeros = |residue: Residue| residue.unit().trailing_zeros().min(99);
        Residue::multiple_of(1 << zeros(self).max(zeros(other)))
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// What is known of the integer that the expression computes, where pages have `page` bytes.
pub(super) fn residue_of<'f>(view: &View<'f>, page: i128, expression: Node<'f>) -> Residue {
    evaluate(Asked { view, page }, expression, MAX_DEPTH)
}

/// Whom to ask, and the size of a page in bytes.
#[derive(Clone, Copy)]
struct Asked<'v, 'f> {
    view: &'v View<'f>,
    page: i128,
}

fn evaluate<'f>(asked: Asked<'_, 'f>, node: Node<'f>, depth: u32) -> Residue {
    let node = node.unparenthesized();
    if depth == 0 || !asked.view.step() {
        return Residue::UNKNOWN;
    }
    if let Some(number) = asked.view.integer(node).filter(|n| n.abs() <= MAX_GRAIN) {
        return Residue::exactly(number);
    }
    let depth = depth - 1;
    match node.kind() {
        kind::BINARY_EXPRESSION => evaluate_binary(asked, node, depth),
        kind::UNARY_EXPRESSION => match unary(node) {
            Some((kind::MINUS, operand)) => evaluate(asked, operand, depth).negated(),
            Some((kind::PLUS, operand)) => evaluate(asked, operand, depth),
            // `^x` is `-x - 1`.
            Some((kind::XOR, operand)) => evaluate(asked, operand, depth).negated().plus(Residue::exactly(-1)),
            _ => Residue::UNKNOWN,
        },
        kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => match converted(asked, node) {
            Some(operand) => evaluate(asked, operand, depth),
            None if is_page_size(asked, node) => Residue::multiple_of(asked.page),
            None => Residue::UNKNOWN,
        },
        kind::IDENTIFIER => {
            let object = asked.view.resolve(node).filter(|o| o.kind() == Some(ObjectKind::Variable));
            let Some(parts) = object.and_then(|o| parts_at(o, node)) else {
                return if is_named_page_size(node) { Residue::multiple_of(asked.page) } else { Residue::UNKNOWN };
            };
            parts.into_iter().fold(Residue::exactly(0), |sum, (part, negative)| {
                let part = evaluate(asked, part, depth);
                sum.plus(if negative { part.negated() } else { part })
            })
        }
        kind::SELECTOR_EXPRESSION if node.child(field::FIELD).is_some_and(is_named_page_size) => {
            Residue::multiple_of(asked.page)
        }
        _ => Residue::UNKNOWN,
    }
}

/// A call that asks for the size of a page.
fn is_page_size<'f>(asked: Asked<'_, 'f>, call: Node<'f>) -> bool {
    let Some(callee) = call.child(field::FUNCTION) else { return false };
    // Asking for the spelling first saves the question what it stands for.
    callee.unparenthesized().bytes().ends_with(b"Getpagesize")
        && matches!(
            asked.view.name_of(callee).as_deref(),
            Some("os.Getpagesize" | "syscall.Getpagesize" | "golang.org/x/sys/unix.Getpagesize")
        )
}

/// Of a variable or field whose value can't be seen, the name says it: `pageSize`, `osPageSize`, `page_size`.
fn is_named_page_size(name: Node<'_>) -> bool {
    let letters: String = name.text().chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect();
    letters.ends_with("pagesize")
}

/// The operand of a conversion from an integer to an integer that keeps all values that matter.
fn converted<'f>(asked: Asked<'_, 'f>, node: Node<'f>) -> Option<Node<'f>> {
    let conversion = conversion(asked.view, node)?;
    let wide = integer_bits(conversion.to).is_some_and(|bits| bits >= 32);
    (wide && asked.view.type_of(conversion.operand).is_some_and(is_integer)).then_some(conversion.operand)
}

fn evaluate_binary<'f>(asked: Asked<'_, 'f>, node: Node<'f>, depth: u32) -> Residue {
    let Some((operator, left, right)) = binary(node) else { return Residue::UNKNOWN };
    let number = |side: Node<'f>| evaluate(asked, side, depth).number();
    match operator {
        kind::PLUS | kind::MINUS => sum(asked, node, depth),
        kind::STAR => {
            let (value, factor) = match (number(right), number(left)) {
                (Some(factor), _) => (left, factor),
                (None, Some(factor)) => (right, factor),
                (None, None) => return evaluate(asked, left, depth).multiplied(evaluate(asked, right, depth)),
            };
            // `x / 8 * 8`
            match binary(behind_names(asked, value)) {
                Some((kind::DIVIDE, dividend, divisor)) if number(divisor) == Some(factor) => {
                    evaluate(asked, dividend, depth).rounded_to(factor)
                }
                _ => evaluate(asked, value, depth).times(factor),
            }
        }
        kind::SHIFT_LEFT => {
            let Some(bits @ 0..=62) = number(right) else { return Residue::UNKNOWN };
            // `x >> 3 << 3`
            match binary(behind_names(asked, left)) {
                Some((kind::SHIFT_RIGHT, shifted, by)) if number(by) == Some(bits) => {
                    evaluate(asked, shifted, depth).rounded_to(1 << bits)
                }
                _ => evaluate(asked, left, depth).times(1 << bits),
            }
        }
        kind::DIVIDE | kind::REMAINDER | kind::SHIFT_RIGHT => {
            let (value, by) = (evaluate(asked, left, depth), number(right));
            match (operator, by) {
                (kind::SHIFT_RIGHT, Some(bits @ 0..=62)) => divide(value, 1 << bits),
                (kind::DIVIDE, Some(by)) if by > 0 => divide(value, by),
                (kind::REMAINDER, Some(by)) if by > 0 => match value.number() {
                    Some(number) => Residue::exactly(number % by),
                    None if value.grain % by == 0 && value.rest == 0 => Residue::exactly(0),
                    None => Residue::UNKNOWN,
                },
                _ => Residue::UNKNOWN,
            }
        }
        kind::AND_NOT => {
            let (value, mask) = (evaluate(asked, left, depth), evaluate(asked, right, depth));
            match mask.number() {
                Some(mask) => clear(value, !mask),
                // What is cleared is the same as what `& ^mask` clears.
                None => value.anded(mask.negated().plus(Residue::exactly(-1))),
            }
        }
        kind::AMPERSAND => {
            let (left, right) = (evaluate(asked, left, depth), evaluate(asked, right, depth));
            match (left.number(), right.number()) {
                (_, Some(mask)) => clear(left, mask),
                (Some(mask), None) => clear(right, mask),
                (None, None) => left.anded(right),
            }
        }
        _ => Residue::UNKNOWN,
    }
}

fn divide(value: Residue, by: i128) -> Residue {
    match value.number() {
        Some(number) => Residue::exactly(number / by),
        None => value.divided(by),
    }
}

/// `value & mask`. A mask of ones above some zeros rounds down; of any other, the zeros at its end are known.
fn clear(value: Residue, mask: i128) -> Residue {
    if let Some(number) = value.number() {
        return Residue::exactly(number & mask);
    }
    if mask == 0 {
        return Residue::exactly(0);
    }
    let unit = 1_i128 << mask.trailing_zeros().min(99);
    // Of 31 bits or more: shorter ones cut off high bits, too.
    let is_rounding = [31, 32, 63, 64].iter().any(|bits| mask == (1_i128 << bits) - unit) || mask == -unit;
    if is_rounding { value.rounded_to(unit) } else { Residue::multiple_of(unit) }
}

/// A sum, in which `x - x%8` and `x - x&7` are `x` rounded down, and `x + 8 - x%8` goes on from there.
fn sum<'f>(asked: Asked<'_, 'f>, node: Node<'f>, depth: u32) -> Residue {
    let mut terms = Vec::new();
    let mut pending = vec![(node, false)];
    while let Some((node, negative)) = pending.pop() {
        if !asked.view.step() {
            return Residue::UNKNOWN;
        }
        let inner = node.unparenthesized();
        match binary(inner) {
            Some((kind::PLUS, left, right)) => pending.extend([(right, negative), (left, negative)]),
            Some((kind::MINUS, left, right)) => pending.extend([(right, !negative), (left, negative)]),
            _ => terms.push((inner, negative)),
        }
    }
    if terms.len() > MAX_TERMS {
        return Residue::UNKNOWN;
    }
    let mut total = Residue::exactly(0);
    let mut is_used = vec![false; terms.len()];
    for i in 0..terms.len() {
        let (term, negative) = terms[i];
        let Some((whole, unit)) = remainder(asked, term, depth).filter(|_| !is_used[i]) else { continue };
        let find = |whole: Node<'f>, sign: bool| {
            (0..terms.len()).find(|j| {
                let (other, other_sign) = terms[*j];
                *j != i && !is_used[*j] && other_sign == sign && is_same(asked, other, whole)
            })
        };
        // `x + (8 - x%8)%8` is `x` rounded up.
        let up = || missing_part(asked, whole, unit, depth).filter(|_| !negative);
        let (whole, partner) = match find(whole, !negative) {
            Some(partner) => (whole, partner),
            None => match up().and_then(|whole| Some((whole, find(whole, false)?))) {
                Some(found) => found,
                None => continue,
            },
        };
        (is_used[i], is_used[partner]) = (true, true);
        let rounded = evaluate(asked, whole, depth).rounded_to(unit);
        total = total.plus(if terms[partner].1 { rounded.negated() } else { rounded });
    }
    for (term, negative) in terms.into_iter().zip(is_used).filter(|(_, used)| !used).map(|(term, _)| term) {
        let value = evaluate(asked, term, depth);
        total = total.plus(if negative { value.negated() } else { value });
    }
    total
}

/// `x` and `8` of `x % 8` and `x & 7`.
fn remainder<'f>(asked: Asked<'_, 'f>, node: Node<'f>, depth: u32) -> Option<(Node<'f>, i128)> {
    let node = behind_names(asked, node);
    let (operator, left, right) = binary(node)?;
    let Some(number) = evaluate(asked, right, depth).number() else {
        return page_remainder(asked, operator, left, right, depth);
    };
    match operator {
        kind::REMAINDER if number > 0 => Some((left, number)),
        kind::AMPERSAND if number > 0 && (number + 1) & number == 0 => Some((left, number + 1)),
        _ => None,
    }
}

/// `x` and the page size of `x % pageSize` and `x & (pageSize - 1)`.
fn page_remainder<'f>(
    asked: Asked<'_, 'f>,
    operator: Kind,
    left: Node<'f>,
    right: Node<'f>,
    depth: u32,
) -> Option<(Node<'f>, i128)> {
    let right = evaluate(asked, right, depth);
    let by = if operator == kind::AMPERSAND { right.plus(Residue::exactly(1)) } else { right };
    let is_remainder = matches!(operator, kind::REMAINDER | kind::AMPERSAND);
    (is_remainder && !by.rounded && by.is_multiple_of(asked.page)).then_some((left, asked.page))
}

/// `x` of `8 - x%8`.
fn missing_part<'f>(asked: Asked<'_, 'f>, node: Node<'f>, unit: i128, depth: u32) -> Option<Node<'f>> {
    let (kind::MINUS, left, right) = binary(behind_names(asked, node))? else { return None };
    let (whole, other) = remainder(asked, right, depth)?;
    (other == unit && evaluate(asked, left, depth).is_multiple_of(unit)).then_some(whole)
}

/// The expression that a conversion of an integer or a variable that is assigned once stands for.
fn behind_names<'f>(asked: Asked<'_, 'f>, node: Node<'f>) -> Node<'f> {
    let mut node = node.unparenthesized();
    while asked.view.step() {
        let next = match node.kind() {
            kind::IDENTIFIER => value_at(asked.view, node),
            kind::CALL_EXPRESSION | kind::TYPE_CONVERSION_EXPRESSION => converted(asked, node),
            _ => None,
        };
        match next {
            Some(next) => node = next.unparenthesized(),
            None => break,
        }
    }
    node
}

/// The two are one variable, field or constant, perhaps converted.
fn is_same<'f>(asked: Asked<'_, 'f>, a: Node<'f>, b: Node<'f>) -> bool {
    let bare = |node: Node<'f>| {
        let mut node = node.unparenthesized();
        while let Some(operand) = converted(asked, node).filter(|_| asked.view.step()) {
            node = operand.unparenthesized();
        }
        node
    };
    let (mut a, mut b) = (bare(a), bare(b));
    while asked.view.step() {
        match (a.kind(), b.kind()) {
            (kind::IDENTIFIER, kind::IDENTIFIER) => {
                return asked.view.resolve(a).is_some_and(|object| asked.view.resolve(b) == Some(object));
            }
            (kind::SELECTOR_EXPRESSION, kind::SELECTOR_EXPRESSION) => {
                if a.child(field::FIELD).map(Node::bytes) != b.child(field::FIELD).map(Node::bytes) {
                    return false;
                }
                let (Some(left), Some(right)) = (a.child(field::OPERAND), b.child(field::OPERAND)) else {
                    return false;
                };
                (a, b) = (left.unparenthesized(), right.unparenthesized());
            }
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiples(unit: i128) -> Residue {
        Residue::UNKNOWN.times(unit)
    }

    #[test]
    fn rounding_is_seen_only_where_it_takes_something_away() {
        let rounded = Residue::UNKNOWN.rounded_to(8);
        assert!(rounded.rounded && rounded.grain == 8);
        let aligned = multiples(4096).rounded_to(8);
        assert!(!aligned.rounded && aligned.is_multiple_of(4096));
        // (x + 7) / 8 * 8 of a multiple of 4096
        let up = multiples(4096).plus(Residue::exactly(7)).rounded_to(8);
        assert!(up.is_multiple_of(4096));
    }

    #[test]
    fn what_varies_beside_the_rounded_part_is_kept_apart() {
        let rounded = Residue::UNKNOWN.rounded_to(8);
        assert_eq!(rounded.free, 0);
        assert_eq!(rounded.plus(multiples(512)).free, 512);
        assert_eq!(rounded.plus(Residue::UNKNOWN).free, 1);
        assert_eq!(rounded.times(512).grain, 4096);
    }

    #[test]
    fn masks_round_where_they_keep_all_high_bits() {
        assert!(clear(Residue::UNKNOWN, -8).rounded);
        assert!(clear(Residue::UNKNOWN, 0xffff_fff8).rounded);
        assert!(clear(Residue::UNKNOWN, (1 << 64) - 512).rounded);
        let field = clear(Residue::UNKNOWN, 0xf0);
        assert!(!field.rounded && field.grain == 16);
        assert_eq!(clear(Residue::exactly(100), -8).number(), Some(96));
    }

    #[test]
    fn huge_numbers_are_unknown() {
        let huge = Residue::exactly(MAX_GRAIN);
        assert_eq!(huge.plus(huge), Residue::UNKNOWN);
        assert_eq!(huge.times(MAX_GRAIN), Residue::UNKNOWN);
        assert_eq!(multiples(MAX_GRAIN).times(2), Residue::UNKNOWN);
    }
}
