//! The language server: findings while somebody types. The only crate that knows the Language Server Protocol; what is
//! found and where, it asks golint-core. It reads files through overlays of the open documents, and writes none.

mod action;
mod checker;
mod client;
mod completion;
mod document;
mod engines;
mod finding;
mod handbook;
mod hover;
mod lifecycle;
mod notice;
mod server;
mod settings;
mod shape;
mod subject;
mod sweep;
mod text;
mod toml;
mod transport;
mod uri;
mod workspace;

pub use lifecycle::{Ending, ServerOptions, Start, serve};
