//! Whether a path matches a pattern with "...". Knows nothing of folders that are skipped for their name.

/// A pattern in which "..." stands for any text, slashes included.
///
/// Source: `go help packages`. Two things are special: "/..." at the end also stands for nothing, and a wildcard never
/// takes part in matching a `vendor` element, unless that is the path's last one (then it is a package of that name).
#[derive(Clone, Debug)]
pub(super) struct Matcher {
    /// It is enough that one matches. In each, the texts between the wildcards.
    alternatives: Vec<Vec<String>>,
    mentions_vendor: bool,
}

/// Stands for a `vendor` element that is not the last one. No path contains it.
const VENDOR: &str = "\0";

impl Matcher {
    /// For a pattern with `/` between its elements.
    pub(super) fn new(pattern: &str) -> Matcher {
        let mentions_vendor = pattern.split('/').any(|element| element == "vendor");
        let marked = mark_vendor(pattern);
        let mut alternatives = vec![marked.clone()];
        if let Some(whole) = marked.strip_suffix("/...") {
            alternatives.push(match whole.strip_suffix(VENDOR) {
                Some(above) if above.is_empty() || above.ends_with('/') => format!("{above}vendor"),
                _ => whole.to_owned(),
            });
        }
        let texts = |pattern: &String| pattern.split("...").map(str::to_owned).collect();
        Matcher { alternatives: alternatives.iter().map(texts).collect(), mentions_vendor }
    }

    /// Whether the path matches; it has `/` between its elements.
    pub(super) fn matches(&self, path: &str) -> bool {
        let path = mark_vendor(path);
        self.alternatives.iter().any(|texts| matches(texts, path.as_bytes()))
    }

    /// Whether there is anything to find in a vendor folder.
    pub(super) fn mentions_vendor(&self) -> bool {
        self.mentions_vendor
    }
}

fn mark_vendor(path: &str) -> String {
    if !path.contains("vendor/") {
        return path.to_owned();
    }
    let mut elements: Vec<&str> = path.split('/').collect();
    let last = elements.len() - 1;
    for element in &mut elements[..last] {
        if *element == "vendor" {
            *element = VENDOR;
        }
    }
    elements.join("/")
}

/// Whether the path consists of the texts in this order with anything but [`VENDOR`] between them.
fn matches(texts: &[String], path: &[u8]) -> bool {
    let Some((first, rest)) = texts.split_first() else { return false };
    if !path.starts_with(first.as_bytes()) {
        return false;
    }
    // Where the texts so far can end.
    let mut ends = vec![false; path.len() + 1];
    ends[first.len()] = true;
    for text in rest {
        let text = text.as_bytes();
        let mut next = vec![false; path.len() + 1];
        let mut reachable = false;
        for at in 0..=path.len() {
            reachable |= ends[at];
            if reachable && path[at..].starts_with(text) {
                next[at + text.len()] = true;
            }
            reachable &= path.get(at) != Some(&VENDOR.as_bytes()[0]);
        }
        ends = next;
    }
    ends[path.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_go_command_matches() {
        let table: &[(&str, &[&str], &[&str])] = &[
            (
                "/m/...",
                &["/m", "/m/a", "/m/a/b", "/m/vendor", "/m/a/vendor"],
                &["/mm", "/", "/m/vendor/a", "/m/a/vendor/b"],
            ),
            ("/m/a...", &["/m/a", "/m/ab", "/m/a/b"], &["/m", "/m/b", "/m/a/vendor/b"]),
            ("/m/.../b", &["/m/a/b", "/m/a/a/b"], &["/m/b", "/m/a/bb", "/m/vendor/x/b"]),
            ("/m/.../b/...", &["/m/a/b", "/m/a/b/c"], &["/m/b", "/m/a"]),
            ("/m/...b...", &["/m/b", "/m/abc", "/m/x/b/y"], &["/m/a", "/m"]),
            ("/m/vendor/...", &["/m/vendor", "/m/vendor/a", "/m/vendor/a/b"], &["/m", "/m/vendor/a/vendor/b"]),
            ("/m/.../vendor/...", &["/m/a/vendor", "/m/a/vendor/x"], &["/m/vendor", "/m/a/vendor/x/vendor/y"]),
            ("/m/v...", &["/m/vendor", "/m/vet"], &["/m/vendor/a"]),
            ("/...", &["/a"], &["/a/vendor/b"]),
            ("/m/......", &["/m/", "/m/a"], &["/m/vendor/a"]),
        ];
        for (pattern, yes, no) in table {
            let matcher = Matcher::new(pattern);
            for path in *yes {
                assert!(matcher.matches(path), "{pattern} {path}");
            }
            for path in *no {
                assert!(!matcher.matches(path), "{pattern} {path}");
            }
        }
    }

    #[test]
    fn hostile_patterns_end() {
        let matcher = Matcher::new(&"a...".repeat(200));
        assert!(!matcher.matches(&"a".repeat(199)) && matcher.matches(&"a".repeat(2000)));
    }
}
