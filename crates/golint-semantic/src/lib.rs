//! What the names of a Go package mean: scopes, objects, types, constants and layouts, inside one package and across its
//! files, for every platform at once.
//!
//! Every answer is a function of the sources alone, computed on demand; what is not known stays unknown and is never
//! guessed. Nothing here reads a disk, runs a thread or looks into another package.
//!
//! A [`Package`] is made once from a [`PackageSource`] and shared; a [`FileModel`] answers the questions of one check.

mod checked;
mod dependency;
mod evaluation;
pub mod file_model;
mod imports;
mod known;
pub mod literal;
mod lookup;
mod memory;
pub mod object;
mod originals;
mod outline;
pub mod package;
mod scopes;
pub mod sizes;
mod summary;
mod type_string;
pub mod types;
mod unit;
mod universe;
pub mod value;

#[cfg(test)]
mod tests;

pub use dependency::Question;
pub use file_model::{FileModel, OBJECT_PROPERTIES};
pub use object::{Object, ObjectKind};
pub use package::{FileDescriptor, FileKind, FileMemory, Package, PackageSource};
pub use types::{Type, TypeKind};
pub use value::Value;

/// An answer that can differ by platform: disjoint sets, none of them empty. A platform that no entry covers is unknown.
pub type PerPlatform<T> = Vec<(golint_project::PlatformSet, T)>;
