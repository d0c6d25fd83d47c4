//! From a regular expression over paths, as golangci-lint has them, to globs of golint.toml that take the same files. What
//! globs can't say is refused with a reason; nothing is approximated. Knows no configuration.
//!
//! "The same" is meant for what findings have: the relative paths of Go files. Such a path ends in `.go` and has `.go`
//! nowhere else, the file's own name begins with neither `_` nor `.` (the go command passes those by), and no element is
//! empty, `.` or `..`. Nor has it U+017F or U+212A, which Go takes for an `s` and a `k` where case does not matter. A `.` that
//! stands alone beside a letter, a digit, `_` or `-` is the dot that was meant (`_test.go`).
//!
//! In order: `syntax` makes of Go's regular expression one of the crate that parses it; `alternatives` writes the expression out as lists of [`token::Token`], one for each way through it; `shape`
//! finds out where each of them is anchored; `write` writes them as globs.

mod alternatives;
mod shape;
mod syntax;
mod token;
mod write;

use regex_syntax::ast::ErrorKind;
use regex_syntax::ast::parse::ParserBuilder;

/// So many globs for one expression are still a list that somebody can read.
const MOST: usize = 64;
/// Groups within groups: what is walked by recursion is bounded by this.
const DEEPEST: u32 = 32;
/// In bytes.
const LONGEST: usize = 2048;

/// What an expression is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// The path of the file.
    File,
    /// The path of the folder that the file is in; `.` for the topmost.
    Folder,
}

/// Why there are no globs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no regular expression; why.
    Invalid(String),
    /// It matches no Go file; the folder that may have been meant.
    Nothing(Option<String>),
    /// Globs can't say it; why.
    Beyond(String),
}

impl Refusal {
    fn beyond(why: impl Into<String>) -> Refusal {
        Refusal::Beyond(why.into())
    }
}

/// The globs that together take the files that `expression` matches somewhere, as golangci-lint does it.
pub(crate) fn globs(expression: &str, over: Over) -> Result<Vec<String>, Refusal> {
    if expression.len() > LONGEST {
        return Err(Refusal::beyond(format!("it has more than {LONGEST} bytes")));
    }
    let expression = &syntax::of_go(expression);
    let parsed = ParserBuilder::new().nest_limit(DEEPEST).build().parse(expression);
    let ast = parsed.map_err(|error| match error.kind() {
        ErrorKind::NestLimitExceeded(_) => {
            Refusal::beyond(format!("it has more than {DEEPEST} groups within each other"))
        }
        kind => Refusal::Invalid(kind.to_string()),
    })?;
    let sequences = alternatives::of(&ast)?;
    let shapes = shape::of(sequences)?;
    if over == Over::Folder && takes_top_folder(expression) && !shapes.iter().any(shape::Shape::is_universal) {
        return Err(Refusal::beyond("it also matches `.`, which the topmost folder is called"));
    }
    let mut globs = Vec::new();
    for shape in &shapes {
        for glob in write::globs(shape, over)? {
            if !globs.contains(&glob) {
                globs.push(glob);
            }
        }
        if globs.len() > MOST {
            return Err(Refusal::beyond(format!("it would take more than {MOST} globs")));
        }
    }
    if globs.is_empty() {
        return Err(Refusal::Nothing(shapes.iter().find_map(write::folder_meant)));
    }
    Ok(globs)
}

fn takes_top_folder(expression: &str) -> bool {
    regex::Regex::new(expression).is_ok_and(|regex| regex.is_match("."))
}

#[cfg(test)]
mod tests;
