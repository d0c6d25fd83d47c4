//! Unified diffs, line by line: where files begin and end in them, and what is no diff.

use std::ops::Range;

use camino::Utf8PathBuf;

use super::names::{Prefixes, both_names, name_of, unquoted, without};
use super::{FileChange, Hunk, PatchError};

pub(super) struct Reader<'d, I: Iterator<Item = &'d [u8]>> {
    lines: std::iter::Peekable<I>,
    /// Of the last one that was taken.
    line: usize,
}

impl<'d, I: Iterator<Item = &'d [u8]>> Reader<'d, I> {
    pub(super) fn new(lines: I) -> Reader<'d, I> {
        Reader { lines: lines.peekable(), line: 0 }
    }

    fn take(&mut self) -> Option<&'d [u8]> {
        self.line += 1;
        self.lines.next()
    }

    fn fail<T>(&self, what: &'static str) -> Result<T, PatchError> {
        Err(PatchError { line: self.line, what })
    }

    /// The next file; none at the end. What stands between files, as mails have it, says nothing.
    pub(super) fn file(&mut self, place: &dyn Fn(&str) -> Utf8PathBuf) -> Result<Option<FileChange>, PatchError> {
        let (mut before, mut after) = (None, None);
        let (mut has_name, mut has_both, mut is_created, mut is_deleted) = (false, false, false, false);
        let (mut prefixes, mut of_git, mut is_renamed) = (Prefixes::usual(), false, false);
        let mut hunks = Vec::new();
        while let Some(&next) = self.lines.peek() {
            let line = without_end(next);
            // The lines of hunks are taken with them, so that this is the head of the next file.
            if has_name && line.starts_with(b"diff --git ") || has_both && line.starts_with(b"--- ") {
                break;
            }
            self.take();
            if let Some(names) = line.strip_prefix(b"diff --git ") {
                (has_name, of_git) = (true, true);
                // Told again below, unless nothing but the mode changed or it has no lines.
                if let Some((old, new)) = both_names(names) {
                    prefixes = Prefixes::of(&old, &new);
                    (before, after) = (Some(without(&old, &prefixes.old)), Some(without(&new, &prefixes.new)));
                }
            } else if let Some(name) = line.strip_prefix(b"rename from ").or_else(|| line.strip_prefix(b"copy from ")) {
                is_renamed = true;
                before = Some(unquoted(name));
            } else if let Some(name) = line.strip_prefix(b"rename to ").or_else(|| line.strip_prefix(b"copy to ")) {
                after = Some(unquoted(name));
            } else if line.starts_with(b"new file mode ") || has_name && is_binary(line) {
                // Of a change that is not shown, all may be new.
                is_created = true;
            } else if line.starts_with(b"deleted file mode ") {
                is_deleted = true;
            } else if let Some(name) = line.strip_prefix(b"--- ") {
                has_name = true;
                match name_of(name, &prefixes.old) {
                    // Renames have told their names without prefixes.
                    Some(name) => before = before.filter(|_| is_renamed).or(Some(name)),
                    None => is_created = true,
                }
            } else if let Some(name) = line.strip_prefix(b"+++ ").filter(|_| has_name) {
                has_both = true;
                match name_of(name, &prefixes.new) {
                    Some(name) => after = after.filter(|_| is_renamed).or(Some(name)),
                    None => is_deleted = true,
                }
            } else if let Some(head) = line.strip_prefix(b"@@ ").filter(|_| has_name) {
                self.hunk(head, &mut hunks)?;
            } else if line.starts_with(b"\x1b[") {
                return self.fail("it has colours; write it without them, as `git diff --no-color` does");
            }
        }
        if !has_name {
            return Ok(None);
        }
        if !of_git && (!has_both || hunks.is_empty() && !is_created) {
            return self.fail("a file without hunks; a unified diff is wanted, as `diff -u` writes it");
        }
        let path = |name: Option<String>, is_none: bool| name.filter(|_| !is_none).map(|name| place(&name));
        let change = FileChange { before: path(before, is_created), after: path(after, is_deleted), hunks };
        if change.before.is_none() && change.after.is_none() {
            return self.fail("a file without a name");
        }
        Ok(Some(change))
    }

    fn hunk(&mut self, head: &[u8], hunks: &mut Vec<Hunk>) -> Result<(), PatchError> {
        let Some((before, after)) = ranges(head) else { return self.fail("a hunk's head is damaged") };
        let (last_before, last_after) = hunks.last().map_or((0, 0), |last: &Hunk| (last.before.end, last.after.end));
        match (before.start.checked_sub(last_before), after.start.checked_sub(last_after)) {
            (Some(kept), Some(same)) if kept == same => {}
            (Some(_), Some(_)) => return self.fail("a hunk's head has line numbers that don't go together"),
            _ => return self.fail("hunks are not in order"),
        }
        let (mut next_before, mut next_after) = (before.start, after.start);
        let mut current: Option<Hunk> = None;
        let mut last_was_added = false;
        while next_before < before.end || next_after < after.end {
            let Some(line) = self.take() else { return self.fail("it breaks off inside of a hunk") };
            let (mark, text) = line.split_first().unwrap_or((&b' ', b"\n"));
            match mark {
                b'-' | b'+' => {
                    let hunk = current.get_or_insert_with(|| Hunk {
                        before: next_before..next_before,
                        after: next_after..next_after,
                        removed: Vec::new(),
                        added: Vec::new(),
                    });
                    last_was_added = *mark == b'+';
                    if last_was_added {
                        next_after += 1;
                        hunk.after.end = next_after;
                        hunk.added.extend(text);
                    } else {
                        next_before += 1;
                        hunk.before.end = next_before;
                        hunk.removed.extend(text);
                    }
                }
                // Some programs leave the space of an empty line away.
                b' ' | b'\n' | b'\r' => {
                    hunks.extend(current.take());
                    (next_before, next_after) = (next_before + 1, next_after + 1);
                }
                b'\\' => unended(current.as_mut(), last_was_added),
                _ => return self.fail("a line of a hunk begins with none of ` `, `+` and `-`"),
            }
        }
        if self.lines.peek().is_some_and(|line| line.starts_with(b"\\")) {
            self.take();
            unended(current.as_mut(), last_was_added);
        }
        if next_before != before.end || next_after != after.end {
            return self.fail("a hunk has other lines than its head says");
        }
        hunks.extend(current);
        Ok(())
    }
}

/// The last line has no end.
fn unended(hunk: Option<&mut Hunk>, was_added: bool) {
    if let Some(hunk) = hunk {
        let text = if was_added { &mut hunk.added } else { &mut hunk.removed };
        if text.last() == Some(&b'\n') {
            text.pop();
        }
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Lines of `-1,2 +3,4 @@ …`, numbered from 0. Without lines, the head names the one in front.
fn ranges(head: &[u8]) -> Option<(Range<u32>, Range<u32>)> {
    let head = std::str::from_utf8(head.split(|&byte| byte == b'@').next()?).ok()?;
    let mut words = head.split_ascii_whitespace();
    let range = |word: Option<&str>, sign: char| {
        let word = word?.strip_prefix(sign)?;
        let (start, count) = word.split_once(',').unwrap_or((word, "1"));
        let (start, count): (u32, u32) = (start.parse().ok()?, count.parse().ok()?);
        let start = if count == 0 { start } else { start.checked_sub(1)? };
        Some(start..start.checked_add(count)?)
    };
    Some((range(words.next(), '-')?, range(words.next(), '+')?))
}

fn is_binary(line: &[u8]) -> bool {
    line.starts_with(b"Binary files ") || line == b"GIT binary patch"
}
