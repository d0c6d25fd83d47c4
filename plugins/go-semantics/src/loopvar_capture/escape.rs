//! Where a function literal or an address goes, from the place where it is written: what of it can still be run or read
//! when the iteration is over. It says how and where something leaves the iteration, never whether the loop goes on
//! after that, or waits; `lifetime` does.
//!
//! What is handed to an unknown callee is lost from sight, and counts as used at once.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use golint_sdk::prelude::*;

use super::access::{self, Access};
use super::address;
use super::callee::{self, Callee};
use super::control_flow::{function_around, is_function};
use super::keepers::{self, Keeper};
use super::path::{self, Path};
use super::subtests;

/// How something leaves the iteration.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'f> {
    /// By a go statement.
    Go,
    /// By a defer statement of a function that is still running when the iteration is over.
    Defer,
    /// By an assignment to what this expression stands for. True: it is added to what is there, as by append.
    Stored(Node<'f>, bool),
    /// By a channel.
    Sent,
    /// By a call of a keeper.
    Kept(&'static Keeper),
    /// As the body of a subtest that calls `t.Parallel`, here.
    Parallel(Node<'f>),
}

/// One way out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escape<'f> {
    /// How.
    pub(super) way: Way<'f>,
    /// The statement or call that does it.
    pub(super) at: Node<'f>,
    /// What runs later: the function literal, or the call of a go or defer statement.
    pub(super) run: Option<Node<'f>>,
    /// Where in `run` the variable is used, or what holds it.
    pub(super) via: Node<'f>,
    /// It stands in a literal that an unknown callee may or may not call.
    pub(super) is_unsure: bool,
}

/// What becomes of a literal or an address.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate<'f> {
    pub(super) escapes: Vec<Escape<'f>>,
    /// An unknown callee got it.
    is_lost: bool,
}

/// What is followed: an expression that holds the literal or the address.
struct Carrier<'f> {
    expression: Node<'f>,
    /// Where in the expression's value it is.
    path: Path,
}

/// Answers about one loop. Answers about literals are kept: many uses stand in one.
pub(super) struct Escapes<'f> {
    body: Node<'f>,
    literals: RefCell<HashMap<Node<'f>, Fate<'f>>>,
    open: RefCell<HashSet<Node<'f>>>,
    /// How often an answer was cut short, by a cycle or a limit: what was cut is not kept.
    cuts: Cell<u32>,
    /// How many expressions may still be followed.
    budget: Cell<u32>,
}

/// Literals nested deeper than this, or held by longer chains of variables, count as used at once.
const MAX_DEPTH: u32 = 24;
/// So many expressions are followed for one loop.
const MAX_CARRIERS: u32 = 20_000;

impl<'f> Escapes<'f> {
    /// For the loop with this body.
    pub(super) fn new(body: Node<'f>) -> Self {
        Escapes {
            body,
            literals: RefCell::default(),
            open: RefCell::default(),
            cuts: Cell::new(0),
            budget: Cell::new(MAX_CARRIERS),
        }
    }

    /// All ways by which the use of a shared variable leaves the iteration, those of the outermost literal first.
    pub(super) fn of_use(&self, identifier: Node<'f>) -> Vec<(Escape<'f>, Reach)> {
        let mut found: Vec<_> = self.around(identifier, 0).into_iter().map(|escape| (escape, Reach::Literal)).collect();
        if let Some(base) = address::base(identifier) {
            found.extend(self.of_value(base, None, 0).escapes.into_iter().map(|escape| (escape, Reach::Address)));
        }
        found
    }

    /// The ways of all literals inside the body that this node stands in, from the outermost inwards.
    fn around(&self, node: Node<'f>, depth: u32) -> Vec<Escape<'f>> {
        let mut literals: Vec<_> =
            node.ancestors().take_while(|n| *n != self.body).filter(|n| n.is(kind::FUNC_LITERAL)).collect();
        literals.reverse();
        let mut found = Vec::new();
        let mut is_unsure = false;
        for literal in literals {
            let fate = self.of_literal(literal, depth + 1);
            for mut escape in fate.escapes {
                if escape.run.is_none_or(|run| run.contains(node)) {
                    escape.via = node;
                }
                escape.is_unsure |= is_unsure;
                found.push(escape);
            }
            is_unsure |= fate.is_lost;
        }
        found
    }

    fn of_literal(&self, literal: Node<'f>, depth: u32) -> Fate<'f> {
        if let Some(known) = self.literals.borrow().get(&literal) {
            return known.clone();
        }
        // A literal that calls itself through its variable is nothing new; a chain too long is not followed.
        if depth > MAX_DEPTH || !self.open.borrow_mut().insert(literal) {
            self.cuts.set(self.cuts.get() + 1);
            return Fate::default();
        }
        let cuts = self.cuts.get();
        let fate = self.of_value(literal, Some(literal), depth);
        self.open.borrow_mut().remove(&literal);
        // Inside of a cycle the answer depends on where it was entered.
        if self.cuts.get() == cuts || self.open.borrow().is_empty() {
            self.literals.borrow_mut().insert(literal, fate.clone());
        }
        fate
    }

    /// Follows the value of an expression: a function literal, or an address.
    fn of_value(&self, expression: Node<'f>, literal: Option<Node<'f>>, depth: u32) -> Fate<'f> {
        let mut trail = Trail {
            escapes: self,
            literal,
            depth,
            fate: Fate::default(),
            open: vec![Carrier { expression, path: Path::default() }],
            held: HashSet::new(),
        };
        while let Some(carrier) = trail.open.pop() {
            let Some(budget) = self.budget.get().checked_sub(1) else { break };
            self.budget.set(budget);
            trail.follow(carrier);
        }
        trail.fate
    }
}

/// How a use reaches the variable after the iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It stands in a function literal.
    Literal,
    /// Its address left the iteration.
    Address,
}

struct Trail<'a, 'f> {
    escapes: &'a Escapes<'f>,
    literal: Option<Node<'f>>,
    depth: u32,
    fate: Fate<'f>,
    open: Vec<Carrier<'f>>,
    /// Variables that were seen to hold it, with the path, so that cycles end.
    held: HashSet<(Node<'f>, Path)>,
}

impl<'f> Trail<'_, 'f> {
    fn body(&self) -> Node<'f> {
        self.escapes.body
    }

    /// One carrier, upwards from its expression until it goes somewhere.
    fn follow(&mut self, carrier: Carrier<'f>) {
        let Carrier { mut expression, mut path } = carrier;
        while let Some(parent) = expression.parent() {
            let field = expression.field();
            match parent.kind() {
                kind::PARENTHESIZED_EXPRESSION => {}
                kind::LITERAL_ELEMENT | kind::KEYED_ELEMENT | kind::LITERAL_VALUE => {
                    match path::into_composite(expression, path) {
                        Some((literal, whole)) => (expression, path) = (literal, whole),
                        None => return,
                    }
                    continue;
                }
                kind::UNARY_EXPRESSION => {
                    if !access::is_unary(parent, kind::AMPERSAND) {
                        return;
                    }
                }
                kind::SLICE_EXPRESSION if field == field::OPERAND => {}
                kind::TYPE_ASSERTION_EXPRESSION if field == field::OPERAND => {}
                kind::TYPE_CONVERSION_EXPRESSION => match callee::callee(parent) {
                    Callee::Conversion => {}
                    _ => {
                        self.fate.is_lost = true;
                        return;
                    }
                },
                kind::SELECTOR_EXPRESSION if field == field::OPERAND => {
                    match path::select(parent, path, self.literal.is_none()) {
                        Some(rest) => path = rest,
                        None => return,
                    }
                }
                kind::INDEX_EXPRESSION if field == field::OPERAND => match path.element() {
                    Some(rest) => path = rest,
                    None => return,
                },
                kind::VARIADIC_ARGUMENT => match path.element() {
                    Some(rest) => path = rest,
                    None => return,
                },
                kind::CALL_EXPRESSION if field == field::FUNCTION => return self.called(expression, parent),
                kind::ARGUMENT_LIST => match self.handed_over(expression, parent, path) {
                    Some((call, rest)) => {
                        (expression, path) = (call, rest);
                        continue;
                    }
                    None => return,
                },
                kind::EXPRESSION_LIST => return self.listed(expression, parent, &path),
                kind::SEND_STATEMENT if field == field::VALUE => return self.sent(parent),
                kind::RANGE_CLAUSE if field == field::RIGHT => return self.ranged(parent, &path),
                _ => return,
            }
            expression = parent;
        }
    }

    fn escape(&mut self, way: Way<'f>, at: Node<'f>, run: Option<Node<'f>>, via: Node<'f>) {
        self.fate.escapes.push(Escape { way, at, run, via, is_unsure: false });
    }

    /// `expression(…)`.
    fn called(&mut self, expression: Node<'f>, call: Node<'f>) {
        if let Some(statement) = call.parent() {
            self.started(statement, call, expression);
        }
    }

    /// A call in a go or defer statement takes what it is given with it. True if it is one.
    fn started(&mut self, statement: Node<'f>, call: Node<'f>, carrier: Node<'f>) -> bool {
        let way = match statement.kind() {
            kind::GO_STATEMENT => Way::Go,
            kind::DEFER_STATEMENT => Way::Defer,
            _ => return false,
        };
        // The defers of a literal inside of the body run when that literal ends.
        let outlives = function_around(statement).is_none_or(|function| !self.body().contains(function));
        if matches!(way, Way::Go) || outlives {
            let (run, via) = started_literal(call, carrier).unwrap_or((self.literal.unwrap_or(call), carrier));
            self.escape(way, statement, Some(run), via);
        }
        true
    }

    /// `f(…, expression, …)`: answers the call if its value holds what is followed.
    fn handed_over(&mut self, argument: Node<'f>, list: Node<'f>, path: Path) -> Option<(Node<'f>, Path)> {
        let call = list.parent()?;
        let position = list.named_children().position(|n| n == argument)?;
        if call.parent().is_some_and(|statement| self.started(statement, call, argument)) {
            return None;
        }
        match callee::callee(call) {
            Callee::Builtin(name) if name == "append" => {
                let path = if position == 0 { path } else { path.in_element() };
                return Some((call, path));
            }
            Callee::Builtin(_) => {}
            Callee::Conversion => return Some((call, path)),
            Callee::Literal(literal) => self.bound(literal, position, &path),
            Callee::Function(_) | Callee::Method(..) | Callee::Unknown => self.kept(call, position, argument, &path),
        }
        None
    }

    fn kept(&mut self, call: Node<'f>, position: usize, argument: Node<'f>, path: &Path) {
        let run = Some(self.literal.unwrap_or(call));
        if let Some(keeper) = keepers::keeper_of(call, position, self.body()) {
            self.escape(Way::Kept(keeper), call, run, argument);
            return;
        }
        if let (Some(literal), true, Some(receiver)) =
            (self.literal, path.is_whole() && position == 1, keepers::testing_call(call, "Run"))
        {
            // A parallel subtest runs on when its parent does; a parent inside of the body waits for it.
            let outlives = Access::of(receiver).is_some_and(|a| !access::is_declared_in(a.root, self.body()));
            if let (true, Some(parallel)) = (outlives, subtests::parallel_call(literal)) {
                self.escape(Way::Parallel(parallel), call, run, argument);
            }
            return;
        }
        let finishes = matches!(callee::callee(call), Callee::Function(name) if subtests::waits_for_all(&name));
        self.fate.is_lost |= !finishes;
    }

    /// The argument of a literal that is called at once is held by its parameter.
    fn bound(&mut self, literal: Node<'f>, position: usize, path: &Path) {
        let Some(name) = path::parameter(literal, position) else { return };
        if let Some(object) = name.resolve() {
            self.hold(object, path);
        }
    }

    /// `a, b = x, y`, `a := x`, `var a = x`, `return x`.
    fn listed(&mut self, expression: Node<'f>, list: Node<'f>, path: &Path) {
        let Some(statement) = list.parent() else { return };
        let position = list.named_children().position(|n| n == expression);
        let targets: Vec<Node<'f>> = match statement.kind() {
            kind::SHORT_VAR_DECLARATION if list.field() == field::RIGHT => {
                statement.child(field::LEFT).into_iter().flat_map(Node::named_children).collect()
            }
            kind::ASSIGNMENT_STATEMENT if list.field() == field::RIGHT => {
                if statement.child(field::OPERATOR).is_none_or(|o| !o.is(kind::ASSIGN)) {
                    return;
                }
                statement.child(field::LEFT).into_iter().flat_map(Node::named_children).collect()
            }
            kind::VAR_SPEC => statement.children_of(field::NAME).collect(),
            _ => return,
        };
        if targets.len() != list.named_children().count() {
            return;
        }
        let Some(target) = position.and_then(|i| targets.get(i)) else { return };
        self.assigned(target.unparenthesized(), statement, expression, path);
    }

    fn assigned(&mut self, target: Node<'f>, statement: Node<'f>, value: Node<'f>, path: &Path) {
        if target.bytes() == b"_" {
            return;
        }
        let Some(Access { root, .. }) = Access::of(target) else { return };
        if self.is_kept_inside(root, target) {
            self.hold(root, &path::into_target(target, path));
            return;
        }
        let adds = is_append_to(value, target);
        self.escape(Way::Stored(target, adds), statement, self.literal, value);
    }

    /// Is what the target stands for gone with the iteration? A variable of the body is, and what lies inside of it;
    /// what such a variable points to is, unless it is known to point elsewhere.
    fn is_kept_inside(&self, root: Object<'f>, target: Node<'f>) -> bool {
        let is_local = access::is_declared_in(root, self.body());
        let is_itself = target.is(kind::IDENTIFIER);
        if is_itself || !points_elsewhere(root, self.body()) {
            return is_local || self.is_value_of_loop(root);
        }
        false
    }

    /// The loop's own variable: what is stored in it is overwritten by the next iteration.
    fn is_value_of_loop(&self, root: Object<'f>) -> bool {
        let Some(statement) = self.body().parent() else { return false };
        access::is_declared_in(root, statement)
    }

    fn sent(&mut self, statement: Node<'f>) {
        let Some(channel) = statement.child(field::CHANNEL).and_then(Access::of) else { return };
        if !access::is_declared_in(channel.root, self.body()) {
            let via = statement.child(field::VALUE).unwrap_or(statement);
            self.escape(Way::Sent, statement, self.literal, via);
        }
    }

    /// `for _, f := range []func(){…}` in the body.
    fn ranged(&mut self, clause: Node<'f>, path: &Path) {
        let Some(rest) = path.clone().element() else { return };
        let value = clause.child(field::LEFT).and_then(|left| left.named_children().nth(1));
        if let Some(object) = value.and_then(Node::resolve) {
            self.hold(object, &rest);
        }
    }

    /// A variable of the iteration holds it: whatever the variable is used for.
    fn hold(&mut self, object: Object<'f>, path: &Path) {
        let Some(declaration) = object.declaration() else { return };
        if !self.held.insert((declaration, path.clone())) {
            return;
        }
        for reference in object.references().unwrap_or_default() {
            let is_read = self.body().contains(reference) && reference != declaration;
            if !is_read || access::is_overwritten(reference) || !path::reads(reference, path) {
                continue;
            }
            // Seen from inside, a literal that holds itself is no way out.
            if self.literal.is_some_and(|literal| literal.contains(reference)) {
                continue;
            }
            self.fate.escapes.extend(self.escapes.around(reference, self.depth + 1));
            self.open.push(Carrier { expression: reference, path: path.clone() });
        }
    }
}

/// `go func(p *T) { … }(carrier)`: the literal that runs, and the last place in it where the parameter is used.
fn started_literal<'f>(call: Node<'f>, carrier: Node<'f>) -> Option<(Node<'f>, Node<'f>)> {
    let literal = call.child(field::FUNCTION)?.unparenthesized();
    let list = call.child(field::ARGUMENTS)?;
    let position = list.named_children().position(|n| n == carrier)?;
    if !literal.is(kind::FUNC_LITERAL) {
        return None;
    }
    let name = path::parameter(literal, position)?;
    let references = name.resolve()?.references()?;
    Some((literal, references.into_iter().rfind(|n| *n != name).unwrap_or(name)))
}

/// Is the value `append(target, …)`, so that what was stored before stays?
fn is_append_to<'f>(value: Node<'f>, target: Node<'f>) -> bool {
    let value = value.unparenthesized();
    if !value.is(kind::CALL_EXPRESSION) || !matches!(callee::callee(value), Callee::Builtin(name) if name == "append") {
        return false;
    }
    let first = callee::arguments(value).first().copied().map(Node::unparenthesized);
    first.is_some_and(|first| !first.is(kind::SLICE_EXPRESSION) && Access::of(first) == Access::of(target))
}

/// Does the variable, as far as its declaration tells, point or refer to something that was there before the
/// iteration: `x := &items[i]`, a pointer among the loop's own values?
fn points_elsewhere<'f>(root: Object<'f>, body: Node<'f>) -> bool {
    let Some(statement) = body.parent() else { return false };
    let Some(declaration) = root.declaration() else { return true };
    if !statement.contains(declaration) {
        return true;
    }
    let refers = |ty: Type<'f>| {
        let ty = ty.underlying().unwrap_or(ty);
        matches!(ty.kind().as_str(), "pointer" | "map" | "slice")
    };
    let is_reference = root.type_of().is_some_and(refers);
    if !is_reference {
        return false;
    }
    let mut list = declaration.ancestors().take_while(|n| !is_function(*n) && *n != statement);
    if let Some(clause) = list.find(|n| n.is(kind::RANGE_CLAUSE)) {
        let ranged = clause.child(field::RIGHT).and_then(Access::of);
        return ranged.is_some_and(|a| !access::is_declared_in(a.root, statement));
    }
    let Some((value, _)) = callee::initial_value(root) else { return false };
    let is_path = matches!(value.kind(), kind::INDEX_EXPRESSION | kind::SELECTOR_EXPRESSION | kind::UNARY_EXPRESSION);
    is_path && Access::of(value).is_some_and(|a| !access::is_declared_in(a.root, body))
}
