//! An engine for each workspace folder: its files are shown relative to that folder, and where no repository or module
//! says so, configuration is looked for up to there. Each starts when it is first needed.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_core::EngineOptions;

use crate::checker::Starter;
use crate::lifecycle::Start;

/// One engine at least.
#[derive(Clone)]
pub(crate) struct Engines(Vec<Arc<Starter>>);

impl Engines {
    /// For these folders; the options' own folder where there is none.
    pub(crate) fn new(options: &EngineOptions, start: Start, folders: &[Utf8PathBuf]) -> Engines {
        let own = std::slice::from_ref(&options.working_folder);
        let folders = if folders.is_empty() { own } else { folders };
        let starter = |folder: &Utf8PathBuf| {
            Starter::new(EngineOptions { working_folder: folder.clone(), ..options.clone() }, start)
        };
        Engines(folders.iter().map(starter).collect())
    }

    /// That of the innermost folder above a path; the first one for what lies elsewhere.
    pub(crate) fn of(&self, path: &Utf8Path) -> &Arc<Starter> {
        let above = self.0.iter().filter(|engine| path.starts_with(engine.folder()));
        above.max_by_key(|engine| engine.folder().as_str().len()).unwrap_or(&self.0[0])
    }

    /// The folder of the first one.
    pub(crate) fn first_folder(&self) -> &Utf8Path {
        self.0[0].folder()
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Starter>> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use golint_core::Engine;

    use super::*;

    #[test]
    fn the_innermost_folder_counts() {
        let options = EngineOptions::new(&[], "/w");
        let folder = |engines: &Engines, path: &str| engines.of(Utf8Path::new(path)).folder().to_string();
        let engines = Engines::new(&options, Engine::new, &["/a".into(), "/a/b".into(), "/c".into()]);
        for (path, expected) in
            [("/a/x.go", "/a"), ("/a/b/c/x.go", "/a/b"), ("/a/bc/x.go", "/a"), ("/c/x.go", "/c"), ("/x.go", "/a")]
        {
            assert_eq!(folder(&engines, path), expected, "{path}");
        }
        assert_eq!(folder(&Engines::new(&options, Engine::new, &[]), "/x.go"), "/w");
    }
}
