//! The end-to-end tests: the real binary on real files. `rules` runs every rule on its fixtures, `cli` every command,
//! flag, format and error, `plugin` the commands for authors of packs, `plugins` packs that misbehave and caches that can't
//! be trusted, `files` files that do, `lsp` the language server. `native` runs the rules without the sandbox, `costs` what may take too long, `counters`
//! what a run does, `corpus` what the fuzz targets have found, `picture` draws the one in the README, `pages` writes
//! those of the rules, `release` is what releases are made with.

mod cli;
mod corpus;
mod costs;
mod counters;
mod files;
/// What the fuzz targets do, which are a workspace of their own.
#[path = "fuzz/src/lib.rs"]
#[allow(missing_docs, unreachable_pub, reason = "a library there")]
mod fuzz;
/// Packs written as WebAssembly text, as golint-host's own tests make them.
#[path = "../crates/golint-host/tests/packs/guest.rs"]
#[allow(dead_code, reason = "golint-host's tests use all of it")]
mod guest;
mod lsp;
mod native;
mod pages;
mod picture;
mod plugin;
mod plugins;
mod release;
mod rules;
mod scratch;
mod written;
