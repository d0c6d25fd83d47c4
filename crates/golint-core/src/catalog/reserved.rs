//! The engine's own rules: what it says about the run itself. Their ids are reserved; no pack may bring one of them.

use golint_diagnostics::Severity;

use super::{Origin, Rule, page};

/// A directive that suppresses nothing.
pub(crate) const UNUSED_SUPPRESSION: &str = "unused-suppression";
/// A fault in golint.toml.
pub(crate) const CONFIGURATION: &str = "configuration";
/// A pack that could not be loaded, or that failed on a file.
pub(crate) const PLUGIN_FAILURE: &str = "plugin-failure";
/// A fault of the linter itself.
pub(crate) const INTERNAL_ERROR: &str = "internal-error";
/// A file or folder that should have been read and could not be.
pub(crate) const UNREADABLE_FILE: &str = "unreadable-file";
/// A file above `max-file-size`.
pub(crate) const FILE_TOO_LARGE: &str = "file-too-large";

/// Whether this rule tells that something could not be done, which is no finding in the code.
pub(crate) fn is_failure(rule: &str) -> bool {
    matches!(rule, CONFIGURATION | PLUGIN_FAILURE | INTERNAL_ERROR | UNREADABLE_FILE | FILE_TOO_LARGE)
}

/// All of them.
pub(super) fn rules() -> Vec<Rule> {
    let error = Severity::Error;
    vec![
        reserved(
            UNUSED_SUPPRESSION,
            Severity::Warning,
            "A suppression that suppresses nothing",
            "A `//nolint`, `//lint:ignore` or `//lint:file-ignore` comment names rules that report nothing there. It \
             may have become superfluous when the code changed, and it would hide what comes later.\n\n\
             Only comments that name nothing but rules of this linter which are turned on for the file are reported: \
             never a bare `//nolint`, `all`, or a list with the names of other linters. Files with syntax errors, and \
             files on which a pack failed, are left alone.\n\n\
             ## How to fix\n\nRemove the comment, or the name. To turn this report off, write \
             `ignore = [\"unused-suppression\"]` in golint.toml.\n",
        ),
        reserved(
            CONFIGURATION,
            error,
            "A fault in golint.toml",
            "A configuration file, or the baseline that it names, can't be read or understood. Files that it governs are \
             not checked, and the exit code is 2. `golint-rs config schema` prints the JSON Schema of the file for editors.\n",
        ),
        reserved(
            PLUGIN_FAILURE,
            error,
            "A rule pack that could not do its work",
            "A pack could not be loaded, trapped, or exceeded one of its limits. The file has no findings of that pack, \
             the run goes on, and the exit code is 2.\n",
        ),
        reserved(
            INTERNAL_ERROR,
            error,
            "A fault of the linter itself",
            "The linter failed on this file. All other files were checked; the exit code is 2. Please report it, with the \
             file if you can.\n",
        ),
        reserved(
            UNREADABLE_FILE,
            error,
            "A file or folder that can't be read",
            "What can't be read is not checked. Everything else is, and the exit code is 2.\n",
        ),
        reserved(
            FILE_TOO_LARGE,
            error,
            "A file above `max-file-size`",
            "Files above the limit (16 MiB unless golint.toml says otherwise) are not checked, and the exit code is 2. \
             Raise `max-file-size`, or name the file in `exclude`.\n",
        ),
    ]
}

fn reserved(id: &str, severity: Severity, summary: &str, docs: &str) -> Rule {
    Rule {
        name: id.into(),
        summary: summary.into(),
        docs: docs.into(),
        category: "reserved".into(),
        severity,
        default_on: true,
        options_schema: None,
        url: Some(page(id)),
        // A superfluous comment is shown as superfluous code is.
        tags: if id == UNUSED_SUPPRESSION { vec!["unnecessary".into()] } else { Vec::new() },
        equivalents: Vec::new(),
        overlaps: Vec::new(),
        origin: Origin::Reserved,
    }
}
