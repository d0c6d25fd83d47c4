//! `golint-rs lsp`, spoken to as editors do.

mod actions;
mod baseline;
mod client;
mod configuration;
mod documents;
mod folders;
mod lifecycle;
mod packs;
mod questions;
mod typing;
mod workspace;

/// A module whose go line makes loop variables shared.
const OLD: &str = "module example.com/m\n\ngo 1.21\n";

/// One finding in line 4 (from 0), that has a safe fix.
const CAPTURE: &str = "package m\n\nfunc f(names []string, run func(string)) {\n\tfor _, name := range names {\n\t\tgo func() { run(name) }()\n\t}\n}\n";
