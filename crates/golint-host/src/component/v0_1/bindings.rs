//! What version 0.1 of the contract becomes in Rust: its records, and how to call a pack.
#![allow(missing_docs, dead_code, reason = "generated bindings; the documentation stands in rules.wit")]
#![allow(clippy::all, unused_qualifications, unreachable_pub, reason = "generated bindings")]

wasmtime::component::bindgen!({
    path: "../../rules-wit",
    world: "rule-pack",
    with: { "golint:rules/files.file": super::File },
});
