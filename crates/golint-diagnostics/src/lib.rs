//! Diagnostics, fixes and every way to show them.
//!
//! This is the lowest crate of the house: it knows spans, findings, edits and output formats, and it never reads a
//! file, never looks at Go, and depends on none of our other crates. What it needs of a source comes through
//! [`Sources`], what it says goes to a writer that the caller hands in.

mod diagnostic;
mod escape;
mod format;
mod line_index;
pub mod merge;
pub mod patch;
mod platform_list;
mod render;
mod report;
mod rule_info;
mod source_text;
mod span;

pub use diagnostic::{Applicability, Confidence, Diagnostic, Edit, Fix, Label, Severity};
pub use format::{Format, UnknownFormat};
pub use line_index::{LineColumn, LineIndex};
pub use platform_list::describe as describe_platforms;
pub use render::{RenderOptions, caveat, render};
pub use report::{BaselineReport, Report, Silence, Sources, Summary, Vanished};
pub use rule_info::RuleInfo;
pub use source_text::BYTE_ORDER_MARK;
pub use span::{Location, Span};
