//! The files api/go1*.txt of a Go distribution: which exported names came with which Go version.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// For each package, the minor number of the Go version that first had a name: "Cut", "Type.Method" or "Type.Field". A name
/// that is on some platforms only is there from the first of them on.
pub type Since = BTreeMap<String, BTreeMap<String, u32>>;

/// The minor number of the Go version that a file of the folder `api` is about; none for a file of another kind.
pub fn version_of(file_name: &str) -> Option<u32> {
    let version = file_name.strip_prefix("go1")?.strip_suffix(".txt")?;
    if version.is_empty() { Some(0) } else { version.strip_prefix('.')?.parse().ok() }
}

/// Adds what a file says.
///
/// # Errors
/// Where a line is of no kind that is known.
pub fn read(text: &str, minor: u32, since: &mut Since) -> Result<()> {
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (path, names) = names(line).with_context(|| format!("of no kind that is known: {line}"))?;
        let package = since.entry(path.to_owned()).or_default();
        for name in names {
            let known = package.entry(name).or_insert(minor);
            *known = minor.min(*known);
        }
    }
    Ok(())
}

/// The package of a line and the names that it has.
fn names(line: &str) -> Option<(&str, Vec<String>)> {
    let (package, feature) = line.strip_prefix("pkg ")?.split_once(", ")?;
    // "syscall (linux-386)": on one platform.
    let path = package.split(' ').next()?;
    let (kind, rest) = feature.split_once(' ')?;
    let names = match kind {
        "const" | "var" | "func" => vec![identifier(rest)?.to_owned()],
        "method" => {
            let (receiver, method) = rest.strip_prefix('(')?.split_once(") ")?;
            let base = identifier(receiver.trim_start_matches('*'))?;
            vec![format!("{base}.{}", identifier(method)?)]
        }
        "type" => {
            let name = identifier(rest)?;
            let mut names = vec![name.to_owned()];
            names.extend(members(after_parameters(&rest[name.len()..])?.trim_start()).map(|m| format!("{name}.{m}")));
            names
        }
        _ => return None,
    };
    Some((path, names))
}

/// The names of a type's fields or methods that a line tells.
fn members(definition: &str) -> impl Iterator<Item = &str> {
    let field = definition.strip_prefix("struct, ").map(|field| match field.strip_prefix("embedded ") {
        Some(embedded) => {
            let base = embedded.trim_start_matches('*').split('[').next().unwrap_or_default();
            base.rsplit('.').next().unwrap_or_default()
        }
        None => field,
    });
    let method = definition.strip_prefix("interface, ");
    let methods = definition.strip_prefix("interface { ").and_then(|methods| methods.split(" }").next());
    let all = field.into_iter().chain(method).chain(methods.into_iter().flat_map(|methods| methods.split(", ")));
    // "unexported methods" is no name.
    all.filter_map(identifier).filter(|name| name.starts_with(char::is_uppercase))
}

/// The identifier that a text begins with.
fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// What comes after a list of type parameters, if there is one.
fn after_parameters(text: &str) -> Option<&str> {
    if !text.starts_with('[') {
        return Some(text);
    }
    let mut depth = 0;
    let end = text.find(|c| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth == 0
    })?;
    Some(&text[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, path: &str, expected: &[&str]) {
        let (package, names) = names(line).expect("a line");
        assert_eq!((package, names), (path, expected.iter().map(|&name| name.to_owned()).collect()), "{line}");
    }

    #[test]
    fn names_of_all_kinds() {
        check("pkg archive/tar, const TypeBlock ideal-char", "archive/tar", &["TypeBlock"]);
        check("pkg os (linux-arm), const O_SYNC = 1052672", "os", &["O_SYNC"]);
        check("pkg bufio, var ErrTooLong error", "bufio", &["ErrTooLong"]);
        check("pkg slices, func Sort[$0 interface{ ~[]$1 }, $1 cmp.Ordered]($0)", "slices", &["Sort"]);
        check("pkg net/http, method (*Client) Do(*Request) (*Response, error)", "net/http", &["Client.Do"]);
        check("pkg sync/atomic, method (*Pointer[$0]) Load() *$0", "sync/atomic", &["Pointer.Load"]);
        check("pkg bufio, method (ReadWriter) AvailableBuffer() []uint8", "bufio", &["ReadWriter.AvailableBuffer"]);
        check("pkg os, type ProcessState struct", "os", &["ProcessState"]);
        check("pkg x, type T struct, F func(int) error #63369", "x", &["T", "T.F"]);
        check("pkg x, type T struct, embedded *y.Z", "x", &["T", "T.Z"]);
        check("pkg x, type T struct, embedded atomic.Pointer[int]", "x", &["T", "T.Pointer"]);
        check("pkg x, type T[$0 interface{ ~[]int }] struct, F []$0", "x", &["T", "T.F"]);
        check("pkg x, type I interface { A, B }", "x", &["I", "I.A", "I.B"]);
        check("pkg x, type I interface {}", "x", &["I"]);
        check("pkg x, type I interface, M(int) bool", "x", &["I", "I.M"]);
        check("pkg x, type I interface, unexported methods", "x", &["I"]);
        check("pkg os, type FileInfo = fs.FileInfo", "os", &["FileInfo"]);
        check("pkg x, type F func(int, int) bool", "x", &["F"]);
        assert_eq!(names("pkg x, label L"), None);
    }

    #[test]
    fn the_first_version_counts() {
        let mut since = Since::new();
        read("# a comment\n\npkg x, func F()\n", 4, &mut since).expect("read");
        read("pkg x (linux-386), func F()\npkg x, type T struct, F int //deprecated\n", 2, &mut since).expect("read");
        assert_eq!(since["x"]["F"], 2);
        assert_eq!(since["x"]["T.F"], 2);
        let error = read("pkg x, label L\n", 5, &mut since).expect_err("no kind");
        assert_eq!(error.to_string(), "of no kind that is known: pkg x, label L");
    }

    #[test]
    fn files_are_of_a_version() {
        assert_eq!(version_of("go1.txt"), Some(0));
        assert_eq!(version_of("go1.21.txt"), Some(21));
        assert_eq!(version_of("except.txt"), None);
        assert_eq!(version_of("README"), None);
    }
}
