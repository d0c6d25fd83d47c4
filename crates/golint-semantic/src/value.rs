//! Values of Go's constants, exact. It knows values only: which type a constant has, and where one stands in a file, is
//! the caller's business. Nothing here rounds except [`Value::represent`] to a floating-point type, and nothing grows
//! without bound: what exceeds the limits below, and what Go refuses (a division by zero), is `None`, unknown.
//!
//! The variant tells the kind of number, as `constant.Kind` does: an integer or rune constant is [`Value::Int`], also
//! where its type is a named one; a constant of floating-point type is [`Value::Ratio`] even where it is integral; a
//! constant of complex type is [`Value::Complex`]. The division of two `Int`s truncates, as it does in Go.
//!
//! Sources: the Go specification, "Constants", "Constant expressions", "Representability"; the limits are those that
//! the compiler has (package go/constant and go/types of Go 1.26), so that what is known here is what it computes.

mod conversion;
mod operation;
mod ratio;

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

pub use conversion::{integer_bits, unsigned_bits};
pub use ratio::Ratio;

/// Longest integer, in bits without the sign. go/types calls a longer one an overflow.
pub const MAX_INT_BITS: u64 = 512;
/// Numerators and denominators have fewer bits. go/constant goes over to rounded numbers there.
pub const MAX_RATIO_BITS: u64 = 4096;
/// Longest string that a concatenation may give, in bytes. A literal may be longer: it is bounded by its file.
pub const MAX_CONCATENATION: usize = 16 << 10;

/// The value of a constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Of boolean type.
    Bool(bool),
    /// Of integer or rune type.
    Int(BigInt),
    /// Of floating-point type.
    Ratio(Ratio),
    /// Of complex type: real and imaginary part.
    Complex(Ratio, Ratio),
    /// Of string type: any bytes.
    Text(Arc<[u8]>),
}

/// A value in the shape in which rules see it (`semantics.constant` of the rule contract).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Constant {
    /// A boolean.
    Boolean(bool),
    /// An integer or rune that fits.
    Small(i64),
    /// Any other integer, in decimal.
    Big(String),
    /// A float, exact: "numerator/denominator" in decimal, in lowest terms.
    Ratio(String),
    /// A complex number: two ratios.
    Complex(String, String),
    /// A string's bytes.
    Text(Arc<[u8]>),
}

impl Value {
    /// An integer.
    pub fn from_i64(value: i64) -> Value {
        Value::Int(BigInt::from(value))
    }

    /// An integer.
    pub fn from_u64(value: u64) -> Value {
        Value::Int(BigInt::from(value))
    }

    /// An integer; unknown if it is longer than [`MAX_INT_BITS`].
    pub fn from_int(value: BigInt) -> Option<Value> {
        (value.bits() <= MAX_INT_BITS).then_some(Value::Int(value))
    }

    /// A string.
    pub fn from_bytes(bytes: &[u8]) -> Value {
        Value::Text(bytes.into())
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The integer, if it is one and fits. A float is none, even if it is integral: see [`Value::to_int`].
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Int(i) => i.to_i64(),
            _ => None,
        }
    }

    /// As [`Value::as_i64`], for unsigned numbers.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Value::Int(i) => i.to_u64(),
            _ => None,
        }
    }

    /// The string's bytes, if it is one.
    pub fn as_text(&self) -> Option<&Arc<[u8]>> {
        match self {
            Value::Text(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The same number as an integer, if it is one: `4.0` and `4 + 0i` are, `4.5` is not.
    pub fn to_int(&self) -> Option<BigInt> {
        let int = match self {
            Value::Int(i) => i.clone(),
            Value::Ratio(r) => r.to_int()?,
            Value::Complex(re, im) if im.is_zero() => re.to_int()?,
            _ => return None,
        };
        (int.bits() <= MAX_INT_BITS).then_some(int)
    }

    /// The same number as a float, if its imaginary part is 0.
    pub fn to_ratio(&self) -> Option<Ratio> {
        match self {
            Value::Int(i) => Some(Ratio::from_int(i.clone())),
            Value::Ratio(r) => Some(r.clone()),
            Value::Complex(re, im) if im.is_zero() => Some(re.clone()),
            _ => None,
        }
    }

    /// Real and imaginary part of any number.
    pub fn to_complex(&self) -> Option<(Ratio, Ratio)> {
        match self {
            Value::Int(_) | Value::Ratio(_) => Some((self.to_ratio()?, Ratio::zero())),
            Value::Complex(re, im) => Some((re.clone(), im.clone())),
            _ => None,
        }
    }

    /// What the builtin `real` gives: a float, of any number.
    pub fn real(&self) -> Option<Value> {
        self.to_complex().map(|(re, _)| Value::Ratio(re))
    }

    /// What the builtin `imag` gives: a float, of any number.
    pub fn imag(&self) -> Option<Value> {
        self.to_complex().map(|(_, im)| Value::Ratio(im))
    }

    /// What the builtin `complex` gives: both arguments must be real.
    pub fn complex(re: &Value, im: &Value) -> Option<Value> {
        Some(Value::Complex(re.to_ratio()?, im.to_ratio()?))
    }

    /// True for the value 0 of any kind of number.
    pub fn is_zero(&self) -> bool {
        match self {
            Value::Int(i) => i.is_zero(),
            Value::Ratio(r) => r.is_zero(),
            Value::Complex(re, im) => re.is_zero() && im.is_zero(),
            Value::Bool(_) | Value::Text(_) => false,
        }
    }

    /// The shape in which rules see the value.
    pub fn to_constant(&self) -> Constant {
        match self {
            Value::Bool(b) => Constant::Boolean(*b),
            Value::Int(i) => i.to_i64().map_or_else(|| Constant::Big(i.to_string()), Constant::Small),
            Value::Ratio(r) => Constant::Ratio(r.to_string()),
            Value::Complex(re, im) => Constant::Complex(re.to_string(), im.to_string()),
            Value::Text(bytes) => Constant::Text(bytes.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
