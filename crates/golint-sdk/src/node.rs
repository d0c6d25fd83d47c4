//! A node of the file's tree, and what the model knows about it.

use std::borrow::Cow;

use golint_tree::{Field, Kind};

use crate::File;
use crate::constant::Constant;
use crate::facts::{Location, PerPlatform, Span};
use crate::object::Object;
use crate::platforms::Platforms;
use crate::types::Type;

/// A node of the file that is being checked. Cheap to copy; equal when it is the same node.
#[derive(Clone, Copy)]
pub struct Node<'f> {
    pub(crate) file: &'f File<'f>,
    pub(crate) node: golint_tree::Node,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for Node<'_> {}

impl PartialOrd for Node<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// In the order of the source; a node stands before what is inside of it.
impl Ord for Node<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.node.cmp(&other.node)
    }
}

impl std::hash::Hash for Node<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.node.hash(state);
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.kind(), self.text())
    }
}

/// One answer for all platforms of the file, or nothing: where platforms differ or some are unknown, a rule that wants
/// one answer gets none.
fn everywhere<T>(file: &File<'_>, answers: PerPlatform<T>) -> Option<T> {
    let mut answers = answers.into_iter();
    let (on, answer) = answers.next()?;
    (answers.next().is_none() && Platforms::from_words(on).covers(file.platforms())).then_some(answer)
}

impl<'f> Node<'f> {
    fn at(self, node: golint_tree::Node) -> Node<'f> {
        Node { file: self.file, node }
    }

    /// The file that the node belongs to.
    pub fn file(self) -> &'f File<'f> {
        self.file
    }

    // --- the tree ------------------------------------------------------------------------------------------------

    /// What kind of node it is.
    pub fn kind(self) -> Kind {
        self.file.tree.kind(self.node)
    }

    /// Is it of this kind?
    pub fn is(self, kind: Kind) -> bool {
        self.kind() == kind
    }

    /// The field under which it stands in its parent.
    pub fn field(self) -> Field {
        self.file.tree.field(self.node)
    }

    /// A named node, as opposed to a token such as `(`.
    pub fn is_named(self) -> bool {
        self.file.tree.is_named(self.node)
    }

    /// The node or something inside of it did not parse.
    pub fn has_error(self) -> bool {
        self.file.tree.has_error(self.node)
    }

    /// Where it is.
    pub fn span(self) -> Span {
        Span { start: self.start(), end: self.end() }
    }

    /// Where it is, as labels and edits want it.
    pub fn location(self) -> Location {
        Location { file: 0, span: self.span() }
    }

    /// Its first byte.
    pub fn start(self) -> u32 {
        self.file.tree.start(self.node)
    }

    /// One past its last byte.
    pub fn end(self) -> u32 {
        self.file.tree.end(self.node)
    }

    /// Its text, invalid UTF-8 replaced.
    pub fn text(self) -> Cow<'f, str> {
        String::from_utf8_lossy(self.bytes())
    }

    /// Its bytes.
    pub fn bytes(self) -> &'f [u8] {
        self.file.tree.text(self.node, self.file.source)
    }

    /// What it stands in; none for the whole file.
    pub fn parent(self) -> Option<Node<'f>> {
        self.file.tree.parent(self.node).map(|n| self.at(n))
    }

    /// What it stands in, the innermost first.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'f>> {
        self.file.tree.ancestors(self.node).map(move |n| self.at(n))
    }

    /// All children: tokens and comments too.
    pub fn children(self) -> impl Iterator<Item = Node<'f>> {
        self.file.tree.children(self.node).map(move |n| self.at(n))
    }

    /// The named children, without comments.
    pub fn named_children(self) -> impl Iterator<Item = Node<'f>> {
        self.file.tree.named_children(self.node).map(move |n| self.at(n))
    }

    /// The child under this field.
    pub fn child(self, field: Field) -> Option<Node<'f>> {
        self.file.tree.child(self.node, field).map(|n| self.at(n))
    }

    /// All named children under this field.
    pub fn children_of(self, field: Field) -> impl Iterator<Item = Node<'f>> {
        self.file.tree.children_of(self.node, field).map(move |n| self.at(n))
    }

    /// Everything below it, in order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'f>> {
        self.file.tree.descendants(self.node).map(move |n| self.at(n))
    }

    /// The node itself and everything below it, in order.
    pub fn subtree(self) -> impl Iterator<Item = Node<'f>> {
        self.file.tree.subtree(self.node).map(move |n| self.at(n))
    }

    /// Is `other` this node or below it?
    pub fn contains(self, other: Node<'_>) -> bool {
        self.file.tree.contains(self.node, other.node)
    }

    /// The expression inside any number of parentheses; the node itself where there are none.
    pub fn unparenthesized(self) -> Node<'f> {
        let mut node = self;
        while node.is(golint_tree::kind::PARENTHESIZED_EXPRESSION) {
            let Some(inner) = node.named_children().next() else { break };
            node = inner;
        }
        node
    }

    // --- what the names mean --------------------------------------------------------------------------------------

    /// What the identifier stands for, if it is known and the same on all platforms of the file.
    pub fn resolve(self) -> Option<Object<'f>> {
        everywhere(self.file, self.file.facts.resolve(self.node.0, None)).map(|id| Object { file: self.file, id })
    }

    /// What the identifier stands for, platform by platform; what no entry covers is unknown.
    pub fn resolve_on(self, on: &Platforms) -> Vec<(Platforms, Object<'f>)> {
        let answers = self.file.facts.resolve(self.node.0, Some(on.words()));
        answers.into_iter().map(|(on, id)| (Platforms::from_words(on), Object { file: self.file, id })).collect()
    }

    /// The name of what the identifier or selector stands for with its package, as in `syscall.Mmap`, if it is known
    /// and the same everywhere; none for what is local to a function.
    pub fn qualified_name(self) -> Option<String> {
        let identifier = match self.kind() {
            golint_tree::kind::SELECTOR_EXPRESSION => self.child(golint_tree::field::FIELD)?,
            golint_tree::kind::QUALIFIED_TYPE => self.child(golint_tree::field::NAME)?,
            _ => self,
        };
        identifier.resolve()?.qualified_name()
    }

    /// Of a selector: the fields that it passes through, implicit ones included, the last one being its own object.
    pub fn selection(self) -> Option<Vec<Object<'f>>> {
        let ids = self.file.facts.selection(self.node.0)?;
        Some(ids.into_iter().map(|id| Object { file: self.file, id }).collect())
    }

    /// The expression's type, if it is known and the same on all platforms of the file.
    pub fn type_of(self) -> Option<Type<'f>> {
        everywhere(self.file, self.file.facts.type_of(self.node.0, None)).map(|id| Type { file: self.file, id })
    }

    /// The expression's type, platform by platform.
    pub fn type_on(self, on: &Platforms) -> Vec<(Platforms, Type<'f>)> {
        let answers = self.file.facts.type_of(self.node.0, Some(on.words()));
        answers.into_iter().map(|(on, id)| (Platforms::from_words(on), Type { file: self.file, id })).collect()
    }

    /// The value of a constant expression, if it is known and the same on all platforms of the file.
    pub fn constant(self) -> Option<Constant> {
        everywhere(self.file, self.file.facts.constant_of(self.node.0, None))
    }

    /// The value of a constant expression, platform by platform.
    pub fn constant_on(self, on: &Platforms) -> Vec<(Platforms, Constant)> {
        let answers = self.file.facts.constant_of(self.node.0, Some(on.words()));
        answers.into_iter().map(|(on, value)| (Platforms::from_words(on), value)).collect()
    }
}
