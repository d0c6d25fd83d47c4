//! The file of a baseline: a line that says what it is, then a line for each finding, in the order of its fields, which
//! tabs separate: path, rule, declaration, code. So that branches merge line by line, nothing in it counts or numbers, and
//! whatever order a merge leaves is read.

use std::fmt::Write;

use golint_diagnostics::{BYTE_ORDER_MARK, Span};

use super::Entry;

/// What the first line of a baseline begins with; the version follows.
pub const TITLE: &str = "golint-rs baseline ";
/// Of the lines below.
const VERSION: u32 = 1;
/// For people who open it.
const ABOUT: &str = "# Findings that are known and not reported: path, rule, declaration, code. Written by \
                     `golint-rs check --write-baseline`.\n";
/// Stands for what is empty, lest a tab at the end of a line is taken away.
const NOTHING: &str = "-";
/// More bytes of code are not written; what they were a digest says.
const LONGEST_CODE: usize = 160;

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damage {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// The code of a line as entries have it.
pub(super) fn code(line: &str) -> String {
    if line.len() <= LONGEST_CODE {
        return line.to_owned();
    }
    let end = (0..=LONGEST_CODE).rev().find(|&at| line.is_char_boundary(at)).unwrap_or_default();
    format!("{}… {}", &line[..end], &blake3::hash(line.as_bytes()).to_hex()[..16])
}

/// The text for these entries, which must be sorted.
pub(super) fn write(entries: &[Entry]) -> String {
    let mut text = format!("{TITLE}{VERSION}\n{ABOUT}");
    let or_nothing = |field: &str| if field.is_empty() { NOTHING.to_owned() } else { field.to_owned() };
    for Entry { path, rule, declaration, code } in entries {
        let (path, declaration, code) = (quoted(path), or_nothing(declaration), or_nothing(code));
        // Writing to a string does not fail.
        let _ = writeln!(text, "{path}\t{rule}\t{declaration}\t{code}");
    }
    text
}

/// A path as it stands in the file: in quotes, as JSON has them, where it could be mistaken.
fn quoted(path: &str) -> String {
    let is_plain = !path.starts_with(['"', '#', '<', '>', '=', '|']) && !path.chars().any(char::is_control);
    if is_plain { path.to_owned() } else { serde_json::Value::from(path).to_string() }
}

/// The entries of a file, sorted.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Entry>, Damage> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut start = bytes.len() - text.len();
    let mut entries = Vec::new();
    for (number, line) in text.split(|&byte| byte == b'\n').enumerate() {
        let content = line.strip_suffix(b"\r").unwrap_or(line);
        let damage = |message: String, help| {
            let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            Err(Damage { span: Span::new(at(start), at(start + content.len())), message, help })
        };
        let Ok(content) = std::str::from_utf8(content) else {
            return damage("this line is not UTF-8".into(), REWRITE);
        };
        if is_conflict(content) {
            return damage("a merge left a conflict here".into(), RESOLVE);
        }
        if number == 0 {
            match content.strip_prefix(TITLE).map(str::parse::<u32>) {
                Some(Ok(VERSION)) => {}
                Some(Ok(newer @ 2..)) => {
                    let message = format!("this baseline is of version {newer}, and this golint-rs reads {VERSION}");
                    return damage(message, "upgrade golint-rs, or write the baseline anew with --write-baseline");
                }
                _ => return damage(format!("this is no baseline: it does not begin with `{TITLE}{VERSION}`"), ELSE),
            }
        } else if !content.is_empty() && !content.starts_with('#') {
            match entry(content) {
                Some(entry) => entries.push(entry),
                None => {
                    let message = "this line is not a path, a rule, a declaration and code with tabs between them";
                    return damage(message.into(), REWRITE);
                }
            }
        }
        start += line.len() + 1;
    }
    entries.sort();
    Ok(entries)
}

const REWRITE: &str = "restore the line, remove it, or write the baseline anew with --write-baseline";
const ELSE: &str = "name the file that --write-baseline wrote, or write it anew";
const RESOLVE: &str =
    "keep the lines of both sides, without the markers; a line `FILE merge=union` in .gitattributes has git do so";

/// What git writes around the two sides of a conflict.
fn is_conflict(line: &str) -> bool {
    let is = |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].into_iter().any(is)
}

fn entry(line: &str) -> Option<Entry> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [path, rule, declaration, code] = fields[..] else { return None };
    let or_empty = |field: &str| if field == NOTHING { String::new() } else { field.to_owned() };
    let path = if path.starts_with('"') { serde_json::from_str(path).ok()? } else { path.to_owned() };
    let is_sound = !path.is_empty() && !rule.is_empty() && !declaration.is_empty() && !code.is_empty();
    is_sound.then(|| Entry { path, rule: rule.to_owned(), declaration: or_empty(declaration), code: or_empty(code) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, rule: &str, declaration: &str, code: &str) -> Entry {
        Entry { path: path.into(), rule: rule.into(), declaration: declaration.into(), code: code.into() }
    }

    #[test]
    fn what_is_written_is_read() {
        let entries = [
            one("\"a\t.go", "r", "", ""),
            one("../b.go", "house/r", "T.m", "x=\"é\""),
            one("../b.go", "house/r", "T.m", "x=\"é\""),
            one("<<<<<<< .go", "r", "f", "y"),
            one("a b.go", "r", "f", "y"),
        ];
        let text = write(&entries);
        assert_eq!(parse(text.as_bytes()).unwrap(), entries);
        // As Windows and some editors have it, in another order.
        let mut lines: Vec<&str> = text.lines().collect();
        lines[2..].reverse();
        let other = format!("\u{feff}{}", lines.join("\r\n"));
        assert_eq!(parse(other.as_bytes()).unwrap(), entries);
        assert_eq!(parse(write(&[]).as_bytes()).unwrap(), []);
        assert!(text.lines().all(|line| !line.ends_with(['\t', ' '])), "{text}");
    }

    #[test]
    fn damage_is_told_with_its_place() {
        let title = "golint-rs baseline 1\n";
        let check = |text: &str, span: (u32, u32), words: &str| {
            let damage = parse(text.as_bytes()).unwrap_err();
            assert_eq!(damage.span, Span::new(span.0, span.1), "{text:?}");
            assert!(format!("{} {}", damage.message, damage.help).contains(words), "{damage:?}");
        };
        check("", (0, 0), "no baseline");
        check("{\"version\": 1}\n", (0, 14), "no baseline");
        check("golint-rs baseline 0\n", (0, 20), "no baseline");
        check("golint-rs baseline 2\nwhatever", (0, 20), "upgrade golint-rs");
        check(&format!("{title}a.go\tr\tf\n"), (21, 29), "with tabs");
        check(&format!("{title}a.go\tr\tf\tx\ty\n"), (21, 33), "with tabs");
        check(&format!("{title}\"a.go\tr\tf\tx\n"), (21, 32), "with tabs");
        check(&format!("{title}a.go\tr\tf\tx\n<<<<<<< HEAD\n"), (32, 44), "conflict");
        check(&format!("{title}=======\r\n"), (21, 28), "merge=union");
        assert_eq!(parse(b"golint-rs baseline 1\n\xff\n").unwrap_err().span, Span::new(21, 22));
    }

    #[test]
    fn long_code_is_cut_and_still_told_apart() {
        let long = "é".repeat(1000);
        let (a, b) = (code(&format!("{long}a")), code(&format!("{long}b")));
        assert!(a.len() < 200 && a != b && a[..100] == b[..100], "{a}");
        assert_eq!(code("x"), "x");
    }
}
