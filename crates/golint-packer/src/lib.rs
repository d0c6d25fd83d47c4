//! From a crate to a rule pack: cargo builds the crate for [`TARGET`], and the module becomes a component. The built-in
//! packs and those of others are made in this one way.
//!
//! It never runs a pack, does not know what a rule is, and prints nothing itself: cargo's and the compiler's messages go to
//! standard error as they come.

mod cargo;
mod error;
mod toolchain;

use std::path::PathBuf;

pub use error::BuildError;
pub use toolchain::standard_library;

/// What packs are compiled for. It has no system interface, so that a pack can't ask for one.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How to build one crate.
#[derive(Clone, Debug)]
pub struct Build {
    /// The crate's Cargo.toml.
    pub manifest: PathBuf,
    /// The folder to run cargo in: its `.cargo/config.toml` and `rust-toolchain.toml` hold.
    pub folder: PathBuf,
    /// How to compile.
    pub profile: Profile,
    /// Whether the lock file must not change.
    pub locked: bool,
    /// Whether cargo keeps its progress to itself.
    pub quiet: bool,
    /// Where cargo puts what it builds; none leaves that to cargo.
    pub target_dir: Option<PathBuf>,
    /// Folders whose paths must not get into the component, which would otherwise differ from machine to machine, each
    /// with what stands for it. Cargo's registry and the packages outside of the crate's workspace are always among them;
    /// what lies in the workspace is compiled by relative paths.
    pub remapped: Vec<(PathBuf, String)>,
}

/// How to compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A profile that the workspace of the crate has.
    Named(String),
    /// Small and fast, whatever the crate's Cargo.toml says of its profiles.
    Pack,
}

/// Builds the crate and makes a component of it; the bytes.
///
/// # Errors
/// If Rust or its standard library for [`TARGET`] is missing, the crate does not compile, or is no pack.
pub fn build(build: &Build) -> Result<Vec<u8>, BuildError> {
    if !build.manifest.is_file() {
        return Err(BuildError::NoCrate(build.manifest.clone()));
    }
    let elsewhere = cargo::packages_elsewhere(build)?;
    standard_library(&build.folder)?;
    let path = cargo::module(build, &elsewhere)?;
    let module = std::fs::read(&path).map_err(|error| BuildError::Unreadable { path, error })?;
    component(&module)
}

/// The component of a core module that carries the description of its interfaces.
fn component(module: &[u8]) -> Result<Vec<u8>, BuildError> {
    let mut encoder = wit_component::ComponentEncoder::default();
    let encoded = encoder.module(module).and_then(|encoder| encoder.validate(true).encode());
    encoded.map_err(|error| BuildError::Component(format!("{error:#}")))
}
