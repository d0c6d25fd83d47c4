//! Random edits against a reference that is too simple to be wrong.

use proptest::prelude::*;

use super::{apply_edits, apply_fixes};
use crate::{Applicability, Edit, Fix, Location, Span};

fn edit(start: usize, end: usize, text: &str) -> Edit {
    Edit::new(Location::new("a.go", Span::new(start as u32, end as u32)), text)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z\n]{1,4}", any::<String>()]
}

fn source() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..40)
}

/// Anywhere in so many bytes and a little behind them, the wrong way round included.
fn anywhere() -> impl Strategy<Value = Edit> {
    let at = || 0..44_usize;
    prop_oneof![
        8 => (at(), 0..6_usize, text()).prop_map(|(start, length, text)| edit(start, start + length, &text)),
        1 => (at(), at(), text()).prop_map(|(start, end, text)| edit(start, end, &text)),
    ]
}

/// A source with edits that fit together, in the order of the source: the places between them are cuts of it.
fn apart() -> impl Strategy<Value = (Vec<u8>, Vec<Edit>)> {
    let cuts = prop::collection::btree_set(0..40_usize, 0..16);
    (source(), cuts, prop::collection::vec((text(), any::<bool>()), 16)).prop_map(|(source, cuts, texts)| {
        let cuts: Vec<usize> = cuts.into_iter().filter(|&cut| cut <= source.len()).collect();
        let pairs = cuts.chunks_exact(2).zip(texts);
        // An insertion, or what is between two cuts; the next one begins at a later byte.
        let edits = pairs.map(|(cut, (text, inserts))| edit(cut[0], if inserts { cut[0] } else { cut[1] }, &text));
        let edits = edits.collect();
        (source, edits)
    })
}

fn range(edit: &Edit) -> (usize, usize) {
    (edit.location.span.start as usize, edit.location.span.end as usize)
}

/// Two edits that can't both be made: they share a byte, one inserts inside of the other, or both are at one place and
/// not the same.
fn clash(a: &Edit, b: &Edit) -> bool {
    let ((a_start, a_end), (b_start, b_end)) = (range(a), range(b));
    a != b && ((a_start, a_end) == (b_start, b_end) || (a_start < b_end && b_start < a_end))
}

fn is_inside(edit: &Edit, source: &[u8]) -> bool {
    let (start, end) = range(edit);
    start <= end && end <= source.len()
}

/// From the last edit to the first, so that no offset moves.
fn spliced(source: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut edits = edits.to_vec();
    edits.sort_by_key(range);
    edits.dedup();
    let mut bytes = source.to_vec();
    for edit in edits.iter().rev() {
        let (start, end) = range(edit);
        bytes.splice(start..end, edit.text.bytes());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn edits_that_fit_together_are_made_in_any_order((source, edits) in apart(), seed in any::<u64>()) {
        let expected = Some(spliced(&source, &edits));
        prop_assert_eq!(&apply_edits(&source, &edits), &expected);
        let mut shuffled = edits.clone();
        // Each twice, in an order that the seed decides.
        shuffled.extend(edits);
        shuffled.sort_by_key(|edit| (u64::from(edit.location.span.start) + 1).wrapping_mul(seed | 1) >> 32);
        prop_assert_eq!(&apply_edits(&source, &shuffled), &expected);
        shuffled.reverse();
        prop_assert_eq!(&apply_edits(&source, &shuffled), &expected);
    }

    #[test]
    fn edits_are_made_exactly_if_none_clash(source in source(), edits in prop::collection::vec(anywhere(), 0..6)) {
        let clashes = edits.iter().enumerate().any(|(i, a)| edits[..i].iter().any(|b| clash(a, b)));
        let expected = (!clashes && edits.iter().all(|edit| is_inside(edit, &source))).then(|| spliced(&source, &edits));
        prop_assert_eq!(&apply_edits(&source, &edits), &expected);
        let reversed: Vec<Edit> = edits.into_iter().rev().collect();
        prop_assert_eq!(&apply_edits(&source, &reversed), &expected);
    }

    #[test]
    fn each_fix_is_taken_that_fits_to_those_before(
        source in source(),
        fixes in prop::collection::vec(prop::collection::vec(anywhere(), 0..4), 0..8),
    ) {
        let (mut taken, mut applied, mut skipped): (Vec<Edit>, Vec<usize>, Vec<usize>) = Default::default();
        for (number, edits) in fixes.iter().enumerate() {
            let fits = |edit: &Edit| !taken.iter().chain(edits).any(|other| clash(edit, other));
            if !edits.is_empty() && edits.iter().all(|edit| is_inside(edit, &source) && fits(edit)) {
                taken.extend_from_slice(edits);
                applied.push(number);
            } else {
                skipped.push(number);
            }
        }
        let fix = |edits| Fix { title: "t".into(), applicability: Applicability::Safe, edits };
        let fixes: Vec<Fix> = fixes.into_iter().map(fix).collect();
        let patched = apply_fixes("a.go", &source, &fixes);
        prop_assert_eq!(patched.bytes, spliced(&source, &taken));
        prop_assert_eq!((patched.applied, patched.skipped), (applied, skipped));
    }
}
