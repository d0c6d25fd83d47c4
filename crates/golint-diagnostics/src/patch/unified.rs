//! Unified diffs, as `patch` and `git apply` read them. For files the bytes are kept as they are; for a terminal they
//! are made harmless.

use std::io::{self, Write};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use crate::escape;

/// Lines around a change.
const CONTEXT: usize = 3;

/// Where a diff goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DiffStyle {
    /// To a file or a program: byte for byte, so that it can be applied.
    #[default]
    Exact,
    /// To a terminal without colours: control characters are escaped.
    Plain,
    /// To a terminal with colours: escaped, and coloured.
    Colored,
}

/// Writes what turns `old` into `new`, both the file shown as `path`; nothing if they are equal. The names get git's
/// prefixes `a/` and `b/`, and its quotes where they hold blanks, quotes, or control characters.
///
/// # Errors
/// Those of `out` only.
pub fn unified_diff(path: &str, old: &[u8], new: &[u8], style: DiffStyle, out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (lines(old), lines(new));
    let groups = group_diff_ops(diff(&old, &new), CONTEXT);
    if groups.is_empty() {
        return Ok(());
    }
    let mut line = |sgr: &str, text: &[u8]| write_line(style, sgr, text, out);
    line("1", format!("--- {}", quote(&format!("a/{path}"))).as_bytes())?;
    line("1", format!("+++ {}", quote(&format!("b/{path}"))).as_bytes())?;
    for group in &groups {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let old_range = first.old_range().start..last.old_range().end;
        let new_range = first.new_range().start..last.new_range().end;
        line("36", format!("@@ -{} +{} @@", hunk_range(&old_range), hunk_range(&new_range)).as_bytes())?;
        for op in group {
            let (removed, added) = (&old[op.old_range()], &new[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                write_all(" ", "", removed, &mut line)?;
            } else {
                write_all("-", "31", removed, &mut line)?;
                write_all("+", "32", added, &mut line)?;
            }
        }
    }
    Ok(())
}

/// The script that turns `old` into `new`, line by line. A function of its arguments alone: no deadline.
pub(crate) fn diff(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, old, new)
}

/// Each with its LF, the last perhaps without.
pub(crate) fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|&byte| byte == b'\n').collect()
}

fn write_all(
    sign: &str,
    sgr: &str,
    texts: &[&[u8]],
    line: &mut impl FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    for text in texts {
        let ended = text.strip_suffix(b"\n");
        line(sgr, &[sign.as_bytes(), ended.unwrap_or(text)].concat())?;
        if ended.is_none() {
            line("", b"\\ No newline at end of file")?;
        }
    }
    Ok(())
}

fn write_line(style: DiffStyle, sgr: &str, text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    if style == DiffStyle::Exact {
        out.write_all(text)?;
        return out.write_all(b"\n");
    }
    // A CR before the line's end is no news on a terminal, and tabs may stay.
    let text = String::from_utf8_lossy(text.strip_suffix(b"\r").unwrap_or(text));
    let text = text.split('\t').map(escape::word).collect::<Vec<_>>().join("\t");
    if style == DiffStyle::Colored && !sgr.is_empty() {
        writeln!(out, "\x1b[{sgr}m{text}\x1b[0m")
    } else {
        writeln!(out, "{text}")
    }
}

/// As POSIX has it (diff, "Diff -u Output Format"): first line and count, the count left out if it is 1; an empty
/// range names the line before it.
fn hunk_range(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        count => format!("{},{count}", range.start + 1),
    }
}

/// As git quotes names (git-config, `core.quotePath`): C escapes between double quotes.
fn quote(name: &str) -> String {
    let special = |c: char| c == '"' || c == '\\' || escape::is_hostile(c);
    if !name.contains(special) {
        // GNU patch takes a blank for the name's end, unless a tab follows.
        return if name.contains(' ') { format!("{name}\t") } else { name.into() };
    }
    let mut out = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if special(c) => {
                let mut bytes = [0; 4];
                out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("\\{byte:03o}")));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str, old: &[u8], new: &[u8], style: DiffStyle) -> Vec<u8> {
        let mut out = Vec::new();
        unified_diff(path, old, new, style, &mut out).unwrap();
        out
    }

    #[track_caller]
    fn check(old: &[u8], new: &[u8], expected: &[u8]) {
        let out = shown("a.go", old, new, DiffStyle::Exact);
        let header = b"--- a/a.go\n+++ b/a.go\n";
        let body = out.strip_prefix(header).unwrap_or(&out);
        assert_eq!(body.escape_ascii().to_string(), expected.escape_ascii().to_string());
    }

    #[test]
    fn shows_three_lines_around_a_change() {
        check(
            b"1\n2\n3\n4\n5\n6\n7\n8\n9\n",
            b"1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
            b"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
        );
    }

    #[test]
    fn distant_changes_are_hunks_of_their_own() {
        let old: Vec<u8> = (0..40).flat_map(|i| format!("{i}\n").into_bytes()).collect();
        let new = String::from_utf8(old.clone()).unwrap().replace("\n5\n", "\nV\n").replace("\n30\n", "\n");
        let out = String::from_utf8(shown("a.go", &old, new.as_bytes(), DiffStyle::Exact)).unwrap();
        let hunks: Vec<&str> = out.lines().filter(|line| line.starts_with("@@")).collect();
        assert_eq!(hunks, ["@@ -3,7 +3,7 @@", "@@ -28,7 +28,6 @@"]);
    }

    #[test]
    fn missing_final_newlines_are_told() {
        check(b"a\nb", b"a\nb\n", b"@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
        check(b"a", b"b", b"@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n");
        check(b"x\nb", b"y\nb", b"@@ -1,2 +1,2 @@\n-x\n+y\n b\n\\ No newline at end of file\n");
    }

    #[test]
    fn empty_files() {
        check(b"", b"a\n", b"@@ -0,0 +1 @@\n+a\n");
        check(b"a\n", b"", b"@@ -1 +0,0 @@\n-a\n");
        check(b"same\n", b"same\n", b"");
    }

    #[test]
    fn bytes_and_carriage_returns_survive() {
        check(b"\xff\r\nb\r\n", b"\xff\r\nc\r\n", b"@@ -1,2 +1,2 @@\n \xff\r\n-b\r\n+c\r\n");
    }

    #[test]
    fn a_terminal_gets_nothing_raw() {
        let out = shown("a\x1b.go", b"\x1b[2J\xff\r\n", b"\ty\x07\n", DiffStyle::Plain);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "--- \"a/a\\033.go\"\n+++ \"b/a\\033.go\"\n@@ -1 +1 @@\n-\\x1b[2J\u{fffd}\n+\ty\\x07\n"
        );
        let out = shown("a.go", b"a\n", b"b\n", DiffStyle::Colored);
        assert!(String::from_utf8(out).unwrap().ends_with("\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m\n"));
    }

    #[test]
    fn names_are_quoted_as_git_does() {
        assert_eq!(quote("a/x.go"), "a/x.go");
        assert_eq!(quote("a/x y.go"), "a/x y.go\t");
        assert_eq!(quote("a/é\"\\\n.go"), "\"a/é\\\"\\\\\\n.go\"");
    }
}
