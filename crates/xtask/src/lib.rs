//! What the tasks are made of, as a library so that tests of the workspace can call it.

#![allow(clippy::print_stdout, reason = "a task talks to the developer who called it")]

pub mod inputs;
pub mod new_rule;
pub mod plugins;
pub mod tidy;

use std::path::PathBuf;

/// The root of the workspace.
pub fn root() -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path.pop();
    path
}
