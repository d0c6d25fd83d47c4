//! Go language versions.
//!
//! A language version is a pair such as 1.21; releases ("1.21.3"), candidates ("1.22rc1") and toolchain names
//! ("go1.21.3-custom") are read down to it. Which version holds for a file is decided in [`crate::facts`].

use std::fmt;
use std::str::FromStr;

/// A Go language version: go1.21 is (1, 21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoVersion {
    /// 1, so far.
    pub major: u32,
    /// 21 of go1.21.
    pub minor: u32,
}

/// What was given is no Go version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no Go version; write it as 1.21 or go1.21")]
pub struct GoVersionError(pub String);

impl GoVersion {
    /// The newest version that this program knows; what holds for files of no module.
    pub const NEWEST: GoVersion = GoVersion::new(1, 26);

    /// What a go.mod without a `go` line stands for. Source: go.dev/ref/mod, "go directive".
    pub const OF_SILENT_MODULE: GoVersion = GoVersion::new(1, 16);

    /// The least version that a file's own `//go:build` line can set. Source: go.dev/doc/go1.21, "Go command"; go/types,
    /// `initFiles`.
    pub const LEAST_OF_FILE: GoVersion = GoVersion::new(1, 21);

    /// The version with these two numbers.
    pub const fn new(major: u32, minor: u32) -> GoVersion {
        GoVersion { major, minor }
    }

    /// Reads what a `go` line of go.mod may hold: "1.21", "1.21.3", "1.22rc1". None: it may not hold that.
    ///
    /// Source: go.dev/ref/mod, "go directive", and go.dev/doc/toolchain, "Go versions".
    pub fn of_go_line(text: &str) -> Option<GoVersion> {
        let (major, rest) = number(text)?;
        let (minor, rest) = number(rest.strip_prefix('.')?)?;
        let rest = match rest.strip_prefix('.') {
            Some(rest) => number(rest)?.1,
            None => rest,
        };
        if !rest.is_empty() {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
            if digits.len() == rest.len() || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
        }
        (major > 0).then_some(GoVersion { major, minor })
    }
}

/// A decimal number without leading zeros, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

impl FromStr for GoVersion {
    type Err = GoVersionError;

    /// Reads what a person writes: as in go.mod, also with "go" in front; "go1" is (1, 0).
    fn from_str(text: &str) -> Result<GoVersion, GoVersionError> {
        let bare = text.strip_prefix("go").unwrap_or(text);
        if bare == "1" {
            return Ok(GoVersion::new(1, 0));
        }
        GoVersion::of_go_line(bare).ok_or_else(|| GoVersionError(text.to_owned()))
    }
}

impl fmt::Display for GoVersion {
    /// As in go.mod: "1.21".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_lines() {
        // Tried with `go mod edit -json` of Go 1.26.
        let table: &[(&str, Option<(u32, u32)>)] = &[
            ("1.21", Some((1, 21))),
            ("1.21.0", Some((1, 21))),
            ("1.21.13", Some((1, 21))),
            ("1.22rc1", Some((1, 22))),
            ("1.9beta2", Some((1, 9))),
            ("1.21.3rc1", Some((1, 21))),
            ("1.0", Some((1, 0))),
            ("2.3", Some((2, 3))),
            ("1", None),
            ("go1.21", None),
            ("v1.21", None),
            ("1.21.", None),
            ("1.021", None),
            ("01.21", None),
            ("0.21", None),
            ("1.21.03", None),
            ("1.21rc", None),
            ("1.21-custom", None),
            ("1.21RC1", None),
            ("1.99999999999999999999", None),
            ("", None),
        ];
        for (text, expected) in table {
            let expected = expected.map(|(a, b)| GoVersion::new(a, b));
            assert_eq!(GoVersion::of_go_line(text), expected, "{text}");
        }
    }

    #[test]
    fn people_may_write_go_in_front() {
        assert_eq!("go1.21".parse(), Ok(GoVersion::new(1, 21)));
        assert_eq!("1.21.4".parse(), Ok(GoVersion::new(1, 21)));
        assert_eq!("go1".parse(), Ok(GoVersion::new(1, 0)));
        let error = "latest".parse::<GoVersion>().expect_err("no version");
        assert_eq!(error.to_string(), "\"latest\" is no Go version; write it as 1.21 or go1.21");
    }

    #[test]
    fn order_is_by_number() {
        assert!(GoVersion::new(1, 9) < GoVersion::new(1, 21));
        assert_eq!(GoVersion::new(1, 21).to_string(), "1.21");
    }
}
