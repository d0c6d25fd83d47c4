//! Applies fixes to bytes, and shows what they changed as a unified diff. Never decodes the bytes, so invalid UTF-8,
//! byte order marks and line ends survive; never reads or writes files.

mod unified;

use std::collections::BTreeMap;

use crate::{Edit, Fix};

pub use unified::{DiffStyle, unified_diff};
pub(crate) use unified::{diff, lines};

/// What became of a file and of the fixes for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patched {
    /// The file after the fixes that were applied.
    pub bytes: Vec<u8>,
    /// Indices of the fixes that are in `bytes`, ascending.
    pub applied: Vec<usize>,
    /// Indices of the others: they overlap an applied one (another round may take them), or their edits are outside of
    /// the file, in another one, overlap each other, or are none at all.
    pub skipped: Vec<usize>,
}

/// Applies as many of `fixes` as fit together to `source`, the file that is shown as `path`. Earlier ones win; each
/// is applied as a whole or not at all. Edits that are equal (same span, same text) are one edit, however many
/// fixes hold it. Two different insertions at one offset count as overlapping: their order would be a guess.
pub fn apply_fixes<'a>(path: &str, source: &[u8], fixes: impl IntoIterator<Item = &'a Fix>) -> Patched {
    let mut accepted = EditSet::default();
    let (mut applied, mut skipped) = (Vec::new(), Vec::new());
    for (i, fix) in fixes.into_iter().enumerate() {
        let sound = !fix.edits.is_empty()
            && fix.edits.iter().all(|edit| {
                let span = edit.location.span;
                *edit.location.path == *path && span.start <= span.end && span.end as usize <= source.len()
            });
        let fits = sound && accepted.insert_all(&fix.edits);
        if fits { &mut applied } else { &mut skipped }.push(i);
    }
    Patched { bytes: accepted.apply(source), applied, skipped }
}

/// Applies edits to `source` without looking at their paths. None if one is outside of it or two overlap; equal ones
/// are one edit.
pub fn apply_edits(source: &[u8], edits: &[Edit]) -> Option<Vec<u8>> {
    let inside = |edit: &Edit| {
        let span = edit.location.span;
        span.start <= span.end && span.end as usize <= source.len()
    };
    let mut set = EditSet::default();
    (edits.iter().all(inside) && set.insert_all(edits)).then(|| set.apply(source))
}

/// Edits that don't overlap, by start and end.
#[derive(Default)]
struct EditSet<'a> {
    edits: BTreeMap<(u32, u32), &'a str>,
}

impl<'a> EditSet<'a> {
    /// Takes all of `edits`, or none of them where one overlaps another or what is there.
    fn insert_all(&mut self, edits: &'a [Edit]) -> bool {
        let mut added = Vec::new();
        for edit in edits {
            let key = (edit.location.span.start, edit.location.span.end);
            if self.edits.get(&key) == Some(&edit.text.as_str()) {
                continue;
            }
            if self.overlaps(key) {
                for key in added {
                    self.edits.remove(&key);
                }
                return false;
            }
            self.edits.insert(key, &edit.text);
            added.push(key);
        }
        true
    }

    /// As the edits in the set overlap none of each other, only the neighbours need a look.
    fn overlaps(&self, (start, end): (u32, u32)) -> bool {
        let behind = self.edits.range((start, end)..).next();
        let before = self.edits.range(..(start, end)).next_back();
        self.edits.contains_key(&(start, end))
            || behind.is_some_and(|(&(next, _), _)| next < end)
            || before.is_some_and(|(&(_, last), _)| last > start)
    }

    fn apply(&self, source: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(source.len() + 64);
        let mut done = 0;
        for (&(start, end), text) in &self.edits {
            out.extend_from_slice(&source[done..start as usize]);
            out.extend_from_slice(text.as_bytes());
            done = end as usize;
        }
        out.extend_from_slice(&source[done..]);
        out
    }
}

#[cfg(test)]
mod random;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Applicability, Location, Span};

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edit =
            |&(start, end, text): &(u32, u32, &str)| Edit::new(Location::new("a.go", Span::new(start, end)), text);
        Fix { title: "t".into(), applicability: Applicability::Safe, edits: edits.iter().map(edit).collect() }
    }

    #[track_caller]
    fn check(source: &str, fixes: &[Fix], expected: &str, applied: &[usize]) {
        let patched = apply_fixes("a.go", source.as_bytes(), fixes);
        assert_eq!(String::from_utf8_lossy(&patched.bytes), expected);
        assert_eq!(patched.applied, applied);
        let skipped: Vec<usize> = (0..fixes.len()).filter(|i| !applied.contains(i)).collect();
        assert_eq!(patched.skipped, skipped);
    }

    #[test]
    fn replaces_inserts_and_deletes() {
        check("hello", &[fix(&[(5, 5, "!"), (0, 1, "J"), (2, 4, "")])], "Jeo!", &[0]);
    }

    #[test]
    fn the_earlier_of_two_overlapping_fixes_wins() {
        check("abcdef", &[fix(&[(1, 3, "X")]), fix(&[(2, 4, "Y")]), fix(&[(3, 4, "Z")])], "aXZef", &[0, 2]);
        check("abcdef", &[fix(&[(1, 5, "X")]), fix(&[(3, 3, "Y")])], "aXf", &[0]);
        check("abcdef", &[fix(&[(3, 3, "Y")]), fix(&[(1, 5, "X")])], "abcYdef", &[0]);
    }

    #[test]
    fn a_fix_is_taken_whole_or_not_at_all() {
        check("abcdef", &[fix(&[(4, 5, "X")]), fix(&[(0, 1, "Y"), (4, 6, "Z")])], "abcdXf", &[0]);
        check("abcdef", &[fix(&[(0, 2, "X"), (1, 3, "Y")])], "abcdef", &[]);
    }

    #[test]
    fn equal_edits_are_one() {
        let same = fix(&[(1, 1, "v := v\n")]);
        check("{}", &[same.clone(), same.clone(), same], "{v := v\n}", &[0, 1, 2]);
        check("abc", &[fix(&[(0, 1, "X"), (2, 3, "Z")]), fix(&[(2, 3, "Z")])], "XbZ", &[0, 1]);
    }

    #[test]
    fn two_insertions_at_one_place_overlap() {
        check("ab", &[fix(&[(1, 1, "x")]), fix(&[(1, 1, "y")])], "axb", &[0]);
    }

    #[test]
    fn touching_edits_dont_overlap() {
        check(
            "abcd",
            &[fix(&[(1, 2, "X")]), fix(&[(2, 3, "Y")]), fix(&[(1, 1, "<")]), fix(&[(3, 3, ">")])],
            "a<XY>d",
            &[0, 1, 2, 3],
        );
    }

    #[test]
    fn edits_elsewhere_are_refused() {
        let mut other = fix(&[(0, 1, "X")]);
        other.edits[0].location.path = "b.go".into();
        check("abc", &[other, fix(&[(2, 9, "X")]), fix(&[(2, 1, "X")]), fix(&[])], "abc", &[]);
        check("", &[fix(&[(0, 0, "x")])], "x", &[0]);
    }

    #[test]
    fn bytes_are_not_decoded() {
        let patched = apply_fixes("a.go", b"\xef\xbb\xbf\xff\r\nz\xc3", &[fix(&[(6, 7, "y")])]);
        assert_eq!(patched.bytes, b"\xef\xbb\xbf\xff\r\ny\xc3");
    }
}
