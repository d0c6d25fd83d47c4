//! `golint-rs lsp`: an editor at the other end of standard input and output. Nothing else may be written there.

use std::sync::Arc;

use anyhow::{Context, Result};
use golint_core::{Engine, EngineOptions, Level};
use golint_lsp::{Ending as Served, ServerOptions, serve};
use golint_project::Disk;

use crate::Ending;
use crate::arguments::{LogLevel, LspArguments};
use crate::session;

pub(crate) fn run(arguments: &LspArguments) -> Result<Ending> {
    let mut engine = EngineOptions::new(golint_builtin::PACKS, session::working_folder()?);
    engine.pack_budget = EngineOptions::EDITOR_BUDGET;
    engine.cache_folder = if arguments.no_cache { None } else { session::cache_folder() };
    let log_level = match arguments.log_level {
        LogLevel::Off => None,
        LogLevel::Error => Some(Level::Error),
        LogLevel::Warn => Some(Level::Warn),
        LogLevel::Info => Some(Level::Info),
        LogLevel::Debug => Some(Level::Debug),
    };
    let options = ServerOptions {
        engine,
        start: Engine::new,
        files: Arc::new(Disk),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        log_level,
    };
    let served = serve(std::io::stdin(), std::io::stdout(), &options).context("the language server stopped")?;
    // As the protocol has it: 1 for a client that left without a word.
    Ok(match served {
        Served::Orderly => Ending::Clean,
        Served::Abrupt => Ending::Findings,
    })
}
