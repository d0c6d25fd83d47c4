//! The arguments as typed. Their help texts are the reference of the command line; nothing here acts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use golint_diagnostics::{Format, Severity};
use golint_project::GoVersion;

use crate::known::KnownArguments;

/// A static analyzer for Go whose rules are sandboxed WebAssembly components.
#[derive(Parser)]
#[command(name = "golint-rs", version, max_term_width = 100, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colours
    ///
    /// NO_COLOR and CLICOLOR_FORCE are honoured where this says auto.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,

    /// Print findings and errors only: no progress, no warnings, no closing line
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say what happens on the way: what packs log, which files were not checked, and why, and which do not parse
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

/// When to use colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check Go files
    ///
    /// Exit code: 0 nothing found, 1 findings, 2 the run is incomplete or could not start.
    Check(Box<CheckArguments>),
    /// Put the reports of parts of a run together: what `check --shard 1/3`, `2/3` and `3/3` wrote
    ///
    /// Exit code: as that of `check` over everything.
    Merge(MergeArguments),
    /// Write a golint.toml that does what a configuration of golangci-lint did, and tell what golangci-lint must keep running
    Migrate(MigrateArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Explain a rule: what it finds, why, and what to do
    Explain(ExplainArguments),
    /// Show the configuration, or the schema of golint.toml
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// The cache of compiled rule packs and results
    Cache {
        #[command(subcommand)]
        command: CacheCommand,
    },
    /// Write, build, test and look at rule packs
    Plugin {
        #[command(subcommand)]
        command: PluginCommand,
    },
    /// Serve an editor: the Language Server Protocol over standard input and output
    ///
    /// Editors start it. Settings come from them, and from golint.toml.
    Lsp(LspArguments),
    /// Write the manual: a page for each command, for `man -l FOLDER/golint-rs.1`
    Man {
        /// The folder to write them to
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
pub(crate) struct MergeArguments {
    /// Reports in the format json, or all in the format sarif
    #[arg(value_name = "REPORT", required = true)]
    pub(crate) reports: Vec<PathBuf>,

    /// Exit with 0 in spite of findings (an incomplete run still ends in 2)
    #[arg(long, conflicts_with = "fail_on")]
    pub(crate) exit_zero: bool,

    /// Exit with 1 only if a finding weighs this much or more
    #[arg(long, value_name = "SEVERITY", default_value = "hint", value_parser = severity_parser())]
    pub(crate) fail_on: Severity,
}

#[derive(Args)]
pub(crate) struct MigrateArguments {
    /// The configuration of golangci-lint; without, the one in this folder
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,

    /// Where to write; without, golint.toml beside the file. `-` prints it, and tells the rest on standard error
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Replace what is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Args)]
pub(crate) struct LspArguments {
    /// Taken and passed over: there is no other way to talk to it, but some editors say so
    #[arg(long)]
    pub(crate) stdio: bool,

    /// What is logged, to standard error and to the editor
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    pub(crate) log_level: LogLevel,

    /// Neither read nor write the cache of compiled rule packs
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// What is logged.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogLevel {
    /// Nothing.
    Off,
    /// What is broken.
    Error,
    /// What may be broken.
    Warn,
    /// What is under way.
    Info,
    /// Everything.
    Debug,
}

#[derive(Args)]
pub(crate) struct CheckArguments {
    /// What to check: `./...`, `dir/...`, `dir`, files, or `-` for standard input
    ///
    /// Patterns mean what they mean to the go command. `...` leaves out vendor, testdata, names that begin with `_` or
    /// `.`, folders that go.mod ignores and nested modules; what is named explicitly is taken.
    #[arg(value_name = "PATTERN", default_value = "./...")]
    pub(crate) patterns: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) sources: Sources,

    #[command(flatten)]
    pub(crate) scope: Scope,

    /// Name of the file that standard input stands for; it need not exist
    #[arg(long, value_name = "PATH", help_heading = "Files")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Report on generated files, too
    #[arg(long, help_heading = "Files")]
    pub(crate) include_generated: bool,

    /// Check every module below the patterns' folders, nested ones too; `dir` then means `dir/...`
    #[arg(long, help_heading = "Files")]
    pub(crate) all_modules: bool,

    /// Leave out what `...` and `exclude` leave out, also where it is named, nested modules excepted; for hooks
    #[arg(long, help_heading = "Files")]
    pub(crate) force_exclude: bool,

    /// The language version that stands in for the go line of go.mod, as in 1.21
    #[arg(long, value_name = "VERSION", help_heading = "Files")]
    pub(crate) go: Option<GoVersion>,

    /// Report only what holds on these platforms: GOOS, GOOS/GOARCH or */GOARCH; repeatable
    #[arg(long, value_name = "PLATFORM", value_delimiter = ',', help_heading = "Files")]
    pub(crate) platform: Vec<String>,

    /// Run these rules and no others: ids, `plugin/id`, `plugin/*`, `default`, or `all`
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) select: Option<Vec<String>>,

    /// Leave these rules out
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,

    /// Report only findings that are at least this sure
    #[arg(long, value_name = "LEVEL", default_value = "likely", help_heading = "Rules")]
    pub(crate) confidence: Confidence,

    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser(), help_heading = "Output")]
    pub(crate) format: Format,

    /// Write the findings in this format to this file, too; repeatable
    ///
    /// A file appears whole or not at all. One that can't be written is an error, and the run ends in 2.
    #[arg(long, value_name = "FORMAT=PATH", value_parser = output_file, help_heading = "Output")]
    pub(crate) output: Vec<(Format, PathBuf)>,

    /// Exit with 0 in spite of findings (an incomplete run still ends in 2)
    #[arg(long, help_heading = "Output", conflicts_with = "fail_on")]
    pub(crate) exit_zero: bool,

    /// Exit with 1 only if a finding weighs this much or more; lighter ones are printed all the same
    ///
    /// With --diff, 1 also says that fixes would change something.
    #[arg(long, value_name = "SEVERITY", default_value = "hint", value_parser = severity_parser(),
        help_heading = "Output")]
    pub(crate) fail_on: Severity,

    /// Print how many findings each rule has, to standard error
    #[arg(long, help_heading = "Output")]
    pub(crate) statistics: bool,

    /// Say what the run took: in the JSON formats as `timings`, otherwise on standard error
    #[arg(long, help_heading = "Output")]
    pub(crate) timings: bool,

    /// Apply the safe fixes
    ///
    /// With `-` the fixed source goes to standard output, and what is left to standard error.
    #[arg(long, help_heading = "Fixes")]
    pub(crate) fix: bool,

    /// Apply (or with --diff show) also the fixes that may change what the code does
    #[arg(long, help_heading = "Fixes")]
    pub(crate) unsafe_fixes: bool,

    /// Print what --fix would change as a unified diff, and write nothing
    #[arg(long, conflicts_with = "fix", help_heading = "Fixes")]
    pub(crate) diff: bool,

    #[command(flatten)]
    pub(crate) known: KnownArguments,

    /// Worker threads, up to 256; 0 takes all processors
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Running",
        value_parser = clap::value_parser!(u16).range(..=256))]
    pub(crate) threads: u16,

    /// Parse every file, whether a rule can care or not
    #[arg(long, help_heading = "Running")]
    pub(crate) no_prefilter: bool,
}

impl CheckArguments {
    /// Files that are read, each with its flag; and the baseline that is written.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let single = [
            ("--config", &self.sources.config),
            ("--new-from-patch", &self.scope.new_from_patch),
            ("--baseline", &self.known.baseline),
            ("--write-baseline", &self.known.write_baseline),
        ];
        let single = single.into_iter().filter_map(|(option, path)| Some((option, path.as_ref()?)));
        single.chain(self.known.import.iter().map(|path| ("--import", path)))
    }

    /// Whether files are to be changed.
    pub(crate) fn fixes(&self) -> bool {
        !self.diff && (self.fix || self.unsafe_fixes || self.known.add_ignore.is_some())
    }
}

/// What of the files counts.
#[derive(Args)]
pub(crate) struct Scope {
    /// Check what is staged in git, as it is staged: the index's files, go.mod and golint.toml
    ///
    /// Of the files that the patterns name, those that the next commit changes are checked. Here and with --new-from-…, `...` goes
    /// into nested modules.
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "write_baseline", "add_ignore", "stdin_filename", "new_from_patch"], help_heading = "Changes")]
    pub(crate) staged: bool,

    /// Report what is new since this commit of git
    ///
    /// That is: what is on lines that changed, and what is elsewhere because of a change, as of the go line.
    #[arg(long, value_name = "REV", group = "since", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "write_baseline", "add_ignore"],
        help_heading = "Changes")]
    pub(crate) new_from_rev: Option<String>,

    /// Report what is new since the current branch left this one
    #[arg(long, value_name = "BRANCH", group = "since", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "write_baseline", "add_ignore"],
        help_heading = "Changes")]
    pub(crate) new_from_merge_base: Option<String>,

    /// Report what is new by this unified diff, which led to the files as they are; `-` reads standard input
    #[arg(long, value_name = "PATCH", group = "since", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "write_baseline", "add_ignore"],
        help_heading = "Changes")]
    pub(crate) new_from_patch: Option<PathBuf>,

    /// Check one of N parts of the files, split by package, as in 1/3; `golint-rs merge` puts reports together
    #[arg(long, value_name = "I/N", value_parser = shard, help_heading = "Changes")]
    pub(crate) shard: Option<(u32, u32)>,

    /// With --new-from-…: all of a file that changed counts as new
    #[arg(long, requires = "since", help_heading = "Changes")]
    pub(crate) whole_files: bool,
}

impl Scope {
    /// Whether only what changed counts.
    pub(crate) fn is_of_changes(&self) -> bool {
        self.staged
            || self.new_from_rev.is_some()
            || self.new_from_merge_base.is_some()
            || self.new_from_patch.is_some()
    }
}

/// Where configuration and packs come from.
#[derive(Args)]
pub(crate) struct Sources {
    /// Use this configuration file instead of the golint.toml files
    #[arg(long, value_name = "PATH", help_heading = "Configuration", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,

    /// Use no configuration file at all
    #[arg(long, help_heading = "Configuration")]
    pub(crate) isolated: bool,

    /// Neither read nor write the cache: compile all rule packs, check all files
    #[arg(long, help_heading = "Configuration")]
    pub(crate) no_cache: bool,
}

#[derive(Args)]
pub(crate) struct RulesArguments {
    #[command(flatten)]
    pub(crate) sources: Sources,

    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

/// How to print a list.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Args)]
pub(crate) struct ExplainArguments {
    /// The rule's name: its id, or `plugin/id`
    pub(crate) rule: String,

    #[command(flatten)]
    pub(crate) sources: Sources,
}

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the configuration that holds for a file or folder
    Show {
        /// The file or folder; it must be there
        #[arg(default_value = ".")]
        path: PathBuf,
        #[command(flatten)]
        sources: Sources,
    },
    /// Print the JSON Schema of golint.toml, the options of all loaded rules included
    Schema {
        #[command(flatten)]
        sources: Sources,
    },
}

#[derive(Subcommand)]
pub(crate) enum CacheCommand {
    /// Print the folder
    Dir,
    /// Remove the compiled packs and results in it
    Clean,
}

#[derive(Subcommand)]
pub(crate) enum PluginCommand {
    /// Write a new pack in Rust: a rule that works, its documentation and tests, and the SDK
    ///
    /// Nothing that is there is overwritten.
    New {
        /// The pack's name: lower-case words joined by hyphens, as in house-rules
        #[arg(value_name = "NAME")]
        name: String,

        /// The folder to write it to; without, one of that name
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Build the pack of a crate: the component that `[plugins]` names
    ///
    /// Needs Rust and its standard library for wasm32-unknown-unknown (rustup target add wasm32-unknown-unknown).
    Build {
        /// The folder of the crate
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,

        /// Where to write the component; without, the pack's name with .wasm, in the folder
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Build a pack and run it on its tests: Go modules below tests/, with `// want` comments and `.golden` files
    ///
    /// The folder testdata/RULE is a Go module, or has several. `// want "regexp"` names a finding of its line, FILE.golden is
    /// what --fix makes of FILE, and the Go examples below `## Bad` and `## Good` in a rule's documentation are run, too.
    ///
    /// Exit code: 0 all passed, 1 some failed, 2 there was nothing to run.
    Test(PluginTestArguments),
    /// Show what a pack is: name, version, contract, rules with what they look for, imports, size
    Inspect(PluginInspectArguments),
    /// Print the syntax tree of a Go file, in the names that rules use for its nodes and fields
    ///
    /// Each line is a node: where it begins, its bytes, its field in the node above, its kind, and the text of what has nothing
    /// below it. Tokens are in quotes. What does not parse is marked.
    Tree {
        /// The Go file, or `-` for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Args)]
pub(crate) struct PluginInspectArguments {
    /// The component
    #[arg(value_name = "FILE")]
    pub(crate) pack: PathBuf,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Args)]
pub(crate) struct PluginTestArguments {
    /// The folder of the crate, which has a folder testdata; with --pack, that folder or any one with tests
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,

    /// Test this component, and build none
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: Option<PathBuf>,

    /// Test only this rule
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Option<String>,
}

/// How sure a finding must be.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Confidence {
    /// Only what is certain.
    Certain,
    /// What is likely, too.
    Likely,
}

/// Which part of how many.
fn shard(text: &str) -> Result<(u32, u32), String> {
    let numbers = text.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
    match numbers {
        Some((part, parts)) if (1..=parts).contains(&part) => Ok((part, parts)),
        _ => Err(format!("`{text}` is no part of a whole, such as 1/3, 2/3 or 3/3")),
    }
}

fn format_parser() -> impl clap::builder::TypedValueParser<Value = Format> {
    use clap::builder::TypedValueParser;
    clap::builder::PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

fn severity_parser() -> impl clap::builder::TypedValueParser<Value = Severity> {
    use clap::builder::TypedValueParser;
    let named = |name: String| Severity::ALL.into_iter().find(|severity| severity.name() == name);
    clap::builder::PossibleValuesParser::new(Severity::ALL.map(Severity::name))
        .try_map(move |name| named(name).ok_or("no severity"))
}

fn output_file(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, path) =
        text.split_once('=').ok_or_else(|| format!("`{text}` is not FORMAT=PATH, as in sarif=findings.sarif"))?;
    if path.is_empty() {
        return Err(format!("`{text}` names no file: write {format}=PATH"));
    }
    Ok((format.parse::<Format>().map_err(|e| e.to_string())?, PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn an_output_names_a_format_and_a_file() {
        assert_eq!(output_file("sarif=a=b"), Ok((Format::Sarif, PathBuf::from("a=b"))));
        for wrong in ["sarif", "sarif=", "xml=a"] {
            assert!(output_file(wrong).is_err(), "{wrong}");
        }
    }
}
