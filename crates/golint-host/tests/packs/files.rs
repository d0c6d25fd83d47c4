//! Files to check: a package of sources in memory.

use std::rc::Rc;
use std::sync::{Arc, Mutex};

use golint_host::{
    Cancel, CheckError, CheckInput, Configured, FileInput, Finding, Host, HostOptions, LazyModel, LoadCause, LogEntry,
    RulePack, Setting, encode_hits,
};
use golint_project::{FileFacts, GoVersion};
use golint_semantic::{FileDescriptor, FileKind, Package, PackageSource};
use golint_tree::Node;

/// What happens when a file of the package is read.
type OnRead = fn();

struct Sources {
    files: Vec<FileDescriptor>,
    bytes: Vec<Arc<[u8]>>,
    on_read: OnRead,
}

impl PackageSource for Sources {
    fn files(&self) -> &[FileDescriptor] {
        &self.files
    }

    fn read(&self, file: usize) -> Option<Arc<[u8]>> {
        (self.on_read)();
        self.bytes.get(file).cloned()
    }

    fn import_path(&self) -> Option<&str> {
        Some("example.com/m/p")
    }
}

fn facts(name: &str, source: &[u8]) -> FileFacts {
    FileFacts::of(name, golint_syntax::header::scan(source), GoVersion::new(1, 21))
}

/// The first of these files (name and content) of a package, ready to be checked; the only hit is the whole file.
pub(crate) fn input(files: &[(&str, &[u8])]) -> CheckInput {
    input_with(files, || {})
}

/// The same; reading a file of the package does this first.
pub(crate) fn input_with(files: &[(&str, &[u8])], on_read: OnRead) -> CheckInput {
    let descriptor = |(name, source): &(&str, &[u8])| {
        let facts = facts(name, source);
        FileDescriptor {
            path: format!("p/{name}"),
            name: (*name).to_owned(),
            platforms: facts.platforms,
            package_name: facts.package_name,
            kind: FileKind::InPackage,
        }
    };
    let sources: Arc<dyn PackageSource> = Arc::new(Sources {
        files: files.iter().map(descriptor).collect(),
        bytes: files.iter().map(|(_, source)| Arc::from(*source)).collect(),
        on_read,
    });
    let (name, source) = files[0];
    let facts = facts(name, source);
    let file = FileInput {
        path: format!("p/{name}").into(),
        shown_path: format!("m/p/{name}").into(),
        module_path: Some("example.com/m".into()),
        import_path: Some("example.com/m/p".into()),
        platforms: facts.platforms,
        facts: Arc::new(facts),
        external_test: false,
        source: source.into(),
        tree: golint_syntax::parse(source).tree,
        package: Package::new(sources.clone()),
        sources,
        index: 0,
        model: LazyModel::default(),
    };
    CheckInput { file: Rc::new(file), hits: encode_hits(&mut vec![(0, Node(0))]) }
}

/// One file.
pub(crate) fn go(source: &str) -> CheckInput {
    input(&[("a.go", source.as_bytes())])
}

/// What was logged: the file, and the message.
pub(crate) type Heard = Arc<Mutex<Vec<(Option<String>, String)>>>;

/// Options under which tests run, and what is logged.
pub(crate) fn options() -> (HostOptions, Heard) {
    let heard = Heard::default();
    let ears = heard.clone();
    let log = move |entry: &LogEntry<'_>| {
        ears.lock().expect("no test panics in here").push((entry.file.map(str::to_owned), entry.message.to_owned()));
    };
    (HostOptions { log: Arc::new(log), ..HostOptions::default() }, heard)
}

/// A host as the command line has it.
pub(crate) fn host() -> Host {
    Host::new(options().0).expect("the host starts")
}

/// A loaded pack with its first rule on.
pub(crate) struct Loaded {
    pub(crate) pack: Arc<dyn RulePack>,
    pub(crate) configured: Arc<Configured>,
}

/// Loads a pack that must be good, and turns all its rules on.
pub(crate) fn load(host: &Host, component: &[u8]) -> Loaded {
    let pack = host.load("tests", component.to_vec(), None, "test.wasm").unwrap_or_else(|e| panic!("{e}"));
    let rules = 0..pack.manifest().rules.len() as u32;
    let settings: Vec<_> = rules.map(|rule| Setting { rule, options: serde_json::Value::Null }).collect();
    let configured = pack.configure(&settings).unwrap_or_else(|e| panic!("{e}"));
    Loaded { pack, configured }
}

impl Loaded {
    pub(crate) fn check(&self, input: &CheckInput) -> Result<Vec<Finding>, CheckError> {
        self.pack.check(&self.configured, input, &Cancel::new())
    }

    /// The failure of a check that must fail.
    pub(crate) fn failure(&self, input: &CheckInput) -> golint_host::Failure {
        match self.check(input) {
            Err(CheckError::Failure(failure)) => failure,
            other => panic!("no failure but {other:?}"),
        }
    }
}

/// Why a component does not load.
pub(crate) fn cause(component: &[u8]) -> LoadCause {
    match host().load("tests", component.to_vec(), None, "test.wasm") {
        Ok(_) => panic!("it loaded"),
        Err(e) => e.cause,
    }
}
