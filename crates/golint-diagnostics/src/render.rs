//! Writes a report in one of the formats; each stands in a file of its own below. All of them are functions of the
//! report, the sources and the options alone: same input, same bytes. None writes anywhere but to the given writer.

mod azure;
mod checkstyle;
mod concise;
mod fingerprint;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod position;
mod sarif;
mod summary;
mod teamcity;
mod text;
mod xml;

use std::io::{self, Write};

use crate::source_text::SourceTexts;
use crate::{Confidence, Diagnostic, Format, Report, Sources, escape, platform_list};

/// What the formats want to know beside the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderOptions {
    /// Colours, for `text`.
    pub color: bool,
    /// A closing line with the numbers, for `text`.
    pub summary: bool,
    /// False if the run missed something (unreadable file, plugin failure), for `text`, `json`, `jsonl`,
    /// `sarif`, `junit` and `markdown`.
    pub complete: bool,
    /// The linter's version, for `sarif`.
    pub tool_version: String,
    /// The linter's home page, for `sarif`.
    pub information_uri: Option<String>,
    /// The absolute path of the working folder, with `/`, for `sarif`. None leaves it out, so that the same findings
    /// give the same bytes on every machine.
    pub working_folder: Option<String>,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            color: false,
            summary: true,
            complete: true,
            tool_version: env!("CARGO_PKG_VERSION").into(),
            information_uri: Some(env!("CARGO_PKG_REPOSITORY").into()),
            working_folder: None,
        }
    }
}

/// Writes `report` to `out` in `format`.
///
/// # Errors
/// Those of `out` only.
pub fn render(
    format: Format,
    report: &Report,
    sources: &dyn Sources,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let texts = &mut SourceTexts::new(sources);
    match format {
        Format::Text => text::render(report, texts, options, out),
        Format::Concise => concise::render(report, texts, out),
        Format::Json => json::render(report, texts, options, out),
        Format::Jsonl => jsonl::render(report, texts, options, out),
        Format::Sarif => sarif::render(report, texts, options, out),
        Format::Github => github::render(report, texts, out),
        Format::Gitlab => gitlab::render(report, texts, out),
        Format::Checkstyle => checkstyle::render(report, texts, out),
        Format::Junit => junit::render(report, texts, options, out),
        Format::Azure => azure::render(report, texts, out),
        Format::Teamcity => teamcity::render(report, texts, out),
        Format::Markdown => markdown::render(report, texts, options, out),
    }
}

/// What the usual reader of `format` will not take of this report, as a sentence for whoever started the run. None: it
/// takes all.
pub fn caveat(format: Format, report: &Report) -> Option<String> {
    match format {
        Format::Sarif => sarif::caveat(report),
        _ => None,
    }
}

/// The message on one line, harmless, with what limits it behind it in parentheses: `likely`, and the platforms.
fn qualified_message(diagnostic: &Diagnostic) -> String {
    let mut message = escape::line(&diagnostic.message).into_owned();
    let likely = diagnostic.confidence == Confidence::Likely;
    let platforms = platform_list::describe(&diagnostic.platforms);
    let limits = match (likely, platforms.is_empty()) {
        (false, true) => return message,
        (true, true) => "likely".into(),
        (false, false) => format!("on {platforms}"),
        (true, false) => format!("likely, on {platforms}"),
    };
    message.push_str(&format!(" ({})", escape::line(&limits)));
    message
}

/// The qualified message with notes and help behind it, each after `separator`, and the place if no line can be given for
/// it. With a line feed as the separator, the lines of paragraphs stay lines.
fn whole_message(diagnostic: &Diagnostic, texts: &mut SourceTexts<'_>, separator: &str) -> String {
    let mut message = qualified_message(diagnostic);
    let mut add = |kind: &str, text: &str| {
        let text = escape::paragraph(text);
        let text = if separator == "\n" { text } else { text.replace('\n', " ").into() };
        message.push_str(&format!("{separator}{kind}{text}"));
    };
    for note in &diagnostic.notes {
        add("note: ", note);
    }
    if let Some(help) = &diagnostic.help {
        add("help: ", help);
    }
    if position::line_column(texts, diagnostic.path(), diagnostic.span().start).is_none() {
        add("at ", &position::describe(texts, &diagnostic.primary.location));
    }
    message
}

/// Line ends stay, for formats that spell them in a way that readers turn back, so that they find the file. What else a
/// terminal would act upon has no such form, and is escaped.
fn file_name(path: &str) -> String {
    path.split_inclusive(['\r', '\n'])
        .map(|part| match part.strip_suffix(['\r', '\n']) {
            Some(word) => format!("{}{}", escape::word(word), &part[word.len()..]),
            None => escape::word(part).into_owned(),
        })
        .collect()
}
