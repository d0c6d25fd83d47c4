//! For tests: a pack with one rule for each thing that a rule can do, and worlds of files in memory.

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use golint_diagnostics::{Diagnostic, Location, Span};
use golint_host::{
    Cancel, CheckError, CheckInput, ConfigureError, Configured, CounterValues, Failure, FailureKind, Manifest,
    NativePack, RulePack, Setting,
};
use golint_project::{Disk, FileSystem, Listing, Metadata, Options, Overlay};
use golint_sdk::prelude::*;

use crate::packs::{LoadedPack, Packs};
use crate::{Control, Engine, EngineOptions, FixLevel, Fixed, Outcome, Snapshot, Target};

const fn meta(id: &'static str, default_on: bool) -> Meta {
    Meta {
        id,
        summary: "A rule for tests",
        docs: "## What it does\n\nTests.",
        category: "correctness",
        severity: Severity::Warning,
        default_on,
    }
}

/// Reports every `goto`, on linux/386 only where the label is called `narrow`, as likely where it is called `maybe`.
struct NoGoto;

impl Rule for NoGoto {
    type Options = NoOptions;
    const META: Meta = meta("no-goto", true);

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::GOTO_STATEMENT]).requires(Needle::literal("goto"))]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        let mut finding = Finding::at(node, "goto").help("use a loop");
        if node.text().ends_with("narrow") {
            let narrow = node.file().platforms_where(|p| p.goos == "linux" && p.goarch == "386");
            if narrow.is_empty() {
                return;
            }
            finding = finding.on(&narrow);
        }
        if node.text().ends_with("maybe") {
            finding = finding.likely();
        }
        node.file().report(finding);
    }
}

/// Wants other numbers: 1 becomes 2, 2 becomes 3 (a fix calls for a fix), 7 becomes 8 if asked for, 9 becomes nonsense,
/// and `more` puts a line before the statement.
struct Numbers;

#[derive(Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct NumberOptions {
    /// A number that is fine.
    allow: Option<i64>,
    /// A number that the rule itself refuses to hear of.
    suffix: String,
}

impl Rule for Numbers {
    type Options = NumberOptions;
    const META: Meta = meta("numbers", false);

    fn interests(_: &NumberOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::INT_LITERAL])]
    }

    fn check(options: &NumberOptions, node: Node<'_>) {
        let text = node.text();
        if options.allow.is_some_and(|allowed| allowed.to_string() == *text) {
            return;
        }
        let replace = |fix: Fix, by: &str| fix.replace(node, format!("{by}{}", options.suffix));
        let fix = match &*text {
            "1" => replace(Fix::safe("two"), "2"),
            "2" => replace(Fix::safe("three"), "3"),
            "5" => Fix::safe("a comment").insert(node.file().root().start(), "// five\n").replace(node, "6"),
            "7" => replace(Fix::risky("eight"), "8"),
            "9" => replace(Fix::safe("nonsense"), "}}"),
            "40" => replace(Fix::safe("up"), "41"),
            "41" => replace(Fix::safe("down"), "40"),
            _ => return,
        };
        node.file().report(Finding::at(node, format!("number {text}")).fix(fix));
    }
}

/// Fails on the identifier `explode`, and says which type `typed` has.
struct Names;

impl Rule for Names {
    type Options = NoOptions;
    const META: Meta = meta("names", true);

    fn interests(_: &NoOptions) -> Vec<Interest> {
        let needles = [Needle::literal("explode"), Needle::pattern(r"\btyped\b")];
        vec![Interest::in_nodes([kind::IDENTIFIER]).requires_any(needles)]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        match &*node.text() {
            "explode" => panic!("it exploded"),
            "typed" => {
                if let Some(ty) = node.type_of() {
                    node.file().report(Finding::at(node, format!("typed is {}", ty.string())));
                }
            }
            _ => {}
        }
    }
}

/// Only for old Go, and only on Windows.
struct Old;

impl Rule for Old {
    type Options = NoOptions;
    const META: Meta = meta("old", true);

    fn interests(_: &NoOptions) -> Vec<Interest> {
        vec![Interest::in_nodes([kind::PACKAGE_CLAUSE]).before_go(1, 21).on(|p| p.goos == "windows")]
    }

    fn check(_: &NoOptions, node: Node<'_>) {
        node.file().report(Finding::at(node, "old"));
    }
}

golint_sdk::export_pack!("probe", [NoGoto, Numbers, Names, Old]);

/// The folder in which everything stands.
pub(crate) const HERE: &str = "/no-such-place/m";

/// The pack, as a built-in one.
pub(crate) fn loaded() -> LoadedPack {
    let pack = NativePack::new(&PACK).expect("the pack describes itself well");
    LoadedPack {
        pack: Arc::new(pack),
        name: "probe".into(),
        builtin: true,
        content: None,
        at: Location::new("probe", Span::default()),
    }
}

/// The pack as `house`, which takes too long for files called slow.go.
pub(crate) fn slow() -> LoadedPack {
    struct Slow(NativePack);

    impl RulePack for Slow {
        fn manifest(&self) -> &Manifest {
            self.0.manifest()
        }

        fn configure(&self, settings: &[Setting]) -> Result<Arc<Configured>, ConfigureError> {
            self.0.configure(settings)
        }

        fn check(
            &self,
            configured: &Configured,
            input: &CheckInput,
            cancel: &Cancel,
        ) -> Result<Vec<golint_host::Finding>, CheckError> {
            let file = &input.file.shown_path;
            if file.ends_with("slow.go") {
                let (kind, message) = (FailureKind::Timeout, "it took too long".to_owned());
                return Err(Failure { pack: "house".into(), file: Some(file.to_string()), kind, message }.into());
            }
            self.0.check(configured, input, cancel)
        }

        fn counters(&self) -> CounterValues {
            self.0.counters()
        }
    }

    let pack = NativePack::new(&PACK).expect("the pack describes itself well");
    LoadedPack { pack: Arc::new(Slow(pack)), name: "house".into(), builtin: false, ..loaded() }
}

/// The test's own answer to a question about a path, made from a file system.
type Answer<T> = Box<dyn Fn(&dyn FileSystem, &Utf8Path) -> io::Result<T> + Send + Sync>;

/// A file system some of whose answers are the test's own.
pub(crate) struct Altered {
    below: Arc<dyn FileSystem>,
    read: Answer<Arc<[u8]>>,
    metadata: Answer<Metadata>,
}

impl Altered {
    /// As the one below.
    pub(crate) fn over(below: Arc<dyn FileSystem>) -> Altered {
        let read = Box::new(|below: &dyn FileSystem, path: &Utf8Path| below.read(path));
        Altered { below, read, metadata: Box::new(|below, path| below.metadata(path)) }
    }

    /// With other contents.
    pub(crate) fn reading(
        self,
        read: impl Fn(&dyn FileSystem, &Utf8Path) -> io::Result<Arc<[u8]>> + Send + Sync + 'static,
    ) -> Arc<Altered> {
        Arc::new(Altered { read: Box::new(read), ..self })
    }

    /// With other metadata.
    pub(crate) fn looking(
        self,
        metadata: impl Fn(&dyn FileSystem, &Utf8Path) -> io::Result<Metadata> + Send + Sync + 'static,
    ) -> Altered {
        Altered { metadata: Box::new(metadata), ..self }
    }
}

impl FileSystem for Altered {
    fn read(&self, path: &Utf8Path) -> io::Result<Arc<[u8]>> {
        (self.read)(&*self.below, path)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        (self.metadata)(&*self.below, path)
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Listing> {
        self.below.read_dir(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.below.canonicalize(path)
    }
}

/// Files in memory, and how to check them.
pub(crate) struct World {
    pub(crate) options: EngineOptions,
    pub(crate) files: Arc<dyn FileSystem>,
    /// Whether nested modules are looked at, too.
    pub(crate) all_modules: bool,
}

impl World {
    /// These files, by their paths below [`HERE`].
    pub(crate) fn new(files: &[(&str, &str)]) -> World {
        let mut overlay = Overlay::new(Arc::new(Disk));
        for (path, text) in files {
            overlay.insert(Utf8Path::new(HERE).join(path), text.as_bytes());
        }
        World::over(Arc::new(overlay), HERE.into())
    }

    pub(crate) fn over(files: Arc<dyn FileSystem>, working_folder: Utf8PathBuf) -> World {
        let mut options = EngineOptions::new(&[], working_folder);
        options.threads = 2;
        World { options, files, all_modules: false }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let cwd = self.options.working_folder.clone();
        let options = Options { cwd, all_modules: self.all_modules, ..Options::default() };
        let (project, _) = golint_project::load(&*self.files, &[], &options);
        Snapshot { files: Arc::clone(&self.files), project: Arc::new(project) }
    }

    pub(crate) fn engine(&self) -> Engine {
        Engine::with_packs(self.options.clone(), Packs::of(vec![loaded()]))
    }

    pub(crate) fn check(&self) -> Outcome {
        let snapshot = self.snapshot();
        self.engine().check(&snapshot, &snapshot.targets(), &Control::new()).expect("sound options")
    }

    pub(crate) fn check_named(&self, path: &str) -> Outcome {
        let target = Target { path: self.options.working_folder.join(path), named: true };
        self.engine().check(&self.snapshot(), &[target], &Control::new()).expect("sound options")
    }

    pub(crate) fn fix(&self, level: FixLevel) -> Fixed {
        let snapshot = self.snapshot();
        self.engine().fix(&snapshot, &snapshot.targets(), level, &Control::new()).expect("sound options")
    }

    pub(crate) fn usage_error(&self) -> String {
        let snapshot = self.snapshot();
        let checked = self.engine().check(&snapshot, &snapshot.targets(), &Control::new());
        checked.err().expect("the options can't be").to_string()
    }
}

/// A finding on one line.
pub(crate) fn line(diagnostic: &Diagnostic) -> String {
    format!("{}:{}: {}: {}", diagnostic.path(), diagnostic.span().start, diagnostic.rule, diagnostic.message)
}

/// The findings of an outcome, a line each.
pub(crate) fn lines(outcome: &Outcome) -> Vec<String> {
    outcome.report.diagnostics.iter().map(line).collect()
}
