//! golint.toml.

mod discovery;
mod glob;
mod layer;
mod options;
mod platforms;
mod reader;
mod resolve;
mod selector;
