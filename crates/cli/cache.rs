//! `golint-rs cache`: where compiled packs are kept, and away with them.

use std::io::{ErrorKind, Write};

use anyhow::{Context, Result};

use crate::Ending;
use crate::arguments::CacheCommand;
use crate::output::Terminal;
use crate::session::cache_folder;

pub(crate) fn run(command: &CacheCommand, terminal: &Terminal) -> Result<Ending> {
    let folder = cache_folder().context("no folder for caches: set XDG_CACHE_HOME or HOME")?;
    match command {
        CacheCommand::Dir => writeln!(terminal.stdout(), "{folder}")?,
        CacheCommand::Clean => match std::fs::remove_dir_all(&folder) {
            Ok(()) => terminal.note(&format!("removed {folder}"))?,
            Err(e) if e.kind() == ErrorKind::NotFound => {
                terminal.note(&format!("{folder} is not there: nothing to remove"))?;
            }
            Err(e) => return Err(e).with_context(|| format!("cannot remove {folder}")),
        },
    }
    Ok(Ending::Clean)
}
