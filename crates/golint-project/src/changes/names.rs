//! Names of files as diffs write them: with prefixes, in quotes, two on a line.

/// Said of a name that begins with a quote.
pub(super) const DAMAGED: &str = "it breaks off inside of a quoted name; give the diff whole";

/// What stands before the names of both sides.
pub(super) struct Prefixes {
    pub(super) old: String,
    pub(super) new: String,
}

impl Default for Prefixes {
    fn default() -> Prefixes {
        Prefixes { old: "a/".into(), new: "b/".into() }
    }
}

impl Prefixes {
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
pub(super) fn name_of(written: &[u8], prefix: &str) -> Result<Option<String>, &'static str> {
    let name = unquoted(written.split(|&byte| byte == b'\t').next().unwrap_or_default())?;
    Ok((name != "/dev/null").then(|| without(&name, prefix)))
}

pub(super) fn without(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).to_owned()
}

/// Both names of `diff --git`, where they are of one length or quoted; renames tell theirs elsewhere.
pub(super) fn both_names(written: &[u8]) -> Result<Option<(String, String)>, &'static str> {
    // Only quoted names have quotes in them.
    if let Some(quote) = written.iter().position(|&byte| byte == b'"') {
        let (old, new) = match quote {
            0 => {
                let end = closing_quote(written).ok_or(DAMAGED)?;
                (&written[..=end], written[end + 1..].strip_prefix(b" ").ok_or(DAMAGED)?)
            }
            _ => (written[..quote].strip_suffix(b" ").ok_or(DAMAGED)?, &written[quote..]),
        };
        return Ok(Some((unquoted(old)?, unquoted(new)?)));
    }
    // `a/x b/x`, or without prefixes `x x`.
    let half = written.len() / 2;
    let (Some(old), Some(new)) = (written.get(..half), written[half..].strip_prefix(b" ")) else { return Ok(None) };
    let (old, new) = (unquoted(old)?, unquoted(new)?);
    let same = old == new || old[Prefixes::len(&old)..] == new[Prefixes::len(&new)..];
    Ok(same.then_some((old, new)))
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
pub(super) fn unquoted(written: &[u8]) -> Result<String, &'static str> {
    if !written.starts_with(b"\"") {
        return Ok(String::from_utf8_lossy(written).into_owned());
    }
    if closing_quote(written) != Some(written.len() - 1) {
        return Err(DAMAGED);
    }
    let inner = &written[1..written.len() - 1];
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
    Ok(String::from_utf8_lossy(&name).into_owned())
}
