//! The engine: configuration, prefilter, parallel run, suppression and fixes.

mod catalog;
mod config;
mod control;
mod nearest;
mod options;
mod prefilter;
mod shown;
mod suppression;

pub use catalog::{Origin, Rule};
pub use control::Control;
pub use options::{ConfigurationSource, EngineOptions, Overrides};
