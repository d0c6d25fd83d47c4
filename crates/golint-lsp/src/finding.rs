//! Findings as the protocol has them.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use camino::Utf8Path;
use golint_core::{Outcome, Remark};
use golint_diagnostics::{Confidence, Diagnostic, Location, RuleInfo, Severity, Sources, describe_platforms};
use golint_project::path::absolute;
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString, Uri,
};
use rustc_hash::{FxHashMap, FxHasher};

use crate::text::{Encoding, Text};
use crate::uri::uri_of;

/// The name under which an editor shows who found it.
pub(crate) const SOURCE: &str = "golint-rs";

/// Turns findings of one outcome into the protocol's.
pub(crate) struct Converter<'o> {
    outcome: &'o Outcome,
    folder: &'o Utf8Path,
    encoding: Encoding,
    rules: FxHashMap<&'o str, &'o RuleInfo>,
    texts: FxHashMap<Arc<str>, Option<(Uri, Text)>>,
}

impl<'o> Converter<'o> {
    pub(crate) fn new(outcome: &'o Outcome, folder: &'o Utf8Path, encoding: Encoding) -> Self {
        let rules = outcome.report.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
        Converter { outcome, folder, encoding, rules, texts: FxHashMap::default() }
    }

    /// A text that is there already, under the name that the client gave it.
    pub(crate) fn know(&mut self, shown: Arc<str>, uri: Uri, text: Text) {
        self.texts.insert(shown, Some((uri, text)));
    }

    /// Where something is; none for what is no file, or can't be read.
    pub(crate) fn location(&mut self, location: &Location) -> Option<lsp_types::Location> {
        let known = self.texts.entry(Arc::clone(&location.path)).or_insert_with(|| {
            let uri = uri_of(&absolute(self.folder, &location.path))?;
            let source = self.outcome.sources.source(&location.path)?;
            Some((uri, Text::new(source)))
        });
        let (uri, text) = known.as_ref()?;
        let span = location.span.start as usize..location.span.end as usize;
        Some(lsp_types::Location::new(uri.clone(), text.range(span, self.encoding)))
    }

    /// The finding, and the document that it is in.
    pub(crate) fn diagnostic(&mut self, finding: &Diagnostic) -> Option<(Uri, lsp_types::Diagnostic)> {
        let at = self.location(&finding.primary.location)?;
        let mut related = Vec::new();
        for label in &finding.labels {
            if let Some(location) = self.location(&label.location) {
                let message = if label.message.is_empty() { "here".to_owned() } else { label.message.clone() };
                related.push(DiagnosticRelatedInformation { location, message });
            }
        }
        let rule = self.rules.get(&*finding.rule);
        let docs = rule.and_then(|rule| web_page(rule.help_uri.as_ref()?));
        let tags: Vec<DiagnosticTag> =
            rule.map(|rule| rule.tags.iter().filter_map(|tag| shown_tag(tag)).collect()).unwrap_or_default();
        let diagnostic = lsp_types::Diagnostic {
            range: at.range,
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::INFORMATION,
                Severity::Hint => DiagnosticSeverity::HINT,
            }),
            code: Some(NumberOrString::String(finding.rule.to_string())),
            code_description: docs.map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: message(finding),
            related_information: Some(related).filter(|related| !related.is_empty()),
            tags: Some(tags).filter(|tags| !tags.is_empty()),
            data: None,
        };
        Some((at.uri, diagnostic))
    }

    /// What is no finding and worth a word all the same.
    pub(crate) fn remark(&mut self, remark: &Remark) -> Option<lsp_types::Diagnostic> {
        let at = self.location(&Location::new(Arc::clone(&remark.path), remark.span))?;
        Some(lsp_types::Diagnostic {
            range: at.range,
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some(SOURCE.to_owned()),
            message: remark.message.clone(),
            ..lsp_types::Diagnostic::default()
        })
    }
}

/// What a pack names as such: an editor may do more with other links than open a page.
fn web_page(url: &str) -> Option<Uri> {
    url.parse().ok().filter(|_| url.starts_with("https://") || url.starts_with("http://"))
}

/// Those that editors show in a way of their own.
fn shown_tag(tag: &str) -> Option<DiagnosticTag> {
    match tag {
        "deprecated" => Some(DiagnosticTag::DEPRECATED),
        "unnecessary" => Some(DiagnosticTag::UNNECESSARY),
        _ => None,
    }
}

/// Differs where what is shown does.
pub(crate) fn id_of<'d>(all: impl IntoIterator<Item = &'d lsp_types::Diagnostic>) -> String {
    let mut hasher = FxHasher::default();
    for diagnostic in all {
        serde_json::to_string(diagnostic).unwrap_or_default().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

/// All that a finding says in words, a paragraph each.
fn message(finding: &Diagnostic) -> String {
    let mut message = finding.message.clone();
    if finding.confidence == Confidence::Likely {
        message.push_str(" (likely)");
    }
    let mut say = |text: &str| {
        message.push('\n');
        message.push_str(text);
    };
    if !finding.platforms.is_empty() {
        say(&format!("on {}", describe_platforms(&finding.platforms)));
    }
    finding.notes.iter().for_each(|note| say(note));
    if let Some(help) = &finding.help {
        say(&format!("help: {help}"));
    }
    message
}
