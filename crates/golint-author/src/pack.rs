//! A pack out of a file or out of a build, loaded as the linter loads it. What is wrong with it is told to the one who can
//! mend it: here the reader is the author, elsewhere a user.

use std::io;
use std::sync::Arc;

use camino::Utf8Path;
use golint_host::{ConfigureError, Host, HostOptions, Interest, LoadCause, LoadError, RulePack, Setting};
use golint_project::{Disk, FileSystem};

/// A pack and its bytes.
pub struct Loaded {
    /// The pack.
    pub pack: Arc<dyn RulePack>,
    /// The component.
    pub bytes: Arc<[u8]>,
}

/// Why a pack can't be had. The text says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file can't be read.
    #[error("can't read the pack {path}: {error}; name a .wasm file, such as `golint-rs plugin build` writes")]
    Unreadable {
        /// As it was given.
        path: String,
        /// Why not.
        error: io::Error,
    },
    /// The runtime does not start.
    #[error(transparent)]
    Host(#[from] golint_host::HostError),
    /// It does not keep the contract.
    #[error("{error}\n  help: {help}")]
    Load {
        /// What is wrong.
        error: Box<LoadError>,
        /// What to do.
        help: String,
    },
    /// The crate does not build.
    #[error(transparent)]
    Build(#[from] golint_packer::BuildError),
    /// It does not take the defaults of its rules, or it wants what there is not.
    #[error("{0}\n  help: mend `interests` or the options of that rule, and build the pack again")]
    Configure(#[from] ConfigureError),
}

/// Loads the component in this file; `shown` is what to call the file.
///
/// # Errors
/// If it can't be read or is no pack.
pub fn read(path: &Utf8Path, shown: &str, options: HostOptions) -> Result<Loaded, PackError> {
    let bytes = Disk.read(path).map_err(|error| PackError::Unreadable { path: shown.to_owned(), error })?;
    load(bytes, shown, options)
}

/// Loads a component, whose failures are told under its own name. The error tells if it is no pack.
pub(crate) fn load(bytes: Arc<[u8]>, origin: &str, options: HostOptions) -> Result<Loaded, PackError> {
    let pack = Host::new(options)?.load_unnamed(Arc::clone(&bytes), origin);
    let pack = pack.map_err(|error| PackError::Load { help: remedy(&error), error: Box::new(error) })?;
    Ok(Loaded { pack, bytes })
}

/// What the rules look for when all of them are on, with their default options. The error tells if the pack fails, or
/// declares what can't be.
pub(crate) fn interests(pack: &dyn RulePack) -> Result<Vec<Interest>, PackError> {
    let rules = 0..pack.manifest().rules.len();
    let on = |rule| Setting { rule: u32::try_from(rule).unwrap_or(u32::MAX), options: serde_json::Value::Null };
    let settings: Vec<_> = rules.map(on).collect();
    Ok(pack.configure(&settings)?.interests.clone())
}

/// What the author can do about it.
fn remedy(error: &LoadError) -> String {
    match &error.cause {
        LoadCause::Manifest(_) => {
            "the pack says so itself: in Rust, mend what `export_pack!` lists or what `META` of the rule says, and build \
             the pack again"
                .into()
        }
        LoadCause::Describe(_) => {
            "`META` and the options' defaults are made before any file is read, and must neither panic nor wait; mend \
             them, and build the pack again"
                .into()
        }
        LoadCause::CoreModule { .. } => {
            "a pack is a component: `golint-rs plugin build` makes one of a crate, and `wasm-tools component new` of a \
             core module that another language's compiler wrote"
                .into()
        }
        _ => error.help(),
    }
}
