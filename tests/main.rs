//! The end-to-end tests: the real binary on real files. `rules` runs every rule on its fixtures, `cli` every command,
//! flag, format and error. `native` runs the rules without the sandbox, `costs` what may take too long.

mod cli;
mod costs;
mod native;
mod rules;
mod scratch;
