//! What an editor asks about when it names a place: a rule's name in a comment that suppresses, or a key or value in
//! golint.toml. Reads text, also such as somebody is typing, and knows no rule.

use std::ops::Range;

use golint_core::named_rules;

use crate::document::{Document, Kind};
use crate::text::Encoding;
use crate::toml::{Place, Quotes, Role, place_at};

/// What stands at a place in a document.
pub(crate) struct Subject {
    pub(crate) what: What,
    /// What hovering is about.
    pub(crate) range: lsp_types::Range,
    /// What a completion replaces; none where nothing can be completed.
    pub(crate) replaced: Option<lsp_types::Range>,
}

pub(crate) enum What {
    /// A name in a directive, and the other names there.
    Name { name: String, others: Vec<String> },
    /// A key or value of golint.toml.
    Setting {
        place: Place,
        /// The quote that it begins with.
        quote: Option<char>,
        /// Nothing follows on the line.
        is_last: bool,
    },
}

impl Subject {
    /// What stands at a byte of this document, if it is something that there is something to say about.
    pub(crate) fn at(document: &Document, offset: usize, encoding: Encoding) -> Option<Subject> {
        let (what, range, replaced) = match document.kind {
            Kind::Go => in_comment(document.text.bytes(), offset)?,
            Kind::Configuration => in_configuration(std::str::from_utf8(document.text.bytes()).ok()?, offset)?,
            Kind::Settings => return None,
        };
        let place = |range| document.text.range(range, encoding);
        Some(Subject { what, range: place(range), replaced: replaced.map(place) })
    }
}

type Found = (What, Range<usize>, Option<Range<usize>>);

fn in_comment(source: &[u8], offset: usize) -> Option<Found> {
    // Most lines have no directive, and need no look at what stands above them.
    let before = memchr::memrchr(b'\n', source.get(..offset)?).map_or(0, |at| at + 1);
    memchr::memmem::find(&source[before..offset], b"//")?;
    let comment = golint_syntax::comment_at(source, offset)?;
    let text = std::str::from_utf8(&source[comment.clone()]).ok()?;
    let words = named_rules(text)?.into_iter().map(|name| {
        // Without the reason that some write behind the names.
        let length = text[name.clone()].find(char::is_whitespace).unwrap_or(name.len());
        name.start..name.start + length
    });
    let words: Vec<Range<usize>> = words.collect();
    let at = offset - comment.start;
    let place = words.iter().position(|word| word.start <= at && at <= word.end)?;
    let name = |word: &Range<usize>| text[word.clone()].to_lowercase();
    let others = words.iter().enumerate().filter(|&(number, _)| number != place).map(|(_, word)| name(word)).collect();
    let range = comment.start + words[place].start..comment.start + words[place].end;
    Some((What::Name { name: name(&words[place]), others }, range.clone(), Some(range)))
}

fn in_configuration(text: &str, offset: usize) -> Option<Found> {
    let place = place_at(text, offset)?;
    let content = place.content();
    let begun = text.get(place.range.start..offset)?;
    let quote = begun.chars().next().filter(|first| matches!(first, '"' | '\''));
    let replaced = match place.quotes {
        Quotes::None => Some(place.range.clone()),
        // Several lines are no name.
        Quotes::Around(1) if content.start <= offset && offset <= content.end => Some(place.range.clone()),
        // What follows on the line may be no part of it.
        Quotes::Open(1) if content.start <= offset => {
            let rest = text[offset..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_/*".contains(byte));
            Some(place.range.start..offset + rest.count())
        }
        Quotes::Around(_) | Quotes::Open(_) => None,
    };
    let behind = replaced.as_ref().map_or(place.range.end, |range| range.end);
    let rest = text[behind..].lines().next().unwrap_or_default().trim_start();
    let is_last = place.role == Role::Key && (rest.is_empty() || rest.starts_with('#'));
    let range = place.range.clone();
    Some((What::Setting { place, quote, is_last }, range, replaced))
}
