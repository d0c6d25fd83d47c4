//! What diffs of git and of other programs say, and which are refused.

use super::*;

fn parse(diff: &str) -> Changes {
    Changes::parse(diff.as_bytes(), &|name| Utf8Path::new("/r").join(name)).expect("a diff")
}

fn paths(diff: &str) -> Vec<(String, String)> {
    let shown = |path: &Option<Utf8PathBuf>| path.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    parse(diff).files().iter().map(|file| (shown(&file.before), shown(&file.after))).collect()
}

fn error(diff: &str) -> String {
    Changes::parse(diff.as_bytes(), &|name| name.into()).expect_err("refused").to_string()
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
    let created =
        "diff --git a/x.go b/x.go\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/x.go\n@@ -0,0 +1 @@\n+a\n";
    assert_eq!(paths(created), [pair("-", "/r/x.go")]);
    let empty = "diff --git a/x y.go b/x y.go\nnew file mode 100644\nindex 0000000..e69de29\n";
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
    let edit =
        |old: &str, new: &str| paths(&format!("diff --git {old} {new}\n--- {old}\n+++ {new}\n@@ -1 +1 @@\n-a\n+b\n"));
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
    let head = "--- a/x\n+++ b/x\n";
    assert_eq!(error(&format!("{head}@@ -1 @@\n")), "line 3: a hunk's head is damaged");
    assert_eq!(error(&format!("{head}@@ -1 +1 @@\n-a\n")), "line 5: it breaks off inside of a hunk");
    assert_eq!(
        error(&format!("{head}@@ -1 +1 @@\n-a\nb\n")),
        "line 5: a line of a hunk begins with none of ` `, `+` and `-`"
    );
    assert_eq!(error(&format!("{head}@@ -1 +1 @@\n-a\n-a\n+b\n")), "line 6: a hunk has other lines than its head says");
    assert_eq!(error(&format!("{head}@@ -9 +9 @@\n-a\n+a\n@@ -1 +1 @@\n-a\n+b\n")), "line 6: hunks are not in order");
    assert_eq!(error("--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-a\n+b\n"), "line 5: a file without a name");
    assert_eq!(
        error("*** a/x\n--- b/x\n***************\n"),
        "line 3: a file without hunks; a unified diff is wanted, as `diff -u` writes it"
    );
    let coloured = "\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[1m--- a/x\x1b[m\n";
    assert_eq!(error(coloured), "line 1: it has colours; write it without them, as `git diff --no-color` does");
    assert_eq!(error(&format!("{head}@@ -1,4294967295 +2,4294967295 @@\n")), "line 3: a hunk's head is damaged");
}

/// By git: one file edited, one renamed and edited, one new.
const THREE: &str = "diff --git a/a.go b/a.go
index b3cf0b8..2b9a324 100644
--- a/a.go
+++ b/a.go
@@ -1,5 +1,5 @@
 package m
 
 func f() int {
-\treturn 1
+\treturn 2
 }
diff --git a/old name.go b/new.go
similarity index 90%
rename from old name.go
rename to new.go
index 824d518..41eed22 100644
--- a/old name.go\t
+++ b/new.go
@@ -6 +6 @@
-// line 6
+// line six
diff --git \"a/\\303\\274.go\" \"b/\\303\\274.go\"
new file mode 100644
index 0000000..efff527
--- /dev/null
+++ \"b/\\303\\274.go\"
@@ -0,0 +1,2 @@
+package m
+
";

/// By `git diff --binary`: without lines that are shown, but for the first.
const BARE: &str = "diff --git a/e.go b/e.go
deleted file mode 100644
index e69de29..0000000
diff --git a/g.png b/g.png
deleted file mode 100644
index 1c06251..0000000
Binary files a/g.png and /dev/null differ
diff --git a/l.png b/l.png
index c34463ca51fb43783440490cb7bce35c90a2c39f..10f50c4d4bd377007eaba60150cf5a6569eac0d1 100644
GIT binary patch
literal 2
JcmZQb0ssJH0Am0E

literal 40
ycmV+@0N4Kn5*{aKv`zVI0TYi&hCwj?My}hs<`*{h#NudHxwq4qs%?>5lCa}nfD|JD

diff --git a/mode.go b/mode.go
old mode 100644
new mode 100755
diff --git a/same.go b/d.go
similarity index 100%
copy from same.go
copy to d.go
diff --git a/z.go b/z.go
new file mode 100644
index 0000000..e69de29
";

/// The length of a diff up to these words and with them.
fn behind(diff: &str, words: &str) -> usize {
    diff.find(words).expect("it has them") + words.len()
}

/// Cuts a diff everywhere; it must be refused, but where nothing of a file is missing, which is at these lengths.
fn cut(diff: &str, whole: &[usize]) {
    let all = parse(diff);
    for length in 1..diff.len() {
        let place = |name: &str| Utf8Path::new("/r").join(name);
        match Changes::parse(&diff.as_bytes()[..length], &place) {
            Ok(changes) => {
                assert!(whole.contains(&length), "refused: {:?}", &diff[..length]);
                assert_eq!(changes.files(), &all.files()[..changes.files().len()], "{:?}", &diff[..length]);
            }
            Err(error) => {
                assert!(!whole.contains(&length), "{error}: {:?}", &diff[..length]);
                assert!(error.what.starts_with("it breaks off"), "{error}: {:?}", &diff[..length]);
                let line = diff[..length].lines().count();
                assert!((line..=line + 1).contains(&error.line), "{error}: {:?}", &diff[..length]);
            }
        }
    }
}

#[test]
fn diffs_that_break_off_are_refused() {
    cut(THREE, &[behind(THREE, "+\treturn 2\n }\n"), behind(THREE, "+// line six\n")]);
    let gone = "deleted file mode 100644\n";
    let ends = [
        // Files that are gone are so, with and without their lines.
        behind(BARE, gone),
        behind(BARE, "index e69de29..0000000\n"),
        behind(BARE, &format!("diff --git a/g.png b/g.png\n{gone}")),
        behind(BARE, "index 1c06251..0000000\n"),
        behind(BARE, "/dev/null differ\n"),
        // Mercurial writes one half of a binary patch.
        behind(BARE, "JcmZQb0ssJH0Am0E\n\n"),
        behind(BARE, "fD|JD\n\n"),
        behind(BARE, "new mode 100755\n"),
        behind(BARE, "copy to d.go\n"),
    ];
    cut(BARE, &ends);
    let plain = "--- a/x\t2026-01-01\n+++ b/x\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n--- y\n+++ y\n@@ -1 +1 @@\n-a\n+b\n";
    cut(plain, &[behind(plain, "+b\n")]);
}

/// A cut between a line and the mark that it has no end is one that shows when the diff is undone.
#[test]
fn the_mark_of_a_last_line_without_end_is_missed() {
    let diff = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n";
    assert_eq!(parse(diff).files()[0].undone(b"b").as_deref(), Ok(&b"a\n"[..]));
    assert_eq!(parse(&diff[..behind(diff, "+b\n")]).files()[0].undone(b"b"), Err(1));
    assert_eq!(parse(diff.trim_end()).files(), parse(diff).files());
}

#[test]
fn heads_without_content_are_refused() {
    let head = "diff --git a/x.go b/x.go\n";
    let index = "it breaks off in the head of a file, whose changed lines are missing; give the diff whole, and made without \
                 options such as `-w` that leave changed lines out";
    let bare = "it breaks off in the head of a file; give the diff whole";
    let names = "it breaks off behind the names of a file, before its hunks; give the diff whole";
    let quotes = "it breaks off inside of a quoted name; give the diff whole";
    for (diff, expected) in [
        (format!("{head}index 1111..2222 100644\n"), format!("line 3: {index}")),
        (format!("{head}index 1111..2222 100644\n{EDITED}"), format!("line 3: {index}")),
        (format!("{head}old mode 100644\nnew mode 100755\nindex 1111..2222\n"), format!("line 5: {index}")),
        (format!("{head}new file mode 100644\nindex 0000000..2222222\n"), format!("line 4: {index}")),
        ("diff --git a/x b/y\nsimilarity index 99%\nrename from x\nrename to y\n".into(), format!("line 5: {index}")),
        (head.into(), format!("line 2: {bare}")),
        (format!("{head}{EDITED}"), format!("line 2: {bare}")),
        (
            format!("{head}GIT binary patch\n\n"),
            "line 3: it breaks off inside of a binary patch; give the diff whole".into(),
        ),
        (format!("{head}text\n"), format!("line 2: {bare}")),
        ("diff --git a/a\n".into(), format!("line 2: {bare}")),
        (format!("diff --git a/a\n{EDITED}"), format!("line 2: {bare}")),
        (format!("{head}old mode 100644\n"), format!("line 3: {bare}")),
        (format!("{head}rename from x.go\n"), format!("line 3: {bare}")),
        (format!("{head}--- a/x.go\n"), format!("line 3: {names}")),
        (format!("{head}--- a/x.go\n+++ b/x.go\n"), format!("line 4: {names}")),
        (format!("{head}--- a/x.go\n+++ b/x.go\n{EDITED}"), format!("line 4: {names}")),
        ("--- a/x.go\n+++ b/x.go\n".into(), format!("line 3: {names}")),
        ("diff --git \"a/\\303 \"b/\\303\"\n".into(), format!("line 1: {quotes}")),
        ("diff --git \"a/\\303\" \"b/\\303\n".into(), format!("line 1: {quotes}")),
        ("diff --git \"a/\\303\"\n".into(), format!("line 1: {quotes}")),
        ("diff --git a/x \"b/\\303\n".into(), format!("line 1: {quotes}")),
        (format!("{head}rename from \"x\n"), format!("line 2: {quotes}")),
        (format!("{head}--- \"x\n+++ y\n@@ -1 +1 @@\n"), format!("line 2: {quotes}")),
    ] {
        assert_eq!(error(&diff), expected, "{diff}");
    }
}

#[test]
fn binary_files_are_known_under_their_names() {
    for (old, new) in [("a/x.png", "b/x.png"), ("x.png", "x.png"), ("i/x.png", "w/x.png")] {
        let head = format!("diff --git {old} {new}\n");
        let patch = "GIT binary patch\nliteral 0\nHcmV?d00001\n\nliteral 3\nKcmZQz0000000000\n\n";
        let note = |old: &str, new: &str| format!("Binary files {old} and {new} differ\n");
        for content in [&note(old, "/dev/null"), patch] {
            let gone = format!("{head}deleted file mode 100644\nindex 1111111..0000000\n{content}");
            assert_eq!(paths(&format!("{gone}{EDITED}")), [pair("/r/x.png", "-"), pair("/r/x.go", "/r/x.go")]);
        }
        for content in [&note("/dev/null", new), patch] {
            let created = format!("{head}new file mode 100644\nindex 0000000..1111111\n{content}");
            assert_eq!(paths(&created), [pair("-", "/r/x.png")]);
        }
        for content in [&note(old, new), patch] {
            let diff = format!("{head}index 1111111..2222222 100644\n{content}");
            assert_eq!(paths(&diff), [pair("/r/x.png", "/r/x.png")]);
            // All of it may be new.
            let changes = parse(&diff);
            let file = &changes.files()[0];
            assert!(file.touches(7..8));
            assert_eq!(file.line_before(7), None);
            assert_eq!(file.undone(b"now").as_deref(), Ok(&b"now"[..]));
        }
    }
    let renamed = "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nindex 1111..2222\nBinary files a/x and b/y differ\n";
    assert_eq!(paths(renamed), [pair("/r/x", "/r/y")]);
    // GNU diff tells of files that differ, between others.
    let plain = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nBinary files a/y and b/y differ\n";
    assert_eq!(paths(plain), [pair("/r/x", "/r/x")]);
}

#[test]
fn combined_diffs_are_refused() {
    let expected = "a combined diff of a merge; give one against one side, as `git diff HEAD^1` writes it";
    let names = "index 749b185,db1ba60..0000000\n--- a/x.go\n+++ b/x.go\n@@@ -1,1 -1,1 +1,2 @@@\n++a\n  b\n";
    for (head, line) in [("diff --cc x.go\n", 1), ("diff --combined x.go\n", 1), ("", 4)] {
        assert_eq!(error(&format!("{head}{names}")), format!("line {line}: {expected}"));
    }
    assert_eq!(error(&format!("{EDITED}diff --cc x.go\n{names}")), format!("line 14: {expected}"));
}

#[test]
fn other_encodings_are_refused_or_read() {
    let units = || EDITED.encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    for diff in [[b"\xff\xfe", &*little].concat(), [b"\xfe\xff", &*big].concat(), little, big] {
        let error = Changes::parse(&diff, &|name| name.into()).expect_err("refused").to_string();
        assert_eq!(
            error,
            "line 1: it is UTF-16, as `>` of PowerShell writes it; write it as UTF-8, as `git diff --output=FILE` does"
        );
    }
    let gone = "\u{feff}diff --git a/x b/x\ndeleted file mode 100644\n";
    assert_eq!(paths(gone), [pair("/r/x", "-")]);
}

#[test]
fn messages_of_mails_say_nothing() {
    let mail = |text: &str| {
        format!("From 1 Mon Sep 17 00:00:00 2001\nSubject: s\n\n{text}---\n x.go | 2 +-\n\n{EDITED}-- \n2.39\n\n")
    };
    for text in ["--- x\n+++ y\n", "--- x\n", "--- \"x\n+++ y\n\n@@ -1 +1 @@\n", "*** x\n--- y\n", "text\n"] {
        assert_eq!(paths(&mail(text)), [pair("/r/x.go", "/r/x.go")], "{text}");
        assert_eq!(paths(&format!("{THREE}{}", mail(text))).len(), 4, "{text}");
        assert_eq!(paths(&format!("{BARE}{}", mail(text))).len(), 7, "{text}");
    }
    // Where there is no message, it is a part of something.
    assert!(error(&format!("{THREE}--- x\n+++ y\n{EDITED}")).starts_with("line 32: a file without hunks"));
    assert!(error(&format!("{THREE}\n@@ -9 +9 @@\n-a\n+b\n")).starts_with("line 31: a hunk without"));
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
