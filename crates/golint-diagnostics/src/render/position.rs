//! Places as they are printed in one line: `path:line:column`, or `path:#offset` where the source is not available.

use std::sync::Arc;

use crate::escape;
use crate::source_text::SourceTexts;
use crate::{LineColumn, Location};

/// The line and column of an offset. The first byte's are known even without a source.
pub(super) fn line_column(texts: &mut SourceTexts<'_>, path: &Arc<str>, offset: u32) -> Option<LineColumn> {
    match texts.get(path) {
        Some(text) => Some(text.lines.line_column(offset)),
        None if offset == 0 => Some(LineColumn { line: 1, column: 1 }),
        None => None,
    }
}

/// Where `location` starts. The form for offsets is that of Go's guru: `file.go:#123`.
pub(super) fn describe(texts: &mut SourceTexts<'_>, location: &Location) -> String {
    let path = escape::word(&location.path);
    match line_column(texts, &location.path, location.span.start) {
        Some(at) => format!("{path}:{}:{}", at.line, at.column),
        None => format!("{path}:#{}", location.span.start),
    }
}
