//! What can be written at a place: names of rules, and keys and values of golint.toml. Each replaces what was begun.

use golint_core::Rule;
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, TextEdit};
use serde_json::Value;

use crate::client::Client;
use crate::handbook::Handbook;
use crate::hover::about;
use crate::shape::Shape;
use crate::subject::{Subject, What};
use crate::toml::{Place, Role, Step};

/// What begins a name, or goes on with one that the editor takes for ended.
pub(crate) const TRIGGERS: [&str; 9] = [":", ",", " ", "-", "/", "\"", "[", ".", "="];

/// Something to offer.
struct Offer<'b> {
    /// As it is read.
    label: String,
    kind: CompletionItemKind,
    /// As it is written; none where that is the label.
    written: Option<String>,
    detail: Option<&'b str>,
    documentation: Option<String>,
}

/// All that can be offered, the best first.
pub(crate) fn complete(client: Client, subject: &Subject, book: &Handbook) -> Vec<CompletionItem> {
    let Some(range) = subject.replaced else { return Vec::new() };
    let (offers, quote) = match &subject.what {
        What::Name { others, .. } => {
            let rules = book.nameable().filter(|rule| !others.contains(&rule.name));
            (rules.map(|rule| of_rule(rule, None)).collect(), None)
        }
        What::Setting { place, quote, is_last } => (settings(place, *quote, *is_last, book), *quote),
    };
    let item = |(number, offer): (usize, Offer<'_>)| CompletionItem {
        // What stands before the cursor is compared with it, a quote included.
        filter_text: Some(quote.map(String::from).unwrap_or_default() + &offer.label),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range,
            new_text: offer.written.unwrap_or_else(|| offer.label.clone()),
        })),
        label: offer.label,
        kind: Some(offer.kind),
        detail: offer.detail.map(str::to_owned),
        documentation: offer
            .documentation
            .map(|text| Documentation::MarkupContent(client.marked_up(client.completes_in_markdown, text))),
        sort_text: Some(format!("{number:04}")),
        ..CompletionItem::default()
    };
    offers.into_iter().enumerate().map(item).collect()
}

fn of_rule(rule: &Rule, written: Option<String>) -> Offer<'_> {
    Offer {
        label: rule.name.clone(),
        kind: CompletionItemKind::VALUE,
        written,
        detail: Some(&rule.summary),
        documentation: Some(rule.explained()),
    }
}

fn settings<'b>(place: &Place, quote: Option<char>, is_last: bool, book: &'b Handbook) -> Vec<Offer<'b>> {
    let shape = Shape::at(&book.schema, &place.path);
    if place.role == Role::Value {
        return shape.values().into_iter().filter_map(|(value, said)| of_value(&value, said, quote, book)).collect();
    }
    let is_rules = place.path == [Step::Key("rules".to_owned())];
    let keys = shape.keys().into_iter().filter(|(_, shape)| place.role == Role::Key || shape.may_be_table());
    let keys = keys.map(|(key, shape)| {
        let equals = if is_last && (shape.may_be_other() || !shape.may_be_table()) { " = " } else { "" };
        let written = Some(format!("{}{equals}", written_key(key)));
        match book.rule(key).filter(|_| is_rules) {
            Some(rule) => of_rule(rule, written),
            None => Offer {
                label: key.to_owned(),
                kind: CompletionItemKind::PROPERTY,
                written,
                detail: None,
                documentation: about(&shape),
            },
        }
    });
    keys.collect()
}

/// None for what TOML has no words for, or what was begun as something else.
fn of_value<'b>(value: &Value, said: Option<&'b str>, quote: Option<char>, book: &'b Handbook) -> Option<Offer<'b>> {
    let documentation = said.map(str::to_owned);
    match value {
        Value::String(text) => {
            let written = Some(written_string(text, quote));
            Some(match book.rule(text) {
                Some(rule) => of_rule(rule, written),
                None => Offer {
                    label: text.clone(),
                    kind: CompletionItemKind::ENUM_MEMBER,
                    written,
                    detail: None,
                    documentation,
                },
            })
        }
        Value::Bool(_) | Value::Number(_) if quote.is_none() => Some(Offer {
            label: value.to_string(),
            kind: CompletionItemKind::VALUE,
            written: None,
            detail: None,
            documentation,
        }),
        _ => None,
    }
}

/// A key as TOML has it.
fn written_key(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { key.to_owned() } else { written_string(key, None) }
}

/// A string as TOML has it, in the quotes that were begun if they can hold it.
fn written_string(text: &str, quote: Option<char>) -> String {
    if quote == Some('\'') && !text.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{text}'");
    }
    // TOML's basic strings have all escapes of JSON's.
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_toml() {
        assert_eq!(written_key("severity"), "severity");
        assert_eq!(written_key("house/a"), "\"house/a\"");
        assert_eq!(written_key(""), "\"\"");
        assert_eq!(written_string("a\"\\\n", None), "\"a\\\"\\\\\\n\"");
        assert_eq!(written_string("a", Some('\'')), "'a'");
        assert_eq!(written_string("a'", Some('\'')), "\"a'\"");
    }
}
