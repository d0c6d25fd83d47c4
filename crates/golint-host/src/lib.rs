//! Loads rule packs and runs them on files.
//!
//! A pack is a WebAssembly component that speaks the contract `golint:rules`, or, for tests and benchmarks, a static
//! [`golint_sdk::Pack`] that runs in-process. Both stand behind [`RulePack`]; whoever uses a pack never learns which it
//! is. This is the only crate that names wasmtime. It never decides which rules run on which file, never reads a file of
//! the checked project, and never prints: what it has to say goes to the caller's [`Log`].

mod cache_folder;
mod component;
mod configurations;
mod counters;
mod failure;
mod finding;
mod host;
mod input;
mod interest;
mod load_error;
mod log;
mod manifest;
mod native;
mod questions;
mod rule_pack;

pub use cache_folder::{CacheEnvironment, CacheFolder, cache_dir};
pub use component::cache::clean_cache;
pub use component::inspect::Interfaces;
pub use counters::CounterValues;
pub use failure::{CheckError, Failure, FailureKind, PackState};
pub use finding::Finding;
pub use golint_sdk::{facts::decode_hits, nearest};
pub use host::{Host, HostError, HostOptions};
pub use input::{Cancel, CheckInput, FileInput, LazyModel, encode_hits};
pub use interest::{GoRange, Interest, Needle, Pattern};
pub use load_error::{LoadCause, LoadError};
pub use log::{Level, Log, LogEntry, Quiet};
pub use manifest::options::follow_references;
pub use manifest::raw::is_kebab_case;
pub use manifest::{Attribute, Manifest, Rule};
pub use native::NativePack;
pub use rule_pack::{ConfigureError, Configured, OptionError, RulePack, Setting};

/// What a panic said.
fn panic_text(payload: &(dyn std::any::Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}
