//! What a comment says that suppresses findings. Reads one comment's text; knows no rule, no line and no neighbour.

/// A directive, as written in one comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    pub(crate) form: Form,
    /// The names in it, in lower case; those of staticcheck's forms may be patterns. None: everything.
    pub(crate) names: Option<Vec<String>>,
    /// Why, in the author's words.
    pub(crate) reason: Option<String>,
}

/// How a directive is written, which decides what it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `//nolint`, as golangci-lint has it.
    Nolint,
    /// `//lint:ignore`, as staticcheck has it.
    LintIgnore,
    /// `//lint:file-ignore`, as staticcheck has it.
    LintFileIgnore,
}

impl Form {
    /// As people write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Form::Nolint => "//nolint",
            Form::LintIgnore => "//lint:ignore",
            Form::LintFileIgnore => "//lint:file-ignore",
        }
    }
}

/// Bytes that every directive holds; what has none of them needs no look.
pub(crate) const MARKS: [&str; 2] = ["nolint", "//lint:"];

/// The directive in a comment, slashes included.
///
/// Sources: golangci-lint, pkg/result/processors/nolint_filter.go (`extractInlineRangeFromComment`: blanks and further
/// slashes may come first, a blank, a colon or nothing follows the word, names that begin with `all` stand for everything,
/// `//` ends the names, names are compared without regard to case); staticcheck, analysis/lint (`parseDirective`: no blank
/// before `lint:`, one blank between the parts), lintcmd (`lineIgnore.match`: names are patterns of `filepath.Match`) and
/// its documentation, "Ignoring problems with linter directives".
pub(crate) fn parse(comment: &[u8]) -> Option<Directive> {
    if !comment.starts_with(b"//") {
        return None;
    }
    let text = String::from_utf8_lossy(comment);
    // As Go's scanner has it.
    let text = text.trim_end_matches('\r');
    if let Some(rest) = text.strip_prefix("//lint:") {
        return lint(rest);
    }
    let rest = text.trim_start_matches(['/', ' ']).strip_prefix("nolint")?;
    if !rest.is_empty() && !rest.starts_with([' ', ':']) {
        return None;
    }
    let (names, reason) = match rest.split_once("//") {
        Some((names, reason)) => (names, Some(reason.trim())),
        None => (rest, None),
    };
    let listed = names.strip_prefix(':').filter(|names| !names.starts_with("all"));
    let names = listed.map(|names| names.split(',').map(|name| name.trim().to_lowercase()).collect());
    let names = names.filter(|names: &Vec<String>| !names.iter().any(|name| name == "all"));
    Some(Directive { form: Form::Nolint, names, reason: reason.filter(|r| !r.is_empty()).map(str::to_owned) })
}

fn lint(rest: &str) -> Option<Directive> {
    let (command, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let form = match command {
        "ignore" => Form::LintIgnore,
        "file-ignore" => Form::LintFileIgnore,
        _ => return None,
    };
    let (names, reason) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
    let names: Vec<String> = names.split(',').map(|name| name.trim().to_lowercase()).collect();
    let names = Some(names).filter(|names| !names.iter().any(|name| name == "*"));
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    Some(Directive { form, names, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directive in short: form, names, reason.
    fn short(comment: &str) -> Option<String> {
        let directive = parse(comment.as_bytes())?;
        let names = directive.names.map_or("*".into(), |names| names.join("+"));
        Some(
            format!("{} [{names}] {}", directive.form.name(), directive.reason.unwrap_or_default())
                .trim_end()
                .to_owned(),
        )
    }

    #[test]
    fn nolint_is_read_as_golangci_lint_does() {
        for (comment, expected) in [
            ("//nolint", Some("//nolint [*]")),
            ("// nolint", Some("//nolint [*]")),
            ("//nolint:a", Some("//nolint [a]")),
            ("//nolint:A, b-c // because", Some("//nolint [a+b-c] because")),
            ("//nolint:house/x\r", Some("//nolint [house/x]")),
            ("//nolint // why", Some("//nolint [*] why")),
            ("//nolint:all", Some("//nolint [*]")),
            ("//nolint:a,all", Some("//nolint [*]")),
            ("//nolint:allocs", Some("//nolint [*]")),
            ("//nolint:a,allocs", Some("//nolint [a+allocs]")),
            ("//nolint: allocs", Some("//nolint [allocs]")),
            ("//nolint because of x", Some("//nolint [*]")),
            ("//nolint : a", Some("//nolint [*]")),
            ("//nolint:a because", Some("//nolint [a because]")),
            ("//nolint:", Some("//nolint []")),
            ("//nolintlint is a linter", None),
            ("//nolint\t", None),
            ("/* nolint */", None),
            ("// see nolint", None),
        ] {
            assert_eq!(short(comment).as_deref(), expected, "{comment}");
        }
    }

    #[test]
    fn lint_directives_are_read_as_staticcheck_does() {
        for (comment, expected) in [
            ("//lint:ignore a why not", Some("//lint:ignore [a] why not")),
            ("//lint:ignore a,B why", Some("//lint:ignore [a+b] why")),
            ("//lint:file-ignore a why", Some("//lint:file-ignore [a] why")),
            ("//lint:ignore * why", Some("//lint:ignore [*] why")),
            ("//lint:ignore all why", Some("//lint:ignore [all] why")),
            ("//lint:ignore a-*,b? why", Some("//lint:ignore [a-*+b?] why")),
            ("//lint:ignore a", Some("//lint:ignore [a]")),
            ("//lint:ignore", Some("//lint:ignore []")),
            ("// lint:ignore a why", None),
            ("//lint:other a why", None),
        ] {
            assert_eq!(short(comment).as_deref(), expected, "{comment}");
        }
        assert!(parse(b"//lint:ignore \xff\xff why").is_some());
    }
}
