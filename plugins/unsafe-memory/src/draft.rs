//! Findings before they are reported: what differs in nothing but the platforms is one finding. It never decides what
//! is wrong.

use golint_sdk::prelude::*;

/// A finding in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Where it is.
    pub(crate) at: Span,
    /// One sentence.
    pub(crate) message: String,
    /// A few words at the place.
    pub(crate) primary: String,
    /// Other places.
    pub(crate) labels: Vec<(Location, String)>,
    /// Things to know.
    pub(crate) notes: Vec<String>,
    /// What to do.
    pub(crate) help: String,
    /// Not certain.
    pub(crate) likely: bool,
}

/// Drafts with the platforms on which they hold, each once.
#[derive(Debug, Default)]
pub(crate) struct Drafts(Vec<(Draft, Platforms)>);

impl Drafts {
    /// Adds one, or its platforms to the equal one that is there.
    pub(crate) fn add(&mut self, draft: Draft, on: &Platforms) {
        match self.0.iter_mut().find(|(known, _)| *known == draft) {
            Some((_, platforms)) => *platforms = platforms.or(on),
            None => self.0.push((draft, on.clone())),
        }
    }

    /// Adds all of them.
    pub(crate) fn append(&mut self, other: Drafts) {
        for (draft, on) in other.0 {
            self.add(draft, &on);
        }
    }

    /// Reports them in the order of the source.
    pub(crate) fn report(mut self, file: &File<'_>) {
        self.0.sort_by(|(a, _), (b, _)| (a.at, &a.message).cmp(&(b.at, &b.message)));
        for (draft, on) in self.0 {
            let mut finding = Finding::at(draft.at, draft.message).primary_label(draft.primary).help(draft.help);
            for (at, message) in draft.labels {
                finding = finding.label(at, message);
            }
            for note in draft.notes {
                finding = finding.note(note);
            }
            if draft.likely {
                finding = finding.likely();
            }
            if !on.covers(file.platforms()) {
                finding = finding.on(&on);
            }
            file.report(finding);
        }
    }
}
