//! What went wrong while looking for files. Values, never output: whoever runs the program shows them.

use std::fmt;
use std::ops::Range;

use camino::Utf8PathBuf;

/// What a problem means for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The run is complete, but perhaps not what was meant: a pattern that matches nothing.
    Warning,
    /// Something that should have been looked at could not be: the run is incomplete (exit code 2).
    Incomplete,
}

/// Something that a person should know about the files of this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub gravity: Gravity,
    /// The file or folder that it is about, absolute; none for a pattern that leads nowhere.
    pub path: Option<Utf8PathBuf>,
    /// Where in the file, in bytes, if it is about a part of a file.
    pub span: Option<Range<u32>>,
    /// What is wrong, in one sentence without a full stop; it names the path or pattern as the user wrote it.
    pub message: String,
    /// What to do next, if there is something to say.
    pub help: Option<String>,
}

impl Problem {
    /// A pattern that matched nothing and the like.
    pub fn warning(message: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Warning, path: None, span: None, message: message.into(), help: None }
    }

    /// Something that could not be looked at.
    pub fn incomplete(message: impl Into<String>) -> Problem {
        Problem { gravity: Gravity::Incomplete, ..Problem::warning(message) }
    }

    /// With the file or folder that it is about.
    #[must_use]
    pub fn at(self, path: impl Into<Utf8PathBuf>) -> Problem {
        Problem { path: Some(path.into()), ..self }
    }

    /// With the place in the file.
    #[must_use]
    pub fn spanning(self, span: Range<u32>) -> Problem {
        Problem { span: Some(span), ..self }
    }

    /// With what to do next.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Problem {
        Problem { help: Some(help.into()), ..self }
    }
}

impl fmt::Display for Problem {
    /// Message and help in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.help {
            Some(help) => write!(f, "{}; {help}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
