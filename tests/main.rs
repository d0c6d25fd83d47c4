//! The end-to-end tests: the real binary on real files. `rules` runs every rule on its fixtures, `cli` every command,
//! flag, format and error.

mod cli;
mod rules;
mod scratch;
