//! Operators and conversions against what go/constant and go/types compute (`go vet` accepts or refuses the same).

use golint_tree::{Kind, kind};
use num_bigint::BigInt;

use super::*;
use crate::literal;
use crate::types::Basic;

/// A literal of any kind; `-` in front negates, a suffix `f` makes an integer a float.
fn value(text: &str) -> Value {
    if let Some(rest) = text.strip_prefix('-') {
        return value(rest).unary(kind::MINUS, None).unwrap();
    }
    let kind = match text.as_bytes() {
        [b'"', ..] => kind::INTERPRETED_STRING_LITERAL,
        [b'\'', ..] => kind::RUNE_LITERAL,
        b"true" | b"false" => return Value::Bool(text == "true"),
        [.., b'i'] => kind::IMAGINARY_LITERAL,
        [b'0', b'x', ..] if !text.contains('p') => kind::INT_LITERAL,
        _ if text.contains(['.', 'e', 'p']) => kind::FLOAT_LITERAL,
        _ => kind::INT_LITERAL,
    };
    literal::parse(kind, text.as_bytes()).unwrap_or_else(|| panic!("{text}"))
}

fn binary(a: &str, operator: Kind, b: &str) -> Option<Constant> {
    value(a).binary(operator, &value(b)).map(|v| v.to_constant())
}

fn ratio(text: &str) -> Option<Constant> {
    Some(Constant::Ratio(text.into()))
}

fn small(i: i64) -> Option<Constant> {
    Some(Constant::Small(i))
}

#[test]
fn integers_divide_towards_zero() {
    for (a, b, quotient, remainder) in
        [("7", "2", 3, 1), ("-7", "2", -3, -1), ("7", "-2", -3, 1), ("-7", "-2", 3, -1), ("'a'", "10", 9, 7)]
    {
        assert_eq!(binary(a, kind::DIVIDE, b), small(quotient), "{a}/{b}");
        assert_eq!(binary(a, kind::REMAINDER, b), small(remainder), "{a}%{b}");
    }
}

#[test]
fn a_float_on_either_side_makes_the_division_exact() {
    assert_eq!(binary("1", kind::DIVIDE, "3.0"), ratio("1/3"));
    assert_eq!(binary("4.0", kind::DIVIDE, "2"), ratio("2/1"));
    assert_eq!(binary("0.1", kind::PLUS, "0.2"), ratio("3/10"));
    assert_eq!(binary("1.5", kind::STAR, "2"), ratio("3/1"));
}

#[test]
fn divisions_by_zero_have_no_value() {
    for zero in ["0", "0.0", "0i"] {
        assert_eq!(binary("1", kind::DIVIDE, zero), None);
    }
    assert_eq!(binary("1", kind::REMAINDER, "0"), None);
}

#[test]
fn bit_operators_work_on_twos_complement() {
    assert_eq!(binary("-1", kind::AMPERSAND, "0xff"), small(255));
    assert_eq!(binary("-8", kind::OR, "3"), small(-5));
    assert_eq!(binary("5", kind::XOR, "-1"), small(-6));
    assert_eq!(binary("0xff", kind::AND_NOT, "0x0f"), small(0xf0));
    assert_eq!(binary("-1", kind::AND_NOT, "7"), small(-8));
    assert_eq!(binary("1.0", kind::AMPERSAND, "1"), None);
}

#[test]
fn complex_numbers() {
    let complex = |re: &str, im: &str| Some(Constant::Complex(re.into(), im.into()));
    let product = value("2i").binary(kind::STAR, &value("3i")).unwrap();
    assert_eq!(product.to_constant(), Constant::Complex("-6/1".into(), "0/1".into()));
    assert_eq!(product.to_int(), Some(BigInt::from(-6)));
    assert_eq!(binary("1", kind::DIVIDE, "1i"), complex("0/1", "-1/1"));
    assert_eq!(binary("1", kind::PLUS, "0.5i"), complex("1/1", "1/2"));
    assert_eq!(binary("1", kind::LESS, "1i"), None);
    assert_eq!(binary("1", kind::NOT_EQUAL, "1i"), Some(Constant::Boolean(true)));
    let made = Value::complex(&value("1"), &value("2.5")).unwrap();
    assert_eq!(made.real(), Some(value("1.0")));
    assert_eq!(made.imag(), Some(value("2.5")));
    assert_eq!(value("'a'").imag(), Some(value("0.0")));
    assert_eq!(value("\"a\"").real(), None);
}

#[test]
fn comparisons() {
    let holds = |a, operator, b| binary(a, operator, b) == Some(Constant::Boolean(true));
    assert!(holds("1", kind::EQUAL, "1.0"));
    assert!(holds("1", kind::LESS, "1.5"));
    assert!(holds("-2", kind::LESS_EQUAL, "-2"));
    assert!(holds("\"a\"", kind::LESS, "\"b\""));
    assert!(holds("'a'", kind::GREATER_EQUAL, "97"));
    assert!(holds("true", kind::NOT_EQUAL, "false"));
    assert_eq!(binary("true", kind::LESS, "false"), None);
    assert_eq!(binary("1", kind::EQUAL, "\"1\""), None);
}

#[test]
fn booleans_and_strings() {
    assert_eq!(binary("true", kind::LOGICAL_AND, "false"), Some(Constant::Boolean(false)));
    assert_eq!(binary("true", kind::LOGICAL_OR, "false"), Some(Constant::Boolean(true)));
    assert_eq!(binary("true", kind::LOGICAL_OR, "1"), None);
    assert_eq!(binary("\"a\"", kind::PLUS, "\"b\""), Some(Constant::Text(b"ab"[..].into())));
    assert_eq!(binary("\"a\"", kind::STAR, "\"b\""), None);
    assert_eq!(value("true").unary(kind::NOT, None), Some(Value::Bool(false)));
    assert_eq!(value("1").unary(kind::NOT, None), None);
}

#[test]
fn the_complement_has_the_width_of_an_unsigned_type_only() {
    let zero = Value::from_i64(0);
    assert_eq!(zero.unary(kind::XOR, None).unwrap().to_constant(), Constant::Small(-1));
    assert_eq!(zero.unary(kind::XOR, unsigned_bits(Basic::Uint8, 8)).unwrap().to_constant(), Constant::Small(255));
    assert_eq!(
        zero.unary(kind::XOR, unsigned_bits(Basic::Uintptr, 4)).unwrap().to_constant(),
        Constant::Small(u32::MAX.into())
    );
    assert_eq!(
        zero.unary(kind::XOR, unsigned_bits(Basic::Uint64, 4)).unwrap().to_constant(),
        Constant::Big(u64::MAX.to_string())
    );
    assert_eq!(unsigned_bits(Basic::Int, 8), None);
    assert_eq!(value("1.0").unary(kind::XOR, None), None);
}

#[test]
fn shifts_take_any_integral_operand_and_are_bounded() {
    let shift = |a: &str, operator, b: &str| value(a).shift(operator, &value(b)).map(|v| v.to_constant());
    assert_eq!(shift("1", kind::SHIFT_LEFT, "62"), small(1 << 62));
    assert_eq!(shift("1.0", kind::SHIFT_LEFT, "3.0"), small(8));
    assert_eq!(shift("-5", kind::SHIFT_RIGHT, "1"), small(-3));
    assert_eq!(shift("1", kind::SHIFT_LEFT, "64"), Some(Constant::Big("18446744073709551616".into())));
    assert!(shift("1", kind::SHIFT_LEFT, "511").is_some());
    assert_eq!(shift("1", kind::SHIFT_LEFT, "512"), None);
    assert_eq!(shift("1", kind::SHIFT_RIGHT, "1074"), small(0));
    assert_eq!(shift("1", kind::SHIFT_RIGHT, "1075"), None);
    assert_eq!(shift("1", kind::SHIFT_LEFT, "-1"), None);
    assert_eq!(shift("1.5", kind::SHIFT_LEFT, "1"), None);
    assert_eq!(shift("0", kind::SHIFT_LEFT, "99999999999999999999999"), None);
}

#[test]
fn integers_end_at_512_bits_and_fractions_at_4096() {
    let mut int = Value::from_i64(3);
    let mut steps = 0;
    while let Some(next) = int.binary(kind::STAR, &int) {
        int = next;
        steps += 1;
        assert!(steps < 100);
    }
    assert_eq!(steps, 8);
    let mut fraction = value("0.1");
    let mut steps = 0;
    while let Some(next) = fraction.binary(kind::STAR, &fraction) {
        fraction = next;
        steps += 1;
        assert!(steps < 100);
    }
    assert_eq!(steps, 10);
    let mut text = value("\"0123456789\"");
    while let Some(next) = text.binary(kind::PLUS, &text) {
        text = next;
        assert!(text.as_text().unwrap().len() <= MAX_CONCATENATION);
    }
}

#[test]
fn a_quotient_on_which_compiler_and_specification_differ_is_unknown() {
    assert_eq!(binary("-0x8000000000000000", kind::DIVIDE, "-1"), None);
    assert_eq!(binary("-0x7fffffffffffffff", kind::DIVIDE, "-1"), small(i64::MAX));
}

#[test]
fn integer_types_hold_their_range() {
    let cases = [
        (Basic::Int8, "-128", "127"),
        (Basic::Uint8, "0", "255"),
        (Basic::Byte, "0", "255"),
        (Basic::Int16, "-32768", "32767"),
        (Basic::Uint16, "0", "65535"),
        (Basic::Int32, "-2147483648", "2147483647"),
        (Basic::Rune, "-2147483648", "2147483647"),
        (Basic::Uint32, "0", "4294967295"),
        (Basic::Int64, "-9223372036854775808", "9223372036854775807"),
        (Basic::Uint64, "0", "18446744073709551615"),
    ];
    let one = Value::from_i64(1);
    for (basic, least, greatest) in cases {
        let (least, greatest) = (value(least), value(greatest));
        for pointer_size in [4, 8] {
            assert_eq!(least.represent(basic, pointer_size), Some(least.clone()), "{basic:?}");
            assert_eq!(greatest.represent(basic, pointer_size), Some(greatest.clone()), "{basic:?}");
            let (below, above) = (least.binary(kind::MINUS, &one), greatest.binary(kind::PLUS, &one));
            assert!(!below.unwrap().representable(basic, pointer_size), "{basic:?}");
            assert!(!above.unwrap().representable(basic, pointer_size), "{basic:?}");
        }
    }
}

#[test]
fn int_and_uintptr_follow_the_pointer_size() {
    let large = value("4294967295");
    assert!(!large.representable(Basic::Int, 4));
    assert!(large.representable(Basic::Int, 8));
    assert!(large.representable(Basic::Uintptr, 4));
    assert!(!value("4294967296").representable(Basic::Uint, 4));
    assert!(value("18446744073709551615").representable(Basic::Uint, 8));
}

#[test]
fn conversions_keep_the_number_or_refuse_it() {
    assert_eq!(value("5.0").convert(Basic::Int, 8), Some(value("5")));
    assert_eq!(value("5.5").convert(Basic::Int, 8), None);
    assert_eq!(value("0i").convert(Basic::Uint8, 8), Some(value("0")));
    assert_eq!(value("5").convert(Basic::Float64, 8), Some(value("5.0")));
    assert_eq!(
        value("5").convert(Basic::Complex128, 8).unwrap().to_constant(),
        Constant::Complex("5/1".into(), "0/1".into())
    );
    assert_eq!(value("true").convert(Basic::Int, 8), None);
    assert_eq!(value("1").convert(Basic::Bool, 8), None);
    assert_eq!(value("\"a\"").convert(Basic::UntypedString, 8), Some(value("\"a\"")));
    assert_eq!(value("1").convert(Basic::UnsafePointer, 8), None);
    assert_eq!(value("1.0").represent(Basic::UntypedRune, 8), Some(value("1")));
    assert_eq!(value("1").represent(Basic::UntypedFloat, 8), Some(value("1.0")));
}

#[test]
fn an_integer_becomes_the_string_of_its_character() {
    let cases = [
        ("65", "A"),
        ("'本'", "本"),
        ("0x1f600", "😀"),
        ("-1", "\u{fffd}"),
        ("0xd800", "\u{fffd}"),
        ("0x110000", "\u{fffd}"),
        ("0xffffffffffffffffff", "\u{fffd}"),
    ];
    for (int, text) in cases {
        assert_eq!(value(int).convert(Basic::String, 8), Some(Value::from_bytes(text.as_bytes())), "{int}");
    }
    // Only by a conversion, never by an assignment; and never of a float.
    assert_eq!(value("65").represent(Basic::String, 8), None);
    assert_eq!(value("65.0").convert(Basic::String, 8), None);
}

#[test]
fn float_types_round_to_the_nearest_and_then_to_even() {
    let cases = [
        (Basic::Float32, "0.1", "13421773/134217728"),
        (Basic::Float64, "0.1", "3602879701896397/36028797018963968"),
        (Basic::Float32, "16777217", "16777216/1"),
        (Basic::Float32, "16777219", "16777220/1"),
        (Basic::Float64, "9007199254740993", "9007199254740992/1"),
        (Basic::Float64, "9007199254740993.00000000001", "9007199254740994/1"),
        // The smallest number, half of it, and a little more than half of it.
        (Basic::Float32, "0x1p-149", "1/713623846352979940529142984724747568191373312"),
        (Basic::Float32, "0x1p-150", "0/1"),
        (Basic::Float32, "0x1.8p-150", "1/713623846352979940529142984724747568191373312"),
        // The largest number, and what still rounds down to it.
        (Basic::Float32, "0x1.fffffep127", "340282346638528859811704183484516925440/1"),
        (Basic::Float32, "0x1.fffffefp127", "340282346638528859811704183484516925440/1"),
    ];
    for (basic, number, rounded) in cases {
        let got = value(number).convert(basic, 8).map(|v| v.to_constant());
        assert_eq!(got, ratio(rounded), "{number}");
    }
    assert_eq!(value("0x1.ffffffp127").convert(Basic::Float32, 8), None);
    assert_eq!(value("0x1.fffffffffffff8p1023").convert(Basic::Float64, 8), None);
    assert!(value("0x1.fffffffffffff7p1023").representable(Basic::Float64, 8));
    assert_eq!(value("-0x1p-150").convert(Basic::Float32, 8), Some(value("0.0")));
}

#[test]
fn rules_see_small_integers_as_numbers_and_large_ones_as_text() {
    assert_eq!(value("9223372036854775807").to_constant(), Constant::Small(i64::MAX));
    assert_eq!(value("9223372036854775808").to_constant(), Constant::Big("9223372036854775808".into()));
    assert_eq!(value("-9223372036854775809").to_constant(), Constant::Big("-9223372036854775809".into()));
    assert_eq!(value("1.50").to_constant(), Constant::Ratio("3/2".into()));
}
