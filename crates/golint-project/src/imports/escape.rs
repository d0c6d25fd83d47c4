//! Names of modules and versions as the module cache has them on disk.

/// Capital letters become an exclamation mark and the small letter, for file systems that don't tell them apart.
///
/// Source: go.dev/ref/mod, "Module cache" and "GOPROXY protocol".
pub(super) fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            escaped.push('!');
        }
        escaped.push(c.to_ascii_lowercase());
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn capitals_are_marked() {
        assert_eq!(super::escaped("github.com/Azure/go-SDK"), "github.com/!azure/go-!s!d!k");
    }
}
