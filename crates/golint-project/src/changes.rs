//! What changed from one state of files to another, read from a unified diff: which files, which lines, and where a line was
//! before.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use camino::{Utf8Path, Utf8PathBuf};

/// Changes of files, each with its path before and after.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    files: Vec<FileChange>,
    /// By the path after it.
    by_path: HashMap<Utf8PathBuf, usize>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Where it was; none for a new one.
    pub before: Option<Utf8PathBuf>,
    /// Where it is; none for one that is gone.
    pub after: Option<Utf8PathBuf>,
    /// Runs of lines that changed, in order; all of them, if it is new.
    hunks: Vec<Hunk>,
}

/// Lines that took the place of others: numbers from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hunk {
    before: Range<u32>,
    after: Range<u32>,
    removed: Vec<u8>,
    added: Vec<u8>,
}

/// What can't be understood in a diff.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct PatchError {
    /// From 1.
    pub line: usize,
    /// A sentence without a full stop.
    pub what: &'static str,
}

impl Changes {
    /// Reads a unified diff, as git and other programs write it; `place` turns a name in it into an absolute path.
    ///
    /// # Errors
    /// Where it breaks off or has parts that are no diff.
    pub fn parse(diff: &[u8], place: &dyn Fn(&str) -> Utf8PathBuf) -> Result<Changes, PatchError> {
        let mut reader = Reader { lines: diff.split_inclusive(|&byte| byte == b'\n').peekable(), line: 0 };
        let mut changes = Changes::default();
        while let Some(change) = reader.file(place)? {
            changes.add(change);
        }
        Ok(changes)
    }

    /// Adds what became of one more file.
    pub fn add(&mut self, change: FileChange) {
        if let Some(path) = &change.after {
            self.by_path.insert(path.clone(), self.files.len());
        }
        self.files.push(change);
    }

    /// All of them, in the order of the diff.
    pub fn files(&self) -> &[FileChange] {
        &self.files
    }

    /// What became of the file that is here now; none if it did not change.
    pub fn of(&self, path: &Utf8Path) -> Option<&FileChange> {
        self.by_path.get(path).map(|&place| &self.files[place])
    }
}

impl FileChange {
    /// Of a file that was not there before.
    pub fn created(path: Utf8PathBuf) -> FileChange {
        FileChange { before: None, after: Some(path), hunks: Vec::new() }
    }

    /// Whether any of these lines, numbered from 1, is new or was changed.
    pub fn touches(&self, lines: Range<u32>) -> bool {
        let overlaps = |hunk: &Hunk| hunk.after.start + 1 < lines.end && lines.start < hunk.after.end + 1;
        self.before.is_none() || self.hunks.iter().any(overlaps)
    }

    /// The number that a line, from 1, had before; none if it is new or was changed.
    pub fn line_before(&self, line: u32) -> Option<u32> {
        self.before.as_ref()?;
        let index = line.checked_sub(1)?;
        let hunk = self.hunks.partition_point(|hunk| hunk.after.end <= index);
        if self.hunks.get(hunk).is_some_and(|hunk| hunk.after.start <= index) {
            return None;
        }
        // All lines between two hunks move by the same.
        let (before, after) = match hunk.checked_sub(1).map(|last| &self.hunks[last]) {
            Some(last) => (last.before.end, last.after.end),
            None => (0, 0),
        };
        Some(before + (index - after) + 1)
    }

    /// The content before the change, from the one after it. Whether a line ends in CRLF or LF makes no difference: git writes
    /// diffs of files as `core.autocrlf` has them.
    ///
    /// # Errors
    /// The first line, from 1, that is not as the diff has it.
    pub fn undone(&self, after: &[u8]) -> Result<Vec<u8>, u32> {
        let lines: Vec<&[u8]> = after.split_inclusive(|&byte| byte == b'\n').collect();
        let (mut content, mut next) = (Vec::with_capacity(after.len()), 0);
        for hunk in &self.hunks {
            let (start, end) = (hunk.after.start as usize, hunk.after.end as usize);
            let kept = lines.get(next..start).ok_or(hunk.after.start + 1)?;
            let added = lines.get(start..end).ok_or(hunk.after.start + 1)?;
            let wanted = hunk.added.split_inclusive(|&byte| byte == b'\n');
            if !added.iter().map(|line| without_carriage_return(line)).eq(wanted.map(without_carriage_return)) {
                return Err(hunk.after.start + 1);
            }
            content.extend(kept.concat());
            content.extend(&hunk.removed);
            next = end;
        }
        content.extend(lines.get(next..).unwrap_or_default().concat());
        Ok(content)
    }
}

struct Reader<'d, I: Iterator<Item = &'d [u8]>> {
    lines: std::iter::Peekable<I>,
    /// Of the last one that was taken.
    line: usize,
}

impl<'d, I: Iterator<Item = &'d [u8]>> Reader<'d, I> {
    fn take(&mut self) -> Option<&'d [u8]> {
        self.line += 1;
        self.lines.next()
    }

    fn fail<T>(&self, what: &'static str) -> Result<T, PatchError> {
        Err(PatchError { line: self.line, what })
    }

    /// The next file; none at the end. What stands between files, as mails have it, says nothing.
    fn file(&mut self, place: &dyn Fn(&str) -> Utf8PathBuf) -> Result<Option<FileChange>, PatchError> {
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

/// What stands before the names of both sides.
struct Prefixes {
    old: String,
    new: String,
}

impl Prefixes {
    fn usual() -> Prefixes {
        Prefixes { old: "a/".into(), new: "b/".into() }
    }

    /// As `diff --git` has them, from both names of a file that was not renamed. With `--no-prefix` the names are the same, and
    /// that is told here only; with `diff.mnemonicPrefix` they begin with other letters.
    fn of(old: &str, new: &str) -> Prefixes {
        let [old, new] = if old == new { ["", ""] } else { [old, new].map(|name| &name[..Prefixes::len(name)]) };
        Prefixes { old: old.to_owned(), new: new.to_owned() }
    }

    /// Of a letter or digit and a slash, if the name begins with them.
    fn len(name: &str) -> usize {
        match name.as_bytes() {
            [letter, b'/', ..] if letter.is_ascii_alphanumeric() => 2,
            _ => 0,
        }
    }
}

/// The name behind `---` or `+++`; none for no file. Other programs write a time behind it.
fn name_of(written: &[u8], prefix: &str) -> Option<String> {
    let name = unquoted(written.split(|&byte| byte == b'\t').next().unwrap_or_default());
    (name != "/dev/null").then(|| without(&name, prefix))
}

fn is_binary(line: &[u8]) -> bool {
    line.starts_with(b"Binary files ") || line == b"GIT binary patch"
}

fn without(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).to_owned()
}

fn without_carriage_return(line: &[u8]) -> Vec<u8> {
    match line.strip_suffix(b"\r\n") {
        Some(text) => [text, b"\n"].concat(),
        None => line.to_vec(),
    }
}

/// Both names of `diff --git`, where they are of one length or quoted; renames tell theirs elsewhere.
fn both_names(written: &[u8]) -> Option<(String, String)> {
    if written.starts_with(b"\"") {
        let end = closing_quote(written)?;
        return Some((unquoted(&written[..=end]), unquoted(written.get(end + 2..)?)));
    }
    // `a/x b/x`, or without prefixes `x x`.
    let half = written.len().checked_sub(1)? / 2;
    let (old, new) = (unquoted(written.get(..half)?), unquoted(written.get(half + 1..)?));
    let same = old == new || old[Prefixes::len(&old)..] == new[Prefixes::len(&new)..];
    same.then_some((old, new))
}

fn closing_quote(written: &[u8]) -> Option<usize> {
    let mut index = 1;
    loop {
        match written.get(index)? {
            b'"' => return Some(index),
            b'\\' => index += 2,
            _ => index += 1,
        }
    }
}

/// A name as git quotes it, in the way of C, if it has to.
fn unquoted(written: &[u8]) -> String {
    let Some(inner) = written.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) else {
        return String::from_utf8_lossy(written).into_owned();
    };
    let (mut name, mut bytes) = (Vec::new(), inner.iter().copied().peekable());
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            name.push(byte);
            continue;
        }
        name.push(match bytes.next() {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b'v') => 11,
            Some(b'f') => 12,
            Some(digit @ b'0'..=b'7') => {
                let mut number = u32::from(digit - b'0');
                for _ in 0..2 {
                    if let Some(digit) = bytes.next_if(|byte| (b'0'..=b'7').contains(byte)) {
                        number = number * 8 + u32::from(digit - b'0');
                    }
                }
                number as u8
            }
            Some(other) => other,
            None => b'\\',
        });
    }
    match String::from_utf8_lossy(&name) {
        Cow::Borrowed(name) => name.to_owned(),
        Cow::Owned(name) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(diff: &str) -> Changes {
        Changes::parse(diff.as_bytes(), &|name| Utf8Path::new("/r").join(name)).expect("a diff")
    }

    fn paths(diff: &str) -> Vec<(String, String)> {
        let shown = |path: &Option<Utf8PathBuf>| path.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        parse(diff).files().iter().map(|file| (shown(&file.before), shown(&file.after))).collect()
    }

    fn pair(before: &str, after: &str) -> (String, String) {
        (before.to_owned(), after.to_owned())
    }

    const EDITED: &str = "diff --git a/x.go b/x.go
index 1..2 100644
--- a/x.go
+++ b/x.go
@@ -2 +2,2 @@ func f() {
-two
+2
+2.5
@@ -5,2 +5,0 @@
-five
-six
@@ -7,0 +7 @@
+nine
";

    #[test]
    fn lines_that_did_not_change_are_where_they_were() {
        let changes = parse(EDITED);
        let file = changes.of(Utf8Path::new("/r/x.go")).expect("it changed");
        let before: Vec<_> = (1..=8).map(|line| file.line_before(line)).collect();
        assert_eq!(before, [Some(1), None, None, Some(3), Some(4), Some(7), None, Some(8)]);
        let touched: Vec<u32> = (1..=8).filter(|&line| file.touches(line..line + 1)).collect();
        assert_eq!(touched, [2, 3, 7]);
        assert!(file.touches(5..7), "lines between these are gone");
        assert_eq!(file.line_before(0), None);
        let before = b"1\ntwo\n3\n4\nfive\nsix\n7\n8\n";
        assert_eq!(file.undone(b"1\n2\n2,5\n3\n4\n7\nnine\n8\n"), Err(2));
        assert_eq!(file.undone(b"1\n2\n2.5\n3\n4\n7\n"), Err(7));
        let after = b"1\n2\n2.5\n3\n4\n7\nnine\n";
        assert_eq!(file.undone(after).expect("it is as the diff says"), before[..before.len() - 2]);
    }

    #[test]
    fn every_line_of_a_new_file_is_new() {
        let file = FileChange::created("/r/x.go".into());
        assert!(file.touches(7..8));
        assert_eq!(file.line_before(7), None);
    }

    #[test]
    fn files_are_known_under_both_names() {
        let renamed =
            "diff --git a/old name.go b/d/new.go\nsimilarity index 100%\nrename from old name.go\nrename to d/new.go\n";
        assert_eq!(paths(renamed), [pair("/r/old name.go", "/r/d/new.go")]);
        let created = "diff --git a/x.go b/x.go\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/x.go\n@@ -0,0 +1 @@\n+a\n";
        assert_eq!(paths(created), [pair("-", "/r/x.go")]);
        let empty = "diff --git a/x y.go b/x y.go\nnew file mode 100644\nindex 0..1\n";
        assert_eq!(paths(empty), [pair("-", "/r/x y.go")]);
        let gone = "diff --git a/x.go b/x.go\ndeleted file mode 100644\n--- a/x.go\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        assert_eq!(paths(&format!("{gone}{created}")), [pair("/r/x.go", "-"), pair("-", "/r/x.go")]);
        let mode = "diff --git a/x.go b/x.go\nold mode 100644\nnew mode 100755\n";
        assert_eq!(paths(mode), [pair("/r/x.go", "/r/x.go")]);
        let bare = "diff --git b/z.go b/z.go\nnew file mode 100644\n--- /dev/null\n+++ b/z.go\n@@ -0,0 +1 @@\n+a\n";
        assert_eq!(paths(bare), [pair("-", "/r/b/z.go")], "without prefixes");
        let quoted = "diff --git \"a/\\303\\274\\t.go\" \"b/\\303\\274\\t.go\"\n--- \"a/\\303\\274\\t.go\"\n+++ \"b/\\303\\274\\t.go\"\n@@ -1 +1 @@\n-a\n+b\n";
        assert_eq!(paths(quoted), [pair("/r/\u{fc}\t.go", "/r/\u{fc}\t.go")]);
    }

    #[test]
    fn prefixes_are_what_somebody_set_them_to() {
        let edit = |old: &str, new: &str| {
            paths(&format!("diff --git {old} {new}\n--- {old}\n+++ {new}\n@@ -1 +1 @@\n-a\n+b\n"))
        };
        for (old, new) in [("i/", "w/"), ("c/", "i/"), ("o/", "w/"), ("1/", "2/"), ("w/", "i/"), ("b/", "a/")] {
            assert_eq!(edit(&format!("{old}x.go"), &format!("{new}x.go")), [pair("/r/x.go", "/r/x.go")]);
        }
        assert_eq!(edit("b/x.go", "b/x.go"), [pair("/r/b/x.go", "/r/b/x.go")]);
        let renamed = "diff --git i/long.go w/x.go\nrename from long.go\nrename to x.go\n--- i/long.go\n+++ w/x.go\n@@ -1 +1 @@\n-a\n+b\n";
        assert_eq!(paths(renamed), [pair("/r/long.go", "/r/x.go")]);
    }

    #[test]
    fn ends_of_lines_are_as_git_has_them() {
        let changes = parse("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n c\n");
        assert_eq!(changes.files()[0].undone(b"b\r\nc\r\n").as_deref(), Ok(&b"a\nc\r\n"[..]));
        let changes = parse("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\r\n+b\r\n c\r\n");
        assert_eq!(changes.files()[0].undone(b"b\nc\n").as_deref(), Ok(&b"a\r\nc\n"[..]));
    }

    #[test]
    fn other_programs_write_diffs_too() {
        let diff = "From: somebody\n\n text\n\nOnly in b: z\ndiff -u a/x.go b/x.go\n--- a/x.go\t2026-01-01 00:00:00\n+++ b/x.go\t2026-01-02\n\
                    @@ -1,3 +1,3 @@\n \n-b\n+--- c\n d\n\\ No newline at end of file\n--- y.go\n+++ y.go\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n-- \n2.39\n";
        assert_eq!(paths(diff), [pair("/r/x.go", "/r/x.go"), pair("/r/y.go", "/r/y.go")]);
        let changes = parse(diff);
        assert_eq!(changes.files()[0].undone(b"\n--- c\nd").as_deref(), Ok(&b"\nb\nd"[..]));
        assert_eq!(changes.files()[1].undone(b"b").as_deref(), Ok(&b"a\n"[..]));
        assert_eq!(paths("nothing\n"), []);
        assert_eq!(paths(""), []);
    }

    #[test]
    fn damaged_diffs_are_refused_with_the_line() {
        let error = |diff: &str| Changes::parse(diff.as_bytes(), &|name| name.into()).expect_err("refused").to_string();
        let head = "--- a/x\n+++ b/x\n";
        assert_eq!(error(&format!("{head}@@ -1 @@\n")), "line 3: a hunk's head is damaged");
        assert_eq!(error(&format!("{head}@@ -1 +1 @@\n-a\n")), "line 5: it breaks off inside of a hunk");
        assert_eq!(
            error(&format!("{head}@@ -1 +1 @@\n-a\nb\n")),
            "line 5: a line of a hunk begins with none of ` `, `+` and `-`"
        );
        assert_eq!(
            error(&format!("{head}@@ -1 +1 @@\n-a\n-a\n+b\n")),
            "line 6: a hunk has other lines than its head says"
        );
        assert_eq!(
            error(&format!("{head}@@ -9 +9 @@\n-a\n+a\n@@ -1 +1 @@\n-a\n+b\n")),
            "line 6: hunks are not in order"
        );
        assert_eq!(error("--- /dev/null\n+++ /dev/null\n"), "line 2: a file without a name");
        let coloured = "\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[1m--- a/x\x1b[m\n";
        assert_eq!(error(coloured), "line 1: it has colours; write it without them, as `git diff --no-color` does");
        assert_eq!(error(&format!("{head}@@ -1,4294967295 +2,4294967295 @@\n")), "line 3: a hunk's head is damaged");
    }

    mod random {
        use proptest::prelude::*;
        use similar::TextDiff;

        use super::*;

        fn text() -> impl Strategy<Value = String> {
            let line =
                prop::sample::select(&["a", "b", "c", "", "--- x", "+++ y", "@@ -1 +1 @@", "diff --git a/x b/x"][..]);
            (prop::collection::vec(line, 0..12), any::<bool>())
                .prop_map(|(lines, ends)| lines.join("\n") + if ends && !lines.is_empty() { "\n" } else { "" })
        }

        proptest! {
            #[test]
            fn what_a_diff_says_holds(before in text(), after in text(), context in 0..4_usize) {
                let diff = TextDiff::from_lines(&before, &after);
                let diff = diff.unified_diff().context_radius(context).header("a/x", "b/x").to_string();
                let changes = parse(&diff);
                prop_assert_eq!(changes.files().is_empty(), before == after);
                let Some(change) = changes.of(Utf8Path::new("/r/x")) else { return Ok(()) };
                let undone = change.undone(after.as_bytes()).expect("it fits");
                prop_assert_eq!(String::from_utf8_lossy(&undone), &*before);
                let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
                let (before, after) = (lines(&before), lines(&after));
                for line in 1..=after.len() as u32 {
                    let was = change.line_before(line);
                    prop_assert_eq!(was.is_none(), change.touches(line..line + 1));
                    if let Some(was) = was {
                        prop_assert_eq!(&before[was as usize - 1], &after[line as usize - 1]);
                    }
                }
            }

            #[test]
            fn no_bytes_are_too_much(bytes in prop::collection::vec(prop::sample::select(&b"-+@ \n\\1,9\"ab/"[..]), 0..60)) {
                let head = b"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n";
                for diff in [bytes.clone(), [&head[..], &bytes].concat()] {
                    if let Ok(changes) = Changes::parse(&diff, &|name| name.into()) {
                        for change in changes.files() {
                            let _ = (change.undone(&bytes), change.line_before(2), change.touches(1..9));
                        }
                    }
                }
            }
        }
    }
}
