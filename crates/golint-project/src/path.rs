//! Paths by their text alone: made absolute, cleaned and made relative without asking any file system. What people and
//! programs are shown has `/` between its elements on every system; drives and `\\server\share` stand at its edge only,
//! where nothing is shared with the working folder.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// `path` seen from `base`, without `.`, `..` and repeated separators. Like the go command, takes `a/..` away even where
/// `a` is a link.
pub fn absolute(base: &Utf8Path, path: &str) -> Utf8PathBuf {
    let mut clean = Utf8PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => _ = clean.pop(),
            component => clean.push(component),
        }
    }
    clean
}

/// `path` as seen from `base`, with `/` between its elements; "." for `base` itself. Goes up with `..` as far as needed;
/// where nothing is shared (another drive), the path stays absolute. Both must be absolute and clean.
pub fn relative(base: &Utf8Path, path: &Utf8Path) -> String {
    let mut ours = path.components().peekable();
    let mut theirs = base.components().peekable();
    let mut shared = 0;
    while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
        if a != b {
            break;
        }
        ours.next();
        theirs.next();
        shared += 1;
    }
    if shared == 0 {
        return slashed(path);
    }
    let up = theirs.map(|_| "..");
    let elements: Vec<&str> = up.chain(ours.map(|c| c.as_str())).collect();
    if elements.is_empty() { ".".to_owned() } else { elements.join("/") }
}

/// What of `path` comes after `base`, with `/`: "" for `base` itself, none if `path` is not below it.
pub fn below(base: &Utf8Path, path: &Utf8Path) -> Option<String> {
    path.strip_prefix(base).ok().map(slashed)
}

/// Whether a file of this name is code, or says how code is read: Go files, go.mod, go.work and vendor/modules.txt.
pub fn is_code(path: &Utf8Path) -> bool {
    path.extension() == Some("go") || matches!(path.file_name(), Some("go.mod" | "go.work" | "modules.txt"))
}

/// With `/` between the elements.
pub fn slashed(path: &Utf8Path) -> String {
    with_slashes(path.as_str(), std::path::MAIN_SEPARATOR)
}

/// A path of a system with this separator. What is no separator there is part of a name.
fn with_slashes(path: &str, separator: char) -> String {
    path.replace(separator, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_become_slashes() {
        for (windows, shown) in [
            (r"a\b.go", "a/b.go"),
            (r"C:\a\b.go", "C:/a/b.go"),
            (r"C:\a/b.go", "C:/a/b.go"),
            (r"\\server\share\x.go", "//server/share/x.go"),
        ] {
            assert_eq!(with_slashes(windows, '\\'), shown);
        }
        assert_eq!(with_slashes(r"/a/b\c.go", '/'), r"/a/b\c.go", "a name on Unix");
    }

    #[test]
    #[cfg(windows)]
    fn drives_and_shares_stand_at_the_edge() {
        let base = Utf8Path::new(r"C:\a\b");
        for (path, shown) in [
            (r"C:\a\b\c\d.go", "c/d.go"),
            (r"c:\a\x.go", "../x.go"),
            (r"D:\a\b.go", "D:/a/b.go"),
            (r"\\server\share\x.go", "//server/share/x.go"),
        ] {
            let path = Utf8Path::new(path);
            assert_eq!(relative(base, path), shown);
            // What is shown leads back.
            assert_eq!(relative(base, &absolute(base, shown)), shown);
        }
    }

    #[test]
    #[cfg(unix)]
    fn by_text() {
        let base = Utf8Path::new("/a/b");
        let table = [
            (".", "/a/b", "."),
            ("./c//d/.", "/a/b/c/d", "c/d"),
            ("../x", "/a/x", "../x"),
            ("c/../../..", "/", "../.."),
            ("../../../..", "/", "../.."),
            ("/a/b/c", "/a/b/c", "c"),
            ("/bc", "/bc", "../../bc"),
            ("", "/a/b", "."),
        ];
        for (path, expected, seen) in table {
            let clean = absolute(base, path);
            assert_eq!(clean, expected, "{path}");
            assert_eq!(relative(base, &clean), seen, "{path}");
        }
        assert_eq!(below(base, Utf8Path::new("/a/b/c/d")).as_deref(), Some("c/d"));
        assert_eq!(below(base, base).as_deref(), Some(""));
        assert_eq!(below(base, Utf8Path::new("/a/bc")), None);
    }
}
