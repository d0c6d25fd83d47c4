//! The file that is being checked.

use std::cell::{Cell, OnceCell};

use golint_tree::{Kind, Tree};

use crate::Node;
use crate::facts::{Facts, GoVersion, Level, Location, Platform, Span};
use crate::finding::Finding;
use crate::platforms::Platforms;

/// The file that is being checked: where it stands, what it builds for, its nodes, and the way to report findings.
pub struct File<'f> {
    pub(crate) facts: &'f dyn Facts,
    pub(crate) source: &'f [u8],
    pub(crate) tree: Tree<'f>,
    rule: Cell<u32>,
    platforms: OnceCell<Platforms>,
    table: OnceCell<Vec<Platform>>,
}

impl<'f> File<'f> {
    pub(crate) fn new(facts: &'f dyn Facts, source: &'f [u8], tree: Tree<'f>) -> Self {
        File { facts, source, tree, rule: Cell::new(0), platforms: OnceCell::new(), table: OnceCell::new() }
    }

    pub(crate) fn set_rule(&self, rule: u32) {
        self.rule.set(rule);
    }

    /// Relative to the module's root (loose files: to the working folder), separated by `/`.
    pub fn path(&self) -> String {
        self.facts.path()
    }

    /// The module's path; none for loose files. The standard library is module `std`.
    pub fn module_path(&self) -> Option<String> {
        self.facts.module_path()
    }

    /// As an importer would write it; none for loose files.
    pub fn import_path(&self) -> Option<String> {
        self.facts.import_path()
    }

    /// None where the package clause is missing or broken.
    pub fn package_name(&self) -> Option<String> {
        self.facts.package_name()
    }

    /// The language version that holds for this very file; none if nothing says.
    pub fn go_version(&self) -> Option<GoVersion> {
        self.facts.go_version()
    }

    /// The language version of the module, whatever a `//go:build` line in this file says; none if nothing says.
    pub fn module_go_version(&self) -> Option<GoVersion> {
        self.facts.module_go_version()
    }

    /// A yes-or-no fact: "test", "generated", "cgo", "external-test", …; none if the host doesn't know the word.
    pub fn property(&self, name: &str) -> Option<bool> {
        self.facts.property(name)
    }

    /// Where this file takes part in a build.
    pub fn platforms(&self) -> &Platforms {
        self.platforms.get_or_init(|| Platforms::from_words(self.facts.platforms()))
    }

    /// Every platform that Go knows; a [`Platforms`] holds indices into it.
    pub fn platform_table(&self) -> &[Platform] {
        self.table.get_or_init(|| self.facts.platform_table().into_owned())
    }

    /// The platforms of this file that satisfy a condition.
    pub fn platforms_where(&self, condition: impl Fn(&Platform) -> bool) -> Platforms {
        let mut found = Platforms::none();
        for (i, platform) in self.platform_table().iter().enumerate() {
            if self.platforms().contains(i) && condition(platform) {
                found.insert(i);
            }
        }
        found
    }

    /// Bytes as on disk (or in the editor): perhaps no UTF-8, perhaps with a byte order mark.
    pub fn source(&self) -> &'f [u8] {
        self.source
    }

    /// The node of the whole file.
    pub fn root(&'f self) -> Node<'f> {
        Node { file: self, node: self.tree.root() }
    }

    /// All nodes of a kind, in order.
    pub fn nodes(&'f self, kind: Kind) -> impl Iterator<Item = Node<'f>> {
        self.root().subtree().filter(move |n| n.kind() == kind)
    }

    /// The path of a file that an answer mentioned.
    pub fn path_of(&self, location: Location) -> String {
        self.facts.path_of(location.file)
    }

    /// The text at a place that an answer mentioned, invalid UTF-8 replaced; none where there is no such place.
    pub fn text_at(&self, location: Location) -> Option<String> {
        let bytes = self.facts.text_at(location.file, location.span)?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Text of this file, invalid UTF-8 replaced; empty where the span is outside of it.
    pub fn text(&self, span: Span) -> std::borrow::Cow<'f, str> {
        String::from_utf8_lossy(self.source.get(span.start as usize..span.end as usize).unwrap_or_default())
    }

    /// Reports a finding of the rule that is running.
    pub fn report(&self, finding: Finding) {
        self.facts.report(finding.into_raw(self.rule.get()));
    }

    /// A message for the author of the pack, shown with `--verbose`; never a finding.
    pub fn log(&self, message: &str) {
        self.facts.log(Level::Debug, message);
    }
}
