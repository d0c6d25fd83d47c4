//! `golint-rs cache`: where compiled packs and results are kept, and away with them.

use anyhow::{Context, Result};

use crate::Ending;
use crate::arguments::CacheCommand;
use crate::output::{Terminal, counted};
use crate::session::cache_folder;

pub(crate) fn run(command: &CacheCommand, terminal: &Terminal) -> Result<Ending> {
    let folder = cache_folder().context("no folder for a cache: name one in GOLINT_RS_CACHE")?;
    match command {
        CacheCommand::Dir => terminal.print(format!("{folder}\n").as_bytes())?,
        CacheCommand::Clean => {
            let (files, bytes) =
                golint_core::clean_cache(&folder).with_context(|| format!("cannot empty the cache in {folder}"))?;
            let files = counted(files, "file");
            let size = bytes.div_ceil(1000);
            terminal.note(&format!("removed {files} of compiled packs and results ({size} KB) from {folder}"))?;
        }
    }
    Ok(Ending::Clean)
}
