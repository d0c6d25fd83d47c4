//! The committed components must be what their sources say: an input that changed without a rebuild fails here, and so
//! does a component that was changed without its lock.

use std::path::Path;

use xtask::plugins::{folder, read_lock, sha256};
use xtask::{inputs, root};

fn assert_fresh(root: &Path, pack: &str) {
    let lock = read_lock(root).expect("packs.lock can be read");
    let locked =
        lock.packs.get(pack).unwrap_or_else(|| panic!("{pack} is not in packs.lock: run `cargo xtask plugins`"));
    assert_eq!(
        inputs::hash(root, pack).expect("the pack's inputs can be read"),
        locked.inputs,
        "the sources of pack {pack} changed since its component was built: run `cargo xtask plugins`"
    );
    let component = std::fs::read(folder(root).join(format!("{pack}.wasm"))).expect("the component can be read");
    assert_eq!(sha256(&component), locked.component, "{pack}.wasm is not the locked one: run `cargo xtask plugins`");
}

#[test]
fn every_pack_is_built_from_its_sources() {
    for pack in inputs::packs(&root()).expect("plugins/ can be read") {
        assert_fresh(&root(), &pack);
    }
}

#[test]
fn every_pack_is_embedded() {
    let embedded: Vec<String> = golint_builtin::PACKS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(embedded, inputs::packs(&root()).expect("plugins/ can be read"));
}
