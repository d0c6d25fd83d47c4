//! Where `//go:build` and `// +build` lines count. What they say is not looked at.
//!
//! The rules are go/build's (`parseFileHeader`, `shouldBuild`), which go by lines: a `//go:build` line may stand anywhere
//! before the first thing that is no comment, a `// +build` line only in the leading run of `//` comments and blank lines,
//! with a blank line between it and what ends that run.

use memchr::{memchr, memmem};

use super::{Line, span};

/// The first `//go:build` line and all `// +build` lines of the file's head, which begins at `start`.
pub(super) fn find(source: &[u8], start: usize) -> (Option<Line>, Vec<Line>) {
    let mut go_build = None;
    let mut plus_build = Vec::new();
    // How many of the `// +build` lines are followed by a blank line.
    let mut confirmed = 0;
    let mut in_leading_run = true;
    let mut in_block_comment = false;

    let mut position = start;
    while position < source.len() {
        let end = memchr(b'\n', &source[position..]).map_or(source.len(), |i| position + i);
        let line = trim(&source[position..end]);
        let line_start = position + leading_space(&source[position..end]);
        position = end + 1;

        if line.is_empty() {
            if in_leading_run {
                confirmed = plus_build.len();
            }
            continue;
        }
        in_leading_run &= line.starts_with(b"//");
        if !in_block_comment && line.starts_with(b"//") {
            let found = |text: &[u8]| Line {
                text: String::from_utf8_lossy(text).into_owned(),
                span: span(line_start..line_start + line.len()),
            };
            if let Some(text) = argument(line, b"//go:build") {
                go_build = go_build.or_else(|| Some(found(text)));
            } else if in_leading_run && let Some(text) = argument(trim(&line[2..]), b"+build") {
                plus_build.push(found(text));
            }
            continue;
        }
        if !only_comments(line, &mut in_block_comment) {
            break;
        }
    }
    plus_build.truncate(confirmed);
    (go_build, plus_build)
}

/// What follows the prefix, if white space or nothing does.
fn argument<'l>(line: &'l [u8], prefix: &[u8]) -> Option<&'l [u8]> {
    let rest = line.strip_prefix(prefix)?;
    let text = trim(rest);
    (rest.is_empty() || text.len() < rest.len()).then_some(text)
}

/// Whether the line consists of comments, the one that it starts in included.
fn only_comments(mut line: &[u8], in_block_comment: &mut bool) -> bool {
    while !line.is_empty() {
        if *in_block_comment {
            let Some(end) = memmem::find(line, b"*/") else { return true };
            *in_block_comment = false;
            line = trim(&line[end + 2..]);
        } else if line.starts_with(b"//") {
            return true;
        } else if line.starts_with(b"/*") {
            *in_block_comment = true;
            line = &line[2..];
        } else {
            return false;
        }
    }
    true
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'\x0B'
}

fn leading_space(line: &[u8]) -> usize {
    line.iter().take_while(|b| is_space(**b)).count()
}

fn trim(line: &[u8]) -> &[u8] {
    let start = leading_space(line);
    let end = line.iter().rposition(|b| !is_space(*b)).map_or(start, |i| i + 1);
    &line[start..end]
}
