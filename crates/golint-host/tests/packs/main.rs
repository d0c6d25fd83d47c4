//! Packs through the host's own door: components made of WebAssembly text, and native ones.

#[cfg(unix)]
mod cache;
mod check;
mod failures;
mod files;
mod guest;
mod load;
mod native;
mod questions;
