//! Finds the golint.toml that governs a folder, and reads it with the files that it extends. Reads configuration files
//! only, each once, and knows no rule.

use std::io::ErrorKind;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{Diagnostic, Location, Span};
use golint_project::FileSystem;
use golint_project::path::{absolute, relative};
use rustc_hash::FxHashMap;

use super::layer::Layer;
use super::reader::fault;
use crate::ConfigurationSource;

/// The name of configuration files.
pub(crate) const FILE_NAME: &str = "golint.toml";

/// How many files one configuration may consist of.
const LONGEST_CHAIN: usize = 32;

/// Which configuration files a folder is subject to. Both none: there is none, and defaults hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Governing {
    /// The nearest one upward.
    pub(crate) nearest: Option<Utf8PathBuf>,
    /// The outermost one up to the root of the repository or module: the only one that may name plugins.
    pub(crate) root: Option<Utf8PathBuf>,
}

/// A configuration file with what it extends, itself first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chain {
    pub(crate) layers: Vec<Arc<Layer>>,
    pub(crate) faults: Vec<Diagnostic>,
}

/// Looks for configuration files, and remembers what it saw.
pub(crate) struct Discovery<'a> {
    files: &'a dyn FileSystem,
    working_folder: &'a Utf8Path,
    source: &'a ConfigurationSource,
    marks: FxHashMap<Utf8PathBuf, Marks>,
    layers: FxHashMap<Utf8PathBuf, (Arc<Layer>, Vec<Diagnostic>)>,
}

/// What stands in a folder.
#[derive(Clone, Copy)]
struct Marks {
    configuration: bool,
    repository: bool,
    workspace: bool,
    module: bool,
}

impl<'a> Discovery<'a> {
    pub(crate) fn new(
        files: &'a dyn FileSystem,
        working_folder: &'a Utf8Path,
        source: &'a ConfigurationSource,
    ) -> Discovery<'a> {
        Discovery { files, working_folder, source, marks: FxHashMap::default(), layers: FxHashMap::default() }
    }

    /// The files that govern a folder. The search ends at the root of the repository (the nearest folder with `.git`);
    /// outside of one at the folder of the nearest go.work, else go.mod; else at the working folder where that is above,
    /// and at the folder itself where it is not.
    pub(crate) fn governing(&mut self, folder: &Utf8Path) -> Governing {
        match self.source {
            ConfigurationSource::Isolated => return Governing::default(),
            ConfigurationSource::File(path) => {
                return Governing { nearest: Some(path.clone()), root: Some(path.clone()) };
            }
            ConfigurationSource::Discover => {}
        }
        let boundary = self.boundary(folder);
        let mut governing = Governing::default();
        for ancestor in folder.ancestors() {
            if self.marks(ancestor).configuration {
                let path = ancestor.join(FILE_NAME);
                governing.nearest.get_or_insert_with(|| path.clone());
                governing.root = Some(path);
            }
            if ancestor == boundary {
                break;
            }
        }
        governing
    }

    fn boundary<'f>(&mut self, folder: &'f Utf8Path) -> &'f Utf8Path {
        let (mut workspace, mut module) = (None, None);
        for ancestor in folder.ancestors() {
            let marks = self.marks(ancestor);
            if marks.repository {
                return ancestor;
            }
            workspace = workspace.or(marks.workspace.then_some(ancestor));
            module = module.or(marks.module.then_some(ancestor));
        }
        let working_folder = || folder.ancestors().find(|ancestor| *ancestor == self.working_folder);
        workspace.or(module).or_else(working_folder).unwrap_or(folder)
    }

    fn marks(&mut self, folder: &Utf8Path) -> Marks {
        if let Some(marks) = self.marks.get(folder) {
            return *marks;
        }
        let marks = Marks {
            configuration: self.is_there(&folder.join(FILE_NAME)),
            // A file in worktrees and submodules.
            repository: self.files.metadata(&folder.join(".git")).is_ok(),
            workspace: self.files.is_file(&folder.join("go.work")),
            module: self.files.is_file(&folder.join("go.mod")),
        };
        self.marks.insert(folder.to_owned(), marks);
        marks
    }

    /// True also for what is there and can't be read, so that it is told and not passed by.
    fn is_there(&self, path: &Utf8Path) -> bool {
        match self.files.metadata(path) {
            Ok(_) => true,
            Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        }
    }

    /// The file at `path` and what it extends.
    pub(crate) fn chain(&mut self, path: &Utf8Path) -> Chain {
        let mut chain = Chain::default();
        let mut next = Some((path.to_owned(), None));
        while let Some((path, asked_at)) = next.take() {
            let is_circle = chain.layers.iter().any(|layer| layer.path == path);
            if is_circle || chain.layers.len() >= LONGEST_CHAIN {
                let names: Vec<Arc<str>> = chain.layers.iter().map(|layer| self.shown(&layer.path)).collect();
                let at = asked_at.unwrap_or_else(|| self.start_of(&path));
                let message = if is_circle {
                    format!("`extend` leads in a circle: {} is already in", self.shown(&path))
                } else {
                    format!("`extend` leads through more than {LONGEST_CHAIN} files")
                };
                let mut endless = fault(at, message);
                endless.notes.push(format!("the way there: {}", names.join(", then ")));
                chain.faults.push(endless);
                break;
            }
            let (layer, faults) = match self.layer(&path) {
                Ok(layer) => layer,
                Err(message) => {
                    let at = asked_at.unwrap_or_else(|| self.start_of(&path));
                    let mut unreadable = fault(at, message);
                    unreadable.help = Some("correct the path, or the rights of the file".into());
                    chain.faults.push(unreadable);
                    break;
                }
            };
            chain.faults.extend(faults);
            if let Some(extend) = &layer.extend {
                next = Some((absolute(layer.folder(), &extend.value), Some(extend.at.clone())));
            }
            chain.layers.push(layer);
        }
        chain
    }

    fn layer(&mut self, path: &Utf8Path) -> Result<(Arc<Layer>, Vec<Diagnostic>), String> {
        if let Some((layer, faults)) = self.layers.get(path) {
            return Ok((Arc::clone(layer), faults.clone()));
        }
        let shown = self.shown(path);
        let bytes = self.files.read(path).map_err(|error| format!("{shown} can't be read: {error}"))?;
        let (mut layer, faults) = Layer::read(path, &shown, &bytes);
        // A file that is named, and what it extends, stands anywhere: its own folder says nothing about what is checked.
        if let ConfigurationSource::File(_) = self.source {
            layer.patterns_from = self.working_folder.to_owned();
        }
        let layer = Arc::new(layer);
        self.layers.insert(path.to_owned(), (Arc::clone(&layer), faults.clone()));
        Ok((layer, faults))
    }

    fn shown(&self, path: &Utf8Path) -> Arc<str> {
        relative(self.working_folder, path).into()
    }

    fn start_of(&self, path: &Utf8Path) -> Location {
        Location::new(self.shown(path), Span::new(0, 0))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use golint_project::Overlay;

    use super::*;

    /// Files over an empty folder, so that nothing of the machine shows.
    fn world(files: &[(&str, &str)]) -> Overlay {
        let mut overlay = Overlay::new(Arc::new(golint_project::Disk));
        for (path, text) in files {
            overlay.insert(format!("/no-such-place/{path}"), text.as_bytes());
        }
        overlay
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], folder: &str, nearest: Option<&str>, root: Option<&str>) {
        let world = world(files);
        let path = |path: &str| Utf8PathBuf::from(format!("/no-such-place/{path}"));
        let working_folder = path("w");
        let source = ConfigurationSource::Discover;
        let governing = Discovery::new(&world, &working_folder, &source).governing(&path(folder));
        assert_eq!(governing, Governing { nearest: nearest.map(path), root: root.map(path) });
    }

    #[test]
    fn the_nearest_wins_and_the_outermost_is_the_root() {
        let repository = [
            ("r/.git/HEAD", ""),
            ("golint.toml", ""),
            ("r/golint.toml", ""),
            ("r/m/go.mod", ""),
            ("r/m/a/golint.toml", ""),
        ];
        check(&repository, "r/m/a/b", Some("r/m/a/golint.toml"), Some("r/golint.toml"));
        check(&repository, "r/m", Some("r/golint.toml"), Some("r/golint.toml"));
        check(&repository, "r", Some("r/golint.toml"), Some("r/golint.toml"));
    }

    #[test]
    fn the_search_ends_at_the_root_of_repository_workspace_or_module() {
        check(&[("golint.toml", ""), ("r/.git", ""), ("r/a/x.go", "")], "r/a", None, None);
        check(&[("golint.toml", ""), ("m/go.mod", "")], "m/a", None, None);
        let workspace = [("golint.toml", ""), ("s/go.work", ""), ("s/golint.toml", ""), ("s/m/go.mod", "")];
        check(&workspace, "s/m/a", Some("s/golint.toml"), Some("s/golint.toml"));
        // Loose files: up to the working folder, or the folder itself.
        let loose = [("golint.toml", ""), ("w/golint.toml", ""), ("v/golint.toml", "")];
        check(&loose, "w/a/b", Some("w/golint.toml"), Some("w/golint.toml"));
        check(&loose, "v", Some("v/golint.toml"), Some("v/golint.toml"));
        check(&loose, "v/a", None, None);
    }

    #[track_caller]
    fn chain(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let world = world(files);
        let source = ConfigurationSource::Discover;
        let here = Utf8Path::new("/no-such-place");
        let chain = Discovery::new(&world, here, &source).chain(&here.join("golint.toml"));
        let layers = chain.layers.iter().map(|layer| relative(here, &layer.path)).collect();
        let fault = |f: &Diagnostic| format!("{}:{}: {}", f.path(), f.span().start, f.message);
        (layers, chain.faults.iter().map(fault).collect())
    }

    #[test]
    fn extended_files_follow() {
        let (layers, faults) = chain(&[
            ("golint.toml", "extend = \"lint/base.toml\"\n"),
            ("lint/base.toml", "extend = \"../strict.toml\"\nx = 1\n"),
            ("strict.toml", ""),
        ]);
        assert_eq!(layers, ["golint.toml", "lint/base.toml", "strict.toml"]);
        assert_eq!(faults, ["lint/base.toml:26: unknown key `x`"]);
    }

    #[test]
    fn circles_and_missing_files_are_told_at_the_extend() {
        let (layers, faults) =
            chain(&[("golint.toml", "extend = \"a.toml\"\n"), ("a.toml", "extend = \"./golint.toml\"\n")]);
        assert_eq!(layers, ["golint.toml", "a.toml"]);
        assert_eq!(faults, ["a.toml:9: `extend` leads in a circle: golint.toml is already in"]);
        let (_, faults) = chain(&[("golint.toml", "extend = \"gone.toml\"\n")]);
        assert!(faults[0].starts_with("golint.toml:9: gone.toml can't be read: "), "{}", faults[0]);
        let (_, faults) = chain(&[]);
        assert!(faults[0].starts_with("golint.toml:0: golint.toml can't be read: "), "{}", faults[0]);
    }

    #[test]
    fn a_chain_that_is_too_long_is_no_circle() {
        let name = |n: usize| if n == 0 { "golint.toml".to_owned() } else { format!("{n}.toml") };
        let files: Vec<(String, String)> =
            (0..=LONGEST_CHAIN).map(|n| (name(n), format!("extend = \"{}\"\n", name(n + 1)))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (layers, faults) = chain(&files);
        assert_eq!(layers.len(), LONGEST_CHAIN);
        assert_eq!(faults, ["31.toml:9: `extend` leads through more than 32 files"]);
        let mut sound = files[..LONGEST_CHAIN].to_vec();
        sound[LONGEST_CHAIN - 1].1 = "";
        assert_eq!(chain(&sound), (layers, Vec::new()));
    }
}
