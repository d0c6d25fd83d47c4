//! The right name for a wrong one. Guesses only where the two are near each other, or one begins with the other: a far
//! guess is worse than none.

/// The candidate that `wrong` was probably meant to be. Of equally near ones the first that has the same letters
/// (`amr64` is `arm64` rather than `amd64`), else the first.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(wrong);
    let (length, letters) = (folded.chars().count(), sorted(&folded));
    let mut best: Option<((usize, bool), &str)> = None;
    let mut longer = Vec::new();
    for candidate in candidates {
        let name = fold(candidate);
        if !folded.is_empty() && name.starts_with(&folded) {
            longer.push(candidate);
        }
        let distance = strsim::damerau_levenshtein(&folded, &name);
        if distance > length / 3 {
            continue;
        }
        let rank = (distance, sorted(&name) != letters);
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    match (best, &longer[..]) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) if length > 2 => Some(only),
        _ => None,
    }
}

fn sorted(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = name.chars().collect();
    letters.sort_unstable();
    letters
}

/// Case and the choice of separator are no differences. Long names are cut: the distance takes quadratic time.
fn fold(name: &str) -> String {
    name.chars().take(100).map(|c| if c == '_' || c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_not() {
        let names = ["select", "ignore", "max-file-size", "loopvar-capture"];
        for (wrong, right) in [
            ("selct", Some("select")),
            ("Select", Some("select")),
            ("max_file_size", Some("max-file-size")),
            ("maxfilesize", Some("max-file-size")),
            ("loop-var-capture", Some("loopvar-capture")),
            ("ignroe", Some("ignore")),
            ("loopvar", Some("loopvar-capture")),
            ("lo", None),
            ("x", None),
            ("", None),
            ("threads", None),
        ] {
            assert_eq!(nearest(wrong, names), right, "{wrong}");
        }
        nearest(&"x".repeat(1 << 20), names);
        assert_eq!(nearest("amr64", ["amd64", "arm64", "arm"]), Some("arm64"));
        assert_eq!(nearest("arn64", ["amd64", "arm64", "arx64"]), Some("arm64"), "the first");
    }
}
