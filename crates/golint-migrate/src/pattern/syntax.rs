//! From what Go's regexp reads to what regex-syntax reads as the same: a `{` that repeats nothing, `\Q…\E`, a `[` in a class,
//! numbers in base eight. Source: parse.go of the Go package regexp/syntax. What Go does not read either stays as it is.

/// The same expression.
pub(super) fn of_go(expression: &str) -> String {
    let mut text = String::with_capacity(expression.len());
    let mut rest = expression;
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' if !in_class && rest.starts_with(r"\Q") => {
                let (quoted, end) = match rest.split_once(r"\E") {
                    Some((before, _)) => (&before[2..], before.len() + 2),
                    None => (&rest[2..], rest.len()),
                };
                text.push_str(&regex_syntax::escape(quoted));
                end
            }
            '\\' => escaped(rest, &mut text),
            '[' if !in_class => {
                in_class = true;
                let sign = if rest.starts_with("[^") { "[^" } else { "[" };
                text.push_str(sign);
                // The first one does not end it.
                let is_literal = rest[sign.len()..].starts_with(']');
                if is_literal {
                    text.push_str(r"\]");
                }
                sign.len() + usize::from(is_literal)
            }
            ']' if in_class => {
                in_class = false;
                text.push(c);
                1
            }
            '[' => match rest.split_once(":]") {
                Some((before, _)) if rest.starts_with("[:") && before.len() > 1 => {
                    text.push_str(before);
                    text.push_str(":]");
                    before.len() + 2
                }
                _ => literal(c, &mut text),
            },
            '&' | '~' if in_class => literal(c, &mut text),
            '{' if !in_class && !repeats(rest) => literal(c, &mut text),
            c => {
                text.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    text
}

fn literal(c: char, text: &mut String) -> usize {
    text.extend(['\\', c]);
    c.len_utf8()
}

/// What begins with `\`; returns how long it is.
fn escaped(rest: &str, text: &mut String) -> usize {
    let digits = rest[1..].bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    // A single digit other than 0 stands for what a group has matched, which Go does not know.
    if digits > 1 || rest.starts_with(r"\0") {
        let number = u32::from_str_radix(&rest[1..=digits], 8).unwrap_or(0);
        text.push_str(&format!("\\x{{{number:x}}}"));
        return 1 + digits;
    }
    let length = match rest[1..].chars().next() {
        None => 1,
        Some('x' | 'p' | 'P') if rest[2..].starts_with('{') => rest.find('}').map_or(rest.len(), |end| end + 1),
        // Elsewhere these are the boundaries of words.
        Some(c @ ('<' | '>')) => {
            text.push(c);
            return 2;
        }
        Some(c) => 1 + c.len_utf8(),
    };
    text.push_str(&rest[..length]);
    length
}

/// Whether it begins with how often something is there. A number does not begin with 0.
fn repeats(rest: &str) -> bool {
    let Some((inside, _)) = rest[1..].split_once('}') else { return false };
    let is_number = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
    };
    match inside.split_once(',') {
        None => is_number(inside),
        Some((least, most)) => is_number(least) && (most.is_empty() || is_number(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_reads_is_read() {
        for (go, here) in [
            ("{a}", r"\{a}"),
            ("a{", r"a\{"),
            ("a{,2}{01}{1}{1,}{1,2}{1,b}", r"a\{,2}\{01}{1}{1,}{1,2}\{1,b}"),
            (r"\Qa.b\E.c\Q[{", r"a\.b.c\[\{"),
            ("[[]a", r"[\[]a"),
            ("[]a[^]b]", r"[\]a\[^]b]"),
            ("[^]&&a~{]", r"[^\]\&\&a\~{]"),
            (r"[[:alpha:]\]]", r"[[:alpha:]\]]"),
            (r"\x{e9}\pL\p{Greek}\{\\{", r"\x{e9}\pL\p{Greek}\{\\\{"),
            (r"\07\101\1a[\12]", r"\x{7}\x{41}\1a[\x{a}]"),
            (r"\<a\>[\<]", "<a>[<]"),
            ("日{é[", r"日\{é["),
            (r"a\", r"a\"),
        ] {
            assert_eq!(of_go(go), here, "{go}");
        }
    }
}
