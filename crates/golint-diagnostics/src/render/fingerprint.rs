//! Fingerprints by which a service knows a finding again when lines have moved (SARIF §3.27.17, GitLab's Code Quality).
//! Made of the rule, the path, the text of the line without its white space, and a count of equal ones; never of line
//! numbers or messages.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::source_text::SourceTexts;
use crate::{Diagnostic, Report, Silence};

/// The findings of a report with the silent ones among them, in their order: a fingerprint's count must not change when a
/// finding falls silent. With a silent one stands why it is.
pub(super) fn with_silent(report: &Report) -> Vec<(&Diagnostic, Option<&Silence>)> {
    let mut all: Vec<(&Diagnostic, Option<&Silence>)> = Vec::new();
    all.extend(report.diagnostics.iter().map(|diagnostic| (diagnostic, None)));
    all.extend(report.silent.iter().map(|(diagnostic, why)| (diagnostic, Some(why))));
    all.sort();
    all
}

/// The count goes with the order of asking, which has to be that of [`with_silent`].
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<[u8; 16], u32>,
    /// The line that was asked for last: a line of a megabyte may hold thousands of findings.
    last_line: Option<(Arc<str>, u32, [u8; 32])>,
}

impl Fingerprints {
    /// That of the next finding; no other one has it.
    pub(super) fn next(&mut self, diagnostic: &Diagnostic, texts: &mut SourceTexts<'_>) -> String {
        let line = self.line_digest(diagnostic, texts);
        let mut hash = Sha256::new();
        for part in [diagnostic.rule.as_bytes(), diagnostic.path().as_bytes(), &line] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hash.finalize()[..16]);
        let count = self.seen.entry(short).or_insert(0);
        *count += 1;
        let hex: String = short.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{hex}:{count}")
    }

    fn line_digest(&mut self, diagnostic: &Diagnostic, texts: &mut SourceTexts<'_>) -> [u8; 32] {
        let path = diagnostic.path();
        let Some(text) = texts.get(path) else { return Sha256::digest(&diagnostic.message).into() };
        let line = text.lines.line_of(diagnostic.span().start);
        if let Some((last_path, last_line, digest)) = &self.last_line
            && last_path == path
            && *last_line == line
        {
            return *digest;
        }
        let mut hash = Sha256::new();
        for word in text.line(line).split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
            hash.update(word);
            hash.update(b" ");
        }
        let digest = hash.finalize().into();
        self.last_line = Some((Arc::clone(path), line, digest));
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Location, Sources, Span};

    struct One(&'static str);

    impl Sources for One {
        fn source(&self, _: &str) -> Option<Arc<[u8]>> {
            Some(Arc::from(self.0.as_bytes()))
        }
    }

    fn prints(source: &'static str, starts: &[u32]) -> Vec<String> {
        let sources = One(source);
        let mut texts = SourceTexts::new(&sources);
        let mut prints = Fingerprints::default();
        let find = |&at: &u32| Diagnostic::new("r", Location::new("a.go", Span::empty(at)), "m");
        starts.iter().map(|at| prints.next(&find(at), &mut texts)).collect()
    }

    #[test]
    fn moved_and_indented_lines_keep_theirs() {
        assert_eq!(prints("x = 1\n", &[0]), prints("\n\n\tx  =\t1  \r\n", &[3]));
        assert_ne!(prints("x = 1\n", &[0]), prints("x = 2\n", &[0]));
    }

    #[test]
    fn equal_lines_are_counted() {
        let prints = prints("x\nx\ny\n", &[0, 2, 4]);
        assert!(prints[0].ends_with(":1") && prints[1].ends_with(":2") && prints[2].ends_with(":1"));
        assert_eq!(prints[0].split(':').next(), prints[1].split(':').next());
    }
}
