//! The scopes inside one top-level declaration: which identifier stands for which local name. One pass over the nodes in
//! order, without recursion; it knows nothing of types, of other declarations or of other files.
//!
//! Source: the Go specification, "Declarations and scope", "Short variable declarations", "For statements", "Type
//! switches", "Label scopes".

use std::sync::{Arc, OnceLock};

use golint_tree::{Node, Tree, field, kind};
use rustc_hash::FxHashMap;

use crate::object::{Object, Place, Repr, Role};
use crate::summary::receiver_parameters;

const UNBOUND: u32 = u32::MAX;
/// Stands for no object, whatever the name means outside: the name in the head of a type switch.
const NOTHING: u32 = u32::MAX - 1;

/// What the identifiers inside one top-level declaration are bound to.
pub(crate) struct Scopes {
    first: u32,
    /// For each node from `first` on: the local that it stands for.
    bindings: Vec<u32>,
    locals: Vec<Object>,
    /// For each local, the nodes that are bound to it. Made when somebody asks for one.
    uses: OnceLock<FxHashMap<Object, Vec<Node>>>,
}

impl Scopes {
    /// Builds the scopes of `top`. `place_of` says under which place a node's object is known.
    pub(crate) fn new(tree: Tree<'_>, source: &[u8], top: Node, place_of: &dyn Fn(Node) -> Place) -> Scopes {
        let count = (tree.subtree_end(top).0 - top.0) as usize;
        let mut builder = Builder {
            tree,
            source,
            place_of,
            scopes: Scopes { first: top.0, bindings: vec![UNBOUND; count], locals: Vec::new(), uses: OnceLock::new() },
            scope_of: Vec::new(),
            names: FxHashMap::default(),
            undo: Vec::new(),
            stack: Vec::new(),
            current: Vec::new(),
            scope_count: 0,
            functions: Vec::new(),
            switches: FxHashMap::default(),
        };
        for node in tree.subtree(top) {
            builder.close_until(node.0);
            builder.visit(node);
        }
        builder.close_until(u32::MAX);
        builder.scopes
    }

    /// The local that the identifier defines or is lexically bound to.
    pub(crate) fn binding(&self, node: Node) -> Option<&Object> {
        let index = self.bindings.get(node.0.checked_sub(self.first)? as usize)?;
        self.locals.get(*index as usize)
    }

    /// The nodes that are bound to this local, in order.
    pub(crate) fn bound_to(&self, local: &Object) -> &[Node] {
        let uses = self.uses.get_or_init(|| {
            let mut uses: FxHashMap<Object, Vec<Node>> = FxHashMap::default();
            for node in (self.first..).map(Node).take(self.bindings.len()) {
                if let Some(local) = self.binding(node) {
                    uses.entry(local.clone()).or_default().push(node);
                }
            }
            uses
        });
        uses.get(local).map_or(&[], Vec::as_slice)
    }
}

/// A local that a statement or spec declares when it ends.
struct Declaration<'a> {
    name: &'a [u8],
    local: u32,
}

enum Entry<'a> {
    /// A block: closed at `end`, what was declared since `mark` is undone.
    Scope { end: u32, mark: usize },
    /// Names that come into scope at node `at`.
    Pending { at: u32, declarations: Vec<Declaration<'a>> },
}

/// A function whose body is being visited: its labels.
struct Function<'a> {
    end: u32,
    labels: FxHashMap<&'a [u8], u32>,
    uses: Vec<(u32, &'a [u8])>,
}

struct Builder<'a> {
    tree: Tree<'a>,
    source: &'a [u8],
    place_of: &'a dyn Fn(Node) -> Place,
    scopes: Scopes,
    /// For each local, the number of the scope in which it was declared.
    scope_of: Vec<u32>,
    /// What each name stands for now.
    names: FxHashMap<&'a [u8], u32>,
    undo: Vec<(&'a [u8], Option<u32>)>,
    stack: Vec<Entry<'a>>,
    /// Numbers of the open scopes, the innermost last.
    current: Vec<u32>,
    scope_count: u32,
    functions: Vec<Function<'a>>,
    /// The name that a type switch declares in each of its clauses.
    switches: FxHashMap<u32, Node>,
}

impl<'a> Builder<'a> {
    fn text(&self, node: Node) -> &'a [u8] {
        self.source.get(self.tree.range(node)).unwrap_or_default()
    }

    // --- scopes ---

    fn open_scope(&mut self, end: u32) {
        self.stack.push(Entry::Scope { end, mark: self.undo.len() });
        self.current.push(self.scope_count);
        self.scope_count += 1;
    }

    fn pend(&mut self, at: u32, declarations: Vec<Declaration<'a>>) {
        if !declarations.is_empty() {
            self.stack.push(Entry::Pending { at, declarations });
        }
    }

    /// Ends everything that ends at or before this node.
    fn close_until(&mut self, node: u32) {
        while let Some(Entry::Scope { end: at, .. } | Entry::Pending { at, .. }) = self.stack.last() {
            if *at > node {
                break;
            }
            match self.stack.pop() {
                Some(Entry::Scope { mark, .. }) => {
                    self.current.pop();
                    while self.undo.len() > mark {
                        match self.undo.pop() {
                            Some((name, Some(before))) => _ = self.names.insert(name, before),
                            Some((name, None)) => _ = self.names.remove(name),
                            None => {}
                        }
                    }
                }
                Some(Entry::Pending { declarations, .. }) => {
                    for declaration in declarations {
                        self.activate(&declaration);
                    }
                }
                None => {}
            }
        }
        while self.functions.last().is_some_and(|f| f.end <= node) {
            let Some(function) = self.functions.pop() else { break };
            for (node, name) in function.uses {
                if let Some(&label) = function.labels.get(name) {
                    self.bind(Node(node), label);
                }
            }
        }
    }

    fn activate(&mut self, declaration: &Declaration<'a>) {
        if let Some(scope) = self.current.last() {
            self.scope_of[declaration.local as usize] = *scope;
        }
        let before = self.names.insert(declaration.name, declaration.local);
        self.undo.push((declaration.name, before));
    }

    // --- names ---

    fn bind(&mut self, node: Node, local: u32) {
        self.scopes.bindings[(node.0 - self.scopes.first) as usize] = local;
    }

    fn is_bound(&self, node: Node) -> bool {
        self.scopes.bindings[(node.0 - self.scopes.first) as usize] != UNBOUND
    }

    /// Makes the object of a defining identifier. None for `_`, which gets an object but never comes into scope.
    fn define(&mut self, name: Node, role: Role) -> Option<Declaration<'a>> {
        let text = self.text(name);
        let local = self.add_local(text, (self.place_of)(name), role);
        self.bind(name, local);
        (text != b"_").then_some(Declaration { name: text, local })
    }

    fn add_local(&mut self, name: &[u8], place: Place, role: Role) -> u32 {
        let name: Arc<str> = String::from_utf8_lossy(name).into();
        self.scopes.locals.push(Object::new(Repr::Inner { place, role, name }));
        self.scope_of.push(UNBOUND);
        self.scopes.locals.len() as u32 - 1
    }

    fn define_all(&mut self, names: impl Iterator<Item = Node>, role: Role) -> Vec<Declaration<'a>> {
        names.filter_map(|name| self.define(name, role)).collect()
    }

    fn in_function(&self) -> bool {
        !self.functions.is_empty()
    }

    // --- nodes ---

    fn visit(&mut self, node: Node) {
        let end = self.tree.subtree_end(node).0;
        match self.tree.kind(node) {
            kind::IDENTIFIER | kind::PACKAGE_IDENTIFIER => self.visit_identifier(node),
            kind::TYPE_IDENTIFIER => {
                // What is selected from a package is in no scope.
                let qualified = self.tree.parent(node).is_some_and(|p| self.tree.kind(p) == kind::QUALIFIED_TYPE);
                if !qualified {
                    self.visit_identifier(node);
                }
            }
            kind::NIL | kind::TRUE | kind::FALSE | kind::IOTA => self.visit_identifier(node),
            kind::FUNCTION_DECLARATION | kind::METHOD_DECLARATION | kind::FUNC_LITERAL => {
                self.visit_function(node, end);
            }
            kind::FUNCTION_TYPE | kind::METHOD_ELEM => self.visit_function(node, end),
            kind::BLOCK => {
                let of_function = self.tree.parent(node).is_some_and(|p| {
                    matches!(
                        self.tree.kind(p),
                        kind::FUNCTION_DECLARATION | kind::METHOD_DECLARATION | kind::FUNC_LITERAL
                    )
                });
                // A function's body is one block with its parameters.
                if !of_function {
                    self.open_scope(end);
                }
            }
            kind::IF_STATEMENT
            | kind::FOR_STATEMENT
            | kind::EXPRESSION_SWITCH_STATEMENT
            | kind::SELECT_STATEMENT
            | kind::EXPRESSION_CASE
            | kind::COMMUNICATION_CASE => self.open_scope(end),
            kind::TYPE_SWITCH_STATEMENT => {
                self.open_scope(end);
                for name in self.left_names(node) {
                    self.bind(name, NOTHING);
                    self.switches.entry(node.0).or_insert(name);
                }
            }
            kind::TYPE_CASE | kind::DEFAULT_CASE => self.visit_type_case(node, end),
            kind::VAR_SPEC if self.in_function() => self.visit_spec(node, end, Role::Variable),
            kind::CONST_SPEC if self.in_function() => self.visit_spec(node, end, Role::Constant),
            kind::TYPE_SPEC => self.visit_type_spec(node, end, Role::TypeName),
            kind::TYPE_ALIAS => self.visit_type_spec(node, end, Role::Alias),
            kind::SHORT_VAR_DECLARATION => self.visit_short_variables(node, end),
            kind::RANGE_CLAUSE if self.defines(node) => {
                let names = self.left_names(node);
                let declarations = self.define_all(names.into_iter(), Role::LoopVariable);
                self.pend(end, declarations);
            }
            kind::RECEIVE_STATEMENT if self.defines(node) => {
                let names = self.left_names(node);
                let declarations = self.define_all(names.into_iter(), Role::Variable);
                self.pend(end, declarations);
            }
            kind::LABELED_STATEMENT => self.visit_labeled(node),
            kind::LABEL_NAME if !self.is_bound(node) => {
                let name = self.text(node);
                if let Some(function) = self.functions.last_mut() {
                    function.uses.push((node.0, name));
                }
            }
            kind::FIELD_DECLARATION => {
                for name in self.tree.children_of(node, field::NAME) {
                    self.define(name, Role::Field);
                }
            }
            _ => {}
        }
    }

    fn visit_identifier(&mut self, node: Node) {
        if !self.is_bound(node)
            && let Some(&local) = self.names.get(self.text(node))
        {
            self.bind(node, local);
        }
    }

    fn visit_function(&mut self, node: Node, end: u32) {
        let tree = self.tree;
        if tree.kind(node) == kind::METHOD_ELEM
            && let Some(name) = tree.child(node, field::NAME)
        {
            self.define(name, Role::Method);
        }
        if tree.kind(node) == kind::FUNCTION_DECLARATION {
            self.shield_name(node);
        }
        self.open_scope(end);
        self.define_type_parameters(node);
        let mut parameters = Vec::new();
        if let Some(list) = tree.child(node, field::RECEIVER) {
            for declaration in self.define_all(receiver_parameters(tree, node), Role::TypeParameter) {
                self.activate(&declaration);
            }
            parameters.extend(self.define_parameters(list, Role::Receiver));
        }
        if let Some(list) = tree.child(node, field::PARAMETERS) {
            parameters.extend(self.define_parameters(list, Role::Parameter));
        }
        if let Some(list) = tree.child(node, field::RESULT).filter(|&n| tree.kind(n) == kind::PARAMETER_LIST) {
            parameters.extend(self.define_parameters(list, Role::Result));
        }
        if let Some(body) = tree.child(node, field::BODY) {
            self.pend(body.0, parameters);
            self.functions.push(Function { end, labels: FxHashMap::default(), uses: Vec::new() });
        }
    }

    fn define_parameters(&mut self, list: Node, role: Role) -> Vec<Declaration<'a>> {
        let tree = self.tree;
        let names = parameters(tree, list).into_iter().flat_map(|p| p.names);
        self.define_all(names, role)
    }

    fn define_type_parameters(&mut self, node: Node) {
        let tree = self.tree;
        let Some(list) = tree.child(node, field::TYPE_PARAMETERS) else { return };
        let names = tree.named_children(list).flat_map(|p| tree.children_of(p, field::NAME));
        for declaration in self.define_all(names, Role::TypeParameter) {
            self.activate(&declaration);
        }
    }

    /// The name of a package-level declaration is no use of a type parameter that it declares.
    fn shield_name(&mut self, declaration: Node) {
        if let Some(name) = self.tree.child(declaration, field::NAME)
            && !self.is_bound(name)
        {
            self.bind(name, NOTHING);
        }
    }

    fn visit_spec(&mut self, node: Node, end: u32, role: Role) {
        let declarations = self.define_all(self.tree.children_of(node, field::NAME), role);
        self.pend(end, declarations);
    }

    fn visit_type_spec(&mut self, node: Node, end: u32, role: Role) {
        if self.in_function()
            && let Some(name) = self.tree.child(node, field::NAME)
            && let Some(declaration) = self.define(name, role)
        {
            self.activate(&declaration);
        }
        if self.tree.child(node, field::TYPE_PARAMETERS).is_some() {
            self.shield_name(node);
            self.open_scope(end);
            self.define_type_parameters(node);
        }
    }

    /// The statement has `:=`.
    fn defines(&self, node: Node) -> bool {
        self.in_function() && self.tree.children(node).any(|n| self.tree.kind(n) == kind::DEFINE)
    }

    fn left_names(&self, node: Node) -> Vec<Node> {
        let tree = self.tree;
        let left = tree.child(node, field::LEFT).or_else(|| tree.child(node, field::ALIAS));
        let names = left.into_iter().flat_map(|list| tree.named_children(list));
        names.filter(|&n| is_name(tree, n)).collect()
    }

    fn visit_short_variables(&mut self, node: Node, end: u32) {
        if !self.in_function() {
            return;
        }
        let tree = self.tree;
        let of_loop = tree.field(node) == field::INITIALIZER
            && tree.parent(node).is_some_and(|p| tree.kind(p) == kind::FOR_CLAUSE);
        let role = if of_loop { Role::LoopVariable } else { Role::Variable };
        let mut declarations: Vec<Declaration<'a>> = Vec::new();
        let mut new: FxHashMap<&[u8], u32> = FxHashMap::default();
        for name in self.left_names(node) {
            let text = self.text(name);
            // Declared in this very block: an assignment.
            let declared = self.names.get(text).copied();
            let declared = declared.filter(|&l| Some(&self.scope_of[l as usize]) == self.current.last());
            match declared.or_else(|| new.get(text).copied()) {
                Some(local) => self.bind(name, local),
                None => {
                    let declaration = self.define(name, role);
                    new.extend(declaration.iter().map(|d| (d.name, d.local)));
                    declarations.extend(declaration);
                }
            }
        }
        self.pend(end, declarations);
    }

    fn visit_type_case(&mut self, node: Node, end: u32) {
        self.open_scope(end);
        let tree = self.tree;
        let Some(&name) = tree.parent(node).and_then(|p| self.switches.get(&p.0)) else { return };
        let Some(colon) = tree.children(node).find(|&n| tree.kind(n) == kind::COLON) else { return };
        let text = self.text(name);
        if text != b"_" {
            let local = self.add_local(text, (self.place_of)(node), Role::SwitchVariable);
            self.pend(colon.0, vec![Declaration { name: text, local }]);
        }
    }

    fn visit_labeled(&mut self, node: Node) {
        if self.in_function()
            && let Some(name) = self.tree.child(node, field::LABEL)
            && self.text(name) != b"_"
            && let Some(declaration) = self.define(name, Role::Label)
            && let Some(function) = self.functions.last_mut()
        {
            function.labels.entry(declaration.name).or_insert(declaration.local);
        }
    }
}

/// Names that share a type in a parameter list.
pub(crate) struct Parameters {
    pub(crate) names: Vec<Node>,
    /// The declaration that has the type.
    pub(crate) declaration: Node,
}

/// The parameters of a list. The tree may show the first of many names as types of their own: where any parameter has a
/// name, all have one, and what looks like a lone type is a name that shares the next type.
///
/// Source: the Go specification, "Function types".
pub(crate) fn parameters(tree: Tree<'_>, list: Node) -> Vec<Parameters> {
    let declarations: Vec<Node> = tree.named_children(list).collect();
    let named = declarations.iter().any(|&d| tree.child(d, field::NAME).is_some());
    let mut parameters = Vec::new();
    let mut waiting = Vec::new();
    for declaration in declarations {
        let mut names: Vec<Node> = tree.children_of(declaration, field::NAME).collect();
        let lone = tree.child(declaration, field::TYPE).filter(|&n| tree.kind(n) == kind::TYPE_IDENTIFIER);
        match lone {
            Some(name) if named && names.is_empty() && tree.kind(declaration) == kind::PARAMETER_DECLARATION => {
                waiting.push(name);
            }
            _ => {
                waiting.append(&mut names);
                parameters.push(Parameters { names: std::mem::take(&mut waiting), declaration });
            }
        }
    }
    parameters
}

/// A node that is written like an identifier, whatever the grammar makes of it.
pub(crate) fn is_name(tree: Tree<'_>, node: Node) -> bool {
    matches!(
        tree.kind(node),
        kind::IDENTIFIER
            | kind::TYPE_IDENTIFIER
            | kind::PACKAGE_IDENTIFIER
            | kind::FIELD_IDENTIFIER
            | kind::LABEL_NAME
            | kind::NIL
            | kind::TRUE
            | kind::FALSE
            | kind::IOTA
    )
}
