//! Patterns of `exclude` and `per-file-ignores`: matched against paths relative to the folder of the golint.toml that
//! holds them, or to the working folder where the file was named on the command line. Looks at the text of paths only.

use globset::GlobBuilder;
use regex::Regex;

/// No path that there can be is longer, in bytes.
const LONGEST: usize = 4096;
/// Braces within braces.
const DEEPEST: usize = 32;

/// A pattern. `*`, `?` and classes stop at `/`, `**` does not; `{a,b}`, `[a-z]` and `[!a-z]` are known, and `?` is one
/// character, as is what a class takes, whatever its length in UTF-8. Without a `/` (other than a final one) it is matched
/// against names at any depth. A pattern that matches a folder takes all that is below it.
#[derive(Clone, Debug)]
pub(crate) struct PathGlob {
    /// As written.
    pub(crate) text: String,
    matcher: Regex,
}

impl PathGlob {
    /// Reads a pattern; the error says what is wrong with it.
    pub(crate) fn new(text: &str) -> Result<PathGlob, String> {
        if text.starts_with('!') {
            return Err("patterns can't be negated".into());
        }
        if text.contains('\\') {
            return Err("patterns separate folders by `/`, also on Windows".into());
        }
        // What compiles patterns panics where it would take too much.
        if text.len() > LONGEST {
            return Err(format!("it has {} bytes, and {LONGEST} are the limit", text.len()));
        }
        let mut depth = 0_usize;
        for byte in text.bytes() {
            depth = match byte {
                b'{' => depth + 1,
                b'}' => depth.saturating_sub(1),
                _ => depth,
            };
            if depth > DEEPEST {
                return Err(format!("it has more than {DEEPEST} braces within each other"));
            }
        }
        let body = text.strip_prefix("./").unwrap_or(text).trim_end_matches('/');
        let anchored = body.strip_prefix('/').unwrap_or(body);
        if anchored.split('/').any(|element| element == "..") {
            return Err("patterns can't leave the folder of their golint.toml".into());
        }
        if anchored.is_empty() {
            return Err("the pattern is empty".into());
        }
        let pattern = if body.contains('/') { anchored.to_owned() } else { format!("**/{anchored}") };
        let glob = GlobBuilder::new(&pattern).literal_separator(true).build().map_err(|e| e.kind().to_string())?;
        // The longest patterns take half of what the crate allows an expression.
        let matcher = Regex::new(&of_characters(glob.regex())).map_err(|_| "it takes too much: make it shorter")?;
        Ok(PathGlob { text: text.to_owned(), matcher })
    }

    /// Whether it takes this file: itself, or a folder above it. `path` is relative, with `/`.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let above = path.char_indices().filter(|&(_, c)| c == '/').map(|(i, _)| &path[..i]);
        above.chain([path]).any(|prefix| self.matcher.is_match(prefix))
    }
}

/// globset's expressions are about bytes: they begin with `(?-u)`, and what is beyond ASCII is a `\xNN` for each byte. For
/// them, `?` is a part of `é`, and `[é]` one of its two bytes. This is the same expression about characters.
fn of_characters(bytes: &str) -> String {
    let mut text = String::from("(?s)");
    let mut character = Vec::new();
    let mut rest = bytes.strip_prefix("(?-u)").unwrap_or(bytes);
    while let Some(c) = rest.chars().next() {
        let byte = rest.strip_prefix("\\x").and_then(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok());
        let length = match (c, byte) {
            (_, Some(byte)) => {
                character.push(byte);
                if let Ok(whole) = std::str::from_utf8(&character) {
                    text.push_str(whole);
                    character.clear();
                }
                4
            }
            // What is escaped is one of the expression's own signs, a `\` itself included.
            ('\\', None) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            (c, None) => c.len_utf8(),
        };
        if byte.is_none() {
            text.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_names_paths_and_folders() {
        for (pattern, path, expected) in [
            ("*_gen.go", "a/b/x_gen.go", true),
            ("*_gen.go", "x_gen.go", true),
            ("third_party", "a/third_party/x/y.go", true),
            ("third_party/", "third_party/y.go", true),
            ("/third_party", "a/third_party/y.go", false),
            ("./a/*.go", "a/x.go", true),
            ("a/*.go", "a/b/x.go", false),
            ("a/**/*.go", "a/b/c/x.go", true),
            ("a/**", "a/x.go", true),
            ("**/mocks/**", "a/mocks/x.go", true),
            ("{a,b}/x.go", "b/x.go", true),
            ("a/b", "a/bc/x.go", false),
            ("x.go", "a/y.go", false),
            ("a[!x]b.go", "a/b.go", false),
            ("a[+-9]b.go", "a/b.go", false),
            ("[[:digit:]].go", "1.go", true),
            ("?.go", "é.go", true),
            ("?.go", "日.go", true),
            ("??.go", "é.go", false),
            ("???.go", "日.go", false),
            ("?本.go", "日本.go", true),
            ("[é日].go", "日.go", true),
            ("[é-ü].go", "ö.go", true),
            ("[é-ü].go", "日.go", false),
            ("[日]*.go", "旤.go", false),
            ("[!é].go", "è.go", true),
            ("[!a].go", "日.go", true),
            ("{é,日}*/**", "日x/y.go", true),
            ("**/é?/**/*.go", "a/é日/b/ü.go", true),
            ("é\nx.go", "é\nx.go", true),
            ("a*b.go", "a\nb.go", true),
            ("(.)^$+|.go", "(.)^$+|.go", true),
        ] {
            assert_eq!(PathGlob::new(pattern).unwrap().matches(path), expected, "{pattern} against {path}");
        }
    }

    #[test]
    fn what_can_not_be_meant_is_refused() {
        for pattern in ["!x", "a\\b", "../x", "", "/", "a{b", "[z-a]"] {
            assert!(PathGlob::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn long_and_deep_patterns_are_read_or_refused() {
        let nested = |n: usize| format!("{}a{}", "{a,".repeat(n), "}".repeat(n));
        for pattern in [
            "*".repeat(4096),
            "**/".repeat(1365),
            "{a,b}".repeat(819),
            "[a-z]".repeat(819),
            nested(32),
            "?".repeat(4096),
            "[!é]".repeat(819),
            "é".repeat(2048),
        ] {
            assert!(!PathGlob::new(&pattern).unwrap().matches("x/y.go") || pattern.starts_with('*'), "{pattern}");
        }
        assert_eq!(PathGlob::new(&"*".repeat(4097)).unwrap_err(), "it has 4097 bytes, and 4096 are the limit");
        assert_eq!(PathGlob::new(&nested(33)).unwrap_err(), "it has more than 32 braces within each other");
    }
}
