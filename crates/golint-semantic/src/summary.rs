//! What a file declares outside of its function bodies: a small tree and text of its own, without positions, comments,
//! bodies and long literals, so that an edit inside a function leaves it equal. It looks at one file only, and what stands in
//! the bodies of functions makes no difference to it, not even if it does not parse.

use std::hash::Hasher;
use std::ops::Range;
use std::sync::Arc;

use golint_syntax::header;
use golint_tree::layout::flag;
use golint_tree::{Node, Tree, TreeWriter, field, kind};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::imports::package_name;
use crate::unit::Unit;

/// A file's declarations.
pub(crate) struct Summary {
    pub(crate) unit: Unit,
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) imports: Vec<Import>,
    by_name: FxHashMap<Arc<str>, Vec<u32>>,
    /// Method declarations by the name of the receiver's base type.
    by_receiver: FxHashMap<Arc<str>, Vec<u32>>,
    /// For each node of the small tree: where it stands in the file. No part of any answer's hash.
    spans: Vec<(u32, u32)>,
    imports_hash: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeclarationKind {
    Constant,
    Variable,
    Type,
    Alias,
    Function,
    Method,
}

/// One name that a file declares at package level, or one method.
pub(crate) struct Declaration {
    pub(crate) kind: DeclarationKind,
    pub(crate) name: Arc<str>,
    /// The name of a method's base type.
    pub(crate) receiver: Option<Arc<str>>,
    /// Counts the declarations of this name (and receiver) in the file.
    pub(crate) ordinal: u32,
    /// The identifier, in the small tree.
    pub(crate) name_node: Node,
    /// The spec, or the function.
    pub(crate) node: Node,
    /// Of the whole top-level declaration's text.
    pub(crate) hash: u64,
}

/// An import.
pub(crate) struct Import {
    pub(crate) binds: ImportName,
    pub(crate) path: Arc<str>,
    /// The identifier in front of the path, in the small tree.
    pub(crate) name_node: Option<Node>,
    pub(crate) node: Node,
}

/// Which name an import brings into the file.
#[derive(PartialEq, Eq)]
pub(crate) enum ImportName {
    /// As written in front of the path.
    Written(Arc<str>),
    /// None is written, and the path tells.
    Guessed(Arc<str>),
    /// None is written, and the path does not tell.
    Unknown,
    /// All exported names of the package.
    Dot,
    /// None.
    Blank,
}

impl Summary {
    /// Of a file's source. Its whole tree, where somebody has it, saves some work.
    pub(crate) fn of(source: &[u8], whole: Option<Tree<'_>>) -> Summary {
        // Where a body does not parse, what is around it may not be what it is without.
        if let Some(sound) = whole.filter(|whole| !whole.has_error(whole.root())) {
            return Summary::new(sound, source);
        }
        let parsed = golint_syntax::parse_declarations(source, whole);
        Summary::new(Tree::trusted(&parsed.tree).expect("the parser writes sound trees"), source)
    }

    fn new(tree: Tree<'_>, source: &[u8]) -> Summary {
        let mut reduction = Reduction::default();
        reduction.reduce(tree, source);
        let blob = reduction.writer.finish();
        let mut summary = Summary {
            unit: Unit::new(reduction.text.into(), blob.into()),
            declarations: Vec::new(),
            imports: Vec::new(),
            by_name: FxHashMap::default(),
            by_receiver: FxHashMap::default(),
            spans: reduction.spans,
            imports_hash: 0,
        };
        // Whoever looks at the head of a file, to know whether a rule can care, sees the same imports: those in the wrong
        // place, which Go refuses, are none.
        let head: FxHashSet<Range<u32>> = header::scan(source).imports.into_iter().map(|import| import.span).collect();
        let is_placed = |spec: Node| summary.span(spec).is_some_and(|span| head.contains(&span));
        let (declarations, imports, imports_hash) = collect(&summary.unit, is_placed);
        for (i, declaration) in declarations.iter().enumerate() {
            if let Some(receiver) = &declaration.receiver {
                summary.by_receiver.entry(receiver.clone()).or_default().push(i as u32);
            } else if &*declaration.name != "_" && &*declaration.name != "init" {
                summary.by_name.entry(declaration.name.clone()).or_default().push(i as u32);
            }
        }
        (summary.declarations, summary.imports, summary.imports_hash) = (declarations, imports, imports_hash);
        summary
    }

    /// The first declaration of this name at package level; more than one is an error in the file.
    pub(crate) fn declaration(&self, name: &str) -> Option<&Declaration> {
        self.by_name.get(name)?.first().map(|&i| &self.declarations[i as usize])
    }

    /// The methods that the file declares for the type of this name.
    pub(crate) fn methods_of(&self, receiver: &str) -> impl Iterator<Item = &Declaration> {
        self.by_receiver.get(receiver).into_iter().flatten().map(|&i| &self.declarations[i as usize])
    }

    /// The declaration with this identity.
    pub(crate) fn find(&self, receiver: Option<&str>, name: &str, ordinal: u32) -> Option<&Declaration> {
        match receiver {
            Some(receiver) => self.methods_of(receiver).find(|d| &*d.name == name && d.ordinal == ordinal),
            None if name == "_" || name == "init" => {
                self.declarations.iter().find(|d| d.receiver.is_none() && &*d.name == name && d.ordinal == ordinal)
            }
            None => {
                self.by_name.get(name)?.iter().map(|&i| &self.declarations[i as usize]).find(|d| d.ordinal == ordinal)
            }
        }
    }

    /// The declaration that this identifier names.
    pub(crate) fn declared_by(&self, name_node: Node) -> Option<&Declaration> {
        let index = self.declarations.binary_search_by_key(&name_node, |d| d.name_node).ok()?;
        self.declarations.get(index)
    }

    /// Where the node stands in the file.
    pub(crate) fn span(&self, node: Node) -> Option<Range<u32>> {
        self.spans.get(node.0 as usize).map(|&(start, end)| start..end)
    }

    /// Of a declaration's text and of what the file imports, which gives the text its meaning.
    pub(crate) fn hash_of(&self, declaration: &Declaration) -> u64 {
        declaration.hash ^ self.imports_hash.rotate_left(17)
    }
}

// --- reduction ---------------------------------------------------------------------------------------------------------

#[derive(Default)]
struct Reduction {
    writer: TreeWriter,
    text: Vec<u8>,
    spans: Vec<(u32, u32)>,
}

impl Reduction {
    fn reduce(&mut self, tree: Tree<'_>, source: &[u8]) {
        let root = tree.root();
        let kept: Vec<(Node, Vec<Piece>)> = tree
            .children(root)
            .filter(|&top| is_declaration(tree, top))
            .map(|top| (top, self.lay_out(tree, source, top)))
            .collect();
        self.open(tree, root, 0, self.text.len() as u32);
        for (_, pieces) in kept {
            let mut ends: Vec<u32> = Vec::new();
            for piece in pieces {
                while ends.last().is_some_and(|&end| end <= piece.node.0) {
                    ends.pop();
                    self.writer.close();
                }
                self.open(tree, piece.node, piece.start, piece.end);
                ends.push(tree.subtree_end(piece.node).0);
            }
            for _ in ends {
                self.writer.close();
            }
        }
        self.writer.close();
    }

    fn open(&mut self, tree: Tree<'_>, node: Node, start: u32, end: u32) {
        self.writer.open(tree.kind(node), tree.field(node), tree.flags(node), start, end);
        self.spans.push((tree.start(node), tree.end(node)));
    }

    /// Copies the declaration's tokens, one space between them, and says where each kept node stands then.
    fn lay_out(&mut self, tree: Tree<'_>, source: &[u8], top: Node) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        // Incremental inner nodes that are not at their end: index into `pieces`, and where the subtree ends.
        let mut open: Vec<(usize, u32)> = Vec::new();
        let end = tree.subtree_end(top).0;
        let mut next = top.0;
        while next < end {
            let node = Node(next);
            while let Some(&(index, _)) = open.last().filter(|(_, end)| *end <= next) {
                pieces[index].end = self.text.len() as u32;
                open.pop();
            }
            let after = tree.subtree_end(node).0;
            if tree.flags(node) & flag::EXTRA != 0 {
                next = after;
                continue;
            }
            let is_leaf = after == next + 1;
            let is_pruned = is_pruned(tree, node);
            let is_literal = matches!(tree.kind(node), kind::INTERPRETED_STRING_LITERAL | kind::RAW_STRING_LITERAL);
            if (is_leaf || is_pruned || is_literal) && !self.text.is_empty() {
                self.text.push(b' ');
            }
            let start = self.text.len() as u32;
            if is_pruned {
                self.text.extend_from_slice(b"{}");
            } else if is_leaf || is_literal {
                self.text.extend_from_slice(tree.text(node, source));
            }
            pieces.push(Piece { node, start, end: self.text.len() as u32 });
            if is_literal {
                // Its parts keep their places: what is between them belongs to the text.
                for part in tree.descendants(node) {
                    let shift = |offset: u32| start + offset.saturating_sub(tree.start(node));
                    pieces.push(Piece { node: part, start: shift(tree.start(part)), end: shift(tree.end(part)) });
                }
                next = after;
            } else if is_pruned {
                next = after;
            } else {
                if !is_leaf {
                    // Its first token comes after a space, if it is not the first of all.
                    let piece = pieces.len() - 1;
                    pieces[piece].start += u32::from(!self.text.is_empty());
                    open.push((piece, after));
                }
                next += 1;
            }
        }
        for (index, _) in open {
            pieces[index].end = self.text.len() as u32;
        }
        for piece in &mut pieces {
            // A node without tokens has an empty span.
            piece.end = piece.end.max(piece.start);
        }
        pieces
    }
}

/// A node that is kept, and where it stands in the reduced text.
struct Piece {
    node: Node,
    start: u32,
    end: u32,
}

pub(crate) fn is_declaration(tree: Tree<'_>, top: Node) -> bool {
    matches!(
        tree.kind(top),
        kind::IMPORT_DECLARATION
            | kind::CONST_DECLARATION
            | kind::VAR_DECLARATION
            | kind::TYPE_DECLARATION
            | kind::FUNCTION_DECLARATION
            | kind::METHOD_DECLARATION
    )
}

/// Bodies of functions, and of composite literals whose length no type depends on.
pub(crate) fn is_pruned(tree: Tree<'_>, node: Node) -> bool {
    let Some(parent) = tree.parent(node) else { return false };
    match tree.kind(node) {
        kind::BLOCK => true,
        kind::LITERAL_VALUE if tree.kind(parent) == kind::COMPOSITE_LITERAL => {
            let ty = tree.child(parent, field::TYPE);
            ty.is_none_or(|t| tree.kind(t) != kind::IMPLICIT_LENGTH_ARRAY_TYPE)
        }
        _ => false,
    }
}

// --- declarations ------------------------------------------------------------------------------------------------------

fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

pub(crate) fn text_of(unit: &Unit, node: Node) -> Arc<str> {
    String::from_utf8_lossy(unit.text(node)).into()
}

/// What a file declares and imports, the latter with a hash.
fn collect(unit: &Unit, is_placed: impl Fn(Node) -> bool) -> (Vec<Declaration>, Vec<Import>, u64) {
    let tree = unit.tree();
    let (mut declarations, mut imports, mut imports_hash) = (Vec::new(), Vec::new(), 0u64);
    for top in unit.tops() {
        let hash = hash_bytes(unit.text(top));
        let mut declare = |kind: DeclarationKind, name: Node, node: Node, receiver: Option<Arc<str>>| {
            let name_text = text_of(unit, name);
            declarations.push(Declaration { kind, name: name_text, receiver, ordinal: 0, name_node: name, node, hash });
        };
        match tree.kind(top) {
            kind::IMPORT_DECLARATION => {
                let specs = tree.descendants(top).filter(|&n| tree.kind(n) == kind::IMPORT_SPEC);
                for spec in specs.filter(|&spec| is_placed(spec)) {
                    imports_hash = imports_hash.rotate_left(5) ^ hash_bytes(unit.text(spec));
                    imports.extend(import(unit, spec));
                }
            }
            kind::FUNCTION_DECLARATION => {
                if let Some(name) = tree.child(top, field::NAME) {
                    declare(DeclarationKind::Function, name, top, None);
                }
            }
            kind::METHOD_DECLARATION => {
                if let (Some(name), Some(receiver)) = (tree.child(top, field::NAME), receiver_base(tree, top)) {
                    declare(DeclarationKind::Method, name, top, Some(text_of(unit, receiver)));
                }
            }
            _ => {
                for spec in tree.descendants(top) {
                    let kind = match tree.kind(spec) {
                        kind::CONST_SPEC => DeclarationKind::Constant,
                        kind::VAR_SPEC => DeclarationKind::Variable,
                        kind::TYPE_SPEC => DeclarationKind::Type,
                        kind::TYPE_ALIAS => DeclarationKind::Alias,
                        _ => continue,
                    };
                    for name in tree.children_of(spec, field::NAME) {
                        declare(kind, name, spec, None);
                    }
                }
            }
        }
    }
    let mut counts: FxHashMap<(Option<Arc<str>>, Arc<str>), u32> = FxHashMap::default();
    for declaration in &mut declarations {
        let count = counts.entry((declaration.receiver.clone(), declaration.name.clone())).or_default();
        declaration.ordinal = *count;
        *count += 1;
    }
    (declarations, imports, imports_hash)
}

fn import(unit: &Unit, spec: Node) -> Option<Import> {
    let tree = unit.tree();
    let path = tree.child(spec, field::PATH)?;
    let quoted = unit.text(path);
    let path = quoted.get(1..quoted.len().checked_sub(1)?)?;
    let path: Arc<str> = String::from_utf8_lossy(path).into();
    let name_node = tree.child(spec, field::NAME);
    let binds = match name_node {
        Some(name) => match unit.text(name) {
            b"." => ImportName::Dot,
            b"_" => ImportName::Blank,
            _ => ImportName::Written(text_of(unit, name)),
        },
        None => package_name(&path).map_or(ImportName::Unknown, |name| ImportName::Guessed(name.into())),
    };
    let name_node = name_node.filter(|&n| tree.kind(n) == kind::PACKAGE_IDENTIFIER);
    Some(Import { binds, path, name_node, node: spec })
}

/// The identifier of the type whose method this is.
pub(crate) fn receiver_base(tree: Tree<'_>, method: Node) -> Option<Node> {
    receiver_type(tree, method).map(|(base, _)| base)
}

/// The identifiers in the receiver that declare the method's type parameters: `K` of `func (l *List[K])`.
pub(crate) fn receiver_parameters(tree: Tree<'_>, method: Node) -> impl Iterator<Item = Node> {
    let list = receiver_type(tree, method).and_then(|(_, arguments)| arguments);
    let arguments = list.into_iter().flat_map(move |list| tree.named_children(list));
    let names = arguments.filter_map(move |argument| match tree.kind(argument) {
        kind::TYPE_ELEM => tree.named_children(argument).next(),
        _ => Some(argument),
    });
    names.filter(move |&name| tree.kind(name) == kind::TYPE_IDENTIFIER)
}

/// The identifier of the receiver's base type, and the list of type arguments behind it.
fn receiver_type(tree: Tree<'_>, method: Node) -> Option<(Node, Option<Node>)> {
    let list = tree.child(method, field::RECEIVER)?;
    let mut ty = tree.child(tree.named_children(list).next()?, field::TYPE)?;
    let mut arguments = None;
    // Each step goes down; pointers and parentheses may be nested without end.
    loop {
        ty = match tree.kind(ty) {
            kind::TYPE_IDENTIFIER => return Some((ty, arguments)),
            kind::GENERIC_TYPE => {
                arguments = tree.child(ty, field::TYPE_ARGUMENTS);
                tree.child(ty, field::TYPE)?
            }
            kind::POINTER_TYPE | kind::PARENTHESIZED_TYPE => tree.named_children(ty).next()?,
            _ => return None,
        };
    }
}
