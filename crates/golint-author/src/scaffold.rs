//! A new pack: a crate with one rule that works, its documentation, its tests, and the SDK beside it. It never overwrites a
//! file, and writes nothing where the name is no good or a file is there already.

mod sdk;

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use golint_host::is_kebab_case;

/// What stands for the pack's name in the template.
const NAME: &str = "NAME";

/// Embeds files of the template by their paths.
macro_rules! template {
    ($($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../template/", $path)))),*]
    };
}

/// The files of a pack: path, and content with [`NAME`]. Two have another name here, so that neither cargo nor git takes
/// them for its own.
const TEMPLATE: &[(&str, &str)] = template![
    "Cargo.toml.in",
    "gitignore",
    "README.md",
    "src/lib.rs",
    "src/bool_comparison.rs",
    "testdata/bool-comparison/defaults/go.mod",
    "testdata/bool-comparison/defaults/cases.go",
    "testdata/bool-comparison/defaults/cases.go.golden",
    "testdata/bool-comparison/allow-false/go.mod",
    "testdata/bool-comparison/allow-false/golint.toml",
    "testdata/bool-comparison/allow-false/cases.go",
    "testdata/bool-comparison/allow-false/cases.go.golden",
];

/// Why there is no new pack. The text says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The name can't be one.
    #[error(
        "{name:?} can't be the name of a pack: it stands before the names of its rules, as in `house/no-goto`, and is made \
         of lower-case words of letters and digits, the first character a letter, joined by single hyphens, 64 bytes at \
         most{}", .nearest.as_ref().map(|near| format!("; `{near}` would do")).unwrap_or_default()
    )]
    Name {
        /// As it was given.
        name: String,
        /// The nearest that could be one.
        nearest: Option<String>,
    },
    /// Something is there.
    #[error("{path} is there already, and nothing is overwritten: choose another folder, or move it away")]
    Exists {
        /// The first of them.
        path: Utf8PathBuf,
    },
    /// A file can't be written.
    #[error("can't write {path}: {error}")]
    Unwritable {
        /// The file.
        path: Utf8PathBuf,
        /// Why not.
        error: io::Error,
    },
}

/// The files of a new pack: paths below its folder, and what stands in them. The error tells if the name can't be that of
/// a pack.
fn files(name: &str) -> Result<Vec<(String, Cow<'static, str>)>, ScaffoldError> {
    if !is_kebab_case(name) {
        return Err(ScaffoldError::Name { name: name.to_owned(), nearest: nearest(name) });
    }
    let template = TEMPLATE.iter().map(|(path, text)| {
        let path = match *path {
            "Cargo.toml.in" => "Cargo.toml",
            "gitignore" => ".gitignore",
            path => path,
        };
        (path.to_owned(), Cow::Owned(text.replace(NAME, name)))
    });
    Ok(template.chain(sdk::files()).collect())
}

/// Writes a new pack into a folder, which is made if it is not there; how many files.
///
/// # Errors
/// If the name can't be that of a pack, if one of the files is there, or if one can't be written.
pub fn write(name: &str, folder: &Utf8Path) -> Result<usize, ScaffoldError> {
    let files = files(name)?;
    if let Some((path, _)) = files.iter().find(|(path, _)| folder.join(path).symlink_metadata().is_ok()) {
        return Err(ScaffoldError::Exists { path: folder.join(path) });
    }
    for (path, text) in &files {
        let path = folder.join(path);
        let unwritable = |error| ScaffoldError::Unwritable { path: path.clone(), error };
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(unwritable)?;
        // Not even one that somebody else makes meanwhile is overwritten.
        let mut file = fs::File::create_new(&path).map_err(unwritable)?;
        file.write_all(text.as_bytes()).map_err(unwritable)?;
    }
    Ok(files.len())
}

/// A name that could be one, made of this one.
fn nearest(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    is_kebab_case(name).then(|| name.to_owned())
}

#[cfg(test)]
mod tests;
