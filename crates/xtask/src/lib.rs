//! What the tasks are made of, as a library so that tests of the workspace can call it.

#![allow(clippy::print_stdout, reason = "a task talks to the developer who called it")]

pub mod bench;
pub mod grammar;
pub mod inputs;
pub mod new_rule;
pub mod oracle;
pub mod parses;
pub mod plugins;
pub mod std_index;
pub mod tidy;

use std::path::PathBuf;

/// The root of the workspace that the task was called in: cargo says where, and a target folder may outlive the checkout
/// that it was filled from.
pub fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let mut path = PathBuf::from(manifest);
    path.pop();
    path.pop();
    path
}
