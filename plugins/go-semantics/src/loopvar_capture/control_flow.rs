//! Where control can go inside one function, asked for step by step: no graph is built, and nothing here recurses. It
//! never knows what a rule looks for; the caller says at every point whether to go on.
//!
//! Function literals are expressions to it: their bodies are not entered. Walking that starts inside of one leaves it at
//! its end, and goes on behind the statement in which the literal stands.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::iter::successors;
use std::rc::Rc;

use golint_sdk::prelude::*;

use super::access::{Access, is_unary};
use super::callee::{self, Callee};
use super::jumps::{Labels, jump, labels_of};
use super::terminators::{self, Next};

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
    /// This part is the condition of an if statement, and known to be so.
    Only(bool),
}

/// The statements of one function, as a walk sees them.
pub(super) struct ControlFlow<'f> {
    /// No walk leaves it.
    root: Node<'f>,
    looks_into_calls: bool,
    memory: Rc<Memory<'f>>,
}

/// All walks for one loop go through so many points; after that none of them finds what it looks for, which makes the
/// rule silent.
const MAX_POINTS: u32 = 200_000;

/// More mentions of one variable are not looked at.
const MAX_MENTIONS: usize = 64;

/// What walks found out about the file, and what they may still cost.
struct Memory<'f> {
    siblings: RefCell<HashMap<Node<'f>, Option<Node<'f>>>>,
    /// The labeled statements of functions, by label.
    labels: RefCell<HashMap<Node<'f>, Labels<'f>>>,
    /// The functions that return.
    returning: RefCell<HashMap<Node<'f>, bool>>,
    /// Calls and sends and receives.
    exchanges: RefCell<HashMap<Node<'f>, Rc<[Node<'f>]>>>,
    inert: RefCell<HashMap<Node<'f>, bool>>,
    callees: RefCell<HashMap<Node<'f>, Callee<'f>>>,
    mentions: RefCell<HashMap<Object<'f>, Rc<[Node<'f>]>>>,
    accesses: Accesses<'f>,
    points_left: Cell<u32>,
}

/// What expressions reach, as far as that was asked.
pub(super) type Accesses<'f> = Rc<RefCell<HashMap<Node<'f>, Option<Access<'f>>>>>;

/// For one question: from which points a walk finds what it looks for, as far as walks found out.
pub(super) type Outcomes<'f> = HashMap<Point<'f>, bool>;

/// What one point does: the parts that run, in order, and the points behind them.
#[derive(Default)]
struct Step<'f> {
    parts: Vec<Node<'f>>,
    to: Vec<Point<'f>>,
}

impl<'f> ControlFlow<'f> {
    /// Of the function with this body.
    pub(super) fn new(root: Node<'f>) -> Self {
        let memory = Memory {
            siblings: RefCell::default(),
            labels: RefCell::default(),
            returning: RefCell::default(),
            exchanges: RefCell::default(),
            inert: RefCell::default(),
            callees: RefCell::default(),
            mentions: RefCell::default(),
            accesses: Accesses::default(),
            points_left: Cell::new(MAX_POINTS),
        };
        ControlFlow { root, looks_into_calls: true, memory: Rc::new(memory) }
    }

    /// Of another function, or of the same. It shares what is known, and the bound.
    pub(super) fn of(&self, root: Node<'f>) -> Self {
        ControlFlow { root, looks_into_calls: true, memory: Rc::clone(&self.memory) }
    }

    /// The body of the function.
    pub(super) fn root(&self) -> Node<'f> {
        self.root
    }

    /// Are functions of this file looked into, to see whether they return?
    pub(super) fn looks_into_calls(&self) -> bool {
        self.looks_into_calls
    }

    /// Can a function come to the end of its body, or to a return statement? Every function that it calls counts as one
    /// that does.
    pub(super) fn returns(&self, body: Node<'f>) -> bool {
        if let Some(known) = self.memory.returning.borrow().get(&body) {
            return *known;
        }
        let shallow = ControlFlow { root: body, looks_into_calls: false, memory: Rc::clone(&self.memory) };
        let returns = shallow.walk([Point::Enter(body)], |event| match event {
            Event::At(Point::Leave(node)) if node == body => Verdict::Found,
            Event::Part(part) if part.is(kind::RETURN_STATEMENT) => Verdict::Found,
            _ => Verdict::On,
        });
        self.memory.returning.borrow_mut().insert(body, returns);
        returns
    }

    /// All calls, sends and receives below the node, in order.
    pub(super) fn exchanges(&self, node: Node<'f>) -> Rc<[Node<'f>]> {
        if let Some(known) = self.memory.exchanges.borrow().get(&node) {
            return Rc::clone(known);
        }
        let is_exchange = |n: &Node<'f>| {
            matches!(n.kind(), kind::CALL_EXPRESSION | kind::SEND_STATEMENT) || is_unary(*n, kind::ARROW)
        };
        let exchanges: Rc<[_]> = node.descendants().filter(is_exchange).collect();
        self.memory.exchanges.borrow_mut().insert(node, Rc::clone(&exchanges));
        exchanges
    }

    /// Is there neither a loop in the body nor a call, send or receive?
    pub(super) fn is_inert(&self, body: Node<'f>) -> bool {
        if let Some(known) = self.memory.inert.borrow().get(&body) {
            return *known;
        }
        let inert = self.exchanges(body).is_empty() && !body.descendants().any(|n| n.is(kind::FOR_STATEMENT));
        self.memory.inert.borrow_mut().insert(body, inert);
        inert
    }

    /// What the call calls, also through a variable.
    pub(super) fn callee(&self, call: Node<'f>) -> Callee<'f> {
        if let Some(known) = self.memory.callees.borrow().get(&call) {
            return known.clone();
        }
        let callee = callee::callee_through_variable(call);
        self.memory.callees.borrow_mut().insert(call, callee.clone());
        callee
    }

    /// All identifiers that stand for the object; none where there are so many that to look at them again and again would
    /// take too long.
    pub(super) fn mentions(&self, object: Object<'f>) -> Option<Rc<[Node<'f>]>> {
        let find = || object.references().unwrap_or_default().into();
        let mentions = Rc::clone(self.memory.mentions.borrow_mut().entry(object).or_insert_with(find));
        (mentions.len() <= MAX_MENTIONS && self.spend(mentions.len())).then_some(mentions)
    }

    /// To remember what expressions reach.
    pub(super) fn accesses(&self) -> Accesses<'f> {
        Rc::clone(&self.memory.accesses)
    }

    /// False once there is no more to spend.
    pub(super) fn spend(&self, points: usize) -> bool {
        let left = self.memory.points_left.get();
        self.memory.points_left.set(left.saturating_sub(u32::try_from(points).unwrap_or(u32::MAX)));
        left > 0
    }

    /// Walks every path from `starts`, each point once, until `visit` found what it looks for; true if it did.
    pub(super) fn walk(
        &self,
        starts: impl IntoIterator<Item = Point<'f>>,
        visit: impl FnMut(Event<'f>) -> Verdict,
    ) -> bool {
        self.walk_knowing(starts, None, visit)
    }

    /// The same for a question that was asked before, of other points, perhaps: what it finds out goes to `outcomes`.
    pub(super) fn walk_knowing(
        &self,
        starts: impl IntoIterator<Item = Point<'f>>,
        mut outcomes: Option<&mut Outcomes<'f>>,
        mut visit: impl FnMut(Event<'f>) -> Verdict,
    ) -> bool {
        let mut open: Vec<Point<'f>> = starts.into_iter().collect();
        // Each point that was seen, and the one before it.
        let mut seen: HashMap<Point<'f>, Option<Point<'f>>> = open.iter().map(|point| (*point, None)).collect();
        let found = 'walk: {
            'points: while let Some(point) = open.pop() {
                match outcomes.as_ref().and_then(|o| o.get(&point)) {
                    Some(true) => break 'walk Some(point),
                    Some(false) => continue,
                    None => {}
                }
                if !self.spend(1) {
                    return false;
                }
                match visit(Event::At(point)) {
                    Verdict::On | Verdict::Only(_) => {}
                    Verdict::Stop => continue,
                    Verdict::Found => break 'walk Some(point),
                }
                let mut step = self.step(point);
                for part in step.parts {
                    match visit(Event::Part(part)) {
                        Verdict::On => {}
                        Verdict::Only(is_taken) => step.to.retain(|to| is_taken == (*to == consequence(part))),
                        Verdict::Stop => continue 'points,
                        Verdict::Found => break 'walk Some(point),
                    }
                    match terminators::next(part, self) {
                        Next::Statement => {}
                        Next::Nothing => continue 'points,
                        Next::EndOf(literal) => {
                            match self.unwind(part, literal, &mut visit) {
                                Verdict::Found => break 'walk Some(point),
                                Verdict::Stop => continue 'points,
                                Verdict::On | Verdict::Only(_) => step.to = end_of(literal),
                            }
                            break;
                        }
                    }
                }
                for to in step.to {
                    if let Entry::Vacant(new) = seen.entry(to) {
                        new.insert(Some(point));
                        open.push(to);
                    }
                }
            }
            None
        };
        if let Some(outcomes) = &mut outcomes {
            match found {
                Some(_) => {
                    outcomes.extend(successors(found, |point| seen.get(point).copied().flatten()).map(|p| (p, true)));
                }
                None => outcomes.extend(seen.keys().map(|point| (*point, false))),
            }
        }
        found.is_some()
    }

    /// Comes by the ends of the functions that stand between the part and the literal: what they deferred runs.
    fn unwind(&self, part: Node<'f>, literal: Node<'f>, visit: &mut impl FnMut(Event<'f>) -> Verdict) -> Verdict {
        let between = part.ancestors().take_while(|n| *n != literal).filter(|n| n.is(kind::FUNC_LITERAL));
        let mut verdicts = between.flat_map(end_of).map(|end| visit(Event::At(end)));
        verdicts.find(|v| matches!(v, Verdict::Stop | Verdict::Found)).unwrap_or(Verdict::On)
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
            kind::GOTO_STATEMENT => Step { parts: Vec::new(), to: self.goto(node).into_iter().collect() },
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
        if body == Some(self.root) { Vec::new() } else { end_of(function) }
    }

    fn goto(&self, node: Node<'f>) -> Option<Point<'f>> {
        let label = node.named_children().find(|n| n.is(kind::LABEL_NAME))?;
        let function = function_around(node)?;
        let mut labels = self.memory.labels.borrow_mut();
        let labels = labels.entry(function).or_insert_with(|| labels_of(function));
        labels.get(label.bytes()).copied().map(Point::Enter)
    }

    /// The statement or case behind this one. A list is read once, however often one of its members asks.
    fn next_sibling(&self, node: Node<'f>) -> Option<Node<'f>> {
        if let Some(known) = self.memory.siblings.borrow().get(&node) {
            return *known;
        }
        let mut siblings = self.memory.siblings.borrow_mut();
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

fn end_of(function: Node<'_>) -> Vec<Point<'_>> {
    function.child(field::BODY).map(Point::Leave).into_iter().collect()
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

/// What runs where the condition of an if statement holds.
fn consequence(condition: Node<'_>) -> Point<'_> {
    let statement = condition.parent().filter(|p| p.is(kind::IF_STATEMENT));
    Point::Enter(statement.and_then(|s| s.child(field::CONSEQUENCE)).unwrap_or(condition))
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
