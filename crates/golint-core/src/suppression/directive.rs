//! What a comment says that suppresses findings. Reads one comment's text; knows no rule, no line and no neighbour.

use std::ops::Range;

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
    let Parts { form, list, reason } = parts(&text)?;
    let names = |list: Range<usize>| names_in(&text, list).map(|name| text[name].to_lowercase()).collect();
    let all = match form {
        Form::Nolint => "all",
        Form::LintIgnore | Form::LintFileIgnore => "*",
    };
    let list = list.filter(|list| form != Form::Nolint || !text[list.clone()].starts_with(all));
    let names = list.map(names).filter(|names: &Vec<String>| !names.iter().any(|name| name == all));
    let reason = reason.map(|reason| text[reason].trim().to_owned()).filter(|reason| !reason.is_empty());
    Some(Directive { form, names, reason })
}

/// Where a comment that is a directive lists names, in bytes of the comment: what stands between its commas, without blanks,
/// and an empty place where a name is still to come. None where the comment is no directive.
pub fn named_rules(comment: &str) -> Option<Vec<Range<usize>>> {
    let Parts { form, list, .. } = parts(comment)?;
    // Behind `//lint:ignore` itself there is no place for one yet.
    let begins = |list: &Range<usize>| form == Form::Nolint || comment[..list.start].ends_with(' ');
    Some(list.filter(begins).map(|list| names_in(comment, list).collect()).unwrap_or_default())
}

/// A directive's parts, as places in the comment.
struct Parts {
    form: Form,
    /// The names; none where there is no list of them.
    list: Option<Range<usize>>,
    reason: Option<Range<usize>>,
}

fn parts(comment: &str) -> Option<Parts> {
    // As Go's scanner has it.
    let text = comment.trim_end_matches('\r');
    let behind = |rest: &str| text.len() - rest.len();
    if let Some(rest) = text.strip_prefix("//lint:") {
        let (command, rest) = rest.split_once(' ').unwrap_or((rest, &text[text.len()..]));
        let form = match command {
            "ignore" => Form::LintIgnore,
            "file-ignore" => Form::LintFileIgnore,
            _ => return None,
        };
        let list = behind(rest.trim_start());
        let end = text[list..].find(' ').map_or(text.len(), |blank| list + blank);
        return Some(Parts { form, list: Some(list..end), reason: Some(end..text.len()) });
    }
    let slashes = text.strip_prefix("//")?;
    let rest = slashes.trim_start_matches(['/', ' ']).strip_prefix("nolint")?;
    if !rest.is_empty() && !rest.starts_with([' ', ':']) {
        return None;
    }
    let (start, slashes) = (behind(rest), rest.find("//").map(|at| behind(rest) + at));
    let list = rest.starts_with(':').then(|| start + 1..slashes.unwrap_or(text.len()));
    Some(Parts { form: Form::Nolint, list, reason: slashes.map(|at| at + 2..text.len()) })
}

/// What stands between commas, without blanks.
fn names_in(text: &str, list: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = list.start;
    text[list].split(',').map(move |name| {
        let first = start + name.len() - name.trim_start().len();
        start += name.len() + 1;
        first..first + name.trim().len()
    })
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

    #[test]
    fn names_have_their_places() {
        for (comment, expected) in [
            ("//nolint", Some("")),
            ("//nolint:", Some("9-9")),
            ("//nolint:a, b-c // because, x", Some("9-10 12-15")),
            ("// nolint:a,", Some("10-11 12-12")),
            ("//nolint:all,a", Some("9-12 13-14")),
            ("//nolint:é, a\r", Some("9-11 13-14")),
            ("//nolint:  ", Some("11-11")),
            ("//lint:ignore", Some("")),
            ("//lint:ignore ", Some("14-14")),
            ("//lint:ignore  a,house/b why, c", Some("15-16 17-24")),
            ("//lint:file-ignore a", Some("19-20")),
            ("// a comment", None),
            ("/*nolint:a*/", None),
        ] {
            let places = named_rules(comment).map(|places| {
                let one = |place: Range<usize>| format!("{}-{}", place.start, place.end);
                places.into_iter().map(one).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(places.as_deref(), expected, "{comment}");
        }
    }
}
