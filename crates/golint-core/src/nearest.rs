//! The right name for a wrong one. Guesses only where the two are near each other: a far guess is worse than none.

/// The candidate that `wrong` was probably meant to be; of equally near ones the first.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(wrong);
    let reach = folded.chars().count() / 3;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&folded, &fold(candidate));
        if distance <= reach && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
            ("x", None),
            ("", None),
            ("threads", None),
        ] {
            assert_eq!(nearest(wrong, names), right, "{wrong}");
        }
        nearest(&"x".repeat(1 << 20), names);
    }
}
