//! Names of files as diffs write them: with prefixes, in quotes, two on a line.

use std::borrow::Cow;

/// What stands before the names of both sides.
pub(super) struct Prefixes {
    pub(super) old: String,
    pub(super) new: String,
}

impl Prefixes {
    pub(super) fn usual() -> Prefixes {
        Prefixes { old: "a/".into(), new: "b/".into() }
    }

    /// As `diff --git` has them, from both names of a file that was not renamed. With `--no-prefix` the names are the same, and
    /// that is told here only; with `diff.mnemonicPrefix` they begin with other letters.
    pub(super) fn of(old: &str, new: &str) -> Prefixes {
        let [old, new] = if old == new { ["", ""] } else { [old, new].map(|name| &name[..Prefixes::len(name)]) };
        Prefixes { old: old.to_owned(), new: new.to_owned() }
    }

    /// Of a letter or digit and a slash, if the name begins with them.
    fn len(name: &str) -> usize {
        match name.as_bytes() {
            [letter, b'/', ..] if letter.is_ascii_alphanumeric() => 2,
            _ => 0,
        }
    }
}

/// The name behind `---` or `+++`; none for no file. Other programs write a time behind it.
pub(super) fn name_of(written: &[u8], prefix: &str) -> Option<String> {
    let name = unquoted(written.split(|&byte| byte == b'\t').next().unwrap_or_default());
    (name != "/dev/null").then(|| without(&name, prefix))
}

pub(super) fn without(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).to_owned()
}

/// Both names of `diff --git`, where they are of one length or quoted; renames tell theirs elsewhere.
pub(super) fn both_names(written: &[u8]) -> Option<(String, String)> {
    if written.starts_with(b"\"") {
        let end = closing_quote(written)?;
        return Some((unquoted(&written[..=end]), unquoted(written.get(end + 2..)?)));
    }
    // `a/x b/x`, or without prefixes `x x`.
    let half = written.len().checked_sub(1)? / 2;
    let (old, new) = (unquoted(written.get(..half)?), unquoted(written.get(half + 1..)?));
    let same = old == new || old[Prefixes::len(&old)..] == new[Prefixes::len(&new)..];
    same.then_some((old, new))
}

fn closing_quote(written: &[u8]) -> Option<usize> {
    let mut index = 1;
    loop {
        match written.get(index)? {
            b'"' => return Some(index),
            b'\\' => index += 2,
            _ => index += 1,
        }
    }
}

/// A name as git quotes it, in the way of C, if it has to.
pub(super) fn unquoted(written: &[u8]) -> String {
    let Some(inner) = written.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) else {
        return String::from_utf8_lossy(written).into_owned();
    };
    let (mut name, mut bytes) = (Vec::new(), inner.iter().copied().peekable());
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            name.push(byte);
            continue;
        }
        name.push(match bytes.next() {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b'v') => 11,
            Some(b'f') => 12,
            Some(digit @ b'0'..=b'7') => {
                let mut number = u32::from(digit - b'0');
                for _ in 0..2 {
                    if let Some(digit) = bytes.next_if(|byte| (b'0'..=b'7').contains(byte)) {
                        number = number * 8 + u32::from(digit - b'0');
                    }
                }
                number as u8
            }
            Some(other) => other,
            None => b'\\',
        });
    }
    match String::from_utf8_lossy(&name) {
        Cow::Borrowed(name) => name.to_owned(),
        Cow::Owned(name) => name,
    }
}
