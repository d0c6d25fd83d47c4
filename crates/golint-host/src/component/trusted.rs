//! The one place where precompiled code becomes executable. It never looks where the code came from: its caller does.
#![allow(unsafe_code, reason = "loading precompiled code can't be checked by the compiler; see `load`")]

use wasmtime::Engine;
use wasmtime::component::Component;

/// Turns what [`Component::serialize`] gave back into a component.
///
/// The bytes become machine code that runs with all rights of this process. The caller must have them from a cache entry
/// that nobody else can write and whose hash it has verified, in this very buffer (see [`super::cache`]): never from a
/// repository, a configuration, the network or a folder that others can write. wasmtime itself only verifies that they
/// were made by the same version with the same settings.
pub(super) fn load(engine: &Engine, compiled: &[u8]) -> wasmtime::Result<Component> {
    // SAFETY: `compiled` is unaltered output of `Component::serialize`: the caller holds entries of its own cache only,
    // owned and writable by this user alone, and checked against the hash that was stored with them.
    unsafe { Component::deserialize(engine, compiled) }
}
