//! `golint-rs config`: what holds for a file, and what golint.toml may say.

use std::io::Write;

use anyhow::{Context, Result};

use crate::arguments::ConfigCommand;
use crate::output::Terminal;
use crate::{Ending, check, session};

pub(crate) fn run(command: &ConfigCommand, terminal: &Terminal) -> Result<Ending> {
    let folder = session::working_folder()?;
    let snapshot = check::snapshot_of(&folder);
    let mut out = terminal.stdout();
    let problems = match command {
        ConfigCommand::Show { path, sources } => {
            let shown = path.display();
            let path = session::absolute(&folder, path)?;
            // What holds there would be a guess: a misspelt path has the defaults, or those of a folder above.
            snapshot.files.metadata(&path).with_context(|| format!("cannot show what holds for {shown}"))?;
            let engine = session::engine(session::engine_options(&folder, sources, terminal)?)?;
            let (configuration, problems) = engine.effective_configuration(&snapshot, &path);
            if let Some(configuration) = configuration {
                write!(out, "{}", configuration.to_toml())?;
            }
            problems
        }
        ConfigCommand::Schema { sources } => {
            let engine = session::engine(session::engine_options(&folder, sources, terminal)?)?;
            let (schema, problems) = engine.configuration_schema(&snapshot, &folder);
            serde_json::to_writer_pretty(&mut out, &schema)?;
            writeln!(out)?;
            problems
        }
    };
    out.flush()?;
    drop(out);
    check::print_problems(&problems, &snapshot, &folder, terminal)?;
    Ok(if problems.is_empty() { Ending::Clean } else { Ending::Incomplete })
}
