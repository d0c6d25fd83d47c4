//! What diffs of git and of other programs say, and which are refused.

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
    let created =
        "diff --git a/x.go b/x.go\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/x.go\n@@ -0,0 +1 @@\n+a\n";
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
    let error = |diff: &str| Changes::parse(diff.as_bytes(), &|name| name.into()).expect_err("refused").to_string();
    let head = "--- a/x\n+++ b/x\n";
    assert_eq!(error(&format!("{head}@@ -1 @@\n")), "line 3: a hunk's head is damaged");
    assert_eq!(error(&format!("{head}@@ -1 +1 @@\n-a\n")), "line 5: it breaks off inside of a hunk");
    assert_eq!(
        error(&format!("{head}@@ -1 +1 @@\n-a\nb\n")),
        "line 5: a line of a hunk begins with none of ` `, `+` and `-`"
    );
    assert_eq!(error(&format!("{head}@@ -1 +1 @@\n-a\n-a\n+b\n")), "line 6: a hunk has other lines than its head says");
    assert_eq!(error(&format!("{head}@@ -9 +9 @@\n-a\n+a\n@@ -1 +1 @@\n-a\n+b\n")), "line 6: hunks are not in order");
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
