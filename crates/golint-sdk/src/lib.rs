//! Write rules for golint-rs in Rust.
//!
//! A rule is a type with metadata, options, interests and a check over the nodes that it subscribed to; a pack is a
//! list of rules, exported by [`export_pack!`] and compiled to one WebAssembly component. See [`export_pack!`] for a
//! whole pack on one screen, [`Rule`] for what a rule says about itself, [`Node`] for what it can ask, and [`Finding`]
//! for what it can report.
//!
//! Whatever is not known is `None`, or a platform that no entry of a list covers. It never means "no": a rule that gets
//! it stays silent.

// The generated bindings name this crate from inside and from outside by the same path.
extern crate self as golint_sdk;

pub mod facts;
#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub mod guest;
pub mod pack;

mod constant;
mod file;
mod finding;
mod nearest;
mod node;
mod object;
mod options;
mod platforms;
mod rule;
mod types;

pub use facts::{Constant, GoVersion, Location, ObjectKind, Platform, Span};
pub use file::File;
pub use finding::{Finding, Fix, Place};
pub use golint_tree::{Field, Kind, field, kind};
pub use nearest::nearest;
pub use node::Node;
pub use object::Object;
pub use options::Misfit;
pub use pack::Pack;
pub use platforms::Platforms;
pub use rule::{Interest, Meta, Needle, NoOptions, Rule, Severity};
pub use types::{Layout, Signature, StructField, Type};

/// What a rule's file imports with one line.
pub mod prelude {
    pub use crate::{
        Constant, Field, File, Finding, Fix, GoVersion, Interest, Kind, Layout, Location, Meta, Misfit, Needle,
        NoOptions, Node, Object, ObjectKind, Place, Platform, Platforms, Rule, Severity, Span, StructField, Type,
        field, kind,
    };
}
