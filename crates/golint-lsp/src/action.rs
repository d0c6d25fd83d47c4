//! What an editor can do about findings: fixes, and comments that suppress. It edits one document, and nothing by itself.

use std::collections::BTreeMap;
use std::ops::Range;

use golint_diagnostics::patch::apply_fixes;
use golint_diagnostics::{Applicability, BYTE_ORDER_MARK, Diagnostic, Edit, Fix};
use lsp_types::{
    CodeAction, CodeActionKind, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextEdit, WorkspaceEdit,
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::document::Document;

/// The kind of the action that applies all safe fixes, for editors that run it when a file is saved.
pub(crate) const FIX_ALL: &str = "source.fixAll.golint-rs";

/// Stands in comments until somebody writes a better one.
const REASON: &str = "reason";

/// What an action that was not resolved yet will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deferred {
    pub(crate) uri: lsp_types::Uri,
    pub(crate) version: i32,
}

/// Whether the client asked for actions of this kind.
pub(crate) fn is_wanted(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    let holds = |wanted: &CodeActionKind| {
        let wanted = wanted.as_str();
        kind == wanted || wanted.is_empty() || kind.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(holds))
}

/// Actions for findings, each with the protocol's form of it.
pub(crate) fn quick_fixes(
    client: Client,
    document: &Document,
    shown: &str,
    all: &[(Diagnostic, lsp_types::Diagnostic)],
    range: Range<usize>,
) -> Vec<CodeAction> {
    let touched = |finding: &Diagnostic| {
        let span = finding.span();
        (span.start as usize) <= range.end && range.start <= span.end as usize
    };
    let here: Vec<_> = all.iter().filter(|(finding, _)| touched(finding)).collect();
    let mut actions = Vec::new();
    for (finding, shown_as) in &here {
        for (number, fix) in finding.fixes.iter().enumerate() {
            let Some(edit) = edit_of(client, document, shown, [fix]) else { continue };
            let note = match fix.applicability {
                Applicability::Safe => "",
                Applicability::Unsafe => " (may change behaviour)",
                Applicability::DisplayOnly => continue,
            };
            actions.push(CodeAction {
                title: format!("{}{note}", capitalised(&fix.title)),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown_as.clone()]),
                edit: Some(edit),
                is_preferred: Some(number == 0 && fix.applicability == Applicability::Safe),
                ..CodeAction::default()
            });
        }
    }
    // By rule, so that each is offered once.
    let rules: BTreeMap<&str, &lsp_types::Diagnostic> =
        here.iter().map(|(finding, shown_as)| (&*finding.rule, shown_as)).collect();
    for (rule, shown_as) in rules {
        let fixes: Vec<&Fix> = all
            .iter()
            .filter(|(finding, _)| *finding.rule == *rule)
            .filter_map(|(finding, _)| finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe))
            .collect();
        if fixes.len() > 1
            && let Some(edit) = edit_of(client, document, shown, fixes)
        {
            actions.push(CodeAction {
                title: format!("Fix all of {rule} in this file"),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown_as.clone()]),
                edit: Some(edit),
                ..CodeAction::default()
            });
        }
    }
    for (finding, shown_as) in &here {
        let text = document.text.bytes();
        let rule = &finding.rule;
        let mut suppress = |title: String, edit: WorkspaceEdit| {
            actions.push(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown_as.clone()]),
                edit: Some(edit),
                ..CodeAction::default()
            });
        };
        let ignored = golint_core::ignore(text, &[(rule, finding.span().start)], REASON);
        // Not where nothing would come of it.
        if ignored.held == [true] {
            suppress(format!("Suppress {rule} for this line"), rewrite(client, document, &ignored.after));
        }
        let (at, new_text) = in_file(text, rule);
        let edit = TextEdit { range: document.text.range(at..at, client.encoding), new_text };
        suppress(format!("Suppress {rule} for this file"), workspace_edit(client, document, vec![edit]));
    }
    actions
}

/// The action that applies all safe fixes; without its edit.
pub(crate) fn fix_all(document: &Document) -> CodeAction {
    let deferred = Deferred { uri: document.uri.clone(), version: document.version };
    CodeAction {
        title: "Apply all safe fixes of golint-rs".to_owned(),
        kind: Some(CodeActionKind::new(FIX_ALL)),
        data: serde_json::to_value(deferred).ok(),
        ..CodeAction::default()
    }
}

/// The edit that makes this text of a document.
pub(crate) fn rewrite(client: Client, document: &Document, after: &[u8]) -> WorkspaceEdit {
    let before = document.text.bytes();
    // Where it begins and ends to differ, in whole characters.
    let boundary = |at: usize| before.get(at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let mut start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    while !boundary(start) {
        start -= 1;
    }
    let most = before.len().min(after.len()) - start;
    let mut same = before.iter().rev().zip(after.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    while !boundary(before.len() - same) {
        same -= 1;
    }
    let new_text = String::from_utf8_lossy(&after[start..after.len() - same]).into_owned();
    let range = document.text.range(start..before.len() - same, client.encoding);
    workspace_edit(client, document, vec![TextEdit { range, new_text }])
}

/// All of these fixes, as far as they fit together; none if that changes nothing.
fn edit_of<'f>(
    client: Client,
    document: &Document,
    shown: &str,
    fixes: impl IntoIterator<Item = &'f Fix> + Clone,
) -> Option<WorkspaceEdit> {
    let edits_here = |fix: &&Fix| fix.edits.iter().all(|edit| *edit.location.path == *shown);
    let fixes: Vec<&Fix> = fixes.into_iter().filter(edits_here).collect();
    if let [fix] = fixes[..] {
        // As it was written, so that the cursor stays where it is.
        let edit = |edit: &Edit| {
            let span = edit.location.span.start as usize..edit.location.span.end as usize;
            TextEdit { range: document.text.range(span, client.encoding), new_text: edit.text.clone() }
        };
        let edits: Vec<TextEdit> = fix.edits.iter().map(edit).collect();
        return (!edits.is_empty()).then(|| workspace_edit(client, document, edits));
    }
    let fixes = joined(&fixes);
    let patched = apply_fixes(shown, document.text.bytes(), &fixes);
    (patched.bytes != **document.text.bytes()).then(|| rewrite(client, document, &patched.bytes))
}

/// The fixes, where several that insert something at one place are one: of a single rule, what they insert goes together,
/// in the order of the findings.
fn joined(fixes: &[&Fix]) -> Vec<Fix> {
    let mut all: Vec<Fix> = Vec::new();
    let mut places: FxHashMap<u32, usize> = FxHashMap::default();
    for fix in fixes {
        let insertions = || fix.edits.iter().map(|edit| edit.location.span).filter(|span| span.is_empty());
        let Some(known) = insertions().find_map(|span| places.get(&span.start).copied()) else {
            places.extend(insertions().map(|span| (span.start, all.len())));
            all.push((*fix).clone());
            continue;
        };
        for edit in &fix.edits {
            let same = |other: &&mut Edit| other.location.span == edit.location.span && edit.location.span.is_empty();
            match all[known].edits.iter_mut().find(same) {
                Some(other) if other.text == edit.text => {}
                Some(other) => other.text.push_str(&edit.text),
                None => all[known].edits.push(edit.clone()),
            }
        }
    }
    all
}

fn workspace_edit(client: Client, document: &Document, edits: Vec<TextEdit>) -> WorkspaceEdit {
    if !client.document_changes {
        let changes = [(document.uri.clone(), edits)].into();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

fn capitalised(title: &str) -> String {
    let mut characters = title.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What ends lines in this text.
fn line_end(text: &[u8]) -> &'static str {
    let first = memchr::memchr(b'\n', text);
    if first.is_some_and(|at| at > 0 && text[at - 1] == b'\r') { "\r\n" } else { "\n" }
}

/// The comment that suppresses a rule in all of the file, and where it goes: after the package clause.
fn in_file(text: &[u8], rule: &str) -> (usize, String) {
    let end = line_end(text);
    let line = format!("//lint:file-ignore {rule} {REASON}");
    match package_clause(text) {
        Some(at) => (at, format!("{end}{end}{line}")),
        None => {
            let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
            (start, format!("{line}{end}{end}"))
        }
    }
}

/// The end of the line with the package clause.
fn package_clause(text: &[u8]) -> Option<usize> {
    let name = golint_syntax::header::scan(text).package_span?.end as usize;
    let end = memchr::memchr(b'\n', &text[name..]).map_or(text.len(), |at| name + at);
    Some(if end > name && text[end - 1] == b'\r' { end - 1 } else { end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_asked_for_by_their_beginnings() {
        let only = |kinds: &[&str], kind| {
            let kinds: Vec<_> = kinds.iter().map(|kind| CodeActionKind::from((*kind).to_owned())).collect();
            is_wanted(Some(&kinds), kind)
        };
        assert!(is_wanted(None, FIX_ALL));
        assert!(only(&["source"], FIX_ALL) && only(&["source.fixAll"], FIX_ALL) && only(&[FIX_ALL], FIX_ALL));
        assert!(only(&[""], FIX_ALL) && only(&["refactor", "quickfix"], "quickfix"));
        assert!(
            !only(&["source.fix"], FIX_ALL) && !only(&["source.fixAll.golint-rs.x"], FIX_ALL) && !only(&[], FIX_ALL)
        );
    }

    fn inserted(text: &str, (at, insertion): (usize, String)) -> String {
        format!("{}{insertion}{}", &text[..at], &text[at..])
    }

    #[test]
    fn suppressions_of_a_file_stand_where_they_hold() {
        let text = "package p\r\n\r\nfunc f() {\r\n\tx()\r\n}\r\n";
        let expected = "package p\r\n\r\n//lint:file-ignore r reason\r\n\r\nfunc f() {\r\n\tx()\r\n}\r\n";
        assert_eq!(inserted(text, in_file(text.as_bytes(), "r")), expected);
        let text = "// package doc\npackage p // p\n";
        let expected = "// package doc\npackage p // p\n\n//lint:file-ignore r reason\n";
        assert_eq!(inserted(text, in_file(text.as_bytes(), "r")), expected);
        assert_eq!(inserted("x\n", in_file(b"x\n", "r")), "//lint:file-ignore r reason\n\nx\n");
        assert_eq!(
            inserted("\u{feff}x\n", in_file("\u{feff}x\n".as_bytes(), "r")),
            "\u{feff}//lint:file-ignore r reason\n\nx\n"
        );
    }
}
