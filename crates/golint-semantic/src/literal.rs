//! Go's literals, from their bytes to exact values. A malformed literal is `None`, and so is one whose value would be
//! larger than the limits in [`crate::value`]: the effort is linear in the literal's length, whatever its exponent says.
//!
//! Source: the Go specification, "Integer literals" to "String literals"; where it and the compiler could be read
//! differently (which escapes may be surrogates, legacy octals before `i`), the compiler's scanner was asked.

use std::sync::Arc;

use golint_tree::{Kind, kind};
use num_bigint::BigUint;

use crate::value::{MAX_INT_BITS, Ratio, Value};

/// More decimal digits than any value within the limits has.
const MAX_DIGITS: usize = 2600;

/// The value of a literal node of this kind with these bytes.
pub fn parse(kind: Kind, text: &[u8]) -> Option<Value> {
    match kind {
        kind::INT_LITERAL => Value::from_int(parse_int(text)?.into()),
        kind::FLOAT_LITERAL => parse_float(text).map(Value::Ratio),
        kind::IMAGINARY_LITERAL => parse_imaginary(text).map(|im| Value::Complex(Ratio::zero(), im)),
        kind::RUNE_LITERAL => parse_rune(text).map(|rune| Value::from_i64(rune.into())),
        kind::INTERPRETED_STRING_LITERAL => parse_interpreted_string(text).map(Value::Text),
        kind::RAW_STRING_LITERAL => parse_raw_string(text).map(Value::Text),
        _ => None,
    }
}

/// The base that a prefix names (10 without one), and what follows it.
fn split_base(text: &[u8]) -> (u8, &[u8]) {
    match text {
        [b'0', b'x' | b'X', rest @ ..] => (16, rest),
        [b'0', b'o' | b'O', rest @ ..] => (8, rest),
        [b'0', b'b' | b'B', rest @ ..] => (2, rest),
        _ => (10, text),
    }
}

/// The digits' values without the underscores. An underscore must stand between two digits; a base prefix counts as one.
fn digits(text: &[u8], base: u8, after_prefix: bool) -> Option<Vec<u8>> {
    let mut digits = Vec::with_capacity(text.len().min(MAX_DIGITS));
    let mut separable = after_prefix;
    let mut open = false;
    for &byte in text {
        if byte == b'_' {
            if !separable {
                return None;
            }
            (separable, open) = (false, true);
            continue;
        }
        let digit = (byte as char).to_digit(base.into())? as u8;
        (separable, open) = (true, false);
        // Leading zeros say nothing, however many.
        if digit != 0 || !digits.is_empty() {
            digits.push(digit);
        }
        if digits.len() > MAX_DIGITS {
            return None;
        }
    }
    (!open && !text.is_empty()).then_some(digits)
}

fn number(digits: &[u8], base: u8) -> Option<BigUint> {
    if digits.is_empty() { Some(BigUint::ZERO) } else { BigUint::from_radix_be(digits, base.into()) }
}

/// An integer literal: all bases, the legacy octal of a leading `0` included. None above [`MAX_INT_BITS`].
pub fn parse_int(text: &[u8]) -> Option<BigUint> {
    let (base, rest) = split_base(text);
    let value = match (base, rest) {
        // The first zero counts as a digit, so an underscore may follow.
        (10, [b'0', rest @ ..]) if !rest.is_empty() => number(&digits(rest, 8, true)?, 8)?,
        _ => number(&digits(rest, base, base != 10)?, base)?,
    };
    (value.bits() <= MAX_INT_BITS).then_some(value)
}

/// A floating-point literal, decimal or hexadecimal. An integer literal is none.
pub fn parse_float(text: &[u8]) -> Option<Ratio> {
    let (base, rest) = split_base(text);
    let (radix, markers) = match base {
        10 => (10, [b'e', b'E']),
        16 => (2, [b'p', b'P']),
        _ => return None,
    };
    let (mantissa, exponent) = match rest.iter().position(|byte| markers.contains(byte)) {
        Some(at) => (&rest[..at], parse_exponent(&rest[at + 1..])?),
        // A hexadecimal mantissa requires an exponent.
        None if base == 16 => return None,
        None => (rest, 0),
    };
    let point = mantissa.iter().position(|&byte| byte == b'.');
    if point.is_none() && mantissa.len() == rest.len() {
        return None;
    }
    let (whole, fraction) = match point {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, &[][..]),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // An underscore next to the point separates no digits, so both sides are checked alone.
    let mut all = if whole.is_empty() { Vec::new() } else { digits(whole, base, base == 16)? };
    if !fraction.is_empty() {
        all.extend(fraction_digits(fraction, base)?);
    }
    let start = all.iter().position(|&digit| digit != 0).unwrap_or(all.len());
    let significant = &all[start..];
    if significant.len() > MAX_DIGITS {
        return None;
    }
    let places = i64::try_from(fraction.iter().filter(|&&byte| byte != b'_').count()).ok()?;
    let exponent = exponent.checked_sub(if base == 16 { 4 * places } else { places })?;
    Ratio::scaled(number(significant, base)?, radix, exponent)
}

/// As [`digits`], but zeros at the start count.
fn fraction_digits(text: &[u8], base: u8) -> Option<Vec<u8>> {
    let zeros = text.iter().take_while(|byte| matches!(byte, b'0' | b'_')).filter(|&&byte| byte == b'0').count();
    let mut all = vec![0; zeros.min(MAX_DIGITS + 1)];
    all.extend(digits(text, base, false)?);
    Some(all)
}

fn parse_exponent(text: &[u8]) -> Option<i64> {
    let (negative, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let mut value = 0i64;
    for digit in digits(rest, 10, false)? {
        value = value.checked_mul(10)?.checked_add(digit.into())?;
    }
    Some(if negative { -value } else { value })
}

/// The imaginary part that an imaginary literal stands for. Decimal digits mean decimal, also after a leading `0`.
pub fn parse_imaginary(text: &[u8]) -> Option<Ratio> {
    let number_text = text.strip_suffix(b"i")?;
    if let Some(ratio) = parse_float(number_text) {
        return Some(ratio);
    }
    let (base, rest) = split_base(number_text);
    Ratio::scaled(number(&digits(rest, base, base != 10)?, base)?, 10, 0)
}

/// The code point of a rune literal, quotes included.
pub fn parse_rune(text: &[u8]) -> Option<u32> {
    let inner = text.strip_prefix(b"'")?.strip_suffix(b"'")?;
    let (element, rest) = next_element(inner, b'\'')?;
    if !rest.is_empty() {
        return None;
    }
    Some(match element {
        Element::Byte(byte) => byte.into(),
        Element::Rune(rune) => rune.into(),
    })
}

/// The bytes of an interpreted string literal, quotes included.
pub fn parse_interpreted_string(text: &[u8]) -> Option<Arc<[u8]>> {
    let mut rest = text.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut bytes = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        // Runs without an escape are the rule.
        let plain = memchr::memchr3(b'\\', b'"', b'\n', rest).unwrap_or(rest.len());
        if plain > 0 {
            bytes.extend_from_slice(valid(&rest[..plain])?);
            rest = &rest[plain..];
            continue;
        }
        let (element, after) = next_element(rest, b'"')?;
        match element {
            Element::Byte(byte) => bytes.push(byte),
            Element::Rune(rune) => bytes.extend_from_slice(rune.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = after;
    }
    Some(bytes.into())
}

/// The bytes of a raw string literal, backquotes included. Carriage returns are no part of its value.
pub fn parse_raw_string(text: &[u8]) -> Option<Arc<[u8]>> {
    let inner = text.strip_prefix(b"`")?.strip_suffix(b"`")?;
    if memchr::memchr(b'`', inner).is_some() {
        return None;
    }
    let inner = valid(inner)?;
    if memchr::memchr(b'\r', inner).is_none() {
        return Some(inner.into());
    }
    Some(inner.iter().copied().filter(|&byte| byte != b'\r').collect())
}

/// Source text has to be UTF-8 without NUL; the compiler takes nothing else, and nor do we guess at it.
fn valid(bytes: &[u8]) -> Option<&[u8]> {
    (std::str::from_utf8(bytes).is_ok() && memchr::memchr(0, bytes).is_none()).then_some(bytes)
}

enum Element {
    /// From `\x41` or `\101`: this byte, in a string even if it is no character.
    Byte(u8),
    Rune(char),
}

/// One character or escape at the start of a rune's or string's inside, and what follows it.
fn next_element(text: &[u8], quote: u8) -> Option<(Element, &[u8])> {
    let (escape, rest) = match text {
        [b'\\', escape, rest @ ..] => (*escape, rest),
        [first, ..] if *first == quote || matches!(first, b'\\' | b'\n' | 0) => return None,
        _ => return next_character(text),
    };
    let byte = match escape {
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' => b'\\',
        _ if escape == quote => quote,
        b'0'..=b'7' => {
            let (value, rest) = escaped_number(&text[1..], 3, 8)?;
            return Some((Element::Byte(u8::try_from(value).ok()?), rest));
        }
        b'x' => {
            let (value, rest) = escaped_number(rest, 2, 16)?;
            return Some((Element::Byte(u8::try_from(value).ok()?), rest));
        }
        b'u' | b'U' => {
            let (value, rest) = escaped_number(rest, if escape == b'u' { 4 } else { 8 }, 16)?;
            // Neither a surrogate half nor above 0x10FFFF.
            return Some((Element::Rune(char::from_u32(value)?), rest));
        }
        _ => return None,
    };
    Some((Element::Byte(byte), rest))
}

fn next_character(text: &[u8]) -> Option<(Element, &[u8])> {
    let chunk = text.utf8_chunks().next()?.valid();
    let character = chunk.chars().next()?;
    Some((Element::Rune(character), &text[character.len_utf8()..]))
}

fn escaped_number(text: &[u8], length: usize, base: u32) -> Option<(u32, &[u8])> {
    let (number, rest) = text.split_at_checked(length)?;
    let mut value = 0u32;
    for &byte in number {
        value = value.checked_mul(base)?.checked_add((byte as char).to_digit(base)?)?;
    }
    Some((value, rest))
}

#[cfg(test)]
mod tests;
