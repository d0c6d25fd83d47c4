//! The built-in rule packs, as components that are part of the binary. It knows nothing of how they are run; they go
//! through the same door as everybody's. Written by `cargo xtask plugins`, locked by packs/packs.lock.

/// Each pack's name and its component.
pub const PACKS: &[(&str, &[u8])] = &[
    ("go-semantics", include_bytes!("../packs/go-semantics.wasm")),
    ("linux", include_bytes!("../packs/linux.wasm")),
    ("unsafe-memory", include_bytes!("../packs/unsafe-memory.wasm")),
];
