//! What authors of rule packs need beside the SDK: the harness that runs a pack on its tests.
//!
//! It stands on the engine and has no way of its own to run a rule. It never prints, and never ends the program: what it
//! has to say is data, which the command line shows and tests assert on.

pub mod harness;
pub mod pack;
