//! Which name an import has in its file. The name in the package clause of another package is not known; for most paths
//! it follows from the path.

/// The name that an import without one has, as far as the path tells. None: the path tells nothing, and the name may be
/// any.
///
/// Source: the go command's rule that a major version suffix, from v2 on, is no part of the name (go.dev/ref/mod, "Major
/// version suffixes"), gopkg.in's own scheme, and the standard library, whose packages are all named as their path ends.
pub(crate) fn package_name(path: &str) -> Option<&str> {
    let mut elements = path.rsplit('/');
    let mut last = elements.next()?;
    if is_major_version(last) && !matches!(last, "v0" | "v1") {
        last = elements.next().unwrap_or(last);
    }
    if path.starts_with("gopkg.in/")
        && let Some((name, version)) = last.rsplit_once('.')
        && is_major_version(version)
    {
        last = name;
    }
    is_identifier(last).then_some(last)
}

fn is_major_version(element: &str) -> bool {
    element
        .strip_prefix('v')
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) && (n == "0" || !n.starts_with('0')))
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && characters.all(|c| c == '_' || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_paths() {
        for (path, name) in [
            ("fmt", Some("fmt")),
            ("C", Some("C")),
            ("net/http", Some("http")),
            ("math/rand/v2", Some("rand")),
            ("golang.org/x/sys/unix", Some("unix")),
            ("example.org/a/v12", Some("a")),
            ("gopkg.in/yaml.v3", Some("yaml")),
            ("gopkg.in/natefinch/lumberjack.v2", Some("lumberjack")),
            ("github.com/mattn/go-isatty", None),
            ("v2", Some("v2")),
            ("k8s.io/api/core/v1", Some("v1")),
            ("example.org/a/v01", Some("v01")),
            ("gopkg.in/check.v1", Some("check")),
            ("", None),
        ] {
            assert_eq!(package_name(path), name, "{path}");
        }
    }
}
