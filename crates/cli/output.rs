//! Where the binary writes: standard output and standard error, whether they take colours, and files that appear whole
//! or not at all.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::arguments::{Arguments, When};

/// How loud the run is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Loudness {
    /// Findings and errors.
    Quiet,
    /// Warnings, progress and a closing line, too.
    Normal,
    /// And what happens on the way.
    Verbose,
}

/// The two streams, and how to write to them.
#[derive(Clone)]
pub(crate) struct Terminal {
    pub(crate) loudness: Loudness,
    pub(crate) color: bool,
    color_of_errors: bool,
}

impl Terminal {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        let loudness = match (arguments.quiet, arguments.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Normal,
        };
        let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let color = |is_terminal: bool| match arguments.color {
            When::Always => true,
            When::Never => false,
            // https://no-color.org and https://bixense.com/clicolors
            When::Auto if set("NO_COLOR") => false,
            When::Auto if std::env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0") => true,
            When::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|t| t != "dumb"),
        };
        Terminal {
            loudness,
            color: color(io::stdout().is_terminal()),
            color_of_errors: color(io::stderr().is_terminal()),
        }
    }

    /// Standard output, buffered. To be flushed: what is written when it goes can't tell that it failed.
    pub(crate) fn stdout(&self) -> impl Write + use<> {
        io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    /// Prints this to standard output.
    pub(crate) fn print(&self, bytes: &[u8]) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes)?;
        stdout.flush()
    }

    /// True where a progress bar would be seen and not end up in a file.
    pub(crate) fn shows_progress(&self) -> bool {
        self.loudness == Loudness::Normal && io::stderr().is_terminal()
    }

    fn say(&self, color: &str, title: &str, message: &str) -> io::Result<()> {
        let mut stderr = io::stderr().lock();
        if self.color_of_errors {
            writeln!(stderr, "\x1b[1;{color}m{title}:\x1b[0m {message}")
        } else {
            writeln!(stderr, "{title}: {message}")
        }
    }

    /// An error with its causes, on standard error.
    pub(crate) fn error(&self, error: &anyhow::Error) -> io::Result<()> {
        self.say("31", "error", &printable(&format!("{error:#}")))
    }

    /// Something went wrong, and the run goes on; whatever the loudness.
    pub(crate) fn trouble(&self, message: &str) -> io::Result<()> {
        self.say("31", "error", &printable(message))
    }

    /// Something to know, unless the run is quiet.
    pub(crate) fn warning(&self, message: &str) -> io::Result<()> {
        if self.loudness == Loudness::Quiet { Ok(()) } else { self.say("33", "warning", &printable(message)) }
    }

    /// A line on standard error, unless the run is quiet.
    pub(crate) fn note(&self, message: &str) -> io::Result<()> {
        if self.loudness == Loudness::Quiet { Ok(()) } else { writeln!(io::stderr().lock(), "{}", printable(message)) }
    }

    /// What happens on the way.
    pub(crate) fn detail(&self, message: &str) -> io::Result<()> {
        if self.loudness < Loudness::Verbose { Ok(()) } else { self.say("36", "verbose", &printable(message)) }
    }
}

/// Paths and messages of others may hold what a terminal would act upon, or begin a line with what a CI service would.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            let is_command = line.trim_start().starts_with("::") || line.trim_start().starts_with("##");
            shown.push_str(if is_command { "\\n" } else { "\n" });
        }
        shown.extend(line.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }));
    }
    shown
}

/// A number of things, whose plural ends in s.
pub(crate) fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The reader of our output went away.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Writes a file that is there whole or not at all: beside its place first, then renamed.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut content = Vec::new();
    write(&mut content)?;
    // A pipe or a device is written to as it is.
    if path.exists() && !path.is_file() {
        return std::fs::write(path, content);
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".golint-").tempfile_in(folder)?;
    file.write_all(&content)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_or(0o644, |m| m.permissions().mode());
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_of_others_are_not_acted_upon() {
        assert_eq!(printable("a\x1b[31m\u{9b}b\nc"), "a\\u{1b}[31m\\u{9b}b\nc");
        assert_eq!(printable("a\n ::stop-commands::x\n##vso[x]\n"), "a\\n ::stop-commands::x\\n##vso[x]\n");
    }
}
