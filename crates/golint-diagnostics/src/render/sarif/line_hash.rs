//! `primaryLocationLineHash`, the one partial fingerprint that GitHub's code scanning goes by. The action that uploads a
//! file computes it from the sources where it is missing and warns where it is another; whoever uploads by the API gets
//! alerts twice without it. So it is what that action (github/codeql-action, fingerprints.ts) says: a rolling hash,
//! modulo 2^64 to the base 37, over a window of 100 UTF-16 units that begins with the line; blanks and tabs don't count,
//! and every line end is one line feed.

use std::collections::VecDeque;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source_text::SourceTexts;

const WINDOW: u32 = 100;
const BASE: u64 = 37;
/// Stands behind the last unit of a file; zeros fill the window after it.
const END: u16 = 0xffff;

/// The hashes of the lines of one file after the other.
#[derive(Default)]
pub(super) struct LineHashes {
    /// Findings come sorted by file.
    last: Option<(Arc<str>, Vec<String>)>,
}

impl LineHashes {
    /// That of a line, from 1. None where the source is not available.
    pub(super) fn get(&mut self, path: &Arc<str>, line: u32, texts: &mut SourceTexts<'_>) -> Option<&str> {
        if self.last.as_ref().is_none_or(|(known, _)| known != path) {
            self.last = Some((Arc::clone(path), of_lines(&texts.get(path)?.bytes)));
        }
        let (_, hashes) = self.last.as_ref()?;
        hashes.get(line.checked_sub(1)? as usize).map(String::as_str)
    }
}

/// One for each line, with a count of equal ones behind it.
fn of_lines(source: &[u8]) -> Vec<String> {
    let leaving = BASE.wrapping_pow(WINDOW);
    // What is in the window, each with whether a line begins there.
    let mut window: VecDeque<(u16, bool)> = VecDeque::from(vec![(0, false); WINDOW as usize]);
    let mut hash = 0_u64;
    let mut counts = FxHashMap::<u64, u32>::default();
    let mut hashes = Vec::new();
    let mut push = |unit: u16, begins_line: bool| {
        let (first, began_line) = window.pop_front().unwrap_or_default();
        if began_line {
            let count = counts.entry(hash).or_insert(0);
            *count += 1;
            hashes.push(format!("{hash:x}:{count}"));
        }
        window.push_back((unit, begins_line));
        hash = BASE.wrapping_mul(hash).wrapping_add(unit.into()).wrapping_sub(leaving.wrapping_mul(first.into()));
    };

    let text = String::from_utf8_lossy(source);
    let (mut line_start, mut after_return) = (true, false);
    for unit in text.encode_utf16() {
        let skipped = matches!(unit, 0x20 | 0x09) || (after_return && unit == 0x0a);
        after_return = unit == 0x0d;
        if !skipped {
            let unit = if after_return { 0x0a } else { unit };
            push(unit, line_start);
            line_start = unit == 0x0a;
        }
    }
    push(END, line_start);
    for _ in 0..WINDOW {
        push(0, false);
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are what the action's own tests expect (fingerprints.test.ts).
    #[test]
    fn agrees_with_the_action_that_uploads() {
        assert_eq!(of_lines(b""), ["c129715d7a2bc9a3:1"]);
        let four = ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"];
        assert_eq!(of_lines(b" a\nb\n  \t\tc\n d"), four);
        let greetings = [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ];
        assert_eq!(of_lines(b" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n"), greetings);
        assert_eq!(of_lines(b" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n"), greetings);
        assert_eq!(of_lines(b" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"), greetings);
    }

    #[test]
    fn equal_lines_are_counted_as_the_action_does() {
        let hashes = of_lines("Lorem ipsum dolor sit amet.\n".repeat(10).as_bytes());
        assert_eq!(hashes[0], "a7f2ff13bc495cf2:1");
        assert_eq!(hashes[5], "a7f2ff13bc495cf2:6");
        assert_eq!(hashes[6], "a7f2ff1481e87703:1");
        assert_eq!(hashes.len(), 11);
    }
}
