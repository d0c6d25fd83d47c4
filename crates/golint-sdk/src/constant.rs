//! Values of constant expressions.

pub(crate) use crate::facts::Constant;

impl Constant {
    /// The integer, where it is one that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Constant::Small(n) => Some(*n),
            _ => None,
        }
    }

    /// The integer, where it is one that fits; large unsigned values (the address of a kernel constant, say) do.
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Constant::Small(n) => Some(i128::from(*n)),
            Constant::Big(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The truth value, where it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Constant::Boolean(b) => Some(*b),
            _ => None,
        }
    }

    /// The bytes of a string.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Constant::Text(bytes) => Some(bytes),
            _ => None,
        }
    }
}
