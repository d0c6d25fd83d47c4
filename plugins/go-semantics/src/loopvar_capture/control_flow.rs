//! Where control can go inside one function, asked for step by step: no graph is built, and nothing here recurses. It
//! never knows what a rule looks for; the caller says at every point whether to go on.
//!
//! Function literals are expressions to it: their bodies are not entered. Walking that starts inside of one leaves it at
//! its end, and goes on behind the statement in which the literal stands.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use golint_sdk::prelude::*;

use super::terminators;

/// A point between two steps of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Point<'f> {
    /// The statement, block or list is about to run.
    Enter(Node<'f>),
    /// It ran to its end.
    Leave(Node<'f>),
    /// The loop is about to see whether there is another iteration.
    Head(Node<'f>),
    /// The iteration of the loop ended; what stands in its post statement is about to run.
    Next(Node<'f>),
}

/// What a walk comes by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event<'f> {
    /// A point, before anything of it ran.
    At(Point<'f>),
    /// An expression, simple statement or declaration that runs here, as a whole.
    Part(Node<'f>),
}

/// What a walk does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Goes on.
    On,
    /// Not beyond this.
    Stop,
    /// It is what was looked for: the walk ends.
    Found,
}

/// The statements of one function, as a walk sees them.
pub(super) struct ControlFlow<'f> {
    /// The body of the function; no walk leaves it.
    root: Node<'f>,
    /// Are functions of this file looked into, to see whether they return?
    looks_into_calls: bool,
    siblings: RefCell<HashMap<Node<'f>, Option<Node<'f>>>>,
}

/// What one point does: the parts that run, in order, and the points behind them.
#[derive(Default)]
struct Step<'f> {
    parts: Vec<Node<'f>>,
    to: Vec<Point<'f>>,
}

impl<'f> ControlFlow<'f> {
    /// Of the function with this body.
    pub(super) fn new(root: Node<'f>) -> Self {
        ControlFlow { root, looks_into_calls: true, siblings: RefCell::default() }
    }

    /// The same, but every function that is called counts as one that returns.
    pub(super) fn shallow(root: Node<'f>) -> Self {
        ControlFlow { root, looks_into_calls: false, siblings: RefCell::default() }
    }

    /// Can the function come to the end of its body, or to a return statement?
    pub(super) fn returns(&self) -> bool {
        let root = self.root;
        self.walk([Point::Enter(root)], |event| match event {
            Event::At(Point::Leave(node)) if node == root => Verdict::Found,
            Event::Part(part) if part.is(kind::RETURN_STATEMENT) => Verdict::Found,
            _ => Verdict::On,
        })
    }

    /// Walks every path from `starts`, each point once, until `visit` found what it looks for; true if it did.
    pub(super) fn walk(
        &self,
        starts: impl IntoIterator<Item = Point<'f>>,
        mut visit: impl FnMut(Event<'f>) -> Verdict,
    ) -> bool {
        let mut open: Vec<Point<'f>> = starts.into_iter().collect();
        let mut seen: HashSet<Point<'f>> = open.iter().copied().collect();
        'points: while let Some(point) = open.pop() {
            match visit(Event::At(point)) {
                Verdict::On => {}
                Verdict::Stop => continue,
                Verdict::Found => return true,
            }
            let step = self.step(point);
            for part in step.parts {
                match visit(Event::Part(part)) {
                    Verdict::On => {}
                    Verdict::Stop => continue 'points,
                    Verdict::Found => return true,
                }
                if terminators::never_goes_on(part, self.looks_into_calls) {
                    continue 'points;
                }
            }
            open.extend(step.to.into_iter().filter(|to| seen.insert(*to)));
        }
        false
    }

    fn step(&self, point: Point<'f>) -> Step<'f> {
        match point {
            Point::Enter(node) => self.enter(node),
            Point::Leave(node) => Step { parts: Vec::new(), to: self.leave(node) },
            Point::Head(node) => Step { parts: condition_of(node).into_iter().collect(), to: rounds(node) },
            Point::Next(node) => Step { parts: update_of(node).into_iter().collect(), to: vec![Point::Head(node)] },
        }
    }

    fn enter(&self, node: Node<'f>) -> Step<'f> {
        let header = |fields: &[Field]| fields.iter().filter_map(|f| node.child(*f)).collect::<Vec<_>>();
        match node.kind() {
            kind::BLOCK | kind::STATEMENT_LIST => Step {
                parts: Vec::new(),
                to: vec![node.named_children().next().map_or(Point::Leave(node), Point::Enter)],
            },
            kind::LABELED_STATEMENT => {
                let inner = node.named_children().find(|n| !n.is(kind::LABEL_NAME));
                Step { parts: Vec::new(), to: vec![inner.map_or(Point::Leave(node), Point::Enter)] }
            }
            kind::IF_STATEMENT => Step { parts: header(&[field::INITIALIZER, field::CONDITION]), to: branches(node) },
            kind::FOR_STATEMENT => {
                let first = node.named_children().find_map(|n| match n.kind() {
                    kind::FOR_CLAUSE => n.child(field::INITIALIZER),
                    kind::RANGE_CLAUSE => n.child(field::RIGHT),
                    _ => None,
                });
                Step { parts: first.into_iter().collect(), to: vec![Point::Head(node)] }
            }
            kind::EXPRESSION_SWITCH_STATEMENT | kind::TYPE_SWITCH_STATEMENT => {
                Step { parts: header(&[field::INITIALIZER, field::VALUE]), to: cases(node) }
            }
            kind::SELECT_STATEMENT => Step { parts: Vec::new(), to: cases(node) },
            kind::COMMUNICATION_CASE => {
                Step { parts: header(&[field::COMMUNICATION]), to: vec![statements_of_case(node)] }
            }
            kind::EXPRESSION_CASE => Step { parts: header(&[field::VALUE]), to: vec![statements_of_case(node)] },
            kind::TYPE_CASE | kind::DEFAULT_CASE => Step { parts: Vec::new(), to: vec![statements_of_case(node)] },
            kind::RETURN_STATEMENT => Step { parts: vec![node], to: self.end_of_function(node) },
            kind::BREAK_STATEMENT => Step { parts: Vec::new(), to: jump(node, false).into_iter().collect() },
            kind::CONTINUE_STATEMENT => Step { parts: Vec::new(), to: jump(node, true).into_iter().collect() },
            kind::GOTO_STATEMENT => Step { parts: Vec::new(), to: goto(node).into_iter().collect() },
            kind::FALLTHROUGH_STATEMENT => {
                let case = node.ancestors().find(|n| is_case(*n));
                let next = case.and_then(|case| self.next_sibling(case));
                Step { parts: Vec::new(), to: next.map(statements_of_case).into_iter().collect() }
            }
            _ => Step { parts: vec![node], to: vec![Point::Leave(node)] },
        }
    }

    fn leave(&self, node: Node<'f>) -> Vec<Point<'f>> {
        let Some(parent) = node.parent() else { return Vec::new() };
        if node == self.root {
            return Vec::new();
        }
        match parent.kind() {
            kind::STATEMENT_LIST => vec![self.next_sibling(node).map_or(Point::Leave(parent), Point::Enter)],
            kind::IF_STATEMENT => match node.field() {
                field::CONSEQUENCE | field::ALTERNATIVE => vec![Point::Leave(parent)],
                _ => branches(parent),
            },
            kind::FOR_STATEMENT if node.field() == field::BODY => vec![Point::Next(parent)],
            kind::FOR_STATEMENT => rounds(parent),
            kind::FOR_CLAUSE | kind::RANGE_CLAUSE => {
                let Some(statement) = parent.parent() else { return Vec::new() };
                if node.field() == field::CONDITION { rounds(statement) } else { vec![Point::Head(statement)] }
            }
            kind::EXPRESSION_CASE | kind::TYPE_CASE | kind::DEFAULT_CASE | kind::COMMUNICATION_CASE => {
                if node.is(kind::STATEMENT_LIST) {
                    parent.parent().map(Point::Leave).into_iter().collect()
                } else {
                    vec![statements_of_case(parent)]
                }
            }
            kind::EXPRESSION_SWITCH_STATEMENT | kind::TYPE_SWITCH_STATEMENT => cases(parent),
            kind::FUNC_LITERAL => vec![Point::Leave(statement_of(parent))],
            kind::BLOCK | kind::LABELED_STATEMENT => vec![Point::Leave(parent)],
            _ => Vec::new(),
        }
    }

    /// Behind a return statement: nothing, unless it returns from a literal in the middle of the function.
    fn end_of_function(&self, node: Node<'f>) -> Vec<Point<'f>> {
        let Some(function) = node.ancestors().find(|n| is_function(*n)) else { return Vec::new() };
        let body = function.child(field::BODY);
        if body == Some(self.root) { Vec::new() } else { body.map(Point::Leave).into_iter().collect() }
    }

    /// The statement or case behind this one. A list is read once, however often one of its members asks.
    fn next_sibling(&self, node: Node<'f>) -> Option<Node<'f>> {
        if let Some(known) = self.siblings.borrow().get(&node) {
            return *known;
        }
        let mut siblings = self.siblings.borrow_mut();
        let mut last = None;
        for child in node.parent()?.named_children() {
            if let Some(last) = last.replace(child) {
                siblings.insert(last, Some(child));
            }
        }
        if let Some(last) = last {
            siblings.insert(last, None);
        }
        siblings.get(&node).copied().flatten()
    }
}

/// A function declaration, method declaration or function literal.
pub(super) fn is_function(node: Node<'_>) -> bool {
    matches!(node.kind(), kind::FUNC_LITERAL | kind::FUNCTION_DECLARATION | kind::METHOD_DECLARATION)
}

/// The function that the node stands in: not the node itself.
pub(super) fn function_around(node: Node<'_>) -> Option<Node<'_>> {
    node.ancestors().find(|n| is_function(*n))
}

/// What the node stands in that is a step of its own: a statement, or a part of a statement's header.
pub(super) fn statement_of(node: Node<'_>) -> Node<'_> {
    let mut at = node;
    while let Some(parent) = at.parent() {
        let is_step = match parent.kind() {
            kind::STATEMENT_LIST
            | kind::LABELED_STATEMENT
            | kind::IF_STATEMENT
            | kind::FOR_STATEMENT
            | kind::FOR_CLAUSE
            | kind::EXPRESSION_SWITCH_STATEMENT
            | kind::TYPE_SWITCH_STATEMENT
            | kind::EXPRESSION_CASE
            | kind::COMMUNICATION_CASE => true,
            kind::RANGE_CLAUSE => at.field() == field::RIGHT,
            _ => is_function(parent),
        };
        if is_step {
            break;
        }
        at = parent;
    }
    at
}

fn is_case(node: Node<'_>) -> bool {
    matches!(node.kind(), kind::EXPRESSION_CASE | kind::TYPE_CASE | kind::DEFAULT_CASE | kind::COMMUNICATION_CASE)
}

fn statements_of_case(case: Node<'_>) -> Point<'_> {
    match (case.named_children().find(|n| n.is(kind::STATEMENT_LIST)), case.parent()) {
        (Some(list), _) => Point::Enter(list),
        (None, Some(statement)) => Point::Leave(statement),
        (None, None) => Point::Leave(case),
    }
}

fn cases(statement: Node<'_>) -> Vec<Point<'_>> {
    let mut to: Vec<_> = statement.named_children().filter(|n| is_case(*n)).map(Point::Enter).collect();
    let has_default = statement.named_children().any(|n| n.is(kind::DEFAULT_CASE));
    // A select without a default waits for one of its cases; without any case, for ever.
    if !has_default && !statement.is(kind::SELECT_STATEMENT) {
        to.push(Point::Leave(statement));
    }
    to
}

fn branches(statement: Node<'_>) -> Vec<Point<'_>> {
    let mut to: Vec<_> = statement.child(field::CONSEQUENCE).map(Point::Enter).into_iter().collect();
    to.push(statement.child(field::ALTERNATIVE).map_or(Point::Leave(statement), Point::Enter));
    to
}

/// From a loop's head: into the body, and out unless nothing ends the loop there.
fn rounds(statement: Node<'_>) -> Vec<Point<'_>> {
    let mut to: Vec<_> = statement.child(field::BODY).map(Point::Enter).into_iter().collect();
    let is_range = statement.named_children().any(|n| n.is(kind::RANGE_CLAUSE));
    if is_range || condition_of(statement).is_some_and(|condition| !condition.unparenthesized().is(kind::TRUE)) {
        to.push(Point::Leave(statement));
    }
    to
}

fn condition_of(statement: Node<'_>) -> Option<Node<'_>> {
    let header = statement.named_children().find(|n| n.field() != field::BODY)?;
    match header.kind() {
        kind::FOR_CLAUSE => header.child(field::CONDITION),
        kind::RANGE_CLAUSE => None,
        _ => Some(header),
    }
}

fn update_of(statement: Node<'_>) -> Option<Node<'_>> {
    statement.named_children().find(|n| n.is(kind::FOR_CLAUSE))?.child(field::UPDATE)
}

/// Where a break or continue goes.
fn jump(node: Node<'_>, is_continue: bool) -> Option<Point<'_>> {
    let label = node.named_children().find(|n| n.is(kind::LABEL_NAME));
    let target = node.ancestors().take_while(|n| !is_function(*n)).find(|n| {
        let is_target = match n.kind() {
            kind::FOR_STATEMENT => true,
            kind::EXPRESSION_SWITCH_STATEMENT | kind::TYPE_SWITCH_STATEMENT | kind::SELECT_STATEMENT => !is_continue,
            _ => false,
        };
        let is_named = || {
            let labeled = n.parent().filter(|p| p.is(kind::LABELED_STATEMENT));
            labeled.and_then(|l| l.child(field::LABEL)).map(Node::bytes) == label.map(Node::bytes)
        };
        is_target && (label.is_none() || is_named())
    })?;
    Some(if is_continue { Point::Next(target) } else { Point::Leave(target) })
}

fn goto(node: Node<'_>) -> Option<Point<'_>> {
    let label = node.named_children().find(|n| n.is(kind::LABEL_NAME))?;
    let function = function_around(node)?;
    let target = function.descendants().find(|n| {
        n.is(kind::LABELED_STATEMENT)
            && n.child(field::LABEL).is_some_and(|l| l.bytes() == label.bytes())
            && function_around(*n) == Some(function)
    })?;
    Some(Point::Enter(target))
}
