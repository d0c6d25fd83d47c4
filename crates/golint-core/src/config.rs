//! golint.toml: finding it, reading it, and what it means for a file. Never runs a rule.
//!
//! - [`discovery`] finds the files that govern a folder, and reads them with what they extend;
//! - [`layer`] is one file as it stands, [`options`] the options of a rule in it;
//! - [`resolve`] makes one configuration of a chain of files and the command line;
//! - [`effective`] shows a configuration, [`schema`] describes the file for editors.

mod discovery;
mod effective;
mod glob;
mod layer;
mod options;
mod platforms;
mod reader;
mod resolve;
mod schema;
mod selector;

pub use effective::EffectiveConfiguration;
pub use selector::nearest_rule;

pub(crate) use discovery::{Discovery, Governing};
pub(crate) use layer::PluginTable;
pub(crate) use options::option_name;
pub(crate) use reader::fault;
pub(crate) use resolve::{Alias, BaselineFile, CommandLine, Configuration, RootFile, resolve};
pub(crate) use schema::schema;
pub(crate) use selector::RuleSet;
