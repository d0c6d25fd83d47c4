//! Diagnostics, fixes and every way to show them.
//!
//! This is the lowest crate of the house: it knows spans, findings, edits and output formats, and it never reads a
//! file, never looks at Go, and depends on none of our other crates. What it needs of a source comes through
//! [`Sources`], what it says goes to a writer that the caller hands in.

mod diagnostic;
mod line_index;
mod report;
mod rule_info;
mod span;

pub use diagnostic::{Applicability, Confidence, Diagnostic, Edit, Fix, Label, Severity};
pub use line_index::{LineColumn, LineIndex};
pub use report::{Report, Sources, Summary};
pub use rule_info::RuleInfo;
pub use span::{Location, Span};
