//! What a Go file's name and head say about it: package, imports, platforms, language version.
//!
//! Pure: computed from a name, a scanned head and the language version of the module, without reading anything. The
//! engine computes it once for each file, in parallel.

use golint_syntax::header::{Header, Import, Line};

use crate::constraint::{Constraint, platforms_of_name};
use crate::{GoVersion, PlatformSet};

/// What is known of a Go file before it is parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// The name in the package clause; none where it is missing or broken.
    pub package_name: Option<String>,
    /// In the order of the file.
    pub imports: Vec<Import>,
    /// The platforms that the file can take part in a build for; custom tags, release tags, toolchains and cgo count as
    /// possible either way. Empty for what is built nowhere (`x_zos.go`, `linux && windows`).
    pub platforms: PlatformSet,
    /// Of these, the platforms for which the newest known Go takes the file without being given any tag.
    pub default_platforms: PlatformSet,
    /// What must be given for the file to take part in a build.
    pub needs: Needs,
    /// The language version that holds in this file.
    pub go_version: GoVersion,
    /// The language version of its module, whatever the file says.
    pub module_go_version: GoVersion,
    /// Whether the file says that it was generated.
    pub generated: bool,
    /// Whether it imports "C".
    pub cgo: bool,
    /// Whether its name ends in `_test.go`.
    pub test: bool,
}

/// What a file needs to take part in a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// No: it takes part in plain builds somewhere (or in none at all, whatever the tags).
    Nothing,
    /// Some tag that nobody but the build itself knows, such as `integration`.
    CustomTag,
    /// The tag `ignore`, by custom given by nobody: the file is no part of its folder's package.
    IgnoreTag,
    /// Its name begins with `_` or `.`: the go command never looks at it, but somebody named it.
    Naming,
}

impl FileFacts {
    /// The facts of a file.
    ///
    /// `name` is the last element of its path. `language` is the version of its module
    /// ([`Project::language_of`](crate::Project::language_of)).
    ///
    /// A constraint that cannot be read counts as none: telling is the go command's job.
    pub fn of(name: &str, header: Header, language: GoVersion) -> FileFacts {
        let go_build = header.go_build.as_ref().and_then(|line| Constraint::parse_go_build(&line.text).ok());
        let go_version = match go_build.as_ref().and_then(Constraint::go_version) {
            Some(version) => version.max(GoVersion::LEAST_OF_FILE),
            None => language,
        };
        let constraint = if header.go_build.is_some() { go_build } else { plus_build(&header.plus_build) };

        let mut platforms = platforms_of_name(name);
        if header.imports_c {
            platforms &= PlatformSet::of(|p| p.cgo);
        }
        let mut default_platforms = platforms;
        let mut needs = Needs::Nothing;
        if let Some(constraint) = constraint {
            let by_name = platforms;
            platforms &= constraint.platforms();
            default_platforms &= constraint.platforms_by_default();
            let without = |set: PlatformSet| !platforms.is_empty() && !by_name.intersects(set);
            if without(constraint.platforms_without("ignore")) {
                needs = Needs::IgnoreTag;
            } else if without(constraint.platforms_without_custom_tags()) {
                needs = Needs::CustomTag;
            }
        }
        if name.starts_with(['_', '.']) {
            needs = Needs::Naming;
        }
        FileFacts {
            package_name: header.package_name,
            imports: header.imports,
            platforms,
            default_platforms,
            needs,
            go_version,
            module_go_version: language,
            generated: header.generated,
            cgo: header.imports_c,
            test: name.ends_with("_test.go"),
        }
    }

    /// Whether it belongs to an external test package by its name. Only [`group`](crate::packages::group) knows of folders
    /// whose own package is called so.
    pub fn external_test(&self) -> bool {
        self.test && self.package_name.as_ref().is_some_and(|name| name.ends_with("_test"))
    }
}

/// All lines together; lines that cannot be read count as absent, as in go/build.
fn plus_build(lines: &[Line]) -> Option<Constraint> {
    lines.iter().filter_map(|line| Constraint::parse_plus_build(&line.text).ok()).reduce(Constraint::and)
}

#[cfg(test)]
mod tests;
