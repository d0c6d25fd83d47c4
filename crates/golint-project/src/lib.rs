//! What there is to read: file systems, modules, folders, Go files, and what a file's name and head say about it.
//!
//! Finds files as the go command finds packages, without the go command. Evaluates build constraints over all platforms
//! and obeys none. Asks git, where somebody asks for what it holds. Never parses Go beyond a file's head, never writes, never
//! reads the environment and never decides what is checked how: the engine does.

pub mod changes;
pub mod constraint;
pub mod facts;
pub mod file_system;
pub mod git;
mod go_version;
pub mod gomod;
pub mod imports;
mod module;
pub mod packages;
pub mod path;
mod patterns;
mod platform;
mod problem;
mod project;
mod walk;
mod workspace;

pub use changes::{Changes, FileChange};
pub use facts::{FileFacts, Needs};
pub use file_system::{DirEntry, Disk, FileKind, FileSystem, Listing, Metadata, Overlay, Remembered, Signature};
pub use go_version::{GoVersion, GoVersionError};
pub use module::Module;
pub use packages::{Package, PackageKind};
pub use platform::{PLATFORMS, Platform, PlatformSet};
pub use problem::{Gravity, Problem};
pub use project::{FileEntry, Folder, Options, Project, Selection, load};
pub use workspace::WorkFile;
