//! Fractions of bounded size, always in lowest terms: equal fractions are equal structures. They never round, except in
//! [`Ratio::round`].

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::MAX_RATIO_BITS;

/// A fraction in lowest terms with a positive denominator, both parts shorter than [`MAX_RATIO_BITS`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: BigInt,
    denominator: BigInt,
}

/// A binary floating-point format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    /// Bits of the significand, the leading one included.
    pub(super) precision: u64,
    /// Exponent of the smallest positive number.
    pub(super) smallest: i64,
    /// All finite numbers are below two to this power.
    pub(super) limit: u64,
}

/// IEEE 754 binary32.
pub(super) const FLOAT32: Format = Format { precision: 24, smallest: -149, limit: 128 };
/// IEEE 754 binary64.
pub(super) const FLOAT64: Format = Format { precision: 53, smallest: -1074, limit: 1024 };

impl Ratio {
    /// The fraction; `None` where the denominator is 0 or a part is too long.
    pub fn new(numerator: BigInt, denominator: BigInt) -> Option<Ratio> {
        if denominator.is_zero() || numerator.bits().max(denominator.bits()) > 2 * MAX_RATIO_BITS + 1 {
            return None;
        }
        let divisor = numerator.gcd(&denominator);
        let (mut numerator, mut denominator) = (numerator / &divisor, denominator / divisor);
        if denominator.is_negative() {
            (numerator, denominator) = (-numerator, -denominator);
        }
        (numerator.bits() < MAX_RATIO_BITS && denominator.bits() < MAX_RATIO_BITS)
            .then_some(Ratio { numerator, denominator })
    }

    /// `mantissa * base^exponent`, where base is 2 or 10: what a literal says.
    pub(crate) fn scaled(mantissa: BigUint, base: u8, exponent: i64) -> Option<Ratio> {
        if mantissa.is_zero() {
            return Some(Ratio::zero());
        }
        // Larger powers can't come out short enough: literals have no more digits than that.
        let power = usize::try_from(exponent.unsigned_abs()).ok().filter(|&p| p as u64 <= 2 * MAX_RATIO_BITS)?;
        let power = num_traits::pow(BigInt::from(base), power);
        let mantissa = BigInt::from_biguint(Sign::Plus, mantissa);
        if exponent >= 0 { Ratio::new(mantissa * power, BigInt::one()) } else { Ratio::new(mantissa, power) }
    }

    /// An integer, which the caller has bounded ([`super::MAX_INT_BITS`]).
    pub(super) fn from_int(int: BigInt) -> Ratio {
        Ratio { numerator: int, denominator: BigInt::one() }
    }

    /// 0.
    pub fn zero() -> Ratio {
        Ratio::from_int(BigInt::zero())
    }

    /// True for 0.
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// Above the line, with the sign.
    pub fn numerator(&self) -> &BigInt {
        &self.numerator
    }

    /// Below the line, positive.
    pub fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// The integer, if it is one.
    pub fn to_int(&self) -> Option<BigInt> {
        self.denominator.is_one().then(|| self.numerator.clone())
    }

    /// The sum.
    pub fn add(&self, other: &Ratio) -> Option<Ratio> {
        Ratio::new(
            &self.numerator * &other.denominator + &other.numerator * &self.denominator,
            &self.denominator * &other.denominator,
        )
    }

    /// The difference.
    pub fn subtract(&self, other: &Ratio) -> Option<Ratio> {
        self.add(&other.negate())
    }

    /// The product.
    pub fn multiply(&self, other: &Ratio) -> Option<Ratio> {
        Ratio::new(&self.numerator * &other.numerator, &self.denominator * &other.denominator)
    }

    /// The quotient; `None` for a division by zero.
    pub fn divide(&self, other: &Ratio) -> Option<Ratio> {
        Ratio::new(&self.numerator * &other.denominator, &self.denominator * &other.numerator)
    }

    /// The same with the other sign; 0 has none.
    pub fn negate(&self) -> Ratio {
        Ratio { numerator: -&self.numerator, denominator: self.denominator.clone() }
    }

    /// The nearest number of the format, the even one of two; a number too small becomes 0; `None` for one too large.
    pub(super) fn round(&self, format: Format) -> Option<Ratio> {
        if self.is_zero() {
            return Some(self.clone());
        }
        let (numerator, denominator) = (self.numerator.magnitude(), self.denominator.magnitude());
        // The value lies in [2^(e-1), 2^(e+1)): with this exponent of the last place, the significand has `precision`
        // bits or one more.
        let e = numerator.bits() as i64 - denominator.bits() as i64;
        let mut place = (e - format.precision as i64).max(format.smallest);
        let mut significand = divide_to_even(numerator, denominator, place);
        if significand.bits() > format.precision {
            // One bit too many; the division is done again since a rounded result can't be rounded once more. The
            // other way to get here, a significand that rounded up to a power of two, gives the same number again.
            place += 1;
            significand = divide_to_even(numerator, denominator, place);
        }
        if significand.bits() as i64 + place > format.limit as i64 {
            return None;
        }
        let significand = BigInt::from_biguint(self.numerator.sign(), significand);
        if place >= 0 {
            Ratio::new(significand << place as u64, BigInt::one())
        } else {
            Ratio::new(significand, BigInt::one() << place.unsigned_abs())
        }
    }
}

/// `numerator / denominator / 2^place`, rounded to the nearest integer, to the even one of two.
fn divide_to_even(numerator: &BigUint, denominator: &BigUint, place: i64) -> BigUint {
    let (quotient, remainder, denominator) = if place >= 0 {
        let denominator = denominator << place as u64;
        let (q, r) = numerator.div_rem(&denominator);
        (q, r, denominator)
    } else {
        let (q, r) = (numerator << place.unsigned_abs()).div_rem(denominator);
        (q, r, denominator.clone())
    };
    match (remainder << 1u8).cmp(&denominator) {
        Ordering::Less => quotient,
        Ordering::Equal if quotient.is_even() => quotient,
        Ordering::Equal | Ordering::Greater => quotient + 1u8,
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// "numerator/denominator", both in decimal; the denominator is written also where it is 1.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}
