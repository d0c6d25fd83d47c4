//! Tests of the model through its public face: fixtures of several files, with what is expected written beside the code.
//!
//! A fixture is a list of files, each behind a line `-- name --`. A comment `//? A ;; B` asserts about nodes of its line:
//! `text -> what` about what an identifier stands for (`+1`: declared on the next line; `0`: on this one; a qualified
//! name; `?`), `text : type` about a type, `text = value` about a constant, `text ^ size/align` about the layout of its
//! type. `text#2` is the second node with that text on the line. Answers that differ by platform are `a[linux] | b[windows]`.

mod agreement;
mod constants;
mod dependencies;
mod generics;
mod hostile;
mod members;
mod names;
mod objects;
mod packages;
mod platforms;
mod references;
mod relations;
mod types;

use std::sync::Arc;

use golint_project::{PLATFORMS, PlatformSet};
use golint_tree::{Node, Tree};

use crate::value::Constant;
use crate::{FileDescriptor, FileKind, FileModel, Object, Package, PackageSource, PerPlatform};

pub(super) struct Sources {
    files: Vec<FileDescriptor>,
    texts: Vec<Arc<[u8]>>,
    import_path: Option<&'static str>,
    /// Files that were read, in order.
    read: std::sync::Mutex<Vec<usize>>,
}

impl PackageSource for Sources {
    fn files(&self) -> &[FileDescriptor] {
        &self.files
    }

    fn read(&self, file: usize) -> Option<Arc<[u8]>> {
        self.read.lock().unwrap().push(file);
        Some(self.texts[file].clone())
    }

    fn import_path(&self) -> Option<&str> {
        self.import_path
    }
}

fn platforms_of(name: &str, text: &str) -> PlatformSet {
    let mut set = PlatformSet::ALL;
    let stem = name.trim_end_matches(".go").trim_end_matches("_test");
    for word in stem.split('_').skip(1) {
        let matching = named_set(word);
        if !matching.is_empty() {
            set &= matching;
        }
    }
    for word in text.lines().filter_map(|l| l.strip_prefix("//go:build ")).flat_map(|l| l.split(" && ")) {
        match word.strip_prefix('!') {
            Some(word) => set = set - named_set(word),
            None if named_set(word).is_empty() => {}
            None => set &= named_set(word),
        }
    }
    set
}

fn named_set(word: &str) -> PlatformSet {
    PlatformSet::of(|p| p.goos == word || p.goarch == word || p.pointer_size.to_string() == word)
}

pub(super) fn sources(fixture: &str) -> Arc<Sources> {
    let mut sources =
        Sources { files: Vec::new(), texts: Vec::new(), import_path: Some("m.org/p"), read: Default::default() };
    for section in fixture.split("-- ").skip(1) {
        let (name, text) = section.split_once(" --\n").expect("a file name ends in ' --'");
        let package_name = golint_syntax::header::scan(text.as_bytes()).package_name;
        let kind = if text.contains("//go:build ignore") {
            FileKind::Ignored
        } else if name.ends_with("_test.go") && package_name.as_deref().is_some_and(|n| n.ends_with("_test")) {
            FileKind::ExternalTest
        } else if name.ends_with("_test.go") {
            FileKind::Test
        } else {
            FileKind::InPackage
        };
        let platforms = platforms_of(name, text);
        sources.files.push(FileDescriptor { path: name.into(), name: name.into(), platforms, package_name, kind });
        sources.texts.push(text.as_bytes().into());
    }
    Arc::new(sources)
}

/// A model of each file of the fixture.
pub(super) struct Models {
    pub(super) package: Arc<Package>,
    pub(super) models: Vec<FileModel>,
    pub(super) texts: Vec<Arc<[u8]>>,
    pub(super) trees: Vec<Arc<[u8]>>,
}

pub(super) fn models(fixture: &str) -> Models {
    let fixture = if fixture.starts_with("-- ") { fixture.to_owned() } else { format!("-- a.go --\n{fixture}") };
    let sources = sources(&fixture);
    let package = Package::new(sources.clone());
    let trees: Vec<_> = sources.texts.iter().map(|text| golint_syntax::parse(text).tree).collect();
    let models = sources.texts.iter().zip(&trees).enumerate();
    let models = models
        .map(|(i, (text, tree))| FileModel::new(package.clone(), i, PlatformSet::ALL, text.clone(), tree.clone()));
    Models { models: models.collect(), package, texts: sources.texts.clone(), trees }
}

impl Models {
    /// The `n`-th expression of the file with this text.
    #[track_caller]
    pub(super) fn node(&self, file: usize, text: &str, n: usize) -> Node {
        let tree = Tree::trusted(&self.trees[file]).unwrap();
        let source = &self.texts[file];
        let mut found = tree.subtree(tree.root()).filter(|&n| is_expression(tree, n));
        found.by_ref().filter(|&n| tree.text(n, source) == text.as_bytes()).nth(n).expect("a node with that text")
    }

    #[track_caller]
    pub(super) fn object(&self, file: usize, text: &str, n: usize) -> Object {
        let objects = self.models[file].resolve(self.leaf(file, text, n), None);
        assert_eq!(objects.len(), 1, "{text}: {objects:?}");
        objects[0].1.clone()
    }

    /// The `n`-th identifier with this text.
    #[track_caller]
    pub(super) fn leaf(&self, file: usize, text: &str, n: usize) -> Node {
        let tree = Tree::trusted(&self.trees[file]).unwrap();
        let names = tree.subtree(tree.root()).filter(|&n| crate::scopes::is_name(tree, n));
        let mut found = names.filter(|&n| tree.text(n, &self.texts[file]) == text.as_bytes());
        found.nth(n).unwrap_or_else(|| panic!("no {n}-th {text}"))
    }
}

/// No node that only wraps another one.
fn is_expression(tree: Tree<'_>, node: Node) -> bool {
    let wraps = ["_statement", "_list", "_declaration", "_element", "_clause", "_spec"];
    tree.is_named(node) && !wraps.iter().any(|w| tree.kind(node).name().ends_with(w))
}

/// Checks every assertion that the fixture contains.
#[track_caller]
pub(super) fn check(fixture: &str) {
    let models = models(fixture);
    let (mut assertions, mut wrong) = (0, Vec::new());
    for file in 0..models.models.len() {
        let text = String::from_utf8_lossy(&models.texts[file]).into_owned();
        let mut offset = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if let Some((code, asserted)) = line.split_once("//? ") {
                for assertion in asserted.trim().split(" ;; ") {
                    let code = offset..offset + code.len();
                    wrong.extend(check_one(&models, file, number, code, assertion));
                    assertions += 1;
                }
            }
            offset += line.len();
        }
    }
    assert!(assertions > 0, "a fixture without assertions");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[track_caller]
fn check_one(
    models: &Models,
    file: usize,
    line: usize,
    code: std::ops::Range<usize>,
    assertion: &str,
) -> Option<String> {
    let model = &models.models[file];
    let operator = [" -> ", " : ", " = ", " ^ "].into_iter().find(|op| assertion.contains(op));
    let operator = operator.unwrap_or_else(|| panic!("no assertion: {assertion}"));
    let (what, expected) = assertion.split_once(operator).unwrap();
    let (what, n) = match what.rsplit_once('#') {
        Some((what, n)) => (what, n.parse::<usize>().unwrap() - 1),
        None => (what, 0),
    };
    let tree = Tree::trusted(&models.trees[file]).unwrap();
    let source = &models.texts[file];
    let mut seen = None;
    let candidates = tree.subtree(tree.root()).filter(|&n| {
        code.contains(&(tree.start(n) as usize)) && is_expression(tree, n) && tree.text(n, source) == what.as_bytes()
    });
    // Of several nodes over the same bytes: an identifier for what it stands for, the outermost for its type.
    let mut candidates: Vec<Node> = candidates
        .filter(|&n| operator != " -> " || crate::scopes::is_name(tree, n))
        .filter(|&n| seen.replace(tree.start(n)) != Some(tree.start(n)))
        .collect();
    assert!(n < candidates.len(), "line {}: no {} node '{what}'", line + 1, n + 1);
    let node = candidates.swap_remove(n);
    let on = models.package.files()[file].platforms;
    let found = match operator {
        " -> " => render(&model.resolve(node, None), on, |o| place_of(models, file, line, o)),
        " : " => render(&model.type_of(node, None), on, |t| model.type_string(t)),
        " = " => render(&model.constant_of(node, None), on, |v| match v.to_constant() {
            Constant::Boolean(b) => b.to_string(),
            Constant::Small(n) => n.to_string(),
            Constant::Big(n) | Constant::Ratio(n) => n,
            Constant::Complex(re, im) => format!("{re} {im}"),
            Constant::Text(text) => format!("{:?}", String::from_utf8_lossy(&text)),
        }),
        _ => {
            let types = model.type_of(node, None);
            assert_eq!(types.len(), 1, "the layout of one type");
            render(&model.layout(&types[0].1, None), on, |l| format!("{}/{}{:?}", l.size, l.align, l.offsets))
        }
    };
    (found != expected).then(|| format!("line {}: {assertion}, found {found}", line + 1))
}

fn place_of(models: &Models, file: usize, line: usize, object: &Object) -> String {
    let model = &models.models[file];
    if let Some(name) = model.qualified_name(object) {
        return name;
    }
    let Some(location) = model.declared_at(object) else { return "nowhere".into() };
    let text = &models.texts[location.file][..location.span.start as usize];
    let declared = text.iter().filter(|b| **b == b'\n').count() as isize;
    assert_eq!(location.file, file, "locals are declared in the file itself");
    match declared - line as isize {
        0 => "0".into(),
        distance => format!("{distance:+}"),
    }
}

fn render<T>(answers: &PerPlatform<T>, on: PlatformSet, show: impl Fn(&T) -> String) -> String {
    if answers.is_empty() {
        return "?".into();
    }
    let mut union = PlatformSet::EMPTY;
    for (set, _) in answers {
        assert!(!set.is_empty() && !set.intersects(union), "disjoint and not empty");
        union |= *set;
    }
    let shown =
        answers.iter().map(
            |(set, answer)| {
                if *set == on { show(answer) } else { format!("{}[{}]", show(answer), name_set(*set, on)) }
            },
        );
    shown.collect::<Vec<_>>().join(" | ")
}

/// A short name of a set of platforms, among those of the file.
fn name_set(set: PlatformSet, on: PlatformSet) -> String {
    let words: std::collections::BTreeSet<&str> =
        PLATFORMS.iter().flat_map(|p| [p.goos, p.goarch, if p.pointer_size == 4 { "4" } else { "8" }]).collect();
    let plain = words.iter().find(|w| named_set(w) & on == set).map(|w| (*w).to_owned());
    plain.or_else(|| words.iter().find(|w| on - named_set(w) == set).map(|w| format!("!{w}"))).unwrap_or_else(|| {
        let mut names: Vec<_> = set.iter().map(ToString::to_string).collect();
        names.sort();
        names.join(",")
    })
}
