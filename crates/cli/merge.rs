//! `golint-rs merge`: reports of parts of a run to the report of the whole.

use std::fs;

use anyhow::{Context, Result};
use golint_diagnostics::merge::merge;
use serde_json::Value;

use crate::Ending;
use crate::arguments::MergeArguments;
use crate::output::Terminal;

pub(crate) fn run(arguments: &MergeArguments, terminal: &Terminal) -> Result<Ending> {
    let read = |path: &std::path::PathBuf| -> Result<Value> {
        let shown = path.display();
        let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        serde_json::from_slice(&bytes).with_context(|| format!("{shown} is no JSON, or breaks off"))
    };
    let parts = arguments.reports.iter().map(read).collect::<Result<Vec<Value>>>()?;
    let merged = merge(parts).map_err(|error| {
        let about = error.part().and_then(|part| arguments.reports.get(part));
        match about {
            Some(path) => anyhow::Error::new(error).context(format!("{} can't be merged", path.display())),
            None => error.into(),
        }
    })?;
    let mut document = Vec::new();
    merged.write(&mut document)?;
    terminal.print(&document)?;
    if merged.incomplete {
        terminal.note("a part of the run is incomplete")?;
        return Ok(Ending::Incomplete);
    }
    // The heaviest severity is the first.
    let found = merged.heaviest.is_some_and(|heaviest| heaviest <= arguments.fail_on);
    Ok(if found && !arguments.exit_zero { Ending::Findings } else { Ending::Clean })
}
