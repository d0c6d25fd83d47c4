//! Which version of which module is built with: minimal version selection over the go.mod files that are here.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};
use semver::Version;

use super::environment::GoEnvironment;
use super::escape::escaped;
use super::{Missing, has_go_files, inside};
use crate::gomod::{self, GoMod, Replacement, Requirement};
use crate::path::absolute;
use crate::{FileSystem, GoVersion};

/// From this language version on go.mod lists all modules that packages of the main module need. Source: go.dev/ref/mod,
/// "Module graph pruning".
const PRUNED: GoVersion = GoVersion::new(1, 17);

/// The modules of a build. What is not asked for is not read.
pub(super) struct BuildList {
    files: Arc<dyn FileSystem>,
    cache: Option<Utf8PathBuf>,
    mains: Vec<GoMod>,
    /// By path and version; the version is none for all. With the folder from which targets are seen.
    replaced: BTreeMap<(String, Option<String>), (Utf8PathBuf, Replacement)>,
    excluded: BTreeSet<(String, String)>,
    /// What the main modules list: where they are pruned, enough for their packages.
    listed: BTreeMap<String, String>,
    /// All that is in the module graph.
    selected: OnceLock<BTreeMap<String, String>>,
}

impl BuildList {
    /// Of these main modules, with their folders. `replaced` is what go.work says, seen from `folder`; it wins.
    pub(super) fn new(
        files: Arc<dyn FileSystem>,
        environment: &GoEnvironment,
        folder: &Utf8Path,
        replaced: &[Replacement],
        mains: Vec<(Utf8PathBuf, GoMod)>,
    ) -> BuildList {
        let mut list = BuildList {
            files,
            cache: environment.module_cache.clone(),
            mains: Vec::new(),
            replaced: BTreeMap::new(),
            excluded: BTreeSet::new(),
            listed: BTreeMap::new(),
            selected: OnceLock::new(),
        };
        let of_mains = mains.iter().flat_map(|(root, main)| main.replace.iter().map(move |line| (&**root, line)));
        for (from, line) in replaced.iter().map(|line| (folder, line)).chain(of_mains) {
            let key = (line.path.clone(), line.version.clone());
            list.replaced.entry(key).or_insert_with(|| (from.to_owned(), line.clone()));
        }
        for (_, main) in &mains {
            list.excluded.extend(main.exclude.iter().cloned());
        }
        list.mains = mains.into_iter().map(|(_, main)| main).collect();
        for requirement in list.mains.iter().flat_map(|main| &main.require) {
            if !list.is_excluded(requirement) {
                raise(&mut list.listed, requirement);
            }
        }
        list
    }

    /// The folder of a package that no main module has.
    pub(super) fn find(&self, path: &str) -> Result<Utf8PathBuf, Missing> {
        if self.mains.iter().all(is_pruned) {
            match self.find_in(&self.listed, path) {
                Err(Missing::NotRequired) => {}
                answer => return answer,
            }
        }
        self.find_in(self.selected.get_or_init(|| self.select()), path)
    }

    /// Looks into each module whose path the import path begins with, the longest first.
    fn find_in(&self, versions: &BTreeMap<String, String>, path: &str) -> Result<Utf8PathBuf, Missing> {
        let mut missing = Missing::NotRequired;
        for module in Utf8Path::new(path).ancestors().map(Utf8Path::as_str) {
            let (Some(version), Some(rest)) = (versions.get(module), inside(module, path)) else { continue };
            let Some(folder) = self.folder_of(module, version).filter(|folder| self.files.is_dir(folder)) else {
                missing = Missing::NotDownloaded { module: module.to_owned(), version: version.clone() };
                continue;
            };
            let package = folder.join(rest);
            if has_go_files(&*self.files, &package) {
                return Ok(package);
            }
        }
        Err(missing)
    }

    fn replacement(&self, module: &str, version: &str) -> Option<&(Utf8PathBuf, Replacement)> {
        let of = |version: Option<&str>| self.replaced.get(&(module.to_owned(), version.map(str::to_owned)));
        of(Some(version)).or_else(|| of(None))
    }

    /// Where a module's files are, if they are here.
    fn folder_of(&self, module: &str, version: &str) -> Option<Utf8PathBuf> {
        let in_cache = |module: &str, version: &str| {
            Some(self.cache.as_ref()?.join(format!("{}@{}", escaped(module), escaped(version))))
        };
        match self.replacement(module, version) {
            None => in_cache(module, version),
            Some((from, line)) => match &line.target_version {
                None => Some(absolute(from, &line.target)),
                Some(version) => in_cache(&line.target, version),
            },
        }
    }

    /// What a module's go.mod says; none where it is not here.
    fn go_mod(&self, module: &str, version: &str) -> Option<GoMod> {
        let downloaded = |module: &str, version: &str| {
            let cache = self.cache.as_ref()?.join("cache/download").join(escaped(module)).join("@v");
            self.files.read(&cache.join(format!("{}.mod", escaped(version)))).ok()
        };
        let file = match self.replacement(module, version) {
            None => downloaded(module, version),
            Some((_, line)) => line.target_version.as_ref().and_then(|version| downloaded(&line.target, version)),
        };
        // A folder has its own, and so does what was unpacked.
        let file = file.or_else(|| self.files.read(&self.folder_of(module, version)?.join("go.mod")).ok())?;
        Some(gomod::parse_mod(&file).0)
    }

    fn is_excluded(&self, requirement: &Requirement) -> bool {
        self.excluded.contains(&(requirement.path.clone(), requirement.version.clone()))
    }

    /// Of each module in the graph the highest version that something requires. Where a go.mod is not here, what it would
    /// require is not known, and a version may be too low.
    fn select(&self) -> BTreeMap<String, String> {
        let mut selected = BTreeMap::new();
        // Each with whether all that it requires is followed, however little its go.mod leaves out.
        let mut waiting: VecDeque<(Requirement, bool)> = VecDeque::new();
        let mut seen: BTreeSet<(String, String, bool)> = BTreeSet::new();
        let is_main = |path: &str| self.mains.iter().any(|main| main.module.as_deref() == Some(path));
        for main in &self.mains {
            waiting.extend(main.require.iter().map(|requirement| (requirement.clone(), !is_pruned(main))));
        }
        while let Some((requirement, follow)) = waiting.pop_front() {
            if self.is_excluded(&requirement) || is_main(&requirement.path) {
                continue;
            }
            let Requirement { path, version, .. } = &requirement;
            if !seen.insert((path.clone(), version.clone(), follow)) {
                continue;
            }
            raise(&mut selected, &requirement);
            let Some(file) = self.go_mod(path, version) else { continue };
            let unpruned = follow || !is_pruned(&file);
            for next in &file.require {
                if self.is_excluded(next) || is_main(&next.path) {
                    continue;
                }
                raise(&mut selected, next);
                if unpruned {
                    waiting.push_back((next.clone(), unpruned));
                }
            }
        }
        selected
    }
}

fn is_pruned(file: &GoMod) -> bool {
    file.go.is_some_and(|go| go >= PRUNED)
}

/// Takes the version of a requirement if it is higher than the one that is there.
fn raise(versions: &mut BTreeMap<String, String>, requirement: &Requirement) {
    let Requirement { path, version, .. } = requirement;
    match versions.get_mut(path) {
        None => _ = versions.insert(path.clone(), version.clone()),
        Some(known) if compare(known, version) == Ordering::Less => known.clone_from(version),
        Some(_) => {}
    }
}

/// The order of versions of modules; what is none comes first. Source: go.dev/ref/mod, "Versions".
fn compare(a: &str, b: &str) -> Ordering {
    let read = |version: &str| Version::parse(version.strip_prefix('v')?).ok();
    match (read(a), read(b)) {
        (Some(a), Some(b)) => a.cmp_precedence(&b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_order() {
        let versions = [
            "no-version",
            "v0.0.0-20200101000000-abcdefabcdef",
            "v0.1.0",
            "v1.0.0-rc.1",
            "v1.0.0-rc.1.0.20200101000000-abcdefabcdef",
            "v1.0.0",
            "v1.2.0",
            "v1.10.0",
            "v2.0.0+incompatible",
        ];
        for pair in versions.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
        assert_eq!(compare("v2.0.0", "v2.0.0+incompatible"), Ordering::Equal);
    }
}
