//! The engine of golint-rs: configuration, the prefilter, the parallel run, suppression and fixes.
//!
//! [`Engine::check`] is the way in, [`Engine::recheck`] for editors, and [`Engine::check_since`] for what is new. It reads through its snapshot only, prints
//! nothing, and never says what an exit code is. Files are written by [`write()`], and only there.

mod baseline;
mod catalog;
mod config;
mod control;
mod engine;
mod fix;
mod imported;
mod incremental;
mod options;
mod outcome;
mod packs;
mod prefilter;
mod results;
mod run;
mod since;
mod snapshot;
mod start_error;
mod suppression;
mod survey;
#[cfg(test)]
mod testing;

pub use baseline::{BASELINE_TITLE, BaselineUpdate};
pub use catalog::{Origin, Rule};
pub use config::{EffectiveConfiguration, nearest_rule};
pub use control::Control;
pub use engine::Engine;
pub use fix::{Change, FixLevel, Fixed, WriteError, write};
pub use golint_host::{Level, Log, LogEntry};
pub use golint_host::{follow_references, nearest};
pub use imported::{ImportError, Imported};
pub use incremental::Incremental;
pub use options::{BaselineSource, ConfigurationSource, EngineOptions, Overrides, cache_folder, clean_cache};
pub use outcome::{Outcome, Remark, RunSources};
pub use run::Counters;
pub use since::Since;
pub use snapshot::{Snapshot, Target};
pub use start_error::{StartError, UsageError};
pub use suppression::{Ignored, ignore, named_rules};
