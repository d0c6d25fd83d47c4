//! Literals against the values that package go/constant gives for them.

use golint_tree::kind;

use super::*;

fn int(text: &str) -> Option<String> {
    parse_int(text.as_bytes()).map(|value| value.to_string())
}

fn float(text: &str) -> Option<String> {
    parse_float(text.as_bytes()).map(|value| value.to_string())
}

fn text(literal: &str) -> Option<Vec<u8>> {
    parse_interpreted_string(literal.as_bytes()).map(|bytes| bytes.to_vec())
}

#[test]
fn integers_of_all_bases() {
    let cases = [
        ("0", "0"),
        ("42", "42"),
        ("4_2", "42"),
        ("0600", "384"),
        ("0_600", "384"),
        ("0o600", "384"),
        ("0O17", "15"),
        ("0b101", "5"),
        ("0B_1_01", "5"),
        ("0xBadFace", "195951310"),
        ("0xBad_Face", "195951310"),
        ("0x_67_7a_2f_cc_40_c6", "113774485586118"),
        ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
        ("00000000000000000000000000000000000000000000000000000000007", "7"),
    ];
    for (literal, value) in cases {
        assert_eq!(int(literal).as_deref(), Some(value), "{literal}");
    }
}

#[test]
fn malformed_integers_have_no_value() {
    for literal in ["", "_42", "42_", "4__2", "0_xBadFace", "08", "0b102", "0o8", "0x", "0x_", "0b", "0xg", "1a", "-1"]
    {
        assert_eq!(int(literal), None, "{literal}");
    }
}

#[test]
fn integers_end_where_the_compiler_calls_them_an_overflow() {
    let longest = format!("0x{}", "f".repeat(128));
    assert_eq!(parse_int(longest.as_bytes()).map(|i| i.bits()), Some(512));
    assert_eq!(int(&format!("0x1{}", "0".repeat(128))), None);
    assert_eq!(int(&"9".repeat(5_000_000)), None);
}

#[test]
fn floats_are_exact() {
    let cases = [
        ("0.", "0/1"),
        ("72.40", "362/5"),
        ("072.40", "362/5"),
        ("2.71828", "67957/25000"),
        ("1.e+0", "1/1"),
        ("6.67428e-1", "166857/250000"),
        ("1E6", "1000000/1"),
        (".25", "1/4"),
        (".12345E+5", "12345/1"),
        ("1_5.", "15/1"),
        ("0.15e+0_2", "15/1"),
        ("0x1p-2", "1/4"),
        ("0x2.p10", "2048/1"),
        ("0x1.Fp+0", "31/16"),
        ("0X.8p-0", "1/2"),
        ("0X_1FFFP-16", "8191/65536"),
        ("0x0.0001p0", "1/65536"),
        ("0e5", "0/1"),
        ("09.5", "19/2"),
    ];
    for (literal, value) in cases {
        assert_eq!(float(literal).as_deref(), Some(value), "{literal}");
    }
}

#[test]
fn malformed_floats_have_no_value() {
    let cases = [
        "0x.p1", "1p-2", "0x1.5e-2", "1_.5", "1._5", "1.5_e1", "1.5e_1", "1.5e1_", "1e", "1e+", ".", "e1", "1", "0x1",
        "0x1.8", "0b1.0", "0o1e3", "1.2.3", "0x1p",
    ];
    for literal in cases {
        assert_eq!(float(literal), None, "{literal}");
    }
}

#[test]
fn enormous_exponents_cost_nothing() {
    for literal in ["1e1000000000", "1e-1000000000", "0x1p999999999999", "1e99999999999999999999", "1e4000", "1e-4000"]
    {
        assert_eq!(float(literal), None, "{literal}");
    }
    assert_eq!(float("0e1000000000").as_deref(), Some("0/1"));
    let long = format!("0.{}1", "0".repeat(5_000_000));
    assert_eq!(float(&long), None);
}

#[test]
fn imaginary_literals_read_a_leading_zero_as_decimal() {
    let cases = [
        ("0i", "0/1"),
        ("0123i", "123/1"),
        ("08i", "8/1"),
        ("0o123i", "83/1"),
        ("0xabci", "2748/1"),
        ("0b1i", "1/1"),
        ("0.i", "0/1"),
        ("2.75i", "11/4"),
        ("1.e+0i", "1/1"),
        ("0x1p-2i", "1/4"),
    ];
    for (literal, value) in cases {
        let got = parse_imaginary(literal.as_bytes()).map(|value| value.to_string());
        assert_eq!(got.as_deref(), Some(value), "{literal}");
    }
    for literal in ["i", "1", "0xi", "1_i"] {
        assert_eq!(parse_imaginary(literal.as_bytes()), None, "{literal}");
    }
}

#[test]
fn runes() {
    let cases = [
        ("'a'", 97),
        ("'ä'", 228),
        ("'本'", 0x672c),
        ("'😀'", 0x1f600),
        (r"'\t'", 9),
        (r"'\a'", 7),
        (r"'\b'", 8),
        (r"'\v'", 11),
        (r"'\f'", 12),
        (r"'\\'", 92),
        (r"'\''", 39),
        ("'\"'", 34),
        (r"'\000'", 0),
        (r"'\377'", 255),
        (r"'\x07'", 7),
        (r"'\xff'", 255),
        (r"'\u12e4'", 0x12e4),
        (r"'\U00101234'", 0x101234),
    ];
    for (literal, value) in cases {
        assert_eq!(parse_rune(literal.as_bytes()), Some(value), "{literal}");
    }
    let malformed = [
        "''",
        "'",
        "'aa'",
        r"'\k'",
        r"'\xa'",
        r"'\0'",
        r"'\400'",
        r"'\uDFFF'",
        r"'\U00110000'",
        "'''",
        "'\n'",
        "a",
        "'\\\"'",
        "'\\'",
    ];
    for literal in malformed {
        assert_eq!(parse_rune(literal.as_bytes()), None, "{literal}");
    }
    assert_eq!(parse_rune(b"'\xff'"), None);
}

#[test]
fn interpreted_strings() {
    let cases: [(&str, &[u8]); 9] = [
        (r#""""#, b""),
        (r#""abc""#, b"abc"),
        (r#""\n""#, b"\n"),
        (r#""\"""#, b"\""),
        (r#""日本語""#, "日本語".as_bytes()),
        (r#""\u65e5本\U00008a9e""#, "日本語".as_bytes()),
        (r#""\xff\u00FF""#, b"\xff\xc3\xbf"),
        (r#""\346\227\245x""#, "日x".as_bytes()),
        ("\"a\rb\"", b"a\rb"),
    ];
    for (literal, value) in cases {
        assert_eq!(text(literal).as_deref(), Some(value), "{literal}");
    }
    for literal in [r#"""#, r#""\""#, r#""a"b""#, r#""\'""#, r#""\uD800""#, r#""\400""#, "\"\n\"", r#""\q""#, "\"\0\""]
    {
        assert_eq!(text(literal), None, "{literal}");
    }
    assert_eq!(parse_interpreted_string(b"\"\xff\""), None);
}

#[test]
fn raw_strings_lose_carriage_returns_only() {
    let value = |literal: &str| parse_raw_string(literal.as_bytes()).map(|bytes| bytes.to_vec());
    assert_eq!(value("`\\n\r\n\n`").as_deref(), Some(&b"\\n\n\n"[..]));
    assert_eq!(value("``").as_deref(), Some(&b""[..]));
    assert_eq!(value("`"), None);
    assert_eq!(value("`a`b`"), None);
}

#[test]
fn the_node_kind_decides() {
    assert_eq!(parse(kind::INT_LITERAL, b"010"), Some(Value::from_i64(8)));
    assert_eq!(parse(kind::RUNE_LITERAL, b"'0'"), Some(Value::from_i64(48)));
    assert_eq!(parse(kind::RAW_STRING_LITERAL, b"`x`"), Some(Value::from_bytes(b"x")));
    assert_eq!(parse(kind::IDENTIFIER, b"010"), None);
}
