//! Write rules for golint-rs in Rust.
//!
//! A rule is a type that says what it is about, in which files and nodes it is interested, and what to do with such a node.
//! A pack is a list of rules, compiled to one WebAssembly component. `golint-rs plugin new NAME` writes a pack with a rule
//! that works; this page writes one by hand, in three steps. Its code is compiled, built and run by the tests.
//!
//! # 1. Find something
//!
//! Go has `time.Since(start)` for `time.Now().Sub(start)`. The rule `time-since` finds the long form:
//!
//! ```
//! use golint_sdk::prelude::*;
//!
//! /// The rule. The type is never made: it stands for the rule.
//! struct TimeSince;
//!
//! impl Rule for TimeSince {
//!     type Options = NoOptions;
//!
//!     // What users read: `golint-rs rules` and `golint-rs explain`.
//!     const META: Meta = Meta {
//!         id: "time-since",
//!         summary: "time.Now().Sub(t) instead of time.Since(t)",
//!         docs: "Reports `time.Now().Sub(t)`, for which there is a function.",
//!         category: "style",
//!         severity: Severity::Warning,
//!         default_on: true,
//!     };
//!
//!     // Files that don't import the package, or that lack these bytes, are not even parsed. In the others, every call is
//!     // handed to `check`. A needle may hit too much, never too little.
//!     fn interests(_: &NoOptions) -> Vec<Interest> {
//!         let calls = Interest::in_nodes([kind::CALL_EXPRESSION]);
//!         vec![calls.requires(Needle::imports("time")).requires(Needle::literal("Sub"))]
//!     }
//!
//!     fn check(_: &NoOptions, call: Node<'_>) {
//!         if is_long_form(call).is_some() {
//!             call.file().report(Finding::at(call, "there is a function for this").help("call time.Since"));
//!         }
//!     }
//! }
//!
//! /// The name under which the file knows package time, of a call that is `time.Now().Sub(t)`.
//! fn is_long_form(call: Node<'_>) -> Option<Node<'_>> {
//!     // The tree: a call has a function, here a selector, whose operand is a call again.
//!     let sub = call.child(field::FUNCTION)?;
//!     let now = sub.child(field::OPERAND)?.child(field::FUNCTION)?;
//!     // The names: what they stand for, not how they are spelled. `None` means not known, and then `?` leaves the rule
//!     // silent: a wrong finding is worse than a missing one.
//!     let is_it = sub.qualified_name()? == "time.Time.Sub" && now.qualified_name()? == "time.Now";
//!     if is_it { now.child(field::OPERAND) } else { None }
//! }
//!
//! golint_sdk::export_pack!("tutorial", [TimeSince]);
//! # fn main() {}
//! ```
//!
//! The test comes with it: a Go module in the folder `testdata/time-since`, with a comment on each line that has a finding. The
//! comment is a regular expression, and lines without one must have none:
//!
//! ```go
//! package p
//!
//! import clock "time"
//!
//! type meter struct{}
//!
//! func (meter) Sub(clock.Time) int { return 0 }
//!
//! func f(start clock.Time, m meter) (clock.Duration, int) {
//! 	return clock.Now().Sub(start), m.Sub(start) // want "there is a function .* \\[help: call time.Since\\]"
//! }
//!
//! func g(a, b clock.Time) clock.Duration { return a.Sub(b) }
//! ```
//!
//! `golint-rs plugin test` builds the pack and runs it on its tests. `golint-rs plugin tree FILE.go` shows the tree of a Go
//! file, in the names that [`kind`] and [`field`] have for it; of the call above it prints
//!
//! ```text
//! 10:9    166..188              call_expression
//! 10:9    166..181                function: selector_expression
//! 10:9    166..177                  operand: call_expression
//! ```
//!
//! # 2. Repair it
//!
//! A fix is a list of edits. It is [`Fix::safe`] if it keeps the meaning, and then `--fix` applies it:
//!
//! ```
//! # use golint_sdk::prelude::*;
//! # struct TimeSince;
//! # impl Rule for TimeSince {
//! #     type Options = NoOptions;
//! #     const META: Meta = Meta {
//! #         id: "time-since",
//! #         summary: "time.Now().Sub(t) instead of time.Since(t)",
//! #         docs: "Reports `time.Now().Sub(t)`, for which there is a function.",
//! #         category: "style",
//! #         severity: Severity::Warning,
//! #         default_on: true,
//! #     };
//! #     fn interests(_: &NoOptions) -> Vec<Interest> {
//! #         let calls = Interest::in_nodes([kind::CALL_EXPRESSION]);
//! #         vec![calls.requires(Needle::imports("time")).requires(Needle::literal("Sub"))]
//! #     }
//! fn check(_: &NoOptions, call: Node<'_>) {
//!     let (Some(package), Some(long)) = (is_long_form(call), call.child(field::FUNCTION)) else { return };
//!     let short = format!("{}.Since", package.text());
//!     let fix = Fix::safe(format!("write `{short}`")).replace(long, short);
//!     call.file().report(Finding::at(call, "there is a function for this").fix(fix));
//! }
//! # }
//! # fn is_long_form(call: Node<'_>) -> Option<Node<'_>> {
//! #     let sub = call.child(field::FUNCTION)?;
//! #     let now = sub.child(field::OPERAND)?.child(field::FUNCTION)?;
//! #     let is_it = sub.qualified_name()? == "time.Time.Sub" && now.qualified_name()? == "time.Now";
//! #     if is_it { now.child(field::OPERAND) } else { None }
//! # }
//! # golint_sdk::export_pack!("tutorial", [TimeSince]);
//! # fn main() {}
//! ```
//!
//! What comes of a file stands beside it in the tests, as `<file>.go.golden`. Of this file
//!
//! ```go
//! package p
//!
//! import "time"
//!
//! var start = time.Now()
//!
//! func took() time.Duration { return time.Now().Sub(start) } // want "fix: write `time.Since`"
//! ```
//!
//! it is this one:
//!
//! ```go
//! package p
//!
//! import "time"
//!
//! var start = time.Now()
//!
//! func took() time.Duration { return time.Since(start) } // want "fix: write `time.Since`"
//! ```
//!
//! # 3. Let users choose
//!
//! Options are a struct. Its comments and defaults stand in the JSON Schema of golint.toml (`golint-rs config schema`), and
//! what users write is checked against it, with the nearest right name where they mistype one:
//!
//! ```
//! use golint_sdk::prelude::*;
//! use schemars::JsonSchema;
//! use serde::Deserialize;
//!
//! #[derive(Debug, Default, Deserialize, JsonSchema)]
//! #[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
//! struct Options {
//!     /// Leave test files alone.
//!     ignore_tests: bool,
//! }
//!
//! struct TimeSince;
//!
//! impl Rule for TimeSince {
//!     type Options = Options;
//! #     const META: Meta = Meta {
//! #         id: "time-since",
//! #         summary: "time.Now().Sub(t) instead of time.Since(t)",
//! #         docs: "Reports `time.Now().Sub(t)`, for which there is a function.",
//! #         category: "style",
//! #         severity: Severity::Warning,
//! #         default_on: true,
//! #     };
//! #     fn interests(_: &Options) -> Vec<Interest> {
//! #         let calls = Interest::in_nodes([kind::CALL_EXPRESSION]);
//! #         vec![calls.requires(Needle::imports("time")).requires(Needle::literal("Sub"))]
//! #     }
//!     // META and interests as before.
//!
//!     fn check(options: &Options, call: Node<'_>) {
//!         if options.ignore_tests && call.file().property("test") == Some(true) {
//!             return;
//!         }
//!         if is_long_form(call).is_some() {
//!             call.file().report(Finding::at(call, "there is a function for this"));
//!         }
//!     }
//! }
//! # fn is_long_form(call: Node<'_>) -> Option<Node<'_>> {
//! #     let sub = call.child(field::FUNCTION)?;
//! #     let now = sub.child(field::OPERAND)?.child(field::FUNCTION)?;
//! #     let is_it = sub.qualified_name()? == "time.Time.Sub" && now.qualified_name()? == "time.Now";
//! #     if is_it { now.child(field::OPERAND) } else { None }
//! # }
//! # golint_sdk::export_pack!("tutorial", [TimeSince]);
//! # fn main() {}
//! ```
//!
//! A golint.toml beside the go.mod of a test sets them there, by the rule's id alone:
//!
//! ```toml
//! [rules.time-since]
//! options = { ignore-tests = true }
//! ```
//!
//! so that of a file `p_test.go` nothing is reported:
//!
//! ```go
//! package p
//!
//! import "time"
//!
//! var started = time.Now()
//!
//! func took() time.Duration { return time.Now().Sub(started) }
//! ```
//!
//! # What a rule can ask
//!
//! | of | what |
//! | --- | --- |
//! | [`Node`] | the tree: kind, text, children by [`field`], parents; what it stands for ([`Node::resolve`]), its type ([`Node::type_of`]), its value ([`Node::constant`]) |
//! | [`Object`] | what a name stands for: its full name, where it is declared, where it is used |
//! | [`Type`] | what it is made of, its methods, what it can be assigned to, how it lies in memory |
//! | [`File`] | its path, package, Go version and platforms; and [`File::report`] |
//! | [`Finding`], [`Fix`] | what to report: message, help, labels, notes, platforms, likely or certain, edits |
//!
//! Whatever is not known is `None`, or a platform that no entry of a list covers. It never means "no". A rule sees one file
//! at a time and keeps nothing between two calls. It has no files, no network, no clock.
//!
//! # When something goes wrong
//!
//! | what is said | what to do |
//! | --- | --- |
//! | its standard library for that target is not installed | `rustup target add wasm32-unknown-unknown` |
//! | `cannot find value … in module kind` (or `field`) | take the nearest name if the compiler offers one; `golint-rs plugin tree` shows those of a file, `golint_sdk::kind` lists all |
//! | rule … has no option … | the message has the right name; options are in kebab-case |
//! | it has two rules … | each rule's `META.id` must be its own |
//! | it panicked …; its last words: … | the panic's text and place stand there, and the node's first byte, as `golint-rs plugin tree` shows it; what can be missing is an `Option`: return |
//! | no finding matches the comment, got no finding | does a needle of `interests` miss the file? `golint-rs plugin inspect` shows them |
//!
//! `golint-rs check --verbose` shows what a rule says with [`File::log`]. The contract below this crate, for other languages,
//! is described in rules-wit/README.md of the golint-rs repository.

#![allow(clippy::tabs_in_doc_comments, reason = "Go is written with tabs")]

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
