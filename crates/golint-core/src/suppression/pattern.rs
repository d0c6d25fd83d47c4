//! Names of rules with wildcards, as Go's `filepath.Match` reads them: `*` and `?` stop at `/`, `[a-z]` and `[^a-z]` are
//! classes, `\\` takes the next character as it is. Takes no longer than the product of both lengths, whatever is asked.

/// Whether this is more than a name.
pub(crate) fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '[', '\\'])
}

/// Whether the pattern takes this name. A broken pattern takes none.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    // Where to go on when a character does not fit: behind the last star, which then takes one more.
    let mut star: Option<(&str, &str)> = None;
    let (mut pattern, mut name) = (pattern, name);
    loop {
        if let Some(rest) = pattern.strip_prefix('*') {
            star = Some((rest, name));
            pattern = rest;
            continue;
        }
        let step = if pattern.is_empty() { name.is_empty().then_some(("", "")) } else { one(pattern, name) };
        match step {
            Some(("", "")) => return true,
            Some(rest) => (pattern, name) = rest,
            None => {
                let Some((behind, from)) = star else { return false };
                let mut taken = from.chars();
                if taken.next().is_none_or(|c| c == '/') {
                    return false;
                }
                (pattern, name) = (behind, taken.as_str());
                star = Some((behind, name));
            }
        }
    }
}

/// What is left of both behind one element of the pattern and the character that it takes.
fn one<'t>(pattern: &'t str, name: &'t str) -> Option<(&'t str, &'t str)> {
    let (mut pattern, mut name) = (pattern.chars(), name.chars());
    let c = name.next()?;
    let fits = match pattern.next()? {
        '?' => c != '/',
        '[' => class(&mut pattern, c)?,
        '\\' => pattern.next()? == c,
        literal => literal == c,
    };
    fits.then_some((pattern.as_str(), name.as_str()))
}

/// Whether the class, whose bracket is behind us, holds the character. None if it does not end.
fn class(pattern: &mut std::str::Chars, c: char) -> Option<bool> {
    let negated = pattern.as_str().starts_with('^');
    if negated {
        pattern.next();
    }
    let mut holds = false;
    let mut is_first = true;
    loop {
        let mut low = pattern.next()?;
        if low == ']' && !is_first {
            return Some(holds != negated);
        }
        is_first = false;
        if low == '\\' {
            low = pattern.next()?;
        }
        let mut high = low;
        if pattern.as_str().starts_with('-') {
            pattern.next();
            high = pattern.next()?;
            if high == '\\' {
                high = pattern.next()?;
            }
        }
        holds |= low <= c && c <= high;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_as_go_does() {
        for (pattern, name, expected) in [
            ("syscall-*", "syscall-deprecated", true),
            ("syscall-*", "syscall", false),
            ("*", "house/x", false),
            ("house/*", "house/x", true),
            ("*/x", "house/x", true),
            ("*a*b", "xaybzb", true),
            ("*a*b", "xaybz", false),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("a[b-d]", "ac", true),
            ("a[^b-d]", "ac", false),
            ("a[^b-d]", "ae", true),
            ("a[\\]]", "a]", true),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
            ("a[b", "ab", false),
            ("a\\", "a", false),
            ("", "", true),
            ("**", "abc", true),
            ("é?", "éß", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} against {name}");
        }
        assert!(is_pattern("a*") && !is_pattern("house/unaligned-offset"));
    }

    #[test]
    fn patterns_of_stars_end() {
        assert!(!matches(&"*a".repeat(10_000), &"a".repeat(9_999)));
    }
}
