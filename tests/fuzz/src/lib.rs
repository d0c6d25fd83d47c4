//! What the fuzz targets do with their input: each looks at bytes, and panics where an answer can't be right. The end-to-end
//! tests hand them the committed inputs below corpus/.

pub mod configuration;
pub mod constraints;
pub mod findings;
pub mod fixes;
mod memory;
pub mod modules;
pub mod names;
mod recipe;
pub mod suppressions;
pub mod tree;

/// A target: its name, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("configuration", configuration::run),
    ("constraints", constraints::run),
    ("findings", findings::run),
    ("fixes", fixes::run),
    ("modules", modules::run),
    ("names", names::run),
    ("suppressions", suppressions::run),
    ("tree", tree::run),
];
