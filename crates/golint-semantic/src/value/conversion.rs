//! Which types can hold a constant, and what it becomes there. The only place where constants are rounded: to the
//! formats of float32 and float64, once for each operation, as the compiler does it.
//!
//! Source: the Go specification, "Representability" and "Conversions".

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::Value;
use super::ratio::{FLOAT32, FLOAT64};
use crate::types::Basic;

impl Value {
    /// The value as a constant of this type: of the variant that goes with the type, and rounded where the type is one
    /// of the floating-point or complex types. `None` where the type can't hold it: Go refuses that, be it by an
    /// assignment, as the result of an operation on typed constants, or as the untyped integer overflow.
    ///
    /// `pointer_size` is in bytes.
    pub fn represent(&self, basic: Basic, pointer_size: u8) -> Option<Value> {
        match (basic.canonical(), self) {
            (Basic::Bool | Basic::UntypedBool, Value::Bool(_)) => Some(self.clone()),
            (Basic::String | Basic::UntypedString, Value::Text(_)) => Some(self.clone()),
            (Basic::UntypedInt | Basic::UntypedRune, _) => self.to_int().map(Value::Int),
            (Basic::UntypedFloat, _) => self.to_ratio().map(Value::Ratio),
            (Basic::UntypedComplex, _) => self.to_complex().map(|(re, im)| Value::Complex(re, im)),
            (Basic::Float32, _) => Some(Value::Ratio(self.to_ratio()?.round(FLOAT32)?)),
            (Basic::Float64, _) => Some(Value::Ratio(self.to_ratio()?.round(FLOAT64)?)),
            (Basic::Complex64, _) => {
                let (re, im) = self.to_complex()?;
                Some(Value::Complex(re.round(FLOAT32)?, im.round(FLOAT32)?))
            }
            (Basic::Complex128, _) => {
                let (re, im) = self.to_complex()?;
                Some(Value::Complex(re.round(FLOAT64)?, im.round(FLOAT64)?))
            }
            (basic, _) => {
                let bits = integer_bits(basic, pointer_size)?;
                let int = self.to_int()?;
                fits(&int, bits, basic.is_unsigned()).then_some(Value::Int(int))
            }
        }
    }

    /// Whether the type can hold the value, perhaps rounded.
    pub fn representable(&self, basic: Basic, pointer_size: u8) -> bool {
        self.represent(basic, pointer_size).is_some()
    }

    /// The constant `T(x)` for a type T with this underlying type: as [`Value::represent`], and an integer becomes the
    /// string of that character (U+FFFD where there is none).
    pub fn convert(&self, basic: Basic, pointer_size: u8) -> Option<Value> {
        match self {
            Value::Int(code_point) if basic.is_string() => {
                let character = code_point.to_u32().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
                Some(Value::from_bytes(character.encode_utf8(&mut [0; 4]).as_bytes()))
            }
            _ => self.represent(basic, pointer_size),
        }
    }
}

/// The width of an integer type; none for untyped kinds and other types.
pub fn integer_bits(basic: Basic, pointer_size: u8) -> Option<u32> {
    Some(match basic {
        Basic::Int8 | Basic::Uint8 | Basic::Byte => 8,
        Basic::Int16 | Basic::Uint16 => 16,
        Basic::Int32 | Basic::Uint32 | Basic::Rune => 32,
        Basic::Int64 | Basic::Uint64 => 64,
        Basic::Int | Basic::Uint | Basic::Uintptr => 8 * u32::from(pointer_size),
        _ => return None,
    })
}

fn fits(int: &BigInt, bits: u32, unsigned: bool) -> bool {
    let bits = u64::from(bits);
    match (int.sign(), unsigned) {
        (Sign::NoSign, _) => true,
        (Sign::Minus, true) => false,
        (Sign::Plus, true) => int.bits() <= bits,
        (Sign::Plus, false) => int.bits() < bits,
        // -2^(bits-1) is the one number of that length that still fits.
        (Sign::Minus, false) => (int + 1u8).bits() < bits,
    }
}

/// The width of `x` in `^x`: of an unsigned type only, see [`Value::unary`].
pub fn unsigned_bits(basic: Basic, pointer_size: u8) -> Option<u32> {
    basic.is_unsigned().then(|| integer_bits(basic, pointer_size)).flatten()
}
