//! A finding as a pack reported it, after every place, number and length in it was checked. It has no severity and no
//! full rule name yet: these are the engine's to add.

use golint_diagnostics::{Confidence, Fix, Label};
use golint_project::PlatformSet;

/// A checked finding. Paths in it are those that people are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Index into the manifest's rules.
    pub rule: u32,
    /// One sentence.
    pub message: String,
    /// In the checked file.
    pub primary: Label,
    /// Further places, also in other files of the package.
    pub labels: Vec<Label>,
    /// Further facts.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// Where it holds, never empty; none: wherever the file builds.
    pub on: Option<PlatformSet>,
    /// Ways to repair it. Edits are in the checked file only, sorted, and don't overlap within one fix.
    pub fixes: Vec<Fix>,
}
