//! Paths as URI references (RFC 3986), relative to the working folder by way of a base id (SARIF §3.4 and §3.14.14).

use serde_json::{Value, json};

/// The customary name for the folder that relative paths start from.
pub(super) const BASE_ID: &str = "%SRCROOT%";

/// What the base id stands for.
pub(super) fn base(working_folder: Option<&str>) -> Value {
    let description = json!({ "text": "The working folder of the run." });
    match working_folder {
        // A base's URI ends in a slash, lest its last part is replaced.
        Some(folder) => {
            json!({ "uri": file_uri(&format!("{}/", folder.trim_end_matches('/'))), "description": description })
        }
        None => json!({ "description": description }),
    }
}

/// The artifact location of a path as shown: relative to the working folder, or absolute.
pub(super) fn artifact(path: &str, working_folder: Option<&str>) -> Value {
    if is_absolute(path) {
        return json!({ "uri": file_uri(path) });
    }
    // §3.14.14 wants no `..` in what a base id is joined with.
    if let Some(folder) = working_folder
        && path.split('/').any(|part| part == "..")
    {
        return json!({ "uri": file_uri(&resolve(folder, path)) });
    }
    json!({ "uri": relative(path), "uriBaseId": BASE_ID })
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || has_drive(path)
}

fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

fn resolve(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.trim_end_matches('/').split('/').collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.len() > 1 => drop(parts.pop()),
            ".." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// `/a/b`, `C:/a/b` and `//host/share/a` as RFC 8089 has them.
fn file_uri(path: &str) -> String {
    if let Some(unc) = path.strip_prefix("//") {
        format!("file://{}", encode(unc, false))
    } else if has_drive(path) {
        format!("file:///{}:{}", &path[..1], encode(&path[2..], false))
    } else {
        format!("file://{}", encode(path, false))
    }
}

fn relative(path: &str) -> String {
    encode(path, true)
}

/// Percent-encodes all but RFC 3986's `pchar` and slashes. A colon stays only where it can't be taken for a scheme's.
fn encode(path: &str, relative: bool) -> String {
    let mut out = String::with_capacity(path.len());
    let mut first_segment = relative;
    for byte in path.bytes() {
        match byte {
            b'/' => {
                first_segment = false;
                out.push('/');
            }
            b':' if !first_segment => out.push(':'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b'@' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, folder: Option<&str>, uri: &str, based: bool) {
        let expected = if based { json!({ "uri": uri, "uriBaseId": BASE_ID }) } else { json!({ "uri": uri }) };
        assert_eq!(artifact(path, folder), expected);
    }

    #[test]
    fn relative_paths_are_encoded() {
        check("a/b.go", None, "a/b.go", true);
        check("a b/ö#%?.go", None, "a%20b/%C3%B6%23%25%3F.go", true);
        check("a:b/c:d.go", None, "a%3Ab/c:d.go", true);
        check("a\nb[1].go", None, "a%0Ab%5B1%5D.go", true);
    }

    #[test]
    fn paths_outside_of_the_working_folder() {
        check("../x/y.go", Some("/home/me/p"), "file:///home/me/x/y.go", false);
        check("../x/y.go", None, "../x/y.go", true);
        check("../../../../y.go", Some("/a"), "file:///y.go", false);
        check("/abs/y z.go", None, "file:///abs/y%20z.go", false);
        check("C:/a/b.go", None, "file:///C:/a/b.go", false);
        check("//host/share/b.go", None, "file://host/share/b.go", false);
    }

    #[test]
    fn the_base_ends_in_a_slash() {
        assert_eq!(base(Some("/home/me"))["uri"], "file:///home/me/");
        assert_eq!(base(Some("C:/p/"))["uri"], "file:///C:/p/");
        assert_eq!(base(None).get("uri"), None);
    }
}
