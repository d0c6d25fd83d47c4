//! The binary: what was typed becomes a command, a command becomes an exit code. It knows no rule and reads no Go.

mod arguments;
mod cache;
mod check;
mod configuration;
mod explain;
mod input;
mod known;
mod lsp;
mod markdown;
mod merge;
mod migrate;
mod output;
mod output_files;
mod plugin;
mod progress;
mod scope;
mod session;

use std::any::Any;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use output::Terminal;

/// In place of musl's, which is slow; its feature `override` gives the parser's C code the same one.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a command found out. Errors end in 2, as an incomplete run does.
enum Ending {
    /// Nothing was found.
    Clean,
    /// There are findings.
    Findings,
    /// The run could not look at everything.
    Incomplete,
}

fn main() -> ExitCode {
    quiet_caught_panics();
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    let terminal = Terminal::new(&arguments);
    let ending = catch_unwind(AssertUnwindSafe(|| run(arguments.command, &terminal)));
    match ending.unwrap_or_else(|panic| Err(internal_error(&*panic))) {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Ok(Ending::Incomplete) => ExitCode::from(2),
        // Whoever read the output has seen enough: `golint-rs … | head` is no error.
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = terminal.error(&error);
            ExitCode::from(2)
        }
    }
}

/// What is wrong with the arguments. Where the words of a parser name the value, they are enough: clap would put before
/// them that the value is invalid.
fn refuse(error: &clap::Error) -> ! {
    let of = |kind| error.get(kind).filter(|_| error.kind() == ErrorKind::ValueValidation).map(ToString::to_string);
    match (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue), error.source().map(ToString::to_string)) {
        (Some(argument), Some(value), Some(words)) if words.contains(&value) => {
            clap::Error::raw(error.kind(), format!("{argument}: {words}\n")).exit()
        }
        _ => error.exit(),
    }
}

/// Every panic is caught: on a worker it becomes a finding of its file (`internal-error`), anywhere else an error. The
/// trace of the default hook would only stand between the findings. RUST_BACKTRACE brings it back.
fn quiet_caught_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| ()));
    }
}

/// A panic that no file is to blame for, as an error.
fn internal_error(panic: &(dyn Any + Send)) -> anyhow::Error {
    let words = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let words = words.unwrap_or("it gave no reason");
    anyhow!("internal error: {words}. This is a fault of golint-rs: please report it, with RUST_BACKTRACE=1 set")
}

fn run(command: Command, terminal: &Terminal) -> anyhow::Result<Ending> {
    match command {
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Merge(arguments) => merge::run(&arguments, terminal),
        Command::Migrate(arguments) => migrate::run(&arguments, terminal),
        Command::Rules(arguments) => explain::rules(&arguments, terminal),
        Command::Explain(arguments) => explain::rule(&arguments, terminal),
        Command::Config { command } => configuration::run(&command, terminal),
        Command::Cache { command } => cache::run(&command, terminal),
        Command::Plugin { command } => plugin::run(&command, terminal),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Man { folder } => {
            let written = clap_mangen::generate_to(Arguments::command(), &folder);
            written.with_context(|| format!("cannot write manual pages to {}", folder.display()))?;
            Ok(Ending::Clean)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "golint-rs", &mut script);
            // For names with a hyphen clap_complete 4.6 looks commands up in bash by another name than it gives them
            // (clap-rs/clap issue 6421).
            let script = String::from_utf8_lossy(&script).replace("golint__subcmd__rs", "golint__rs");
            terminal.print(script.as_bytes())?;
            Ok(Ending::Clean)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_that_no_file_is_to_blame_for_becomes_an_error_with_its_words() {
        for (panic, words) in [
            (catch_unwind(|| panic!("plain")), "internal error: plain. "),
            (catch_unwind(|| panic!("with {}", 2)), "internal error: with 2. "),
            (catch_unwind(|| std::panic::panic_any(7)), "internal error: it gave no reason. "),
        ] {
            let error = internal_error(&*panic.expect_err("it panicked"));
            assert!(error.to_string().starts_with(words), "{error}");
        }
    }
}
