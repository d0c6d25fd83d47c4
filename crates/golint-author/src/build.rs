//! A crate to a pack that the linter takes: built, made a component, loaded, and asked what its rules look for, so that what
//! is wrong with it is told here and not where it is used. It writes nothing but what cargo writes.

use camino::Utf8Path;
use golint_host::HostOptions;
use golint_packer::{Build, Profile};

use crate::pack::{Loaded, PackError, interests, load};

/// Builds the crate in this folder; `shown` is what to call the folder. `quiet` keeps cargo's progress away.
///
/// # Errors
/// If it does not build, or if what was built is no pack.
pub fn build(folder: &Utf8Path, shown: &str, quiet: bool, options: HostOptions) -> Result<Loaded, PackError> {
    let build = Build {
        manifest: folder.join("Cargo.toml").into_std_path_buf(),
        folder: folder.as_std_path().to_owned(),
        profile: Profile::Pack,
        locked: false,
        quiet,
        target_dir: None,
        remapped: Vec::new(),
    };
    let component = golint_packer::build(&build)?;
    let loaded = load(component.into(), &format!("the crate in {shown}"), options)?;
    interests(&*loaded.pack)?;
    Ok(loaded)
}
