//! Paths as people see them: relative to the working folder, separated by `/`. By their text alone; asks no file system.

use std::sync::Arc;

use camino::Utf8Path;

/// `path` as seen from `working_folder`; goes up with `..` as far as needed. On another drive it stays absolute. Both
/// must be absolute.
pub(crate) fn shown(working_folder: &Utf8Path, path: &Utf8Path) -> Arc<str> {
    let shared = working_folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    let up = working_folder.components().skip(shared).map(|_| "..");
    let down = path.components().skip(shared).map(|component| component.as_str());
    if shared == 0 {
        return slashed(path).into();
    }
    let elements: Vec<&str> = up.chain(down).collect();
    if elements.is_empty() { ".".into() } else { elements.join("/").into() }
}

/// With `/` between the elements.
pub(crate) fn slashed(path: &Utf8Path) -> String {
    match std::path::MAIN_SEPARATOR {
        '/' => path.as_str().to_owned(),
        separator => path.as_str().replace(separator, "/"),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_working_folder() {
        for (path, expected) in [
            ("/a/b/c.go", "c.go"),
            ("/a/b/c/d.go", "c/d.go"),
            ("/a/x.go", "../x.go"),
            ("/x.go", "../../x.go"),
            ("/a/b", "."),
        ] {
            assert_eq!(&*shown(Utf8Path::new("/a/b"), Utf8Path::new(path)), expected);
        }
    }
}
