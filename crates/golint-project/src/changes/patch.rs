//! Unified diffs, line by line: where files begin and end in them, and what is no diff or only a part of one. Never takes a diff
//! that breaks off for a whole one, unless it does so between two files or two hunks, which nothing in it tells.

mod head;

use std::ops::Range;

use camino::Utf8PathBuf;

use self::head::Head;
use super::names::{DAMAGED, name_of};
use super::{FileChange, Hunk, PatchError};

const COMBINED: &str = "a combined diff of a merge; give one against one side, as `git diff HEAD^1` writes it";
const COLOURED: &str = "it has colours; write it without them, as `git diff --no-color` does";
const NO_HUNKS: &str = "it breaks off behind the names of a file, before its hunks; give the diff whole";

pub(super) struct Reader<'d> {
    lines: Vec<&'d [u8]>,
    /// How many of them were taken.
    line: usize,
    /// Where the last file of git's begins.
    last_head: usize,
    /// Whether this may be the message in front of a diff, as mails have it.
    is_in_message: bool,
}

impl<'d> Reader<'d> {
    pub(super) fn new(diff: &'d [u8]) -> Result<Reader<'d>, PatchError> {
        if is_utf_16(diff) {
            let what =
                "it is UTF-16, as `>` of PowerShell writes it; write it as UTF-8, as `git diff --output=FILE` does";
            return Err(PatchError { line: 1, what });
        }
        let diff = diff.strip_prefix("\u{feff}".as_bytes()).unwrap_or(diff);
        let lines: Vec<&[u8]> = diff.split_inclusive(|&byte| byte == b'\n').collect();
        let last_head = lines.iter().rposition(|line| line.starts_with(b"diff --git ")).unwrap_or(0);
        Ok(Reader { lines, line: 0, last_head, is_in_message: true })
    }

    /// A line that was not taken so far, without its end.
    fn peek(&self, further: usize) -> Option<&'d [u8]> {
        self.lines.get(self.line + further).map(|line| without_end(line))
    }

    /// Whether no whole line follows.
    fn is_at_end(&self) -> bool {
        self.lines.get(self.line).is_none_or(|line| !line.ends_with(b"\n"))
    }

    /// The next line, with its end. Without one it is a part of a line, unless it says no more than its first letter does.
    fn take(&mut self) -> Result<Option<&'d [u8]>, PatchError> {
        let Some(&line) = self.lines.get(self.line) else { return Ok(None) };
        self.line += 1;
        if !line.ends_with(b"\n") && !line.starts_with(b"\\") {
            return self.fail("it breaks off inside of this line, which has no end; give the diff whole");
        }
        Ok(Some(line))
    }

    /// At the line that was taken last.
    fn fail<T>(&self, what: &'static str) -> Result<T, PatchError> {
        Err(PatchError { line: self.line, what })
    }

    /// At the line that would be the next one.
    fn break_off<T>(&self, what: &'static str) -> Result<T, PatchError> {
        Err(PatchError { line: self.line + 1, what })
    }

    /// The next file; none at the end. What stands between files, as mails have it, says nothing.
    pub(super) fn file(&mut self, place: &dyn Fn(&str) -> Utf8PathBuf) -> Result<Option<FileChange>, PatchError> {
        while let Some(line) = self.peek(0) {
            // What a message quotes is no part of the diff, which is still to come.
            let is_text = self.is_in_message && self.line < self.last_head && !self.is_at_plain_file();
            let (mut head, is_plain) = (Head::default(), line.starts_with(b"--- ") && !is_text);
            if line.starts_with(b"diff --git ") || is_plain {
                let (hunks, is_hidden) =
                    if is_plain { (self.lines_of_file(&mut head)?, false) } else { self.file_of_git(&mut head)? };
                self.is_in_message = false;
                let Some((before, after)) = head.names() else { return self.fail("a file without a name") };
                let path = |name: Option<String>| name.map(|name| place(&name));
                // Of what is gone, nothing is hidden.
                let is_hidden = is_hidden && after.is_some();
                return Ok(Some(FileChange { before: path(before), after: path(after), hunks, is_hidden }));
            }
            self.take()?;
            self.is_in_message |= line.starts_with(b"From ");
            if is_combined(line) {
                return self.fail(COMBINED);
            }
            if is_coloured(line) {
                return self.fail(COLOURED);
            }
            if line.starts_with(b"@@ -") && !is_text {
                return self.fail("a hunk without the names of its file in front of it; give the diff whole");
            }
        }
        Ok(None)
    }

    fn is_at_plain_file(&self) -> bool {
        [&b"--- "[..], b"+++ ", b"@@ -"].iter().enumerate().all(|(further, mark)| {
            let line = self.peek(further);
            line.is_some_and(|line| line.starts_with(mark))
        })
    }

    /// What `diff --git` begins, and whether its content is not shown.
    fn file_of_git(&mut self, head: &mut Head) -> Result<(Vec<Hunk>, bool), PatchError> {
        while let Some(line) = self.peek(0) {
            match head.read(line) {
                Ok(false) => break,
                Ok(true) => self.take()?,
                Err(what) => {
                    self.take()?;
                    return self.fail(what);
                }
            };
        }
        match self.peek(0).unwrap_or_default() {
            line if line.starts_with(b"--- ") => return Ok((self.lines_of_file(head)?, false)),
            line if line.starts_with(b"Binary files ") && line.ends_with(b" differ") => _ = self.take()?,
            b"GIT binary patch" => self.binary_patch()?,
            line if is_coloured(line) => return self.break_off(COLOURED),
            _ => {
                return match head.lacks(self.is_at_end()) {
                    Some(what) => self.break_off(what),
                    None => Ok((Vec::new(), false)),
                };
            }
        }
        Ok((Vec::new(), true))
    }

    /// Both names, and hunks.
    fn lines_of_file(&mut self, head: &mut Head) -> Result<Vec<Hunk>, PatchError> {
        let old = self.name(b"--- ", &head.prefixes.old)?;
        if self.peek(0).is_some_and(|line| !line.starts_with(b"+++ ")) {
            return self.without_hunks(head);
        }
        let new = self.name(b"+++ ", &head.prefixes.new)?;
        head.set_names(old, new);
        let mut hunks = Vec::new();
        while let Some(line) = self.peek(0).and_then(|line| line.strip_prefix(b"@@ ")) {
            self.take()?;
            self.hunk(line, &mut hunks)?;
        }
        if hunks.is_empty() { self.without_hunks(head) } else { Ok(hunks) }
    }

    fn without_hunks<T>(&self, head: &Head) -> Result<T, PatchError> {
        match self.peek(0) {
            Some(line) if is_combined(line) => self.break_off(COMBINED),
            Some(line) if is_coloured(line) => self.break_off(COLOURED),
            // Context diffs have such a line, too.
            Some(_) if !head.is_of_git() && !self.is_at_end() => {
                self.break_off("a file without hunks; a unified diff is wanted, as `diff -u` writes it")
            }
            _ => self.break_off(NO_HUNKS),
        }
    }

    /// The name behind a mark; none for no file.
    fn name(&mut self, mark: &[u8], prefix: &str) -> Result<Option<String>, PatchError> {
        let Some(line) = self.take()? else { return self.break_off(NO_HUNKS) };
        let name = without_end(line).strip_prefix(mark).unwrap_or_default();
        match name_of(name, prefix) {
            Ok(name) => Ok(name),
            Err(_) => self.fail(DAMAGED),
        }
    }

    /// The way there, and mostly the way back: each has a head and ends in an empty line.
    fn binary_patch(&mut self) -> Result<(), PatchError> {
        self.take()?;
        let is_head = |line: &[u8]| line.starts_with(b"literal ") || line.starts_with(b"delta ");
        let mut is_whole = false;
        while self.peek(0).is_some_and(is_head) {
            self.take()?;
            while self.peek(0).is_some_and(|line| !line.is_empty() && !line.contains(&b' ')) {
                self.take()?;
            }
            is_whole = self.peek(0) == Some(b"");
            if !is_whole {
                break;
            }
            self.take()?;
        }
        if is_whole { Ok(()) } else { self.break_off("it breaks off inside of a binary patch; give the diff whole") }
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
            let Some(line) = self.take()? else { return self.break_off("it breaks off inside of a hunk") };
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
        if self.peek(0).is_some_and(|line| line.starts_with(b"\\")) {
            self.take()?;
            unended(current.as_mut(), last_was_added);
        }
        if next_before != before.end || next_after != after.end {
            return self.fail("a hunk has other lines than its head says");
        }
        hunks.extend(current);
        Ok(())
    }
}

fn is_coloured(line: &[u8]) -> bool {
    line.starts_with(b"\x1b[")
}

fn is_combined(line: &[u8]) -> bool {
    [&b"diff --cc "[..], b"diff --combined ", b"@@@"].iter().any(|mark| line.starts_with(mark))
}

/// By its mark, or by the zeros in its first letters.
fn is_utf_16(diff: &[u8]) -> bool {
    matches!(diff, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [1..=255, 0, 1..=255, 0, ..] | [0, 1..=255, 0, 1..=255, ..])
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
