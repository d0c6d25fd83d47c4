//! The command line that does what keys of a configuration did. Knows the names of flags, and runs nothing.

/// What of the command line is known so far.
#[derive(Debug, Default)]
pub(crate) struct Command {
    pub(crate) format: Option<&'static str>,
    /// Formats and paths.
    pub(crate) outputs: Vec<(&'static str, String)>,
    /// The flag, and what it is given.
    pub(crate) since: Option<(&'static str, String)>,
    pub(crate) whole_files: bool,
    pub(crate) fix: bool,
    pub(crate) exit_zero: bool,
    pub(crate) statistics: bool,
    pub(crate) threads: Option<i64>,
}

impl Command {
    /// The line for a POSIX shell; none where nothing was out of the ordinary.
    pub(crate) fn line(&self) -> Option<String> {
        let mut words: Vec<String> = Vec::new();
        let mut flag = |name: &str, value: Option<&str>| match value {
            // A word of its own would be taken for a flag.
            Some(value) if value.starts_with('-') => words.push(format!("{name}={}", quoted(value))),
            value => {
                words.push(name.to_owned());
                words.extend(value.map(quoted));
            }
        };
        if let Some(format) = self.format {
            flag("--format", Some(format));
        }
        for (format, path) in &self.outputs {
            // `-` alone would be standard output, which golangci-lint calls `stdout`.
            let path = if path == "-" { "./-" } else { path };
            flag("--output", Some(&format!("{format}={path}")));
        }
        if let Some((name, value)) = &self.since {
            flag(name, Some(value));
            if self.whole_files {
                flag("--whole-files", None);
            }
        }
        if self.fix {
            flag("--fix", None);
        }
        if self.exit_zero {
            flag("--exit-zero", None);
        }
        if self.statistics {
            flag("--statistics", None);
        }
        if let Some(threads) = self.threads {
            flag("--threads", Some(&threads.to_string()));
        }
        (!words.is_empty()).then(|| format!("golint-rs check {} ./...", words.join(" ")))
    }
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./=:@~^+,%".contains(c);
    let leads = word.starts_with(['~', '=']);
    if !word.is_empty() && !leads && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
