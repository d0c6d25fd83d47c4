//! What authors of rule packs need beside the SDK: a new pack to begin with, a build of it, a look at what came out, and the
//! harness that runs it on its tests; and the tree of a Go file, which rules look at.
//!
//! It stands on the engine and has no way of its own to run a rule. It never prints (cargo and the compiler do, where a
//! crate is built), and never ends the program: what it has to say is data, which the command line shows and tests assert
//! on.

pub mod build;
pub mod harness;
pub mod inspect;
pub mod pack;
pub mod scaffold;
pub mod tree;
