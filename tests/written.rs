//! Files of this repository that a test makes: it compares, and writes them only where `INSTA_UPDATE=always` asks for it,
//! as snapshots do.

use std::path::{Path, PathBuf};

/// The folder of this repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether what differs is accepted.
pub(crate) fn accepts() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// Fails unless the file, a path below the root, has this content.
#[track_caller]
pub(crate) fn assert_written(path: impl Into<PathBuf>, content: &str) {
    let path = path.into();
    let file = root().join(&path);
    if accepts() {
        std::fs::create_dir_all(file.parent().expect("a file stands in a folder")).expect("a folder");
        std::fs::write(&file, content).expect("docs can be written to");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let path = path.display();
    assert!(
        committed == content,
        "{path} is not what this test makes: look at it, and accept it with INSTA_UPDATE=always"
    );
}
