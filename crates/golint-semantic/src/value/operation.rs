//! Operators on constant values. An operator is named by the kind of its token in the syntax tree. What Go refuses is
//! `None`: operands that don't go together, a division by zero, a shift by too much; so is a result that is too large.
//!
//! The result has not yet the caller's type: where the operands are typed, [`Value::represent`] must be asked whether
//! the type can hold it ("Constant expressions": overflow is an error, never a wrap-around).

use std::cmp::Ordering;

use golint_tree::{Kind, kind};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::{MAX_CONCATENATION, Ratio, Value};

/// Largest shift count of a constant shift (go/types: what the smallest float64 needs).
const MAX_SHIFT: u32 = 1023 - 1 + 52;

impl Value {
    /// `self operator other`, except shifts. Numbers of different kinds meet as the larger one of int, float, complex.
    pub fn binary(&self, operator: Kind, other: &Value) -> Option<Value> {
        if let Some(holds) = comparison(operator) {
            return self.compare(other, operator, holds).map(Value::Bool);
        }
        match (self, other) {
            (Value::Bool(a), Value::Bool(b)) => match operator {
                kind::LOGICAL_AND => Some(Value::Bool(*a && *b)),
                kind::LOGICAL_OR => Some(Value::Bool(*a || *b)),
                _ => None,
            },
            (Value::Text(a), Value::Text(b)) => {
                let fits = operator == kind::PLUS && a.len().saturating_add(b.len()) <= MAX_CONCATENATION;
                fits.then(|| Value::Text([&a[..], &b[..]].concat().into()))
            }
            (Value::Int(a), Value::Int(b)) => integers(operator, a, b).and_then(Value::from_int),
            (Value::Complex(..), _) | (_, Value::Complex(..)) => {
                complexes(operator, self.to_complex()?, other.to_complex()?)
            }
            _ => ratios(operator, &self.to_ratio()?, &other.to_ratio()?).map(Value::Ratio),
        }
    }

    /// `self operator other` for a comparison that `holds` for these orderings.
    fn compare(&self, other: &Value, operator: Kind, holds: fn(Ordering) -> bool) -> Option<bool> {
        let equality = matches!(operator, kind::EQUAL | kind::NOT_EQUAL);
        let ordering = match (self, other) {
            (Value::Bool(a), Value::Bool(b)) if equality => a.cmp(b),
            (Value::Text(a), Value::Text(b)) => a.cmp(b),
            (Value::Int(a), Value::Int(b)) => a.cmp(b),
            (Value::Complex(..), _) | (_, Value::Complex(..)) if equality => {
                let (a, b) = (self.to_complex()?, other.to_complex()?);
                // Any ordering but `Equal` will do: only equality is asked for.
                if a == b { Ordering::Equal } else { Ordering::Less }
            }
            (Value::Int(_) | Value::Ratio(_), Value::Int(_) | Value::Ratio(_)) => {
                self.to_ratio()?.cmp(&other.to_ratio()?)
            }
            _ => return None,
        };
        Some(holds(ordering))
    }

    /// `operator self`. `unsigned_bits` is the width of the operand's type if that is an unsigned one, for `^`.
    pub fn unary(&self, operator: Kind, unsigned_bits: Option<u32>) -> Option<Value> {
        match (operator, self) {
            (kind::PLUS, Value::Int(_) | Value::Ratio(_) | Value::Complex(..)) => Some(self.clone()),
            (kind::MINUS, Value::Int(i)) => Value::from_int(-i),
            (kind::MINUS, Value::Ratio(r)) => Some(Value::Ratio(r.negate())),
            (kind::MINUS, Value::Complex(re, im)) => Some(Value::Complex(re.negate(), im.negate())),
            (kind::NOT, Value::Bool(b)) => Some(Value::Bool(!b)),
            (kind::XOR, Value::Int(i)) => match unsigned_bits {
                Some(bits) => {
                    let all = (BigInt::one() << bits.min(64)) - 1;
                    Value::from_int(!i & all)
                }
                None => Value::from_int(!i),
            },
            _ => None,
        }
    }

    /// `self << count` or `self >> count`. An untyped operand of another kind is taken as the integer that it is.
    pub fn shift(&self, operator: Kind, count: &Value) -> Option<Value> {
        let count = count.to_int()?.to_u32().filter(|&count| count <= MAX_SHIFT)?;
        let operand = self.to_int()?;
        match operator {
            kind::SHIFT_LEFT => Value::from_int(operand << count),
            kind::SHIFT_RIGHT => Value::from_int(operand >> count),
            _ => None,
        }
    }
}

/// For which orderings of its operands a comparison holds; none for other operators.
fn comparison(operator: Kind) -> Option<fn(Ordering) -> bool> {
    Some(match operator {
        kind::EQUAL => Ordering::is_eq,
        kind::NOT_EQUAL => Ordering::is_ne,
        kind::LESS => Ordering::is_lt,
        kind::LESS_EQUAL => Ordering::is_le,
        kind::GREATER => Ordering::is_gt,
        kind::GREATER_EQUAL => Ordering::is_ge,
        _ => return None,
    })
}

fn integers(operator: Kind, a: &BigInt, b: &BigInt) -> Option<BigInt> {
    Some(match operator {
        kind::PLUS => a + b,
        kind::MINUS => a - b,
        kind::STAR => a * b,
        kind::DIVIDE | kind::REMAINDER if b.is_zero() => return None,
        // go/constant wraps around here although the quotient is to be exact: what programs see is not what the
        // specification says.
        kind::DIVIDE if *b == BigInt::from(-1) && a.to_i64() == Some(i64::MIN) => return None,
        kind::DIVIDE => a / b,
        kind::REMAINDER => a.div_rem(b).1,
        kind::AMPERSAND => a & b,
        kind::OR => a | b,
        kind::XOR => a ^ b,
        kind::AND_NOT => a & !b,
        _ => return None,
    })
}

fn ratios(operator: Kind, a: &Ratio, b: &Ratio) -> Option<Ratio> {
    match operator {
        kind::PLUS => a.add(b),
        kind::MINUS => a.subtract(b),
        kind::STAR => a.multiply(b),
        kind::DIVIDE => a.divide(b),
        _ => None,
    }
}

fn complexes(operator: Kind, (a, b): (Ratio, Ratio), (c, d): (Ratio, Ratio)) -> Option<Value> {
    let (re, im) = match operator {
        kind::PLUS => (a.add(&c)?, b.add(&d)?),
        kind::MINUS => (a.subtract(&c)?, b.subtract(&d)?),
        kind::STAR => {
            let re = a.multiply(&c)?.subtract(&b.multiply(&d)?)?;
            (re, b.multiply(&c)?.add(&a.multiply(&d)?)?)
        }
        kind::DIVIDE => {
            let square = c.multiply(&c)?.add(&d.multiply(&d)?)?;
            let re = a.multiply(&c)?.add(&b.multiply(&d)?)?;
            let im = b.multiply(&c)?.subtract(&a.multiply(&d)?)?;
            (re.divide(&square)?, im.divide(&square)?)
        }
        _ => return None,
    };
    Some(Value::Complex(re, im))
}
