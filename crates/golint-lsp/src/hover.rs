//! What is shown about a place: the documentation of a rule that is named there, or what a key of golint.toml means.

use lsp_types::{Hover, HoverContents};

use crate::client::Client;
use crate::handbook::Handbook;
use crate::shape::Shape;
use crate::subject::{Subject, What};
use crate::toml::{Place, Role, Step};

/// What there is to show, if anything.
pub(crate) fn hover(client: Client, subject: &Subject, book: &Handbook) -> Option<Hover> {
    let text = match &subject.what {
        What::Name { name, .. } => book.rule(name)?.explained(),
        What::Setting { place, .. } => setting(place, book)?,
    };
    let contents = HoverContents::Markup(client.marked_up(client.hovers_in_markdown, text));
    Some(Hover { contents, range: Some(subject.range) })
}

fn setting(place: &Place, book: &Handbook) -> Option<String> {
    let parent = Shape::at(&book.schema, &place.path);
    if place.role == Role::Value {
        let is_known = parent.values().iter().any(|(value, _)| value.as_str() == Some(place.text.as_str()));
        return book.rule(&place.text).filter(|_| is_known).map(golint_core::Rule::explained);
    }
    let rules = [Step::Key("rules".to_owned())];
    if let Some(rule) = book.rule(&place.text).filter(|_| place.path == rules) {
        return Some(rule.explained());
    }
    about(&parent.step(&Step::Key(place.text.clone())))
}

/// What is said about a key, and what holds without it.
pub(crate) fn about(shape: &Shape<'_>) -> Option<String> {
    let description = shape.description()?;
    Some(match shape.default() {
        Some(default) => format!("{description}\n\nDefault: `{default}`"),
        None => description.to_owned(),
    })
}
