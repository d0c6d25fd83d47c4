//! URIs of documents and paths of files. Never touches the disk.

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::Uri;
use url::Url;

/// The file that a URI names; none for other schemes, hosts and names that are no text.
pub(crate) fn path_of(uri: &Uri) -> Option<Utf8PathBuf> {
    let url = Url::parse(uri.as_str()).ok().filter(|url| url.scheme() == "file")?;
    let path = Utf8PathBuf::from_path_buf(url.to_file_path().ok()?).ok()?;
    Some(golint_project::path::absolute(Utf8Path::new("/"), path.as_str()))
}

/// The URI of a file; none for a path that is not absolute.
pub(crate) fn uri_of(path: &Utf8Path) -> Option<Uri> {
    let mut uri = Url::from_file_path(path).ok()?.to_string();
    // RFC 3986 has them encoded; WHATWG's URL standard, which the library follows, does not.
    for (character, code) in [("[", "%5B"), ("]", "%5D"), ("|", "%7C"), ("^", "%5E"), ("\\", "%5C")] {
        uri = uri.replace(character, code);
    }
    uri.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_survive_the_way_there_and_back() {
        for path in ["/a/b.go", "/a b/ü%20?#[x]|^\\`{}.go", "/"] {
            let uri = uri_of(Utf8Path::new(path)).expect("a URI");
            assert_eq!(path_of(&uri).as_deref(), Some(Utf8Path::new(path)), "{}", uri.as_str());
        }
        let path = |uri: &str| path_of(&uri.parse().expect("a URI")).map(Utf8PathBuf::into_string);
        assert_eq!(path("file:///a/%62/../c.go").as_deref(), Some("/a/c.go"));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("git:/a/b.go?x"), None);
        assert_eq!(path("file:///a/%ff.go"), None);
    }
}
