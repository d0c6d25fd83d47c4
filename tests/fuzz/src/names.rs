//! Names, types, constants and layouts in mutilated Go: every question about every node of a file has an answer, and the
//! same one whoever asks first.

use std::sync::Arc;

use golint_host::{FileInput, LazyModel};
use golint_project::{FileFacts, GoVersion, PackageKind, packages};
use golint_semantic::{FileDescriptor, FileKind, FileModel, OBJECT_PROPERTIES, Object, Package, PackageSource, Type};
use golint_tree::{Node, Tree};

/// A package in memory.
pub(super) struct Files {
    files: Vec<FileDescriptor>,
    facts: Vec<Arc<FileFacts>>,
    contents: Vec<Arc<[u8]>>,
}

impl Files {
    /// Of at most two files, a.go and b_linux.go.
    pub(super) fn new(contents: &[&[u8]]) -> Files {
        let names = ["a.go", "b_linux.go"];
        let facts_of = |(name, source): (&str, &&[u8])| {
            Arc::new(FileFacts::of(name, golint_syntax::header::scan(source), GoVersion::new(1, 20)))
        };
        let facts: Vec<_> = names.into_iter().zip(contents).map(facts_of).collect();
        let mut files: Vec<_> = names
            .into_iter()
            .zip(&facts)
            .map(|(name, facts)| FileDescriptor {
                path: name.to_owned(),
                name: name.to_owned(),
                platforms: facts.platforms,
                package_name: facts.package_name.clone(),
                kind: FileKind::Ignored,
            })
            .collect();
        for package in packages::group(&facts.iter().map(|facts| &**facts).collect::<Vec<_>>()) {
            let in_package = package.kind == PackageKind::Ordinary;
            package.files.iter().filter(|_| in_package).for_each(|&file| files[file].kind = FileKind::InPackage);
        }
        Files { files, facts, contents: contents.iter().map(|content| Arc::from(*content)).collect() }
    }

    fn package(&self) -> Arc<Package> {
        let (files, facts, contents) = (self.files.clone(), self.facts.clone(), self.contents.clone());
        Package::new(Arc::new(Files { files, facts, contents }))
    }
}

impl PackageSource for Files {
    fn files(&self) -> &[FileDescriptor] {
        &self.files
    }

    fn read(&self, file: usize) -> Option<Arc<[u8]>> {
        self.contents.get(file).cloned()
    }

    fn import_path(&self) -> Option<&str> {
        Some("example.com/p")
    }
}

/// One of the files, as packs get it.
pub(super) fn input(files: &Files, index: usize) -> FileInput {
    let (source, facts, package) = (&files.contents[index], &files.facts[index], files.package());
    let path: Arc<str> = files.files[index].path.as_str().into();
    FileInput {
        path: path.clone(),
        shown_path: path,
        module_path: Some("example.com/p".into()),
        import_path: Some("example.com/p".into()),
        platforms: facts.platforms,
        facts: facts.clone(),
        external_test: false,
        source: source.clone(),
        tree: golint_syntax::parse(source).tree,
        package,
        sources: Arc::new(Files {
            files: files.files.clone(),
            facts: files.facts.clone(),
            contents: files.contents.clone(),
        }),
        index,
        model: LazyModel::default(),
    }
}

/// Asks about the input, in which a byte that is no UTF-8 ends the first file.
pub fn run(data: &[u8]) {
    let contents: Vec<&[u8]> = data.splitn(2, |&byte| byte == 0xff).collect();
    let files = Files::new(&contents);
    for (index, source) in contents.iter().enumerate() {
        let tree = golint_syntax::parse(source).tree;
        let nodes = Tree::new(&tree).expect("the writer's own tree is sound").len() as u32;
        let model =
            || FileModel::new(files.package(), index, files.facts[index].platforms, (*source).into(), tree.clone());
        let (forward, backward) = (model(), model());
        let answers: Vec<String> = (0..nodes).map(|node| ask(&forward, &contents, Node(node))).collect();
        for node in (0..nodes).rev() {
            assert_eq!(ask(&backward, &contents, Node(node)), answers[node as usize], "node {node} of file {index}");
        }
    }
}

/// Everything that can be asked about a node, and what is said about its names and types.
fn ask(model: &FileModel, contents: &[&[u8]], node: Node) -> String {
    let mut said = Vec::new();
    for (on, object) in model.resolve(node, None) {
        assert!(!on.is_empty());
        said.push(ask_object(model, contents, &object));
    }
    let selection = model.selection(node);
    said.extend(selection.iter().flatten().map(|object| ask_object(model, contents, object)));
    for (on, ty) in model.type_of(node, None) {
        assert!(!on.is_empty());
        said.push(ask_type(model, &ty));
    }
    said.push(format!("{:?}", model.constant_of(node, None)));
    said.join("\n")
}

fn ask_object(model: &FileModel, contents: &[&[u8]], object: &Object) -> String {
    let declared = model.declared_at(object);
    for at in declared.iter().chain(model.references_in_package(object).iter().flatten()) {
        assert!(at.span.start <= at.span.end && at.span.end as usize <= contents[at.file].len(), "{at:?}");
    }
    model.declared_node(object);
    model.references(object);
    OBJECT_PROPERTIES.iter().for_each(|property| _ = model.object_property(object, property));
    let types: Vec<String> = model.type_of_object(object, None).iter().map(|(_, ty)| model.type_string(ty)).collect();
    let constant = model.constant_of_object(object, None);
    let name = model.qualified_name(object);
    format!("{} {name:?} {:?} {declared:?} {types:?} {constant:?}", object.name(), model.kind_of(object))
}

fn ask_type(model: &FileModel, ty: &Type) -> String {
    assert_ne!(model.identical(ty, ty), Some(false), "{}", model.type_string(ty));
    assert_ne!(model.assignable(ty, ty), Some(false), "{}", model.type_string(ty));
    assert_ne!(model.convertible(ty, ty), Some(false), "{}", model.type_string(ty));
    for part in [model.underlying(ty), model.element(ty), model.key(ty)].into_iter().flatten() {
        model.type_string(&part);
        model.identical(ty, &part);
        model.assignable(ty, &part);
        model.convertible(&part, ty);
        model.implements(ty, &part);
    }
    model.array_length(ty, None);
    model.fields_of(ty);
    model.signature_of(ty);
    model.type_object(ty);
    model.type_arguments(ty);
    model.methods_of(ty);
    for (_, layout) in model.layout(ty, None) {
        // No array of this length fits into an address space, but each is a number.
        assert!(layout.align > 0 && layout.offsets.iter().all(|&offset| offset <= layout.size), "{layout:?}");
    }
    let comparable = model.comparable(ty);
    format!("{} {} {comparable:?} {:?}", model.type_string(ty), model.type_kind(ty), model.layout(ty, None))
}
