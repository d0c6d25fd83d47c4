//! What the fuzz targets do with their input: each looks at bytes, and panics where an answer can't be right. The end-to-end
//! tests hand them the committed inputs below corpus/.

pub mod baselines;
pub mod changes;
pub mod configuration;
pub mod constraints;
mod desk;
pub mod findings;
pub mod fixes;
pub mod frames;
pub mod imports;
mod memory;
pub mod migrations;
pub mod modules;
pub mod names;
mod pipe;
mod recipe;
pub mod sessions;
pub mod suppressions;
pub mod tree;

/// A target: its name, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("baselines", baselines::run),
    ("changes", changes::run),
    ("configuration", configuration::run),
    ("constraints", constraints::run),
    ("findings", findings::run),
    ("fixes", fixes::run),
    ("frames", frames::run),
    ("imports", imports::run),
    ("migrations", migrations::run),
    ("modules", modules::run),
    ("names", names::run),
    ("sessions", sessions::run),
    ("suppressions", suppressions::run),
    ("tree", tree::run),
];
