//! `cargo xtask`: tasks of golint-rs's own development. The linter itself never depends on it.

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Tasks of golint-rs's own development")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Rebuild the built-in rule packs from plugins/ and write them, with their lock, into golint-builtin.
    Plugins {
        /// Write nothing; fail where a pack that this compiler builds differs from the committed one.
        #[arg(long)]
        check: bool,
    },
    /// Write the files of a new rule: its source, its tests, and its name in the pack's list.
    NewRule {
        /// Folder of the pack below plugins/.
        pack: String,
        /// The rule's id, kebab-case; names the problem.
        id: String,
    },
    /// Generate the parser of Go from the grammar in golint-syntax.
    Grammar {
        /// Write nothing; fail where the committed parser is not what the grammar gives.
        #[arg(long)]
        check: bool,
    },
    /// Compare what parses with what Go's own parser takes, for all Go files below some folders; needs Go.
    Parses {
        /// Folders with Go code.
        #[arg(required = true)]
        folders: Vec<std::path::PathBuf>,
    },
    /// Measure the optimised linter on the Go files below a folder; prints a table, and writes target/bench.json.
    Bench {
        /// A large folder with Go code, such as the `src` of a Go installation.
        folder: std::path::PathBuf,
    },
    /// Compare the model of names with go/types, over the packages that go's patterns name. Needs Go.
    Oracle {
        /// Where the patterns are seen from; without, here.
        #[arg(long)]
        folder: Option<std::path::PathBuf>,
        /// `json` prints the numbers alone.
        #[arg(long, default_value = "text", value_parser = ["text", "json"])]
        format: String,
        /// As the go command takes them.
        #[arg(required = true)]
        patterns: Vec<String>,
    },
    /// Write golint-stdlib's archive: what Go's standard library declares. Needs Go.
    StdIndex {
        /// The Go distribution to read; without, that of the go command.
        goroot: Option<std::path::PathBuf>,
        /// Write nothing; fail where the committed archive is not what the distribution gives, or go/types sees another
        /// package in it than in the sources. Of another Go version there is nothing to compare.
        #[arg(long)]
        check: bool,
    },
    /// Check the architecture: the arrows between the crates, and what only one crate may name.
    Tidy,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Plugins { check } => xtask::plugins::run(check),
        Task::NewRule { pack, id } => xtask::new_rule::run(&pack, &id),
        Task::Grammar { check } => xtask::grammar::run(check),
        Task::Parses { folders } => xtask::parses::run(&folders),
        Task::Bench { folder } => xtask::bench::run(&folder),
        Task::Oracle { folder, format, patterns } => xtask::oracle::run(folder.as_deref(), &patterns, &format),
        Task::StdIndex { goroot, check } => xtask::std_index::run(goroot.as_deref(), check),
        Task::Tidy => xtask::tidy::run(),
    }
}
