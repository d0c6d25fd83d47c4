//! What to tell whoever moves, as plain text of at most 100 columns. Decides nothing.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::hash::Hash;

use crate::{Kept, Migration, Note, Version};

const WIDTH: usize = 100;

impl Migration {
    /// What to tell: what golangci-lint must keep running, what is a flag here, what did not
    /// carry over, and what is not needed. Ends in a line end.
    pub fn report(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Migration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = match self.version {
            Version::One => 1,
            Version::Two => 2,
        };
        let mut text = format!("Read as a configuration of golangci-lint, version {version}.\n");
        let (plain, explained): (Vec<&Kept>, Vec<&Kept>) = self.kept.iter().partition(|kept| kept.why.is_empty());
        if self.kept.is_empty() {
            heading(&mut text, "No linter is left for golangci-lint to run.");
        } else {
            heading(&mut text, "golangci-lint must keep running:");
        }
        for (why, linters) in grouped(explained.iter().flat_map(|kept| kept.why.iter().map(|why| (why, &kept.linter))))
        {
            let names: Vec<&str> = linters.iter().map(|linter| linter.as_str()).collect();
            item(&mut text, &format!("{}: {why}", names.join(", ")));
        }
        if !plain.is_empty() {
            let names: Vec<&str> = plain.iter().map(|kept| kept.linter.as_str()).collect();
            item(&mut text, &names.join(", "));
        }
        if let Some(command) = &self.command {
            heading(&mut text, "Some keys are flags here; this does what they did:");
            let _ = writeln!(text, "  {command}");
        }
        notes(&mut text, "Did not carry over:", &self.lost);
        notes(&mut text, "Not needed here:", &self.needless);
        f.write_str(&text)
    }
}

fn heading(text: &mut String, heading: &str) {
    let _ = write!(text, "\n{heading}\n");
}

fn notes(text: &mut String, title: &str, notes: &[Note]) {
    if notes.is_empty() {
        return;
    }
    heading(text, title);
    let what = |note: &Note| {
        let help = note.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}: {}{help}", note.key, note.message)
    };
    for (what, mut lines) in grouped(notes.iter().map(|note| (what(note), note.line))) {
        lines.dedup();
        let word = if lines.len() == 1 { "line" } else { "lines" };
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        item(text, &format!("{word} {}, {what}", lines.join(", ")));
    }
}

/// What is said of several is said once.
fn grouped<K: Clone + Eq + Hash, V>(pairs: impl Iterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    for (key, value) in pairs {
        let at = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
}

/// One item, wrapped between words; what has no blank is never cut.
fn item(text: &mut String, item: &str) {
    let mut column = 0;
    for word in item.split(' ') {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            text.push('\n');
            column = 0;
        }
        let lead = match column {
            0 if text.ends_with('\n') && !text.ends_with("\n\n") && is_first(item, word) => "  ",
            0 => "      ",
            _ => " ",
        };
        text.push_str(lead);
        text.push_str(word);
        column += lead.len() + width;
    }
    text.push('\n');
}

fn is_first(item: &str, word: &str) -> bool {
    std::ptr::eq(item.as_ptr(), word.as_ptr())
}
