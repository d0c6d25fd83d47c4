//! The model against go/types: reads the facts that tests/oracle/facts prints, and says of each identifier and selector
//! whether the model agrees, does not know, or disagrees. `cargo xtask oracle PATTERN…` runs both.
//!
//! Arguments: GOOS/GOARCH of the facts, `text` or `json`, the file of the facts, and the folder in which they were asked for.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use golint_project::imports::{GoEnvironment, Imports};
use golint_project::{Disk, FileFacts, FileSystem, GoVersion, Options, PLATFORMS, PlatformSet, WorkFile};
use golint_semantic::{FileDescriptor, FileModel, Object, ObjectKind, Package, PackageSource};
use golint_tree::{Node, Tree, kind};
use serde_json::json;

/// Disagreements that are shown.
const SHOWN: usize = 30;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [platform, format, facts, cwd] = &arguments[..] else {
        anyhow::bail!("GOOS/GOARCH, text or json, a file, and a folder")
    };
    let platform = PLATFORMS.iter().position(|p| p.to_string() == *platform).context("no such platform")?;
    let text = std::fs::read_to_string(facts).with_context(|| facts.clone())?;
    let folders = by_folder(&text)?;
    let environment = GoEnvironment::new(&Disk, |name| std::env::var(name).ok());
    let work_file = WorkFile::from_env(std::env::var("GOWORK").ok().as_deref());
    let imports = Imports::new(Arc::new(Disk), environment, Utf8Path::new(cwd), &work_file);
    let judge = Judge { on: PlatformSet::single(platform), imports, tally: Mutex::default() };
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            // What the model may need of it is bounded.
            let worker = std::thread::Builder::new().stack_size(64 << 20);
            let work = || {
                while let Some((folder, files)) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
                    judge.folder(folder, files);
                }
            };
            worker.spawn_scoped(scope, work).expect("a thread");
        }
    });
    let tally = judge.tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    show(&if format == "json" { format!("{:#}\n", tally.json()) } else { tally.text() });
    Ok(())
}

#[allow(clippy::print_stdout, reason = "a program for the terminal")]
fn show(text: &str) {
    print!("{text}");
}

/// A file with its facts, as lines.
struct FileOfFacts<'t> {
    path: &'t Utf8Path,
    lines: Vec<&'t str>,
}

fn by_folder(text: &str) -> Result<Vec<(&Utf8Path, Vec<FileOfFacts<'_>>)>> {
    let mut folders: BTreeMap<&Utf8Path, Vec<FileOfFacts<'_>>> = BTreeMap::new();
    let mut file: Option<&mut FileOfFacts<'_>> = None;
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("F\t") {
            let path = Utf8Path::new(path);
            let files = folders.entry(path.parent().context("a path")?).or_default();
            files.push(FileOfFacts { path, lines: Vec::new() });
            file = files.last_mut();
        } else {
            file.as_mut().context("facts of no file")?.lines.push(line);
        }
    }
    ensure!(!folders.is_empty(), "there are no facts: do the patterns name packages?");
    Ok(folders.into_iter().collect())
}

/// What came of the comparison.
#[derive(Clone, Copy, Default)]
struct Counts {
    agree: u64,
    unknown: u64,
    disagree: u64,
}

#[derive(Default)]
struct Tally {
    objects: Counts,
    selections: Counts,
    imports: Counts,
    /// What was not known, by what it is.
    unknown: BTreeMap<String, (u64, String)>,
    /// The first ones, by place.
    disagreements: Vec<String>,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.agree += other.agree;
        self.unknown += other.unknown;
        self.disagree += other.disagree;
    }

    fn json(self) -> serde_json::Value {
        json!({ "agree": self.agree, "unknown": self.unknown, "disagree": self.disagree })
    }
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.objects.add(other.objects);
        self.selections.add(other.selections);
        self.imports.add(other.imports);
        for (what, (count, example)) in other.unknown {
            self.unknown.entry(what).or_insert((0, example)).0 += count;
        }
        self.disagreements.extend(other.disagreements);
    }

    fn json(&self) -> serde_json::Value {
        json!({
            "objects": self.objects.json(),
            "selections": self.selections.json(),
            "imports": self.imports.json(),
        })
    }

    fn text(mut self) -> String {
        let mut text = String::new();
        for (name, Counts { agree, unknown, disagree }) in
            [("objects", self.objects), ("selections", self.selections), ("imports", self.imports)]
        {
            let all = (agree + unknown + disagree).max(1) as f64;
            let percent = |count: u64| format!("{:.2} %", 100.0 * count as f64 / all);
            let _ = writeln!(
                text,
                "{name:12} agree {agree:9} ({})  unknown {unknown:8} ({})  disagree {disagree}",
                percent(agree),
                percent(unknown)
            );
        }
        let mut unknown: Vec<_> = self.unknown.into_iter().collect();
        unknown.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (what, (count, example)) in unknown.iter().take(SHOWN) {
            let _ = writeln!(text, "unknown {count:8}  {what}, as at {example}");
        }
        self.disagreements.sort();
        for line in self.disagreements.iter().take(SHOWN) {
            let _ = writeln!(text, "DISAGREE {line}");
        }
        if let Some(more @ 1..) = self.disagreements.len().checked_sub(SHOWN) {
            let _ = writeln!(text, "and {more} more");
        }
        text
    }
}

/// The files of a folder on disk.
struct Folder {
    paths: Vec<Utf8PathBuf>,
    contents: Vec<Option<Arc<[u8]>>>,
    files: Vec<FileDescriptor>,
    import_path: Option<String>,
}

impl Folder {
    fn open(folder: &Utf8Path) -> Folder {
        let options = Options { cwd: folder.to_owned(), ..Options::default() };
        let (project, _) = golint_project::load(&Disk, &[folder.to_string()], &options);
        let Some(found) = project.folders.iter().find(|found| found.path == folder) else {
            return Folder { paths: Vec::new(), contents: Vec::new(), files: Vec::new(), import_path: None };
        };
        let entries = &project.files[found.files.clone()];
        let contents: Vec<_> = entries.iter().map(|entry| Disk.read(&entry.path).ok()).collect();
        let facts = |(entry, content): (&golint_project::FileEntry, &Option<Arc<[u8]>>)| {
            let header = golint_syntax::header::scan(content.as_ref()?);
            Some(FileFacts::of(entry.name(), header, GoVersion::NEWEST))
        };
        let facts: Vec<Option<FileFacts>> = entries.iter().zip(&contents).map(facts).collect();
        let described = entries.iter().zip(&facts).map(|(e, facts)| (e.path.as_str(), e.name(), facts.as_ref()));
        Folder {
            files: FileDescriptor::of_folder(described),
            paths: entries.iter().map(|entry| entry.path.clone()).collect(),
            contents,
            import_path: found.import_path.clone(),
        }
    }
}

impl PackageSource for Folder {
    fn files(&self) -> &[FileDescriptor] {
        &self.files
    }

    fn read(&self, file: usize) -> Option<Arc<[u8]>> {
        self.contents[file].clone()
    }

    fn import_path(&self) -> Option<&str> {
        self.import_path.as_deref()
    }
}

struct Judge {
    on: PlatformSet,
    imports: Imports,
    tally: Mutex<Tally>,
}

impl Judge {
    fn folder(&self, folder: &Utf8Path, files: &[FileOfFacts<'_>]) {
        let opened = Arc::new(Folder::open(folder));
        let package = Package::new(Arc::clone(&opened) as Arc<dyn PackageSource>);
        let mut tally = Tally::default();
        for file in files {
            let Some(place) = opened.paths.iter().position(|path| path == file.path) else {
                tally.disagreements.push(format!("{}: no file of the package", file.path));
                continue;
            };
            let Some(source) = opened.read(place) else { continue };
            let tree: Arc<[u8]> = golint_syntax::parse(&source).tree;
            let model = FileModel::new(Arc::clone(&package), place, PlatformSet::ALL, source, Arc::clone(&tree));
            let tree = Tree::trusted(&tree).expect("our own tree");
            Comparison { judge: self, folder: &opened, file, model: &model, tree, tally: &mut tally }.run();
        }
        self.tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(tally);
    }
}

struct Comparison<'c> {
    judge: &'c Judge,
    folder: &'c Folder,
    file: &'c FileOfFacts<'c>,
    model: &'c FileModel,
    tree: Tree<'c>,
    tally: &'c mut Tally,
}

impl Comparison<'_> {
    fn run(&mut self) {
        let mut leaves: HashMap<u32, Node> = HashMap::new();
        for node in self.tree.subtree(self.tree.root()) {
            if is_identifier(self.tree.kind(node)) {
                leaves.insert(self.tree.start(node), node);
            }
        }
        for line in &self.file.lines {
            let fields: Vec<&str> = line.split('\t').collect();
            let offset: u32 = fields.get(1).and_then(|field| field.parse().ok()).unwrap_or_default();
            let node = leaves.get(&offset).copied();
            match (fields.first().copied(), node) {
                (Some("I"), _) => self.import(offset, &fields),
                (Some("O"), Some(node)) if fields.len() == 7 => self.object(node, &fields),
                (Some("S"), Some(node)) => self.selection(node, &fields),
                (what, _) => {
                    let line = self.place(offset);
                    self.tally.disagreements.push(format!("{line}: no identifier for {what:?} {:?}", fields.get(2)));
                    self.tally.objects.disagree += 1;
                }
            }
        }
    }

    fn object(&mut self, node: Node, fields: &[&str]) {
        let (name, kind, qualified, place) = (fields[2], fields[3], fields[4], (fields[5], fields[6]));
        let answers = self.model.resolve(node, Some(&self.judge.on));
        let Some((_, object)) = answers.first() else {
            self.tally.objects.unknown += 1;
            let parent = self.tree.parent(node).map_or("", |parent| self.tree.kind(parent).name());
            let field = self.tree.field(node).name();
            let what = format!("{kind} as {field} of {parent}");
            let example = format!("{} ({name})", self.place(self.tree.start(node)));
            self.tally.unknown.entry(what).or_insert((0, example)).0 += 1;
            return;
        };
        let ours = self.model.kind_of(object).map(kind_name);
        let same_kind = ours.is_none_or(|ours| ours == kind);
        let is_same = same_kind
            && match self.declared(object) {
                Some((file, offset)) => (file.as_str(), offset.as_str()) == place,
                None => self.is_named(object, name, qualified),
            };
        if is_same {
            self.tally.objects.agree += 1;
        } else {
            self.tally.objects.disagree += 1;
            let (line, said) = (self.place(self.tree.start(node)), self.said(object));
            let wanted = format!("{kind} {qualified} {}:{}", place.0, place.1);
            self.tally.disagreements.push(format!("{line}: {name}: {wanted}, the model says {said}"));
        }
    }

    /// Of what is declared elsewhere, only names are known.
    fn is_named(&self, object: &Object, name: &str, qualified: &str) -> bool {
        let ours = self.model.qualified_name(object).unwrap_or_default();
        match qualified {
            "." => object.name() == name,
            _ => {
                qualified == ours
                    || qualified.strip_prefix(['@', '>']).is_some_and(|q| q == ours.trim_start_matches("unsafe."))
            }
        }
    }

    fn selection(&mut self, node: Node, fields: &[&str]) {
        let Some(selector) = self.tree.parent(node) else { return };
        let Some(path) = self.model.selection(selector) else {
            self.tally.selections.unknown += 1;
            return;
        };
        let ours: Vec<Option<(String, String)>> = path.iter().map(|object| self.declared(object)).collect();
        let theirs: Vec<(&str, &str)> =
            fields[3..].chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        let same = |(ours, theirs): (&Option<(String, String)>, &(&str, &str))| {
            ours.as_ref().is_none_or(|(file, offset)| (file.as_str(), offset.as_str()) == *theirs)
        };
        if ours.len() == theirs.len() && ours.iter().zip(&theirs).all(same) {
            self.tally.selections.agree += 1;
        } else {
            self.tally.selections.disagree += 1;
            let line = self.place(self.tree.start(node));
            self.tally.disagreements.push(format!("{line}: selection {theirs:?}, the model says {ours:?}"));
        }
    }

    fn import(&mut self, offset: u32, fields: &[&str]) {
        let (path, folder) = (fields[2], fields[3]);
        let importer = self.file.path.parent().unwrap_or(self.file.path);
        let build = self.judge.imports.build_of(importer);
        match self.judge.imports.find(build.as_deref(), importer, path) {
            Ok(found) if found == folder => self.tally.imports.agree += 1,
            Ok(found) => {
                self.tally.imports.disagree += 1;
                let line = self.place(offset);
                self.tally.disagreements.push(format!("{line}: {path} is in {folder}, and found in {found}"));
            }
            Err(missing) => {
                self.tally.imports.unknown += 1;
                let example = format!("{} ({path})", self.place(offset));
                self.tally.unknown.entry(format!("import: {missing:?}")).or_insert((0, example)).0 += 1;
            }
        }
    }

    fn declared(&self, object: &Object) -> Option<(String, String)> {
        let at = self.model.declared_at(object)?;
        Some((self.folder.paths.get(at.file)?.to_string(), at.span.start.to_string()))
    }

    fn said(&self, object: &Object) -> String {
        let kind = self.model.kind_of(object).map_or("?", kind_name);
        format!("{kind} {:?} {:?}", self.model.qualified_name(object), self.declared(object))
    }

    /// `file:line:column` of an offset in the file.
    fn place(&self, offset: u32) -> String {
        let index = self.folder.paths.iter().position(|path| path == self.file.path);
        let source = index.and_then(|index| self.folder.read(index)).unwrap_or_default();
        let before = &source[..(offset as usize).min(source.len())];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        format!("{}:{line}:{column}", self.file.path)
    }
}

fn is_identifier(kind: golint_tree::Kind) -> bool {
    matches!(
        kind,
        kind::IDENTIFIER
            | kind::FIELD_IDENTIFIER
            | kind::TYPE_IDENTIFIER
            | kind::PACKAGE_IDENTIFIER
            | kind::LABEL_NAME
            | kind::BLANK_IDENTIFIER
            | kind::DOT
    ) || matches!(kind.name(), "nil" | "true" | "false" | "iota")
}

fn kind_name(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::PackageName => "package-name",
        ObjectKind::Constant => "constant",
        ObjectKind::TypeName => "type-name",
        ObjectKind::Variable => "variable",
        ObjectKind::Function => "function",
        ObjectKind::Label => "label",
        ObjectKind::Builtin => "builtin",
        ObjectKind::Nil => "nil",
    }
}
