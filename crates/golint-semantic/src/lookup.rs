//! Which declarations of a name a file sees: found in an index of what the package's files may declare, and parsed only
//! for the platforms that somebody asks about. It never looks at types.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use golint_project::PlatformSet;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::dependency::Question;
use crate::object::Object;
use crate::outline::Outline;
use crate::package::Package;
use crate::summary::{Declaration, DeclarationKind};

type Name = Box<[u8]>;

/// What the files that see each other may declare, and where: made once from their outlines.
#[derive(Default)]
pub(crate) struct Index {
    /// The files that may declare a name at package level, ascending.
    names: FxHashMap<Name, Vec<u32>>,
    /// By receiver and method: the files that may declare it, ascending.
    methods: FxHashMap<Name, FxHashMap<Name, Vec<u32>>>,
    /// By alias: the names that it may stand for, and the files that say so.
    targets: FxHashMap<Name, Vec<(Name, u32)>>,
    /// The other way round.
    aliases: FxHashMap<Name, Vec<(Name, u32)>>,
}

impl Index {
    /// Adds the next file.
    pub(crate) fn add(&mut self, file: u32, outline: &Outline) {
        for name in outline.names() {
            self.names.entry(name.into()).or_default().push(file);
        }
        for (receiver, methods) in outline.methods() {
            let of_receiver = self.methods.entry(receiver.into()).or_default();
            for method in methods {
                of_receiver.entry(method.clone()).or_default().push(file);
            }
        }
        for (alias, target) in outline.aliases() {
            self.targets.entry(alias.clone()).or_default().push((target.clone(), file));
            self.aliases.entry(target.clone()).or_default().push((alias.clone(), file));
        }
    }

    fn declaring(&self, name: &str) -> &[u32] {
        self.names.get(name.as_bytes()).map_or(&[], Vec::as_slice)
    }

    /// Ascending; of all methods for `*`.
    fn declaring_method(&self, receiver: &[u8], name: &str) -> Vec<u32> {
        let Some(methods) = self.methods.get(receiver) else { return Vec::new() };
        if name != ALL_METHODS {
            return methods.get(name.as_bytes()).cloned().unwrap_or_default();
        }
        let mut files: Vec<u32> = methods.values().flatten().copied().collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

/// In the place of a method's name: any.
pub(crate) const ALL_METHODS: &str = "*";

/// By name.
type Lookups = FxHashMap<Box<str>, Arc<Lookup>>;

/// Files that see the same files and are built for the same platforms.
pub(crate) struct Group {
    /// The first of them: it stands for all.
    pub(crate) viewer: u32,
    /// Which index is theirs.
    pub(crate) index: usize,
    pub(crate) platforms: PlatformSet,
    names: Mutex<Lookups>,
    /// By receiver, then by method.
    methods: Mutex<FxHashMap<Box<str>, Lookups>>,
}

impl Group {
    pub(crate) fn new(viewer: u32, index: usize, platforms: PlatformSet) -> Group {
        Group { viewer, index, platforms, names: Mutex::default(), methods: Mutex::default() }
    }

    /// A file that shares no platform with these is in no build with them.
    fn meets(&self, file: u32, platforms: PlatformSet) -> bool {
        file == self.viewer || self.platforms.is_empty() || platforms.is_empty() || platforms.intersects(self.platforms)
    }
}

/// The declarations of one name that a group of files sees. There is one of it for each group and name.
pub(crate) struct Lookup {
    viewer: u32,
    receiver: Option<Box<str>>,
    name: Box<str>,
    /// By file.
    pub(crate) candidates: Box<[Candidate]>,
    /// The viewer's platforms, where files were left out that are built for none of these.
    pub(crate) limited_to: Option<PlatformSet>,
    /// The viewer is built for no platform of the table.
    pub(crate) viewer_is_elsewhere: bool,
}

/// A file that may declare the name.
pub(crate) struct Candidate {
    pub(crate) file: u32,
    /// On which the declaration takes part.
    pub(crate) platforms: PlatformSet,
    /// The name under which a method's receiver is written there.
    receiver: Option<Box<str>>,
    found: OnceLock<Box<[Object]>>,
}

impl Lookup {
    /// What the candidate declares in truth; parses it.
    pub(crate) fn found<'c>(&self, candidate: &'c Candidate, package: &Package) -> &'c [Object] {
        candidate.found.get_or_init(|| {
            self.declarations(candidate, package).into_iter().map(|d| package.member(candidate.file, d)).collect()
        })
    }

    fn declarations<'p>(&self, candidate: &Candidate, package: &'p Package) -> Vec<&'p Declaration> {
        let Some(summary) = package.summary(candidate.file) else { return Vec::new() };
        match &candidate.receiver {
            None => summary.declaration(&self.name).into_iter().collect(),
            Some(receiver) if *self.name == *ALL_METHODS => {
                summary.methods_of(receiver).filter(|d| d.ordinal == 0).collect()
            }
            Some(receiver) => summary.methods_of(receiver).filter(|d| *d.name == *self.name).take(1).collect(),
        }
    }

    /// The question that it answers.
    pub(crate) fn question(&self, package: &Package) -> Question {
        let file = package.file(self.viewer).map(|f| f.name.clone()).unwrap_or_default();
        let name = self.name.to_string();
        match &self.receiver {
            None => Question::Name { file, name },
            Some(receiver) => Question::Method { file, receiver: receiver.to_string(), name },
        }
    }

    /// Of everything that the answer says; also of nothing. Parses all candidates.
    pub(crate) fn hash(&self, package: &Package) -> u64 {
        let mut hasher = FxHasher::default();
        for candidate in &self.candidates {
            let Some(descriptor) = package.file(candidate.file) else { continue };
            for declaration in self.declarations(candidate, package) {
                let is_alias = declaration.kind == DeclarationKind::Alias;
                (&descriptor.name, candidate.platforms, is_alias).hash(&mut hasher);
                package.summary(candidate.file).map_or(0, |s| s.hash_of(declaration)).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

impl Package {
    /// The package-level declarations of a name that the viewer sees.
    pub(crate) fn lookup(&self, viewer: u32, name: &str) -> Arc<Lookup> {
        let Some(group) = self.group_of(viewer) else { return Lookup::nothing(viewer, None, name) };
        if let Some(lookup) = group.names.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return lookup.clone();
        }
        let files = self.index(group).declaring(name);
        let candidates = files.iter().map(|&file| (file, None, self.platforms_of(file)));
        let lookup = Lookup::new(group, None, name, candidates);
        let mut names = group.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.entry(name.into()).or_insert(lookup).clone()
    }

    /// The methods of this name ([`ALL_METHODS`]: of all) that the viewer sees, declared for the type of that name.
    pub(crate) fn lookup_method(&self, viewer: u32, receiver: &str, name: &str) -> Arc<Lookup> {
        let Some(group) = self.group_of(viewer) else { return Lookup::nothing(viewer, Some(receiver), name) };
        let known = group.methods.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lookup) = known.get(receiver).and_then(|methods| methods.get(name)) {
            return lookup.clone();
        }
        drop(known);
        let index = self.index(group);
        let mut candidates = Vec::new();
        for (written, on) in self.names_of(index, receiver) {
            for file in index.declaring_method(&written, name) {
                let written = String::from_utf8_lossy(&written).into_owned();
                candidates.push((file, Some(written.into_boxed_str()), self.platforms_of(file) & on));
            }
        }
        // By file; of one file, the type's own name first.
        candidates.sort_by_key(|(file, ..)| *file);
        let lookup = Lookup::new(group, Some(receiver), name, candidates.into_iter());
        let mut methods = group.methods.lock().unwrap_or_else(PoisonError::into_inner);
        methods.entry(receiver.into()).or_default().entry(name.into()).or_insert(lookup).clone()
    }

    fn platforms_of(&self, file: u32) -> PlatformSet {
        self.file(file).map_or(PlatformSet::EMPTY, |f| f.platforms)
    }

    /// The names under which methods of a type may be declared, and where they are names of it: its own, and aliases of
    /// it or of pointers to it, in the order in which they are reached.
    fn names_of(&self, index: &Index, receiver: &str) -> Vec<(Name, PlatformSet)> {
        let mut names: Vec<(Name, PlatformSet)> = vec![(receiver.as_bytes().into(), PlatformSet::ALL)];
        let mut next = 0;
        while let Some((target, on)) = names.get(next).cloned() {
            next += 1;
            for (alias, file) in index.aliases.get(&target).into_iter().flatten() {
                let on = on & self.platforms_of(*file);
                match names.iter_mut().find(|(name, _)| name == alias) {
                    Some((_, known)) => *known |= on,
                    None => names.push((alias.clone(), on)),
                }
            }
        }
        names
    }

    /// The name of the type that an alias in front of methods stands for; any other name is its own. None where it
    /// stands for several.
    pub(crate) fn alias_target(&self, viewer: u32, name: &str) -> Option<String> {
        let Some(group) = self.group_of(viewer) else { return Some(name.to_owned()) };
        let index = self.index(group);
        let mut name = name.to_owned();
        let mut seen = FxHashSet::default();
        while seen.insert(name.clone()) {
            let targets = index.targets.get(name.as_bytes()).map_or(&[][..], Vec::as_slice);
            let mut targets = targets.iter().filter(|(_, file)| group.meets(*file, self.platforms_of(*file)));
            let Some((target, _)) = targets.next() else { break };
            if targets.any(|(other, _)| other != target) || self.declares_type(viewer, &name) {
                return None;
            }
            name = String::from_utf8_lossy(target).into_owned();
        }
        Some(name)
    }

    fn declares_type(&self, viewer: u32, name: &str) -> bool {
        let lookup = self.lookup(viewer, name);
        let mut declared = lookup.candidates.iter().flat_map(|c| lookup.declarations(c, self));
        declared.any(|declaration| declaration.kind == DeclarationKind::Type)
    }
}

impl Lookup {
    fn new(
        group: &Group,
        receiver: Option<&str>,
        name: &str,
        candidates: impl Iterator<Item = (u32, Option<Box<str>>, PlatformSet)>,
    ) -> Arc<Lookup> {
        let mut limited_to = None;
        let candidates = candidates.filter(|(file, _, platforms)| {
            let meets = group.meets(*file, *platforms);
            limited_to = limited_to.or((!meets).then_some(group.platforms));
            meets
        });
        let candidate = |(file, receiver, platforms)| Candidate { file, platforms, receiver, found: OnceLock::new() };
        let candidates = candidates.map(candidate).collect();
        Arc::new(Lookup {
            viewer: group.viewer,
            receiver: receiver.map(Into::into),
            name: name.into(),
            candidates,
            limited_to,
            viewer_is_elsewhere: group.platforms.is_empty(),
        })
    }

    /// What a file that the package does not have sees.
    fn nothing(viewer: u32, receiver: Option<&str>, name: &str) -> Arc<Lookup> {
        Lookup::new(&Group::new(viewer, 0, PlatformSet::EMPTY), receiver, name, std::iter::empty())
    }
}
